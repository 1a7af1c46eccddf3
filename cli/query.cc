#include "cli/query.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "cli/stream.h"
#include "dragoman/base/locate.h"
#include "dragoman/knowledge/knowledge.h"
#include "dragoman/store/days.h"
#include "dragoman/store/ledger.h"

namespace dragoman::cli {
namespace {

/// "2025-11-30", "2025-11", "2025" -> its first or last day.
Result<std::int64_t> parse_day(const std::string& word, bool last, std::string_view option) {
  if (word.empty()) return 0;
  std::string full = word;
  if (word.size() == 4) full += last ? "-12-31" : "-01-01";
  if (word.size() == 7) full += last ? "-31" : "-01";
  const std::int64_t day = full.size() == 10 ? day_of(full) : 0;
  if (day == 0) return fail(ErrorCode::misuse, option, ": \"", word, "\" is no day; write 2025-11-30, 2025-11 or 2025");
  return day;
}

bool is_code(const std::string& word) {
  return word.size() == 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string first_text(Query query) {
  std::string text;
  if (query.step()) text = query.text(0);
  query.run();
  return text;
}

/// By a ref or the name of a party that the store has met.
std::string party_in_store(Database& database, const std::string& word) {
  Query query = database.prepare("SELECT ref FROM actors WHERE (ref=?1 OR name=?1 COLLATE NOCASE OR (kind='state' AND ref=upper(?1))) "
                                 "AND kind IN ('state','intergovernmental_body','armed_group','people','organisation','party','company') "
                                 "ORDER BY kind<>'state', ref LIMIT 1");
  query.bind(1, word);
  return first_text(std::move(query));
}

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
  app.add_option("--format", format, "text: for people; csv, jsonl, json: for programs")->check(OneOf{{"text", "csv", "jsonl", "json"}})->capture_default_str();
  app.add_option("--limit", limit, "at most so many rows (for people 200 if not given, for programs all)");
  app.add_option("--knowledge-file", knowledge, "the compiled knowledge, for names of states");
}

Result<std::string> resolve_party(Database& database, const std::string& word, const std::filesystem::path& knowledge_file) {
  if (is_code(word)) return word;
  if (std::string found = party_in_store(database, word); !found.empty()) return found;
  const auto path = locate_resource("dragoman.knowledge", knowledge_file, "--knowledge-file", "DRAGOMAN_KNOWLEDGE");
  if (!path) return fail(ErrorCode::not_found, "\"", word, "\": no state or organisation of that name in the store; ", path.error().message);
  const auto knowledge = Knowledge::open(*path);
  if (!knowledge) return tl::unexpected(knowledge.error());
  // A name before a demonym ("Turkish"), and that before a city that stands for a government.
  std::string best;
  int best_rank = 3;
  for (const KnownAlias& alias : knowledge->aliases_of_text(word)) {
    const KnownEntity entity = (*knowledge)[alias.entity];
    const bool state = entity.kind == "state";
    if (!state && (entity.kind == "person" || entity.kind == "place" || entity.kind == "office" || !entity.country.empty())) continue;
    const int rank = alias.implied || alias.kind == AliasKind::metonym ? 2 : alias.kind == AliasKind::demonym ? 1 : 0;
    if (rank > best_rank || (rank == best_rank && !(state && best.find(':') != std::string::npos))) continue;
    best = entity.id;
    best_rank = rank;
  }
  if (best.empty()) return fail(ErrorCode::misuse, "\"", word, "\": no state or organisation of that name is known; give its ISO code (ISL)");
  return best;
}

Result<OpenQuery> open_query(const QueryOptions& options) {
  auto store = Store::open_for_reading(options.store);
  if (!store) return tl::unexpected(store.error());
  return make_query(std::move(*store), options);
}

Result<OpenQuery> make_query(Store store, const QueryOptions& options) {
  OpenQuery query{.store = std::move(store), .selection = {}, .on = 0};
  Selection& selection = query.selection;
  Database& database = query.store.database();
  for (const std::string& word : options.between) {
    auto party = resolve_party(database, word, options.knowledge);
    if (!party) return tl::unexpected(party.error());
    selection.between.push_back(std::move(*party));
  }
  if (selection.between.size() == 2 && selection.between[0] == selection.between[1])
    return fail(ErrorCode::misuse, "--between: ", selection.between[0], " twice; name two parties, or use --of");
  for (std::size_t at = 0; at < options.of.size();) {
    const std::size_t end = std::min(options.of.find(',', at), options.of.size());
    std::string word = options.of.substr(at, end - at);
    word.erase(0, word.find_first_not_of(' '));
    auto party = resolve_party(database, word, options.knowledge);
    if (!party) return tl::unexpected(party.error());
    selection.of.push_back(std::move(*party));
    at = end + 1;
  }
  if (!options.sector.empty() && !sector_of(options.sector)) return fail(ErrorCode::misuse, "--sector: \"", options.sector, "\" is no sector");
  if (!options.stage.empty() && !stage_of(options.stage)) return fail(ErrorCode::misuse, "--stage: \"", options.stage, "\" is no stage");
  selection.sector = options.sector;
  selection.stage = options.stage;
  selection.issue = options.issue;
  selection.outlet = options.outlet;
  const auto since = parse_day(options.since, false, "--since"), until = parse_day(options.until, true, "--until"), on = parse_day(options.on, true, "--on");
  for (const auto* day : {&since, &until, &on})
    if (!*day) return tl::unexpected(day->error());
  selection.since = *since;
  selection.until = *until;
  query.on = *on != 0 ? *on : newest_day(database);
  if (*on == 0 && *until != 0) query.on = std::min(query.on, *until);
  if (auto ok = database.check(); !ok) return tl::unexpected(ok.error());
  return query;
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

void limit_rows(Table& table, const QueryOptions& options) {
  const std::size_t limit = options.limit != 0 ? options.limit : options.format == "text" ? 200 : table.rows.size();
  if (table.rows.size() <= limit) return;
  std::fprintf(stderr, "dragoman: %zu of %zu rows; --limit %zu shows all\n", limit, table.rows.size(), table.rows.size());
  table.rows.resize(limit);
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
