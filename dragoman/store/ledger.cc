#include "dragoman/store/ledger.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "dragoman/base/sha256.h"
#include "dragoman/store/days.h"
#include "dragoman/store/sources.h"
#include "dragoman/store/wording.h"

namespace dragoman {
namespace {

constexpr std::int64_t end_of_time = 99999999;
constexpr std::int64_t week = 7;

bool is_down(std::string_view stage) { return stage == "stalled" || stage == "cancelled" || stage == "broken"; }
bool is_over(std::string_view stage) { return stage == "completed" || stage == "cancelled" || stage == "broken"; }

/// discussed 0 ... completed 5; -1 for what went wrong.
int rung_of(std::string_view stage) {
  constexpr std::string_view ladder[] = {"discussed", "offered", "pledged", "agreed", "underway", "completed"};
  const auto* rung = std::find(std::begin(ladder), std::end(ladder), stage);
  return rung == std::end(ladder) ? -1 : static_cast<int>(rung - std::begin(ladder));
}

std::string id_of(const std::string& key) { return "u" + sha256_hex(key).substr(0, 8); }

/// One row of tellings with what the commitment says.
struct Told {
  std::int64_t day, item, due;
  const Wording* wording;
  std::string stage, title, action, object, sha256, outlet;
  std::int64_t doc, n, voice;
  ByteSpan sentence;
  std::vector<std::string> speakers;  ///< parties; empty: the outlet

  [[nodiscard]] auto order() const { return std::tie(day, sha256, n); }
};

/// Parties that a third of the reports name, at least; a slip in one story does not change who undertakes a thing.
template <class Get>
std::vector<std::string> mostly(const std::vector<Told>& reports, Get get) {
  std::map<std::string, std::size_t> counts;
  for (const Told& told : reports)
    for (const std::string& party : get(*told.wording)) ++counts[party];
  std::vector<std::string> parties;
  for (const auto& [party, count] : counts)
    if (count * 3 >= reports.size()) parties.push_back(party);
  return parties;
}

template <class Get>
std::string most_common(const std::vector<Told>& reports, Get get) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> counts;  // how often, and first when
  for (std::size_t i = 0; i < reports.size(); ++i) {
    auto& [count, first] = counts.try_emplace(get(reports[i]), 0, i).first->second;
    ++count;
  }
  const auto best = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return a.second.first != b.second.first ? a.second.first < b.second.first : a.second.second > b.second.second;
  });
  return best == counts.end() ? std::string() : best->first;
}

/// A story that tells one thing several times tells it once: at its furthest, where nobody contradicts.
std::vector<Told> once_a_story(const std::vector<Told>& reports) {
  std::vector<Told> kept;
  std::unordered_map<std::int64_t, std::vector<std::size_t>> of_story;  // where in `kept` its tellings are
  for (const Told& told : reports) {
    std::vector<std::size_t>& tellings = of_story[told.doc];
    const auto same = std::find_if(tellings.begin(), tellings.end(), [&](std::size_t at) {
      const Told& other = kept[at];
      if (other.stage == told.stage) return other.speakers == told.speakers || other.speakers.empty() || told.speakers.empty();
      const bool two_sides = !other.speakers.empty() && !told.speakers.empty() && other.speakers != told.speakers;
      return rung_of(other.stage) >= 0 && rung_of(told.stage) >= 0 && !two_sides;
    });
    if (same == tellings.end()) {
      tellings.push_back(kept.size());
      kept.push_back(told);
    } else if (rung_of(told.stage) > rung_of(kept[*same].stage)) {
      kept[*same] = told;
    }
  }
  return kept;
}

bool contradict(const Told& a, const Told& b) {
  if (is_down(a.stage) == is_down(b.stage)) return false;
  const bool same_voice = a.speakers == b.speakers && (a.doc == b.doc || a.outlet == b.outlet);
  if (same_voice) return false;
  if (a.day == b.day) return true;
  // Days apart it is news, unless two sides tell it.
  const bool near = a.day != 0 && b.day != 0 && a.day / 100 == b.day / 100 && std::abs(a.day - b.day) <= week;
  return near && !a.speakers.empty() && !b.speakers.empty();
}

class Ledger {
 public:
  Ledger(Database& database, const Selection& selection, std::int64_t on, LedgerSources wanted = LedgerSources::all)
      : selection_(selection),
        wanted_(wanted),
        on_(on),
        since_(selection.since),
        until_(selection.until == 0 ? end_of_time : selection.until),
        sources_(database),
        wordings_(database.prepare("SELECT wording,key FROM wordings WHERE entry=? ORDER BY key")),
        tellings_(database.prepare("SELECT day,item,commitments.stage,due,doc,n,commitments.title,action,object,voice,sentence_begin,sentence_end,sha256,outlet "
                                   "FROM tellings CROSS JOIN commitments ON commitment=item CROSS JOIN documents USING (doc) WHERE wording=? AND day<=? ORDER BY day")) {}

