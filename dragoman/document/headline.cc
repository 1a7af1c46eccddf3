#include "dragoman/document/headline.h"

#include <algorithm>

namespace dragoman {
namespace {

constexpr std::size_t longest_title = 200;

bool ends_in_stop(std::string_view text) {
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':') || text.ends_with("”") ||
         text.ends_with('"');
}

}  // namespace

void derive_headline(const Surface& surface, DocumentInfo& info) {
  const auto& paragraphs = surface.paragraphs;
  if (paragraphs.empty()) return;
  const std::string& first = paragraphs.front().text;
  if (info.title.empty() && paragraphs.size() > 1 && !paragraphs.front().is_dateline && first.size() <= longest_title && !ends_in_stop(first))
    info.title = first;
  if (!info.dateline.empty()) return;
  const auto dateline = std::ranges::find(paragraphs, true, &SurfaceParagraph::is_dateline);
  if (dateline != paragraphs.end()) info.dateline = dateline->text.substr(0, dateline->place);
}

}  // namespace dragoman
