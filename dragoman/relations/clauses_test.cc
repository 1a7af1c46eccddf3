#include "dragoman/relations/clauses.h"

#include <gtest/gtest.h>

#include "tests/builders.h"

namespace dragoman {
namespace {

TEST(Clauses, FindsTheSubjectThroughAPledge) {
  const Document document = parsed(R"(Ketola Ketola nsubj 1 NNP
left leave root 1 VBD
, , punct 1 ,
pledging pledge advcl 1 VBG
to to aux 5 TO
attend attend xcomp 3 VB
the the det 7 DT
opening opening dobj 5 NN
and and cc 5 CC
send send conj 5 VB
flowers flower dobj 9 NNS)");

  EXPECT_EQ(subject_of(document, 5), 0u);
  EXPECT_EQ(subject_of(document, 9), 0u);
  EXPECT_EQ(undergoer_of(document, 9), 10u);
  const auto governors = governors_of(document, 9);
  ASSERT_EQ(governors.size(), 1u);
  EXPECT_EQ(governors[0].sense, Governance::undertake);
  EXPECT_EQ(conjuncts_of(document, 9), (std::vector<TokenIndex>{5, 9}));
}

TEST(Clauses, KnowsWhoIsToActAfterAnObjectControlVerb) {
  const Document document = parsed(R"(Norway Norway nsubj 1 NNP
urged urge root 1 VBD
Sweden Sweden dobj 1 NNP
to to aux 4 TO
open open xcomp 1 VB
the the det 6 DT
bridge bridge dobj 4 NN)");

  EXPECT_EQ(subject_of(document, 4), 2u);
  EXPECT_EQ(governor_of(document, 4)->sense, Governance::demand);
  EXPECT_TRUE(predicate_at(document, 4).infinitive);
}

TEST(Clauses, ReadsWhoseReadinessItIs) {
  const Document document = parsed(R"(Ketola Ketola nsubj 1 NNP
affirmed affirm root 1 VBD
Norway Norway poss 4 NNP
’s ’s case 2 POS
readiness readiness dobj 1 NN
to to aux 6 TO
extend extend acl 4 VB
contracts contract dobj 6 NNS)");

  EXPECT_EQ(subject_of(document, 6), 2u);
  const auto governors = governors_of(document, 6);
  ASSERT_EQ(governors.size(), 2u);
  EXPECT_EQ(governors[0].sense, Governance::offer);
  EXPECT_EQ(governors[1].sense, Governance::report);
}

TEST(Clauses, TellsNotYetFromNever) {
  const Document document = parsed(R"(The the det 1 DT
clinic clinic nsubj 2 NN
has have root 2 VBZ
yet yet advmod 2 RB
to to aux 5 TO
open open xcomp 2 VB)");

  const Predicate predicate = predicate_at(document, 5);
  EXPECT_TRUE(predicate.not_yet);
  EXPECT_EQ(subject_of(document, 5), 1u);
}

TEST(Clauses, TurnsPassivesAndReducedOnesRound) {
  const Document document = parsed(R"(A a det 1 DT
treaty treaty nsubjpass 4 NN
was be auxpass 4 VBD
not not neg 4 RB
signed sign root 4 VBN
by by agent 4 IN
Norway Norway pobj 5 NNP)");

  const Predicate predicate = predicate_at(document, 4);
  EXPECT_TRUE(predicate.passive);
  EXPECT_TRUE(predicate.negated);
  EXPECT_EQ(predicate.tense, Tense::past);
  EXPECT_EQ(agent_of(document, 4), 6u);
  EXPECT_EQ(undergoer_of(document, 4), 1u);
}

TEST(Clauses, FindsTheConditionOfAnOffer) {
  const Document document = parsed(R"(Norway Norway nsubj 2 NNP
would would aux 2 MD
lend lend root 2 VB
ships ship dobj 2 NNS
if if mark 7 IN
the the det 6 DT
ports port nsubj 7 NNS
reopened reopen advcl 2 VBD)");

  const auto condition = condition_of(document, 2);
  ASSERT_TRUE(condition);
  EXPECT_EQ(document.text(document.bytes(*condition)), "if the ports reopened");
  EXPECT_TRUE(predicate_at(document, 2).conditional);
  EXPECT_TRUE(predicate_at(document, 7).in_condition);
  EXPECT_EQ(predicate_at(document, 2).tense, Tense::future);
}

TEST(Clauses, NoSubjectNegates) {
  const Document document = parsed(R"(No no det 1 DT
decision decision nsubjpass 3 NN
was be auxpass 3 VBD
taken take root 3 VBN)");
  EXPECT_TRUE(is_negated(document, 3));
}

}  // namespace
}  // namespace dragoman
