// What the targets share that take files of stories: all stories of some bytes, as `dragoman add` takes them, each checked.
#pragma once

#include <string>

#include "dragoman/base/utf8.h"
#include "dragoman/ingest/containers.h"
#include "fuzz/fuzz.h"

namespace dragoman {

/// A file of that name and those bytes. Its stories are text whose every byte leads back into the original; what is none says why.
inline void read_stories(const std::string& name, std::string bytes) {
  const ContainerOptions options{.document_bytes = 1u << 16, .form = "auto", .named = true};
  const auto container = open_container(name, BufferedReader(std::make_unique<BytesStream>(std::move(bytes))), options, 0);
  while (const auto raw = container->next()) {
    FUZZ_CHECK(!raw->where.empty());
    const auto story = parse_story(*raw, {});
    if (!story) {
      FUZZ_CHECK(!story.error().message.empty());
      continue;
    }
    FUZZ_CHECK(is_valid_utf8(story->text));
    const auto size = static_cast<std::uint32_t>(story->text.size());
    FUZZ_CHECK(story->offsets.size() <= size);
    for (std::uint32_t at = 0; at < size; at += 1 + size / 256) {
      const ByteSpan source = story->offsets.source({at, at + 1});
      FUZZ_CHECK(source.begin <= source.end && source.end <= raw->bytes.size());
    }
    const auto offsets = SourceMap::unpack(story->offsets.packed());
    FUZZ_CHECK(offsets && offsets->packed() == story->offsets.packed());
  }
}

}  // namespace dragoman
