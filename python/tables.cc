#include "python/tables.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "dragoman/base/utf8.h"

namespace dragoman::python {
namespace {

namespace dom = simdjson::dom;

/// How a column is made from a finding's JSON object.
enum class Make : std::uint8_t {
  document,        ///< the document's id; likewise published, outlet
  published,
  outlet,
  text,            ///< a string of the object
  number,
  integer,
  boolean,
  texts,           ///< a list of strings
  span_words,      ///< the words under a span
  span_begin,
  span_end,
  spans_words,     ///< the words under a list of spans, joined by " … "
  spans_quotes,    ///< the same as a list
  spans,           ///< the spans themselves
  refs,            ///< entities, by their ref
  names,           ///< entities, by name (a ref where there is none)
  voice_speakers,  ///< who says it: speakers of the statement that is the voice
  time_from,
  time_to,
  time_precision,
  mentions,        ///< of an entity: {words, form, begin, end}
  amounts,         ///< {value, unit, words, begin, end}
  places,          ///< {ref, name, lat, lon}
  sentence_count,
};

struct ColumnRule {
  std::string_view name;
  Make make;
  std::string_view field;
};

struct TableRule {
  std::string_view name;
  std::vector<ColumnRule> columns;
};

void add_head(std::vector<ColumnRule>& columns) {
  columns.insert(columns.end(), {{"document", Make::document, ""}, {"published", Make::published, ""}, {"outlet", Make::outlet, ""},
                                 {"id", Make::text, "id"}});
}

void add_voice_and_evidence(std::vector<ColumnRule>& columns) {
  columns.insert(columns.end(), {{"voice", Make::text, "voice"}, {"voice_speakers", Make::voice_speakers, "voice"},
                                 {"trigger", Make::span_words, "trigger"}, {"trigger_begin", Make::span_begin, "trigger"},
                                 {"trigger_end", Make::span_end, "trigger"}, {"evidence", Make::spans_words, "spans"},
                                 {"evidence_spans", Make::spans, "spans"}, {"sentence", Make::span_words, "sentence"},
                                 {"sentence_begin", Make::span_begin, "sentence"}, {"sentence_end", Make::span_end, "sentence"}});
}

std::vector<TableRule> make_rules() {
  std::vector<TableRule> rules;
  rules.push_back({"documents",
                   {{"document", Make::document, ""}, {"title", Make::text, "title"}, {"outlet", Make::outlet, ""}, {"url", Make::text, "url"},
                    {"published", Make::published, ""}, {"dateline", Make::text, "dateline"}, {"language", Make::text, "language"},
                    {"bytes", Make::integer, "bytes"}, {"sentences", Make::sentence_count, ""}, {"text", Make::text, "text"}}});
  TableRule entities{"entities", {}};
  add_head(entities.columns);
  for (const std::string_view field : {"kind", "ref", "name", "state", "sector", "office"})
    entities.columns.push_back({field, Make::text, field});
  entities.columns.push_back({"mentions", Make::mentions, "mentions"});
  rules.push_back(std::move(entities));

  TableRule statements{"statements", {}};
  add_head(statements.columns);
  for (const ColumnRule& column : std::initializer_list<ColumnRule>{
           {"speakers", Make::refs, "speakers"}, {"speaker_names", Make::names, "speakers"}, {"kind", Make::text, "kind"},
           {"cue", Make::span_words, "cue"}, {"cue_begin", Make::span_begin, "cue"}, {"cue_end", Make::span_end, "cue"},
           {"source", Make::span_words, "source"}, {"source_begin", Make::span_begin, "source"}, {"source_end", Make::span_end, "source"},
           {"content", Make::spans_words, "content"}, {"content_spans", Make::spans, "content"}, {"quoted", Make::spans_quotes, "quoted"},
           {"quoted_spans", Make::spans, "quoted"}, {"addressee", Make::refs, "addressee"}, {"occasion", Make::text, "occasion"},
           {"when_from", Make::time_from, "when"}, {"when_to", Make::time_to, "when"}, {"when_precision", Make::time_precision, "when"},
           {"within", Make::text, "within"}, {"denied", Make::boolean, "denied"}})
    statements.columns.push_back(column);
  rules.push_back(std::move(statements));

  TableRule events{"events", {}};
  add_head(events.columns);
  for (const ColumnRule& column : std::initializer_list<ColumnRule>{
           {"type", Make::text, "type"}, {"mode", Make::text, "mode"}, {"contexts", Make::texts, "contexts"}, {"cameo", Make::text, "cameo"},
           {"goldstein", Make::number, "goldstein"}, {"quad", Make::text, "quad"}, {"actors", Make::refs, "actors"},
           {"actor_names", Make::names, "actors"}, {"recipients", Make::refs, "recipients"}, {"recipient_names", Make::names, "recipients"},
           {"actuality", Make::text, "actuality"}, {"when_from", Make::time_from, "when"}, {"when_to", Make::time_to, "when"},
           {"when_precision", Make::time_precision, "when"}, {"places", Make::places, "where"}})
    events.columns.push_back(column);
  add_voice_and_evidence(events.columns);
  rules.push_back(std::move(events));

  TableRule commitments{"commitments", {}};
  add_head(commitments.columns);
  for (const ColumnRule& column : std::initializer_list<ColumnRule>{
           {"title", Make::text, "title"}, {"undertakers", Make::refs, "undertakers"}, {"undertaker_names", Make::names, "undertakers"},
           {"counterparties", Make::refs, "counterparties"}, {"counterparty_names", Make::names, "counterparties"},
           {"action", Make::text, "action"}, {"object", Make::text, "object"}, {"sector", Make::text, "sector"}, {"stage", Make::text, "stage"},
           {"deadline_from", Make::time_from, "deadline"}, {"deadline_to", Make::time_to, "deadline"},
           {"deadline_precision", Make::time_precision, "deadline"}, {"amounts", Make::amounts, "amount"}, {"places", Make::refs, "places"},
           {"condition", Make::span_words, "condition"}, {"condition_begin", Make::span_begin, "condition"},
           {"condition_end", Make::span_end, "condition"}})
    commitments.columns.push_back(column);
  add_voice_and_evidence(commitments.columns);
  rules.push_back(std::move(commitments));

  TableRule positions{"positions", {}};
  add_head(positions.columns);
  for (const ColumnRule& column : std::initializer_list<ColumnRule>{
           {"holders", Make::refs, "holders"}, {"holder_names", Make::names, "holders"}, {"issue", Make::text, "issue"},
           {"issue_id", Make::text, "issue_id"}, {"polarity", Make::text, "polarity"}, {"act", Make::text, "act"},
           {"target", Make::refs, "target"}, {"target_names", Make::names, "target"}})
    positions.columns.push_back(column);
  add_voice_and_evidence(positions.columns);
  rules.push_back(std::move(positions));
  return rules;
}

const std::vector<TableRule>& rules() {
  static const std::vector<TableRule> all = make_rules();
  return all;
}

Column element(ColumnType type) { return Column("item", type); }

std::vector<Column> span_fields() {
  std::vector<Column> fields;
  fields.emplace_back("begin", ColumnType::integer);
  fields.emplace_back("end", ColumnType::integer);
  return fields;
}

Column list_of(std::string_view name, Column item) {
  std::vector<Column> items;
  items.push_back(std::move(item));
  return Column(std::string(name), ColumnType::list, std::move(items));
}

Column records(std::string_view name, std::initializer_list<std::pair<const char*, ColumnType>> fields) {
  std::vector<Column> columns;
  for (const auto& [field, type] : fields) columns.emplace_back(field, type);
  return list_of(name, Column("item", ColumnType::record, std::move(columns)));
}

Column empty_column(const ColumnRule& rule) {
  switch (rule.make) {
    case Make::number: return Column(std::string(rule.name), ColumnType::number);
    case Make::integer:
    case Make::sentence_count:
    case Make::span_begin:
    case Make::span_end: return Column(std::string(rule.name), ColumnType::integer);
    case Make::boolean: return Column(std::string(rule.name), ColumnType::boolean);
    case Make::texts:
    case Make::spans_quotes:
    case Make::refs:
    case Make::names:
    case Make::voice_speakers: return list_of(rule.name, element(ColumnType::text));
    case Make::spans: return list_of(rule.name, Column("item", ColumnType::record, span_fields()));
    case Make::mentions:
      return records(rule.name, {{"words", ColumnType::text}, {"form", ColumnType::text}, {"begin", ColumnType::integer}, {"end", ColumnType::integer}});
    case Make::amounts:
      return records(rule.name, {{"value", ColumnType::number}, {"unit", ColumnType::text}, {"words", ColumnType::text},
                                 {"begin", ColumnType::integer}, {"end", ColumnType::integer}});
    case Make::places:
      return records(rule.name, {{"ref", ColumnType::text}, {"name", ColumnType::text}, {"lat", ColumnType::number}, {"lon", ColumnType::number}});
    default: return Column(std::string(rule.name), ColumnType::text);
  }
}

struct Span {
  std::size_t begin;
  std::size_t end;
};

/// One reading's JSON while its rows are made. Missing fields are nulls: readers accept what older writers left out.
class ReadingView {
 public:
  ReadingView(dom::object reading, dom::element document, std::string_view source, Offsets offsets)
      : document_(document), source_(source), offsets_(offsets) {
    dom::array list;
    if (reading.at_key("entities").get(list) == simdjson::SUCCESS)
      for (const dom::element entity : list) entities_.emplace(text(entity, "id").value_or(""), entity);
    if (reading.at_key("statements").get(list) == simdjson::SUCCESS)
      for (const dom::element statement : list) statements_.emplace(text(statement, "id").value_or(""), statement);
    if (reading.at_key("sentences").get(list) == simdjson::SUCCESS) sentences_ = static_cast<std::int64_t>(list.size());
  }

