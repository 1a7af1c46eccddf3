#include "dragoman/ingest/json_text.h"

#include <charconv>

#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The four hexadecimal digits at `at`; nothing if they are none.
std::optional<std::uint32_t> hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 4, value, 16);
  if (error != std::errc() || end != text.data() + at + 4) return std::nullopt;
  return value;
}

}  // namespace

MappedText decode_json_string(std::string_view inside, std::size_t origin) {
  MappedText out;
  std::string character;
  for (std::size_t at = 0; at < inside.size();) {
    const std::size_t escape = std::min(inside.find('\\', at), inside.size());
    if (escape > at) out.copy(inside.substr(at, escape - at), origin + at);
    if (escape == inside.size()) break;
    std::size_t size = 2;
    char32_t code_point = 0xFFFD;
    switch (escape + 1 < inside.size() ? inside[escape + 1] : '\0') {
      case 'n': code_point = '\n'; break;
      case 't': code_point = '\t'; break;
      case 'r': code_point = '\r'; break;
      case 'b': code_point = '\b'; break;
      case 'f': code_point = '\f'; break;
      case '"': code_point = '"'; break;
      case '\\': code_point = '\\'; break;
      case '/': code_point = '/'; break;
      case 'u':
        if (const auto unit = hex4(inside, escape + 2)) {
          size = 6;
          code_point = *unit;
          if (*unit >= 0xD800 && *unit < 0xE000) {
            code_point = 0xFFFD;
            const auto low = inside.substr(escape + 6).starts_with("\\u") ? hex4(inside, escape + 8) : std::nullopt;
            if (*unit < 0xDC00 && low && *low >= 0xDC00 && *low < 0xE000) {
              code_point = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
              size = 12;
            }
          }
        }
        break;
      default: break;
    }
    size = std::min(size, inside.size() - escape);
    character.clear();
    append_utf8(character, code_point);
    out.replace(character, origin + escape, size);
    at = escape + size;
  }
  return out;
}

std::optional<std::size_t> json_string_end(std::string_view json, std::size_t at) {
  for (++at; at < json.size(); ++at) {
    if (json[at] == '\\')
      ++at;
    else if (json[at] == '"')
      return at;
  }
  return std::nullopt;
}

std::optional<ByteSpan> find_json_string(std::string_view json, std::string_view key, int depth) {
  int open = 0;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '{' || c == '[') ++open;
    if (c == '}' || c == ']') --open;
    if (c != '"') continue;
    const auto end = json_string_end(json, at);
    if (!end) return std::nullopt;
    const std::string_view name = json.substr(at + 1, *end - at - 1);
    at = *end;
    if (name != key || (depth != 0 && open != depth)) continue;
    std::size_t next = at + 1;
    while (next < json.size() && is_blank(json[next])) ++next;
    if (next >= json.size() || json[next] != ':') continue;  // a value that looks like the key
    for (++next; next < json.size() && is_blank(json[next]);) ++next;
    if (next >= json.size() || json[next] != '"') continue;
    const auto value_end = json_string_end(json, next);
    if (!value_end) return std::nullopt;
    return ByteSpan{static_cast<std::uint32_t>(next + 1), static_cast<std::uint32_t>(*value_end)};
  }
  return std::nullopt;
}

}  // namespace dragoman
