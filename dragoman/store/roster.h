// Roster: what the stories of a store taught about who held which office, as rows of a knowledge overlay.
#pragma once

#include <string>
#include <vector>

#include "dragoman/knowledge/knowledge.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

struct LearnedRoster {
  KnowledgeRows rows;               ///< persons that the base lacks, and terms; `basis` quotes the first and last story
  std::vector<std::string> doubts;  ///< what was not learned, and why: two holders of a day, or the base says otherwise
};

/// A term runs from the first day on which stories call a person the holder to the last, nobody else being called so between. Only
/// offices that one person holds; what stories and base agree on is not repeated. Where the base has another holder the stories are
/// believed only if the base knew no end of his term and two stories at least say so; the new term then has no end either.
[[nodiscard]] LearnedRoster learn_roster(Database& stories, const Knowledge& base);

}  // namespace dragoman
