#include "dragoman/store/derived.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "dragoman/relations/events.h"
#include "dragoman/store/facts.h"
#include "dragoman/store/wording_index.h"

namespace dragoman {

struct Derived::Impl {
  explicit Impl(Database& of)
      : finder(of),
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
        find_pair(of.prepare("SELECT pair FROM pairs WHERE a=? AND b=?")),
        add_pair(of.prepare("INSERT INTO pairs (a,b) VALUES (?,?) RETURNING pair")),
        add_concern(of.prepare("INSERT OR IGNORE INTO concern_rows (pair,layer,day,item,type) VALUES (?,?,?,?,?)")),
        drop_concern(of.prepare("DELETE FROM concern_rows WHERE pair=? AND layer=? AND day=? AND item=?")),
        add_month(of.prepare("INSERT INTO months (a,b,month,quad,claimed,events,scored,goldstein) VALUES (?1,?2,?3,?4,?5,?6,?7,?8) "
                             "ON CONFLICT DO UPDATE SET events=events+?6, scored=scored+?7, goldstein=goldstein+?8")),
        drop_month(of.prepare("DELETE FROM months WHERE a=? AND b=? AND month=? AND quad=? AND claimed=? AND events=0")),
        add_telling(of.prepare("INSERT OR IGNORE INTO tellings (wording,day,item,stage,due) VALUES (?,?,?,?,?)")),
        told_as(of.prepare("SELECT wording,day FROM tellings WHERE item=?")),
        drop_telling(of.prepare("DELETE FROM tellings WHERE wording=? AND day=? AND item=?")),
        is_told(of.prepare("SELECT 1 FROM tellings WHERE wording=? LIMIT 1")),
        key_of(of.prepare("SELECT key FROM wordings WHERE wording=?")),
        find_issue(of.prepare("SELECT issue FROM issues WHERE key=?")),
        add_issue(of.prepare("INSERT INTO issues (key) VALUES (?) RETURNING issue")),
        add_cell(of.prepare("INSERT OR IGNORE INTO cells (holder,issue,day,item,polarity) VALUES (?,?,?,?,?)")),
        drop_cell(of.prepare("DELETE FROM cells WHERE holder=? AND issue=? AND day=? AND item=?")),
        add_session(of.prepare("INSERT OR IGNORE INTO sessions (body,ordinal,day,doc,begin,end) VALUES (?,?,?,?,?,?)")),
        drop_session(of.prepare("DELETE FROM sessions WHERE body=? AND ordinal=? AND day=? AND doc=? AND begin=?")) {}

  FactFinder finder;
  WordingIndex wordings;
  Query find_told, all_joins, add_join, drop_join, members, add_told, drop_told, find_pair, add_pair, add_concern, drop_concern, add_month, drop_month, add_telling, told_as, drop_telling,
      is_told, key_of, find_issue, add_issue, add_cell, drop_cell, add_session, drop_session;
  std::unordered_map<std::string, std::int64_t> pairs;  ///< numbers of those met of late, by "a b"

