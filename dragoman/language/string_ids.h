// Hashes that the weights were trained with: MurmurHash64A for strings, a reduced MurmurHash3 for the rows of the hash embedding.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dragoman {

/// MurmurHash64A with seed 1, little-endian. A string's id is this, unless it is empty (0) or reserved (a symbol).
[[nodiscard]] std::uint64_t murmur64(std::string_view bytes);

/// The four row keys of feature value `value` in a table with that seed; the row is key modulo the table's rows.
[[nodiscard]] std::array<std::uint32_t, 4> embedding_keys(std::uint64_t value, std::uint32_t seed);

}  // namespace dragoman
