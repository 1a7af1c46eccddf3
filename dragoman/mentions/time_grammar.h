// Time grammar: the words of a text that name a time, and the days they stand for. Works on bare text; what needs a parse (is "on
// Thursday" past or to come?) is asked of the caller.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/span.h"
#include "dragoman/mentions/times.h"

namespace dragoman {

using Day = std::chrono::sys_days;

enum class TimeDirection : std::uint8_t { back, forward, unknown };

/// A time expression of a text, resolved if it can be.
struct FoundTime {
  ByteSpan span;               ///< with the word that leads a deadline in ("by 2027"), else without preposition
  ByteSpan core;               ///< without it
  std::optional<Day> from;
  std::optional<Day> to;
  TimePrecision precision = TimePrecision::relative;
  bool deadline = false;
};

/// What the grammar asks about a place in the text.
struct TimeContext {
  std::optional<Day> published;
  std::function<TimeDirection(ByteSpan)> direction;  ///< which way a bare "Thursday" or "June" at those bytes points
  std::function<bool(ByteSpan)> is_year;             ///< could the number at those bytes be a year?
  std::function<bool(ByteSpan)> is_name;             ///< is that capitalised "May", "April", "March" a month?
};

/// What kind a word has in data/times/words.tsv ("forward", "month"), and its value; empty if none.
struct TimeWord {
  std::string_view kind;
  std::string_view value;
};
[[nodiscard]] TimeWord time_word(std::string_view lower);

/// Every time expression within `range` of `text`, in order, not overlapping.
[[nodiscard]] std::vector<FoundTime> scan_times(std::string_view text, ByteSpan range, const TimeContext& context);

[[nodiscard]] std::optional<Day> parse_day(std::string_view iso);
[[nodiscard]] std::string to_iso(Day day);

}  // namespace dragoman
