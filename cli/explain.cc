// dragoman explain: for a sentence of a story, which event frames matched, which nearly did, and why.
#include "cli/arguments.h"
#include "cli/inputs.h"
#include "cli/stream.h"
#include "dragoman/dragoman.h"
#include "dragoman/document/parsed_rows.h"
#include "dragoman/relations/event_lexicon.h"

namespace dragoman::cli {
namespace {

constexpr std::size_t everywhere = static_cast<std::size_t>(-1);

}  // namespace

int run_explain(Arguments arguments) {
  App app("Shows what the rules of the events layer saw in the sentence at a byte: words, codes, parties, and why it is an event or isn't.",
               "dragoman explain");
  std::vector<std::string> files;
  std::size_t at = everywhere;
  std::string in = "text";
  EngineOptions engine_options;
  InputOptions input_options;
  app.add_option("FILE", files, "one story, or - for standard input (the default)");
  app.add_option("--at", at, "a byte of the sentence; without it every sentence");
  app.add_option("--in", in, "text: a file is a story; jsonl: a line is one; parsed: rows of `annotate --format jsonl`")
      ->check(OneOf{{"text", "jsonl", "parsed"}})
      ->capture_default_str();
  app.add_option("--model", engine_options.model, "the packed model");
  app.add_option("--knowledge", engine_options.overlays, "a folder of knowledge tables that win over the built-in ones");
  app.add_option("--knowledge-file", engine_options.knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;

  const auto complain = [](const Error& error) {
    std::fputs(message_line(error.message).c_str(), stderr);
    return 1;
  };
  const bool parsed = in == "parsed";
  input_options.format = in == "text" ? InputFormat::text : InputFormat::jsonl;
  engine_options.annotate = !parsed;
  const Result<Engine> engine = Engine::open(engine_options);
  if (!engine) return complain(engine.error());
  const Result<EventLexicon> lexicon = EventLexicon::load();
  if (!lexicon) return complain(lexicon.error());

  Engine::Scratch scratch;
  InputReader inputs(std::move(files), input_options);
  bool failed = false;
  while (auto raw = inputs.next()) {
    Reading reading;
    if (raw->error) {
      failed = complain(*raw->error);
      continue;
    }
    if (parsed) {
      Result<Document> document = parse_parsed_row(raw->bytes);
      if (!document) {
        failed = complain(document.error());
        continue;
      }
      reading = engine->read(std::move(*document));
    } else {
      Result<ParsedInput> input = parse_input(std::move(*raw), input_options);
      if (!input) {
        failed = complain(input.error());
        continue;
      }
      reading = engine->read(std::move(input->text), std::move(input->info), scratch);
    }
    const Document& document = reading.document;
    if (at != everywhere && at >= document.text().size()) {
      failed = complain(Error{ErrorCode::misuse, "byte " + std::to_string(at) + " lies past the end; the story has " +
                                                     std::to_string(document.text().size()) + " bytes"});
      continue;
    }
    const TokenIndex wanted = at == everywhere ? no_token : document.token_at(static_cast<std::uint32_t>(at));
    for (const TokenSpan sentence : document.sentences()) {
      if (at != everywhere && !sentence.contains(wanted)) continue;
      const std::string text = std::string(document.text(document.bytes(sentence))) + "\n" +
                               explain_events(document, reading.entities, reading.times, reading.statements, *lexicon, sentence) + "\n";
      std::fputs(text.c_str(), stdout);
    }
  }
  return failed ? 1 : 0;
}

}  // namespace dragoman::cli
