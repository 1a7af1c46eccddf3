// HtmlBody: the story's words on a page that is mostly not the story.
#pragma once

#include <string_view>
#include <vector>

#include "dragoman/document/source_map.h"
#include "dragoman/ingest/html_tree.h"

namespace dragoman {

struct HtmlBody {
  MappedText story;         ///< headline (where the page shows one) and paragraphs, "\n\n" between them; maps to the page
  std::string headline;     ///< as the page shows it; "" if it shows none
};

/// Finds the element that holds the story by where the long, link-poor paragraphs are, and gives its blocks in order: menus, captions,
/// "read also" links, share buttons and their like left out (data/ingest/boilerplate.tsv). `title` (from the page's metadata) helps to
/// tell the headline from other <h1>. Never fails; a page without paragraphs gives what text it has, perhaps none.
[[nodiscard]] HtmlBody html_body(std::string_view page, const std::vector<HtmlNode>& nodes, std::string_view title);

/// A bare fragment of markup (a feed's description): all its text, block by block.
[[nodiscard]] MappedText html_fragment(std::string_view fragment);

}  // namespace dragoman
