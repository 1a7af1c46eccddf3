#include "dragoman/store/matrix.h"

#include <algorithm>
#include <map>
#include <set>

#include "dragoman/store/days.h"
#include "dragoman/store/items.h"
#include "dragoman/store/sources.h"
#include "dragoman/store/word_numbers.h"
#include "dragoman/store/wording.h"

namespace dragoman {
namespace {

constexpr std::int64_t end_of_time = 99999999;

/// Is the issue what was asked for: its id, the beginning of its id ("sanctions"), or do all the words that count stand in it?
bool is_about(const std::string& key, const std::string& asked) {
  if (asked.empty() || key == asked || key.starts_with(asked + ":")) return true;
  std::set<std::string> words;
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t end = std::min(key.find(' ', at), key.size());
    words.insert(key.substr(at, end - at));
    at = end + 1;
  }
  const std::string wanted = issue_key(asked);
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t end = std::min(wanted.find(' ', at), wanted.size());
    if (!words.contains(wanted.substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

std::string without_article(const std::string& phrase) {
  for (const std::string_view article : {"the ", "The ", "a ", "A ", "an ", "An "})
    if (phrase.starts_with(article)) return phrase.substr(article.size());
  return phrase;
}

std::set<std::string> holders_of(const Selection& selection) {
  std::set<std::string> holders(selection.between.begin(), selection.between.end());
  holders.insert(selection.of.begin(), selection.of.end());
  return holders;
}

constexpr std::size_t recent_reports = 200;
constexpr std::size_t most_phrases = 6;  // of a cell: its newest reports name the issue

class Matrix {
 public:
  /// Of one issue, or all (0).
  Matrix(Database& database, const Selection& selection, StanceSources wanted, std::int64_t issue = 0)
      : selection_(selection),
        wanted_(wanted),
        issue_(issue),
        sources_(database),
        tellers_(database),
        words_(database),
        cells_(database.prepare("SELECT issue,day,item,polarity FROM cells WHERE holder=?1 AND day<=?2 " + std::string(issue != 0 ? "AND issue=?3 " : "") +
                                "ORDER BY issue,day")),
        position_(database.prepare("SELECT issue,act,voice,sentence_begin,sentence_end FROM positions WHERE position=?")),
        key_(database.prepare("SELECT key FROM issues WHERE issue=?")),
        targets_(database.prepare("SELECT ref FROM positions i, json_each(targets) JOIN entities e ON e.doc=i.doc AND entity=value JOIN actors USING (actor) WHERE position=? ORDER BY ref")),
        name_(database.prepare("SELECT name FROM actors WHERE ref=?")) {}

  void of(const std::string& holder, std::vector<MatrixCell>& cells) {
    cells_.bind(1, holder).bind(2, selection_.until == 0 ? end_of_time : selection_.until);
    if (issue_ != 0) cells_.bind(3, issue_);
    std::vector<std::pair<std::int64_t, std::vector<Row>>> all;
    while (cells_.step()) {
      if (all.empty() || all.back().first != cells_.integer(0)) all.emplace_back(cells_.integer(0), std::vector<Row>());
      all.back().second.push_back({.day = cells_.integer(1), .item = cells_.integer(2), .polarity = cells_.integer(3)});
    }
    for (auto& [issue, rows] : all) add_cell(holder, key_of(issue), rows, cells);
  }

  /// What most stories call an issue; the first that was, among those of which there are as many.
  [[nodiscard]] std::string name_of_issue(const std::string& key) {
    const std::pair<const std::string, Phrase>* best = nullptr;
    for (const auto& phrase : phrases_.at(key))
      if (!best || phrase.second.count > best->second.count || (phrase.second.count == best->second.count && is_before(phrase.second.first, best->second.first))) best = &phrase;
    return best->first;
  }

 private:
  struct Row {
    std::int64_t day, item, polarity;
    [[nodiscard]] std::int64_t doc() const { return document_of(item); }
  };

  struct Phrase {
    int count = 0;
    Row first{};
  };

  bool is_before(const Row& a, const Row& b) {
    if (a.day != b.day) return a.day < b.day;
    if (a.doc() == b.doc()) return a.item < b.item;
    return tellers_.of(a.doc()).sha256 < tellers_.of(b.doc()).sha256;
  }

  void add_cell(const std::string& holder, const std::string& key, std::vector<Row>& rows, std::vector<MatrixCell>& cells) {
    // An issue of the catalogue has an id that need not hold the words that the stories use.
    const bool asked = is_about(key, selection_.issue) ||
                       std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return is_about(issue_key(phrase_of(row.item)), selection_.issue); });
    if (!asked) return;
    const bool in_window = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
      return row.day >= selection_.since && (selection_.outlet.empty() || tellers_.is_from(row.doc(), selection_.outlet));
    });
    if (!in_window) return;
    sort(rows);
    if (issue_ == 0) count_phrases(rows, phrases_[key]);

