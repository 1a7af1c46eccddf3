#include "dragoman/document/headline.h"

#include <gtest/gtest.h>

namespace dragoman {
namespace {

DocumentInfo derived(std::string_view text) {
  DocumentInfo info;
  derive_headline(surface_paragraphs(text), info);
  return info;
}

TEST(Headline, TakesTitleAndDateline) {
  const DocumentInfo info = derived("Ports to Share a Ferry\nOSLO – The ports agreed.\nMore followed.");
  EXPECT_EQ(info.title, "Ports to Share a Ferry");
  EXPECT_EQ(info.dateline, "OSLO");
  EXPECT_EQ(derived("Title here\nDakar, Senegal – When envoys landed, nobody came.").dateline, "Dakar, Senegal");
  EXPECT_EQ(derived("BRUSSELS, May 3 (Wire) — Ministers met.").dateline, "BRUSSELS");
  EXPECT_EQ(derived("Port of Spain (Wire) - Ministers met.").dateline, "Port of Spain");
}

TEST(Headline, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(derived("She spoke – at length – of ferries.").dateline, "");
  EXPECT_EQ(derived("The minister of trade – an old hand – spoke.").dateline, "");
  EXPECT_EQ(derived("One paragraph without a stop").title, "");
  EXPECT_EQ(derived("A sentence comes first.\nAnd another.").title, "");
}

TEST(Surface, PartsANameFromTheVerbFusedToIt) {
  const std::string text = "Tolvanen arrived. On ferries, Tolvanensaid, nothing is settled. Aforesaid remains, Brindisaid too.";
  const Surface surface = surface_paragraphs(text);
  ASSERT_EQ(surface.paragraphs.size(), 1u);
  const std::string& shown = surface.paragraphs[0].text;
  EXPECT_EQ(shown, "Tolvanen arrived. On ferries, Tolvanen said, nothing is settled. Aforesaid remains, Brindisaid too.");
  const auto at = static_cast<std::uint32_t>(shown.find("said"));
  EXPECT_EQ(surface.paragraphs[0].map.source(ByteSpan{at, at + 4}), (ByteSpan{38, 42}));
  EXPECT_EQ(surface.paragraphs[0].map.source(ByteSpan{at - 9, at - 1}), (ByteSpan{30, 38}));
}

}  // namespace
}  // namespace dragoman
