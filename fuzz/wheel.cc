// Any bytes as the published package of the model (`dragoman pack-model`): as the wheel, and as the MessagePack inside it.
#include "dragoman/language/wheel.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "dragoman/language/msgpack.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto value = parse_msgpack(bytes); value) {
    (void)value->find("a");
    (void)value->find(std::uint64_t{1});
  }
  static const std::filesystem::path path = std::filesystem::temp_directory_path() / ("dragoman-fuzz-" + std::to_string(::getpid()) + ".whl");
  std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(size));
  const auto wheel = open_wheel(path);
  FUZZ_CHECK(wheel || wheel.error().message.find(path.string()) != std::string::npos);
  std::filesystem::remove(path);
  return 0;
}
