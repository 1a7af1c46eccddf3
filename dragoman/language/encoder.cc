// A window is a few texts (or a part of a long one) laid end to end with pads between. The first vectors and their products for the
// first convolution depend on the token type alone and come from the cache; then the window goes through layer after layer, so that a
// layer's weights are read once for all rows. Pads are rows like any other: zeros at first, then computed, as far as tokens can see them.
#include "dragoman/language/encoder.h"

#include <algorithm>
#include <cstring>

#include "dragoman/language/string_ids.h"

namespace dragoman {
namespace {

constexpr std::uint32_t window_tokens = 1024;  ///< of a window, pads not counted
alignas(64) constexpr float zeros[product_size] = {};

}  // namespace

std::uint32_t ProductCache::take(LexemeIndex lexeme, VectorKind kind, LexemeTable& lexemes) {
  if (owners_.size() < capacity_) {
    if (owners_.size() % chunk_entries == 0) chunks_.emplace_back(chunk_entries * product_size);
    owners_.push_back({lexeme, kind, batch_});
    return static_cast<std::uint32_t>(owners_.size() - 1);
  }
  // The hand goes round; what was used in the last rounds of it is passed over at first, what this batch needs always.
  constexpr std::uint64_t lately = 16;
  for (std::size_t steps = 0;; ++steps) {
    hand_ = (hand_ + 1) % capacity_;
    Owner& owner = owners_[hand_];
    if (owner.touched == batch_ || (steps < 64 && owner.touched + lately > batch_)) continue;
    lexemes[owner.lexeme].products[static_cast<std::size_t>(owner.kind)] = no_vector;
    owner = {lexeme, kind, batch_};
    return static_cast<std::uint32_t>(hand_);
  }
}

void ProductCache::clear() {
  owners_.clear();
  chunks_.clear();
  hand_ = 0;
}

Result<Encoder> Encoder::make(const ModelFile& model, const std::string& name, const std::string& head, std::size_t head_columns) {
  Encoder encoder;
  encoder.shared_ = name == "shared";
  constexpr std::array<std::uint32_t, hash_columns> rows = {5000, 1000, 2500, 2500};
  bool sound = true;
  const auto section = [&](const std::string& section_name, std::size_t size) {
    const auto floats = model.section<float>(section_name);
    if (floats.size() != size) sound = false;
    return floats;
  };
  const std::span<const float> embed = section(name + ".embed", (5000 + 1000 + 2500 + 2500) * vector_width);
  if (!sound) return fail(ErrorCode::malformed, "the model's section ", name, ".embed has another size than this build reads");
  std::size_t at = 0;
  for (std::size_t c = 0; c < rows.size(); ++c) {
    encoder.columns_[c] = {embed.subspan(at * vector_width, rows[c] * vector_width), rows[c], static_cast<std::uint32_t>(8 + c)};
    at += rows[c];
  }
  encoder.mixer_ = section(name + ".mixer", hash_columns * vector_width * maxout_columns);
  encoder.mixer_affine_ = section(name + ".mixer.affine", (encoder.shared_ ? 4 : 1) * affine_size);
  encoder.first_ = section(name + ".first", 3 * vector_width * maxout_columns);
  encoder.first_affine_ = section(name + ".first.affine", affine_size);
  for (std::size_t layer = 0; layer < later_layers; ++layer) {
    const std::string later = name + ".later" + std::to_string(layer);
    encoder.later_[layer] = section(later, later_products * vector_width * maxout_columns);
    encoder.later_affine_[layer] = section(later + ".affine", affine_size);
  }
  encoder.head_ = section(head, vector_width * head_columns);
  encoder.head_bias_ = section(head + ".bias", head_columns);
  encoder.head_columns_ = head_columns;
  if (!sound) return fail(ErrorCode::malformed, "the model's ", name, " encoder has another shape than this build reads");
  return encoder;
}

std::size_t Encoder::next_window(std::span<const Range32> texts, std::size_t& text, std::size_t done, std::vector<Segment>& segments) {
  segments.clear();
  std::uint32_t left = window_tokens;
  while (text < texts.size()) {
    const Range32 range = texts[text];
    const auto begin = static_cast<std::uint32_t>(done);
    const std::uint32_t rest = range.end - begin;
    if (rest > left && !segments.empty() && rest <= window_tokens) return done;  // it fits the next window whole
    const std::uint32_t end = begin + std::min(rest, left);
    if (end > begin) segments.push_back({begin, end, range.begin, range.end, 0});
    left -= end - begin;
    done = end;
    if (end == range.end) {
      ++text;
      if (text < texts.size()) done = texts[text].begin;
    }
    if (left == 0) return done;
  }
  return done;
}

void Encoder::run(const Kernels& kernels, std::span<const EncoderToken> tokens, std::span<Segment> segments, LexemeTable& lexemes,
                  EncoderScratch& scratch) const {
  // Rows: for each segment the `reach` before, its tokens, the `reach` behind. Neighbours share the pads between them. One pad more at
  // either end, so that every window can be read.
  constexpr std::uint32_t pad = 0xffffffffu;
  auto& layout = scratch.layout;
  layout.assign(1, pad);
  bool ends_in_pads = false;
  for (Segment& segment : segments) {
    const std::uint32_t before = std::min(reach, segment.begin - segment.text_begin);
    if (!(ends_in_pads && before == 0)) layout.insert(layout.end(), reach - before, pad);
    for (std::uint32_t i = segment.begin - before; i < segment.begin; ++i) layout.push_back(i);
    segment.row = layout.size();
    const std::uint32_t after = std::min(reach, segment.text_end - segment.end);
    for (std::uint32_t i = segment.begin; i < segment.end + after; ++i) layout.push_back(i);
    layout.insert(layout.end(), reach - after, pad);
    ends_in_pads = after == 0;
  }
  layout.push_back(pad);

  scratch.products.begin_batch();
  scratch.missing_vectors.clear();
  scratch.missing_products.clear();
  for (const std::uint32_t row : layout) {
    if (row == pad) continue;
    const EncoderToken token = tokens[row];
    Lexeme& lexeme = lexemes[token.lexeme];
    std::uint32_t& product = lexeme.products[static_cast<std::size_t>(kind_of(token))];
    if (product != no_vector) {
      scratch.products.touch(product);
      continue;
    }
    product = scratch.products.take(token.lexeme, kind_of(token), lexemes);
    scratch.missing_products.push_back({token.lexeme, product, token.blank_after});
    std::uint32_t& vector = vector_place(lexeme);
    if (vector != no_vector) continue;
    vector = scratch.vectors.take(shared_ ? 2 * vector_width : vector_width);
    scratch.missing_vectors.push_back({token.lexeme, vector, false});
  }
  make_vectors(kernels, lexemes, scratch);
  make_products(kernels, lexemes, scratch);

  scratch.rows.resize(layout.size());
  for (std::size_t i = 0; i < layout.size(); ++i) {
    if (layout[i] == pad) {
      scratch.rows[i] = {zeros, zeros};
    } else {
      const EncoderToken token = tokens[layout[i]];
      const Lexeme& lexeme = lexemes[token.lexeme];
      scratch.rows[i] = {vector_of(lexeme, token.blank_after, scratch),
                         scratch.products.entry(lexeme.products[static_cast<std::size_t>(kind_of(token))])};
    }
  }

  // Layer l needs `reach - l` rows around each segment; ranges that touch are one.
  const auto each_range = [&](std::uint32_t around, const auto& use) {
    std::size_t begin = 0, end = 0;
    for (const Segment& segment : segments) {
      const std::size_t from = segment.row - around, to = segment.row + (segment.end - segment.begin) + around;
      if (end != 0 && from <= end + 2) {
        end = std::max(end, to);
      } else {
        if (end != 0) use(begin, end);
        begin = from;
        end = to;
      }
    }
    if (end != 0) use(begin, end);
  };
  const std::size_t needed = (layout.size() + 8) * vector_width;  // quads may reach some rows past the end
  if (scratch.current.size() < needed) {
    scratch.current.resize(needed);
    scratch.next.resize(needed);
  }
  scratch.work.resize(later_work_size);
  each_range(reach - 1, [&](std::size_t begin, std::size_t end) {
    kernels.first(scratch.rows.data(), begin, end, first_affine_.data(), scratch.current.data());
  });
  for (std::uint32_t layer = 0; layer < later_layers; ++layer) {
    scratch.quads.clear();
    each_range(reach - 2 - layer, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; row += 4) scratch.quads.push_back(static_cast<std::uint32_t>(row));
    });
    kernels.later(scratch.current.data(), scratch.quads.data(), scratch.quads.size(), later_[layer].data(), later_affine_[layer].data(),
                  scratch.next.data(), scratch.work.data());
    std::swap(scratch.current, scratch.next);
  }
  scratch.lower.resize(std::max(scratch.lower.size(), layout.size() * head_columns_));
  each_range(0, [&](std::size_t begin, std::size_t end) {
    kernels.dense(scratch.current.data() + begin * vector_width, vector_width, end - begin, vector_width, head_columns_, head_.data(), head_bias_.data(),
                  scratch.lower.data() + begin * head_columns_, head_columns_);
  });
}

