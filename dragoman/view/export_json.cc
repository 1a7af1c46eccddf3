// Exports in JSON: PLOVER records and W3C Web Annotations.
#include <algorithm>

#include "dragoman/base/json.h"
#include "dragoman/base/sha256.h"
#include "dragoman/view/export_facts.h"
#include "dragoman/view/exporters.h"
#include "dragoman/view/terminal.h"

namespace dragoman {
namespace {

class PloverExporter : public Exporter {
 public:
  explicit PloverExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void begin() override { emit_("plover.jsonl", ""); }
  void story(const std::vector<StoredDocument>& tellings) override {
    const auto ids = occurrences_of(tellings);
    std::string out;
    for (std::size_t t = 0; t < tellings.size(); ++t) {
      const CodePoints code_points(tellings[t].reading.document.text());
      for (std::size_t i = 0; i < tellings[t].reading.events.size(); ++i)
        if (!tellings[t].is_rejected('v', i)) record(tellings[t], i, ids[t][i], code_points, out);
    }
    emit_("plover.jsonl", out);
  }

 private:
  static void entities(JsonWriter& json, std::string_view key, const Reading& reading, const std::vector<EntityId>& list, ByteSpan sentence) {
    json.key(key).begin_array();
    for (const EntityId id : list) {
      const Entity& entity = reading.entities[id];
      const Mention* mention = mention_in(reading, id, sentence);
      json.begin_object().key("code").string_or_null(country_of(entity)).key("sector").string_or_null(entity.sector);
      json.key("entity_text").string_or_null(mention ? std::string(reading.document.text(mention->span)) : std::string());
      json.key("identifier_id").string(entity.ref).key("identifier_text").string(entity.name).key("office").string_or_null(entity.office);
      json.key("gender").null().key("religion").null().key("ethnicity").null().key("age").null().end_object();
    }
    json.end_array();
  }

  /// [at least, at most], null where that side is open; null where the text counts nobody.
  static void count(JsonWriter& json, std::string_view key, const std::optional<PersonCount>& people) {
    json.key(key);
    if (!people) {
      json.null();
      return;
    }
    json.begin_array();
    for (const auto& bound : {people->at_least, people->at_most}) bound ? json.integer(*bound) : json.null();
    json.end_array();
  }

  static std::vector<std::string> modes(const StoredDocument& document, const Event& event) {
    std::vector<std::string> modes;
    if (!event.mode.empty()) modes.push_back(event.mode);
    if (event.actuality == Actuality::planned || event.actuality == Actuality::called_for) modes.emplace_back("future");
    if (event.actuality == Actuality::possible) modes.emplace_back("hypothetical");
    if (event.actuality == Actuality::did_not_happen) modes.emplace_back("negation");
    if (is_historical(document, event)) modes.emplace_back("historical");
    return modes;
  }

  static void place(JsonWriter& json, const Reading& reading, const Event& event) {
    json.key("event_loc");
    const EventPlace* main = main_place(event);
    if (!main) {
      json.null();
      return;
    }
    const EventPlace& where = *main;
    const Entity& entity = reading.entities[where.entity];
    const bool city = entity.kind == EntityKind::place, state = entity.kind == EntityKind::state;
    const Mention* mention = mention_in(reading, where.entity, event.evidence.sentence);
    const std::string country = country_of(entity);
    json.begin_object().key("extracted_place").string_or_null(mention ? std::string(reading.document.text(mention->span)) : std::string());
    json.key("resolved_place").string(entity.name).key("geonameid").null();
    json.key("lat").number_or_null(where.latitude);
    json.key("lon").number_or_null(where.longitude);
    json.key("city").string_or_null(city ? entity.name : std::string()).key("district").null().key("province").null();
    json.key("country").string_or_null(country_codes(country).name).key("country_code").string_or_null(country);
    json.key("feature_class").string_or_null(city ? "P" : state ? "A" : "").key("feature_code").string_or_null(city ? "PPL" : state ? "PCLI" : "").key("resolution");
    city ? json.integer(4) : state ? json.integer(1) : json.null();
    json.end_object();
  }

