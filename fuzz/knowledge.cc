// Any bytes as a compiled knowledge file: refused with a message that names the file, or opened and turned back into rows.
#include "dragoman/knowledge/knowledge.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  static const std::filesystem::path path = std::filesystem::temp_directory_path() / ("dragoman-fuzz-" + std::to_string(::getpid()) + ".knowledge");
  std::ofstream(path, std::ios::binary | std::ios::trunc).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto knowledge = Knowledge::open(path);
  FUZZ_CHECK(knowledge || knowledge.error().message.find(path.string()) != std::string::npos);
  std::filesystem::remove(path);
  return 0;
}
