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
constexpr std::int64_t no_day = 0;
constexpr std::size_t kept_fingerprints = 120'000;  ///< some 120 MB; others are made again from the text
constexpr std::size_t kept_shingles = 50'000'000;  ///< 400 MB; then all days are let go, and loaded again as they are needed

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
  std::int64_t cluster = 0;  ///< as it was when this was made; 0: there is no such document
};

/// The runs of words of the stories of one day, sorted.
using Day = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  ///< hash, document

std::string packed_shingles(const Fingerprint& fingerprint) {
  std::string bytes;
  for (const std::uint32_t hash : fingerprint.shingles)
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(hash >> shift & 0xff);
  return bytes;
}

}  // namespace

struct ClusterIndex::Impl {
  explicit Impl(Database& opened)
      : database(opened),
        of_day(database.prepare("SELECT doc,shingles FROM fingerprints WHERE day=?")),
        all_days(database.prepare("SELECT DISTINCT day FROM fingerprints")),
        same_words(database.prepare("SELECT doc FROM fingerprints WHERE whole=?")),
        insert(database.prepare("INSERT OR IGNORE INTO fingerprints (day,doc,whole,shingles) VALUES (?,?,?,?)")),
        cluster_of(database.prepare("SELECT cluster FROM documents WHERE doc=?")),
        text_of(database.prepare("SELECT published, text, cluster FROM documents WHERE doc=?")),
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

  /// 0 where there is no such document.
  std::int64_t cluster(DocumentKey doc) {
    const std::int64_t found = cluster_of.bind(1, doc).step() ? cluster_of.integer(0) : 0;
    cluster_of.run();
    return found;
  }

  /// Stays where it is until `known` is cleared.
  const Placed& placed(DocumentKey doc) {
    if (const auto found = known.find(doc); found != known.end()) return found->second;
    Placed made;
    text_of.bind(1, doc);
    if (text_of.step()) made = {fingerprint_of(text_of.text(1)), day_of(text_of.text(0)), text_of.integer(2)};
    text_of.run();
    return known.emplace(doc, std::move(made)).first->second;
  }

  const Day& shingles_of(std::int64_t day) {
    const auto [at, is_new] = days.try_emplace(day);
    if (!is_new) return at->second;
    Day& list = at->second;
    of_day.bind(1, day);
    while (of_day.step()) {
      const std::string_view bytes = of_day.text(1);
      for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
        std::uint32_t hash = 0;
        for (std::size_t byte = 0; byte < 4; ++byte) hash |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + byte])) << 8 * byte;
        list.emplace_back(hash, static_cast<std::uint32_t>(of_day.integer(0)));
      }
    }
    std::sort(list.begin(), list.end());
    shingles_kept += list.size();
    return list;
  }

  /// Documents that share runs of words with this one, by number.
  std::vector<DocumentKey> candidates(DocumentKey doc, const Placed& placed) {
    std::vector<std::uint32_t> shared;  // as often as they share a run
    const auto look_in = [&](std::int64_t day) {
      const Day& list = shingles_of(day);
      for (const std::uint32_t hash : placed.fingerprint.shingles)
        for (auto at = std::lower_bound(list.begin(), list.end(), std::pair(hash, 0u)); at != list.end() && at->first == hash; ++at) shared.push_back(at->second);
    };
    if (placed.day == no_day) {
      std::vector<std::int64_t> all;
      while (all_days.step()) all.push_back(all_days.integer(0));
      for (const std::int64_t day : all) look_in(day);
    } else {
      look_in(no_day);
      for (std::int64_t day = std::max<std::int64_t>(placed.day - days_apart, 1); day <= placed.day + days_apart; ++day) look_in(day);
    }
    std::sort(shared.begin(), shared.end());
    std::vector<DocumentKey> found;
    for (std::size_t at = 0; at < shared.size();) {
      const std::size_t end = static_cast<std::size_t>(std::upper_bound(shared.begin() + static_cast<std::ptrdiff_t>(at), shared.end(), shared[at]) - shared.begin());
      if (end - at >= few_shingles && shared[at] != doc) found.push_back(shared[at]);
      at = end;
    }
    same_words.bind(1, std::int64_t{placed.fingerprint.whole});
    while (same_words.step())
      if (same_words.integer(0) != doc) found.push_back(same_words.integer(0));
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  /// The whole rule for two documents. Symmetric, and the same whether one is new or both are old.
  static bool are_one_story(const Placed& a, const Placed& b) {
    return may_tell_same_story(a.fingerprint, b.fingerprint) && candidates_are_one_story(a, b);
  }
  /// The same, of two that share runs of words, or are the same to the word.
  static bool candidates_are_one_story(const Placed& a, const Placed& b) {
    if (a.fingerprint.whole == b.fingerprint.whole && a.fingerprint.words == b.fingerprint.words) return true;
    return days_allow(a.day, b.day) && same_story(a.fingerprint, b.fingerprint);
  }

  /// What has become of a cluster since `known` was cleared.
  std::int64_t now(std::int64_t cluster) const {
    for (auto at = joined_into.find(cluster); at != joined_into.end(); at = joined_into.find(cluster)) cluster = at->second;
    return cluster;
  }

  Database& database;
  Query of_day, all_days, same_words, insert, cluster_of, text_of, members, join, set;
  std::unordered_set<DocumentKey> alone;
  std::unordered_map<DocumentKey, Placed> known;
  std::unordered_map<std::int64_t, std::int64_t> joined_into;  ///< clusters that are no more, and what they are part of
  std::unordered_map<std::int64_t, Day> days;  ///< those that were asked for
  std::size_t shingles_kept = 0;
};

