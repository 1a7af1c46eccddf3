// WARC (ISO 28500): the records of a web crawl. Pages and plain texts are stories; requests, pictures and the like are passed over.
#include <algorithm>
#include <charconv>
#include <cctype>
#include <deque>
#include <map>

#include "dragoman/ingest/containers.h"

namespace dragoman {
namespace {

constexpr std::size_t line_bytes = 1u << 16;
constexpr std::size_t header_lines = 1000;
constexpr std::size_t http_header_bytes = 1u << 16;

/// Header fields by lower-cased name; the first of several counts.
using Headers = std::map<std::string, std::string>;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

void add_header(Headers& headers, std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  headers.emplace(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
}

std::string value_of(const Headers& headers, const char* name) {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

/// "text/html; charset=utf-8" -> "text/html" and "utf-8".
struct ContentType {
  std::string media;
  std::string charset;
};
ContentType content_type(std::string_view value) {
  ContentType type{lower(trimmed(value.substr(0, value.find(';')))), {}};
  const std::string all = lower(value);
  if (const std::size_t at = all.find("charset="); at != std::string::npos) {
    const std::size_t begin = all.find_first_not_of("\"' ", at + 8);
    if (begin != std::string::npos) type.charset = all.substr(begin, all.find_first_of("\"'; ", begin) - begin);
  }
  return type;
}

std::optional<StoryForm> form_of(const std::string& media) {
  if (media == "text/html" || media == "application/xhtml+xml") return StoryForm::html;
  if (media == "text/plain") return StoryForm::text;
  return std::nullopt;
}

/// The body of a "Transfer-Encoding: chunked" answer; as it is where it is not in chunks, since many crawlers join them and leave the header.
std::string without_chunks(std::string body) {
  std::string out;
  for (std::size_t at = 0; at < body.size();) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(body.data() + at, body.data() + body.size(), size, 16);
    if (error != std::errc()) return out.empty() ? body : out;
    const std::size_t line = body.find('\n', static_cast<std::size_t>(end - body.data()));
    if (line == std::string::npos || line - static_cast<std::size_t>(end - body.data()) > 256) return out.empty() ? body : out;
    if (size == 0) return out;
    out.append(body, line + 1, size);
    if (size > body.size() - line - 1) return out;
    at = line + 1 + size;
    while (at < body.size() && (body[at] == '\r' || body[at] == '\n')) ++at;
  }
  return out;
}

class Warc : public Container {
 public:
  Warc(std::string name, BufferedReader reader, GzipStream* gzip, const ContainerOptions& options)
      : name_(std::move(name)), reader_(std::move(reader)), gzip_(gzip), limit_(options.document_bytes) {}

  std::optional<RawStory> next() override {
    while (ready_.empty() && !ended_)
      if (find_record()) read_record();
    if (ready_.empty()) return std::nullopt;
    RawStory story = std::move(ready_.front());
    ready_.pop_front();
    return story;
  }

 private:
  [[nodiscard]] std::string where() const { return name_ + "!" + std::to_string(number_); }
  void fail_record(ErrorCode code, const std::string& what, bool skipped = false) {
    ready_.push_back(failed_story(where(), {code, where() + ": " + what}, skipped));
  }

  /// Takes the line that begins the next record; false if there is none, or none before a damage that was told.
  bool find_record() {
    bool damage = false, too_long = false;
    while (const auto line = reader_.line(line_bytes, too_long)) {
      if (line->starts_with("WARC/")) {
        if (damage) fail_record(ErrorCode::malformed, "damaged, or bytes after it that are no record; went on at the next one");
        ++number_;
        return true;
      }
      damage |= too_long || !trimmed(*line).empty();
    }
    end_of_stream(damage);
    return false;
  }

  /// After the last byte that could be read: goes on behind a damaged gzip member, or ends.
  void end_of_stream(bool damage) {
    if (reader_.error()) {
      ready_.push_back(failed_story(name_, *reader_.error()));
      ended_ = !gzip_ || !gzip_->resume();
      return;
    }
    if (damage) fail_record(ErrorCode::malformed, "bytes after it that are no record");
    ended_ = true;
  }

  void read_record() {
    Headers headers;
    bool too_long = false;
    for (std::size_t lines = 0; lines < header_lines; ++lines) {
      const auto line = reader_.line(line_bytes, too_long);
      if (!line || trimmed(*line).empty()) break;
      add_header(headers, *line);
    }
    const std::string stated = value_of(headers, "content-length");
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(stated.data(), stated.data() + stated.size(), length);
    if (error != std::errc() || end != stated.data() + stated.size()) return fail_record(ErrorCode::malformed, "no Content-Length in the record");
    const std::string type = value_of(headers, "warc-type");
    if (type != "response" && type != "resource" && type != "conversion") return reader_.skip(length);

    ContentType content = content_type(value_of(headers, "content-type"));
    const bool http = type == "response";
    if (!http && !form_of(content.media)) return reader_.skip(length);
    if (length > limit_ + http_header_bytes) {
      reader_.skip(length);
      return fail_record(ErrorCode::over_limit, "the record is over the limit of a document; raise --max-bytes");
    }
    std::string body = reader_.take(length);
    if (body.size() < length && !reader_.error()) return fail_record(ErrorCode::malformed, "the file is cut short inside this record");
    if (body.size() < length) return;  // the end of the stream tells
    if (http && !take_http(body, content)) return;
    const auto form = form_of(content.media);
    if (!form) return;
    std::string url = value_of(headers, "warc-target-uri");
    if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
    RawStory story{.where = where(), .form = *form, .bytes = std::move(body), .charset = content.charset, .info = {}, .error = {}};
    story.info.url = url;
    ready_.push_back(std::move(story));
  }

  /// Cuts the HTTP header off and undoes the transfer; false where it is no page that came whole.
  bool take_http(std::string& body, ContentType& content) {
    std::size_t blank = body.find("\r\n\r\n");
    std::size_t begin = blank + 4;
    if (blank == std::string::npos || blank > http_header_bytes) {
      blank = body.find("\n\n");
      begin = blank + 2;
    }
    if (blank == std::string::npos || blank > http_header_bytes) return false;
    Headers headers;
    std::string_view head = std::string_view(body).substr(0, blank);
    const std::string_view status = head.substr(0, head.find('\n'));
    const std::size_t space = status.find(' ');
    if (space == std::string_view::npos || !status.substr(space + 1).starts_with("200")) return false;
    while (!head.empty()) {
      const std::size_t end = head.find('\n');
      add_header(headers, head.substr(0, end));
      head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
    }
    content = content_type(value_of(headers, "content-type"));
    if (!form_of(content.media)) return false;
    body.erase(0, begin);
    if (lower(value_of(headers, "transfer-encoding")).find("chunked") != std::string::npos) body = without_chunks(std::move(body));
    const std::string encoding = lower(value_of(headers, "content-encoding"));
    if (body.starts_with("\x1F\x8B")) {  // crawlers that unpack leave the header, so the bytes decide
      bool too_long = false;
      BufferedReader reader(std::make_unique<GzipStream>(std::make_unique<BytesStream>(std::move(body)), where()));
      body = reader.take_all(limit_, too_long);
      if (too_long) {
        fail_record(ErrorCode::over_limit, "the page is over the limit of a document; raise --max-bytes");
        return false;
      }
    } else if (encoding == "br" && body.find('<') == std::string::npos) {
      fail_record(ErrorCode::malformed, "packed with brotli, which is not read here");
      return false;
    }
    return true;
  }

  std::string name_;
  BufferedReader reader_;
  GzipStream* gzip_;
  std::size_t limit_;
  std::size_t number_ = 0;
  std::deque<RawStory> ready_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Container> open_warc(std::string name, BufferedReader reader, GzipStream* gzip, const ContainerOptions& options) {
  return std::make_unique<Warc>(std::move(name), std::move(reader), gzip, options);
}

}  // namespace dragoman
