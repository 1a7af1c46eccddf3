// A reading as a briefing for people: who met, who said what, what happened, what was undertaken, who stands where; each line with the
// words that carry it and the bytes where they stand.
#pragma once

#include <string>

#include "dragoman/dragoman.h"

namespace dragoman {

struct BriefingOptions {
  bool colours = false;  ///< ANSI colours; for terminals only
  unsigned width = 100;  ///< columns to wrap at; at least 40
};

/// Appends the briefing of one story, ending in an empty line. Control characters of the story are shown as blanks, so that a text
/// can't steer the terminal.
void append_briefing(const Reading& reading, const BriefingOptions& options, std::string& out);

}  // namespace dragoman
