// dragoman ledger: undertakings, and what has become of them.
#include <algorithm>

#include "cli/query.h"
#include "dragoman/store/ledger.h"
#include "dragoman/view/relationship_json.h"
#include "dragoman/view/ledger_table.h"

namespace dragoman::cli {

int run_ledger(Arguments arguments) {
  App app("Shows what was undertaken, and how far it has come: one row for each undertaking, however many stories tell of it.", "dragoman ledger");
  QueryOptions options;
  bool history = false;
  options.add_to(app, {.undertakings = true, .issue = true});
  app.add_flag("--history", history, "text, csv: one row for each stage that was reported, with the words");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  auto query = open_query(options);
  if (!query) return fail_with(query.error());
  Database& database = query->store.database();
  const Selection& selection = query->selection;
  const std::size_t limit = row_limit(options);
  const bool is_json = options.format == "json" || options.format == "jsonl";
  std::vector<LedgerEntry> entries;
  std::size_t all = 0;  // how many there are; 0: not known, or all are shown
  if (limit == 0) {
    entries = find_undertakings(database, selection, query->on);
  } else {
    const auto order = order_undertakings(database, selection);
    entries = newest_undertakings(database, order, selection, query->on, limit, is_json || history ? LedgerSources::all : LedgerSources::newest);
    const bool narrowed = !selection.sector.empty() || !selection.stage.empty() || !selection.issue.empty() || !selection.outlet.empty();
    if (!narrowed) all = static_cast<std::size_t>(std::count_if(order.begin(), order.end(), [&](const LedgerPlace& it) { return it.day >= selection.since; }));
  }
  if (const auto ok = database.check(); !ok) return fail_with(ok.error());

  std::string out;
  if (is_json) {
    append_ledger_json(entries, options.format == "json", out);
    return print(out);
  }
  Table table = history ? history_table(entries) : ledger_table(entries);
  say_if_empty(table, options);
  if (limit != 0 && entries.size() >= limit && all != entries.size()) say_cut(limit, all, "undertakings");
  if (limit != 0 && table.rows.size() > limit) {
    if (entries.size() < limit) say_cut(limit, table.rows.size(), "rows");
    table.rows.resize(limit);
  }
  append_table(table, table_options(options.format), out);
  return print(out);
}

}  // namespace dragoman::cli
