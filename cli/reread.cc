// dragoman reread: the documents of a store, read anew by this version.
//
//   texts of the store -> read, on all threads -> one writer, in order, commit by commit
#include <oneapi/tbb/enumerable_thread_specific.h>

#include <cstdio>
#include <optional>

#include "cli/arguments.h"
#include "cli/document_limits.h"
#include "cli/query.h"
#include "cli/stream.h"
#include "dragoman/dragoman.h"
#include "dragoman/store/review.h"
#include "dragoman/store/store.h"

namespace dragoman::cli {
namespace {

constexpr std::size_t batch_documents = 64;

struct Item {
  DocumentKey doc = 0;
  std::string text;
  DocumentInfo info;
  std::optional<Reading> reading;
  bool late = false;  ///< not read in time
};

std::vector<DocumentKey> documents_to_read(Database& database, std::int64_t engine, bool all) {
  Query query = database.prepare("SELECT doc FROM documents WHERE state='read' AND (?1 OR engine IS NOT ?2) ORDER BY doc");
  query.bind(1, std::int64_t{all}).bind(2, engine);
  std::vector<DocumentKey> docs;
  while (query.step()) docs.push_back(query.integer(0));
  return docs;
}

}  // namespace

int run_reread(Arguments arguments) {
  App app("Reads the documents of a store anew, those that an older version or other knowledge has read. Reviews stay in force. What was done "
          "stays done when it is interrupted; run it again to go on.",
          "dragoman reread");
  std::string path;
  unsigned threads = 0;
  bool all = false;
  EngineOptions options;
  app.add_option("DB", path, "the store")->required();
  app.add_flag("--all", all, "also those that this version has read");
  app.add_option("--threads", threads, "how many threads; 0: one a core")->capture_default_str();
  double seconds = limits::document_seconds;
  add_time_limit(app, seconds, ". One that takes longer keeps its old reading");
  app.add_option("--model", options.model, "the packed model");
  app.add_option("--knowledge", options.overlays, "a folder of knowledge tables that win over the built-in ones");
  app.add_option("--knowledge-file", options.knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;

  auto texts = Store::open_for_reading(path);  // beside the writer, for the texts
  if (!texts) return fail_with(texts.error());
  const auto engine = Engine::open(options);
  if (!engine) return fail_with(engine.error());
  const auto identity = engine->identity();
  if (!identity) return fail_with(identity.error());
  auto store = Store::open_for_writing(path, *identity);
  if (!store) return fail_with(store.error());

  const std::vector<DocumentKey> docs = documents_to_read(store->database(), store->engine(), all);
  Query text = texts->database().prepare("SELECT text,id,title,outlet,url,published,dateline,language FROM documents WHERE doc=?");
  std::size_t next = 0, done = 0, late = 0;
  std::optional<Error> error;
  oneapi::tbb::enumerable_thread_specific<Engine::Scratch> scratch;
  const auto fetch = [&]() -> std::optional<Item> {
    if (next == docs.size() || error) return std::nullopt;
    Item item;
    item.doc = docs[next++];
    if (text.bind(1, item.doc).step()) {
      item.text = text.text(0);
      item.info = {.id = std::string(text.text(1)), .title = std::string(text.text(2)), .outlet = std::string(text.text(3)), .url = std::string(text.text(4)),
                   .published = std::string(text.text(5)), .dateline = std::string(text.text(6)), .language = std::string(text.text(7))};
    }
    text.run();
    return item;
  };
  const auto read = [&](Item item) -> Item {
    item.reading.emplace(engine->read(std::move(item.text), std::move(item.info), scratch.local(), Deadline::in_seconds(seconds)));
    item.late = item.reading->cut_short;
    return item;
  };
  const auto write = [&](Item item) {
    if (error) return;
    if (item.late) {
      ++late;
      std::fputs(message_line(over_time_message("document " + std::to_string(item.doc), seconds)).c_str(), stderr);
      return;
    }
    store->replace(item.doc, *item.reading);
    if (++done % batch_documents != 0) return;
    if (auto ok = store->commit(); !ok) error = ok.error();
  };
  run_pipeline(threads, fetch, read, write);
  if (!error && done > 0) reapply_merges(*store);
  if (auto ok = store->commit(); !error && !ok) error = ok.error();
  if (auto ok = texts->database().check(); !error && !ok) error = ok.error();
  if (error) return fail_with(*error);
  std::fprintf(stderr, "dragoman: %zu documents read anew in %s\n", done, path.c_str());
  return late > 0 ? 1 : 0;
}

}  // namespace dragoman::cli
