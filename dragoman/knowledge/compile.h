// The compiler of the knowledge base: rows to the bytes of dragoman.knowledge, and the validator before it.
#pragma once

#include <string>
#include <vector>

#include "dragoman/knowledge/rows.h"

namespace dragoman {

/// What is wrong with the facts, each with file and line, in the order of the tables: ids that nothing defines, terms that end before
/// they begin, two holders of one office at a time (beyond what their precision allows; acting and co-holders aside), an alias that
/// points two ways without `ambiguous`, an id that is twice in a table or two kinds of thing.
[[nodiscard]] std::vector<std::string> validate(const KnowledgeRows& rows);

/// "entities 1,234 (states 250, persons 900, ...), aliases ..."; one line a table, for people.
[[nodiscard]] std::string counts_of(const KnowledgeRows& rows);

/// The image. Same rows, same bytes. Rows that validate() objects to may be left out.
[[nodiscard]] std::string compile(const KnowledgeRows& rows);

}  // namespace dragoman
