// dragoman cluster: which documents of a store are tellings of one story, and corrections of that.
#include <cstdio>

#include "cli/query.h"
#include "dragoman/store/clusters.h"

namespace dragoman::cli {
namespace {

/// A document named by its number, its id or the first characters of its sha256.
Result<DocumentKey> find_document(Database& database, const std::string& name) {
  Query query = database.prepare("SELECT doc FROM documents WHERE CAST(doc AS TEXT)=?1 OR id=?1 OR (length(?1) >= 8 AND sha256 GLOB ?1 || '*') LIMIT 2");
  query.bind(1, name);
  DocumentKey found = 0;
  std::size_t count = 0;
  while (query.step()) {
    found = query.integer(0);
    ++count;
  }
  if (count == 1) return found;
  return fail(ErrorCode::not_found, database.path().string(), count == 0 ? ": no document " : ": more than one document ", name,
              "; `dragoman cluster DB` shows their numbers");
}

using Kind = Column::Kind;

/// A row for each of the query's, cell by cell.
void fill(Table& table, Query query) {
  while (query.step()) {
    std::vector<std::string>& row = table.rows.emplace_back();
    for (int column = 0; column < query.columns(); ++column) row.emplace_back(query.text(column));
  }
}

Table clusters_table(Database& database) {
  Table table{.columns = {{.name = "cluster", .kind = Kind::number},
                          {.name = "doc", .kind = Kind::number},
                          {.name = "document", .for_people = false},
                          {.name = "published"},
                          {.name = "outlet", .least = 8},
                          {.name = "title", .least = 20},
                          {.name = "source", .least = 16}},
              .rows = {}};
  fill(table, database.prepare("SELECT cluster, doc, id, published, outlet, title, source FROM documents WHERE cluster IN "
                               "(SELECT cluster FROM documents GROUP BY cluster HAVING count(*) > 1) ORDER BY cluster, published, doc"));
  return table;
}

Table edits_table(Database& database) {
  Table table{.columns = {{.name = "edit", .kind = Kind::number}, {.name = "kind"}, {.name = "doc", .kind = Kind::number}, {.name = "other", .kind = Kind::number}}, .rows = {}};
  fill(table, database.prepare("SELECT edit, kind, doc, other FROM cluster_edits ORDER BY edit"));
  return table;
}

}  // namespace

int run_cluster(Arguments arguments) {
  App app("Shows the clusters of a store: documents that tell one story (copies, cuts, light rewrites). Corrections are kept, go before what the texts "
          "say, and can be undone. A document is named by its number, its id, or eight or more characters of its sha256.",
          "dragoman cluster");
  QueryOptions options;
  std::string split, undo;
  std::vector<std::string> merge;
  bool edits = false;
  options.add_to(app, {.between = false, .of = false, .window = false, .outlet = false});
  app.add_option("--split", split, "take this document out of its cluster; it stays alone, also when more tellings come");
  app.add_option("--merge", merge, "put the clusters of two documents together: --merge A B");
  app.add_flag("--edits", edits, "list the corrections: number, kind, documents");
  app.add_option("--undo", undo, "take back the correction of that number");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  if (!merge.empty() && merge.size() != 2) {
    std::fputs("dragoman: --merge takes two documents\n", stderr);
    return 2;
  }
  const bool writes = !split.empty() || !merge.empty() || !undo.empty();
  auto store = writes ? Store::open_for_editing(options.store) : Store::open_for_reading(options.store);
  if (!store) return fail_with(store.error());
  Database& database = store->database();
  Result<void> done;
  if (!split.empty()) {
    const auto doc = find_document(database, split);
    if (!doc) return fail_with(doc.error());
    done = split_cluster(database, *doc);
  }
  if (done && !merge.empty()) {
    const auto doc = find_document(database, merge[0]), other = find_document(database, merge[1]);
    if (!doc || !other) return fail_with(doc ? other.error() : doc.error());
    done = merge_clusters(database, *doc, *other);
  }
  if (done && !undo.empty()) done = undo_cluster_edit(database, std::atoll(undo.c_str()));
  if (!done) return fail_with(done.error());
  if (writes && !edits) return 0;
  Table table = edits ? edits_table(database) : clusters_table(database);
  if (const auto ok = database.check(); !ok) return fail_with(ok.error());
  if (table.rows.empty() && options.format == "text")
    std::fprintf(stderr, edits ? "dragoman: no corrections in %s\n" : "dragoman: no document in %s tells a story that another one tells, too\n", options.store.c_str());
  limit_rows(table, options);
  std::string out;
  append_table(table, table_options(options.format), out);
  return print(out);
}

}  // namespace dragoman::cli
