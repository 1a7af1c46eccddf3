// The idea is that of the reader modes of browsers (after Arc90's Readability): text blocks that are long and poor in links give points
// to the element they stand in; the element with most points holds the story. Here points are counted per block of text, not per <p>,
// so that pages made of <div> and <br> work as well, and named elements (class "related") are dropped only while they hold little.
#include "dragoman/ingest/html_body.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

constexpr std::size_t sentence_bytes = 40;    ///< a shorter block gives no points
constexpr std::size_t short_bytes = 200;      ///< a longer block is no label, caption or teaser
constexpr double most_of_page = 0.4;          ///< an element with that share of the page's prose is never dropped for its name

constexpr char line_break = '\x1E';           ///< stands for a <br> while blanks are run together

/// Bytes of the blank at `at`: ASCII, the non-breaking one, or a line break; 0 if it is none.
std::size_t blank_at(std::string_view text, std::size_t at) {
  if (text[at] == line_break || std::isspace(static_cast<unsigned char>(text[at]))) return 1;
  return text.compare(at, 2, "\xC2\xA0") == 0 ? 2 : 0;
}

struct Boilerplate {
  std::unordered_set<std::string_view> classes;  ///< "-related-", "-read-more-"
  std::vector<std::string_view> openings, captions;
  std::unordered_set<std::string_view> lines;
};

const Boilerplate& boilerplate() {
  static const Boilerplate tables = [] {
    Boilerplate made;
    const auto table = parse_tsv(embedded_data("ingest/boilerplate.tsv"), "ingest/boilerplate.tsv", {"kind", "words"});
    if (!table) return made;
    for (const TsvRow& row : table->rows) {
      if (row.cells[0] == "class") made.classes.insert(row.cells[1]);
      if (row.cells[0] == "opening") made.openings.push_back(row.cells[1]);
      if (row.cells[0] == "caption") made.captions.push_back(row.cells[1]);
      if (row.cells[0] == "line") made.lines.insert(row.cells[1]);
    }
    return made;
  }();
  return tables;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Never part of a story.
bool is_hard(std::string_view name) {
  return is_one_of(name, {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button", "select", "option", "textarea",
                          "input", "video", "audio", "canvas", "dialog", "title", "head", "picture"});
}
/// Not part of a story unless it holds most of the page (whole pages stand in a <form>, whole stories in a <figure>).
bool is_soft(std::string_view name) { return is_one_of(name, {"nav", "footer", "aside", "form", "figure", "figcaption", "menu", "caption"}); }

bool is_heading(std::string_view name) { return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'; }

/// "relatedStories main_col" -> "related", "stories", "main", "col".
std::vector<std::string> words_of_class(std::string_view text) {
  std::vector<std::string> words;
  bool fresh = true, was_lower = false;
  for (const char c : text.substr(0, 1024)) {
    const auto letter = static_cast<unsigned char>(c);
    if (!std::isalnum(letter)) {
      fresh = true;
      continue;
    }
    if (fresh || (std::isupper(letter) && was_lower)) words.emplace_back();
    words.back() += static_cast<char>(std::tolower(letter));
    fresh = false;
    was_lower = std::islower(letter) != 0;
  }
  return words;
}

bool has_boilerplate_name(const MarkupToken& token) {
  const auto& classes = boilerplate().classes;
  for (const char* name : {"class", "id", "role"}) {
    const auto value = attribute(token, name);
    if (!value) continue;
    const std::vector<std::string> words = words_of_class(*value);
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string joined = words[i];
      for (std::size_t length = 1; length <= 4; ++length) {
        if (classes.contains(joined)) return true;
        if (i + length >= words.size()) break;
        joined += '-' + words[i + length];
      }
    }
  }
  return false;
}

bool is_hidden(const MarkupToken& token) {
  if (token.inside.size() < 6) return false;
  if (attribute(token, "hidden") || attribute(token, "aria-hidden") == "true") return true;
  const auto style = attribute(token, "style");
  if (!style) return false;
  std::string plain;
  for (const char c : *style)
    if (c != ' ') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return plain.find("display:none") != std::string::npos || plain.find("visibility:hidden") != std::string::npos;
}

/// Text of one block, or of a part of it between two line breaks.
struct Block {
  HtmlIndex element;                ///< the block element it stands in
  std::vector<HtmlIndex> texts;
  std::size_t bytes = 0;            ///< of text, blanks not counted twice
  std::size_t link_bytes = 0;

  [[nodiscard]] double links() const { return bytes == 0 ? 1 : static_cast<double>(link_bytes) / static_cast<double>(bytes); }
  [[nodiscard]] bool is_prose() const { return bytes >= sentence_bytes && links() < 0.4; }
};

std::size_t text_bytes(std::string_view text) {
  std::size_t bytes = 0;
  bool blank = true;
  for (const char c : text) {
    const bool here = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!here || !blank) ++bytes;
    blank = here;
  }
  return bytes;
}

