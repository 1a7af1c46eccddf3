// Actor dictionaries: the lists of actors and agents that TABARI, PETRARCH and their kin coded with, read into rows of an overlay, so that
// their users can move. See "Actor dictionaries" in docs/formats/knowledge.md for what is understood.
//
//   ARNOR_ [ARN]                     FOREIGN_MINISTER [~GOVFRM]
//   +ANNUMINAS                       POLICE {} [~COP]
//   TELEMAR                          !PERSON! = MAN, WOMAN
//       [ARNGOV 951014-951231]       CONGRESS!PERSON! [~LEG]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/knowledge/knowledge.h"

namespace dragoman {

struct DictionaryText {
  std::string name;  ///< for messages: the file
  std::string text;
};

struct ImportedDictionaries {
  KnowledgeRows rows;                 ///< entities, aliases, codes, agents; `basis` of a code says file and line
  std::vector<std::string> errors;    ///< what could not be read, "FILE:LINE: ...; skipped"
  std::vector<std::string> notes;     ///< what was understood and yet left out, and why
  std::size_t names_known = 0;        ///< names that the base knew already: they only got a code
};

/// Names that `base` knows get their codes; the others become entities of their own. Never fails: what it can't read is in `errors`.
[[nodiscard]] ImportedDictionaries import_dictionaries(const std::vector<DictionaryText>& actors, const std::vector<DictionaryText>& agents,
                                                       const Knowledge& base);

}  // namespace dragoman
