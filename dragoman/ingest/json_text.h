// JsonText: strings of a JSON text with the way back to its bytes.
#pragma once

#include <optional>
#include <string_view>

#include "dragoman/document/source_map.h"

namespace dragoman {

/// Decodes a JSON string (the bytes between its quotation marks, which stand at `origin` of the source). Lone surrogates and broken
/// escapes become U+FFFD.
[[nodiscard]] MappedText decode_json_string(std::string_view inside, std::size_t origin);

/// Where the string that begins with the quotation mark at `at` ends: the offset of its closing mark; nothing if it has none.
[[nodiscard]] std::optional<std::size_t> json_string_end(std::string_view json, std::size_t at);

/// Finds the string value of a key of the outermost object (`depth` 1), or of any object at all (`depth` 0): its inside as a range.
[[nodiscard]] std::optional<ByteSpan> find_json_string(std::string_view json, std::string_view key, int depth);

}  // namespace dragoman
