// An annotated document as rows for programs: JSON lines with every field of every token, or CoNLL-U.
#pragma once

#include <string>

#include "dragoman/document/document.h"

namespace dragoman {

/// Appends one JSON object and a line break: id, text, sents [[begin, end)], ents [[begin, end), label], and tokens, each an array of
/// text, byte, ws, norm, lower, shape, lemma, tag, pos, morph, dep, head, sent_start (1 or -1), ent_iob, ent_type.
/// Offsets count bytes of the document's text.
void append_annotation_json(const Document& document, std::string& out);

/// Appends CoNLL-U, a sentence a block. MISC holds SpaceAfter=No, start_byte, end_byte, and NER=B-.../I-... where a name stands. White
/// space that is a token of its own is written with escapes (\s \t \r \n) as its form.
void append_conllu(const Document& document, std::string& out);

}  // namespace dragoman
