// Who and where, found with the real model in stories of our own.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "dragoman/base/tsv.h"
#include "tests/with_engine.h"

namespace dragoman {
namespace {

class EntitiesGolden : public WithEngine {};

TEST_F(EntitiesGolden, AreThoseThatAreMeant) {
  const std::string rows = file_text(DRAGOMAN_SOURCE_DIR "/tests/golden/entities/found.tsv");
  const auto table = parse_tsv(rows, "found.tsv", {"why", "text", "expected"});
  ASSERT_TRUE(table) << table.error().message;
  for (const TsvRow& row : table->rows) {
    std::string text;
    for (const std::string_view paragraph : split(row.cells[1], '|')) text.append(text.empty() ? "" : "\n\n").append(paragraph);
    std::set<std::string> found;
    const Reading reading = read(text);
    for (const Entity& entity : reading.entities.entities) found.insert({entity.ref, entity.ref + ":" + entity.state});
    for (std::string_view expected : split(row.cells[2], ';')) {
      while (expected.starts_with(' ')) expected.remove_prefix(1);
      const bool absent = expected.starts_with('-');
      if (absent) expected.remove_prefix(1);
      std::string all;
      for (const std::string& ref : found) all += ref + " ";
      EXPECT_EQ(found.contains(std::string(expected)), !absent) << row.cells[0] << ": " << text << "\n  " << row.cells[2] << "\n  found " << all;
    }
  }
}

// "words=ref ref": whom that noun phrase or pronoun stands for; "says words=ref": who speaks where those words name the source. No ref: nobody.
TEST_F(EntitiesGolden, ReferencesStandForWhomTheyMean) {
  const std::string rows = file_text(DRAGOMAN_SOURCE_DIR "/tests/golden/entities/references.tsv");
  const auto table = parse_tsv(rows, "references.tsv", {"why", "text", "expected"});
  ASSERT_TRUE(table) << table.error().message;
  for (const TsvRow& row : table->rows) {
    std::string text;
    for (const std::string_view paragraph : split(row.cells[1], '|')) text.append(text.empty() ? "" : "\n\n").append(paragraph);
    const Reading reading = read(text);
    const auto named = [&](const std::vector<EntityId>& ids) {
      std::set<std::string> refs;
      for (const EntityId id : ids) refs.insert(reading.entities[id].ref);
      return refs;
    };
    for (std::string_view expected : split(row.cells[2], ';')) {
      while (expected.starts_with(' ')) expected.remove_prefix(1);
      const bool says = expected.starts_with("says ");
      if (says) expected.remove_prefix(5);
      const std::string_view words = expected.substr(0, expected.find('='));
      std::set<std::string> wanted;
      for (const std::string_view ref : split(expected.substr(expected.find('=') + 1), ' '))
        if (!ref.empty()) wanted.insert(std::string(ref));
      std::set<std::string> found;
      const auto spans = [&](ByteSpan span) { return std::string_view(text).substr(span.begin, span.size()) == words; };
      if (says) {
        const auto told = std::ranges::find_if(reading.statements, [&](const Statement& one) { return one.source && spans(*one.source); });
        if (told != reading.statements.end()) found = named(told->speakers);
        EXPECT_TRUE(told != reading.statements.end()) << row.cells[0] << ": nobody speaks as " << words;
      } else {
        for (const Mention& mention : reading.entities.mentions)
          if (found.empty() && spans(mention.span)) found = named(mention.entities);
      }
      std::string all;
      for (const std::string& ref : found) all += ref + " ";
      EXPECT_EQ(found, wanted) << row.cells[0] << ": " << expected << "\n  found " << all;
    }
  }
}

}  // namespace
}  // namespace dragoman
