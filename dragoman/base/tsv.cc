#include "dragoman/base/tsv.h"

#include <cstdio>
#include <cstdlib>

#include "dragoman/base/embedded.h"

namespace dragoman {
namespace {

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

}  // namespace

Result<TsvTable> parse_tsv(std::string_view text, std::string name, const std::vector<std::string_view>& columns) {
  TsvTable table{.name = std::move(name), .columns = {}, .rows = {}};
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string_view> cells = cells_of(line);
    if (table.columns.empty()) {
      if (cells != columns)
        return fail(ErrorCode::malformed, table.name, ":", number, ": columns are \"", joined(cells), "\", expected \"",
                    joined(columns), "\"");
      table.columns = std::move(cells);
      continue;
    }
    if (cells.size() != columns.size())
      return fail(ErrorCode::malformed, table.name, ":", number, ": ", cells.size(), " cells, expected ", columns.size());
    table.rows.push_back({std::move(cells), number});
  }
  return table;
}

std::vector<std::string_view> embedded_words(std::string_view path, std::string_view column) {
  const Result<TsvTable> table = parse_tsv(embedded_data(path), "data/" + std::string(path), {column});
  if (!table) {
    std::fprintf(stderr, "dragoman: %s\n", table.error().message.c_str());
    std::abort();
  }
  std::vector<std::string_view> words;
  for (const TsvRow& row : table->rows) words.push_back(row.cells[0]);
  return words;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    std::string_view piece = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (piece.starts_with(' ')) piece.remove_prefix(1);
    while (piece.ends_with(' ')) piece.remove_suffix(1);
    if (!piece.empty()) pieces.push_back(piece);
  }
  return pieces;
}

}  // namespace dragoman
