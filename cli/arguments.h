// Arguments: what CLI11 makes of a command's words.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"

namespace dragoman::cli {

/// Parses; the exit status to leave with at once (0 after --help, 2 after a mistake), or nothing to go on.
inline std::optional<int> parse_arguments(CLI::App& app, Arguments arguments) {
  std::vector<std::string> words(arguments.rbegin(), arguments.rend());  // CLI11 takes them last first
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

}  // namespace dragoman::cli
