#include "dragoman/document/dateline.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <unordered_set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/base/words.h"

namespace dragoman {
namespace {

constexpr std::size_t longest_dateline = 90;
constexpr std::size_t most_place_words = 6;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::unordered_set<std::string_view> set_of(std::string_view table) {
  const std::vector<std::string_view> words = embedded_words(table, "word");
  return {words.begin(), words.end()};
}

bool is_particle(std::string_view word) {
  static const std::unordered_set<std::string_view> words = set_of("document/place_particles.tsv");
  return words.contains(word);
}

std::string lower_of(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

/// "On Monday – ..." opens with no place.
bool is_common(std::string_view word) {
  static const std::unordered_set<std::string_view> words = set_of("document/common_words.tsv");
  return words.contains(lower_of(word));
}

/// Names of months and weekdays, in lower case.
bool is_calendar_word(std::string_view word) {
  static const std::unordered_set<std::string_view> words = [] {
    std::unordered_set<std::string_view> found;
    const auto table = parse_tsv(embedded_data("times/words.tsv"), "data/times/words.tsv", {"word", "kind", "value"});
    for (const TsvRow& row : table.value().rows)
      if (row.cells[1] == "month" || row.cells[1] == "weekday") found.insert(row.cells[0]);
    return found;
  }();
  return words.contains(lower_of(word));
}

/// What parts a dateline from its story, if it stands there: " – ", "—", " - ", " -- ", ".- ", ":"; its bytes.
std::size_t separator_at(std::string_view text, std::size_t at) {
  for (const std::string_view mark : {" – ", " — ", " - ", " -- ", " --- ", ".- ", " –", " —", "—", ": "})
    if (text.substr(at).starts_with(mark)) return mark.size();
  return 0;
}

bool ends_a_sentence(std::string_view text) {
  for (const std::string_view end : {".", "!", "?", "”", "\"", ":", ";", ")", "’", "'", "…"})
    if (text.ends_with(end)) return true;
  return false;
}

struct Head {
  std::size_t end = 0;
  std::size_t place_end = 0;
  std::size_t words = 0;
  bool calendar = false, agency = false, capitals = false;
};

/// Reads the head word by word, up to what parts it from the story; `end` stays 0 where it has words that no dateline has.
Head read_head(std::string_view text) {
  Head head;
  bool number = false;
  for (std::size_t at = 0; at < text.size() && at <= longest_dateline;) {
    if (at > 0 && separator_at(text, at)) {
      if (!number || head.calendar) head.end = at;
      return head;
    }
    const char c = text[at];
    if (c == ' ' || c == ',' || c == '/') {
      ++at;
      continue;
    }
    if (c == '(' || c == '[') {
      const std::size_t close = text.find(c == '(' ? ')' : ']', at);
      if (close == std::string_view::npos || close > longest_dateline || close < at + 3) return {};  // "(a) – The parties"
      head.agency = true;
      at = close + 1;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != ',' && text[end] != '/' && !separator_at(text, end)) ++end;
    std::string_view word = text.substr(at, end - at);
    if (word.ends_with('.')) word.remove_suffix(1);
    if (word.empty() || !(is_letter(word.front()) || is_digit(word.front()))) return {};
    if (head.words == 0 && is_common(word)) return {};
    if (is_digit(word.front())) {
      if (head.words == 0 || std::count_if(word.begin(), word.end(), is_letter) > 2) return {};
      number = true;
    } else if (is_calendar_word(word)) {
      if (head.words == 0) return {};
      head.calendar = true;
    } else if (is_lower(word.front())) {
      if (head.words == 0 || !is_particle(word)) return {};
    } else {
      if (head.calendar || head.agency || ++head.words > most_place_words) return {};  // the place stands first
      if (head.words == 1) head.capitals = word.size() >= 4 && std::none_of(word.begin(), word.end(), is_lower);
      head.place_end = end;
    }
    at = end;
  }
  return {};
}

/// Whether a sentence may begin so.
bool opens_sentence(std::string_view text) {
  return !text.empty() && (!is_lower(text.front()) && (is_letter(text.front()) || is_digit(text.front()) || text.front() == '"'));
}

}  // namespace

Dateline dateline_of(std::string_view paragraph) {
  std::string text(paragraph.substr(0, longest_dateline + 40));
  for (std::size_t at = text.find("\xC2\xA0"); at != std::string::npos; at = text.find("\xC2\xA0", at)) text.replace(at, 2, "  ");
  std::replace(text.begin(), text.end(), '\n', ' ');
  const Head head = read_head(text);
  if (head.end == 0) return {};
  const bool marked = head.calendar || head.agency;
  const std::size_t mark = separator_at(text, head.end);
  std::size_t story = head.end + mark;
  while (story < text.size() && text[story] == ' ') ++story;
  if (!opens_sentence(std::string_view(text).substr(story)) || !ends_a_sentence(paragraph)) return {};
  const bool colon = text[head.end] == ':';
  if (colon ? !marked : !(marked || head.capitals)) {
    // "Mira Tolvanen – Finland's minister – said": what stands between two dashes is said of the name
    const std::string_view sentence = paragraph.substr(story, paragraph.find(". ", story) - story);
    if (colon || mark < 3 || head.place_end < 4) return {};  // "US - China talks"
    for (const std::string_view dash : {" – ", " — ", " - ", " -- "})
      if (sentence.find(dash) != std::string_view::npos) return {};
  }
  return {head.place_end, head.end, story};
}

}  // namespace dragoman
