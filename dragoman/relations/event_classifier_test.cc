#include "dragoman/relations/event_classifier.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace dragoman {
namespace {

constexpr std::size_t classes = event_type_count + 1;
constexpr std::uint32_t bucket_count = 1u << 14;

/// A file of weights with one feature, which speaks for one class.
std::string weights(std::uint32_t key, EventType type, std::int8_t strength) {
  std::string bytes = "DRGEVTW1";
  const auto put = [&bytes](const auto& value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); };
  put(static_cast<std::uint32_t>(classes));
  put(std::uint32_t{1});
  for (std::size_t c = 0; c < classes; ++c) put(c == event_type_count ? 0.5f : 0.0f);  // no event is likeliest where nothing is known
  for (std::size_t c = 0; c < classes; ++c) put(0.1f);
  for (std::uint32_t b = 0; b <= bucket_count; ++b) put(b > (key >> 18) ? 1u : 0u);
  put(key);
  for (std::size_t c = 0; c < classes; ++c) put(static_cast<std::int8_t>(c == static_cast<std::size_t>(type) ? strength : 0));
  return bytes;
}

/// The classifier reads in place and wants its bytes aligned.
std::vector<std::uint32_t> aligned(const std::string& bytes) {
  std::vector<std::uint32_t> words((bytes.size() + 3) / 4);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

TEST(EventClassifier, WeighsKnownFeatures) {
  const std::string bytes = weights(0xabcdef01u, EventType::aid, 100);
  const std::vector<std::uint32_t> words = aligned(bytes);
  const auto classifier = EventClassifier::open({reinterpret_cast<const char*>(words.data()), bytes.size()});
  ASSERT_TRUE(classifier.has_value());

  const TypeScores known = classifier->scores(std::vector<std::uint32_t>{0xabcdef01u});
  EXPECT_EQ(known.best(), EventType::aid);
  EXPECT_GT(known.of(EventType::aid), 0.99f);
  float total = 0;
  for (const float p : known.probability) total += p;
  EXPECT_NEAR(total, 1.0f, 1e-5f);

  const TypeScores unknown = classifier->scores(std::vector<std::uint32_t>{0xabcdef02u});
  EXPECT_GT(unknown.none(), unknown.of(EventType::aid));

  // unknown features make the known ones count less: there is more in the sentence that nothing is known of
  const TypeScores diluted = classifier->scores(std::vector<std::uint32_t>{0xabcdef01u, 1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_LT(diluted.of(EventType::aid), known.of(EventType::aid));
}

TEST(TypeScores, LetYieldingCompeteAsOneRoot) {
  TypeScores scores;
  const auto set = [&scores](EventType type, float p) { scores.probability[static_cast<std::size_t>(type)] = p; };
  set(EventType::agree, 0.4f);
  set(EventType::concede, 0.25f);
  set(EventType::retreat, 0.3f);
  EXPECT_EQ(scores.best(), EventType::retreat);
  set(EventType::agree, 0.6f);
  EXPECT_EQ(scores.best(), EventType::agree);
}

TEST(EventClassifier, RefusesABrokenFile) {
  const std::string good = weights(7, EventType::aid, 1);
  for (const std::string& bad : {std::string("DRGEVTW9") + good.substr(8), good.substr(0, 40), good.substr(0, good.size() - 1), std::string()}) {
    const auto classifier = EventClassifier::open(bad);
    ASSERT_FALSE(classifier.has_value());
    EXPECT_NE(classifier.error().message.find("classifier.weights"), std::string::npos) << classifier.error().message;
  }
}

}  // namespace
}  // namespace dragoman
