// dragoman: the table of commands.
#include <cstdio>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "dragoman/base/limits.h"

namespace {

using dragoman::cli::Arguments;
namespace limits = dragoman::limits;

struct Command {
  std::string_view name;
  int (*run)(Arguments);
  std::string_view what;
};

constexpr Command commands[] = {
    {"read", dragoman::cli::run_read, "read stories: who said what, what happened, who undertook what, who stands where"},
    {"relate", dragoman::cli::run_relate, "what one marked party does to another, for those who have their own actors"},
    {"explain", dragoman::cli::run_explain, "why a sentence tells these events and not others"},
    {"annotate", dragoman::cli::run_annotate, "only parse: tokens, lemmas, tags, heads, names, as JSON lines or CoNLL-U"},
    {"add", dragoman::cli::run_add, "read stories into a store: text, HTML, JSON lines, RSS, WARC, zip, folders"},
    {"cluster", dragoman::cli::run_cluster, "show which stories of a store are tellings of one, and correct it"},
    {"who", dragoman::cli::run_who, "whom a name or description means on a day, and which line or story decided it"},
    {"knowledge", dragoman::cli::run_knowledge, "overlays: made of actor dictionaries, learned from a store, checked"},
    {"compile-knowledge", dragoman::cli::run_compile_knowledge, "check the knowledge tables and compile them (part of the build)"},
    {"load", dragoman::cli::run_load, "put readings that were written before into a store"},
    {"ledger", dragoman::cli::run_ledger, "what was undertaken, and what has become of it"},
    {"matrix", dragoman::cli::run_matrix, "who stands where on what, and how that has changed"},
    {"brief", dragoman::cli::run_brief, "the state of a relationship: meetings, commitments, positions, obstacles, timeline"},
    {"events", dragoman::cli::run_events, "what happened, is planned, demanded or denied"},
    {"quotes", dragoman::cli::run_quotes, "who said what"},
    {"people", dragoman::cli::run_people, "who occurs, in which office"},
    {"timeline", dragoman::cli::run_timeline, "cooperation and conflict by month"},
    {"search", dragoman::cli::run_search, "find stories by their words"},
    {"export", dragoman::cli::run_export, "write a store in the layouts of other programs: CSV, POLECAT, ICEWS, GDELT, PLOVER, brat, GEXF, ..."},
    {"schema", dragoman::cli::run_schema, "explain every column of every table and layout"},
    {"review", dragoman::cli::run_review, "correct what was found, without losing it"},
    {"reread", dragoman::cli::run_reread, "read a store's documents anew with this version"},
    {"serve", dragoman::cli::run_serve, "show a store in the browser"},
    {"doctor", dragoman::cli::run_doctor, "show which model and knowledge are found where, and what this machine can do"},
    {"pack-model", dragoman::cli::run_pack_model, "make dragoman.model from the published package (the build does this)"},
};

void help(std::FILE* out) {
  std::fputs("dragoman reads diplomatic reporting and turns it into data that can be checked.\n\n"
             "usage: dragoman COMMAND [OPTIONS] [FILE|-]...\n\n",
             out);
  for (const Command& command : commands)
    std::fprintf(out, "  %-18.*s %.*s\n", static_cast<int>(command.name.size()), command.name.data(),
                 static_cast<int>(command.what.size()), command.what.data());
  std::fputs("\n`dragoman COMMAND --help` shows a command's options; `dragoman --version` the version.\n"
             "Exit status: 0 done, 1 something failed (the rest was done), 2 misused.\n\n",
             out);
  std::fprintf(out,
               "Limits. What is over one is told with its file and the remedy, and the rest is read:\n"
               "  a document, page or line of rows    %zu MB (--max-bytes, at most %zu MB)\n"
               "  time for a document                 %.0f seconds (--max-seconds)\n"
               "  a feed or JSON array                %zu MB in one piece; rows, crawls and archives as long as they like\n"
               "  archives in archives                %d deep; %zu files in one\n"
               "  what is unpacked                    %llu times its packed size, past the first %llu MB\n"
               "  JSON in JSON                        %zu deep; HTML elements deeper than %zu are read side by side\n",
               limits::document_bytes >> 20, limits::most_document_bytes >> 20, limits::document_seconds, limits::whole_file_bytes >> 20,
               limits::archive_depth, limits::archive_members, static_cast<unsigned long long>(limits::unpack_ratio),
               static_cast<unsigned long long>(limits::unpack_free_bytes >> 20), limits::json_depth, limits::html_depth);
}

/// The status to leave with: 1 if not all that was written to standard output has arrived there (a full disk), whatever the command says.
int finished(int status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  if (status == 0) std::fputs("dragoman: standard output could not be written to the end; is its disk full?\n", stderr);
  return status == 0 ? 1 : status;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  if (words.empty()) {
    help(stderr);
    return 2;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    help(stdout);
    return finished(0);
  }
  if (words[0] == "--version") {
    std::puts("dragoman " DRAGOMAN_VERSION);
    return finished(0);
  }
  for (const Command& command : commands)
    if (command.name == words[0]) return finished(command.run(Arguments(words).subspan(1)));
  std::fprintf(stderr, "dragoman: no command \"%.*s\"; `dragoman --help` lists them\n", static_cast<int>(words[0].size()), words[0].data());
  return 2;
}
