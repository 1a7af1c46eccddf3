#include "dragoman/relations/event_attributes.h"

#include <algorithm>

#include "dragoman/relations/casualties.h"
#include "dragoman/relations/event_contexts.h"
#include "dragoman/relations/event_places.h"

namespace dragoman {
namespace {

/// Where no words say when: what has happened lies before the day of publication, what is planned after it. An end that nobody knows stays open.
std::optional<TimeRange> time_by_tense(const Document& document, Actuality actuality) {
  const std::string& published = document.info().published;
  if (published.empty()) return std::nullopt;
  TimeRange range{.from = {}, .to = {}, .precision = TimePrecision::relative, .span = {}, .basis = TimeBasis::tense};
  switch (actuality) {
    case Actuality::happened: range.to = published; return range;
    case Actuality::ongoing: range.from = range.to = published; return range;
    case Actuality::planned: range.from = published; return range;
    case Actuality::called_for:
    case Actuality::possible:
    case Actuality::did_not_happen: break;
  }
  return std::nullopt;
}

bool is_in_words(const std::optional<TimeRange>& time) { return time && time->basis != TimeBasis::tense; }

}  // namespace

void add_attributes(const Document& document, const Entities& entities, const std::vector<TimeMention>& times, const EventLexicon& lexicon,
                    const Unit& unit, Event& event) {
  const TokenSpan sentence = document.sentence_of(unit.top);
  if (const TimeMention* time = time_of(document, times, unit.top))
    event.when = time->time;
  else
    event.when = time_by_tense(document, event.actuality);
  event.where = places_of(document, entities, lexicon, unit, event);
  std::vector<std::string_view> sectors;
  for (const auto* side : {&event.actors, &event.recipients})
    for (const EntityId id : *side) sectors.push_back(entities[id].sector);
  event.contexts = contexts_in(document, sentence, sectors);
  const bool real = event.actuality == Actuality::happened || event.actuality == Actuality::ongoing;
  if (!real || !has_casualties(event.type)) return;
  Casualties counted = casualties_in(document, sentence);
  event.dead = counted.dead;
  event.injured = counted.injured;
}

void add_from_telling(const Event& other, Event& event) {
  if (!is_in_words(event.when) && is_in_words(other.when)) event.when = other.when;
  for (const EventPlace& place : other.where)
    if (std::none_of(event.where.begin(), event.where.end(), [&](const EventPlace& have) { return have.entity == place.entity; }))
      event.where.push_back(place);
  if (!event.dead) event.dead = other.dead;
  if (!event.injured) event.injured = other.injured;
}

}  // namespace dragoman
