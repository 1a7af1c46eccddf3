// Pairing by side. A mark leans on the word that it opens or closes: blank before and letter after opens, the other way
// round closes. That alone settles straight marks, curly ones that were typed the wrong way round and mixtures of both;
// the glyph decides only where both sides look alike. Marks pair within a paragraph, since a quotation of several
// paragraphs opens each one.
//
// What it gives up: quotations inside quotations (news changes to single marks there, and the words belong to the outer
// speaker anyway), and a missing mark in the middle of a paragraph is put back at a sentence end, which is a guess.
#include "dragoman/relations/quotations.h"

#include <string_view>

#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

enum class Glyph : std::uint8_t { straight, opening, closing, low };

struct Mark {
  std::uint32_t begin;
  std::uint32_t end;
  bool opens;
};

bool is_blank(char32_t c) {
  return c == 0 || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

bool is_dash(char32_t c) { return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2015; }

/// What may stand before an opening mark: nothing, a blank, a bracket, a dash.
bool leads_in(char32_t c) { return is_blank(c) || c == '(' || c == '[' || c == '{' || is_dash(c); }

/// What may stand after a closing mark.
bool follows(char32_t c) {
  return is_blank(c) || c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']' ||
         c == '}' || c == 0x2026 || is_dash(c);
}

bool ends_phrase(char32_t c) {
  return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']';
}

bool is_letter_or_digit(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000);
}

