#include "dragoman/view/matrix_table.h"

namespace dragoman {

using Kind = Column::Kind;

std::string course_of(const MatrixCell& cell) {
  if (cell.changes.empty()) return {};
  std::string course;
  std::string last;
  for (const StanceReport& report : cell.history) {
    if (report.polarity == last) continue;
    course += (last.empty() ? "" : " > ");
    course += last = report.polarity;
  }
  return course;
}

Table matrix_table(const std::vector<MatrixCell>& cells) {
  Table table{.columns = {{.name = "holder", .least = 6},
                          {.name = "issue", .least = 16},
                          {.name = "issue_id", .for_people = false},
                          {.name = "polarity"},
                          {.name = "change", .least = 8},
                          {.name = "reports", .kind = Kind::number},
                          {.name = "since", .for_people = false},
                          {.name = "date"},
                          {.name = "outlet", .least = 6},
                          {.name = "document", .for_people = false},
                          {.name = "voice", .for_people = false},
                          {.name = "said_by", .kind = Kind::list, .for_people = false},
                          {.name = "begin", .kind = Kind::number, .for_people = false},
                          {.name = "end", .kind = Kind::number, .for_people = false},
                          {.name = "quote", .least = 24}},
              .rows = {}};
  for (const MatrixCell& cell : cells) {
    const Source& source = cell.history.back().source;
    const std::string& since = cell.history[cell.changes.empty() ? 0 : cell.changes.back().to].source.date;
    table.rows.push_back({cell.holder, cell.issue, cell.issue_key, cell.polarity, course_of(cell), std::to_string(cell.history.size()), since,
                          source.date, source.outlet, source.document, source.voice, list_cell(source.said_by), std::to_string(source.span.begin),
                          std::to_string(source.span.end), source.quote});
  }
  return table;
}

Table comparison_table(const std::vector<StancePair>& pairs, const std::string& one, const std::string& other) {
  Table table{.columns = {{.name = "issue", .least = 20}, {.name = one, .least = 8}, {.name = other, .least = 8}, {.name = "they"}, {.name = "last"}}, .rows = {}};
  const auto shown = [](const MatrixCell* cell) {
    if (!cell) return std::string("-");
    const std::string course = course_of(*cell);
    return course.empty() ? cell->polarity : course;
  };
  for (const StancePair& pair : pairs) {
    std::string last;
    for (const MatrixCell* cell : {pair.one, pair.other})
      if (cell) last = std::max(last, cell->history.back().source.date);
    const std::string they = pair.kind == StancePair::Kind::one_is_silent ? "" : std::string(to_string(pair.kind));
    table.rows.push_back({pair.issue, shown(pair.one), shown(pair.other), they, last});
  }
  return table;
}

}  // namespace dragoman
