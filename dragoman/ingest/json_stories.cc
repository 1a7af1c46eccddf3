// JSON lines, JSON arrays, feeds: files of rows.
#include <algorithm>

#include "dragoman/ingest/charset.h"
#include "dragoman/ingest/containers.h"
#include "dragoman/ingest/feed.h"
#include "dragoman/ingest/json_text.h"

namespace dragoman {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class JsonLines : public Container {
 public:
  JsonLines(std::string name, BufferedReader reader, const ContainerOptions& options)
      : name_(std::move(name)), reader_(std::move(reader)), limit_(options.document_bytes) {}

  std::optional<RawStory> next() override {
    bool too_long = false;
    while (auto line = reader_.line(limit_, too_long)) {
      const std::string where = name_ + ":" + std::to_string(++number_);
      if (too_long) return failed_story(where, {ErrorCode::over_limit, where + ": the line is over the limit of a document; raise --max-bytes"});
      std::string_view row = *line;
      if (number_ == 1 && row.starts_with("\xEF\xBB\xBF")) row.remove_prefix(3);
      while (!row.empty() && is_blank(row.front())) row.remove_prefix(1);
      while (!row.empty() && is_blank(row.back())) row.remove_suffix(1);
      if (row.empty()) continue;
      return RawStory{.where = where, .form = StoryForm::json, .bytes = std::string(row), .charset = {}, .info = {}, .error = {}};
    }
    if (!reader_.error() || told_) return std::nullopt;
    told_ = true;
    return failed_story(name_, *reader_.error());
  }

 private:
  std::string name_;
  BufferedReader reader_;
  std::size_t limit_;
  std::size_t number_ = 0;
  bool told_ = false;
};

/// Stories that were found all at once, and then perhaps an error.
class Listed : public Container {
 public:
  explicit Listed(std::vector<RawStory> stories) : stories_(std::move(stories)) {}
  std::optional<RawStory> next() override {
    if (next_ == stories_.size()) return std::nullopt;
    return std::move(stories_[next_++]);
  }

 private:
  std::vector<RawStory> stories_;
  std::size_t next_ = 0;
};

/// The whole file, or an error put into `stories`.
std::optional<std::string> whole(const std::string& name, BufferedReader& reader, std::vector<RawStory>& stories) {
  bool too_long = false;
  std::string bytes = reader.take_all(limits::whole_file_bytes, too_long);
  if (reader.error())
    stories.push_back(failed_story(name, *reader.error()));
  else if (too_long)
    stories.push_back(failed_story(name, {ErrorCode::over_limit, name + ": over " + std::to_string(limits::whole_file_bytes >> 20) + " MB in one piece; split it (files of JSON lines may be as long as they like)"}));
  else
    return bytes;
  return std::nullopt;
}

/// The objects of an array that is the whole text: where each begins and ends.
std::vector<ByteSpan> objects_of(std::string_view json) {
  std::vector<ByteSpan> objects;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '"') {
      const auto end = json_string_end(json, at);
      if (!end) return objects;
      at = *end;
    } else if (c == '{' || c == '[') {
      if (c == '{' && depth == 1) begin = at;
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth == 1 && c == '}') objects.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at + 1)});
    }
  }
  return objects;
}

bool has_text(std::string_view object) {
  for (const char* key : {"text", "body", "content", "maintext", "html"})
    if (find_json_string(object, key, 1)) return true;
  return false;
}

}  // namespace

std::unique_ptr<Container> open_json_lines(std::string name, BufferedReader reader, const ContainerOptions& options) {
  return std::make_unique<JsonLines>(std::move(name), std::move(reader), options);
}

std::unique_ptr<Container> open_json(std::string name, BufferedReader reader, const ContainerOptions& options) {
  std::vector<RawStory> stories;
  const auto bytes = whole(name, reader, stories);
  if (!bytes) return std::make_unique<Listed>(std::move(stories));
  const std::size_t first = bytes->find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const auto add = [&](std::string where, std::string_view row) {
    if (row.size() > options.document_bytes)
      stories.push_back(failed_story(where, {ErrorCode::over_limit, where + ": over the limit of a document; raise --max-bytes"}));
    else
      stories.push_back({.where = std::move(where), .form = StoryForm::json, .bytes = std::string(row), .charset = {}, .info = {}, .error = {}});
  };
  if (first != std::string::npos && (*bytes)[first] == '[') {
    std::size_t number = 0;
    for (const ByteSpan span : objects_of(*bytes)) {
      ++number;
      const std::string_view row = std::string_view(*bytes).substr(span.begin, span.size());
      if (options.named || has_text(row)) add(name + "#" + std::to_string(number), row);
    }
  } else if (options.named || has_text(*bytes)) {
    const std::size_t last = bytes->find_last_not_of(" \t\r\n");
    add(name, first == std::string::npos ? std::string_view() : std::string_view(*bytes).substr(first, last - first + 1));
  }
  if (stories.empty()) stories.push_back(failed_story(name, {ErrorCode::malformed, name + ": JSON without the text of a story"}, !options.named));
  return std::make_unique<Listed>(std::move(stories));
}

std::unique_ptr<Container> open_feed(std::string name, BufferedReader reader, const ContainerOptions& options) {
  std::vector<RawStory> stories;
  const auto bytes = whole(name, reader, stories);
  if (!bytes) return std::make_unique<Listed>(std::move(stories));
  const std::string_view declaration = std::string_view(*bytes).substr(0, 200);
  std::string charset;
  if (const std::size_t at = declaration.find("encoding="); at != std::string_view::npos && at + 10 < declaration.size()) {
    const std::string_view value = declaration.substr(at + 10);
    charset = value.substr(0, value.find_first_of("\"'"));
  }
  const std::string feed = decode_text(*bytes, charset).utf8.text;
  const FeedItems found = split_feed(feed);
  for (std::size_t i = 0; i < found.items.size(); ++i) {
    const ByteSpan span = found.items[i];
    const std::string where = name + "#" + std::to_string(i + 1);
    if (span.size() > options.document_bytes)
      stories.push_back(failed_story(where, {ErrorCode::over_limit, where + ": over the limit of a document; raise --max-bytes"}));
    else
      stories.push_back({.where = where, .form = StoryForm::feed_item, .bytes = feed.substr(span.begin, span.size()), .charset = {}, .info = found.info, .error = {}});
  }
  if (stories.empty()) stories.push_back(failed_story(name, {ErrorCode::malformed, name + ": XML without the items of a feed"}, !options.named));
  return std::make_unique<Listed>(std::move(stories));
}

}  // namespace dragoman
