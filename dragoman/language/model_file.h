// The packed model: one flat file that is mapped into memory and used as it is. docs/formats/model.md describes it.
//
//   wheel  ->  pack_model()  ->  dragoman.model  ->  ModelFile::open()  ->  spans of plain structs and floats
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "dragoman/base/result.h"
#include "dragoman/document/labels.h"

namespace dragoman {

// The shapes of the network. A model with others is refused when it is packed.
inline constexpr std::size_t vector_width = 96;            ///< of a token's vector
inline constexpr std::size_t maxout_pieces = 3;            ///< of a maxout unit in the encoder
inline constexpr std::size_t kernel_lanes = 16;            ///< outputs that the kernels compute side by side
inline constexpr std::size_t output_blocks = vector_width / kernel_lanes;
inline constexpr std::size_t block_columns = maxout_pieces * kernel_lanes;    ///< 48: one block of a maxout layer, piece by piece
inline constexpr std::size_t maxout_columns = maxout_pieces * vector_width;   ///< 288
inline constexpr std::size_t later_layers = 3;      ///< convolutions after the first
inline constexpr std::size_t later_products = 6;    ///< that each of them is made of, for four tokens (kernels_impl.h)
inline constexpr std::size_t hash_columns = 4;      ///< of the embedding: NORM, PREFIX, SUFFIX, SHAPE
inline constexpr std::size_t hidden_width = 64;           ///< of the transition models
inline constexpr std::size_t slot_columns = 2 * hidden_width;
inline constexpr std::size_t parser_slots = 8;
inline constexpr std::size_t ner_slots = 3;
inline constexpr std::size_t parser_classes = 106, parser_columns = 112;  ///< columns: padded to whole vectors
inline constexpr std::size_t ner_classes = 74, ner_columns = 80;
inline constexpr std::size_t tag_classes = 50;

/// A string of the model's pool.
struct PooledText {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// A slot of an open-addressing table keyed by (group, text); `used` is 0 in an empty slot. The number of slots is a power of two,
/// probing is linear from table_hash(group, text).
struct TextSlot {
  PooledText key;
  std::uint32_t group = 0;
  std::uint32_t value = 0;
  std::uint32_t used = 0;
};

/// A slot of the table from string id to norm; an empty slot has no norm text (norms are never empty).
struct NormSlot {
  std::uint64_t id = 0;
  PooledText norm;
};

/// Half-open range of another section.
struct Range32 {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// One token of a tokenizer exception.
struct ExceptionPiece {
  PooledText text;
  PooledText norm;
  std::uint32_t has_norm = 0;
};

struct LemmaRule {
  std::uint32_t group = 0;  ///< part of speech
  PooledText old_ending;
  PooledText new_ending;
};

/// What one token must be. A mask has one bit for each value of the enum; `words` is empty where any lower-cased text will do.
struct RulerTest {
  std::uint64_t tags = 0;
  std::uint64_t deps = 0;
  Range32 words;                 ///< of Section "ruler.words"
  std::uint32_t space = 0;       ///< 0 whatever, 1 must be white space, 2 must not
  std::uint32_t unused = 0;
};

/// One or two tests of neighbouring tokens, and the rule they trigger.
struct RulerAlternative {
  Range32 tests;
  std::uint32_t rule = 0;
};

/// What a rule sets on the token `index` after the first.
struct RulerRule {
  enum Field : std::uint32_t { sets_pos = 1, sets_morph = 2, sets_lemma = 4, sets_tag = 8, sets_dep = 16 };
  std::uint32_t fields = 0;
  std::uint32_t index = 0;
  Pos pos = Pos::none;
  Tag tag = Tag::none;
  Dep dep = Dep::none;
  std::uint8_t unused = 0;
  PooledText morph;
  PooledText lemma;
};

/// A class of a transition model.
struct ParserMove {
  enum Kind : std::uint8_t { shift, reduce, left, right, break_ };
  std::uint8_t kind = 0;
  Dep dep = Dep::none;
  Dep of = Dep::none;  ///< "dobj||xcomp": the arc belongs to a token with this label; none if undecorated
  std::uint8_t unused = 0;
};

struct NerMove {
  enum Kind : std::uint8_t { missing, begin, inside, last, unit, outside };
  std::uint8_t kind = 0;
  EntityLabel label = EntityLabel::none;
};

struct ModelHeader {
  std::array<char, 8> magic{};
  std::uint32_t version = 0;
  std::uint32_t sections = 0;
  std::uint64_t file_size = 0;
  std::uint64_t checksum = 0;  ///< checksum64 of all that follows the header
  std::array<char, 64> wheel_sha256{};
};

struct ModelSection {
  std::array<char, 24> name{};
  std::uint64_t offset = 0;  ///< from the file's beginning; a multiple of 64
  std::uint64_t size = 0;    ///< bytes
};

inline constexpr std::array<char, 8> model_magic = {'D', 'R', 'A', 'G', 'M', 'O', 'D', 'L'};
inline constexpr std::uint32_t model_version = 1;

[[nodiscard]] std::uint64_t checksum64(std::string_view bytes);
[[nodiscard]] std::uint64_t table_hash(std::uint32_t group, std::string_view text);

/// A mapped model file. Spans and views live as long as this object; it may be moved.
class ModelFile {
 public:
  /// Maps the file and checks magic, version, size, section bounds and the checksum of everything: some 2 ms for 14 MB.
  [[nodiscard]] static Result<ModelFile> open(const std::filesystem::path& path);
  ModelFile(ModelFile&& other) noexcept;
  ModelFile& operator=(ModelFile&& other) noexcept;
  ~ModelFile();

  /// The section of that name as an array of T; empty if there is none or its size is no multiple of T.
  template <class T>
  [[nodiscard]] std::span<const T> section(std::string_view name) const {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::string_view bytes = section_bytes(name);
    if (bytes.size() % sizeof(T) != 0) return {};
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  [[nodiscard]] std::string_view section_bytes(std::string_view name) const;
  [[nodiscard]] std::string_view text(PooledText text) const {
    return static_cast<std::size_t>(text.offset) + text.size <= pool_.size() ? pool_.substr(text.offset, text.size) : std::string_view{};
  }
  /// The value at (group, text) in a table; `absent` if it is not there.
  static constexpr std::uint32_t absent = 0xffffffffu;
  [[nodiscard]] std::uint32_t find(std::span<const TextSlot> table, std::uint32_t group, std::string_view text) const;

  [[nodiscard]] std::string_view wheel_sha256() const;
  [[nodiscard]] std::size_t size_bytes() const { return size_; }

 private:
  ModelFile() = default;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
  std::string_view pool_;
};

}  // namespace dragoman
