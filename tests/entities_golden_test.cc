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

}  // namespace
}  // namespace dragoman
