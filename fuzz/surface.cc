// Any bytes: paragraphs are clean UTF-8, and every span of them leads back inside the source.
#include "dragoman/document/headline.h"
#include "dragoman/base/utf8.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Surface surface = surface_paragraphs(text, {.paragraph_bytes = 200});
  std::uint32_t last = 0;
  for (const SurfaceParagraph& paragraph : surface.paragraphs) {
    FUZZ_CHECK(is_valid_utf8(paragraph.text));
    FUZZ_CHECK(paragraph.text.find('\n') == std::string::npos);
    for (std::uint32_t at = 0; at < paragraph.text.size(); ++at) {
      const ByteSpan span = paragraph.map.source(ByteSpan{at, at + 1});
      FUZZ_CHECK(span.begin >= last && span.begin <= span.end && span.end <= size);
      last = span.begin;
    }
  }
  DocumentInfo info;
  derive_headline(surface, info);
  return 0;
}
