// Facts: what the derived tables say of one document, worked out from its findings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dragoman/base/span.h"
#include "dragoman/store/sqlite.h"
#include "dragoman/store/wording.h"

namespace dragoman {

/// An item concerns a party (b = "") or two of them (a < b).
struct Concern {
  std::string a, b;
  char layer;
  std::int64_t item;
  std::string kind;  ///< of events, the type
};

struct MonthlyEvent {
  std::string a, b;
  std::int64_t month;
  std::string quad;
  bool claimed;
  std::int64_t scored, goldstein;  ///< 0 or 1, and the score in tenths
};

struct Telling {
  Wording wording;
  std::int64_t item;
  std::string stage;
  std::int64_t due;
};

struct Cell {
  std::string holder, issue;
  std::int64_t item;
  std::string polarity;
};

struct Session {
  std::int64_t body;
  int ordinal;
  ByteSpan words;
};

struct Facts {
  std::int64_t day = 0;
  std::vector<Concern> concerns;
  std::vector<MonthlyEvent> months;
  std::vector<Telling> tellings;
  std::vector<Cell> cells;
  std::vector<Session> sessions;
};

/// The parties that a wording concerns, each and by twos: rows of layer 'w'.
[[nodiscard]] std::vector<Concern> concerns_of(const Wording& wording, std::int64_t item);

/// Works the facts out. Holds its prepared statements.
class FactFinder {
 public:
  explicit FactFinder(Database& database);
  [[nodiscard]] Facts find(std::int64_t doc);

 private:
  Query document_, entities_, mentions_, parties_, statements_, events_, commitments_, positions_, corrections_;
};

}  // namespace dragoman
