// Overview: what a store holds, counted: for pickers, for the network of parties, for the list of sources.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dragoman/dragoman.h"
#include "dragoman/store/listings.h"
#include "dragoman/store/selection.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

struct StoreCounts {
  std::int64_t documents = 0, stories = 0, unread = 0;  ///< stories: one telling of each
  std::string first, last;                              ///< days of publication
  std::int64_t statements = 0, events = 0, commitments = 0, positions = 0, undertakings = 0, issues = 0, actors = 0, reviews = 0;
  std::vector<EngineIdentity> engines;                  ///< which made the readings
};
[[nodiscard]] StoreCounts count_store(Database& database);

struct PartyRow {
  std::string party, name, kind;
  std::int64_t stories = 0;    ///< that are about it
};
/// Those with most stories first.
[[nodiscard]] std::vector<PartyRow> count_parties(Database& database);
/// The parties that have most to do with one.
[[nodiscard]] std::vector<PartyRow> count_partners(Database& database, const std::string& party);

struct OutletRow {
  std::string outlet;          ///< "" where documents name none
  std::int64_t documents = 0, stories = 0, unread = 0;
  std::string first, last;
};
/// Those with most documents first.
[[nodiscard]] std::vector<OutletRow> count_outlets(Database& database);

/// Events that happened or go on between two parties.
struct NetworkEdge {
  std::string a, b;            ///< a < b
  MonthRow counts;             ///< of the whole time; `month` is 0
};
/// Those with most events first. Of one party's, if the selection names some.
[[nodiscard]] std::vector<NetworkEdge> find_network(Database& database, const Selection& selection);

/// The name and kind of a party.
[[nodiscard]] PartyRow describe_party(Database& database, const std::string& party);

struct DocumentRow {
  std::int64_t doc = 0, cluster = 0, bytes = 0, copies = 0;  ///< copies: other tellings
  std::string document, title, outlet, url, date, language, state, reason, source;
};
struct DocumentOptions {
  std::size_t limit = 100;
  std::string state;           ///< "read", "unread"; "" both
  bool duplicates = false;     ///< only stories of which there are several tellings
  bool once = false;           ///< each story once, by the telling that counts; only what was read
  std::string with = {};       ///< only those that somebody with this ref is in
  Stretch stretch;
};
/// Newest first; all tellings. The selection's days and outlet count; with parties: the stories that concern them, each told once.
[[nodiscard]] Listed<DocumentRow> page_documents(Database& database, const Selection& selection, const DocumentOptions& options);
/// The tellings of one story, by document.
[[nodiscard]] std::vector<DocumentRow> find_tellings(Database& database, std::int64_t cluster);

struct EventPlaceRow {
  std::string name;
  double latitude = 0, longitude = 0;
  MonthRow counts;             ///< claimed, scored and goldstein are not counted
  std::string last;
};
/// Where the events of a stretch of the list took place.
[[nodiscard]] Listed<EventPlaceRow> page_places(Database& database, const Selection& selection, const ListingOptions& options);

/// Counts one more event of that quad.
void add_to(MonthRow& counts, std::string_view quad, std::int64_t events);

}  // namespace dragoman
