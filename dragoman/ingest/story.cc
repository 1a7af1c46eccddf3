#include "dragoman/ingest/story.h"

#include <simdjson.h>

#include <algorithm>

#include "dragoman/ingest/charset.h"
#include "dragoman/ingest/day.h"
#include "dragoman/ingest/feed.h"
#include "dragoman/ingest/html_page.h"
#include "dragoman/ingest/json_text.h"
#include "dragoman/ingest/language.h"

namespace dragoman {
namespace {

using simdjson::dom::element;

struct FieldName {
  std::string_view name;
  std::string DocumentInfo::*into;
};
/// Names of the fields in rows and in meta.json: ours first, then those of other tools' rows.
constexpr FieldName field_names[] = {
    {"id", &DocumentInfo::id}, {"doc_id", &DocumentInfo::id}, {"title", &DocumentInfo::title}, {"headline", &DocumentInfo::title},
    {"outlet", &DocumentInfo::outlet}, {"source", &DocumentInfo::outlet}, {"publisher", &DocumentInfo::outlet},
    {"source_domain", &DocumentInfo::outlet}, {"url", &DocumentInfo::url}, {"link", &DocumentInfo::url},
    {"published", &DocumentInfo::published}, {"date", &DocumentInfo::published}, {"date_publish", &DocumentInfo::published},
    {"published_at", &DocumentInfo::published}, {"publishedAt", &DocumentInfo::published}, {"dateline", &DocumentInfo::dateline},
    {"language", &DocumentInfo::language}, {"lang", &DocumentInfo::language},
};

/// Takes the fields of a row; the name of one that is neither string nor number (nor, for sources, an object with a name), or "".
std::string take_fields(const element& row, DocumentInfo& info) {
  for (const FieldName& field : field_names) {
    std::string& into = info.*field.into;
    element value;
    if (!into.empty() || row.at_key(field.name).get(value) != simdjson::SUCCESS || value.is_null()) continue;
    std::string_view text;
    std::int64_t number = 0;
    element name;
    if (value.get(text) == simdjson::SUCCESS)
      into = text;
    else if (value.get(number) == simdjson::SUCCESS && field.into == &DocumentInfo::id)
      into = std::to_string(number);
    else if (value.is_object() && value.at_key("name").get(name) == simdjson::SUCCESS && name.get(text) == simdjson::SUCCESS)
      into = text;
    else if (field.into != &DocumentInfo::outlet)  // other tools' "source" may be anything
      return std::string(field.name);
  }
  return {};
}

/// Where the info says nothing, takes what `other` says.
void fill(DocumentInfo& info, const DocumentInfo& other) {
  for (const auto field : {&DocumentInfo::id, &DocumentInfo::title, &DocumentInfo::outlet, &DocumentInfo::url, &DocumentInfo::published,
                           &DocumentInfo::dateline, &DocumentInfo::language})
    if ((info.*field).empty()) info.*field = other.*field;
}

void report_broken(const DecodedText& decoded, const RawStory& raw, Story& story) {
  if (decoded.broken == 0) return;
  const auto line = std::count(raw.bytes.begin(), raw.bytes.begin() + static_cast<std::ptrdiff_t>(decoded.first_broken), '\n') + 1;
  story.warnings.push_back(raw.where + ":" + std::to_string(line) + ": broken " + decoded.charset + " at byte " + std::to_string(decoded.first_broken) +
                           (decoded.broken > 1 ? " and " + std::to_string(decoded.broken - 1) + " places more" : "") + ", read as U+FFFD");
}

Result<void> parse_plain(const RawStory& raw, Story& story) {
  if (looks_binary(raw.bytes)) return fail(ErrorCode::malformed, raw.where, ": binary, not text; extract its text first");
  DecodedText decoded = decode_text(raw.bytes, raw.charset);
  report_broken(decoded, raw, story);
  story.text = std::move(decoded.utf8.text);
  story.offsets = std::move(decoded.utf8.map);
  story.media_type = "text/plain";
  return {};
}

Result<void> parse_page(const RawStory& raw, Story& story) {
  if (looks_binary(raw.bytes)) return fail(ErrorCode::malformed, raw.where, ": binary, not a page");
  DecodedText decoded = decode_text(raw.bytes, raw.charset.empty() ? declared_charset(raw.bytes) : raw.charset);
  report_broken(decoded, raw, story);
  PageStory page = read_page(decoded.utf8.text);
  story.text = std::move(page.text.text);
  story.offsets = page.text.map.then(decoded.utf8.map);
  story.info = std::move(page.info);
  story.media_type = "text/html";
  return {};
}

Result<void> parse_item(const RawStory& raw, Story& story) {
  FeedStory item = read_feed_item(raw.bytes);
  story.text = std::move(item.text.text);
  story.offsets = std::move(item.text.map);
  story.info = std::move(item.info);
  story.media_type = "application/rss+xml";
  return {};
}

Result<void> parse_row(const RawStory& raw, Story& story) {
  thread_local simdjson::dom::parser parser;
  const simdjson::padded_string padded(raw.bytes);
  element row;
  if (const auto error = parser.parse(padded).get(row); error != simdjson::SUCCESS)
    return fail(ErrorCode::malformed, raw.where, ": no JSON object: ", simdjson::error_message(error));
  if (!row.is_object()) return fail(ErrorCode::malformed, raw.where, ": no JSON object: a row is {\"id\", \"text\", \"title\"?, \"published\"?, ...}");
  story.media_type = "application/json";
  if (const std::string wrong = take_fields(row, story.info); !wrong.empty())
    return fail(ErrorCode::malformed, raw.where, ": \"", wrong, "\" is not a string");
  for (const char* key : {"text", "body", "content", "maintext"}) {
    const auto span = find_json_string(raw.bytes, key, 1);
    if (!span) continue;
    MappedText text = decode_json_string(std::string_view(raw.bytes).substr(span->begin, span->size()), span->begin);
    story.text = std::move(text.text);
    story.offsets = std::move(text.map);
    return {};
  }
  if (const auto span = find_json_string(raw.bytes, "html", 1)) {
    const MappedText text = decode_json_string(std::string_view(raw.bytes).substr(span->begin, span->size()), span->begin);
    PageStory page = read_page(text.text);
    story.text = std::move(page.text.text);
    story.offsets = page.text.map.then(text.map);
    fill(story.info, page.info);
    story.media_type = "text/html";
    return {};
  }
  return fail(ErrorCode::malformed, raw.where, ": no \"text\" string in the row");
}

}  // namespace

Result<Story> parse_story(const RawStory& raw, const DocumentInfo& info) {
  if (raw.error) return tl::unexpected(*raw.error);
  if (raw.bytes.empty()) return fail(ErrorCode::malformed, raw.where, ": empty; there is nothing to read in it");
  Story story;
  Result<void> parsed;
  switch (raw.form) {
    case StoryForm::text: parsed = parse_plain(raw, story); break;
    case StoryForm::html: parsed = parse_page(raw, story); break;
    case StoryForm::json: parsed = parse_row(raw, story); break;
    case StoryForm::feed_item: parsed = parse_item(raw, story); break;
  }
  if (!parsed) return tl::unexpected(parsed.error());
  if (story.text.find_first_not_of(" \t\r\n\f\v") == std::string::npos) {
    const bool page = raw.form == StoryForm::html || raw.form == StoryForm::feed_item;
    return fail(ErrorCode::malformed, raw.where, page ? ": no text of a story on the page" : ": empty; there is nothing to read in it");
  }
  fill(story.info, raw.info);
  fill(story.info, info);
  if (const std::string day = iso_day(story.info.published); !day.empty()) story.info.published = day;

  // What the text is in goes before what is said of it, if the text is clear; pages of one outlet often declare one language for all.
  const LanguageGuess guess = detect_language(story.text);
  if (guess.reliable || story.info.language.empty()) story.info.language = guess.code;
  if (guess.reliable && guess.code != "en") story.unread = "language: " + guess.code;
  return story;
}

Result<DocumentInfo> parse_sidecar(const std::string& bytes, const std::string& where) {
  simdjson::dom::parser parser;
  element row;
  const simdjson::padded_string padded(bytes);
  if (const auto error = parser.parse(padded).get(row); error != simdjson::SUCCESS)
    return fail(ErrorCode::malformed, where, ": no JSON object: ", simdjson::error_message(error));
  if (!row.is_object()) return fail(ErrorCode::malformed, where, ": no JSON object");
  DocumentInfo info;
  if (const std::string wrong = take_fields(row, info); !wrong.empty()) return fail(ErrorCode::malformed, where, ": \"", wrong, "\" is not a string");
  return info;
}

}  // namespace dragoman
