#include "dragoman/view/layouts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

/// A mistake in an embedded table is a mistake in the program.
[[noreturn]] void die(const std::string& message) {
  std::fprintf(stderr, "dragoman: %s\n", message.c_str());
  std::abort();
}

std::vector<TsvRow> rows_of(std::string_view path, const std::vector<std::string_view>& columns) {
  const Result<TsvTable> table = parse_tsv(embedded_data(path), "data/" + std::string(path), columns);
  if (!table) die(table.error().message);
  return table->rows;
}

std::vector<Layout> read_layouts() {
  std::vector<Layout> layouts;
  for (const TsvRow& row : rows_of("schema/layouts.tsv", {"layout", "form", "missing", "meaning"}))
    layouts.push_back({.name = row.cells[0], .form = row.cells[1], .missing = row.cells[2], .meaning = row.cells[3], .columns = {}});
  for (const TsvRow& row : rows_of("schema/columns.tsv", {"layout", "column", "meaning"})) {
    const auto layout = std::find_if(layouts.begin(), layouts.end(), [&](const Layout& it) { return it.name == row.cells[0]; });
    if (layout == layouts.end()) die("data/schema/columns.tsv:" + std::to_string(row.line) + ": no such layout");
    layout->columns.push_back({row.cells[1], row.cells[2]});
  }
  return layouts;
}

}  // namespace

const std::vector<Layout>& all_layouts() {
  static const std::vector<Layout> layouts = read_layouts();
  return layouts;
}

const Layout& layout_of(std::string_view name) {
  const std::vector<Layout>& layouts = all_layouts();
  const auto found = std::find_if(layouts.begin(), layouts.end(), [&](const Layout& it) { return it.name == name; });
  if (found == layouts.end()) die("data/schema/layouts.tsv: no layout " + std::string(name));
  return *found;
}

std::vector<const Layout*> find_layouts(std::string_view word) {
  std::vector<const Layout*> found;
  for (const Layout& layout : all_layouts()) {
    std::string_view table = layout.name;
    if (table.starts_with("store.")) table.remove_prefix(6);
    if (table.ends_with(".csv")) table.remove_suffix(4);
    if (word == layout.name || word == table) found.push_back(&layout);
  }
  return found;
}

const std::vector<LayoutNote>& layout_notes() {
  static const std::vector<LayoutNote> notes = [] {
    std::vector<LayoutNote> all;
    for (const TsvRow& row : rows_of("schema/notes.tsv", {"topic", "note"})) all.push_back({row.cells[0], row.cells[1]});
    return all;
  }();
  return notes;
}

}  // namespace dragoman
