// Wordings: a phrase for an undertaking or an issue, reduced to what tells one from another, so that two stories can meet in it.
//
//   "the opening of Ghana's consulate in San-Pédro", undertaken by GHA   ->  make | GHA | consulate pedro san | place san-pedro
//   "the early launch of the eco"                                        ->  eco
//
// data/ledger/ says which words count (words.tsv), which mean the same (synonyms.tsv) and what kind of act a verb names (verbs.tsv).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman {

/// What an undertaking does with its object, as far as it keeps two undertakings apart.
enum class ActKind : std::uint8_t {
  any,     ///< only the stage is told: "work on the line was halted"
  make,    ///< bring it about: open, build, pay for, sign
  end,     ///< do away with it: close, lift, withdraw
  attend,  ///< go there: visit, attend
  hold,    ///< an occasion: hold, host, meet
};

struct Wording {
  ActKind act = ActKind::any;
  std::vector<std::string> undertakers;  ///< ISO codes of states, else refs; sorted
  std::vector<std::string> parties;      ///< undertakers and counterparties; sorted
  std::vector<std::string> context;      ///< where only one party is named: the states of the places or of the sentence; sorted
  std::string sector;
  std::string head;                      ///< the word that names the thing
  std::vector<std::string> words;        ///< all that count, the head too; folded, singular, sorted
  std::vector<std::string> places;       ///< names of places in it, folded; sorted
  std::vector<std::string> persons;      ///< refs of persons who are to do it, for visits and meetings; sorted
  std::vector<int> ordinals, years;      ///< "ninth", "2025-2027"; sorted
  int month = 0;                         ///< months since year 0, for what recurs (visits, meetings, "an agreement"); 0 = does not matter
  bool bare = false;                     ///< nothing is left but words that fit many things: "the agreement"
  std::string apart;                     ///< not "": a reader set these mentions apart; they only meet one another

  /// Too little to go by on its own: one word.
  [[nodiscard]] bool weak() const { return words.size() < 2 && places.empty(); }
  auto operator<=>(const Wording&) const = default;
};

/// One line that holds all of it; equal wordings have equal keys.
[[nodiscard]] std::string to_key(const Wording& wording);
[[nodiscard]] Wording parse_key(std::string_view key);

/// Phrases that name the parties themselves in one story ("ghanaian", "cote divoire"), folded -> ISO code.
using PartyNames = std::map<std::string, std::string, std::less<>>;

/// Reduces a phrase: fills head, words, ordinals, years, bare, and act where the phrase names one ("visit to ..."). Names of `own` parties
/// are dropped: "Ghana's consulate" is a consulate.
void reduce_phrase(std::string_view phrase, const PartyNames& names, const std::vector<std::string>& own, Wording& wording);

/// The kind of act of a verb, at that stage (a cancelled "cancel" tells the stage only).
[[nodiscard]] ActKind act_of_verb(std::string_view verb, std::string_view stage);

/// An issue's phrase as the matrix compares it: the words that count, sorted, joined by blanks. Never empty for a phrase with a letter.
[[nodiscard]] std::string issue_key(std::string_view phrase);

/// "ninth", "9th" -> 9; 0 if the (folded) word is no ordinal.
[[nodiscard]] int ordinal_of(std::string_view word);
/// "session", "meeting", "rounds": one of a row of talks.
[[nodiscard]] bool is_session(std::string_view word);

/// How well two wordings go together.
struct Kinship {
  enum class Kind : std::uint8_t {
    none,
    same,    ///< both say enough, and say the same: one undertaking; `score` is how many words they share
    may_be,  ///< one says too little to be sure; `score` orders its choices
  };
  Kind kind = Kind::none;
  int score = 0;
};

/// Symmetric, and blind to the order in which stories came.
[[nodiscard]] Kinship kinship_of(const Wording& a, const Wording& b);

}  // namespace dragoman
