// EntityLexicon: the words of data/entities that say how a name or noun takes part. Loaded once from the embedded tables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dragoman/knowledge/words.h"
#include "dragoman/mentions/entities.h"

namespace dragoman {

/// What a common noun stands for (data/entities/nouns.tsv).
enum class NounKind : std::uint8_t { person, people, armed, state, states, side, sides, persons, bloc, org, group, document, mission, staff };

struct Noun {
  NounKind kind;
  std::string sector;
  EntityKind entity = EntityKind::organisation;  ///< of a `group`, or of a new `org`
  bool makes_entity = false;                     ///< the table names the kind of entity
  bool plural = false;
  std::string singular;  ///< the word as listed
};

enum class Gender : std::uint8_t { unknown, male, female };

/// What words around a name tell (data/entities/contexts.tsv); a lemma may be of several classes.
enum Context : std::uint16_t {
  speech = 1, motion = 2, motion_noun = 4, place_noun = 8, speech_noun = 16, mutual = 32, meeting = 64, link_noun = 128,
  joint = 512,    ///< what two do with each other ("agree", "clash"): who did so a moment ago are "both sides"
  not_now = 256,  ///< "former", "designate": whom the office is not, or not yet
};

struct NameWord {
  EntityKind kind;
  std::string sector;
  int rank;
};

struct OfficeClass {
  std::string sector;
  std::vector<std::string> covers;  ///< names of classes that this one may stand for
  bool covers_all = false;
};

class EntityLexicon {
 public:
  /// The tables as embedded in the binary; read at the first call.
  [[nodiscard]] static const EntityLexicon& instance();

  /// The longest noun that `words` begin with: how many words; 0 if none.
  [[nodiscard]] std::uint32_t longest_noun(std::span<const Word> words, const Noun*& noun) const;
  [[nodiscard]] const NameWord* name_word(std::uint64_t word) const;
  [[nodiscard]] Gender title_gender(std::string_view lower) const { return find(titles_, lower); }
  [[nodiscard]] Gender noun_gender(std::string_view lower) const { return find(noun_genders_, lower); }
  [[nodiscard]] Gender given_gender(std::string_view folded) const { return find(given_, folded); }
  [[nodiscard]] bool is_title(std::string_view lower) const { return titles_.contains(lower); }
  /// Bits of Context.
  [[nodiscard]] std::uint16_t context(std::string_view lemma) const;
  [[nodiscard]] const OfficeClass* office_class(std::string_view name) const;
  /// About the middle of that state (ISO code); nullopt if it isn't in the table.
  [[nodiscard]] std::optional<GeoPoint> state_centre(std::string_view iso) const;

 private:
  EntityLexicon();
  using Genders = std::unordered_map<std::string_view, Gender>;
  static Gender find(const Genders& genders, std::string_view word) {
    const auto found = genders.find(word);
    return found == genders.end() ? Gender::unknown : found->second;
  }
  struct NounSlot {
    std::int32_t noun = -1;
    bool goes_on = false;
  };
  std::unordered_map<std::uint64_t, NounSlot> noun_slots_;
  std::vector<Noun> nouns_;
  std::unordered_map<std::uint64_t, NameWord> name_words_;
  Genders titles_, noun_genders_, given_;
  std::unordered_map<std::string_view, std::uint16_t> contexts_;
  std::unordered_map<std::string_view, OfficeClass> office_classes_;
  std::unordered_map<std::string_view, GeoPoint> state_centres_;
};

[[nodiscard]] std::string_view to_string(NounKind kind);

}  // namespace dragoman
