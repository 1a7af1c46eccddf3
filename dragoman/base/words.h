// Words by their bytes, for a quick look over a text: runs of ASCII letters and of bytes that are not ASCII. Tokens are made by language/.
#pragma once

#include <cctype>
#include <cstddef>
#include <string_view>

namespace dragoman {

inline bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80; }

/// Calls `visit` with where each word begins, and the word.
template <class Visit>
void each_word(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && is_letter(text[end])) ++end;
    visit(at, text.substr(at, end - at));
    at = end;
  }
}

}  // namespace dragoman
