// Day: the date in a page's, a feed's or a file's own notation -> ISO.
#pragma once

#include <string>
#include <string_view>

namespace dragoman {

/// The day as written there, whatever the time zone: "2026-02-04T23:30:00+03:00", "20260204", "Wed, 04 Feb 2026 23:30:00 GMT",
/// "4 February 2026", "February 4, 2026" all give "2026-02-04". "" where it is no such date.
[[nodiscard]] std::string iso_day(std::string_view text);

}  // namespace dragoman
