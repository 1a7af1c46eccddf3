// Layout (little endian): "DRGEVTW1", uint32 classes, uint32 keys, float bias[classes], float scale[classes],
// uint32 buckets[2^14 + 1], uint32 keys[], int8 weights[keys][classes].
#include "dragoman/relations/event_classifier.h"

#include <cmath>
#include <cstring>

namespace dragoman {

EventType TypeScores::best() const {
  // what is yielded in words and in deeds is one root of CAMEO: together they may be likelier than any other, though neither is alone
  const float yielding = of(EventType::concede) + of(EventType::retreat);
  std::size_t best = static_cast<std::size_t>(of(EventType::concede) > of(EventType::retreat) ? EventType::concede : EventType::retreat);
  float top = yielding;
  for (std::size_t i = 0; i < event_type_count; ++i) {
    const auto type = static_cast<EventType>(i);
    if (type == EventType::concede || type == EventType::retreat || probability[i] <= top) continue;
    best = i;
    top = probability[i];
  }
  return static_cast<EventType>(best);
}

Result<EventClassifier> EventClassifier::open(std::string_view bytes) {
  constexpr std::string_view magic = "DRGEVTW1";
  constexpr const char* name = "events/classifier.weights";
  const std::size_t header = magic.size() + 2 * sizeof(std::uint32_t) + 2 * classes * sizeof(float) +
                             ((1u << bucket_bits) + 1) * sizeof(std::uint32_t);
  if (!bytes.starts_with(magic)) return fail(ErrorCode::malformed, name, ": no ", magic, " at its begin; run tools/train_events");
  if (bytes.size() < header) return fail(ErrorCode::malformed, name, ": cut short");
  std::uint32_t counts[2];
  std::memcpy(counts, bytes.data() + magic.size(), sizeof counts);
  if (counts[0] != classes) return fail(ErrorCode::malformed, name, ": ", counts[0], " classes, expected ", classes);
  if (bytes.size() != header + counts[1] * (sizeof(std::uint32_t) + classes))
    return fail(ErrorCode::malformed, name, ": ", bytes.size(), " bytes do not hold ", counts[1], " features");
  EventClassifier classifier;
  const char* at = bytes.data() + magic.size() + sizeof counts;
  const auto take = [&at]<class T>(const T*& place, std::size_t count) {
    place = reinterpret_cast<const T*>(at);
    at += count * sizeof(T);
  };
  take(classifier.bias_, classes);
  take(classifier.scale_, classes);
  take(classifier.buckets_, (1u << bucket_bits) + 1);
  take(classifier.keys_, counts[1]);
  take(classifier.weights_, counts[1] * classes);
  return classifier;
}

TypeScores EventClassifier::scores(std::span<const std::uint32_t> features) const {
  std::array<std::int32_t, classes> sums{};
  std::size_t known = 0;
  for (const std::uint32_t feature : features) {
    const std::uint32_t bucket = feature >> (32 - bucket_bits);
    for (std::uint32_t i = buckets_[bucket]; i < buckets_[bucket + 1]; ++i) {
      if (keys_[i] != feature) continue;
      const std::int8_t* row = weights_ + static_cast<std::size_t>(i) * classes;
      for (std::size_t c = 0; c < classes; ++c) sums[c] += row[c];
      ++known;
      break;
    }
  }
  // features are scaled to unit length, as in training
  const float length = known ? 1.0f / std::sqrt(static_cast<float>(features.size())) : 0.0f;
  TypeScores scores;
  float top = -1e30f, total = 0;
  for (std::size_t c = 0; c < classes; ++c) {
    scores.probability[c] = bias_[c] + scale_[c] * static_cast<float>(sums[c]) * length;
    top = std::max(top, scores.probability[c]);
  }
  for (float& value : scores.probability) total += value = std::exp(value - top);
  for (float& value : scores.probability) value /= total;
  return scores;
}

}  // namespace dragoman
