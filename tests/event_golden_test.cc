// Events through the real model: sentences, and what is told in them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "dragoman/base/tsv.h"
#include "dragoman/dragoman.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

class EventGolden : public testing::Test {
 protected:
  void SetUp() override {
    Result<Engine> engine = Engine::open({.model = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman.model",
                                          .knowledge = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman.knowledge"});
    if (!engine) GTEST_SKIP() << engine.error().message;
    engine_.emplace(std::move(*engine));
  }

  Reading read(std::string_view text) { return engine_->read(std::string(text), {.published = "2026-03-11"}, scratch_); }

  std::optional<Engine> engine_;
  Engine::Scratch scratch_;
};

std::string refs(const Reading& reading, const std::vector<EntityId>& ids) {
  std::set<std::string> sorted;
  for (const EntityId id : ids) sorted.insert(reading.entities[id].ref);
  std::string out;
  for (const std::string& ref : sorted) out += (out.empty() ? "" : " ") + ref;
  return out.empty() ? "-" : out;
}

// "ASSAULT happened: MLI > TGO local:rebels", in text order; "none" where there is no event.
std::string events_of(const Reading& reading) {
  std::string out;
  for (const Event& event : reading.events) {
    out.append(out.empty() ? "" : "; ").append(to_string(event.type));
    if (!event.mode.empty()) out.append("/").append(event.mode);
    out.append(" ").append(to_string(event.actuality)).append(": ").append(refs(reading, event.actors)).append(" > ").append(refs(reading, event.recipients));
  }
  return out.empty() ? "none" : out;
}

TEST_F(EventGolden, AreFoundWithTypeActualityAndParties) {
  std::ifstream file(DRAGOMAN_SOURCE_DIR "/tests/golden/events/found.tsv", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto table = parse_tsv(text, "found.tsv", {"why", "text", "expected"});
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_GE(table->rows.size(), 40u);
  for (const TsvRow& row : table->rows) EXPECT_EQ(events_of(read(row.cells[1])), row.cells[2]) << row.cells[0] << ": " << row.cells[1];
}

}  // namespace
}  // namespace dragoman
