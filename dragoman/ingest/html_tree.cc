#include "dragoman/ingest/html_tree.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "dragoman/base/limits.h"

namespace dragoman {
namespace {

enum Traits : std::uint8_t { is_void = 1, is_block = 2, ends_paragraph = 4 };

/// Elements known by name, and how they behave. What is missing is "other", an inline element.
const std::unordered_map<std::string_view, std::uint8_t>& elements() {
  static const std::unordered_map<std::string_view, std::uint8_t> table = [] {
    std::unordered_map<std::string_view, std::uint8_t> map;
    const auto add = [&](std::uint8_t traits, std::initializer_list<std::string_view> names) {
      for (const std::string_view name : names) map[name] = traits;
    };
    add(is_void, {"area", "base", "col", "embed", "img", "input", "link", "meta", "param", "source", "track", "wbr"});
    add(is_void | is_block, {"br"});
    add(is_void | is_block | ends_paragraph, {"hr"});
    add(is_block | ends_paragraph,
        {"address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset", "figcaption", "figure",
         "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "main", "menu", "nav", "ol", "p", "pre", "section",
         "summary", "table", "ul", "li", "dd", "dt"});
    add(is_block, {"html", "head", "body", "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "option", "select", "template", "noscript",
                   "textarea", "title", "iframe", "object", "video", "audio", "canvas"});
    add(0, {"a", "abbr", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
            "mark", "picture", "q", "s", "samp", "script", "small", "span", "strike", "strong", "style", "sub", "sup", "svg", "math", "time",
            "tt", "u", "var"});
    return map;
  }();
  return table;
}

std::uint8_t traits_of(std::string_view name) {
  const auto found = elements().find(name);
  return found == elements().end() ? 0 : found->second;
}

/// The name as the table has it, which lives for ever.
std::string_view known_name(std::string_view written) {
  std::array<char, 16> lowered{};
  if (written.size() > lowered.size()) return "other";
  std::transform(written.begin(), written.end(), lowered.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto found = elements().find({lowered.data(), written.size()});
  return found == elements().end() ? "other" : found->first;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class TreeBuilder {
 public:
  explicit TreeBuilder(std::string_view page) : reader_(page, MarkupLanguage::html) {
    nodes_.push_back({.name = "other", .token = {.kind = MarkupKind::open, .span = {}, .name = {}, .inside = {}}, .parent = 0, .end = 0});
    open_.push_back(0);
  }

  std::vector<HtmlNode> build() {
    while (auto token = reader_.next()) {
      switch (token->kind) {
        case MarkupKind::open: open(*token); break;
        case MarkupKind::close: close(known_name(token->name)); break;
        default: add({}, *token);
      }
    }
    while (!open_.empty()) pop();
    return std::move(nodes_);
  }

 private:
  HtmlIndex add(std::string_view name, const MarkupToken& token) {
    const auto index = static_cast<HtmlIndex>(nodes_.size());
    nodes_.push_back({.name = name, .token = token, .parent = open_.back(), .end = index + 1});
    return index;
  }

  void open(const MarkupToken& token) {
    const std::string_view name = known_name(token.name);
    const std::uint8_t traits = traits_of(name);
    if (traits & ends_paragraph) end_open("p", {"td", "th", "caption", "button", "object", "table"});
    if (name == "li") end_open("li", {"ul", "ol", "menu"});
    if (name == "dt" || name == "dd") end_open("dt", {"dl"}), end_open("dd", {"dl"});
    if (name == "td" || name == "th") end_open("td", {"table", "tr"}), end_open("th", {"table", "tr"});
    if (name == "tr") end_open("tr", {"table"});
    if (name == "option") end_open("option", {"select"});
    if (name == "a") end_open("a", {"td", "th", "p", "div", "li"});
    const HtmlIndex index = add(name, token);
    if (traits & is_void) return;
    if (token.empty_element && is_one_of(name, {"other", "svg", "math"})) return;
    if (open_.size() >= limits::html_depth) return;
    open_.push_back(index);
    ++count_[name];
  }

  /// Ends the innermost open `name`, unless an element of `bounds` stands within it.
  void end_open(std::string_view name, std::initializer_list<std::string_view> bounds) {
    if (count_[name] == 0) return;
    for (std::size_t at = open_.size(); at-- > 1;) {
      const std::string_view here = nodes_[open_[at]].name;
      if (here == name) return pop_to(at);
      if (is_one_of(here, bounds)) return;
    }
  }

  void close(std::string_view name) {
    if (count_[name] == 0) return;
    // "<b><div>...</b>" leaves the div open; "</div>" ends all that is inside it.
    const bool block = traits_of(name) & is_block;
    for (std::size_t at = open_.size(); at-- > 1;) {
      const std::string_view here = nodes_[open_[at]].name;
      if (here == name) return pop_to(at);
      if (!block && (traits_of(here) & is_block)) return;
      if (here == "table" && name != "body" && name != "html" && name != "div" && name != "section" && name != "article" && name != "main") return;
    }
  }

  void pop_to(std::size_t depth) {
    while (open_.size() > depth) pop();
  }
  void pop() {
    HtmlNode& node = nodes_[open_.back()];
    node.end = static_cast<HtmlIndex>(nodes_.size());
    if (open_.size() > 1) --count_[node.name];
    open_.pop_back();
  }

  MarkupReader reader_;
  std::vector<HtmlNode> nodes_;
  std::vector<HtmlIndex> open_;
  std::unordered_map<std::string_view, std::size_t> count_;  ///< open elements, by name
};

}  // namespace

bool is_block_element(std::string_view name) { return traits_of(name) & is_block; }

std::vector<HtmlNode> parse_html(std::string_view page) { return TreeBuilder(page).build(); }

}  // namespace dragoman
