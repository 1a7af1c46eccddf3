// dragoman relate: what one marked party does to another, for users who bring their own actors.
#include <simdjson.h>

#include <oneapi/tbb/enumerable_thread_specific.h>

#include "cli/arguments.h"
#include "cli/document_limits.h"
#include "cli/stream.h"
#include "dragoman/base/json.h"
#include "dragoman/base/locate.h"
#include "dragoman/base/utf8.h"
#include "dragoman/document/parsed_rows.h"
#include "dragoman/document/surface.h"
#include "dragoman/language/annotator.h"
#include "dragoman/relations/event_features.h"
#include "dragoman/relations/pairs.h"

namespace dragoman::cli {
namespace {

namespace dom = simdjson::dom;

struct Mark {
  ByteSpan bytes;
  std::int64_t start = 0, end = 0;  // in code points
};

/// Byte offset of that code point; the text's size past its end.
std::uint32_t byte_of(std::string_view text, std::int64_t code_point) {
  std::size_t at = 0;
  for (std::int64_t i = 0; i < code_point && at < text.size(); ++i) at += decode_utf8(text, at).size;
  return static_cast<std::uint32_t>(at);
}

std::int64_t code_points(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).size) ++count;
  return count;
}

/// Reads `"source": [{"start", "end"} or {"text"}, ...]`: the first mark; without offsets it is looked for in the text; an
/// empty mark where it is not there.
Result<Mark> mark_of(const dom::object& row, std::string_view name, std::string_view text) {
  dom::element field;
  if (row.at_key(name).get(field) != simdjson::SUCCESS) return fail(ErrorCode::malformed, "no \"", name, "\"");
  dom::array list;
  if (field.get(list) == simdjson::SUCCESS) {
    if (list.size() == 0) return fail(ErrorCode::malformed, "\"", name, "\" is empty");
    field = *list.begin();
  }
  dom::object object;
  if (field.get(object) != simdjson::SUCCESS)
    return fail(ErrorCode::malformed, "\"", name, "\" is not {\"start\", \"end\"} or a list of them");
  Mark mark;
  if (object.at_key("start").get(mark.start) == simdjson::SUCCESS && object.at_key("end").get(mark.end) == simdjson::SUCCESS) {
    mark.bytes = {byte_of(text, mark.start), byte_of(text, mark.end)};
    if (mark.start < 0 || mark.bytes.empty()) return fail(ErrorCode::malformed, "\"", name, "\": an offset outside the text");
    return mark;
  }
  std::string_view words;
  if (object.at_key("text").get(words) != simdjson::SUCCESS || words.empty())
    return fail(ErrorCode::malformed, "\"", name, "\": neither \"start\" and \"end\" nor \"text\"");
  std::size_t found = text.find(words);
  if (found == std::string_view::npos) {
    // the mark may be spaced in another way: its first word will do
    const std::string_view first = words.substr(0, words.find(' '));
    found = text.find(first);
    if (found == std::string_view::npos) return mark;  // a party that the text doesn't name
    words = text.substr(found, std::min(words.size(), text.size() - found));
    while (!words.empty() && (words.back() & 0xc0) == 0x80) words.remove_suffix(1);
  }
  mark.bytes = {static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(found + words.size())};
  mark.start = code_points(text.substr(0, found));
  mark.end = mark.start + code_points(words);
  return mark;
}

void write_party(JsonWriter& json, std::string_view name, const Mark& mark, std::string_view text) {
  json.key(name);
  json.begin_object();
  json.key("text");
  json.string(text.substr(mark.bytes.begin, mark.bytes.size()));
  if (!mark.bytes.empty()) {
    json.key("start").integer(mark.start);
    json.key("end").integer(mark.end);
  }
  json.end_object();
}

}  // namespace

