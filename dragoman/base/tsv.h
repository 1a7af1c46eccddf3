// TSV: the readable tables under data/. `#` lines are comments; the first other line names the columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"

namespace dragoman {

struct TsvRow {
  std::vector<std::string_view> cells;  ///< one for each column; views into the table's text
  std::size_t line;                     ///< in the file, from 1
};

struct TsvTable {
  std::string name;  ///< for messages: the file
  std::vector<std::string_view> columns;
  std::vector<TsvRow> rows;
};

/// Reads a table with exactly these columns, in this order. `text` must outlive the table. A row with another number of cells, or
/// another header, is `malformed`, with file and line.
[[nodiscard]] Result<TsvTable> parse_tsv(std::string_view text, std::string name, const std::vector<std::string_view>& columns);

/// The words of the embedded table data/`path`, whose one column has that name; in its order. A mistake in the table is one in our own code: aborts.
[[nodiscard]] std::vector<std::string_view> embedded_words(std::string_view path, std::string_view column);

/// Pieces of `text` between separators, empty ones left out, blanks around them cut.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace dragoman
