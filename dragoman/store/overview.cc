#include "dragoman/store/overview.h"

#include <algorithm>
#include <map>
#include <set>

#include "dragoman/store/days.h"
#include "dragoman/store/findings.h"
#include "dragoman/store/items.h"

namespace dragoman {
namespace {

constexpr std::int64_t end_of_time = 99999999;

std::int64_t count(Database& database, const std::string& sql) {
  Query query = database.prepare(sql);
  const std::int64_t value = query.step() ? query.integer(0) : 0;
  query.run();
  return value;
}

/// Findings of a layer, those of each story once: all but those of other tellings. What readers rejected is counted.
std::int64_t count_listed(Database& database, const std::string& table, const std::string& key) {
  return count(database, "SELECT count(*) FROM " + table) -
         count(database, "SELECT count(*) FROM documents d JOIN " + table + " ON " + of_document(key, "d.doc") + " WHERE d.doc NOT IN (SELECT doc FROM told)");
}

template <class Row>
void sort_by_stories(std::vector<Row>& rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return std::tuple(-a.stories, std::string_view(a.party)) < std::tuple(-b.stories, std::string_view(b.party)); });
}

/// Describes them, and leaves out those that the store does not know as actors.
std::vector<PartyRow> described(Database& database, const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  std::vector<PartyRow> rows;
  Query actor = database.prepare("SELECT name,kind FROM actors WHERE ref=?");
  for (const auto& [party, stories] : counts) {
    PartyRow row{.party = party, .name = party, .kind = "state", .stories = stories};
    if (actor.bind(1, party).step()) {
      row.name = actor.text(0);
      row.kind = actor.text(1);
    }
    actor.run();
    rows.push_back(std::move(row));
  }
  sort_by_stories(rows);
  return rows;
}

DocumentRow document_at(const Query& row) {
  return {.doc = row.integer(0),
          .cluster = row.integer(1),
          .bytes = row.integer(2),
          .copies = row.integer(3) - 1,
          .document = std::string(row.text(4)),
          .title = std::string(row.text(5)),
          .outlet = std::string(row.text(6)),
          .url = std::string(row.text(7)),
          .date = std::string(row.text(8).substr(0, 10)),
          .language = std::string(row.text(9)),
          .state = std::string(row.text(10)),
          .reason = std::string(row.text(11)),
          .source = std::string(row.text(12))};
}
constexpr std::string_view document_columns =
    "SELECT doc,cluster,bytes,(SELECT count(*) FROM documents c WHERE c.cluster=d.cluster),id,title,outlet,url,published,language,state,reason,source FROM documents d ";
constexpr std::string_view with_ref = "(?2='' OR EXISTS (SELECT 1 FROM entities e JOIN actors a USING (actor) WHERE e.doc=d.doc AND a.ref=?2))";

}  // namespace

void add_to(MonthRow& counts, std::string_view quad, std::int64_t events) {
  (quad == "verbal_cooperation"     ? counts.verbal_cooperation
   : quad == "material_cooperation" ? counts.material_cooperation
   : quad == "verbal_conflict"      ? counts.verbal_conflict
                                    : counts.material_conflict) += events;
}

StoreCounts count_store(Database& database) {
  StoreCounts counts;
  counts.documents = count(database, "SELECT count(*) FROM documents");
  counts.stories = count(database, "SELECT count(*) FROM told");
  counts.unread = counts.documents - count(database, "SELECT count(*) FROM documents WHERE state='read'");
  counts.statements = count_listed(database, "statement_rows", "statement");
  counts.events = count_listed(database, "event_rows", "event");
  counts.commitments = count_listed(database, "commitment_rows", "commitment");
  counts.positions = count_listed(database, "position_rows", "position");
  counts.undertakings = count(database, "SELECT count(DISTINCT entry) FROM wordings");
  counts.issues = count(database, "SELECT count(*) FROM issues");
  counts.actors = count(database, "SELECT count(*) FROM actors");
  counts.reviews = count(database, "SELECT count(*) FROM reviews");
  Query days = database.prepare("SELECT (SELECT min(published) FROM documents),(SELECT max(published) FROM documents)");
  if (days.step()) {
    counts.first = days.text(0).substr(0, 10);
    counts.last = days.text(1).substr(0, 10);
  }
  days.run();
  Query engines = database.prepare("SELECT version,model,knowledge FROM engines ORDER BY engine");
  while (engines.step()) counts.engines.push_back({std::string(engines.text(0)), std::string(engines.text(1)), std::string(engines.text(2))});
  return counts;
}

