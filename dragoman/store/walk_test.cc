#include "dragoman/store/walk.h"

#include <gtest/gtest.h>

#include "dragoman/store/ledger.h"
#include "dragoman/store/listings.h"
#include "dragoman/store/matrix.h"
#include "dragoman/store/overview.h"
#include "tests/temporary_store.h"

namespace dragoman {
namespace {

/// So many that no two stories are taken for tellings of one.
std::string own_words(int story) {
  std::string words = "Line";
  for (char letter = 'a'; letter <= 'z'; ++letter) words += " " + std::string(4, letter) + std::string(static_cast<std::size_t>(story) + 1, 'x');
  return words + " " + words;
}

class WalkTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* days[] = {"2025-01-10", "2025-01-10", "2025-01-11", "", "2025-02-01"};
    for (int i = 0; i < 5; ++i)
      store_.add(StoryByHand(std::to_string(i), days[i], i % 2 ? "Evening Mail" : "Atlantic Post")
                     .event("CONSULT", "visit", {"ISL"}, {"PRT"})
                     .event("ACCUSE", "", {"NOR"}, {"ISL"}, "happened", -2, "ISL")
                     .commitment(i == 4 ? "completed" : "pledged", {"ISL"}, {"PRT"}, "build", "power line number " + std::to_string(i / 2), i ? "energy" : "trade")
                     .position({i % 2 ? "PRT" : "ISL"}, "free navigation", "for", "PRT")
                     .words(own_words(i)));
  }

  /// All rows of pages of one row each are those of one page with all.
  template <class List, class Key>
  void pages_are_the_list(List list, Key key) {
    std::vector<std::string> all, paged;
    for (const auto& row : list(Stretch{}, std::size_t{1000}).rows) all.push_back(key(row));
    EXPECT_FALSE(list(Stretch{}, std::size_t{1000}).next.has_value());
    Stretch stretch;
    for (int pages = 0; pages < 100; ++pages) {
      const auto page = list(stretch, std::size_t{1});
      EXPECT_LE(page.rows.size(), 1u);
      for (const auto& row : page.rows) paged.push_back(key(row));
      if (!page.next) break;
      EXPECT_NE(page.next, stretch.after) << "a page that goes nowhere";
      stretch.after = page.next;
    }
    EXPECT_EQ(all, paged);
    // With no time at all, each page gets on by one thing looked at.
    std::vector<std::string> hurried;
    stretch = {.after = std::nullopt, .until = {}};
    for (int pages = 0; pages < 1000; ++pages) {
      const auto page = list(stretch, std::size_t{1000});
      for (const auto& row : page.rows) hurried.push_back(key(row));
      if (!page.next) break;
      EXPECT_NE(page.next, stretch.after);
      stretch.after = page.next;
    }
    EXPECT_EQ(all, hurried);
  }

  TemporaryStore store_;
};

std::string key_of(const Source& source) { return source.document + ":" + source.finding; }

TEST_F(WalkTest, PagesOfEvents) {
  const Selection selections[] = {{}, {.between = {"PRT", "ISL"}}, {.of = {"ISL"}}, {.of = {"ISL", "NOR", "PRT"}}, {.outlet = "evening mail"}, {.since = 20250111}, {.issue = "NOR"}};
  for (const Selection& selection : selections)
    for (const char* type : {"", "ACCUSE", "verbal_conflict"})
      pages_are_the_list([&](const Stretch& stretch, std::size_t limit) { return page_events(store_.database(), selection, {.limit = limit, .events = {.type = type}, .stretch = stretch}); },
                         [](const EventReport& row) { return key_of(row.source); });
}

TEST_F(WalkTest, PagesOfQuotes) {
  const Selection selections[] = {{}, {.between = {"PRT", "ISL"}}, {.of = {"PRT"}}};
  for (const Selection& selection : selections)
    pages_are_the_list([&](const Stretch& stretch, std::size_t limit) { return page_quotes(store_.database(), selection, {.limit = limit, .stretch = stretch}); },
                       [](const QuoteReport& row) { return key_of(row.source); });
}

