#include "dragoman/view/terminal.h"

#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

unsigned columns_of(char32_t c) {
  if ((c >= 0x300 && c <= 0x36F) || (c >= 0x64B && c <= 0x65F)) return 0;
  if ((c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
      (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1FAFF))
    return 2;
  return 1;
}

constexpr std::string_view escapes[] = {"", "\033[1m", "\033[2m", "\033[1;36m", "\033[32m", "\033[31m", "\033[33m"};

}  // namespace

unsigned columns_of(std::string_view text) {
  unsigned columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = decode_utf8(text, at);
    columns += columns_of(character.code_point);
    at += character.size;
  }
  return columns;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = decode_utf8(text, at);
    const bool blank = is_control(character.code_point) || character.code_point == ' ';
    if (!blank)
      append_utf8(line, character.code_point);
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
    at += character.size;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

void TerminalText::styled(std::string_view text, Style style) {
  const bool on = colours_ && style != Style::plain;
  if (on) out_ += escapes[static_cast<unsigned>(style)];
  out_ += text;
  if (on) out_ += "\033[0m";
}

void TerminalText::heading(std::string_view text) {
  styled(text, Style::heading);
  out_ += '\n';
}

void TerminalText::line(std::string_view text, unsigned indent, unsigned hanging, Style style) {
  const std::string clean = one_line(text);
  std::string current(indent, ' ');
  unsigned used = indent;
  bool fresh = true;
  const auto flush = [&] {
    const std::size_t blanks = current.find_first_not_of(' ');
    out_.append(current, 0, blanks);
    styled(std::string_view(current).substr(blanks == std::string::npos ? current.size() : blanks), style);
    out_ += '\n';
  };
  for (std::size_t at = 0; at < clean.size();) {
    std::size_t end = clean.find(' ', at);
    if (end == std::string::npos) end = clean.size();
    const std::string_view word = std::string_view(clean).substr(at, end - at);
    const unsigned columns = columns_of(word);
    if (!fresh && used + 1 + columns > width_) {
      flush();
      current.assign(hanging, ' ');
      used = hanging;
      fresh = true;
    }
    if (!fresh) current += ' ', ++used;
    current += word;
    used += columns;
    fresh = false;
    at = end + 1;
  }
  flush();
}

}  // namespace dragoman
