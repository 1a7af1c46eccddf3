// Stored documents: read back out of the store whole, each with the other tellings of its story. What exports are made of.
//
//   rows  ->  walk_stories()  ->  for each story its tellings: reading, provenance, what readers rejected
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "dragoman/document/source_map.h"
#include "dragoman/store/selection.h"
#include "dragoman/store/stored_reading.h"

namespace dragoman {

struct StoredDocument : StoredReading {
  std::int64_t bytes = 0;             ///< of the original
  std::string version;                ///< of the dragoman that read it
  SourceMap offsets;                  ///< from the text to the original's bytes
  std::vector<ByteSpan> sentences;
  std::set<std::string> rejected;     ///< findings that a reader rejected: "v3"

  [[nodiscard]] bool is_read() const { return state == "read"; }
  /// The first 16 characters of sha256: names it in exports.
  [[nodiscard]] std::string key() const { return sha256.substr(0, 16); }
  /// True if a reader rejected that finding; `number` from 0.
  [[nodiscard]] bool is_rejected(char layer, std::size_t number) const { return rejected.contains(layer + std::to_string(number + 1)); }
};

/// Calls `take` with the tellings of each story, the first telling first (earliest, of one day the longest). Stories come by the day and
/// sha256 of their first telling, so the order says nothing of how they were added. Ends early where `take` says false.
/// `selection`: stories about its parties, published (or retold) in its days, by its outlet; an empty one takes all, also the unread.
/// Failures come out of `Database::check`.
void walk_stories(Database& database, const Selection& selection, const std::function<bool(const std::vector<StoredDocument>&)>& take);

}  // namespace dragoman
