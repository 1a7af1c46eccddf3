#include "dragoman/store/wording_index.h"

#include <algorithm>
#include <set>

namespace dragoman {

WordingIndex::WordingIndex(Database& database)
    : find_(database.prepare("SELECT wording FROM wordings WHERE key=?")),
      insert_(database.prepare("INSERT INTO wordings (key,part,entry) VALUES (?,0,0) RETURNING wording")),
      node_(database.prepare("SELECT wording,part,entry,key,EXISTS (SELECT 1 FROM joins WHERE joins.a=key OR joins.b=key) "
                             "FROM wordings WHERE wording=?")),
      drop_(database.prepare("DELETE FROM wordings WHERE wording=?")),
      add_term_(database.prepare("INSERT OR IGNORE INTO wording_terms (term,wording) VALUES (?,?)")),
      drop_terms_(database.prepare("DELETE FROM wording_terms WHERE term=? AND wording=?")),
      by_term_(database.prepare("SELECT wording FROM wording_terms WHERE term=?")),
      by_prefix_(database.prepare("SELECT wording FROM wording_terms WHERE term>=? AND term<?")),
      members_(database.prepare("SELECT wording FROM wordings WHERE part=? ORDER BY key")),
      set_part_(database.prepare("UPDATE wordings SET part=?1, entry=?1 WHERE wording=?2")),
      set_entry_(database.prepare("UPDATE wordings SET entry=? WHERE part=?")),
      move_part_(database.prepare("UPDATE wordings SET part=? WHERE part=?")),
      move_entry_(database.prepare("UPDATE wordings SET entry=? WHERE entry=?")),
      joins_(database.prepare("SELECT b FROM joins WHERE a=?1 UNION SELECT a FROM joins WHERE b=?1 ORDER BY 1")),
      hangers_(database.prepare("SELECT DISTINCT part FROM wordings WHERE entry=?1 AND part<>?1 ORDER BY part")) {}

std::int64_t WordingIndex::find(std::string_view key) {
  std::int64_t id = 0;
  find_.bind(1, key);
  if (find_.step()) id = find_.integer(0);
  find_.run();
  return id;
}

WordingIndex::Node WordingIndex::node(std::int64_t id) {
  Node found;
  node_.bind(1, id);
  if (node_.step())
    found = {.id = node_.integer(0), .part = node_.integer(1), .entry = node_.integer(2), .wording = parse_key(node_.text(3)),
             .joined = node_.integer(4) != 0};
  node_.run();
  return found;
}

/// What the wording can be found by: its words, and its head once more, each with a party, and with a place if it has one. Two wordings
/// that `kinship_of` may join share a party; the head of one is a word of the other (or their only word is the same); and if both have
/// places, they share one.
std::vector<std::string> WordingIndex::terms_of(const Wording& wording) const {
  std::vector<std::string> terms;
  const std::vector<std::string> nowhere = {""};
  for (const std::string& party : wording.parties)
    for (const std::string& place : wording.places.empty() ? nowhere : wording.places) {
      for (const std::string& word : wording.words) terms.push_back(party + '|' + word + '|' + place);
      if (!wording.head.empty()) terms.push_back(party + "|^" + wording.head + '|' + place);
    }
  if (!wording.apart.empty()) terms.push_back("|" + wording.apart);
  return terms;
}

/// All that may be of kin, itself excluded; no more than a few for most wordings.
std::vector<WordingIndex::Node> WordingIndex::candidates(const Wording& wording) {
  std::set<std::int64_t> ids;
  const auto collect = [&](Query& query) {
    while (query.step()) ids.insert(query.integer(0));
  };
  const auto look = [&](const std::string& stem) {
    if (wording.places.empty()) {  // whatever the place
      const std::string end = stem + '\x7f';
      collect(by_prefix_.bind(1, stem).bind(2, end));
      return;
    }
    collect(by_term_.bind(1, stem));
    for (const std::string& place : wording.places) {
      const std::string term = stem + place;
      collect(by_term_.bind(1, term));
    }
  };
  if (!wording.apart.empty()) {
    const std::string term = "|" + wording.apart;
    collect(by_term_.bind(1, term));
  } else {
    for (const std::string& party : wording.parties) {
      look(party + '|' + wording.head + '|');
      for (const std::string& word : wording.words) look(party + "|^" + word + '|');
      // A wording that says little is found by its one word, even where that heads nothing.
      if (wording.weak())
        for (const std::string& word : wording.words) look(party + '|' + word + '|');
      else
        for (const std::string& word : wording.words) collect(by_term_.bind(1, party + '|' + word + '|'));
    }
  }
  std::vector<Node> nodes;
  for (const std::int64_t id : ids)
    if (Node found = node(id); found.wording != wording) nodes.push_back(std::move(found));
  return nodes;
}

std::vector<WordingIndex::Node> WordingIndex::joined_to(const std::string& key) {
  std::vector<std::string> keys;
  joins_.bind(1, key);
  while (joins_.step()) keys.emplace_back(joins_.text(0));
  std::vector<Node> nodes;
  for (const std::string& other : keys) {
    if (const std::int64_t id = find(other); id != 0) nodes.push_back(node(id));
  }
  return nodes;
}

std::vector<std::int64_t> WordingIndex::members(std::int64_t part) {
  std::vector<std::int64_t> ids;
  members_.bind(1, part);
  while (members_.step()) ids.push_back(members_.integer(0));
  return ids;
}

/// Parts of wordings that say little and may belong to one of these.
std::vector<std::int64_t> WordingIndex::weak_near(const std::vector<Node>& nodes) {
  std::set<std::int64_t> parts;
  for (const Node& one : nodes)
    for (const Node& other : candidates(one.wording))
      if (other.weak() && !one.weak() && kinship_of(one.wording, other.wording).kind != Kinship::Kind::none) parts.insert(other.part);
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
    const Node one = node(id);
    if (!one.weak()) return;
    for (const Node& other : candidates(one.wording)) {
      if (other.weak()) continue;
      const Kinship kin = kinship_of(one.wording, other.wording);
      if (kin.kind == Kinship::Kind::none) continue;
      const int score = kin.kind == Kinship::Kind::same ? 100 : kin.score;
      if (score > best) parts.clear();
      best = std::max(best, score);
      if (score == best) parts.insert(other.part);
    }
  }
  set_entry_.bind(1, parts.size() == 1 ? *parts.begin() : weak_part).bind(2, weak_part).run();
}

