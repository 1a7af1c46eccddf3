// Events through the real model: sentences, and what is told in them.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "dragoman/base/tsv.h"
#include "tests/with_engine.h"

namespace dragoman {
namespace {

class EventGolden : public WithEngine {};

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
  const std::string text = file_text(DRAGOMAN_SOURCE_DIR "/tests/golden/events/found.tsv");
  const auto table = parse_tsv(text, "found.tsv", {"why", "text", "expected"});
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_GE(table->rows.size(), 40u);
  for (const TsvRow& row : table->rows) EXPECT_EQ(events_of(read(row.cells[1])), row.cells[2]) << row.cells[0] << ": " << row.cells[1];
}

}  // namespace
}  // namespace dragoman
