// Any bytes as a row annotated elsewhere: refused, or a document whose tree and spans hold together.
#include "dragoman/document/parsed_rows.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  const auto document = parse_parsed_row({reinterpret_cast<const char*>(data), size});
  if (!document) {
    FUZZ_CHECK(!document.error().message.empty());
    return 0;
  }
  for (TokenIndex i = 0; i < document->size(); ++i) {
    const Token& token = (*document)[i];
    FUZZ_CHECK(token.head < document->size() && token.left_edge <= i && i <= token.right_edge);
    FUZZ_CHECK(token.span.begin <= token.span.end && token.span.end <= document->text().size());
    FUZZ_CHECK(document->subtree(token.head).contains(i));
  }
  return 0;
}
