// Derived: the tables that queries go through: who is concerned by what, the ledger's wordings, the matrix's cells, months, sessions, and the
// search index. All of it can be made again from the findings. What `take` and `refresh` add is gathered and written by `finish`, in the order
// of the tables' keys, so that many documents at once cost little more than their bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dragoman/store/facts.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

class Derived {
 public:
  explicit Derived(Database& database);
  Derived(Derived&&) noexcept;
  Derived& operator=(Derived&&) noexcept;
  ~Derived();

  /// Takes a document in whose facts are known.
  void take(std::int64_t doc, const Facts& facts);
  /// The facts of a document where they are at hand, else null.
  using FactsAtHand = std::function<const Facts*(std::int64_t)>;
  /// Sees to it that of the stories in the document's cluster just one is taken in: the earliest, among those of one day the longest. To be
  /// called for each document of a cluster that was changed.
  void refresh(std::int64_t doc, const FactsAtHand& at_hand = [](std::int64_t) { return nullptr; });
  /// Takes a document out; to be called before its findings or corrections change. `refresh` takes it, or a copy, in again.
  void remove(std::int64_t doc);
  /// Pairs of wordings' keys that a reader joined; those that were joined before and are not among them part again.
  void set_joins(const std::vector<std::pair<std::string, std::string>>& pairs);
  /// Writes what was gathered. To be called before the transaction ends.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dragoman
