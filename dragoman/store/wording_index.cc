#include "dragoman/store/wording_index.h"

#include <algorithm>
#include <utility>

#include "dragoman/base/tsv.h"

namespace dragoman {

namespace {

constexpr std::size_t kept_wordings = 600'000;  ///< some 300 MB; then all are let go, and loaded again as they are needed
constexpr int bucket_months = 4;                ///< so that what is two months apart is in the same bucket or in the next

/// FNV-1a. What collides only brings candidates that `kinship_of` turns down.
std::uint64_t hash_of(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325u) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

std::string joined_by_blanks(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

bool is_part_of(const std::vector<std::string>& few, const std::vector<std::string>& many) {
  return few.size() <= many.size() && std::includes(many.begin(), many.end(), few.begin(), few.end());
}

std::string bucket_name(int month, int shift) { return month == 0 ? "" : "@" + std::to_string((month + shift) / bucket_months); }

std::uint64_t term_of(char kind, std::string_view word, std::string_view when) {
  return hash_of(when, hash_of("|", hash_of(word, hash_of(std::string_view(&kind, 1)))));
}

constexpr char a_word = 'w', the_head = 'h', set_apart = 'a';

/// What the wording can be found by in its group: its words and its head, with the time or the number of what happens once only. Of two
/// wordings that `kinship_of` may join, the head of one is a word of the other.
std::vector<std::uint64_t> terms_of(const Wording& wording) {
  if (!wording.apart.empty()) return {term_of(set_apart, wording.apart, "")};
  std::vector<std::uint64_t> terms;
  std::vector<std::string> whens = {bucket_name(wording.month, 0)};
  for (const int ordinal : wording.ordinals) whens.push_back("#" + std::to_string(ordinal));
  for (const std::string& when : whens) {
    for (const std::string& word : wording.words) terms.push_back(term_of(a_word, word, when));
    if (!wording.head.empty()) terms.push_back(term_of(the_head, wording.head, when));
  }
  return terms;
}

/// The terms of others that may be of its kin.
std::vector<std::uint64_t> sought_by(const Wording& wording) {
  if (!wording.apart.empty()) return {term_of(set_apart, wording.apart, "")};
  std::vector<std::string> whens = {bucket_name(wording.month, -2)};
  if (std::string later = bucket_name(wording.month, 2); later != whens[0]) whens.push_back(std::move(later));
  for (const int ordinal : wording.ordinals) whens.push_back("#" + std::to_string(ordinal));
  std::vector<std::uint64_t> terms;
  for (const std::string& when : whens) {
    terms.push_back(term_of(a_word, wording.head, when));
    for (const std::string& word : wording.words) terms.push_back(term_of(the_head, word, when));
  }
  return terms;
}

}  // namespace

WordingIndex::WordingIndex(Database& database)
    : insert_(database.prepare("INSERT INTO wordings (wording,scope,key,part,entry) VALUES (?,?,?,?,?)")),
      update_(database.prepare("UPDATE wordings SET part=?, entry=? WHERE wording=?")),
      drop_(database.prepare("DELETE FROM wordings WHERE wording=?")),
      key_(database.prepare("SELECT key FROM wordings WHERE wording=?")),
      of_parties_(database.prepare("SELECT wording,scope,key,part,entry FROM scopes JOIN wordings USING (scope) WHERE parties=? ORDER BY wording")),
      all_joins_(database.prepare("SELECT a,b FROM joins ORDER BY a,b")),
      find_scope_(database.prepare("SELECT scope FROM scopes WHERE parties=? AND context=?")),
      add_scope_(database.prepare("INSERT INTO scopes (parties,context) VALUES (?,?) RETURNING scope")) {
  load_joins();
  Query names = database.prepare("SELECT DISTINCT parties FROM scopes");
  std::vector<std::vector<std::string>> all;
  while (names.step()) {
    auto& parties = all.emplace_back();
    for (const std::string_view party : split(names.text(0), ' ')) parties.emplace_back(party);
  }
  for (const std::vector<std::string>& parties : all) group_of(parties);
  Query last = database.prepare("SELECT coalesce(max(wording),0) FROM wordings");
  if (last.step()) last_id_ = last.integer(0);
  last.run();
}

void WordingIndex::load_joins() {
  joins_.clear();
  joined_.clear();
  while (all_joins_.step()) {
    joins_.emplace_back(all_joins_.text(0), all_joins_.text(1));
    joined_.insert({joins_.back().first, joins_.back().second});
  }
}

WordingIndex::GroupId WordingIndex::group_of(const std::vector<std::string>& parties) {
  std::string name = joined_by_blanks(parties);
  const auto [at, is_new] = group_by_name_.try_emplace(name, static_cast<GroupId>(groups_.size()));
  if (is_new) {
    Group& group = groups_.emplace_back();
    group.parties = parties;
    group.name = std::move(name);
    for (const std::string& party : parties) groups_by_party_[party].push_back(at->second);
  }
  return at->second;
}

/// Not itself.
const std::vector<WordingIndex::GroupId>& WordingIndex::near(GroupId id) {
  Group& group = groups_[id];
  if (group.groups_then == groups_.size()) return group.near;
  group.groups_then = groups_.size();
  group.near.clear();
  for (const std::string& party : group.parties)
    for (const GroupId other : groups_by_party_[party])
      if (other != id && (is_part_of(groups_[other].parties, group.parties) || is_part_of(group.parties, groups_[other].parties))) group.near.push_back(other);
  std::sort(group.near.begin(), group.near.end());
  group.near.erase(std::unique(group.near.begin(), group.near.end()), group.near.end());
  return group.near;
}

void WordingIndex::load(GroupId id) {
  if (groups_[id].loaded) return;
  groups_[id].loaded = true;
  const std::size_t first = members_.size();
  of_parties_.bind(1, groups_[id].name);
  while (of_parties_.step())
    add_member(of_parties_.integer(0), of_parties_.integer(1), parse_key(of_parties_.text(2)), of_parties_.integer(3), of_parties_.integer(4));
  // A part may have members of other groups, where a reader joined them; they come together when those are loaded.
  std::unordered_map<std::int64_t, MemberId> parts;
  for (std::size_t i = first; i < members_.size(); ++i) {
    const auto [at, is_new] = parts.try_emplace(members_[i].part, static_cast<MemberId>(i));
    if (!is_new) unite(at->second, static_cast<MemberId>(i));
  }
}

WordingIndex::MemberId WordingIndex::add_member(std::int64_t id, std::int64_t scope, Wording wording, std::int64_t part, std::int64_t entry) {
  const auto member = static_cast<MemberId>(members_.size());
  const GroupId group = group_of(wording.parties);
  groups_[group].members.push_back(member);
  for (const std::uint64_t term : terms_of(wording)) {
    auto& list = groups_[group].by_term[term];
    if (list.empty() || list.back() != member) list.push_back(member);
  }
  by_key_.emplace(hash_of(to_key(wording)), member);
  by_id_[id] = member;
  members_.push_back({.id = id, .scope = scope, .wording = std::move(wording), .group = group, .part = part, .entry = entry, .up = member, .next = member, .place = {}});
  return member;
}

std::int64_t WordingIndex::scope_of(const Wording& wording) {
  const std::string parties = joined_by_blanks(wording.parties), context = joined_by_blanks(wording.context);
  std::int64_t& scope = scopes_[parties + "|" + context];
  if (scope != 0) return scope;
  if (find_scope_.bind(1, parties).bind(2, context).step()) scope = find_scope_.integer(0);
  find_scope_.run();
  if (scope != 0) return scope;
  if (add_scope_.bind(1, parties).bind(2, context).step()) scope = add_scope_.integer(0);
  add_scope_.run();
  return scope;
}

WordingIndex::MemberId WordingIndex::find(std::string_view key, const Wording& wording) {
  load(group_of(wording.parties));
  const auto [begin, end] = by_key_.equal_range(hash_of(key));
  for (auto at = begin; at != end; ++at)
    if (!members_[at->second].gone && members_[at->second].wording == wording) return at->second;
  return none;
}

/// Too little to go by, unless a reader joined it to another: then it holds on its own.
bool WordingIndex::is_weak(const Member& member) const { return member.wording.weak() && (joined_.empty() || !joined_.contains(to_key(member.wording))); }

WordingIndex::Taken WordingIndex::take(const Wording& wording) {
  MemberId member = find(to_key(wording), wording);
  if (member == none) fresh_.push_back(member = add_member(++last_id_, scope_of(wording), wording, 0, 0));
  return {members_[member].id, members_[member].scope};
}

void WordingIndex::release(std::int64_t id) {
  if (!by_id_.contains(id)) {
    if (key_.bind(1, id).step()) load(group_of(parse_key(key_.text(0)).parties));
    key_.run();
  }
  const auto there = by_id_.find(id);
  if (there == by_id_.end()) return;
  const MemberId member = there->second;
  dissolve(first_of(member));
  members_[member].gone = true;
  by_id_.erase(there);
  if (members_[member].part != 0) drop_.bind(1, id).run();
  upset_.push_back(members_[member].group);
}

void WordingIndex::relink(const std::vector<std::string>& keys) {
  load_joins();
  for (const std::string& key : keys)
    if (const MemberId member = find(key, parse_key(key)); member != none) {
      dissolve(first_of(member));
      upset_.push_back(members_[member].group);
    }
}

WordingIndex::MemberId WordingIndex::first_of(MemberId member) {
  while (members_[member].up != member) member = members_[member].up = members_[members_[member].up].up;
  return member;
}

/// The first of a part is the one that came first. True if they were two.
bool WordingIndex::unite(MemberId a, MemberId b) {
  a = first_of(a), b = first_of(b);
  if (a == b) return false;
  if (members_[b].id < members_[a].id) std::swap(a, b);
  members_[b].up = a;
  std::swap(members_[a].next, members_[b].next);
  Place& place = members_[a].place;
  const Place other = members_[b].place;
  place.known = place.known && other.known;
  for (const MemberId where : {other.best, other.rival})
    if (where != none) consider(place, other.score, where);
  return true;
}

/// Takes a part to pieces, to be linked anew.
void WordingIndex::dissolve(MemberId part) {
  MemberId at = part;
  do {
    const MemberId next = members_[at].next;
    members_[at].up = members_[at].next = at;
    members_[at].place = {};
    fresh_.push_back(at);
    at = next;
  } while (at != part);
}

/// Those of the group that one of these terms finds, by number.
std::vector<WordingIndex::MemberId> WordingIndex::candidates(const std::vector<std::uint64_t>& sought, const Group& group) {
  std::vector<MemberId> found;
  found_in_.resize(members_.size());
  ++search_;
  for (const std::uint64_t term : sought) {
    const auto list = group.by_term.find(term);
    if (list == group.by_term.end()) continue;
    for (const MemberId member : list->second)
      if (std::exchange(found_in_[member], search_) != search_) found.push_back(member);
  }
  std::erase_if(found, [&](MemberId member) { return members_[member].gone; });
  std::sort(found.begin(), found.end());
  return found;
}

/// How well `what` would belong to the part of `where`; 0: not at all. Never both ways: it goes to what says more, or names more parties.
int WordingIndex::fit(const Member& what, const Member& where) const {
  const bool is_wider = where.wording.parties.size() > what.wording.parties.size();
  const bool weak = is_weak(what), where_weak = is_weak(where);
  if (where_weak ? !(weak && is_wider) : !(weak || is_wider)) return 0;
  const Wording& wording = what.wording;
  // The state that its sentence speaks of is a party there, or it is another matter.
  if (is_wider && !wording.context.empty() && !is_part_of(wording.context, where.wording.parties)) return 0;
  const Kinship kin = kinship_of(wording, where.wording);
  const int more = (is_wider && !wording.context.empty() ? 2 : 0) + (wording.undertakers == where.wording.undertakers);
  switch (kin.kind) {
    case Kinship::Kind::none: return 0;
    case Kinship::Kind::same: return where_weak ? 1 + more : 1000 + 10 * kin.score + more;
    case Kinship::Kind::may_be: return 10 * kin.score + more;
  }
  return 0;
}

void WordingIndex::consider(Place& place, int score, MemberId where) {
  if (score < place.score || score == 0) return;
  if (score > place.score) {
    place.score = score;
    place.best = where;
    place.rival = none;
  } else if (place.rival == none && first_of(where) != first_of(place.best)) {
    place.rival = where;
  }
}

WordingIndex::Place WordingIndex::scan(MemberId id) {
  Place place{.known = true};
  const GroupId group = members_[id].group;
  const std::vector<std::uint64_t> sought = sought_by(members_[id].wording);
  const auto look_in = [&](GroupId other) {
    for (const MemberId where : candidates(sought, groups_[other]))
      if (where != id) consider(place, fit(members_[id], members_[where]), where);
  };
  look_in(group);
  for (const GroupId other : near(group)) {
    load(other);
    look_in(other);
  }
  return place;
}

void WordingIndex::scan_part(MemberId part) {
  Place place{.known = true};
  MemberId at = part;
  do {
    const Place found = scan(at);
    for (const MemberId where : {found.best, found.rival})
      if (where != none) consider(place, found.score, where);
    at = members_[at].next;
  } while (at != part);
  members_[part].place = place;
}

void WordingIndex::settle() {
  if (fresh_.empty() && upset_.empty()) return;
  // All that may be of kin to what came, and to what is of kin to that.
  std::vector<GroupId> touched(upset_);
  for (const MemberId member : fresh_) touched.push_back(members_[member].group);
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const GroupId group : touched) {
    load(group);
    const std::vector<GroupId> around = near(group);
    for (const GroupId other : around) load(other);
  }
  std::erase_if(fresh_, [&](MemberId member) { return members_[member].gone; });
  std::sort(fresh_.begin(), fresh_.end());
  fresh_.erase(std::unique(fresh_.begin(), fresh_.end()), fresh_.end());

