// Entities of hand-made documents: one behaviour each, with a knowledge base of its own.
#include "dragoman/mentions/entities.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <tuple>

#include "dragoman/knowledge/knowledge.h"
#include "tests/builders.h"

namespace dragoman {
namespace {

constexpr std::string_view tables[][2] = {
    {"entities.tsv",
     "id\tkind\tname\tcountry\tsector\tfrom\tto\n"
     "NOR\tstate\tNorway\tNOR\tGOV\t..\t..\nPER\tstate\tPeru\tPER\tGOV\t..\t..\nGUI\tstate\tGuiara\tGUI\tGOV\t..\t..\nGUB\tstate\tGuibara\tGUB\tGOV\t..\t..\n"
     "office:per-foreign-minister\toffice\tForeign Minister of Peru\tPER\tGOV\t..\t..\n"
     "office:nor-foreign-minister\toffice\tForeign Minister of Norway\tNOR\tGOV\t..\t..\n"
     "org:andean-club\tintergovernmental_body\tAndean Club\t\tIGO\t..\t..\n"
     "person:ana-quispe\tperson\tAna Quispe\tPER\t\t..\t..\nperson:luis-rojas\tperson\tLuis Rojas\tPER\t\t..\t..\n"
     "person:siri-haug\tperson\tSiri Haug\tNOR\t\t..\t..\n"
     "body:per-foreign-ministry\tgovernment_body\tForeign Ministry of Peru\tPER\tGOV\t..\t..\n"},
    {"aliases.tsv",
     "id\talias\tlang\tkind\tfrom\tto\tambiguous\n"
     "GUB\tGuian\ten\tdemonym\t..\t..\tyes\nGUI\tGuian\ten\tdemonym\t..\t..\tyes\n"
     "NOR\tNorwegian\ten\tdemonym\t..\t..\t\nNOR\tOslo\ten\tmetonym\t..\t..\t\n"
     "PER\tLima\ten\tmetonym\t..\t..\t\nPER\tPeruvian\ten\tdemonym\t..\t..\t\n"},
    {"holders.tsv",
     "office_id\tperson_id\tfrom\tto\tfrom_precision\tto_precision\tacting\tbasis\n"
     "office:nor-foreign-minister\tperson:siri-haug\t2019-01-01\t..\tday\t\t\tappointed\n"
     "office:per-foreign-minister\tperson:luis-rojas\t2020-01-01\t2023-05-01\tday\tday\t\tappointed\n"
     "office:per-foreign-minister\tperson:ana-quispe\t2023-05-01\t..\tday\t\t\tappointed\n"},
    {"offices.tsv",
     "class\tword\tstate\tnote\ncounterpart\tcounterpart\t\t\nforeign_minister\tforeign minister\t\t\nminister\tminister\t\t\n"
     "transport_minister\ttransport minister\t\t\n"},
    {"body_words.tsv", "class\tword\tstate\tnote\nforeign-ministry\tforeign ministry\t\t\n"},
    {"places.tsv", "id\tname\tcountry\tlat\tlon\tfeature\nplace:lima-per\tLima\tPER\t-12.05\t-77.04\tcity\n"}};

KnowledgeRows rows() {
  KnowledgeRows rows;
  for (const auto& [name, text] : tables) {
    const Result<void> added = add_table(rows, name, text);
    EXPECT_TRUE(added) << added.error().message;
  }
  return rows;
}

DocumentInfo published_on(const std::string& day) {
  DocumentInfo info;
  info.published = day;
  return info;
}

// What a document speaks of: "Peruvian demonym PER", one mention a line, without pronouns; `-` for nobody, with the rivals after it.
std::string shown(const Document& document, const Entities& found) {
  std::string out;
  for (const Mention& mention : found.mentions) {
    out += std::string(document.text(mention.span)) + " | " + std::string(to_string(mention.form)) + " |";
    for (const EntityId id : mention.entities) out += " " + found[id].ref;
    if (mention.entities.empty()) out += " -";
    for (const EntityId id : mention.candidates) out += " ?" + found[id].ref;
    out += '\n';
  }
  return out;
}

std::string read(std::string_view text, const std::string& published = "2024-06-01", const KnowledgeRows& known = rows()) {
  const Knowledge knowledge = Knowledge::from_rows(known);
  const Document document = parsed(text, published_on(published));
  return shown(document, find_entities(document, knowledge));
}

TEST(FindEntities, NamesAndTheirForms) {
  EXPECT_EQ(read("Peru Peru nsubj 1 NNP:GPE\njoined join root 1 VBD\nthe the det 4 DT\nAndean Andean compound 4 NNP:ORG\nClub Club dobj 1 NNP:ORG\n"
                 ". . punct 1 ."),
            "Peru | name | PER\nAndean Club | name | org:andean-club\n");
}

TEST(FindEntities, ACapitalActsForItsStateAndIsAPlaceWhereOneGoes) {
  EXPECT_EQ(read("Lima Lima nsubj 1 NNP:GPE\nrejected reject root 1 VBD\nthe the det 3 DT\noffer offer dobj 1 NN\n. . punct 1 ."), "Lima | metonym | PER\n");
  EXPECT_EQ(read("She she nsubj 1 PRP\nflew fly root 1 VBD\nto to prep 1 IN\nLima Lima pobj 2 NNP:GPE\n. . punct 1 ."), "Lima | name | place:lima-per\n");
}

TEST(FindEntities, TheHolderOfAnOfficeIsThatOfTheDay) {
  constexpr std::string_view text =
      "The the det 3 DT\nPeruvian peruvian amod 3 JJ:NORP\nforeign foreign amod 3 JJ\nminister minister nsubj 4 NN\nresigned resign root 4 VBD\n. . punct 4 .";
  EXPECT_EQ(read(text, "2024-06-01"), "The Peruvian foreign minister | nominal | person:ana-quispe\nPeruvian | demonym | PER\n");
  EXPECT_EQ(read(text, "2022-06-01"), "The Peruvian foreign minister | nominal | person:luis-rojas\nPeruvian | demonym | PER\n");
  // before anybody whom the base has: an unnamed one of that state
  EXPECT_EQ(read(text, "2012-06-01"), "The Peruvian foreign minister | nominal | local:peruvian-foreign-minister\nPeruvian | demonym | PER\n");
}

TEST(FindEntities, ACounterpartHoldsTheSameOfficeOfTheOtherState) {
  EXPECT_EQ(read("Siri Siri compound 1 NNP:PERSON\nHaug Haug nsubj 2 NNP:PERSON\nmet meet root 2 VBD\nher her poss 5 PRP$\nPeruvian peruvian amod 5 JJ:NORP\n"
                 "counterpart counterpart dobj 2 NN\n. . punct 2 ."),
            "Siri Haug | name | person:siri-haug\nher Peruvian counterpart | nominal | person:ana-quispe\nher | pronoun | person:siri-haug\n"
            "Peruvian | demonym | PER\n");
}

TEST(FindEntities, APluralMeansEveryoneThatItCovers) {
  EXPECT_EQ(read("Siri Siri compound 1 NNP:PERSON\nHaug Haug nsubj 2 NNP:PERSON\nmet meet root 2 VBD\nAna Ana compound 4 NNP:PERSON\nQuispe Quispe dobj 2 NNP:PERSON\n"
                 ". . punct 2 .\nThe the det 8 DT\ntwo two nummod 8 CD\nministers minister nsubj 9 NNS\nagreed agree root 9 VBD\n. . punct 9 ."),
            "Siri Haug | name | person:siri-haug\nAna Quispe | name | person:ana-quispe\nThe two ministers | nominal | person:siri-haug person:ana-quispe\n");
}

TEST(FindEntities, WordsThatMeanTwoStatesMeanNeitherUnlessTheStorySpeaksOfOne) {
  constexpr std::string_view text =
      "The the det 2 DT\nGuian guian amod 2 JJ:NORP\nminister minister nsubj 3 NN\nspoke speak root 3 VBD\n. . punct 3 .";
  const std::string alone = read(text);
  EXPECT_EQ(alone.find("GUI"), std::string::npos) << alone;
  EXPECT_EQ(alone.find("GUB"), std::string::npos) << alone;
  const std::string told = read(std::string(text) + "\nGuibara Guibara nsubj 6 NNP:GPE\nwaited wait root 6 VBD\n. . punct 6 .");
  EXPECT_NE(told.find("Guian | demonym | GUB"), std::string::npos) << told;
}

// The base with a head of state, a regional head of government, an organisation's chief and a town that is called like a state.
KnowledgeRows leaders() {
  KnowledgeRows known = rows();
  constexpr std::string_view more[][2] = {
      {"entities.tsv",
       "id\tkind\tname\tcountry\tsector\tfrom\tto\n"
       "office:per-head-of-state\toffice\tPresident of Peru\tPER\tGOV\t..\t..\n"
       "office:nor-head-of-government\toffice\tPrime Minister of Norway\tNOR\tGOV\t..\t..\n"
       "office:nor-head-of-government-fjords\toffice\tPrime Minister of the Fjords\tNOR\tGOV\t..\t..\n"
       "office:andean-club-secretary\toffice\tSecretary of the Andean Club\t\tIGO\t..\t..\n"
       "person:rosa-illanes\tperson\tRosa Illanes\tPER\t\t..\t..\nperson:knut-dahl\tperson\tKnut Dahl\tNOR\t\t..\t..\n"
       "person:eva-moe\tperson\tEva Moe\tNOR\t\t..\t..\nperson:jon-berg\tperson\tJon Berg\t\t\t..\t..\n"},
      {"aliases.tsv", "id\talias\tlang\tkind\tfrom\tto\tambiguous\noffice:andean-club-secretary\tAndean Club chief\ten\ttitle\t..\t..\t\n"},
      {"holders.tsv",
       "office_id\tperson_id\tfrom\tto\tfrom_precision\tto_precision\tacting\tbasis\n"
       "office:per-head-of-state\tperson:rosa-illanes\t2021-01-01\t..\tday\t\t\telected\n"
       "office:nor-head-of-government\tperson:knut-dahl\t2021-01-01\t..\tday\t\t\telected\n"
       "office:nor-head-of-government-fjords\tperson:eva-moe\t2021-01-01\t..\tday\t\t\telected\n"
       "office:andean-club-secretary\tperson:jon-berg\t2021-01-01\t..\tday\t\t\telected\n"},
      {"offices.tsv",
       "class\tword\tstate\tnote\nhead_of_state\tpresident\t\t\nhead_of_government\tprime minister\t\t\norganisation_head\tandean club chief\t\t\n"}};
  for (const auto& [name, text] : more) {
    const Result<void> added = add_table(known, name, text);
    EXPECT_TRUE(added) << added.error().message;
  }
  return known;
}

TEST(FindEntities, WhoeverLeadsAStateIsKnownByTheSurnameAlone) {
  constexpr std::string_view text = "Illanes Illanes nsubj 1 NNP:ORG\nwaited wait root 1 VBD\n. . punct 1 .";
  EXPECT_EQ(read(text, "2024-06-01", leaders()), "Illanes | name | person:rosa-illanes\n");
  EXPECT_EQ(read(text, "2012-06-01", leaders()).find("person:rosa-illanes"), std::string::npos) << "before her term";
  // one who leads no state needs more than a surname
  EXPECT_EQ(read("Haug Haug nsubj 1 NNP:PERSON\nwaited wait root 1 VBD\n. . punct 1 .", "2024-06-01", leaders()), "Haug | name | local:haug\n");
  // a full name of the story owns its surname
  const std::string other = read("Pedro Pedro compound 1 NNP:PERSON\nIllanes Illanes nsubj 2 NNP:PERSON\nspoke speak root 2 VBD\n. . punct 2 .\n"
                                 "Illanes Illanes nsubj 5 NNP:PERSON\nwaited wait root 5 VBD\n. . punct 5 .", "2024-06-01", leaders());
  EXPECT_EQ(other.find("rosa-illanes"), std::string::npos) << other;
}

TEST(FindEntities, AStatesOfficeGoesBeforeThatOfItsRegion) {
  EXPECT_EQ(read("The the det 3 DT\nNorwegian norwegian amod 3 JJ:NORP\nprime prime amod 3 JJ\nminister minister nsubj 4 NN\nresigned resign root 4 VBD\n. . punct 4 .",
                 "2024-06-01", leaders()),
            "The Norwegian prime minister | nominal | person:knut-dahl\nNorwegian | demonym | NOR\n");
}

TEST(FindEntities, TheChiefOfAnOrganisationIsTheHolderOfItsOffice) {
  const std::string found = read("The the det 3 DT\nAndean Andean compound 2 NNP:ORG\nClub Club compound 3 NNP:ORG\nchief chief nsubj 4 NN\nspoke speak root 4 VBD\n. . punct 4 .",
                                 "2024-06-01", leaders());
  EXPECT_NE(found.find("The Andean Club chief | nominal | person:jon-berg"), std::string::npos) << found;
}

TEST(FindEntities, ALeadsOfficeIsWhoSpeaksNextByName) {
  constexpr std::string_view lead =
      "The the det 3 DT\nNorwegian norwegian amod 3 JJ:NORP\nforeign foreign amod 3 JJ\nminister minister nsubj 4 NN\nsaid say root 4 VBD\nso so advmod 4 RB\n. . punct 4 .\n";
  const std::string next = read(std::string(lead) + "Ola Ola compound 8 NNP:PERSON\nRud Rud nsubj 9 NNP:PERSON\ntold tell root 9 VBD\nreporters reporter dobj 9 NNS\n. . punct 9 .");
  EXPECT_NE(next.find("The Norwegian foreign minister | nominal | local:ola-rud"), std::string::npos) << next;
  // one who does not speak is not the minister, and the base has another
  const std::string other = read(std::string(lead) + "Ola Ola compound 8 NNP:PERSON\nRud Rud nsubj 9 NNP:PERSON\nslept sleep root 9 VBD\n. . punct 9 .");
  EXPECT_NE(other.find("The Norwegian foreign minister | nominal | person:siri-haug"), std::string::npos) << other;
}

TEST(FindEntities, TheStateOfAnOfficeMayHangOnTheAffairs) {
  KnowledgeRows known = rows();
  const Result<void> added = add_table(known, "offices.tsv", "class\tword\tstate\tnote\nforeign_minister\tminister for foreign affairs\t\t\n");
  ASSERT_TRUE(added) << added.error().message;
  const std::string found = read("The the det 1 DT\nMinister Minister nsubj 7 NNP\nfor for prep 1 IN\nForeign Foreign compound 4 NNP\nAffairs Affairs pobj 2 NNPS\n"
                                 "of of prep 4 IN\nPeru Peru pobj 5 NNP:GPE\nspoke speak root 7 VBD\n. . punct 7 .", "2024-06-01", known);
  EXPECT_NE(found.find("nominal | person:ana-quispe"), std::string::npos) << found;
}

TEST(FindEntities, TheMinistersOfALeadAreThoseWhomTheStoryNames) {
  constexpr std::string_view lead =
      "The the det 2 DT\nforeign foreign amod 2 JJ\nministers minister nsubj 7 NNS\nof of prep 2 IN\nPeru Peru pobj 3 NNP:GPE\nand and cc 4 CC\nNorway Norway conj 4 NNP:GPE\n"
      "met meet root 7 VBD\n. . punct 7 .\n";
  constexpr std::string_view next =
      "Peruvian peruvian amod 12 JJ:NORP\nForeign Foreign compound 12 NNP\nMinister Minister compound 13 NNP\nRita Rita compound 13 NNP:PERSON\nLobo Lobo nsubj 14 NNP:PERSON\n"
      "thanked thank root 14 VBD\nher her poss 17 PRP$\nNorwegian norwegian amod 17 JJ:NORP\ncounterpart counterpart dobj 14 NN\nOla Ola compound 19 NNP:PERSON\nRud Rud appos 17 NNP:PERSON\n"
      ". . punct 14 .";
  const std::string found = read(std::string(lead) + std::string(next));
  EXPECT_NE(found.find("| nominal | local:rita-lobo local:ola-rud"), std::string::npos) << found;
  // with only one of them named, the other is not made up
  const std::string alone = read(std::string(lead) + "Peruvian peruvian amod 11 JJ:NORP\nForeign Foreign compound 11 NNP\nMinister Minister compound 13 NNP\n"
                                 "Rita Rita compound 13 NNP:PERSON\nLobo Lobo nsubj 14 NNP:PERSON\nwaved wave root 14 VBD\n. . punct 14 .");
  EXPECT_EQ(alone.find("| nominal | local:rita-lobo"), std::string::npos) << alone;
}

TEST(FindEntities, AnUnknownPersonIsLearnedFromTheText) {
  const Knowledge knowledge = Knowledge::from_rows(rows());
  const Document document = parsed(
      "Norwegian norwegian amod 2 JJ:NORP\ntransport transport compound 2 NN\nminister minister compound 4 NN\nTuva Tuva compound 4 NNP:PERSON\n"
      "Lindal Lindal nsubj 5 NNP:PERSON\nlanded land root 5 VBD\n. . punct 5 .\nLindal Lindal nsubj 8 NNP:PERSON\nsmiled smile root 8 VBD\n. . punct 8 .",
      published_on("2024-06-01"));
  const Entities found = find_entities(document, knowledge);
  const auto person = std::find_if(found.entities.begin(), found.entities.end(), [](const Entity& it) { return it.ref == "local:tuva-lindal"; });
  ASSERT_NE(person, found.entities.end()) << shown(document, found);
  EXPECT_EQ(person->state, "NOR");
  EXPECT_EQ(person->office, "transport minister");
  EXPECT_EQ(document.text(person->office_said), "Norwegian transport minister Tuva Lindal");
  const auto id = static_cast<EntityId>(person - found.entities.begin());
  EXPECT_EQ(std::count_if(found.mentions.begin(), found.mentions.end(), [&](const Mention& it) { return it.entities == std::vector{id}; }), 2);
}

TEST(FindEntities, AFormerOfficeIsNotLearned) {
  const Knowledge knowledge = Knowledge::from_rows(rows());
  const Document document = parsed(
      "Former former amod 3 JJ\nPeruvian peruvian amod 3 JJ:NORP\ntransport transport compound 3 NN\nminister minister compound 5 NN\nInti Inti compound 5 NNP:PERSON\n"
      "Mamani Mamani nsubj 6 NNP:PERSON\nlanded land root 6 VBD\n. . punct 6 .",
      published_on("2024-06-01"));
  for (const Entity& entity : find_entities(document, knowledge).entities) EXPECT_TRUE(entity.office_said.empty()) << entity.ref;
}

// The recogniser may take a person for a company in one place and for a ware in another: a given name before a word that stands alone elsewhere.
TEST(FindEntities, AGivenNameAndALoneSurnameAreOnePerson) {
  constexpr std::string_view spoke = "spoke speak root 2 VBD\n. . punct 2 .\n";
  for (const auto& [given, surname, label, alone] :
       {std::tuple{"Carlota", "Mendes", "ORG", "PRODUCT"}, {"Elena", "Brandvik", "PRODUCT", "ORG"}, {"Ingrid", "Solheim", "WORK_OF_ART", "LAW"}}) {
    const std::string found = read(std::string(given) + " " + given + " compound 1 NNP:" + label + "\n" + surname + " " + surname + " nsubj 2 NNP:" + label + "\n" +
                                   std::string(spoke) + surname + " " + surname + " nsubj 5 NNP:" + alone + "\nsmiled smile root 5 VBD\n. . punct 5 .");
    std::string ref = std::string("local:") + given + "-" + surname;
    std::transform(ref.begin(), ref.end(), ref.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    EXPECT_EQ(found, std::string(given) + " " + surname + " | name | " + ref + "\n" + surname + " | name | " + ref + "\n");
  }
  // a place that bears a given name stays one
  const std::string place = read("Victoria Victoria compound 1 NNP:LOC\nFalls Falls nsubj 2 NNP:LOC\nfroze freeze root 2 VBD\n. . punct 2 .\n"
                                 "Falls Falls nsubj 5 NNP:ORG\nthawed thaw root 5 VBD\n. . punct 5 .");
  EXPECT_EQ(place.find("Falls | name | local:victoria-falls\nFalls | name | local:victoria-falls"), std::string::npos) << place;
}

// "Peru Minister Ticona" may be one organisation to the recogniser: the office in the middle tells of a person.
TEST(FindEntities, ANameBehindAnOfficeIsAPersons) {
  const auto told = [](std::string_view office) {
    return read("Peru Peru compound 2 NNP:ORG\n" + std::string(office) + " compound 3 NNP:ORG\nTicona Ticona nsubj 3 NNP:ORG\nspoke speak root 3 VBD\n. . punct 3 .");
  };
  EXPECT_NE(told("Minister Minister").find("Ticona | name | local:ticona"), std::string::npos) << told("Minister Minister");
  EXPECT_EQ(told("Harbour Harbour").find("local:ticona"), std::string::npos) << told("Harbour Harbour");
}

// A town somewhere has the president's surname: alone, it is his, but where the words say a place.
TEST(FindEntities, ALeadersSurnameGoesBeforeATownOfThatName) {
  KnowledgeRows known = rows();
  EXPECT_TRUE(add_table(known, "entities.tsv", "id\tkind\tname\tcountry\tsector\tfrom\tto\noffice:per-head-of-state\toffice\tPresident of Peru\tPER\tGOV\t..\t..\n"
                                               "person:ines-talara\tperson\tInes Talara\tPER\t\t..\t..\n"));
  EXPECT_TRUE(add_table(known, "aliases.tsv", "id\talias\tlang\tkind\tfrom\tto\tambiguous\nperson:ines-talara\tTalara\ten\tshort\t..\t..\t\n"));
  EXPECT_TRUE(add_table(known, "holders.tsv", "office_id\tperson_id\tfrom\tto\tfrom_precision\tto_precision\tacting\tbasis\n"
                                              "office:per-head-of-state\tperson:ines-talara\t2021-01-01\t2025-01-01\tday\tday\t\telected\n"));
  EXPECT_TRUE(add_table(known, "offices.tsv", "class\tword\tstate\tnote\nhead_of_state\tpresident\t\t\n"));
  const std::string towns = testing::TempDir() + "towns.tsv";
  std::ofstream(towns) << "id\tname\tcountry\tlat\tlon\tpopulation\nplace:talara-nor\tTalara\tNOR\t60\t10\t20000\n";
  ASSERT_TRUE(add_cities(known, towns));
  constexpr std::string_view agreed = "Talara Talara nsubj 1 NNP:ORG\nagreed agree root 1 VBD\n. . punct 1 .";
  EXPECT_EQ(read(agreed, "2024-06-01", known), "Talara | name | person:ines-talara\n");
  EXPECT_EQ(read(agreed, "2026-06-01", known).find("person:ines-talara"), std::string::npos);  // no president any more
  const std::string there = read("She she nsubj 1 PRP\nlives live root 1 VBZ\nin in prep 1 IN\nTalara Talara pobj 2 NNP:GPE\n. . punct 1 .", "2024-06-01", known);
  EXPECT_EQ(there.find("person:ines-talara"), std::string::npos) << there;
}

TEST(FindEntities, AShortNameIsTheOneLongerNameThatBeginsOrEndsSo) {
  const auto both = [](std::string_view longer, std::string_view shorter) {
    return read(std::string(longer) + "built build root 3 VBD\nbridges bridge dobj 3 NNS\n. . punct 3 .\n" + std::string(shorter) +
                "paid pay root 7 VBD\n. . punct 7 .");
  };
  constexpr std::string_view firm = "Puentes Puentes compound 2 NNP:ORG\ndel del compound 2 NNP:ORG\nNorte Norte nsubj 3 NNP:ORG\n";
  EXPECT_EQ(both(firm, "Puentes Puentes nsubj 7 NNP:PRODUCT\n"), "Puentes del Norte | name | local:puentes-del-norte\nPuentes | name | local:puentes-del-norte\n");
  const std::string place = both(firm, "Norte Norte nsubj 7 NNP:GPE\n");  // where it is, not what it is
  EXPECT_NE(place.find("Norte | name | local:norte"), std::string::npos) << place;
}

// The base knows a foreign minister; the story has another "minister" of whom it does not say which: neither is taken.
TEST(FindEntities, TheBaseDoesNotDecideAgainstWhomTheStoryMayMean) {
  constexpr std::string_view lead =
      "The the det 3 DT\nPeruvian peruvian amod 3 JJ:NORP\nforeign foreign amod 3 JJ\nminister minister nsubj 4 NN\nresigned resign root 4 VBD\n. . punct 4 .\n";
  const std::string told = read(std::string(lead) + "Minister Minister compound 8 NNP\nRosa Rosa compound 8 NNP:PERSON\nVega Vega nsubj 9 NNP:PERSON\nwept weep root 9 VBD\n. . punct 9 .");
  EXPECT_NE(told.find("The Peruvian foreign minister | nominal | - ?person:ana-quispe ?local:rosa-vega"), std::string::npos) << told;
  const std::string other = read(std::string(lead) + "Transport Transport compound 7 NNP\nMinister Minister compound 9 NNP\nRosa Rosa compound 9 NNP:PERSON\n"
                                                     "Vega Vega nsubj 10 NNP:PERSON\nwept weep root 10 VBD\n. . punct 10 .");
  EXPECT_NE(other.find("The Peruvian foreign minister | nominal | person:ana-quispe"), std::string::npos) << other;
}

TEST(FindEntities, EveryKnownOneSaysWhichLineDecided) {
  const Knowledge knowledge = Knowledge::from_rows(rows());
  const Document document = parsed("Peruvian peruvian amod 1 JJ:NORP\nfarmers farmer nsubj 2 NNS\nrejoiced rejoice root 2 VBD\n. . punct 2 .");
  const Entities found = find_entities(document, knowledge);
  ASSERT_FALSE(found.entities.empty());
  EXPECT_EQ(found.entities[0].ref, "PER");
  EXPECT_NE(found.entities[0].basis.find("aliases.tsv:7"), std::string::npos) << found.entities[0].basis;
}

// -- actor codes ---------------------------------------------------------------------------------------------------------------------------

std::string code_of(std::string_view text, std::string_view ref) {
  KnowledgeRows known = rows();
  EXPECT_TRUE(add_table(known, "codes.tsv",
                        "id\tname\tcode\tfrom\tto\tbasis\nPER\t\tPRU\t..\t..\tx\nPER\tLima\tPRUGOV\t..\t..\tx\nperson:ana-quispe\t\tPRUGOV\t2023-05-01\t..\tx\n"));
  EXPECT_TRUE(add_table(known, "agents.tsv", "word\tcode\tplural\tbasis\nforeign minister\t~GOVFRM\t\tx\nbeekeeper\t~AGR\t\tx\nferry union\t~LAB\t\tx\n"));
  const Knowledge knowledge = Knowledge::from_rows(known);
  const Document document = parsed(text, published_on("2024-06-01"));
  const Entities found = find_entities(document, knowledge);
  for (const Entity& entity : found.entities)
    if (entity.ref == ref) return entity.code;
  return "none of\n" + shown(document, found);
}

TEST(FindEntities, CodesOfAnImportedDictionary) {
  EXPECT_EQ(code_of("Peru Peru nsubj 1 NNP:GPE\nspoke speak root 1 VBD\n. . punct 1 .", "PER"), "PRU");
  EXPECT_EQ(code_of("Lima Lima nsubj 1 NNP:GPE\nrejected reject root 1 VBD\nit it dobj 1 PRP\n. . punct 1 .", "PER"), "PRUGOV");
  EXPECT_EQ(code_of("Norway Norway nsubj 1 NNP:GPE\nspoke speak root 1 VBD\n. . punct 1 .", "NOR"), "NOR");  // in no dictionary: ISO's
  EXPECT_EQ(code_of("Ana Ana compound 1 NNP:PERSON\nQuispe Quispe nsubj 2 NNP:PERSON\nspoke speak root 2 VBD\n. . punct 2 .", "person:ana-quispe"), "PRUGOV");
  // by the word for the role, which dragoman's own tables lack
  EXPECT_EQ(code_of("Peruvian peruvian amod 1 JJ:NORP\nbeekeepers beekeeper nsubj 2 NNS\nspoke speak root 2 VBD\n. . punct 2 .", "local:peruvian-beekeepers"), "PRUAGR");
  // a role that only dragoman's tables have adds nothing
  EXPECT_EQ(code_of("Peruvian peruvian amod 1 JJ:NORP\nfarmers farmer nsubj 2 NNS\nspoke speak root 2 VBD\n. . punct 2 .", "local:peruvian-farmers"), "PRU");
  // without a dictionary nobody has one
  const Document document = parsed("Peru Peru nsubj 1 NNP:GPE\nspoke speak root 1 VBD\n. . punct 1 .");
  EXPECT_EQ(find_entities(document, Knowledge::from_rows(rows())).entities.at(0).code, "");
}

}  // namespace
}  // namespace dragoman
