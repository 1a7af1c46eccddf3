// Times: the dates that a text names, resolved against the day it was published.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/document/document.h"

namespace dragoman {

enum class TimePrecision : std::uint8_t { day, week, month, year, decade, relative };

[[nodiscard]] std::string_view to_string(TimePrecision precision);
[[nodiscard]] std::optional<TimePrecision> time_precision_of(std::string_view name);

/// What a time rests on. `explicit_date`: the words alone say it ("12 May 2025", "in 2027"). `relative`: the words and the day of publication
/// ("on Sunday", "12 May"). `tense`: no words; only that a past act lies before the day of publication, a future one after it.
enum class TimeBasis : std::uint8_t { unknown, explicit_date, relative, tense };

[[nodiscard]] std::string_view to_string(TimeBasis basis);  ///< "explicit", "relative", "tense"; "" for unknown
[[nodiscard]] std::optional<TimeBasis> time_basis_of(std::string_view name);

/// A resolved time, both ends inclusive. `relative`: not resolved (from and to empty), or only to a guess.
struct TimeRange {
  std::string from;  ///< ISO date, "" = unknown
  std::string to;
  TimePrecision precision = TimePrecision::relative;
  std::optional<ByteSpan> span;  ///< the words that say it
  TimeBasis basis = TimeBasis::unknown;
};

struct TimeMention {
  TimeRange time;
  TokenSpan tokens;
  TokenIndex head = no_token;
  bool deadline = false;  ///< led in by "by", "before", "until", "no later than", "within"
};

/// Every time expression, in text order: explicit dates ("12 May 2025", "by 2027"), week days ("on Sunday": the last one before
/// publication, or the coming one beside a future verb), "yesterday", "last week", "next month", "within three years", "this autumn".
/// Without a publication date, relative ones stay unresolved. Never fails.
[[nodiscard]] std::vector<TimeMention> find_times(const Document& document);

/// The time that goes with that verb or noun: in its clause, else in its sentence; nullptr if none.
[[nodiscard]] const TimeMention* time_of(const Document& document, const std::vector<TimeMention>& times, TokenIndex token);

}  // namespace dragoman
