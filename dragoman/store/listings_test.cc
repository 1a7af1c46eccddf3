#include "dragoman/store/days.h"
#include "dragoman/store/listings.h"

#include <gtest/gtest.h>

#include "dragoman/store/people.h"
#include "tests/temporary_store.h"

namespace dragoman {
namespace {

class ListingsTest : public testing::Test {
 protected:
  void SetUp() override {
    store_.add(StoryByHand("1", "2025-01-10", "Atlantic Post").event("CONSULT", "visit", {"ISL"}, {"PRT"}).position({"PRT"}, "free navigation", "for", "PRT"));
    store_.add(StoryByHand("2", "2025-04-10", "Evening Mail")
                   .event("ACCUSE", "", {"ISL"}, {"PRT"}, "happened", -2)
                   .event("ACCUSE", "", {"NOR"}, {"DNK"}, "did_not_happen", -2, "ISL")
                   .position({"NOR"}, "herring quotas", "against", "NOR"));
  }
  std::vector<EventReport> events(const Selection& selection, const ListingOptions& options = {}) { return list_events(store_.database(), selection, options); }

  TemporaryStore store_;
};

TEST_F(ListingsTest, EventsNewestFirst) {
  const auto all = events({});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].type, "ACCUSE");
  EXPECT_EQ(all[2].mode, "visit");
  EXPECT_EQ(all[2].source.quote, "ISL CONSULT PRT.");
  EXPECT_EQ(events({.between = {"PRT", "ISL"}}).size(), 2u);
  EXPECT_EQ(events({.of = {"ISL", "NOR"}}).size(), 3u);
  EXPECT_EQ(events({.outlet = "evening mail"}).size(), 2u);
  EXPECT_EQ(events({.until = 20250201}).size(), 1u);
  EXPECT_EQ(events({}, {.events = {.type = "CONSULT"}}).size(), 1u);
  EXPECT_EQ(events({.of = {"ISL"}}, {.events = {.type = "verbal_conflict"}}).size(), 1u);
  EXPECT_EQ(events({}, {.events = {.actualities = {"did_not_happen"}}}).size(), 1u);
  EXPECT_EQ(events({}, {.limit = 2}).size(), 2u);
}

TEST_F(ListingsTest, EventsThatANumberStandsFor) {
  EXPECT_EQ(events({}, {.events = {.actualities = {"happened", "ongoing"}}}).size(), 2u);
  EXPECT_EQ(events({}, {.events = {.channel = "visits"}}).size(), 1u);
  EXPECT_EQ(events({}, {.events = {.channel = "talks"}}).size(), 0u);  // what is no meeting has no channel
  EXPECT_EQ(events({}, {.events = {.claimed = true}}).size(), 1u);
  EXPECT_EQ(events({}, {.events = {.claimed = false}}).size(), 2u);
  EXPECT_EQ(events({}, {.events = {.people = {"ISL", "PRT"}}}).size(), 2u);
  EXPECT_EQ(events({}, {.events = {.people = {"ISL", "NOR"}}}).size(), 0u);
  for (const MonthRow& month : list_months(store_.database(), {})) {
    EXPECT_EQ(events({}, {.events = {.actualities = {"happened", "ongoing"}, .month = month.month}}).size(), static_cast<std::size_t>(month.events())) << month.month;
    EXPECT_EQ(events({}, {.events = {.actualities = {"happened", "ongoing"}, .claimed = true, .month = month.month}}).size(), static_cast<std::size_t>(month.claimed)) << month.month;
  }
  EXPECT_FALSE(parse_actualities("happened,perhaps"));
  EXPECT_TRUE(parse_actualities("")->empty());
}

TEST_F(ListingsTest, MonthsOfEvents) {
  EXPECT_EQ(month_of("2025-03-31", "day", 20250402), 202503);
  EXPECT_EQ(month_of("2025-05-01", "day", 20250402), 202504);   // it has not come yet
  EXPECT_EQ(month_of("2024-01-01", "year", 20250402), 202504);  // which month of the year is not told
  EXPECT_EQ(month_of("", "", 20250402), 202504);
  EXPECT_EQ(month_of("2025-03-31", "day", 0), 202503);
  EXPECT_EQ(month_of("", "", 0), 0);
}

