// dragoman doctor: what was found where.
#include <cstdio>

#include "cli/arguments.h"
#include "dragoman/base/locate.h"

namespace dragoman::cli {
namespace {

/// Prints the places of one file; true if it was found.
bool show(std::string_view file, const char* option, const char* variable) {
  bool found = false;
  std::printf("%.*s\n", static_cast<int>(file.size()), file.data());
  for (const PlaceTried& place : places_of(file, {}, option, variable)) {
    std::printf("  %-8s %s (%s)\n", !place.there ? "-" : found ? "also" : "found", place.path.c_str(), place.why.c_str());
    found |= place.there;
  }
  if (!found) std::printf("  remedy   `./run build` makes it; %s names another place\n", variable);
  return found;
}

}  // namespace

int run_doctor(Arguments arguments) {
  App app("Shows which model and knowledge are found where.", "dragoman doctor");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  std::printf("dragoman %s\n", DRAGOMAN_VERSION);
  const bool model = show("dragoman.model", "--model", "DRAGOMAN_MODEL");
  const bool knowledge = show("dragoman.knowledge", "--knowledge-file", "DRAGOMAN_KNOWLEDGE");
  return model && knowledge ? 0 : 1;
}

}  // namespace dragoman::cli
