#include "dragoman/relations/event_places.h"

#include <gtest/gtest.h>

#include "dragoman/relations/event_lexicon.h"
#include "tests/builders.h"

namespace dragoman {
namespace {

const EventLexicon& lexicon() {
  static const EventLexicon loaded = std::move(EventLexicon::load().value());
  return loaded;
}

/// Entities of one word each, at the tokens of that text.
Entities entities_at(const Document& document, const std::vector<std::pair<std::string, Entity>>& named) {
  Entities entities;
  for (const auto& [name, entity] : named) {
    const auto id = static_cast<EntityId>(entities.entities.size());
    entities.entities.push_back(entity);
    for (TokenIndex i = 0; i < document.size(); ++i)
      if (document.text(i) == name) entities.mentions.push_back({.span = document[i].span, .tokens = {i, i + 1}, .head = i, .form = MentionForm::name, .entities = {id}});
  }
  entities.sort();
  return entities;
}

Entity state(std::string iso) { return {.kind = EntityKind::state, .ref = iso, .name = iso, .state = iso, .point = GeoPoint{10, 20}}; }
Entity place(std::string name, std::string feature) {
  return {.kind = EntityKind::place, .ref = "place:" + name, .name = name, .point = GeoPoint{1.5, 2.5}, .feature = std::move(feature)};
}

std::string shown(const Document& document, const Entities& entities) {
  std::string text;
  for (const Event& event : find_events(document, entities, {}, {}, lexicon())) {
    text += std::string(to_string(event.type)) + ":";
    for (const EventPlace& at : event.where)
      text += " " + entities[at.entity].name + " " + std::string(to_string(at.role)) + "/" + std::string(to_string(at.precision)) +
              (at.latitude ? "" : " nowhere");
    text += ";";
  }
  return text;
}

TEST(EventPlaces, AMeetingHasAVenue) {
  const Document document = parsed(R"(Norway Norway nsubj 1 NNP
met meet root 1 VBD
Ghana Ghana dobj 1 NNP
in in prep 1 IN
Lome Lome pobj 3 NNP)");
  const Entities entities = entities_at(document, {{"Norway", state("NOR")}, {"Ghana", state("GHA")}, {"Lome", place("lome", "city")}});
  EXPECT_EQ(shown(document, entities), "CONSULT: lome venue/city;");
}

TEST(EventPlaces, AVisitHasADestinationAlsoWhereItIsAParty) {
  const Document document = parsed(R"(Norway Norway nsubj 1 NNP
visited visit root 1 VBD
Ghana Ghana dobj 1 NNP)");
  const Entities entities = entities_at(document, {{"Norway", state("NOR")}, {"Ghana", state("GHA")}});
  EXPECT_EQ(shown(document, entities), "CONSULT: GHA destination/country;");
}

TEST(EventPlaces, AnAttackHasATarget) {
  const Document document = parsed(R"(Norway Norway nsubj 1 NNP
launched launch root 1 VBD
an a det 3 DT
attack attack dobj 1 NN
on on prep 3 IN
Pram Pram pobj 4 NNP)");
  const Entities entities = entities_at(document, {{"Norway", state("NOR")}, {"Pram", place("pram", "crossing")}});
  EXPECT_EQ(shown(document, entities), "ASSAULT: pram target/sub_city;");
}

TEST(EventPlaces, WhatIsCondemnedHappenedElsewhere) {
  const Document document = parsed(R"(Norway Norway nsubj 1 NNP
condemned condemn root 1 VBD
attacks attack dobj 1 NNS
in in prep 2 IN
Pram Pram pobj 3 NNP)");
  Entity town = place("pram", "town");
  town.point.reset();
  const Entities entities = entities_at(document, {{"Norway", state("NOR")}, {"Pram", town}});
  EXPECT_EQ(shown(document, entities), "ACCUSE: pram subject/city nowhere;");
}

}  // namespace
}  // namespace dragoman
