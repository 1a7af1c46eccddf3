// CommitmentLexicon: the words by which undertakings are told (data/commitments/): kinds of acts, things that can be delivered with
// their sectors, words for how far a thing has come, currencies.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dragoman/base/result.h"
#include "dragoman/relations/commitments.h"

namespace dragoman {

enum class ActClass : std::uint8_t { unknown, project, start, deliver, sign, change, withdraw, meet, patrol, soft, none, hostile };
enum class ObjectKind : std::uint8_t { unknown, concrete, instrument, event, restriction, project, domain, goodwill };

struct ActEntry {
  std::string name;  ///< "set up"
  ActClass act = ActClass::unknown;
  std::optional<Stage> past;     ///< the stage that "has done it" tells of
  std::optional<Sector> sector;  ///< its own, where the object has none
};

struct ObjectEntry {
  Sector sector = Sector::other;
  ObjectKind kind = ObjectKind::unknown;
  int weight = 0;
  TokenSpan tokens;  ///< where it stands
};

struct StageWord {
  std::string name;
  Stage stage = Stage::discussed;
  std::optional<Stage> negated;
  bool of_object = false;   ///< the thing is its object, or the subject of its passive
  bool of_subject = false;  ///< the thing is its subject
};

class CommitmentLexicon {
 public:
  [[nodiscard]] static Result<CommitmentLexicon> load();
  CommitmentLexicon(CommitmentLexicon&&) noexcept;
  CommitmentLexicon& operator=(CommitmentLexicon&&) noexcept;
  ~CommitmentLexicon();

  /// The entry of that verb with its particles and objects ("take part", "pull ... back"); the longest one. nullptr if unknown.
  [[nodiscard]] const ActEntry* verb(const Document& document, TokenIndex token) const;
  /// The entry of a verb by name; nullptr if unknown.
  [[nodiscard]] const ActEntry* verb(std::string_view name) const;
  /// The thing named by the words from `token` on; nullopt if unknown.
  [[nodiscard]] std::optional<ObjectEntry> object(const Document& document, TokenIndex token, TokenIndex end) const;
  /// The longest thing that ends with that noun, its modifiers included: "gas pipeline" at "pipeline".
  [[nodiscard]] std::optional<ObjectEntry> object_ending(const Document& document, TokenIndex noun) const;
  /// The verb of a noun that names an act ("opening" -> "open"); "" if it names none.
  [[nodiscard]] std::string_view verb_of_noun(const Document& document, TokenIndex noun) const;
  /// The same of the noun that a preposition hangs on, where it leads to the thing: "invest" at the "in" of "investment in railways".
  [[nodiscard]] std::string_view verb_led_by(const Document& document, TokenIndex preposition) const;
  /// The preposition, beside "of", from a noun to the thing that its verb takes: "to" of "repairs to the lighthouse"; "" if none.
  [[nodiscard]] std::string_view thing_preposition(const Document& document, TokenIndex noun) const;
  /// What that verb, participle or adjective, with its particles and phrase, tells of a thing; nullptr if nothing.
  [[nodiscard]] const StageWord* stage(const Document& document, TokenIndex token) const;
  /// ISO 4217 code of a currency word or sign, for that state; "" if it is none.
  [[nodiscard]] std::string_view currency(std::string_view sign, std::string_view state) const;
  /// The verb that goes without saying for a thing: "open" for a consulate, "hold" for talks.
  [[nodiscard]] std::string_view default_verb(const ObjectEntry& entry, Stage stage) const;

 private:
  struct Impl;
  explicit CommitmentLexicon(std::unique_ptr<Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace dragoman