std::vector<PartyRow> count_parties(Database& database) {
  Query query = database.prepare("SELECT a,count(*) FROM pairs JOIN concern_rows USING (pair) WHERE b='' AND main GROUP BY a");
  std::vector<std::pair<std::string, std::int64_t>> counts;
  while (query.step()) counts.emplace_back(query.text(0), query.integer(1));
  return described(database, counts);
}

std::vector<PartyRow> count_partners(Database& database, const std::string& party) {
  Query query = database.prepare("SELECT iif(a=?1,b,a),count(*) FROM pairs JOIN concern_rows USING (pair) WHERE b>'' AND main AND (a=?1 OR b=?1) GROUP BY 1");
  std::vector<std::pair<std::string, std::int64_t>> counts;
  query.bind(1, party);
  while (query.step()) counts.emplace_back(query.text(0), query.integer(1));
  return described(database, counts);
}

std::vector<OutletRow> count_outlets(Database& database) {
  Query query = database.prepare("SELECT coalesce(outlet,''),count(*),sum(state<>'read'),min(published),max(published),count(DISTINCT iif(state='read',cluster,NULL)) FROM documents GROUP BY 1");
  std::vector<OutletRow> rows;
  while (query.step())
    rows.push_back({.outlet = std::string(query.text(0)),
                    .documents = query.integer(1),
                    .stories = query.integer(5),
                    .unread = query.integer(2),
                    .first = std::string(query.text(3).substr(0, 10)),
                    .last = std::string(query.text(4).substr(0, 10))});
  std::stable_sort(rows.begin(), rows.end(), [](const OutletRow& a, const OutletRow& b) { return a.documents > b.documents; });
  return rows;
}

std::vector<NetworkEdge> find_network(Database& database, const Selection& selection) {
  Query query = database.prepare("SELECT a,b,quad,sum(events),sum(claimed*events),sum(scored),sum(goldstein) FROM months WHERE b>'' AND month BETWEEN ? AND ? GROUP BY a,b,quad");
  query.bind(1, selection.since / 100).bind(2, selection.until == 0 ? end_of_time : selection.until / 100);
  std::set<std::string, std::less<>> parties(selection.of.begin(), selection.of.end());
  parties.insert(selection.between.begin(), selection.between.end());
  std::vector<NetworkEdge> edges;
  while (query.step()) {
    const std::string_view a = query.text(0), b = query.text(1);
    if (!parties.empty() && !parties.contains(a) && !parties.contains(b)) continue;
    if (edges.empty() || edges.back().a != a || edges.back().b != b) edges.push_back({.a = std::string(a), .b = std::string(b), .counts = {}});
    MonthRow& counts = edges.back().counts;
    add_to(counts, query.text(2), query.integer(3));
    counts.claimed += query.integer(4);
    counts.scored += query.integer(5);
    counts.goldstein += static_cast<double>(query.integer(6)) / 10;  // the sum, so far
  }
  for (NetworkEdge& edge : edges)
    if (edge.counts.scored != 0) edge.counts.goldstein /= static_cast<double>(edge.counts.scored);
  std::stable_sort(edges.begin(), edges.end(), [](const NetworkEdge& x, const NetworkEdge& y) { return x.counts.events() > y.counts.events(); });
  return edges;
}

PartyRow describe_party(Database& database, const std::string& party) { return described(database, {{party, 0}}).front(); }

namespace {

Listed<DocumentRow> page_stories_of(Database& database, const Selection& selection, const DocumentOptions& options) {
  Listed<DocumentRow> page;
  Query row = database.prepare(std::string(document_columns) + "WHERE doc=?1 AND " + std::string(with_ref));
  row.bind(2, options.with);
  ItemWalk walk(database, selection, 'd', "", options.stretch);
  while (walk.next()) {
    if (row.bind(1, walk.item()).step()) {
      DocumentRow document = document_at(row);
      if ((options.state.empty() || document.state == options.state) && (!options.duplicates || document.copies > 0)) page.rows.push_back(std::move(document));
    }
    row.run();
    if (page.rows.size() >= options.limit) break;
  }
  page.next = walk.rest();
  return page;
}

}  // namespace

