// Table: rows for people (aligned, wrapped to the terminal) and for programs (CSV, JSON lines, JSON), from the same cells.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman {

enum class TableFormat : unsigned char { text, csv, jsonl, json };

[[nodiscard]] std::optional<TableFormat> table_format_of(std::string_view name);

struct Column {
  enum class Kind : unsigned char {
    text,    ///< JSON: a string, null where empty
    number,  ///< right-aligned; JSON: a number, null where empty
    list,    ///< cell values joined by "; "; JSON: an array of strings
    json,    ///< JSON as it stands
  };
  std::string name;           ///< in CSV and JSON; the heading for people, "_" shown as a blank
  Kind kind = Kind::text;
  bool for_people = true;     ///< shown in text
  bool for_programs = true;   ///< written as CSV and JSON
  unsigned least = 0;         ///< columns that it may shrink to where the terminal is narrow; 0: it keeps its width
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  ///< a cell for each column
};

struct TableOptions {
  TableFormat format = TableFormat::text;
  bool colours = false;
  unsigned width = 100;
};

/// CSV as RFC 4180 has it, with a heading; cells that a spreadsheet would take for a formula are led by an apostrophe. Control
/// characters of the stories are shown as blanks to people.
void append_table(const Table& table, const TableOptions& options, std::string& out);

/// Joins for a `list` cell.
[[nodiscard]] std::string list_cell(const std::vector<std::string>& values);

}  // namespace dragoman