  std::optional<LedgerEntry> entry(std::int64_t number) {
    std::vector<Wording> wordings;
    std::vector<std::pair<std::int64_t, std::string>> keys;
    wordings_.bind(1, number);
    while (wordings_.step()) keys.emplace_back(wordings_.integer(0), wordings_.text(1));
    for (const auto& [wording, key] : keys) wordings.push_back(parse_key(key));
    std::vector<Told> reports;
    for (std::size_t i = 0; i < keys.size(); ++i) read_tellings(keys[i].first, wordings[i], reports);
    if (reports.empty() || !in_window(reports)) return std::nullopt;
    std::sort(reports.begin(), reports.end(), [](const Told& a, const Told& b) { return a.order() < b.order(); });

    LedgerEntry entry;
    entry.sector = most_common(reports, [](const Told& told) { return told.wording->sector; });
    if (!selection_.sector.empty() && selection_.sector != entry.sector) return std::nullopt;
    entry.undertakers = mostly(reports, [](const Wording& wording) { return wording.undertakers; });
    entry.counterparties = mostly(reports, [](const Wording& wording) { return counterparties_of(wording); });
    const std::string thing = most_common(reports, [](const Told& told) { return words_of(*told.wording); });
    const auto& titled = *std::find_if(reports.begin(), reports.end(), [&](const Told& told) { return words_of(*told.wording) == thing; });
    entry.title = titled.title;
    entry.action = titled.action;
    entry.object = titled.object;
    if (!about(wordings)) return std::nullopt;
    entry.id = id_of(first_key(reports));
    for (const Told& told : reports)
      if (told.due != 0) entry.deadline = to_date(told.due);

    history(once_a_story(reports), entry);
    if (!selection_.stage.empty() && selection_.stage != entry.stage) return std::nullopt;
    entry.overdue = !entry.deadline.empty() && on_ != 0 && day_of(entry.deadline) < on_ && !is_over(entry.stage);
    return entry;
  }

 private:
  /// Whoever is named as a party beside the undertakers; in a joint undertaking each is the other's counterparty.
  static std::vector<std::string> counterparties_of(const Wording& wording) {
    if (wording.undertakers.size() > 1) return wording.parties;
    std::vector<std::string> others;
    std::set_difference(wording.parties.begin(), wording.parties.end(), wording.undertakers.begin(), wording.undertakers.end(),
                        std::back_inserter(others));
    return others;
  }

  static std::string words_of(const Wording& wording) {
    std::string text;
    for (const std::string& word : wording.words) text.append(word).append(" ");
    return text;
  }

  static std::string first_key(const std::vector<Told>& reports) {
    std::string key = to_key(*reports.front().wording);
    for (const Told& told : reports)
      if (told.day == reports.front().day) key = std::min(key, to_key(*told.wording));
    return key;
  }

  void read_tellings(std::int64_t number, const Wording& wording, std::vector<Told>& reports) {
    tellings_.bind(1, number).bind(2, until_);
    const std::size_t first = reports.size();
    while (tellings_.step())
      reports.push_back({.day = tellings_.integer(0),
                         .item = tellings_.integer(1),
                         .due = tellings_.integer(3),
                         .wording = &wording,
                         .stage = std::string(tellings_.text(2)),
                         .title = std::string(tellings_.text(6)),
                         .action = std::string(tellings_.text(7)),
                         .object = std::string(tellings_.text(8)),
                         .sha256 = std::string(tellings_.text(12)),
                         .outlet = std::string(tellings_.text(13)),
                         .doc = tellings_.integer(4),
                         .n = tellings_.integer(5),
                         .voice = tellings_.integer(9),
                         .sentence = {static_cast<std::uint32_t>(tellings_.integer(10)), static_cast<std::uint32_t>(tellings_.integer(11))},
                         .speakers = {}});
    for (std::size_t i = first; i < reports.size(); ++i)
      if (reports[i].voice != 0) {
        reports[i].speakers = sources_.parties_of_voice(reports[i].doc, reports[i].voice);
        if (reports[i].speakers.empty()) reports[i].speakers.emplace_back();  // somebody, not the outlet
      }
  }

  [[nodiscard]] bool in_window(const std::vector<Told>& reports) const {
    return std::any_of(reports.begin(), reports.end(), [&](const Told& told) {
      return told.day >= since_ && (selection_.outlet.empty() || same_name(told.outlet, selection_.outlet));
    });
  }

