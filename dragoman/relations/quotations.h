// Quotations: which words stand inside quotation marks.
//
//   Document  ->  find_quotations()  ->  Quotations, paired paragraph by paragraph
#pragma once

#include <cstdint>
#include <vector>

#include "dragoman/document/document.h"

namespace dragoman {

/// What the words between two marks are.
enum class QuotedWords : std::uint8_t {
  sentence,  ///< somebody speaking: "We will sign in May,"
  phrase,    ///< a part of what somebody said: "a turning point"
  name,      ///< a title or name, no speech: "Cultural Year of Valdoria"
};

struct QuotedSpan {
  ByteSpan outer;    ///< with the marks that are there
  ByteSpan inner;    ///< without them
  TokenSpan tokens;  ///< those that `outer` touches
  std::uint32_t paragraph = 0;
  QuotedWords words = QuotedWords::phrase;
  bool opened = true;    ///< false: the opening mark is missing
  bool closed = true;    ///< false: the closing mark is missing
  bool goes_on = false;  ///< not closed, and the next paragraph opens with a mark: one quotation over both
};

inline constexpr std::uint32_t no_quotation = 0xffffffffu;

struct Quotations {
  std::vector<QuotedSpan> spans;  ///< in text order, disjoint: quotations inside quotations are not told apart
  std::vector<std::uint32_t> of;  ///< for each token the span it stands in, or no_quotation

  [[nodiscard]] bool inside(TokenIndex token) const { return of[token] != no_quotation; }
};

/// Pairs the marks of each paragraph: straight, curly, low, angle and doubled single ones by the side on which they
/// lean; single ones where a paragraph has no others. A mark whose partner is missing gets the nearest sensible end.
/// Never fails; linear.
[[nodiscard]] Quotations find_quotations(const Document& document);

}  // namespace dragoman
