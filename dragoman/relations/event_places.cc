#include "dragoman/relations/event_places.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

/// A line of place_roles.tsv.
struct RoleRule {
  std::optional<EventType> type;  ///< none: any
  std::string_view mode;          ///< "" = any
  std::optional<PlaceRole> role;  ///< none: says nothing of place
};

struct Tables {
  std::unordered_map<std::string_view, std::vector<RoleRule>> roles;  ///< by preposition, or "dobj"
  std::unordered_map<std::string_view, PlacePrecision> features;
};

template <class Value>
std::optional<Value> named(std::string_view name, Value last) {
  for (int i = 0; i <= static_cast<int>(last); ++i)
    if (to_string(static_cast<Value>(i)) == name) return static_cast<Value>(i);
  return std::nullopt;
}

// The embedded tables are ours: a mistake in them is a mistake in the program.
const Tables& tables() {
  static const Tables loaded = [] {
    Tables made;
    const auto wrong = [](const TsvTable& table, const TsvRow& row) {
      throw std::logic_error(table.name + ":" + std::to_string(row.line) + ": unknown label");
    };
    const auto roles = parse_tsv(embedded_data("events/place_roles.tsv"), "events/place_roles.tsv", {"word", "on", "role", "reason"});
    if (!roles) throw std::logic_error(roles.error().message);
    for (const TsvRow& row : roles->rows) {
      RoleRule rule;
      if (row.cells[1] != "any") {
        const std::size_t slash = std::min(row.cells[1].find('/'), row.cells[1].size());
        rule.type = event_type_of(row.cells[1].substr(0, slash));
        if (!rule.type) wrong(*roles, row);
        if (slash < row.cells[1].size()) rule.mode = row.cells[1].substr(slash + 1);
      }
      rule.role = named(row.cells[2], PlaceRole::subject);
      if (!rule.role && row.cells[2] != "none") wrong(*roles, row);
      made.roles[row.cells[0]].push_back(rule);
    }
    const auto features = parse_tsv(embedded_data("events/place_features.tsv"), "events/place_features.tsv", {"feature", "precision"});
    if (!features) throw std::logic_error(features.error().message);
    for (const TsvRow& row : features->rows) {
      const auto precision = named(row.cells[1], PlacePrecision::region);
      if (!precision) wrong(*features, row);
      made.features.emplace(row.cells[0], *precision);
    }
    return made;
  }();
  return loaded;
}

std::optional<PlaceRole> role_of(std::string_view word, const Event& event) {
  const auto rules = tables().roles.find(word);
  if (rules == tables().roles.end()) return std::nullopt;
  for (const RoleRule& rule : rules->second)
    if ((!rule.type || *rule.type == event.type) && (rule.mode.empty() || rule.mode == event.mode)) return rule.role;
  return std::nullopt;
}

bool contains(const std::vector<EntityId>& ids, EntityId id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

bool is_verbal(EventType type) {
  const Quad quad = quad_of(type);
  return quad == Quad::verbal_cooperation || quad == Quad::verbal_conflict;
}

/// Does a place that hangs on `above` belong to the act itself? What is said, agreed or condemned has places of its own.
bool of_the_act(const Document& document, const EventLexicon& lexicon, const Unit& unit, const Event& event, TokenIndex above) {
  if (above == unit.top || !is_verbal(event.type)) return true;
  if (const NounEntry* noun = is_noun(document[above]) ? lexicon.noun_at(document, above) : nullptr; noun && noun->type == EventType::consult)
    return true;  // "at a meeting in Geneva"
  const bool turned = unit.verdict.core->type != event.type;
  return !turned && (above == unit.verdict.trigger || above == unit.verdict.decider);
}

/// The tokens where places are looked for, and the verb beside a noun whose places are the noun's too ("talks will be held in Izmir").
struct Reach {
  TokenSpan tokens;
  TokenIndex verb = no_token;
};

Reach reach_of(const Document& document, const Unit& unit) {
  if (!unit.nominal) return {clause_of(document, unit.top)};
  Reach reach{phrase_of(document, unit.top, true)};
  const Token& top = document[unit.top];
  if ((top.dep == Dep::nsubj || top.dep == Dep::nsubjpass || top.dep == Dep::dobj) && is_verb(document[top.head])) {
    reach.verb = top.head;
    reach.tokens = clause_of(document, top.head);
  }
  return reach;
}

}  // namespace

PlacePrecision precision_of(const Entity& entity) {
  if (entity.kind == EntityKind::state) return PlacePrecision::country;
  if (entity.kind == EntityKind::region) return PlacePrecision::region;
  const auto found = tables().features.find(entity.feature);
  return found == tables().features.end() ? PlacePrecision::unknown : found->second;
}

std::vector<EventPlace> places_of(const Document& document, const Entities& entities, const EventLexicon& lexicon, const Unit& unit,
                                  const Event& event) {
  std::vector<EventPlace> places;
  const Reach reach = reach_of(document, unit);
  const TokenSpan phrase = phrase_of(document, unit.top, true);
  for (const Mention* mention : entities.inside(reach.tokens)) {
    TokenIndex head = mention->head;
    while (document[head].dep == Dep::conj && !document.is_root(head)) head = document[head].head;  // "in Izmir and Van"
    const Token& token = document[head];
    TokenIndex above = token.head;
    std::optional<PlaceRole> role;
    if (token.dep == Dep::pobj) {
      role = role_of(document[above].lower, event);
      above = document[above].head;
    } else if (token.dep == Dep::dobj && above == unit.top) {
      role = role_of("dobj", event);
    }
    if (!role) continue;
    if (reach.verb != no_token && above != reach.verb && !phrase.contains(mention->tokens)) continue;
    if (reach.verb == no_token && !of_the_act(document, lexicon, unit, event, above)) role = PlaceRole::subject;
    for (const EntityId id : mention->entities) {
      const Entity& entity = entities[id];
      if (entity.kind != EntityKind::place && entity.kind != EntityKind::region && entity.kind != EntityKind::state) continue;
      const bool party = contains(event.recipients, id) || contains(event.actors, id);
      const bool hit = *role == PlaceRole::target || (event.type == EventType::assault && *role == PlaceRole::venue);
      if (entity.kind == EntityKind::state && (mention->form == MentionForm::metonym || (party && !hit && *role != PlaceRole::destination))) continue;
      if (std::any_of(places.begin(), places.end(), [id](const EventPlace& place) { return place.entity == id; })) continue;
      EventPlace place{.entity = id, .latitude = {}, .longitude = {}, .role = *role, .precision = precision_of(entity)};
      if (entity.point) place.latitude = entity.point->latitude, place.longitude = entity.point->longitude;
      places.push_back(place);
    }
  }
  return places;
}

}  // namespace dragoman
