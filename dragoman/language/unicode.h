// Characters as Python 3.11 sees them (Unicode 14.0.0): the model was trained on features that were made with those functions.
#pragma once

#include <string>
#include <string_view>

namespace dragoman::unicode {

[[nodiscard]] bool is_space(char32_t c);
[[nodiscard]] bool is_alpha(char32_t c);
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);

/// Full lower-casing of valid UTF-8: the final sigma and the dotted capital I are treated as Unicode says; no locale.
[[nodiscard]] std::string lower(std::string_view text);

/// Code points of valid UTF-8.
[[nodiscard]] std::u32string code_points(std::string_view text);
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace dragoman::unicode
