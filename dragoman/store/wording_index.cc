#include "dragoman/store/wording_index.h"

#include <algorithm>
#include <set>

#include "dragoman/base/tsv.h"

namespace dragoman {

namespace {

constexpr std::size_t kept_wordings = 50'000;  ///< some 30 MB
constexpr int bucket_months = 4;               ///< so that what is two months apart is in the same bucket or in the next

/// FNV-1a, folded to 32 bits: a term that collides with another only brings wordings that `kinship_of` turns down.
std::int64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(hash ^ (hash >> 32)));
}

std::string scope_of(const std::vector<std::string>& parties) {
  std::string scope;
  for (const std::string& party : parties) scope.append(party).append(" ");
  return scope;
}

bool is_part_of(const std::vector<std::string>& few, const std::vector<std::string>& many) {
  return few.size() <= many.size() && std::includes(many.begin(), many.end(), few.begin(), few.end());
}

std::string bucket_name(int month, int shift) { return month == 0 ? "" : "@" + std::to_string((month + shift) / bucket_months); }

}  // namespace

WordingIndex::WordingIndex(Database& database)
    : insert_(database.prepare("INSERT INTO wordings (key,part,entry) VALUES (?,0,0) RETURNING wording")),
      key_(database.prepare("SELECT key FROM wordings WHERE wording=?")),
      part_(database.prepare("SELECT part FROM wordings WHERE wording=?")),
      drop_(database.prepare("DELETE FROM wordings WHERE wording=?")),
      add_parties_(database.prepare("INSERT OR IGNORE INTO wording_parties (parties) VALUES (?)")),
      add_term_(database.prepare("INSERT OR IGNORE INTO wording_terms (term,wording) VALUES (?,?)")),
      drop_term_(database.prepare("DELETE FROM wording_terms WHERE term=? AND wording=?")),
      by_term_(database.prepare("SELECT wording FROM wording_terms WHERE term=?")),
      members_(database.prepare("SELECT wording FROM wordings WHERE part=? ORDER BY key")),
      set_part_(database.prepare("UPDATE wordings SET part=?1, entry=?1 WHERE wording=?2")),
      set_entry_(database.prepare("UPDATE wordings SET entry=? WHERE part=?")),
      move_part_(database.prepare("UPDATE wordings SET part=? WHERE part=?")),
      move_entry_(database.prepare("UPDATE wordings SET entry=? WHERE entry=?")),
      joins_(database.prepare("SELECT b FROM joins WHERE a=?1 UNION SELECT a FROM joins WHERE b=?1 ORDER BY 1")),
      all_joins_(database.prepare("SELECT a,b FROM joins")),
      hangers_(database.prepare("SELECT DISTINCT part FROM wordings WHERE entry=?1 AND part<>?1 ORDER BY part")) {
  load_joins();
  Query sets = database.prepare("SELECT parties FROM wording_parties");
  while (sets.step()) {
    std::vector<std::string> parties;
    for (const std::string_view party : split(sets.text(0), ' ')) parties.emplace_back(party);
    for (const std::string& party : parties) party_sets_[party].push_back(parties);
  }
}

void WordingIndex::load_joins() {
  joined_.clear();
  while (all_joins_.step()) {
    joined_.emplace(all_joins_.text(0));
    joined_.emplace(all_joins_.text(1));
  }
}

void WordingIndex::know_parties(const std::vector<std::string>& parties) {
  if (parties.empty()) return;
  auto& sets = party_sets_[parties.front()];
  if (std::find(sets.begin(), sets.end(), parties) != sets.end()) return;
  const std::string scope = scope_of(parties);
  add_parties_.bind(1, scope).run();
  for (const std::string& party : parties) party_sets_[party].push_back(parties);
}

const Wording& WordingIndex::wording(std::int64_t id) {
  if (const auto found = wordings_.find(id); found != wordings_.end()) return found->second;
  Wording made;
  if (key_.bind(1, id).step()) made = parse_key(key_.text(0));
  key_.run();
  return wordings_.emplace(id, std::move(made)).first->second;
}

bool WordingIndex::is_weak(const Wording& wording) const { return wording.weak() && (joined_.empty() || !joined_.contains(to_key(wording))); }

