#include "dragoman/knowledge/words.h"

#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

// Letters of European scripts and the letters that they fold to.
// U+00C0 to U+027F; two letters each, a blank where there is none.
constexpr char32_t latin_begin = 0x00C0;
constexpr std::string_view latin =
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thssa a a a a a aec e e e e i i i i d n o o o o o   o u "
    "u u u y thy a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i i i     "
    "j j k k k l l l l l l     l l n n n n n n   n n o o o o o o oeoer r r r r r s s s s s s s s t t t t t t u u u u u u "
    "u u u u u u w w y y y z z z z z z s   b         o       d         a e               k k             o o             "
    "              u u     y y                                                 a a i i o o u u u u u u u u u u   a a a a "
    "aeae    g g k k o o o o     j       g g     n n a a aeaeo o a a a a e e e e i i i i o o o o r r r r u u u u s s t t "
    "    h h             a a e e o o o o o o o o y y                                                               b o   "
    "  d   a   e                                                                         ";
// U+1E00 to U+1EFF; two letters each, a blank where there is none.
constexpr char32_t latin_additional_begin = 0x1E00;
constexpr std::string_view latin_additional =
    "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i k k k k k k l l l l "
    "l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r s s s s s s s s s s t t t t t t t t u u "
    "u u u u u u u u v v v v w w w w w w w w w w x x x x y y z z z z z z h t w y   s         a a a a a a a a a a a a a a "
    "a a a a a a a a a a e e e e e e e e e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o o o o o o u u u u "
    "u u u u u u u u u u y y y y y y y y             ";

// How a character counts.
enum class Kind : std::uint8_t { letter, digit, apostrophe, dot, nothing, blank, hyphen, comma, other };

struct Character {
  Kind kind;
  bool upper;
  char folded[4];  // what it adds to the folded word
  std::uint8_t folded_size;
  std::uint32_t size;  // bytes in the text
};

Character ascii(char c) {
  if (c >= 'a' && c <= 'z') return {Kind::letter, false, {c}, 1, 1};
  if (c >= 'A' && c <= 'Z') return {Kind::letter, true, {static_cast<char>(c - 'A' + 'a')}, 1, 1};
  if (c >= '0' && c <= '9') return {Kind::digit, false, {c}, 1, 1};
  switch (c) {
    case '\'': case '`': return {Kind::apostrophe, false, {}, 0, 1};
    case '.': return {Kind::dot, false, {}, 0, 1};
    case ' ': case '\t': case '\n': case '\r': return {Kind::blank, false, {}, 0, 1};
    case '-': return {Kind::hyphen, false, {}, 0, 1};
    case ',': return {Kind::comma, false, {}, 0, 1};
    default: return {Kind::other, false, {}, 0, 1};
  }
}

// Upper and lower case alternate in most of the Latin blocks; the exceptions matter little here, as case is only compared
// where a whole alias is written in it.
bool is_upper(char32_t c) {
  if (c < 0x100) return c >= 0xC0 && c <= 0xDE;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1;
  if (c == 0x130 || c == 0x18F) return true;
  if (c == 0x131 || c == 0x149 || c == 0x17F || c == 0x259) return false;
  if (c < 0x180 || (c >= 0x1E00 && c < 0x1F00)) return c % 2 == 0;
  if (c >= 0x391 && c <= 0x3AB) return true;   // Greek
  if (c >= 0x400 && c <= 0x42F) return true;   // Cyrillic
  return false;
}

Character beyond_ascii(std::string_view text, std::size_t at) {
  const Utf8Character read = decode_utf8(text, at);
  const char32_t c = read.code_point;
  Character character{Kind::other, false, {}, 0, read.size};
  if (!read.valid) return character;
  switch (c) {
    case 0x2019: case 0x2018: case 0x02BC: case 0x02BB: case 0x02BF: case 0x02BE: case 0xB4: case 0x2032:
      character.kind = Kind::apostrophe;
      return character;
    case 0xAD: case 0x200B: case 0x200C: case 0x200D: case 0x2060: case 0xFEFF: case 0x200E: case 0x200F:
      character.kind = Kind::nothing;  // soft hyphens, joiners, marks of direction
      return character;
    case 0xA0: case 0x202F: case 0x2009:
      character.kind = Kind::blank;
      return character;
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
      character.kind = Kind::hyphen;
      return character;
    default: break;
  }
  if (c >= 0x300 && c < 0x370) {  // combining accents
    character.kind = Kind::nothing;
    return character;
  }
  std::string_view letters;
  if (c >= latin_begin && c < latin_begin + latin.size() / 2) letters = latin.substr((c - latin_begin) * 2, 2);
  if (c >= latin_additional_begin && c < latin_additional_begin + latin_additional.size() / 2)
    letters = latin_additional.substr((c - latin_additional_begin) * 2, 2);
  if (!letters.empty()) {
    if (letters[0] == ' ') return character;
    character.kind = Kind::letter;
    character.upper = is_upper(c);
    character.folded_size = letters[1] == ' ' ? 1 : 2;
    character.folded[0] = letters[0];
    character.folded[1] = letters[1];
    return character;
  }
  const bool is_letter = (c >= 0x370 && c < 0x2000) || (c >= 0x2C00 && c < 0x2E00) || (c >= 0x3040 && c < 0xD7B0) || c >= 0xF900;
  if (!is_letter) return character;
  character.kind = Kind::letter;  // other scripts: as they are
  character.upper = is_upper(c);
  character.folded_size = static_cast<std::uint8_t>(read.size > 4 ? 4 : read.size);
  for (std::uint32_t i = 0; i < character.folded_size; ++i) character.folded[i] = text[at + i];
  return character;
}

