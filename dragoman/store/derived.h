// Derived: the tables that queries go through, kept up document by document: who is concerned by what, the ledger's wordings, the matrix's
// cells, months, sessions. All of it can be made again from the findings.
#pragma once

#include <cstdint>
#include <memory>

#include "dragoman/store/sqlite.h"

namespace dragoman {

class Derived {
 public:
  explicit Derived(Database& database);
  Derived(Derived&&) noexcept;
  Derived& operator=(Derived&&) noexcept;
  ~Derived();

  /// Takes in what was found in a document. Does nothing where it is no first telling (cluster <> doc) or was not read.
  void add(std::int64_t doc);
  /// Takes it out again; to be called before its findings, or its cluster, change.
  void remove(std::int64_t doc);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dragoman
