#include "dragoman/relations/event_head.h"

#include "dragoman/relations/press.h"

namespace dragoman {
namespace {

// Chosen on the development sets: lower finds more pairs and more that is none.
constexpr float least_sure = 0.5f;
constexpr float most_none = 0.3f;

/// The words that name the party: its mention, else its phrase.
TokenSpan words_of(const Document& document, const Entities& entities, TokenIndex head) {
  if (const Mention* mention = entities.headed_by(head)) return mention->tokens;
  return phrase_of(document, head);
}

}  // namespace

std::vector<Unit> silent_units(const Document& document, const std::vector<Unit>& units, const std::vector<Statement>& statements) {
  std::vector<bool> spoken_of(document.size(), false);
  for (const Unit& unit : units)
    for (const TokenIndex word : unit.chain) spoken_of[word] = true;
  for (const Statement& statement : statements)
    if (statement.cue_head != no_token) spoken_of[statement.cue_head] = true;
  std::vector<Unit> silent;
  for (TokenIndex i = 0; i < document.size(); ++i) {
    const Token& token = document[i];
    if (spoken_of[i] || token.pos != Pos::verb || token.dep == Dep::amod || token.dep == Dep::compound || token.dep == Dep::aux) continue;
    if (token.lemma == "have" || token.lemma == "be") continue;  // owning and being are no deeds
    if (withholds_name(document, i) || meets_press(document, i)) continue;
    if (governor_sense(document, i).sense == Governance::report || predicate_at(document, i).in_condition) continue;
    Unit unit;
    unit.top = i;
    unit.chain = {i};
    unit.verdict.coding = unit.verdict.core = Coding{EventType::aid, {}, {}};
    unit.verdict.trigger = unit.verdict.decider = i;
    silent.push_back(std::move(unit));
  }
  return silent;
}

std::optional<PairEvent> ask_head(const Document& document, const Entities& entities, const Parties& parties, const EventLexicon& lexicon) {
  if (parties.actors.empty() || parties.recipients.empty() || parties.actor_head == no_token || parties.recipient_head == no_token) return std::nullopt;
  const TokenSpan source = words_of(document, entities, parties.actor_head), target = words_of(document, entities, parties.recipient_head);
  if (source.empty() || target.empty() || source.overlaps(target)) return std::nullopt;
  if (document[parties.actor_head].sentence != document[parties.recipient_head].sentence) return std::nullopt;
  const PairEvent said = relate(document, source, target, lexicon);
  if (said.confidence < least_sure || said.none > most_none) return std::nullopt;
  return said;
}

}  // namespace dragoman
