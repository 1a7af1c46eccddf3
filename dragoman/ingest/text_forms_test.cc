// Encodings, markup, days, JSON strings, languages: the small pieces.
#include <gtest/gtest.h>

#include "dragoman/ingest/charset.h"
#include "dragoman/ingest/day.h"
#include "dragoman/ingest/json_text.h"
#include "dragoman/ingest/language.h"
#include "dragoman/ingest/markup.h"

namespace dragoman {
namespace {

/// The source bytes of the first `part` in the text.
std::string source_of(const MappedText& mapped, std::string_view source, std::string_view part) {
  const std::size_t at = mapped.text.find(part);
  if (at == std::string::npos) return "(not in the text)";
  const ByteSpan span = mapped.map.source({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())});
  return std::string(source.substr(span.begin, span.size()));
}

TEST(Charset, KeepsUtf8AsItIs) {
  const DecodedText decoded = decode_text("Zürich – “talks”", "iso-8859-1");
  EXPECT_EQ(decoded.charset, "UTF-8");
  EXPECT_EQ(decoded.utf8.text, "Zürich – “talks”");
  EXPECT_TRUE(decoded.utf8.map.is_identity());
}

TEST(Charset, DecodesWhatIsDeclaredAndLeadsBack) {
  const std::string bytes = "Z\xFCrich \x96 \x93talks\x94 resumed";
  const DecodedText decoded = decode_text(bytes, "ISO-8859-1");
  EXPECT_EQ(decoded.utf8.text, "Zürich – “talks” resumed");
  EXPECT_EQ(source_of(decoded.utf8, bytes, "“talks”"), "\x93talks\x94");
  EXPECT_EQ(source_of(decoded.utf8, bytes, "Zürich"), "Z\xFCrich");
}

TEST(Charset, GuessesAndNeverFails) {
  const std::string cyrillic = "\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xE8\xED\xEE\xF1\xF2\xF0\xE0\xED\xED\xFB\xF5 \xE4\xE5\xEB \xE7\xE0\xFF\xE2\xE8\xEB, \xF7\xF2\xEE \xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB \xE1\xF3\xE4\xF3\xF2 \xEF\xF0\xEE\xE4\xEE\xEB\xE6\xE5\xED\xFB \xE2 \xEC\xE0\xE5.";
  EXPECT_NE(decode_text(cyrillic).utf8.text.find("Министр"), std::string::npos);
  for (const char* label : {"", "nonsense", "utf-7x", "UTF-8"}) EXPECT_FALSE(decode_text("caf\xE9 \xFF\xFE", label).utf8.text.empty());
  EXPECT_EQ(decode_text("").utf8.text, "");
}

TEST(Charset, ReadsUtf16AndByteOrderMarks) {
  const std::string bytes("\xFF\xFEH\0i\0 \0\xE9\0", 10);
  const DecodedText decoded = decode_text(bytes);
  EXPECT_EQ(decoded.utf8.text, "Hi é");
  EXPECT_EQ(decoded.utf8.map.source({3, 5}), (ByteSpan{8, 10}));
  EXPECT_FALSE(looks_binary(bytes));
  const DecodedText marked = decode_text("\xEF\xBB\xBFHi");
  EXPECT_EQ(marked.utf8.text, "Hi");
  EXPECT_EQ(marked.utf8.map.source({0, 2}), (ByteSpan{3, 5}));
}

TEST(Charset, MarksDamageInUtf8) {
  const std::string bytes = "“Yes”, “no”, “perhaps” and “later” \xE2\x80 end";
  const DecodedText decoded = decode_text(bytes);
  EXPECT_EQ(decoded.charset, "UTF-8");
  EXPECT_EQ(decoded.broken, 1u);
  EXPECT_EQ(source_of(decoded.utf8, bytes, "\xEF\xBF\xBD end"), "\xE2\x80 end");
}

TEST(Markup, DecodesReferences) {
  EXPECT_EQ(decode_references("A &amp; B &lt;x&gt; &#8217;s &#x2014; &nbsp;. &eacute;t&eacute &copy2026 &unknown; & &#150; &#0;"),
            "A & B <x> ’s — \xC2\xA0. été ©2026 &unknown; & – \xEF\xBF\xBD");
  EXPECT_EQ(decode_references("&#99999999999999;&#;&#x;&"), "\xEF\xBF\xBD&#;&#x;&");
}

TEST(Markup, GivesTokensInPlace) {
  const std::string_view page = "<!DOCTYPE html><!-- <p>no</p> --><P Class=\"a > b\" id=x>5 < 6<br/><script>if (a<b) {}</script></p><p";
  MarkupReader reader(page, MarkupLanguage::html);
  std::string seen;
  while (const auto token = reader.next()) {
    seen += token->kind == MarkupKind::open ? "+" : token->kind == MarkupKind::close ? "-" : "'";
    seen += token->kind == MarkupKind::text ? page.substr(token->span.begin, token->span.size()) : token->name;
    if (same_name(token->name, "p") && token->kind == MarkupKind::open) {
      EXPECT_EQ(attribute(*token, "class"), "a > b");
      EXPECT_EQ(attribute(*token, "ID"), "x");
      EXPECT_FALSE(attribute(*token, "href"));
    }
  }
  EXPECT_EQ(seen, "+P'5 '< 6+br+script'if (a<b) {}-script-p");
}

TEST(Day, ReadsTheNotationsOfPagesAndFeeds) {
  for (const char* text : {"2026-02-04T23:30:00+03:00", "2026-02-04", "20260204", "2026/2/4 10:00", "Wed, 04 Feb 2026 23:30:00 GMT", "4 February 2026",
                           "February 4, 2026", "Feb. 4th, 2026", "Published on Wednesday 4 February 2026 at noon"})
    EXPECT_EQ(iso_day(text), "2026-02-04") << text;
  for (const char* text : {"", "yesterday", "2026-13-01", "2026-02-30", "May", "04/02/2026", "12:30", "March 2026"}) EXPECT_EQ(iso_day(text), "") << text;
}

TEST(JsonText, DecodesWithTheWayBack) {
  const std::string row = R"({"a": "x", "text": "He said \"yes\" \u2014 caf\u00e9\nend \ud83d\ude00 \ud800"})";
  const auto span = find_json_string(row, "text", 1);
  ASSERT_TRUE(span);
  const MappedText text = decode_json_string(std::string_view(row).substr(span->begin, span->size()), span->begin);
  EXPECT_EQ(text.text, "He said \"yes\" — café\nend 😀 \xEF\xBF\xBD");
  EXPECT_EQ(source_of(text, row, "\"yes\" — café"), R"(\"yes\" \u2014 caf\u00e9)");
  EXPECT_EQ(source_of(text, row, "said"), "said");
  EXPECT_FALSE(find_json_string(R"({"x": {"text": "inner"}, "y": "text"})", "text", 1));
  EXPECT_TRUE(find_json_string(R"({"x": {"text": "inner"}})", "text", 0));
  EXPECT_FALSE(find_json_string(R"({"text": "never ends)", "text", 1));
}

