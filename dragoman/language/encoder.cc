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

std::uint32_t VectorCache::take(LexemeIndex lexeme, VectorKind kind, LexemeTable& lexemes) {
  if (owners_.size() < capacity_) {
    if (owners_.size() % chunk_entries == 0) chunks_.emplace_back(chunk_entries * entry_size);
    owners_.push_back({lexeme, kind, batch_});
    return static_cast<std::uint32_t>(owners_.size() - 1);
  }
  // The hand goes round; what was used in the last rounds of it is passed over at first, what this batch needs always.
  constexpr std::uint64_t lately = 16;
  for (std::size_t steps = 0;; ++steps) {
    hand_ = (hand_ + 1) % capacity_;
    Owner& owner = owners_[hand_];
    if (owner.touched == batch_ || (steps < 64 && owner.touched + lately > batch_)) continue;
    lexemes[owner.lexeme].vectors[static_cast<std::size_t>(owner.kind)] = no_vector;
    owner = {lexeme, kind, batch_};
    return static_cast<std::uint32_t>(hand_);
  }
}

void VectorCache::clear() {
  owners_.clear();
  chunks_.clear();
  hand_ = 0;
}

Result<Encoder> Encoder::make(const ModelFile& model, const std::string& name, const std::string& head, std::size_t head_columns) {
  Encoder encoder;
  encoder.shared_ = name == "shared";
  const std::vector<std::uint32_t> rows =
      encoder.shared_ ? std::vector<std::uint32_t>{5000, 1000, 2500, 2500, 50, 50} : std::vector<std::uint32_t>{5000, 1000, 2500, 2500};
  bool sound = true;
  const auto section = [&](const std::string& section_name, std::size_t size) {
    const auto floats = model.section<float>(section_name);
    if (floats.size() != size) sound = false;
    return floats;
  };
  std::size_t total = 0;
  for (const std::uint32_t count : rows) total += count;
  const std::span<const float> embed = section(name + ".embed", total * vector_width);
  if (!sound) return fail(ErrorCode::malformed, "the model's section ", name, ".embed has another size than this build reads");
  std::size_t at = 0;
  for (std::size_t c = 0; c < rows.size(); ++c) {
    encoder.columns_.push_back({embed.subspan(at * vector_width, rows[c] * vector_width), rows[c], static_cast<std::uint32_t>(8 + c)});
    at += rows[c];
  }
  encoder.mixer_ = section(name + ".mixer", rows.size() * vector_width * maxout_columns);
  encoder.mixer_affine_ = section(name + ".mixer.affine", affine_size);
  encoder.first_ = section(name + ".first", 3 * vector_width * maxout_columns);
  encoder.first_affine_ = section(name + ".first.affine", affine_size);
  for (std::size_t layer = 0; layer < later_layers; ++layer) {
    const std::string later = name + ".later" + std::to_string(layer);
    encoder.later_[layer] = section(later, 4 * vector_width * maxout_columns);
    encoder.later_affine_[layer] = section(later + ".affine", affine_size);
  }
  encoder.head_ = section(head, vector_width * head_columns);
  encoder.head_bias_ = section(head + ".bias", head_columns);
  encoder.head_columns_ = head_columns;
  if (!sound) return fail(ErrorCode::malformed, "the model's ", name, " encoder has another shape than this build reads");
  return encoder;
}

