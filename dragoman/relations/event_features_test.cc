#include "dragoman/relations/event_features.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/builders.h"

namespace dragoman {
namespace {

const EventLexicon& lexicon() {
  static const EventLexicon loaded = EventLexicon::load().value();
  return loaded;
}

std::vector<std::string> names_of(const Document& document, TokenSpan source, TokenSpan target) {
  std::vector<std::uint32_t> hashes;
  std::vector<std::string> names;
  append_pair_features(document, source, target, lexicon(), hashes, &names);
  EXPECT_EQ(hashes.size(), names.size());
  return names;
}

bool holds(const std::vector<std::string>& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

Document told(std::string_view source, std::string_view verb, std::string_view lemma, std::string_view target) {
  std::string rows;
  rows.append(source).append(" ").append(source).append(" nsubj 1 NNP\n");
  rows.append(verb).append(" ").append(lemma).append(" root 1 VBD\n");
  rows.append(target).append(" ").append(target).append(" dobj 1 NNP");
  return parsed(rows);
}

TEST(EventFeatures, HideWhoThePartiesAre) {
  const auto first = names_of(told("Norway", "greeted", "greet", "Ghana"), {0, 1}, {2, 3});
  const auto second = names_of(told("Peru", "greeted", "greet", "Malta"), {0, 1}, {2, 3});
  // the heads' own lemmas are told, without an entity label to stand for them; nothing else differs
  const auto without_heads = [](std::vector<std::string> names) {
    std::erase_if(names, [](const std::string& name) { return name.find("hs|") != std::string::npos || name.find("ht|") != std::string::npos; });
    return names;
  };
  EXPECT_EQ(without_heads(first), without_heads(second));
  EXPECT_TRUE(holds(first, "2|#S|greet"));
}

TEST(EventFeatures, ShowKinBesideTheWord) {
  const auto seldom = names_of(told("Norway", "lauded", "laud", "Ghana"), {0, 1}, {2, 3});
  const auto often = names_of(told("Norway", "praised", "praise", "Ghana"), {0, 1}, {2, 3});
  EXPECT_TRUE(holds(seldom, "w|p|laud"));
  EXPECT_TRUE(holds(seldom, "kin:w|p|praise"));
  EXPECT_TRUE(holds(often, "kin:w|p|praise"));
  // a word without kin has no such feature
  EXPECT_FALSE(holds(names_of(told("Norway", "outranked", "outrank", "Ghana"), {0, 1}, {2, 3}), "kin:w|p|outrank"));
}

TEST(EventFeatures, TellASharedNameFromItsKin) {
  // "praise" is a word and a kin: the two features must not be one
  std::vector<std::uint32_t> hashes;
  std::vector<std::string> names;
  append_pair_features(told("Norway", "praised", "praise", "Ghana"), {0, 1}, {2, 3}, lexicon(), hashes, &names);
  const auto word = std::find(names.begin(), names.end(), "w|p|praise"), kin = std::find(names.begin(), names.end(), "kin:w|p|praise");
  ASSERT_NE(word, names.end());
  ASSERT_NE(kin, names.end());
  EXPECT_NE(hashes[static_cast<std::size_t>(word - names.begin())], hashes[static_cast<std::size_t>(kin - names.begin())]);
}

TEST(EventFeatures, AreNoneForNobody) {
  std::vector<std::uint32_t> hashes;
  append_pair_features(told("Norway", "greeted", "greet", "Ghana"), {}, {}, lexicon(), hashes);
  EXPECT_TRUE(hashes.empty());
}

TEST(EventLexicon, KnowsKinByPartOfSpeech) {
  const Document verb = told("Norway", "visited", "visit", "Ghana");
  EXPECT_EQ(lexicon().kin_at(verb, 1), "visit");
  EXPECT_EQ(lexicon().kin_at(verb, 0), "");
  const Document noun = parsed(R"(The the det 1 DT
visit visit nsubj 2 NN
ended end root 2 VBD)");
  EXPECT_EQ(lexicon().kin_at(noun, 1), "talk");
}

}  // namespace
}  // namespace dragoman
