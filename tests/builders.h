// Documents made by hand, so that a rule can be tested without a model.
#pragma once

#include <string_view>

#include "dragoman/document/document.h"

namespace dragoman {

/// A document from rows of `form lemma dependency head [TAG[:LABEL]]` (head: index of its head, from 0; a root names itself; label: what the
/// entity recogniser would say, one name as long as the same label goes on).
/// A row "¶" begins a new paragraph. Words are joined by one blank, but for punctuation and clitics, which are fused to the word before. POS is derived from the tag
/// where one is given.
[[nodiscard]] Document parsed(std::string_view rows, DocumentInfo info = {});

}  // namespace dragoman
