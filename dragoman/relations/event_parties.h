// Parties: who does it and to whom, for one unit.
//
//   Unit + Document + Entities + statements  ->  parties_of()  ->  actors, recipients
#pragma once

#include <vector>

#include "dragoman/mentions/entities.h"
#include "dragoman/relations/event_units.h"
#include "dragoman/relations/statements.h"

namespace dragoman {

struct Parties {
  std::vector<EntityId> actors;
  std::vector<EntityId> recipients;
  TokenIndex actor_head = no_token;      ///< the word that carries the actor in the parse
  TokenIndex recipient_head = no_token;
  bool direct = false;                   ///< the recipient stands where the word's entry says, not just somewhere in its phrase
  bool mutual = false;                   ///< both sides are in both lists
  bool at_home = false;                  ///< whom the clause names is no other side: a place of the actor's own, or who was hit by what he condemns
};

[[nodiscard]] Parties parties_of(const Document& document, const Entities& entities, const std::vector<Statement>& statements,
                                 const Unit& unit, const EventLexicon& lexicon);

/// Whom the phrase headed by that word stands for: itself, or the parties named in it ("a Turkish court" -> Turkey).
[[nodiscard]] std::vector<EntityId> parties_in(const Document& document, const Entities& entities, TokenIndex head);

}  // namespace dragoman
