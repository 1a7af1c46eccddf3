#include "dragoman/ingest/html_page.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>

#include "dragoman/ingest/day.h"
#include "dragoman/ingest/html_body.h"
#include "dragoman/ingest/html_tree.h"
#include "dragoman/ingest/json_text.h"

namespace dragoman {
namespace {

constexpr std::size_t too_little_text = 200;  ///< a body shorter than that may be a page made by scripts

std::string trimmed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void fill(std::string& into, std::string_view value) {
  if (into.empty()) into = trimmed(value);
}
void fill_day(std::string& into, std::string_view value) {
  if (into.empty()) into = iso_day(value);
}

using simdjson::dom::element;

std::string_view string_of(const element& object, std::string_view key) {
  element value;
  std::string_view text;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return {};
  if (value.get(text) == simdjson::SUCCESS) return text;
  simdjson::dom::array several;
  if (value.get(several) == simdjson::SUCCESS)
    for (const element item : several)
      if (item.get(text) == simdjson::SUCCESS) return text;
  return {};
}

bool is_article(const element& object) {
  const std::string_view type = string_of(object, "@type");
  return type.find("Article") != std::string_view::npos || type.find("BlogPosting") != std::string_view::npos;
}

/// Takes what JSON-LD says of the story. Pages nest it in @graph, in lists, or in one another.
void read_linked_data(const element& value, DocumentInfo& info, int depth) {
  if (depth > 6) return;
  simdjson::dom::array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) read_linked_data(item, info, depth + 1);
    return;
  }
  if (!value.is_object()) return;
  if (is_article(value)) {
    std::string headline = decode_references(string_of(value, "headline"));
    fill(info.title, headline.empty() ? string_of(value, "name") : headline);
    fill_day(info.published, string_of(value, "datePublished"));
    fill_day(info.published, string_of(value, "dateCreated"));
    fill(info.language, string_of(value, "inLanguage"));
    fill(info.dateline, string_of(value, "dateline"));
    element publisher;
    if (value.at_key("publisher").get(publisher) == simdjson::SUCCESS) fill(info.outlet, decode_references(string_of(publisher, "name")));
    fill(info.url, string_of(value, "url"));
  }
  for (const char* key : {"@graph", "mainEntity"}) {
    element inner;
    if (value.at_key(key).get(inner) == simdjson::SUCCESS) read_linked_data(inner, info, depth + 1);
  }
}

struct LinkedData {
  DocumentInfo info;
  MappedText body;  ///< articleBody
};

void read_script(std::string_view page, const HtmlNode& script, ByteSpan span, LinkedData& data) {
  const auto type = attribute(script.token, "type");
  if (!type || type->find("ld+json") == std::string::npos) return;
  const std::string_view text = page.substr(span.begin, span.size());
  thread_local simdjson::dom::parser parser;
  element root;
  if (parser.parse(text.data(), text.size(), true).get(root) != simdjson::SUCCESS) return;
  read_linked_data(root, data.info, 0);
  if (data.body.text.empty())
    if (const auto body = find_json_string(text, "articleBody", 0)) data.body = decode_json_string(text.substr(body->begin, body->size()), span.begin + body->begin);
}

struct Meta {
  std::string_view name;
  std::string DocumentInfo::*into;
};
/// Names of <meta name|property|itemprop>, best first for each field.
constexpr Meta metas[] = {
    {"og:title", &DocumentInfo::title}, {"twitter:title", &DocumentInfo::title}, {"dc.title", &DocumentInfo::title},
    {"headline", &DocumentInfo::title}, {"og:site_name", &DocumentInfo::outlet}, {"dc.publisher", &DocumentInfo::outlet},
    {"article:published_time", &DocumentInfo::published}, {"datepublished", &DocumentInfo::published},
    {"og:article:published_time", &DocumentInfo::published}, {"parsely-pub-date", &DocumentInfo::published},
    {"sailthru.date", &DocumentInfo::published}, {"dc.date.issued", &DocumentInfo::published}, {"dc.date", &DocumentInfo::published},
    {"dcterms.created", &DocumentInfo::published}, {"pubdate", &DocumentInfo::published}, {"publishdate", &DocumentInfo::published},
    {"publish-date", &DocumentInfo::published}, {"publication_date", &DocumentInfo::published}, {"date", &DocumentInfo::published},
    {"og:url", &DocumentInfo::url}, {"og:locale", &DocumentInfo::language}, {"dc.language", &DocumentInfo::language},
    {"application-name", &DocumentInfo::outlet},
};

