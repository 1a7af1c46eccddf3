#include "dragoman/store/derived.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/relations/events.h"
#include "dragoman/store/items.h"
#include "dragoman/store/stored_reading.h"
#include "dragoman/store/word_numbers.h"
#include "dragoman/store/wording_index.h"

namespace dragoman {
namespace {

/// Rows that wait to be written, as their tables order them.
struct ConcernRow {
  std::int64_t pair, day, doc;
  bool main = false;
  std::string statements, events;
};
struct TellingRow {
  std::int64_t wording, day, item, stage, due;
};
struct CellRow {
  std::string holder;
  std::int64_t issue, day, item, polarity;
};

using MonthKey = std::tuple<std::int64_t, std::int64_t, std::string_view, bool>;  ///< pair (0: of the month as a whole), month, quad, claimed
struct MonthSums {
  std::string a, b;
  std::int64_t events = 0, scored = 0, goldstein = 0;
};

void append_to(std::string& list, std::int64_t number) {
  if (list.empty())
    list = "[";
  else
    list.back() = ',';
  list += std::to_string(number);
  list += ']';
}

}  // namespace

struct Derived::Impl {
  explicit Impl(Database& of)
      : readings(of),
        words(of),
        wordings(of),
        find_told(of.prepare("SELECT 1 FROM told WHERE doc=?")),
        all_joins(of.prepare("SELECT a,b FROM joins")),
        add_join(of.prepare("INSERT OR IGNORE INTO joins (a,b) VALUES (?,?)")),
        drop_join(of.prepare("DELETE FROM joins WHERE a=? AND b=?")),
        members(of.prepare("SELECT doc, EXISTS (SELECT 1 FROM told WHERE told.doc=documents.doc) FROM documents WHERE state='read' AND "
                           "cluster=(SELECT cluster FROM documents WHERE doc=?) "
                           "ORDER BY coalesce(substr(published,1,10),'9'), bytes DESC, sha256")),
        add_told(of.prepare("INSERT INTO told (doc) VALUES (?)")),
        drop_told(of.prepare("DELETE FROM told WHERE doc=?")),
        corrections(of.prepare("SELECT layer,begin,end,verdict,tag FROM corrections WHERE doc=?")),
        find_pair(of.prepare("SELECT pair FROM pairs WHERE a=? AND b=?")),
        add_pair(of.prepare("INSERT INTO pairs (a,b) VALUES (?,?) RETURNING pair")),
        add_concern(of.prepare("INSERT OR REPLACE INTO concern_rows (pair,day,doc,main,statements,events) VALUES (?,?,?,?,?,?)")),
        drop_concern(of.prepare("DELETE FROM concern_rows WHERE pair=? AND day=? AND doc=?")),
        add_month(of.prepare("INSERT INTO months (a,b,month,quad,claimed,events,scored,goldstein) VALUES (?1,?2,?3,?4,?5,?6,?7,?8) "
                             "ON CONFLICT DO UPDATE SET events=events+?6, scored=scored+?7, goldstein=goldstein+?8")),
        drop_month(of.prepare("DELETE FROM months WHERE a=? AND b=? AND month=? AND quad=? AND claimed=? AND events=0")),
        add_telling(of.prepare("INSERT OR IGNORE INTO tellings (wording,day,item,stage,due) VALUES (?,?,?,?,?)")),
        told_as(of.prepare("SELECT wording,day FROM tellings WHERE item=?")),
        drop_telling(of.prepare("DELETE FROM tellings WHERE wording=? AND day=? AND item=?")),
        is_told(of.prepare("SELECT 1 FROM tellings WHERE wording=? LIMIT 1")),
        add_scope_pair(of.prepare("INSERT OR IGNORE INTO scope_pairs (pair,scope) VALUES (?,?)")),
        find_issue(of.prepare("SELECT issue FROM issues WHERE key=?")),
        add_issue(of.prepare("INSERT INTO issues (key) VALUES (?) RETURNING issue")),
        add_cell(of.prepare("INSERT OR IGNORE INTO cells (holder,issue,day,item,polarity) VALUES (?,?,?,?,?)")),
        drop_cell(of.prepare("DELETE FROM cells WHERE holder=? AND issue=? AND day=? AND item=?")),
        find_actor(of.prepare("SELECT actor FROM actors WHERE ref=?")),
        add_session(of.prepare("INSERT OR IGNORE INTO sessions (body,ordinal,day,doc,begin,end) VALUES (?,?,?,?,?,?)")),
        drop_session(of.prepare("DELETE FROM sessions WHERE body=? AND ordinal=? AND day=? AND doc=? AND begin=?")) {}

