// Listings: events, quotes, months and stories that a selection asks for, newest first, each with where it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/store/selection.h"
#include "dragoman/store/source.h"
#include "dragoman/store/sqlite.h"
#include "dragoman/store/walk.h"

namespace dragoman {

/// Somebody who takes part in something.
struct Participant {
  std::string ref, name, office, kind;
  std::string party;           ///< "" where it has none
};

struct EventReport {
  std::string type, mode, quad, cameo, actuality;
  std::vector<std::string> contexts;
  std::optional<double> goldstein;
  std::vector<Participant> actors, recipients;
  std::string from, to, precision;   ///< when, as told; "" where it is not
  std::vector<std::string> places;   ///< names
  std::optional<double> latitude, longitude;  ///< of the first place that has them
  Source source;
};

struct QuoteReport {
  std::string kind;            ///< direct, indirect, mixed
  bool denied = false;         ///< the speaker denies it
  std::vector<Participant> speakers, addressees;
  std::string cue, words;      ///< the words reported, its pieces joined by " … "
  std::string occasion;
  std::vector<ByteSpan> content;
  Source source;               ///< span: from the first to the last byte of the content
};

struct MonthRow {
  std::int64_t month = 0;      ///< 202511
  std::int64_t verbal_cooperation = 0, material_cooperation = 0, verbal_conflict = 0, material_conflict = 0;
  std::int64_t claimed = 0;    ///< of these, in somebody's voice and not the outlet's
  std::int64_t scored = 0;
  double goldstein = 0;        ///< mean of those that have a score
  [[nodiscard]] std::int64_t events() const { return verbal_cooperation + material_cooperation + verbal_conflict + material_conflict; }
};

struct StoryHit {
  Source source;               ///< the sentence of the first hit; `finding` is empty
  std::int64_t copies = 0;     ///< other tellings in the store
};

/// What is asked of events beside the selection. What is empty asks nothing.
struct EventFilter {
  std::string type = {};                     ///< PLOVER type, or quad
  std::vector<std::string> actualities = {}; ///< one of these
  std::string place = {};                    ///< the name of a place
  std::string channel = {};                  ///< of meetings, as `channel_of` names it
  std::vector<std::string> people = {};      ///< refs of people who all take part
  std::optional<bool> claimed = {};          ///< in somebody's voice, or in the outlet's
  std::int64_t month = 0;                    ///< counted in that month (202511), as `month_of` says
};

/// What is asked for beside the selection.
struct ListingOptions {
  std::size_t limit = 0;       ///< 0: all
  EventFilter events = {};
  std::string speaker = {};    ///< of quotes: words of the name
  Stretch stretch = {};        ///< of pages
  std::int64_t most_ranked = 20'000;  ///< of searches: of words that more documents have these alone are ranked
};

/// How a meeting came about: "visits", "telephone calls", "through others", "in larger rounds", "talks".
[[nodiscard]] std::string_view channel_of(const EventReport& meeting);
/// The type of event that is walked through for the filter: "" (all) for a quad, which has several.
[[nodiscard]] std::string walked_type(const EventFilter& filter);
/// "happened,ongoing" as a filter takes it; `misuse` where one of them is none.
[[nodiscard]] Result<std::vector<std::string>> parse_actualities(std::string_view words);
/// Is the event among those that are asked for? The selection's issue stands for words of the sentence.
[[nodiscard]] bool fits(const EventReport& event, const Selection& selection, const EventFilter& filter);

/// Pages of events and quotes: the rows of one stretch of the list, at most `limit`; where time was up fewer, even none.
[[nodiscard]] Listed<EventReport> page_events(Database& database, const Selection& selection, const ListingOptions& options);
[[nodiscard]] Listed<QuoteReport> page_quotes(Database& database, const Selection& selection, const ListingOptions& options);
[[nodiscard]] std::vector<EventReport> list_events(Database& database, const Selection& selection, const ListingOptions& options);
/// --between: what speakers of either said in stories about both. --issue: words that stand in what was said.
[[nodiscard]] std::vector<QuoteReport> list_quotes(Database& database, const Selection& selection, const ListingOptions& options);
/// Oldest first; months without events are not there.
[[nodiscard]] std::vector<MonthRow> list_months(Database& database, const Selection& selection);
/// Full-text search, best first: words must all be there; "a phrase", beginn*, one OR other. Of words that more than `most_ranked`
/// documents have, those that were added last are looked through; with parties, days or outlet all are, the newest first.
[[nodiscard]] Listed<StoryHit> page_search(Database& database, const std::string& words, const Selection& selection, const ListingOptions& options);
[[nodiscard]] std::vector<StoryHit> search_stories(Database& database, const std::string& words, const Selection& selection, const ListingOptions& options);

}  // namespace dragoman
