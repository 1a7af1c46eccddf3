// Fingerprint: what is left of a text when the wording of a copy is taken away, to tell whether two texts tell one story.
//
//   text  ->  fingerprint_of()  ->  Fingerprint;   two Fingerprints  ->  same_story()
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace dragoman {

/// Hashes of words; each list sorted, without repeats.
struct Fingerprint {
  struct Sentence {
    std::uint32_t begin, end;  ///< into `content`
    std::uint64_t bits;        ///< one of them set for each word: two sentences are mostly told apart by these
  };
  std::vector<Sentence> sentences;      ///< in text order; the headline left out
  std::vector<std::uint32_t> content;   ///< the content words of one sentence after the other
  std::vector<std::uint32_t> names;     ///< capitalised words and numbers
  std::vector<std::uint32_t> stems;     ///< the first four letters of each name: Turkey, Turkish and Türkiye are one
  std::uint32_t main_stem = 0;          ///< of the name that stands there most often, if three times or more; else 0
  std::vector<std::uint32_t> shingles;  ///< at most 24 runs of three content words, by which copies find each other
  std::uint32_t whole = 0;              ///< of all words in order: equal where only blanks, case and marks differ
  std::uint32_t words = 0;              ///< content words in all sentences, repeats counted
};

/// Never fails; linear in bytes. The same on every machine.
[[nodiscard]] Fingerprint fingerprint_of(std::string_view text);

/// True if one text is the other retold: copied, cut short, reordered, lightly reworded, with a paragraph of its own. False for a
/// follow-up that repeats the background, for another story of the same people, and for the same form filled in with other names.
/// Symmetric: depends on the two texts alone.
[[nodiscard]] bool same_story(const Fingerprint& a, const Fingerprint& b);

/// Two texts that share fewer shingles are not worth comparing.
inline constexpr std::size_t few_shingles = 2;

/// True if they share that many, or are the same to the word. What looks for candidates by their shingles finds just these.
[[nodiscard]] bool may_tell_same_story(const Fingerprint& a, const Fingerprint& b);

}  // namespace dragoman
