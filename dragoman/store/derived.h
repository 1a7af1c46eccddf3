// Derived: the tables that queries go through, kept up document by document: who is concerned by what, the ledger's wordings, the matrix's
// cells, months, sessions. All of it can be made again from the findings.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dragoman/store/sqlite.h"

namespace dragoman {

class Derived {
 public:
  explicit Derived(Database& database);
  Derived(Derived&&) noexcept;
  Derived& operator=(Derived&&) noexcept;
  ~Derived();

  /// Sees to it that of the stories in the document's cluster just one is taken in: the earliest, among those of one day the longest. To be
  /// called after a document was added, and for each document of a cluster that was changed.
  void refresh(std::int64_t doc);
  /// Takes a document out; to be called before its findings or corrections change. `refresh` takes it, or a copy, in again.
  void remove(std::int64_t doc);
  /// Pairs of wordings' keys that a reader joined; those that were joined before and are not among them part again.
  void set_joins(const std::vector<std::pair<std::string, std::string>>& pairs);

 private:
  void add(std::int64_t doc);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dragoman
