// Writing is a few per cent of annotating only if it is done with care: room is made once a token, then bytes are put down.
#include "dragoman/view/annotation.h"

#include <array>
#include <charconv>
#include <cstring>

#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out), at_(out.size()) {}
  ~Writer() { out_.resize(at_); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void need(std::size_t bytes) {
    if (out_.size() - at_ < bytes) out_.resize(std::max(out_.size() * 2, at_ + bytes + 4096));
  }
  void put(char c) { out_[at_++] = c; }
  void put(std::string_view text) {
    std::memcpy(out_.data() + at_, text.data(), text.size());
    at_ += text.size();
  }
  void number(std::uint64_t n) { at_ = static_cast<std::size_t>(std::to_chars(out_.data() + at_, out_.data() + at_ + 20, n).ptr - out_.data()); }
  /// A JSON string. Text must be valid UTF-8.
  void quoted(std::string_view text) {
    need(text.size() * 6 + 64);
    put('"');
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x20 || c == '"' || c == '\\') {
        escape(c);
      } else if ((byte == 0xC2 || byte == 0xE2) && breaks_line(text.substr(i))) {
        // Unicode's own line breaks: many readers would take them for the end of the row.
        put(byte == 0xC2 ? "\\u0085" : text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029");
        i += byte == 0xC2 ? 1 : 2;
      } else {
        put(c);
      }
    }
    put('"');
  }

 private:
  static bool breaks_line(std::string_view text) {
    return text.starts_with("\xC2\x85") || text.starts_with("\xE2\x80\xA8") || text.starts_with("\xE2\x80\xA9");
  }
  void escape(char c) {
    put('\\');
    switch (c) {
      case '"': case '\\': return put(c);
      case '\n': return put('n');
      case '\r': return put('r');
      case '\t': return put('t');
      default:
        put("u00");
        put("0123456789abcdef"[static_cast<unsigned char>(c) >> 4]);
        put("0123456789abcdef"[c & 15]);
    }
  }

  std::string& out_;
  std::size_t at_;
};

std::string repaired(std::string_view text) {
  std::string sound;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = decode_utf8(text, at);
    append_utf8(sound, character.code_point);
    at += character.size;
  }
  return sound;
}

/// The source text of a token or document, made sound where it isn't.
class SourceText {
 public:
  explicit SourceText(const Document& document) : document_(document), sound_(is_valid_utf8(document.text())) {}
  std::string_view operator()(ByteSpan span) {
    if (sound_) return document_.text(span);
    repaired_ = repaired(document_.text(span));
    return repaired_;
  }

 private:
  const Document& document_;
  bool sound_;
  std::string repaired_;
};

char iob(const Token& token) { return token.entity == EntityLabel::none ? 'O' : token.entity_begins ? 'B' : 'I'; }

/// A form or text for a column of CoNLL-U.
std::string escaped(std::string_view text, bool blanks) {
  std::string column;
  for (const char c : text) {
    if (c == '\n') column += "\\n";
    else if (c == '\r') column += "\\r";
    else if (c == '\t') column += "\\t";
    else if (c == ' ' && blanks) column += "\\s";
    else column += c;
  }
  return column.empty() ? "_" : column;
}

}  // namespace

void append_annotation_json(const Document& document, std::string& out) {
  Writer writer(out);
  SourceText source(document);
  writer.need(64);
  writer.put("{\"id\":");
  writer.quoted(document.info().id);
  writer.put(",\"text\":");
  writer.quoted(source({0, static_cast<std::uint32_t>(document.text().size())}));
  writer.put(",\"sents\":[");
  char comma = 0;
  const auto separate = [&] {
    writer.need(128);
    if (comma) writer.put(comma);
    comma = ',';
  };
  for (const TokenSpan sentence : document.sentences()) {
    separate();
    writer.put('[');
    writer.number(sentence.begin);
    writer.put(',');
    writer.number(sentence.end);
    writer.put(']');
  }
  writer.need(64);
  writer.put("],\"ents\":[");
  comma = 0;
  for (const NamedSpan& name : document.names()) {
    separate();
    writer.put('[');
    writer.number(name.tokens.begin);
    writer.put(',');
    writer.number(name.tokens.end);
    writer.put(",\"");
    writer.put(to_string(name.label));
    writer.put("\"]");
  }
  writer.need(64);
  writer.put("],\"tokens\":[");
  comma = 0;
  for (const Token& token : document.tokens()) {
    separate();
    writer.put('[');
    writer.quoted(source(token.span));
    writer.put(',');
    writer.number(token.span.begin);
    writer.put(token.space_after ? ",1," : ",0,");
    writer.quoted(token.norm);
    writer.put(',');
    writer.quoted(token.lower);
    writer.put(',');
    writer.quoted(token.shape);
    writer.put(',');
    writer.quoted(token.lemma);
    writer.put(",\"");
    writer.put(to_string(token.tag));
    writer.put("\",\"");
    writer.put(to_string(token.pos));
    writer.put("\",\"");
    writer.need(token.morph.size() + 192);  // labels and features hold nothing that needs an escape
    writer.put(token.morph);
    writer.put("\",\"");
    writer.put(to_string(token.dep));
    writer.put("\",");
    writer.number(token.head);
    writer.put(token.sentence_begins ? ",1,\"" : ",-1,\"");
    writer.put(iob(token));
    writer.put("\",\"");
    writer.put(to_string(token.entity));
    writer.put("\"]");
  }
  writer.need(8);
  writer.put("]}\n");
}

void append_conllu(const Document& document, std::string& out) {
  Writer writer(out);
  SourceText source(document);
  const auto line = [&](std::string_view text) {
    writer.need(text.size() + 1);
    writer.put(text);
  };
  if (!document.info().id.empty()) line("# newdoc id = " + escaped(document.info().id, false) + "\n");
  std::size_t number = 0;
  for (const TokenSpan sentence : document.sentences()) {
    line("# sent_id = " + (document.info().id.empty() ? std::string("s") : escaped(document.info().id, false) + "-s") + std::to_string(++number) + "\n");
    std::string text(source(document.bytes(sentence)));
    for (char& c : text)
      if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    line("# text = " + text + "\n");
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
      const Token& token = document[i];
      const bool root = token.head == i || !sentence.contains(token.head);
      const auto column = [&](std::string_view value) {
        writer.need(value.size() + 2);
        writer.put('\t');
        writer.put(value.empty() ? "_" : value);
      };
      writer.need(32);
      writer.number(i - sentence.begin + 1);
      column(escaped(source(token.span), true));
      column(escaped(token.lemma, true));
      column(to_string(token.pos));
      column(to_string(token.tag));
      column(token.morph);
      writer.need(32);
      writer.put('\t');
      writer.number(root ? 0 : token.head - sentence.begin + 1);
      column(token.dep == Dep::root ? "root" : to_string(token.dep));
      column("_");
      writer.need(192);
      writer.put('\t');
      if (!token.space_after) writer.put("SpaceAfter=No|");
      writer.put("start_byte=");
      writer.number(token.span.begin);
      writer.put("|end_byte=");
      writer.number(token.span.end);
      if (token.entity != EntityLabel::none) {
        writer.put("|NER=");
        writer.put(iob(token));
        writer.put('-');
        writer.put(to_string(token.entity));
      }
      writer.put('\n');
    }
    writer.need(1);
    writer.put('\n');
  }
}

}  // namespace dragoman
