// The image: how the knowledge base lies in its file, and in memory. See docs/formats/knowledge.md.
//
// One header, then sections of fixed-size records; all text in one pool. Little endian. Records refer to each other by index, to
// text by offset, so that the file is used where it is mapped: opening reads the header alone.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "dragoman/knowledge/rows.h"

namespace dragoman::image {

inline constexpr std::array<char, 8> magic{'D', 'R', 'A', 'G', 'K', 'N', 'O', 'W'};
inline constexpr std::uint32_t version = 2;

enum Section : std::uint32_t { text, files, entities, aliases, slots, aliases_of, holders, terms_of, members, members_in, class_words,
                               class_slots, classes, posts, codes, agents, agent_slots, section_count };

struct Range {
  std::uint64_t offset;  ///< bytes from the file's start, a multiple of 16
  std::uint64_t count;   ///< records
};

struct Header {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t sections;
  std::uint64_t size;      ///< of the whole file
  std::uint64_t checksum;  ///< of everything after the header
  Range ranges[section_count];
};

/// A piece of the text pool.
struct Text {
  std::uint32_t offset;
  std::uint32_t size;
};

struct Entity {
  Text id, kind, name, country, sector;
  Date from, to;
  Origin origin;
  Origin place_origin;
  float latitude, longitude;
  Text place_name, place_country, feature;  ///< as the table of places had them
  std::uint32_t population;
  std::uint8_t has_row;    ///< stands in a table of entities
  std::uint8_t has_place;  ///< stands in a table of places: has coordinates
  std::uint16_t unused;
  std::uint32_t first_alias, alias_count;  ///< in `aliases_of`
  std::uint32_t first_term, term_count;    ///< in `terms_of`: the offices it held
  std::uint32_t first_member, member_count;  ///< in `members_in`: where it is a member
};

/// Aliases lie together by their words, so that a slot is a range of them.
struct Alias {
  std::uint32_t entity;
  Text text;
  Date from, to;
  Origin origin;
  std::uint32_t cases;  ///< four bits for each of the first eight words: how it is written
  std::uint8_t kind, words, ambiguous, implied;  ///< implied: from the name, or the surname of a person; in no table of aliases
  std::uint8_t has_comma, unused[3];
};

/// Open addressing by `key`, the hash of the words. Also every beginning of a longer alias has a slot.
struct Slot {
  std::uint64_t key;  ///< 0: free
  std::uint32_t first, count;
  std::uint32_t goes_on;  ///< 1: longer ones begin so
  std::uint32_t unused;
};

struct Holder {  // by office, then from
  std::uint32_t office, person;
  Date from, to;
  Text from_precision, to_precision, basis;
  Origin origin;
  std::uint32_t acting;
};

struct Member {  // by organisation, then member
  std::uint32_t organisation, member;
  Date from, to;
  Text status, basis;
  Origin origin;
};

struct ClassWord {
  Text word, state, note;
  Origin origin;
  std::uint16_t word_class;
  std::uint8_t plural, implied;  ///< implied: a plural made by rule
  std::uint32_t is_body;         ///< of government bodies; else of offices
};

/// The offices of a state (or "" and an organisation's) by class: which entity is Iran's foreign minister's office.
struct Post {  // by country, then class
  Text country;
  std::uint32_t office;
  std::uint16_t office_class;
  std::uint16_t unused;
};

struct Code {  // by entity, as the tables had them
  std::uint32_t entity;
  Text name, code, basis;
  Date from, to;
  Origin origin;
  std::uint32_t unused;
  std::uint64_t name_key;  ///< the hash of the name's words; 0: whatever it is called
};

struct Agent {
  Text word, code, plural, basis;
  Origin origin;
  std::uint64_t is_plural;  ///< 1: found by its plural
};

[[nodiscard]] std::uint64_t checksum_of(std::string_view bytes);

}  // namespace dragoman::image
