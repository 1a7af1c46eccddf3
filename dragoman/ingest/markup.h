// Markup: HTML and XML as a row of tokens, each with its place. No tree, no correction: html_tree.h and feed.h make of it what they need.
//
// Written here because every text must lead back to its bytes, and because pages are hostile: this reader looks at each byte a bounded
// number of times, needs no stack, and has no entity that refers to another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dragoman/base/span.h"
#include "dragoman/document/source_map.h"

namespace dragoman {

enum class MarkupKind : std::uint8_t {
  text,   ///< with entities as they stand
  cdata,  ///< XML: text without entities
  open,   ///< "<p class=x>"
  close,  ///< "</p>"
};

struct MarkupToken {
  MarkupKind kind;
  ByteSpan span;             ///< the whole token; for text and cdata, the text itself
  std::string_view name;     ///< of a tag, as written ("P", "content:encoded")
  std::string_view inside;   ///< of an opening tag: what follows the name
  bool empty_element = false;  ///< ends in "/>"
};

enum class MarkupLanguage : std::uint8_t { html, xml };

/// Reads valid UTF-8. Comments, declarations and processing instructions are passed over. In HTML the content of <script>, <style>,
/// <textarea>, <title> and their like is one text.
class MarkupReader {
 public:
  MarkupReader(std::string_view markup, MarkupLanguage language) : markup_(markup), language_(language) {}
  [[nodiscard]] std::optional<MarkupToken> next();

 private:
  std::optional<MarkupToken> tag();
  std::optional<MarkupToken> text_until(std::size_t end);

  std::string_view markup_;
  MarkupLanguage language_;
  std::size_t at_ = 0;
  std::string raw_until_;  ///< inside such an element: its name
};

/// The value of an attribute of an opening tag, entities decoded; nothing where there is none. Names are compared without regard to case.
[[nodiscard]] std::optional<std::string> attribute(const MarkupToken& token, std::string_view name);

/// True if two names are one, without regard to case.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

struct CharacterReference {
  std::string text;  ///< what it stands for, UTF-8
  std::size_t size;  ///< bytes of the reference
};

/// The reference that begins at the "&" at `at`; nothing where it is but an ampersand.
[[nodiscard]] std::optional<CharacterReference> character_reference(std::string_view markup, std::size_t at);

/// Text with its references decoded.
[[nodiscard]] std::string decode_references(std::string_view text);
/// The same, with the way back; `origin` is where `text` stands in the source.
void decode_references_into(MappedText& out, std::string_view text, std::size_t origin);

}  // namespace dragoman
