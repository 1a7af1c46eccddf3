// The linear head: which of PLOVER's types passes between two marked parties, from hashed features of the parse around them.
//
//   features (event_features.h)  ->  EventClassifier::scores()  ->  a probability for each type and for none
//
// The weights are data/events/classifier.weights, made by tools/train_events from data/events/training/; the format is in
// docs/formats/event-weights.md. The file is used in place: opening it reads its header only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "dragoman/base/result.h"
#include "dragoman/relations/events.h"

namespace dragoman {

inline constexpr std::size_t event_type_count = 16;

/// A probability for each EventType, in its order, and last for "no event".
struct TypeScores {
  std::array<float, event_type_count + 1> probability{};
  [[nodiscard]] float of(EventType type) const { return probability[static_cast<std::size_t>(type)]; }
  [[nodiscard]] float none() const { return probability[event_type_count]; }
  /// The likeliest type, "no event" left out. CONCEDE and RETREAT compete together, as CAMEO's one root of yielding.
  [[nodiscard]] EventType best() const;
};

class EventClassifier {
 public:
  /// `bytes` must outlive the classifier and be aligned to 4 bytes.
  [[nodiscard]] static Result<EventClassifier> open(std::string_view bytes);

  /// Order of the features is of no account; a feature given twice counts twice.
  [[nodiscard]] TypeScores scores(std::span<const std::uint32_t> features) const;

 private:
  static constexpr std::size_t classes = event_type_count + 1;
  static constexpr std::uint32_t bucket_bits = 14;
  const float* bias_ = nullptr;            // classes
  const float* scale_ = nullptr;           // classes
  const std::uint32_t* buckets_ = nullptr; // (1 << bucket_bits) + 1 offsets into keys_, by the top bits of a key
  const std::uint32_t* keys_ = nullptr;    // ascending
  const std::int8_t* weights_ = nullptr;   // classes for each key
};

}  // namespace dragoman
