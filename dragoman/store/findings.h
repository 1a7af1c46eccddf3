// Findings: one event, quote or story of the store, read back with its parties and its source. Used by listings and dossier.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dragoman/store/listings.h"
#include "dragoman/store/sources.h"

namespace dragoman {

class Findings {
 public:
  explicit Findings(Database& database);

  [[nodiscard]] EventReport event(std::int64_t event);
  [[nodiscard]] QuoteReport quote(std::int64_t statement);
  /// `numbers`: of entities in the document, as the findings hold them: "[1,3]".
  [[nodiscard]] std::vector<Participant> participants(std::int64_t doc, std::string_view numbers);

 private:
  Sources sources_;
  Query event_, statement_, entity_, place_, text_;
};

/// Calls `take` with the items of one layer ('v', 's', 'c', 'p', 'd') that the selection's parties, days and outlet ask for, newest first,
/// until it says false. `kind`: of events, the type; "" any.
void walk_items(Database& database, const Selection& selection, char layer, const std::string& kind, const std::function<bool(std::int64_t)>& take);

/// Spans as the store holds them: "[[1,2],[3,4]]".
[[nodiscard]] std::vector<ByteSpan> parse_spans(std::string_view json);

/// A JSON array of arrays of numbers, row by row; null as nothing: "[[7,38.7,-9.1],[9,null,null]]".
/// A place of an event, as `events.places` has it.
struct StoredPlace {
  std::int64_t actor = 0;
  std::optional<double> latitude, longitude;
  std::string role, precision;  ///< "venue", "city"; "" where version 1 of the store wrote it, or nothing is known
};
[[nodiscard]] std::vector<StoredPlace> parse_places(std::string_view json);

[[nodiscard]] std::vector<std::vector<std::optional<double>>> parse_numbers(std::string_view json);

/// The sentence, or line, around a byte of a text.
[[nodiscard]] ByteSpan sentence_around(std::string_view text, std::size_t at);

}  // namespace dragoman
