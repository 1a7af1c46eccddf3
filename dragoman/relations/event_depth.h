// Depth: the mode and CAMEO code as deep as the words of the clause bear ("pledged" 030 + "wheat" = 0333).
//
//   an event with type, mode and a general code + the words of its clause  ->  deepen()
#pragma once

#include "dragoman/relations/event_units.h"

namespace dragoman {

/// Changes `mode` and `cameo` by the first line of data/events/depth.tsv that fits; the type never. Words of the subject don't count, nor, of
/// a promise or joint work, those that name whom it is with.
void deepen(const Document& document, const Entities& entities, const Unit& unit, Event& event);

}  // namespace dragoman
