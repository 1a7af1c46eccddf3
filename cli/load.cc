// dragoman load: readings that were written before, or by another program, into a store.
#include <cstdio>
#include <filesystem>

#include "cli/arguments.h"
#include "cli/inputs.h"
#include "cli/stream.h"
#include "dragoman/base/sha256.h"
#include "dragoman/store/store.h"
#include "dragoman/view/reading_rows.h"

namespace dragoman::cli {

int run_load(Arguments arguments) {
  App app("Adds readings to a store: JSON lines as `dragoman read --format jsonl` writes them.", "dragoman load");
  std::string path;
  std::vector<std::string> files;
  app.add_option("DB", path, "the store; made if it is not there")->required();
  app.add_option("FILE", files, "files, or - for standard input (the default)");
  if (const auto status = parse_arguments(app, arguments)) return *status;

  Result<Store> store = Store::open_for_writing(path, {.version = DRAGOMAN_VERSION, .model = "readings", .knowledge = "readings"});
  if (!store) {
    std::fputs(message_line(store.error().message).c_str(), stderr);
    return 1;
  }
  InputReader inputs(std::move(files), {.format = InputFormat::jsonl, .document_bytes = 100u << 20, .info = {}});
  std::size_t added = 0;
  bool failed = false;
  while (auto raw = inputs.next()) {
    Result<Reading> reading = raw->error ? tl::unexpected(*raw->error) : parse_reading_json(raw->bytes);
    if (!reading) {
      std::fputs(message_line(raw->error ? reading.error().message : raw->where + ": " + reading.error().message).c_str(), stderr);
      failed = true;
      continue;
    }
    const std::string_view text = reading->document.text();
    Provenance provenance;
    provenance.sha256 = sha256_hex(text);
    provenance.source = raw->where;
    provenance.bytes = text.size();
    store->add(*reading, provenance);
    ++added;
  }
  if (const auto done = store->settle(); !done) {
    std::fputs(message_line(done.error().message).c_str(), stderr);
    return 1;
  }
  std::fprintf(stderr, "dragoman: %zu readings in %s\n", added, path.c_str());
  return failed ? 1 : 0;
}

}  // namespace dragoman::cli
