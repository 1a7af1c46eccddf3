// Positions: who stands where on which issue.
//
//   Document + Entities + statements + PositionLexicon  ->  find_positions()
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/relations/evidence.h"

namespace dragoman {

class PositionLexicon;  // relations/position_lexicon.h

enum class Polarity : std::uint8_t { for_, against, mixed };

enum class StanceAct : std::uint8_t {
  endorse, demand, condemn, reject, welcome, warn, express_concern, express_readiness, thank
};

[[nodiscard]] std::string_view to_string(Polarity polarity);
[[nodiscard]] std::string_view to_string(StanceAct act);
[[nodiscard]] std::optional<Polarity> polarity_of(std::string_view name);
[[nodiscard]] std::optional<StanceAct> stance_act_of(std::string_view name);

struct Position {
  std::vector<EntityId> holders;  ///< the state or body, and the person who spoke for it
  std::string issue;              ///< the thing itself, in the words of the text: "sanctions on Iran"
  std::string issue_id;           ///< entry of data/issues.tsv with its parameters: "sanctions:IRN"; "" if none
  Polarity polarity = Polarity::for_;
  StanceAct act = StanceAct::endorse;
  std::vector<EntityId> target;
  Voice voice;
  Evidence evidence;
  TokenIndex head = no_token;
  std::string rule;
};

/// In text order. Never fails; linear in tokens.
[[nodiscard]] std::vector<Position> find_positions(const Document& document, const Entities& entities,
                                                   const std::vector<Statement>& statements, const PositionLexicon& lexicon);

}  // namespace dragoman
