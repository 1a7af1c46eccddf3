// The linear head in open text: clauses in which two parties stand and whose words the rules leave open are put to it.
//
//   units  ->  silent_units()  ->  clauses that the tables say nothing of
//   parties  ->  ask_head()  ->  a type, where the head is sure that something passes between the two
#pragma once

#include <optional>
#include <vector>

#include "dragoman/relations/event_parties.h"
#include "dragoman/relations/event_units.h"
#include "dragoman/relations/pairs.h"

namespace dragoman {

/// Clauses that no unit speaks of: their verbs are in no table. Their coding is a mere placeholder, until the head has spoken.
[[nodiscard]] std::vector<Unit> silent_units(const Document& document, const std::vector<Unit>& units, const std::vector<Statement>& statements);

/// What the head says of those parties; nullopt if it isn't sure that something passes between them, or one side is missing.
[[nodiscard]] std::optional<PairEvent> ask_head(const Document& document, const Entities& entities, const Parties& parties, const EventLexicon& lexicon);

}  // namespace dragoman
