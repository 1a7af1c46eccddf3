#include <gtest/gtest.h>

#include "dragoman/base/json.h"
#include "dragoman/base/sha256.h"
#include "dragoman/base/tsv.h"
#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

TEST(Sha256, KnownAnswers) {  // FIPS 180-4 examples
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  for (const std::size_t size : {55u, 56u, 63u, 64u, 65u, 119u, 120u}) {  // both sides of the padding's edges, in one piece and in two
    Sha256 whole, pieces;
    const std::string bytes(size, 'x');
    whole.add(bytes);
    pieces.add(std::string_view(bytes).substr(0, size / 3));
    pieces.add(std::string_view(bytes).substr(size / 3));
    EXPECT_EQ(whole.hex(), pieces.hex()) << size;
  }
}

TEST(JsonWriter, EscapesAndSeparates) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("a").begin_array().integer(-1).string("q\"\\\n\x01é\xFF").null().end_array().key("b").number(0.5).end_object();
  EXPECT_EQ(out, "{\"a\":[-1,\"q\\\"\\\\\\n\\u0001é\xEF\xBF\xBD\",null],\"b\":0.5}");
}

TEST(Utf8, TellsBrokenFromWhole) {
  EXPECT_TRUE(is_valid_utf8("Ağrı – 日本 𐌰"));
  for (const std::string_view broken : {"\x80", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xF0\x80\x80\x80"})
    EXPECT_FALSE(is_valid_utf8(broken));
}

TEST(Utf8, PutsOneReplacementForEachBrokenSequence) {
  const SoundUtf8 whole = sound_utf8("Ağrı");
  EXPECT_EQ(whole.text, "Ağrı");
  EXPECT_EQ(whole.broken, 0u);
  const SoundUtf8 sound = sound_utf8("a\xFF\xE2\x82 b\xC3\xA9\x80");
  EXPECT_EQ(sound.text, "a\uFFFD\uFFFD b\xC3\xA9\uFFFD");
  EXPECT_EQ(sound.broken, 3u);
  EXPECT_EQ(sound.first_broken, 1u);
}

TEST(Tsv, NamesTheLineThatIsWrong) {
  const auto table = parse_tsv("# note\nverb\tframe\nsay\tthat\n\nurge\tinfinitive\n", "cues.tsv", {"verb", "frame"});
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->rows.size(), 2u);
  EXPECT_EQ(table->rows[1].cells[0], "urge");
  EXPECT_EQ(table->rows[1].line, 5u);
  const auto wrong = parse_tsv("verb\tframe\nsay\n", "cues.tsv", {"verb", "frame"});
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().message, "cues.tsv:2: 1 cells, expected 2");
}

}  // namespace
}  // namespace dragoman
