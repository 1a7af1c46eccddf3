#include "dragoman/relations/event_choices.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <stdexcept>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

enum class Condition : std::uint8_t { verb, word, side, office, party, noun, guest, own, person, means, landing };
constexpr std::string_view condition_names[] = {"verb", "word", "side", "office", "party", "noun", "guest", "own", "person", "means", "landing"};

/// A line of choices.tsv.
struct Choice {
  EventType on;
  std::string_view on_mode;        ///< "": any
  std::optional<EventType> core;  ///< none: any
  Condition by;
  std::vector<std::string_view> words;
  Coding coding;
};

// The embedded table is ours: a mistake in it is a mistake in the program.
const std::vector<Choice>& choices() {
  static const std::vector<Choice> loaded = [] {
    std::vector<Choice> made;
    const auto rows = parse_tsv(embedded_data("events/choices.tsv"), "events/choices.tsv", {"on", "core", "by", "words", "type", "mode", "cameo", "reason"});
    if (!rows) throw std::logic_error(rows.error().message);
    for (const TsvRow& row : rows->rows) {
      const std::size_t slash = std::min(row.cells[0].find('/'), row.cells[0].size());
      const auto on = event_type_of(row.cells[0].substr(0, slash)), core = event_type_of(row.cells[1]), type = event_type_of(row.cells[4]);
      const auto by = std::find(std::begin(condition_names), std::end(condition_names), row.cells[2]);
      if (!on || !type || by == std::end(condition_names) || (!core && row.cells[1] != "any"))
        throw std::logic_error("events/choices.tsv:" + std::to_string(row.line) + ": unknown label");
      const auto filled = [](std::string_view cell) { return cell == "-" ? std::string_view() : cell; };
      made.push_back({*on, slash < row.cells[0].size() ? row.cells[0].substr(slash + 1) : std::string_view(), core, static_cast<Condition>(by - std::begin(condition_names)),
                      row.cells[3] == "-" ? std::vector<std::string_view>() : split(row.cells[3], ','),
                      {*type, filled(row.cells[5]), filled(row.cells[6])}});
    }
    return made;
  }();
  return loaded;
}

bool is_one_of(const Token& token, const std::vector<std::string_view>& words) {
  return std::find(words.begin(), words.end(), token.lemma) != words.end() || std::find(words.begin(), words.end(), token.lower) != words.end();
}

void add_states(const Entities& entities, const std::vector<EntityId>& ids, std::vector<EntityId>& states) {
  for (const EntityId id : ids)
    if (const EntityId state = entities.state_of(id); state != no_entity && std::find(states.begin(), states.end(), state) == states.end())
      states.push_back(state);
}

/// The states that the noun's own words name as sides: "Togo's war with Ghana", "the fighting between them".
std::vector<EntityId> sides_of(const Document& document, const Entities& entities, TokenIndex noun, const Event& event) {
  std::vector<EntityId> sides;
  for (const TokenIndex child : document.children(noun)) {
    if (document[child].dep != Dep::poss) continue;
    // "called on Togo to end its war": of whom it is asked
    const bool addressed = event.type == EventType::request && document[child].pos == Pos::pron && !event.recipients.empty();
    add_states(entities, addressed ? event.recipients : entities.of_phrase(document, child), sides);
  }
  for (const std::string_view preposition : {"between", "with", "against"})
    if (const TokenIndex object = object_of_prep(document, noun, preposition); object != no_token)
      add_states(entities, entities.of_phrase(document, object), sides);
  return sides;
}

/// Is the actor a side of it? Then `others` are the rest of them.
bool is_side(const Document& document, const Entities& entities, const Unit& unit, const Event& event, const std::vector<std::string_view>& words,
             std::vector<EntityId>& others) {
  const TokenIndex noun = unit.verdict.trigger;
  if (noun == no_token || !is_noun(document[noun])) return false;
  if (!words.empty() && !is_one_of(document[noun], words)) return false;
  std::vector<EntityId> own;
  add_states(entities, event.actors, own);
  bool inside = false;
  for (const EntityId side : sides_of(document, entities, noun, event)) {
    if (std::find(own.begin(), own.end(), side) != own.end())
      inside = true;
    else
      others.push_back(side);
  }
  // "called for a truce with Ghana": whose truce is not said, so it is the caller's; "between" names all of them
  const bool with = object_of_prep(document, noun, "with") != no_token && document.child(noun, Dep::poss) == no_token;
  return inside || (with && !others.empty());
}

/// Do only civil officials act, and the states they act for? "the ministers clashed", not "the troops".
bool is_by_officials(const Entities& entities, const Event& event) {
  bool any = false;
  for (const EntityId id : event.actors) {
    const Entity& entity = entities[id];
    if (entity.kind == EntityKind::state) continue;
    if (entity.kind != EntityKind::person && entity.kind != EntityKind::office) return false;
    if (entity.sector != "GOV" && entity.sector != "LEG" && entity.sector != "PTY" && entity.sector != "IGO") return false;
    any = true;
  }
  return any;
}