VectorKind Encoder::kind_of(EncoderToken token) const {
  if (!shared_) return VectorKind::ner;
  return token.blank_after ? VectorKind::shared_with_blank : VectorKind::shared;
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
  scratch.cache.begin_batch();
  // One pad row more at either end, so that every window can be read.
  const auto kind = [&](EncoderToken token) { return static_cast<std::size_t>(kind_of(token)); };
  scratch.missing.clear();
  const auto need = [&](const EncoderToken& token) {
    std::uint32_t& vector = lexemes[token.lexeme].vectors[kind(token)];
    if (vector == no_vector) {
      vector = scratch.cache.take(token.lexeme, kind_of(token), lexemes);
      scratch.missing.push_back(vector);
      scratch.missing.push_back(token.lexeme);
      scratch.missing.push_back(token.blank_after);
    } else {
      scratch.cache.touch(vector);
    }
  };

  // Rows: for each segment the `reach` before, its tokens, the `reach` behind. Neighbours share the pads between them.
  struct Row {
    std::uint32_t token;  // ~0 = pad
  };
  std::vector<Row> layout(1, Row{~0u});
  bool ends_in_pads = false;
  for (Segment& segment : segments) {
    const std::uint32_t before = std::min(reach, segment.begin - segment.text_begin);
    if (!(ends_in_pads && before == 0)) layout.insert(layout.end(), reach - before, Row{~0u});
    for (std::uint32_t i = segment.begin - before; i < segment.begin; ++i) layout.push_back({i});
    segment.row = layout.size();
    const std::uint32_t after = std::min(reach, segment.text_end - segment.end);
    for (std::uint32_t i = segment.begin; i < segment.end + after; ++i) layout.push_back({i});
    layout.insert(layout.end(), reach - after, Row{~0u});
    ends_in_pads = after == 0;
  }
  layout.push_back({~0u});
  for (const Row row : layout)
    if (row.token != ~0u) need(tokens[row.token]);
  fill_missing(kernels, lexemes, scratch);

  scratch.rows.resize(layout.size());
  for (std::size_t i = 0; i < layout.size(); ++i) {
    if (layout[i].token == ~0u) {
      scratch.rows[i] = {zeros, zeros};
    } else {
      const EncoderToken token = tokens[layout[i].token];
      const float* entry = scratch.cache.entry(lexemes[token.lexeme].vectors[kind(token)]);
      scratch.rows[i] = {entry, entry + vector_width};
    }
  }

  // Layer l needs `reach - l` rows around each segment; ranges that touch are one.
  const auto each_range = [&](std::uint32_t around, const auto& use) {
    std::size_t begin = 0, end = 0;
    for (const Segment& segment : segments) {
      const std::size_t from = segment.row - around, to = segment.row + (segment.end - segment.begin) + around;
      if (end != 0 && from <= end + 1) {
        end = std::max(end, to);
      } else {
        if (end != 0) use(begin, end);
        begin = from;
        end = to;
      }
    }
    if (end != 0) use(begin, end);
  };
  const std::size_t needed = (layout.size() + 4) * vector_width;  // pairs may reach a row past the end
  if (scratch.vectors.size() < needed) {
    scratch.vectors.resize(needed);
    scratch.next_vectors.resize(needed);
  }
  scratch.work.resize(later_work_size);
  each_range(reach - 1, [&](std::size_t begin, std::size_t end) {
    kernels.first(scratch.rows.data(), begin, end, first_affine_.data(), scratch.vectors.data());
  });
  for (std::uint32_t layer = 0; layer < later_layers; ++layer) {
    scratch.pairs.clear();
    each_range(reach - 2 - layer, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; row += 2) scratch.pairs.push_back(static_cast<std::uint32_t>(row));
    });
    kernels.later(scratch.vectors.data(), scratch.pairs.data(), scratch.pairs.size(), later_[layer].data(), later_affine_[layer].data(),
                  scratch.next_vectors.data(), scratch.work.data());
    std::swap(scratch.vectors, scratch.next_vectors);
  }
  scratch.lower.resize(std::max(scratch.lower.size(), layout.size() * head_columns_));
  each_range(0, [&](std::size_t begin, std::size_t end) {
    kernels.dense(scratch.vectors.data() + begin * vector_width, vector_width, end - begin, vector_width, head_columns_, head_.data(), head_bias_.data(),
                  scratch.lower.data() + begin * head_columns_, head_columns_);
  });
}

void Encoder::fill_missing(const Kernels& kernels, LexemeTable& lexemes, EncoderScratch& scratch) const {
  constexpr std::size_t at_once = 64;
  const std::size_t inputs = columns_.size() * vector_width;
  scratch.missing_inputs.resize(at_once * inputs);
  scratch.missing_vectors.resize(at_once * vector_width);
  scratch.missing_products.resize(at_once * product_size);
  const std::size_t total = scratch.missing.size() / 3;
  for (std::size_t begin = 0; begin < total; begin += at_once) {
    const std::size_t count = std::min(at_once, total - begin);
    for (std::size_t i = 0; i < count; ++i) {
      const Lexeme& lexeme = lexemes[scratch.missing[(begin + i) * 3 + 1]];
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::uint64_t feature = c < 4 ? lexeme.features[c] : c == 4 ? scratch.missing[(begin + i) * 3 + 2] : lexeme.is_space;
        float* const out = scratch.missing_inputs.data() + i * inputs + c * vector_width;
        std::fill(out, out + vector_width, 0.0f);
        for (const std::uint32_t key : embedding_keys(feature, columns_[c].seed)) {
          const float* row = columns_[c].rows.data() + key % columns_[c].count * vector_width;
          for (std::size_t k = 0; k < vector_width; ++k) out[k] += row[k];
        }
      }
    }
    kernels.mixer(scratch.missing_inputs.data(), count, inputs, mixer_.data(), mixer_affine_.data(), scratch.missing_vectors.data());
    kernels.products(scratch.missing_vectors.data(), count, first_.data(), scratch.missing_products.data());
    for (std::size_t i = 0; i < count; ++i) {
      float* const entry = scratch.cache.entry(scratch.missing[(begin + i) * 3]);
      std::memcpy(entry, scratch.missing_vectors.data() + i * vector_width, vector_width * sizeof(float));
      std::memcpy(entry + vector_width, scratch.missing_products.data() + i * product_size, product_size * sizeof(float));
    }
  }
}

void Encoder::first_vector(const Kernels& kernels, EncoderToken token, LexemeTable& lexemes, EncoderScratch& scratch, float* out) const {
  std::vector<float> last;
  last_vectors(kernels, {&token, 1}, lexemes, scratch, last);
  std::memcpy(out, scratch.cache.entry(lexemes[token.lexeme].vectors[static_cast<std::size_t>(kind_of(token))]), vector_width * sizeof(float));
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
      out.insert(out.end(), scratch.vectors.begin() + static_cast<std::ptrdiff_t>(segment.row * vector_width),
                 scratch.vectors.begin() + static_cast<std::ptrdiff_t>((segment.row + segment.end - segment.begin) * vector_width));
  }
}

}  // namespace dragoman
