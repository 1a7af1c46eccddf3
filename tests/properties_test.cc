// What must hold of any text: random bytes, and the bundled stories with pieces cut, doubled, swapped and broken.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <thread>

#include "dragoman/base/utf8.h"
#include "dragoman/view/briefing.h"
#include "dragoman/view/reading_json.h"
#include "dragoman/view/reading_rows.h"
#include "tests/temporary_store.h"
#include "tests/with_engine.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> stories() {
  std::vector<std::string> texts;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(DRAGOMAN_SOURCE_DIR) / "examples"))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) texts.push_back(file_text(path));
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

class Properties : public WithEngine {
 protected:
  std::string json(std::string text, Engine::Scratch& scratch) {
    std::string out;
    append_reading_json(built_engine()->read(std::move(text), {.published = "2026-03-12"}, scratch), out);
    return out;
  }
};

bool is_border(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

TEST_F(Properties, TokensLieInOrderInTheirSentencesAndTrees) {
  std::mt19937 random(1);
  const auto texts = stories();
  for (int i = 0; i < 150; ++i) {
    const std::string text = mutated(texts, random);
    const Reading reading = read(text, {});
    const Document& document = reading.document;
    ASSERT_EQ(document.text(), sound_utf8(text).text);
    std::uint32_t last = 0;
    for (TokenIndex at = 0; at < document.size(); ++at) {
      const Token& token = document[at];
      ASSERT_LE(last, token.span.begin);
      ASSERT_LT(token.span.begin, token.span.end);
      ASSERT_LE(token.span.end, document.text().size());
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
  const auto texts = stories();
  for (int i = 0; i < 150; ++i) {
    const std::string given = mutated(texts, random);
    const Reading reading = read(given, {.published = "2026-03-12"});
    const std::string_view text = reading.document.text();
    ASSERT_TRUE(is_valid_utf8(text));
    ASSERT_TRUE(text == given || !is_valid_utf8(given));
    const auto good = [&](ByteSpan span) {
      ASSERT_LT(span.begin, span.end);
      ASSERT_LE(span.end, text.size());
      ASSERT_TRUE(is_border(text, span.begin) && is_border(text, span.end));
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

TEST_F(Properties, QuotedWordsStandInTheirContent) {
  std::mt19937 random(5);
  const auto texts = stories();
  std::size_t quoted = 0;
  for (int i = 0; i < 100; ++i) {
    const Reading reading = read(mutated(texts, random), {.published = "2026-03-12"});
    for (const Statement& statement : reading.statements)
      for (const ByteSpan span : statement.quoted) {
        ++quoted;
        ASSERT_TRUE(std::any_of(statement.content.begin(), statement.content.end(), [&](ByteSpan piece) { return piece.contains(span); }))
            << reading.document.text().substr(span.begin, span.size());
      }
  }
  EXPECT_GT(quoted, 50u);
}

TEST_F(Properties, WhatIsWrittenIsReadBack) {
  std::mt19937 random(6);
  Engine::Scratch scratch;
  const auto texts = stories();
  int checked = 0;
  for (int i = 0; i < 80; ++i) {
    const std::string text = mutated(texts, random);
    const std::string written = json(text, scratch);
    const auto back = parse_reading_json(written);
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->document.text(), sound_utf8(text).text);
    std::string again;
    append_reading_json(*back, again);
    const auto without_sentences = [](std::string reading) {  // they are made of tokens, which a reading does not hold
      const std::size_t begin = reading.find("\"sentences\":["), end = reading.find("\"entities\":[");
      return reading.erase(begin, end - begin);
    };
    ASSERT_EQ(without_sentences(again), without_sentences(written));
    ++checked;
  }
  EXPECT_GT(checked, 20);
}

TEST_F(Properties, AStoreKeepsEveryFinding) {
  std::mt19937 random(7);
  const auto texts = stories();
  TemporaryStore store;
  std::size_t statements = 0, events = 0, commitments = 0, positions = 0;
  for (int i = 0; i < 40; ++i) {
    const Reading reading = read(mutated(texts, random), {.published = "2026-03-12"});
    const std::string sha256 = sha256_hex(reading.document.text());
    if (store->find(sha256)) continue;
    statements += reading.statements.size();
    events += reading.events.size();
    commitments += reading.commitments.size();
    positions += reading.positions.size();
    const DocumentKey doc = store->add(reading, {.sha256 = sha256, .source = "test", .bytes = reading.document.text().size()});
    ASSERT_EQ(store->find(sha256), doc);
    Query text = store.database().prepare("SELECT text FROM documents WHERE doc=?");
    ASSERT_TRUE(text.bind(1, doc).step());
    ASSERT_EQ(text.text(0), reading.document.text());
    text.run();
  }
  ASSERT_TRUE(store->settle());
  const auto count = [&](const char* table) {
    Query query = store.database().prepare("SELECT count(*) FROM " + std::string(table));
    const std::size_t rows = query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
    query.run();
    return rows;
  };
  EXPECT_EQ(count("statements"), statements);
  EXPECT_EQ(count("events"), events);
  EXPECT_EQ(count("commitments"), commitments);
  EXPECT_EQ(count("positions"), positions);
  EXPECT_EQ(count("pragma_foreign_key_check"), 0u);
  EXPECT_GT(statements, 20u);
}

TEST_F(Properties, StoriesRunTogetherAreRead) {
  std::mt19937 random(8);
  const auto texts = stories();
  for (int i = 0; i < 30; ++i) {
    static constexpr const char* joints[] = {"", " ", "\n", "\n\n", "”", "\xC2"};
    const std::string text = mutated(texts, random) + joints[random() % std::size(joints)] + mutated(texts, random) + mutated(texts, random);
    const Reading reading = read(text, {.published = "2026-03-12"});
    for (const Mention& mention : reading.entities.mentions) ASSERT_LE(mention.span.end, reading.document.text().size());
    ASSERT_EQ(reading.document.text(), sound_utf8(text).text);
  }
}

TEST_F(Properties, ThreadsAtOnceReadTheSame) {
  std::mt19937 random(9);
  const auto texts = stories();
  std::vector<std::string> inputs, alone(24), together(24);
  for (int i = 0; i < 24; ++i) inputs.push_back(mutated(texts, random));
  const auto read = [&](std::size_t first, std::size_t step, std::vector<std::string>& into) {
    Engine::Scratch scratch;
    for (std::size_t i = first; i < inputs.size(); i += step) into[i] = json(inputs[i], scratch);
  };
  read(0, 1, alone);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) threads.emplace_back(read, t, 4, std::ref(together));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(alone, together);
}

}  // namespace
}  // namespace dragoman
