// dragoman read: stories in, readings out.
#include <sys/ioctl.h>
#include <unistd.h>

#include <oneapi/tbb/enumerable_thread_specific.h>

#include "cli/arguments.h"
#include "cli/document_limits.h"
#include "cli/stream.h"
#include "dragoman/document/parsed_rows.h"
#include "dragoman/dragoman.h"
#include "dragoman/view/briefing.h"
#include "dragoman/view/reading_json.h"

namespace dragoman::cli {
namespace {

/// Colours and the terminal's width where standard output is one (and NO_COLOR, https://no-color.org, isn't set).
BriefingOptions briefing_options() {
  BriefingOptions options;
  if (!isatty(STDOUT_FILENO)) return options;
  const char* no_colour = std::getenv("NO_COLOR");
  options.colours = !no_colour || !*no_colour;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) options.width = std::min<unsigned>(size.ws_col, 120);
  return options;
}

}  // namespace

int run_read(Arguments arguments) {
  App app("Reads stories: plain text files, or JSON lines.", "dragoman read");
  std::vector<std::string> files;
  std::string in = "text";
  std::string format = "text";
  unsigned threads = 0;
  EngineOptions engine_options;
  InputOptions input_options;
  app.add_option("FILE", files, "files, or - for standard input (the default)");
  app.add_option("--in", in, "text: a file is a story; jsonl: a line is one, {\"id\", \"text\", \"title\"?, \"published\"?, ...}; parsed: rows of "
                             "`annotate --format jsonl`")
      ->check(OneOf{{"text", "jsonl", "parsed"}})
      ->capture_default_str();
  app.add_option("--format", format, "text: a briefing for people; jsonl: one reading a line")
      ->check(OneOf{{"text", "jsonl"}})
      ->capture_default_str();
  app.add_option("--threads", threads, "how many threads; 0: one a core")->capture_default_str();
  app.add_option("--published", input_options.info.published, "the day the stories were published (2025-11-30), where they don't say");
  app.add_option("--outlet", input_options.info.outlet, "who published them");
  app.add_option("--model", engine_options.model, "the packed model");
  app.add_option("--knowledge", engine_options.overlays, "a folder of knowledge tables that win over the built-in ones");
  app.add_option("--knowledge-file", engine_options.knowledge, "the compiled knowledge");
  double seconds = limits::document_seconds;
  add_size_limit(app, input_options.document_bytes);
  add_time_limit(app, seconds);
  if (const auto status = parse_arguments(app, arguments)) return *status;

  const bool parsed = in == "parsed";
  input_options.format = in == "text" ? InputFormat::text : InputFormat::jsonl;
  engine_options.annotate = !parsed;
  const Result<Engine> engine = Engine::open(engine_options);
  if (!engine) {
    std::fputs(message_line(engine.error().message).c_str(), stderr);
    return 1;
  }

  const BriefingOptions for_people = briefing_options();
  const auto shown = [&](const Reading& reading) {
    std::string out;
    if (format == "jsonl") {
      append_reading_json(reading, out);
      out += '\n';
    } else {
      append_briefing(reading, for_people, out);
    }
    return out;
  };
  oneapi::tbb::enumerable_thread_specific<Engine::Scratch> scratch;
  const auto work = [&](RawInput raw) -> Outcome {
    const std::string where = raw.where;
    if (parsed && !raw.error) {
      Result<Document> document = parse_parsed_row(raw.bytes);
      if (!document) return {{}, message_line(where + ": " + document.error().message), true};
      const Reading reading = engine->read(std::move(*document), Deadline::in_seconds(seconds));
      if (reading.cut_short) return {{}, message_line(over_time_message(where, seconds)), true};
      return {shown(reading), {}, false};
    }
    Result<ParsedInput> input = parse_input(std::move(raw), input_options);
    if (!input) return {{}, message_line(input.error().message), true};
    Outcome outcome;
    for (const std::string& warning : input->warnings) {
      outcome.messages += message_line(warning);
      outcome.failed = true;
    }
    const bool told = !input->warnings.empty();
    const Reading reading = engine->read(std::move(input->text), std::move(input->info), scratch.local(), Deadline::in_seconds(seconds));
    if (reading.cut_short) return {{}, outcome.messages + message_line(over_time_message(where, seconds)), true};
    if (!told)
      for (const std::string& warning : reading.document.warnings()) outcome.messages += message_line(where + ": " + warning);
    outcome.out = shown(reading);
    return outcome;
  };
  InputReader inputs(std::move(files), input_options);
  return stream(inputs, threads, work).failed ? 1 : 0;
}

}  // namespace dragoman::cli