  static std::optional<std::string_view> text(dom::element object, std::string_view field) {
    std::string_view value;
    if (object.at_key(field).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
  }

  void add(const ColumnRule& rule, dom::element row, Column& column) {
    switch (rule.make) {
      case Make::document: return add_text(column, text(document_, "id"));
      case Make::published: return add_text(column, text(document_, "published"));
      case Make::outlet: return add_text(column, text(document_, "outlet"));
      case Make::text: return add_text(column, text(row, rule.field));
      case Make::number: return add_number(column, row, rule.field);
      case Make::integer: {
        std::int64_t value = 0;
        return row.at_key(rule.field).get(value) == simdjson::SUCCESS ? column.add(value) : column.add_null();
      }
      case Make::boolean: {
        bool value = false;
        return row.at_key(rule.field).get(value) == simdjson::SUCCESS ? column.add(value) : column.add_null();
      }
      case Make::sentence_count: return column.add(sentences_);
      case Make::texts:
        for (const dom::element item : array(row, rule.field)) add_text(column.child(0), as_text(item));
        return column.end_row();
      case Make::span_words:
      case Make::span_begin:
      case Make::span_end: {
        const auto span = span_of(member(row, rule.field));
        if (!span) return column.add_null();
        if (rule.make == Make::span_words) return column.add(words(*span));
        return column.add(offset(rule.make == Make::span_begin ? span->begin : span->end));
      }
      case Make::spans_words: return add_joined(column, row, rule.field);
      case Make::spans_quotes:
        for (const dom::element item : array(row, rule.field))
          if (const auto span = span_of(item)) column.child(0).add(words(*span));
        return column.end_row();
      case Make::spans:
        for (const dom::element item : array(row, rule.field))
          if (const auto span = span_of(item)) {
            add_span(column.child(0), 0, *span);
            column.child(0).end_row();
          }
        return column.end_row();
      case Make::refs:
      case Make::names: return add_entities(column, row, rule.field, rule.make == Make::names);
      case Make::voice_speakers: {
        const auto statement = statements_.find(text(row, rule.field).value_or(""));
        if (statement == statements_.end()) return column.add_null();
        return add_entities(column, statement->second, "speakers", false);
      }
      case Make::time_from: return add_text(column, time(row, rule.field, "from"));
      case Make::time_to: return add_text(column, time(row, rule.field, "to"));
      case Make::time_precision: return add_text(column, time(row, rule.field, "precision"));
      case Make::mentions: return add_mentions(column, row, rule.field);
      case Make::amounts: return add_amounts(column, row, rule.field);
      case Make::places: return add_places(column, row, rule.field);
    }
  }

 private:
  static std::optional<std::string_view> as_text(dom::element value) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
  }

