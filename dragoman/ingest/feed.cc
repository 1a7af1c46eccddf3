#include "dragoman/ingest/feed.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "dragoman/ingest/day.h"
#include "dragoman/ingest/html_body.h"
#include "dragoman/ingest/markup.h"

namespace dragoman {
namespace {

bool is_item(std::string_view name) { return same_name(name, "item") || same_name(name, "entry"); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

/// An element below the item or feed, with its character data and where its content stands.
struct Field {
  MarkupToken tag;
  MappedText text;    ///< character data and CDATA, decoded; markup inside left out
  ByteSpan inside;    ///< everything between its tags
  bool has_markup = false;
};

/// Calls `with` for each element directly below the outermost one (`depth` 1), or the one below that.
template <class With>
void each_field(std::string_view xml, std::size_t depth_wanted, With with) {
  MarkupReader reader(xml, MarkupLanguage::xml);
  std::size_t depth = 0;
  Field field{};
  while (auto token = reader.next()) {
    switch (token->kind) {
      case MarkupKind::open:
        if (depth == depth_wanted) {
          field = {*token, {}, {token->span.end, token->span.end}, false};
          if (token->empty_element) with(field);
        } else if (depth > depth_wanted) {
          field.has_markup = true;
        }
        if (!token->empty_element) ++depth;
        break;
      case MarkupKind::close:
        if (depth == 0) break;
        if (--depth == depth_wanted) {
          field.inside.end = token->span.begin;
          with(field);
        }
        break;
      case MarkupKind::text:
        if (depth > depth_wanted) decode_references_into(field.text, xml.substr(token->span.begin, token->span.size()), token->span.begin);
        break;
      case MarkupKind::cdata:
        if (depth > depth_wanted) field.text.copy(xml.substr(token->span.begin, token->span.size()), token->span.begin);
        break;
    }
  }
}

/// The field's content as text: markup inside is read as HTML, whether it stands there escaped or as it is.
MappedText content_of(const Field& field, std::string_view xml) {
  if (field.has_markup) {  // Atom's xhtml
    MappedText fragment = html_fragment(xml.substr(field.inside.begin, field.inside.size()));
    SourceMap moved;
    moved.copied(field.inside.begin, field.inside.size());
    fragment.map = fragment.map.then(moved);
    return fragment;
  }
  MappedText text = html_fragment(field.text.text);
  text.map = text.map.then(field.text.map);
  return text;
}

void append(MappedText& out, const MappedText& more) {
  if (more.text.empty()) return;
  if (!out.text.empty()) out.replace("\n\n", more.map.source({0, 1}).begin, 0);
  out.map.append(more.map);
  out.text += more.text;
}

}  // namespace

FeedItems split_feed(std::string_view feed) {
  FeedItems found;
  MarkupReader reader(feed, MarkupLanguage::xml);
  constexpr std::uint32_t none = 0xffffffffu;
  std::uint32_t begin = none;  // of the item that is open
  while (const auto token = reader.next()) {
    if (!is_item(token->name) || token->empty_element) continue;
    if (begin != none) found.items.push_back({begin, token->kind == MarkupKind::close ? token->span.end : token->span.begin});
    begin = token->kind == MarkupKind::open ? token->span.begin : none;  // items don't nest: the one before lost its end
  }
  // RSS keeps its own title inside <channel>, Atom directly below <feed>; both before the first item.
  const std::string_view head = feed.substr(0, found.items.empty() ? feed.size() : found.items.front().begin);
  for (const std::size_t depth : {std::size_t{1}, std::size_t{2}})
    each_field(head, depth, [&](const Field& field) {
      const std::string_view value = trimmed(field.text.text);
      if (same_name(field.tag.name, "title") && found.info.outlet.empty()) found.info.outlet = html_fragment(value).text;
      if (same_name(field.tag.name, "language") && found.info.language.empty()) found.info.language = value.substr(0, value.find('-'));
    });
  return found;
}

FeedStory read_feed_item(std::string_view item) {
  FeedStory story;
  MappedText title, content, summary;
  std::string updated;
  each_field(item, 1, [&](const Field& field) {
    std::string_view name = field.tag.name;
    const std::string value(trimmed(field.text.text));
    const auto is = [&](std::string_view wanted) { return same_name(name, wanted); };
    if (is("title") && title.text.empty()) title = content_of(field, item);
    if ((is("content:encoded") || is("content") || is("body") || is("fulltext")) && content.text.empty()) content = content_of(field, item);
    if ((is("description") || is("summary")) && summary.text.empty()) summary = content_of(field, item);
    if ((is("pubDate") || is("published") || is("dc:date") || is("issued")) && story.info.published.empty()) story.info.published = iso_day(value);
    if (is("updated") || is("modified")) updated = iso_day(value);
    if (is("dc:language") && story.info.language.empty()) story.info.language = value;
    if (is("link")) {  // RSS: text; Atom: an attribute, "alternate" being the story
      const std::string relation = attribute(field.tag, "rel").value_or("alternate");
      const std::string target = value.empty() ? attribute(field.tag, "href").value_or("") : value;
      if (story.info.url.empty() && relation == "alternate") story.info.url = target;
    }
    if (is("source") || is("dc:publisher")) {  // another outlet's story; Atom has elements inside
      if (!field.has_markup && !value.empty()) story.info.outlet = value;
    }
  });
  if (story.info.published.empty()) story.info.published = updated;
  story.info.title = title.text;
  append(story.text, title);
  append(story.text, content.text.empty() ? summary : content);
  return story;
}

}  // namespace dragoman
