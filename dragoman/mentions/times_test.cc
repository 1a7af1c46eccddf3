#include "dragoman/mentions/times.h"

#include <gtest/gtest.h>

#include "dragoman/mentions/time_grammar.h"
#include "tests/builders.h"

namespace dragoman {
namespace {

struct Case {
  std::string_view text;
  std::string_view expected;  // words = from..to precision[ deadline]; "; " between times
  TimeDirection direction = TimeDirection::back;
};

std::string shown(std::string_view text, const std::vector<FoundTime>& times) {
  std::string out;
  for (const FoundTime& time : times) {
    if (!out.empty()) out += "; ";
    out += std::string(text.substr(time.span.begin, time.span.size())) + " = ";
    out += time.from ? to_iso(*time.from) : "?";
    if (time.to != time.from) out += ".." + (time.to ? to_iso(*time.to) : "?");
    out += " " + std::string(to_string(time.precision)) + (time.deadline ? " deadline" : "");
  }
  return out;
}

class ScanTimes : public testing::TestWithParam<Case> {};

// Published on Wednesday 11 March 2026.
TEST_P(ScanTimes, GivesWordsAndDays) {
  TimeContext context;
  context.published = parse_day("2026-03-11");
  context.direction = [&](ByteSpan) { return GetParam().direction; };
  const std::string_view text = GetParam().text;
  EXPECT_EQ(shown(text, scan_times(text, {0, static_cast<std::uint32_t>(text.size())}, context)), GetParam().expected) << text;
}

constexpr TimeDirection forward = TimeDirection::forward;
constexpr TimeDirection unknown = TimeDirection::unknown;

INSTANTIATE_TEST_SUITE_P(
    Times, ScanTimes,
    testing::Values(
        Case{"They met on 12 May 2025 in Oslo.", "12 May 2025 = 2025-05-12 day"},
        Case{"They met on May 12, 2025, in Oslo.", "May 12, 2025 = 2025-05-12 day"},
        Case{"It began on the 5th of June 2024.", "the 5th of June 2024 = 2024-06-05 day"},
        Case{"It began on Nov. 14.", "Nov. 14 = 2025-11-14 day"},
        Case{"They will meet on April 14.", "April 14 = 2026-04-14 day", forward},
        Case{"a visit on 14–15 May 2025", "14–15 May 2025 = 2025-05-14..2025-05-15 day"},
        Case{"a visit from May 30 to June 2", "May 30 to June 2 = 2025-05-30..2025-06-02 day"},
        Case{"a fair on 30 April-2 May", "30 April-2 May = 2026-04-30..2026-05-02 day", forward},
        Case{"on Wednesday, 4 March 2026, both", "Wednesday, 4 March 2026 = 2026-03-04 day"},
        Case{"signed 2026-02-28 in Rabat", "2026-02-28 = 2026-02-28 day"},
        Case{"signed 28.02.2026 in Rabat", "28.02.2026 = 2026-02-28 day"},
        Case{"by 2027", "by 2027 = 2027-12-31 year deadline"},
        Case{"no later than June 2027", "no later than June 2027 = 2027-06-30 month deadline"},
        Case{"before the end of this year", "before the end of this year = 2026-12-31 year deadline"},
        Case{"by the end of next year", "by the end of next year = 2027-12-31 year deadline"},
        Case{"at the end of the year", "the end of the year = 2026-12-31 year"},
        Case{"by year-end", "by year-end = 2026-12-31 year deadline"},
        Case{"by the year’s end", "by the year’s end = 2026-12-31 year deadline"},
        Case{"by July", "by July = 2026-07-31 month deadline"},
        Case{"by 1 July", "by 1 July = 2026-07-01 day deadline"},
        Case{"until Friday", "until Friday = 2026-03-13 day deadline"},
        Case{"by the first quarter of 2027", "by the first quarter of 2027 = 2027-01-01..2027-03-31 month deadline"},
        Case{"in the second half of 2026", "the second half of 2026 = 2026-07-01..2026-12-31 month"},
        Case{"in the third quarter", "the third quarter = 2026-07-01..2026-09-30 month"},
        Case{"in Q4 2026", "Q4 2026 = 2026-10-01..2026-12-31 month"},
        Case{"within three years", "within three years = 2026-03-11..2029-03-11 year deadline"},
        Case{"within 30 days", "within 30 days = 2026-03-11..2026-04-10 day deadline"},
        Case{"within the next six months", "within the next six months = 2026-03-11..2026-09-11 month deadline"},
        Case{"over five years", "over five years = 2026-03-11..2031-03-11 year", forward},
        Case{"over the past five years", "over the past five years = 2021-03-11..2026-03-11 year"},
        Case{"in ten days", "in ten days = 2026-03-21 day", forward},
        Case{"two weeks ago", "two weeks ago = 2026-02-25 week"},
        Case{"a month ago", "a month ago = 2026-02-01..2026-02-28 month"},
        Case{"on Sunday", "Sunday = 2026-03-08 day"},
        Case{"on Sunday", "Sunday = 2026-03-15 day", forward},
        Case{"on Wednesday", "Wednesday = 2026-03-11 day"},
        Case{"last Wednesday", "last Wednesday = 2026-03-04 day"},
        Case{"next Monday", "next Monday = 2026-03-16 day"},
        Case{"Monday last week", "Monday last week = 2026-03-02 day"},
        Case{"at midnight on Thursday", "midnight on Thursday = 2026-03-12 day", forward},
        Case{"yesterday morning", "yesterday morning = 2026-03-10 day"},
        Case{"today and tomorrow", "today = 2026-03-11 day; tomorrow = 2026-03-12 day"},
        Case{"last week", "last week = 2026-03-02..2026-03-08 week"},
        Case{"next month", "next month = 2026-04-01..2026-04-30 month"},
        Case{"later this month", "later this month = 2026-03-11..2026-03-31 month"},
        Case{"earlier this year", "earlier this year = 2026-01-01..2026-03-11 year"},
        Case{"in recent weeks", "recent weeks = 2026-02-11..2026-03-11 relative"},
        Case{"in the coming days", "the coming days = 2026-03-11..2026-03-18 relative", forward},
        Case{"in April", "April = 2025-04-01..2025-04-30 month"},
        Case{"in April", "April = 2026-04-01..2026-04-30 month", forward},
        Case{"in September", "September = 2026-09-01..2026-09-30 month", unknown},
        Case{"in June last year", "June last year = 2025-06-01..2025-06-30 month"},
        Case{"since August", "since August = 2025-08-01..2026-03-11 month"},
        Case{"mid-December 2026", "mid-December 2026 = 2026-12-11..2026-12-21 week"},
        Case{"late 2026", "late 2026 = 2026-09-01..2026-12-31 month"},
        Case{"this autumn", "this autumn = 2026-09-01..2026-11-30 month", forward},
        Case{"spring 2027", "spring 2027 = 2027-03-01..2027-05-31 month"},
        Case{"a plan for 2026-2027", "2026-2027 = 2026-01-01..2027-12-31 year"},
        Case{"in the 1990s", "the 1990s = 1990-01-01..1999-12-31 decade"},
        Case{"it may march", ""}, Case{"a ten-month pause and a last-minute deal", ""}, Case{"2,500 people paid 300", ""},
        Case{"by Turkey and by ship", ""}, Case{"the fall of the cabinet", ""}, Case{"the second half of the match", ""}));

TEST(FindTimes, TurnsByTheTenseOfTheVerb) {
  const Document document = parsed(R"(Ketola Ketola nsubj 1 NNP
said say root 1 VBD
on on prep 1 IN
Monday Monday pobj 2 NNP
she she nsubj 6 PRP
would would aux 6 MD
travel travel ccomp 1 VB
on on prep 6 IN
Thursday Thursday pobj 7 NNP)", {.published = "2026-03-11"});

  const auto times = find_times(document);

  ASSERT_EQ(times.size(), 2u);
  EXPECT_EQ(times[0].time.from, "2026-03-09");
  EXPECT_EQ(times[1].time.from, "2026-03-12");
  EXPECT_EQ(time_of(document, times, 1), &times[0]);
  EXPECT_EQ(time_of(document, times, 6), &times[1]);
}

TEST(FindTimes, LeavesRelativeOnesOpenWithoutAPublicationDate) {
  const Document document = parsed(R"(They they nsubj 1 PRP
met meet root 1 VBD
last last amod 3 JJ
week week npadvmod 1 NN)");

  const auto times = find_times(document);

  ASSERT_EQ(times.size(), 1u);
  EXPECT_EQ(times[0].time.from, "");
  EXPECT_EQ(times[0].time.precision, TimePrecision::relative);
}

}  // namespace
}  // namespace dragoman
