// dragoman events, quotes, people, timeline, search: what a selection of the store holds.
#include <algorithm>

#include "cli/query.h"
#include "dragoman/store/listings.h"
#include "dragoman/store/people.h"
#include "dragoman/view/listing_tables.h"

namespace dragoman::cli {
namespace {

/// One row more than is shown, so that it can be said that there are more.
ListingOptions listing_options(const QueryOptions& options) {
  const std::size_t limit = row_limit(options);
  return {.limit = limit == 0 ? 0 : limit + 1};
}

int show(Table table, const QueryOptions& options, const ListingOptions& listing, Database& database) {
  if (const auto ok = database.check(); !ok) return fail_with(ok.error());
  if (listing.limit != 0 && table.rows.size() >= listing.limit) {
    table.rows.resize(listing.limit - 1);
    say_cut(listing.limit - 1, 0, "rows");
  }
  say_if_empty(table, options);
  std::string out;
  append_table(table, table_options(options.format), out);
  return print(out);
}

}  // namespace

int run_events(Arguments arguments) {
  App app("Lists events, newest first.", "dragoman events");
  QueryOptions options;
  std::string type, actuality;
  options.add_to(app, {.issue = true});
  app.add_option("--type", type, "a PLOVER type (CONSULT, AGREE, ...), or a quad (material_conflict)");
  app.add_option("--actuality", actuality, "happened, ongoing, planned, called_for, possible, did_not_happen; several with commas between them");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  std::transform(type.begin(), type.end(), type.begin(), [&](unsigned char c) { return static_cast<char>(type.find('_') == std::string::npos ? std::toupper(c) : std::tolower(c)); });
  if (!type.empty() && type.find('_') == std::string::npos && !event_type_of(type)) return fail_with({ErrorCode::misuse, "--type: \"" + type + "\" is none of PLOVER's types"});
  auto actualities = parse_actualities(actuality);
  if (!actualities) return fail_with(actualities.error());
  auto query = open_query(options);
  if (!query) return fail_with(query.error());
  ListingOptions listing = listing_options(options);
  listing.events = {.type = type, .actualities = std::move(*actualities)};
  Database& database = query->store.database();
  return show(events_table(list_events(database, query->selection, listing)), options, listing, database);
}

int run_quotes(Arguments arguments) {
  App app("Lists who said what, newest first.", "dragoman quotes");
  QueryOptions options;
  std::string speaker;
  options.add_to(app, {.issue = true});
  app.add_option("--by", speaker, "a speaker: words of the name, or the ref");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  auto query = open_query(options);
  if (!query) return fail_with(query.error());
  ListingOptions listing = listing_options(options);
  listing.speaker = speaker;
  Database& database = query->store.database();
  return show(quotes_table(list_quotes(database, query->selection, listing)), options, listing, database);
}

int run_people(Arguments arguments) {
  App app("Lists people, with their offices as the stories name them.", "dragoman people");
  QueryOptions options;
  options.add_to(app, {});
  if (const auto status = parse_arguments(app, arguments)) return *status;
  auto query = open_query(options);
  if (!query) return fail_with(query.error());
  const ListingOptions listing = listing_options(options);
  Database& database = query->store.database();
  return show(people_table(list_people(database, query->selection, listing.limit)), options, listing, database);
}

int run_timeline(Arguments arguments) {
  App app("Counts events by month: cooperation and conflict, verbal and material.", "dragoman timeline");
  QueryOptions options;
  options.add_to(app, {.outlet = false});
  if (const auto status = parse_arguments(app, arguments)) return *status;
  auto query = open_query(options);
  if (!query) return fail_with(query.error());
  Database& database = query->store.database();
  return show(months_table(list_months(database, query->selection)), options, {}, database);
}

int run_search(Arguments arguments) {
  App app("Searches the stories' words, best first: all words, \"a phrase\", begin*, one OR other.", "dragoman search");
  QueryOptions options;
  std::vector<std::string> words;
  options.add_to(app, {});
  app.add_option("WORDS", words, "what to look for")->required();
  if (const auto status = parse_arguments(app, arguments)) return *status;
  auto query = open_query(options);
  if (!query) return fail_with(query.error());
  std::string asked;
  for (const std::string& word : words) asked += (asked.empty() ? "" : " ") + word;
  ListingOptions listing = listing_options(options);
  if (options.limit == 0 && options.format == "text") listing.limit = 21;
  Database& database = query->store.database();
  return show(hits_table(search_stories(database, asked, query->selection, listing)), options, listing, database);
}

}  // namespace dragoman::cli
