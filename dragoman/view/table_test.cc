#include "dragoman/view/table.h"

#include <gtest/gtest.h>

namespace dragoman {
namespace {

Table table() {
  using Kind = Column::Kind;
  return {.columns = {{.name = "id"}, {.name = "who", .kind = Kind::list, .least = 6}, {.name = "count", .kind = Kind::number}},
          .rows = {{"a", "Mira; Jón Þór", "7"}, {"=b", "", ""}, {"c\x1b[1m", "\"quoted\", twice", "12"}}};
}

std::string shown(TableFormat format, unsigned width = 100) {
  std::string out;
  append_table(table(), {.format = format, .colours = false, .width = width}, out);
  return out;
}

TEST(Table, LinesUpForPeople) {
  EXPECT_EQ(shown(TableFormat::text), "id     who              count\na      Mira; Jón Þór        7\n=b\nc [1m  \"quoted\", twice     12\n");
}

TEST(Table, WrapsWhereTheTerminalIsNarrow) {
  EXPECT_EQ(shown(TableFormat::text, 20),
            "id     who     count\na      Mira;       7\n       Jón\n       Þór\n=b\nc [1m  \"quote     12\n       d\",\n       twice\n");
}

TEST(Table, WritesCsvThatSpreadsheetsReadAsText) {
  EXPECT_EQ(shown(TableFormat::csv), "id,who,count\r\na,Mira; Jón Þór,7\r\n'=b,,\r\nc\x1b[1m,\"\"\"quoted\"\", twice\",12\r\n");
}

TEST(Table, WritesJson) {
  EXPECT_EQ(shown(TableFormat::jsonl),
            "{\"id\":\"a\",\"who\":[\"Mira\",\"Jón Þór\"],\"count\":7}\n{\"id\":\"=b\",\"who\":[],\"count\":null}\n"
            "{\"id\":\"c\\u001b[1m\",\"who\":[\"\\\"quoted\\\", twice\"],\"count\":12}\n");
}

}  // namespace
}  // namespace dragoman
