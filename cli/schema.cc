// dragoman schema: what every column of every table and layout holds.
#include "cli/query.h"
#include "dragoman/view/layouts.h"

namespace dragoman::cli {
namespace {

Table list_of_layouts() {
  Table table{.columns = {{.name = "layout"}, {.name = "form", .least = 16}, {.name = "missing", .least = 8}, {.name = "a_row_is", .least = 30}, {.name = "columns", .kind = Column::Kind::number}}, .rows = {}};
  for (const Layout& it : all_layouts())
    table.rows.push_back({std::string(it.name), std::string(it.form), std::string(it.missing), std::string(it.meaning), std::to_string(it.columns.size())});
  return table;
}

Table list_of_notes() {
  Table table{.columns = {{.name = "topic"}, {.name = "note", .least = 30}}, .rows = {}};
  for (const LayoutNote& it : layout_notes()) table.rows.push_back({std::string(it.topic), std::string(it.note)});
  return table;
}

Table columns_of(const std::vector<const Layout*>& layouts) {
  Table table{.columns = {{.name = "layout", .for_people = false}, {.name = "n", .kind = Column::Kind::number}, {.name = "column"}, {.name = "meaning", .least = 30}}, .rows = {}};
  for (const Layout* layout : layouts)
    for (std::size_t i = 0; i < layout->columns.size(); ++i)
      table.rows.push_back({std::string(layout->name), std::to_string(i + 1), std::string(layout->columns[i].name), std::string(layout->columns[i].meaning)});
  return table;
}

}  // namespace

int run_schema(Arguments arguments) {
  App app("Explains the columns of the store's tables and of everything that `dragoman export` writes. Without a name: lists them.", "dragoman schema");
  std::string word, format = "text";
  bool notes = false;
  app.add_option("TABLE", word, "events, events.csv, store.events, polecat, gdelt, ...");
  app.add_flag("--notes", notes, "what holds for all layouts, and what is taken where codebooks disagree");
  app.add_option("--format", format, "text: for people; csv, jsonl, json: for programs")->check(OneOf{{"text", "csv", "jsonl", "json"}})->capture_default_str();
  if (const auto status = parse_arguments(app, arguments)) return *status;

  std::string out;
  const auto append = [&](const Table& table) { append_table(table, table_options(format), out); };
  const std::vector<const Layout*> layouts = find_layouts(word);
  if (!word.empty() && layouts.empty()) return fail_with({ErrorCode::misuse, "no table or layout \"" + word + "\"; `dragoman schema` lists them"});
  if (word.empty() && !notes) append(list_of_layouts());
  if (format == "text") {
    for (const Layout* layout : layouts) {
      if (!out.empty()) out += '\n';
      out.append(layout->name).append(" (").append(layout->form).append("; missing: ").append(layout->missing).append(")\n").append(layout->meaning).append("\n\n");
      append(columns_of({layout}));
    }
  } else if (!layouts.empty()) {
    append(columns_of(layouts));
  }
  if (notes) {
    if (!out.empty()) out += '\n';
    append(list_of_notes());
  }
  return print(out);
}

}  // namespace dragoman::cli
