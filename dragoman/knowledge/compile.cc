#include "dragoman/knowledge/compile.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/knowledge/image.h"
#include "dragoman/knowledge/words.h"

namespace dragoman {
namespace {

using image::Text;

// Text pool: each different string once.
class Pool {
 public:
  Text keep(std::string_view text) {
    if (text.empty()) return {0, 0};
    const auto [found, is_new] = places_.try_emplace(std::string(text), static_cast<std::uint32_t>(bytes_.size()));
    if (is_new) bytes_ += text;
    return {found->second, static_cast<std::uint32_t>(text.size())};
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::unordered_map<std::string, std::uint32_t> places_;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  find_words(text, 0, words);
  return words;
}

// Hash table of word sequences; `goes_on` marks the beginnings of longer ones.
class SlotTable {
 public:
  void add(std::uint64_t key, std::uint32_t first, std::uint32_t count) {
    image::Slot& slot = slots_[key];
    slot.first = first;
    slot.count = count;
  }
  void add_beginnings(std::string_view text) {
    std::uint64_t key = word_seed;
    const std::vector<Word> words = words_of(text);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) slots_[key = extend(key, words[i].hash)].goes_on = 1;
  }
  std::vector<image::Slot> table() const {
    std::vector<image::Slot> table(std::bit_ceil(std::max<std::size_t>(16, slots_.size() * 2)));
    for (const auto& [key, slot] : slots_) {
      std::size_t at = key & (table.size() - 1);
      while (table[at].key) at = (at + 1) & (table.size() - 1);
      table[at] = slot;
      table[at].key = key;
    }
    return table;
  }

