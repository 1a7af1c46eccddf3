// How an event is decided, step by step, is told in docs/events.md. In short: units are the chains of words that tell one event each;
// the rules give each its type, parties and actuality; the linear head is asked where two parties stand in a clause on which the
// rules are silent; then the tellings of one occurrence are drawn together.
#include "dragoman/relations/events.h"

#include <algorithm>

#include "dragoman/relations/actuality.h"
#include "dragoman/relations/by_sentence.h"
#include "dragoman/relations/event_attributes.h"
#include "dragoman/relations/event_choices.h"
#include "dragoman/relations/event_depth.h"
#include "dragoman/relations/event_head.h"
#include "dragoman/relations/event_parties.h"
#include "dragoman/relations/event_units.h"
#include "dragoman/relations/press.h"
#include "dragoman/relations/word_classes.h"
#include "dragoman/relations/undertaking_cues.h"

namespace dragoman {
namespace {

struct Candidate {
  Event event;
  const Unit* unit = nullptr;
  TokenIndex topic = no_token;  ///< the word that the event is about
  bool headline = false;
  bool loose = false;           ///< the recipient is only named somewhere in the clause
};

/// A charity or an analyst who warns foresees; states, their offices and armed groups threaten.
bool can_threaten(const Entities& entities, const std::vector<EntityId>& actors) {
  for (const EntityId id : actors) switch (entities[id].kind) {
      case EntityKind::state:
      case EntityKind::office:
      case EntityKind::government_body:
      case EntityKind::intergovernmental_body:
      case EntityKind::armed_group: return true;
      case EntityKind::organisation: if (entities[id].sector == "IGO") return true; break;
      default: break;
    }
  return false;
}

/// The clause that is agreed: "agreed that the border should stay open"; nullopt where something else is.
std::optional<Predicate> agreed_clause(const Document& document, const Unit& unit) {
  if (unit.nominal || unit.verdict.coding->type != EventType::agree || governor_sense(document, unit.top).sense != Governance::undertake) return std::nullopt;
  for (const TokenIndex child : document.children(unit.top))
    if (document[child].dep == Dep::ccomp && child > unit.top)
      if (const Predicate clause = predicate_at(document, child); clause.finite) return clause;
  return std::nullopt;
}

/// "agreed that the full potential had not been reached": how things are.
bool agrees_that(const Document& document, const Unit& unit) {
  const auto clause = agreed_clause(document, unit);
  return clause && clause->modal.empty() && clause->tense != Tense::future;
}

/// "agreed that disputes should be settled in court": a view that they hold together; nobody undertakes to do it.
bool agrees_on_view(const Document& document, const Unit& unit) {
  const auto clause = agreed_clause(document, unit);
  return clause && (clause->modal == "should" || clause->modal == "must" || clause->modal == "ought");
}

/// "essential for expanding ties", "a fund for sending grain": what something is for, not what is done.
bool is_purpose(const Document& document, TokenIndex top) {
  const Token& token = document[top];
  if (token.dep != Dep::pcomp || document[token.head].lower != "for") return false;
  const TokenIndex above = document[token.head].head;
  return (document[above].pos == Pos::adj || is_noun(document[above])) && governor_sense(document, above).sense == Governance::none;
}

/// "wants to look at the mine again": what somebody wants to do himself, and it is no event, asks nobody for anything.
bool wishes_for_itself(const Document& document, const Unit& unit) {
  if (unit.verdict.coding->type != EventType::request || unit.verdict.trigger != unit.top || governor_sense(document, unit.top).sense != Governance::wish) return false;
  if (document.child(unit.top, Dep::dobj) != no_token) return false;
  const TokenIndex inner = document.child(unit.top, Dep::xcomp);
  return inner != no_token && document.child(inner, Dep::nsubj) == no_token && document.child(inner, Dep::nsubjpass) == no_token;
}

/// "declined to comment", "refused to say where it was"; not "refused to respond to the offer"
bool keeps_silent(const Document& document, TokenIndex top, const EventLexicon& lexicon) {
  const TokenIndex inner = document.child(top, Dep::xcomp);
  return inner != no_token && lexicon.is_silence(document[inner].lemma) && object_of_prep(document, inner, "to") == no_token;
}

/// "warned of floods", "warned about a shortage": of what the warner will not do himself.
bool foresees_harm(const Document& document, const Unit& unit) {
  if (unit.verdict.trigger != unit.top || unit.verdict.noun) return false;
  for (const std::string_view preposition : {"of", "about"})
    if (const TokenIndex harm = object_of_prep(document, unit.top, preposition); harm != no_token)
      return document[harm].pos == Pos::noun && !is_one_of(WordClass::reprisal, document[harm].lemma);
  return false;
}

/// "warned its citizens against travel": one's own people are advised.
bool advises_own(const Entities& entities, const Unit& unit, const Parties& parties) {
  if (unit.verdict.coding->type != EventType::threaten || !unit.verdict.verb || unit.verdict.verb->verb != "warn") return false;
  return !parties.recipients.empty() && std::all_of(parties.recipients.begin(), parties.recipients.end(), [&](EntityId id) {
    const EntityId state = entities.state_of(id);
    return state != no_entity && (entities[id].kind == EntityKind::people || entities[id].kind == EntityKind::state) &&
           std::any_of(parties.actors.begin(), parties.actors.end(), [&](EntityId actor) { return entities.state_of(actor) == state; });
  });
}

/// "its claim to the islands", "claims over the strait"
bool has_claim_to(const Document& document, TokenIndex noun) {
  return object_of_prep(document, noun, "to") != no_token || object_of_prep(document, noun, "over") != no_token || object_of_prep(document, noun, "on") != no_token;
}

/// "promised to free the men and to halt airstrikes": the parse hangs the second act beside the first.
bool is_to_end(const Document& document, TokenIndex noun) {
  const std::vector<Governor> above = governors_of(document, noun);
  if (above.size() < 2 || (above[0].sense != Governance::end && above[0].sense != Governance::prevent)) return false;
  switch (above[1].sense) {
    case Governance::undertake:
    case Governance::intend:
    case Governance::offer:
    case Governance::propose:
    case Governance::demand:
    case Governance::require:
    case Governance::wish: return true;
    default: return false;
  }
}

/// "speaking to reporters", "briefed journalists"
bool is_to_press(const Entities& entities, const Parties& parties) {
  const Mention* mention = parties.recipient_head == no_token ? nullptr : entities.headed_by(parties.recipient_head);
  return mention && !mention->entities.empty() && entities[mention->entities.front()].sector == "MED" && entities[mention->entities.front()].kind == EntityKind::person;
}

/// Why a clause of that form tells no event, whoever stands in it; "" where it may.
std::string_view nothing_in(const Document& document, const Unit& unit, const EventLexicon& lexicon) {
  if (unit.nominal) return {};
  const ChainVerdict& verdict = unit.verdict;
  const EventType type = verdict.coding->type;
  const Predicate predicate = predicate_at(document, unit.top);
  if (predicate.in_condition) return "it is only a condition";
  // "is not asking for favours", "did not rule out talks": what is not said is no event; what is not done may be one
  const bool refuses = verdict.verb && (verdict.verb->sense == Sense::refuse || verdict.verb->type == EventType::reject);
  const bool said = type == EventType::request || type == EventType::accuse || type == EventType::threaten || type == EventType::support ||
                    (type == EventType::reject && refuses);
  if (said && predicate.negated && !verdict.by_modal) return "it was not said";
  // "there is no dispute": how things are; "there will be no talks" refuses them
  if (type == EventType::reject && predicate.negated && predicate.modal.empty() && document.child(unit.top, Dep::expl) != no_token) return "that there is none refuses nothing";
  if (type == EventType::reject && refuses && !verdict.noun && keeps_silent(document, unit.top, lexicon)) return "who declines to comment refuses nothing";
  if (type == EventType::threaten && verdict.verb && verdict.verb->verb == "warn" && foresees_harm(document, unit)) return "what is warned of is foreseen";
  for (const TokenIndex word : unit.chain)
    if (delays_decision(document, word)) return "a decision that is put off decides nothing";
  if (type == EventType::request && verdict.verb && verdict.verb->verb == "expect" && predicate.passive) return "what is expected is asked of nobody";
  if (type == EventType::accuse && verdict.noun && verdict.noun->noun == "claim" && has_claim_to(document, verdict.trigger)) return "a claim to a thing accuses nobody";
  if (type == EventType::request && verdict.core->type != EventType::retreat && orders_own(document, unit.top)) return "one's own people are told to";
  if (type == EventType::request && withholds_name(document, unit.top)) return "who asks not to be named asks for nothing";
  if (wishes_for_itself(document, unit)) return "who wants to do something himself asks nobody";
  if (agrees_that(document, unit)) return "agreeing that something is so undertakes nothing";
  if (verdict.noun && (said || type == EventType::reject) && governor_sense(document, unit.top).sense == Governance::consider) return "it is only weighed";
  if (is_purpose(document, unit.top)) return "it is what something is for";
  return {};
}

/// Why it is not enough to be called an event; "" where it is. What is not settled here is left out: nothing is better than a wrong event.
std::string_view missing_in(const Document& document, const Entities& entities, const Unit& unit, const Parties& parties, const EventLexicon& lexicon) {
  if (const std::string_view nothing = nothing_in(document, unit, lexicon); !nothing.empty()) return nothing;
  if (parties.actors.empty()) return "nobody is named who does it";
  const ChainVerdict& verdict = unit.verdict;
  if (verdict.coding->type == EventType::consult && !unit.nominal && is_to_press(entities, parties))
    return "the press is told things, not consulted";
  if (verdict.coding->type == EventType::threaten && verdict.verb && verdict.verb->verb == "warn" && !can_threaten(entities, parties.actors))
    return "this actor's warning is no threat";
  if (advises_own(entities, unit, parties)) return "one's own people are advised";
  if (unit.nominal) {
    if (verdict.coding->type == EventType::accuse && verdict.noun && verdict.noun->noun == "claim" && has_claim_to(document, verdict.trigger)) return "a claim to a thing accuses nobody";
    if (!verdict.noun || !verdict.noun->alone) return "this noun tells an event only as the object of a verb";
    if (verdict.coding->type == EventType::consult && !parties.mutual && parties.recipients.empty()) return "only one side of it is named";
    if (is_to_end(document, unit.top)) return "its end is promised or asked for";
    return {};
  }
  if (verdict.by_modal) return parties.recipients.empty() ? "nobody is named who should do it" : "";
  // "stressed the importance of exchanges", "of talks between them": a wish that is put to nobody
  if (verdict.coding->type == EventType::request && verdict.core->type != EventType::request && is_noun(document[verdict.decider]) &&
      (parties.recipients.empty() || std::is_permutation(parties.actors.begin(), parties.actors.end(), parties.recipients.begin(), parties.recipients.end())))
    return "nobody is named who is asked";
  if (!verdict.verb) return {};
  // "would not accept preconditions": a refusal needs nobody that it is addressed to
  if (verdict.coding->type == EventType::reject && verdict.core->type != EventType::reject && verdict.core->type != EventType::consult &&
      predicate_at(document, unit.top).negated)
    return {};
  switch (verdict.verb->use) {
    case VerbUse::always: return {};
    case VerbUse::party:
      if (verdict.coding->type == EventType::threaten && verdict.before_tense && is_one_of(WordClass::reprisal, verdict.verb->verb)) return {};  // "would retaliate"
      return parties.recipients.empty() || !(parties.direct || parties.mutual) ? "this verb tells an event only where it is done to a named party" : "";
    case VerbUse::infinitive:
      return unit.chain.size() > 1 && is_verb(document[unit.chain[unit.chain.size() - 2]]) ? "" : "this verb tells an event only with an infinitive";
    case VerbUse::event: return verdict.noun || verdict.decider != verdict.trigger ? "" : "this verb tells an event only with an event noun";
    case VerbUse::thing: return parties.recipients.empty() ? "this verb tells an event only where a thing goes to a named party" : "";
    case VerbUse::never: break;
  }
  return "this verb is too general to tell an event by itself";
}

/// "will expel" is planned, not threatened, unless a condition is set; "will meet" and "will help" are promises.
Coding settled(const Document& document, const Unit& unit) {
  const ChainVerdict& verdict = unit.verdict;
  if (agrees_on_view(document, unit)) return {EventType::support, "", "050"};
  // "warned that the threat comes from Togo": how things are, not what will be done
  if (verdict.coding->type == EventType::threaten && !unit.nominal && verdict.decider == unit.top)
    for (const TokenIndex child : document.children(unit.top)) {
      if (document[child].dep != Dep::ccomp || child < unit.top) continue;
      const Predicate clause = predicate_at(document, child);
      if (clause.finite && clause.modal.empty() && clause.tense != Tense::future && !clause.conditional) return {EventType::accuse, "disapprove", "111"};
    }
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

bool shares_party(const Entities& entities, const std::vector<EntityId>& one, const std::vector<EntityId>& other) {
  for (const EntityId a : one)
    for (const EntityId b : other)
      if (a == b || (!entities[a].state.empty() && entities[a].state == entities[b].state)) return true;
  return false;
}

/// Fills in whom an answer is given to: the actors of what was last told, best of what was done to the answering party; else who last spoke.
void answered(const Document& document, const Entities& entities, const std::vector<Statement>& statements, std::span<const Candidate> before,
              const EventLexicon& lexicon, Event& event, TokenIndex top) {
  // "criticised the tariff": whoever imposed it; a thing that nobody was told to have done is nobody's
  const TokenIndex object = undergoer_of(document, top);
  if (is_noun(document[object]) && document[object].pos != Pos::pron) {
    for (auto other = before.rbegin(); other != before.rend(); ++other) {
      if (other->topic == no_token || document[other->topic].lemma != document[object].lemma) continue;
      if (!shares_party(entities, other->event.actors, event.actors)) event.recipients = other->event.actors;
      return;
    }
    if (event.type != EventType::reject && !lexicon.noun_at(document, object) && governor_sense(document, object).sense == Governance::none) return;
  }
  const Event* best = nullptr;
  for (auto other = before.rbegin(); other != before.rend(); ++other) {
    if (document[other->event.head].sentence + 2 < document[top].sentence) break;
    if (shares_party(entities, other->event.actors, event.actors)) continue;
    const bool to_us = shares_party(entities, other->event.recipients, event.actors);
    if (to_us || !best) best = &other->event;
    if (to_us) break;
  }
  if (best) {
    event.recipients = best->actors;
    return;
  }
  const Statement* last = nullptr;
  for (const Statement& statement : statements) {
    const ByteSpan content = statement.content.back();
    if (statement.speakers.empty() || content.end > document[top].span.begin) continue;
    if (document[document.tokens_in(content).begin].sentence + 1 < document[top].sentence) continue;
    if (!shares_party(entities, statement.speakers, event.actors)) last = &statement;
  }
  if (last) event.recipients = last->speakers;
}

/// "warned that the threat comes from Togo": whom the clause under it names.
std::vector<EntityId> blamed_in(const Document& document, const Entities& entities, const Unit& unit, const std::vector<EntityId>& actors) {
  for (const TokenIndex child : document.children(unit.top)) {
    if (document[child].dep != Dep::ccomp) continue;
    for (const Mention* mention : entities.inside(document.subtree(child))) {
      if (mention->entities.empty() || shares_party(entities, mention->entities, actors)) continue;
      const EntityKind kind = entities[mention->entities.front()].kind;
      if (kind != EntityKind::state && kind != EntityKind::government_body && kind != EntityKind::armed_group && kind != EntityKind::person) continue;
      return mention->entities;
    }
  }
  return {};
}

/// "The talks will be held in Izmir": whose they are was said before.
void resumed(const Document& document, const std::vector<Candidate>& before, const Unit& unit, Parties& parties) {
  if (!parties.actors.empty() || !unit.verdict.noun || unit.verdict.core->type != EventType::consult) return;
  bool definite = false;
  for (const TokenIndex child : document.children(unit.verdict.trigger))
    definite |= document[child].dep == Dep::det && (document[child].lower == "the" || document[child].lower == "these");
  if (!definite) return;
  for (auto other = before.rbegin(); other != before.rend(); ++other) {
    const bool about = other->topic != no_token && document[other->topic].lemma == document[unit.verdict.trigger].lemma;
    if (!about || other->event.recipients.empty()) continue;
    parties.actors = other->event.actors;
    parties.recipients = other->event.recipients;
    parties.mutual = true;
    return;
  }
}

EntityId side_of(const Entities& entities, EntityId id) {
  const EntityId state = entities.state_of(id);
  return state == no_entity ? id : state;
}

/// The event that a unit tells of those parties.
Candidate candidate_of(const Document& document, const Entities& entities, const std::vector<Statement>& statements, const Unit& unit,
                       const Parties& parties, const Coding& coding, const EventLexicon& lexicon) {
  Candidate candidate;
  Event& event = candidate.event;
  event.type = coding.type;
  event.mode = coding.mode;
  event.cameo = coding.cameo;
  event.actors = parties.actors;
  event.recipients = parties.recipients;
  // "the minister pledged that Iceland would build it": his own state is not whom it is promised to
  if ((event.type == EventType::agree || event.type == EventType::reject) && !parties.mutual && event.recipients != event.actors)
    std::erase_if(event.recipients, [&](EntityId id) {
      return entities[id].kind == EntityKind::state && std::any_of(event.actors.begin(), event.actors.end(), [&](EntityId actor) { return side_of(entities, actor) == id; });
    });
  event.head = unit.nominal ? unit.top : unit.verdict.decider == no_token ? unit.top : unit.verdict.decider;
  event.evidence.trigger = document[event.head].span;
  event.evidence.sentence = document.bytes(document.sentence_of(unit.top));
  event.evidence.spans = {document.bytes(unit.nominal ? phrase_of(document, unit.top) : clause_of(document, unit.top))};
  event.voice.statement = statement_at(statements, document[event.head].span.begin);
  const bool denied = !event.voice.is_outlet() && statements[event.voice.statement].denied;
  event.actuality = actuality_of_unit(document, unit, !event.voice.is_outlet(), denied);
  if (unit.verdict.before_tense && coding != *unit.verdict.coding && coding == *unit.verdict.before_tense) event.actuality = Actuality::planned;
  settle_choices(document, entities, lexicon, unit, event);
  event.rule = unit.nominal ? "event.noun" : unit.verdict.decider == unit.verdict.trigger ? "event.verb" : "event.chain";
  candidate.unit = &unit;
  candidate.topic = unit.verdict.trigger;
  candidate.loose = !parties.direct && !parties.mutual;
  candidate.headline = document.opening().contains(unit.top);
  return candidate;
}

/// Are these of more than one state?
bool several_sides(const Entities& entities, const std::vector<EntityId>& ids) {
  return std::any_of(ids.begin(), ids.end(), [&](EntityId id) { return side_of(entities, id) != side_of(entities, ids.front()); });
}

/// "The minister returned to Oslo": a place of one's own is no other party.
bool is_at_home(const Entities& entities, const Parties& parties) {
  return !parties.actors.empty() && std::all_of(parties.recipients.begin(), parties.recipients.end(), [&](EntityId id) {
    return entities[id].kind == EntityKind::place && side_of(entities, id) == side_of(entities, parties.actors.front());
  });
}

/// What the head makes of a unit that the rules leave open; nullopt where those two are told of in the sentence already.
std::optional<Candidate> told_by_head(const Document& document, const Entities& entities, const std::vector<Statement>& statements,
                                      const std::vector<Candidate>& before, const BySentence& before_in, Unit& unit, Parties& parties,
                                      const EventLexicon& lexicon) {
  const auto& here = before_in.of(unit.top);
  const bool told = std::any_of(here.begin(), here.end(), [&](std::size_t index) {
    const Event& other = before[index].event;
    return shares_party(entities, other.actors, parties.actors) && shares_party(entities, other.recipients, parties.recipients);
  });
  if (told || is_at_home(entities, parties) || (unit.verdict.coding && advises_own(entities, unit, parties)) || is_to_press(entities, parties)) return std::nullopt;
  const std::optional<PairEvent> said = ask_head(document, entities, parties, lexicon);
  if (!said) return std::nullopt;
  // "addressed", "worked": words that may be anything ask for more
  constexpr float surer = 0.8f;
  if (unit.verdict.verb && unit.verdict.verb->use == VerbUse::never && said->confidence < surer) return std::nullopt;
  const bool joint = said->type == EventType::agree || said->type == EventType::consult || said->type == EventType::cooperate || said->type == EventType::support;
  if (joint && !parties.direct && several_sides(entities, parties.actors)) parties.recipients = parties.actors;
  unit.verdict.coding = unit.verdict.core = Coding{said->type, {}, {}};
  unit.verdict.decider = unit.top;
  unit.verdict.before_tense.reset();
  Candidate candidate = candidate_of(document, entities, statements, unit, parties, *unit.verdict.coding, lexicon);
  candidate.event.type = said->type;
  candidate.event.mode = said->mode;
  candidate.event.cameo = said->cameo;
  candidate.event.rule = "event.head";
  return candidate;
}

bool is_material(EventType type) {
  const Quad quad = quad_of(type);
  return quad == Quad::material_cooperation || quad == Quad::material_conflict;
}

/// Do two candidates tell one occurrence?
bool same_occurrence(const Document& document, const Entities& entities, const Candidate& one, const Candidate& other) {
  const Event &a = one.event, &b = other.event;
  if (one.headline != other.headline && a.type == b.type && shares_party(entities, a.actors, b.actors)) return true;
  if (a.type != b.type || !shares_party(entities, a.actors, b.actors)) return false;
  // "warned that it would retaliate": the warning is the threat
  const auto is_clause_of = [&](const Candidate& inner, const Candidate& outer) {
    return document[inner.unit->top].dep == Dep::ccomp && document[inner.unit->top].head == outer.unit->top;
  };
  if (a.type == EventType::threaten && (is_clause_of(one, other) || is_clause_of(other, one))) return true;
  if (a.actuality != b.actuality) return false;
  // "exchanged fire, killing five": what came of it
  // ... "will visit Mali to discuss grain": what for
  if (document[other.unit->top].dep == Dep::advcl && document[other.unit->top].head == one.unit->top &&
      (document[other.unit->top].tag == Tag::vbg || predicate_at(document, other.unit->top).infinitive))
    return true;
  const bool open = a.recipients.empty() || b.recipients.empty() || one.loose || other.loose;
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
  std::vector<Unit> units = find_units(document, lexicon);
  std::vector<Unit> silent = silent_units(document, units, statements);
  std::vector<std::pair<Unit*, Parties>> open;  // what the rules leave to the head
  std::vector<bool> tells(document.size(), false);  // "told the paper": who is spoken to is no party to what is said
  for (const Statement& statement : statements)
    if (statement.cue_head != no_token) tells[statement.cue_head] = true;
  for (Unit& unit : units) {
    Parties parties = parties_of(document, entities, statements, unit, lexicon);
    if (!unit.nominal) resumed(document, candidates, unit, parties);
    if (!missing_in(document, entities, unit, parties, lexicon).empty()) {
      const bool addressed = tells[unit.top] && unit.verdict.coding->type == EventType::request;
      if (!unit.verdict.by_modal && !addressed && nothing_in(document, unit, lexicon).empty()) open.emplace_back(&unit, std::move(parties));
      continue;
    }
    candidates.push_back(candidate_of(document, entities, statements, unit, parties, settled(document, unit), lexicon));
    Event& event = candidates.back().event;
    if (event.type == EventType::accuse && unit.verdict.coding->type == EventType::threaten && event.recipients.empty())
      event.recipients = blamed_in(document, entities, unit, event.actors);
    if (event.recipients.empty() && !unit.nominal && !parties.at_home &&
        (event.type == EventType::reject || event.type == EventType::support || event.type == EventType::accuse) &&
        points_back(document, undergoer_of(document, unit.top)))
      answered(document, entities, statements, {candidates.data(), candidates.size() - 1}, lexicon, event, unit.top);
    add_attributes(document, entities, times, lexicon, unit, event);
  }
  for (Unit& unit : silent) open.emplace_back(&unit, parties_of(document, entities, statements, unit, lexicon));
  std::stable_sort(open.begin(), open.end(), [](const auto& a, const auto& b) { return a.first->top < b.first->top; });
  BySentence candidates_in(document);
  for (std::size_t i = 0; i < candidates.size(); ++i) candidates_in.add(candidates[i].event.head, i);
  for (auto& [unit, parties] : open)
    if (auto candidate = told_by_head(document, entities, statements, candidates, candidates_in, *unit, parties, lexicon)) {
      add_attributes(document, entities, times, lexicon, *unit, candidate->event);
      candidates_in.add(candidate->event.head, candidates.size());
      candidates.push_back(std::move(*candidate));
    }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.unit->top < b.unit->top; });

