// Surface: the text as the annotator should see it, and the way back to the bytes that the caller gave.
//
//   source bytes  ->  surface_paragraphs()  ->  paragraphs of clean text, each with an OffsetMap
//
// News text has line breaks inside sentences, soft hyphens, zero-width joiners, broken UTF-8, and names fused to the verb after them
// ("Araghchisaid"). The annotator gets whole, clean paragraphs; every span that is found is mapped back, so that it gives exactly the
// reporter's bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/span.h"

namespace dragoman {

/// Maps offsets of a cleaned text to offsets of the source. Piecewise: inside a piece both run in step, or (a replaced character) the
/// whole piece stands for one stretch of the source.
class OffsetMap {
 public:
  /// A map that starts at source offset `origin` and runs in step.
  explicit OffsetMap(std::uint32_t origin = 0) : pieces_{{0, origin, in_step}} {}
  /// From `shown` on, offset `shown` stands for source offset `source`, in step. Calls in ascending order of both.
  void add(std::uint32_t shown, std::uint32_t source) { pieces_.push_back({shown, source, in_step}); }
  /// The shown bytes from `shown` to the next call stand for `size` bytes of source at `source`.
  void add_replaced(std::uint32_t shown, std::uint32_t source, std::uint32_t size) { pieces_.push_back({shown, source, size}); }
  /// Source offset of the byte at `shown`.
  [[nodiscard]] std::uint32_t source(std::uint32_t shown) const;
  /// Source range of the non-empty shown range [begin, end): from its first byte to just after its last.
  [[nodiscard]] ByteSpan source(ByteSpan shown) const;

 private:
  static constexpr std::uint32_t in_step = 0xffffffffu;
  struct Piece {
    std::uint32_t shown;
    std::uint32_t source;
    std::uint32_t size;  ///< of the source that the piece stands for, or in_step
  };
  [[nodiscard]] const Piece& piece_at(std::uint32_t shown) const;

  std::vector<Piece> pieces_;
};

struct SurfaceParagraph {
  std::string text;  ///< valid UTF-8, no line breaks, not blank
  OffsetMap map;
  bool is_dateline = false;  ///< "BRUSSELS, May 3 (Wire)", without the dash after it
  std::size_t place = 0;     ///< of a dateline: how many bytes of `text` name its place
};

struct Surface {
  std::vector<SurfaceParagraph> paragraphs;
  std::vector<std::string> warnings;
};

struct SurfaceOptions {
  std::uint32_t paragraph_bytes = 20'000;  ///< a longer paragraph is cut at a sentence end or blank, with a warning
};

/// Cuts a text into paragraphs. A line break ends a paragraph, unless the line is wrapped: it does not end in a stop and the next
/// begins in lower case, or with a quotation that a "that" or a comma led up to. A dateline is a paragraph of its own. Never fails; broken UTF-8 is shown as U+FFFD and
/// control characters as blanks, both with a warning. Linear in bytes.
[[nodiscard]] Surface surface_paragraphs(std::string_view text, const SurfaceOptions& options = {});

}  // namespace dragoman
