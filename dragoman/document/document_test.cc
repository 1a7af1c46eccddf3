#include "dragoman/document/document.h"

#include <gtest/gtest.h>

#include "dragoman/document/surface.h"
#include "tests/builders.h"

namespace dragoman {
namespace {

TEST(Document, DerivesChildrenEdgesAndSentences) {
  const Document document = parsed(R"(
      The     the     det    1
      envoy   envoy   nsubj  2
      spoke   speak   root   2
      .       .       punct  2
      She     she     nsubj  5
      left    leave   root   5
  )");
  ASSERT_EQ(document.sentences().size(), 2u);
  EXPECT_EQ(document.text(document.bytes(document.sentences()[0])), "The envoy spoke.");
  EXPECT_EQ(document.subtree(2).begin, 0u);
  EXPECT_EQ(document.subtree(1), (TokenSpan{0, 2}));
  EXPECT_EQ(document.child(2, Dep::nsubj), 1u);
  EXPECT_EQ(document.child(2, Dep::dobj), no_token);
  EXPECT_TRUE(document.is_under(0, 2));
  EXPECT_FALSE(document.is_under(4, 2));
  EXPECT_EQ(document.token_at(5), 1u);
}

TEST(Surface, KeepsParagraphsAndJoinsWrappedLines) {
  const std::string text = "Two Ports Talk\nVALMOUTH – The ports\nagreed on ferries, noting that\n“traffic grew”.\n\nThe end.";
  const Surface surface = surface_paragraphs(text);
  ASSERT_EQ(surface.paragraphs.size(), 4u);
  EXPECT_EQ(surface.paragraphs[0].text, "Two Ports Talk");
  EXPECT_EQ(surface.paragraphs[1].text, "VALMOUTH");
  EXPECT_EQ(surface.paragraphs[2].text, "The ports agreed on ferries, noting that “traffic grew”.");
  const std::size_t at = surface.paragraphs[2].text.find("traffic");
  EXPECT_EQ(surface.paragraphs[2].map.source(static_cast<std::uint32_t>(at)), text.find("traffic"));
}

TEST(Surface, MapsOverInvisibleAndBrokenBytes) {
  const std::string text = "co\xC2\xADoperation \xFF begins";
  const Surface surface = surface_paragraphs(text);
  ASSERT_EQ(surface.paragraphs.size(), 1u);
  const SurfaceParagraph& paragraph = surface.paragraphs[0];
  EXPECT_EQ(paragraph.text, "cooperation \xEF\xBF\xBD begins");
  EXPECT_EQ(paragraph.map.source(ByteSpan{0, 11}), (ByteSpan{0, 13}));
  EXPECT_EQ(paragraph.map.source(static_cast<std::uint32_t>(paragraph.text.find("begins"))), text.find("begins"));
  EXPECT_EQ(surface.warnings.size(), 1u);
}

}  // namespace
}  // namespace dragoman
