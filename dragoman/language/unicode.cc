#include "dragoman/language/unicode.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "dragoman/base/utf8.h"

namespace dragoman::unicode {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

struct LowerRun {
  char32_t first;
  char32_t last;
  std::uint32_t step;
  std::int32_t delta;
};

#include "dragoman/language/unicode_tables.inc"

template <std::size_t n>
bool in(const Range (&ranges)[n], char32_t c) {
  const Range* after = std::upper_bound(std::begin(ranges), std::end(ranges), c, [](char32_t x, const Range& r) { return x < r.first; });
  return after != std::begin(ranges) && c <= (after - 1)->last;
}

char32_t simple_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  const LowerRun* after =
      std::upper_bound(std::begin(lower_runs), std::end(lower_runs), c, [](char32_t x, const LowerRun& r) { return x < r.first; });
  if (after == std::begin(lower_runs)) return c;
  const LowerRun& run = *(after - 1);
  if (c > run.last || (c - run.first) % run.step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + run.delta);
}

/// A capital sigma ends a word if a cased letter stands before it and none after it, skipping what case ignores (accents, dots).
bool is_final_sigma(const std::u32string& text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && in(case_ignorable_ranges, text[before - 1])) --before;
  if (before == 0 || !in(cased_ranges, text[before - 1])) return false;
  std::size_t after = at + 1;
  while (after < text.size() && in(case_ignorable_ranges, text[after])) ++after;
  return after == text.size() || !in(cased_ranges, text[after]);
}

}  // namespace

bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
  return in(space_ranges, c);
}

bool is_alpha(char32_t c) {
  if (c < 0x80) return (c | 32) >= 'a' && (c | 32) <= 'z';
  return in(alpha_ranges, c);
}

bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return in(upper_ranges, c);
}

bool is_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return in(digit_ranges, c);
}

std::string lower(std::string_view text) {
  std::string low;
  low.reserve(text.size());
  bool plain = true;
  for (const char byte : text) {
    if (static_cast<unsigned char>(byte) >= 0x80) {
      plain = false;
      break;
    }
    low.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte);
  }
  if (plain) return low;

  low.clear();
  const std::u32string characters = code_points(text);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char32_t c = characters[i];
    if (c == 0x130) {
      low += "i\xCC\x87";
    } else if (c == 0x3A3) {
      append_utf8(low, is_final_sigma(characters, i) ? 0x3C2 : 0x3C3);
    } else {
      append_utf8(low, simple_lower(c));
    }
  }
  return low;
}

std::u32string code_points(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = decode_utf8(text, at);
    characters.push_back(character.code_point);
    at += character.size;
  }
  return characters;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

}  // namespace dragoman::unicode
