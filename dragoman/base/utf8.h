// UTF-8: one character at a time, whatever the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dragoman {

struct Utf8Character {
  char32_t code_point;  ///< U+FFFD where the bytes are broken
  std::uint32_t size;   ///< bytes to go on by; at least 1
  bool valid;
};

/// The character that begins at `at` (which must lie inside `text`). Overlong forms, surrogates and code points past U+10FFFF are
/// broken; a broken sequence is as long as its longest valid beginning (Unicode's maximal subpart).
[[nodiscard]] Utf8Character decode_utf8(std::string_view text, std::size_t at);

void append_utf8(std::string& text, char32_t code_point);

[[nodiscard]] bool is_valid_utf8(std::string_view text);

/// Text as UTF-8, with one U+FFFD in place of each broken sequence.
struct SoundUtf8 {
  std::string text;
  std::size_t broken = 0;        ///< how many sequences
  std::size_t first_broken = 0;  ///< where the first one began
};
[[nodiscard]] SoundUtf8 sound_utf8(std::string text);

}  // namespace dragoman
