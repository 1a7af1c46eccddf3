// Ledger: undertakings over many stories, each with every stage that was ever reported of it.
//
//   commitments of all stories  ->  wordings of one entry (wording_index.h)  ->  find_undertakings()
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dragoman/store/selection.h"
#include "dragoman/store/source.h"
#include "dragoman/store/sqlite.h"
#include "dragoman/store/walk.h"

namespace dragoman {

/// One report of how far an undertaking has come.
struct LedgerStep {
  std::string stage;
  std::int64_t day = 0;        ///< of publication; 0 = not known
  bool contradicted = false;   ///< somebody else says otherwise at the same time
  bool of_a_party = true;      ///< told by the outlet, or by one who has to do with it; third parties do not settle the stage (true where its source is not looked up)
  Source source;
};

struct LedgerEntry {
  std::string id;              ///< "u1a2b3c4d", from its first wording
  std::string title;
  std::vector<std::string> undertakers, counterparties;  ///< parties, sorted
  std::string action, object, sector;
  std::string stage;           ///< the latest told by the outlet or a party
  std::string deadline;        ///< the last one stated, its last day; "" if none
  bool overdue = false;        ///< the deadline was over on that day, and nothing tells that it was done, called off or broken
  bool contradicted = false;   ///< the latest stage is in dispute
  std::vector<LedgerStep> history;  ///< oldest first; silence adds nothing. Where a source was not looked up, its document is ""
};

/// The entries that the selection asks for, those with the newest report first. A window of time keeps entries that were reported in it,
/// with their history up to its end. `on`: the day by which a deadline is over.
[[nodiscard]] std::vector<LedgerEntry> find_undertakings(Database& database, const Selection& selection, std::int64_t on);

/// The order of the ledger: entries of the selection's parties that were reported by its end, the newest report first. Numbers are
/// wordings.entry.
struct LedgerPlace {
  std::int64_t day, entry;
};
[[nodiscard]] std::vector<LedgerPlace> order_undertakings(Database& database, const Selection& selection);
/// Which reports of an entry come with their source: looking them up is much of the work.
enum class LedgerSources : unsigned char {
  all,
  recent,  ///< the newest 200; of the others stage and day alone
  newest,  ///< the newest, likewise
};

/// The first `limit` of what `find_undertakings` gives, without the work for the others. `order`: of the same parties and end.
[[nodiscard]] std::vector<LedgerEntry> newest_undertakings(Database& database, const std::vector<LedgerPlace>& order, const Selection& selection, std::int64_t on,
                                                           std::size_t limit, LedgerSources wanted = LedgerSources::all);
/// Those that may be overdue on that day (a deadline before it), or in dispute (told as halted and as not), in the same order: what
/// `page_undertakings` has to look at for them.
[[nodiscard]] std::vector<LedgerPlace> order_overdue(Database& database, std::int64_t on);
[[nodiscard]] std::vector<LedgerPlace> order_disputed(Database& database);

struct LedgerPageOptions {
  std::size_t limit = 100;
  bool overdue = false, contradicted = false;  ///< only such entries
  LedgerSources sources = LedgerSources::all;
  Stretch stretch;
};
/// A page of the ledger, as `find_undertakings` gives it. `order`: of the same parties, whatever the end.
[[nodiscard]] Listed<LedgerEntry> page_undertakings(Database& database, const std::vector<LedgerPlace>& order, const Selection& selection, std::int64_t on,
                                                    const LedgerPageOptions& options);

/// One entry by its number, with all of its history (sources of the recent reports); none where every report of it was rejected.
[[nodiscard]] std::optional<LedgerEntry> find_undertaking(Database& database, std::int64_t entry, std::int64_t on);

/// The day of the newest story; 0 in an empty store.
[[nodiscard]] std::int64_t newest_day(Database& database);

/// The entry of that id, whichever of its wordings the id is of; 0 if there is none. Gives wordings.entry.
[[nodiscard]] std::int64_t find_entry(Database& database, std::string_view id);
/// The same of all ids.
[[nodiscard]] std::unordered_map<std::string, std::int64_t> entries_by_id(Database& database);

}  // namespace dragoman
