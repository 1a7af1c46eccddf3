// Implied events: what a party undertook or refused in words that no table of events knows ("will set up", "there is no question of").
//
//   commitments + positions + the events found by their own words  ->  add_implied_events()  ->  AGREE, REJECT, ACCUSE where none stands
#pragma once

#include <vector>

#include "dragoman/relations/commitments.h"
#include "dragoman/relations/event_lexicon.h"
#include "dragoman/relations/positions.h"

namespace dragoman {

/// Gives events without a recipient the one that a commitment or position in them knows, and adds events in text order where none stands
/// in the same clause. Linear in commitments and positions, times `events`.
void add_implied_events(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                        const std::vector<Statement>& statements, const std::vector<Commitment>& commitments,
                        const std::vector<Position>& positions, const EventLexicon& lexicon, std::vector<Event>& events);

}  // namespace dragoman
