#include "dragoman/view/table.h"

#include <algorithm>

#include "dragoman/base/json.h"
#include "dragoman/base/utf8.h"
#include "dragoman/view/terminal.h"

namespace dragoman {
namespace {

constexpr std::string_view separator = "; ";

std::string heading_of(const Column& column) {
  std::string heading = column.name;
  std::replace(heading.begin(), heading.end(), '_', ' ');
  return heading;
}

/// Lines of at most `width` columns; a word that is longer is cut in two.
std::vector<std::string> wrapped(const std::string& cell, unsigned width) {
  std::vector<std::string> lines(1);
  unsigned used = 0;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t end = std::min(cell.find(' ', at), cell.size());
    std::string word = cell.substr(at, end - at);
    const unsigned columns = columns_of(word);
    if (used > 0 && used + 1 + columns > width) lines.emplace_back(), used = 0;
    if (used > 0) lines.back() += ' ', ++used;
    if (columns > width) {
      for (std::size_t byte = 0; byte < word.size();) {
        const Utf8Character character = decode_utf8(word, byte);
        if (used == width) lines.emplace_back(), used = 0;
        lines.back().append(word, byte, character.size);
        used += columns_of(std::string_view(word).substr(byte, character.size));
        byte += character.size;
      }
    } else {
      lines.back() += word;
      used += columns;
    }
    at = end + 1;
  }
  return lines;
}

void append_for_people(const Table& table, const TableOptions& options, std::string& out) {
  std::vector<std::size_t> shown;
  std::vector<unsigned> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!table.columns[c].for_people) continue;
    unsigned width = columns_of(heading_of(table.columns[c]));
    for (const auto& row : table.rows) width = std::max(width, columns_of(one_line(row[c])));
    shown.push_back(c);
    widths.push_back(width);
  }
  // The widest column that may shrink gives way, again and again, until all fit.
  constexpr unsigned gap = 2;
  const auto total = [&] {
    unsigned sum = 0;
    for (const unsigned width : widths) sum += width + gap;
    return sum - gap;
  };
  while (!widths.empty() && total() > options.width) {
    std::size_t widest = shown.size();
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const unsigned least = table.columns[shown[i]].least;
      if (least != 0 && widths[i] > least && (widest == shown.size() || widths[i] > widths[widest])) widest = i;
    }
    if (widest == shown.size()) break;
    --widths[widest];
  }

  const auto write = [&](const auto& text_of, std::string_view before, std::string_view after) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      cells.push_back(wrapped(text_of(shown[i]), std::max(widths[i], 1u)));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string text;
      for (std::size_t i = 0; i < shown.size(); ++i) {
        const std::string cell = line < cells[i].size() ? cells[i][line] : "";
        const std::string blanks(widths[i] - std::min(widths[i], columns_of(cell)), ' ');
        const bool right = table.columns[shown[i]].kind == Column::Kind::number;
        text += right ? blanks + cell : cell + blanks;
        if (i + 1 < shown.size()) text.append(gap, ' ');
      }
      text.erase(text.find_last_not_of(' ') + 1);
      out.append(before).append(text).append(after) += '\n';
    }
  };
  write([&](std::size_t c) { return heading_of(table.columns[c]); }, options.colours ? "\033[1;36m" : "", options.colours ? "\033[0m" : "");
  for (const auto& row : table.rows) write([&](std::size_t c) { return one_line(row[c]); }, "", "");
}

void append_csv_cell(const std::string& cell, bool number, std::string& out) {
  std::string text = cell;
  if (!number && !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_csv(const Table& table, std::string& out) {
  const auto line = [&](const auto& cell_of, bool heading) {
    bool first = true;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (!table.columns[c].for_programs) continue;
      if (!first) out += ',';
      first = false;
      append_csv_cell(cell_of(c), !heading && table.columns[c].kind == Column::Kind::number, out);
    }
    out += "\r\n";
  };
  line([&](std::size_t c) -> const std::string& { return table.columns[c].name; }, true);
  for (const auto& row : table.rows) line([&](std::size_t c) -> const std::string& { return row[c]; }, false);
}

void append_object(const Table& table, const std::vector<std::string>& row, JsonWriter& json) {
  json.begin_object();
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Column& column = table.columns[c];
    if (!column.for_programs) continue;
    json.key(column.name);
    if (column.kind == Column::Kind::list) {
      json.begin_array();
      for (std::size_t at = 0; at < row[c].size();) {
        const std::size_t end = std::min(row[c].find(separator, at), row[c].size());
        json.string(std::string_view(row[c]).substr(at, end - at));
        at = end + separator.size();
      }
      json.end_array();
    } else if (column.kind == Column::Kind::text || row[c].empty()) {
      json.string_or_null(row[c]);
    } else {
      json.raw(row[c]);
    }
  }
  json.end_object();
}

}  // namespace

std::optional<TableFormat> table_format_of(std::string_view name) {
  if (name == "text") return TableFormat::text;
  if (name == "csv") return TableFormat::csv;
  if (name == "jsonl") return TableFormat::jsonl;
  if (name == "json") return TableFormat::json;
  return std::nullopt;
}

void append_table(const Table& table, const TableOptions& options, std::string& out) {
  if (options.format == TableFormat::text) return append_for_people(table, options, out);
  if (options.format == TableFormat::csv) return append_csv(table, out);
  const bool array = options.format == TableFormat::json;
  if (array) out += '[';
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (array && i > 0) out += ',';
    if (array) out += '\n';
    JsonWriter json(out);
    append_object(table, table.rows[i], json);
    if (!array) out += '\n';
  }
  if (array) out += table.rows.empty() ? "]\n" : "\n]\n";
}

std::string list_cell(const std::vector<std::string>& values) {
  std::string cell;
  for (const std::string& value : values) cell.append(cell.empty() ? "" : separator).append(value);
  return cell;
}

}  // namespace dragoman
