// Spans: where in a text something was found. Half-open, in bytes or in tokens; the two don't mix.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace dragoman {

/// Half-open byte range [begin, end) of the source text.
struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool empty() const { return begin >= end; }
  [[nodiscard]] std::uint32_t size() const { return empty() ? 0 : end - begin; }
  [[nodiscard]] bool contains(std::uint32_t at) const { return begin <= at && at < end; }
  [[nodiscard]] bool contains(ByteSpan other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] bool overlaps(ByteSpan other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const ByteSpan&) const = default;
};

/// Half-open range [begin, end) of token indices of one document.
struct TokenSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool empty() const { return begin >= end; }
  [[nodiscard]] std::uint32_t size() const { return empty() ? 0 : end - begin; }
  [[nodiscard]] bool contains(std::uint32_t token) const { return begin <= token && token < end; }
  [[nodiscard]] bool contains(TokenSpan other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] bool overlaps(TokenSpan other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const TokenSpan&) const = default;
};

}  // namespace dragoman
