// Contexts: in which of PLOVER's 37 fields of politics an event stands ("diplomatic", "economic", "cbrn").
//
//   Document + a sentence  ->  contexts_in()  ->  names, in the order of data/events/contexts.tsv
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/document/document.h"

namespace dragoman {

/// What the words of that sentence say: one telling word of a context, or two different weak ones. `sectors`: of the parties that take part
/// ("LEG" puts an event into `legislative`). Whole sentences count, not the clause: PLOVER assigns contexts by sentence. Never fails.
[[nodiscard]] std::vector<std::string> contexts_in(const Document& document, TokenSpan sentence, const std::vector<std::string_view>& sectors = {});

/// All names, in that order.
[[nodiscard]] const std::vector<std::string_view>& context_names();

}  // namespace dragoman
