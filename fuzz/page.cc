// Any bytes as a web page, in whatever encoding.
#include "fuzz/stories.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dragoman::read_stories("page.html", {reinterpret_cast<const char*>(data), size});
  return 0;
}
