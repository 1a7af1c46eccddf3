#include "dragoman/relations/parties.h"

#include <algorithm>

namespace dragoman {

bool is_actor(EntityKind kind) {
  switch (kind) {
    case EntityKind::region:
    case EntityKind::place:
    case EntityKind::agreement:
    case EntityKind::occasion: return false;
    default: return true;
  }
}

std::vector<EntityId> actors_of_phrase(const Document& document, const Entities& entities, TokenIndex head) {
  if (head >= document.size()) return {};
  std::vector<EntityId> actors = entities.of_phrase(document, head);
  std::erase_if(actors, [&](EntityId id) { return !is_actor(entities[id].kind); });
  return actors;
}

std::vector<EntityId> principals_of(const Entities& entities, const std::vector<EntityId>& actors) {
  std::vector<EntityId> principals;
  for (const EntityId actor : actors) {
    const EntityKind kind = entities[actor].kind;
    EntityId principal = actor;
    // a party, group or company of a country does not bind the state
    const bool speaks_for_state = kind == EntityKind::person || kind == EntityKind::office || kind == EntityKind::government_body;
    if (speaks_for_state && entities.state_of(actor) != no_entity) principal = entities.state_of(actor);
    add_new(principals, {principal});
  }
  return principals;
}

std::vector<EntityId> with_principals(const Entities& entities, const std::vector<EntityId>& actors) {
  std::vector<EntityId> all = principals_of(entities, actors);
  add_new(all, actors);
  return all;
}

std::vector<EntityId> main_parties(const Document&, const Entities& entities) {
  std::vector<std::size_t> count(entities.entities.size(), 0);
  for (const Mention& mention : entities.mentions)
    for (const EntityId principal : principals_of(entities, mention.entities)) {
      const EntityKind kind = entities[principal].kind;
      if (kind == EntityKind::state || kind == EntityKind::intergovernmental_body) ++count[principal];
    }
  std::vector<EntityId> order;
  for (EntityId id = 0; id < count.size(); ++id)
    if (count[id] > 0) order.push_back(id);
  std::stable_sort(order.begin(), order.end(), [&](EntityId a, EntityId b) { return count[a] > count[b]; });
  // a third party that is named in passing is none
  std::vector<EntityId> parties;
  for (const EntityId id : order)
    if (parties.size() < 2 && 4 * count[id] >= count[order.front()]) parties.push_back(id);
  std::sort(parties.begin(), parties.end());
  return parties;
}

std::vector<EntityId> speakers_at(const std::vector<Statement>& statements, std::uint32_t byte) {
  StatementId id = statement_at(statements, byte);
  for (int depth = 0; depth < 4 && id != no_statement; ++depth) {
    if (!statements[id].speakers.empty()) return statements[id].speakers;
    id = statements[id].within;
  }
  return {};
}

bool is_question(const Document& document, TokenSpan sentence) {
  for (TokenIndex i = sentence.end; i > sentence.begin && i + 3 > sentence.end; --i)
    if (document[i - 1].lower == "?") return true;
  return false;
}

void add_new(std::vector<EntityId>& ids, const std::vector<EntityId>& more) {
  for (const EntityId id : more)
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

bool overlap(const std::vector<EntityId>& a, const std::vector<EntityId>& b) {
  return std::any_of(a.begin(), a.end(), [&](EntityId id) { return std::find(b.begin(), b.end(), id) != b.end(); });
}

}  // namespace dragoman
