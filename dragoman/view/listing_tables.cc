#include "dragoman/view/listing_tables.h"

#include <cstdio>

#include "dragoman/base/json.h"
#include "dragoman/view/page.h"

namespace dragoman {
namespace {

using Kind = Column::Kind;

std::string list_of(const std::vector<Participant>& list, std::string Participant::*field) {
  std::vector<std::string> values;
  for (const Participant& it : list) values.push_back(it.*field);
  return list_cell(values);
}

std::string number(std::optional<double> value) {
  if (!value) return {};
  std::string text;
  JsonWriter(text).number(*value);
  return text;
}

std::string range_of(const std::string& from, const std::string& to) { return from == to || to.empty() ? from : from.empty() ? to : from + " – " + to; }

}  // namespace

Table events_table(const std::vector<EventReport>& reports) {
  Table table{.columns = {{.name = "id", .for_people = false},
                          {.name = "date"},
                          {.name = "type", .least = 8},
                          {.name = "mode", .for_people = false},
                          {.name = "quad", .for_people = false},
                          {.name = "cameo", .for_people = false},
                          {.name = "goldstein", .kind = Kind::number, .for_people = false},
                          {.name = "actuality", .least = 8},
                          {.name = "actors", .kind = Kind::list, .for_people = false},
                          {.name = "recipients", .kind = Kind::list, .for_people = false},
                          {.name = "who", .for_programs = false, .least = 10},
                          {.name = "to_whom", .for_programs = false, .least = 10},
                          {.name = "when_from", .for_people = false},
                          {.name = "when_to", .for_people = false},
                          {.name = "when", .for_programs = false},
                          {.name = "precision", .for_people = false},
                          {.name = "places", .kind = Kind::list, .for_people = false},
                          {.name = "lat", .kind = Kind::number, .for_people = false},
                          {.name = "lon", .kind = Kind::number, .for_people = false},
                          {.name = "contexts", .kind = Kind::list, .for_people = false},
                          {.name = "outlet", .least = 6},
                          {.name = "document", .for_people = false},
                          {.name = "voice", .for_people = false},
                          {.name = "said_by", .kind = Kind::list, .for_people = false},
                          {.name = "begin", .kind = Kind::number, .for_people = false},
                          {.name = "end", .kind = Kind::number, .for_people = false},
                          {.name = "quote", .least = 24}},
              .rows = {}};
  for (const EventReport& it : reports) {
    const Source& source = it.source;
    table.rows.push_back({source.document + ":" + source.finding, source.date,
                          it.type, it.mode, it.quad, it.cameo, number(it.goldstein), it.actuality, list_of(it.actors, &Participant::ref),
                          list_of(it.recipients, &Participant::ref), list_of(it.actors, &Participant::name), list_of(it.recipients, &Participant::name), it.from,
                          it.to, range_of(it.from, it.to), it.precision, list_cell(it.places), number(it.latitude), number(it.longitude), list_cell(it.contexts),
                          source.outlet, source.document, source.voice, list_cell(source.said_by), std::to_string(source.span.begin),
                          std::to_string(source.span.end), source.quote});
  }
  return table;
}

Table quotes_table(const std::vector<QuoteReport>& reports) {
  Table table{.columns = {{.name = "id", .for_people = false},
                          {.name = "date"},
                          {.name = "speakers", .kind = Kind::list, .for_people = false},
                          {.name = "who", .for_programs = false, .least = 12},
                          {.name = "names", .kind = Kind::list, .for_people = false},
                          {.name = "parties", .kind = Kind::list, .for_people = false},
                          {.name = "offices", .kind = Kind::list, .for_people = false},
                          {.name = "kind"},
                          {.name = "denied", .kind = Kind::json, .for_people = false},
                          {.name = "cue", .least = 8},
                          {.name = "words", .least = 30},
                          {.name = "addressees", .kind = Kind::list, .for_people = false},
                          {.name = "occasion", .for_people = false},
                          {.name = "outlet", .least = 6},
                          {.name = "document", .for_people = false},
                          {.name = "spans", .kind = Kind::json, .for_people = false},
                          {.name = "begin", .kind = Kind::number, .for_people = false},
                          {.name = "end", .kind = Kind::number, .for_people = false}},
              .rows = {}};
  for (const QuoteReport& it : reports) {
    const Source& source = it.source;
    std::string spans;
    JsonWriter json(spans);
    json.begin_array();
    for (const ByteSpan span : it.content) json.span(span);
    json.end_array();
    const std::string who = it.speakers.empty() ? "(not settled)" : list_of(it.speakers, &Participant::name);
    table.rows.push_back({source.document + ":" + source.finding, source.date, list_of(it.speakers, &Participant::ref), who, list_of(it.speakers, &Participant::name),
                          list_of(it.speakers, &Participant::party), list_of(it.speakers, &Participant::office), it.kind, it.denied ? "true" : "false",
                          it.cue + (it.denied ? " (denies)" : ""), it.words, list_of(it.addressees, &Participant::ref), it.occasion, source.outlet, source.document,
                          spans, std::to_string(source.span.begin), std::to_string(source.span.end)});
  }
  return table;
}

Table people_table(const std::vector<PersonRow>& rows) {
  Table table{.columns = {{.name = "ref", .for_people = false},
                          {.name = "name", .least = 12},
                          {.name = "party"},
                          {.name = "offices", .kind = Kind::list, .least = 20},
                          {.name = "stories", .kind = Kind::number},
                          {.name = "quotes", .kind = Kind::number},
                          {.name = "first"},
                          {.name = "last"}},
              .rows = {}};
  for (const PersonRow& it : rows)
    table.rows.push_back({it.ref, it.name, it.party, list_cell(it.offices), std::to_string(it.stories), std::to_string(it.quotes), it.first, it.last});
  return table;
}

Table months_table(const std::vector<MonthRow>& rows) {
  Table table{.columns = {{.name = "month"},
                          {.name = "events", .kind = Kind::number},
                          {.name = "verbal_cooperation", .kind = Kind::number},
                          {.name = "material_cooperation", .kind = Kind::number},
                          {.name = "verbal_conflict", .kind = Kind::number},
                          {.name = "material_conflict", .kind = Kind::number},
                          {.name = "claimed", .kind = Kind::number},
                          {.name = "goldstein", .kind = Kind::number}},
              .rows = {}};
  for (const MonthRow& it : rows) {
    char score[32] = "";
    if (it.scored != 0) std::snprintf(score, sizeof score, "%.2f", it.goldstein);
    table.rows.push_back({month_name(it.month), std::to_string(it.events()), std::to_string(it.verbal_cooperation), std::to_string(it.material_cooperation),
                          std::to_string(it.verbal_conflict), std::to_string(it.material_conflict), std::to_string(it.claimed), score});
  }
  return table;
}

Table hits_table(const std::vector<StoryHit>& hits) {
  Table table{.columns = {{.name = "date"},
                          {.name = "outlet", .least = 8},
                          {.name = "title", .least = 20},
                          {.name = "document", .for_people = false},
                          {.name = "url", .for_people = false},
                          {.name = "copies", .kind = Kind::number},
                          {.name = "begin", .kind = Kind::number, .for_people = false},
                          {.name = "end", .kind = Kind::number, .for_people = false},
                          {.name = "quote", .least = 30}},
              .rows = {}};
  for (const StoryHit& it : hits)
    table.rows.push_back({it.source.date, it.source.outlet, it.source.title, it.source.document, it.source.url, it.copies == 0 ? "" : std::to_string(it.copies),
                          std::to_string(it.source.span.begin), std::to_string(it.source.span.end), it.source.quote});
  return table;
}

}  // namespace dragoman
