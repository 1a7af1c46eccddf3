#include "dragoman/relations/quotations.h"

#include <gtest/gtest.h>

namespace dragoman {
namespace {

/// A document cut at blanks and marks, unparsed but for verbs in -s, which count as finite; "\n" begins a paragraph.
Document words(std::string text) {
  DocumentBuilder builder(std::move(text), {});
  const std::string_view all = builder.text();
  const auto is_word = [&](std::size_t at) {
    const auto c = static_cast<unsigned char>(all[at]);
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  for (std::size_t at = 0; at < all.size();) {
    if (all[at] == '\n') builder.end_paragraph();
    if (all[at] == ' ' || all[at] == '\n') {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    if (is_word(at)) {
      while (end < all.size() && is_word(end)) ++end;
    } else {
      while (end < all.size() && (static_cast<unsigned char>(all[end]) & 0xC0) == 0x80) ++end;
    }
    Token token;
    token.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    token.head = builder.size();
    token.pos = is_word(at) ? Pos::noun : Pos::punct;
    const std::string_view form = all.substr(at, end - at);
    if (form == "is" || form == "agree" || form == "was") token.tag = Tag::vbz;
    token.sentence_begins = builder.size() == 0 || (at >= 2 && all[at - 2] == '.');
    builder.add(token);
    at = end;
  }
  return builder.finish();
}

std::string inside(const std::string& text) {
  const Document document = words(text);
  std::string out;
  for (const QuotedSpan& span : find_quotations(document).spans)
    out += "[" + std::string(document.text(span.inner)) + "]";
  return out;
}

TEST(FindQuotations, PairsMarksOfEveryKind) {
  const std::pair<const char*, const char*> cases[] = {
      {"“We agree,” he said.", "[We agree,]"},
      {"\"We agree,\" he said. \"It is good.\"", "[We agree,][It is good.]"},
      {"«We agree», he said.", "[We agree]"},
      {"« We agree », he said. « It is good. »", "[ We agree ][ It is good. ]"},
      {"„We agree“, he said.", "[We agree]"},
      {"„We agree”, he said.", "[We agree]"},
      {"''We agree,'' he said.", "[We agree,]"},
      {"``We agree,'' he said.", "[We agree,]"},
      {"‘We agree,’ he said.", "[We agree,]"},
      {"'We agree,' he said.", "[We agree,]"},
      {"“We agree,\" he said. \"It is good.”", "[We agree,][It is good.]"},  // mixed
      {"”We agree,” he said.", "[We agree,]"},                               // turned the wrong way round
      {"He called it (\"a gift\") twice.", "[a gift]"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(inside(text), expected) << text;
}

TEST(FindQuotations, ApostrophesAreNoMarks) {
  EXPECT_EQ(inside("The cities’ port isn’t the workers’ port."), "");
  EXPECT_EQ(inside("The cities' port isn't the workers' port."), "");
  EXPECT_EQ(inside("‘The workers’ port is ours,’ he said."), "[The workers’ port is ours,]");
  EXPECT_EQ(inside("“The workers’ ‘port’ is ours,” he said."), "[The workers’ ‘port’ is ours,]");
}

TEST(FindQuotations, SurvivesMissingMarks) {
  EXPECT_EQ(inside("“We agree on this. He left. “It is good,” he said."), "[We agree on this.][It is good,]");
  EXPECT_EQ(inside("We agree on this,” he said."), "[We agree on this,]");
  EXPECT_EQ(inside("“We agree on this."), "[We agree on this.]");
}

TEST(FindQuotations, GoesOnOverParagraphs) {
  const Document document = words("“We agree on this.\n“It is good,” he said.");
  const Quotations quotations = find_quotations(document);
  ASSERT_EQ(quotations.spans.size(), 2u);
  EXPECT_TRUE(quotations.spans[0].goes_on);
  EXPECT_FALSE(quotations.spans[1].goes_on);
}

TEST(FindQuotations, TellsSpeechFromNames) {
  const auto kind = [](const std::string& text) { return find_quotations(words(text)).spans.at(0).words; };
  EXPECT_EQ(kind("He said “we agree on this” twice."), QuotedWords::sentence);
  EXPECT_EQ(kind("He called it “a turning point” twice."), QuotedWords::phrase);
  EXPECT_EQ(kind("The “Cultural Year of Valdoria” began."), QuotedWords::name);
  EXPECT_EQ(kind("“Never,” he said."), QuotedWords::sentence);
}

TEST(FindQuotations, EveryTokenKnowsItsQuotation) {
  const Document document = words("He said “we agree” twice.");
  const Quotations quotations = find_quotations(document);
  ASSERT_EQ(quotations.of.size(), document.size());
  EXPECT_FALSE(quotations.inside(1));
  EXPECT_TRUE(quotations.inside(3));
  EXPECT_FALSE(quotations.inside(6));
}

}  // namespace
}  // namespace dragoman