  ReadingLoader readings;
  WordNumbers words;
  WordingIndex wordings;
  Query find_told, all_joins, add_join, drop_join, members, add_told, drop_told, corrections, find_pair, add_pair, add_concern, drop_concern, add_month, drop_month, add_telling,
      told_as, drop_telling, is_told, add_scope_pair, find_issue, add_issue, add_cell, drop_cell, find_actor, add_session, drop_session;
  std::unordered_map<std::string, std::int64_t> pairs, issues;  ///< numbers of those met of late; pairs by "a b"
  std::unordered_set<std::int64_t> scopes;                      ///< those that have their rows in scope_pairs

  std::unordered_set<std::int64_t> gathered;  ///< documents whose rows are in the lists that follow
  std::vector<ConcernRow> concern_rows;
  std::vector<TellingRow> telling_rows;
  std::vector<CellRow> cell_rows;
  std::map<MonthKey, MonthSums> month_sums;
  std::set<std::int64_t> untold;  ///< wordings that may have no telling left

  static std::int64_t number_of_row(std::unordered_map<std::string, std::int64_t>& known, const std::string& name, Query& find, Query& add) {
    if (const auto there = known.find(name); there != known.end()) return there->second;
    std::int64_t number = 0;
    if (find.step()) number = find.integer(0);
    find.run();
    if (number == 0) {
      if (add.step()) number = add.integer(0);
      add.run();
    }
    if (known.size() > 100'000) known.clear();
    return known[name] = number;
  }

  std::int64_t pair(const std::string& a, const std::string& b) {
    return number_of_row(pairs, a + " " + b, find_pair.bind(1, a).bind(2, b), add_pair.bind(1, a).bind(2, b));
  }
  std::int64_t issue(const std::string& key) { return number_of_row(issues, key, find_issue.bind(1, key), add_issue.bind(1, key)); }

  std::int64_t actor(const std::string& ref) {
    const std::int64_t number = find_actor.bind(1, ref).step() ? find_actor.integer(0) : 0;
    find_actor.run();
    return number;
  }

  /// The facts of a document that is in the store already.
  Facts facts_of(std::int64_t doc) {
    const auto stored = readings.load(doc);
    if (!stored) return {};
    std::vector<Correction> said;
    corrections.bind(1, doc);
    while (corrections.step()) {
      const std::string_view layer = corrections.text(0);
      said.push_back({layer.empty() ? 'c' : layer[0], ByteSpan{static_cast<std::uint32_t>(corrections.integer(1)), static_cast<std::uint32_t>(corrections.integer(2))},
                      std::string(corrections.text(3)), std::string(corrections.text(4))});
    }
    std::vector<StoryActor> actors;
    for (const Entity& it : stored->reading.entities.entities) actors.push_back({it.ref, std::string(to_string(it.kind)), it.name, it.state});
    return find_facts(stored->reading, actors, said);
  }

  static const std::string& name_of(const Facts& facts, PartyId party) {
    static const std::string no_name;
    return party == nobody ? no_name : facts.parties[static_cast<std::size_t>(party)];
  }

  void count(const Facts& facts, std::int64_t sign) {
    for (const MonthlyEvent& it : facts.months) {
      const std::string &a = name_of(facts, it.a), &b = name_of(facts, it.b);
      MonthSums& sums = month_sums[{it.a == nobody ? 0 : pair(a, b), it.month, it.quad, it.claimed}];
      if (sums.a.empty()) sums.a = a, sums.b = b;
      sums.events += sign;
      sums.scored += sign * it.scored;
      sums.goldstein += sign * it.goldstein;
    }
  }

  /// Concerns are ordered by pair, layer and number.
  void gather(std::int64_t doc, const Facts& facts) {
    const Concern* last = nullptr;
    for (const Concern& it : facts.concerns) {
      if (!last || it.a != last->a || it.b != last->b)
        concern_rows.push_back({.pair = pair(name_of(facts, it.a), name_of(facts, it.b)), .day = facts.day, .doc = doc, .statements = {}, .events = {}});
      last = &it;
      ConcernRow& row = concern_rows.back();
      if (it.layer == 'd') row.main = true;
      if (it.layer == 's') append_to(row.statements, it.n);
      if (it.layer == 'v') append_to(row.events, listed_event(it.n, static_cast<std::int64_t>(it.type.value_or(EventType::agree))));
    }
  }

  void gather(std::int64_t doc, std::int64_t day, const Telling& it) {
    const auto [wording, scope] = wordings.take(it.wording);
    telling_rows.push_back({wording, day, item_of(doc, it.n), words.of(it.stage), it.due});
    if (!scopes.insert(scope).second) return;
    for (const auto& [a, b] : pairs_of(it.wording)) add_scope_pair.bind(1, pair(a, b)).bind(2, scope).run();
  }

  /// By the item, not by the facts: what the wording was then is what stands here.
  void erase_telling(std::int64_t item) {
    std::int64_t wording = 0, day = 0;
    if (told_as.bind(1, item).step()) wording = told_as.integer(0), day = told_as.integer(1);
    told_as.run();
    if (wording == 0) return;
    drop_telling.bind(1, wording).bind(2, day).bind(3, item).run();
    untold.insert(wording);
  }

  void write_concerns() {
    std::sort(concern_rows.begin(), concern_rows.end(), [](const auto& x, const auto& y) { return std::tie(x.pair, x.day, x.doc) < std::tie(y.pair, y.day, y.doc); });
    for (const ConcernRow& it : concern_rows)
      add_concern.bind(1, it.pair).bind(2, it.day).bind(3, it.doc).bind(4, std::int64_t{it.main}).bind_text_or_null(5, it.statements).bind_text_or_null(6, it.events).run();
    concern_rows.clear();
  }

  void write_tellings() {
    std::sort(telling_rows.begin(), telling_rows.end(), [](const auto& x, const auto& y) { return std::tie(x.wording, x.day, x.item) < std::tie(y.wording, y.day, y.item); });
    for (const TellingRow& it : telling_rows) add_telling.bind(1, it.wording).bind(2, it.day).bind(3, it.item).bind(4, it.stage).bind(5, it.due).run();
    telling_rows.clear();
  }

  void release_untold() {
    for (const std::int64_t wording : untold) {
      const bool told = is_told.bind(1, wording).step();
      is_told.run();
      if (!told) wordings.release(wording);
    }
    untold.clear();
  }

  void write_cells() {
    std::sort(cell_rows.begin(), cell_rows.end(), [](const auto& x, const auto& y) { return std::tie(x.holder, x.issue, x.day, x.item) < std::tie(y.holder, y.issue, y.day, y.item); });
    for (const CellRow& it : cell_rows) add_cell.bind(1, it.holder).bind(2, it.issue).bind(3, it.day).bind(4, it.item).bind(5, it.polarity).run();
    cell_rows.clear();
  }

  void write_rows() {
    write_concerns();
    write_tellings();
    write_cells();
    gathered.clear();
  }

  void write_months() {
    for (const auto& [key, sums] : month_sums) {
      const auto& [pair, month, quad, claimed] = key;
      add_month.bind(1, sums.a).bind(2, sums.b).bind(3, month).bind(4, quad).bind(5, std::int64_t{claimed}).bind(6, sums.events).bind(7, sums.scored).bind(8, sums.goldstein).run();
      if (sums.events <= 0) drop_month.bind(1, sums.a).bind(2, sums.b).bind(3, month).bind(4, quad).bind(5, std::int64_t{claimed}).run();
    }
    month_sums.clear();
  }
};

Derived::Derived(Database& database) : impl_(std::make_unique<Impl>(database)) {}
Derived::Derived(Derived&&) noexcept = default;
Derived& Derived::operator=(Derived&&) noexcept = default;
Derived::~Derived() = default;

void Derived::take(std::int64_t doc, const Facts& facts) {
  impl_->add_told.bind(1, doc).run();
  impl_->gathered.insert(doc);
  impl_->gather(doc, facts);
  impl_->count(facts, 1);
  for (const Telling& it : facts.tellings) impl_->gather(doc, facts.day, it);
  for (const Cell& it : facts.cells) impl_->cell_rows.push_back({it.holder, impl_->issue(it.issue), facts.day, item_of(doc, it.n), impl_->words.of(it.polarity)});
  for (const Session& it : facts.sessions)
    impl_->add_session.bind(1, impl_->actor(it.body)).bind(2, std::int64_t{it.ordinal}).bind(3, facts.day).bind(4, doc)
        .bind(5, std::int64_t{it.words.begin}).bind(6, std::int64_t{it.words.end}).run();
}

void Derived::refresh(std::int64_t doc, const FactsAtHand& at_hand) {
  std::vector<std::pair<std::int64_t, bool>> copies;
  impl_->members.bind(1, doc);
  while (impl_->members.step()) copies.emplace_back(impl_->members.integer(0), impl_->members.integer(1) != 0);
  for (std::size_t i = 1; i < copies.size(); ++i)
    if (copies[i].second) remove(copies[i].first);
  if (copies.empty() || copies.front().second) return;
  const std::int64_t first = copies.front().first;
  const Facts* facts = at_hand(first);
  facts ? take(first, *facts) : take(first, impl_->facts_of(first));
}

void Derived::remove(std::int64_t doc) {
  const bool told = impl_->find_told.bind(1, doc).step();
  impl_->find_told.run();
  if (!told) return;
  if (impl_->gathered.contains(doc)) impl_->write_rows();
  impl_->drop_told.bind(1, doc).run();
  const Facts facts = impl_->facts_of(doc);
  for (const Concern& it : facts.concerns) impl_->drop_concern.bind(1, impl_->pair(Impl::name_of(facts, it.a), Impl::name_of(facts, it.b))).bind(2, facts.day).bind(3, doc).run();
  impl_->count(facts, -1);
  for (const Telling& it : facts.tellings) impl_->erase_telling(item_of(doc, it.n));
  for (const Cell& it : facts.cells)
    impl_->drop_cell.bind(1, it.holder).bind(2, impl_->issue(it.issue)).bind(3, facts.day).bind(4, item_of(doc, it.n)).run();
  for (const Session& it : facts.sessions)
    impl_->drop_session.bind(1, impl_->actor(it.body)).bind(2, std::int64_t{it.ordinal}).bind(3, facts.day).bind(4, doc)
        .bind(5, std::int64_t{it.words.begin}).run();
}

void Derived::set_joins(const std::vector<std::pair<std::string, std::string>>& pairs) {
  using Pair = std::pair<std::string, std::string>;
  std::set<Pair> wanted, there;
  for (const auto& [a, b] : pairs) wanted.emplace(std::min(a, b), std::max(a, b));
  while (impl_->all_joins.step()) there.emplace(impl_->all_joins.text(0), impl_->all_joins.text(1));
  std::set<std::string> changed;
  for (const Pair& pair : there)
    if (!wanted.contains(pair)) {
      impl_->drop_join.bind(1, pair.first).bind(2, pair.second).run();
      changed.insert({pair.first, pair.second});
    }
  for (const Pair& pair : wanted)
    if (!there.contains(pair)) {
      impl_->add_join.bind(1, pair.first).bind(2, pair.second).run();
      changed.insert({pair.first, pair.second});
    }
  if (!changed.empty()) impl_->wordings.relink({changed.begin(), changed.end()});
}

void Derived::finish() {
  impl_->write_rows();
  impl_->write_months();
  impl_->release_untold();
  impl_->wordings.settle();
}

}  // namespace dragoman