int run_relate(Arguments arguments) {
  App app("Tells what one marked party does to another: for each row one event of PLOVER, with how sure that is.", "dragoman relate");
  std::vector<std::string> files;
  std::string in = "jsonl";
  bool features = false, names = false;
  unsigned threads = 0;
  std::string model;
  InputOptions input_options;
  input_options.format = InputFormat::jsonl;
  app.add_option("FILE", files, "files, or - for standard input (the default)");
  app.add_option("--in", in, "jsonl: rows {\"id\", \"text\", \"source\": [{\"start\", \"end\"}], \"target\": [...]}, offsets in code points, or "
                             "{\"text\"} to be looked for; parsed: rows of `annotate --format jsonl` with \"source\" and \"target\"")
      ->check(OneOf{{"jsonl", "parsed"}})
      ->capture_default_str();
  app.add_flag("--features", features, "for training: a row's id and its hashed features, in place of an event");
  app.add_flag("--names", names, "with --features: their readable names, one a line");
  app.add_option("--threads", threads, "how many threads; 0: one a core")->capture_default_str();
  app.add_option("--model", model, "the packed model");
  add_size_limit(app, input_options.document_bytes);
  if (const auto status = parse_arguments(app, arguments)) return *status;

  const bool parsed = in == "parsed";
  const auto complain = [](const Error& error) {
    std::fputs(message_line(error.message).c_str(), stderr);
    return 1;
  };
  std::optional<Annotator> annotator;
  if (!parsed) {
    const Result<std::filesystem::path> path = locate_resource("dragoman.model", model, "--model", "DRAGOMAN_MODEL");
    if (!path) return complain(path.error());
    Result<Annotator> opened = Annotator::open(*path);
    if (!opened) return complain(opened.error());
    annotator.emplace(std::move(*opened));
  }
  const Result<EventLexicon> lexicon = EventLexicon::load();
  if (!lexicon) return complain(lexicon.error());

  oneapi::tbb::enumerable_thread_specific<AnnotatorScratch> scratch;
  const auto work = [&](RawInput raw) -> Outcome {
    const std::string where = raw.where;
    const auto wrong = [&](const std::string& message) { return Outcome{{}, message_line(where + ": " + message), true}; };
    if (raw.error) return {{}, message_line(raw.error->message), true};
    dom::parser parser;
    dom::object row;
    if (const auto error = parser.parse(simdjson::padded_string(raw.bytes)).get(row); error != simdjson::SUCCESS)
      return wrong(std::string("no JSON object: ") + simdjson::error_message(error));
    std::string_view text, id;
    if (row.at_key("text").get(text) != simdjson::SUCCESS) return wrong("no \"text\"");
    if (row.at_key("id").get(id) != simdjson::SUCCESS) return wrong("no \"id\"");
    const Result<Mark> source = mark_of(row, "source", text);
    if (!source) return wrong(source.error().message);
    const Result<Mark> target = mark_of(row, "target", text);
    if (!target) return wrong(target.error().message);

    Document document;
    if (parsed) {
      Result<Document> read = parse_parsed_row(raw.bytes);
      if (!read) return wrong(read.error().message);
      document = std::move(*read);
    } else {
      const Surface surface = surface_paragraphs(text);
      DocumentBuilder builder(std::string(text), {});
      annotator->annotate(surface, {}, scratch.local(), builder);
      document = builder.finish();
    }
    const TokenSpan source_tokens = document.tokens_in(source->bytes), target_tokens = document.tokens_in(target->bytes);

    Outcome outcome;
    if (features) {
      std::vector<std::uint32_t> hashes;
      std::vector<std::string> readable;
      append_pair_features(document, source_tokens, target_tokens, *lexicon, hashes, names ? &readable : nullptr);
      for (const std::string& name : readable) outcome.out.append(id).append("\t").append(name).append("\n");
      if (names) return outcome;
      outcome.out.append(id).append("\t");
      for (const std::uint32_t hash : hashes) outcome.out.append(std::to_string(hash)).append(" ");
      outcome.out += '\n';
      return outcome;
    }
    JsonWriter json(outcome.out);
    json.begin_object();
    json.key("id");
    json.string(id);
    json.key("events");
    json.begin_array();
    if (!source_tokens.empty() || !target_tokens.empty()) {
      const PairEvent event = relate(document, source_tokens, target_tokens, *lexicon);
      json.begin_object();
      json.key("plover");
      json.string(to_string(event.type));
      json.key("mode");
      event.mode.empty() ? json.null() : json.string(event.mode);
      json.key("cameo");
      event.cameo.empty() ? json.null() : json.string(event.cameo);
      write_party(json, "source", *source, text);
      write_party(json, "target", *target, text);
      json.key("conf");
      json.number(event.confidence);
      json.key("rule");
      event.rule.empty() ? json.null() : json.string(event.rule);
      json.end_object();
    }
    json.end_array();
    json.end_object();
    outcome.out += '\n';
    return outcome;
  };
  InputReader inputs(std::move(files), input_options);
  return stream(inputs, threads, work).failed ? 1 : 0;
}

}  // namespace dragoman::cli
