// Where dragoman's own files are: the packed model and the compiled knowledge.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"

namespace dragoman {

struct PlaceTried {
  std::string why;              ///< "--model", "DRAGOMAN_MODEL", "beside the program", ...
  std::filesystem::path path;
  bool there;
};

/// The places where `file` ("dragoman.model") may be, in order of precedence: `given` (an option), the environment variable, beside the
/// program, PREFIX/share/dragoman, the user's data folder. An option or a variable that is set shuts out the places after it.
[[nodiscard]] std::vector<PlaceTried> places_of(std::string_view file, const std::filesystem::path& given, const char* option,
                                                const char* variable);

/// The first place that is there; `not_found` with the remedy otherwise.
[[nodiscard]] Result<std::filesystem::path> locate_resource(std::string_view file, const std::filesystem::path& given,
                                                            const char* option, const char* variable);

}  // namespace dragoman
