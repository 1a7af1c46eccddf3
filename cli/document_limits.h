// The limits of a document that a user may move, as options of a command. All limits: dragoman/base/limits.h.
#pragma once

#include <cstddef>
#include <string>

#include "cli/arguments.h"
#include "dragoman/base/limits.h"

namespace dragoman::cli {

/// --max-bytes
void add_size_limit(App& app, std::size_t& bytes);
/// --max-seconds; `rest` is put behind its help.
void add_time_limit(App& app, double& seconds, const std::string& rest = {});

/// What is said of a document that took longer (Reading::cut_short).
[[nodiscard]] std::string over_time_message(const std::string& where, double seconds);

}  // namespace dragoman::cli
