// Any bytes as a feed, RSS or Atom.
#include "fuzz/stories.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dragoman::read_stories("feed.rss", {reinterpret_cast<const char*>(data), size});
  return 0;
}
