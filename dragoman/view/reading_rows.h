// Readings from rows: what `append_reading_json` (view/reading_json.h), or another tool, wrote by reading.schema.json.
//
//   JSON  ->  parse_reading_json()  ->  Reading, its document without tokens
#pragma once

#include <string_view>

#include "dragoman/dragoman.h"

namespace dragoman {

/// Reads one reading. The document must hold its text; every span must lie inside it, every id must be one of the reading's. Ids may be
/// any strings; order gives the numbers. `malformed` with the place and the remedy otherwise.
[[nodiscard]] Result<Reading> parse_reading_json(std::string_view json);

}  // namespace dragoman
