// Deliverables: the thing of an undertaking: its words, its sector, its amounts, and whether a later story could say it was done.
#pragma once

#include <string>
#include <vector>

#include "dragoman/relations/commitment_lexicon.h"

namespace dragoman {

/// The words of a thing. For "send observers to the border within ten days": "observers to the border".
struct ThingPhrase {
  TokenSpan tokens;       ///< without determiners, times and conditions
  TokenIndex head = no_token;
  std::string text;       ///< as the object is worded: "consulate in Van"
  std::string titled;     ///< with its article, pronouns resolved away: "a consulate in Van"
};

/// The phrase of a noun under the verb `verb` (no_token: by itself); takes the verb's own places and aims along ("in Van", "to
/// China") until a time or condition begins. `with_conjuncts`: with what is coordinated to the noun.
[[nodiscard]] ThingPhrase thing_phrase(const Document& document, const std::vector<TimeMention>& times, TokenIndex noun, TokenIndex verb,
                                       bool with_conjuncts);
/// The same for a verb without object: "to Baghdad for talks" of "travel to Baghdad for talks on Thursday".
[[nodiscard]] ThingPhrase complement_phrase(const Document& document, const std::vector<TimeMention>& times, TokenIndex verb);

/// What the words say the thing is.
struct ThingSense {
  ObjectKind head = ObjectKind::unknown;  ///< of the head noun
  bool concrete = false;                  ///< something in it can be delivered: a consulate, a loan, a treaty, a sum
  bool specific_field = false;            ///< "in electricity", "on customs": a field that is narrow enough
  Sector sector = Sector::other;
  ObjectEntry entry;                      ///< of the head noun
};

[[nodiscard]] ThingSense sense_of(const Document& document, TokenSpan tokens, TokenIndex head, const CommitmentLexicon& lexicon,
                                  bool has_amount);

/// Sums and counts within those tokens ("$30 billion", "60 officers").
[[nodiscard]] std::vector<Amount> find_amounts(const Document& document, TokenSpan tokens, const std::vector<TimeMention>& times,
                                               const CommitmentLexicon& lexicon, std::string_view state);

/// Bytes of those tokens with blanks folded.
[[nodiscard]] std::string plain_text(const Document& document, TokenSpan tokens);

/// Share of the words (articles, "of" aside) that two phrases have in common: token F1, in [0, 1].
[[nodiscard]] double likeness(std::string_view a, std::string_view b);

}  // namespace dragoman
