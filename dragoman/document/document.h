// Document: a text and what the annotator found in it. All later stages read this and nothing else of the language side.
//
//   text  ->  Annotator (language/)  ->  Document: tokens, sentences, parse, names
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/arena.h"
#include "dragoman/base/span.h"
#include "dragoman/document/labels.h"

namespace dragoman {

using TokenIndex = std::uint32_t;
inline constexpr TokenIndex no_token = 0xffffffffu;

/// One token. Views are owned by the document's arena or by the model that made it; both outlive every stage.
struct Token {
  ByteSpan span;                ///< bytes of the source text
  std::string_view lower;       ///< lower-cased text
  std::string_view norm;        ///< normalised spelling ("not" for "n't")
  std::string_view shape;       ///< "Xxxxx", "dd"
  std::string_view lemma;       ///< "say" for "said"; proper names keep their case
  std::string_view morph;       ///< UD features, "Number=Sing|Tense=Past"; "" if none
  TokenIndex head = 0;          ///< absolute index of the head; its own index for a root
  TokenIndex left_edge = 0;     ///< first token of its subtree
  TokenIndex right_edge = 0;    ///< last token of its subtree (inclusive)
  std::uint32_t sentence = 0;   ///< index into Document::sentences()
  Tag tag = Tag::none;
  Pos pos = Pos::none;
  Dep dep = Dep::none;
  EntityLabel entity = EntityLabel::none;  ///< label of the name it belongs to
  bool entity_begins = false;   ///< first token of that name
  bool sentence_begins = false;
  bool space_after = false;     ///< one U+0020 follows in the text the annotator saw
};

/// A name that the entity recogniser found.
struct NamedSpan {
  TokenSpan tokens;
  EntityLabel label;
};

/// What is known of a text from outside it. Dates are ISO ("2025-11-30"), "" if unknown.
struct DocumentInfo {
  std::string id;         ///< the caller's id; "" = none given (the reading then uses the sha256 of the text)
  std::string title;
  std::string outlet;
  std::string url;
  std::string published;
  std::string dateline;   ///< place
  std::string language;
};

/// A text with its annotation. Immutable once built (see DocumentBuilder); movable, not copyable.
/// Spans are bytes of `text()`, which is exactly what the caller gave, whatever the annotator was shown.
class Document {
 public:
  Document() = default;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;

  [[nodiscard]] const DocumentInfo& info() const { return info_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(ByteSpan span) const { return std::string_view(text_).substr(span.begin, span.size()); }
  [[nodiscard]] std::string_view text(TokenIndex token) const { return text(tokens_[token].span); }

  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
  [[nodiscard]] const Token& operator[](TokenIndex token) const { return tokens_[token]; }
  [[nodiscard]] TokenIndex size() const { return static_cast<TokenIndex>(tokens_.size()); }
  [[nodiscard]] const std::vector<TokenSpan>& sentences() const { return sentences_; }
  /// Paragraphs as token ranges, in order; every token is in one. A sentence never crosses them.
  [[nodiscard]] const std::vector<TokenSpan>& paragraphs() const { return paragraphs_; }
  /// "BRUSSELS, May 3 (Wire)": a paragraph of its own, where the text was cut by us; else empty.
  [[nodiscard]] TokenSpan dateline() const { return dateline_; }
  /// The first paragraph, if more than a dateline stands there and others follow; else empty.
  [[nodiscard]] TokenSpan opening() const {
    return paragraphs_.size() > 1 && paragraphs_[0] != dateline_ ? paragraphs_[0] : TokenSpan{};
  }
  [[nodiscard]] const std::vector<NamedSpan>& names() const { return names_; }
  /// Things that went wrong on the way here ("broken UTF-8 at byte 120 replaced"), for people.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

  /// Tokens whose head is `token`, by index, itself excluded.
  [[nodiscard]] std::span<const TokenIndex> children(TokenIndex token) const {
    return std::span(children_).subspan(child_begin_[token], child_begin_[token + 1] - child_begin_[token]);
  }
  /// The first child with that label, or no_token.
  [[nodiscard]] TokenIndex child(TokenIndex token, Dep dep) const;
  [[nodiscard]] bool is_root(TokenIndex token) const { return tokens_[token].head == token; }
  /// True if `above` is `token` or one of the heads above it.
  [[nodiscard]] bool is_under(TokenIndex token, TokenIndex above) const;
  /// All tokens from the leftmost to the rightmost of the subtree.
  [[nodiscard]] TokenSpan subtree(TokenIndex token) const {
    return {tokens_[token].left_edge, tokens_[token].right_edge + 1};
  }
  [[nodiscard]] TokenSpan sentence_of(TokenIndex token) const { return sentences_[tokens_[token].sentence]; }
  /// Lets go of what the annotator found; text, warnings and what is known of it stay. For what is kept and is read no further.
  void forget_annotation();
  /// Bytes from the first to the last of these tokens; empty for no tokens.
  [[nodiscard]] ByteSpan bytes(TokenSpan tokens) const;
  /// The token over that byte, or the first one after it; size() past the last.
  [[nodiscard]] TokenIndex token_at(std::uint32_t byte) const;
  /// The smallest token range that covers those bytes.
  [[nodiscard]] TokenSpan tokens_in(ByteSpan bytes) const;

 private:
  friend class DocumentBuilder;
  DocumentInfo info_;
  std::string text_;
  Arena arena_;
  std::vector<Token> tokens_;
  std::vector<TokenSpan> sentences_;
  std::vector<TokenSpan> paragraphs_;
  TokenSpan dateline_;
  std::vector<NamedSpan> names_;
  std::vector<std::uint32_t> child_begin_{0};
  std::vector<TokenIndex> children_;
  std::vector<std::string> warnings_;
};

/// Makes a document: tokens are added paragraph by paragraph, then `finish` derives the rest.
class DocumentBuilder {
 public:
  DocumentBuilder(std::string text, DocumentInfo info);

  [[nodiscard]] std::string_view text() const { return document_.text_; }
  /// Keeps a string for as long as the document lives.
  [[nodiscard]] std::string_view keep(std::string_view text) { return document_.arena_.keep(text); }
  /// Adds a token (span, lower, lemma, morph, head, tag, pos, dep, entity, entity_begins, sentence_begins, space_after are read;
  /// edges and sentence index are derived). Heads are absolute indices and must lie in the same paragraph.
  void add(const Token& token) { document_.tokens_.push_back(token); }
  [[nodiscard]] TokenIndex size() const { return document_.size(); }
  /// Ends the current paragraph: the tokens since the last call. Nothing if there are none.
  void end_paragraph(bool is_dateline = false);
  /// For parses from elsewhere: says which token has a head outside the document, or a chain of heads that never ends; "" if none.
  [[nodiscard]] std::string check_heads() const;
  void warn(std::string message) { document_.warnings_.push_back(std::move(message)); }
  /// Derives sentences, names, children and edges. The builder is spent.
  [[nodiscard]] Document finish();

 private:
  Document document_;
};

}  // namespace dragoman
