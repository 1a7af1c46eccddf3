#include "dragoman/document/surface.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <unordered_set>

#include "dragoman/base/tsv.h"
#include "dragoman/base/utf8.h"
#include "dragoman/base/words.h"
#include "dragoman/document/dateline.h"

namespace dragoman {
namespace {

constexpr std::size_t opening_paragraphs = 5;  // those that may have a dateline
constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

/// Characters that are in the bytes but not in the words: soft hyphen, zero-width space and joiners, byte-order mark, bidi controls.
bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

std::string_view trimmed_right(std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  return line;
}

bool ends_with_any(std::string_view line, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return line.ends_with(end); });
}

/// Whether the line break between these two lines falls inside a sentence.
/// "Iran and Turkey / reaffirmed", "noting that / “millions": yes. A headline over a text, two paragraphs: no.
bool is_wrapped(std::string_view line, std::string_view next) {
  line = trimmed_right(line);
  while (!next.empty() && is_blank(next.front())) next.remove_prefix(1);
  if (line.empty() || next.empty()) return false;
  if (ends_with_any(line, {".", "!", "?", "”", "\"", ":", ";", "’", "»"})) return false;
  if (next.front() >= 'a' && next.front() <= 'z') return true;
  const bool opens_quotation = next.starts_with("“") || next.front() == '"' || next.starts_with("‘") || next.starts_with("«");
  return opens_quotation && ends_with_any(line, {" that", ",", " as", " a", " an", " the", " of", " to"});
}

/// Where the paragraph that begins at `begin` ends: at a line break that is no wrap.
std::size_t paragraph_end(std::string_view text, std::size_t begin) {
  std::size_t line = begin;
  while (true) {
    const std::size_t end = text.find('\n', line);
    if (end == std::string_view::npos) return text.size();
    const std::size_t next_end = std::min(text.find('\n', end + 1), text.size());
    if (!is_wrapped(text.substr(line, end - line), text.substr(end + 1, next_end - end - 1))) return end;
    line = end + 1;
  }
}

/// A place at or before `limit` where a text that is too long may be cut: after a sentence, else after a blank, else anywhere
/// between two characters.
std::size_t cut_before(std::string_view text, std::size_t limit) {
  const std::size_t floor = limit / 2;
  for (std::size_t at = limit; at > floor; --at)
    if (text[at - 1] == ' ' && at >= 2 && (text[at - 2] == '.' || text[at - 2] == '?' || text[at - 2] == '!')) return at;
  for (std::size_t at = limit; at > floor; --at)
    if (is_blank(text[at - 1])) return at;
  while (limit > 1 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}

class ParagraphWriter {
 public:
  explicit ParagraphWriter(std::uint32_t origin) : paragraph_{{}, OffsetMap(origin)}, source_(origin) {}

  void copy(std::string_view bytes) {
    paragraph_.text += bytes;
    source_ += static_cast<std::uint32_t>(bytes.size());
  }
  void replace(std::size_t source_bytes, std::string_view shown) {
    const auto size = static_cast<std::uint32_t>(source_bytes);
    const bool same_size = shown.size() == source_bytes;
    if (!same_size && !shown.empty()) paragraph_.map.add_replaced(shown_size(), source_, size);
    paragraph_.text += shown;
    source_ += size;
    if (!same_size) paragraph_.map.add(shown_size(), source_);
  }
  SurfaceParagraph take() { return std::move(paragraph_); }

 private:
  [[nodiscard]] std::uint32_t shown_size() const { return static_cast<std::uint32_t>(paragraph_.text.size()); }

  SurfaceParagraph paragraph_;
  std::uint32_t source_;
};

/// Source offsets at which a blank was lost between a name and a verb: "Araghchisaid", where "Araghchi" stands elsewhere in the text.
std::vector<std::size_t> lost_blanks(std::string_view text) {
  static const std::vector<std::string_view> verbs = embedded_words("document/fused_verbs.tsv", "verb");
  struct Suspect {
    std::string_view name;
    std::size_t end;
  };
  std::vector<Suspect> suspects;
  each_word(text, [&](std::size_t at, std::string_view word) {
    if (word.size() < 6 || !std::isupper(static_cast<unsigned char>(word.front()))) return;
    for (const std::string_view verb : verbs)
      if (word.ends_with(verb) && word.size() >= verb.size() + 3)
        suspects.push_back({word.substr(0, word.size() - verb.size()), at + word.size() - verb.size()});
  });
  std::vector<std::size_t> places;
  if (suspects.empty()) return places;
  std::unordered_set<std::string_view> names;
  each_word(text, [&](std::size_t, std::string_view word) {
    if (std::isupper(static_cast<unsigned char>(word.front()))) names.insert(word);
  });
  for (const Suspect& suspect : suspects)
    if (names.contains(suspect.name) && (places.empty() || places.back() != suspect.end)) places.push_back(suspect.end);
  return places;
}

struct Damage {
  std::size_t broken = 0;
  std::size_t first_broken = 0;
  std::size_t controls = 0;
};

/// `blanks`: the lost blanks of the whole text, ascending; those before `begin` are dropped as they are passed.
SurfaceParagraph cleaned(std::string_view source, std::size_t begin, std::size_t end, std::span<const std::size_t>& blanks,
                         Damage& damage) {
  ParagraphWriter writer(static_cast<std::uint32_t>(begin));
  for (std::size_t at = begin; at < end;) {
    while (!blanks.empty() && blanks.front() < at) blanks = blanks.subspan(1);
    const std::size_t stop = blanks.empty() ? end : std::min(end, blanks.front());
    if (at == stop) {
      writer.replace(0, " ");
      blanks = blanks.subspan(1);
      continue;
    }
    const auto byte = static_cast<unsigned char>(source[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      std::size_t run = at + 1;
      while (run < stop && static_cast<unsigned char>(source[run]) >= 0x20 && static_cast<unsigned char>(source[run]) < 0x7F) ++run;
      writer.copy(source.substr(at, run - at));
      at = run;
      continue;
    }
    if (byte < 0x80) {
      if (!is_blank(source[at])) ++damage.controls;
      writer.replace(1, " ");
      ++at;
      continue;
    }
    const Utf8Character character = decode_utf8(source.substr(0, end), at);
    if (!character.valid) {
      if (damage.broken++ == 0) damage.first_broken = at;
      writer.replace(character.size, replacement);
    } else if (is_invisible(character.code_point)) {
      writer.replace(character.size, "");
    } else {
      writer.copy(source.substr(at, character.size));
    }
    at += character.size;
  }
  return writer.take();
}

}  // namespace

const OffsetMap::Piece& OffsetMap::piece_at(std::uint32_t shown) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), shown,
                                      [](std::uint32_t at, const Piece& piece) { return at < piece.shown; });
  return *(after - 1);
}

