// Exports: what a store holds, in the layouts that other programs read.
//
//   walk_stories() -> Exporter::story(), for each story  ->  pieces of named files
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/store/stored_documents.h"

namespace dragoman {

/// Takes the next piece of a file of the export. Files of one export may grow by turns.
using EmitFile = std::function<void(std::string_view file, std::string_view bytes)>;

/// Writes one layout. Call begin, then story for each story with all its tellings, then end.
class Exporter {
 public:
  virtual ~Exporter() = default;
  virtual void begin() {}
  virtual void story(const std::vector<StoredDocument>& tellings) = 0;
  virtual void end() {}
};

struct ExportFormat {
  std::string_view name;     ///< "polecat"
  std::string_view file;     ///< its one file ("polecat.tsv"); "" where it makes several
  std::string_view meaning;
};

/// All but conllu, which needs the annotator.
[[nodiscard]] const std::vector<ExportFormat>& export_formats();

/// nullptr for a name that is not among them. `database` must outlive it; csv asks it for ledger and matrix, with `on` the day by which
/// a deadline is over.
[[nodiscard]] std::unique_ptr<Exporter> make_exporter(std::string_view format, Database& database, const Selection& selection, std::int64_t on,
                                                      EmitFile emit);

/// A row of a tab-separated file: control characters in cells are blanks, an empty cell is `missing`.
void append_tab_row(const std::vector<std::string>& cells, std::string_view missing, std::string& out);
/// A row of a CSV file as RFC 4180 has it: control characters are blanks, what looks like a number is quoted, what looks like a formula
/// is led by an apostrophe (numbers aside).
void append_csv_row(const std::vector<std::string>& cells, std::string& out);
/// The names of a layout's columns.
[[nodiscard]] std::vector<std::string> column_names(std::string_view layout);

}  // namespace dragoman
