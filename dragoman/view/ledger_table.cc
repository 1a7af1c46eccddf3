#include "dragoman/view/ledger_table.h"

namespace dragoman {
namespace {

using Kind = Column::Kind;

std::string spoken_by(const Source& source) {
  std::string names;
  for (const std::string& name : source.speakers) names.append(names.empty() ? "" : "; ").append(name);
  return names.empty() && source.voice != "outlet" ? "somebody" : names;
}

}  // namespace

std::string since_of(const LedgerEntry& entry) {
  std::string since;
  for (const LedgerStep& step : entry.history) {
    if (step.stage != entry.stage && !step.contradicted) since.clear();
    if (step.stage == entry.stage && since.empty()) since = step.source.date;
  }
  return since;
}

Table ledger_table(const std::vector<LedgerEntry>& entries) {
  Table table{.columns = {{.name = "id"},
                          {.name = "stage"},
                          {.name = "since"},
                          {.name = "undertakers", .kind = Kind::list, .least = 11},
                          {.name = "counterparties", .kind = Kind::list, .least = 14},
                          {.name = "title", .least = 24},
                          {.name = "sector", .least = 9},
                          {.name = "deadline"},
                          {.name = "overdue", .kind = Kind::json, .for_people = false},
                          {.name = "remarks", .for_programs = false, .least = 8},
                          {.name = "contradicted", .kind = Kind::json, .for_people = false},
                          {.name = "action", .for_people = false},
                          {.name = "object", .for_people = false},
                          {.name = "reports", .kind = Kind::number},
                          {.name = "first", .for_people = false},
                          {.name = "last"}},
              .rows = {}};
  for (const LedgerEntry& entry : entries) {
    std::string remarks = entry.overdue ? "overdue" : "";
    if (entry.contradicted) remarks += remarks.empty() ? "disputed" : ", disputed";
    table.rows.push_back({entry.id, entry.stage, since_of(entry), list_cell(entry.undertakers), list_cell(entry.counterparties), entry.title, entry.sector,
                          entry.deadline, entry.overdue ? "true" : "false", remarks, entry.contradicted ? "true" : "false", entry.action,
                          entry.object, std::to_string(entry.history.size()), entry.history.front().source.date, entry.history.back().source.date});
  }
  return table;
}

Table history_table(const std::vector<LedgerEntry>& entries) {
  Table table{.columns = {{.name = "id"},
                          {.name = "title", .least = 16},
                          {.name = "date"},
                          {.name = "stage"},
                          {.name = "said_by", .kind = Kind::list, .least = 10},
                          {.name = "contradicted", .kind = Kind::json, .for_people = false},
                          {.name = "outlet", .least = 6},
                          {.name = "document", .for_people = false},
                          {.name = "voice", .for_people = false},
                          {.name = "begin", .kind = Kind::number},
                          {.name = "end", .kind = Kind::number},
                          {.name = "quote", .least = 24}},
              .rows = {}};
  for (const LedgerEntry& entry : entries)
    for (const LedgerStep& step : entry.history)
      table.rows.push_back({entry.id, entry.title, step.source.date, step.stage, spoken_by(step.source), step.contradicted ? "true" : "false",
                            step.source.outlet, step.source.document, step.source.voice, std::to_string(step.source.span.begin),
                            std::to_string(step.source.span.end), step.source.quote});
  return table;
}

}  // namespace dragoman
