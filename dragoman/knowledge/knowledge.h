// Knowledge: what dragoman knows of the world, by date: states, persons, offices, bodies, places, and the words for them.
//
//   dragoman.knowledge (mapped)  [+ folders of tables that win over it]  ->  Knowledge::open()
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/knowledge/image.h"
#include "dragoman/knowledge/rows.h"
#include "dragoman/knowledge/words.h"

namespace dragoman {

/// Index of an entity in the knowledge base.
using KnownId = std::uint32_t;
inline constexpr KnownId not_known = 0xffffffffu;
/// Index of a class of offices ("foreign_minister") or of government bodies ("foreign-ministry").
using ClassId = std::uint16_t;
inline constexpr ClassId no_class = 0xffff;

/// An entity of the base. Views live as long as the Knowledge.
struct KnownEntity {
  KnownId index;
  std::string_view id, kind, name, country, sector;
  Date from, to;
  Origin origin;
};

/// One alias that fits the words of a text.
struct KnownAlias {
  KnownId entity;
  AliasKind kind;
  bool ambiguous;  ///< does not decide alone
  bool implied;    ///< the name of a city, or a surname: weaker than an authored alias
  Origin origin;
};

/// A term in an office.
struct Term {
  KnownId office, person;
  Date from, to;
  bool acting;
  std::string_view from_precision, to_precision, basis;
  Origin origin;
};

/// What the longest run of words from some point means.
struct NameMatch {
  std::uint32_t words = 0;  ///< how many words; 0: nothing
  std::uint32_t first = 0, count = 0;
};

/// What a word for offices or bodies means.
struct ClassMeaning {
  ClassId id;
  bool is_body;            ///< "foreign ministry"; else an office, "foreign minister"
  bool plural;
  std::string_view state;  ///< ISO code: only there; "" anywhere
  std::string_view note;   ///< "collective", "acting", "no longer in office", ...
  Origin origin;
};

/// A word for a role and what it does to its owner's code: "president" ~GOV.
struct AgentWord {
  std::string_view word, code;  ///< code: a template, `~` is the owner's
  bool plural;
  Origin origin;
};

class Knowledge {
 public:
  /// Maps the compiled file; with overlay folders, compiles them with it in memory. Errors name file (and line) and the remedy.
  [[nodiscard]] static Result<Knowledge> open(const std::filesystem::path& path, const std::vector<std::filesystem::path>& overlays = {});
  /// From rows, in memory (overlays, tests).
  [[nodiscard]] static Knowledge from_rows(const KnowledgeRows& rows);

  Knowledge(Knowledge&&) noexcept;
  Knowledge& operator=(Knowledge&&) noexcept;
  ~Knowledge();

  /// Back to rows: what compile() was given (the overlay is laid over these).
  [[nodiscard]] KnowledgeRows rows() const;

  [[nodiscard]] std::size_t size() const { return entities_.size(); }
  [[nodiscard]] KnownEntity operator[](KnownId id) const;
  [[nodiscard]] KnownId find(std::string_view id) const;  ///< not_known if it isn't there
  [[nodiscard]] std::string place_of(Origin origin) const;  ///< "states/holders.tsv:12"

  // -- names ---------------------------------------------------------------------------------------------------------------------

  /// The longest alias that `words` begin with, written as a name is ("turkey" is none, "TURKEY" is). Its meanings: alias().
  [[nodiscard]] NameMatch longest(std::span<const Word> words) const;
  /// The i-th alias of a match, i < match.count; none where that one is written otherwise.
  [[nodiscard]] std::optional<KnownAlias> alias(const NameMatch& match, std::uint32_t i, std::span<const Word> words) const;
  /// All aliases of these words, whatever their case ("fidan"), without those of a longer name.
  [[nodiscard]] std::vector<KnownAlias> aliases_of_text(std::string_view text) const;
  /// The texts of all aliases of an entity.
  [[nodiscard]] std::vector<std::string_view> names_of(KnownId id) const;