/// Links one wording, alone in its part so far, with all that are there.
void WordingIndex::link(std::int64_t id) {
  const Node fresh = node(id);
  std::set<std::int64_t> weak_parts;
  bool united = false;
  const auto join = [&](const Node& other) {
    const std::int64_t part = node(id).part;
    const std::int64_t others = node(other.id).part;
    if (part == others) return;
    united = true;
    unite(part, others);
  };
  for (const Node& other : candidates(fresh.wording)) {
    const Kinship kin = kinship_of(fresh.wording, other.wording);
    if (kin.kind == Kinship::Kind::none) continue;
    if (kin.kind == Kinship::Kind::same && fresh.weak() == other.weak())
      join(other);
    else if (other.weak() && !fresh.weak())
      weak_parts.insert(other.id);
  }
  for (const Node& other : joined_to(to_key(fresh.wording))) join(other);

  const std::int64_t part = node(id).part;
  if (fresh.weak()) return attach(part);
  // Two parts that were one all along may settle what was in doubt between them.
  if (united) {
    std::vector<Node> all;
    for (const std::int64_t member : members(part)) all.push_back(node(member));
    for (const std::int64_t weak : weak_near(all)) weak_parts.insert(weak);
  }
  std::set<std::int64_t> parts;
  for (const std::int64_t weak : weak_parts) parts.insert(node(weak).part);
  for (const std::int64_t weak : parts) attach(weak);
}

std::int64_t WordingIndex::take(const Wording& wording) {
  const std::string key = to_key(wording);
  std::int64_t id = find(key);
  if (id != 0) return id;
  if (insert_.bind(1, key).step()) id = insert_.integer(0);
  insert_.run();
  set_part_.bind(1, id).bind(2, id).run();
  for (const std::string& term : terms_of(wording)) add_term_.bind(1, term).bind(2, id).run();
  link(id);
  return id;
}

/// Takes a part to pieces and links them anew, one of them left out; then what hung on it.
void WordingIndex::dissolve(std::int64_t part, std::int64_t without) {
  std::vector<std::int64_t> pieces = members(part), hangers;
  hangers_.bind(1, part);
  while (hangers_.step()) hangers.push_back(hangers_.integer(0));
  std::vector<Node> nodes;
  for (const std::int64_t piece : pieces) nodes.push_back(node(piece));
  for (const std::int64_t weak : weak_near(nodes)) hangers.push_back(weak);
  for (const std::int64_t piece : pieces) set_part_.bind(1, piece).bind(2, piece).run();
  if (without != 0) {
    const Node gone = node(without);
    for (const std::string& term : terms_of(gone.wording)) drop_terms_.bind(1, term).bind(2, without).run();
    drop_.bind(1, without).run();
    std::erase(pieces, without);
  }
  for (const std::int64_t piece : pieces) link(piece);
  for (const std::int64_t weak : hangers) attach(weak);
}

void WordingIndex::release(std::int64_t wording) { dissolve(node(wording).part, wording); }

void WordingIndex::relink(std::string_view key) {
  if (const std::int64_t id = find(key); id != 0) dissolve(node(id).part, 0);
}

}  // namespace dragoman
