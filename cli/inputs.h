// Inputs: the documents that a command was given, one after the other, whatever the files are like.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/base/limits.h"
#include "dragoman/base/result.h"
#include "dragoman/document/document.h"

namespace dragoman::cli {

enum class InputFormat : std::uint8_t {
  text,   ///< a file is a document
  jsonl,  ///< a line is a document: {"id", "text", "title"?, "published"?, "outlet"?, "url"?, "dateline"?, "language"?}
};

struct InputOptions {
  InputFormat format = InputFormat::text;
  std::size_t document_bytes = limits::document_bytes;  ///< a longer document, or line of JSON, is refused
  DocumentInfo info;                       ///< what every document starts from ("--published")
};

/// One document's bytes as they came, or why there are none. Cheap to make: the parsing is left to `parse_input`, which may run on
/// another thread.
struct RawInput {
  std::string where;                 ///< "story.txt", "rows.jsonl:12"
  std::string bytes;
  std::optional<Error> error;
};

/// Gives the documents of some files in order. "-" is standard input. No files: standard input.
/// Holds one document in memory at a time, however long the input is.
class InputReader {
 public:
  InputReader(std::vector<std::string> files, InputOptions options);
  ~InputReader();
  InputReader(const InputReader&) = delete;
  InputReader& operator=(const InputReader&) = delete;

  /// The next one; nothing at the end. A file that can't be read is one RawInput with an error.
  [[nodiscard]] std::optional<RawInput> next();

 private:
  std::optional<Error> open_next();
  RawInput whole_file();
  std::optional<RawInput> next_line();
  bool fill();

  std::vector<std::string> files_;
  InputOptions options_;
  std::size_t file_ = 0;       ///< index of the next file
  std::string name_;           ///< of the open file
  std::FILE* stream_ = nullptr;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
};

struct ParsedInput {
  std::string text;
  DocumentInfo info;
  std::vector<std::string> warnings;  ///< each with file and line: "story.txt:3: broken UTF-8, ..."
};

/// The document in those bytes; `malformed` where it is binary, empty (a file), or not such a row.
[[nodiscard]] Result<ParsedInput> parse_input(RawInput raw, const InputOptions& options);

}  // namespace dragoman::cli