/// Reads a page; the members are the stages.
class BodyFinder {
 public:
  BodyFinder(std::string_view page, const std::vector<HtmlNode>& nodes) : page_(page), nodes_(nodes), dropped_(nodes.size()) {}

  /// Marks elements that never count, with all inside them.
  void drop_hard() {
    for (HtmlIndex at = 1; at < nodes_.size(); ++at) {
      const HtmlNode& node = nodes_[at];
      if (!node.name.empty() && (is_hard(node.name) || is_hidden(node.token))) drop(at);
      if (dropped_[at]) at = node.end - 1;
    }
  }

  /// Marks elements by name and class, unless most of the prose is inside.
  void drop_soft() {
    const std::vector<Block> blocks = find_blocks(0);
    std::vector<std::size_t> prose(nodes_.size() + 1);  // bytes of prose in the blocks of elements before that index
    for (const Block& block : blocks)
      if (block.is_prose()) prose[block.texts.front() + 1] += block.bytes;
    for (std::size_t i = 1; i < prose.size(); ++i) prose[i] += prose[i - 1];
    const auto most = static_cast<std::size_t>(most_of_page * static_cast<double>(prose.back()));
    for (HtmlIndex at = 1; at < nodes_.size(); ++at) {
      const HtmlNode& node = nodes_[at];
      if (dropped_[at]) {
        at = node.end - 1;
        continue;
      }
      if (node.name.empty() || is_one_of(node.name, {"html", "body", "main", "article"}) || is_heading(node.name)) continue;
      const std::size_t inside = prose[node.end] - prose[at];
      if (inside > most || (inside == most && most > 0)) continue;
      if (is_soft(node.name) || has_boilerplate_name(node.token)) drop(at);
    }
  }

  /// The elements that hold the story, in order: one, perhaps with its siblings.
  [[nodiscard]] std::vector<HtmlIndex> containers() const {
    const std::vector<Block> blocks = find_blocks(0);
    std::map<HtmlIndex, double> points;
    std::vector<std::size_t> prose(nodes_.size() + 1);
    std::map<HtmlIndex, std::size_t> blocks_of;
    for (const Block& block : blocks) ++blocks_of[block.element];
    for (const Block& block : blocks) {
      if (!block.is_prose()) continue;
      prose[block.texts.front() + 1] += block.bytes;
      HtmlIndex holder = block.element;  // what is one paragraph, whatever it is called, counts for what it stands in
      if (holder != 0 && blocks_of[holder] == 1 && !is_one_of(nodes_[holder].name, {"body", "main", "article"})) holder = nodes_[holder].parent;
      const double worth = (1 + std::min(static_cast<double>(block.bytes) / 100, 5.0)) * (1 - block.links());
      points[holder] += worth;
      if (holder != 0) points[nodes_[holder].parent] += worth / 2;
    }
    for (std::size_t i = 1; i < prose.size(); ++i) prose[i] += prose[i - 1];
    const auto inside = [&](HtmlIndex at) { return prose[nodes_[at].end] - prose[at]; };
    if (prose.back() == 0) return {0};

    // A page that says where its story is, is believed if the element holds a fair part of the prose.
    HtmlIndex marked = 0;
    for (HtmlIndex at = 1; at < nodes_.size(); ++at) {
      const HtmlNode& node = nodes_[at];
      if (dropped_[at] || node.name.empty() || node.token.inside.size() < 10) continue;
      const auto property = attribute(node.token, "itemprop");
      if (property && property->find("articleBody") != std::string::npos && (marked == 0 || inside(at) > inside(marked))) marked = at;
    }
    if (marked != 0 && inside(marked) * 3 >= prose.back()) return {marked};
    for (HtmlIndex at = 1; at < nodes_.size(); ++at)
      if (!dropped_[at] && nodes_[at].name == "article" && inside(at) * 5 >= prose.back() * 3 && (marked == 0 || inside(at) >= inside(marked))) marked = at;
    if (marked != 0) return {marked};

    HtmlIndex best = 0;
    double most = -1;
    for (const auto& [element, worth] : points)
      if (worth > most) best = element, most = worth;
    if (best == 0) return {0};
    // A story cut into several elements side by side, by advertisements for instance.
    std::vector<HtmlIndex> found;
    const HtmlIndex parent = nodes_[best].parent;
    for (HtmlIndex at = parent + 1; at < nodes_[parent].end; at = nodes_[at].end) {
      if (dropped_[at] || nodes_[at].name.empty()) continue;
      const auto worth = points.find(at);
      if (at == best || (worth != points.end() && worth->second >= 0.2 * most) || (nodes_[at].name == "p" && inside(at) > 0)) found.push_back(at);
    }
    return found;
  }