  // -- offices -------------------------------------------------------------------------------------------------------------------

  /// The longest word for offices or bodies that `words` begin with ("foreign ministers"): how many words, and its meanings.
  [[nodiscard]] std::uint32_t longest_class(std::span<const Word> words, std::vector<ClassMeaning>& meanings) const;
  /// The meanings of just these words, in any case.
  [[nodiscard]] std::vector<ClassMeaning> class_meanings(std::string_view words) const;
  [[nodiscard]] std::string_view class_name(ClassId id) const;
  [[nodiscard]] ClassId find_class(std::string_view name) const;
  [[nodiscard]] std::size_t class_count() const { return classes_.size(); }
  /// The offices of that class in a state (ISO code).
  [[nodiscard]] std::vector<KnownId> offices(std::string_view state, ClassId office_class) const;
  /// The class of an office; no_class if it has none.
  [[nodiscard]] ClassId class_of(KnownId office) const;
  /// Who held an office on a day: none, one, or rivals.
  [[nodiscard]] std::vector<Term> holders(KnownId office, Date day) const;
  [[nodiscard]] std::vector<Term> all_holders(KnownId office) const;
  /// The offices of a person on a day; with no day, all of them, in time order.
  [[nodiscard]] std::vector<Term> offices_of(KnownId person, std::optional<Date> day) const;

  // -- places, organisations --------------------------------------------------------------------------------------------------------

  struct Place {
    float latitude, longitude;
    std::string_view country, feature;
    std::uint32_t population;
  };
  [[nodiscard]] std::optional<Place> place(KnownId id) const;

  struct Membership {
    KnownId organisation, member;
    std::string_view status;
    Date from, to;
    Origin origin;
  };
  [[nodiscard]] std::vector<Membership> members(KnownId organisation, Date day) const;
  [[nodiscard]] bool is_member(KnownId organisation, KnownId member, Date day) const;

  // -- actor codes (overlays that `dragoman knowledge import` made) ------------------------------------------------------------------

  [[nodiscard]] bool has_codes() const { return !codes_.empty() || !agents_.empty(); }
  struct ActorCode {
    std::string_view code, basis;
    Origin origin;
  };
  /// The code of an entity on a day, by the name that it goes by if that has one of its own.
  [[nodiscard]] std::optional<ActorCode> code_of(KnownId id, Date day, std::string_view name = {}) const;
  /// The longest word for a role that `words` begin with: how many words, 0 if none.
  [[nodiscard]] std::uint32_t longest_agent(std::span<const Word> words, AgentWord& agent) const;

 private:
  struct Mapping;
  Knowledge() = default;
  [[nodiscard]] Result<void> use(std::string_view bytes, const std::string& name);
  [[nodiscard]] std::string_view text(image::Text text) const { return text_.substr(text.offset, text.size); }
  [[nodiscard]] const image::Slot* slot(std::span<const image::Slot> slots, std::uint64_t key) const;
  [[nodiscard]] bool fits(const image::Alias& alias, std::span<const Word> words) const;
  [[nodiscard]] Term term_of(const image::Holder& holder) const;
  [[nodiscard]] KnownAlias view_of(const image::Alias& alias) const;

  std::unique_ptr<Mapping> mapping_;
  std::string_view text_;
  std::span<const image::Text> files_, classes_;
  std::span<const image::Entity> entities_;
  std::span<const image::Alias> aliases_;
  std::span<const image::Slot> slots_, class_slots_;
  std::span<const std::uint32_t> aliases_of_, terms_of_, members_in_;
  std::span<const image::Holder> holders_;
  std::span<const image::Member> members_;
  std::span<const image::ClassWord> class_words_;
  std::span<const image::Post> posts_;
  std::span<const image::Code> codes_;
  std::span<const image::Agent> agents_;
  std::span<const image::Slot> agent_slots_;
};

}  // namespace dragoman
