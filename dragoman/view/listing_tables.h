// Listings as tables.
#pragma once

#include "dragoman/store/listings.h"
#include "dragoman/store/people.h"
#include "dragoman/view/table.h"

namespace dragoman {

[[nodiscard]] Table events_table(const std::vector<EventReport>& reports);
[[nodiscard]] Table quotes_table(const std::vector<QuoteReport>& reports);
[[nodiscard]] Table people_table(const std::vector<PersonRow>& rows);
[[nodiscard]] Table months_table(const std::vector<MonthRow>& rows);
[[nodiscard]] Table hits_table(const std::vector<StoryHit>& hits);

}  // namespace dragoman