  static void add_text(Column& column, std::optional<std::string_view> text) { text ? column.add(*text) : column.add_null(); }

  static void add_number(Column& column, dom::element row, std::string_view field) {
    double value = 0;
    row.at_key(field).get(value) == simdjson::SUCCESS ? column.add(value) : column.add_null();
  }

  static std::vector<dom::element> array(dom::element row, std::string_view field) {
    const auto found = member(row, field);
    dom::array list;
    if (!found || found->get(list) != simdjson::SUCCESS) return {};
    return {list.begin(), list.end()};
  }

  /// A field of the row, or of its evidence.
  static std::optional<dom::element> member(dom::element row, std::string_view field) {
    dom::element value;
    if (row.at_key(field).get(value) == simdjson::SUCCESS) return value;
    if (row.at_key("evidence").at_key(field).get(value) == simdjson::SUCCESS) return value;
    return std::nullopt;
  }

  static std::optional<std::string_view> time(dom::element row, std::string_view field, std::string_view part) {
    dom::element value;
    if (row.at_key(field).get(value) != simdjson::SUCCESS) return std::nullopt;
    return text(value, part);
  }

  /// A span, cut to the text: the JSON may be anybody's.
  std::optional<Span> span_of(std::optional<dom::element> value) const {
    std::uint64_t begin = 0, end = 0;
    if (!value || value->at(0).get(begin) != simdjson::SUCCESS || value->at(1).get(end) != simdjson::SUCCESS) return std::nullopt;
    end = std::min<std::uint64_t>(end, source_.size());
    return Span{static_cast<std::size_t>(std::min(begin, end)), static_cast<std::size_t>(end)};
  }

