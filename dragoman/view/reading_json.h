// A reading as JSON: design/reading.schema.json, format "dragoman-reading/1".
#pragma once

#include <string>
#include <vector>

#include "dragoman/dragoman.h"

namespace dragoman {

/// Appends the reading as one JSON object without line breaks. Ids are e1.. entities, s1.. statements, v1.. events, c1.. commitments,
/// p1.. positions, in order. The document's id is the caller's, else the sha256 of its text. Broken UTF-8 comes out as U+FFFD.
void append_reading_json(const Reading& reading, std::string& out);
/// The same of a reading without tokens, whose sentences are kept beside it.
void append_reading_json(const Reading& reading, const std::vector<ByteSpan>& sentences, std::string& out);

}  // namespace dragoman
