#include "dragoman/view/reading_json.h"

#include "dragoman/base/json.h"
#include "dragoman/base/sha256.h"

namespace dragoman {
namespace {

void id(JsonWriter& json, char kind, std::uint32_t index) { json.string(kind + std::to_string(index + 1)); }

void ids(JsonWriter& json, std::string_view key, const std::vector<EntityId>& entities) {
  json.key(key).begin_array();
  for (const EntityId entity : entities) id(json, 'e', entity);
  json.end_array();
}

void spans(JsonWriter& json, std::string_view key, const std::vector<ByteSpan>& list) {
  json.key(key).begin_array();
  for (const ByteSpan span : list) json.span(span);
  json.end_array();
}

void optional_span(JsonWriter& json, std::string_view key, const std::optional<ByteSpan>& span) {
  json.key(key);
  if (span)
    json.span(*span);
  else
    json.null();
}

void time(JsonWriter& json, std::string_view key, const std::optional<TimeRange>& range) {
  json.key(key);
  if (!range) {
    json.null();
    return;
  }
  json.begin_object().key("from").string_or_null(range->from).key("to").string_or_null(range->to);
  json.key("precision").string(to_string(range->precision));
  optional_span(json, "span", range->span);
  json.end_object();
}

void voice(JsonWriter& json, const Voice& who) {
  json.key("voice");
  if (who.is_outlet())
    json.string("outlet");
  else
    id(json, 's', who.statement);
}

void evidence(JsonWriter& json, const Evidence& words) {
  json.key("evidence").begin_object();
  optional_span(json, "trigger", words.trigger);
  json.key("sentence").span(words.sentence);
  spans(json, "spans", words.spans);
  json.end_object();
}

void document(JsonWriter& json, const Document& document) {
  const DocumentInfo& info = document.info();
  json.key("document").begin_object();
  json.key("id").string(info.id.empty() ? sha256_hex(document.text()) : info.id);
  json.key("title").string_or_null(info.title).key("outlet").string_or_null(info.outlet).key("url").string_or_null(info.url);
  json.key("published").string_or_null(info.published).key("dateline").string_or_null(info.dateline);
  json.key("language").string_or_null(info.language).key("bytes").integer(static_cast<std::int64_t>(document.text().size()));
  json.key("text").string(document.text()).end_object();
}

void entity(JsonWriter& json, const Entities& entities, const std::vector<const Mention*>& mentions, EntityId index) {
  const Entity& it = entities[index];
  json.begin_object().key("id");
  id(json, 'e', index);
  json.key("kind").string(to_string(it.kind)).key("ref").string(it.ref).key("name").string_or_null(it.name);
  json.key("state").string_or_null(it.state).key("sector").string_or_null(it.sector).key("office").string_or_null(it.office);
  if (!it.code.empty()) json.key("code").string(it.code);  // of an imported dictionary
  json.key("mentions").begin_array();
  for (const Mention* mention : mentions)
    json.begin_object().key("span").span(mention->span).key("form").string(to_string(mention->form)).end_object();
  json.end_array().end_object();
}

void statement(JsonWriter& json, const Statement& it, std::uint32_t index) {
  json.begin_object().key("id");
  id(json, 's', index);
  ids(json, "speakers", it.speakers);
  json.key("kind").string(to_string(it.kind));
  optional_span(json, "cue", it.cue);
  optional_span(json, "source", it.source);
  spans(json, "content", it.content);
  spans(json, "quoted", it.quoted);
  ids(json, "addressee", it.addressee);
  json.key("occasion").string_or_null(it.occasion);
  time(json, "when", it.when);
  json.key("within");
  if (it.within == no_statement)
    json.null();
  else
    id(json, 's', it.within);
  json.key("denied").boolean(it.denied).end_object();
}

void event(JsonWriter& json, const Event& it, std::uint32_t index) {
  json.begin_object().key("id");
  id(json, 'v', index);
  json.key("type").string(to_string(it.type)).key("mode").string_or_null(it.mode).key("contexts").begin_array();
  for (const std::string& context : it.contexts) json.string(context);
  json.end_array().key("cameo").string_or_null(it.cameo).key("goldstein");
  if (it.goldstein)
    json.number(*it.goldstein);
  else
    json.null();
  json.key("quad").string(to_string(quad_of(it.type)));
  ids(json, "actors", it.actors);
  ids(json, "recipients", it.recipients);
  json.key("actuality").string(to_string(it.actuality));
  voice(json, it.voice);
  time(json, "when", it.when);
  json.key("where").begin_array();
  for (const EventPlace& place : it.where) {
    json.begin_object().key("entity");
    id(json, 'e', place.entity);
    json.key("lat");
    place.latitude ? json.number(*place.latitude) : json.null();
    json.key("lon");
    place.longitude ? json.number(*place.longitude) : json.null();
    json.end_object();
  }
  json.end_array();
  evidence(json, it.evidence);
  json.end_object();
}

void commitment(JsonWriter& json, const Commitment& it, std::uint32_t index) {
  json.begin_object().key("id");
  id(json, 'c', index);
  json.key("title").string(it.title);
  ids(json, "undertakers", it.undertakers);
  ids(json, "counterparties", it.counterparties);
  json.key("action").string(it.action).key("object").string(it.object);
  json.key("sector").string(to_string(it.sector)).key("stage").string(to_string(it.stage));
  time(json, "deadline", it.deadline);
  json.key("amount").begin_array();
  for (const Amount& amount : it.amounts)
    json.begin_object().key("value").number(amount.value).key("unit").string(amount.unit).key("span").span(amount.span).end_object();
  json.end_array();
  ids(json, "places", it.places);
  optional_span(json, "condition", it.condition);
  voice(json, it.voice);
  evidence(json, it.evidence);
  json.end_object();
}

void position(JsonWriter& json, const Position& it, std::uint32_t index) {
  json.begin_object().key("id");
  id(json, 'p', index);
  ids(json, "holders", it.holders);
  json.key("issue").string(it.issue).key("issue_id").string_or_null(it.issue_id);
  json.key("polarity").string(to_string(it.polarity)).key("act").string(to_string(it.act));
  ids(json, "target", it.target);
  voice(json, it.voice);
  evidence(json, it.evidence);
  json.end_object();
}

template <class Item, class Write>
void list(JsonWriter& json, std::string_view key, const std::vector<Item>& items, Write write) {
  json.key(key).begin_array();
  for (std::uint32_t i = 0; i < items.size(); ++i) write(json, items[i], i);
  json.end_array();
}

}  // namespace

void append_reading_json(const Reading& reading, std::string& out) {
  std::vector<ByteSpan> sentences;
  for (const TokenSpan sentence : reading.document.sentences()) sentences.push_back(reading.document.bytes(sentence));
  append_reading_json(reading, sentences, out);
}

void append_reading_json(const Reading& reading, const std::vector<ByteSpan>& sentences, std::string& out) {
  JsonWriter json(out);
  json.begin_object().key("format").string("dragoman-reading/1");
  document(json, reading.document);
  spans(json, "sentences", sentences);

  const Entities& entities = reading.entities;
  std::vector<std::vector<const Mention*>> mentions(entities.entities.size());
  for (const Mention& mention : entities.mentions)
    for (const EntityId one : mention.entities) mentions[one].push_back(&mention);
  json.key("entities").begin_array();
  for (EntityId i = 0; i < entities.entities.size(); ++i) entity(json, entities, mentions[i], i);
  json.end_array();

  list(json, "statements", reading.statements, statement);
  list(json, "events", reading.events, event);
  list(json, "commitments", reading.commitments, commitment);
  list(json, "positions", reading.positions, position);
  json.end_object();
}

}  // namespace dragoman
