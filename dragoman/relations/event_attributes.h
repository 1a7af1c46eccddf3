// Attributes of an event that is settled: when, where, in which contexts, and how many were killed or hurt.
#pragma once

#include "dragoman/relations/event_units.h"

namespace dragoman {

/// Fills in `when`, `where`, `contexts`, `dead` and `injured`. Type, mode, parties, actuality and evidence are there already.
void add_attributes(const Document& document, const Entities& entities, const std::vector<TimeMention>& times, const EventLexicon& lexicon,
                    const Unit& unit, Event& event);

/// What another telling of the same occurrence adds to an event: a date in words where it had none, places, counts.
void add_from_telling(const Event& other, Event& event);

}  // namespace dragoman
