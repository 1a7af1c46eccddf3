#include "dragoman/document/headline.h"

#include <algorithm>
#include <cctype>

namespace dragoman {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_dateline = 60;

bool ends_in_stop(std::string_view text) {
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':') || text.ends_with("”") ||
         text.ends_with('"');
}

/// What stands before a dash that is set off by blanks, near the beginning of the paragraph; "" if nothing.
std::string_view before_dash(std::string_view paragraph) {
  std::size_t end = std::string_view::npos;
  for (const std::string_view dash : {" – ", " — ", " - ", " -- "}) end = std::min(end, paragraph.find(dash));
  return end <= longest_dateline ? paragraph.substr(0, end) : std::string_view();
}

/// "BRUSSELS, May 3 (Wire)" -> "BRUSSELS": the outlet in brackets and the date go.
std::string_view place_in(std::string_view head) {
  if (const std::size_t bracket = head.find(" ("); bracket != std::string_view::npos) {
    if (!head.ends_with(')')) return {};
    head = head.substr(0, bracket);
  }
  const auto digit = std::find_if(head.begin(), head.end(), [](unsigned char c) { return std::isdigit(c); });
  if (digit != head.end()) head = head.substr(0, std::min(head.find(','), head.size()));
  return head;
}

/// A place, or places: each word begins in upper case, but for short ones ("Port of Spain").
bool looks_like_place(std::string_view place) {
  if (place.empty() || !std::isupper(static_cast<unsigned char>(place.front()))) return false;
  for (std::size_t at = 0; at < place.size();) {
    const std::size_t end = std::min(place.find_first_of(" /", at), place.size());
    const std::string_view word = place.substr(at, end - at);
    if (std::islower(static_cast<unsigned char>(word.empty() ? 'A' : word.front())) && word.size() > 3) return false;
    at = end + 1;
  }
  return std::count(place.begin(), place.end(), ' ') <= 4;
}

}  // namespace

void derive_headline(const Surface& surface, DocumentInfo& info) {
  const auto& paragraphs = surface.paragraphs;
  if (paragraphs.empty()) return;
  const std::string& first = paragraphs.front().text;
  const bool headed = paragraphs.size() > 1 && first.size() <= longest_title && !ends_in_stop(first);
  if (info.title.empty() && headed) info.title = first;
  if (!info.dateline.empty()) return;
  for (std::size_t i = 0; i < std::min<std::size_t>(paragraphs.size(), 2); ++i) {
    if (i == 0 && headed) continue;  // "Poll: ..." and "Oslo – a city of bridges" are headlines, not datelines
    const std::string_view place = place_in(before_dash(paragraphs[i].text));
    if (looks_like_place(place)) info.dateline = place;
    return;
  }
}

}  // namespace dragoman
