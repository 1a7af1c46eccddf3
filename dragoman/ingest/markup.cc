#include "dragoman/ingest/markup.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) { return (lower(c) >= 'a' && lower(c) <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

struct NamedCharacter {
  char32_t code_point;
  bool no_stop;
};

const std::unordered_map<std::string_view, NamedCharacter>& named_characters() {
  static const auto characters = [] {
    std::unordered_map<std::string_view, NamedCharacter> map;
    const auto table = parse_tsv(embedded_data("ingest/entities.tsv"), "ingest/entities.tsv", {"name", "code_point", "no_stop"});
    if (!table) return map;
    for (const TsvRow& row : table->rows) {
      std::uint32_t code_point = 0;
      std::from_chars(row.cells[1].data(), row.cells[1].data() + row.cells[1].size(), code_point, 16);
      map.emplace(row.cells[0], NamedCharacter{code_point, !row.cells[2].empty()});
    }
    return map;
  }();
  return characters;
}

/// Elements whose content is text up to their closing tag, whatever stands there.
bool is_raw(std::string_view name) {
  for (const char* raw : {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
    if (same_name(name, raw)) return true;
  return false;
}

/// As HTML reads numbers: the C1 range means windows-1252, what is no character is U+FFFD.
char32_t settled(std::uint32_t number) {
  static constexpr char16_t windows[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                           0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                           0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
  if (number >= 0x80 && number < 0xA0) return windows[number - 0x80];
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000)) return 0xFFFD;
  return number;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<MarkupToken> MarkupReader::text_until(std::size_t end) {
  const std::size_t begin = at_;
  at_ = end;
  return MarkupToken{.kind = MarkupKind::text, .span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, .name = {}, .inside = {}};
}

std::optional<MarkupToken> MarkupReader::next() {
  if (!raw_until_.empty()) {
    const std::string name = std::exchange(raw_until_, {});
    std::size_t end = at_;
    for (;; ++end) {
      end = markup_.find("</", end);
      if (end == std::string_view::npos) end = markup_.size();
      if (end == markup_.size() || same_name(markup_.substr(end + 2, name.size()), name)) break;
    }
    if (end > at_) return text_until(end);
  }
  while (at_ < markup_.size()) {
    if (markup_[at_] != '<') return text_until(std::min(markup_.find('<', at_), markup_.size()));
    const std::string_view rest = markup_.substr(at_);
    if (rest.starts_with("<!--")) {
      const std::size_t end = markup_.find("-->", at_ + 2);  // "<!-->" is a whole comment
      at_ = end == std::string_view::npos ? markup_.size() : end + 3;
    } else if (rest.starts_with("<![CDATA[") && language_ == MarkupLanguage::xml) {
      const std::size_t begin = at_ + 9, found = markup_.find("]]>", begin);
      const std::size_t end = std::min(found, markup_.size());
      at_ = found == std::string_view::npos ? markup_.size() : found + 3;
      if (end > begin)
        return MarkupToken{.kind = MarkupKind::cdata, .span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, .name = {}, .inside = {}};
    } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
      const std::size_t end = markup_.find('>', at_);
      at_ = end == std::string_view::npos ? markup_.size() : end + 1;
    } else if (rest.size() > 1 && (is_letter(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_letter(rest[2])) || (rest[1] == '_'))) {
      if (auto token = tag()) return token;
    } else {  // a lone "<" is text, with what follows it
      return text_until(std::min(markup_.find('<', at_ + 1), markup_.size()));
    }
  }
  return std::nullopt;
}

/// The tag at `at_`. A tag that the end of the file cuts off is dropped, as browsers do.
std::optional<MarkupToken> MarkupReader::tag() {
  const std::size_t begin = at_;
  const bool closes = markup_[at_ + 1] == '/';
  std::size_t at = begin + (closes ? 2 : 1);
  const std::size_t name_begin = at;
  while (at < markup_.size() && !is_blank(markup_[at]) && markup_[at] != '>' && markup_[at] != '/') ++at;
  const std::size_t name_end = at;
  bool value = false;  // an "=" came before, so a quotation mark opens a value
  for (; at < markup_.size() && markup_[at] != '>'; ++at) {
    const char c = markup_[at];
    if (value && (c == '"' || c == '\'')) {
      at = markup_.find(c, at + 1);
      if (at == std::string_view::npos) break;
      value = false;
    } else if (c == '=') {
      value = true;
    } else if (!is_blank(c)) {
      value = false;
    }
  }
  if (at >= markup_.size()) {
    at_ = markup_.size();
    return std::nullopt;
  }
  at_ = at + 1;
  MarkupToken token{.kind = closes ? MarkupKind::close : MarkupKind::open,
                    .span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)},
                    .name = markup_.substr(name_begin, name_end - name_begin),
                    .inside = markup_.substr(name_end, at - name_end)};
  token.empty_element = token.inside.ends_with('/');
  if (!closes && language_ == MarkupLanguage::html && is_raw(token.name)) raw_until_ = token.name;
  return token;
}