  for (const MemberId member : fresh_)
    for (const MemberId other : candidates(sought_by(members_[member].wording), groups_[members_[member].group]))
      if (other != member && first_of(other) != first_of(member) && is_weak(members_[other]) == is_weak(members_[member]) &&
          kinship_of(members_[member].wording, members_[other].wording).kind == Kinship::Kind::same)
        unite(member, other);
  for (const auto& [a, b] : joins_) {
    const MemberId one = find(a, parse_key(a)), other = find(b, parse_key(b));
    if (one != none && other != none) unite(one, other);
  }

  std::unordered_set<MemberId> unplaced;  // firsts of parts
  for (const MemberId member : fresh_) {
    const MemberId part = first_of(member);
    if (!members_[part].place.known) unplaced.insert(part);
    // What may belong to it.
    const std::vector<std::uint64_t> sought = sought_by(members_[member].wording);
    const auto look_in = [&](GroupId group) {
      for (const MemberId what : candidates(sought, groups_[group])) {
        if (what == member) continue;
        const int score = fit(members_[what], members_[member]);
        if (score == 0) continue;
        const MemberId whose = first_of(what);
        members_[whose].place.known ? consider(members_[whose].place, score, member) : void(unplaced.insert(whose));
      }
    };
    look_in(members_[member].group);
    for (const GroupId group : near(members_[member].group)) look_in(group);
  }
  for (const GroupId group : upset_) {
    std::vector<GroupId> around = near(group);
    around.push_back(group);
    for (const GroupId other : around)
      for (const MemberId member : groups_[other].members)
        if (!members_[member].gone) unplaced.insert(first_of(member));
  }
  // Two that fitted equally may have become one.
  for (MemberId member = 0; member < members_.size(); ++member) {
    const Place& place = members_[member].place;
    if (members_[member].up == member && place.rival != none && (members_[place.rival].gone || members_[place.best].gone || first_of(place.rival) == first_of(place.best)))
      unplaced.insert(member);
  }
  for (const MemberId part : unplaced)
    if (members_[part].up == part && !members_[part].gone) scan_part(part);
  write();
  fresh_.clear();
  upset_.clear();
  if (members_.size() > kept_wordings) forget();
}

/// The part that the member's part belongs to in the end.
std::int64_t WordingIndex::entry_of(MemberId member) {
  const MemberId part = first_of(member);
  const Place& place = members_[part].place;
  if (place.known) return place.best == none || place.rival != none ? members_[part].id : entry_of(place.best);
  // As it was: nothing came that changes it, but what it belongs to may have changed.
  const std::int64_t then = members_[member].entry;
  if (then == members_[member].part) return members_[part].id;
  const auto there = by_id_.find(then);
  return there == by_id_.end() ? then : entry_of(there->second);
}

void WordingIndex::write() {
  // Where a part in the middle has left what it belonged to, what belonged to both has to be asked anew.
  for (MemberId member = 0; member < members_.size(); ++member) {
    const Member& it = members_[member];
    if (it.gone || it.up != member || !it.place.known || it.entry == 0 || it.entry == it.part || entry_of(member) == it.entry) continue;
    const std::int64_t left = it.entry;
    for (const GroupId group : std::vector<GroupId>(near(it.group)))
      for (std::size_t i = 0; i < groups_[group].members.size(); ++i) {
        const MemberId other = groups_[group].members[i], part = first_of(other);
        if (!members_[other].gone && !members_[part].place.known && members_[other].entry == left) scan_part(part);
      }
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> now;  // part and entry, by member
  now.reserve(members_.size());
  for (MemberId member = 0; member < members_.size(); ++member)
    members_[member].gone ? now.emplace_back() : now.emplace_back(members_[first_of(member)].id, entry_of(member));
  for (MemberId member = 0; member < now.size(); ++member) {
    Member& it = members_[member];
    const auto [part, entry] = now[member];
    if (it.gone || (it.part == part && it.entry == entry)) continue;
    if (it.part == 0) {
      const std::string key = to_key(it.wording);
      insert_.bind(1, it.id).bind(2, it.scope).bind(3, key).bind(4, part).bind(5, entry).run();
    } else {
      update_.bind(1, part).bind(2, entry).bind(3, it.id).run();
    }
    it.part = part;
    it.entry = entry;
  }
}

void WordingIndex::forget() {
  members_.clear();
  found_in_.clear();
  by_key_.clear();
  by_id_.clear();
  for (Group& group : groups_) {
    group.loaded = false;
    group.members.clear();
    group.by_term.clear();
  }
}

}  // namespace dragoman
