// Who: whom a name or a description means on a day, and which line of the knowledge or which story decided it.
//
//   "Fidan", "Turkish foreign minister", "the Kremlin", "NATO"  +  Knowledge (+ Database)  ->  who()  ->  WhoAnswer
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/knowledge/knowledge.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

/// Why someone is meant: a line of the knowledge, or the words of a story.
struct WhoReason {
  std::string says;  ///< "called \"Fidan\" (surname)", "foreign minister of Türkiye from 2023-06-03"
  std::string line;  ///< "states/holders.tsv:12"; "" where a story decided
  std::int64_t document = 0;  ///< of the store; 0 where the knowledge decided
  std::string source, published, quote;
  ByteSpan span{};  ///< of the quote, in the document's text
};

struct WhoCandidate {
  std::string ref, kind, name, state;
  std::vector<WhoReason> reasons;
};

struct WhoAnswer {
  std::optional<WhoCandidate> meant;      ///< nobody where two would do, or none
  std::vector<WhoCandidate> candidates;   ///< those who would do, if there is more than one
  std::string reason;                     ///< why nobody is meant, and what would help; "" if somebody is
};

/// `day`: on which; none: whenever, and the holders of offices as the knowledge has them last. `stories` may be null. Never guesses.
[[nodiscard]] WhoAnswer who(const Knowledge& knowledge, Database* stories, std::string_view words, std::optional<Date> day);

}  // namespace dragoman
