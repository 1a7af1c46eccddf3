// Listings as JSON: one object a row, with the full fields of where it stands (view/relationship_json.h).
#pragma once

#include <string_view>

#include "dragoman/base/json.h"
#include "dragoman/store/listings.h"
#include "dragoman/store/people.h"

namespace dragoman {

void write_event(const EventReport& report, JsonWriter& json);
void write_quote(const QuoteReport& report, JsonWriter& json);
void write_person(const PersonRow& row, JsonWriter& json);
void write_month(const MonthRow& row, JsonWriter& json);
void write_hit(const StoryHit& hit, JsonWriter& json);

/// `"key": [{ref, name, kind, party, office}]` into an object that is open.
void write_participants(JsonWriter& json, std::string_view key, const std::vector<Participant>& list);
/// verbal_cooperation, material_cooperation, verbal_conflict, material_conflict, likewise.
void write_quads(const MonthRow& counts, JsonWriter& json);

}  // namespace dragoman
