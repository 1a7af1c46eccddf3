// Choices between codebooks that no single word settles: data/events/choices.tsv, explained in docs/events.md.
#pragma once

#include "dragoman/relations/event_units.h"

namespace dragoman {

/// Changes type, mode, code and, where the actor turns out to be a side of the conflict, the recipients. Parties and actuality are there already.
void settle_choices(const Document& document, const Entities& entities, const EventLexicon& lexicon, const Unit& unit, Event& event);

}  // namespace dragoman