    MatrixCell cell{.holder = holder, .name = name_of(holder), .issue = {}, .issue_key = key, .polarity = {}, .history = {}, .changes = {}};
    std::vector<const Row*> told;  // of each report
    for (const Row& row : rows) {
      bool again = false;  // once a story, and a story is of one day
      for (std::size_t i = told.size(); i > 0 && told[i - 1]->day == row.day && !again; --i) again = told[i - 1]->doc() == row.doc() && told[i - 1]->polarity == row.polarity;
      if (again) continue;
      if (!told.empty() && told.back()->polarity != row.polarity && told.back()->day != row.day) cell.changes.push_back({told.size() - 1, told.size()});
      told.push_back(&row);
    }
    const std::size_t newest = wanted_ == StanceSources::all ? told.size() : wanted_ == StanceSources::recent ? recent_reports : 1;
    const StanceChange last = cell.changes.empty() ? StanceChange{0, 0} : cell.changes.back();
    for (std::size_t i = 0; i < told.size(); ++i) {
      const bool is_turn = wanted_ == StanceSources::turns && (i == last.from || i == last.to);
      cell.history.push_back(report_of(*told[i], is_turn || told.size() - i <= newest));
    }
    cell.polarity = cell.history.back().polarity;
    for (std::size_t i = told.size(); i > 0 && told[i - 1]->day == told.back()->day; --i)
      if (told[i - 1]->polarity != told.back()->polarity) cell.polarity = "mixed";
    cells.push_back(std::move(cell));
  }

  /// Oldest first. What is told on one day has an order of its own, for which documents are looked up; where that shows in nothing, they aren't.
  void sort(std::vector<Row>& rows) {
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return std::tie(a.day, a.item) < std::tie(b.day, b.item); });
    for (auto begin = rows.begin(); begin != rows.end();) {
      const auto end = std::find_if(begin, rows.end(), [&](const Row& row) { return row.day != begin->day; });
      const bool one_voice = std::all_of(begin, end, [&](const Row& row) { return row.polarity == begin->polarity; });
      if (!one_voice || end == rows.end() || wanted_ == StanceSources::all) std::sort(begin, end, [&](const Row& a, const Row& b) { return is_before(a, b); });
      begin = end;
    }
  }

  /// `rows`: oldest first.
  void count_phrases(const std::vector<Row>& rows, std::map<std::string, Phrase>& phrases) {
    for (std::size_t i = rows.size() > most_phrases ? rows.size() - most_phrases : 0; i < rows.size(); ++i) {
      Phrase& phrase = phrases[without_article(phrase_of(rows[i].item))];
      if (phrase.count++ == 0 || is_before(rows[i], phrase.first)) phrase.first = rows[i];
    }
  }

  std::string phrase_of(std::int64_t item) {
    std::string phrase;
    if (position_.bind(1, item).step()) phrase = position_.text(0);
    position_.run();
    return phrase;
  }

  StanceReport report_of(const Row& row, bool whole) {
    StanceReport report{.polarity = std::string(words_.text(row.polarity)), .act = {}, .day = row.day, .target = {}, .source = {}};
    if (!whole) return report;
    std::int64_t voice = 0;
    ByteSpan sentence;
    if (position_.bind(1, row.item).step()) {
      report.act = position_.text(1);
      voice = position_.integer(2);
      sentence = {static_cast<std::uint32_t>(position_.integer(3)), static_cast<std::uint32_t>(position_.integer(4))};
    }
    position_.run();
    targets_.bind(1, row.item);
    while (targets_.step()) report.target.emplace_back(targets_.text(0));
    report.source = sources_.of(row.doc(), "p" + std::to_string(number_of(row.item)), voice, sentence);
    return report;
  }

  std::string key_of(std::int64_t issue) {
    std::string key;
    if (key_.bind(1, issue).step()) key = key_.text(0);
    key_.run();
    return key;
  }

  std::string name_of(const std::string& ref) {
    std::string name = ref;
    if (name_.bind(1, ref).step()) name = name_.text(0);
    name_.run();
    return name;
  }

  const Selection& selection_;
  StanceSources wanted_;
  std::int64_t issue_;
  Sources sources_;
  Tellers tellers_;
  WordNumbers words_;
  Query cells_, position_, key_, targets_, name_;
  std::map<std::string, std::map<std::string, Phrase>> phrases_;  ///< of each issue, whoever holds it
};

}  // namespace

