#include "dragoman/store/people.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "dragoman/store/findings.h"
#include "dragoman/store/items.h"

namespace dragoman {
namespace {

/// Days of the stories that count. A few are looked up; where it comes to many, all are, which is quicker.
class StoryDays {
 public:
  StoryDays(Database& database, const People& people)
      : database_(database), people_(people), query_(database.prepare("SELECT substr(published,1,10) FROM told JOIN documents USING (doc) WHERE doc=?")) {}

  /// Null where the story does not count; "" where its day is not known.
  const std::string* of(std::int64_t doc) {
    const auto [found, fresh] = known_.try_emplace(doc);
    if (fresh && !has_all_ && people_.counts(doc)) {
      if (query_.bind(1, doc).step()) found->second = {true, std::string(query_.text(0))};
      query_.run();
      if (known_.size() > few) look_up_all();
    }
    return found->second.first ? &found->second.second : nullptr;
  }

 private:
  static constexpr std::size_t few = 20'000;

  void look_up_all() {
    has_all_ = true;
    Query told = database_.prepare("SELECT doc FROM told");
    while (told.step())
      if (people_.counts(told.integer(0))) known_[told.integer(0)].first = true;
    Query days = database_.prepare("SELECT doc,substr(published,1,10) FROM documents INDEXED BY documents_by_date WHERE published IS NOT NULL");
    while (days.step())
      if (const auto story = known_.find(days.integer(0)); story != known_.end()) story->second.second = days.text(1);
  }

  Database& database_;
  const People& people_;
  Query query_;
  bool has_all_ = false;
  std::unordered_map<std::int64_t, std::pair<bool, std::string>> known_;  ///< does it count, and its day
};

/// "two ministers" have no name.
bool is_name(std::string_view name) { return !name.empty() && !(name[0] >= 'a' && name[0] <= 'z'); }

std::vector<PersonRow> persons_of(Database& database, const Selection& selection) {
  std::vector<PersonRow> persons;
  const auto collect = [&](Query& query) {
    while (query.step())
      if (is_name(query.text(2)))
        persons.push_back({.actor = query.integer(0), .ref = std::string(query.text(1)), .name = std::string(query.text(2)), .party = std::string(query.text(3)), .offices = {}, .first = {}, .last = {}});
  };
  std::set<std::string> parties(selection.between.begin(), selection.between.end());
  parties.insert(selection.of.begin(), selection.of.end());
  Query of = database.prepare("SELECT actor,ref,name,state FROM actors WHERE kind='person'" + std::string(parties.empty() ? "" : " AND state=?"));
  if (parties.empty()) collect(of);
  for (const std::string& party : parties) collect(of.bind(1, party));
  return persons;
}

}  // namespace

People rank_people(Database& database, const Selection& selection) {
  People people;
  people.anywhere = selection.between.size() < 2 && selection.since == 0 && selection.until == 0 && selection.outlet.empty();
  if (!people.anywhere)
    walk_items(database, selection, 'd', "", [&](std::int64_t doc) {
      people.stories.insert(doc);
      return true;
    });
  Query stories = database.prepare("SELECT doc FROM entities JOIN told USING (doc) WHERE actor=?");
  for (PersonRow& person : persons_of(database, selection)) {
    stories.bind(1, person.actor);
    while (stories.step()) person.stories += people.counts(stories.integer(0));
    if (person.stories != 0) people.rows.push_back(std::move(person));
  }
  std::sort(people.rows.begin(), people.rows.end(), [](const PersonRow& a, const PersonRow& b) { return std::tie(b.stories, a.ref) < std::tie(a.stories, b.ref); });
  return people;
}

void complete_people(Database& database, const People& people, std::span<PersonRow> rows) {
  StoryDays days(database, people);
  Query told = database.prepare("SELECT doc,office FROM entities WHERE actor=?");
  Query quotes = database.prepare("SELECT doc,entity,speakers FROM entities JOIN statement_rows ON " + of_document("statement", "doc") + " WHERE actor=? AND speakers IS NOT NULL");
  for (PersonRow& person : rows) {
    std::map<std::string, std::string> offices;  // the last day on which it was named
    told.bind(1, person.actor);
    while (told.step()) {
      const std::string* day = days.of(told.integer(0));
      if (!day) continue;
      if (!day->empty() && (person.first.empty() || *day < person.first)) person.first = *day;
      person.last = std::max(person.last, *day);
      if (told.is_null(1)) continue;
      std::string& last = offices[std::string(told.text(1))];
      last = std::max(last, *day);
    }
    std::vector<std::pair<std::string, std::string>> ranked;
    for (const auto& [office, day] : offices) ranked.emplace_back(day, office);
    std::sort(ranked.rbegin(), ranked.rend());
    for (auto& [day, office] : ranked) person.offices.push_back(std::move(office));

    quotes.bind(1, person.actor);
    while (quotes.step()) {
      const std::vector<std::int64_t> speakers = parse_list(quotes.text(2));
      if (std::find(speakers.begin(), speakers.end(), quotes.integer(1)) != speakers.end()) person.quotes += people.counts(quotes.integer(0));
    }
  }
}

std::vector<PersonRow> list_people(Database& database, const Selection& selection, std::size_t limit) {
  People people = rank_people(database, selection);
  std::vector<PersonRow> rows = std::move(people.rows);
  if (limit != 0 && rows.size() > limit) rows.resize(limit);
  complete_people(database, people, rows);
  return rows;
}

}  // namespace dragoman
