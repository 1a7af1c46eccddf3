// Citation: the words of a finding, and all that whoever cites them has to name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dragoman/store/listings.h"
#include "dragoman/store/stored_reading.h"

namespace dragoman {

struct Citation {
  std::vector<ByteSpan> pieces;        ///< of the text; not empty, in order
  std::string text;                    ///< their words, joined by " … ", without the marks around a quotation
  std::vector<Participant> speakers;   ///< who said or claimed it; empty: the outlet, or nobody is named
  bool quoted = false;                 ///< all of it stands in quotation marks in the story
};

/// Of a finding ("s2": what was said; of others: the sentence); none where the document has no such finding.
[[nodiscard]] std::optional<Citation> cite_finding(const StoredReading& stored, std::string_view finding);
/// Of any bytes of the text, cut down to whole characters; none where there are none. Who said it is whoever says all of them.
[[nodiscard]] std::optional<Citation> cite_span(const StoredReading& stored, ByteSpan span);

/// One line: “words” (speaker, office). Outlet, “title”, date, address. Document id, bytes 120–245. Where the words are not the speaker's
/// own: speaker, office, as reported: “words”.
[[nodiscard]] std::string to_line(const Citation& citation, const StoredReading& stored);

}  // namespace dragoman
