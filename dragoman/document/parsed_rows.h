// Parsed rows: documents that were annotated elsewhere, one JSON object a line (the rows that `dragoman annotate --format jsonl` writes).
#pragma once

#include <string_view>

#include "dragoman/base/result.h"
#include "dragoman/document/document.h"

namespace dragoman {

/// Makes a document of a row: `text`, `tokens` (15 fields each: text, byte, ws, norm, lower, shape, lemma, tag, pos, morph, dep, head,
/// sent_start, ent_iob, ent_type), optional `paragraphs` [[begin, end)] in tokens (without: one), and the fields of DocumentInfo.
/// `malformed` where the row is no such object, a label is unknown, or an index or offset lies outside.
[[nodiscard]] Result<Document> parse_parsed_row(std::string_view row);

}  // namespace dragoman
