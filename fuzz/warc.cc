// Any bytes as a web archive: records, HTTP answers, pages packed inside them.
#include "fuzz/stories.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dragoman::read_stories("crawl.warc", {reinterpret_cast<const char*>(data), size});
  return 0;
}
