// Feed: RSS and Atom -> items, each a story.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/span.h"
#include "dragoman/document/document.h"
#include "dragoman/document/source_map.h"

namespace dragoman {

struct FeedItems {
  DocumentInfo info;             ///< what the feed says for all: outlet, language
  std::vector<ByteSpan> items;   ///< the whole elements, <item> or <entry>
};

/// Cuts a feed (valid UTF-8) into its items. What is no feed, or ill-formed, gives the items that can be told, perhaps none.
[[nodiscard]] FeedItems split_feed(std::string_view feed);

struct FeedStory {
  MappedText text;    ///< title and content (else the summary); maps to the item
  DocumentInfo info;
};

/// Reads one item.
[[nodiscard]] FeedStory read_feed_item(std::string_view item);

}  // namespace dragoman