/// Is what the verb is done to one of the parties itself? "opposed Chile", not "opposed Chile's plan".
bool is_done_to_party(const Document& document, const Entities& entities, const Unit& unit, const Event& event) {
  const TokenIndex object = unit.nominal ? no_token : undergoer_of(document, unit.top);
  const Mention* mention = object == no_token ? nullptr : entities.headed_by(object);
  return mention && !mention->entities.empty() &&
         std::find(event.recipients.begin(), event.recipients.end(), mention->entities.front()) != event.recipients.end();
}

/// Is one of the words the verb's object, and is it of another state than the actor? "ordered two Peruvian envoys to leave", not "its envoys". nullopt:
/// none of the words.
std::optional<bool> is_guest(const Document& document, const Entities& entities, const Unit& unit, const Event& event, const std::vector<std::string_view>& words) {
  const TokenIndex object = unit.nominal ? no_token : undergoer_of(document, unit.top);
  if (object == no_token || !is_one_of(document[object], words)) return std::nullopt;
  std::vector<EntityId> own, others;
  add_states(entities, event.actors, own);
  add_states(entities, entities.of_phrase(document, object), others);
  return !others.empty() && std::none_of(others.begin(), others.end(), [&](EntityId state) { return std::find(own.begin(), own.end(), state) != own.end(); });
}

bool is_done_to_people(const Document& document, const Entities& entities, const Unit& unit) {
  const TokenIndex object = unit.nominal ? no_token : undergoer_of(document, unit.top);
  const Mention* mention = object == no_token ? nullptr : entities.headed_by(object);
  if (!mention || mention->entities.empty()) return false;
  const EntityKind kind = entities[mention->entities.front()].kind;
  return kind == EntityKind::person || kind == EntityKind::people || mention->form == MentionForm::demonym;  // "18 Peruvians"
}

/// Does one of the prepositions under the verb lead to one of the words?
bool leads_to(const Document& document, TokenIndex verb, std::initializer_list<std::string_view> prepositions, const std::vector<std::string_view>& words) {
  return std::any_of(prepositions.begin(), prepositions.end(), [&](std::string_view preposition) {
    const TokenIndex object = object_of_prep(document, verb, preposition);
    return object != no_token && is_one_of(document[object], words);
  });
}

bool holds(const Document& document, const Entities& entities, const Choice& choice, const Unit& unit, const Event& event) {
  const bool by_verb = std::any_of(unit.chain.begin(), unit.chain.end(), [&](TokenIndex word) { return is_verb(document[word]) && is_one_of(document[word], choice.words); });
  if (choice.by == Condition::verb) return by_verb;
  if (choice.by == Condition::noun) {
    return unit.chain.size() == 2 && unit.chain.front() == unit.verdict.trigger && is_noun(document[unit.verdict.trigger]) &&
           is_one_of(document[unit.verdict.trigger], choice.words);
  }
  if (choice.by == Condition::office) return by_verb && is_by_officials(entities, event);
  if (choice.by == Condition::guest) return is_guest(document, entities, unit, event, choice.words).value_or(false);
  if (choice.by == Condition::own) return !is_guest(document, entities, unit, event, choice.words).value_or(true);
  if (choice.by == Condition::person) return by_verb && is_done_to_people(document, entities, unit);
  if (choice.by == Condition::party) return by_verb && is_done_to_party(document, entities, unit, event);
  if (choice.by == Condition::means) return !unit.nominal && leads_to(document, unit.top, {"with", "by"}, choice.words);
  if (choice.by == Condition::landing)
    return !unit.nominal && event.recipients.empty() && object_of_prep(document, unit.top, "at") == no_token &&
           leads_to(document, unit.top, {"into", "toward", "towards", "over"}, choice.words);
  for (const TokenIndex child : document.children(unit.verdict.trigger))
    if (document[child].dep == Dep::amod && is_one_of(document[child], choice.words)) return true;
  return false;
}

}  // namespace

void settle_choices(const Document& document, const Entities& entities, const EventLexicon& lexicon, const Unit& unit, Event& event) {
  for (const Choice& choice : choices()) {
    if (choice.on != event.type || (!choice.on_mode.empty() && choice.on_mode != event.mode) || (choice.core && *choice.core != unit.verdict.core->type)) continue;
    std::vector<EntityId> others;
    if (choice.by == Condition::side ? !is_side(document, entities, unit, event, choice.words, others) : !holds(document, entities, choice, unit, event)) continue;
    Coding coding = choice.coding;
    if (event.actuality == Actuality::planned)
      if (const auto meant = lexicon.combine(Governance::intend, coding, nullptr)) coding = *meant;
    event.type = coding.type;
    event.mode = coding.mode;
    event.cameo = coding.cameo;
    if (!others.empty()) event.recipients = std::move(others);
    return;
  }
}

}  // namespace dragoman
