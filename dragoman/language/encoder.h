// Encoder: a vector for each token in its context (hash embedding, mixer, four convolutions), and what is read off it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/language/kernels.h"
#include "dragoman/language/lexemes.h"
#include "dragoman/language/model_file.h"

namespace dragoman {

/// One token as an encoder sees it.
struct EncoderToken {
  LexemeIndex lexeme;
  bool blank_after;
};

/// First vectors of token types with their products for the first convolution, kept for reuse. Bounded: when it is full, a type that was
/// not asked for lately makes room.
class VectorCache {
 public:
  static constexpr std::size_t entry_size = vector_width + product_size;  ///< floats
  explicit VectorCache(std::size_t capacity) : capacity_(capacity) {}

  [[nodiscard]] float* entry(std::uint32_t index) { return chunks_[index / chunk_entries].data() + index % chunk_entries * entry_size; }
  /// A free entry for that lexeme's vector; the one that had it is forgotten. Entries touched since `begin_batch` are never taken.
  [[nodiscard]] std::uint32_t take(LexemeIndex lexeme, VectorKind kind, LexemeTable& lexemes);
  void touch(std::uint32_t index) { owners_[index].touched = batch_; }
  void begin_batch() { ++batch_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  void clear();

 private:
  static constexpr std::size_t chunk_entries = 256;
  struct Owner {
    LexemeIndex lexeme;
    VectorKind kind;
    std::uint64_t touched;
  };
  std::size_t capacity_, hand_ = 0;
  std::uint64_t batch_ = 1;
  std::vector<std::vector<float>> chunks_;
  std::vector<Owner> owners_;
};

/// Memory of an encoder for one thread.
struct EncoderScratch {
  explicit EncoderScratch(std::size_t cache_entries) : cache(cache_entries) {}
  VectorCache cache;
  std::vector<FirstRow> rows;
  std::vector<float> vectors, next_vectors, work, lower, missing_inputs, missing_vectors, missing_products;
  std::vector<std::uint32_t> pairs;
  std::vector<std::uint32_t> missing;
};

class Encoder {
 public:
  /// `name` is "shared" or "ner"; `head` the section with the layer that reads the vectors ("parser.lower"), of `head_columns` columns.
  [[nodiscard]] static Result<Encoder> make(const ModelFile& model, const std::string& name, const std::string& head,
                                            std::size_t head_columns);

  /// Encodes texts given as ranges of `tokens` (ascending, disjoint), and calls `take(token, lower)` for each token in order with the
  /// `head_columns` floats of the head layer. Each text is encoded as if it stood alone. Memory is bounded whatever the texts' length.
  template <class Take>
  void encode(const Kernels& kernels, std::span<const EncoderToken> tokens, std::span<const Range32> texts, LexemeTable& lexemes,
              EncoderScratch& scratch, const Take& take) const {
    std::vector<Segment> segments;
    for (std::size_t text = 0, done = texts.empty() ? 0 : texts[0].begin; text < texts.size();) {
      done = next_window(texts, text, done, segments);
      run(kernels, tokens, segments, lexemes, scratch);
      for (const Segment& segment : segments)
        for (std::uint32_t i = segment.begin; i < segment.end; ++i)
          take(i, scratch.lower.data() + (segment.row + (i - segment.begin)) * head_columns_);
    }
  }

  // For tests: the first vector of a token, and the last vectors of one text.
  void first_vector(const Kernels& kernels, EncoderToken token, LexemeTable& lexemes, EncoderScratch& scratch, float* out) const;
  void last_vectors(const Kernels& kernels, std::span<const EncoderToken> tokens, LexemeTable& lexemes, EncoderScratch& scratch,
                    std::vector<float>& out) const;

 private:
  /// Tokens [begin, end) of one text, with what surrounds them: pads, or further tokens of the text.
  struct Segment {
    std::uint32_t begin, end;
    std::uint32_t text_begin, text_end;
    std::size_t row;  ///< of the first token
  };
  static constexpr std::uint32_t reach = 4;  ///< tokens on either side that a vector depends on

  /// Fills `segments` with as much as fits a window; moves `text` on and gives the token to go on from.
  static std::size_t next_window(std::span<const Range32> texts, std::size_t& text, std::size_t done, std::vector<Segment>& segments);
  void run(const Kernels& kernels, std::span<const EncoderToken> tokens, std::span<Segment> segments, LexemeTable& lexemes,
           EncoderScratch& scratch) const;
  void fill_missing(const Kernels& kernels, LexemeTable& lexemes, EncoderScratch& scratch) const;
  [[nodiscard]] VectorKind kind_of(EncoderToken token) const;

  struct Column {
    std::span<const float> rows;
    std::uint32_t count, seed;
  };
  bool shared_ = false;
  std::vector<Column> columns_;
  std::span<const float> mixer_, mixer_affine_, first_, first_affine_;
  std::array<std::span<const float>, later_layers> later_, later_affine_;
  std::span<const float> head_, head_bias_;
  std::size_t head_columns_ = 0;
};

}  // namespace dragoman
