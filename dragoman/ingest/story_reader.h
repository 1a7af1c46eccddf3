// StoryReader: the stories in some files, folders and archives, one after the other.
//
//   paths  ->  StoryReader::next()  ->  RawStory, in an order that depends on the paths alone
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/base/limits.h"
#include "dragoman/ingest/story.h"

namespace dragoman {

struct StoryReaderOptions {
  std::size_t document_bytes = limits::document_bytes;    ///< a longer story, page or row is refused
  std::size_t archive_members = limits::archive_members;  ///< what comes after is left off
  std::string form = "auto";               ///< what files are: "auto" (by their first bytes and name), "text", "html", "jsonl"
};

/// Gives the stories of files, of folders (recursively, by name), and of what is packed in them: JSON lines and arrays, RSS and Atom,
/// WARC, gzip, zip, tar, and archives in archives. "-" is standard input. Holds one story (and, of an archive, the stories of one
/// folder) at a time. Whatever can't be read is one RawStory with an error; the rest goes on.
class StoryReader {
 public:
  StoryReader(std::vector<std::string> paths, StoryReaderOptions options);
  ~StoryReader();
  StoryReader(const StoryReader&) = delete;
  StoryReader& operator=(const StoryReader&) = delete;

  [[nodiscard]] std::optional<RawStory> next();

  /// Bytes of the files in all, and of them read so far; for progress. May be asked from another thread.
  [[nodiscard]] std::uint64_t total_bytes() const;
  [[nodiscard]] std::uint64_t consumed_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dragoman