void Encoder::make_vectors(const Kernels& kernels, const LexemeTable& lexemes, EncoderScratch& scratch) const {
  constexpr std::size_t at_once = 64, inputs = hash_columns * vector_width, keys = 4;
  scratch.inputs.resize(at_once * inputs);
  scratch.sums.resize(at_once * std::max(maxout_columns, product_size));
  for (std::size_t begin = 0; begin < scratch.missing_vectors.size(); begin += at_once) {
    const std::size_t count = std::min(at_once, scratch.missing_vectors.size() - begin);
    // The rows of the embedding lie all over 4 MB: ask for them before they are needed.
    std::array<const float*, at_once * hash_columns * keys> embedded;
    const float** row = embedded.data();
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t c = 0; c < hash_columns; ++c)
        for (const std::uint32_t key : embedding_keys(lexemes[scratch.missing_vectors[begin + i].lexeme].features[c], columns_[c].seed))
          *row++ = columns_[c].rows.data() + key % columns_[c].count * vector_width;
    constexpr std::size_t ahead = 16;
    const float* const* const last = row;
    row = embedded.data();
    for (std::size_t i = 0; i < count * hash_columns; ++i, row += keys) {
      for (std::size_t k = 0; k < keys && row + ahead + k < last; ++k)
        for (std::size_t line = 0; line < vector_width; line += 16) __builtin_prefetch(row[ahead + k] + line);
      float* const out = scratch.inputs.data() + i * vector_width;
      for (std::size_t k = 0; k < vector_width; ++k) out[k] = ((row[0][k] + row[1][k]) + row[2][k]) + row[3][k];
    }
    kernels.columns(scratch.inputs.data(), count, inputs, mixer_.data(), output_blocks, scratch.sums.data());
    for (std::size_t i = 0; i < count; ++i) {
      const EncoderScratch::Missing& missing = scratch.missing_vectors[begin + i];
      float* const out = scratch.vectors.entry(missing.entry);
      const float* const sums = scratch.sums.data() + i * maxout_columns;
      const float* const affine = mixer_affine_.data() + (shared_ && lexemes[missing.lexeme].is_space ? 2 * affine_size : 0);
      kernels.maxout_norm(sums, affine, out);
      if (shared_) kernels.maxout_norm(sums, affine + affine_size, out + vector_width);
    }
  }
}

