// Embedded data: the tables under data/ (not data/knowledge/, which is compiled) as they were when the binary was built.
#pragma once

#include <string_view>

namespace dragoman {

/// The bytes of data/`path` ("statements/cues.tsv"). A path that was not embedded is a mistake in our own code: aborts.
[[nodiscard]] std::string_view embedded_data(std::string_view path);

}  // namespace dragoman
