// Query: what the commands that look into a store have in common: which store, which findings, in which form.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "dragoman/store/selection.h"
#include "dragoman/store/store.h"
#include "dragoman/view/table.h"

namespace dragoman::cli {

/// Which of the options a command has, beside DB, --format and --limit.
struct QueryShape {
  bool between = true, of = true, window = true, outlet = true;
  bool undertakings = false;  ///< --sector, --stage, --on
  bool issue = false;
  bool table = true;          ///< --format, --limit
};

/// The words of a query. Add the options, parse, open.
struct QueryOptions {
  std::string store;
  std::vector<std::string> between;
  std::string of, sector, stage, issue, outlet, since, until, on;
  std::string format = "text";
  std::size_t limit = 0;
  std::filesystem::path knowledge;

  void add_to(App& app, const QueryShape& shape);
};

/// A store that is open, with the selection made of the options' words.
struct OpenQuery {
  Store store;
  Selection selection;
  std::int64_t on = 0;  ///< the day by which deadlines are over
};

/// Opens the store for reading and understands the words (store/selection_words.h).
[[nodiscard]] Result<OpenQuery> open_query(const QueryOptions& options);
/// The same of a store that is open already.
[[nodiscard]] Result<OpenQuery> make_query(Store store, const QueryOptions& options);

/// Colours and width of the terminal, if standard output is one (and NO_COLOR isn't set).
[[nodiscard]] TableOptions table_options(const std::string& format);

/// How many rows are shown: --limit, or 200 for people and all (0) for programs.
[[nodiscard]] std::size_t row_limit(const QueryOptions& options);

/// Says on standard error that there are more than are shown. `all`: how many there are, 0 if that is not known.
void say_cut(std::size_t shown, std::size_t all, const char* what);

/// Cuts a table to the rows that are shown, saying so.
void limit_rows(Table& table, const QueryOptions& options);

/// For people: says on standard error that there is nothing, where the table has no rows.
void say_if_empty(const Table& table, const QueryOptions& options);

/// Writes to standard output; exit status.
int print(const std::string& text);
/// Prints the message; exit status 1, or 2 for misuse.
int fail_with(const Error& error);

}  // namespace dragoman::cli
