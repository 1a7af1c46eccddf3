#include "dragoman/view/relationship_json.h"

#include "dragoman/view/matrix_table.h"

namespace dragoman {
namespace {

void strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& values) {
  json.key(key).begin_array();
  for (const std::string& value : values) json.string(value);
  json.end_array();
}

}  // namespace

void write_source(const Source& source, JsonWriter& json) {
  json.key("document").string(source.document).key("outlet").string_or_null(source.outlet).key("voice").string(source.voice);
  strings(json, "said_by", source.said_by);
  json.key("span").span(source.span).key("quote").string(source.quote);
}

void write_entry(const LedgerEntry& entry, JsonWriter& json) {
  json.begin_object().key("id").string(entry.id).key("title").string(entry.title);
  strings(json, "undertakers", entry.undertakers);
  strings(json, "counterparties", entry.counterparties);
  json.key("action").string(entry.action).key("object").string(entry.object).key("sector").string(entry.sector).key("stage").string(entry.stage);
  json.key("deadline").string_or_null(entry.deadline).key("overdue").boolean(entry.overdue).key("contradicted").boolean(entry.contradicted);
  json.key("history").begin_array();
  for (const LedgerStep& step : entry.history) {
    json.begin_object().key("stage").string(step.stage).key("date").string_or_null(step.source.date);
    write_source(step.source, json);
    json.key("contradicted").boolean(step.contradicted).end_object();
  }
  json.end_array().end_object();
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
    write(item, json);
    if (!array) out += '\n';
  }
  if (array) out += first ? "]\n" : "\n]\n";
}

void write_cell(const MatrixCell& cell, JsonWriter& json) {
  json.begin_object().key("holder").string(cell.holder).key("issue").string(cell.issue).key("polarity").string(cell.polarity);
  json.key("issue_id").string(cell.issue_key).key("change").string_or_null(course_of(cell)).key("history").begin_array();
  for (const StanceReport& report : cell.history) {
    json.begin_object().key("polarity").string(report.polarity).key("act").string(report.act).key("date").string_or_null(report.source.date);
    strings(json, "target", report.target);
    write_source(report.source, json);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace

void append_ledger_json(const std::vector<LedgerEntry>& entries, bool array, std::string& out) { append_items(entries, array, out, write_entry); }
void append_matrix_json(const std::vector<MatrixCell>& cells, bool array, std::string& out) { append_items(cells, array, out, write_cell); }

}  // namespace dragoman
