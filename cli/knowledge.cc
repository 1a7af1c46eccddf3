// dragoman knowledge: overlays: made of actor dictionaries, learned from a store, checked.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/arguments.h"
#include "cli/inputs.h"
#include "cli/stream.h"
#include "dragoman/base/locate.h"
#include "dragoman/knowledge/actor_dictionary.h"
#include "dragoman/knowledge/compile.h"
#include "dragoman/store/roster.h"
#include "dragoman/store/store.h"

namespace dragoman::cli {
namespace {

namespace fs = std::filesystem;

int complain(const std::string& message) {
  std::fputs(message_line(message).c_str(), stderr);
  return 1;
}

Result<Knowledge> open_knowledge(const fs::path& file, const std::vector<fs::path>& overlays) {
  const Result<fs::path> found = locate_resource("dragoman.knowledge", file, "--knowledge-file", "DRAGOMAN_KNOWLEDGE");
  if (!found) return tl::unexpected(found.error());
  return Knowledge::open(*found, overlays);
}

Result<std::vector<DictionaryText>> texts_of(const std::vector<std::string>& paths) {
  std::vector<DictionaryText> texts;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    if (!file || fs::is_directory(path)) return fail(ErrorCode::unreadable, path, ": can't be read; name a dictionary file");
    texts.push_back({path, std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>())});
  }
  return texts;
}

/// Writes the tables and opens them over the built-in ones, so that what was written is known to do.
Result<void> write_overlay(const fs::path& out, const std::vector<std::pair<std::string, std::string>>& tables, const fs::path& knowledge) {
  if (tables.empty()) return fail(ErrorCode::malformed, out.string(), ": not written, as there is nothing to write");
  std::error_code error;
  fs::create_directories(out, error);
  for (const auto& [name, text] : tables) {
    std::ofstream file(out / name, std::ios::binary);
    file << text;
    file.close();
    if (!file) return fail(ErrorCode::unwritable, (out / name).string(), ": can't be written");
  }
  const Result<Knowledge> both = open_knowledge(knowledge, {out});
  if (!both) return tl::unexpected(both.error());
  return {};
}

int import(Arguments arguments) {
  App app("Makes an overlay folder of TABARI or PETRARCH dictionaries: actors with their CAMEO codes and dates, words for roles. Names that "
          "dragoman knows keep their meaning and get the code; the others become actors of their own.",
          "dragoman knowledge import");
  std::vector<std::string> actors, agents;
  std::vector<fs::path> overlays;
  fs::path out, knowledge;
  app.add_option("--actors", actors, "actor dictionaries");
  app.add_option("--agents", agents, "agent dictionaries");
  app.add_option("--out", out, "the folder to write; for --knowledge of read, add, reread")->required();
  app.add_option("--knowledge", overlays, "a folder of knowledge tables that names are looked up in, too");
  app.add_option("--knowledge-file", knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  if (actors.empty() && agents.empty()) {
    std::fputs("dragoman: name a dictionary: --actors FILE or --agents FILE\n", stderr);
    return 2;
  }
  const Result<std::vector<DictionaryText>> actor_texts = texts_of(actors), agent_texts = texts_of(agents);
  if (!actor_texts) return complain(actor_texts.error().message);
  if (!agent_texts) return complain(agent_texts.error().message);
  const Result<Knowledge> base = open_knowledge(knowledge, overlays);
  if (!base) return complain(base.error().message);

  const ImportedDictionaries imported = import_dictionaries(*actor_texts, *agent_texts, *base);
  for (const std::string& line : imported.errors) std::fputs(message_line(line).c_str(), stderr);
  for (const std::string& line : imported.notes) std::fputs(message_line(line).c_str(), stderr);
  if (const Result<void> written = write_overlay(out, tables_of(imported.rows, "dragoman knowledge import"), knowledge); !written)
    return complain(written.error().message);
  std::fprintf(stderr, "dragoman: %s: %zu actors, %zu more names, %zu codes, %zu words for roles; %zu names were known; %zu lines skipped\n",
               out.string().c_str(), imported.rows.entities.size(), imported.rows.aliases.size(), imported.rows.codes.size(),
               imported.rows.agents.size(), imported.names_known, imported.errors.size());
  return imported.errors.empty() ? 0 : 1;
}

int learn(Arguments arguments) {
  App app("Makes an overlay folder of what the stories of a store say about who held which office when. What the built-in knowledge has "
          "already is not repeated, what it contradicts not learned; both are said.",
          "dragoman knowledge learn");
  fs::path store_path, out, knowledge;
  std::vector<fs::path> overlays;
  app.add_option("DB", store_path, "the store that `dragoman add` made")->required();
  app.add_option("--out", out, "the folder to write; for --knowledge of read, add, reread, who")->required();
  app.add_option("--knowledge", overlays, "a folder of knowledge tables that is known, too");
  app.add_option("--knowledge-file", knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  Result<Store> store = Store::open_for_reading(store_path);
  if (!store) return complain(store.error().message);
  const Result<Knowledge> base = open_knowledge(knowledge, overlays);
  if (!base) return complain(base.error().message);
  const LearnedRoster roster = learn_roster(store->database(), *base);
  if (const auto ok = store->database().check(); !ok) return complain(ok.error().message);
  for (const std::string& line : roster.doubts) std::fputs(message_line(line).c_str(), stderr);
  if (roster.rows.holders.empty()) {
    std::fputs("dragoman: the stories say of no office what was not known: nothing written\n", stderr);
    return 0;
  }
  if (const Result<void> written = write_overlay(out, tables_of(roster.rows, "dragoman knowledge learn"), knowledge); !written)
    return complain(written.error().message);
  std::fprintf(stderr, "dragoman: %s: %zu terms, %zu persons; %zu doubts\n", out.string().c_str(), roster.rows.holders.size(),
               roster.rows.entities.size(), roster.doubts.size());
  return 0;
}

int check(Arguments arguments) {
  App app("Checks overlay folders: every mistake with file and line, else the counts of the whole.", "dragoman knowledge check");
  std::vector<std::string> folders;
  fs::path knowledge;
  app.add_option("DIR", folders, "folders of knowledge tables, laid over the built-in ones in this order; none: the built-in ones alone");
  app.add_option("--knowledge-file", knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  const Result<Knowledge> opened = open_knowledge(knowledge, {folders.begin(), folders.end()});
  if (!opened) return complain(opened.error().message);
  std::fputs(counts_of(opened->rows()).c_str(), stdout);
  return 0;
}

}  // namespace

int run_knowledge(Arguments arguments) {
  if (!arguments.empty() && arguments[0] == "import") return import(arguments.subspan(1));
  if (!arguments.empty() && arguments[0] == "check") return check(arguments.subspan(1));
  if (!arguments.empty() && arguments[0] == "learn") return learn(arguments.subspan(1));
  const bool asked = !arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h");
  std::fputs("usage: dragoman knowledge import|learn|check [OPTIONS]\n\n"
             "  import  make an overlay folder of TABARI or PETRARCH actor and agent dictionaries\n"
             "  learn   make an overlay folder of who held which office, as the stories of a store say\n"
             "  check   check overlay folders, and count what is known\n",
             asked ? stdout : stderr);
  return asked ? 0 : 2;
}

}  // namespace dragoman::cli