  /// The <h1> that is the headline: the one most like the title, else the first.
  [[nodiscard]] HtmlIndex headline(std::string_view title, const std::vector<HtmlIndex>& story) const {
    HtmlIndex best = 0;
    double most = 0;
    const auto wanted = words_in(title);
    for (HtmlIndex at = 1; at < nodes_.size(); ++at) {
      if (dropped_[at]) {
        at = nodes_[at].end - 1;
        continue;
      }
      if (nodes_[at].name != "h1" && nodes_[at].name != "h2") continue;
      const auto words = words_in(plain_text(at));
      if (words.empty()) continue;
      const auto shared = static_cast<double>(std::count_if(words.begin(), words.end(), [&](const std::string& word) { return wanted.contains(word); }));
      const double like = shared / static_cast<double>(words.size());
      const bool first = nodes_[at].name == "h1" && wanted.empty();
      // An <h2> is the headline only where it is the title; an <h1> also where it is before the story and the title is of another kind.
      const bool before = nodes_[at].name == "h1" && at < nodes_[story.back()].end;
      const double worth = first ? 0.5 : like >= 0.6 ? like : before ? 0.1 : 0;
      if (worth > most) best = at, most = worth;
    }
    return best;
  }

  void append(HtmlIndex element, HtmlIndex headline, MappedText& out) const {
    for (const Block& block : find_blocks(element)) {
      if (headline != 0 && block.texts.front() > headline && block.texts.front() < nodes_[headline].end) continue;
      if (is_story(block)) append_block(block, out);
    }
  }
  void append_all(HtmlIndex element, MappedText& out) const {
    for (const Block& block : find_blocks(element)) append_block(block, out);
  }

  [[nodiscard]] std::string plain_text(HtmlIndex element) const {
    MappedText text;
    append_all(element, text);
    return std::move(text.text);
  }

  /// Blocks inside an element, in order, what is dropped left out.
  [[nodiscard]] std::vector<Block> find_blocks(HtmlIndex inside) const {
    std::vector<Block> blocks;
    std::vector<std::pair<HtmlIndex, HtmlIndex>> open;  // block elements and their ends
    std::vector<HtmlIndex> links;                       // ends of open links
    const HtmlIndex stop = nodes_[inside].end;
    open.emplace_back(inside, stop);
    bool fresh = true;
    std::size_t breaks = 0;  // since the last text; one is a line break, more end the block
    HtmlIndex last_break = 0;
    for (HtmlIndex at = nodes_[inside].name.empty() ? inside : inside + 1; at < stop; ++at) {
      while (open.size() > 1 && open.back().second <= at) {
        open.pop_back();
        fresh = true;
      }
      while (!links.empty() && links.back() <= at) links.pop_back();
      const HtmlNode& node = nodes_[at];
      if (dropped_[at]) {
        at = node.end - 1;
        continue;
      }
      if (node.name.empty()) {
        const std::size_t bytes = text_bytes(page_.substr(node.token.span.begin, node.token.span.size()));
        if ((fresh || breaks > 0) && bytes == 0) continue;
        if (fresh || breaks > 1)
          blocks.push_back({.element = open.back().first, .texts = {}});
        else if (breaks == 1)
          blocks.back().texts.push_back(last_break);
        fresh = false;
        breaks = 0;
        blocks.back().texts.push_back(at);
        blocks.back().bytes += bytes;
        if (!links.empty()) blocks.back().link_bytes += bytes;
      } else if (node.name == "br") {
        ++breaks;
        last_break = at;
      } else if (is_block_element(node.name)) {
        fresh = true;
        if (node.end > at + 1) open.emplace_back(at, node.end);
      } else if (node.name == "a" && node.end > at + 1) {
        links.push_back(node.end);
      }
    }
    return blocks;
  }