std::vector<MatrixCell> find_stances(Database& database, const Selection& selection, StanceSources wanted) {
  std::set<std::string> holders = holders_of(selection);
  if (holders.empty()) {
    Query all = database.prepare("SELECT DISTINCT holder FROM cells");
    while (all.step()) holders.emplace(all.text(0));
  }
  Matrix matrix(database, selection, wanted);
  std::vector<MatrixCell> cells;
  for (const std::string& holder : holders) matrix.of(holder, cells);
  for (MatrixCell& cell : cells) cell.issue = matrix.name_of_issue(cell.issue_key);
  std::sort(cells.begin(), cells.end(), [](const MatrixCell& a, const MatrixCell& b) {
    return std::tie(a.issue, a.issue_key, a.holder) < std::tie(b.issue, b.issue_key, b.holder);
  });
  return cells;
}

std::vector<IssueRow> count_issues(Database& database, const Selection& selection) {
  struct Count {
    std::int64_t holders = 0, reports = 0;
  };
  std::map<std::int64_t, Count> counts;
  const std::set<std::string> holders = holders_of(selection);
  const std::int64_t until = selection.until == 0 ? end_of_time : selection.until;
  const auto collect = [&](Query& query) {
    while (query.step()) {
      Count& count = counts[query.integer(0)];
      count.holders += query.integer(1);
      count.reports += query.integer(2);
    }
  };
  if (holders.empty() && !selection.issue.empty()) {
    Query keys = database.prepare("SELECT issue,key FROM issues");
    Query one = database.prepare("SELECT issue,count(DISTINCT holder),count(*) FROM cells WHERE issue=? AND day BETWEEN ? AND ? GROUP BY issue");
    while (keys.step())
      if (is_about(std::string(keys.text(1)), selection.issue)) collect(one.bind(1, keys.integer(0)).bind(2, selection.since).bind(3, until));
  } else if (holders.empty()) {
    Query all = database.prepare("SELECT issue,count(DISTINCT holder),count(*) FROM cells WHERE day BETWEEN ? AND ? GROUP BY issue");
    collect(all.bind(1, selection.since).bind(2, until));
  } else {
    Query of = database.prepare("SELECT issue,1,count(*) FROM cells WHERE holder=? AND day BETWEEN ? AND ? GROUP BY issue");
    for (const std::string& holder : holders) collect(of.bind(1, holder).bind(2, selection.since).bind(3, until));
  }
  std::vector<IssueRow> rows;
  Query key = database.prepare("SELECT key FROM issues WHERE issue=?");
  for (const auto& [issue, count] : counts) {
    IssueRow row{.issue = issue, .key = {}, .name = {}, .holders = count.holders, .reports = count.reports};
    if (key.bind(1, issue).step()) row.key = key.text(0);
    key.run();
    if (is_about(row.key, selection.issue)) rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const IssueRow& a, const IssueRow& b) {
    return std::tuple(-a.holders, -a.reports, std::string_view(a.key)) < std::tuple(-b.holders, -b.reports, std::string_view(b.key));
  });
  return rows;
}

