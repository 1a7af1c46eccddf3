// HtmlTree: a page as elements and texts in document order. Not the whole of the HTML standard's tree building: only what decides which
// words stand in which block (implied ends of paragraphs, items and cells; stray and crossed closing tags).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dragoman/ingest/markup.h"

namespace dragoman {

using HtmlIndex = std::uint32_t;

struct HtmlNode {
  std::string_view name;  ///< lower case ("p"), "other" for elements unknown here, "" for a text
  MarkupToken token;      ///< the opening tag, or the text
  HtmlIndex parent = 0;   ///< the root is its own
  HtmlIndex end = 0;      ///< just after its last descendant
};

/// Elements that stand on lines of their own.
[[nodiscard]] bool is_block_element(std::string_view name);

/// The nodes of a page; [0] is a root without a tag. Linear in bytes; elements nested more than 256 deep are put side by side.
[[nodiscard]] std::vector<HtmlNode> parse_html(std::string_view page);

}  // namespace dragoman
