#include "dragoman/relations/event_contexts.h"

#include <gtest/gtest.h>

#include "tests/builders.h"

namespace dragoman {
namespace {

using Names = std::vector<std::string>;

Names contexts(const Document& document, const std::vector<std::string_view>& sectors = {}) {
  return contexts_in(document, document.sentences()[0], sectors);
}

TEST(Contexts, AreThirtySeven) { EXPECT_EQ(context_names().size(), 37u); }

TEST(Contexts, OneTellingWordSuffices) {
  const Document document = parsed(R"(Norway Norway nsubj 1 NNP
closed close root 1 VBD
its its poss 3 PRP$
embassy embassy dobj 1 NN)");
  EXPECT_EQ(contexts(document), Names{"diplomatic"});
}

TEST(Contexts, OfWeakWordsTwoAreNeeded) {
  const Document one = parsed(R"(Norway Norway nsubj 1 NNP
drafted draft root 1 VBD
a a det 3 DT
law law dobj 1 NN)");
  EXPECT_EQ(contexts(one), Names{});

  const Document two = parsed(R"(Deputies deputy nsubj 1 NNS
drafted draft root 1 VBD
a a det 3 DT
law law dobj 1 NN)");
  EXPECT_EQ(contexts(two), Names{"legislative"});

  const Document twice = parsed(R"(Laws law nsubj 1 NNS
replace replace root 1 VBP
laws law dobj 1 NNS)");
  EXPECT_EQ(contexts(twice), Names{});
}

TEST(Contexts, ALongerPhraseTakesThePlaceOfItsWords) {
  const Document document = parsed(R"(They they nsubj 1 PRP
destroyed destroy root 1 VBD
chemical chemical amod 3 JJ
weapons weapon dobj 1 NNS)");
  EXPECT_EQ(contexts(document), Names{"cbrn"});
}

TEST(Contexts, APartysSectorTellsToo) {
  const Document document = parsed(R"(They they nsubj 1 PRP
agreed agree root 1 VBD)");
  EXPECT_EQ(contexts(document, {"LEG"}), Names{"legislative"});
  EXPECT_EQ(contexts(document, {"GOV"}), Names{});
}

}  // namespace
}  // namespace dragoman