  static void record(const StoredDocument& document, std::size_t number, const std::string& cluster, const CodePoints& code_points, std::string& out) {
    const Reading& reading = document.reading;
    const Event& event = reading.events[number];
    const DocumentInfo& info = reading.document.info();
    const ByteSpan sentence = event.evidence.sentence, words = event.evidence.trigger.value_or(sentence);
    JsonWriter json(out);
    json.begin_object().key("id").string(finding_id(document, 'v', number)).key("date").string_or_null(first_day(event.when)).key("enddate").string_or_null(last_day(event.when));
    entities(json, "actor", reading, event.actors, sentence);
    entities(json, "recipient", reading, event.recipients, sentence);
    json.key("event").begin_array().string(to_string(event.type)).end_array();
    json.key("mode").strings(modes(document, event));
    json.key("context").strings(event.contexts);
    place(json, reading, event);
    std::string quad(to_string(quad_of(event.type)));
    std::replace(quad.begin(), quad.end(), '_', ' ');
    json.key("event_text").string(one_line(reading.document.text(sentence))).key("quad_code").string(quad);
    json.key("event_scale").number_or_null(event.goldstein);
    const std::size_t sequence = sentence_number(document, words.begin);
    json.key("text_info").begin_object().key("sequence");
    sequence == 0 ? json.null() : json.integer(static_cast<std::int64_t>(sequence));
    json.key("start").integer(code_points.at(words.begin)).key("end").integer(code_points.at(words.end)).end_object();
    json.key("cite_info").begin_object().key("url").string_or_null(info.url).key("title").string_or_null(info.title).key("language").string_or_null(info.language);
    json.key("publication").string_or_null(info.outlet).key("license").null().key("coder").string("dragoman").key("codebook").string("PLOVER");
    json.key("version").string_or_null(document.version).end_object().key("comment").null();

    const ByteSpan original = document.offsets.source(words);
    json.key("dragoman").begin_object().key("doc_id").string(document.key()).key("cluster_id").string(cluster).key("published").string_or_null(published_day(document));
    json.key("cameo").string_or_null(event.cameo).key("actuality").string(to_string(event.actuality));
    json.key("asserted_by").strings(claimants(reading, event.voice));
    json.key("date_precision").string_or_null(event.when ? std::string(to_string(event.when->precision)) : std::string());
    json.key("date_basis").string_or_null(date_basis(event.when));
    count(json, "dead", event.dead);
    count(json, "injured", event.injured);
    json.key("span").span(words).key("original").span(original).end_object().end_object();
    out += '\n';
  }

