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

/// Is there enough to call it an event? What is not settled here is left out: nothing is better than a wrong event.
bool is_told(const Document& document, const Unit& unit, const Parties& parties) {
  if (parties.actors.empty()) return false;
  const ChainVerdict& verdict = unit.verdict;
  if (unit.nominal) {
    if (!verdict.noun || !verdict.noun->alone) return false;
    return verdict.coding->type != EventType::consult || parties.mutual || !parties.recipients.empty();
  }
  if (verdict.by_modal) return !parties.recipients.empty();
  if (!verdict.verb) return true;
  switch (verdict.verb->use) {
    case VerbUse::always: return true;
    case VerbUse::party: return !parties.recipients.empty();
    case VerbUse::infinitive: return unit.chain.size() > 1 && is_verb(document[unit.chain[unit.chain.size() - 2]]);
    case VerbUse::event: return verdict.noun != nullptr || verdict.decider != verdict.trigger;
    case VerbUse::never: return false;
  }
  return false;
}

/// "will expel" is planned, not threatened, unless a condition is set; "will meet" and "will help" are promises.
Coding settled(const Document& document, const Unit& unit) {
  const ChainVerdict& verdict = unit.verdict;
  if (!verdict.before_tense || verdict.coding->type != EventType::threaten) return *verdict.coding;
  if (verdict.before_tense->type == EventType::assault || predicate_at(document, unit.top).conditional) return *verdict.coding;
  return *verdict.before_tense;
}

/// "the allegation", "this", "it": what was said before; the party that said it is the one now answered.
bool points_back(const Document& document, TokenIndex object) {
  if (object == no_token) return false;
  const Token& token = document[object];
  if (token.pos == Pos::pron) return true;
  if (!is_noun(token)) return false;
  for (const TokenIndex child : document.children(object)) {
    const Token& below = document[child];
    if (below.dep == Dep::prep || below.dep == Dep::relcl || below.dep == Dep::acl || below.dep == Dep::poss) return false;
  }
  for (const TokenIndex child : document.children(object)) {
    const std::string_view lower = document[child].lower;
    if (document[child].dep == Dep::det && (lower == "the" || lower == "this" || lower == "that" || lower == "these" || lower == "those" || lower == "a"))
      return true;
  }
  return false;
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

/// Fills in whom an answer is given to: the actors of what was last told, best of what was done to the answering party.
void answered(const Document& document, const Entities& entities, const std::vector<Candidate>& before, Event& event, TokenIndex top) {
  const Event* best = nullptr;
  for (auto other = before.rbegin(); other != before.rend(); ++other) {
    if (document[other->event.head].sentence + 2 < document[top].sentence) break;
    if (shares_party(entities, other->event.actors, event.actors)) continue;
    const bool to_us = shares_party(entities, other->event.recipients, event.actors);
    if (to_us || !best) best = &other->event;
    if (to_us) break;
  }
  if (best) event.recipients = best->actors;
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
    if (!is_told(document, unit, parties)) continue;
    Candidate candidate;
    Event& event = candidate.event;
    const Coding coding = settled(document, unit);
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
    event.actuality = actuality_of_unit(document, unit, !event.voice.is_outlet(), denied);
    if (coding != *unit.verdict.coding) event.actuality = Actuality::planned;
    if (event.recipients.empty() && !unit.nominal &&
        (event.type == EventType::reject || event.type == EventType::support || event.type == EventType::accuse)) {
      TokenIndex object = undergoer_of(document, unit.top);
      if (points_back(document, object)) answered(document, entities, candidates, event, unit.top);
    }
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