 private:
  std::map<std::uint64_t, image::Slot> slots_;  // in order, so that the table is the same each time
};

struct PendingAlias {
  std::uint64_t key;
  std::string text;
  image::Alias alias;
};

PendingAlias pending(std::uint32_t entity, const AliasRow& row, bool implied) {
  PendingAlias made{hash_of(row.alias), row.alias, {}};
  const std::vector<Word> words = words_of(row.alias);
  for (std::size_t i = 0; i < words.size() && i < 8; ++i) made.alias.cases |= static_cast<std::uint32_t>(words[i].written) << (4 * i);
  made.alias.entity = entity;
  made.alias.from = row.from;
  made.alias.to = row.to;
  made.alias.origin = row.origin;
  made.alias.kind = static_cast<std::uint8_t>(row.kind);
  made.alias.words = static_cast<std::uint8_t>(std::min<std::size_t>(words.size(), 255));
  made.alias.ambiguous = row.ambiguous;
  made.alias.implied = implied;
  made.alias.has_comma = row.alias.find(',') != std::string::npos;
  return made;
}

// The surnames by which the news calls a person: the last word with the particles before it ("von der Leyen"); in states where
// the family name stands first, that too.
std::vector<std::string> surnames_of(const std::string& name, const std::string& country) {
  static const std::unordered_set<std::string> particles{"von", "van", "der", "den", "de", "da", "do", "dos", "di", "du", "del", "della",
                                                         "la",  "le",  "al",  "el",  "bin", "ibn", "ben", "ould", "ag", "ter", "zu"};
  static const std::unordered_set<std::string> family_first{"CHN", "KOR", "PRK", "TWN", "HKG", "MAC", "SGP", "KHM"};
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  while (begin < name.size()) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    if (end > begin) pieces.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  std::vector<std::string> surnames;
  if (pieces.size() < 2) return surnames;
  surnames.push_back(pieces.back());
  if (pieces.back().starts_with("al-") || pieces.back().starts_with("Al-") || pieces.back().starts_with("el-"))
    surnames.push_back(pieces.back().substr(3));
  std::size_t from = pieces.size() - 1;
  while (from > 1 && particles.contains(fold(pieces[from - 1]))) --from;
  if (from + 1 < pieces.size()) {
    std::string with;
    for (std::size_t i = from; i < pieces.size(); ++i) with += (with.empty() ? "" : " ") + pieces[i];
    surnames.push_back(with);
  }
  if (family_first.contains(country)) surnames.push_back(pieces.front());
  return surnames;
}

// The plural by rule: of the word that carries it ("ministers of foreign affairs", "secretaries of state", "foreign ministers").
std::string plural_of(const std::string& word) {
  std::size_t end = word.size();
  for (const std::string_view joint : {" of ", " for ", " to ", " at ", " in ", " on ", " and ", " without ", " ad "})
    end = std::min(end, std::min(word.find(joint), word.size()));
  std::string head = word.substr(0, end);
  if (head.ends_with("man"))
    head.replace(head.size() - 2, 2, "en");
  else if (head.ends_with("y") && head.size() > 1 && !std::strchr("aeiou", head[head.size() - 2]))
    head.replace(head.size() - 1, 1, "ies");
  else if (head.ends_with("s") || head.ends_with("ch") || head.ends_with("sh") || head.ends_with("x"))
    head += "es";
  else
    head += "s";
  return head + word.substr(end);
}

template <class Record>
void append(std::string& bytes, image::Header& header, image::Section section, const std::vector<Record>& records) {
  while (bytes.size() % 16) bytes += '\0';
  header.ranges[section] = {bytes.size(), records.size()};
  if (!records.empty()) bytes.append(reinterpret_cast<const char*>(records.data()), records.size() * sizeof(Record));
}

std::string hyphened(std::string text) {
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

}  // namespace

std::uint64_t image::checksum_of(std::string_view bytes) {
  std::uint64_t sums[4] = {1, 2, 3, 4};  // four lanes, so that a processor can run them at once
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    for (int lane = 0; lane < 4; ++lane) {
      std::uint64_t piece;
      std::memcpy(&piece, bytes.data() + at + 8 * lane, 8);
      sums[lane] = std::rotl((sums[lane] ^ piece) * 0x9e3779b97f4a7c15ull, 29);
    }
  }
  std::uint64_t sum = bytes.size();
  for (const std::uint64_t lane : sums) sum = extend(sum, lane);
  for (; at < bytes.size(); ++at) sum = extend(sum, static_cast<unsigned char>(bytes[at]));
  return sum;
}

std::string compile(const KnowledgeRows& rows) {
  Pool pool;
  const auto text_of = [&](Text text) { return std::string_view(pool.bytes()).substr(text.offset, text.size); };
  // Entities by id: rows of the tables, and places that have coordinates only.
  std::map<std::string, image::Entity> by_id;
  for (const EntityRow& row : rows.entities) {
    image::Entity& entity = by_id[row.id];
    if (entity.has_row) {  // brought in by two tables
      if (!entity.country.size) entity.country = pool.keep(row.country);
      continue;
    }
    entity.kind = pool.keep(row.kind);
    entity.name = pool.keep(row.name);
    entity.country = pool.keep(row.country);
    entity.sector = pool.keep(row.sector);
    entity.from = row.from;
    entity.to = row.to;
    entity.origin = row.origin;
    entity.has_row = 1;
  }
  for (const PlaceRow& row : rows.places) {
    image::Entity& entity = by_id[row.id];
    if (entity.has_place && row.population) {  // a city that was authored: its people, our words
      entity.population = row.population;
      continue;
    }
    if (!entity.has_row) {
      entity.kind = pool.keep("place");
      entity.name = pool.keep(row.name);
      entity.country = pool.keep(row.country);
      entity.to = latest;
      entity.origin = row.origin;
    }
    entity.has_place = 1;
    entity.place_origin = row.origin;
    entity.latitude = static_cast<float>(row.latitude);
    entity.longitude = static_cast<float>(row.longitude);
    entity.population = row.population;
    entity.place_name = pool.keep(row.name);
    entity.place_country = pool.keep(row.country);
    entity.feature = pool.keep(row.feature);
  }
  std::unordered_map<std::string, std::uint32_t> index;
  std::vector<image::Entity> entities;
  entities.reserve(by_id.size());
  for (auto& [id, entity] : by_id) {
    entity.id = pool.keep(id);
    index.emplace(id, static_cast<std::uint32_t>(entities.size()));
    entities.push_back(entity);
  }
  const auto index_of = [&](const std::string& id) {
    const auto found = index.find(id);
    return found == index.end() ? 0xffffffffu : found->second;
  };

  // Aliases, with those that go without saying: the name itself, the surname of a person.
  std::vector<PendingAlias> aliases;
  std::unordered_set<std::string> authored;
  for (const AliasRow& row : rows.aliases) {
    const std::uint32_t entity = index_of(row.id);
    if (entity == 0xffffffffu) continue;
    authored.insert(row.id + "\t" + row.alias);
    AliasRow kept = row;
    if (is_surname(row, text_of(entities[entity].kind), text_of(entities[entity].name))) kept.kind = AliasKind::surname;
    aliases.push_back(pending(entity, kept, false));
  }
  const auto imply = [&](const std::string& id, const std::string& name, AliasKind kind, Origin origin) {
    if (hash_of(name) == word_seed || !authored.insert(id + "\t" + name).second) return;
    aliases.push_back(pending(index_of(id), {id, name, kind, earliest, latest, false, origin}, true));
  };
  for (const EntityRow& row : rows.entities) {
    if (row.kind == "office") continue;
    // "Prime Minister's Office (Australia)" names nothing that a text would say
    if (row.name.find('(') == std::string::npos) imply(row.id, row.name, AliasKind::name, row.origin);
    if (row.kind == "person")
      for (const std::string& surname : surnames_of(row.name, row.country)) imply(row.id, surname, AliasKind::surname, row.origin);
  }
  for (const PlaceRow& row : rows.places) imply(row.id, row.name, AliasKind::name, row.origin);
  std::sort(aliases.begin(), aliases.end(), [&](const PendingAlias& a, const PendingAlias& b) {
    if (a.key != b.key) return a.key < b.key;
    if (a.alias.entity != b.alias.entity) return a.alias.entity < b.alias.entity;
    if (a.text != b.text) return a.text < b.text;
    if (a.alias.kind != b.alias.kind) return a.alias.kind < b.alias.kind;
    return a.alias.from < b.alias.from;
  });
  SlotTable slots;
  std::vector<image::Alias> alias_records;
  std::vector<std::vector<std::uint32_t>> aliases_of(entities.size());
  for (std::size_t i = 0; i < aliases.size();) {
    std::size_t end = i;
    while (end < aliases.size() && aliases[end].key == aliases[i].key) ++end;
    slots.add(aliases[i].key, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end - i));
    for (; i < end; ++i) {
      slots.add_beginnings(aliases[i].text);
      aliases[i].alias.text = pool.keep(aliases[i].text);
      aliases_of[aliases[i].alias.entity].push_back(static_cast<std::uint32_t>(i));
      alias_records.push_back(aliases[i].alias);
    }
  }

