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
  std::size_t stories = 1;
  std::string instead_of;  // whom the base has on these days, and its line; "" if nobody
  bool closed = false;     // somebody else is named after it
};

Date day_after(Date day) {
  if (parse_date(to_string_date(day + 1))) return day + 1;
  const int year = day / 10000, month = day / 100 % 100;
  return month == 12 ? (year + 1) * 10000 + 101 : year * 10000 + (month + 1) * 100 + 1;
}

// How the base names what only one person holds at a time: a class of which several states have just one office.
bool is_single(const Knowledge& base, ClassId office_class) {
  unsigned states = 0;
  for (KnownId id = 0; id < base.size() && states < 5; ++id)
    states += base[id].kind == "state" && base.offices(base[id].id, office_class).size() == 1;
  return states == 5;
}

// The office that these words name in a state: one of the base, or one that it has for other states; "" for what several hold
// ("minister", "ambassador").
std::string office_of(const Knowledge& base, const std::string& state, std::string_view words, std::map<ClassId, bool>& single) {
  ClassId office_class = no_class;
  bool special = false;
  for (const ClassMeaning& meaning : base.class_meanings(words)) {
    if (meaning.is_body || meaning.plural || (!meaning.state.empty() && meaning.state != state)) continue;
    if (special && meaning.state.empty()) continue;
    if (office_class != no_class && !meaning.state.empty() == special && meaning.id != office_class) return "";
    office_class = meaning.id;
    special = !meaning.state.empty();
  }
  const KnownId owner = base.find(state);
  if (office_class == no_class || owner == not_known || base[owner].kind != "state") return "";
  const std::vector<KnownId> offices = base.offices(state, office_class);
  if (!offices.empty()) return offices.size() == 1 ? std::string(base[offices[0]].id) : "";
  const auto [known, is_new] = single.try_emplace(office_class, false);
  if (is_new) known->second = is_single(base, office_class);
  if (!known->second) return "";
  std::string id = "office:" + state + "-" + std::string(base.class_name(office_class));
  for (char& c : id) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return id;
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
  std::map<ClassId, bool> single;
  std::map<std::string, std::pair<std::string, std::string>> named;  // state and words of an office
  while (query.step()) {
    const std::string state(query.text(0));
    const Date day = static_cast<Date>(day_of(query.text(2)));
    const std::string office = day ? office_of(base, state, query.text(1), single) : "";
    if (office.empty()) continue;
    named.try_emplace(office, state, std::string(query.text(1)));
    Said said{day, std::string(query.text(3)), std::string(query.text(4)), std::string(query.text(6)), std::string(query.text(5))};
    std::replace_if(said.quote.begin(), said.quote.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    by_office[office].push_back(std::move(said));
  }

  LearnedRoster roster;
  std::set<std::string> made;
  for (const auto& [office, all] : by_office) {
    const KnownId post = base.find(office);
    std::vector<Span> spans;
    const auto close = [&] {
      if (!spans.empty()) spans.back().closed = true;
    };
    for (std::size_t i = 0; i < all.size();) {
      const Said& said = all[i];
      std::size_t telling = 0;
      std::set<std::string> called;
      for (; i < all.size() && all[i].day == said.day; ++i, ++telling) called.insert(all[i].ref);
      if (called.size() > 1) {
        std::string names;
        for (const std::string& ref : called) names += (names.empty() ? "" : ", ") + ref;
        roster.doubts.push_back(office + " on " + to_string_date(said.day) + ": stories name " + names + "; not learned");
        close();
        continue;
      }
      const std::vector<Term> terms = post == not_known ? std::vector<Term>() : base.holders(post, said.day);
      if (std::any_of(terms.begin(), terms.end(), [&](const Term& term) { return base[term.person].id == said.ref; })) {
        close();
        continue;
      }
      std::string instead_of;
      if (!terms.empty()) {
        instead_of = base.place_of(terms[0].origin) + " has " + std::string(base[terms[0].person].id);
        if (terms.size() > 1 || terms[0].to != latest) {
          roster.doubts.push_back(office + " on " + to_string_date(said.day) + ": " + said.source + " says \"" + said.quote + "\", but " + instead_of + "; not learned");
          close();
          continue;
        }
      }
      if (!spans.empty() && !spans.back().closed && spans.back().last.ref == said.ref && spans.back().instead_of == instead_of) {
        spans.back().last = said;
        spans.back().stories += telling;
      } else {
        close();
        spans.push_back({said, said, telling, instead_of, false});
      }
    }
    bool is_made = post != not_known;
    for (const Span& span : spans) {
      if (!span.instead_of.empty() && span.stories < 2) {
        roster.doubts.push_back(office + " on " + to_string_date(span.first.day) + ": " + span.first.source + " alone says \"" + span.first.quote + "\", but " +
                                span.instead_of + "; not learned");
        continue;
      }
      const auto& [state, words] = named.at(office);
      if (!is_made) roster.rows.entities.push_back({office, "office", words + " of " + std::string(base[base.find(state)].name), state, "GOV", earliest, latest, {}});
      is_made = true;
      const std::string id = person_id(base, span.first);
      if (base.find(id) == not_known && made.insert(id).second)
        roster.rows.entities.push_back({id, "person", span.first.name, state, "", earliest, latest, {}});
      const bool open = !span.instead_of.empty() && !span.closed;
      HolderRow row{office, id, span.first.day, open ? latest : day_after(span.last.day), "day", open ? "" : "day", false, "", {}};
      row.basis = span.first.source + ": " + span.first.quote;
      if (span.last.day != span.first.day) row.basis += "; " + span.last.source + ": " + span.last.quote;
      if (!span.instead_of.empty()) row.basis += "; instead of whom " + span.instead_of + " without end";
      roster.rows.holders.push_back(std::move(row));
    }
  }
  return roster;
}

}  // namespace dragoman
