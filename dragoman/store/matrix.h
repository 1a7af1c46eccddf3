// Matrix: who stands where on what, with every stance that was ever reported.
//
//   positions of all stories  ->  cells (holder x issue)  ->  find_stances(), compare_stances()
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/store/selection.h"
#include "dragoman/store/source.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

struct StanceReport {
  std::string polarity;        ///< for, against, mixed
  std::string act;
  std::int64_t day = 0;
  std::vector<std::string> target;  ///< refs
  Source source;
};

/// A stance that was given up for another: steps of the history.
struct StanceChange {
  std::size_t from, to;
};

struct MatrixCell {
  std::string holder;          ///< a party, else the ref of a person
  std::string name;            ///< of the holder
  std::string issue;           ///< as most stories word it
  std::string issue_key;       ///< the catalogue's id, else the words that count
  std::string polarity;        ///< the latest; "mixed" where one day's reports differ
  std::vector<StanceReport> history;   ///< oldest first
  std::vector<StanceChange> changes;   ///< a fact of their own
};

/// Cells whose holder the selection names (--between and --of alike; all if none), by issue, then holder. A window of time keeps cells
/// that were reported in it, with their history up to its end.
[[nodiscard]] std::vector<MatrixCell> find_stances(Database& database, const Selection& selection);

/// Two holders on one issue.
struct StancePair {
  enum class Kind : unsigned char { agree, differ, one_is_silent };
  Kind kind;
  std::string issue, issue_key;
  const MatrixCell* one = nullptr;    ///< null: silent, which is no stance
  const MatrixCell* other = nullptr;
  struct At {
    std::string date;
    bool agree;
  };
  std::vector<At> history;            ///< each day on which one of them spoke, once both had
};

/// Pairs the cells of two holders, in the order of the issues; views into `cells`. "mixed" agrees with "mixed" alone.
[[nodiscard]] std::vector<StancePair> compare_stances(const std::vector<MatrixCell>& cells, const std::string& one, const std::string& other);

[[nodiscard]] std::string_view to_string(StancePair::Kind kind);

}  // namespace dragoman
