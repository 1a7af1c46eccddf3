// Story: one document as the engine reads it, whatever it came in.
//
//   files  ->  StoryReader (story_reader.h)  ->  RawStory  ->  parse_story()  ->  Story  ->  Engine::read
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/document/document.h"
#include "dragoman/document/source_map.h"

namespace dragoman {

enum class StoryForm : std::uint8_t {
  text,
  html,
  json,       ///< an object with "text" (or "body", "content", or "html")
  feed_item,  ///< <item> or <entry>
};

/// One story's bytes as they came, or why there are none. Cheap to make: the work is left to `parse_story`, which may run on any thread.
struct RawStory {
  std::string where;           ///< "story.txt", "rows.jsonl:12", "day.warc.gz!3", "day.zip!a/story.html"
  StoryForm form = StoryForm::text;
  std::string bytes;
  std::string charset;         ///< as the transport declared it; "" if it did not
  DocumentInfo info;           ///< what was said of it from outside (meta.json, the feed); the story's own word goes before
  std::optional<Error> error;  ///< then there are no bytes
  bool skipped = false;        ///< the error says why it is no story; nothing went wrong
};

struct Story {
  std::string text;                   ///< valid UTF-8
  SourceMap offsets;                  ///< to the original bytes
  DocumentInfo info;
  std::string media_type;             ///< "text/html"
  std::string unread;                 ///< why it is to be kept without being read ("language: de"); "" = read it
  std::vector<std::string> warnings;  ///< each with file and line
};

/// The story in those bytes. `info` is what holds where nobody says otherwise ("--published"). An error where the bytes hold none:
/// binary, empty, a row without text, a page without words.
[[nodiscard]] Result<Story> parse_story(const RawStory& raw, const DocumentInfo& info);

/// Reads a meta.json: {"id", "title", "outlet", "url", "published", "dateline", "language"}, all optional.
[[nodiscard]] Result<DocumentInfo> parse_sidecar(const std::string& bytes, const std::string& where);

}  // namespace dragoman