  static bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
  }

  /// Every word of `--issue` counts in one of its wordings.
  [[nodiscard]] bool about(const std::vector<Wording>& wordings) const {
    if (selection_.issue.empty()) return true;
    Wording asked;
    reduce_phrase(selection_.issue, {}, {}, asked);
    return std::any_of(wordings.begin(), wordings.end(), [&](const Wording& wording) {
      return std::includes(wording.words.begin(), wording.words.end(), asked.words.begin(), asked.words.end());
    });
  }

  void history(const std::vector<Told>& reports, LedgerEntry& entry) {
    const auto concerned = [&](const Told& told) {
      if (told.speakers.empty()) return true;
      return std::any_of(told.speakers.begin(), told.speakers.end(), [&](const std::string& party) {
        if (party.empty()) return true;  // whose side it is on is not known
        return std::binary_search(entry.undertakers.begin(), entry.undertakers.end(), party) ||
               std::binary_search(entry.counterparties.begin(), entry.counterparties.end(), party);
      });
    };
    const auto down = std::count_if(reports.begin(), reports.end(), [](const Told& told) { return is_down(told.stage); });
    const bool in_doubt = down != 0 && down != std::ssize(reports);
    auto near = reports.begin();  // reports are in the order of their days: what contradicts is at most a week away
    for (const Told& told : reports) {
      LedgerStep step{.stage = told.stage, .day = told.day, .contradicted = false, .of_a_party = concerned(told), .source = {}};
      while (told.day - near->day > week) ++near;
      for (auto other = near; in_doubt && !step.contradicted && other != reports.end() && other->day - told.day <= week; ++other)
        step.contradicted = contradict(told, *other);
      step.source.date = to_date(told.day);
      if (wanted_ == LedgerSources::all || told.day == 0) step.source = source_of(told);
      entry.history.push_back(std::move(step));
    }
    if (wanted_ == LedgerSources::newest) entry.history.back().source = source_of(reports.back());
    // The latest day's word counts: the outlet's before the parties', and theirs before that of others.
    const auto weight = [&](std::size_t i) { return std::tuple(entry.history[i].of_a_party, reports[i].day, reports[i].voice == 0); };
    std::size_t latest = 0;
    for (std::size_t i = 0; i < reports.size(); ++i)
      if (weight(i) >= weight(latest)) latest = i;
    entry.stage = entry.history[latest].stage;
    entry.contradicted = entry.history[latest].contradicted;
  }

  Source source_of(const Told& told) { return sources_.of(told.doc, "c" + std::to_string(told.n), told.voice, told.sentence); }

  const Selection& selection_;
  LedgerSources wanted_;
  std::int64_t on_, since_, until_;
  Sources sources_;
  Query wordings_, tellings_;
};

/// Entries that concern the selection's parties.
std::vector<std::int64_t> entries_of(Database& database, const Selection& selection) {
  std::set<std::int64_t> entries;
  const auto collect = [&](Query& query) {
    while (query.step()) entries.insert(query.integer(0));
  };
  constexpr std::string_view concerning = "SELECT DISTINCT entry FROM pairs JOIN scope_pairs USING (pair) JOIN wordings USING (scope) WHERE a=? AND b=?";
  if (selection.between.size() >= 2) {
    Query query = database.prepare(concerning);
    const auto& [a, b] = std::minmax(selection.between[0], selection.between[1]);
    collect(query.bind(1, a).bind(2, b));
  } else if (!selection.of.empty()) {
    Query query = database.prepare(concerning);
    for (const std::string& party : selection.of) collect(query.bind(1, party).bind(2, std::string_view("")));
  } else {
    Query query = database.prepare("SELECT DISTINCT entry FROM wordings");
    collect(query);
  }
  return {entries.begin(), entries.end()};
}

}  // namespace

namespace {

/// Newest report first.
void sort_entries(std::vector<LedgerEntry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const LedgerEntry& a, const LedgerEntry& b) {
    const std::int64_t newest_a = a.history.back().day, newest_b = b.history.back().day;
    return newest_a != newest_b ? newest_a > newest_b : a.id < b.id;
  });
}

}  // namespace

std::vector<LedgerEntry> find_undertakings(Database& database, const Selection& selection, std::int64_t on) {
  Ledger ledger(database, selection, on);
  std::vector<LedgerEntry> entries;
  for (const std::int64_t number : entries_of(database, selection))
    if (auto entry = ledger.entry(number)) entries.push_back(std::move(*entry));
  sort_entries(entries);
  return entries;
}

