// Sessions: "the ninth session of the High Council for Cooperation", "the Joint Commission's 4th meeting".
#pragma once

#include <optional>
#include <string_view>

#include "dragoman/base/span.h"

namespace dragoman {

struct SessionWords {
  int ordinal;
  ByteSpan words;  ///< from the ordinal to the end of the body's name, or the other way round
};

/// The numbered session that the words around a body's name speak of, if they do.
[[nodiscard]] std::optional<SessionWords> session_at(std::string_view text, ByteSpan body);

}  // namespace dragoman
