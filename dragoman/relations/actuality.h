// Actuality: did it happen, does it go on, is it planned, demanded, feared, denied?
#pragma once

#include "dragoman/relations/event_units.h"

namespace dragoman {

/// Of the event that the unit tells. A type that carries its tense (a promise, a threat, a refusal, a demand) has happened once it is
/// made. `said`: it stands in somebody's statement. `denied`: the statement around it denies its content.
[[nodiscard]] Actuality actuality_of_unit(const Document& document, const Unit& unit, bool said, bool denied);

}  // namespace dragoman
