// The dossier as one JSON object.
#include "dragoman/store/days.h"
#include "dragoman/view/dossier_page.h"
#include "dragoman/view/listing_json.h"
#include "dragoman/view/matrix_table.h"
#include "dragoman/view/relationship_json.h"

namespace dragoman {
namespace {

template <class Items, class Write>
void list(JsonWriter& json, std::string_view key, const Items& items, Write write) {
  json.key(key).begin_array();
  for (const auto& item : items) {
    json.begin_object();
    write(item);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void append_dossier_json(const Dossier& dossier, std::string& out, SourceFields fields) {
  JsonWriter json(out);
  const auto source = [&](const Source& it) {
    json.key("source").begin_object();
    if (fields == SourceFields::portable) json.key("date").string_or_null(it.date).key("title").string_or_null(it.title).key("url").string_or_null(it.url);
    write_source(it, json, fields);
    json.end_object();
  };
  json.begin_object().key("format").string("dragoman-dossier/1");
  json.key("parties").begin_array().string(dossier.one).string(dossier.other).end_array();
  json.key("names").begin_array().string(dossier.one_name).string(dossier.other_name).end_array();
  json.key("since").string_or_null(to_date(dossier.since)).key("until").string_or_null(to_date(dossier.until)).key("on").string_or_null(to_date(dossier.on));
  json.key("stories").integer(dossier.stories).key("first").string_or_null(dossier.first).key("last").string_or_null(dossier.last);
  list(json, "outlets", dossier.outlets, [&](const auto& it) { json.key("outlet").string(it.first).key("stories").integer(it.second); });
  list(json, "channels", dossier.channels, [&](const Channel& it) {
    json.key("channel").string(it.name).key("happened").integer(it.happened).key("planned").integer(it.planned).key("failed").integer(it.failed);
    json.key("last").string_or_null(it.last);
  });
  list(json, "contacts", dossier.contacts, [&](const Contact& it) {
    write_participants(json, "people", {it.one, it.other});
    json.key("meetings").integer(it.meetings).key("last").string_or_null(it.last);
  });
  json.key("all_meetings").integer(dossier.all_meetings);
  list(json, "meetings", dossier.meetings, [&](const EventReport& it) {
    json.key("mode").string_or_null(it.mode).key("actuality").string(it.actuality).key("from").string_or_null(it.from).key("to").string_or_null(it.to);
    write_participants(json, "actors", it.actors);
    write_participants(json, "recipients", it.recipients);
    json.key("places").begin_array();
    for (const std::string& place : it.places) json.string(place);
    json.end_array();
    source(it.source);
  });
  list(json, "bodies", dossier.bodies, [&](const StandingBody& it) {
    json.key("ref").string(it.ref).key("name").string(it.name).key("stories").integer(it.stories);
    list(json, "sessions", it.sessions, [&](const BodySession& session) {
      json.key("session").integer(session.ordinal).key("told").string_or_null(session.date);
      source(session.source);
    });
  });
  json.key("all_commitments").integer(dossier.all_undertakings);
  json.key("commitments").begin_array();
  for (const LedgerEntry& entry : dossier.undertakings) write_entry(entry, json, fields);
  json.end_array();
  list(json, "positions", dossier.positions, [&](const StancePair& it) {
    json.key("issue").string(it.issue).key("issue_id").string(it.issue_key).key("they").string(to_string(it.kind));
    for (const auto& [key, cell] : {std::pair{"one", it.one}, std::pair{"other", it.other}}) {
      json.key(key);
      if (!cell) {
        json.null();
        continue;
      }
      json.begin_object().key("holder").string(cell->holder).key("polarity").string(cell->polarity).key("change").string_or_null(course_of(*cell));
      source(cell->history.back().source);
      json.end_object();
    }
  });
  list(json, "third_parties", dossier.third_parties, [&](const ThirdParty& it) {
    json.key("ref").string(it.ref).key("name").string(it.name).key("kind").string(it.kind).key("stories").integer(it.stories);
    source(it.source);
  });
  list(json, "obstacles", dossier.obstacles, [&](const Obstacle& it) {
    constexpr std::string_view kinds[] = {"undertaking", "condition", "complaint", "conflict"};
    json.key("kind").string(kinds[static_cast<std::size_t>(it.kind)]).key("what").string(it.what);
    source(it.source);
  });
  list(json, "months", dossier.months, [&](const MonthRow& it) {
    json.key("month").string(month_name(it.month));
    write_quads(it, json);
    json.key("claimed").integer(it.claimed).key("goldstein");
    it.scored == 0 ? json.null() : json.number(it.goldstein);
  });
  json.end_object();
  out += '\n';
}

}  // namespace dragoman
