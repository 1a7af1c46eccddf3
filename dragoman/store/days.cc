#include "dragoman/store/days.h"

#include <cstdio>

namespace dragoman {

std::int64_t day_of(std::string_view date) {
  if (date.size() < 10 || date[4] != '-' || date[7] != '-') return 0;
  std::int64_t day = 0;
  for (const int at : {0, 1, 2, 3, 5, 6, 8, 9}) {
    const char c = date[static_cast<std::size_t>(at)];
    if (c < '0' || c > '9') return 0;
    day = day * 10 + (c - '0');
  }
  const std::int64_t month = day / 100 % 100;
  return month < 1 || month > 12 || day % 100 < 1 || day % 100 > 31 ? 0 : day;
}

std::int64_t month_of(std::string_view from, std::string_view precision, std::int64_t story_day) {
  const bool dated = precision == "day" || precision == "week" || precision == "month";
  const std::int64_t when = dated ? day_of(from) : 0;
  return (when != 0 && (story_day == 0 || when <= story_day) ? when : story_day) / 100;
}

std::string to_date(std::int64_t day) {
  if (day == 0) return {};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", static_cast<int>(day / 10000), static_cast<int>(day / 100 % 100), static_cast<int>(day % 100));
  return text;
}

}  // namespace dragoman
