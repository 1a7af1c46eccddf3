#include "dragoman/store/clusters.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <numeric>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/store/derived.h"

namespace dragoman {
namespace {

constexpr std::int64_t days_apart = 10;            ///< of two tellings; later ones are follow-ups, or copies to the word
constexpr std::int64_t no_day = 0, whole_text = -1;
constexpr std::size_t kept_fingerprints = 20'000;  ///< some 20 MB

/// Days since 1970, `no_day` for what is no date.
std::int64_t day_of(std::string_view date) {
  int year = 0, month = 0, day = 0;
  if (date.size() < 10 || date[4] != '-' || date[7] != '-') return no_day;
  std::from_chars(date.data(), date.data() + 4, year);
  std::from_chars(date.data() + 5, date.data() + 7, month);
  std::from_chars(date.data() + 8, date.data() + 10, day);
  const std::chrono::year_month_day calendar{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))};
  if (!calendar.ok()) return no_day;
  const std::int64_t days = std::chrono::sys_days(calendar).time_since_epoch().count();
  return days > 0 ? days : no_day;
}

bool days_allow(std::int64_t a, std::int64_t b) { return a == no_day || b == no_day || std::abs(a - b) <= days_apart; }

struct Placed {
  Fingerprint fingerprint;
  std::int64_t day = no_day;
};

}  // namespace

struct ClusterIndex::Impl {
  explicit Impl(Database& opened)
      : database(opened),
        near(database.prepare("SELECT doc FROM shingles WHERE hash=?1 AND day BETWEEN ?2 AND ?3")),
        undated(database.prepare("SELECT doc FROM shingles WHERE hash=?1 AND day=?2")),
        insert(database.prepare("INSERT OR IGNORE INTO shingles VALUES (?,?,?)")),
        cluster_of(database.prepare("SELECT cluster FROM documents WHERE doc=?")),
        text_of(database.prepare("SELECT published, text FROM documents WHERE doc=?")),
        members(database.prepare("SELECT doc FROM documents WHERE cluster=?")),
        join(database.prepare("UPDATE documents SET cluster=?1 WHERE cluster=?2")),
        set(database.prepare("UPDATE documents SET cluster=?1 WHERE doc=?2 AND cluster<>?1")) {
    load_edits();
  }

  void load_edits() {
    alone.clear();
    Query edits = database.prepare("SELECT kind, doc FROM cluster_edits ORDER BY edit");
    while (edits.step())
      if (edits.text(0) == "split") alone.insert(edits.integer(1));
  }

  const Placed& placed(DocumentKey doc) {
    if (const auto found = known.find(doc); found != known.end()) return found->second;
    if (known.size() >= kept_fingerprints) known.clear();
    Placed made;
    text_of.bind(1, doc);
    if (text_of.step()) made = {fingerprint_of(text_of.text(1)), day_of(text_of.text(0))};
    text_of.run();
    return known.emplace(doc, std::move(made)).first->second;
  }

  /// Documents that share runs of words with this one, by number.
  std::vector<DocumentKey> candidates(DocumentKey doc, const Placed& placed) {
    std::unordered_map<DocumentKey, std::size_t> shared;
    const auto count = [&](Query& query) {
      while (query.step()) ++shared[query.integer(0)];
    };
    for (const std::uint32_t hash : placed.fingerprint.shingles) {
      near.bind(1, std::int64_t{hash});
      if (placed.day == no_day) {
        near.bind(2, no_day).bind(3, INT64_MAX);
        count(near);
      } else {
        near.bind(2, std::max<std::int64_t>(placed.day - days_apart, 1)).bind(3, placed.day + days_apart);
        count(near);
        undated.bind(1, std::int64_t{hash}).bind(2, no_day);
        count(undated);
      }
    }
    undated.bind(1, std::int64_t{placed.fingerprint.whole}).bind(2, whole_text);
    while (undated.step()) shared[undated.integer(0)] += few_shingles;
    std::vector<DocumentKey> found;
    for (const auto& [other, runs] : shared)
      if (other != doc && runs >= few_shingles) found.push_back(other);
    std::sort(found.begin(), found.end());
    return found;
  }

