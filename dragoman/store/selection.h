// Selection: which findings a query is about. Every query of the store takes one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dragoman {

/// Parties are ISO codes of states, or refs of organisations that belong to none ("org:eu"). Empty fields select everything.
struct Selection {
  std::vector<std::string> between;  ///< two parties: what passes between them
  std::vector<std::string> of;       ///< parties: what is theirs
  std::string sector, stage;         ///< of undertakings
  std::string issue;                 ///< of positions and undertakings: words that must all count in it, or the catalogue's id
  std::string outlet;                ///< whoever reported it, as the documents say; any case
  std::int64_t since = 0, until = 0; ///< days of publication, both included (20251130); 0: open
};

}  // namespace dragoman
