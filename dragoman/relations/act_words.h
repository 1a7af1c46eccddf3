// Words that decide what an act amounts to (data/relations/act_words.tsv), where several rules ask for them.
#pragma once

#include <string_view>

#include "dragoman/document/document.h"

namespace dragoman {

/// "a decision", "a ruling": what is taken, not done.
[[nodiscard]] bool is_decision(std::string_view lemma);
/// "retaliate", "consequences": what one who warns of it will do himself.
[[nodiscard]] bool is_reprisal(std::string_view lemma);
/// "will allow", "let": whoever gives it undertakes that others may act.
[[nodiscard]] bool is_permission(std::string_view lemma);
/// "assistance": what is given for a thing.
[[nodiscard]] bool is_help(std::string_view lemma);
/// "summit": a meeting of many.
[[nodiscard]] bool is_gathering(std::string_view lemma);
/// "block", "collapse": of a road or bridge it tells nothing of an undertaking.
[[nodiscard]] bool befalls_thing(std::string_view lemma);
/// "put off a decision on the ban", "the vote was postponed": the verb delays a decision, and decides nothing.
[[nodiscard]] bool delays_decision(const Document& document, TokenIndex verb);

}  // namespace dragoman
