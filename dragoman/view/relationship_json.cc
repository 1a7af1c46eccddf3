#include "dragoman/view/relationship_json.h"

#include "dragoman/view/ledger_table.h"
#include "dragoman/view/matrix_table.h"

namespace dragoman {
namespace {

}  // namespace

void write_source(const Source& source, JsonWriter& json, SourceFields fields) {
  const bool full = fields == SourceFields::full;
  if (full) json.key("doc").integer(source.doc);
  json.key("document").string(source.document);
  if (full) {
    json.key("finding").string(source.finding).key("date").string_or_null(source.date).key("title").string_or_null(source.title);
    json.key("url").string_or_null(source.url);
  }
  json.key("outlet").string_or_null(source.outlet).key("voice").string(source.voice);
  json.key("said_by").strings(source.said_by);
  if (full) json.key("speakers").strings(source.speakers);
  json.key("span").span(source.span).key("quote").string(source.quote);
}

namespace {

template <class Item, class Write>
void append_items(const std::vector<Item>& items, bool array, std::string& out, Write write) {
  if (array) out += '[';
  bool first = true;
  for (const Item& item : items) {
    if (array) out += first ? "\n" : ",\n";
    first = false;
    JsonWriter json(out);
    write(item, json, SourceFields::portable);
    if (!array) out += '\n';
  }
  if (array) out += first ? "]\n" : "\n]\n";
}

void write_source_object(const Source& source, JsonWriter& json) {
  json.key("source").begin_object();
  write_source(source, json, SourceFields::full);
  json.end_object();
}

void write_entry_head(const LedgerEntry& entry, JsonWriter& json) {
  json.key("id").string(entry.id).key("title").string(entry.title);
  json.key("undertakers").strings(entry.undertakers);
  json.key("counterparties").strings(entry.counterparties);
  json.key("action").string(entry.action).key("object").string(entry.object).key("sector").string(entry.sector).key("stage").string(entry.stage);
  json.key("deadline").string_or_null(entry.deadline).key("overdue").boolean(entry.overdue).key("contradicted").boolean(entry.contradicted);
}

}  // namespace

void write_entry(const LedgerEntry& entry, JsonWriter& json, SourceFields fields) {
  json.begin_object();
  write_entry_head(entry, json);
  if (fields == SourceFields::full) json.key("reports").integer(std::ssize(entry.history));
  json.key("history").begin_array();
  for (const LedgerStep& step : entry.history) {
    if (step.source.document.empty()) continue;  // an older one of very many
    json.begin_object().key("stage").string(step.stage);
    if (fields == SourceFields::portable) json.key("date").string_or_null(step.source.date);
    write_source(step.source, json, fields);
    json.key("contradicted").boolean(step.contradicted).end_object();
  }
  json.end_array().end_object();
}

void write_cell(const MatrixCell& cell, JsonWriter& json, SourceFields fields) {
  json.begin_object().key("holder").string(cell.holder);
  if (fields == SourceFields::full) json.key("name").string(cell.name);
  json.key("issue").string(cell.issue).key("polarity").string(cell.polarity);
  json.key("issue_id").string(cell.issue_key).key("change").string_or_null(course_of(cell));
  if (fields == SourceFields::full) json.key("reports").integer(std::ssize(cell.history));
  json.key("history").begin_array();
  for (const StanceReport& report : cell.history) {
    if (report.source.document.empty()) continue;
    json.begin_object().key("polarity").string(report.polarity).key("act").string(report.act);
    if (fields == SourceFields::portable) json.key("date").string_or_null(report.source.date);
    json.key("target").strings(report.target);
    write_source(report.source, json, fields);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_entry_row(const LedgerEntry& entry, JsonWriter& json) {
  json.begin_object();
  write_entry_head(entry, json);
  json.key("reports").integer(static_cast<std::int64_t>(entry.history.size()));
  json.key("first").string_or_null(entry.history.front().source.date).key("last").string_or_null(entry.history.back().source.date);
  json.key("since").string_or_null(since_of(entry));
  write_source_object(entry.history.back().source, json);
  json.end_object();
}

void write_cell_row(const MatrixCell& cell, JsonWriter& json) {
  const Source& newest = cell.history.back().source;
  json.begin_object().key("holder").string(cell.holder).key("name").string(cell.name).key("issue").string(cell.issue).key("issue_id").string(cell.issue_key);
  json.key("polarity").string(cell.polarity).key("change").string_or_null(course_of(cell)).key("reports").integer(static_cast<std::int64_t>(cell.history.size()));
  json.key("since").string_or_null(cell.history[cell.changes.empty() ? 0 : cell.changes.back().to].source.date).key("date").string_or_null(newest.date);
  write_source_object(newest, json);
  json.end_object();
}

void append_ledger_json(const std::vector<LedgerEntry>& entries, bool array, std::string& out) { append_items(entries, array, out, write_entry); }
void append_matrix_json(const std::vector<MatrixCell>& cells, bool array, std::string& out) { append_items(cells, array, out, write_cell); }

}  // namespace dragoman
