#include "dragoman/relations/casualties.h"

#include <gtest/gtest.h>

#include "tests/builders.h"

namespace dragoman {
namespace {

Casualties counted(const Document& document) { return casualties_in(document, document.sentences()[0]); }

std::string shown(const Document& document, const std::optional<PersonCount>& count) {
  if (!count) return "nobody";
  const auto bound = [](const std::optional<std::uint32_t>& value) { return value ? std::to_string(*value) : std::string("?"); };
  return bound(count->at_least) + ".." + bound(count->at_most) + " " + std::string(document.text().substr(count->span.begin, count->span.size()));
}

TEST(Casualties, TakeTheBoundsFromTheWordsBeforeTheNumber) {
  const Document document = parsed(R"(Shells shell nsubj 1 NNS
killed kill root 1 VBD
at at advmod 3 RB
least least advmod 4 JJS
12 12 nummod 5 CD
fishermen fisherman dobj 1 NNS
and and cc 1 CC
wounded wound conj 1 VBD
up up quantmod 10 RP
to to quantmod 10 IN
thirty thirty nummod 11 CD
others other dobj 7 NNS
. . punct 1 .)");

  EXPECT_EQ(shown(document, counted(document).dead), "12..? at least 12");
  EXPECT_EQ(shown(document, counted(document).injured), "?..30 up to thirty");
}

TEST(Casualties, DozensAreALowerBound) {
  const Document document = parsed(R"(Dozens dozen nsubjpass 4 NNS
of of prep 0 IN
guards guard pobj 1 NNS
were be auxpass 4 VBD
hurt hurt root 4 VBN
. . punct 4 .)");

  EXPECT_EQ(shown(document, counted(document).injured), "24..? Dozens");
  EXPECT_EQ(shown(document, counted(document).dead), "nobody");
}

TEST(Casualties, ATollIsANumberBesideIt) {
  const Document document = parsed(R"(The the det 1 DT
toll toll nsubj 2 NN
rose rise root 2 VBD
to to prep 2 IN
more more amod 6 JJR
than than quantmod 6 IN
1,200 1,200 pobj 3 CD
. . punct 2 .)");

  EXPECT_EQ(shown(document, counted(document).dead), "1201..? more than 1,200");
}

TEST(Casualties, UncountedPeopleAreNoCount) {
  const Document document = parsed(R"(Rockets rocket nsubj 1 NNS
killed kill root 1 VBD
villagers villager dobj 1 NNS
and and cc 1 CC
12 12 nummod 5 CD
goats goat npadvmod 1 NNS
. . punct 1 .)");

  EXPECT_EQ(shown(document, counted(document).dead), "nobody");
}

TEST(Casualties, OneIsOneAndAboutHasNoBounds) {
  const Document one = parsed(R"(Rebels rebel nsubj 1 NNS
killed kill root 1 VBD
a a det 3 DT
soldier soldier dobj 1 NN)");
  EXPECT_EQ(shown(one, counted(one).dead), "1..1 a");

  const Document about = parsed(R"(Rebels rebel nsubj 1 NNS
killed kill root 1 VBD
about about advmod 3 RB
40 40 nummod 4 CD
soldiers soldier dobj 1 NNS)");
  EXPECT_EQ(shown(about, counted(about).dead), "?..? about 40");
}

TEST(Casualties, WhatDidNotHappenIsNotCounted) {
  const Document document = parsed(R"(The the det 1 DT
army army nsubj 4 NN
did do aux 4 VBD
not not neg 4 RB
kill kill root 4 VB
12 12 nummod 6 CD
men man dobj 4 NNS)");
  EXPECT_EQ(shown(document, counted(document).dead), "nobody");
}

}  // namespace
}  // namespace dragoman
