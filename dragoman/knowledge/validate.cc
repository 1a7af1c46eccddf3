// The validator: facts that contradict each other stop the build, with the line to mend.
#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/knowledge/compile.h"

namespace dragoman {
namespace {

class Validator {
 public:
  explicit Validator(const KnowledgeRows& rows) : rows_(rows) {
    for (const EntityRow& row : rows.entities) {
      known_.emplace(row.id, row.kind);
      names_.emplace(row.id, row.name);
    }
    for (const PlaceRow& row : rows.places) known_.emplace(row.id, "place");
  }

  std::vector<std::string> run() {
    entities();
    aliases();
    holders();
    members();
    codes();
    return std::move(errors_);
  }

 private:
  template <class... Parts>
  void complain(Origin origin, const Parts&... parts) {
    std::ostringstream text;
    text << rows_.place_of(origin) << ": ";
    (text << ... << parts);
    errors_.push_back(std::move(text).str());
  }

  bool check_id(const std::string& id, Origin origin) {
    if (known_.contains(id)) return true;
    complain(origin, "no entity \"", id, "\"");
    return false;
  }

  template <class Row>
  void check_term(const Row& row) {
    if (row.from >= row.to) complain(row.origin, "ends (", to_string_date(row.to), ") before it begins (", to_string_date(row.from), ")");
  }

  void entities() {
    // Two folders may both bring in a person or body; one table may not twice, and they must agree on what it is.
    std::unordered_map<std::string, const EntityRow*> seen;
    for (const EntityRow& row : rows_.entities) {
      check_term(row);
      const auto [place, is_new] = seen.emplace(row.id, &row);
      const EntityRow& before = *place->second;
      if (!is_new && (before.origin.file == row.origin.file || before.kind != row.kind ||
                      (before.country != row.country && !before.country.empty() && !row.country.empty())))
        complain(row.origin, "\"", row.id, "\" is ", before.kind, " ", before.country, " in ", rows_.place_of(before.origin));
      if (!row.country.empty() && !known_.contains(row.country)) complain(row.origin, "no state \"", row.country, "\"");
    }
    std::unordered_map<std::string, Origin> places;
    for (const PlaceRow& row : rows_.places) {
      const auto [before, is_new] = places.emplace(row.id, row.origin);
      if (!is_new && !row.population) complain(row.origin, "\"", row.id, "\" is already in ", rows_.place_of(before->second));
    }
  }

  // One text, two entities: each line must say `ambiguous`, or the dates must keep them apart. A capital may be the metonym of its
  // state and a place: the words around it decide.
  void aliases() {
    std::map<std::string, std::vector<const AliasRow*>> by_text;
    for (const AliasRow& row : rows_.aliases) {
      check_id(row.id, row.origin);
      check_term(row);
      by_text[row.alias].push_back(&row);
    }
    for (const auto& [alias, rows] : by_text) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          const AliasRow &a = *rows[j], &b = *rows[i];
          if (a.id == b.id || (a.ambiguous && b.ambiguous) || a.to <= b.from || b.to <= a.from) continue;
          const bool seat = (a.kind == AliasKind::metonym && known_[b.id] == "place") || (b.kind == AliasKind::metonym && known_[a.id] == "place");
          if (seat || is_surname(a, known_[a.id], names_[a.id]) || is_surname(b, known_[b.id], names_[b.id])) continue;
          complain(b.origin, "\"", alias, "\" is ", b.id, " here and ", a.id, " in ", rows_.place_of(a.origin),
                   "; say ambiguous=yes in both");
        }
      }
    }
  }

  // Terms padded to a month or year may touch by that much.
  static long slack_days(const HolderRow& a, const HolderRow& b) {
    long days = 3;
    for (const std::string* precision : {&a.from_precision, &a.to_precision, &b.from_precision, &b.to_precision})
      days = std::max(days, *precision == "year" ? 366L : *precision == "month" ? 31L : 3L);
    return days;
  }
  static long day_number(Date date) {
    if (date == latest) return 10'000'000;
    const long year = date / 10000, month = date / 100 % 100, day = date % 100;
    return year * 365 + year / 4 + (month - 1) * 30 + day;  // near enough to count days of overlap
  }

  void holders() {
    std::map<std::string, std::vector<const HolderRow*>> by_office;
    for (const HolderRow& row : rows_.holders) {
      check_id(row.office, row.origin);
      check_id(row.person, row.origin);
      check_term(row);
      by_office[row.office].push_back(&row);
    }
    for (auto& [office, rows] : by_office) {
      std::stable_sort(rows.begin(), rows.end(), [](const HolderRow* a, const HolderRow* b) { return a->from < b->from; });
      for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          const HolderRow &a = *rows[j], &b = *rows[i];
          if (a.acting || b.acting || a.to <= b.from || a.basis.find("co-holder") != std::string::npos) continue;
          const long overlap = std::min(day_number(a.to), day_number(b.to)) - day_number(b.from);
          if (overlap > slack_days(a, b))
            complain(b.origin, office, " is held by ", b.person, " from ", to_string_date(b.from), " and by ", a.person, " until ",
                     to_string_date(a.to), " (", rows_.place_of(a.origin), ")");
        }
      }
    }
  }

  void members() {
    for (const MemberRow& row : rows_.members) {
      check_id(row.organisation, row.origin);
      check_id(row.member, row.origin);
      check_term(row);
    }
  }

  void codes() {
    std::map<std::pair<std::string, std::string>, std::vector<const CodeRow*>> by_entity;
    for (const CodeRow& row : rows_.codes) {
      check_id(row.id, row.origin);
      check_term(row);
      for (const CodeRow* other : by_entity[{row.id, row.name}])
        if (row.from < other->to && other->from < row.to)
          complain(row.origin, row.id, " has code ", row.code, " here and ", other->code, " in ", rows_.place_of(other->origin), " on the same days");
      by_entity[{row.id, row.name}].push_back(&row);
    }
    std::map<std::string, const AgentRow*> words;
    for (const AgentRow& row : rows_.agents) {
      const auto [before, is_new] = words.emplace(row.word, &row);
      if (!is_new) complain(row.origin, "\"", row.word, "\" is already in ", rows_.place_of(before->second->origin));
    }
  }

  const KnowledgeRows& rows_;
  std::unordered_map<std::string, std::string> known_, names_;  // kind and name by id
  std::vector<std::string> errors_;
};

}  // namespace

std::vector<std::string> validate(const KnowledgeRows& rows) { return Validator(rows).run(); }

std::string counts_of(const KnowledgeRows& rows) {
  std::map<std::string, std::size_t> kinds;
  for (const EntityRow& row : rows.entities) ++kinds[row.kind];
  std::size_t cities = 0;
  for (const PlaceRow& row : rows.places) cities += row.population > 0;
  std::ostringstream text;
  text << "entities " << rows.entities.size() << " (";
  const char* between = "";
  for (const auto& [kind, count] : kinds) text << between << kind << " " << count, between = ", ";
  text << ")\naliases " << rows.aliases.size() << "\nterms in office " << rows.holders.size() << "\nmemberships " << rows.members.size()
       << "\nwords for offices and bodies " << rows.class_words.size() << "\nplaces " << rows.places.size() << " (cities " << cities << ")\n";
  if (!rows.codes.empty() || !rows.agents.empty())
    text << "actor codes " << rows.codes.size() << "\nwords for roles " << rows.agents.size() << '\n';
  return text.str();
}

}  // namespace dragoman
