#include "dragoman/language/transitions.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace dragoman {
namespace {

constexpr float minus_infinity = -std::numeric_limits<float>::infinity();

Result<TransitionWeights> weights_of(const ModelFile& model, const std::string& name, std::size_t slots, std::size_t columns) {
  TransitionWeights weights{.slots = model.section<float>(name + ".slots"),
                            .pad = model.section<float>(name + ".pad"),
                            .bias = model.section<float>(name + ".bias"),
                            .upper = model.section<float>(name + ".upper"),
                            .upper_bias = model.section<float>(name + ".upper.bias")};
  if (weights.slots.size() != hidden_width * slots * slot_columns || weights.pad.size() != slots * slot_columns ||
      weights.bias.size() != slot_columns || weights.upper.size() != hidden_width * columns || weights.upper_bias.size() != columns)
    return fail(ErrorCode::malformed, "the model's ", name, " has another shape than this build reads");
  return weights;
}

// ---- What the heads imply --------------------------------------------------------------------------------------------------------

/// Marks where sentences begin: at the left edge of each root's subtree. The edges are found by sweeping; a tree with crossing arcs can
/// need more than one sweep, and gets at most twelve, as in the model's own library.
void find_sentences(std::span<const std::uint32_t> heads, std::span<std::uint8_t> sentence_begins, DependencyParser::Scratch& scratch) {
  const std::size_t count = heads.size();
  auto& left = scratch.left_edge;
  auto& right = scratch.right_edge;
  left.resize(count);
  right.resize(count);
  std::iota(left.begin(), left.end(), 0u);
  std::iota(right.begin(), right.end(), 0u);
  const auto widen = [&](std::size_t child) {
    const std::uint32_t head = heads[child];
    left[head] = std::min(left[head], left[child]);
    right[head] = std::max(right[head], right[child]);
  };
  for (int sweep = 0; sweep < 12; ++sweep) {
    for (std::size_t i = 0; i < count; ++i) widen(i);
    for (std::size_t i = count; i-- > 0;) widen(i);
    std::fill(sentence_begins.begin(), sentence_begins.end(), std::uint8_t{0});
    for (std::size_t i = 0; i < count; ++i)
      if (heads[i] == i) sentence_begins[left[i]] = 1;
    bool inside = true;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < count && inside; ++i) {
      if (!(i > 0 && sentence_begins[i]) && i + 1 != count) continue;
      for (std::size_t j = begin; j < i; ++j) inside = inside && heads[j] >= begin && heads[j] <= i;
      begin = i;
    }
    if (inside) return;
  }
}

/// Undoes the lifting of crossing arcs. A label "dobj||xcomp" says: a dobj whose true head is labelled xcomp, to be found below the head
/// it hangs on now, breadth first.
void lower_lifted_arcs(std::span<const ParserMove> moves, std::span<const std::uint8_t> is_space, std::span<std::uint32_t> heads,
                       std::span<Dep> deps, DependencyParser::Scratch& scratch) {
  const std::size_t count = heads.size();
  // Children by ascending index; changed in place as arcs move, since later searches see earlier changes.
  constexpr std::uint32_t none = 0xffffffffu;
  std::vector<std::vector<std::uint32_t>> children(count);
  for (std::uint32_t i = 0; i < count; ++i)
    if (heads[i] != i) children[heads[i]].push_back(i);
  // The label that a search may match: a decorated one matches nothing until it has been lowered itself.
  const auto decorated = [&](std::uint32_t token) { return moves[scratch.moves[token]].of; };
  std::vector<bool> waiting(count);
  for (std::uint32_t i = 0; i < count; ++i) waiting[i] = heads[i] != i && decorated(i) != Dep::none;
  for (std::uint32_t token = 0; token < count; ++token) {
    if (!waiting[token]) continue;
    const Dep wanted = decorated(token);
    std::uint32_t found = none;
    auto& level = scratch.queue;
    auto& next = scratch.next_queue;
    level.assign(1, heads[token]);
    while (!level.empty() && found == none) {
      next.clear();
      for (const std::uint32_t above : level) {
        for (const std::uint32_t child : children[above]) {
          if (child == token || is_space[child]) continue;
          if (!waiting[child] && deps[child] == wanted) {
            found = child;
            break;
          }
          next.push_back(child);
        }
        if (found != none) break;
      }
      std::swap(level, next);
    }
    waiting[token] = false;
    if (found == none) continue;
    std::erase(children[heads[token]], token);
    heads[token] = found;
    children[found].insert(std::upper_bound(children[found].begin(), children[found].end(), token), token);
  }
}

}  // namespace

