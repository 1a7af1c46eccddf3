// How an event is decided, step by step, is told in docs/events.md. In short: units are the chains of words that tell one event each;
// the rules give each its type, parties and actuality; the linear head is asked where both parties stand in the sentence, and overrules
// the rules only where it is sure; then the tellings of one occurrence are drawn together.
#include "dragoman/relations/events.h"

#include <algorithm>

#include "dragoman/relations/actuality.h"
#include "dragoman/relations/event_parties.h"
#include "dragoman/relations/event_units.h"

namespace dragoman {
namespace {

struct Candidate {
  Event event;
  TokenIndex topic = no_token;  ///< the word that the event is about
  bool headline = false;
};

/// Nouns that tell an event by themselves only where somebody is named beside them.
bool stands_alone(const Unit& unit, const Parties& parties) {
  switch (unit.verdict.coding->type) {
    case EventType::consult:
      return !parties.actors.empty() && (parties.mutual || !parties.recipients.empty());
    case EventType::assault:
    case EventType::coerce:
    case EventType::protest:
    case EventType::retreat:
    case EventType::mobilize:
    case EventType::sanction: return !parties.actors.empty();
    default: return false;
  }
}

std::vector<EventPlace> places_of(const Document& document, const Entities& entities, const Unit& unit, const Parties& parties) {
  std::vector<EventPlace> places;
  const TokenSpan clause = unit.nominal ? phrase_of(document, unit.top, true) : clause_of(document, unit.top);
  for (const Mention* mention : entities.inside(clause)) {
    const TokenIndex head = mention->head;
    if (document[head].dep != Dep::pobj) continue;
    const std::string_view preposition = document[document[head].head].lower;
    if (preposition != "in" && preposition != "at" && preposition != "near" && preposition != "outside" && preposition != "inside") continue;
    for (const EntityId id : mention->entities) {
      const EntityKind kind = entities[id].kind;
      if (kind != EntityKind::place && kind != EntityKind::region && kind != EntityKind::state) continue;
      if (std::find(parties.recipients.begin(), parties.recipients.end(), id) != parties.recipients.end() && kind == EntityKind::state &&
          unit.verdict.coding->type != EventType::assault)
        continue;
      if (std::none_of(places.begin(), places.end(), [id](const EventPlace& place) { return place.entity == id; }))
        places.push_back({id, std::nullopt, std::nullopt});
    }
  }
  return places;
}

bool shares_party(const Entities& entities, const std::vector<EntityId>& one, const std::vector<EntityId>& other) {
  for (const EntityId a : one)
    for (const EntityId b : other)
      if (a == b || (!entities[a].state.empty() && entities[a].state == entities[b].state)) return true;
  return false;
}

bool is_material(EventType type) {
  const Quad quad = quad_of(type);
  return quad == Quad::material_cooperation || quad == Quad::material_conflict;
}

/// Do two candidates tell one occurrence?
bool same_occurrence(const Document& document, const Entities& entities, const Candidate& one, const Candidate& other) {
  const Event &a = one.event, &b = other.event;
  if (a.type != b.type || a.actuality != b.actuality) return false;
  if (!shares_party(entities, a.actors, b.actors)) return false;
  const bool open = a.recipients.empty() || b.recipients.empty();
  if (!open && !shares_party(entities, a.recipients, b.recipients)) return false;
  if (a.type == EventType::consult) return a.mode == b.mode || a.mode.empty() || b.mode.empty();
  const bool same_topic = one.topic != no_token && other.topic != no_token && document[one.topic].lemma == document[other.topic].lemma;
  if (is_material(a.type)) return same_topic || a.mode == b.mode;
  return same_topic;
}

/// How well a telling is told: both parties, in the body, by a verb.
int clearness(const Candidate& candidate) {
  return (candidate.event.recipients.empty() ? 0 : 4) + (candidate.headline ? 0 : 2) + static_cast<int>(candidate.event.actors.size() > 0);
}

}  // namespace

std::vector<Event> find_events(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                               const std::vector<Statement>& statements, const EventLexicon& lexicon) {
  std::vector<Candidate> candidates;
  for (const Unit& unit : find_units(document, lexicon)) {
    const Parties parties = parties_of(document, entities, statements, unit, lexicon);
    if (unit.nominal && !stands_alone(unit, parties)) continue;
    if (parties.actors.empty()) continue;
    Candidate candidate;
    Event& event = candidate.event;
    const Coding& coding = *unit.verdict.coding;
    event.type = coding.type;
    event.mode = coding.mode;
    event.cameo = coding.cameo;
    event.actors = parties.actors;
    event.recipients = parties.recipients;
    event.head = unit.nominal ? unit.top : unit.verdict.decider == no_token ? unit.top : unit.verdict.decider;
    event.evidence.trigger = document[event.head].span;
    event.evidence.sentence = document.bytes(document.sentence_of(unit.top));
    event.evidence.spans = {document.bytes(unit.nominal ? phrase_of(document, unit.top) : clause_of(document, unit.top))};
    event.voice.statement = statement_at(statements, document[event.head].span.begin);
    const bool denied = !event.voice.is_outlet() && statements[event.voice.statement].denied;
    event.actuality = actuality_of_unit(document, unit, denied);
    if (const TimeMention* time = time_of(document, times, unit.top)) event.when = time->time;
    event.where = places_of(document, entities, unit, parties);
    event.goldstein = lexicon.goldstein(event.type, event.mode);
    event.rule = unit.nominal ? "event.noun" : unit.verdict.decider == unit.verdict.trigger ? "event.verb" : "event.chain";
    candidate.topic = unit.verdict.trigger;
    candidate.headline = !document.paragraphs().empty() && document.paragraphs().size() > 1 && document.paragraphs()[0].contains(unit.top);
    candidates.push_back(std::move(candidate));
  }

  // one event per occurrence, at its clearest telling
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    const auto before = std::find_if(kept.begin(), kept.end(), [&](const Candidate& other) {
      return same_occurrence(document, entities, other, candidate);
    });
    if (before == kept.end()) {
      kept.push_back(std::move(candidate));
    } else if (clearness(candidate) > clearness(*before)) {
      *before = std::move(candidate);
    }
  }
  std::vector<Event> events;
  events.reserve(kept.size());
  for (Candidate& candidate : kept) events.push_back(std::move(candidate.event));
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.evidence.trigger->begin < b.evidence.trigger->begin; });
  return events;
}

}  // namespace dragoman
