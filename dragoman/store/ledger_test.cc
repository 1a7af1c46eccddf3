#include "dragoman/store/ledger.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "dragoman/view/relationship_json.h"
#include "tests/temporary_store.h"

namespace dragoman {
namespace {

using Strings = std::vector<std::string>;
const Strings both = {"ISL", "PRT"};

/// Five stories on a power line, a consulate, patrols and a ferry.
std::vector<StoryByHand> stories() {
  return {
      StoryByHand("1", "2025-01-10")
          .commitment("discussed", both, both, "build", "330-kilovolt power line between Sines and Hofn")
          .commitment("pledged", {"ISL"}, {"PRT"}, "open", "an Icelandic consulate in Porto", "diplomatic_representation", "ISL", "2025-12-31"),
      StoryByHand("2", "2025-03-11")
          .commitment("offered", {"PRT"}, {"ISL"}, "finance", "a third of the Sines-Hofn power line", "energy", "PRT")
          .commitment("agreed", both, both, "begin", "joint naval patrols along their maritime border", "defence"),
      StoryByHand("3", "2025-06-02")
          .commitment("underway", {"ISL"}, {"PRT"}, "open", "the consulate in Porto", "diplomatic_representation")
          .commitment("underway", both, both, "begin", "joint patrols", "defence", "PRT")
          .commitment("stalled", both, both, "carry out", "the patrols", "defence", "ISL"),
      StoryByHand("4", "2025-09-30")
          .commitment("stalled", both, both, "build", "transmission line between Sines and Hofn")
          .commitment("discussed", both, both, "revive", "summer ferry line", "transport"),
      StoryByHand("5", "2026-01-20").commitment("completed", {"ISL"}, {"PRT"}, "open", "consulate in Porto", "diplomatic_representation"),
  };
}

std::string shown(const std::vector<LedgerEntry>& entries) {
  std::string text;
  for (const LedgerEntry& entry : entries) {
    text += entry.id + " " + entry.title + " [" + entry.stage + (entry.overdue ? ", overdue" : "") + (entry.contradicted ? ", disputed" : "") + "]";
    for (const LedgerStep& step : entry.history) text += " " + step.source.date + ":" + step.stage + ":" + step.source.finding;
    text += "\n";
  }
  return text;
}

const LedgerEntry* find(const std::vector<LedgerEntry>& entries, std::string_view title) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const LedgerEntry& it) { return it.title.find(title) != std::string::npos; });
  return found == entries.end() ? nullptr : &*found;
}

Strings stages(const LedgerEntry& entry) {
  Strings list;
  for (const LedgerStep& step : entry.history) list.push_back(step.stage);
  return list;
}

TEST(Ledger, MakesOneEntryOfAnUndertakingInManyStories) {
  TemporaryStore store;
  for (const StoryByHand& story : stories()) store.add(story);
  const auto entries = find_undertakings(store.database(), {}, 20260120);
  ASSERT_EQ(entries.size(), 4u) << shown(entries);

  const LedgerEntry* line = find(entries, "power line");
  ASSERT_TRUE(line);
  EXPECT_EQ(stages(*line), (Strings{"discussed", "offered", "stalled"}));
  EXPECT_EQ(line->stage, "stalled");
  EXPECT_EQ(line->undertakers, both);
  EXPECT_EQ(line->history[1].source.quote, "PRT: finance a third of the Sines-Hofn power line, offered.");
  EXPECT_EQ(line->history[1].source.voice, "s1");
  EXPECT_EQ(line->history[1].source.said_by, Strings{"local:minister-of-PRT"});

  const LedgerEntry* consulate = find(entries, "consulate");
  ASSERT_TRUE(consulate);
  EXPECT_EQ(stages(*consulate), (Strings{"pledged", "underway", "completed"}));
  EXPECT_EQ(consulate->deadline, "2025-12-31");
  EXPECT_FALSE(consulate->overdue);
  EXPECT_EQ(consulate->undertakers, Strings{"ISL"});
  EXPECT_EQ(consulate->counterparties, Strings{"PRT"});

  const LedgerEntry* patrols = find(entries, "patrols");
  ASSERT_TRUE(patrols);
  EXPECT_EQ(stages(*patrols), (Strings{"agreed", "underway", "stalled"}));
  EXPECT_TRUE(patrols->contradicted);
  EXPECT_TRUE(find(entries, "ferry"));
}