TEST(Language, TellsEnglishFromOthers) {
  EXPECT_EQ(detect_language("The ministers met in Lisbon on Tuesday and agreed to reopen the ferry line before the summer.").code, "en");
  const LanguageGuess german = detect_language("Die Minister trafen sich am Dienstag in Lissabon und vereinbarten, die Fährverbindung noch vor dem Sommer wieder zu öffnen.");
  EXPECT_EQ(german.code, "de");
  EXPECT_TRUE(german.reliable);
  const LanguageGuess russian = detect_language("Министры встретились во вторник в Лиссабоне и договорились возобновить паромное сообщение.");
  EXPECT_EQ(russian.code, "ru");
  EXPECT_TRUE(russian.reliable);
  EXPECT_FALSE(detect_language("Tolvanen, Oslo, 12").reliable && detect_language("Tolvanen, Oslo, 12").code != "en");
  EXPECT_EQ(detect_language("").code, "");
  EXPECT_EQ(detect_language("The envoy closed with a verse: „Freude, schöner Götterfunken“, and the delegates of both states rose to applaud him warmly.").code, "en");
}

// What has enough words is told by the commonest ones.
TEST(Language, TellsLongTextsToo) {
  const std::string english =
      "The ferry between the two islands has been out of service since March, and the harbour master said that it would be back by the end of "
      "the month. The ministers of both sides, who met with the owners on Monday, want a second boat from the yard in the north, which has the "
      "room for it. Their plan was put to the council this week. ";
  const std::string dutch =
      "De veerboot tussen de twee eilanden vaart sinds maart niet meer, en de havenmeester zei dat hij voor het einde van de maand terug zou zijn. "
      "De ministers van beide landen, die maandag met de eigenaars spraken, willen een tweede boot van de werf in het noorden, of anders een "
      "grotere. Hun plan is deze week aan de raad voorgelegd. Of het geld er is, was niet te horen; de raad wil het in april weten. ";
  EXPECT_EQ(detect_language(english).code, "en");
  EXPECT_EQ(detect_language(dutch).code, "nl");
  EXPECT_TRUE(detect_language(dutch).reliable);
  EXPECT_EQ(detect_language(dutch + dutch + dutch + english).code, "nl");
  EXPECT_EQ(detect_language(english + english + dutch).code, "en");
}

}  // namespace
}  // namespace dragoman
