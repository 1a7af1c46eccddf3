// Headline and dateline: what a bare text says of itself in its first lines.
#pragma once

#include "dragoman/document/document.h"
#include "dragoman/document/surface.h"

namespace dragoman {

/// Fills the title (a first paragraph that is short and does not end in a stop, with more after it) and the dateline
/// ("TEHRAN –", "Dakar, Senegal –", "BRUSSELS, May 3 (Wire) —") where the caller gave none.
void derive_headline(const Surface& surface, DocumentInfo& info);

}  // namespace dragoman
