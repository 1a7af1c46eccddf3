// Mentions and sentences at rest: documents.mentions and documents.sentences, packed. There are more of them than of all else, and no query
// asks for one alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/mentions/entities.h"

namespace dragoman {

struct StoredMention {
  ByteSpan span;
  std::uint32_t entity;  ///< its number in the reading, from 1 (entities.entity)
  MentionForm form;
  auto operator<=>(const StoredMention&) const = default;
};

/// Sorts them by place. docs/formats/store.md has the layout.
[[nodiscard]] std::string pack_mentions(std::vector<StoredMention> mentions);
/// What is damaged ends the list.
[[nodiscard]] std::vector<StoredMention> unpack_mentions(std::string_view bytes);

/// In the order of the text, not overlapping.
[[nodiscard]] std::string pack_sentences(const std::vector<ByteSpan>& sentences);
[[nodiscard]] std::vector<ByteSpan> unpack_sentences(std::string_view bytes);

}  // namespace dragoman