std::vector<LedgerEntry> newest_undertakings(Database& database, const std::vector<LedgerPlace>& order, const Selection& selection, std::int64_t on, std::size_t limit,
                                             LedgerSources wanted) {
  Ledger ledger(database, selection, on, wanted);
  std::vector<LedgerEntry> entries;
  for (auto at = order.begin(); at != order.end() && at->day >= selection.since; ++at) {
    const bool day_is_over = at != order.begin() && at->day != (at - 1)->day;  // those of one day come by their ids
    if (day_is_over && entries.size() >= limit) break;
    if (auto entry = ledger.entry(at->entry)) entries.push_back(std::move(*entry));
  }
  sort_entries(entries);
  if (entries.size() > limit) entries.resize(limit);
  return entries;
}

namespace {

void sort_by_day(std::vector<LedgerPlace>& order) {
  std::sort(order.begin(), order.end(), [](const LedgerPlace& a, const LedgerPlace& b) { return std::tie(a.day, a.entry) > std::tie(b.day, b.entry); });
}

}  // namespace

std::vector<LedgerPlace> order_overdue(Database& database, std::int64_t on) {
  std::vector<LedgerPlace> order;
  Query due = database.prepare("SELECT entry,max(day) FROM wordings JOIN tellings USING (wording) GROUP BY entry HAVING max(due>0 AND due<?)");
  due.bind(1, on);
  while (due.step()) order.push_back({due.integer(1), due.integer(0)});
  sort_by_day(order);
  return order;
}

std::vector<LedgerPlace> order_disputed(Database& database) {
  std::vector<LedgerPlace> order;
  Query told = database.prepare(
      "SELECT entry,max(day) FROM wordings JOIN tellings USING (wording) GROUP BY entry "
      "HAVING count(DISTINCT stage IN (SELECT word FROM words WHERE text IN ('stalled','cancelled','broken')))>1");
  while (told.step()) order.push_back({told.integer(1), told.integer(0)});
  sort_by_day(order);
  return order;
}

std::vector<LedgerPlace> order_undertakings(Database& database, const Selection& selection) {
  std::vector<LedgerPlace> order;
  const std::int64_t until = selection.until == 0 ? end_of_time : selection.until;
  if (selection.between.size() < 2 && selection.of.empty()) {
    Query all = database.prepare("SELECT entry,max(day) FROM wordings JOIN tellings USING (wording) WHERE day<=? GROUP BY entry");
    all.bind(1, until);
    while (all.step()) order.push_back({all.integer(1), all.integer(0)});
  } else {
    Query newest = database.prepare("SELECT max(day) FROM wordings JOIN tellings USING (wording) WHERE entry=? AND day<=?");
    for (const std::int64_t entry : entries_of(database, selection)) {
      if (newest.bind(1, entry).bind(2, until).step() && !newest.is_null(0)) order.push_back({newest.integer(0), entry});
      newest.run();
    }
  }
  sort_by_day(order);
  return order;
}

Listed<LedgerEntry> page_undertakings(Database& database, const std::vector<LedgerPlace>& order, const Selection& selection, std::int64_t on,
                                      const LedgerPageOptions& options) {
  Ledger ledger(database, selection, on, options.sources);
  Listed<LedgerEntry> page;
  auto at = order.begin();
  if (const auto& after = options.stretch.after) {
    const LedgerPlace left{std::strtoll(after->day.c_str(), nullptr, 10), after->item};
    at = std::partition_point(order.begin(), order.end(), [&](const LedgerPlace& it) { return std::tie(it.day, it.entry) >= std::tie(left.day, left.entry); });
  }
  for (const auto begin = at; at != order.end() && at->day >= selection.since; ++at) {
    const bool is_full = page.rows.size() >= options.limit || std::chrono::steady_clock::now() >= options.stretch.until;
    if (is_full && at != begin) {  // one is looked at, however late it is
      page.next = WalkPlace{.day = std::to_string((at - 1)->day), .doc = 0, .item = (at - 1)->entry};
      break;
    }
    auto entry = ledger.entry(at->entry);
    if (!entry || (options.overdue && !entry->overdue) || (options.contradicted && !entry->contradicted)) continue;
    page.rows.push_back(std::move(*entry));
  }
  return page;
}

std::optional<LedgerEntry> find_undertaking(Database& database, std::int64_t entry, std::int64_t on) {
  const Selection everything;
  return Ledger(database, everything, on).entry(entry);
}

std::int64_t newest_day(Database& database) {
  Query query = database.prepare("SELECT max(published) FROM documents");
  std::int64_t day = 0;
  if (query.step()) day = day_of(query.text(0));
  query.run();
  return day;
}

std::int64_t find_entry(Database& database, std::string_view id) {
  Query query = database.prepare("SELECT entry,key FROM wordings");
  std::int64_t entry = 0;
  while (query.step())
    if (id_of(std::string(query.text(1))) == id) entry = query.integer(0);
  return entry;
}

}  // namespace dragoman