// ---- Slot vectors ----------------------------------------------------------------------------------------------------------------

void SlotVectors::start(const Kernels& kernels, std::span<const float> weights, std::size_t slots, const float* lower, std::size_t tokens) {
  kernels_ = &kernels;
  weights_ = weights.data();
  lower_ = lower;
  slots_ = slots;
  tokens_ = tokens;
  made_ = 0;
  const std::size_t needed = std::min(window, (tokens + block - 1) / block * block) * slots * slot_columns;
  if (ring_.size() < needed) ring_.resize(needed);
}

const float* SlotVectors::again(std::size_t slot, std::size_t token) {
  float* made = spare_.data() + next_spare_ * slot_columns;
  next_spare_ = (next_spare_ + 1) % 8;
  kernels_->dense(lower_ + token * hidden_width, hidden_width, 1, hidden_width, slot_columns, weights_ + slot * slot_columns * hidden_width, nullptr, made,
                  slot_columns);
  return made;
}

// ---- Parser ----------------------------------------------------------------------------------------------------------------------

Result<DependencyParser> DependencyParser::make(const ModelFile& model) {
  DependencyParser parser;
  Result<TransitionWeights> weights = weights_of(model, "parser", parser_slots, parser_columns);
  if (!weights) return tl::unexpected(weights.error());
  parser.weights_ = *weights;
  const auto moves = model.section<ParserMove>("parser.moves");
  if (moves.size() != parser_classes) return fail(ErrorCode::malformed, "the model's parser has ", moves.size(), " classes");
  parser.moves_.assign(moves.begin(), moves.end());
  parser.masks_.assign(32 * parser_columns, minus_infinity);
  for (std::size_t valid = 0; valid < 32; ++valid)
    for (std::size_t c = 0; c < parser_classes; ++c)
      if (valid >> moves[c].kind & 1) parser.masks_[valid * parser_columns + c] = 0;
  return parser;
}

