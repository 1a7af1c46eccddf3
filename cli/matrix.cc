// dragoman matrix: who stands where on what.
#include "cli/query.h"
#include "dragoman/store/matrix.h"
#include "dragoman/view/matrix_table.h"
#include "dragoman/view/relationship_json.h"

namespace dragoman::cli {

int run_matrix(Arguments arguments) {
  App app("Shows who stands where on which issue, how that has changed, and where two agree.", "dragoman matrix");
  QueryOptions options;
  options.add_to(app, {.issue = true});
  if (const auto status = parse_arguments(app, arguments)) return *status;
  auto query = open_query(options);
  if (!query) return fail_with(query.error());
  Database& database = query->store.database();
  const bool whole = options.format == "json" || options.format == "jsonl";
  const auto& between = query->selection.between;
  const bool compared = between.size() == 2 && options.format == "text";
  std::vector<MatrixCell> cells = find_stances(database, query->selection, whole ? StanceSources::all : compared ? StanceSources::newest : StanceSources::turns);
  if (const auto ok = database.check(); !ok) return fail_with(ok.error());

  std::string out;
  if (whole) {
    if (options.limit != 0 && cells.size() > options.limit) cells.resize(options.limit);
    append_matrix_json(cells, options.format == "json", out);
    return print(out);
  }
  Table table = compared ? comparison_table(compare_stances(cells, between[0], between[1]), between[0], between[1]) : matrix_table(cells);
  say_if_empty(table, options);
  limit_rows(table, options);
  append_table(table, table_options(options.format), out);
  return print(out);
}

}  // namespace dragoman::cli
