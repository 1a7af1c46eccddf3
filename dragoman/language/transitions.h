// Transition models: the dependency parser and the entity recogniser, one move at a time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/language/aligned.h"
#include "dragoman/language/kernels.h"
#include "dragoman/language/model_file.h"

namespace dragoman {

/// One decision, for tests: the tokens of the state's features (-1 = none), the class that was chosen and its score.
struct TransitionStep {
  std::array<std::int32_t, parser_slots> features{};
  std::uint32_t chosen = 0;
  float score = 0;
};

/// The weights of a transition model. Its lower vectors (64 floats a token) are made by the encoder.
struct TransitionWeights {
  std::span<const float> slots;       ///< dense, 64 inputs
  std::span<const float> pad;         ///< [slot][128]: stands for a missing token
  std::span<const float> bias;        ///< [128]
  std::span<const float> upper;       ///< [64][columns]
  std::span<const float> upper_bias;  ///< [columns]
};

/// The lower vectors of a text's tokens multiplied by the weights of every slot: 128 floats a slot. They are made in blocks just before
/// they are needed and kept for the last `window` tokens; older ones are made again on demand, so memory is bounded.
class SlotVectors {
 public:
  static constexpr std::size_t block = 36, window = 4 * block;
  /// Rows are made this many at a time, so `lower` must have room for some behind the last token, whatever they hold.
  static constexpr std::size_t rounding = 6;

  void start(const Kernels& kernels, std::span<const float> weights, std::size_t slots, const float* lower, std::size_t tokens);
  /// The vector of `token` in `slot`; valid until 8 more are asked for.
  [[nodiscard]] const float* at(std::size_t slot, std::size_t token);

 private:
  const float* again(std::size_t slot, std::size_t token);
  const Kernels* kernels_ = nullptr;
  const float* weights_ = nullptr;
  const float* lower_ = nullptr;
  std::size_t slots_ = 0, tokens_ = 0, made_ = 0;
  LineFloats ring_;
  LineFloats spare_ = LineFloats(8 * slot_columns);
  std::size_t next_spare_ = 0;
};

inline const float* SlotVectors::at(std::size_t slot, std::size_t token) {
  while (token >= made_) {
    const std::size_t count = std::min(block, (tokens_ - made_ + rounding - 1) / rounding * rounding);
    kernels_->dense(lower_ + made_ * hidden_width, hidden_width, count, hidden_width, slots_ * slot_columns, weights_, nullptr,
                    ring_.data() + made_ % window * slots_ * slot_columns, slots_ * slot_columns);
    made_ += count;
  }
  if (token + window - block < made_) return again(slot, token);
  return ring_.data() + (token % window * slots_ + slot) * slot_columns;
}

class DependencyParser {
 public:
  struct Scratch {
    SlotVectors slots;
    std::vector<std::uint32_t> stack, rebuffer;
    std::vector<std::uint8_t> unshiftable, starts;
    std::vector<std::int32_t> last_left, last_right;     ///< last attached child on either side
    std::vector<std::int32_t> before_left, before_right; ///< the child attached before this one, to the same head and side
    std::vector<std::uint8_t> moves;                     ///< class of the arc that a token hangs on
    std::vector<std::uint32_t> left_edge, right_edge, first_child, next_child, queue, next_queue;
  };

  [[nodiscard]] static Result<DependencyParser> make(const ModelFile& model);

  /// Parses a text of `heads.size()` tokens. `lower` holds 64 floats a token (and room as SlotVectors asks for), `is_space` a flag a token. Fills the heads (a root is its own),
  /// labels and sentence starts. `trace` may be null.
  void parse(const Kernels& kernels, const float* lower, std::span<const std::uint8_t> is_space, std::span<std::uint32_t> heads,
             std::span<Dep> deps, std::span<std::uint8_t> sentence_begins, Scratch& scratch, std::vector<TransitionStep>* trace) const;

 private:
  TransitionWeights weights_;
  std::vector<ParserMove> moves_;
  LineFloats masks_;  ///< [validity of the five kinds as bits][columns]: 0 or minus infinity
};

class EntityRecognizer {
 public:
  [[nodiscard]] static Result<EntityRecognizer> make(const ModelFile& model);

  /// Finds the names of a text of `labels.size()` tokens. Fills each token's label and whether a name begins with it.
  void find(const Kernels& kernels, const float* lower, std::span<const std::uint8_t> is_space, std::span<const std::uint8_t> sentence_begins,
            std::span<EntityLabel> labels, std::span<std::uint8_t> begins, SlotVectors& slots, std::vector<TransitionStep>* trace) const;

 private:
  TransitionWeights weights_;
  std::vector<NerMove> moves_;
  LineFloats masks_;  ///< [not open: 0..3 by (may begin), open label: ...][columns]
};

}  // namespace dragoman
