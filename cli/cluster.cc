// dragoman cluster: which documents of a store are tellings of one story, and corrections of that.
#include <cstdio>

#include "cli/arguments.h"
#include "cli/stream.h"
#include "dragoman/store/clusters.h"
#include "dragoman/store/store.h"

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

void print_text(Query& query, int column, const char* before) {
  const std::string_view text = query.text(column);
  if (!text.empty()) std::printf("%s%.*s", before, static_cast<int>(text.size()), text.data());
}

void print_clusters(Database& database) {
  Query query = database.prepare(
      "SELECT cluster, doc, id, published, outlet, title, source FROM documents WHERE cluster IN "
      "(SELECT cluster FROM documents GROUP BY cluster HAVING count(*) > 1) ORDER BY cluster, published, doc");
  std::int64_t present = 0;
  while (query.step()) {
    if (query.integer(0) != present) std::printf("%scluster %lld\n", present == 0 ? "" : "\n", static_cast<long long>(query.integer(0)));
    present = query.integer(0);
    std::printf("  %8lld", static_cast<long long>(query.integer(1)));
    print_text(query, 3, "  ");
    print_text(query, 4, "  ");
    print_text(query, 5, "  ");
    print_text(query, 6, "  ");
    std::printf("\n");
  }
}

void print_edits(Database& database) {
  Query query = database.prepare("SELECT edit, kind, doc, other FROM cluster_edits ORDER BY edit");
  while (query.step()) {
    std::printf("%lld\t%s\t%lld", static_cast<long long>(query.integer(0)), std::string(query.text(1)).c_str(), static_cast<long long>(query.integer(2)));
    if (!query.is_null(3)) std::printf("\t%lld", static_cast<long long>(query.integer(3)));
    std::printf("\n");
  }
}

}  // namespace

int run_cluster(Arguments arguments) {
  App app("Shows the clusters of a store: documents that tell one story (copies, cuts, light rewrites). Corrections are kept, go before what the texts "
          "say, and can be undone. A document is named by its number, its id, or eight or more characters of its sha256.",
          "dragoman cluster");
  std::string path, split, undo;
  std::vector<std::string> merge;
  bool edits = false;
  app.add_option("DB", path, "the store")->required();
  app.add_option("--split", split, "take this document out of its cluster; it stays alone, also when more tellings come");
  app.add_option("--merge", merge, "put the clusters of two documents together: --merge A B");
  app.add_flag("--edits", edits, "list the corrections: number, kind, documents");
  app.add_option("--undo", undo, "take back the correction of that number");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  const auto refuse = [](const Error& error) {
    std::fputs(message_line(error.message).c_str(), stderr);
    return 1;
  };
  if (!merge.empty() && merge.size() != 2) {
    std::fputs("dragoman: --merge takes two documents\n", stderr);
    return 2;
  }
  const bool writes = !split.empty() || !merge.empty() || !undo.empty();
  auto store = writes ? Store::open_for_editing(path) : Store::open_for_reading(path);
  if (!store) return refuse(store.error());
  Database& database = store->database();
  Result<void> done;
  if (!split.empty()) {
    const auto doc = find_document(database, split);
    if (!doc) return refuse(doc.error());
    done = split_cluster(database, *doc);
  }
  if (done && !merge.empty()) {
    const auto doc = find_document(database, merge[0]), other = find_document(database, merge[1]);
    if (!doc || !other) return refuse(doc ? other.error() : doc.error());
    done = merge_clusters(database, *doc, *other);
  }
  if (done && !undo.empty()) done = undo_cluster_edit(database, std::atoll(undo.c_str()));
  if (!done) return refuse(done.error());
  if (edits)
    print_edits(database);
  else if (!writes)
    print_clusters(database);
  if (const auto ok = database.check(); !ok) return refuse(ok.error());
  return 0;
}

}  // namespace dragoman::cli