  /// Always valid UTF-8, as Arrow demands.
  std::string words(Span span) const {
    return sound_utf8(std::string(source_.substr(span.begin, span.end - span.begin))).text;
  }

  std::int64_t offset(std::size_t byte) {
    if (offsets_ == Offsets::bytes) return static_cast<std::int64_t>(byte);
    if (characters_.empty()) count_characters();
    return characters_[byte];
  }

  /// A broken sequence counts as the one U+FFFD that it is shown as.
  void count_characters() {
    characters_.resize(source_.size() + 1);
    std::uint32_t count = 0;
    for (std::size_t at = 0; at < source_.size();) {
      const std::size_t end = at + decode_utf8(source_, at).size;
      characters_[at] = count++;
      for (++at; at < end; ++at) characters_[at] = count;  // inside a character: rounded up
    }
    characters_[source_.size()] = count;
  }

  void add_span(Column& record, std::size_t at, Span span) {
    record.child(at).add(offset(span.begin));
    record.child(at + 1).add(offset(span.end));
  }

  void add_joined(Column& column, dom::element row, std::string_view field) {
    std::string joined;
    bool any = false;
    for (const dom::element item : array(row, field))
      if (const auto span = span_of(item)) {
        if (any) joined += " … ";
        joined += words(*span);
        any = true;
      }
    any ? column.add(joined) : column.add_null();
  }

  void add_entities(Column& column, dom::element row, std::string_view field, bool by_name) {
    for (const dom::element item : array(row, field)) {
      const auto entity = entities_.find(as_text(item).value_or(""));
      if (entity == entities_.end())
        column.child(0).add_null();
      else
        add_text(column.child(0), label(entity->second, by_name));
    }
    column.end_row();
  }

  static std::optional<std::string_view> label(dom::element entity, bool by_name) {
    if (by_name)
      if (const auto name = text(entity, "name")) return name;
    return text(entity, "ref");
  }

  void add_mentions(Column& column, dom::element row, std::string_view field) {
    Column& record = column.child(0);
    for (const dom::element mention : array(row, field)) {
      const auto span = span_of(member(mention, "span"));
      if (!span) continue;
      record.child(0).add(words(*span));
      add_text(record.child(1), text(mention, "form"));
      add_span(record, 2, *span);
      record.end_row();
    }
    column.end_row();
  }

  void add_amounts(Column& column, dom::element row, std::string_view field) {
    Column& record = column.child(0);
    for (const dom::element amount : array(row, field)) {
      const auto span = span_of(member(amount, "span"));
      if (!span) continue;
      add_number(record.child(0), amount, "value");
      add_text(record.child(1), text(amount, "unit"));
      record.child(2).add(words(*span));
      add_span(record, 3, *span);
      record.end_row();
    }
    column.end_row();
  }