  std::int64_t pair(const std::string& a, const std::string& b) {
    const std::string name = a + " " + b;
    if (const auto known = pairs.find(name); known != pairs.end()) return known->second;
    std::int64_t number = 0;
    if (find_pair.bind(1, a).bind(2, b).step()) number = find_pair.integer(0);
    find_pair.run();
    if (number == 0) {
      if (add_pair.bind(1, a).bind(2, b).step()) number = add_pair.integer(0);
      add_pair.run();
    }
    if (pairs.size() > 100'000) pairs.clear();
    return pairs[name] = number;
  }

  void insert(const Concern& it, std::int64_t day) {
    const std::string_view layer(&it.layer, 1);
    const auto type = event_type_of(it.kind);
    add_concern.bind(1, pair(it.a, it.b)).bind(2, layer).bind(3, day).bind(4, it.item);
    (type ? add_concern.bind(5, static_cast<std::int64_t>(*type)) : add_concern.bind_null(5)).run();
  }
  void erase(const Concern& it, std::int64_t day) {
    const std::string_view layer(&it.layer, 1);
    drop_concern.bind(1, pair(it.a, it.b)).bind(2, layer).bind(3, day).bind(4, it.item).run();
  }

  void count(const MonthlyEvent& it, std::int64_t sign) {
    add_month.bind(1, it.a).bind(2, it.b).bind(3, it.month).bind(4, it.quad).bind(5, std::int64_t{it.claimed});
    add_month.bind(6, sign).bind(7, sign * it.scored).bind(8, sign * it.goldstein).run();
    if (sign < 0) drop_month.bind(1, it.a).bind(2, it.b).bind(3, it.month).bind(4, it.quad).bind(5, std::int64_t{it.claimed}).run();
  }

  std::int64_t issue(const std::string& key) {
    std::int64_t number = 0;
    if (find_issue.bind(1, key).step()) number = find_issue.integer(0);
    find_issue.run();
    if (number != 0) return number;
    if (add_issue.bind(1, key).step()) number = add_issue.integer(0);
    add_issue.run();
    return number;
  }

  void insert(const Telling& it, std::int64_t day) {
    const std::int64_t wording = wordings.take(it.wording);
    add_telling.bind(1, wording).bind(2, day).bind(3, it.item).bind(4, it.stage).bind(5, it.due).run();
    for (const Concern& concern : concerns_of(it.wording, wording)) insert(concern, 0);
  }

  /// By the item, not by the facts: what the wording was then is what stands here.
  void erase(const Telling& it) {
    std::int64_t wording = 0, day = 0;
    if (told_as.bind(1, it.item).step()) wording = told_as.integer(0), day = told_as.integer(1);
    told_as.run();
    if (wording == 0) return;
    drop_telling.bind(1, wording).bind(2, day).bind(3, it.item).run();
    const bool told = is_told.bind(1, wording).step();
    is_told.run();
    if (told) return;
    std::string key;
    if (key_of.bind(1, wording).step()) key = key_of.text(0);
    key_of.run();
    for (const Concern& concern : concerns_of(parse_key(key), wording)) erase(concern, 0);
    wordings.release(wording);
  }
};

Derived::Derived(Database& database) : impl_(std::make_unique<Impl>(database)) {}
Derived::Derived(Derived&&) noexcept = default;
Derived& Derived::operator=(Derived&&) noexcept = default;
Derived::~Derived() = default;

void Derived::refresh(std::int64_t doc) {
  std::vector<std::pair<std::int64_t, bool>> copies;
  impl_->members.bind(1, doc);
  while (impl_->members.step()) copies.emplace_back(impl_->members.integer(0), impl_->members.integer(1) != 0);
  for (std::size_t i = 1; i < copies.size(); ++i)
    if (copies[i].second) remove(copies[i].first);
  if (!copies.empty() && !copies.front().second) add(copies.front().first);
}

void Derived::add(std::int64_t doc) {
  impl_->add_told.bind(1, doc).run();
  const Facts facts = impl_->finder.find(doc);
  for (const Concern& it : facts.concerns) impl_->insert(it, facts.day);
  for (const MonthlyEvent& it : facts.months) impl_->count(it, 1);
  for (const Telling& it : facts.tellings) impl_->insert(it, facts.day);
  for (const Cell& it : facts.cells)
    impl_->add_cell.bind(1, it.holder).bind(2, impl_->issue(it.issue)).bind(3, facts.day).bind(4, it.item).bind(5, it.polarity).run();
  for (const Session& it : facts.sessions)
    impl_->add_session.bind(1, it.body).bind(2, std::int64_t{it.ordinal}).bind(3, facts.day).bind(4, doc)
        .bind(5, std::int64_t{it.words.begin}).bind(6, std::int64_t{it.words.end}).run();
}

void Derived::remove(std::int64_t doc) {
  const bool told = impl_->find_told.bind(1, doc).step();
  impl_->find_told.run();
  if (!told) return;
  impl_->drop_told.bind(1, doc).run();
  const Facts facts = impl_->finder.find(doc);
  for (const Concern& it : facts.concerns) impl_->erase(it, facts.day);
  for (const MonthlyEvent& it : facts.months) impl_->count(it, -1);
  for (const Telling& it : facts.tellings) impl_->erase(it);
  for (const Cell& it : facts.cells)
    impl_->drop_cell.bind(1, it.holder).bind(2, impl_->issue(it.issue)).bind(3, facts.day).bind(4, it.item).run();
  for (const Session& it : facts.sessions)
    impl_->drop_session.bind(1, it.body).bind(2, std::int64_t{it.ordinal}).bind(3, facts.day).bind(4, doc)
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
  for (const std::string& key : changed) impl_->wordings.relink(key);
}

}  // namespace dragoman