char32_t before(std::string_view text, std::uint32_t at, std::uint32_t begin) {
  if (at <= begin) return 0;
  std::uint32_t start = at - 1;
  while (start > begin && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  return decode_utf8(text, start).code_point;
}

char32_t after(std::string_view text, std::uint32_t at, std::uint32_t end) {
  return at < end ? decode_utf8(text, at).code_point : 0;
}

class Pairing {
 public:
  Pairing(const Document& document, Quotations& quotations)
      : document_(document), text_(document.text()), quotations_(quotations) {}

  void paragraph(std::uint32_t index) {
    tokens_ = document_.paragraphs()[index];
    const ByteSpan bytes = document_.bytes(tokens_);
    index_ = index;
    doubles(bytes);
    if (!any_double_) singles(bytes);
  }

 private:
  /// Straight, curly, low, angle and doubled single marks.
  void doubles(ByteSpan bytes) {
    any_double_ = false;
    bool open = false;
    std::uint32_t begin = 0;
    std::uint32_t begin_inner = 0;
    bool low = false;
    std::uint32_t last_end = bytes.begin;
    for (std::uint32_t at = bytes.begin; at < bytes.end;) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte != '"' && byte != '\'' && byte != '`' && byte != 0xE2 && byte != 0xC2) {
        ++at;
        continue;
      }
      std::uint32_t width = 0;
      Glyph glyph = Glyph::straight;
      if (!double_mark(at, bytes.end, width, glyph)) {
        at += decode_utf8(text_, at).size;
        continue;
      }
      const char32_t left = before(text_, at, bytes.begin);
      const char32_t right = after(text_, at + width, bytes.end);
      const bool can_open = leads_in(left) && !is_blank(right) && !ends_phrase(right);
      const bool can_close = follows(right) && !is_blank(left);
      bool opens = !open;
      if (glyph == Glyph::low) {
        opens = true;
      } else if (can_open != can_close) {
        opens = can_open;
      } else if (glyph == Glyph::opening) {
        opens = !low || !open;
      } else if (glyph == Glyph::closing) {
        opens = false;
      }
      if (glyph == Glyph::opening && open && low && !can_open) opens = false;           // „so schließt man“
      if (!opens && !open && left == ',') opens = closes_later(at + width, bytes.end);  // He says,” we agree.”
      if (opens) {
        if (open) add(begin, begin_inner, sentence_end(begin_inner, at), false, true);
        open = true;
        low = glyph == Glyph::low;
        begin = at;
        begin_inner = at + width;
      } else if (open) {
        add({begin, at + width}, {begin_inner, at}, true, true);
        open = false;
        last_end = at + width;
      } else if (!is_blank(left) && is_letter_before_inch(left)) {
        // 5'10" and the like: no quotation
      } else if (glyph != Glyph::straight || !is_blank(left)) {
        const std::uint32_t start = sentence_begin(at, last_end);
        if (start < at) add({start, at + width}, {start, at}, false, true);
        last_end = at + width;
      }
      any_double_ = true;
      at += width;
    }
    if (open) {
      const bool goes_on = next_paragraph_opens();
      const std::uint32_t end = goes_on || begin == bytes.begin ? bytes.end : sentence_end(begin_inner, bytes.end);
      add({begin, end}, {begin_inner, end}, true, false, goes_on);
    }
  }

  /// Whether the next mark of the paragraph closes.
  bool closes_later(std::uint32_t from, std::uint32_t end) const {
    for (std::uint32_t at = from; at < end; ++at) {
      std::uint32_t width = 0;
      Glyph glyph = Glyph::straight;
      if (!double_mark(at, end, width, glyph)) continue;
      return follows(after(text_, at + width, end)) && !is_blank(before(text_, at, from));
    }
    return false;
  }

  /// ‘We agree,’ he said. Closing marks and apostrophes look alike, so a closing mark must follow punctuation, or be
  /// the last candidate before the next opening one that doesn't end a word in -s.
  void singles(ByteSpan bytes) {
    for (std::uint32_t at = bytes.begin; at < bytes.end;) {
      std::uint32_t width = 0;
      if (!single_mark(at, width, true) || !leads_in(before(text_, at, bytes.begin)) ||
          !is_letter_or_digit(after(text_, at + width, bytes.end))) {
        ++at;
        continue;
      }
      const std::uint32_t inner = at + width;
      std::uint32_t best = 0;
      std::uint32_t best_width = 0;
      for (std::uint32_t close = inner; close < bytes.end; ++close) {
        std::uint32_t close_width = 0;
        if (!single_mark(close, close_width, false)) continue;
        const char32_t left = before(text_, close, inner);
        if (!follows(after(text_, close + close_width, bytes.end)) || is_blank(left)) continue;
        const bool ends_clause = left == ',' || left == '.' || left == '?' || left == '!';
        if (best == 0 || ends_clause) {
          best = close;
          best_width = close_width;
        }
        if (ends_clause || left != 's') break;
      }
      if (best == 0) {
        at = inner;
        continue;
      }
      add({at, best + best_width}, {inner, best}, true, true);
      at = best + best_width;
    }
  }

  bool double_mark(std::uint32_t at, std::uint32_t end, std::uint32_t& width, Glyph& glyph) const {
    const char c = text_[at];
    if (c == '"') {
      width = 1;
      glyph = Glyph::straight;
      return true;
    }
    if (c == '\'' || c == '`') {
      if (at + 1 >= end || text_[at + 1] != c) return false;
      width = 2;
      glyph = c == '`' ? Glyph::opening : Glyph::straight;
      return true;
    }
    const Utf8Character character = decode_utf8(text_, at);
    width = character.size;
    switch (character.code_point) {
      case 0x201C:
      case 0xAB:
      case 0x201F:
        glyph = Glyph::opening;
        return true;
      case 0x201D:
      case 0xBB:
        glyph = Glyph::closing;
        return true;
      case 0x201E:
        glyph = Glyph::low;
        return true;
      case 0xFF02:
      case 0x2033:
        glyph = Glyph::straight;
        return true;
      default:
        return false;
    }
  }

  bool single_mark(std::uint32_t at, std::uint32_t& width, bool opening) const {
    if (text_[at] == '\'') {
      width = 1;
      return true;
    }
    if (static_cast<unsigned char>(text_[at]) != 0xE2) return false;
    const Utf8Character character = decode_utf8(text_, at);
    width = character.size;
    return character.code_point == (opening ? 0x2018u : 0x2019u) || (opening && character.code_point == 0x201A);
  }

  static bool is_letter_before_inch(char32_t left) { return left >= '0' && left <= '9'; }

  /// The end of the sentence in which `at` stands, but not past `limit`.
  std::uint32_t sentence_end(std::uint32_t at, std::uint32_t limit) const {
    const TokenIndex token = document_.token_at(at);
    if (token >= document_.size()) return limit;
    const std::uint32_t end = document_.bytes(document_.sentence_of(token)).end;
    return std::min(std::max(end, at), limit);
  }

  /// Where a quotation that ends at `at` may have begun: at the start of its sentence, but not before `floor`.
  std::uint32_t sentence_begin(std::uint32_t at, std::uint32_t floor) const {
    TokenIndex token = document_.token_at(at);
    if (token >= document_.size() || document_[token].span.begin >= at) token = token == 0 ? 0 : token - 1;
    const std::uint32_t begin = document_.bytes(document_.sentence_of(token)).begin;
    std::uint32_t start = std::max(begin, floor);
    while (start < at && is_blank(static_cast<unsigned char>(text_[start]))) ++start;
    return start;
  }

  bool next_paragraph_opens() const {
    if (index_ + 1 >= document_.paragraphs().size()) return false;
    const ByteSpan next = document_.bytes(document_.paragraphs()[index_ + 1]);
    std::uint32_t width = 0;
    Glyph glyph = Glyph::straight;
    return double_mark(next.begin, next.end, width, glyph) && !is_blank(after(text_, next.begin + width, next.end));
  }

  void add(std::uint32_t begin, std::uint32_t begin_inner, std::uint32_t end, bool closed, bool opened) {
    while (end > begin_inner && is_blank(static_cast<unsigned char>(text_[end - 1]))) --end;
    add({begin, end}, {begin_inner, end}, opened, closed);
  }

  void add(ByteSpan outer, ByteSpan inner, bool opened, bool closed, bool goes_on = false) {
    if (inner.empty()) return;
    QuotedSpan span{.outer = outer,
                    .inner = inner,
                    .tokens = document_.tokens_in(outer),
                    .paragraph = index_,
                    .words = {},
                    .opened = opened,
                    .closed = closed,
                    .goes_on = goes_on};
    if (span.tokens.empty()) return;
    span.words = words_of(span);
    for (TokenIndex token = span.tokens.begin; token < span.tokens.end; ++token)
      quotations_.of[token] = static_cast<std::uint32_t>(quotations_.spans.size());
    quotations_.spans.push_back(span);
  }

  QuotedWords words_of(const QuotedSpan& span) const {
    std::uint32_t words = 0;
    std::uint32_t capitals = 0;
    std::uint32_t lower = 0;  // of four letters or more: "of" and "the" stay small in a name
    bool finite = false;
    for (TokenIndex i = span.tokens.begin; i < span.tokens.end; ++i) {
      const Token& token = document_[i];
      if (token.pos == Pos::punct || token.span.end <= span.inner.begin || token.span.begin >= span.inner.end) continue;
      ++words;
      const std::string_view form = document_.text(token.span);
      if (form.front() >= 'A' && form.front() <= 'Z')
        ++capitals;
      else if (form.size() >= 4 && form.front() >= 'a')
        ++lower;
      finite =
          finite || token.tag == Tag::vbd || token.tag == Tag::vbz || token.tag == Tag::vbp || token.tag == Tag::md;
    }
    const char last = text_[span.inner.end - 1];
    const bool stops = last == ',' || last == '.' || last == '!' || last == '?';
    if ((last == '!' || last == '?') && words >= 1) return QuotedWords::sentence;
    if (words == 1 && last == ',' && is_capital(span)) return QuotedWords::sentence;  // "Never," she said
    if (words >= 2 && capitals >= 2 && lower == 0 && capitals * 2 >= words && !(stops && last != ','))
      return QuotedWords::name;
    if (goes_alone(span)) return QuotedWords::sentence;
    if (finite && words >= 3) return QuotedWords::sentence;
    const bool capital_first = is_capital(span);
    if (capital_first && stops && words >= 2) return QuotedWords::sentence;
    const bool term = capital_first && !stops && words <= 3 && words >= 2;
    return term || (capital_first && capitals > lower && words <= 5) ? QuotedWords::name : QuotedWords::phrase;
  }

  bool is_capital(const QuotedSpan& span) const {
    const char first = text_[span.inner.begin];
    return first >= 'A' && first <= 'Z';
  }

  /// The quotation begins its paragraph, or its paragraph breaks off inside it.
  bool goes_alone(const QuotedSpan& span) const {
    return (span.goes_on || !span.closed || span.tokens.end == tokens_.end) && span.tokens.begin == tokens_.begin &&
           span.tokens.size() > 3;
  }

  const Document& document_;
  std::string_view text_;
  Quotations& quotations_;
  TokenSpan tokens_;
  std::uint32_t index_ = 0;
  bool any_double_ = false;
};

}  // namespace

Quotations find_quotations(const Document& document) {
  Quotations quotations;
  quotations.of.assign(document.size(), no_quotation);
  Pairing pairing(document, quotations);
  for (std::uint32_t i = 0; i < document.paragraphs().size(); ++i) pairing.paragraph(i);
  return quotations;
}

}  // namespace dragoman