void Encoder::make_products(const Kernels& kernels, const LexemeTable& lexemes, EncoderScratch& scratch) const {
  constexpr std::size_t at_once = 64;
  scratch.inputs.resize(at_once * hash_columns * vector_width);
  scratch.sums.resize(at_once * product_size);
  for (std::size_t begin = 0; begin < scratch.missing_products.size(); begin += at_once) {
    const std::size_t count = std::min(at_once, scratch.missing_products.size() - begin);
    const EncoderScratch::Missing* const missing = scratch.missing_products.data() + begin;
    for (std::size_t i = 0; i < count; ++i)
      std::memcpy(scratch.inputs.data() + i * vector_width, vector_of(lexemes[missing[i].lexeme], missing[i].blank_after, scratch),
                  vector_width * sizeof(float));
    kernels.columns(scratch.inputs.data(), count, vector_width, first_.data(), 3 * output_blocks, scratch.sums.data());
    for (std::size_t i = 0; i < count; ++i)
      std::memcpy(scratch.products.entry(missing[i].entry), scratch.sums.data() + i * product_size, product_size * sizeof(float));
  }
}

void Encoder::first_vector(const Kernels& kernels, EncoderToken token, LexemeTable& lexemes, EncoderScratch& scratch, float* out) const {
  std::vector<float> last;
  last_vectors(kernels, {&token, 1}, lexemes, scratch, last);
  std::memcpy(out, vector_of(lexemes[token.lexeme], token.blank_after, scratch), vector_width * sizeof(float));
}

void Encoder::last_vectors(const Kernels& kernels, std::span<const EncoderToken> tokens, LexemeTable& lexemes, EncoderScratch& scratch,
                           std::vector<float>& out) const {
  const Range32 text{0, static_cast<std::uint32_t>(tokens.size())};
  std::vector<Segment> segments;
  std::size_t at = 0, done = 0;
  out.clear();
  while (at < 1) {
    done = next_window({&text, 1}, at, done, segments);
    run(kernels, tokens, segments, lexemes, scratch);
    for (const Segment& segment : segments)
      out.insert(out.end(), scratch.current.begin() + static_cast<std::ptrdiff_t>(segment.row * vector_width),
                 scratch.current.begin() + static_cast<std::ptrdiff_t>((segment.row + segment.end - segment.begin) * vector_width));
  }
}

}  // namespace dragoman
