#include "dragoman/store/stored_reading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "dragoman/store/citation.h"
#include "dragoman/view/reading_json.h"
#include "tests/temporary_store.h"

namespace dragoman {
namespace {

StoryByHand story() {
  StoryByHand story("a", "2026-03-12");
  story.event("CONSULT", "visit", {"ISL"}, {"PRT"}).event("COOPERATE", "", {"PRT"}, {"ISL"}, "happened", 6, "PRT");
  story.commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Porto", "diplomatic_representation", "ISL", "2026-12-31");
  story.position({"PRT"}, "free navigation", "for", "PRT", {"ISL"}).session("They met for the fourth session of the", "Joint Commission", "body:joint-commission");
  return story;
}

TEST(StoredReading, IsWhatWentIn) {
  TemporaryStore store;
  const DocumentKey doc = store.add(story());
  const auto stored = load_reading(store.database(), doc);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->state, "read");
  EXPECT_EQ(find_document(store.database(), "a"), doc);
  std::string before, after;
  Reading reading = story().reading();
  auto& mentions = reading.entities.mentions;  // the store keeps a mention once
  std::stable_sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return std::tuple(a.span.begin, a.span.end, a.entities) < std::tuple(b.span.begin, b.span.end, b.entities); });
  mentions.erase(std::unique(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.span == b.span && a.entities == b.entities; }), mentions.end());
  append_reading_json(reading, before);
  append_reading_json(stored->reading, after);
  EXPECT_EQ(before, after);
}

TEST(StoredReading, NoSuchDocument) {
  TemporaryStore store;
  EXPECT_FALSE(load_reading(store.database(), 7));
  EXPECT_EQ(find_document(store.database(), "nobody"), 0);
}

TEST(Citation, OfAFindingAndOfBytes) {
  TemporaryStore store;
  const auto stored = load_reading(store.database(), store.add(story()));
  const auto said = cite_finding(*stored, "s1");
  ASSERT_TRUE(said);
  ASSERT_EQ(said->speakers.size(), 1u);
  EXPECT_EQ(said->speakers[0].office, "minister");
  EXPECT_EQ(said->text, stored->reading.document.text(said->pieces[0]));
  EXPECT_NE(to_line(*said, *stored).find("Atlantic Post, “Story a”, 2026-03-12. Document a, bytes "), std::string::npos) << to_line(*said, *stored);
  EXPECT_TRUE(to_line(*said, *stored).starts_with(said->quoted ? "“" : "Minister of PRT, minister, as reported: “")) << to_line(*said, *stored);
  const auto event = cite_finding(*stored, "v1");
  ASSERT_TRUE(event);
  EXPECT_TRUE(event->speakers.empty());
  EXPECT_EQ(event->text, "ISL CONSULT PRT.");
  // Claimed in somebody's voice: that one is cited.
  EXPECT_EQ(cite_finding(*stored, "v2")->speakers.size(), 1u);
  const auto bytes = cite_span(*stored, {0, 3});
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->text, "ISL");
  for (const char* odd : {"", "s", "s0", "s99", "x1", "s1x", "v-1", "s99999999999999999999"}) EXPECT_FALSE(cite_finding(*stored, odd)) << odd;
  EXPECT_FALSE(cite_span(*stored, {100000, 100001}));
  EXPECT_FALSE(cite_span(*stored, {5, 5}));
}

}  // namespace
}  // namespace dragoman
