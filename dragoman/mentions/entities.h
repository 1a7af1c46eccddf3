// Entities: who and what a document speaks of, and every place where it does.
//
//   Document + Knowledge  ->  find_entities()  ->  Entities
//   Entities + statements ->  bind_first_person()  ->  "we", "our" inside a quotation mean the speaker's side
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/document/document.h"

namespace dragoman {

class Knowledge;

enum class EntityKind : std::uint8_t {
  state, person, office, government_body, intergovernmental_body, armed_group, party, company, people, region, place, agreement,
  occasion, organisation, document
};

enum class MentionForm : std::uint8_t {
  name,     ///< "Araghchi"
  nominal,  ///< "the Turkish minister", "both sides"
  pronoun,  ///< "he", "their"
  metonym,  ///< "Tehran" for Iran's government
  demonym,  ///< "Israeli"
};

[[nodiscard]] std::string_view to_string(EntityKind kind);
[[nodiscard]] std::string_view to_string(MentionForm form);
[[nodiscard]] std::optional<EntityKind> entity_kind_of(std::string_view name);
[[nodiscard]] std::optional<MentionForm> mention_form_of(std::string_view name);

/// Index into Entities::entities.
using EntityId = std::uint32_t;
inline constexpr EntityId no_entity = 0xffffffffu;

/// Degrees, WGS 84.
struct GeoPoint {
  double latitude = 0, longitude = 0;
};

struct Entity {
  EntityKind kind = EntityKind::person;
  std::string ref;     ///< "IRN", "person:abbas-araghchi", "local:mira-tolvanen"; unique in a document
  std::string name;    ///< as a reader would name it: "Abbas Araghchi"
  std::string state;   ///< ISO alpha-3 of the state it belongs to or speaks for; "" = none or not known
  std::string sector;  ///< "GOV", "MIL", ...; "" = not known
  std::string office;  ///< for persons: "foreign minister"; "" = not known
  std::string organisation;  ///< for persons: ref of the organisation that it speaks for, if it is no state ("org:un"); "" if none
  ByteSpan office_said{};  ///< of a person: the words that say its office, with its name: "Mira Tolvanen, the harbour minister"; empty if none do
  std::string code;    ///< CAMEO actor code, where the knowledge has codes (`dragoman knowledge import`): "ARNGOV"; "" = none
  std::string basis;   ///< what decided the ref: a line of the knowledge base, or words of the text
  std::optional<GeoPoint> point = std::nullopt;  ///< where it stands, if it is a known place; of a state, about its middle
  std::string feature = {};  ///< what kind of place: "city", "crossing", "river", as the table of places has it; "" = none or not known
};

/// A place in the text that points to one entity, or to several ("both sides", "the ministers").
struct Mention {
  ByteSpan span;
  TokenSpan tokens;
  TokenIndex head = no_token;  ///< the token that carries it in the parse ("minister")
  MentionForm form = MentionForm::name;
  std::vector<EntityId> entities;    ///< empty where nobody could be settled on
  std::vector<EntityId> candidates;  ///< the rivals, where it is empty
};

struct Entities {
  std::vector<Entity> entities;
  std::vector<Mention> mentions;  ///< by begin, then longer first; may nest ("Iran" in "Iran’s foreign minister")

  [[nodiscard]] const Entity& operator[](EntityId id) const { return entities[id]; }
  std::vector<std::uint32_t> by_head;  ///< mentions by head, the longest of a head first; kept by sort()
  std::vector<EntityId> states;        ///< those of kind state; kept by sort()

  /// Puts `mentions` in order and makes `by_head` and `states`; to be called after something was added. Indices into `mentions` change.
  void sort();
  /// The longest mention whose head is that token; nullptr if none.
  [[nodiscard]] const Mention* headed_by(TokenIndex head) const;
  /// Mentions that lie inside those tokens, in order.
  [[nodiscard]] std::vector<const Mention*> inside(TokenSpan tokens) const;
  /// Whom the noun phrase headed by `head` stands for: its mention, else, for an appositive or title, the name in it; with
  /// conjuncts ("Iran and Turkey") all of them. Empty if nobody.
  [[nodiscard]] std::vector<EntityId> of_phrase(const Document& document, TokenIndex head) const;
  /// Is that apposition of `head` a second member of a row ("Peru, Chile and Togo"), as the parse often has it?
  [[nodiscard]] bool is_listed(const Document& document, TokenIndex head, TokenIndex apposed) const;
  /// The state of an entity: itself, or the one it belongs to; no_entity if none is in the document. Needs sort() to have been called.
  [[nodiscard]] EntityId state_of(EntityId id) const;
};

/// Finds entities and their mentions. Never fails; reads its arguments only. Linear in tokens, but for short look-backs.
[[nodiscard]] Entities find_entities(const Document& document, const Knowledge& knowledge);

}  // namespace dragoman
