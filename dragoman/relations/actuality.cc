#include "dragoman/relations/actuality.h"

#include <algorithm>

#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

bool is_speech_act(EventType type) {
  switch (type) {
    case EventType::agree:
    case EventType::request:
    case EventType::accuse:
    case EventType::reject:
    case EventType::threaten:
    case EventType::support: return true;
    default: return false;
  }
}

bool doubtful(std::string_view modal) { return modal == "could" || modal == "might" || modal == "may" || modal == "can"; }

/// What the governors above say of an act, innermost first; nullopt where they say nothing.
std::optional<Actuality> from_governors(const Document& document, TokenIndex word) {
  for (const Governor& governor : governors_of(document, word)) {
    switch (governor.sense) {
      case Governance::go_on: return Actuality::ongoing;
      case Governance::intend:
      case Governance::undertake:
      case Governance::offer:
      case Governance::delay: return Actuality::planned;
      case Governance::demand:
      case Governance::wish:
      case Governance::require:
      case Governance::propose: return Actuality::called_for;
      case Governance::consider:
      case Governance::threaten:
      case Governance::fear:
      case Governance::allow:
      case Governance::attempt: return Actuality::possible;
      case Governance::refuse:
      case Governance::fail:
      case Governance::deny:
      case Governance::prevent: return Actuality::did_not_happen;
      case Governance::report: return std::nullopt;
      default: break;
    }
  }
  return std::nullopt;
}

}  // namespace

Actuality actuality_of_unit(const Document& document, const Unit& unit, bool said, bool denied) {
  const TokenIndex top = unit.top;
  const EventType type = unit.verdict.coding->type;
  const bool turned = *unit.verdict.coding != *unit.verdict.core;
  if (denied) return Actuality::did_not_happen;
  if (unit.nominal) {
    if (const auto above = from_governors(document, top)) return *above;
    for (const TokenIndex child : document.children(top)) {
      const std::string_view lower = document[child].lower;
      if (document[child].dep != Dep::amod) continue;
      if (is_one_of(WordClass::planned, lower)) return Actuality::planned;
      if (is_one_of(WordClass::possible, lower)) return Actuality::possible;
      if (is_one_of(WordClass::ongoing, lower)) return Actuality::ongoing;
    }
    // "talks will be held": the verb that the noun is subject of
    if (document[top].dep == Dep::nsubj || document[top].dep == Dep::nsubjpass) {
      const Predicate above = predicate_at(document, document[top].head);
      if (above.in_condition || above.conditional || doubtful(above.modal)) return Actuality::possible;
      if (above.negated) return Actuality::did_not_happen;
      if (above.tense == Tense::future) return Actuality::planned;
      if (above.progressive) return Actuality::ongoing;
    }
    return is_negated(document, top) ? Actuality::did_not_happen : Actuality::happened;
  }
  const Predicate predicate = predicate_at(document, top);
  if (predicate.in_condition) return Actuality::possible;
  if (predicate.infinitive)
    if (const auto above = governor_of(document, top); above && above->sense == Governance::intend) return Actuality::planned;  // "expects Togo to sign"
  if (is_speech_act(type)) {
    if (type == EventType::reject && turned && predicate.negated) return Actuality::happened;  // "will not accept"
    if (type == EventType::threaten && turned) return Actuality::happened;
    if (type == EventType::request && turned) return Actuality::happened;
    if (predicate.negated) return Actuality::did_not_happen;
    if (type == EventType::agree && unit.verdict.before_tense) {
      if (predicate.conditional && predicate.modal == "would") return Actuality::possible;
      return unit.verdict.before_tense->type == EventType::consult || !said ? Actuality::planned : Actuality::happened;
    }
    // "is scheduled to meet": on the calendar, promised by nobody
    if (type == EventType::agree && turned && predicate.passive && governor_sense(document, top).sense == Governance::intend) return Actuality::planned;
    for (const TokenIndex word : unit.chain)  // "is due to meet"
      if (type == EventType::agree && turned && document[word].pos == Pos::adj && governor_sense(document, word).sense == Governance::intend) return Actuality::planned;
    if (doubtful(predicate.modal)) return Actuality::possible;
    if (predicate.modal == "should" || predicate.modal == "must") return Actuality::called_for;
    if (predicate.tense == Tense::future) return Actuality::planned;
    if (type == EventType::support && predicate.progressive) return Actuality::ongoing;
    return Actuality::happened;
  }
  if (const auto above = from_governors(document, top)) return *above;
  if (predicate.not_yet) return Actuality::planned;
  if (predicate.negated) return Actuality::did_not_happen;
  if (predicate.conditional || doubtful(predicate.modal)) return Actuality::possible;
  if (predicate.modal == "should" || predicate.modal == "must" || predicate.modal == "ought") return Actuality::called_for;
  if (predicate.tense == Tense::future) return Actuality::planned;
  const Governance own = governor_sense(document, top).sense;
  // "is considering a boycott"; but who "discussed trade" has done so
  if (unit.verdict.trigger != top && unit.verdict.decider != top && (own == Governance::consider || own == Governance::attempt)) return Actuality::possible;
  if (own == Governance::go_on || predicate.progressive) return Actuality::ongoing;
  return Actuality::happened;
}

}  // namespace dragoman
