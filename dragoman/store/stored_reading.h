// StoredReading: a document's reading out of the store's rows, as it went in: what the views and exports of a story are made from.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/dragoman.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

struct StoredReading {
  std::int64_t doc = 0, cluster = 0, engine = 0;
  std::string sha256, source, media_type, state, reason;
  Reading reading;  ///< without tokens, sentences, and the spans of times, which the store does not keep; ids are those of the rows
};

/// Loads readings, one after another, by statements that it has ready.
class ReadingLoader {
 public:
  explicit ReadingLoader(Database& database);
  ReadingLoader(ReadingLoader&&) noexcept;
  ~ReadingLoader();

  /// The document's reading; none where there is no such document. Of one that was not read, only its text and what is known of it.
  [[nodiscard]] std::optional<StoredReading> load(std::int64_t doc);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// One document's reading, by a loader of its own.
[[nodiscard]] std::optional<StoredReading> load_reading(Database& database, std::int64_t doc);

/// The document of that id, the first if there are several; 0 if there is none.
[[nodiscard]] std::int64_t find_document(Database& database, std::string_view id);

}  // namespace dragoman
