#include "dragoman/ingest/language.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "dragoman/base/tsv.h"
#include "dragoman/base/words.h"

namespace dragoman {
namespace {

constexpr int english_share = 40;   ///< percent; such a text can be read
constexpr int clear_share = 60;     ///< percent of another language, to say that it is that
constexpr int enough_bytes = 60;    ///< of text; fewer say little, but for scripts that one language alone uses
constexpr std::size_t looked_at = 64u << 10;
/// In a text that is English without a closer look, one word in so many is of data/ingest/english_words.tsv; in one that is half English, fewer are.
constexpr std::size_t one_word_in = 10;
constexpr std::size_t enough_words = 60;

/// True of most English news. CLD2 takes ten times as long to say so.
bool is_clearly_english(std::string_view text) {
  static const std::unordered_set<std::string_view> english = [] {
    const std::vector<std::string_view> words = embedded_words("ingest/english_words.tsv", "word");
    return std::unordered_set<std::string_view>(words.begin(), words.end());
  }();
  std::size_t words = 0, found = 0;
  each_word(text, [&](std::size_t, std::string_view word) {
    ++words;
    found += english.contains(word);
  });
  return words >= enough_words && found * one_word_in >= words;
}

}  // namespace

LanguageGuess detect_language(std::string_view text) {
  if (text.size() > looked_at) {
    std::size_t end = looked_at;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  if (is_clearly_english(text)) return {"en", true};
  CLD2::Language languages[3];
  int percent[3], bytes = 0;
  bool reliable = false;
  const CLD2::Language best = CLD2::DetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, languages, percent, &bytes, &reliable);
  if (bytes == 0 || text.find_first_not_of(" \t\r\n") == std::string_view::npos) return {};
  for (int i = 0; i < 3; ++i)
    if (languages[i] == CLD2::ENGLISH && percent[i] >= english_share) return {"en", reliable};
  if (best == CLD2::UNKNOWN_LANGUAGE) return {};
  std::string code = CLD2::LanguageCode(best);
  code = code.substr(0, code.find('-'));
  const auto letters = std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const bool other_script = letters * 2 > static_cast<std::ptrdiff_t>(text.size());
  return {code, reliable && percent[0] >= clear_share && (bytes >= enough_bytes || other_script)};
}

}  // namespace dragoman
