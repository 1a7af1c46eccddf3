// dragoman who: whom a name or a description means on a day, and what decided it.
#include <cstdio>
#include <filesystem>

#include "cli/arguments.h"
#include "cli/query.h"
#include "cli/stream.h"
#include "dragoman/base/json.h"
#include "dragoman/base/locate.h"
#include "dragoman/store/who.h"

namespace dragoman::cli {
namespace {

void append_json(const WhoCandidate& it, JsonWriter& json) {
  json.begin_object().key("ref").string(it.ref).key("kind").string(it.kind).key("name").string(it.name).key("state").string_or_null(it.state);
  json.key("reasons").begin_array();
  for (const WhoReason& reason : it.reasons) {
    json.begin_object().key("says").string(reason.says);
    if (reason.document == 0) {
      json.key("line").string(reason.line);
    } else {
      json.key("document").integer(reason.document).key("source").string(reason.source).key("published").string_or_null(reason.published);
      json.key("span").span(reason.span).key("quote").string(reason.quote);
    }
    json.end_object();
  }
  json.end_array().end_object();
}

std::string json_of(const WhoAnswer& answer, const std::string& words, const std::string& on) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("words").string(words).key("on").string_or_null(on).key("meant");
  if (answer.meant)
    append_json(*answer.meant, json);
  else
    json.null();
  json.key("candidates").begin_array();
  for (const WhoCandidate& it : answer.candidates) append_json(it, json);
  json.end_array().key("reason").string_or_null(answer.reason).end_object();
  return out + "\n";
}

void append_text(const WhoCandidate& it, std::string& out, const std::string& indent) {
  out += indent + it.name + "  " + it.ref + (it.state.empty() || it.state == it.ref ? "" : "  " + it.state) + "\n";
  for (const WhoReason& reason : it.reasons) {
    out += indent + "  " + reason.says + "\n" + indent + "      ";
    if (reason.document == 0)
      out += reason.line + "\n";
    else
      out += "document " + std::to_string(reason.document) + (reason.published.empty() ? "" : ", " + reason.published) + ", " + reason.source + " [" +
             std::to_string(reason.span.begin) + "," + std::to_string(reason.span.end) + "): “" + reason.quote + "”\n";
  }
}

std::string text_of(const WhoAnswer& answer) {
  std::string out;
  if (answer.meant) {
    append_text(*answer.meant, out, "");
    return out;
  }
  out += answer.reason + (answer.candidates.empty() ? ".\n" : ":\n");
  for (const WhoCandidate& it : answer.candidates) append_text(it, out, "  ");
  return out;
}

}  // namespace

int run_who(Arguments arguments) {
  App app("Says whom a name or description means (\"Fidan\", \"Turkish foreign minister\", \"the Kremlin\"), and which line of the knowledge or "
          "which story decided it. Where two would do, nobody is chosen and both are shown. Exit status 1 if nobody is meant.",
          "dragoman who");
  std::string words, on, format = "text";
  std::filesystem::path knowledge_file, store_path;
  std::vector<std::filesystem::path> overlays;
  app.add_option("NAME", words, "a name, or words for an office or body")->required();
  app.add_option("--on", on, "the day: 2025-11-30, 2025-11, 2025 (the first of it)");
  app.add_option("--store", store_path, "a store whose stories are asked, too");
  app.add_option("--knowledge", overlays, "a folder of knowledge tables that win over the built-in ones");
  app.add_option("--knowledge-file", knowledge_file, "the compiled knowledge");
  app.add_option("--format", format, "text: for people; json: for programs")->check(OneOf{{"text", "json"}})->capture_default_str();
  if (const auto status = parse_arguments(app, arguments)) return *status;

  std::optional<Date> day;
  if (!on.empty()) {
    const Result<Date> parsed = parse_date(on);
    if (!parsed) return fail_with({ErrorCode::misuse, "--on: " + parsed.error().message});
    day = *parsed;
  }
  if (hash_of(words) == word_seed) return fail_with({ErrorCode::misuse, "\"" + words + "\" has no word in it; give a name"});
  const auto path = locate_resource("dragoman.knowledge", knowledge_file, "--knowledge-file", "DRAGOMAN_KNOWLEDGE");
  if (!path) return fail_with(path.error());
  const Result<Knowledge> knowledge = Knowledge::open(*path, overlays);
  if (!knowledge) return fail_with(knowledge.error());
  std::optional<Store> store;
  if (!store_path.empty()) {
    Result<Store> opened = Store::open_for_reading(store_path);
    if (!opened) return fail_with(opened.error());
    store.emplace(std::move(*opened));
  }
  const WhoAnswer answer = who(*knowledge, store ? &store->database() : nullptr, words, day);
  if (store)
    if (const auto ok = store->database().check(); !ok) return fail_with(ok.error());
  const int status = print(format == "json" ? json_of(answer, words, on) : text_of(answer));
  return status != 0 ? status : answer.meant ? 0 : 1;
}

}  // namespace dragoman::cli
