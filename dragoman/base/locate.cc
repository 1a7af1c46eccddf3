#include "dragoman/base/locate.h"

#include <cstdlib>

namespace dragoman {
namespace fs = std::filesystem;

std::vector<PlaceTried> places_of(std::string_view file, const fs::path& given, const char* option, const char* variable) {
  std::vector<PlaceTried> places;
  const auto add = [&](std::string why, fs::path path) {
    std::error_code ignored;
    const bool there = fs::is_regular_file(path, ignored);
    places.push_back({std::move(why), std::move(path), there});
  };
  if (!given.empty()) {
    add(option, given);
    return places;
  }
  if (const char* value = std::getenv(variable); value && *value) {
    add(variable, value);
    return places;
  }
  std::error_code error;
  if (const fs::path program = fs::read_symlink("/proc/self/exe", error); !error) {
    add("beside the program", program.parent_path() / file);
    add("PREFIX/share", program.parent_path().parent_path() / "share/dragoman" / file);
  }
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
    add("user's data folder", fs::path(data) / "dragoman" / file);
  else if (const char* home = std::getenv("HOME"); home && *home)
    add("user's data folder", fs::path(home) / ".local/share/dragoman" / file);
  return places;
}

Result<fs::path> locate_resource(std::string_view file, const fs::path& given, const char* option, const char* variable) {
  const std::vector<PlaceTried> places = places_of(file, given, option, variable);
  std::string tried;
  for (const PlaceTried& place : places) {
    if (place.there) return place.path;
    tried += (tried.empty() ? "" : ", ") + place.path.string() + " (" + place.why + ")";
  }
  return fail(ErrorCode::not_found, file, " not found; looked for ", tried, ". `./run build` makes it; ", option, " or ", variable,
              " names another place; `dragoman doctor` shows what was found where.");
}

}  // namespace dragoman
