// Any bytes as an archive (zip, tar, gzip, bzip2, xz, zstd: the bytes tell), and archives inside it.
#include "fuzz/stories.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dragoman::read_stories("stories.zip", {reinterpret_cast<const char*>(data), size});
  return 0;
}
