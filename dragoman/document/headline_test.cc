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

std::string paragraphs_of(std::string_view text) {
  std::string all;
  for (const SurfaceParagraph& paragraph : surface_paragraphs(text).paragraphs) all += (all.empty() ? "" : "|") + paragraph.text;
  return all;
}

TEST(Dateline, IsAParagraphOfItsOwn) {
  EXPECT_EQ(paragraphs_of("TIRANA, 3 May (Agency) — The ferry sailed."), "TIRANA, 3 May (Agency)|The ferry sailed.");
  EXPECT_EQ(paragraphs_of("A Ferry Sails\nVIENNA (Wire) - The ferry sailed."), "A Ferry Sails|VIENNA (Wire)|The ferry sailed.");
  EXPECT_EQ(paragraphs_of("Ankara, Nov 12: The ferry sailed."), "Ankara, Nov 12|The ferry sailed.");
  EXPECT_EQ(paragraphs_of("OSLO, Norway (AP) —“We sailed,” she said."), "OSLO, Norway (AP)|“We sailed,” she said.");
  EXPECT_EQ(paragraphs_of("(Reuters) - Two ferries sailed."), "(Reuters)|Two ferries sailed.");
  EXPECT_EQ(paragraphs_of("Rio de Janeiro and Recife, Tuesday -- The ferry sailed."), "Rio de Janeiro and Recife, Tuesday|The ferry sailed.");
  EXPECT_EQ(paragraphs_of("La Paz, Aug 12 (Agencia Sur).- The ferry sailed."), "La Paz, Aug 12 (Agencia Sur)|The ferry sailed.");
  EXPECT_EQ(paragraphs_of("BANGKOK/PHNOM PENH — The ferry sailed."), "BANGKOK/PHNOM PENH|The ferry sailed.");
  EXPECT_EQ(paragraphs_of("Oslo – The ferry sailed."), "Oslo|The ferry sailed.");
}

TEST(Dateline, IsNoSentenceAndNoLabel) {
  for (const char* text : {"Mira Tolvanen – Finland's envoy to the ports – sailed on Friday.", "The minister of trade – An Old Hand – spoke.",
                           "US - China talks on ferries resumed.", "Tolvanen: We shall sail.", "CHAIR: We shall sail.", "(a) - The parties shall sail.",
                           "Talks - Day Two", "On Monday – The Ferry Day – nobody sailed.", "Poll: Most people sail."})
    EXPECT_EQ(paragraphs_of(text), text);
}

TEST(Dateline, IsNoHeadline) {
  EXPECT_EQ(derived("OSLO – The ferry sailed.\nMore followed.").title, "");
  EXPECT_EQ(derived("(Reuters) - The ferry sailed.\nMore followed.").dateline, "");
  EXPECT_EQ(derived("ST. PETERSBURG, Russia, May 3 - The ferry sailed.").dateline, "ST. PETERSBURG, Russia");
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