  /// The whole rule for two documents. Symmetric, and the same whether one is new or both are old.
  static bool are_one_story(const Placed& a, const Placed& b) {
    if (a.fingerprint.whole == b.fingerprint.whole && a.fingerprint.words == b.fingerprint.words) return true;
    if (!days_allow(a.day, b.day)) return false;
    return may_tell_same_story(a.fingerprint, b.fingerprint) && same_story(a.fingerprint, b.fingerprint);
  }

  Database& database;
  Query near, undated, insert, cluster_of, text_of, members, join, set;
  std::unordered_set<DocumentKey> alone;
  std::unordered_map<DocumentKey, Placed> known;
};

ClusterIndex::ClusterIndex(Database& database) : impl_(std::make_unique<Impl>(database)) {}
ClusterIndex::~ClusterIndex() = default;
ClusterIndex::ClusterIndex(ClusterIndex&&) noexcept = default;

void ClusterIndex::place(DocumentKey doc, const Fingerprint& fingerprint, std::string_view published) {
  const Placed placed{fingerprint, day_of(published)};
  std::int64_t cluster = doc;
  for (const DocumentKey other : impl_->candidates(doc, placed)) {
    if (impl_->alone.contains(other)) continue;
    std::int64_t others = 0;
    if (impl_->cluster_of.bind(1, other).step()) others = impl_->cluster_of.integer(0);
    impl_->cluster_of.run();
    if (others == 0 || others == cluster || !Impl::are_one_story(placed, impl_->placed(other))) continue;
    impl_->join.bind(1, std::min(cluster, others)).bind(2, std::max(cluster, others)).run();
    cluster = std::min(cluster, others);
  }
  for (const std::uint32_t hash : fingerprint.shingles) impl_->insert.bind(1, std::int64_t{hash}).bind(2, placed.day).bind(3, doc).run();
  impl_->insert.bind(1, std::int64_t{fingerprint.whole}).bind(2, whole_text).bind(3, doc).run();
}