Listed<DocumentRow> page_documents(Database& database, const Selection& selection, const DocumentOptions& options) {
  if (options.once || !selection.between.empty() || !selection.of.empty()) return page_stories_of(database, selection, options);
  Listed<DocumentRow> page;
  const auto& after = options.stretch.after;
  // The few that were not read are picked out at once; one would go through all the others for them.
  const std::string from = options.state == "unread" ? "FROM documents NOT INDEXED WHERE state='unread' AND " : "FROM documents INDEXED BY documents_by_date WHERE ";
  Query keys = database.prepare("SELECT coalesce(published,''),doc " + from + "coalesce(published,'')>=?1 AND coalesce(published,'')<?2 AND "
                                "(?3=0 OR coalesce(published,'')<?4 OR (coalesce(published,'')=?4 AND doc<?5)) ORDER BY published DESC, doc DESC");
  const std::string first = to_date(selection.since), last = selection.until == 0 ? "9999" : to_date(selection.until) + "~", day = after ? after->day : "";
  keys.bind(1, first).bind(2, last).bind(3, std::int64_t{after.has_value()}).bind(4, day).bind(5, after ? after->doc : 0);
  Query wanted = database.prepare("SELECT 1 FROM documents d WHERE doc=?1 AND " + std::string(with_ref) + " AND (?3='' OR state=?3) AND (?4='' OR outlet=?4 COLLATE NOCASE)");
  Query row = database.prepare(std::string(document_columns) + "WHERE doc=?");
  WalkPlace place;
  while (keys.step()) {
    const bool is_full = page.rows.size() >= options.limit || std::chrono::steady_clock::now() >= options.stretch.until;
    if (is_full && place.doc != 0) {  // one is looked at, however late it is
      page.next = place;
      return page;
    }
    place = {std::string(keys.text(0)), keys.integer(1), keys.integer(1)};
    const bool fits = wanted.bind(1, place.doc).bind(2, options.with).bind(3, options.state).bind(4, selection.outlet).step();
    wanted.run();
    if (!fits) continue;
    if (row.bind(1, place.doc).step()) {
      DocumentRow document = document_at(row);
      if (!options.duplicates || document.copies > 0) page.rows.push_back(std::move(document));
    }
    row.run();
  }
  return page;
}

std::vector<DocumentRow> find_tellings(Database& database, std::int64_t cluster) {
  Query row = database.prepare(std::string(document_columns) + "WHERE cluster=? ORDER BY doc");
  std::vector<DocumentRow> rows;
  row.bind(1, cluster);
  while (row.step()) rows.push_back(document_at(row));
  return rows;
}

Listed<EventPlaceRow> page_places(Database& database, const Selection& selection, const ListingOptions& options) {
  Listed<EventPlaceRow> page;
  std::map<std::tuple<std::int64_t, double, double>, EventPlaceRow> places;
  const EventFilter& filter = options.events;
  const std::string type = walked_type(filter);
  const bool quad = type != filter.type;
  const bool looks_closer = !selection.issue.empty() || !filter.place.empty() || !filter.channel.empty() || !filter.people.empty() || filter.claimed || filter.month != 0;
  Findings findings(database);
  Query event = database.prepare("SELECT places,quad,actuality,published FROM events JOIN documents USING (doc) WHERE event=?");
  Query name = database.prepare("SELECT name FROM actors WHERE actor=?");
  std::size_t looked_at = 0;
  ItemWalk walk(database, selection, 'v', type, options.stretch);
  while (walk.next()) {
    ++looked_at;
    const auto& actual = filter.actualities;
    if (event.bind(1, walk.item()).step() && !event.is_null(0) && (!quad || event.text(1) == filter.type) &&
        (actual.empty() || std::find(actual.begin(), actual.end(), event.text(2)) != actual.end()) && (!looks_closer || fits(findings.event(walk.item()), selection, filter)))
      for (const StoredPlace& at : parse_places(event.text(0))) {
        if (!at.latitude || !at.longitude || at.role == "subject") continue;  // what an event is about is not where it is
        EventPlaceRow& place = places[{at.actor, *at.latitude, *at.longitude}];
        if (place.name.empty() && name.bind(1, at.actor).step()) place.name = name.text(0);
        name.run();
        place.latitude = *at.latitude;
        place.longitude = *at.longitude;
        add_to(place.counts, event.text(1), 1);
        place.last = std::max(place.last, std::string(event.text(3).substr(0, 10)));
      }
    event.run();
    if (options.limit != 0 && looked_at >= options.limit) break;
  }
  page.next = walk.rest();
  for (auto& [key, place] : places) page.rows.push_back(std::move(place));
  std::stable_sort(page.rows.begin(), page.rows.end(), [](const EventPlaceRow& a, const EventPlaceRow& b) { return a.counts.events() > b.counts.events(); });
  return page;
}

}  // namespace dragoman
