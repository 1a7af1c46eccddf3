// Events: what happened, is planned, demanded, feared or denied, in PLOVER with CAMEO beside it.
//
//   Document + Entities + times + statements + EventLexicon  ->  find_events()  ->  events, in text order
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/relations/evidence.h"

namespace dragoman {

class EventLexicon;  // relations/event_lexicon.h

/// PLOVER's sixteen types (Halterman et al. 2023).
enum class EventType : std::uint8_t {
  agree, consult, support, concede, cooperate, aid, retreat, request, accuse, reject, threaten, protest, sanction, mobilize, coerce,
  assault
};

enum class Quad : std::uint8_t { verbal_cooperation, material_cooperation, verbal_conflict, material_conflict };

enum class Actuality : std::uint8_t { happened, ongoing, planned, called_for, possible, did_not_happen };

[[nodiscard]] std::string_view to_string(EventType type);  ///< "AGREE"
[[nodiscard]] std::string_view to_string(Quad quad);
[[nodiscard]] std::string_view to_string(Actuality actuality);
[[nodiscard]] std::optional<EventType> event_type_of(std::string_view name);
[[nodiscard]] std::optional<Actuality> actuality_of(std::string_view name);
[[nodiscard]] Quad quad_of(EventType type);

/// What a place is to an event: where it happens, what it hits, whence and whither, or what it is about ("the annexation of Crimea").
enum class PlaceRole : std::uint8_t { venue, target, origin, destination, subject };

/// How closely a place is named. `unknown`: named, but nothing is known of it.
enum class PlacePrecision : std::uint8_t { unknown, sub_city, city, district, province, country, region };

[[nodiscard]] std::string_view to_string(PlaceRole role);
[[nodiscard]] std::string_view to_string(PlacePrecision precision);  ///< "sub_city"; "" for unknown

struct EventPlace {
  EntityId entity;
  std::optional<double> latitude;   ///< degrees, WGS 84
  std::optional<double> longitude;
  PlaceRole role = PlaceRole::venue;
  PlacePrecision precision = PlacePrecision::unknown;
};

/// How many the text says were killed or hurt. Bounds are inclusive: "at least 12" has no upper one, "up to 30" no lower, "about 40" none.
struct PersonCount {
  std::optional<std::uint32_t> at_least, at_most;
  ByteSpan span;  ///< the words of the number: "at least 12"
};

struct Event {
  EventType type = EventType::consult;
  std::string mode;                   ///< "" = none
  std::vector<std::string> contexts;
  std::string cameo;                  ///< "" = none fits
  std::optional<double> goldstein;    ///< in [-10, 10]
  std::vector<EntityId> actors;
  std::vector<EntityId> recipients;
  Actuality actuality = Actuality::happened;
  Voice voice;
  std::optional<TimeRange> when;
  std::vector<EventPlace> where;
  std::optional<PersonCount> dead, injured;  ///< none where the text counts nobody
  Evidence evidence;
  TokenIndex head = no_token;         ///< the token of the trigger that carries it in the parse
  std::string rule;                   ///< stable name of the frame or rule that found it
};

/// One event per occurrence, at its clearest telling; ordered by trigger. Never fails; linear in tokens.
[[nodiscard]] std::vector<Event> find_events(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                                             const std::vector<Statement>& statements, const EventLexicon& lexicon);

/// For people: what the rules saw in those tokens, which units became events, which didn't, and why. One line a finding.
[[nodiscard]] std::string explain_events(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                                         const std::vector<Statement>& statements, const EventLexicon& lexicon, TokenSpan tokens);

}  // namespace dragoman
