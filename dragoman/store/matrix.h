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
  std::string issue;           ///< as most of the newest stories word it
  std::string issue_key;       ///< the catalogue's id, else the words that count
  std::string polarity;        ///< the latest; "mixed" where one day's reports differ
  std::vector<StanceReport> history;   ///< oldest first; where a source was not looked up, its document is ""
  std::vector<StanceChange> changes;   ///< a fact of their own
};

/// Which reports of a cell's history come with targets and source: looking them up is most of the work.
enum class StanceSources : unsigned char {
  all,
  recent,  ///< the newest 200; of the others polarity and day alone
  turns,   ///< the newest, and those of the last change (or the first), likewise
  newest,  ///< the newest alone, likewise
};

/// Cells whose holder the selection names (--between and --of alike; all if none), by issue, then holder. A window of time keeps cells
/// that were reported in it, with their history up to its end.
[[nodiscard]] std::vector<MatrixCell> find_stances(Database& database, const Selection& selection, StanceSources wanted = StanceSources::all);

/// An issue, with how many hold a stance on it.
struct IssueRow {
  std::int64_t issue = 0;      ///< issues.issue
  std::string key, name;       ///< as in MatrixCell
  std::int64_t holders = 0, reports = 0;
};
/// Issues on which the selection's holders (all, if none) were reported to stand, most holders first; `issue` of the selection narrows them
/// down. Names are left empty: `name_issue` is asked for those that are shown.
[[nodiscard]] std::vector<IssueRow> count_issues(Database& database, const Selection& selection);
struct Holders {
  std::vector<std::string> first;  ///< refs
  std::int64_t all = 0;            ///< how many there are
};
/// Those of whom most stances are reported (on that issue, or on any: 0): states and bodies that are known by name before people and others.
[[nodiscard]] Holders busiest_holders(Database& database, std::int64_t issue, std::size_t most);
/// As most of the first hundred reports word it.
[[nodiscard]] std::string name_issue(Database& database, std::int64_t issue);
/// Is its key the catalogue's?
[[nodiscard]] bool is_catalogued(Database& database, const IssueRow& row);
/// issues.issue; 0 if there is none of that key.
[[nodiscard]] std::int64_t find_issue(Database& database, std::string_view key);
/// The cells of one issue, by holder; of the selection's holders only, if it names any.
[[nodiscard]] std::vector<MatrixCell> find_stances_on(Database& database, std::int64_t issue, const Selection& selection,
                                                       StanceSources wanted = StanceSources::all);

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
