#include "dragoman/ingest/language.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <unordered_set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

constexpr int english_share = 40;   ///< percent; such a text can be read
constexpr int clear_share = 60;     ///< percent of another language, to say that it is that
constexpr int enough_bytes = 60;    ///< of text; fewer say little, but for scripts that one language alone uses
constexpr std::size_t looked_at = 64u << 10;
constexpr std::size_t one_word_in = 10;     ///< of a text that is English without a closer look is one of data/ingest/english_words.tsv; of those that
                                            ///< are half English, fewer are
constexpr std::size_t enough_words = 60;

const std::unordered_set<std::string_view>& english_words() {
  static const std::unordered_set<std::string_view> words = [] {
    std::unordered_set<std::string_view> set;
    const auto table = parse_tsv(embedded_data("ingest/english_words.tsv"), "ingest/english_words.tsv", {"word"});
    if (table)
      for (const TsvRow& row : table->rows) set.insert(row.cells[0]);
    return set;
  }();
  return words;
}

/// True of most English news. CLD2 takes ten times as long to say so.
bool is_clearly_english(std::string_view text) {
  const auto& english = english_words();
  std::size_t words = 0, found = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto is_letter = [&](std::size_t i) { return (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z') || static_cast<unsigned char>(text[i]) >= 0x80; };
    if (!is_letter(at)) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_letter(at)) ++at;
    ++words;
    found += english.contains(text.substr(begin, at - begin));
  }
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
