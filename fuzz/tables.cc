// Any bytes as a table of knowledge (the first byte says which): refused with its file and line, or compiled; the compiled form gives
// the same rows back, and every alias is found by its words.
#include "dragoman/knowledge/compile.h"
#include "dragoman/knowledge/knowledge.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  static constexpr const char* names[] = {"entities.tsv", "aliases.tsv", "holders.tsv", "members.tsv", "offices.tsv", "body_words.tsv", "places.tsv"};
  if (size == 0) return 0;
  KnowledgeRows rows;
  // So that the rows have something to refer to.
  (void)add_table(rows, "base/entities.tsv",
                  "id\tkind\tname\tcountry\tsector\tfrom\tto\nISL\tstate\tIceland\t\t\t..\t..\noffice:isl-fm\toffice\tforeign minister of "
                  "Iceland\tISL\t\t..\t..\nperson:a\tperson\tAnna Jonsdottir\tISL\t\t..\t..\norg:nc\torganisation\tNordic Council\t\t\t..\t..\n");
  const std::string name = names[data[0] % std::size(names)];
  if (const auto added = add_table(rows, name, {reinterpret_cast<const char*>(data) + 1, size - 1}); !added) {
    FUZZ_CHECK(added.error().message.starts_with(name));
    return 0;
  }
  for (const std::string& line : validate(rows)) FUZZ_CHECK(!line.empty());
  const std::string bytes = compile(rows);
  FUZZ_CHECK(bytes == compile(rows));
  const Knowledge knowledge = Knowledge::from_rows(rows);
  for (const AliasRow& row : rows.aliases) (void)knowledge.aliases_of_text(row.alias);
  for (const ClassWordRow& row : rows.class_words) (void)knowledge.class_meanings(row.word);
  for (const EntityRow& row : rows.entities) FUZZ_CHECK(knowledge.find(row.id) != not_known);
  const KnowledgeRows back = knowledge.rows();
  FUZZ_CHECK(overlaid(back, rows).entities.size() <= back.entities.size() + rows.entities.size());
  return 0;
}