std::int64_t WordingIndex::part_of(std::int64_t id) {
  std::int64_t part = 0;
  if (part_.bind(1, id).step()) part = part_.integer(0);
  part_.run();
  return part;
}

std::int64_t WordingIndex::find(const std::string& key) {
  std::vector<std::int64_t> ids;
  by_term_.bind(1, hash_of("=" + key));
  while (by_term_.step()) ids.push_back(by_term_.integer(0));
  std::int64_t found = 0;
  for (const std::int64_t id : ids) {
    if (key_.bind(1, id).step() && key_.text(0) == key) found = id;
    key_.run();
  }
  return found;
}

/// What the wording can be found by: its words and its head, each with all its parties, and with the time or the number of what happens
/// once only. Two wordings that `kinship_of` may join have the same parties or one has more of them; the head of one is a word of the other.
std::vector<std::int64_t> WordingIndex::terms_of(const Wording& wording) const {
  std::vector<std::int64_t> terms = {hash_of("=" + to_key(wording))};
  if (!wording.apart.empty()) {
    terms.push_back(hash_of("!" + wording.apart));
    return terms;
  }
  std::vector<std::string> whens = {bucket_name(wording.month, 0)};
  for (const int ordinal : wording.ordinals) whens.push_back("#" + std::to_string(ordinal));
  const std::string scope = scope_of(wording.parties);
  for (const std::string& when : whens) {
    for (const std::string& word : wording.words) terms.push_back(hash_of(scope + "|" + word + "|" + when));
    if (!wording.head.empty()) terms.push_back(hash_of(scope + "^" + wording.head + "|" + when));
  }
  return terms;
}

std::vector<WordingIndex::Kin> WordingIndex::kin_of(const Wording& wording) {
  std::set<std::int64_t> ids;
  const auto collect = [&](const std::string& term) {
    by_term_.bind(1, hash_of(term));
    while (by_term_.step()) ids.insert(by_term_.integer(0));
  };
  if (!wording.apart.empty()) {
    collect("!" + wording.apart);
  } else {
    std::set<std::string> whens;
    for (const int shift : {-2, 2}) whens.insert(bucket_name(wording.month, shift));
    for (const int ordinal : wording.ordinals) whens.insert("#" + std::to_string(ordinal));
    std::set<std::string> scopes;
    for (const std::string& party : wording.parties)
      if (const auto sets = party_sets_.find(party); sets != party_sets_.end())
        for (const std::vector<std::string>& parties : sets->second)
          if (is_part_of(parties, wording.parties) || is_part_of(wording.parties, parties)) scopes.insert(scope_of(parties));
    for (const std::string& scope : scopes)
      for (const std::string& when : whens) {
        collect(scope + "|" + wording.head + "|" + when);
        for (const std::string& word : wording.words) collect(scope + "^" + word + "|" + when);
      }
  }
  if (wordings_.size() > kept_wordings) wordings_.clear();
  std::vector<Kin> kin;
  for (const std::int64_t id : ids) {
    const Wording& other = this->wording(id);
    const Kinship kinship = kinship_of(wording, other);
    if (kinship.kind != Kinship::Kind::none && other != wording) kin.push_back({id, kinship, is_weak(other)});
  }
  return kin;
}

std::vector<std::int64_t> WordingIndex::joined_to(const std::string& key) {
  std::vector<std::int64_t> ids;
  if (!joined_.contains(key)) return ids;
  std::vector<std::string> keys;
  joins_.bind(1, key);
  while (joins_.step()) keys.emplace_back(joins_.text(0));
  for (const std::string& other : keys)
    if (const std::int64_t id = find(other); id != 0) ids.push_back(id);
  return ids;
}

std::vector<std::int64_t> WordingIndex::members(std::int64_t part) {
  std::vector<std::int64_t> ids;
  members_.bind(1, part);
  while (members_.step()) ids.push_back(members_.integer(0));
  return ids;
}

/// Parts of wordings that say little and may belong to one of these.
std::vector<std::int64_t> WordingIndex::weak_near(const std::vector<std::int64_t>& ids) {
  std::set<std::int64_t> parts;
  for (const std::int64_t id : ids) {
    const Wording one = wording(id);
    if (is_weak(one)) continue;
    for (const Kin& other : kin_of(one))
      if (other.weak) parts.insert(part_of(other.id));
  }
  return {parts.begin(), parts.end()};
}