 private:
  void drop(HtmlIndex at) { std::fill(dropped_.begin() + at, dropped_.begin() + nodes_[at].end, true); }

  static std::unordered_set<std::string> words_in(std::string_view text) {
    std::unordered_set<std::string> words;
    std::string word;
    for (const char c : text) {
      if (std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80)
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      else if (!word.empty())
        words.insert(std::exchange(word, {}));
    }
    if (!word.empty()) words.insert(word);
    return words;
  }

  /// Leaves out labels, teasers, captions and the like.
  [[nodiscard]] bool is_story(const Block& block) const {
    if (block.bytes >= short_bytes && block.links() < 0.7) return true;
    MappedText mapped;
    append_block(block, mapped);
    std::string text = std::move(mapped.text);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
    if (text.empty() || block.links() >= 0.7) return false;
    const bool stops = std::string_view(".!?:;").find(text.back()) != std::string_view::npos || text.ends_with("”") || text.ends_with("\"") ||
                       text.ends_with("’") || text.ends_with(")") || text.ends_with("…") || text.ends_with("»");
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (boilerplate().lines.contains(text)) return false;
    for (const std::string_view caption : boilerplate().captions)
      if (text.starts_with(caption)) return false;
    for (const std::string_view opening : boilerplate().openings)
      if (text.starts_with(opening) && (block.links() >= 0.3 || !stops || opening.ends_with(':') || text[opening.size()] == ':')) return false;
    if (text.starts_with("by ") && block.bytes <= 60 && !stops) return false;  // a byline
    // A word or two on their own outside a paragraph: a button, a label, a time of reading.
    return stops || block.bytes > sentence_bytes || is_one_of(nodes_[block.element].name, {"p", "li", "blockquote", "pre"}) || is_heading(nodes_[block.element].name);
  }

  /// The block's text after what is there already, blanks run together.
  void append_block(const Block& block, MappedText& out) const {
    MappedText raw;
    for (const HtmlIndex at : block.texts) {
      if (nodes_[at].name == "br") {
        raw.replace(std::string_view(&line_break, 1), nodes_[at].token.span.begin, nodes_[at].token.span.size());
        continue;
      }
      const ByteSpan span = nodes_[at].token.span;
      decode_references_into(raw, page_.substr(span.begin, span.size()), span.begin);
    }
    MappedText clean;  // its map leads to `raw`
    bool blank = true;
    for (std::size_t at = 0; at < raw.text.size();) {
      if (blank_at(raw.text, at) > 0) {
        std::size_t end = at;
        for (std::size_t size; end < raw.text.size() && (size = blank_at(raw.text, end)) > 0;) end += size;
        if (!blank && end < raw.text.size()) {
          if (raw.text.find(line_break, at) < end)
            clean.replace("\n", at, end - at);
          else if (end - at == 1 && raw.text[at] == ' ')
            clean.copy(" ", at);
          else
            clean.replace(" ", at, end - at);
        }
        blank = true;
        at = end;
      } else {
        std::size_t end = at;
        while (end < raw.text.size() && blank_at(raw.text, end) == 0) ++end;
        clean.copy(std::string_view(raw.text).substr(at, end - at), at);
        blank = false;
        at = end;
      }
    }
    if (clean.text.empty()) return;
    const SourceMap map = clean.map.then(raw.map);
    const std::uint32_t begin = map.source({0, 1}).begin;
    if (!out.text.empty()) out.replace("\n\n", begin, 0);
    out.map.append(map);
    out.text += clean.text;
  }

  std::string_view page_;
  const std::vector<HtmlNode>& nodes_;
  std::vector<bool> dropped_;
};

}  // namespace

HtmlBody html_body(std::string_view page, const std::vector<HtmlNode>& nodes, std::string_view title) {
  BodyFinder finder(page, nodes);
  finder.drop_hard();
  finder.drop_soft();
  const std::vector<HtmlIndex> story = finder.containers();
  HtmlBody body;
  const HtmlIndex headline = finder.headline(title, story);
  if (headline != 0) finder.append_all(headline, body.story);
  body.headline = body.story.text;
  for (const HtmlIndex element : story) finder.append(element, headline, body.story);
  return body;
}

MappedText html_fragment(std::string_view fragment) {
  const std::vector<HtmlNode> nodes = parse_html(fragment);
  BodyFinder finder(fragment, nodes);
  finder.drop_hard();
  MappedText text;
  finder.append_all(0, text);
  return text;
}

}  // namespace dragoman