Character character_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) < 0x80 ? ascii(text[at]) : beyond_ascii(text, at);
}

constexpr std::uint64_t hash_letter(std::uint64_t hash, char letter) {
  return (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ull;
}

// Calls `letter(char)` for each folded letter and `word(Word)` at each word's end.
template <class OnLetter, class OnWord>
void scan(std::string_view text, OnLetter letter, OnWord word) {
  std::size_t at = 0;
  Gap gap = Gap::other;
  while (at < text.size()) {
    Character c = character_at(text, at);
    if (c.kind != Kind::letter && c.kind != Kind::digit) {
      at += c.size;
      switch (c.kind) {
        case Kind::blank: case Kind::hyphen: case Kind::apostrophe: case Kind::nothing: break;
        case Kind::comma: gap = gap == Gap::blank ? Gap::comma : Gap::other; break;
        default: gap = Gap::other; break;
      }
      continue;
    }
    Word found{{static_cast<std::uint32_t>(at), 0}, 0xcbf29ce484222325ull, gap, Case::lower};
    std::uint32_t letters = 0, uppers = 0;
    const bool first_upper = c.upper, first_digit = c.kind == Kind::digit;
    bool dotted = false;
    while (true) {
      for (std::uint8_t i = 0; i < c.folded_size; ++i) {
        found.hash = hash_letter(found.hash, c.folded[i]);
        letter(c.folded[i]);
      }
      if (c.kind == Kind::letter) ++letters, uppers += c.upper;
      at += c.size;
      found.span.end = static_cast<std::uint32_t>(at);
      // Over what stands inside a word: "d’Ivoire", "U.S.", a soft hyphen. An apostrophe before a last s ends the word instead.
      std::size_t next = at;
      bool inside = true;
      while (next < text.size()) {
        const Character n = character_at(text, next);
        if (n.kind == Kind::nothing) {
          next += n.size;
          continue;
        }
        if (n.kind == Kind::apostrophe && next == at) {
          const std::size_t after = next + n.size;
          const bool is_s = after < text.size() && (text[after] == 's' || text[after] == 'S');
          const bool ends = after + 1 >= text.size() || (character_at(text, after + 1).kind != Kind::letter);
          if (after >= text.size() || (is_s && ends) || character_at(text, after).kind != Kind::letter) inside = false;
          next = after;
          if (!inside) break;
          continue;
        }
        if (n.kind == Kind::dot && next == at) {
          // "U.S.": single letters with dots between; the last dot belongs to it if another came before.
          const std::size_t after = next + n.size;
          const bool single = letters == 1 || dotted;
          if (single && c.kind == Kind::letter && after < text.size() && character_at(text, after).kind == Kind::letter &&
              (after + 1 >= text.size() || character_at(text, after + 1).kind != Kind::letter)) {
            dotted = true;
            next = after;
            continue;
          }
          if (dotted) found.span.end = static_cast<std::uint32_t>(after);
          inside = false;
          break;
        }
        inside = n.kind == Kind::letter || n.kind == Kind::digit;
        break;
      }
      if (!inside || next >= text.size()) break;
      at = next;
      c = character_at(text, at);
      if (c.kind != Kind::letter && c.kind != Kind::digit) break;
    }
    if (found.span.end > at) at = found.span.end;
    found.written = first_digit          ? Case::digits
                    : uppers == letters  ? Case::upper
                    : uppers == 0        ? Case::lower
                    : first_upper && uppers == 1 ? Case::capital
                                         : Case::mixed;
    word(found);
    gap = Gap::blank;
    // "St. Petersburg", "S. Korea": the dot of a short title does not part.
    if (at < text.size() && text[at] == '.' && letters <= 2 && first_upper && at + 1 < text.size() && text[at + 1] == ' ') ++at;
  }
}

}  // namespace

void find_words(std::string_view text, std::uint32_t offset, std::vector<Word>& words) {
  scan(
      text, [](char) {},
      [&](Word word) {
        word.span.begin += offset;
        word.span.end += offset;
        words.push_back(word);
      });
}

std::string fold(std::string_view text) {
  std::string folded;
  bool begins = true;
  scan(
      text,
      [&](char letter) {
        if (begins && !folded.empty()) folded += ' ';
        begins = false;
        folded += letter;
      },
      [&](const Word&) { begins = true; });
  return folded;
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = word_seed;
  scan(text, [](char) {}, [&](const Word& word) { hash = extend(hash, word.hash); });
  return hash;
}

}  // namespace dragoman
