// PositionLexicon: the words that take a stance (data/positions/), and the catalogue of issues (data/issues.tsv).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/relations/positions.h"

namespace dragoman {

/// Where an issue or a target stands around a stance word.
enum class Slot : std::uint8_t { object, clause, subject_of_clause, preposition };

struct SlotRule {
  Slot slot = Slot::object;
  std::string_view preposition;  ///< for Slot::preposition; may be several words ("in favour of": the first)
};

struct StanceWord {
  std::string name;  ///< "call", "speak out against"
  char pos = 'v';    ///< v, n, a
  StanceAct act = StanceAct::endorse;
  Polarity polarity = Polarity::for_;
  std::vector<SlotRule> issue;   ///< in order of preference
  std::vector<SlotRule> target;
};

struct ReversalWord {
  std::vector<SlotRule> thing;
  std::vector<std::string_view> only;  ///< if not empty, the thing must contain one of these lemmas
};

class PositionLexicon {
 public:
  [[nodiscard]] static Result<PositionLexicon> load();
  PositionLexicon(PositionLexicon&&) noexcept;
  PositionLexicon& operator=(PositionLexicon&&) noexcept;
  ~PositionLexicon();

  /// The entries of that word, longest names first; empty if it takes no stance.
  [[nodiscard]] std::vector<const StanceWord*> stances(const Document& document, TokenIndex token) const;
  /// What judgement the words of a span pass; nullopt if none.
  [[nodiscard]] std::optional<Polarity> evaluation(const Document& document, TokenSpan span) const;
  [[nodiscard]] const ReversalWord* reversal(const Document& document, TokenIndex token) const;
  /// "object" or "act" for a verb that refuses something when denied; "" for others.
  [[nodiscard]] std::string_view refusal(const Document& document, TokenIndex verb) const;
  /// What "there is no ..." with that noun takes: a value of data/positions/absences.tsv; "" where it is not in there.
  [[nodiscard]] std::string_view absence(std::string_view lemma) const;
  [[nodiscard]] bool is_harm(std::string_view lemma) const;
  [[nodiscard]] bool is_wrong(std::string_view lemma) const;
  /// Verbs whose refusal tells nothing: "declined to comment".
  [[nodiscard]] bool is_silence(std::string_view lemma) const;
  [[nodiscard]] bool is_courtesy(std::string_view lemma) const;
  /// "call", "describe": what it takes is what the thing is named.
  [[nodiscard]] bool gives_name(std::string_view lemma) const;

  /// The catalogue's entry for an issue in those words, parameters filled with the refs of the entities named in them ("sanctions:IRN");
  /// "" if it has none.
  [[nodiscard]] std::string issue_id(const Document& document, const Entities& entities, TokenSpan words) const;
  [[nodiscard]] std::size_t issue_count() const;

 private:
  struct Impl;
  explicit PositionLexicon(std::unique_ptr<Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace dragoman
