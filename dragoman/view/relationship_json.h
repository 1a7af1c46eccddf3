// The relationship as JSON: ledger entries and matrix cells, each with its history and the words that it rests on.
#pragma once

#include <string>

#include "dragoman/base/json.h"
#include "dragoman/store/ledger.h"
#include "dragoman/store/matrix.h"

namespace dragoman {

/// {id, title, undertakers, counterparties, action, object, sector, stage, deadline, overdue, contradicted, history: [{stage, date,
/// All entries as an array, or one a line.
void append_ledger_json(const std::vector<LedgerEntry>& entries, bool array, std::string& out);
/// {holder, issue, polarity, issue_id, change, history: [{polarity, act, date, document, outlet, voice, said_by, span, quote}]}
void append_matrix_json(const std::vector<MatrixCell>& cells, bool array, std::string& out);
/// document, outlet, voice, said_by, contradicted, span, quote}]}
void write_entry(const LedgerEntry& entry, JsonWriter& json);
/// All entries as an array, or one a line.
void append_ledger_json(const std::vector<LedgerEntry>& entries, bool array, std::string& out);
/// {holder, issue, polarity, issue_id, change, history: [{polarity, act, date, document, outlet, voice, said_by, span, quote}]}
void append_matrix_json(const std::vector<MatrixCell>& cells, bool array, std::string& out);
/// document, outlet, voice, said_by, span, quote: the fields of where something stands, into an object that is open.
void write_source(const Source& source, JsonWriter& json);

}  // namespace dragoman
