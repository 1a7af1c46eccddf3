#include "dragoman/store/dossier.h"

#include <gtest/gtest.h>

#include "dragoman/view/dossier_page.h"
#include "tests/temporary_store.h"

namespace dragoman {
namespace {

class DossierTest : public testing::Test {
 protected:
  void SetUp() override {
    store_.add(StoryByHand("1", "2025-01-10", "Atlantic Post")
                   .event("CONSULT", "visit", {"ISL"}, {"PRT"})
                   .session("They prepared the fourth session of the", "Joint Commission on the Sea", "body:isl-prt-joint-commission")
                   .commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Porto", "diplomatic_representation", "ISL", "2025-03-31")
                   .position({"ISL"}, "quotas on salted fish", "against", "ISL", {"PRT"})
                   .position({"PRT"}, "free navigation", "for"));
    store_.add(StoryByHand("2", "2025-04-10", "Evening Mail")
                   .event("CONSULT", "", {"ISL", "PRT"}, {"ISL", "PRT"}, "planned")
                   .event("ACCUSE", "", {"ISL"}, {"PRT"}, "happened", -2)
                   .event("COOPERATE", "", {"PRT"}, {"ISL"}, "happened", 6, "PRT")
                   .position({"ISL"}, "free navigation", "for")
                   .words("NOR and <b>others</b> looked on")
                   .event("CONSULT", "", {"NOR"}, {"DNK"}));
    store_.add(StoryByHand("3", "2025-04-12", "Evening Mail").event("CONSULT", "visit", {"NOR"}, {"ISL"}));
  }
  Dossier dossier(const Selection& selection = {.between = {"PRT", "ISL"}}) { return compile_dossier(store_.database(), selection, 20250501); }

  TemporaryStore store_;
};

TEST_F(DossierTest, DrawsTogetherWhatPassesBetweenTwo) {
  const Dossier it = dossier();
  EXPECT_EQ(it.stories, 2);
  EXPECT_EQ(it.first, "2025-01-10");
  EXPECT_EQ(it.last, "2025-04-10");
  ASSERT_EQ(it.meetings.size(), 2u);
  EXPECT_EQ(it.meetings[0].actuality, "planned");
  ASSERT_EQ(it.channels.size(), 2u);
  EXPECT_EQ(it.channels[0].name, "visits");
  EXPECT_EQ(it.channels[0].happened, 1);
  ASSERT_EQ(it.bodies.size(), 1u);
  ASSERT_EQ(it.bodies[0].sessions.size(), 1u);
  EXPECT_EQ(it.bodies[0].sessions[0].ordinal, 4);
  EXPECT_EQ(it.bodies[0].sessions[0].source.quote, "They prepared the fourth session of the Joint Commission on the Sea.");
  ASSERT_EQ(it.undertakings.size(), 1u);
  EXPECT_TRUE(it.undertakings[0].overdue);
  ASSERT_EQ(it.positions.size(), 2u);
  EXPECT_EQ(it.positions[0].kind, StancePair::Kind::agree);
  ASSERT_EQ(it.third_parties.size(), 2u);
  ASSERT_EQ(it.months.size(), 2u);
  EXPECT_EQ(it.months[1].verbal_conflict, 1);
  EXPECT_EQ(it.months[1].material_cooperation, 1);
  EXPECT_EQ(it.months[1].claimed, 1);
  EXPECT_DOUBLE_EQ(it.months[1].goldstein, 2);
}

TEST_F(DossierTest, SaysHowManyItLeavesOut) {
  store_.add(StoryByHand("4", "2025-04-20").commitment("offered", {"PRT"}, {"ISL"}, "finance", "a pier in Hofn", "transport"));
  const Dossier it = compile_dossier(store_.database(), {.between = {"PRT", "ISL"}}, 20250501, {.undertakings = 1});
  ASSERT_EQ(it.undertakings.size(), 1u);
  EXPECT_EQ(it.undertakings[0].object, "a pier in Hofn");
  EXPECT_EQ(it.all_undertakings, 2);
  std::string text;
  append_page_text(dossier_page(it), {}, text);
  EXPECT_NE(text.find("The newest 1 of 2"), std::string::npos);
}

TEST_F(DossierTest, NamesObstacles) {
  const Dossier it = dossier();
  std::vector<std::string> what;
  for (const Obstacle& obstacle : it.obstacles) what.push_back(obstacle.what);
  EXPECT_EQ(what, (std::vector<std::string>{"open consulate in Porto: pledged, overdue since 2025-03-31", "ISL is against quotas on salted fish", "ISL → PRT: ACCUSE"}));
  for (const Obstacle& obstacle : it.obstacles) EXPECT_FALSE(obstacle.source.quote.empty());
}

TEST_F(DossierTest, KeepsToItsWindow) {
  const Dossier it = dossier({.between = {"ISL", "PRT"}, .since = 20250401});
  EXPECT_EQ(it.stories, 1);
  EXPECT_EQ(it.meetings.size(), 1u);
  EXPECT_TRUE(it.undertakings.empty());
  EXPECT_EQ(it.months.size(), 1u);
}

TEST_F(DossierTest, EveryFormShowsEachLineWithItsSource) {
  const Page page = dossier_page(dossier());
  std::string text, markdown, html, json;
  append_page_text(page, {}, text);
  append_page_markdown(page, markdown);
  append_page_html(page, html);
  append_dossier_json(dossier(), json);
  for (const std::string* out : {&text, &markdown, &html, &json}) {
    EXPECT_NE(out->find("open consulate in Porto"), std::string::npos);
    EXPECT_NE(out->find("Joint Commission on the Sea"), std::string::npos);
    EXPECT_NE(out->find("Evening Mail"), std::string::npos);
  }
  EXPECT_NE(text.find("Evening Mail, 2025-04-10 ["), std::string::npos);
  EXPECT_EQ(html.find("<b>others"), std::string::npos);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(markdown.find("<b>others"), std::string::npos);
}

}  // namespace
}  // namespace dragoman
