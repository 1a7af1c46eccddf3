#include "dragoman/store/matrix.h"

#include <gtest/gtest.h>

#include "tests/temporary_store.h"

namespace dragoman {
namespace {

class MatrixTest : public testing::Test {
 protected:
  void SetUp() override {
    store_.add(StoryByHand("1", "2025-01-10").position({"ISL"}, "early launch of a fishing ban", "against").position({"PRT"}, "the fishing ban", "for"));
    store_.add(StoryByHand("2", "2025-05-10").position({"ISL"}, "fishing ban", "mixed").position({"ISL", "PRT"}, "tariffs on salted fish", "against", "PRT", {"org:eu"}));
    store_.add(StoryByHand("3", "2025-09-10").position({"ISL"}, "the fishing ban", "for").position({"PRT"}, "whaling", "against"));
  }
  TemporaryStore store_;
};

TEST_F(MatrixTest, KeepsEveryStanceAndTellsOfChanges) {
  const auto cells = find_stances(store_.database(), {.between = {"ISL", "PRT"}});
  ASSERT_EQ(cells.size(), 5u);
  const MatrixCell& ban = cells[0];
  EXPECT_EQ(ban.issue, "fishing ban");
  EXPECT_EQ(ban.holder, "ISL");
  EXPECT_EQ(ban.polarity, "for");
  ASSERT_EQ(ban.history.size(), 3u);
  ASSERT_EQ(ban.changes.size(), 2u);
  EXPECT_EQ(ban.history[ban.changes[1].from].polarity, "mixed");
  EXPECT_EQ(ban.history[ban.changes[1].to].source.quote, "ISL is for the fishing ban.");
  EXPECT_TRUE(cells[1].changes.empty());
}

TEST_F(MatrixTest, ComparesTwoHolders) {
  const auto cells = find_stances(store_.database(), {.between = {"ISL", "PRT"}});
  const auto pairs = compare_stances(cells, "ISL", "PRT");
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_EQ(pairs[0].kind, StancePair::Kind::agree);
  ASSERT_EQ(pairs[0].history.size(), 3u);
  EXPECT_FALSE(pairs[0].history[0].agree);
  EXPECT_FALSE(pairs[0].history[1].agree);
  EXPECT_TRUE(pairs[0].history[2].agree);
  EXPECT_EQ(pairs[1].issue, "tariffs on salted fish");
  EXPECT_EQ(pairs[1].kind, StancePair::Kind::agree);
  EXPECT_EQ(pairs[2].issue, "whaling");
  EXPECT_EQ(pairs[2].kind, StancePair::Kind::one_is_silent);
  EXPECT_FALSE(pairs[2].one);
}

TEST_F(MatrixTest, WithoutSourcesTheCellsAreTheSame) {
  const auto all = find_stances(store_.database(), {});
  const auto few = find_stances(store_.database(), {}, StanceSources::turns);
  ASSERT_EQ(few.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(few[i].issue + few[i].holder + few[i].polarity, all[i].issue + all[i].holder + all[i].polarity);
    ASSERT_EQ(few[i].history.size(), all[i].history.size());
    ASSERT_EQ(few[i].changes.size(), all[i].changes.size());
    for (std::size_t step = 0; step < all[i].history.size(); ++step) EXPECT_EQ(few[i].history[step].polarity, all[i].history[step].polarity);
    EXPECT_EQ(few[i].history.back().source.quote, all[i].history.back().source.quote);
    EXPECT_EQ(few[i].history.back().target, all[i].history.back().target);
    if (!all[i].changes.empty()) EXPECT_EQ(few[i].history[all[i].changes.back().from].source.date, all[i].history[all[i].changes.back().from].source.date);
  }
}

TEST_F(MatrixTest, KeepsTheSelectionsIssueAndTime) {
  EXPECT_EQ(find_stances(store_.database(), {.issue = "ban on fishing"}).size(), 2u);
  EXPECT_EQ(find_stances(store_.database(), {.of = {"PRT"}, .since = 20250901}).size(), 1u);
  const auto then = find_stances(store_.database(), {.of = {"ISL"}, .issue = "fishing ban", .until = 20250601});
  ASSERT_EQ(then.size(), 1u);
  EXPECT_EQ(then[0].polarity, "mixed");
}

}  // namespace
}  // namespace dragoman
