#include "cli/inputs.h"

#include <simdjson.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "dragoman/base/utf8.h"

namespace dragoman::cli {
namespace {

constexpr std::size_t read_bytes = 1u << 16;

std::string megabytes(std::size_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
  return text;
}

Error too_long(std::string_view what, std::size_t limit) {
  return {ErrorCode::over_limit, std::string(what) + " is over the limit of " + megabytes(limit) + " a document; split it, or raise --max-bytes"};
}

/// A NUL, or many control characters: no text in any encoding that we read.
bool looks_binary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  if (head.find('\0') != std::string_view::npos) return true;
  const auto controls = std::count_if(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) < 9; });
  return static_cast<std::size_t>(controls) * 20 > head.size();
}

}  // namespace

InputReader::InputReader(std::vector<std::string> files, InputOptions options) : files_(std::move(files)), options_(std::move(options)) {
  if (files_.empty()) files_.push_back("-");
}

InputReader::~InputReader() {
  if (stream_ && stream_ != stdin) std::fclose(stream_);
}

std::optional<Error> InputReader::open_next() {
  const std::string& file = files_[file_++];
  name_ = file == "-" ? "standard input" : file;
  buffer_.clear();
  at_ = line_ = 0;
  if (file == "-") {
    stream_ = stdin;
    return std::nullopt;
  }
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && S_ISDIR(status.st_mode))
    return Error{ErrorCode::unreadable, name_ + ": is a folder; name the files in it (" + file + "/*.txt)"};
  stream_ = std::fopen(file.c_str(), "rb");
  if (stream_) return std::nullopt;
  return Error{errno == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable, name_ + ": " + std::strerror(errno)};
}

/// Reads some more into the buffer; false at the end of the file.
bool InputReader::fill() {
  if (at_ > 0) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  const std::size_t had = buffer_.size();
  buffer_.resize(had + read_bytes);
  const std::size_t got = std::fread(buffer_.data() + had, 1, read_bytes, stream_);
  buffer_.resize(had + got);
  return got > 0;
}

RawInput InputReader::whole_file() {
  RawInput input{.where = name_, .bytes = {}, .error = std::nullopt};
  while (buffer_.size() <= options_.document_bytes && fill()) {
  }
  if (std::ferror(stream_))
    input.error = Error{ErrorCode::unreadable, name_ + ": " + std::strerror(errno)};
  else if (buffer_.size() > options_.document_bytes)
    input.error = Error{ErrorCode::over_limit, name_ + ": " + too_long("the file", options_.document_bytes).message};
  else
    input.bytes = std::move(buffer_);
  return input;
}

std::optional<RawInput> InputReader::next_line() {
  while (true) {
    std::size_t end = buffer_.find('\n', at_);
    while (end == std::string::npos && buffer_.size() - at_ <= options_.document_bytes) {
      const std::size_t scanned = buffer_.size() - at_;
      if (!fill()) break;
      end = buffer_.find('\n', scanned);
    }
    RawInput input{.where = name_ + ":" + std::to_string(++line_), .bytes = {}, .error = std::nullopt};
    if (end == std::string::npos && buffer_.size() - at_ > options_.document_bytes) {  // drop the rest of that line
      input.error = Error{ErrorCode::over_limit, input.where + ": " + too_long("the line", options_.document_bytes).message};
      do {
        at_ = buffer_.size();
        if (!fill()) break;
        end = buffer_.find('\n');
      } while (end == std::string::npos);
      at_ = end == std::string::npos ? buffer_.size() : end + 1;
      return input;
    }
    if (end == std::string::npos && std::ferror(stream_)) {
      input.error = Error{ErrorCode::unreadable, name_ + ": " + std::strerror(errno)};
      at_ = buffer_.size();
      return input;
    }
    if (at_ == buffer_.size()) return std::nullopt;
    const bool last = end == std::string::npos;
    input.bytes = buffer_.substr(at_, last ? std::string::npos : end - at_);
    at_ = last ? buffer_.size() : end + 1;
    if (input.bytes.find_first_not_of(" \t\r") != std::string::npos) return input;
    if (last) return std::nullopt;
  }
}

std::optional<RawInput> InputReader::next() {
  while (true) {
    if (!stream_) {
      if (file_ == files_.size()) return std::nullopt;
      if (std::optional<Error> error = open_next()) return RawInput{.where = name_, .bytes = {}, .error = std::move(error)};
    }
    const bool whole = options_.format == InputFormat::text;
    std::optional<RawInput> input = whole ? whole_file() : next_line();
    if (whole || !input) {
      if (stream_ != stdin) std::fclose(stream_);
      stream_ = nullptr;
    }
    if (input) return input;
  }
}

Result<ParsedInput> parse_input(RawInput raw, const InputOptions& options) {
  if (raw.error) return tl::unexpected(std::move(*raw.error));
  ParsedInput parsed{.text = {}, .info = options.info, .warnings = {}};
  if (options.format == InputFormat::text) {
    if (raw.bytes.empty()) return fail(ErrorCode::malformed, raw.where, ": empty; there is nothing to read in it");
    if (looks_binary(raw.bytes))
      return fail(ErrorCode::malformed, raw.where, ": binary, not text; extract its text first, or give JSON lines with --in jsonl");
    if (simdjson::validate_utf8(raw.bytes)) {
      parsed.text = std::move(raw.bytes);
      return parsed;
    }
    SoundUtf8 sound = sound_utf8(raw.bytes);
    const auto line = 1 + std::count(raw.bytes.begin(), raw.bytes.begin() + static_cast<std::ptrdiff_t>(sound.first_broken), '\n');
    parsed.warnings.push_back(raw.where + ":" + std::to_string(line) + ": broken UTF-8 at byte " + std::to_string(sound.first_broken) +
                              ", read as U+FFFD; convert the file to UTF-8 if it is in another encoding");
    parsed.text = std::move(sound.text);
    return parsed;
  }

  thread_local simdjson::dom::parser parser;
  simdjson::dom::object row;
  const simdjson::padded_string padded(raw.bytes);
  if (const auto error = parser.parse(padded).get(row); error != simdjson::SUCCESS)
    return fail(ErrorCode::malformed, raw.where, ": no JSON object: ", simdjson::error_message(error));
  const auto field = [&](std::string_view name, std::string& into) -> bool {
    simdjson::dom::element value;
    if (row.at_key(name).get(value) != simdjson::SUCCESS || value.is_null()) return true;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return false;
    into = text;
    return true;
  };
  std::string_view text;
  if (row.at_key("text").get(text) != simdjson::SUCCESS) return fail(ErrorCode::malformed, raw.where, ": no \"text\" string in the row");
  parsed.text = text;
  std::int64_t number = 0;
  if (row.at_key("id").get(number) == simdjson::SUCCESS)
    parsed.info.id = std::to_string(number);
  else if (!field("id", parsed.info.id))
    return fail(ErrorCode::malformed, raw.where, ": \"id\" is neither a string nor a whole number");
  for (const auto& [name, into] : {std::pair{"title", &parsed.info.title}, {"outlet", &parsed.info.outlet}, {"url", &parsed.info.url},
                                   {"published", &parsed.info.published}, {"dateline", &parsed.info.dateline},
                                   {"language", &parsed.info.language}})
    if (!field(name, *into)) return fail(ErrorCode::malformed, raw.where, ": \"", name, "\" is not a string");
  return parsed;
}

}  // namespace dragoman::cli
