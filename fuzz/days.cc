// Any bytes as a date, as pages, rows and queries write it: a day of the calendar, or none.
#include "dragoman/ingest/day.h"
#include "dragoman/knowledge/rows.h"
#include "dragoman/store/days.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const std::string day = iso_day(text); !day.empty()) {
    FUZZ_CHECK(day.size() == 10 && day_of(day) != 0 && to_date(day_of(day)) == day);
    FUZZ_CHECK(iso_day(day) == day);
    FUZZ_CHECK(parse_date(day));
  }
  if (const std::int64_t day = day_of(text); day != 0) FUZZ_CHECK(text.starts_with(to_date(day)));
  if (const auto date = parse_date(text); date && text.size() == 10) FUZZ_CHECK(to_string_date(*date) == text);
  return 0;
}
