// The relationship as JSON: ledger entries and matrix cells, each with its history and the words that it rests on.
#pragma once

#include <string>

#include "dragoman/base/json.h"
#include "dragoman/store/ledger.h"
#include "dragoman/store/matrix.h"

namespace dragoman {

/// Which fields say where something stands.
enum class SourceFields : unsigned char {
  portable,  ///< document, outlet, voice, said_by, span, quote: good in any store that has the document
  full,      ///< also doc (the row in this store), finding, date, title, url, speakers
};
/// The fields of where something stands, into an object that is open.
void write_source(const Source& source, JsonWriter& json, SourceFields fields = SourceFields::portable);

/// {id, title, undertakers, counterparties, action, object, sector, stage, deadline, overdue, contradicted, history: [{stage, date,
/// document, outlet, voice, said_by, contradicted, span, quote}]}
void write_entry(const LedgerEntry& entry, JsonWriter& json, SourceFields fields = SourceFields::portable);
/// All entries as an array, or one a line.
void append_ledger_json(const std::vector<LedgerEntry>& entries, bool array, std::string& out);
/// {holder, issue, polarity, issue_id, change, history: [{polarity, act, date, document, outlet, voice, said_by, span, quote}]}
void write_cell(const MatrixCell& cell, JsonWriter& json, SourceFields fields = SourceFields::portable);
void append_matrix_json(const std::vector<MatrixCell>& cells, bool array, std::string& out);

/// The same without histories: instead how many reports there are, since when it is as it is, and the newest report as "source".
void write_entry_row(const LedgerEntry& entry, JsonWriter& json);
void write_cell_row(const MatrixCell& cell, JsonWriter& json);

}  // namespace dragoman