  void add_places(Column& column, dom::element row, std::string_view field) {
    Column& record = column.child(0);
    for (const dom::element place : array(row, field)) {
      const auto entity = entities_.find(text(place, "entity").value_or(""));
      if (entity == entities_.end()) continue;
      add_text(record.child(0), label(entity->second, false));
      add_text(record.child(1), label(entity->second, true));
      add_number(record.child(2), place, "lat");
      add_number(record.child(3), place, "lon");
      record.end_row();
    }
    column.end_row();
  }

  dom::element document_;
  std::string_view source_;
  Offsets offsets_;
  std::int64_t sentences_ = 0;
  std::unordered_map<std::string_view, dom::element> entities_;
  std::unordered_map<std::string_view, dom::element> statements_;
  std::vector<std::uint32_t> characters_;  ///< characters before each byte; made when first asked for
};

}  // namespace

struct TableBuilder::Impl {
  const TableRule& rule;
  Offsets offsets;
  Column rows = empty(rule);
  dom::parser parser;

  Impl(const TableRule& table, Offsets count) : rule(table), offsets(count) {}
  static Column empty(const TableRule& rule) {
    std::vector<Column> columns;
    for (const ColumnRule& column : rule.columns) columns.push_back(empty_column(column));
    return Column("", ColumnType::record, std::move(columns));
  }
};

const std::vector<std::string_view>& table_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const TableRule& rule : rules()) all.push_back(rule.name);
    return all;
  }();
  return names;
}

TableBuilder::TableBuilder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TableBuilder::TableBuilder(TableBuilder&&) noexcept = default;
TableBuilder::~TableBuilder() = default;

Result<TableBuilder> TableBuilder::make(std::string_view table, Offsets offsets) {
  for (const TableRule& rule : rules())
    if (rule.name == table)
      return TableBuilder(std::make_unique<Impl>(Impl(rule, offsets)));
  std::string names;
  for (const std::string_view name : table_names()) names += (names.empty() ? "" : ", ") + std::string(name);
  return fail(ErrorCode::misuse, "no table \"", table, "\"; there are ", names);
}

Result<void> TableBuilder::add(std::string_view json, std::string_view source) {
  dom::object reading;
  dom::element document;
  if (const auto error = impl_->parser.parse(json.data(), json.size()).get(reading); error != simdjson::SUCCESS)
    return fail(ErrorCode::malformed, "a reading that is no JSON object: ", simdjson::error_message(error));
  std::string_view format;
  if (reading.at_key("format").get(format) != simdjson::SUCCESS || !format.starts_with("dragoman-reading/"))
    return fail(ErrorCode::malformed, "JSON without \"format\": \"dragoman-reading/1\"");
  if (format != "dragoman-reading/1")
    return fail(ErrorCode::unsupported_version, "a reading of format \"", format, "\"; this build knows dragoman-reading/1");
  std::string_view text;
  if (reading.at_key("document").get(document) != simdjson::SUCCESS || !document.is_object())
    return fail(ErrorCode::malformed, "a reading without its document");
  if (source.empty() && document.at_key("text").get(text) == simdjson::SUCCESS) source = text;

  ReadingView view(reading, document, source, impl_->offsets);
  const auto add_row = [&](dom::element row) {
    for (std::size_t i = 0; i < impl_->rule.columns.size(); ++i) view.add(impl_->rule.columns[i], row, impl_->rows.child(i));
    impl_->rows.end_row();
  };
  if (impl_->rule.name == "documents") {
    add_row(document);
    return {};
  }
  dom::array layer;
  if (reading.at_key(impl_->rule.name).get(layer) == simdjson::SUCCESS)
    for (const dom::element row : layer) add_row(row);
  return {};
}

std::size_t TableBuilder::text_bytes() const { return impl_->rows.text_bytes(); }

void TableBuilder::export_schema(ArrowSchema& out) const { impl_->rows.export_schema(out); }

void TableBuilder::export_rows(ArrowArray& out) {
  std::move(impl_->rows).export_array(out);
  impl_->rows = Impl::empty(impl_->rule);
}

}  // namespace dragoman::python
