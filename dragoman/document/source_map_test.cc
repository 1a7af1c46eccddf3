#include "dragoman/document/source_map.h"

#include <gtest/gtest.h>

namespace dragoman {
namespace {

//  source: "<p>A&amp;B</p><p>C\xE9</p>"   text: "A&B\n\nCé"
MappedText sample() {
  MappedText mapped;
  mapped.copy("A", 3);
  mapped.replace("&", 4, 5);
  mapped.copy("B", 9);
  mapped.replace("\n\n", 10, 0);
  mapped.copy("C", 17);
  mapped.replace("é", 18, 1);
  return mapped;
}

TEST(SourceMap, LeadsSpansBack) {
  const SourceMap map = sample().map;
  EXPECT_EQ(map.size(), 8u);
  EXPECT_EQ(map.source({0, 1}), (ByteSpan{3, 4}));
  EXPECT_EQ(map.source({0, 2}), (ByteSpan{3, 9}));
  EXPECT_EQ(map.source({1, 3}), (ByteSpan{4, 10}));
  EXPECT_EQ(map.source({5, 8}), (ByteSpan{17, 19}));
  EXPECT_EQ(map.source({0, 8}), (ByteSpan{3, 19}));
}

TEST(SourceMap, PacksAndUnpacks) {
  const SourceMap map = sample().map;
  const auto again = SourceMap::unpack(map.packed());
  ASSERT_TRUE(again) << again.error().message;
  for (std::uint32_t begin = 0; begin < 8; ++begin)
    for (std::uint32_t end = begin + 1; end <= 8; ++end) EXPECT_EQ(again->source({begin, end}), map.source({begin, end}));
  EXPECT_EQ(SourceMap{}.packed(), "");
  SourceMap same;
  same.copied(0, 100);
  EXPECT_EQ(same.packed(), "");
  EXPECT_EQ(SourceMap::unpack("")->source({4, 9}), (ByteSpan{4, 9}));
  EXPECT_FALSE(SourceMap::unpack("\x01\x80"));
  EXPECT_FALSE(SourceMap::unpack("\x09"));
}

TEST(SourceMap, GoesThroughASecondMap) {
  // The page was Latin-1: "é" of its UTF-8 form, at 18 and 19, is one byte of the file; a byte order mark of 3 stands before all.
  SourceMap encoding;
  encoding.copied(3, 18);
  encoding.replaced(21, 1, 2);
  MappedText page = sample();
  SourceMap text;
  text.copied(3, 1);
  text.replaced(4, 5, 1);
  text.copied(17, 3);  // "Cé" in the page's UTF-8
  const SourceMap whole = text.then(encoding);
  EXPECT_EQ(whole.source({0, 2}), (ByteSpan{6, 12}));
  EXPECT_EQ(whole.source({2, 5}), (ByteSpan{20, 22}));
  EXPECT_EQ(whole.source({3, 5}), (ByteSpan{21, 22}));
}

}  // namespace
}  // namespace dragoman
