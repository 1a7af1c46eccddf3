#include "tests/builders.h"

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

struct Row {
  std::string form, lemma, dep, tag, label;
  TokenIndex head;
  bool begins_paragraph = false;
};

Row row_of(std::string_view line) {
  const std::vector<std::string_view> cells = split(line, ' ');
  if (cells.size() != 4 && cells.size() != 5) throw std::invalid_argument("parsed(): " + std::string(line));
  const std::string_view tag = cells.size() == 5 ? cells[4] : std::string_view();
  const std::size_t colon = tag.size() > 1 ? tag.find(':', 1) : std::string_view::npos;
  return {std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), std::string(tag.substr(0, colon)),
          colon == std::string_view::npos ? "" : std::string(tag.substr(colon + 1)), static_cast<TokenIndex>(std::stoul(std::string(cells[3]))), false};
}

Pos pos_from(Tag tag) {
  const std::string_view name = to_string(tag);
  if (name.starts_with("NNP")) return Pos::propn;
  if (name.starts_with("NN")) return Pos::noun;
  if (name.starts_with("VB")) return Pos::verb;
  if (name.starts_with("JJ")) return Pos::adj;
  if (name.starts_with("RB")) return Pos::adv;
  if (name.starts_with("PRP")) return Pos::pron;
  if (tag == Tag::in) return Pos::adp;
  if (tag == Tag::md) return Pos::aux;
  if (tag == Tag::cd) return Pos::num;
  if (tag == Tag::dt) return Pos::det;
  return Pos::none;
}

bool joins_left(std::string_view form) {
  return form == "," || form == "." || form == ":" || form == ";" || form == "?" || form == "!" || form == "”" || form == "'s" ||
         form == "’s" || form == "n't";
}

}  // namespace

Document parsed(std::string_view rows, DocumentInfo info) {
  std::vector<Row> table;
  bool begins_paragraph = false;
  for (const std::string_view line : split(rows, '\n')) {
    if (line == "¶") {
      begins_paragraph = true;
      continue;
    }
    table.push_back(row_of(line));
    table.back().begins_paragraph = std::exchange(begins_paragraph, false);
  }

  std::string text;
  std::vector<ByteSpan> spans;
  for (const Row& row : table) {
    const bool after_open_quote = text.ends_with("“");
    if (row.begins_paragraph) text += '\n';
    else if (!text.empty() && !joins_left(row.form) && !after_open_quote) text += ' ';
    spans.push_back({static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size() + row.form.size())});
    text += row.form;
  }

  DocumentBuilder builder(text, std::move(info));
  const auto root_of = [&](TokenIndex at) {
    while (table[at].head != at) at = table[at].head;
    return at;
  };
  for (TokenIndex i = 0; i < table.size(); ++i) {
    const Row& row = table[i];
    if (row.begins_paragraph) builder.end_paragraph();
    Token token;
    token.span = spans[i];
    std::string lower = row.form;
    for (char& c : lower)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    token.lower = token.norm = builder.keep(lower);
    token.lemma = builder.keep(row.lemma);
    token.head = row.head;
    const std::string label = row.dep == "root" ? "ROOT" : row.dep;
    token.dep = dep_of(label).value();
    token.tag = tag_of(row.tag).value();
    token.pos = row.dep == "punct" ? Pos::punct : pos_from(token.tag);
    if (!row.label.empty()) {
      token.entity = entity_label_of(row.label).value();
      token.entity_begins = i == 0 || table[i - 1].label != row.label;
    }
    token.sentence_begins = i == 0 || root_of(i) != root_of(i - 1);
    token.space_after = i + 1 < spans.size() && spans[i + 1].begin > spans[i].end;
    builder.add(token);
  }
  return builder.finish();
}

}  // namespace dragoman
