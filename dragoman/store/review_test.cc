#include "dragoman/store/review.h"

#include <gtest/gtest.h>

#include "dragoman/store/ledger.h"
#include "dragoman/store/listings.h"
#include "dragoman/store/matrix.h"
#include "tests/temporary_store.h"

namespace dragoman {
namespace {

class ReviewTest : public testing::Test {
 protected:
  StoryByHand first() {
    return StoryByHand("1", "2025-01-10")
        .commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Porto", "diplomatic_representation")
        .event("ACCUSE", "", {"ISL"}, {"PRT"})
        .position({"ISL"}, "whaling", "for");
  }
  void SetUp() override {
    doc_ = store_.add(first());
    store_.add(StoryByHand("2", "2025-04-10")
                   .commitment("completed", {"ISL"}, {"PRT"}, "open", "consulate in Porto", "diplomatic_representation")
                   .commitment("pledged", {"PRT"}, {"ISL"}, "host", "a cod festival", "culture"));
  }
  std::vector<LedgerEntry> ledger() { return find_undertakings(store_.database(), {}, 20250601); }
  std::string entry(std::string_view title) {
    for (const LedgerEntry& it : ledger())
      if (it.title.find(title) != std::string::npos) return it.id;
    return "";
  }
  Result<std::string> say(Verdict verdict, const std::string& id, std::vector<std::string> others = {}) {
    return record_review(*store_, {.verdict = verdict, .id = id, .others = std::move(others), .reviewer = "r", .note = "", .at = "2026-01-01T00:00:00Z"});
  }
  /// A newer version reads the first story.
  void reread() {
    store_->replace(doc_, first().reading());
    reapply_merges(*store_);
    ASSERT_TRUE(store_->settle());
  }

  TemporaryStore store_;
  DocumentKey doc_ = 0;
};

TEST_F(ReviewTest, RejectsAndAcceptsAgain) {
  ASSERT_TRUE(say(Verdict::reject, "1:v1"));
  ASSERT_TRUE(say(Verdict::reject, "1:p1"));
  EXPECT_TRUE(list_events(store_.database(), {}, {}).empty());
  EXPECT_TRUE(list_events(store_.database(), {.of = {"ISL"}}, {}).empty());
  EXPECT_TRUE(find_stances(store_.database(), {}).empty());
  EXPECT_TRUE(list_months(store_.database(), {}).empty());
  reread();
  EXPECT_TRUE(list_events(store_.database(), {}, {}).empty());
  ASSERT_TRUE(say(Verdict::accept, "1:v1"));
  EXPECT_EQ(list_events(store_.database(), {}, {}).size(), 1u);
  EXPECT_EQ(list_reviews(store_.database()).size(), 3u);
}

TEST_F(ReviewTest, RejectsAnUndertakingWithAllItsReports) {
  ASSERT_TRUE(say(Verdict::reject, entry("consulate")));
  EXPECT_EQ(ledger().size(), 1u);
  reread();
  EXPECT_EQ(ledger().size(), 1u);
}

TEST_F(ReviewTest, SplitsAndStaysSplit) {
  ASSERT_EQ(ledger().size(), 2u);
  const auto done = say(Verdict::split, entry("consulate"), {"1:c1"});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(ledger().size(), 3u);
  reread();
  EXPECT_EQ(ledger().size(), 3u);
}

TEST_F(ReviewTest, MergesAndStaysMerged) {
  const auto done = say(Verdict::merge, entry("consulate"), {entry("festival")});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(ledger().size(), 1u);
  reread();
  EXPECT_EQ(ledger().size(), 1u);
  store_.add(StoryByHand("3", "2025-05-10").commitment("completed", {"PRT"}, {"ISL"}, "host", "the cod festival", "culture"));
  ASSERT_EQ(ledger().size(), 1u);
  EXPECT_EQ(ledger()[0].history.size(), 3u);
}

TEST_F(ReviewTest, SaysWhatMakesNoSense) {
  EXPECT_EQ(say(Verdict::accept, "nonsense").error().code, ErrorCode::misuse);
  EXPECT_EQ(say(Verdict::accept, "1:c9").error().code, ErrorCode::not_found);
  EXPECT_EQ(say(Verdict::accept, "u00000000").error().code, ErrorCode::not_found);
  EXPECT_EQ(say(Verdict::merge, entry("consulate")).error().code, ErrorCode::misuse);
  EXPECT_EQ(say(Verdict::merge, entry("consulate"), {entry("consulate")}).error().code, ErrorCode::misuse);
  EXPECT_EQ(say(Verdict::split, entry("consulate"), {"2:c2"}).error().code, ErrorCode::misuse);
  EXPECT_EQ(say(Verdict::split, entry("consulate"), {"1:c1", "2:c1"}).error().code, ErrorCode::misuse);
  EXPECT_TRUE(list_reviews(store_.database()).empty());
}

}  // namespace
}  // namespace dragoman
