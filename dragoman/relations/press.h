// Press: how sources and reporters meet. "asked not to be named", "speaking to reporters", "told a news conference" are no events between parties.
#pragma once

#include "dragoman/document/document.h"

namespace dragoman {

/// "asked not to be named", "declined to be identified", "requested anonymity".
[[nodiscard]] bool withholds_name(const Document& document, TokenIndex verb);
/// "speaking to reporters", "talked with journalists": the verb's only partner is the press.
[[nodiscard]] bool meets_press(const Document& document, TokenIndex verb);
/// "told a news conference", "at a press briefing": where something was said. One that is held is none: "they held a news conference".
[[nodiscard]] bool is_press_occasion(const Document& document, TokenIndex noun);

}  // namespace dragoman
