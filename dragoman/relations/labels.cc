// The names of the enumerations of mentions and relations, as reading.schema.json writes them.
#include <array>

#include "dragoman/mentions/entities.h"
#include "dragoman/mentions/times.h"
#include "dragoman/relations/commitments.h"
#include "dragoman/relations/events.h"
#include "dragoman/relations/positions.h"
#include "dragoman/relations/statements.h"

namespace dragoman {
namespace {

// Each list is in the order of its enum.
constexpr std::array<std::string_view, 15> entity_kinds = {
    "state", "person", "office", "government_body", "intergovernmental_body", "armed_group", "party", "company", "people", "region",
    "place", "agreement", "occasion", "organisation", "document"};
constexpr std::array<std::string_view, 5> mention_forms = {"name", "nominal", "pronoun", "metonym", "demonym"};
constexpr std::array<std::string_view, 6> time_precisions = {"day", "week", "month", "year", "decade", "relative"};
constexpr std::array<std::string_view, 4> time_bases = {"", "explicit", "relative", "tense"};
constexpr std::array<std::string_view, 5> place_roles = {"venue", "target", "origin", "destination", "subject"};
constexpr std::array<std::string_view, 7> place_precisions = {"", "sub_city", "city", "district", "province", "country", "region"};
constexpr std::array<std::string_view, 3> quotations = {"direct", "indirect", "mixed"};
constexpr std::array<std::string_view, 16> event_types = {"AGREE",   "CONSULT", "SUPPORT",  "CONCEDE",  "COOPERATE", "AID",
                                                          "RETREAT", "REQUEST", "ACCUSE",   "REJECT",   "THREATEN",  "PROTEST",
                                                          "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};
constexpr std::array<std::string_view, 4> quads = {"verbal_cooperation", "material_cooperation", "verbal_conflict",
                                                   "material_conflict"};
constexpr std::array<std::string_view, 6> actualities = {"happened", "ongoing", "planned", "called_for", "possible", "did_not_happen"};
constexpr std::array<std::string_view, 9> stages = {"discussed", "offered", "pledged", "agreed", "underway", "completed", "stalled",
                                                    "cancelled", "broken"};
constexpr std::array<std::string_view, 24> sectors = {
    "energy", "trade", "investment", "transport", "border", "diplomatic_representation", "security", "counter_terrorism", "defence",
    "nuclear", "water", "environment", "culture", "education", "tourism", "health", "parliamentary", "consular", "finance",
    "technology", "agriculture", "humanitarian", "peace_process", "other"};
constexpr std::array<std::string_view, 3> polarities = {"for", "against", "mixed"};
constexpr std::array<std::string_view, 9> stance_acts = {"endorse", "demand", "condemn", "reject", "welcome", "warn",
                                                         "express_concern", "express_readiness", "thank"};

template <std::size_t n, class Value>
std::string_view name_of(const std::array<std::string_view, n>& names, Value value) {
  return names.at(static_cast<std::size_t>(value));
}

template <class Value, std::size_t n>
std::optional<Value> value_of(const std::array<std::string_view, n>& names, std::string_view name) {
  for (std::size_t i = 0; i < n; ++i)
    if (names[i] == name) return static_cast<Value>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(EntityKind kind) { return name_of(entity_kinds, kind); }
std::string_view to_string(MentionForm form) { return name_of(mention_forms, form); }
std::string_view to_string(TimePrecision precision) { return name_of(time_precisions, precision); }
std::string_view to_string(TimeBasis basis) { return name_of(time_bases, basis); }
std::string_view to_string(PlaceRole role) { return name_of(place_roles, role); }
std::string_view to_string(PlacePrecision precision) { return name_of(place_precisions, precision); }
std::string_view to_string(Quotation quotation) { return name_of(quotations, quotation); }
std::string_view to_string(EventType type) { return name_of(event_types, type); }
std::string_view to_string(Quad quad) { return name_of(quads, quad); }
std::string_view to_string(Actuality actuality) { return name_of(actualities, actuality); }
std::string_view to_string(Stage stage) { return name_of(stages, stage); }
std::string_view to_string(Sector sector) { return name_of(sectors, sector); }
std::string_view to_string(Polarity polarity) { return name_of(polarities, polarity); }
std::string_view to_string(StanceAct act) { return name_of(stance_acts, act); }

std::optional<EntityKind> entity_kind_of(std::string_view name) { return value_of<EntityKind>(entity_kinds, name); }
std::optional<MentionForm> mention_form_of(std::string_view name) { return value_of<MentionForm>(mention_forms, name); }
std::optional<TimePrecision> time_precision_of(std::string_view name) { return value_of<TimePrecision>(time_precisions, name); }
std::optional<TimeBasis> time_basis_of(std::string_view name) { return value_of<TimeBasis>(time_bases, name); }
std::optional<Quotation> quotation_of(std::string_view name) { return value_of<Quotation>(quotations, name); }
std::optional<EventType> event_type_of(std::string_view name) { return value_of<EventType>(event_types, name); }
std::optional<Actuality> actuality_of(std::string_view name) { return value_of<Actuality>(actualities, name); }
std::optional<Stage> stage_of(std::string_view name) { return value_of<Stage>(stages, name); }
std::optional<Sector> sector_of(std::string_view name) { return value_of<Sector>(sectors, name); }
std::optional<Polarity> polarity_of(std::string_view name) { return value_of<Polarity>(polarities, name); }
std::optional<StanceAct> stance_act_of(std::string_view name) { return value_of<StanceAct>(stance_acts, name); }

Quad quad_of(EventType type) {
  if (type <= EventType::concede) return Quad::verbal_cooperation;
  if (type == EventType::cooperate || type == EventType::aid || type == EventType::retreat) return Quad::material_cooperation;
  if (type <= EventType::threaten) return Quad::verbal_conflict;
  return Quad::material_conflict;
}

}  // namespace dragoman
