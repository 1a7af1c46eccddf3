// Encoder: a vector for each token in its context (hash embedding, mixer, four convolutions), and what is read off it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/language/aligned.h"
#include "dragoman/language/kernels.h"
#include "dragoman/language/lexemes.h"
#include "dragoman/language/model_file.h"

namespace dragoman {

/// One token as an encoder sees it.
struct EncoderToken {
  LexemeIndex lexeme;
  bool blank_after;
};

/// Products of first vectors with the weights of the first convolution, kept for reuse. Bounded: when it is full, a lexeme that was not
/// met lately makes room.
class ProductCache {
 public:
  explicit ProductCache(std::size_t capacity) : capacity_(capacity) {}

  [[nodiscard]] float* entry(std::uint32_t index) { return chunks_[index / chunk_entries].data() + index % chunk_entries * product_size; }
  /// A free entry for that lexeme; the lexeme that had it is told. Entries touched since `begin_batch` are never taken.
  [[nodiscard]] std::uint32_t take(LexemeIndex lexeme, VectorKind kind, LexemeTable& lexemes);
  void touch(std::uint32_t index) { owners_[index].touched = batch_; }
  void begin_batch() { ++batch_; }
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
  std::vector<LineFloats> chunks_;
  std::vector<Owner> owners_;
};

/// First vectors of lexemes, as long as the lexemes themselves are remembered.
class VectorStore {
 public:
  [[nodiscard]] float* entry(std::uint32_t index) { return chunks_[index / chunk_entries].data() + index % chunk_entries * size_; }
  /// A new entry of `size` floats (the same for all).
  [[nodiscard]] std::uint32_t take(std::size_t size) {
    size_ = size;
    if (count_ % chunk_entries == 0) chunks_.emplace_back(chunk_entries * size);
    return count_++;
  }
  void clear() {
    chunks_.clear();
    count_ = 0;
  }

 private:
  static constexpr std::uint32_t chunk_entries = 256;
  std::size_t size_ = 0;
  std::uint32_t count_ = 0;
  std::vector<LineFloats> chunks_;
};

/// Memory of an encoder for one thread.
struct EncoderScratch {
  explicit EncoderScratch(std::size_t cache_entries) : products(cache_entries) {}
  void forget() {
    products.clear();
    vectors.clear();
  }
  ProductCache products;
  VectorStore vectors;
  std::vector<FirstRow> rows;
  std::vector<std::uint32_t> layout, quads;
  LineFloats current, next, work, lower;  ///< rows of the window, before and after a layer
  struct Missing {
    LexemeIndex lexeme;
    std::uint32_t entry;
    bool blank_after;
  };
  std::vector<Missing> missing_vectors, missing_products;
  LineFloats inputs, sums;
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
  void make_vectors(const Kernels& kernels, const LexemeTable& lexemes, EncoderScratch& scratch) const;
  void make_products(const Kernels& kernels, const LexemeTable& lexemes, EncoderScratch& scratch) const;
  [[nodiscard]] VectorKind kind_of(EncoderToken token) const {
    return !shared_ ? VectorKind::ner : token.blank_after ? VectorKind::shared_with_blank : VectorKind::shared;
  }
  [[nodiscard]] std::uint32_t& vector_place(Lexeme& lexeme) const { return shared_ ? lexeme.shared_vectors : lexeme.ner_vector; }
  /// The first vector of a lexeme; the shared network keeps two, without and with a blank.
  [[nodiscard]] const float* vector_of(const Lexeme& lexeme, bool blank_after, EncoderScratch& scratch) const {
    return shared_ ? scratch.vectors.entry(lexeme.shared_vectors) + (blank_after ? vector_width : 0) : scratch.vectors.entry(lexeme.ner_vector);
  }

  struct Column {
    std::span<const float> rows;
    std::uint32_t count, seed;
  };
  bool shared_ = false;
  std::array<Column, hash_columns> columns_;
  std::span<const float> mixer_, mixer_affine_, first_, first_affine_;
  std::array<std::span<const float>, later_layers> later_, later_affine_;
  std::span<const float> head_, head_bias_;
  std::size_t head_columns_ = 0;
};

}  // namespace dragoman