TEST_F(WalkTest, PagesOfDocumentsNewestFirst) {
  const auto list = [&](const Stretch& stretch, std::size_t limit) { return page_documents(store_.database(), {}, {.limit = limit, .state = {}, .duplicates = false, .stretch = stretch}); };
  pages_are_the_list(list, [](const DocumentRow& row) { return row.document; });
  const auto rows = list({}, 10).rows;
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows.front().document, "4");
  EXPECT_EQ(rows.back().document, "3");  // no day: last
}

TEST_F(WalkTest, PagesOfSearch) {
  pages_are_the_list([&](const Stretch& stretch, std::size_t limit) { return page_search(store_.database(), "line", {}, {.limit = limit, .stretch = stretch}); },
                     [](const StoryHit& row) { return row.source.document; });
}

TEST_F(WalkTest, PagesOfTheLedgerAreTheLedger) {
  const Selection selections[] = {{}, {.between = {"PRT", "ISL"}}, {.of = {"ISL"}}, {.sector = "energy"}, {.stage = "completed"}, {.since = 20250111}, {.issue = "power line"}};
  for (const Selection& selection : selections) {
    const auto order = order_undertakings(store_.database(), selection);
    const auto list = [&](const Stretch& stretch, std::size_t limit) {
      return page_undertakings(store_.database(), order, selection, 20250501, {.limit = limit, .overdue = false, .contradicted = false, .sources = LedgerSources::all, .stretch = stretch});
    };
    pages_are_the_list(list, [](const LedgerEntry& row) { return row.id; });
    std::vector<std::string> all, paged;
    for (const LedgerEntry& entry : find_undertakings(store_.database(), selection, 20250501)) all.push_back(entry.id);
    for (const LedgerEntry& entry : list({}, 1000).rows) paged.push_back(entry.id);
    std::sort(all.begin(), all.end());
    std::sort(paged.begin(), paged.end());
    EXPECT_EQ(all, paged);
  }
}

TEST_F(WalkTest, IssuesAndTheirCells) {
  const auto issues = count_issues(store_.database(), {});
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].holders, 2);
  EXPECT_EQ(issues[0].reports, 5);
  EXPECT_EQ(name_issue(store_.database(), issues[0].issue), "free navigation");
  EXPECT_EQ(find_issue(store_.database(), issues[0].key), issues[0].issue);
  const auto cells = find_stances_on(store_.database(), issues[0].issue, {});
  const auto all = find_stances(store_.database(), {});
  ASSERT_EQ(cells.size(), all.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_EQ(cells[i].holder, all[i].holder);
    EXPECT_EQ(cells[i].polarity, all[i].polarity);
    EXPECT_EQ(cells[i].history.size(), all[i].history.size());
  }
  EXPECT_EQ(count_issues(store_.database(), {.of = {"NOR"}}).size(), 0u);
}

TEST_F(WalkTest, OverviewCounts) {
  const StoreCounts counts = count_store(store_.database());
  EXPECT_EQ(counts.documents, 5);
  EXPECT_EQ(counts.events, 10);
  EXPECT_EQ(counts.first, "2025-01-10");
  EXPECT_EQ(counts.last, "2025-02-01");
  const auto parties = count_parties(store_.database());
  ASSERT_EQ(parties.size(), 3u);
  EXPECT_EQ(parties[0].stories, 5);
  const auto partners = count_partners(store_.database(), "PRT");
  ASSERT_FALSE(partners.empty());
  EXPECT_EQ(partners[0].party, "ISL");
  const auto network = find_network(store_.database(), {});
  ASSERT_EQ(network.size(), 2u);
  EXPECT_EQ(network[0].a + network[0].b, "ISLNOR");
  EXPECT_EQ(network[0].counts.verbal_conflict, 5);
  EXPECT_EQ(network[0].counts.claimed, 5);
  EXPECT_EQ(find_network(store_.database(), {.of = {"PRT"}}).size(), 1u);
  const auto outlets = count_outlets(store_.database());
  ASSERT_EQ(outlets.size(), 2u);
  EXPECT_EQ(outlets[0].documents, 3);
}

}  // namespace
}  // namespace dragoman
