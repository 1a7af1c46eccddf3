// What must hold of any text: random bytes, and the bundled stories with pieces cut, doubled, swapped and broken.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "dragoman/base/utf8.h"
#include "dragoman/dragoman.h"
#include "dragoman/view/briefing.h"
#include "dragoman/view/reading_json.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> stories() {
  std::vector<std::string> texts;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(DRAGOMAN_SOURCE_DIR) / "examples"))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

/// A story after a few random accidents. The same seed gives the same text.
std::string mutated(const std::vector<std::string>& texts, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random() % n); };
  static const std::vector<std::string> splinters = {"“", "”", "\"", "\n\n", "\xFF", "\xC2\xAD", " said", ", he said, ", "»", "\t", "\0",
                                                     "\xE2\x80", "Iran", "’s", "—", "1. ", "\r\n", "(", "\xF0\x9F\x91\xA9"};
  std::string text = texts[below(texts.size())];
  for (std::size_t accidents = 1 + below(12); accidents > 0; --accidents) {
    const std::size_t at = below(text.size()), length = below(200);
    switch (below(5)) {
      case 0: text.erase(at, length); break;
      case 1: text.insert(at, text.substr(below(text.size()), length)); break;
      case 2: text.insert(at, splinters[below(splinters.size())]); break;
      case 3: text.resize(at + 1); break;
      default: if (!text.empty()) text[below(text.size())] = static_cast<char>(random());
    }
    if (text.empty()) text = "x";
  }
  return text;
}

class Properties : public testing::Test {
 protected:
  void SetUp() override {
    Result<Engine> engine = Engine::open({.model = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman.model",
                                          .knowledge = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman.knowledge"});
    if (!engine) GTEST_SKIP() << engine.error().message;
    engine_.emplace(std::move(*engine));
  }

  std::string json(std::string text, Engine::Scratch& scratch) {
    std::string out;
    append_reading_json(engine_->read(std::move(text), {.published = "2026-03-12"}, scratch), out);
    return out;
  }

  std::optional<Engine> engine_;
};

bool is_border(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

TEST_F(Properties, TokensLieInOrderInTheirSentencesAndTrees) {
  std::mt19937 random(1);
  Engine::Scratch scratch;
  const auto texts = stories();
  for (int i = 0; i < 150; ++i) {
    const std::string text = mutated(texts, random);
    const Reading reading = engine_->read(text, {}, scratch);
    const Document& document = reading.document;
    ASSERT_EQ(document.text(), text);
    std::uint32_t last = 0;
    for (TokenIndex at = 0; at < document.size(); ++at) {
      const Token& token = document[at];
      ASSERT_LE(last, token.span.begin);
      ASSERT_LT(token.span.begin, token.span.end);
      ASSERT_LE(token.span.end, text.size());
      last = token.span.end;
      ASSERT_TRUE(document.sentence_of(at).contains(at));
      ASSERT_TRUE(document.is_under(at, at));
    }
    for (const TokenSpan sentence : document.sentences())
      for (const TokenSpan paragraph : document.paragraphs()) ASSERT_TRUE(!paragraph.overlaps(sentence) || paragraph.contains(sentence));
  }
}

TEST_F(Properties, SpansAreInsideAndOnBorders) {
  std::mt19937 random(2);
  Engine::Scratch scratch;
  const auto texts = stories();
  for (int i = 0; i < 150; ++i) {
    const std::string text = mutated(texts, random);
    const bool valid = is_valid_utf8(text);
    const Reading reading = engine_->read(text, {.published = "2026-03-12"}, scratch);
    const auto good = [&](ByteSpan span) {
      ASSERT_LT(span.begin, span.end);
      ASSERT_LE(span.end, text.size());
      if (valid) {
        ASSERT_TRUE(is_border(text, span.begin) && is_border(text, span.end));
      }
    };
    for (const Mention& mention : reading.entities.mentions) good(mention.span);
    for (const Statement& statement : reading.statements) {
      ASSERT_FALSE(statement.content.empty());
      std::uint32_t end = 0;
      for (const ByteSpan span : statement.content) {
        good(span);
        ASSERT_LE(end, span.begin) << "content pieces overlap or are out of order";
        end = span.end;
      }
    }
    for (const Event& event : reading.events) good(event.evidence.sentence);
    for (const Commitment& commitment : reading.commitments) good(commitment.evidence.sentence);
    for (const Position& position : reading.positions) good(position.evidence.sentence);
    std::string shown;
    append_briefing(reading, {.colours = false, .width = 60}, shown);
    ASSERT_EQ(shown.find('\x1b'), std::string::npos) << "an escape of the story reached the terminal";
  }
}

TEST_F(Properties, ReadingTwiceOrAfterOthersGivesTheSame) {
  std::mt19937 random(3);
  Engine::Scratch warm;
  const auto texts = stories();
  for (int i = 0; i < 40; ++i) {
    const std::string text = mutated(texts, random);
    Engine::Scratch cold;
    const std::string first = json(text, cold);
    ASSERT_EQ(first, json(text, warm));
    ASSERT_EQ(first, json(text, warm));
  }
}

TEST_F(Properties, RandomBytesAreRead) {
  std::mt19937 random(4);
  Engine::Scratch scratch;
  for (int i = 0; i < 200; ++i) {
    std::string text(random() % 400, '\0');
    for (char& c : text) c = static_cast<char>(random());
    const std::string out = json(text, scratch);
    ASSERT_TRUE(is_valid_utf8(out));
  }
}

}  // namespace
}  // namespace dragoman
