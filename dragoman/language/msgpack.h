// MessagePack, the part of it that model packages use: no extension types.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"

namespace dragoman {

/// One value. Text and bytes are views into what was parsed.
struct MsgpackValue {
  enum class Kind : std::uint8_t { nil, boolean, integer, real, text, bytes, array, map };
  Kind kind = Kind::nil;
  std::uint64_t integer = 0;          ///< also of booleans; negative numbers in two's complement
  double real = 0;
  std::string_view bytes;             ///< of text and bytes
  std::vector<MsgpackValue> items;    ///< of an array; of a map: key, value, key, value, ...

  [[nodiscard]] bool is(Kind other) const { return kind == other; }
  /// The value of a map at a text (or bytes) key; nullptr if absent.
  [[nodiscard]] const MsgpackValue* find(std::string_view key) const;
  [[nodiscard]] const MsgpackValue* find(std::uint64_t key) const;
};

/// Parses one whole document. Trailing bytes, extension types and nesting deeper than 64 are `malformed`.
[[nodiscard]] Result<MsgpackValue> parse_msgpack(std::string_view bytes);

}  // namespace dragoman
