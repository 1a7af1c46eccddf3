// Words: text as names are looked up in it, without regard to accents, case, dots, or how a tokeniser cut it.
//
//   "Côte d’Ivoire’s"  ->  cote  divoire  s        "U.S."  ->  us        "Al-Quds"  ->  al  quds
//
// The same function reads the aliases of the knowledge base and the text of a story, so that both always agree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/span.h"

namespace dragoman {

/// What lies between a word and the one before it.
enum class Gap : std::uint8_t {
  blank,   ///< blanks, a hyphen, a dash without blanks, an apostrophe
  comma,   ///< a comma, nothing else
  other,   ///< a stop, a quotation mark, a bracket, a slash, ...
};

/// How a word is written.
enum class Case : std::uint8_t {
  lower,    ///< "minister"
  capital,  ///< "Minister"
  upper,    ///< "MINISTER", "US"; single capital letters ("S") too
  mixed,    ///< "iPhone", "al-Rubaie" has two words; "McAllister"
  digits,   ///< begins with a digit
};

struct Word {
  ByteSpan span;        ///< its bytes in the text, with inner dots and apostrophes: "U.S."
  std::uint64_t hash;   ///< of its folded letters
  Gap gap;              ///< to the word before; `other` for the first
  Case written;
};

/// Cuts a text into words, in order, and adds them to `words`, their spans moved by `offset`. Never fails: bytes that are no UTF-8
/// count as gaps. Linear.
void find_words(std::string_view text, std::uint32_t offset, std::vector<Word>& words);

/// Folds a text as find_words() does: "côte divoire s" for "Côte d’Ivoire’s". Words are joined by one blank.
[[nodiscard]] std::string fold(std::string_view text);

/// The hash of a word sequence: start with `word_seed`, extend by each word's hash.
inline constexpr std::uint64_t word_seed = 0x9e3779b97f4a7c15ull;
[[nodiscard]] constexpr std::uint64_t extend(std::uint64_t sequence, std::uint64_t word) {
  sequence = (sequence ^ word) * 0xd6e8feb86659fd93ull;
  return sequence ^ (sequence >> 32);
}
/// The hash of all words of a text as one sequence; word_seed if it has none.
[[nodiscard]] std::uint64_t hash_of(std::string_view text);

}  // namespace dragoman
