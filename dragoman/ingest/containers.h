// Containers: files that hold many stories, and how one is told from another.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dragoman/base/limits.h"
#include "dragoman/ingest/byte_stream.h"
#include "dragoman/ingest/story.h"

namespace dragoman {

struct ContainerOptions {
  std::size_t document_bytes = limits::document_bytes;
  std::size_t archive_members = limits::archive_members;
  std::string form = "auto";
  bool named = true;  ///< the user named this very file, so that what is no story there is an error, not a skipped file
};

/// Stories of one file.
class Container {
 public:
  virtual ~Container() = default;
  [[nodiscard]] virtual std::optional<RawStory> next() = 0;
};

/// The container for these bytes, by their beginning and name; `depth` is how many archives they stand in.
[[nodiscard]] std::unique_ptr<Container> open_container(std::string name, BufferedReader reader, const ContainerOptions& options, int depth);

/// The kinds, one file each.
[[nodiscard]] std::unique_ptr<Container> open_json_lines(std::string name, BufferedReader reader, const ContainerOptions& options);
[[nodiscard]] std::unique_ptr<Container> open_json(std::string name, BufferedReader reader, const ContainerOptions& options);
[[nodiscard]] std::unique_ptr<Container> open_feed(std::string name, BufferedReader reader, const ContainerOptions& options);
/// `gzip` (may be null) is the stream below the reader; after damage the reading goes on at its next member.
[[nodiscard]] std::unique_ptr<Container> open_warc(std::string name, BufferedReader reader, GzipStream* gzip, const ContainerOptions& options);
[[nodiscard]] std::unique_ptr<Container> open_archive(std::string name, BufferedReader reader, const ContainerOptions& options, int depth);

/// A story that can't be read, or (`skipped`) is none.
[[nodiscard]] RawStory failed_story(std::string where, Error error, bool skipped = false);

/// Adds what a meta.json beside a story says: of the folder's only story (or its article.txt) all of it, of one among several what
/// holds for all (outlet, day, language).
void apply_sidecar(RawStory& story, const DocumentInfo& sidecar, bool sole);

/// A name fit to be printed: control characters as "?".
[[nodiscard]] std::string printable(std::string_view name);

/// True if a file of that name may hold stories; other files in folders and archives are passed over, and said so.
[[nodiscard]] bool has_story_name(std::string_view name);

}  // namespace dragoman
