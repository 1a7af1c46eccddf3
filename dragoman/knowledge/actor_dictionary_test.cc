#include "dragoman/knowledge/actor_dictionary.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "dragoman/knowledge/compile.h"

namespace dragoman {
namespace {

Knowledge base() {
  KnowledgeRows rows;
  const std::pair<std::string_view, std::string_view> tables[] = {
      {"entities.tsv",
       "id\tkind\tname\tcountry\tsector\tfrom\tto\nPER\tstate\tPeru\tPER\tGOV\t..\t..\n"
       "org:andean-club\tintergovernmental_body\tAndean Club\t\tIGO\t..\t..\n"},
      {"aliases.tsv", "id\talias\tlang\tkind\tfrom\tto\tambiguous\nPER\tLima\ten\tmetonym\t..\t..\t\nPER\tPeruvian\ten\tdemonym\t..\t..\t\n"},
      {"offices.tsv", "class\tword\tstate\tnote\nhead_of_state\tpresident\t\t\nhead_of_government\tprime minister\t\t\n"}};
  for (const auto& [name, text] : tables) EXPECT_TRUE(add_table(rows, name, text));
  return Knowledge::from_rows(rows);
}

ImportedDictionaries actors(std::string text) { return import_dictionaries({{"a.txt", std::move(text)}}, {}, base()); }
ImportedDictionaries agents(std::string text) { return import_dictionaries({}, {{"b.txt", std::move(text)}}, base()); }

// "GON GONGOV 1995-06-01 .. a.txt:3" for each code, in order.
std::vector<std::string> codes(const ImportedDictionaries& imported) {
  std::vector<std::string> found;
  for (const CodeRow& row : imported.rows.codes)
    found.push_back(row.id + (row.name.empty() ? "" : " (" + row.name + ")") + " " + row.code + " " + to_string_date(row.from) + " " +
                    to_string_date(row.to) + " " + row.basis);
  return found;
}

std::vector<std::string> aliases(const ImportedDictionaries& imported, const std::string& id) {
  std::vector<std::string> found;
  for (const AliasRow& row : imported.rows.aliases)
    if (row.id == id) found.push_back(row.alias);
  return found;
}

using Lines = std::vector<std::string>;

TEST(ActorDictionary, StatesHaveSynonymsAndDemonyms) {
  const ImportedDictionaries imported = actors("<!-- a comment\nover lines -->\nVESMARK_ [VES] # jw 9/91\n+OLD_HARBOUR_TOWN\n\n# nothing\n");
  EXPECT_EQ(imported.errors, Lines{});
  ASSERT_EQ(imported.rows.entities.size(), 1u);
  EXPECT_EQ(imported.rows.entities[0].id, "VES");
  EXPECT_EQ(imported.rows.entities[0].kind, "state");
  EXPECT_EQ(imported.rows.entities[0].name, "Vesmark");
  const Lines names = aliases(imported, "VES");
  for (const char* wanted : {"Old Harbour Town", "Vesmarki", "Vesmarkian"})
    EXPECT_NE(std::find(names.begin(), names.end(), wanted), names.end()) << wanted;
  EXPECT_EQ(codes(imported), Lines{"VES VES .. .. a.txt:3"});
}

TEST(ActorDictionary, TheFirstTermThatFitsCountsAndTheUndatedLast) {
  const ImportedDictionaries imported = actors(
      "ORLA_FENN [VES]\n"
      "\t[VESMIL 20100109-20100112]\n"
      "\t[VESGOV 080120-20121109]\n"
      "\t[VESELI > 20121110]\n");
  EXPECT_EQ(imported.errors, Lines{});
  ASSERT_EQ(imported.rows.entities.size(), 1u);
  EXPECT_EQ(imported.rows.entities[0].kind, "person");  // roles that change
  const Lines wanted{"person:orla-fenn VESMIL 2010-01-09 2010-01-13 a.txt:2", "person:orla-fenn VESGOV 2008-01-20 2010-01-09 a.txt:3",
                     "person:orla-fenn VESGOV 2010-01-13 2012-11-10 a.txt:3", "person:orla-fenn VESELI 2012-11-10 .. a.txt:4",
                     "person:orla-fenn VES .. 2008-01-20 a.txt:1"};
  EXPECT_EQ(codes(imported), wanted);
}

TEST(ActorDictionary, TheOldStyleHasTermsInBracketsOnTheLine) {
  const ImportedDictionaries imported = actors("TARVIN (TARGOV 951014-951231) (TAR <951013)\n");
  EXPECT_EQ(imported.errors, Lines{});
  EXPECT_EQ(codes(imported), (Lines{"person:tarvin TARGOV 1995-10-14 1996-01-01 a.txt:1", "person:tarvin TAR .. 1995-10-14 a.txt:1"}));
}

TEST(ActorDictionary, KnownNamesOnlyGetTheCode) {
  const ImportedDictionaries imported = actors(
      "PERU [PRU]\n+PERUVIAN\n+INCA_LAND\n"
      "LIMA [PRUGOV]\n"
      "ANDEAN_CLUB [IGOAND]\n"
      "PRESIDENT_TOVA_LIND [PRUGOV]\n");
  EXPECT_EQ(imported.errors, Lines{});
  EXPECT_EQ(imported.names_known, 4u);
  EXPECT_EQ(aliases(imported, "PER"), Lines{"Inca Land"});
  const Lines wanted{"PER PRU .. .. a.txt:1", "PER (Lima) PRUGOV .. .. a.txt:4", "org:andean-club IGOAND .. .. a.txt:5",
                     "person:tova-lind PRUGOV .. .. a.txt:6"};
  EXPECT_EQ(codes(imported), wanted);
  ASSERT_EQ(imported.rows.entities.size(), 1u);
  EXPECT_EQ(imported.rows.entities[0].name, "Tova Lind");  // the office is no part of the name
  EXPECT_EQ(imported.rows.entities[0].country, "PER");     // PRU is Peru in this dictionary
}

TEST(ActorDictionary, RolesAndRegionsAreNoStates) {
  const ImportedDictionaries imported = actors("VESMARK [VES]\nRED_HAND [VESREB]\nSOUTHERN_RELIEF [NGOSRL]\nPLAINS_PEOPLE [SAF]\n");
  ASSERT_EQ(imported.rows.entities.size(), 4u);
  EXPECT_EQ(imported.rows.entities[1].id, "org:red-hand");
  EXPECT_EQ(imported.rows.entities[1].kind, "armed_group");
  EXPECT_EQ(imported.rows.entities[1].country, "VES");
  EXPECT_EQ(imported.rows.entities[1].sector, "REB");
  EXPECT_EQ(imported.rows.entities[2].country, "");
  EXPECT_EQ(imported.rows.entities[3].kind, "organisation");
}

TEST(ActorDictionary, EveryMistakeNamesItsLineAndTheRestIsRead) {
  const ImportedDictionaries imported = actors(
      "+TOO_EARLY\n"
      "VESMARK [VES]\n"
      "TARVIN\n\t[TARGOV 20101332]\n\t[951014-951231]\n\t[TARMIL 960101-950101]\n\t[TAR\n\t[TARELI >20110229]\n\t[TAR]\n"
      "NOBODY [---]\n"
      "VESMARK [VSM]\n");
  const Lines wanted{"a.txt:1: a synonym before any actor; skipped",
                     "a.txt:4: \"20101332\" is no term (expected <DATE, >DATE or DATE-DATE); this code skipped",
                     "a.txt:5: \"951014-951231\" has no code before its dates; this code skipped",
                     "a.txt:6: \"960101-950101\" ends before it begins; this code skipped",
                     "a.txt:7: \"[TAR\" is no code in brackets; skipped",
                     "a.txt:8: \"20110229\" is no date (expected 951014 or 19951014); this code skipped"};
  EXPECT_EQ(imported.errors, wanted);
  ASSERT_EQ(imported.notes.size(), 3u);
  EXPECT_EQ(imported.notes[0], "a.txt:10: \"---\" stands for no code; Nobody has none");
  EXPECT_EQ(imported.notes[1], "a.txt:10: Nobody has no code; skipped");
  EXPECT_EQ(imported.notes[2], "a.txt:11: \"Vesmark\" is already in a.txt:2; this one skipped");
  EXPECT_EQ(codes(imported), (Lines{"VES VES .. .. a.txt:2", "TAR TAR .. .. a.txt:9"}));
}

TEST(ActorDictionary, AgentsHavePluralsAndSets) {
  const ImportedDictionaries imported = agents(
      "!PERSON! = MAN, WOMEN\n"
      "FOREIGN_MINISTER [~GOVFRM] # jap\n"
      "POLICE {} [ ~COP]\n"
      "ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~GOV]\n"
      "RELIEF_AGENCY [NGO~]\n"
      "CONGRESS!PERSON! [~LEG]\n"
      "CONGRESS!NOBODY! [~LEG]\n"
      "JUDGE [JUD]\n"
      "CLERK\n"
      "POLICE [~MIL]\n");
  EXPECT_EQ(imported.errors, (Lines{"b.txt:7: \"CONGRESS!NOBODY!\" uses a set that is not defined above it; skipped",
                                    "b.txt:8: \"JUD\" has no ~ where the actor's code goes (expected ~GOV or NGO~); skipped",
                                    "b.txt:9: \"CLERK\" has no code in brackets; skipped"}));
  EXPECT_EQ(imported.notes, Lines{"b.txt:10: \"police\" is already in b.txt:3; this one skipped"});
  Lines found;
  for (const AgentRow& row : imported.rows.agents) found.push_back(row.word + " " + row.code + " " + row.plural);
  EXPECT_EQ(found, (Lines{"foreign minister ~GOVFRM ", "police ~COP -", "attorney general ~GOV attorneys general", "relief agency NGO~ ",
                          "congressman ~LEG -", "congresswomen ~LEG -"}));
}

TEST(ActorDictionary, TablesComeBackAsAnOverlay) {
  ImportedDictionaries imported = import_dictionaries({{"a.txt", "VESMARK [VES]\nORLA_FENN [VES]\n\t[VESGOV 080120-121109]\n"}},
                                                      {{"b.txt", "JUDGE [~JUD]\n"}}, base());
  KnowledgeRows overlay;
  for (const auto& [name, text] : tables_of(imported.rows, "dragoman knowledge import")) {
    const Result<void> added = add_table(overlay, name, text);
    ASSERT_TRUE(added) << added.error().message;
  }
  const KnowledgeRows rows = overlaid(base().rows(), overlay);
  EXPECT_EQ(validate(rows), Lines{});
  const Knowledge knowledge = Knowledge::from_rows(rows);
  EXPECT_TRUE(knowledge.has_codes());
  EXPECT_FALSE(base().has_codes());
  const KnownId person = knowledge.find("person:orla-fenn");
  ASSERT_NE(person, not_known);
  EXPECT_EQ(knowledge.code_of(person, 20100101)->code, "VESGOV");
  EXPECT_EQ(knowledge.code_of(person, 20130101)->code, "VES");
  EXPECT_FALSE(knowledge.code_of(knowledge.find("PER"), 20100101));
  std::vector<Word> words;
  find_words("judges in Lima", 0, words);
  AgentWord agent;
  EXPECT_EQ(knowledge.longest_agent(words, agent), 1u);
  EXPECT_EQ(agent.code, "~JUD");
  EXPECT_TRUE(agent.plural);
  const KnowledgeRows back = knowledge.rows();
  EXPECT_TRUE(compile(back) == compile(Knowledge::from_rows(back).rows()));
}

}  // namespace
}  // namespace dragoman
