#include "cli/query.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "cli/stream.h"
#include "dragoman/store/selection_words.h"

namespace dragoman::cli {
namespace {

constexpr std::size_t rows_for_people = 200;

}  // namespace

void QueryOptions::add_to(App& app, const QueryShape& shape) {
  app.add_option("DB", store, "the store that `dragoman add` made")->required();
  if (shape.between) app.add_option("--between", between, "two states or organisations: IRN TUR, \"Iran\" \"Türkiye\"")->expected(2);
  if (shape.of) app.add_option("--of", of, "a state or organisation; several with commas");
  if (shape.undertakings) {
    app.add_option("--sector", sector, "energy, trade, transport, border, ... (`dragoman ledger DB` shows them)");
    app.add_option("--stage", stage, "discussed, offered, pledged, agreed, underway, completed, stalled, cancelled, broken");
    app.add_option("--on", on, "the day by which a deadline is over (the newest story's, if not given)");
  }
  if (shape.issue) app.add_option("--issue", issue, "words that it is about, or the catalogue's id");
  if (shape.outlet) app.add_option("--outlet", outlet, "who reported it");
  if (shape.window) {
    app.add_option("--since", since, "first day of publication: 2025-11-30, 2025-11, 2025");
    app.add_option("--until", until, "last day");
  }
  if (shape.table) app.add_option("--format", format, "text: for people; csv, jsonl, json: for programs")->check(OneOf{{"text", "csv", "jsonl", "json"}})->capture_default_str();
  if (shape.table) app.add_option("--limit", limit, "at most so many rows (for people 200 if not given, for programs all)");
  if (shape.between || shape.of) app.add_option("--knowledge-file", knowledge, "the compiled knowledge, for names of states");
}

Result<OpenQuery> open_query(const QueryOptions& options) {
  auto store = Store::open_for_reading(options.store);
  if (!store) return tl::unexpected(store.error());
  return make_query(std::move(*store), options);
}

Result<OpenQuery> make_query(Store store, const QueryOptions& options) {
  const SelectionWords words{.between = options.between, .of = options.of, .sector = options.sector, .stage = options.stage, .issue = options.issue,
                             .outlet = options.outlet, .since = options.since, .until = options.until, .on = options.on};
  (void)store.database().execute("BEGIN");  // one state of the store for all that is asked; where it can't be had, each question has its own
  auto asked = parse_selection(store.database(), words, options.knowledge);
  if (!asked) return tl::unexpected(asked.error());
  return OpenQuery{.store = std::move(store), .selection = std::move(asked->selection), .on = asked->on};
}

TableOptions table_options(const std::string& format) {
  TableOptions options{.format = table_format_of(format).value_or(TableFormat::text), .colours = false, .width = 120};
  if (!isatty(STDOUT_FILENO)) return options;
  const char* no_colour = std::getenv("NO_COLOR");
  options.colours = !no_colour || !*no_colour;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) options.width = size.ws_col;
  return options;
}

std::size_t row_limit(const QueryOptions& options) { return options.limit != 0 ? options.limit : options.format == "text" ? rows_for_people : 0; }

void say_cut(std::size_t shown, std::size_t all, const char* what) {
  if (all == 0)
    std::fprintf(stderr, "dragoman: the first %zu %s; --limit shows more, --format csv|jsonl|json all\n", shown, what);
  else
    std::fprintf(stderr, "dragoman: %zu of %zu %s; --limit %zu shows all\n", shown, all, what, all);
}

void limit_rows(Table& table, const QueryOptions& options) {
  const std::size_t limit = row_limit(options);
  if (limit == 0 || table.rows.size() <= limit) return;
  say_cut(limit, table.rows.size(), "rows");
  table.rows.resize(limit);
}

void say_if_empty(const Table& table, const QueryOptions& options) {
  if (!table.rows.empty() || options.format != "text") return;
  const bool some = !options.between.empty() || !options.of.empty() || !options.issue.empty() || !options.outlet.empty() || !options.since.empty() || !options.until.empty() ||
                    !options.sector.empty() || !options.stage.empty();
  std::fprintf(stderr, "dragoman: nothing in %s%s\n", options.store.c_str(), some ? " fits; fewer options give more" : "; `dragoman add` puts stories into it");
}

int print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return 0;
  std::perror("dragoman: standard output");
  return 1;
}

int fail_with(const Error& error) {
  std::fputs(message_line(error.message).c_str(), stderr);
  return error.code == ErrorCode::misuse ? 2 : 1;
}

}  // namespace dragoman::cli
