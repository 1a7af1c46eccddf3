#include "dragoman/view/reading_rows.h"

#include <simdjson.h>

#include <unordered_map>

namespace dragoman {
namespace {

namespace dom = simdjson::dom;

/// Reads the parts of one reading; the first thing that is wrong is kept, and what comes after it does not matter.
class ReadingParser {
 public:
  Result<Reading> parse(const dom::object& root) {
    if (text(root, "format") != "dragoman-reading/1") return fail(ErrorCode::malformed, "\"format\" is not \"dragoman-reading/1\"");
    document(root);
    number_ids(root, "entities", entity_ids_);
    number_ids(root, "statements", statement_ids_);
    each(root, "entities", [&](const dom::object& row) { entity(row); });
    std::stable_sort(reading_.entities.mentions.begin(), reading_.entities.mentions.end(), [](const Mention& a, const Mention& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    each(root, "statements", [&](const dom::object& row) { statement(row); });
    each(root, "events", [&](const dom::object& row) { event(row); });
    each(root, "commitments", [&](const dom::object& row) { commitment(row); });
    each(root, "positions", [&](const dom::object& row) { position(row); });
    if (!wrong_.empty()) return fail(ErrorCode::malformed, wrong_);
    return std::move(reading_);
  }

 private:
  using Ids = std::unordered_map<std::string, std::uint32_t>;

  void wrong(std::string message) {
    if (wrong_.empty()) wrong_ = (where_.empty() ? "" : where_ + ": ") + std::move(message);
  }

  static std::string text(const dom::object& row, std::string_view name) {
    std::string_view value;
    return row.at_key(name).get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  }

  template <class Visit>
  void each(const dom::object& row, std::string_view name, Visit visit) {
    dom::array rows;
    if (row.at_key(name).get(rows) != simdjson::SUCCESS) return wrong("no array \"" + std::string(name) + "\"");
    std::size_t number = 0;
    for (const dom::element element : rows) {
      where_ = std::string(name) + "[" + std::to_string(number++) + "]";
      dom::object object;
      if (element.get(object) != simdjson::SUCCESS) return wrong("not an object");
      visit(object);
    }
    where_.clear();
  }

  void number_ids(const dom::object& root, std::string_view name, Ids& ids) {
    each(root, name, [&](const dom::object& row) {
      if (!ids.emplace(text(row, "id"), static_cast<std::uint32_t>(ids.size())).second) wrong("an \"id\" that is there already, or none");
    });
  }

  void document(const dom::object& root) {
    dom::object row;
    std::string_view words;
    if (root.at_key("document").get(row) != simdjson::SUCCESS) return wrong("no \"document\"");
    if (row.at_key("text").get(words) != simdjson::SUCCESS) return wrong("the document has no \"text\"; write readings with it");
    bytes_ = words.size();
    reading_.document = DocumentBuilder(std::string(words), {.id = text(row, "id"),
                                                             .title = text(row, "title"),
                                                             .outlet = text(row, "outlet"),
                                                             .url = text(row, "url"),
                                                             .published = text(row, "published"),
                                                             .dateline = text(row, "dateline"),
                                                             .language = text(row, "language")})
                            .finish();
  }

  ByteSpan span(const dom::element& value) {
    std::uint64_t begin = 0, end = 0;
    if (value.at(0).get(begin) != simdjson::SUCCESS || value.at(1).get(end) != simdjson::SUCCESS || begin > end || end > bytes_) {
      wrong("a span that is not [begin, end] inside the text");
      return {};
    }
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  std::optional<ByteSpan> optional_span(const dom::object& row, std::string_view name) {
    dom::element value;
    if (row.at_key(name).get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
    return span(value);
  }

  std::vector<ByteSpan> spans(const dom::object& row, std::string_view name) {
    std::vector<ByteSpan> list;
    dom::array values;
    if (row.at_key(name).get(values) != simdjson::SUCCESS) return list;
    for (const dom::element value : values) list.push_back(span(value));
    return list;
  }

  template <class Id>
  Id find(const Ids& ids, std::string_view name) {
    const auto found = ids.find(std::string(name));
    if (found != ids.end()) return found->second;
    wrong("\"" + std::string(name) + "\" is no id of this reading");
    return 0;
  }

  std::vector<EntityId> entities(const dom::object& row, std::string_view name) {
    std::vector<EntityId> list;
    dom::array values;
    if (row.at_key(name).get(values) != simdjson::SUCCESS) return list;
    for (const dom::element value : values) {
      std::string_view id;
      if (value.get(id) == simdjson::SUCCESS)
        list.push_back(find<EntityId>(entity_ids_, id));
      else
        wrong("an id that is no string in \"" + std::string(name) + "\"");
    }
    return list;
  }

  template <class Value>
  Value label(const dom::object& row, std::string_view name, std::optional<Value> (*value_of)(std::string_view)) {
    const std::string word = text(row, name);
    if (const auto value = value_of(word)) return *value;
    wrong("\"" + std::string(name) + "\": \"" + word + "\" is none of its values");
    return Value{};
  }

  std::optional<TimeRange> time(const dom::object& row, std::string_view name) {
    dom::object value;
    if (row.at_key(name).get(value) != simdjson::SUCCESS) return std::nullopt;
    TimeRange range{.from = text(value, "from"),
                    .to = text(value, "to"),
                    .precision = label(value, "precision", time_precision_of),
                    .span = optional_span(value, "span"),
                    .basis = TimeBasis::unknown};
    if (!range.span) range.basis = TimeBasis::tense;
    return range;
  }

  Voice voice(const dom::object& row) {
    const std::string who = text(row, "voice");
    return who.empty() || who == "outlet" ? Voice{} : Voice{find<StatementId>(statement_ids_, who)};
  }

  Evidence evidence(const dom::object& row) {
    dom::object words;
    if (row.at_key("evidence").get(words) != simdjson::SUCCESS) {
      wrong("no \"evidence\"");
      return {};
    }
    return {.trigger = optional_span(words, "trigger"),
            .sentence = optional_span(words, "sentence").value_or(ByteSpan{}),
            .spans = spans(words, "spans")};
  }

  void entity(const dom::object& row) {
    const auto id = static_cast<EntityId>(reading_.entities.entities.size());
    Entity it;
    it.kind = label(row, "kind", entity_kind_of);
    it.ref = text(row, "ref");
    it.name = text(row, "name");
    it.state = text(row, "state");
    it.sector = text(row, "sector");
    it.office = text(row, "office");
    it.code = text(row, "code");
    reading_.entities.entities.push_back(std::move(it));
    dom::array mentions;
    if (row.at_key("mentions").get(mentions) != simdjson::SUCCESS) return;
    for (const dom::element value : mentions) {
      dom::object mention;
      if (value.get(mention) != simdjson::SUCCESS) return wrong("a mention that is no object");
      reading_.entities.mentions.push_back({.span = optional_span(mention, "span").value_or(ByteSpan{}),
                                            .tokens = {},
                                            .head = no_token,
                                            .form = label(mention, "form", mention_form_of),
                                            .entities = {id},
                                            .candidates = {}});
    }
  }

  void statement(const dom::object& row) {
    Statement it;
    it.speakers = entities(row, "speakers");
    it.kind = label(row, "kind", quotation_of);
    it.cue = optional_span(row, "cue");
    it.source = optional_span(row, "source");
    it.content = spans(row, "content");
    it.quoted = spans(row, "quoted");
    it.addressee = entities(row, "addressee");
    it.occasion = text(row, "occasion");
    it.when = time(row, "when");
    if (const std::string within = text(row, "within"); !within.empty()) it.within = find<StatementId>(statement_ids_, within);
    bool denied = false;
    it.denied = row.at_key("denied").get(denied) == simdjson::SUCCESS && denied;
    if (it.content.empty()) wrong("a statement without content");
    reading_.statements.push_back(std::move(it));
  }

  void event(const dom::object& row) {
    Event it;
    it.type = label(row, "type", event_type_of);
    it.mode = text(row, "mode");
    dom::array contexts;
    if (row.at_key("contexts").get(contexts) == simdjson::SUCCESS)
      for (const dom::element value : contexts) {
        std::string_view context;
        if (value.get(context) == simdjson::SUCCESS) it.contexts.emplace_back(context);
      }
    it.cameo = text(row, "cameo");
    double goldstein = 0;
    if (row.at_key("goldstein").get(goldstein) == simdjson::SUCCESS) it.goldstein = goldstein;
    it.actors = entities(row, "actors");
    it.recipients = entities(row, "recipients");
    it.actuality = label(row, "actuality", actuality_of);
    it.voice = voice(row);
    it.when = time(row, "when");
    dom::array places;
    if (row.at_key("where").get(places) == simdjson::SUCCESS)
      for (const dom::element value : places) {
        dom::object place;
        if (value.get(place) != simdjson::SUCCESS) return wrong("a place that is no object");
        EventPlace where{.entity = find<EntityId>(entity_ids_, text(place, "entity")), .latitude = {}, .longitude = {}};
        double degrees = 0;
        if (place.at_key("lat").get(degrees) == simdjson::SUCCESS) where.latitude = degrees;
        if (place.at_key("lon").get(degrees) == simdjson::SUCCESS) where.longitude = degrees;
        it.where.push_back(where);
      }
    it.evidence = evidence(row);
    reading_.events.push_back(std::move(it));
  }

  void commitment(const dom::object& row) {
    Commitment it;
    it.title = text(row, "title");
    it.undertakers = entities(row, "undertakers");
    it.counterparties = entities(row, "counterparties");
    it.action = text(row, "action");
    it.object = text(row, "object");
    it.sector = label(row, "sector", sector_of);
    it.stage = label(row, "stage", stage_of);
    it.deadline = time(row, "deadline");
    dom::array amounts;
    if (row.at_key("amount").get(amounts) == simdjson::SUCCESS)
      for (const dom::element value : amounts) {
        dom::object amount;
        double number = 0;
        if (value.get(amount) != simdjson::SUCCESS || amount.at_key("value").get(number) != simdjson::SUCCESS)
          return wrong("an amount without a number as its \"value\"");
        it.amounts.push_back({number, text(amount, "unit"), optional_span(amount, "span").value_or(ByteSpan{})});
      }
    it.places = entities(row, "places");
    it.condition = optional_span(row, "condition");
    it.voice = voice(row);
    it.evidence = evidence(row);
    reading_.commitments.push_back(std::move(it));
  }

  void position(const dom::object& row) {
    Position it;
    it.holders = entities(row, "holders");
    it.issue = text(row, "issue");
    it.issue_id = text(row, "issue_id");
    it.polarity = label(row, "polarity", polarity_of);
    it.act = label(row, "act", stance_act_of);
    it.target = entities(row, "target");
    it.voice = voice(row);
    it.evidence = evidence(row);
    reading_.positions.push_back(std::move(it));
  }

  Reading reading_;
  Ids entity_ids_, statement_ids_;
  std::size_t bytes_ = 0;
  std::string wrong_, where_;
};

}  // namespace

Result<Reading> parse_reading_json(std::string_view json) {
  dom::parser parser;
  dom::object root;
  if (const auto error = parser.parse(simdjson::padded_string(json)).get(root); error != simdjson::SUCCESS)
    return fail(ErrorCode::malformed, "no JSON object: ", simdjson::error_message(error));
  return ReadingParser().parse(root);
}

}  // namespace dragoman