void WordingIndex::unite(std::int64_t part, std::int64_t other) {
  const std::int64_t into = std::min(part, other), from = std::max(part, other);
  if (into == from) return;
  move_part_.bind(1, into).bind(2, from).run();
  move_entry_.bind(1, into).bind(2, from).run();
}

/// Finds the part that a group of wordings which say little belongs to: the one that fits best, none if two fit equally.
void WordingIndex::attach(std::int64_t weak_part) {
  int best = 0;
  std::set<std::int64_t> parts;
  for (const std::int64_t id : members(weak_part)) {
    const Wording one = wording(id);
    if (!is_weak(one)) return;
    for (const Kin& other : kin_of(one)) {
      if (other.weak) continue;
      const int score = other.kinship.kind == Kinship::Kind::same ? 100 : other.kinship.score;
      if (score > best) parts.clear();
      best = std::max(best, score);
      if (score == best) parts.insert(part_of(other.id));
    }
  }
  set_entry_.bind(1, parts.size() == 1 ? *parts.begin() : weak_part).bind(2, weak_part).run();
}

/// Links one wording, alone in its part so far, with all that are there.
void WordingIndex::link(std::int64_t id) {
  const Wording fresh = wording(id);
  const bool weak = is_weak(fresh);
  std::set<std::int64_t> near;  // those that say little, and may hang on this one
  bool united = false;
  const auto join = [&](std::int64_t other) {
    const std::int64_t part = part_of(id), others = part_of(other);
    if (part == others) return;
    united = true;
    unite(part, others);
  };
  for (const Kin& other : kin_of(fresh)) {
    if (other.kinship.kind == Kinship::Kind::same && weak == other.weak)
      join(other.id);
    else if (other.weak && !weak)
      near.insert(other.id);
  }
  for (const std::int64_t other : joined_to(to_key(fresh))) join(other);

  const std::int64_t part = part_of(id);
  if (weak) return attach(part);
  std::set<std::int64_t> parts;
  for (const std::int64_t other : near) parts.insert(part_of(other));
  // Two parts that were one all along may settle what was in doubt between them.
  if (united)
    for (const std::int64_t other : weak_near(members(part))) parts.insert(other);
  for (const std::int64_t other : parts) attach(other);
}

std::int64_t WordingIndex::take(const Wording& wording) {
  const std::string key = to_key(wording);
  std::int64_t id = find(key);
  if (id != 0) return id;
  if (insert_.bind(1, key).step()) id = insert_.integer(0);
  insert_.run();
  set_part_.bind(1, id).bind(2, id).run();
  know_parties(wording.parties);
  for (const std::int64_t term : terms_of(wording)) add_term_.bind(1, term).bind(2, id).run();
  link(id);
  return id;
}

/// Takes a part to pieces and links them anew, one of them left out; then what hung on it.
void WordingIndex::dissolve(std::int64_t part, std::int64_t without) {
  std::vector<std::int64_t> pieces = members(part), hangers;
  hangers_.bind(1, part);
  while (hangers_.step()) hangers.push_back(hangers_.integer(0));
  for (const std::int64_t weak : weak_near(pieces)) hangers.push_back(weak);
  for (const std::int64_t piece : pieces) set_part_.bind(1, piece).bind(2, piece).run();
  if (without != 0) {
    for (const std::int64_t term : terms_of(wording(without))) drop_term_.bind(1, term).bind(2, without).run();
    drop_.bind(1, without).run();
    wordings_.erase(without);  // its number may be given again
    std::erase(pieces, without);
  }
  for (const std::int64_t piece : pieces) link(piece);
  for (const std::int64_t weak : hangers) attach(weak);
}

void WordingIndex::release(std::int64_t wording) { dissolve(part_of(wording), wording); }

void WordingIndex::relink(std::string_view key) {
  load_joins();
  if (const std::int64_t id = find(std::string(key)); id != 0) dissolve(part_of(id), 0);
}

}  // namespace dragoman
