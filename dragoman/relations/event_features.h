// Features of a marked pair: what the linear head sees of a sentence in which one party may do something to another.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dragoman/relations/event_chain.h"

namespace dragoman {

/// Appends the hashed features of that pair to `features`. With `names`, their readable names are appended there in the same order.
/// The very same code makes them for training (`dragoman relate --features`) and for prediction. Bounded work for a pair.
void append_pair_features(const Document& document, TokenSpan source, TokenSpan target, const EventLexicon& lexicon,
                          std::vector<std::uint32_t>& features, std::vector<std::string>* names = nullptr);

}  // namespace dragoman
