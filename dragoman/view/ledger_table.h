// The ledger as tables: one row for each undertaking, or one for each stage that was reported.
#pragma once

#include "dragoman/store/ledger.h"
#include "dragoman/view/table.h"

namespace dragoman {

[[nodiscard]] Table ledger_table(const std::vector<LedgerEntry>& entries);
/// Since when it has been at its stage: the first report of the row of like reports that the history ends with.
[[nodiscard]] std::string since_of(const LedgerEntry& entry);
[[nodiscard]] Table history_table(const std::vector<LedgerEntry>& entries);

}  // namespace dragoman
