#include "dragoman/store/roster.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "dragoman/store/days.h"

namespace dragoman {
namespace {

struct Said {
  Date day;
  std::string ref, name, quote, source;
};

struct Span {
  Said first, last;
};

Date day_after(Date day) {
  if (parse_date(to_string_date(day + 1))) return day + 1;
  const int year = day / 10000, month = day / 100 % 100;
  return month == 12 ? (year + 1) * 10000 + 101 : year * 10000 + (month + 1) * 100 + 1;
}

// The one office of the base that these words name; not_known if they name none, or several ("minister", "ambassador").
KnownId office_of(const Knowledge& base, const std::string& state, std::string_view words) {
  ClassId office_class = no_class;
  bool special = false;
  for (const ClassMeaning& meaning : base.class_meanings(words)) {
    if (meaning.is_body || (!meaning.state.empty() && meaning.state != state)) continue;
    if (special && meaning.state.empty()) continue;
    if (office_class != no_class && !meaning.state.empty() == special && meaning.id != office_class) return not_known;
    office_class = meaning.id;
    special = !meaning.state.empty();
  }
  if (office_class == no_class) return not_known;
  const std::vector<KnownId> offices = base.offices(state, office_class);
  return offices.size() == 1 ? offices[0] : not_known;
}

std::string person_id(const Knowledge& base, const Said& said) {
  if (base.find(said.ref) != not_known) return said.ref;
  return "person:" + said.ref.substr(said.ref.find(':') + 1);
}

}  // namespace

LearnedRoster learn_roster(Database& stories, const Knowledge& base) {
  std::map<std::string, std::vector<Said>> by_office;
  Query query = stories.prepare(
      "SELECT party, offices_said.office, published, ref, coalesce(entities.name, actors.name), source, substr(CAST(text AS BLOB), begin + 1, end - begin) "
      "FROM offices_said JOIN entities USING (doc, entity) JOIN actors USING (actor) JOIN documents USING (doc) "
      "WHERE party <> '' AND published IS NOT NULL ORDER BY published, doc, entity");
  while (query.step()) {
    const std::string state(query.text(0));
    const Date day = static_cast<Date>(day_of(query.text(2)));
    const KnownId office = day ? office_of(base, state, query.text(1)) : not_known;
    if (office == not_known) continue;
    Said said{day, std::string(query.text(3)), std::string(query.text(4)), std::string(query.text(6)), std::string(query.text(5))};
    std::replace_if(said.quote.begin(), said.quote.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    by_office[std::string(base[office].id)].push_back(std::move(said));
  }

  LearnedRoster roster;
  std::set<std::string> made;
  for (const auto& [office, all] : by_office) {
    const KnownId post = base.find(office);
    std::vector<Span> spans;
    for (std::size_t i = 0; i < all.size();) {
      std::size_t end = i;
      std::set<std::string> called;
      while (end < all.size() && all[end].day == all[i].day) called.insert(all[end++].ref);
      const Said& said = all[i];
      i = end;
      if (called.size() > 1) {
        std::string names;
        for (const std::string& ref : called) names += (names.empty() ? "" : ", ") + ref;
        roster.doubts.push_back(office + " on " + to_string_date(said.day) + ": stories name " + names + "; not learned");
        continue;
      }
      const std::vector<Term> terms = base.holders(post, said.day);
      if (std::any_of(terms.begin(), terms.end(), [&](const Term& term) { return base[term.person].id == said.ref; })) continue;
      if (!terms.empty()) {
        roster.doubts.push_back(office + " on " + to_string_date(said.day) + ": " + said.source + " says \"" + said.quote + "\", but " +
                                base.place_of(terms[0].origin) + " has " + std::string(base[terms[0].person].id) + "; not learned");
        continue;
      }
      if (!spans.empty() && spans.back().last.ref == said.ref)
        spans.back().last = said;
      else
        spans.push_back({said, said});
    }
    for (const Span& span : spans) {
      const std::string id = person_id(base, span.first);
      if (base.find(id) == not_known && made.insert(id).second)
        roster.rows.entities.push_back({id, "person", span.first.name, std::string(base[post].country), "", earliest, latest, {}});
      HolderRow row{office, id, span.first.day, day_after(span.last.day), "day", "day", false, "", {}};
      row.basis = span.first.source + ": " + span.first.quote;
      if (span.last.day != span.first.day) row.basis += "; " + span.last.source + ": " + span.last.quote;
      roster.rows.holders.push_back(std::move(row));
    }
  }
  return roster;
}

}  // namespace dragoman
