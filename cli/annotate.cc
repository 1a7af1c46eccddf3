// dragoman annotate: texts in, tokens with tags, lemmas, heads and names out.
#include <oneapi/tbb/enumerable_thread_specific.h>

#include "cli/arguments.h"
#include "cli/document_limits.h"
#include "cli/stream.h"
#include "dragoman/base/locate.h"
#include "dragoman/language/annotator.h"
#include "dragoman/view/annotation.h"

namespace dragoman::cli {
namespace {

constexpr std::size_t most_characters = 1'000'000;  ///< of one text; as in spaCy, so that no text is annotated otherwise than there

}  // namespace

int run_annotate(Arguments arguments) {
  App app("Annotates texts as spaCy does with en_core_web_sm: tokens, lemmas, tags, heads, sentences, names.", "dragoman annotate");
  std::vector<std::string> files;
  std::string in = "text", format = "jsonl", model;
  unsigned threads = 0;
  bool no_names = false;
  InputOptions input_options;
  app.add_option("FILE", files, "files, or - for standard input (the default)");
  app.add_option("--in", in, "text: a file is a text; jsonl: a line is one, {\"id\", \"text\"}")
      ->check(OneOf{{"text", "jsonl"}})
      ->capture_default_str();
  app.add_option("--format", format, "jsonl: a line a text, every field of every token; conllu: CoNLL-U")
      ->check(OneOf{{"jsonl", "conllu"}})
      ->capture_default_str();
  app.add_option("--threads", threads, "how many threads; 0: one a core")->capture_default_str();
  app.add_flag("--no-names", no_names, "leave out the entity recogniser");
  app.add_option("--model", model, "the packed model");
  add_size_limit(app, input_options.document_bytes);
  if (const auto status = parse_arguments(app, arguments)) return *status;

  input_options.format = in == "text" ? InputFormat::text : InputFormat::jsonl;
  const AnnotateOptions options{.names = !no_names};
  const Result<std::filesystem::path> path = locate_resource("dragoman.model", model, "--model", "DRAGOMAN_MODEL");
  const Result<Annotator> annotator = path ? Annotator::open(*path) : Result<Annotator>(tl::unexpected(path.error()));
  if (!annotator) {
    std::fputs(message_line(annotator.error().message).c_str(), stderr);
    return 1;
  }

  oneapi::tbb::enumerable_thread_specific<AnnotatorScratch> scratch;
  const auto work = [&](RawInput raw) -> Outcome {
    const std::string where = raw.where;
    Result<ParsedInput> input = parse_input(std::move(raw), input_options);
    if (!input) return {{}, message_line(input.error().message), true};
    const auto characters = static_cast<std::size_t>(
        std::count_if(input->text.begin(), input->text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
    if (characters > most_characters)
      return {{}, message_line(where + ": " + std::to_string(characters) + " characters, over the limit of " +
                               std::to_string(most_characters) + " a text; split it"), true};
    Outcome outcome;
    for (const std::string& warning : input->warnings) {
      outcome.messages += message_line(warning);
      outcome.failed = true;
    }
    DocumentBuilder builder(std::move(input->text), std::move(input->info));
    annotator->annotate(builder.text(), OffsetMap(), options, scratch.local(), builder);
    const Document document = builder.finish();
    (format == "jsonl" ? append_annotation_json : append_conllu)(document, outcome.out);
    return outcome;
  };
  InputReader inputs(std::move(files), input_options);
  return stream(inputs, threads, work).failed ? 1 : 0;
}

}  // namespace dragoman::cli
