// Facts: what the derived tables say of one document, worked out from its reading.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dragoman/dragoman.h"
#include "dragoman/store/wording.h"

namespace dragoman {

/// An entity as all stories know it: the store's row of `actors`, under its name in this story.
struct StoryActor {
  std::string ref, kind, name, state;
};

/// What a reader said of a finding of the document: a row of `corrections`.
struct Correction {
  char layer;
  ByteSpan span;
  std::string verdict, tag;
};

/// Index into Facts::parties.
using PartyId = std::int32_t;
inline constexpr PartyId nobody = -1;

/// A finding concerns a party (b = nobody) or two of them (a < b). layer: 'd' the document (n = 0), 's' a statement, 'v' an event.
struct Concern {
  PartyId a, b;
  char layer;
  std::int64_t n;  ///< its number in the reading, from 1
  std::optional<EventType> type;
};

struct MonthlyEvent {
  PartyId a, b;
  std::int64_t month;
  std::string_view quad;  ///< of a table that lives as long as the program; so are the other views here
  bool claimed;
  std::int64_t scored, goldstein;  ///< 0 or 1, and the score in tenths
};

struct Telling {
  Wording wording;
  std::int64_t n;
  std::string_view stage;
  std::int64_t due;
};

struct Cell {
  std::string holder, issue;
  std::int64_t n;
  std::string_view polarity;
};

struct Session {
  std::string body;  ///< ref
  int ordinal;
  ByteSpan words;
};

struct Facts {
  std::int64_t day = 0;
  std::vector<std::string> parties;  ///< ISO codes of states and refs that the lists below may speak of; sorted
  std::vector<Concern> concerns;
  std::vector<MonthlyEvent> months;
  std::vector<Telling> tellings;
  std::vector<Cell> cells;
  std::vector<Session> sessions;
};

/// `actors`: by EntityId. Never fails.
[[nodiscard]] Facts find_facts(const Reading& reading, const std::vector<StoryActor>& actors, const std::vector<Correction>& corrections);

/// The parties that a wording concerns, each (b = "") and by twos (a < b).
[[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs_of(const Wording& wording);

}  // namespace dragoman
