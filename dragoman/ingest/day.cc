#include "dragoman/ingest/day.h"

#include <cctype>
#include <cstdio>
#include <vector>

namespace dragoman {
namespace {

struct Word {
  std::string_view text;
  bool number;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size() && words.size() < 8;) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (!std::isalnum(c)) {
      ++at;
      continue;
    }
    const bool number = std::isdigit(c);
    const std::size_t begin = at;
    while (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) && (std::isdigit(static_cast<unsigned char>(text[at])) != 0) == number) ++at;
    words.push_back({text.substr(begin, at - begin), number});
  }
  return words;
}

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

/// 1 to 12 for an English month or its first three letters (the names of RFC 5322 and their long forms); 0 else.
int month_of(std::string_view word) {
  static constexpr std::string_view names[] = {"january", "february", "march",     "april",   "may",      "june",
                                               "july",    "august",   "september", "october", "november", "december"};
  if (word.size() < 3) return 0;
  std::string lower;
  for (const char c : word) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (lower == "sept") return 9;
  for (int month = 0; month < 12; ++month)
    if (lower == names[month] || lower == names[month].substr(0, 3)) return month + 1;
  return 0;
}

std::string iso(int year, int month, int day) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1) return {};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (day > days[month - 1] + (month == 2 && leap ? 1 : 0)) return {};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return text;
}

}  // namespace

std::string iso_day(std::string_view text) {
  const std::vector<Word> words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].number) {
      if (words[i].text.size() == 8 || words[i].text.size() == 14)  // 20260204, 20260204233000
        return iso(number_of(words[i].text.substr(0, 4)), number_of(words[i].text.substr(4, 2)), number_of(words[i].text.substr(6, 2)));
      if (words[i].text.size() == 4 && i + 2 < words.size() && words[i + 1].number && words[i + 2].number && words[i + 1].text.size() <= 2 &&
          words[i + 2].text.size() <= 2)
        return iso(number_of(words[i].text), number_of(words[i + 1].text), number_of(words[i + 2].text));
      continue;
    }
    const int month = month_of(words[i].text);
    if (month == 0) continue;
    const auto year_at = [&](std::size_t at) {  // "4th", "04"; the year follows, perhaps after an ordinal's letters
      return at < words.size() && words[at].number && words[at].text.size() == 4 ? number_of(words[at].text) : 0;
    };
    if (i + 1 < words.size() && words[i + 1].number && words[i + 1].text.size() <= 2) {  // February 4(th), 2026
      const std::size_t after = i + 2 < words.size() && !words[i + 2].number ? i + 3 : i + 2;
      if (const int year = year_at(after)) return iso(year, month, number_of(words[i + 1].text));
    }
    const std::size_t before = i > 0 && !words[i - 1].number ? i - 2 : i - 1;  // 4(th) February 2026; wraps past the start if there is none
    if (before < i && words[before].number && words[before].text.size() <= 2)
      if (const int year = year_at(i + 1)) return iso(year, month, number_of(words[before].text));
  }
  return {};
}

}  // namespace dragoman