std::uint32_t OffsetMap::source(std::uint32_t shown) const {
  const Piece& piece = piece_at(shown);
  return piece.size == in_step ? piece.source + (shown - piece.shown) : piece.source;
}

ByteSpan OffsetMap::source(ByteSpan shown) const {
  const Piece& last = piece_at(shown.end - 1);
  return {source(shown.begin), last.size == in_step ? last.source + (shown.end - last.shown) : last.source + last.size};
}

Surface surface_paragraphs(std::string_view text, const SurfaceOptions& options) {
  Surface surface;
  Damage damage;
  std::size_t cuts = 0;
  const std::vector<std::size_t> lost = lost_blanks(text);
  std::span<const std::size_t> blanks(lost);
  for (std::size_t begin = 0; begin < text.size();) {
    if (is_blank(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = paragraph_end(text, begin);
    const std::size_t next = end;
    if (end - begin > options.paragraph_bytes) {
      end = begin + cut_before(text.substr(begin, end - begin), options.paragraph_bytes);
      ++cuts;
    }
    const std::size_t stop = begin + trimmed_right(text.substr(begin, end - begin)).size();
    const Dateline dateline = surface.paragraphs.size() < opening_paragraphs ? dateline_of(text.substr(begin, stop - begin)) : Dateline{};
    if (dateline.size) {
      surface.paragraphs.push_back(cleaned(text, begin, begin + dateline.size, blanks, damage));
      surface.paragraphs.back().is_dateline = true;
      surface.paragraphs.back().place = std::min(dateline.place, surface.paragraphs.back().text.size());
      begin += dateline.story;
    }
    if (stop > begin) {
      SurfaceParagraph paragraph = cleaned(text, begin, stop, blanks, damage);
      if (!trimmed_right(paragraph.text).empty()) surface.paragraphs.push_back(std::move(paragraph));
    }
    begin = end == next ? next + 1 : end;
  }
  if (damage.broken)
    surface.warnings.push_back("broken UTF-8 in " + std::to_string(damage.broken) + " place(s), the first at byte " +
                               std::to_string(damage.first_broken) + ": read as U+FFFD");
  if (damage.controls) surface.warnings.push_back(std::to_string(damage.controls) + " control character(s) read as blanks");
  if (cuts)
    surface.warnings.push_back("paragraph over " + std::to_string(options.paragraph_bytes) + " bytes cut in " +
                               std::to_string(cuts) + " place(s)");
  return surface;
}

}  // namespace dragoman
