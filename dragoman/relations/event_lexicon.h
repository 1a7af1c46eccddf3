// The words of events: which verbs and nouns tell one, and what a direction ("lift", "impose", "refuse") makes of its object.
//
//   data/events/*.tsv, classifier.weights  ->  EventLexicon::load()
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/document/document.h"
#include "dragoman/relations/clauses.h"
#include "dragoman/relations/event_classifier.h"
#include "dragoman/relations/events.h"

namespace dragoman {

/// What a verb says of the event that is its object; `act`: the verb itself is the event.
enum class Sense : std::uint8_t { act, do_, undo, refuse, demand, promise, threaten, praise, blame, breach, discuss };

[[nodiscard]] std::string_view to_string(Sense sense);

/// When the rules may take a verb for an event by itself.
enum class VerbUse : std::uint8_t {
  always,
  party,       ///< only with a party as its object or recipient: "hit", "assisted"
  infinitive,  ///< only with an infinitive or an event under it: "told Mali to withdraw"
  event,       ///< only with an event noun: "held talks"
  thing,       ///< only with a thing as its object that goes to a named party: "returned the statue to Peru"
  never,       ///< it only informs the classifier
};

struct VerbEntry {
  std::string_view verb;   ///< "call for"
  Sense sense = Sense::act;
  std::optional<EventType> type = std::nullopt;  ///< of the bare deed
  std::string_view mode = {};                    ///< "" = none
  std::string_view cameo = {};                   ///< "" = none
  std::vector<std::string_view> to = {};         ///< where the recipient stands, best first: "dobj" or a preposition
  VerbUse use = VerbUse::always;
};

struct NounEntry {
  std::string_view noun;   ///< "air strike"
  EventType type = EventType::consult;
  std::string_view mode, cameo;
  std::optional<EventType> undo;   ///< what ending or lifting it is
  std::string_view undo_mode, undo_cameo;
  std::vector<std::string_view> from;  ///< where the actor stands
  std::vector<std::string_view> to;    ///< where the recipient stands
  bool alone = false;                  ///< tells an event by itself; else only as a verb's object: "troops", "aid"
};

/// A type with the fields that go with it.
struct Coding {
  EventType type = EventType::consult;
  std::string_view mode, cameo;
  auto operator<=>(const Coding&) const = default;
};

class EventLexicon {
 public:
  /// Reads the embedded tables. `malformed` names the table and the line.
  [[nodiscard]] static Result<EventLexicon> load();
  EventLexicon(EventLexicon&&) noexcept;
  EventLexicon& operator=(EventLexicon&&) noexcept;
  ~EventLexicon();

  /// What the verb at `token` may tell, longest phrase first ("call for" before "call"); empty if it isn't in the table.
  void verbs_at(const Document& document, TokenIndex token, std::vector<const VerbEntry*>& found) const;
  /// The event noun at `token`, by its longest name; nullptr if it isn't one.
  /// Verbs whose refusal is silence: "declined to comment" (data/positions/silences.tsv).
  [[nodiscard]] bool is_silence(std::string_view lemma) const;
  /// Verbs of giving way, which refuse when denied: "never to bow to pressure" (those of data/positions/refusals.tsv that take "to").
  [[nodiscard]] bool gives_way(std::string_view lemma) const;
  [[nodiscard]] const NounEntry* noun_at(const Document& document, TokenIndex token) const;
  /// The kin of the word at `token` ("strike" for "bombard"), from kin.tsv; "" if it has none.
  [[nodiscard]] std::string_view kin_at(const Document& document, TokenIndex token) const;
  /// What the direction makes of that event; nullopt if nothing.
  [[nodiscard]] std::optional<Coding> combine(Sense sense, const Coding& inner, const NounEntry* noun) const;
  [[nodiscard]] std::optional<Coding> combine(Governance sense, const Coding& inner, const NounEntry* noun) const;
  /// On Goldstein's scale.
  [[nodiscard]] double goldstein(EventType type, std::string_view mode) const;
  [[nodiscard]] const EventClassifier& classifier() const;

 private:
  struct Tables;
  explicit EventLexicon(std::unique_ptr<Tables> tables);
  std::unique_ptr<const Tables> tables_;
};

[[nodiscard]] inline bool is_conflict(EventType type) { return quad_of(type) >= Quad::verbal_conflict; }

}  // namespace dragoman
