#include "dragoman/base/json.h"

#include <array>
#include <charconv>

#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

/// Bytes that can't stand in a JSON string as they are, or that may begin a broken character.
constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (int c = 0; c < 0x20; ++c) special[static_cast<std::size_t>(c)] = true;
  for (int c = 0x7F; c < 0x100; ++c) special[static_cast<std::size_t>(c)] = true;
  special['"'] = special['\\'] = true;
  return special;
}
constexpr std::array<bool, 256> special = make_special();

template <class Value>
void append_number(std::string& out, Value value) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, end);
}

}  // namespace

JsonWriter& JsonWriter::integer(std::int64_t value) {
  separate();
  append_number(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  separate();
  append_number(out_, value);
  return *this;
}

void JsonWriter::write_string(std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t plain = at;
    while (plain < text.size() && !special[static_cast<unsigned char>(text[plain])]) ++plain;
    out_.append(text, at, plain - at);
    at = plain;
    if (at == text.size()) break;
    const char c = text[at];
    if (static_cast<unsigned char>(c) >= 0x80) {
      const Utf8Character character = decode_utf8(text, at);
      if (character.valid)
        out_.append(text, at, character.size);
      else
        out_ += "\xEF\xBF\xBD";
      at += character.size;
      continue;
    }
    ++at;
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default:
        out_ += "\\u00";
        out_ += hex[static_cast<unsigned char>(c) >> 4];
        out_ += hex[c & 15];
    }
  }
  out_ += '"';
}

}  // namespace dragoman
