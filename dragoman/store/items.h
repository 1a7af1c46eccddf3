// The keys of findings: statements, events, commitments and positions are numbered by their document and their number in its reading, so that
// those of one document stand together and need no index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman {

inline constexpr int item_bits = 20;
inline constexpr std::int64_t last_item = (std::int64_t{1} << item_bits) - 1;  ///< the most findings of one layer in a document

/// `n` counts from 1.
[[nodiscard]] constexpr std::int64_t item_of(std::int64_t doc, std::int64_t n) { return (doc << item_bits) | n; }
[[nodiscard]] constexpr std::int64_t document_of(std::int64_t item) { return item >> item_bits; }
[[nodiscard]] constexpr std::int64_t number_of(std::int64_t item) { return item & last_item; }

/// SQL: `key` is one of that document; by default of the one whose number is the statement's first parameter.
[[nodiscard]] inline std::string of_document(std::string_view key, std::string_view document = "?1") {
  const std::string first = "(" + std::string(document) + "<<" + std::to_string(item_bits) + ")";
  return std::string(key) + " BETWEEN " + first + " AND " + first + "|" + std::to_string(last_item);
}

/// An event as `concern_rows.events` lists it: its number with its type (event_types.type), of which there are sixteen.
[[nodiscard]] constexpr std::int64_t listed_event(std::int64_t n, std::int64_t type) { return n << 4 | type; }
[[nodiscard]] constexpr std::int64_t number_of_listed(std::int64_t listed) { return listed >> 4; }
[[nodiscard]] constexpr std::int64_t type_of_listed(std::int64_t listed) { return listed & 15; }

/// "[1,3]" -> 1, 3: how the store holds who takes part in a finding, by their numbers in the reading. What is no number is passed over.
[[nodiscard]] std::vector<std::int64_t> parse_list(std::string_view json);

}  // namespace dragoman
