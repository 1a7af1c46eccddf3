// Tokenizer: cuts a text into tokens exactly as the model's own does.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/language/chunk_rules.h"
#include "dragoman/language/lexemes.h"
#include "dragoman/language/model_file.h"

namespace dragoman {

/// A token of a text: its lexeme, where it begins (bytes), and whether one U+0020 follows that belongs to it. Tokens and their blanks
/// rebuild the text byte for byte.
struct RawToken {
  LexemeIndex lexeme;
  std::uint32_t begin;
  bool blank_after;
};

/// What one thread remembers of chunks (runs without white space) it has cut.
class TokenizerScratch {
 public:
  void clear();

 private:
  friend class Tokenizer;
  struct Chunk {
    std::uint64_t hash = 0;
    std::string_view text;
    std::uint32_t tokens_begin = 0;
    std::uint32_t tokens_count = 0;  ///< 0 = empty slot
  };
  std::vector<Chunk> chunks_ = std::vector<Chunk>(1024);
  std::size_t chunk_count_ = 0;
  std::vector<LexemeIndex> tokens_;
  ChunkPatterns::Matches matches_;
  std::vector<ChunkPiece> pieces_;
};

class Tokenizer {
 public:
  /// Tells `lexicon` the words of the special sequences.
  [[nodiscard]] static Result<Tokenizer> make(const ModelFile& model, Lexicon& lexicon);

  /// Appends the tokens of `text` (valid UTF-8). Offsets are bytes of `text`.
  void tokenize(std::string_view text, const Lexicon& lexicon, LexemeTable& lexemes, TokenizerScratch& scratch,
                std::vector<RawToken>& tokens) const;

 private:
  explicit Tokenizer(const ModelFile& model);
  void add_chunk(std::string_view chunk, std::uint32_t begin, const Lexicon& lexicon, LexemeTable& lexemes, TokenizerScratch& scratch,
                 std::vector<RawToken>& tokens) const;
  void add_exception(std::uint32_t exception, const Lexicon& lexicon, LexemeTable& lexemes, std::vector<LexemeIndex>& tokens) const;
  void merge_specials(std::string_view text, std::size_t first, const Lexicon& lexicon, LexemeTable& lexemes,
                      std::vector<RawToken>& tokens) const;

  /// The number of the exception, or ModelFile::absent.
  [[nodiscard]] std::uint32_t exception(std::string_view text) const {
    return text.size() > longest_exception_ ? ModelFile::absent : model_->find(exceptions_, 0, text);
  }

  struct TrieNode {
    std::vector<std::pair<std::uint16_t, std::uint32_t>> next;
    bool terminal = false;
  };
  const ModelFile* model_;
  ChunkPatterns patterns_;
  std::span<const TextSlot> exceptions_;
  std::size_t longest_exception_ = 0;  ///< bytes
  std::span<const Range32> exception_ranges_;
  std::span<const ExceptionPiece> exception_pieces_;
  std::vector<TrieNode> trie_;
};

}  // namespace dragoman
