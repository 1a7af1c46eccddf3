#include "dragoman/view/reading_rows.h"

#include <gtest/gtest.h>

#include "dragoman/view/reading_json.h"

namespace dragoman {
namespace {

constexpr std::string_view row =
    R"({"format":"dragoman-reading/1","document":{"id":"a","title":null,"outlet":"Wire","url":null,"published":"2026-03-12",)"
    R"("dateline":null,"language":"en","bytes":24,"text":"Iceland opens a consulate"},"sentences":[],)"
    R"("entities":[{"id":"e1","kind":"state","ref":"ISL","name":"Iceland","state":"ISL","sector":null,"office":null,)"
    R"("mentions":[{"span":[0,7],"form":"name"}]}],)"
    R"("statements":[{"id":"s1","speakers":["e1"],"kind":"indirect","cue":null,"source":[0,7],"content":[[8,25]],"quoted":[],)"
    R"("addressee":[],"occasion":null,"when":null,"within":null,"denied":true}],"events":[],)"
    R"("commitments":[{"id":"c1","title":"open a consulate","undertakers":["e1"],"counterparties":[],"action":"open",)"
    R"("object":"consulate","sector":"diplomatic_representation","stage":"completed","deadline":{"from":"2026-12-31","to":"2026-12-31",)"
    R"("precision":"year","span":null},"amount":[{"value":2.5,"unit":"EUR","span":[0,1]}],"places":[],"condition":null,)"
    R"("voice":"s1","evidence":{"trigger":[8,13],"sentence":[0,25],"spans":[[8,25]]}}],"positions":[]})";

TEST(ReadingRows, ComeBackAsTheyWere) {
  std::string text(row);
  text.replace(text.find("\"bytes\":24"), 10, "\"bytes\":25");
  const Result<Reading> reading = parse_reading_json(text);
  ASSERT_TRUE(reading) << reading.error().message;
  std::string again;
  append_reading_json(*reading, again);
  EXPECT_EQ(again, text);
}

TEST(ReadingRows, SayWhatIsWrongAndWhere) {
  const auto message = [](std::string from, std::string to) {
    std::string text(row);
    text.replace(text.find(from), from.size(), to);
    const auto reading = parse_reading_json(text);
    return reading ? "" : reading.error().message;
  };
  EXPECT_EQ(message("[8,13]", "[8,99]"), "commitments[0]: a span that is not [begin, end] inside the text");
  EXPECT_EQ(message("\"voice\":\"s1\"", "\"voice\":\"s9\""), "commitments[0]: \"s9\" is no id of this reading");
  EXPECT_EQ(message("\"completed\"", "\"done\""), "commitments[0]: \"stage\": \"done\" is none of its values");
  EXPECT_NE(message("{\"format\"", "[\"format\""), "");
}

}  // namespace
}  // namespace dragoman
