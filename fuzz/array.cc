// Any bytes as a JSON array of rows.
#include "fuzz/stories.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dragoman::read_stories("rows.json", {reinterpret_cast<const char*>(data), size});
  return 0;
}
