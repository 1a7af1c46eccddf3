#include "dragoman/store/wording.h"

#include <gtest/gtest.h>

namespace dragoman {
namespace {

const PartyNames names = {{"portuguese", "PRT"}, {"portugal", "PRT"}, {"lisbon", "PRT"}, {"iceland", "ISL"}, {"icelandic", "ISL"}};
const std::vector<std::string> both = {"ISL", "PRT"};

Wording wording(std::string_view verb, std::string_view phrase, std::vector<std::string> undertakers = both, std::vector<std::string> places = {}) {
  Wording result;
  result.act = act_of_verb(verb, "pledged");
  result.undertakers = std::move(undertakers);
  result.parties = both;
  result.sector = "energy";
  reduce_phrase(phrase, names, both, result);
  result.places = std::move(places);
  return result;
}

std::string words(std::string_view phrase) {
  const Wording it = wording("", phrase);
  std::string text = it.head + ":";
  for (const std::string& word : it.words) text += " " + word;
  return text;
}

TEST(Wording, ReducesAPhraseToWhatTellsItApart) {
  EXPECT_EQ(words("Iceland’s new consulate in Porto"), "consulate: consulate porto");
  EXPECT_EQ(words("the opening of an Icelandic consulate in Porto"), "consulate: consulate porto");
  EXPECT_EQ(words("a third of the Sines-Évora power line"), "line: evora line power sine");
  EXPECT_EQ(words("a 330-kilovolt transmission line between Sines and Évora"), "line: evora line power sine");
  EXPECT_EQ(words("an agreement on a common floor price for salted fish"), "price: fish floor price salted");
  EXPECT_EQ(words("cork price pact"), "price: cork price");
  EXPECT_EQ(words("joint naval patrols along their maritime border"), "patrol: border maritime patrol sea");
  EXPECT_EQ(words("the agreement"), "agreement: agreement");
  EXPECT_EQ(words(""), ":");
}

TEST(Wording, KeepsNumbersThatTellOccasionsApart) {
  EXPECT_EQ(wording("hold", "the ninth session of the Joint Commission").ordinals, std::vector<int>{9});
  EXPECT_EQ(wording("hold", "9th session of the Joint Commission").ordinals, std::vector<int>{9});
  EXPECT_EQ(wording("finance", "a third of the power line").ordinals, std::vector<int>{});
  EXPECT_EQ(wording("sign", "cooperation plan for 2025-2027").years, (std::vector<int>{2025, 2027}));
}

TEST(Wording, ComesBackFromItsKey) {
  Wording it = wording("visit", "a visit to the ninth Sea Forum in Porto", {"ISL"}, {"porto"});
  it.persons = {"person:a", "person:b"};
  it.month = 24303;
  EXPECT_EQ(parse_key(to_key(it)), it);
  EXPECT_EQ(parse_key(to_key(Wording{})), Wording{});
}

using Kind = Kinship::Kind;

Kind kin(const Wording& a, const Wording& b) {
  EXPECT_EQ(kinship_of(a, b).kind, kinship_of(b, a).kind);
  return kinship_of(a, b).kind;
}

TEST(Kinship, JoinsOneThingInOtherWords) {
  EXPECT_EQ(kin(wording("build", "330-kilovolt power line between Sines and Évora"), wording("finance", "a third of the Sines-Évora power line", {"PRT"})), Kind::same);
  EXPECT_EQ(kin(wording("build", "one-stop border post at Valença"), wording("give", "land for the one-stop border post at Valença")), Kind::same);
  EXPECT_EQ(kin(wording("sign", "the cork agreement"), wording("set", "a common floor price for cork")), Kind::may_be);
  EXPECT_EQ(kin(wording("begin", "joint naval patrols"), wording("carry out", "sea patrols along the maritime border")), Kind::same);
}

TEST(Kinship, KeepsApartWhatIsNotOne) {
  EXPECT_EQ(kin(wording("open", "consulate in Porto"), wording("open", "consulate in Faro")), Kind::none);
  EXPECT_EQ(kin(wording("open", "consulate in Porto"), wording("attend", "inauguration of the consulate in Porto")), Kind::none);
  EXPECT_EQ(kin(wording("open", "consulate in Porto"), wording("close", "consulate in Porto")), Kind::none);
  EXPECT_EQ(kin(wording("hold", "ninth session of the Joint Commission"), wording("hold", "tenth session of the Joint Commission")), Kind::none);
  EXPECT_EQ(kin(wording("extend", "gas contract"), wording("extend", "electricity contract")), Kind::none);
  EXPECT_EQ(kin(wording("open", "consulate", both, {"porto"}), wording("open", "consulate", both, {"faro"})), Kind::none);
  Wording other = wording("open", "consulate in Porto");
  other.undertakers = other.parties = {"NOR"};
  EXPECT_EQ(kin(wording("open", "consulate in Porto"), other), Kind::none);
}

TEST(Kinship, OfVisitsNeedsOneSeason) {
  Wording may = wording("visit", "a visit to Lisbon", {"ISL"});
  Wording june = may, next_year = may;
  EXPECT_EQ(may.act, ActKind::attend);
  may.month = 24317, june.month = 24318, next_year.month = 24329;
  EXPECT_EQ(kin(may, june), Kind::same);
  EXPECT_EQ(kin(may, next_year), Kind::none);
}

TEST(Wording, IssuesMeetInTheWordsThatCount) {
  EXPECT_EQ(issue_key("early launch of the eco"), issue_key("eco"));
  EXPECT_EQ(issue_key("quotas on salted fish"), issue_key("salted fish quota"));
  EXPECT_NE(issue_key("sanctions on Iran"), issue_key("sanctions on Belarus"));
  EXPECT_EQ(issue_key("agreement"), "agreement");
}

}  // namespace
}  // namespace dragoman
