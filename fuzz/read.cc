// Any bytes as a story, through the whole engine: every span lies in the text, on borders of characters, and the reading can be written out.
#include <memory>

#include "dragoman/base/utf8.h"
#include "dragoman/dragoman.h"
#include "dragoman/view/briefing.h"
#include "dragoman/view/reading_json.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  static const Result<Engine>* engine = new Result<Engine>(Engine::open({}));
  static Engine::Scratch* scratch = new Engine::Scratch();
  if (!*engine) {
    static const bool said = std::fprintf(stderr, "skipped: %s\n", engine->error().message.c_str()) > 0;
    (void)said;
    return 0;
  }
  const Reading reading = (*engine)->read(std::string(reinterpret_cast<const char*>(data), size), {.published = "2026-03-12"}, *scratch);
  const std::string_view text = reading.document.text();
  FUZZ_CHECK(is_valid_utf8(text));
  const auto border = [&](std::uint32_t at) { return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80; };
  const auto inside = [&](ByteSpan span) { FUZZ_CHECK(span.begin < span.end && span.end <= text.size() && border(span.begin) && border(span.end)); };
  for (const Mention& mention : reading.entities.mentions) inside(mention.span);
  for (const Statement& statement : reading.statements) {
    FUZZ_CHECK(!statement.content.empty());
    for (const ByteSpan span : statement.content) inside(span);
    for (const ByteSpan span : statement.quoted) inside(span);
    if (statement.cue) inside(*statement.cue);
    if (statement.source) inside(*statement.source);
  }
  const auto evidence = [&](const Evidence& words) {
    inside(words.sentence);
    if (words.trigger) inside(*words.trigger);
    for (const ByteSpan span : words.spans) inside(span);
  };
  for (const Event& event : reading.events) evidence(event.evidence);
  for (const Commitment& commitment : reading.commitments) evidence(commitment.evidence);
  for (const Position& position : reading.positions) evidence(position.evidence);
  std::string out;
  append_reading_json(reading, out);
  append_briefing(reading, {.colours = true, .width = 80}, out);
  return 0;
}
