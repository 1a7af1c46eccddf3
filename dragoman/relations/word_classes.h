// WordClass: words that one rule treats alike (data/relations/word_classes.tsv), for rules that have no table of their own.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"

namespace dragoman {

/// What each is for stands in the table.
enum class WordClass : std::uint8_t {
  negation, negative_pronoun, side, sides, locative, sending, watching, act_preposition, event_preposition, life_taking, planned,
  forthcoming, possible, ongoing, joint, told_undertaking, named_undertaking, hinging, action_preposition, talking_act, visiting,
  receiving, time_unit, determiner, breaking_conjunction, part_preposition, joint_agreement, reporting_demand, instructing,
  unsettled_paper, provision, standing_commitment, building_work, stage_copula, thing_pronoun, issue_opener, aside_opener,
  issue_preposition, topic_preposition, occasion_of_words, taking_sides, political_act, political_noun, bringing, unowned_stance,
  letting_go, threat, stemming, judging_copula, judging, light_obligation, ending, falling, lifted_demand, lifted_condition, intention,
  answerable, decision, reprisal, permission, help, befalling, gathering, naming, anonymity, speaking, press, press_kind,
};
inline constexpr std::size_t word_class_count = static_cast<std::size_t>(WordClass::press_kind) + 1;

/// Is the word (a lemma or a form, whichever the class has) of that class?
[[nodiscard]] bool is_one_of(WordClass of, std::string_view word);

/// A table of word classes; `text` must outlive it.
class WordClasses {
 public:
  /// `malformed`: a class that there is not, one without words, a word twice in its class, a line without word or reason.
  [[nodiscard]] static Result<WordClasses> parse(std::string_view text);
  [[nodiscard]] bool has(WordClass of, std::string_view word) const {
    const auto index = static_cast<std::size_t>(of);
    return !word.empty() && (initials_[index] & initial(word)) != 0 && slots_[place_of(word)].classes.test(index);
  }

 private:
  struct Slot {
    std::string_view word;  ///< empty: free
    std::bitset<word_class_count> classes;
  };
  /// The slot of the word, or the free one where it would stand.
  [[nodiscard]] std::size_t place_of(std::string_view word) const;

  static std::uint32_t initial(std::string_view word) { return std::uint32_t{1} << (static_cast<unsigned char>(word.front()) & 31U); }

  std::vector<Slot> slots_;  ///< a power of two of them, at most a quarter taken
  std::array<std::uint32_t, word_class_count> initials_{};  ///< of the words of each class: most words fail at the first letter
};

}  // namespace dragoman
