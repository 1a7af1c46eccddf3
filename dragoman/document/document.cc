#include "dragoman/document/document.h"

#include <algorithm>

namespace dragoman {

TokenIndex Document::child(TokenIndex token, Dep dep) const {
  for (const TokenIndex child : children(token))
    if (tokens_[child].dep == dep) return child;
  return no_token;
}

bool Document::is_under(TokenIndex token, TokenIndex above) const {
  while (token != above) {
    if (is_root(token)) return false;
    token = tokens_[token].head;
  }
  return true;
}

void Document::forget_annotation() {
  Document bare;
  bare.info_ = std::move(info_);
  bare.text_ = std::move(text_);
  bare.warnings_ = std::move(warnings_);
  *this = std::move(bare);
}

ByteSpan Document::bytes(TokenSpan tokens) const {
  if (tokens.empty()) return {};
  return {tokens_[tokens.begin].span.begin, tokens_[tokens.end - 1].span.end};
}

TokenIndex Document::token_at(std::uint32_t byte) const {
  const auto after = std::partition_point(tokens_.begin(), tokens_.end(), [&](const Token& token) { return token.span.end <= byte; });
  return static_cast<TokenIndex>(after - tokens_.begin());
}

TokenSpan Document::tokens_in(ByteSpan bytes) const {
  const TokenIndex begin = token_at(bytes.begin);
  const auto after = std::partition_point(tokens_.begin() + begin, tokens_.end(),
                                          [&](const Token& token) { return token.span.begin < bytes.end; });
  return {begin, std::max(begin, static_cast<TokenIndex>(after - tokens_.begin()))};
}

DocumentBuilder::DocumentBuilder(std::string text, DocumentInfo info) {
  document_.text_ = std::move(text);
  document_.info_ = std::move(info);
}

void DocumentBuilder::end_paragraph(bool is_dateline) {
  const TokenIndex begin = document_.paragraphs_.empty() ? 0 : document_.paragraphs_.back().end;
  if (begin == size()) return;
  document_.paragraphs_.push_back({begin, size()});
  if (is_dateline && document_.dateline_.empty()) document_.dateline_ = document_.paragraphs_.back();
}

std::string DocumentBuilder::check_heads() const {
  const std::vector<Token>& tokens = document_.tokens_;
  std::vector<bool> rooted(tokens.size());
  std::vector<TokenIndex> path;
  for (TokenIndex i = 0; i < tokens.size(); ++i) {
    path.clear();
    for (TokenIndex at = i; !rooted[at]; at = tokens[at].head) {
      if (tokens[at].head >= tokens.size()) return "token " + std::to_string(at) + ": head outside the document";
      if (path.size() > tokens.size()) return "token " + std::to_string(i) + ": its heads go round in a circle";
      path.push_back(at);
      if (tokens[at].head == at) break;
    }
    for (const TokenIndex at : path) rooted[at] = true;
  }
  return {};
}

Document DocumentBuilder::finish() {
  end_paragraph();
  std::vector<Token>& tokens = document_.tokens_;
  const TokenIndex count = size();

  for (const TokenSpan paragraph : document_.paragraphs_) tokens[paragraph.begin].sentence_begins = true;
  for (TokenIndex i = 0; i < count; ++i) {
    if (tokens[i].sentence_begins) document_.sentences_.push_back({i, i});
    document_.sentences_.back().end = i + 1;
    tokens[i].sentence = static_cast<std::uint32_t>(document_.sentences_.size() - 1);
    tokens[i].left_edge = tokens[i].right_edge = i;
    if (tokens[i].entity == EntityLabel::none) continue;
    const bool goes_on = !document_.names_.empty() && document_.names_.back().tokens.end == i && !tokens[i].entity_begins;
    if (!goes_on) document_.names_.push_back({{i, i}, tokens[i].entity});
    document_.names_.back().tokens.end = i + 1;
  }

  // Children by counting sort on the head; edges from the leaves up.
  std::vector<std::uint32_t>& begin = document_.child_begin_;
  begin.assign(count + 1, 0);
  for (TokenIndex i = 0; i < count; ++i)
    if (tokens[i].head != i) ++begin[tokens[i].head + 1];
  for (TokenIndex i = 0; i < count; ++i) begin[i + 1] += begin[i];
  document_.children_.resize(begin[count]);
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (TokenIndex i = 0; i < count; ++i)
    if (tokens[i].head != i) document_.children_[next[tokens[i].head]++] = i;

  std::vector<TokenIndex>& downwards = next;  // every head before its children
  downwards.clear();
  for (TokenIndex i = 0; i < count; ++i)
    if (tokens[i].head == i) downwards.push_back(i);
  for (std::size_t k = 0; k < downwards.size(); ++k)
    for (const TokenIndex child : document_.children(downwards[k])) downwards.push_back(child);
  for (std::size_t k = downwards.size(); k-- > 0;) {
    const Token& token = tokens[downwards[k]];
    Token& head = tokens[token.head];
    head.left_edge = std::min(head.left_edge, token.left_edge);
    head.right_edge = std::max(head.right_edge, token.right_edge);
  }
  return std::move(document_);
}

}  // namespace dragoman
