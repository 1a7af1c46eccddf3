// One story: as it stands in the store, read on the spot, or cited.
#include <charconv>

#include "dragoman/store/items.h"
#include "dragoman/store/citation.h"
#include "dragoman/store/ledger.h"
#include "dragoman/store/overview.h"
#include "dragoman/store/stored_reading.h"
#include "dragoman/view/listing_json.h"
#include "dragoman/view/reading_json.h"
#include "web/server/api.h"

namespace dragoman::web {
namespace {

Result<StoredReading> asked_story(const Call& call) {
  const std::string id = call.parameter("document");
  std::int64_t doc = 0;
  if (!id.empty()) {
    doc = find_document(call.database, id);
  } else {
    const auto number = call.number("doc");
    if (!number) return tl::unexpected(number.error());
    doc = *number;
  }
  auto stored = load_reading(call.database, doc);
  if (!stored) return fail(ErrorCode::not_found, "no document ", id.empty() ? std::to_string(doc) : id, " in the store");
  return std::move(*stored);
}

void write_reading(const Reading& reading, Call& call) {
  call.json.key("utf16");
  write_utf16_map(reading.document.text(), call.json);
  std::string text;
  append_reading_json(reading, text);
  call.json.key("reading").raw(text);
}

void write_copies(const StoredReading& stored, Call& call) {
  call.json.key("copies").begin_array();
  for (const DocumentRow& row : find_tellings(call.database, stored.cluster)) {
    if (row.doc == stored.doc) continue;
    call.json.begin_object().key("doc").integer(row.doc).key("document").string(row.document).key("title").string_or_null(row.title);
    call.json.key("outlet").string_or_null(row.outlet).key("url").string_or_null(row.url).key("date").string_or_null(row.date);
    call.json.key("source").string(row.source).end_object();
  }
  call.json.end_array();
}

/// What readers said of this story's findings: {"finding", "verdict"}.
void write_reviews(const StoredReading& stored, Call& call) {
  call.json.key("reviews").begin_array();
  Query query = call.database.prepare("SELECT layer,begin,verdict FROM corrections WHERE doc=? AND verdict<>'apart' ORDER BY layer,begin");
  query.bind(1, stored.doc);
  const Reading& reading = stored.reading;
  while (query.step()) {
    const std::string layer(query.text(0)), verdict(query.text(2));
    const auto begin = static_cast<std::uint32_t>(query.integer(1));
    const auto write = [&](const auto& items, auto begins) {
      for (std::size_t i = 0; i < items.size(); ++i)
        if (begins(items[i]) == begin) call.json.begin_object().key("finding").string(layer + std::to_string(i + 1)).key("verdict").string(verdict).end_object();
    };
    const auto of_evidence = [](const auto& item) { return item.evidence.trigger.value_or(item.evidence.sentence).begin; };
    if (layer == "s") write(reading.statements, [](const Statement& item) { return item.content.empty() ? UINT32_MAX : item.content.front().begin; });
    if (layer == "v") write(reading.events, of_evidence);
    if (layer == "c") write(reading.commitments, of_evidence);
    if (layer == "p") write(reading.positions, of_evidence);
  }
  call.json.end_array();
}

/// {"c1": "u1a2b3c4d"}: from this story's undertakings to the ledger's.
void write_entries(const StoredReading& stored, Call& call) {
  std::vector<std::pair<std::int64_t, std::int64_t>> entries;  // n, entry
  Query query = call.database.prepare("SELECT DISTINCT n,entry FROM commitments JOIN tellings ON item=commitment JOIN wordings USING (wording) WHERE " + of_document("commitment") + " ORDER BY n");
  query.bind(1, stored.doc);
  while (query.step()) entries.emplace_back(query.integer(0), query.integer(1));
  call.json.key("undertakings").begin_object();
  std::int64_t last = 0;
  for (const auto& [n, number] : entries) {
    if (n == last) continue;  // one undertaking of the story, in one entry
    last = n;
    if (const auto entry = find_undertaking(call.database, number, 0)) call.json.key("c" + std::to_string(n)).string(entry->id);
  }
  call.json.end_object();
}

Result<ByteSpan> parse_span(const std::string& text) {
  std::uint32_t begin = 0, end = 0;
  const char* last = text.data() + text.size();
  const auto first = std::from_chars(text.data(), last, begin);
  if (first.ec != std::errc() || first.ptr == last || *first.ptr != '-') return fail(ErrorCode::misuse, "span: \"", text, "\": bytes from-to, as in span=269-311");
  const auto second = std::from_chars(first.ptr + 1, last, end);
  if (second.ec != std::errc() || second.ptr != last || end <= begin) return fail(ErrorCode::misuse, "span: \"", text, "\": bytes from-to, as in span=269-311");
  return ByteSpan{begin, end};
}

/// Reads the body on the spot, as what the parameters say of it.
Result<ReadOnTheSpot> read_body(const Call& call) {
  DocumentInfo info;
  info.published = call.parameter("published");
  info.outlet = call.parameter("outlet");
  info.title = call.parameter("title");
  info.url = call.parameter("url");
  const std::string_view type = call.request.header("content-type").value_or("");
  auto read = call.context.reader.read(call.request.body, type.starts_with("text/html"), std::move(info));
  // A text without words, or bytes that are no text, is a mistake of whoever asks.
  if (!read && read.error().code == ErrorCode::malformed) return fail(ErrorCode::misuse, read.error().message);
  return read;
}

}  // namespace

Result<void> answer_story(Call& call) {
  const auto stored = asked_story(call);
  if (!stored) return tl::unexpected(stored.error());
  JsonWriter& json = call.json;
  json.begin_object().key("doc").integer(stored->doc).key("cluster").integer(stored->cluster).key("state").string(stored->state);
  json.key("reason").string_or_null(stored->reason).key("sha256").string(stored->sha256).key("source").string(stored->source);
  json.key("media_type").string(stored->media_type).key("engine");
  Query engine = call.database.prepare("SELECT version,model,knowledge FROM engines WHERE engine=?");
  if (engine.bind(1, stored->engine).step())
    json.begin_object().key("version").string(engine.text(0)).key("model").string(engine.text(1)).key("knowledge").string(engine.text(2)).end_object();
  else
    json.null();
  engine.run();
  write_copies(*stored, call);
  write_reviews(*stored, call);
  write_entries(*stored, call);
  write_reading(stored->reading, call);
  json.end_object();
  return {};
}

Result<void> answer_read(Call& call) {
  const auto read = read_body(call);
  if (!read) return tl::unexpected(read.error());
  call.json.begin_object().key("doc").null().key("reason").string_or_null(read->unread);
  write_reading(read->reading, call);
  call.json.end_object();
  return {};
}

Result<void> answer_add(Call& call) {
  const auto read = read_body(call);
  if (!read) return tl::unexpected(read.error());
  const auto engine = call.context.reader.identity();
  if (!engine) return tl::unexpected(engine.error());
  // A connection of its own, for as long as it takes: the server reads only, otherwise.
  auto store = Store::open_for_writing(call.context.sessions.path(), *engine);
  if (!store) return tl::unexpected(store.error());
  const DocumentKey last = store->last_document();
  const DocumentKey doc = read->unread.empty() ? store->add(read->reading, read->provenance) : store->add_unread(read->reading.document, read->provenance, read->unread);
  if (const auto done = store->settle(); !done) return tl::unexpected(done.error());
  call.json.begin_object().key("doc").integer(doc).key("there").boolean(doc <= last).key("reason").string_or_null(read->unread).end_object();
  return {};
}

Result<void> answer_citation(Call& call) {
  const auto stored = asked_story(call);
  if (!stored) return tl::unexpected(stored.error());
  const std::string finding = call.parameter("finding"), words = call.parameter("span");
  if (finding.empty() == words.empty()) return fail(ErrorCode::misuse, "finding or span: say which words to cite, finding=s2 or span=269-311");
  std::optional<Citation> citation;
  if (!finding.empty()) {
    citation = cite_finding(*stored, finding);
  } else {
    const auto span = parse_span(words);
    if (!span) return tl::unexpected(span.error());
    citation = cite_span(*stored, *span);
  }
  if (!citation) return fail(ErrorCode::not_found, "no such words in document ", stored->doc);
  const DocumentInfo& info = stored->reading.document.info();
  const std::string_view text = stored->reading.document.text();
  JsonWriter& json = call.json;
  json.begin_object().key("text").string(citation->text).key("pieces").begin_array();
  for (const ByteSpan piece : citation->pieces) json.span(piece);
  json.end_array().key("utf16").begin_array();
  for (const ByteSpan piece : citation->pieces) json.begin_array().integer(utf16_at(text, piece.begin)).integer(utf16_at(text, piece.end)).end_array();
  json.end_array();
  const bool named = !citation->speakers.empty();
  json.key("speaker").string_or_null(named ? citation->speakers[0].name : "").key("office").string_or_null(named ? citation->speakers[0].office : "");
  json.key("party").string_or_null(named ? citation->speakers[0].party : "");
  write_participants(json, "speakers", citation->speakers);
  json.key("quoted").boolean(citation->quoted).key("date").string_or_null(info.published.substr(0, 10)).key("outlet").string_or_null(info.outlet);
  json.key("title").string_or_null(info.title).key("url").string_or_null(info.url).key("document").string(info.id).key("sha256").string(stored->sha256);
  json.key("span").span({citation->pieces.front().begin, citation->pieces.back().end}).key("citation").string(to_line(*citation, *stored)).end_object();
  return {};
}

}  // namespace dragoman::web