void DependencyParser::parse(const Kernels& kernels, const float* lower, std::span<const std::uint8_t> is_space,
                             std::span<std::uint32_t> heads, std::span<Dep> deps, std::span<std::uint8_t> sentence_begins,
                             Scratch& scratch, std::vector<TransitionStep>* trace) const {
  const std::size_t count = heads.size();
  if (count == 0) return;
  scratch.slots.start(kernels, weights_.slots, parser_slots, lower, count);
  // Each by its name: clang can't capture structured bindings before version 16.
  auto& slots = scratch.slots;
  auto& stack = scratch.stack;
  auto& rebuffer = scratch.rebuffer;
  auto& unshiftable = scratch.unshiftable;
  auto& starts = scratch.starts;
  auto& last_left = scratch.last_left;
  auto& last_right = scratch.last_right;
  auto& before_left = scratch.before_left;
  auto& before_right = scratch.before_right;
  auto& arcs = scratch.moves;
  stack.clear();
  rebuffer.clear();
  unshiftable.assign(count, 0);
  starts.assign(count + 1, 0);
  last_left.assign(count, -1);
  last_right.assign(count, -1);
  before_left.assign(count, -1);
  before_right.assign(count, -1);
  arcs.assign(count, 0);
  constexpr std::uint32_t headless = 0xffffffffu;
  std::fill(heads.begin(), heads.end(), headless);
  std::size_t untouched = 0;  // the next token that was never on the stack

  // Attaching keeps, for each head, the children of a side as a list from the last attached one backwards. Only the last one is ever
  // looked at, and only the last one is ever taken away.
  const auto detach = [&](std::uint32_t child) {
    auto& last = child > heads[child] ? last_right : last_left;
    auto& before = child > heads[child] ? before_right : before_left;
    std::int32_t* link = &last[heads[child]];
    while (*link >= 0 && *link != static_cast<std::int32_t>(child)) link = &before[static_cast<std::size_t>(*link)];
    if (*link >= 0) *link = before[child];
  };
  const auto attach = [&](std::uint32_t head, std::uint32_t child, std::uint32_t move) {
    if (heads[child] != headless) detach(child);
    auto& last = child > head ? last_right : last_left;
    auto& before = child > head ? before_right : before_left;
    before[child] = last[head];
    last[head] = static_cast<std::int32_t>(child);
    heads[child] = head;
    arcs[child] = static_cast<std::uint8_t>(move);
  };

  while (true) {
    const std::size_t waiting = rebuffer.size() + count - untouched;
    if (stack.empty() && waiting == 0) break;
    const auto buffer = [&](std::size_t k) -> std::int32_t {
      if (k < rebuffer.size()) return static_cast<std::int32_t>(rebuffer[rebuffer.size() - 1 - k]);
      const std::size_t at = untouched + k - rebuffer.size();
      return at < count ? static_cast<std::int32_t>(at) : -1;
    };
    const auto on_stack = [&](std::size_t k) -> std::int32_t {
      return k < stack.size() ? static_cast<std::int32_t>(stack[stack.size() - 1 - k]) : -1;
    };
    const std::int32_t b0 = buffer(0), b1 = buffer(1), s0 = on_stack(0);
    const bool b0_starts = b0 >= 0 && starts[static_cast<std::size_t>(b0)];

    unsigned valid = 0;
    if (stack.empty() || (waiting >= 2 && !b0_starts && !unshiftable[static_cast<std::size_t>(b0)])) valid |= 1u << ParserMove::shift;
    if (!stack.empty()) valid |= 1u << ParserMove::reduce;
    if (!stack.empty() && waiting >= 1 && !b0_starts) valid |= 1u << ParserMove::left | 1u << ParserMove::right;
    if (waiting >= 2 && b1 == b0 + 1 && !starts[static_cast<std::size_t>(b1)]) valid |= 1u << ParserMove::break_;

    std::uint32_t chosen = 0;
    // Shift and reduce have one class each: where nothing else is valid, there is nothing to score.
    if (!trace && valid == 1u << ParserMove::shift) {
      chosen = 0;
    } else if (!trace && valid == 1u << ParserMove::reduce) {
      chosen = 1;
    } else {
      const auto child = [](const std::vector<std::int32_t>& last, std::int32_t head) { return head < 0 ? -1 : last[static_cast<std::size_t>(head)]; };
      const std::array<std::int32_t, parser_slots> features = {b0, b1, s0, on_stack(1), on_stack(2), child(last_left, b0),
                                                               child(last_left, s0), child(last_right, s0)};
      std::array<const float*, parser_slots> vectors;
      if (b1 >= 0) static_cast<void>(slots.at(0, static_cast<std::size_t>(b1)));  // makes the newest block first: pointers stay valid
      for (std::size_t f = 0; f < parser_slots; ++f)
        vectors[f] = features[f] < 0 ? weights_.pad.data() + f * slot_columns : slots.at(f, static_cast<std::size_t>(features[f]));
      float score = 0;
      chosen = kernels.choose_parser(vectors.data(), weights_.bias.data(), weights_.upper.data(), weights_.upper_bias.data(),
                                     masks_.data() + valid * parser_columns, trace ? &score : nullptr);
      if (trace) trace->push_back({features, chosen, score});
    }

    const auto push = [&] {
      if (!rebuffer.empty()) {
        stack.push_back(rebuffer.back());
        rebuffer.pop_back();
      } else {
        stack.push_back(static_cast<std::uint32_t>(untouched++));
      }
    };
    switch (moves_[chosen].kind) {
      case ParserMove::shift:
        push();
        break;
      case ParserMove::reduce: {
        const std::uint32_t top = stack.back();
        const bool leaves = heads[top] != headless || stack.size() == 1;
        stack.pop_back();
        if (!leaves) {
          unshiftable[top] = 1;
          rebuffer.push_back(top);
        }
        break;
      }
      case ParserMove::left:
        attach(static_cast<std::uint32_t>(b0), stack.back(), chosen);
        unshiftable[static_cast<std::size_t>(b0)] = 0;
        stack.pop_back();
        break;
      case ParserMove::right:
        attach(stack.back(), static_cast<std::uint32_t>(b0), chosen);
        push();
        break;
      default:
        starts[static_cast<std::size_t>(b1)] = 1;
        break;
    }
  }

  bool lifted = false;
  for (std::size_t i = 0; i < count; ++i) {
    if (heads[i] == headless) {
      heads[i] = static_cast<std::uint32_t>(i);
      deps[i] = Dep::root;
    } else {
      deps[i] = moves_[arcs[i]].dep;
      lifted = lifted || moves_[arcs[i]].of != Dep::none;
    }
  }
  find_sentences(heads, sentence_begins, scratch);
  if (!lifted) return;
  lower_lifted_arcs(moves_, is_space, heads, deps, scratch);
  find_sentences(heads, sentence_begins, scratch);
}