TEST_F(ListingsTest, QuotesByWhoSpoke) {
  const auto quotes = [&](const Selection& selection, const ListingOptions& options = {}) { return list_quotes(store_.database(), selection, options); };
  EXPECT_EQ(quotes({}).size(), 3u);
  EXPECT_EQ(quotes({.of = {"NOR"}}).size(), 1u);
  EXPECT_EQ(quotes({.between = {"PRT", "ISL"}}).size(), 2u);
  EXPECT_EQ(quotes({}, {.speaker = "minister of nor"}).size(), 1u);
  const auto about = quotes({.issue = "navigation"});
  ASSERT_EQ(about.size(), 1u);
  EXPECT_EQ(about[0].words, "PRT is for free navigation.");
  EXPECT_EQ(about[0].speakers[0].office, "minister");
}

TEST_F(ListingsTest, PeopleAndMonths) {
  const auto people = list_people(store_.database(), {.of = {"PRT"}}, 0);
  ASSERT_EQ(people.size(), 1u);
  EXPECT_EQ(people[0].name, "Minister of PRT");
  EXPECT_EQ(people[0].offices, std::vector<std::string>{"minister"});
  EXPECT_EQ(people[0].quotes, 1);
  EXPECT_EQ(list_people(store_.database(), {}, 0).size(), 3u);
  EXPECT_EQ(list_people(store_.database(), {}, 2).size(), 2u);
  EXPECT_EQ(list_people(store_.database(), {.since = 20250401}, 0).size(), 2u);

  const auto months = list_months(store_.database(), {});
  ASSERT_EQ(months.size(), 2u);
  EXPECT_EQ(months[0].month, 202501);
  EXPECT_EQ(months[1].verbal_conflict, 1);  // what did not happen does not count
  EXPECT_EQ(list_months(store_.database(), {.of = {"NOR"}}).size(), 0u);
}

TEST_F(ListingsTest, SearchFindsWordsAndTheirSentence) {
  const auto search = [&](const std::string& words, const Selection& selection = {}) { return search_stories(store_.database(), words, selection, {}); };
  ASSERT_EQ(search("navigation").size(), 1u);
  EXPECT_EQ(search("navigation")[0].source.quote, "PRT is for free navigation.");
  EXPECT_EQ(search("\"free navigation\"").size(), 1u);
  EXPECT_EQ(search("\"navigation free\"").size(), 0u);
  EXPECT_EQ(search("navig*").size(), 1u);
  EXPECT_EQ(search("herring OR navigation").size(), 2u);
  EXPECT_EQ(search("herring", {.between = {"NOR", "DNK"}}).size(), 1u);
  EXPECT_EQ(search("herring", {.between = {"PRT", "DNK"}}).size(), 1u);
  EXPECT_EQ(search("herring", {.since = 20260101}).size(), 0u);
  // "PRT OR NOR" is in both stories, which is too often to be ranked: the last added, or the newest of the selection.
  const auto common = [&](const Selection& selection, std::size_t limit = 0) {
    std::string documents;
    for (const StoryHit& hit : search_stories(store_.database(), "PRT OR NOR", selection, {.limit = limit, .most_ranked = 1})) documents += hit.source.document + " ";
    return documents;
  };
  EXPECT_EQ(common({}), "2 ");
  EXPECT_EQ(common({.since = 20250101}), "2 1 ");
  EXPECT_EQ(common({.since = 20250101}, 1), "2 ");
  EXPECT_EQ(common({.between = {"ISL", "PRT"}, .until = 20250201}), "1 ");
  EXPECT_EQ(common({.outlet = "atlantic post"}), "1 ");
  for (const char* odd : {"", "\"", "OR", "a AND", "(", "it's", "near(", "*", "-x", "OR OR", "x OR"}) {
    (void)search(odd);
    EXPECT_TRUE(store_.database().check()) << odd;
  }
}

}  // namespace
}  // namespace dragoman
