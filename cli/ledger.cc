// dragoman ledger: undertakings, and what has become of them.
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
  std::vector<LedgerEntry> entries = find_undertakings(database, query->selection, query->on);
  if (const auto ok = database.check(); !ok) return fail_with(ok.error());

  std::string out;
  if (options.format == "json" || options.format == "jsonl") {
    if (options.limit != 0 && entries.size() > options.limit) entries.resize(options.limit);
    append_ledger_json(entries, options.format == "json", out);
    return print(out);
  }
  Table table = history ? history_table(entries) : ledger_table(entries);
  say_if_empty(table, options);
  limit_rows(table, options);
  append_table(table, table_options(options.format), out);
  return print(out);
}

}  // namespace dragoman::cli
