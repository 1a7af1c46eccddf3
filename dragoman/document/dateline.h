// Dateline: the place, day and agency that a story opens with, set off from its first sentence.
#pragma once

#include <cstddef>
#include <string_view>

namespace dragoman {

/// What of a paragraph is a dateline; sizes in bytes, all 0 where it is none.
struct Dateline {
  std::size_t place = 0;  ///< "BRUSSELS" of "BRUSSELS, May 3 (Wire) — Ministers met."; 0 too where only the agency is named
  std::size_t size = 0;   ///< "BRUSSELS, May 3 (Wire)"
  std::size_t story = 0;  ///< where "Ministers" begins
};

/// A place alone is one only before a dash and whole sentences with no other dash ("Oslo – Ministers met."). With a day or an agency, a
/// colon does as well as a dash.
[[nodiscard]] Dateline dateline_of(std::string_view paragraph);

}  // namespace dragoman
