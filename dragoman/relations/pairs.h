// Pairs: what one marked party does to another, for users who bring their own actors.
//
//   Document + two token ranges + EventLexicon  ->  relate()  ->  one type, with how sure that is
#pragma once

#include <string>

#include "dragoman/relations/event_lexicon.h"

namespace dragoman {

struct PairEvent {
  EventType type = EventType::consult;
  std::string mode;        ///< "" = none
  std::string cameo;       ///< "" = none fits
  float confidence = 0;    ///< in [0, 1]: the head's probability of CAMEO's root (CONCEDE and RETREAT are one root there)
  float none = 0;          ///< the head's probability that nothing passes between the two
  std::string rule;        ///< what the rules alone say: "COERCE/restrict by \"impose\""; "" = nothing
};

/// What `source` does to `target`. Always answers: the caller says that something passes between them.
[[nodiscard]] PairEvent relate(const Document& document, TokenSpan source, TokenSpan target, const EventLexicon& lexicon);

}  // namespace dragoman
