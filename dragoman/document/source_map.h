// SourceMap: the way from an extracted text back to the bytes that it was taken from.
//
//   page, row or feed item  ->  ingest/  ->  text + SourceMap  ->  documents.offsets (packed)
//
// A text that was taken out of a page leaves out markup, decodes entities and changes the encoding. The map is a row of pieces: most
// run in step with the source byte for byte; the others (an "&amp;", a Latin-1 "é") stand for some source bytes as a whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/base/span.h"

namespace dragoman {

class SourceMap {
 public:
  /// The next `size` bytes of the text are the source's from `source` on. Pieces come in the order of the text; the source's order is free.
  void copied(std::uint32_t source, std::uint32_t size);
  /// The next `size` bytes of the text stand for the source's [source, source + source_size); the latter may be empty ("\n\n" between
  /// two paragraphs).
  void replaced(std::uint32_t source, std::uint32_t source_size, std::uint32_t size);

  /// Goes on with all of another map.
  void append(const SourceMap& other);

  /// Bytes of text that the pieces cover.
  [[nodiscard]] std::uint32_t size() const { return pieces_.empty() ? 0 : pieces_.back().text + pieces_.back().size; }
  /// True if text and source are the same byte for byte.
  [[nodiscard]] bool is_identity() const;
  /// Source range of a text range, from its first byte to its last. Bytes past `size()` map to themselves. A range whose pieces
  /// stand elsewhere in the source (a title from after the body) gives the hull of both ends.
  [[nodiscard]] ByteSpan source(ByteSpan text) const;
  /// Text -> this map's source -> what `further` makes of that: the map of a text taken from a text.
  [[nodiscard]] SourceMap then(const SourceMap& further) const;

  /// As documents.offsets keeps it (docs/formats/store.md); "" for an identity.
  [[nodiscard]] std::string packed() const;
  /// `malformed` where the bytes are no such map. "" is an identity.
  [[nodiscard]] static Result<SourceMap> unpack(std::string_view bytes);

 private:
  struct Piece {
    std::uint32_t text;
    std::uint32_t size;
    std::uint32_t source;
    std::uint32_t source_size;
    bool in_step;
  };
  void add(Piece piece);
  [[nodiscard]] const Piece* piece_at(std::uint32_t text) const;

  std::vector<Piece> pieces_;
};

/// A text under way, with its map.
struct MappedText {
  std::string text;
  SourceMap map;

  void copy(std::string_view bytes, std::size_t source) {
    map.copied(static_cast<std::uint32_t>(source), static_cast<std::uint32_t>(bytes.size()));
    text += bytes;
  }
  void replace(std::string_view bytes, std::size_t source, std::size_t source_size) {
    map.replaced(static_cast<std::uint32_t>(source), static_cast<std::uint32_t>(source_size), static_cast<std::uint32_t>(bytes.size()));
    text += bytes;
  }
};

}  // namespace dragoman
