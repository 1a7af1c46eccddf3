// Language: which one a text is in.
#pragma once

#include <string>
#include <string_view>

namespace dragoman {

struct LanguageGuess {
  std::string code;       ///< ISO 639-1 ("en", "de") or 639-2; "" if nothing can be said
  bool reliable = false;  ///< enough text, and clearly that
};

/// Takes valid UTF-8. A text that is English for a fair part counts as English, so that quotations in other languages don't matter.
[[nodiscard]] LanguageGuess detect_language(std::string_view text);

}  // namespace dragoman
