// dragoman brief: the state of a relationship, from a store or from one story.
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "cli/inputs.h"
#include "cli/query.h"
#include "dragoman/base/sha256.h"
#include "dragoman/dragoman.h"
#include "dragoman/store/dossier.h"
#include "dragoman/view/dossier_page.h"

namespace dragoman::cli {
namespace {

/// Does the file begin as SQLite's do (or is it not there, so that the store's message says so)?
bool is_store(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string head(15, '\0');
  if (!file.read(head.data(), 15)) return !file.is_open();
  return head == "SQLite format 3";
}

/// Reads a story into a store that is gone when the program ends.
Result<Store> store_of_story(const std::string& path, const DocumentInfo& info, const EngineOptions& engine_options) {
  const auto engine = Engine::open(engine_options);
  if (!engine) return tl::unexpected(engine.error());
  InputOptions options;
  options.info = info;
  InputReader inputs({path}, options);
  auto raw = inputs.next();
  if (!raw) return fail(ErrorCode::unreadable, path, ": nothing in it");
  auto input = parse_input(std::move(*raw), options);
  if (!input) return tl::unexpected(input.error());
  auto store = Store::open_in_memory();
  if (!store) return tl::unexpected(store.error());
  Engine::Scratch scratch;
  const Reading reading = engine->read(std::move(input->text), std::move(input->info), scratch);
  Provenance provenance;
  provenance.sha256 = sha256_hex(reading.document.text());
  provenance.source = path;
  provenance.bytes = reading.document.text().size();
  store->add(reading, provenance);
  if (auto ok = store->settle(); !ok) return tl::unexpected(ok.error());
  return store;
}

}  // namespace

int run_brief(Arguments arguments) {
  App app("Draws together what the stories tell of two states: meetings, bodies, commitments, positions, third parties, obstacles, timeline.", "dragoman brief");
  std::vector<std::string> words;
  std::string format = "text", since, until, on, outlet;
  DocumentInfo info;
  EngineOptions engine;
  app.add_option("DB ONE OTHER", words, "the store (or a story's file; left out: $DRAGOMAN_STORE, or dragoman.db), and two states: IRN TUR")->required();
  app.add_option("--since", since, "first day of publication: 2025-11-30, 2025-11, 2025");
  app.add_option("--until", until, "last day");
  app.add_option("--on", on, "the day by which a deadline is over (the newest story's, if not given)");
  app.add_option("--outlet", outlet, "only what this outlet reported");
  app.add_option("--format", format, "text, md, html (one file, no scripts), json")->check(OneOf{{"text", "md", "html", "json"}})->capture_default_str();
  app.add_option("--published", info.published, "for a story's file: the day it was published");
  app.add_option("--model", engine.model, "for a story's file: the packed model");
  app.add_option("--knowledge-file", engine.knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  if (words.size() == 2 && std::filesystem::exists(words[0])) return fail_with({ErrorCode::misuse, "name two states: dragoman brief " + words[0] + " IRN TUR"});
  if (words.size() == 2) {
    const char* set = std::getenv("DRAGOMAN_STORE");
    words.insert(words.begin(), set && *set ? set : "dragoman.db");
  }
  if (words.size() != 3) return fail_with({ErrorCode::misuse, "give a store and two states: dragoman brief stories.db IRN TUR"});

  QueryOptions options;
  options.store = words[0];
  options.between = {words[1], words[2]};
  options.since = since;
  options.until = until;
  options.on = on;
  options.outlet = outlet;
  options.knowledge = engine.knowledge;
  const bool stored = is_store(words[0]);
  if (!stored) {
    info.outlet = outlet;
    options.outlet.clear();
  }
  Result<Store> store = stored ? Store::open_for_reading(words[0]) : store_of_story(words[0], info, engine);
  if (!store) return fail_with(store.error());
  auto query = make_query(std::move(*store), options);
  if (!query) return fail_with(query.error());
  Database& database = query->store.database();
  const Dossier dossier = compile_dossier(database, query->selection, query->on);
  if (const auto ok = database.check(); !ok) return fail_with(ok.error());

  std::string out;
  const TableOptions terminal = table_options("text");
  if (format == "json")
    append_dossier_json(dossier, out);
  else if (format == "md")
    append_page_markdown(dossier_page(dossier), out);
  else if (format == "html")
    append_page_html(dossier_page(dossier), out);
  else
    append_page_text(dossier_page(dossier), {.colours = terminal.colours, .width = std::min(terminal.width, 120u)}, out);
  if (dossier.stories == 0)
    std::fprintf(stderr, "dragoman: no story in %s is about both %s and %s\n", words[0].c_str(), dossier.one_name.c_str(), dossier.other_name.c_str());
  return print(out);
}

}  // namespace dragoman::cli
