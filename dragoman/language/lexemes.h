// Lexemes: what is known of a token's text alone, worked out once for each distinct text.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dragoman/base/arena.h"
#include "dragoman/language/model_file.h"

namespace dragoman {

using LexemeIndex = std::uint32_t;

/// What an encoder may remember of a lexeme: the shared network has a vector for the token without and one with a blank after it, the
/// entity recogniser's has one.
enum class VectorKind : std::uint8_t { shared, shared_with_blank, ner };
inline constexpr std::size_t vector_kinds = 3;
inline constexpr std::uint32_t no_vector = 0xffffffffu;

struct Lexeme {
  std::string_view text, lower, norm, shape;
  std::uint64_t hash = 0;                        ///< murmur64 of the text
  std::array<std::uint64_t, 4> features{};       ///< ids of NORM, PREFIX, SUFFIX, SHAPE
  bool is_space = false;
  bool has_own_norm = false;                     ///< the norm is a tokenizer exception's, not the text's
  std::uint16_t special_symbol = 0;              ///< its letter in the trie of special sequences; 0 = none
  std::uint16_t word_class = 0;                  ///< its class for the attribute ruler

  // Places in the caches of the thread that owns the table.
  std::uint32_t shared_vectors = no_vector, ner_vector = no_vector;
  std::array<std::uint32_t, vector_kinds> products = {no_vector, no_vector, no_vector};
  /// Copies that the current document keeps; valid if `kept_for` is its number.
  std::uint64_t kept_for = 0;
  std::string_view kept_lower, kept_norm, kept_shape;
  /// The last lemmas worked out, each for a part of speech and a morphology (by address: they live in the model).
  struct Lemma {
    std::string_view lemma;
    const char* morph = nullptr;
    Pos pos = Pos::none;
    bool filled = false;
    std::string_view kept;  ///< the current document's copy, if `kept_for` is its number
    std::uint64_t kept_for = 0;
  };
  std::array<Lemma, 2> lemmas;
};

/// The part of the model that lexemes are made from.
class Lexicon {
 public:
  explicit Lexicon(const ModelFile& model);

  [[nodiscard]] std::uint64_t id_of(std::string_view text) const;
  /// Fills in everything but the places in caches; strings are kept in `arena`.
  [[nodiscard]] Lexeme make(std::string_view text, std::uint64_t hash, const std::string_view* own_norm, Arena& arena) const;

  /// Words that other parts want to know a lexeme by. To be filled before the first lexeme is made.
  std::unordered_map<std::string_view, std::uint16_t> special_symbols;
  std::unordered_map<std::string_view, std::uint16_t> word_classes;
  std::uint16_t space_class = 0;

 private:
  const ModelFile* model_;
  std::span<const TextSlot> symbols_;
  std::span<const NormSlot> norms_;
};

/// The lexemes that one thread has met. Indices and views hold until `clear`.
class LexemeTable {
 public:
  LexemeTable() { clear(); }
  [[nodiscard]] LexemeIndex find_or_make(std::string_view text, const std::string_view* own_norm, const Lexicon& lexicon);
  [[nodiscard]] Lexeme& operator[](LexemeIndex index) { return lexemes_[index]; }
  [[nodiscard]] const Lexeme& operator[](LexemeIndex index) const { return lexemes_[index]; }
  [[nodiscard]] std::size_t size() const { return lexemes_.size(); }
  /// Keeps a string until `clear`.
  [[nodiscard]] std::string_view keep(std::string_view text) {
    text_bytes_ += text.size();
    return arena_.keep(text);
  }
  [[nodiscard]] std::size_t text_bytes() const { return text_bytes_; }
  void clear();

 private:
  void grow();
  std::vector<Lexeme> lexemes_;
  std::vector<LexemeIndex> slots_;  ///< open addressing; lexeme index + 1, 0 = empty
  Arena arena_;
  std::size_t text_bytes_ = 0;
};

}  // namespace dragoman
