#include "dragoman/ingest/containers.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "dragoman/ingest/charset.h"

namespace dragoman {
namespace {

enum class Kind : std::uint8_t { text, html, json, json_lines, feed, warc, gzip, packed, archive, office, binary };

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view extension(std::string_view name) {
  const std::size_t slash = name.find_last_of("/!");
  if (slash != std::string_view::npos) name = name.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot + 1);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What the first bytes say; the name decides where they leave it open.
Kind kind_of(std::string_view name, std::string_view head) {
  const std::string ending = lower(extension(name));
  if (head.starts_with("\x1F\x8B")) return Kind::gzip;
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06"))
    return is_one_of(ending, {"docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "jar", "apk"}) ? Kind::office : Kind::archive;
  if (head.starts_with("BZh") || head.starts_with("\xFD" "7zXZ") || head.starts_with("\x28\xB5\x2F\xFD")) return Kind::packed;
  if (head.size() >= 262 && head.substr(257, 5) == "ustar") return Kind::archive;
  if (head.starts_with("WARC/")) return Kind::warc;
  if (looks_binary(head)) return Kind::binary;
  // UTF-16 pages and the like are told by their name or, decoded, by their first words.
  const std::string decoded = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") ? decode_text(head).utf8.text : std::string(head);
  std::string_view words = decoded;
  if (words.starts_with("\xEF\xBB\xBF")) words.remove_prefix(3);
  while (!words.empty() && std::isspace(static_cast<unsigned char>(words.front()))) words.remove_prefix(1);
  const std::string start = lower(words.substr(0, 2048));
  if (is_one_of(ending, {"jsonl", "ndjson"})) return Kind::json_lines;
  if (start.starts_with("{") || start.starts_with("[{") || ending == "json") {
    if (ending == "json" || start.starts_with("[")) return Kind::json;
    return Kind::json_lines;
  }
  if (start.starts_with("<")) {
    for (const char* root : {"<rss", "<feed", "<rdf:rdf", "<channel"})
      if (start.find(root) != std::string::npos && start.find("<html") == std::string::npos) return Kind::feed;
    if (start.find("<!doctype html") != std::string::npos || start.find("<html") != std::string::npos || start.find("<head") != std::string::npos ||
        start.find("<body") != std::string::npos)
      return Kind::html;
    if (is_one_of(ending, {"xml", "rss", "atom", "rdf"})) return Kind::feed;
    if (is_one_of(ending, {"html", "htm", "xhtml"})) return Kind::html;
    for (const char* tag : {"<p>", "<div", "<article", "<h1", "<meta"})
      if (start.starts_with(tag)) return Kind::html;
  }
  if (is_one_of(ending, {"html", "htm", "xhtml"})) return Kind::html;
  if (is_one_of(ending, {"rss", "atom"})) return Kind::feed;
  return Kind::text;
}

class OneStory : public Container {
 public:
  explicit OneStory(RawStory story) : story_(std::move(story)) {}
  std::optional<RawStory> next() override { return std::exchange(story_, std::nullopt); }

 private:
  std::optional<RawStory> story_;
};

/// Gives the stories of a container that reads from a stream it does not own the name of.
std::unique_ptr<Container> single(RawStory story) { return std::make_unique<OneStory>(std::move(story)); }

std::string megabytes(std::size_t bytes) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f MB", static_cast<double>(bytes) / 1e6);
  return text.data();
}

std::unique_ptr<Container> whole_story(std::string name, BufferedReader reader, StoryForm form, const ContainerOptions& options) {
  RawStory story{.where = std::move(name), .form = form, .bytes = {}, .charset = {}, .info = {}, .error = {}};
  bool too_long = false;
  story.bytes = reader.take_all(options.document_bytes, too_long);
  if (reader.error())
    story.error = reader.error();
  else if (too_long)
    story.error = Error{ErrorCode::over_limit, story.where + ": the file is over the limit of " + megabytes(options.document_bytes) +
                                                   " a document; split it, or raise --max-bytes"};
  if (story.error) story.bytes.clear();
  return single(std::move(story));
}

std::string without_ending(const std::string& name) {
  const std::string_view ending = extension(name);
  const std::string known = lower(ending);
  if (known == "tgz") return name.substr(0, name.size() - 3) + "tar";
  if (!is_one_of(known, {"gz", "bz2", "xz", "zst", "gzip"})) return name;
  return name.substr(0, name.size() - ending.size() - 1);
}

}  // namespace

RawStory failed_story(std::string where, Error error, bool skipped) {
  return {.where = std::move(where), .form = StoryForm::text, .bytes = {}, .charset = {}, .info = {}, .error = std::move(error), .skipped = skipped};
}

void apply_sidecar(RawStory& story, const DocumentInfo& sidecar, bool sole) {
  const std::size_t slash = story.where.find_last_of("/!");
  if (sole || story.where.substr(slash == std::string::npos ? 0 : slash + 1).starts_with("article.")) {
    story.info = sidecar;
    return;
  }
  story.info.outlet = sidecar.outlet;
  story.info.published = sidecar.published;
  story.info.language = sidecar.language;
}

std::string printable(std::string_view name) {
  std::string out(name);
  std::replace_if(out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
  return out;
}

bool has_story_name(std::string_view name) {
  const std::string known = lower(extension(without_ending(std::string(name))));
  return is_one_of(known, {"", "txt", "text", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "xml", "rss", "atom", "rdf", "warc", "wet", "zip",
                           "tar", "gz", "bz2", "xz", "zst"});
}

std::unique_ptr<Container> open_container(std::string name, BufferedReader reader, const ContainerOptions& options, int depth) {
  if (depth > limits::archive_depth)
    return single(failed_story(name, {ErrorCode::over_limit, name + ": archives in archives, more than " + std::to_string(limits::archive_depth) + " deep; not opened (unpack it first)"}));
  const std::string_view head = reader.peek(4096);
  if (head.empty() && reader.error()) return single(failed_story(name, *reader.error()));
  const auto no_story = [&](std::string_view why) {
    return single(failed_story(name, {ErrorCode::malformed, name + ": " + std::string(why)}, !options.named));
  };
  if (head.empty()) return no_story("empty; there is nothing to read in it");
  if (options.form == "text") return whole_story(std::move(name), std::move(reader), StoryForm::text, options);
  if (options.form == "html") return whole_story(std::move(name), std::move(reader), StoryForm::html, options);
  if (options.form == "jsonl") return open_json_lines(std::move(name), std::move(reader), options);
  switch (kind_of(name, head)) {
    case Kind::gzip: {
      auto gzip = std::make_unique<GzipStream>(reader.release(), name);
      GzipStream* below = gzip.get();
      BufferedReader inside(std::move(gzip));
      const std::string inner = without_ending(name);
      // After damage a WARC goes on at its next member, so it knows what it reads from.
      if (inside.peek(5).starts_with("WARC/")) return open_warc(std::move(name), std::move(inside), below, options);
      return open_container(inner, std::move(inside), options, depth + 1);
    }
    case Kind::packed:
    case Kind::archive: return open_archive(std::move(name), std::move(reader), options, depth);
    case Kind::warc: return open_warc(std::move(name), std::move(reader), nullptr, options);
    case Kind::feed: return open_feed(std::move(name), std::move(reader), options);
    case Kind::json_lines: return open_json_lines(std::move(name), std::move(reader), options);
    case Kind::json: return open_json(std::move(name), std::move(reader), options);
    case Kind::html: return whole_story(std::move(name), std::move(reader), StoryForm::html, options);
    case Kind::text: return whole_story(std::move(name), std::move(reader), StoryForm::text, options);
    case Kind::office: return no_story("an office document; save it as text or HTML first");
    case Kind::binary: return no_story(head.starts_with("%PDF") ? "a PDF; extract its text first (pdftotext)" : "binary, not text; extract its text first");
  }
  return nullptr;
}

}  // namespace dragoman
