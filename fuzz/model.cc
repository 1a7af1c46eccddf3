// Any bytes as a packed model: refused with a message that names the file, or opened and usable.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "dragoman/language/annotator.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  static const std::filesystem::path path = std::filesystem::temp_directory_path() / ("dragoman-fuzz-" + std::to_string(::getpid()) + ".model");
  std::ofstream(path, std::ios::binary | std::ios::trunc).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto annotator = Annotator::open(path);
  FUZZ_CHECK(annotator || annotator.error().message.find(path.string()) != std::string::npos);
  std::filesystem::remove(path);
  return 0;
}
