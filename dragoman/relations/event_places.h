// Places of an event: where it happens, what it hits, whence and whither it goes, and which places it is about.
//
//   one event's unit + Document + Entities  ->  places_of()  ->  places, in text order, each once
#pragma once

#include <vector>

#include "dragoman/relations/event_units.h"

namespace dragoman {

/// `event` has its type, mode and parties already. A state that is a party is no place of it, but where it is visited or hit.
/// A place that is named under another event noun or verb ("condemned the attack in Idlib") is the subject, not the venue.
[[nodiscard]] std::vector<EventPlace> places_of(const Document& document, const Entities& entities, const EventLexicon& lexicon,
                                                const Unit& unit, const Event& event);

/// How closely that entity names a place; `unknown` where nothing is known of it.
[[nodiscard]] PlacePrecision precision_of(const Entity& entity);

}  // namespace dragoman
