// Any bytes as a row annotated elsewhere: refused, or a document whose tree and spans hold together, and that can be read to the end.
#include "dragoman/document/parsed_rows.h"
#include "dragoman/dragoman.h"
#include "dragoman/view/briefing.h"
#include "dragoman/view/reading_json.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  auto document = parse_parsed_row({reinterpret_cast<const char*>(data), size});
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
  static const Result<Engine>* engine = new Result<Engine>(Engine::open({.annotate = false}));
  if (!*engine) {
    static const bool said = std::fprintf(stderr, "skipped: %s\n", engine->error().message.c_str()) > 0;
    (void)said;
    return 0;
  }
  const Reading reading = (*engine)->read(std::move(*document));
  std::string out;
  append_reading_json(reading, out);
  append_briefing(reading, {.colours = true, .width = 80}, out);
  return 0;
}
