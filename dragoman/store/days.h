// Days as numbers (20251130), as the store's indexes hold them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dragoman {

/// "2025-11-30", also with more after it ("2025-11-30T08:00Z") -> 20251130; 0 where it does not begin with a date.
[[nodiscard]] std::int64_t day_of(std::string_view date);
/// The month (202511) that an event is counted in: its own, if that is told to the day, week or month and has come by the day of the story; else
/// the story's. 0 where there is neither.
[[nodiscard]] std::int64_t month_of(std::string_view from, std::string_view precision, std::int64_t story_day);
/// 20251130 -> "2025-11-30"; "" for 0.
[[nodiscard]] std::string to_date(std::int64_t day);
/// Months since year 0, so that they can be counted: 20251130 -> 24310.
[[nodiscard]] constexpr int month_of(std::int64_t day) { return day == 0 ? 0 : static_cast<int>(day / 10000 * 12 + day / 100 % 100 - 1); }

}  // namespace dragoman
