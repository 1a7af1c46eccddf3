// Any bytes as an input file, as text and as JSON lines: documents or messages, nothing else.
#include "cli/inputs.h"
#include "dragoman/base/utf8.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman::cli;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const InputFormat format : {InputFormat::text, InputFormat::jsonl}) {
    InputOptions options;
    options.format = format;
    const auto parsed = parse_input({.where = "fuzz:1", .bytes = bytes, .error = std::nullopt}, options);
    FUZZ_CHECK(parsed ? dragoman::is_valid_utf8(parsed->text) : parsed.error().message.starts_with("fuzz:1"));
  }
  return 0;
}
