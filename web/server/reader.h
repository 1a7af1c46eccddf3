// Reader: reads a story on the spot, with an engine that is loaded when it is first asked for.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "dragoman/dragoman.h"
#include "dragoman/store/store.h"

namespace dragoman::web {

struct ReadOnTheSpot {
  Reading reading;
  std::string unread;  ///< why it was not read ("language: de"); "" if it was
  Provenance provenance;
};

class Reader {
 public:
  explicit Reader(EngineOptions options);
  ~Reader();

  /// Are model and knowledge there?
  [[nodiscard]] bool is_possible() const { return possible_; }
  /// Reads it on a thread of its own. `over_limit` where it takes longer than a reader waits; `busy` where two others are at it, or at
  /// stories that took too long.
  [[nodiscard]] Result<ReadOnTheSpot> read(std::string bytes, bool html, DocumentInfo info);
  /// Of the engine that it reads with.
  [[nodiscard]] Result<EngineIdentity> identity();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;  ///< also of readings that nobody waits for any more
  bool possible_ = false;
};

}  // namespace dragoman::web