  // one event per occurrence, at its clearest telling
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    const auto before = std::find_if(kept.begin(), kept.end(), [&](const Candidate& other) {
      return same_occurrence(document, entities, other, candidate);
    });
    if (before == kept.end()) {
      kept.push_back(std::move(candidate));
    } else if (clearness(candidate) > clearness(*before)) {
      add_from_telling(before->event, candidate.event);
      *before = std::move(candidate);
    } else {
      add_from_telling(candidate.event, before->event);
    }
  }
  std::vector<Event> events;
  events.reserve(kept.size());
  for (Candidate& candidate : kept) {
    deepen(document, entities, *candidate.unit, candidate.event);
    candidate.event.goldstein = lexicon.goldstein(candidate.event.type, candidate.event.mode);
    events.push_back(std::move(candidate.event));
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.evidence.trigger->begin < b.evidence.trigger->begin; });
  return events;
}

std::string explain_events(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                           const std::vector<Statement>& statements, const EventLexicon& lexicon, TokenSpan tokens) {
  std::string out;
  const auto code = [](const Coding& coding) {
    std::string text(to_string(coding.type));
    if (!coding.mode.empty()) text.append("/").append(coding.mode);
    if (!coding.cameo.empty()) text.append(" (CAMEO ").append(coding.cameo).append(")");
    return text;
  };
  const auto names = [&](const std::vector<EntityId>& ids) {
    std::string text;
    for (const EntityId id : ids) text.append(text.empty() ? "" : ", ").append(entities[id].ref);
    return text.empty() ? std::string("nobody") : text;
  };
  std::vector<bool> covered(document.size(), false);
  for (const Unit& unit : find_units(document, lexicon)) {
    for (const TokenIndex word : unit.chain) covered[word] = true;
    if (!tokens.contains(unit.top)) continue;
    const Parties parties = parties_of(document, entities, statements, unit, lexicon);
    out.append("words   ");
    for (auto word = unit.chain.rbegin(); word != unit.chain.rend(); ++word)
      out.append(word == unit.chain.rbegin() ? "" : " > ").append(document.text(*word));
    out.append("\n  core    ").append(code(*unit.verdict.core)).append(", from \"").append(document.text(unit.verdict.trigger)).append("\"");
    if (*unit.verdict.core != *unit.verdict.coding)
      out.append("\n  becomes ").append(code(*unit.verdict.coding)).append(", by \"").append(document.text(unit.verdict.decider)).append("\"");
    out.append("\n  parties ").append(names(parties.actors)).append(" -> ").append(names(parties.recipients));
    const std::string_view missing = missing_in(document, entities, unit, parties, lexicon);
    if (missing.empty())
      out.append("\n  an event\n");
    else
      out.append("\n  no event: ").append(missing).append("\n");
  }
  std::vector<const VerbEntry*> verbs;
  for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
    if (covered[i] || !is_verb(document[i])) continue;
    lexicon.verbs_at(document, i, verbs);
    if (verbs.empty()) continue;
    out.append("nearly  ").append(document.text(i)).append(": could be");
    for (const VerbEntry* verb : verbs)
      out.append(" ").append(verb->sense == Sense::act && verb->type ? to_string(*verb->type) : to_string(verb->sense));
    out.append("; it has no event noun or complement that would make it one\n");
  }
  for (const Event& event : find_events(document, entities, times, statements, lexicon)) {
    if (!tokens.contains(document.sentence_of(event.head)) && !tokens.contains(event.head)) continue;
    out.append("event   ").append(code({event.type, event.mode, event.cameo})).append(", ").append(to_string(event.actuality)).append(", ");
    out.append(names(event.actors)).append(" -> ").append(names(event.recipients)).append(", at \"");
    out.append(document.text(*event.evidence.trigger)).append("\", by ").append(event.rule).append("\n");
  }
  return out;
}

}  // namespace dragoman
