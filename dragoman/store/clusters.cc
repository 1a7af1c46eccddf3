#include "dragoman/store/clusters.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <deque>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/store/derived.h"

namespace dragoman {
namespace {

constexpr std::int64_t days_apart = 10;            ///< of two tellings; later ones are follow-ups, or copies to the word
constexpr std::int64_t no_day = 0;
constexpr std::size_t kept_stories = 1'000'000;     ///< some 400 MB; then all are let go, and loaded again as they are needed
constexpr std::size_t kept_fingerprints = 120'000;  ///< some 120 MB; others are made again from the text

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

using Slot = std::uint32_t;

/// A document that was met since all was let go. Its fingerprint is made when it is compared.
struct Placed {
  DocumentKey doc;
  std::optional<Fingerprint> fingerprint = {};
  std::int64_t day = no_day;
  std::int64_t cluster = 0;  ///< as it was when the fingerprint was made, or later; 0: there is no such document
};

/// The runs of words of the stories of one day, sorted.
using Day = std::vector<std::pair<std::uint32_t, Slot>>;  ///< hash, whose

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
        cluster_row(database.prepare("SELECT cluster FROM documents WHERE doc=?")),
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
  std::int64_t stored_cluster(DocumentKey doc) {
    const std::int64_t found = cluster_row.bind(1, doc).step() ? cluster_row.integer(0) : 0;
    cluster_row.run();
    return found;
  }

  Slot slot_of(DocumentKey doc) {
    const auto [at, is_new] = slots.try_emplace(doc, static_cast<Slot>(stories.size()));
    if (is_new) {
      stories.push_back({.doc = doc});
      shared.push_back(0);
    }
    return at->second;
  }

  /// With its fingerprint. Stays where it is until all is let go.
  Placed& placed(Slot slot) {
    Placed& story = stories[slot];
    if (story.fingerprint) return story;
    text_of.bind(1, story.doc);
    const bool there = text_of.step();
    story.fingerprint = there ? fingerprint_of(text_of.text(1)) : Fingerprint{};
    if (there) {
      story.day = day_of(text_of.text(0));
      story.cluster = text_of.integer(2);
    }
    text_of.run();
    ++fingerprints;
    return story;
  }

  void forget() {
    stories.clear();
    shared.clear();
    slots.clear();
    days.clear();
    joined_into.clear();
    fingerprints = 0;
  }

  Day& shingles_of(std::int64_t day) {
    const auto [at, is_new] = days.try_emplace(day);
    if (!is_new) return at->second;
    Day& list = at->second;
    of_day.bind(1, day);
    while (of_day.step()) {
      const Slot slot = slot_of(of_day.integer(0));
      const std::string_view bytes = of_day.text(1);
      for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
        std::uint32_t hash = 0;
        for (std::size_t byte = 0; byte < 4; ++byte) hash |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + byte])) << 8 * byte;
        list.emplace_back(hash, slot);
      }
    }
    std::sort(list.begin(), list.end());
    return list;
  }

  /// Stories that share runs of words with this one, each once.
  std::vector<Slot> candidates(Slot slot) {
    const Placed& story = placed(slot);
    std::vector<Slot> met, found;  // met: at least one run
    const auto look_in = [&](std::int64_t day) {
      const Day& list = shingles_of(day);
      auto at = list.begin();
      for (const std::uint32_t hash : story.fingerprint->shingles)  // sorted, as the list is
        for (at = std::lower_bound(at, list.end(), std::pair(hash, Slot{0})); at != list.end() && at->first == hash; ++at) {
          std::uint8_t& count = shared[at->second];
          if (count == 0) met.push_back(at->second);
          if (++count == few_shingles && at->second != slot) found.push_back(at->second);
        }
    };
    if (story.day == no_day) {
      std::vector<std::int64_t> all;
      while (all_days.step()) all.push_back(all_days.integer(0));
      for (const std::int64_t day : all) look_in(day);
    } else {
      look_in(no_day);
      for (std::int64_t day = std::max<std::int64_t>(story.day - days_apart, 1); day <= story.day + days_apart; ++day) look_in(day);
    }
    same_words.bind(1, std::int64_t{story.fingerprint->whole});
    while (same_words.step())
      if (const Slot same = slot_of(same_words.integer(0)); same != slot && shared[same] < few_shingles) found.push_back(same);
    for (const Slot one : met) shared[one] = 0;
    return found;
  }

  /// The whole rule for two documents. Symmetric, and the same whether one is new or both are old.
  static bool are_one_story(const Placed& a, const Placed& b) {
    return may_tell_same_story(*a.fingerprint, *b.fingerprint) && candidates_are_one_story(a, b);
  }
  /// The same, of two that share runs of words, or are the same to the word.
  static bool candidates_are_one_story(const Placed& a, const Placed& b) {
    if (a.fingerprint->whole == b.fingerprint->whole && a.fingerprint->words == b.fingerprint->words) return true;
    return days_allow(a.day, b.day) && same_story(*a.fingerprint, *b.fingerprint);
  }

  /// The cluster that it is in by now.
  std::int64_t cluster_of(Placed& story) {
    for (auto at = joined_into.find(story.cluster); at != joined_into.end(); at = joined_into.find(story.cluster)) story.cluster = at->second;
    return story.cluster;
  }

  Database& database;
  Query of_day, all_days, same_words, insert, cluster_row, text_of, members, join, set;
  std::unordered_set<DocumentKey> alone;
  std::deque<Placed> stories;  ///< by slot
  std::vector<std::uint8_t> shared;  ///< by slot: how many runs, while candidates are looked for; at most 24
  std::unordered_map<DocumentKey, Slot> slots;
  std::unordered_map<std::int64_t, Day> days;  ///< those that were asked for
  std::unordered_map<std::int64_t, std::int64_t> joined_into;  ///< clusters that are no more, and what they are part of
  std::size_t fingerprints = 0;  ///< how many are kept
};

