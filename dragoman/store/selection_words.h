// SelectionWords: a selection as people write it, on the command line or in an address, and what it means in a store.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/store/selection.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

/// Parties by code, ref, name or any alias that the knowledge has; `of` several with commas. Days as 2025-11-30, 2025-11 or 2025.
struct SelectionWords {
  std::vector<std::string> between;
  std::string of, sector, stage, issue, outlet, since, until, on;
};

struct AskedSelection {
  Selection selection;
  std::int64_t on = 0;  ///< the day by which deadlines are over: the newest story's, if not said
};

/// `misuse` with the option's name where a word makes no sense. `knowledge`: the compiled file, "" = where it usually is.
[[nodiscard]] Result<AskedSelection> parse_selection(Database& database, const SelectionWords& words, const std::filesystem::path& knowledge);

/// The party that a word means: its ISO code, or the ref of an organisation ("EU").
[[nodiscard]] Result<std::string> resolve_party(Database& database, const std::string& word, const std::filesystem::path& knowledge);

}  // namespace dragoman