void ClusterIndex::settle(const std::vector<DocumentKey>& docs) {
  impl_->load_edits();
  // All documents that may be concerned: those of the clusters, and what is merged with them or tells the same.
  std::set<DocumentKey> concerned;
  std::vector<DocumentKey> open(docs);
  std::set<std::int64_t> clusters;
  while (!open.empty()) {
    const DocumentKey doc = open.back();
    open.pop_back();
    std::int64_t cluster = 0;
    if (impl_->cluster_of.bind(1, doc).step()) cluster = impl_->cluster_of.integer(0);
    impl_->cluster_of.run();
    if (cluster == 0 || !clusters.insert(cluster).second) continue;
    std::vector<DocumentKey> members;
    impl_->members.bind(1, cluster);
    while (impl_->members.step()) members.push_back(impl_->members.integer(0));
    for (const DocumentKey member : members) {
      concerned.insert(member);
      const Placed& placed = impl_->placed(member);
      for (const DocumentKey other : impl_->candidates(member, placed))
        if (Impl::are_one_story(placed, impl_->placed(other))) open.push_back(other);
    }
    Query merged = impl_->database.prepare("SELECT doc, other FROM cluster_edits WHERE kind='merge'");
    while (merged.step())
      for (const int column : {0, 1})
        if (concerned.contains(merged.integer(column))) open.push_back(merged.integer(1 - column));
  }
  const std::vector<DocumentKey> all(concerned.begin(), concerned.end());
  std::vector<std::size_t> root(all.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto find = [&](std::size_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  const auto join = [&](std::size_t a, std::size_t b) { root[std::max(find(a), find(b))] = std::min(find(a), find(b)); };
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (impl_->alone.contains(all[i]) || impl_->alone.contains(all[j]) || find(i) == find(j)) continue;
      const Placed first = impl_->placed(all[i]);
      if (Impl::are_one_story(first, impl_->placed(all[j]))) join(i, j);
    }
  // Merges join what stands there, also a document that was split off before; a later split takes it out of them again.
  Query edits = impl_->database.prepare("SELECT kind, doc, other, edit FROM cluster_edits ORDER BY edit");
  std::vector<std::pair<DocumentKey, DocumentKey>> merges;
  while (edits.step()) {
    const DocumentKey doc = edits.integer(1);
    if (edits.text(0) == "merge")
      merges.emplace_back(doc, edits.integer(2));
    else
      std::erase_if(merges, [&](const auto& merge) { return merge.first == doc || merge.second == doc; });
  }
  const auto index_of = [&](DocumentKey doc) -> std::size_t {
    const auto at = std::lower_bound(all.begin(), all.end(), doc);
    return at != all.end() && *at == doc ? static_cast<std::size_t>(at - all.begin()) : all.size();
  };
  for (const auto& [doc, other] : merges)
    if (const std::size_t a = index_of(doc), b = index_of(other); a < all.size() && b < all.size()) join(a, b);
  for (std::size_t i = 0; i < all.size(); ++i) impl_->set.bind(1, all[find(i)]).bind(2, all[i]).run();
}

namespace {

bool has_document(Database& database, DocumentKey doc) {
  Query query = database.prepare("SELECT 1 FROM documents WHERE doc=?");
  query.bind(1, doc);
  const bool found = query.step();
  query.run();
  return found;
}

/// Records with `sql` (whose parameters are doc and other) and settles the clusters, all or nothing.
Result<void> edit(Database& database, std::string_view sql, DocumentKey doc, DocumentKey other) {
  for (const DocumentKey key : {doc, other})
    if (!has_document(database, key)) return fail(ErrorCode::not_found, database.path().string(), ": no document ", key);
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun;
  {
    std::vector<DocumentKey> concerned;
    Query copies = database.prepare("SELECT doc FROM documents WHERE cluster IN (SELECT cluster FROM documents WHERE doc IN (?,?))");
    copies.bind(1, doc).bind(2, other);
    while (copies.step()) concerned.push_back(copies.integer(0));
    Query record = database.prepare(sql);
    record.bind(1, doc).bind(2, other).run();
    ClusterIndex index(database);
    index.settle({doc, other});
    Derived derived(database);
    for (const DocumentKey one : concerned) derived.refresh(one);
  }
  if (auto ok = database.check(); !ok) {
    (void)database.execute("ROLLBACK");
    return ok;
  }
  return database.execute("COMMIT");
}

}  // namespace

Result<void> split_cluster(Database& database, DocumentKey doc) {
  return edit(database, "INSERT INTO cluster_edits (kind, doc) SELECT 'split', ?1 WHERE ?2 = ?1", doc, doc);
}

Result<void> merge_clusters(Database& database, DocumentKey doc, DocumentKey other) {
  return edit(database, "INSERT INTO cluster_edits (kind, doc, other) VALUES ('merge', ?1, ?2)", doc, other);
}

Result<void> undo_cluster_edit(Database& database, std::int64_t number) {
  Query query = database.prepare("SELECT doc, coalesce(other, doc) FROM cluster_edits WHERE edit=?");
  query.bind(1, number);
  DocumentKey doc = 0, other = 0;
  if (query.step()) {
    doc = query.integer(0);
    other = query.integer(1);
  }
  query.run();
  if (doc == 0) return fail(ErrorCode::not_found, database.path().string(), ": no edit ", number, "; `dragoman cluster DB --edits` lists them");
  return edit(database, "DELETE FROM cluster_edits WHERE edit=" + std::to_string(number) + " AND (?1 = ?1 OR ?2 = ?2)", doc, other);
}

}  // namespace dragoman
