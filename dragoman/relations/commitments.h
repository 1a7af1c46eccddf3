// Commitments: what a party has taken on, offered or put on the table, concrete enough that a later story could say whether it was done.
//
//   Document + Entities + times + statements + CommitmentLexicon  ->  find_commitments()
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/relations/evidence.h"

namespace dragoman {

class CommitmentLexicon;  // relations/commitment_lexicon.h

enum class Stage : std::uint8_t { discussed, offered, pledged, agreed, underway, completed, stalled, cancelled, broken };

enum class Sector : std::uint8_t {
  energy, trade, investment, transport, border, diplomatic_representation, security, counter_terrorism, defence, nuclear, water,
  environment, culture, education, tourism, health, parliamentary, consular, finance, technology, agriculture, humanitarian,
  peace_process, other
};

[[nodiscard]] std::string_view to_string(Stage stage);
[[nodiscard]] std::string_view to_string(Sector sector);
[[nodiscard]] std::optional<Stage> stage_of(std::string_view name);
[[nodiscard]] std::optional<Sector> sector_of(std::string_view name);

struct Amount {
  double value;      ///< 3e10 for "$30 billion"
  std::string unit;  ///< ISO 4217 for money ("USD"), else the counted thing ("megawatts", "%")
  ByteSpan span;
};

struct Commitment {
  std::string title;   ///< plain words: "open an Iranian consulate in Van"
  std::vector<EntityId> undertakers;
  std::vector<EntityId> counterparties;
  std::string action;  ///< lemma: "open"
  std::string object;  ///< phrase: "Iranian consulate in Van"
  Sector sector = Sector::other;
  Stage stage = Stage::discussed;
  std::optional<TimeRange> deadline;
  std::vector<Amount> amounts;
  std::vector<EntityId> places;
  std::optional<ByteSpan> condition;
  Voice voice;
  Evidence evidence;
  TokenIndex head = no_token;
  std::string rule;
};

/// In text order. Never fails; linear in tokens.
[[nodiscard]] std::vector<Commitment> find_commitments(const Document& document, const Entities& entities,
                                                       const std::vector<TimeMention>& times,
                                                       const std::vector<Statement>& statements, const CommitmentLexicon& lexicon);

}  // namespace dragoman
