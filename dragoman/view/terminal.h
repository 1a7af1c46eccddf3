// Terminal: styled, wrapped text from untrusted words.
#pragma once

#include <string>
#include <string_view>

namespace dragoman {

enum class Style : unsigned char { plain, bold, dim, heading, good, bad, open };

class TerminalText {
 public:
  TerminalText(std::string& out, bool colours, unsigned width) : out_(out), colours_(colours), width_(width < 40 ? 40 : width) {}

  /// A line of its own, wrapped, with `indent` blanks before its first line and `hanging` before the others. Style goes over the whole.
  void line(std::string_view text, unsigned indent = 0, unsigned hanging = 0, Style style = Style::plain);
  void heading(std::string_view text);
  void blank() { out_ += '\n'; }

 private:
  void styled(std::string_view text, Style style);

  std::string& out_;
  bool colours_;
  unsigned width_;
};

/// One line of it: line breaks, tabs and other control characters (C0, C1, bidirectional) become blanks, runs of blanks one.
[[nodiscard]] std::string one_line(std::string_view text);

/// Columns that a text takes: code points, combining marks not counted, East Asian wide ones twice.
[[nodiscard]] unsigned columns_of(std::string_view text);

}  // namespace dragoman