ClusterIndex::ClusterIndex(Database& database) : impl_(std::make_unique<Impl>(database)) {}
ClusterIndex::~ClusterIndex() = default;
ClusterIndex::ClusterIndex(ClusterIndex&&) noexcept = default;

std::vector<DocumentKey> ClusterIndex::place(std::vector<NewDocument> documents) {
  if (impl_->shingles_kept > kept_shingles) {
    impl_->days.clear();
    impl_->shingles_kept = 0;
  }
  if (impl_->known.size() + documents.size() > kept_fingerprints) impl_->known.clear();
  std::set<std::int64_t> days;
  for (NewDocument& it : documents) {
    const std::int64_t day = day_of(it.published);
    days.insert(day);
    impl_->shingles_of(day);  // before its own are there
    const std::string shingles = packed_shingles(it.fingerprint);
    impl_->insert.bind(1, day).bind(2, it.doc).bind(3, std::int64_t{it.fingerprint.whole}).bind_blob(4, shingles).run();
    for (const std::uint32_t hash : it.fingerprint.shingles) impl_->days[day].emplace_back(hash, static_cast<std::uint32_t>(it.doc));
    impl_->shingles_kept += it.fingerprint.shingles.size();
    impl_->known[it.doc] = {std::move(it.fingerprint), day, it.doc};
  }
  for (const std::int64_t day : days) std::sort(impl_->days[day].begin(), impl_->days[day].end());

  std::vector<DocumentKey> joined;
  for (const NewDocument& it : documents) {
    const Placed& placed = impl_->placed(it.doc);
    for (const DocumentKey other : impl_->candidates(it.doc, placed)) {
      if (impl_->alone.contains(other)) continue;
      const Placed& others = impl_->placed(other);
      const std::int64_t one = impl_->now(placed.cluster), two = impl_->now(others.cluster);
      if (two == 0 || one == two || !Impl::candidates_are_one_story(placed, others)) continue;
      impl_->join.bind(1, std::min(one, two)).bind(2, std::max(one, two)).run();
      impl_->joined_into[std::max(one, two)] = std::min(one, two);
      joined.insert(joined.end(), {it.doc, other});
    }
  }
  return joined;
}

void ClusterIndex::settle(const std::vector<DocumentKey>& docs) {
  impl_->known.clear();
  impl_->joined_into.clear();
  impl_->load_edits();
  // All documents that may be concerned: those of the clusters, and what is merged with them or tells the same.
  std::set<DocumentKey> concerned;
  std::vector<DocumentKey> open(docs);
  std::set<std::int64_t> clusters;
  while (!open.empty()) {
    const DocumentKey doc = open.back();
    open.pop_back();
    const std::int64_t cluster = impl_->cluster(doc);
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
      const Placed& first = impl_->placed(all[i]);
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
    derived.finish();
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
