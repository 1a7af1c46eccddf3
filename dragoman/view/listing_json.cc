#include "dragoman/view/listing_json.h"

#include "dragoman/view/page.h"
#include "dragoman/view/relationship_json.h"

namespace dragoman {
namespace {

void source(JsonWriter& json, const Source& it) {
  json.key("source").begin_object();
  write_source(it, json, SourceFields::full);
  json.end_object();
}

}  // namespace

void write_participants(JsonWriter& json, std::string_view key, const std::vector<Participant>& list) {
  json.key(key).begin_array();
  for (const Participant& it : list) {
    json.begin_object().key("ref").string(it.ref).key("name").string(it.name).key("kind").string(it.kind);
    json.key("party").string_or_null(it.party).key("office").string_or_null(it.office).end_object();
  }
  json.end_array();
}

void write_quads(const MonthRow& counts, JsonWriter& json) {
  json.key("verbal_cooperation").integer(counts.verbal_cooperation).key("material_cooperation").integer(counts.material_cooperation);
  json.key("verbal_conflict").integer(counts.verbal_conflict).key("material_conflict").integer(counts.material_conflict);
}

void write_event(const EventReport& report, JsonWriter& json) {
  json.begin_object().key("id").string(report.source.document + ":" + report.source.finding);
  json.key("type").string(report.type).key("mode").string_or_null(report.mode).key("quad").string(report.quad).key("cameo").string_or_null(report.cameo);
  json.key("goldstein").number_or_null(report.goldstein);
  json.key("actuality").string(report.actuality);
  json.key("contexts").strings(report.contexts);
  write_participants(json, "actors", report.actors);
  write_participants(json, "recipients", report.recipients);
  json.key("from").string_or_null(report.from).key("to").string_or_null(report.to).key("precision").string_or_null(report.precision);
  json.key("places").strings(report.places);
  json.key("lat").number_or_null(report.latitude);
  json.key("lon").number_or_null(report.longitude);
  source(json, report.source);
  json.end_object();
}

void write_quote(const QuoteReport& report, JsonWriter& json) {
  json.begin_object().key("id").string(report.source.document + ":" + report.source.finding);
  json.key("kind").string(report.kind).key("denied").boolean(report.denied);
  write_participants(json, "speakers", report.speakers);
  write_participants(json, "addressees", report.addressees);
  json.key("cue").string_or_null(report.cue).key("words").string(report.words).key("content").begin_array();
  for (const ByteSpan span : report.content) json.span(span);
  json.end_array().key("occasion").string_or_null(report.occasion);
  source(json, report.source);
  json.end_object();
}

void write_person(const PersonRow& row, JsonWriter& json) {
  json.begin_object().key("ref").string(row.ref).key("name").string(row.name).key("party").string_or_null(row.party);
  json.key("offices").strings(row.offices);
  json.key("stories").integer(row.stories).key("quotes").integer(row.quotes).key("first").string_or_null(row.first).key("last").string_or_null(row.last).end_object();
}

void write_month(const MonthRow& row, JsonWriter& json) {
  json.begin_object().key("month").string(month_name(row.month)).key("events").integer(row.events());
  write_quads(row, json);
  json.key("claimed").integer(row.claimed);
  json.key("goldstein").number_or_null(row.scored == 0 ? std::nullopt : std::optional(row.goldstein));
  json.end_object();
}

void write_hit(const StoryHit& hit, JsonWriter& json) {
  json.begin_object().key("copies").integer(hit.copies);
  source(json, hit.source);
  json.end_object();
}

}  // namespace dragoman
