// Units: the stretches of a sentence that each tell one event, before anybody asks who and when.
//
//   Document + EventLexicon  ->  find_units()  ->  units, in text order of their tops
//
// A unit is a chain of words from a top ("agreed") down to what it is about ("lift" -> "sanctions"). What hangs on a word of promising,
// refusing, demanding belongs to that word's unit; what hangs on a word of saying, accusing or praising is a unit of its own.
#pragma once

#include <vector>

#include "dragoman/relations/event_chain.h"

namespace dragoman {

struct Unit {
  TokenIndex top = no_token;
  std::vector<TokenIndex> chain;  ///< inner to outer; the last is `top`
  ChainVerdict verdict;           ///< its coding is always there
  bool nominal = false;           ///< the top is a noun
};

[[nodiscard]] std::vector<Unit> find_units(const Document& document, const EventLexicon& lexicon);

}  // namespace dragoman