ClusterIndex::ClusterIndex(Database& database) : impl_(std::make_unique<Impl>(database)) {}
ClusterIndex::~ClusterIndex() = default;
ClusterIndex::ClusterIndex(ClusterIndex&&) noexcept = default;

std::vector<DocumentKey> ClusterIndex::place(std::vector<NewDocument> documents) {
  if (impl_->stories.size() > kept_stories || impl_->fingerprints + documents.size() > kept_fingerprints) impl_->forget();
  std::set<std::int64_t> days;
  for (NewDocument& it : documents) {
    const std::int64_t day = day_of(it.published);
    days.insert(day);
    Day& list = impl_->shingles_of(day);  // before its own are there
    const std::string shingles = packed_shingles(it.fingerprint);
    impl_->insert.bind(1, day).bind(2, it.doc).bind(3, std::int64_t{it.fingerprint.whole}).bind_blob(4, shingles).run();
    const Slot slot = impl_->slot_of(it.doc);
    for (const std::uint32_t hash : it.fingerprint.shingles) list.emplace_back(hash, slot);
    impl_->stories[slot] = {.doc = it.doc, .fingerprint = std::move(it.fingerprint), .day = day, .cluster = it.doc};
    ++impl_->fingerprints;
  }
  for (const std::int64_t day : days) std::sort(impl_->days[day].begin(), impl_->days[day].end());

  std::vector<DocumentKey> joined;
  for (const NewDocument& it : documents) {
    const Slot slot = impl_->slot_of(it.doc);
    for (const Slot candidate : impl_->candidates(slot)) {
      Placed &story = impl_->placed(slot), &other = impl_->placed(candidate);
      if (impl_->alone.contains(other.doc)) continue;
      if (other.cluster == 0 || other.cluster == story.cluster || !Impl::candidates_are_one_story(story, other)) continue;
      const std::int64_t one = impl_->cluster_of(story), two = impl_->cluster_of(other);
      if (one == two) continue;
      story.cluster = other.cluster = std::min(one, two);
      impl_->join.bind(1, story.cluster).bind(2, std::max(one, two)).run();
      impl_->joined_into[std::max(one, two)] = story.cluster;
      joined.insert(joined.end(), {it.doc, other.doc});
    }
  }
  return joined;
}

void ClusterIndex::settle(const std::vector<DocumentKey>& docs) {
  impl_->forget();
  impl_->load_edits();
  // All documents that may be concerned: those of the clusters, and what is merged with them or tells the same.
  std::set<DocumentKey> concerned;
  std::vector<DocumentKey> open(docs);
  std::set<std::int64_t> clusters;
  while (!open.empty()) {
    const DocumentKey doc = open.back();
    open.pop_back();
    const std::int64_t cluster = impl_->stored_cluster(doc);
    if (cluster == 0 || !clusters.insert(cluster).second) continue;
    std::vector<DocumentKey> members;
    impl_->members.bind(1, cluster);
    while (impl_->members.step()) members.push_back(impl_->members.integer(0));
    for (const DocumentKey member : members) {
      concerned.insert(member);
      const Slot slot = impl_->slot_of(member);
      for (const Slot other : impl_->candidates(slot))
        if (Impl::are_one_story(impl_->placed(slot), impl_->placed(other))) open.push_back(impl_->stories[other].doc);
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
      if (Impl::are_one_story(impl_->placed(impl_->slot_of(all[i])), impl_->placed(impl_->slot_of(all[j])))) join(i, j);
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