/// "Talks resume in Oslo | Nordic Herald" -> the story's part. The outlet's part is cut off where it is known or short.
std::string without_outlet(const std::string& title, const std::string& outlet) {
  for (const std::string_view bar : {" | ", " - ", " – ", " — ", " :: ", " · "}) {
    const std::size_t at = title.rfind(bar);
    if (at == std::string::npos || at < 10) continue;
    const std::string_view rest = std::string_view(title).substr(at + bar.size());
    if (same_name(rest, outlet) || (outlet.empty() && rest.size() <= 30 && rest.size() * 2 < at)) return title.substr(0, at);
  }
  return title;
}

/// "https://www.nordic-herald.example/a/b" -> "nordic-herald.example".
std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  if (host.starts_with("www.")) host.remove_prefix(4);
  return std::string(host);
}

}  // namespace

std::string declared_charset(std::string_view page) {
  page = page.substr(0, 4096);
  for (std::size_t at = 0; (at = page.find_first_of("cCeE", at)) != std::string_view::npos; ++at) {
    std::size_t value = 0;
    for (const std::string_view key : {"charset", "encoding"})
      if (same_name(page.substr(at, key.size()), key)) value = at + key.size();
    if (value == 0) continue;
    while (value < page.size() && std::isspace(static_cast<unsigned char>(page[value]))) ++value;
    if (value >= page.size() || page[value] != '=') continue;
    value = page.find_first_not_of(" \t\r\n\"'", value + 1);
    if (value == std::string_view::npos) continue;
    std::size_t end = value;
    while (end < page.size() && (std::isalnum(static_cast<unsigned char>(page[end])) || page[end] == '-' || page[end] == '_' || page[end] == ':')) ++end;
    if (end > value) return std::string(page.substr(value, end - value));
  }
  return {};
}

PageStory read_page(std::string_view page) {
  const std::vector<HtmlNode> nodes = parse_html(page);
  PageStory story;
  LinkedData linked;
  DocumentInfo from_meta[std::size(metas)];
  std::string page_title, canonical, time_published, time_any, html_language;
  for (HtmlIndex at = 1; at < nodes.size(); ++at) {
    const HtmlNode& node = nodes[at];
    const auto text_inside = [&] { return at + 1 < node.end && nodes[at + 1].name.empty() ? nodes[at + 1].token.span : ByteSpan{}; };
    if (node.name == "script") {
      if (const ByteSpan span = text_inside(); !span.empty()) read_script(page, node, span, linked);
    } else if (node.name == "meta") {
      const auto content = attribute(node.token, "content");
      if (!content) continue;
      for (const char* key : {"property", "name", "itemprop"}) {
        const auto name = attribute(node.token, key);
        if (!name) continue;
        for (std::size_t i = 0; i < std::size(metas); ++i)
          if (same_name(*name, metas[i].name)) fill(from_meta[i].*metas[i].into, *content);
      }
    } else if (node.name == "title" && page_title.empty()) {
      const ByteSpan span = text_inside();
      page_title = trimmed(decode_references(page.substr(span.begin, span.size())));
    } else if (node.name == "link" && canonical.empty()) {
      if (attribute(node.token, "rel") == "canonical") canonical = attribute(node.token, "href").value_or("");
    } else if (node.name == "html" && html_language.empty()) {
      html_language = attribute(node.token, "lang").value_or("");
    } else if (node.name == "time") {
      const std::string day = iso_day(attribute(node.token, "datetime").value_or(""));
      if (attribute(node.token, "pubdate") || attribute(node.token, "itemprop") == "datePublished") fill(time_published, day);
      fill(time_any, day);
    }
  }
  DocumentInfo& info = story.info;
  info = linked.info;
  for (std::size_t i = 0; i < std::size(metas); ++i) {
    const std::string& value = from_meta[i].*metas[i].into;
    if (metas[i].into == &DocumentInfo::published)
      fill_day(info.published, value);
    else
      fill(info.*metas[i].into, value);
  }
  fill(info.published, time_published);
  fill(info.published, time_any);
  if (!canonical.empty()) info.url = canonical;
  fill(info.language, html_language);
  if (!info.language.empty()) info.language = info.language.substr(0, info.language.find_first_of("-_"));
  fill(info.outlet, host_of(info.url));

  HtmlBody body = html_body(page, nodes, info.title.empty() ? page_title : info.title);
  fill(info.title, body.headline);
  fill(info.title, page_title);
  info.title = without_outlet(info.title, info.outlet);
  story.text = std::move(body.story);
  if (story.text.text.size() < too_little_text && linked.body.text.size() > story.text.text.size()) story.text = std::move(linked.body);
  return story;
}

}  // namespace dragoman