  // Terms and memberships, in order; back references from person and member.
  std::vector<image::Holder> holders;
  for (const HolderRow& row : rows.holders) {
    const std::uint32_t office = index_of(row.office), person = index_of(row.person);
    if (office == 0xffffffffu || person == 0xffffffffu || row.from >= row.to) continue;
    holders.push_back({office, person, row.from, row.to, pool.keep(row.from_precision), pool.keep(row.to_precision),
                       pool.keep(row.basis), row.origin, row.acting});
  }
  std::stable_sort(holders.begin(), holders.end(), [](const auto& a, const auto& b) {
    return a.office != b.office ? a.office < b.office : a.from < b.from;
  });
  std::vector<std::vector<std::uint32_t>> terms_of(entities.size()), members_in(entities.size());
  for (std::size_t i = 0; i < holders.size(); ++i) terms_of[holders[i].person].push_back(static_cast<std::uint32_t>(i));
  for (auto& terms : terms_of)
    std::stable_sort(terms.begin(), terms.end(), [&](std::uint32_t a, std::uint32_t b) { return holders[a].from < holders[b].from; });
  std::vector<image::Member> members;
  for (const MemberRow& row : rows.members) {
    const std::uint32_t organisation = index_of(row.organisation), member = index_of(row.member);
    if (organisation == 0xffffffffu || member == 0xffffffffu) continue;
    members.push_back({organisation, member, row.from, row.to, pool.keep(row.status), pool.keep(row.basis), row.origin});
  }
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
    return a.organisation != b.organisation ? a.organisation < b.organisation : a.member < b.member;
  });
  for (std::size_t i = 0; i < members.size(); ++i) members_in[members[i].member].push_back(static_cast<std::uint32_t>(i));
  const auto flatten = [&](const std::vector<std::vector<std::uint32_t>>& lists, auto first, auto count) {
    std::vector<std::uint32_t> flat;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      entities[i].*first = static_cast<std::uint32_t>(flat.size());
      entities[i].*count = static_cast<std::uint32_t>(lists[i].size());
      flat.insert(flat.end(), lists[i].begin(), lists[i].end());
    }
    return flat;
  };
  const auto flat_aliases = flatten(aliases_of, &image::Entity::first_alias, &image::Entity::alias_count);
  const auto flat_terms = flatten(terms_of, &image::Entity::first_term, &image::Entity::term_count);
  const auto flat_members = flatten(members_in, &image::Entity::first_member, &image::Entity::member_count);

  // Classes of offices and bodies and their words, with plurals.
  std::map<std::string, std::uint16_t> class_index;
  for (const ClassWordRow& row : rows.class_words) class_index.emplace(row.class_name, 0);
  std::vector<Text> classes;
  for (auto& [name, number] : class_index) {
    number = static_cast<std::uint16_t>(classes.size());
    classes.push_back(pool.keep(name));
  }
  struct PendingWord {
    std::uint64_t key;
    std::string text;
    image::ClassWord word;
  };
  std::vector<PendingWord> words;
  std::vector<ClassWordRow> sorted_words = rows.class_words;
  std::stable_sort(sorted_words.begin(), sorted_words.end(), [](const ClassWordRow& a, const ClassWordRow& b) {
    return a.origin.file != b.origin.file ? a.origin.file < b.origin.file : a.origin.line < b.origin.line;
  });
  for (const ClassWordRow& row : sorted_words) {
    image::ClassWord word{pool.keep(row.word), pool.keep(row.state), pool.keep(row.note), row.origin, class_index[row.class_name], 0, 0,
                          row.is_body};
    words.push_back({hash_of(row.word), row.word, word});
    if (row.note.starts_with("collective")) continue;
    const std::string plural = plural_of(row.word);
    word.plural = word.implied = 1;
    words.push_back({hash_of(plural), plural, word});
  }
  std::stable_sort(words.begin(), words.end(), [](const PendingWord& a, const PendingWord& b) { return a.key < b.key; });
  SlotTable class_slots;
  std::vector<image::ClassWord> class_words;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i;
    while (end < words.size() && words[end].key == words[i].key) ++end;
    class_slots.add(words[i].key, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end - i));
    for (; i < end; ++i) {
      class_slots.add_beginnings(words[i].text);
      class_words.push_back(words[i].word);
    }
  }

  // Posts: "office:irn-foreign-minister" is a foreign_minister of IRN; "office:nato-secretary-general" one of no state.
  std::vector<image::Post> posts;
  for (const EntityRow& row : rows.entities) {
    if (row.kind != "office") continue;
    std::string rest = row.id.substr(row.id.find(':') + 1);
    std::uint16_t best = 0xffff;
    std::size_t best_size = 0;
    // the class follows the state or organisation: the longest class at any hyphen
    for (const auto& [name, number] : class_index) {
      const std::string wanted = hyphened(name);
      const std::size_t at = rest.find("-" + wanted);
      if (at == std::string::npos || wanted.size() <= best_size) continue;
      const std::size_t after = at + 1 + wanted.size();
      if (after != rest.size() && rest[after] != '-') continue;
      best = number;
      best_size = wanted.size();
    }
    if (best != 0xffff) posts.push_back({pool.keep(row.country), index_of(row.id), best, 0});
  }
  std::sort(posts.begin(), posts.end(), [&](const image::Post& a, const image::Post& b) {
    if (text_of(a.country) != text_of(b.country)) return text_of(a.country) < text_of(b.country);
    return a.office_class != b.office_class ? a.office_class < b.office_class : a.office < b.office;
  });
  // Actor codes by entity, and the words for roles.
  std::vector<image::Code> codes;
  for (const CodeRow& row : rows.codes) {
    const std::uint32_t entity = index_of(row.id);
    if (entity == 0xffffffffu) continue;
    codes.push_back({entity, pool.keep(row.name), pool.keep(row.code), pool.keep(row.basis), row.from, row.to, row.origin, 0,
                     row.name.empty() ? 0 : hash_of(row.name)});
  }
  std::stable_sort(codes.begin(), codes.end(), [](const image::Code& a, const image::Code& b) { return a.entity < b.entity; });
  struct PendingAgent {
    std::uint64_t key;
    std::string text;
    image::Agent agent;
  };
  std::vector<PendingAgent> pending_agents;
  for (const AgentRow& row : rows.agents) {
    image::Agent agent{pool.keep(row.word), pool.keep(row.code), pool.keep(row.plural), pool.keep(row.basis), row.origin, 0};
    pending_agents.push_back({hash_of(row.word), row.word, agent});
    if (row.plural == "-") continue;
    const std::string plural = row.plural.empty() ? plural_of(row.word) : row.plural;
    agent.is_plural = 1;
    pending_agents.push_back({hash_of(plural), plural, agent});
  }
  std::stable_sort(pending_agents.begin(), pending_agents.end(),
                   [](const PendingAgent& a, const PendingAgent& b) { return a.key < b.key; });
  SlotTable agent_slots;
  std::vector<image::Agent> agents;
  std::uint64_t last_key = 0;
  for (const PendingAgent& row : pending_agents) {
    agent_slots.add_beginnings(row.text);
    if (row.key != last_key) agent_slots.add(row.key, static_cast<std::uint32_t>(agents.size()), 1);
    last_key = row.key;
    agents.push_back(row.agent);
  }

  std::vector<Text> files;
  for (const std::string& file : rows.files) files.push_back(pool.keep(file));

  image::Header header{};
  header.magic = image::magic;
  header.version = image::version;
  header.sections = image::section_count;
  std::string bytes(sizeof header, '\0');
  append(bytes, header, image::text, std::vector<char>(pool.bytes().begin(), pool.bytes().end()));
  append(bytes, header, image::files, files);
  append(bytes, header, image::entities, entities);
  append(bytes, header, image::aliases, alias_records);
  append(bytes, header, image::slots, slots.table());
  append(bytes, header, image::aliases_of, flat_aliases);
  append(bytes, header, image::holders, holders);
  append(bytes, header, image::terms_of, flat_terms);
  append(bytes, header, image::members, members);
  append(bytes, header, image::members_in, flat_members);
  append(bytes, header, image::class_words, class_words);
  append(bytes, header, image::class_slots, class_slots.table());
  append(bytes, header, image::classes, classes);
  append(bytes, header, image::posts, posts);
  append(bytes, header, image::codes, codes);
  append(bytes, header, image::agents, agents);
  append(bytes, header, image::agent_slots, agent_slots.table());
  header.size = bytes.size();
  header.checksum = image::checksum_of(std::string_view(bytes).substr(sizeof header));
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

}  // namespace dragoman