Holders busiest_holders(Database& database, std::int64_t issue, std::size_t most) {
  struct Holder {
    bool is_known = false;
    std::int64_t reports = 0;
    std::string ref;
  };
  std::vector<Holder> found;
  Query holders = database.prepare(issue == 0 ? "SELECT holder,count(*) FROM cells GROUP BY holder" : "SELECT holder,count(*) FROM cells WHERE issue=? GROUP BY holder");
  if (issue != 0) holders.bind(1, issue);
  Query person = database.prepare("SELECT 1 FROM actors WHERE ref=? AND kind='person'");
  while (holders.step()) {
    Holder& holder = found.emplace_back();
    holder.ref = holders.text(0);
    holder.reports = holders.integer(1);
    holder.is_known = !holder.ref.starts_with("local:") && !person.bind(1, holder.ref).step();
    person.run();
  }
  std::sort(found.begin(), found.end(), [](const Holder& a, const Holder& b) { return std::tie(b.is_known, b.reports, a.ref) < std::tie(a.is_known, a.reports, b.ref); });
  Holders result{.first = {}, .all = static_cast<std::int64_t>(found.size())};
  for (std::size_t i = 0; i < std::min(most, found.size()); ++i) result.first.push_back(std::move(found[i].ref));
  return result;
}

std::string name_issue(Database& database, std::int64_t issue) {
  Query query = database.prepare("SELECT positions.issue,day FROM cells JOIN positions ON position=item WHERE cells.issue=? ORDER BY holder,day,item LIMIT 100");
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> phrases;  // how often, and first when
  query.bind(1, issue);
  while (query.step()) {
    auto& [count, first] = phrases.try_emplace(without_article(std::string(query.text(0))), 0, query.integer(1)).first->second;
    ++count;
    first = std::min(first, query.integer(1));
  }
  const auto best = std::max_element(phrases.begin(), phrases.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.second.first, -a.second.second) < std::tuple(b.second.first, -b.second.second);
  });
  return best == phrases.end() ? std::string() : best->first;
}

bool is_catalogued(Database& database, const IssueRow& row) {
  Query query = database.prepare("SELECT issue_id FROM cells JOIN positions ON position=item WHERE cells.issue=? ORDER BY holder,day,item LIMIT 1");
  const bool found = query.bind(1, row.issue).step() && query.text(0) == row.key;
  query.run();
  return found;
}

std::int64_t find_issue(Database& database, std::string_view key) {
  Query query = database.prepare("SELECT issue FROM issues WHERE key=?");
  std::int64_t issue = 0;
  if (query.bind(1, key).step()) issue = query.integer(0);
  query.run();
  return issue;
}

std::vector<MatrixCell> find_stances_on(Database& database, std::int64_t issue, const Selection& selection, StanceSources wanted) {
  std::set<std::string> holders = holders_of(selection);
  if (holders.empty()) {
    Query all = database.prepare("SELECT DISTINCT holder FROM cells WHERE issue=?");
    all.bind(1, issue);
    while (all.step()) holders.emplace(all.text(0));
  }
  Matrix matrix(database, selection, wanted, issue);
  std::vector<MatrixCell> cells;
  for (const std::string& holder : holders) matrix.of(holder, cells);
  const std::string name = cells.empty() ? std::string() : name_issue(database, issue);
  for (MatrixCell& cell : cells) cell.issue = name;
  return cells;
}

std::vector<StancePair> compare_stances(const std::vector<MatrixCell>& cells, const std::string& one, const std::string& other) {
  std::vector<StancePair> pairs;
  for (std::size_t begin = 0; begin < cells.size();) {
    std::size_t end = begin;
    StancePair pair{.kind = StancePair::Kind::one_is_silent, .issue = cells[begin].issue, .issue_key = cells[begin].issue_key, .history = {}};
    for (; end < cells.size() && cells[end].issue_key == cells[begin].issue_key; ++end) {
      if (cells[end].holder == one) pair.one = &cells[end];
      if (cells[end].holder == other) pair.other = &cells[end];
    }
    begin = end;
    if (!pair.one && !pair.other) continue;
    if (pair.one && pair.other) {
      pair.kind = pair.one->polarity == pair.other->polarity ? StancePair::Kind::agree : StancePair::Kind::differ;
      std::map<std::int64_t, std::pair<std::string, std::string>> days;
      for (const StanceReport& report : pair.one->history) days[report.day].first = report.polarity;
      for (const StanceReport& report : pair.other->history) days[report.day].second = report.polarity;
      std::string stands, others;
      for (const auto& [day, said] : days) {
        if (!said.first.empty()) stands = said.first;
        if (!said.second.empty()) others = said.second;
        if (!stands.empty() && !others.empty()) pair.history.push_back({to_date(day), stands == others});
      }
    }
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

std::string_view to_string(StancePair::Kind kind) {
  constexpr std::string_view names[] = {"agree", "differ", "one is silent"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace dragoman
