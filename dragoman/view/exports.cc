#include "dragoman/view/exports.h"

#include <charconv>

#include "dragoman/view/exporters.h"
#include "dragoman/view/layouts.h"
#include "dragoman/view/reading_json.h"
#include "dragoman/view/terminal.h"

namespace dragoman {
namespace {

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

class ReadingsExporter : public Exporter {
 public:
  explicit ReadingsExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void story(const std::vector<StoredDocument>& tellings) override {
    std::string out;
    for (const StoredDocument& it : tellings) {
      if (!it.is_read()) continue;
      append_reading_json(it.reading, it.sentences, out);
      out += '\n';
    }
    emit_("readings.jsonl", out);
  }

 private:
  EmitFile emit_;
};

}  // namespace

std::unique_ptr<Exporter> make_readings_exporter(EmitFile emit) { return std::make_unique<ReadingsExporter>(std::move(emit)); }

const std::vector<ExportFormat>& export_formats() {
  static const std::vector<ExportFormat> formats = {
      {"csv", "", "tidy tables: documents, events, participants, quotes, commitments, positions, entities, spans, ..."},
      {"readings", "readings.jsonl", "readings as JSON lines, for `dragoman load` and for scripts"},
      {"polecat", "polecat.tsv", "POLECAT, 40 columns"},
      {"icews", "icews.tsv", "ICEWS, 20 columns"},
      {"gdelt", "dragoman.export.CSV", "GDELT 2.0 Events, 61 columns"},
      {"mentions", "dragoman.mentions.CSV", "GDELT 2.0 Mentions, 16 columns"},
      {"plover", "plover.jsonl", "PLOVER, JSON lines"},
      {"webannotation", "annotations.jsonld", "W3C Web Annotation"},
      {"brat", "", "brat standoff: DOCUMENT.txt, DOCUMENT.ann, annotation.conf"},
      {"gexf", "relations.gexf", "GEXF 1.3: who does what to whom, as a graph over time"},
  };
  return formats;
}

std::unique_ptr<Exporter> make_exporter(std::string_view format, Database& database, const Selection& selection, std::int64_t on, EmitFile emit) {
  if (format == "csv") return make_csv_exporter(database, selection, on, std::move(emit));
  if (format == "readings") return make_readings_exporter(std::move(emit));
  if (format == "polecat") return make_polecat_exporter(std::move(emit));
  if (format == "icews") return make_icews_exporter(std::move(emit));
  if (format == "gdelt") return make_gdelt_exporter(std::move(emit));
  if (format == "mentions") return make_mentions_exporter(std::move(emit));
  if (format == "plover") return make_plover_exporter(std::move(emit));
  if (format == "webannotation") return make_web_annotation_exporter(std::move(emit));
  if (format == "brat") return make_brat_exporter(std::move(emit));
  if (format == "gexf") return make_gexf_exporter(std::move(emit));
  return nullptr;
}

void append_tab_row(const std::vector<std::string>& cells, std::string_view missing, std::string& out) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += '\t';
    const std::string cell = one_line(cells[i]);
    out += cell.empty() ? missing : std::string_view(cell);
  }
  out += '\n';
}

void append_csv_row(const std::vector<std::string>& cells, std::string& out) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    std::string cell = one_line(cells[i]);
    const bool number = is_number(cell);
    if (!number && !cell.empty() && std::string_view("=+-@").find(cell[0]) != std::string_view::npos) cell.insert(0, "'");
    if (!number && cell.find_first_of(",\"") == std::string::npos) {
      out += cell;
      continue;
    }
    out += '"';
    for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
    out += '"';
  }
  out += "\r\n";
}

std::vector<std::string> column_names(std::string_view layout) {
  std::vector<std::string> names;
  for (const LayoutColumn& column : layout_of(layout).columns) names.emplace_back(column.name);
  return names;
}

}  // namespace dragoman
