// Casualties: how many a sentence says were killed and hurt, with the bounds that its words set.
//
//   Document + tokens of a sentence  ->  casualties_in()  ->  dead, injured
#pragma once

#include <optional>

#include "dragoman/relations/events.h"

namespace dragoman {

struct Casualties {
  std::optional<PersonCount> dead, injured;
};

/// The first count of each kind in those tokens. "killed 12": exactly 12; "at least 12": no upper bound; "dozens": at least 24; "about 40", "some
/// people": a count without bounds; "killed a soldier": one; "killed soldiers": nobody counted, none. Never fails.
[[nodiscard]] Casualties casualties_in(const Document& document, TokenSpan tokens);

/// May an event of that type have casualties of its own?
[[nodiscard]] bool has_casualties(EventType type);

}  // namespace dragoman
