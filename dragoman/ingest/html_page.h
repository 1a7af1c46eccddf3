// HtmlPage: a news page -> the story and what the page says of it.
#pragma once

#include <string_view>

#include "dragoman/document/document.h"
#include "dragoman/document/source_map.h"

namespace dragoman {

struct PageStory {
  MappedText text;    ///< headline and paragraphs; maps to the page's UTF-8
  DocumentInfo info;  ///< title, outlet, url, published, language, dateline, where the page gives them
};

/// Reads a page (valid UTF-8). Data comes from JSON-LD, OpenGraph and other <meta>, <time>, <link rel=canonical>, <title>, in that
/// order. A page whose text is made by scripts gives JSON-LD's articleBody, if it has one. Never fails; a page that tells nothing
/// gives an empty text.
[[nodiscard]] PageStory read_page(std::string_view page);

/// The encoding that a page declares (<meta charset>, http-equiv, <?xml encoding?>) in its first kilobytes; "" if none. Takes raw bytes.
[[nodiscard]] std::string declared_charset(std::string_view page);

}  // namespace dragoman
