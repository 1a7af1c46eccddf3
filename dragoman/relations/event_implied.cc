#include "dragoman/relations/event_implied.h"

#include <algorithm>

#include "dragoman/relations/by_sentence.h"
#include "dragoman/relations/event_attributes.h"
#include "dragoman/relations/parties.h"

namespace dragoman {
namespace {

/// Does an event stand in the clause of that word already, or tell of that word? An event's words are all in one sentence.
bool is_told(const Document& document, const std::vector<Event>& events, const BySentence& by_sentence, TokenIndex head, ByteSpan trigger,
             const std::vector<EntityId>& actors) {
  const ByteSpan clause = document.bytes(clause_of(document, head));
  const std::uint32_t at = document[head].span.begin;
  const auto tells = [&](std::size_t index) {
    const Event& event = events[index];
    const std::uint32_t begin = event.evidence.trigger->begin;
    if (begin >= clause.begin && begin < clause.end) return true;
    const bool judged = event.type == EventType::support || event.type == EventType::accuse || event.type == EventType::reject;
    if (!overlap(event.actors, actors) && !(judged && overlap(event.recipients, actors))) return false;  // "Angola offered troops, while Kenya said it would send trucks"
    for (const ByteSpan span : event.evidence.spans)
      if ((at >= span.begin && at < span.end) || (trigger.begin >= span.begin && trigger.begin < span.end)) return true;
    return false;
  };
  const auto& here = by_sentence.of(head);
  if (std::any_of(here.begin(), here.end(), tells)) return true;
  const TokenSpan words = document.tokens_in(trigger);
  if (words.empty() || document[words.begin].sentence == document[head].sentence) return false;
  const auto& there = by_sentence.of(words.begin);
  return std::any_of(there.begin(), there.end(), tells);
}

bool is_meant(const Document& document, TokenIndex act) {
  const std::optional<Governor> governor = governor_of(document, act);
  return governor && governor->sense == Governance::intend;
}

Event event_of(const Document& document, EventType type, std::string_view mode, std::string_view cameo, TokenIndex head, const Evidence& evidence,
               const EventLexicon& lexicon) {
  Event event;
  event.type = type;
  event.mode = mode;
  event.cameo = cameo;
  event.goldstein = lexicon.goldstein(type, mode);
  event.head = head;
  event.evidence = evidence;
  event.evidence.trigger = document[head].span;
  return event;
}

std::vector<EntityId> without(std::vector<EntityId> ids, const std::vector<EntityId>& others) {
  std::erase_if(ids, [&](EntityId id) { return std::find(others.begin(), others.end(), id) != others.end(); });
  return ids;
}

/// An event that names nobody it is done to, where the commitment or position in it knows: "was ready to extend its contract", said to Portugal.
void add_recipients(const Entities& entities, const std::vector<Commitment>& commitments, const BySentence& commitments_in,
                    const std::vector<Position>& positions, const BySentence& positions_in, Event& event) {
  if (event.type == EventType::agree || event.type == EventType::aid)
    for (const std::size_t index : commitments_in.of(event.head)) {
      const Commitment& commitment = commitments[index];
      const ByteSpan clause = event.evidence.spans.front();
      const ByteSpan words = commitment.evidence.trigger.value_or(commitment.evidence.sentence);
      if (words.begin < clause.begin || words.begin >= clause.end || !overlap(with_principals(entities, commitment.undertakers), event.actors)) continue;
      event.recipients = without(with_principals(entities, commitment.counterparties), event.actors);
      if (!event.recipients.empty()) return;
    }
  for (const std::size_t index : positions_in.of(event.head))
    if (const Position& position = positions[index]; position.head == event.head && !position.target.empty()) {
      event.recipients = without(position.target, event.actors);
      return;
    }
}

}  // namespace

void add_implied_events(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                        const std::vector<Statement>& statements, const std::vector<Commitment>& commitments,
                        const std::vector<Position>& positions, const EventLexicon& lexicon, std::vector<Event>& events) {
  const auto attribute = [&](Event& event) {
    Unit unit;
    unit.top = event.head;
    unit.chain = {event.head};
    unit.verdict.coding = unit.verdict.core = Coding{event.type, event.mode, event.cameo};
    unit.verdict.trigger = unit.verdict.decider = event.head;
    unit.nominal = is_noun(document[event.head]);
    add_attributes(document, entities, times, lexicon, unit, event);
  };
  BySentence events_in(document), commitments_in(document), positions_in(document);
  for (std::size_t i = 0; i < events.size(); ++i) events_in.add(events[i].head, i);
  for (std::size_t i = 0; i < commitments.size(); ++i)
    if (const TokenSpan words = document.tokens_in(commitments[i].evidence.trigger.value_or(commitments[i].evidence.sentence)); !words.empty())
      commitments_in.add(words.begin, i);
  for (std::size_t i = 0; i < positions.size(); ++i)
    if (positions[i].head != no_token) positions_in.add(positions[i].head, i);
  const auto add = [&](Event event) {
    events_in.add(event.head, events.size());
    events.push_back(std::move(event));
  };
  for (Event& event : events)
    if (event.recipients.empty()) add_recipients(entities, commitments, commitments_in, positions, positions_in, event);
  for (const Commitment& commitment : commitments) {
    const bool undertaken = commitment.stage == Stage::offered || commitment.stage == Stage::pledged || commitment.stage == Stage::agreed;
    if (!undertaken || commitment.undertakers.empty() || commitment.head == no_token) continue;
    if (document.opening().contains(commitment.head)) continue;  // what a headline says, the body says again
    if (is_told(document, events, events_in, commitment.head, commitment.evidence.trigger.value_or(document[commitment.head].span), with_principals(entities, commitment.undertakers))) continue;
    Event event = event_of(document, EventType::agree, "", "030", commitment.head, commitment.evidence, lexicon);
    event.actors = with_principals(entities, commitment.undertakers);
    if (principals_of(entities, commitment.undertakers).size() > 1 && commitment.counterparties.empty()) {
      event.recipients = event.actors;  // they promise it to each other
    } else {
      event.recipients = without(with_principals(entities, commitment.counterparties), event.actors);
    }
    event.voice = commitment.voice;
    // "the sanctions would be lifted if ..."; "Ghana will pay", "aiming to build", said by nobody
    const std::string_view modal = predicate_at(document, commitment.head).modal;
    if (commitment.condition && modal == "would") event.actuality = Actuality::possible;
    else if (((modal == "will" && commitment.stage == Stage::pledged) || is_meant(document, commitment.head)) && commitment.voice.is_outlet()) event.actuality = Actuality::planned;
    else event.actuality = Actuality::happened;
    event.rule = "event.undertaking";
    attribute(event);
    add(std::move(event));
  }
  for (const Position& position : positions) {
    const bool rejects = position.act == StanceAct::reject;
    if ((!rejects && position.act != StanceAct::condemn) || position.polarity != Polarity::against || position.holders.empty()) continue;
    if (position.head == no_token || document.opening().contains(position.head) || is_told(document, events, events_in, position.head, document[position.head].span, position.holders)) continue;
    if (entities[position.holders.front()].kind == EntityKind::document) continue;  // who adopted it is told
    Event event = rejects ? event_of(document, EventType::reject, "", "120", position.head, position.evidence, lexicon)
                          : event_of(document, EventType::accuse, "disapprove", "111", position.head, position.evidence, lexicon);
    event.actors = position.holders;
    event.recipients = position.target;
    event.actuality = Actuality::happened;
    event.voice.statement = statement_at(statements, document[position.head].span.begin);
    event.rule = "event.stance";
    attribute(event);
    add(std::move(event));
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.evidence.trigger->begin < b.evidence.trigger->begin; });
}

}  // namespace dragoman
