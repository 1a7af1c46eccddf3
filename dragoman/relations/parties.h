// Parties: whom the words of a clause bind or speak for. Shared by commitments and positions.
#pragma once

#include <vector>

#include "dragoman/document/document.h"
#include "dragoman/mentions/entities.h"
#include "dragoman/relations/statements.h"

namespace dragoman {

/// Those behind a noun phrase that can act: states, persons, bodies, organisations, groups. Empty if nobody.
[[nodiscard]] std::vector<EntityId> actors_of_phrase(const Document& document, const Entities& entities, TokenIndex head);

[[nodiscard]] bool is_actor(EntityKind kind);

/// Does that word stand behind "on" or "against" under the head: "the attack on the Finnish convoy"? Finland's is the convoy, not the attack.
[[nodiscard]] bool is_aimed_at(const Document& document, TokenIndex token, TokenIndex head);

/// The states and organisations behind these actors, each once: a minister's state, a ministry's state, an organisation itself. An actor
/// without a known state stands for itself.
[[nodiscard]] std::vector<EntityId> principals_of(const Entities& entities, const std::vector<EntityId>& actors);
/// The same, and then the actors themselves where they are others: "Norway, its minister".
[[nodiscard]] std::vector<EntityId> with_principals(const Entities& entities, const std::vector<EntityId>& actors);

/// The two states or organisations that a story is mostly about, by mentions; fewer if it is about fewer.
[[nodiscard]] std::vector<EntityId> main_parties(const Document& document, const Entities& entities);

/// "The two sides", "the ministers", "delegations": a plural for those whom a story is about.
[[nodiscard]] bool means_both_sides(const Document& document, TokenIndex noun);

/// Whom the subject of a clause stands for: its actors; the story's parties for "the two sides" and their like where nobody knows their
/// states, and for a communiqué's "we" outside of any statement (its organisation, if it is one's). Empty if nobody.
[[nodiscard]] std::vector<EntityId> actors_of_subject(const Document& document, const Entities& entities, const std::vector<Statement>& statements,
                                                      TokenIndex subject, const std::vector<EntityId>& story_parties);

/// The speakers of the innermost statement at that byte, or of the one around it where that has none. Empty in the outlet's own words.
[[nodiscard]] std::vector<EntityId> speakers_at(const std::vector<Statement>& statements, std::uint32_t byte);

/// Asked, not told.
[[nodiscard]] bool is_question(const Document& document, TokenSpan sentence);

/// Adds what is not there yet.
void add_new(std::vector<EntityId>& ids, const std::vector<EntityId>& more);
[[nodiscard]] bool overlap(const std::vector<EntityId>& a, const std::vector<EntityId>& b);

}  // namespace dragoman
