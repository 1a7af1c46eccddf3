#include "dragoman/store/ledger.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "dragoman/base/sha256.h"
#include "dragoman/store/days.h"
#include "dragoman/store/items.h"
#include "dragoman/store/sources.h"
#include "dragoman/store/word_numbers.h"
#include "dragoman/store/wording.h"

namespace dragoman {
namespace {

constexpr std::int64_t end_of_time = 99999999;
constexpr std::int64_t week = 7;
constexpr std::size_t recent_reports = 200;
// Of an entry with more reports the newest so many are held against each other, and those of one day stand as they were added, not by their
// documents' hashes.
constexpr std::size_t most_ordered = 2000;

bool is_down(std::string_view stage) { return stage == "stalled" || stage == "cancelled" || stage == "broken"; }
bool is_over(std::string_view stage) { return stage == "completed" || stage == "cancelled" || stage == "broken"; }

/// discussed 0 ... completed 5; -1 for what went wrong.
int rung_of(std::string_view stage) {
  constexpr std::string_view ladder[] = {"discussed", "offered", "pledged", "agreed", "underway", "completed"};
  const auto* rung = std::find(std::begin(ladder), std::end(ladder), stage);
  return rung == std::end(ladder) ? -1 : static_cast<int>(rung - std::begin(ladder));
}

std::string id_of(const std::string& key) { return "u" + sha256_hex(key).substr(0, 8); }

/// One way to speak of the entry's undertaking.
struct Phrased {
  Wording wording;
  std::string words;                        ///< those that count, with blanks
  std::vector<std::string> counterparties;
};

/// Who tells it, and where.
struct Said {
  std::int64_t voice = 0;
  ByteSpan sentence;
  std::vector<std::string> speakers;  ///< parties; empty: the outlet
};

/// A row of tellings. What the commitment says beside it is looked up where it is asked for.
struct Told {
  std::int64_t day, item, due;
  std::string_view stage;
  const Phrased* phrased;
  [[nodiscard]] std::int64_t doc() const { return document_of(item); }
};

/// Parties that a third of the reports name, at least; a slip in one story does not change who undertakes a thing.
template <class Get>
std::vector<std::string> mostly(const std::vector<Told>& reports, Get get) {
  std::map<std::string, std::size_t> counts;
  for (const Told& told : reports)
    for (const std::string& party : get(*told.phrased)) ++counts[party];
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

class Ledger {
 public:
  Ledger(Database& database, const Selection& selection, std::int64_t on, LedgerSources wanted = LedgerSources::all)
      : selection_(selection),
        wanted_(wanted),
        on_(on),
        since_(selection.since),
        until_(selection.until == 0 ? end_of_time : selection.until),
        sources_(database),
        tellers_(database),
        words_(database),
        wordings_(database.prepare("SELECT wording,key FROM wordings WHERE entry=? ORDER BY key")),
        tellings_(database.prepare("SELECT day,item,stage,due FROM tellings WHERE wording=? AND day<=? ORDER BY day")),
        named_(database.prepare("SELECT title,action,object FROM commitments WHERE commitment=?")),
        said_(database.prepare("SELECT voice,sentence_begin,sentence_end FROM commitments WHERE commitment=?")) {}

  std::optional<LedgerEntry> entry(std::int64_t number) {
    said_by_.clear();  // of the entry before
    std::vector<Phrased> ways;
    std::vector<std::int64_t> numbers;
    wordings_.bind(1, number);
    while (wordings_.step()) {
      numbers.push_back(wordings_.integer(0));
      Phrased& way = ways.emplace_back();
      way.wording = parse_key(wordings_.text(1));
      way.counterparties = counterparties_of(way.wording);
      for (const std::string& word : way.wording.words) way.words.append(word).append(" ");
    }
    std::vector<Told> reports;
    for (std::size_t i = 0; i < ways.size(); ++i) read_tellings(numbers[i], ways[i], reports);
    if (reports.empty() || !in_window(reports)) return std::nullopt;
    std::sort(reports.begin(), reports.end(), [&](const Told& a, const Told& b) {
      if (a.day != b.day) return a.day < b.day;
      if (a.doc() == b.doc() || reports.size() > most_ordered) return a.item < b.item;
      return tellers_.of(a.doc()).sha256 < tellers_.of(b.doc()).sha256;
    });

    LedgerEntry entry;
    entry.sector = most_common(reports, [](const Told& told) { return told.phrased->wording.sector; });
    if (!selection_.sector.empty() && selection_.sector != entry.sector) return std::nullopt;
    entry.undertakers = mostly(reports, [](const Phrased& way) -> const auto& { return way.wording.undertakers; });
    entry.counterparties = mostly(reports, [](const Phrased& way) -> const auto& { return way.counterparties; });
    if (!about(ways)) return std::nullopt;
    const std::string thing = most_common(reports, [](const Told& told) { return told.phrased->words; });
    named_.bind(1, std::find_if(reports.begin(), reports.end(), [&](const Told& told) { return told.phrased->words == thing; })->item);
    if (named_.step()) {
      entry.title = named_.text(0);
      entry.action = named_.text(1);
      entry.object = named_.text(2);
    }
    named_.run();
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

  static std::string first_key(const std::vector<Told>& reports) {
    std::string key = to_key(reports.front().phrased->wording);
    for (const Told& told : reports)
      if (told.day == reports.front().day) key = std::min(key, to_key(told.phrased->wording));
    return key;
  }

  void read_tellings(std::int64_t number, const Phrased& way, std::vector<Told>& reports) {
    tellings_.bind(1, number).bind(2, until_);
    while (tellings_.step())
      reports.push_back({.day = tellings_.integer(0), .item = tellings_.integer(1), .due = tellings_.integer(3), .stage = words_.text(tellings_.integer(2)), .phrased = &way});
  }

  [[nodiscard]] bool in_window(const std::vector<Told>& reports) {
    return std::any_of(reports.begin(), reports.end(), [&](const Told& told) {
      return told.day >= since_ && (selection_.outlet.empty() || tellers_.is_from(told.doc(), selection_.outlet));
    });
  }

  /// Every word of `--issue` counts in one of its wordings.
  [[nodiscard]] bool about(const std::vector<Phrased>& ways) const {
    if (selection_.issue.empty()) return true;
    Wording asked;
    reduce_phrase(selection_.issue, {}, {}, asked);
    return std::any_of(ways.begin(), ways.end(), [&](const Phrased& way) {
      return std::includes(way.wording.words.begin(), way.wording.words.end(), asked.words.begin(), asked.words.end());
    });
  }

  /// A story that tells one thing several times tells it once: at its furthest, where nobody contradicts.
  std::vector<Told> once_a_story(const std::vector<Told>& reports) {
    std::vector<Told> kept;
    std::unordered_map<std::int64_t, std::vector<std::size_t>> of_story;  // where in `kept` its tellings are
    for (const Told& told : reports) {
      std::vector<std::size_t>& tellings = of_story[told.doc()];
      const auto same = std::find_if(tellings.begin(), tellings.end(), [&](std::size_t at) {
        const Told& other = kept[at];
        const auto &his = said(other).speakers, &hers = said(told).speakers;
        if (other.stage == told.stage) return his == hers || his.empty() || hers.empty();
        const bool two_sides = !his.empty() && !hers.empty() && his != hers;
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

  /// Of one that halts and one that doesn't.
  bool contradict(const Told& a, const Told& b) {
    const auto &his = said(a).speakers, &hers = said(b).speakers;
    const bool same_voice = his == hers && (a.doc() == b.doc() || tellers_.of(a.doc()).outlet == tellers_.of(b.doc()).outlet);
    if (same_voice) return false;
    if (a.day == b.day) return true;
    // Days apart it is news, unless two sides tell it.
    const bool near = a.day != 0 && b.day != 0 && a.day / 100 == b.day / 100 && std::abs(a.day - b.day) <= week;
    return near && !his.empty() && !hers.empty();
  }

  /// Is it told by the outlet, or by one who has to do with it?
  bool is_of_a_party(const Told& told, const LedgerEntry& entry) {
    const auto& speakers = said(told).speakers;
    return speakers.empty() || std::any_of(speakers.begin(), speakers.end(), [&](const std::string& party) {
             return party.empty() ||  // whose side it is on is not known
                    std::binary_search(entry.undertakers.begin(), entry.undertakers.end(), party) ||
                    std::binary_search(entry.counterparties.begin(), entry.counterparties.end(), party);
           });
  }

  /// Which report settles the stage: the latest day's word counts, the outlet's before the parties', and theirs before that of others.
  std::size_t settling(const std::vector<Told>& reports, const LedgerEntry& entry) {
    std::optional<std::size_t> best;
    for (std::size_t i = reports.size(); i > 0; --i) {
      if (best && reports[i - 1].day != reports[*best].day) break;
      if (!is_of_a_party(reports[i - 1], entry)) continue;
      const bool is_outlet = said(reports[i - 1]).voice == 0;
      if (!best || is_outlet) best = i - 1;
      if (is_outlet) break;
    }
    return best.value_or(reports.size() - 1);
  }

  /// Which of the reports (of very many: of the newest) somebody contradicts at the same time.
  std::vector<bool> contradicted(const std::vector<Told>& reports) {
    std::vector<bool> marked(reports.size(), false);
    std::size_t near = reports.size() > most_ordered ? reports.size() - most_ordered : 0;
    // Reports are in the order of their days: what contradicts is at most a week away.
    for (std::size_t i = near; i < reports.size(); ++i) {
      if (!is_down(reports[i].stage)) continue;  // one of the two is
      while (reports[i].day - reports[near].day > week) ++near;
      for (std::size_t other = near; other < reports.size() && reports[other].day - reports[i].day <= week; ++other) {
        if (is_down(reports[other].stage) || (marked[i] && marked[other]) || !contradict(reports[i], reports[other])) continue;
        marked[i] = marked[other] = true;
      }
    }
    return marked;
  }

  void history(const std::vector<Told>& reports, LedgerEntry& entry) {
    const std::size_t whole = wanted_ == LedgerSources::all ? reports.size() : wanted_ == LedgerSources::recent ? recent_reports : 1;  // the newest so many
    const std::vector<bool> marked = contradicted(reports);
    for (std::size_t i = 0; i < reports.size(); ++i) {
      const Told& told = reports[i];
      const bool is_whole = reports.size() - i <= whole;
      LedgerStep step{.stage = std::string(told.stage), .day = told.day, .contradicted = marked[i], .of_a_party = !is_whole || is_of_a_party(told, entry), .source = {}};
      if (is_whole)
        step.source = source_of(told);
      else
        step.source.date = date_of(told);
      entry.history.push_back(std::move(step));
    }
    const std::size_t latest = settling(reports, entry);
    entry.stage = entry.history[latest].stage;
    entry.contradicted = marked[latest];
  }

  Source source_of(const Told& told) {
    const Said& it = said(told);
    return sources_.of(told.doc(), "c" + std::to_string(number_of(told.item)), it.voice, it.sentence);
  }

  std::string date_of(const Told& told) { return told.day != 0 ? to_date(told.day) : source_of(told).date; }  // "2025" is a date and no day

  const Said& said(const Told& told) {
    const auto [found, fresh] = said_by_.try_emplace(told.item);
    Said& it = found->second;
    if (!fresh) return it;
    if (said_.bind(1, told.item).step()) it = {said_.integer(0), {static_cast<std::uint32_t>(said_.integer(1)), static_cast<std::uint32_t>(said_.integer(2))}, {}};
    said_.run();
    if (it.voice == 0) return it;
    it.speakers = sources_.parties_of_voice(told.doc(), it.voice);
    if (it.speakers.empty()) it.speakers.emplace_back();  // somebody, not the outlet
    return it;
  }

  const Selection& selection_;
  LedgerSources wanted_;
  std::int64_t on_, since_, until_;
  Sources sources_;
  Tellers tellers_;
  WordNumbers words_;
  Query wordings_, tellings_, named_, said_;
  std::unordered_map<std::int64_t, Said> said_by_;
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
  return Ledger(database, everything, on, LedgerSources::recent).entry(entry);
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

std::unordered_map<std::string, std::int64_t> entries_by_id(Database& database) {
  Query query = database.prepare("SELECT entry,key FROM wordings");
  std::unordered_map<std::string, std::int64_t> entries;
  while (query.step()) entries.insert_or_assign(id_of(std::string(query.text(1))), query.integer(0));
  return entries;
}

}  // namespace dragoman
