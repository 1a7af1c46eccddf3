// Dossier: the state of a relationship between two parties, drawn together from everything in the store.
//
//   events + ledger + matrix + sessions of two parties  ->  compile_dossier()
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dragoman/store/ledger.h"
#include "dragoman/store/listings.h"
#include "dragoman/store/matrix.h"

namespace dragoman {

/// How the two are in touch: "visits", "talks", "telephone calls", "through others", "in larger rounds".
struct Channel {
  std::string name;
  std::int64_t happened = 0, planned = 0, failed = 0;  ///< reports; failed: called off, refused
  std::string last;                                    ///< day of the last report
};

/// Two people who met, or met each other's side, and how often.
struct Contact {
  Participant one, other;
  std::int64_t meetings = 0;
  std::string last;
};

struct BodySession {
  int ordinal = 0;
  std::string date;            ///< of the first story that tells of it
  Source source;
};

struct StandingBody {
  std::string ref, name;
  std::int64_t stories = 0;
  std::vector<BodySession> sessions;  ///< by number
};

struct ThirdParty {
  std::string ref, name, kind;
  std::int64_t stories = 0;    ///< of those about both, in which it occurs
  Source source;               ///< the newest sentence that names it
};

struct Obstacle {
  enum class Kind : unsigned char { undertaking, condition, complaint, conflict };
  Kind kind;
  std::string what;            ///< one line in plain words
  Source source;
};

struct Dossier {
  std::string one, other;              ///< parties, as they were given
  std::string one_name, other_name;
  std::int64_t since = 0, until = 0, on = 0;
  std::int64_t stories = 0;            ///< about both
  std::vector<std::pair<std::string, std::int64_t>> outlets;  ///< how many stories each, most first
  std::string first, last;             ///< days of the stories
  std::vector<Channel> channels;
  std::vector<Contact> contacts;       ///< most frequent first
  std::vector<EventReport> meetings;   ///< newest first
  std::int64_t all_meetings = 0;       ///< how many there are; `meetings` holds the newest
  std::vector<StandingBody> bodies;
  std::vector<LedgerEntry> undertakings;  ///< the newest, by sector, then stage from completed to discussed, then what failed
  std::int64_t all_undertakings = 0;   ///< how many there are (where more than the newest: whatever their outlet)
  std::vector<MatrixCell> stances;
  std::vector<StancePair> positions;   ///< point into `stances`
  std::vector<ThirdParty> third_parties;  ///< most often named first
  std::vector<Obstacle> obstacles;
  std::vector<MonthRow> months;
};

struct DossierOptions {
  std::size_t meetings = 12, contacts = 8, third_parties = 8, obstacles = 16;
  std::size_t undertakings = 200;          ///< so many of the newest; obstacles are those of these
  std::size_t stories_for_context = 500;   ///< third parties and outlets are counted in so many of the newest stories, channels and contacts in so many meetings
};

/// Compiles it for `selection.between`, within the selection's days and outlet. Undertakings are overdue by `on`.
[[nodiscard]] Dossier compile_dossier(Database& database, const Selection& selection, std::int64_t on, const DossierOptions& options = {});

}  // namespace dragoman
