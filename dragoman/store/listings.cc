#include "dragoman/store/listings.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "dragoman/base/tsv.h"
#include "dragoman/knowledge/words.h"
#include "dragoman/relations/events.h"
#include "dragoman/store/days.h"
#include "dragoman/store/findings.h"

namespace dragoman {
namespace {

constexpr std::int64_t end_of_time = 99999999;

/// Every word of `asked` is a word of `text`, accents and case aside.
bool has_words(std::string_view text, std::string_view asked) {
  const std::string folded = " " + fold(text) + " ";
  const std::string wanted = fold(asked);
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t end = std::min(wanted.find(' ', at), wanted.size());
    if (folded.find(" " + wanted.substr(at, end - at) + " ") == std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

bool is_full(std::size_t size, const ListingOptions& options) { return options.limit != 0 && size >= options.limit; }

}  // namespace

std::string walked_type(const EventFilter& filter) { return filter.type.find('_') == std::string::npos ? filter.type : std::string(); }

std::string_view channel_of(const EventReport& meeting) {
  if (meeting.mode == "visit") return "visits";
  if (meeting.mode == "phone") return "telephone calls";
  if (meeting.mode == "third-party") return "through others";
  if (meeting.mode == "multilateral") return "in larger rounds";
  return "talks";
}

Result<std::vector<std::string>> parse_actualities(std::string_view words) {
  const auto list = split(words, ',');
  for (const std::string_view word : list)
    if (!actuality_of(word)) return fail(ErrorCode::misuse, "--actuality: \"", word, "\" is none of happened, ongoing, planned, called_for, possible, did_not_happen");
  return std::vector<std::string>(list.begin(), list.end());
}

bool fits(const EventReport& event, const Selection& selection, const EventFilter& filter) {
  const auto among = [](const std::vector<std::string>& list, const std::string& it) { return std::find(list.begin(), list.end(), it) != list.end(); };
  const auto takes_part = [&](const std::string& ref) {
    const auto is = [&](const Participant& it) { return it.ref == ref; };
    return std::any_of(event.actors.begin(), event.actors.end(), is) || std::any_of(event.recipients.begin(), event.recipients.end(), is);
  };
  return (filter.type.empty() || event.type == filter.type || event.quad == filter.type) && (filter.actualities.empty() || among(filter.actualities, event.actuality)) &&
         (selection.issue.empty() || has_words(event.source.quote, selection.issue)) && (filter.place.empty() || among(event.places, filter.place)) &&
         (filter.channel.empty() || (event.type == "CONSULT" && channel_of(event) == filter.channel)) && std::all_of(filter.people.begin(), filter.people.end(), takes_part) &&
         (!filter.claimed || *filter.claimed == (event.source.voice != "outlet")) &&
         (filter.month == 0 || month_of(event.from, event.precision, day_of(event.source.date)) == filter.month);
}

Listed<EventReport> page_events(Database& database, const Selection& selection, const ListingOptions& options) {
  Findings findings(database);
  Listed<EventReport> page;
  ItemWalk walk(database, selection, 'v', walked_type(options.events), options.stretch);
  while (walk.next()) {
    EventReport report = findings.event(walk.item());
    if (!fits(report, selection, options.events)) continue;
    page.rows.push_back(std::move(report));
    if (is_full(page.rows.size(), options)) break;
  }
  page.next = walk.rest();
  return page;
}

Listed<QuoteReport> page_quotes(Database& database, const Selection& selection, const ListingOptions& options) {
  Findings findings(database);
  Listed<QuoteReport> page;
  const std::set<std::string> sides(selection.between.begin(), selection.between.end());
  ItemWalk walk(database, selection, 's', "", options.stretch);
  while (walk.next()) {
    QuoteReport report = findings.quote(walk.item());
    const auto any_speaker = [&](auto is) { return std::any_of(report.speakers.begin(), report.speakers.end(), is); };
    if (!sides.empty() && !any_speaker([&](const Participant& it) { return sides.contains(it.party); })) continue;
    if (!selection.issue.empty() && !has_words(report.words, selection.issue)) continue;
    if (!options.speaker.empty() && !any_speaker([&](const Participant& it) { return it.ref == options.speaker || has_words(it.name, options.speaker); })) continue;
    page.rows.push_back(std::move(report));
    if (is_full(page.rows.size(), options)) break;
  }
  page.next = walk.rest();
  return page;
}

std::vector<EventReport> list_events(Database& database, const Selection& selection, const ListingOptions& options) {
  return page_events(database, selection, options).rows;
}

std::vector<QuoteReport> list_quotes(Database& database, const Selection& selection, const ListingOptions& options) {
  return page_quotes(database, selection, options).rows;
}

std::vector<MonthRow> list_months(Database& database, const Selection& selection) {
  std::vector<std::pair<std::string, std::string>> parties;
  if (selection.between.size() >= 2)
    parties.emplace_back(std::min(selection.between[0], selection.between[1]), std::max(selection.between[0], selection.between[1]));
  else
    for (const std::string& party : selection.of) parties.emplace_back(party, "");
  if (parties.empty()) parties.emplace_back("", "");  // all events, whoever takes part

  std::map<std::int64_t, MonthRow> months;
  Query query = database.prepare("SELECT month,quad,claimed,events,scored,goldstein FROM months WHERE a=? AND b=? AND month BETWEEN ? AND ?");
  for (const auto& [a, b] : parties) {
    query.bind(1, a).bind(2, b).bind(3, selection.since / 100).bind(4, selection.until == 0 ? end_of_time : selection.until / 100);
    while (query.step()) {
      MonthRow& row = months[query.integer(0)];
      row.month = query.integer(0);
      const std::string_view quad = query.text(1);
      const std::int64_t events = query.integer(3);
      (quad == "verbal_cooperation"     ? row.verbal_cooperation
       : quad == "material_cooperation" ? row.material_cooperation
       : quad == "verbal_conflict"      ? row.verbal_conflict
                                        : row.material_conflict) += events;
      if (query.integer(2) != 0) row.claimed += events;
      row.scored += query.integer(4);
      row.goldstein += static_cast<double>(query.integer(5)) / 10;  // the sum, so far
    }
  }
  std::vector<MonthRow> rows;
  for (auto& [month, row] : months) {
    if (row.scored != 0) row.goldstein /= static_cast<double>(row.scored);
    rows.push_back(row);
  }
  return rows;
}

namespace {

/// The user's words in FTS5's language: each quoted, so that no sign in them is taken for syntax.
std::string fts_query(std::string_view words) {
  std::string query;
  const auto add = [&](std::string_view word) {
    if (word.empty()) return;
    if (word == "OR" || word == "NOT") {
      if (!query.empty()) query.append(query.empty() ? "" : " ").append(word);
      return;
    }
    const bool prefix = word.size() > 1 && word.back() == '*';
    if (prefix) word.remove_suffix(1);
    query.append(query.empty() ? "\"" : " \"").append(word).append(prefix ? "\"*" : "\"");
  };
  for (std::size_t at = 0; at < words.size();) {
    const bool phrase = words[at] == '"';
    const std::size_t begin = at + phrase;
    const std::size_t end = std::min(phrase ? words.find('"', begin) : words.find_first_of(" \t\n\"", begin), words.size());
    add(words.substr(begin, end - begin));
    at = end + (phrase || (end < words.size() && words[end] != '"'));
  }
  while (query.ends_with(" OR") || query.ends_with(" NOT")) query.resize(query.rfind(' '));
  return query;
}

}  // namespace

Listed<StoryHit> page_search(Database& database, const std::string& words, const Selection& selection, const ListingOptions& options) {
  Listed<StoryHit> page;
  const std::string asked = fts_query(words);
  if (asked.empty()) return page;
  // Ranked without their texts first; the words around the hit are looked up for those that are shown. The place in the list is how many
  // stories come before it.
  const auto skipped = options.stretch.after ? static_cast<std::size_t>(options.stretch.after->item) : 0;
  std::vector<std::int64_t> docs;
  std::size_t found = 0;
  const auto take = [&](std::int64_t doc) {  // false: the page is full
    if (++found <= skipped) return true;
    if (is_full(docs.size(), options)) {
      page.next = WalkPlace{.day = {}, .doc = 0, .item = static_cast<std::int64_t>(skipped + docs.size())};
      return false;
    }
    docs.push_back(doc);
    return true;
  };
  const bool some = !selection.between.empty() || !selection.of.empty();
  const bool narrowed = some || selection.since != 0 || selection.until != 0 || !selection.outlet.empty();
  Query last = database.prepare("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2");
  last.bind(1, asked).bind(2, options.most_ranked);
  const std::int64_t oldest = last.step() ? last.integer(0) : 0;
  last.run();
  // Of words that stand nearly everywhere no rank is worth waiting for: it is told among the stories that were added last, or the newest of
  // the selection come first.
  if (oldest != 0 && narrowed) {
    std::vector<bool> hits;
    Query all = database.prepare("SELECT rowid FROM search WHERE search MATCH ?");
    all.bind(1, asked);
    while (all.step()) {
      const auto doc = static_cast<std::size_t>(all.integer(0));
      if (doc >= hits.size()) hits.resize(2 * doc + 1);
      hits[doc] = true;
    }
    walk_items(database, selection, 'd', "", [&](std::int64_t doc) {
      return static_cast<std::size_t>(doc) >= hits.size() || !hits[static_cast<std::size_t>(doc)] || take(doc);
    });
  } else {
    std::unordered_set<std::int64_t> stories;
    if (some)
      walk_items(database, selection, 'd', "", [&](std::int64_t doc) {
        stories.insert(doc);
        return true;
      });
    const std::int64_t until = selection.until == 0 ? end_of_time : selection.until;
    Query query = database.prepare("SELECT rowid FROM search WHERE search MATCH ? AND rowid>? ORDER BY rank");
    Query document = database.prepare("SELECT cluster,published,outlet FROM documents WHERE doc=?");
    query.bind(1, asked).bind(2, oldest);
    std::unordered_set<std::int64_t> clusters;
    while (query.step()) {
      const std::int64_t doc = query.integer(0);
      if (some && !stories.contains(doc)) continue;
      if (!document.bind(1, doc).step()) continue;
      const std::int64_t cluster = document.integer(0), day = day_of(document.text(1));
      const bool fits = day >= selection.since && day <= until && (selection.outlet.empty() || fold(document.text(2)) == fold(selection.outlet));
      document.run();
      if (fits && clusters.insert(cluster).second && !take(doc)) break;  // a story once
    }
  }
  Sources sources(database);
  Query marked = database.prepare("SELECT highlight(search,1,char(1),char(2)) FROM search WHERE search MATCH ? AND rowid=?");
  Query copies = database.prepare("SELECT count(*)-1 FROM documents WHERE cluster=(SELECT cluster FROM documents WHERE doc=?)");
  for (const std::int64_t doc : docs) {
    std::string text;
    if (marked.bind(1, asked).bind(2, doc).step()) text = marked.text(0);
    marked.run();
    const std::size_t at = std::min(text.find('\x01'), text.size());
    std::erase(text, '\x01');
    std::erase(text, '\x02');
    StoryHit hit{.source = sources.of(doc, "", 0, sentence_around(text, at == text.size() ? 0 : at))};
    if (copies.bind(1, doc).step()) hit.copies = copies.integer(0);
    copies.run();
    page.rows.push_back(std::move(hit));
  }
  return page;
}

std::vector<StoryHit> search_stories(Database& database, const std::string& words, const Selection& selection, const ListingOptions& options) {
  return page_search(database, words, selection, options).rows;
}

}  // namespace dragoman