  EmitFile emit_;
};

/// One AnnotationPage. An annotation's target is the extracted text, named by its sha256, so that all selectors mean the same text.
class WebAnnotationExporter : public Exporter {
 public:
  explicit WebAnnotationExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void begin() override {
    emit_(file, R"({"@context":["http://www.w3.org/ns/anno.jsonld",{"dragoman":"urn:dragoman:"}],"id":"urn:dragoman:annotations","type":"AnnotationPage","items":[)");
  }
  void story(const std::vector<StoredDocument>& tellings) override {
    std::string out;
    for (const StoredDocument& telling : tellings)
      if (telling.is_read()) annotate(telling, out);
    emit_(file, out);
  }
  void end() override { emit_(file, "\n]}\n"); }

 private:
  static constexpr std::string_view file = "annotations.jsonld";
  static constexpr std::uint32_t context = 32;  ///< code points before and after a quotation

  struct Text {
    const StoredDocument& document;
    std::string source;
    CodePoints code_points;
  };

  void open(JsonWriter& json, const StoredDocument& document, char layer, std::size_t number, std::string_view name, std::string& out) {
    out += first_ ? "\n" : ",\n";
    first_ = false;
    const std::string id = finding_id(document, layer, number);
    json.begin_object().key("id").string("urn:dragoman:" + id).key("type").string("Annotation").key("motivation").string("describing");
    json.key("body").begin_object().key("type").string("Dataset").key("dragoman:layer").string(name);
  }

  static void refs(JsonWriter& json, std::string_view key, const Reading& reading, const std::vector<EntityId>& list) {
    std::vector<std::string> values;
    for (const EntityId id : list) values.push_back(reading.entities[id].ref);
    json.key(key).strings(values);
  }

  static void close(JsonWriter& json, const Text& text, const std::vector<ByteSpan>& spans) {
    json.end_object().key("target");
    if (spans.size() > 1) json.begin_array();
    for (const ByteSpan span : spans) target(json, text, span);
    if (spans.size() > 1) json.end_array();
    json.end_object();
  }

  static void target(JsonWriter& json, const Text& text, ByteSpan span) {
    const Document& document = text.document.reading.document;
    const std::uint32_t begin = text.code_points.at(span.begin), end = text.code_points.at(span.end);
    const auto words = [&](std::uint32_t from, std::uint32_t to) { return document.text(ByteSpan{text.code_points.byte(from), text.code_points.byte(to)}); };
    json.begin_object().key("type").string("SpecificResource").key("source").string(text.source);
    if (!document.info().url.empty()) json.key("via").string(document.info().url);
    json.key("selector").begin_array();
    json.begin_object().key("type").string("DataPositionSelector").key("start").integer(span.begin).key("end").integer(span.end).end_object();
    json.begin_object().key("type").string("TextPositionSelector").key("start").integer(begin).key("end").integer(end).end_object();
    json.begin_object().key("type").string("TextQuoteSelector").key("exact").string(document.text(span));
    json.key("prefix").string(words(begin < context ? 0 : begin - context, begin)).key("suffix").string(words(end, end + context)).end_object().end_array();
    const ByteSpan original = text.document.offsets.source(span);
    json.key("dragoman:original").begin_object().key("sha256").string(text.document.sha256).key("start").integer(original.begin).key("end").integer(original.end);
    json.end_object().end_object();
  }

  void annotate(const StoredDocument& document, std::string& out) {
    const Reading& reading = document.reading;
    const Text text{document, "urn:sha256:" + sha256_hex(reading.document.text()), CodePoints(reading.document.text())};
    for (std::size_t i = 0; i < reading.statements.size(); ++i) {
      const Statement& it = reading.statements[i];
      if (document.is_rejected('s', i) || it.content.empty()) continue;
      JsonWriter json(out);
      open(json, document, 's', i, "statement", out);
      json.key("dragoman:kind").string(to_string(it.kind));
      refs(json, "dragoman:speakers", reading, it.speakers);
      json.key("dragoman:denied").boolean(it.denied);
      close(json, text, it.content);
    }
    for (std::size_t i = 0; i < reading.events.size(); ++i) {
      const Event& it = reading.events[i];
      if (document.is_rejected('v', i)) continue;
      JsonWriter json(out);
      open(json, document, 'v', i, "event", out);
      json.key("dragoman:type").string(to_string(it.type)).key("dragoman:mode").string_or_null(it.mode).key("dragoman:actuality").string(to_string(it.actuality));
      refs(json, "dragoman:actors", reading, it.actors);
      refs(json, "dragoman:recipients", reading, it.recipients);
      json.key("dragoman:asserted_by").strings(claimants(reading, it.voice));
      close(json, text, {it.evidence.trigger.value_or(it.evidence.sentence)});
    }
    for (std::size_t i = 0; i < reading.commitments.size(); ++i) {
      const Commitment& it = reading.commitments[i];
      if (document.is_rejected('c', i)) continue;
      JsonWriter json(out);
      open(json, document, 'c', i, "commitment", out);
      json.key("dragoman:title").string(it.title).key("dragoman:stage").string(to_string(it.stage)).key("dragoman:sector").string(to_string(it.sector));
      refs(json, "dragoman:undertakers", reading, it.undertakers);
      refs(json, "dragoman:counterparties", reading, it.counterparties);
      json.key("dragoman:asserted_by").strings(claimants(reading, it.voice));
      close(json, text, it.evidence.spans.empty() ? std::vector<ByteSpan>{it.evidence.sentence} : it.evidence.spans);
    }
    for (std::size_t i = 0; i < reading.positions.size(); ++i) {
      const Position& it = reading.positions[i];
      if (document.is_rejected('p', i)) continue;
      JsonWriter json(out);
      open(json, document, 'p', i, "position", out);
      json.key("dragoman:issue").string(it.issue).key("dragoman:polarity").string(to_string(it.polarity)).key("dragoman:act").string(to_string(it.act));
      refs(json, "dragoman:holders", reading, it.holders);
      json.key("dragoman:asserted_by").strings(claimants(reading, it.voice));
      close(json, text, it.evidence.spans.empty() ? std::vector<ByteSpan>{it.evidence.sentence} : it.evidence.spans);
    }
  }

  EmitFile emit_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Exporter> make_plover_exporter(EmitFile emit) { return std::make_unique<PloverExporter>(std::move(emit)); }
std::unique_ptr<Exporter> make_web_annotation_exporter(EmitFile emit) { return std::make_unique<WebAnnotationExporter>(std::move(emit)); }

}  // namespace dragoman