std::optional<std::string> attribute(const MarkupToken& token, std::string_view name) {
  const std::string_view in = token.inside;
  std::size_t at = 0;
  const auto skip_blanks = [&] {
    while (at < in.size() && (is_blank(in[at]) || in[at] == '/')) ++at;
  };
  while (true) {
    skip_blanks();
    if (at >= in.size()) return std::nullopt;
    const std::size_t name_begin = at++;  // a first "=" belongs to the name
    while (at < in.size() && !is_blank(in[at]) && in[at] != '=' && in[at] != '/') ++at;
    const std::string_view found = in.substr(name_begin, at - name_begin);
    while (at < in.size() && is_blank(in[at])) ++at;
    std::string_view value;
    if (at < in.size() && in[at] == '=') {
      ++at;
      while (at < in.size() && is_blank(in[at])) ++at;
      if (at < in.size() && (in[at] == '"' || in[at] == '\'')) {
        const std::size_t end = std::min(in.find(in[at], at + 1), in.size());
        value = in.substr(at + 1, end - at - 1);
        at = std::min(end + 1, in.size());
      } else {
        const std::size_t value_begin = at;
        while (at < in.size() && !is_blank(in[at])) ++at;
        value = in.substr(value_begin, at - value_begin);
      }
    }
    if (same_name(found, name)) return decode_references(value);
  }
}

std::optional<CharacterReference> character_reference(std::string_view markup, std::size_t at) {
  const std::string_view rest = markup.substr(at + 1, 40);
  CharacterReference reference{{}, 0};
  if (rest.starts_with('#')) {
    const bool hexadecimal = rest.size() > 1 && lower(rest[1]) == 'x';
    const char* begin = rest.data() + (hexadecimal ? 2 : 1);
    const char* limit = rest.data() + rest.size();
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(begin, limit, number, hexadecimal ? 16 : 10);
    if (error == std::errc::invalid_argument) return std::nullopt;
    if (error == std::errc::result_out_of_range) number = 0;
    append_utf8(reference.text, settled(number));
    reference.size = static_cast<std::size_t>(end - rest.data()) + 1;
    if (end != limit && *end == ';') ++reference.size;
    return reference;
  }
  std::size_t length = 0;
  while (length < rest.size() && (is_letter(rest[length]) || is_digit(rest[length]))) ++length;
  const auto& characters = named_characters();
  if (length < rest.size() && rest[length] == ';') {
    const auto found = characters.find(rest.substr(0, length));
    if (found != characters.end()) {
      append_utf8(reference.text, found->second.code_point);
      reference.size = length + 2;
      return reference;
    }
  }
  // "&copy 2026", "&nbspthe": some names are read without their ";", the longest that fits.
  for (std::size_t size = std::min<std::size_t>(length, 6); size >= 2; --size) {
    const auto found = characters.find(rest.substr(0, size));
    if (found == characters.end() || !found->second.no_stop) continue;
    append_utf8(reference.text, found->second.code_point);
    reference.size = size + 1;
    return reference;
  }
  return std::nullopt;
}

void decode_references_into(MappedText& out, std::string_view text, std::size_t origin) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    if (mark > at) out.copy(text.substr(at, mark - at), origin + at);
    if (mark == text.size()) return;
    if (const auto reference = character_reference(text, mark)) {
      out.replace(reference->text, origin + mark, reference->size);
      at = mark + reference->size;
    } else {
      out.copy("&", origin + mark);
      at = mark + 1;
    }
  }
}

std::string decode_references(std::string_view text) {
  if (text.find('&') == std::string_view::npos) return std::string(text);
  MappedText out;
  decode_references_into(out, text, 0);
  return std::move(out.text);
}

}  // namespace dragoman
