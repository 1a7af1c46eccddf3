// Evidence and voice: where a fact stands, and who says so. Shared by events, commitments and positions.
#pragma once

#include <optional>
#include <vector>

#include "dragoman/base/span.h"
#include "dragoman/relations/statements.h"

namespace dragoman {

struct Evidence {
  std::optional<ByteSpan> trigger;  ///< the word or words that say it
  ByteSpan sentence;
  std::vector<ByteSpan> spans;      ///< all the words that carry the fact (a clause, not a paragraph)
};

/// The outlet, or a statement.
struct Voice {
  StatementId statement = no_statement;  ///< no_statement = the outlet's own words
  [[nodiscard]] bool is_outlet() const { return statement == no_statement; }
  auto operator<=>(const Voice&) const = default;
};

}  // namespace dragoman