// ---- Names -----------------------------------------------------------------------------------------------------------------------

namespace {
constexpr std::size_t entity_labels = static_cast<std::size_t>(EntityLabel::work_of_art) + 1;
}  // namespace

Result<EntityRecognizer> EntityRecognizer::make(const ModelFile& model) {
  EntityRecognizer recognizer;
  Result<TransitionWeights> weights = weights_of(model, "ner", ner_slots, ner_columns);
  if (!weights) return tl::unexpected(weights.error());
  recognizer.weights_ = *weights;
  const auto moves = model.section<NerMove>("ner.moves");
  if (moves.size() != ner_classes) return fail(ErrorCode::malformed, "the model's entity recogniser has ", moves.size(), " classes");
  recognizer.moves_.assign(moves.begin(), moves.end());
  // Masks by (open label or none, name may go on behind this token, token may stand in a name).
  recognizer.masks_.assign(entity_labels * 4 * ner_columns, minus_infinity);
  for (std::size_t open = 0; open < entity_labels; ++open)
    for (std::size_t state = 0; state < 4; ++state)
      for (std::size_t c = 0; c < ner_classes; ++c) {
        const bool goes_on = state & 2, solid = state & 1;
        const NerMove move = moves[c];
        const bool same = open && static_cast<std::size_t>(move.label) == open;
        bool valid = false;
        switch (move.kind) {
          case NerMove::begin: valid = !open && goes_on && solid; break;
          case NerMove::inside: valid = same && goes_on; break;
          case NerMove::last: valid = same; break;
          case NerMove::unit: valid = !open && solid && move.label != EntityLabel::none; break;
          case NerMove::outside: valid = !open; break;
          default: break;
        }
        if (valid) recognizer.masks_[(open * 4 + state) * ner_columns + c] = 0;
      }
  return recognizer;
}

void EntityRecognizer::find(const Kernels& kernels, const float* lower, std::span<const std::uint8_t> is_space,
                            std::span<const std::uint8_t> sentence_begins, std::span<EntityLabel> labels, std::span<std::uint8_t> begins,
                            SlotVectors& slots, std::vector<TransitionStep>* trace) const {
  const std::size_t count = labels.size();
  slots.start(kernels, weights_.slots, ner_slots, lower, count);
  std::size_t open_at = 0;
  EntityLabel open = EntityLabel::none;
  for (std::size_t token = 0; token < count; ++token) {
    const bool goes_on = token + 1 < count && !sentence_begins[token + 1];
    const float* const newest = slots.at(0, token);
    const bool inside = open != EntityLabel::none;
    const std::array<const float*, ner_slots> vectors = {newest, inside ? slots.at(1, open_at) : weights_.pad.data() + slot_columns,
                                                         inside ? slots.at(2, token - 1) : weights_.pad.data() + 2 * slot_columns};
    const std::size_t state = (goes_on ? 2u : 0u) | (is_space[token] ? 0u : 1u);
    float score = 0;
    const std::uint32_t chosen =
        kernels.choose_ner(vectors.data(), weights_.bias.data(), weights_.upper.data(), weights_.upper_bias.data(),
                           masks_.data() + (static_cast<std::size_t>(open) * 4 + state) * ner_columns, trace ? &score : nullptr);
    if (trace) {
      TransitionStep step{{}, chosen, score};
      step.features.fill(-1);
      step.features[0] = static_cast<std::int32_t>(token);
      if (inside) step.features[1] = static_cast<std::int32_t>(open_at), step.features[2] = static_cast<std::int32_t>(token - 1);
      trace->push_back(step);
    }
    const NerMove move = moves_[chosen];
    labels[token] = move.label;
    begins[token] = move.kind == NerMove::begin || move.kind == NerMove::unit;
    if (move.kind == NerMove::begin) {
      open = move.label;
      open_at = token;
    } else if (move.kind == NerMove::last) {
      open = EntityLabel::none;
    }
  }
}

}  // namespace dragoman