TEST(Ledger, DoesNotDependOnTheOrderInWhichStoriesCame) {
  std::vector<StoryByHand> all = stories();
  std::vector<std::size_t> order = {0, 1, 2, 3, 4};
  std::string expected;
  do {
    if ((order[0] + 2 * order[1] + 3 * order[3]) % 4 != 0) continue;  // a quarter of the 120
    TemporaryStore store;
    for (const std::size_t i : order) store.add(all[i]);
    const std::string text = shown(find_undertakings(store.database(), {}, 20260120));
    if (expected.empty()) expected = text;
    ASSERT_EQ(text, expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Ledger, MarksWhatIsOverdueAndLeavesSilenceOpen) {
  TemporaryStore store;
  for (const StoryByHand& story : {stories()[0], stories()[3]}) store.add(story);
  EXPECT_FALSE(find(find_undertakings(store.database(), {}, 20251231), "consulate")->overdue);
  const auto later = find_undertakings(store.database(), {}, 20260101);
  EXPECT_TRUE(find(later, "consulate")->overdue);
  EXPECT_EQ(find(later, "consulate")->stage, "pledged");
}

TEST(Ledger, KeepsTheSelectionsPartiesStageAndTime) {
  TemporaryStore store;
  for (const StoryByHand& story : stories()) store.add(story);
  store.add(StoryByHand("6", "2026-01-25").commitment("pledged", {"NOR"}, {"ISL"}, "build", "a fish farm in Bergen", "agriculture"));
  const auto count = [&](const Selection& selection) { return find_undertakings(store.database(), selection, 20260125).size(); };
  EXPECT_EQ(count({}), 5u);
  EXPECT_EQ(count({.between = {"PRT", "ISL"}}), 4u);
  EXPECT_EQ(count({.between = {"NOR", "ISL"}}), 1u);
  EXPECT_EQ(count({.of = {"NOR"}}), 1u);
  EXPECT_EQ(count({.stage = "stalled"}), 1u + 1u);  // the line, and the patrols that are in dispute
  EXPECT_EQ(count({.sector = "agriculture"}), 1u);
  EXPECT_EQ(count({.issue = "the consulate in Porto"}), 1u);
  EXPECT_EQ(count({.outlet = "atlantic post"}), 5u);
  EXPECT_EQ(count({.outlet = "Nobody"}), 0u);
  EXPECT_EQ(count({.since = 20260101}), 2u);
  const auto then = find_undertakings(store.database(), {.until = 20250701}, 20250701);
  EXPECT_EQ(find(then, "consulate")->stage, "underway");
}

TEST(Ledger, TheNewestAreTheFirstOfAll) {
  TemporaryStore store;
  for (const StoryByHand& story : stories()) store.add(story);
  store.add(StoryByHand("6", "2025-09-30").commitment("pledged", {"NOR"}, {"ISL"}, "build", "a fish farm in Bergen", "agriculture"));
  for (const Selection& selection : {Selection{}, Selection{.of = {"ISL"}}, Selection{.until = 20250701}, Selection{.stage = "stalled"}}) {
    auto all = find_undertakings(store.database(), selection, 20260125);
    const auto order = order_undertakings(store.database(), selection);
    for (const std::size_t limit : {4u, 3u, 2u, 1u}) {
      if (all.size() > limit) all.resize(limit);
      EXPECT_EQ(shown(newest_undertakings(store.database(), order, selection, 20260125, limit)), shown(all)) << limit;
    }
  }
}

TEST(Ledger, WithoutSourcesTheEntriesAreTheSame) {
  TemporaryStore store;
  for (const StoryByHand& story : stories()) store.add(story);
  const auto all = find_undertakings(store.database(), {}, 20260120);
  const auto few = newest_undertakings(store.database(), order_undertakings(store.database(), {}), {}, 20260120, 10, LedgerSources::newest);
  ASSERT_EQ(few.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(few[i].stage, all[i].stage);
    EXPECT_EQ(few[i].contradicted, all[i].contradicted);
    EXPECT_EQ(stages(few[i]), stages(all[i]));
    EXPECT_EQ(few[i].history.front().source.date, all[i].history.front().source.date);
    EXPECT_EQ(few[i].history.back().source.quote, all[i].history.back().source.quote);
  }
}

TEST(Ledger, OneEntryHasTheSourcesOfItsRecentReports) {
  // 210 stories on one undertaking, each in other words beside it.
  TemporaryStore store;
  for (int i = 0; i < 210; ++i) {
    char day[16];
    std::snprintf(day, sizeof day, "2025-%02d-%02d", 1 + i / 20, 1 + i % 20);
    std::string words;
    for (int word = 0; word < 12; ++word) words += "q" + std::to_string(i * 31 + word * 7) + "z ";
    store.add(StoryByHand(std::to_string(i), day).words(words).commitment("agreed", both, both, "build", "330-kilovolt power line between Sines and Hofn"));
  }
  const auto order = order_undertakings(store.database(), {});
  ASSERT_EQ(order.size(), 1u);
  const auto entry = find_undertaking(store.database(), order[0].entry, 20251231);
  ASSERT_TRUE(entry);
  ASSERT_EQ(entry->history.size(), 210u);
  EXPECT_EQ(entry->history[9].source.document, "");
  EXPECT_EQ(entry->history[9].source.date, "2025-01-10");
  EXPECT_EQ(entry->history[10].source.document, "10");
  std::string out;
  JsonWriter json(out);
  write_entry(*entry, json, SourceFields::full);
  EXPECT_NE(out.find("\"reports\":210"), std::string::npos);
  EXPECT_EQ(out.find("2025-01-10"), std::string::npos);
  EXPECT_NE(out.find("2025-01-11"), std::string::npos);
}

TEST(Ledger, TellsEachSideOnceAndWhatContradictsIt) {
  TemporaryStore store;
  // One story, one side, two stages: told once, at the further one.
  store.add(StoryByHand("1", "2025-03-01")
                .commitment("pledged", both, both, "begin", "joint naval patrols along their maritime border", "defence", "ISL")
                .commitment("agreed", both, both, "begin", "joint patrols", "defence", "ISL"));
  // The other side, within the week: both are in dispute. Two weeks later it is news.
  store.add(StoryByHand("2", "2025-03-05").words("Fog lay over Hofn").commitment("stalled", both, both, "carry out", "the patrols", "defence", "PRT"));
  store.add(StoryByHand("3", "2025-03-20").commitment("underway", both, both, "begin", "joint naval patrols", "defence", "ISL"));
  const auto entries = find_undertakings(store.database(), {}, 20250501);
  ASSERT_EQ(entries.size(), 1u) << shown(entries);
  ASSERT_EQ(stages(entries[0]), (Strings{"agreed", "stalled", "underway"})) << shown(entries);
  EXPECT_TRUE(entries[0].history[0].contradicted);
  EXPECT_TRUE(entries[0].history[1].contradicted);
  EXPECT_FALSE(entries[0].history[2].contradicted);
}

TEST(Ledger, GuessesNothingWhereTwoFit) {
  TemporaryStore store;
  store.add(StoryByHand("1", "2025-01-10").commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Porto", "diplomatic_representation"));
  store.add(StoryByHand("2", "2025-02-10").commitment("underway", {"ISL"}, {"PRT"}, "open", "the consulate", "diplomatic_representation"));
  EXPECT_EQ(find_undertakings(store.database(), {}, 0).size(), 1u);
  store.add(StoryByHand("3", "2025-03-10").commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Faro", "diplomatic_representation"));
  EXPECT_EQ(find_undertakings(store.database(), {}, 0).size(), 3u);
}

TEST(Ledger, TellsAStoryInManyPapersOnce) {
  TemporaryStore store;
  const std::string long_words =
      "The ministers met in the old custom house by the harbour for three hours and spoke of cables, ferries, cod, cork and the price of salt, "
      "while outside a brass band played for the guests who had come from the islands in small boats painted red and white";
  store.add(StoryByHand("1", "2025-01-10").words(long_words).commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Porto", "diplomatic_representation"));
  const DocumentKey copy = store.add(StoryByHand("2", "2025-01-11", "Evening Mail")
                                         .words(long_words)
                                         .commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Porto", "diplomatic_representation")
                                         .words("Rain is expected"));
  auto entries = find_undertakings(store.database(), {}, 0);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].history.size(), 1u);
  ASSERT_TRUE(split_cluster(store.database(), copy));
  entries = find_undertakings(store.database(), {}, 0);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].history.size(), 2u);
}

/// All rows of the derived tables, without the numbers that depend on the order of coming.
std::string derived_rows(Database& database) {
  std::string text;
  for (const char* sql : {"SELECT a||'|'||b||'|'||layer||'|'||day||'|'||coalesce(kind,'') FROM concerns ORDER BY 1",
                          "SELECT a||b||month||quad||claimed||' '||events||' '||scored||' '||goldstein FROM months ORDER BY 1",
                          "SELECT w.key||'>'||(SELECT min(key) FROM wordings v WHERE v.entry=w.entry) FROM wordings w ORDER BY 1",
                          "SELECT DISTINCT a||'|'||b||key FROM pairs JOIN scope_pairs USING (pair) JOIN wordings USING (scope) ORDER BY 1",
                          "SELECT key||day||(SELECT text FROM words WHERE word=stage)||due FROM tellings JOIN wordings USING (wording) ORDER BY 1",
                          "SELECT holder||key||day||(SELECT text FROM words WHERE word=polarity) FROM cells JOIN issues USING (issue) ORDER BY 1"}) {
    Query query = database.prepare(sql);
    while (query.step()) text += std::string(query.text(0)) + "\n";
  }
  return text;
}

TEST(Derived, WhatIsTakenOutLeavesNothingBehind) {
  std::vector<StoryByHand> all = stories();
  all[0].position({"ISL"}, "fishing quotas", "for").event("CONSULT", "visit", {"ISL"}, {"PRT"});
  TemporaryStore with, without;
  for (const StoryByHand& story : all) with.add(story);
  const std::string full = derived_rows(with.database());
  for (const std::size_t gone : {0u, 2u, 4u}) {
    TemporaryStore rest;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (i != gone) rest.add(all[i]);
    with->derived().remove(static_cast<DocumentKey>(gone + 1));
    with->derived().finish();
    EXPECT_EQ(derived_rows(with.database()), derived_rows(rest.database())) << "without story " << gone + 1;
    with->derived().refresh(static_cast<DocumentKey>(gone + 1));
    with->derived().finish();
    EXPECT_EQ(derived_rows(with.database()), full) << "with story " << gone + 1 << " again";
  }
}

}  // namespace
}  // namespace dragoman
