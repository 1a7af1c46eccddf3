#include "dragoman/knowledge/knowledge.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "dragoman/knowledge/compile.h"

namespace dragoman {
namespace {

constexpr std::string_view entities = R"(id	kind	name	country	sector	from	to
FRA	state	France	FRA	GOV	..	..
PER	state	Peru	PER	GOV	..	..
TUR	state	Turkey	TUR	GOV	..	..
office:per-foreign-minister	office	Foreign Minister of Peru	PER	GOV	..	..
org:andean-club	intergovernmental_body	Andean Club		IGO	2001-01-01	..
person:ana-quispe	person	Ana Quispe	PER		..	..
person:luis-rojas	person	Luis Rojas	PER		..	..
person:maarten-van-der-berg	person	Maarten van der Berg	FRA		..	..
)";
constexpr std::string_view aliases = R"(id	alias	lang	kind	from	to	ambiguous
FRA	French	en	demonym	..	..	
FRA	Paris	en	metonym	..	..	
PER	Lima	en	metonym	..	..	
PER	Peruvian	en	demonym	..	..	
TUR	Türkiye	en	name	..	..	
org:andean-club	ANC	en	acronym	..	..	
org:andean-club	ANDECLUB	en	acronym	..	..	
)";
constexpr std::string_view holders = R"(office_id	person_id	from	to	from_precision	to_precision	acting	basis
office:per-foreign-minister	person:luis-rojas	2020-01-01	2023-05-01	day	day		appointed
office:per-foreign-minister	person:ana-quispe	2023-05-01	..	day			appointed
)";
constexpr std::string_view offices = R"(class	word	state	note
foreign_minister	foreign minister		
foreign_minister	minister of foreign affairs		
foreign_minister	secretary of state	USA	
)";
constexpr std::string_view members = R"(org_id	member_id	status	from	to	basis
org:andean-club	PER	full	2001-01-01	2024-01-01	founding member
)";
constexpr std::string_view places = R"(id	name	country	lat	lon	feature
place:cuesta-alta	Cuesta Alta	PER	-12.5	-75.25	crossing
)";

KnowledgeRows rows() {
  KnowledgeRows rows;
  const std::pair<std::string_view, std::string_view> tables[] = {{"entities.tsv", entities}, {"aliases.tsv", aliases},
                                                                  {"holders.tsv", holders},   {"offices.tsv", offices},
                                                                  {"members.tsv", members},   {"places.tsv", places}};
  for (const auto& [name, text] : tables) {
    const Result<void> added = add_table(rows, name, text);
    EXPECT_TRUE(added) << added.error().message;
  }
  return rows;
}

// What the beginning of `text` names, as ids.
std::vector<std::string> named(const Knowledge& knowledge, std::string_view text, std::uint32_t* length = nullptr) {
  std::vector<Word> words;
  find_words(text, 0, words);
  const NameMatch match = knowledge.longest(words);
  if (length) *length = match.words;
  std::vector<std::string> ids;
  for (std::uint32_t i = 0; i < match.count; ++i)
    if (const std::optional<KnownAlias> alias = knowledge.alias(match, i, words)) ids.emplace_back(knowledge[alias->entity].id);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(Words, FoldAccentsDotsAndApostrophes) {
  EXPECT_EQ(fold("Côte d’Ivoire’s"), "cote divoire s");
  EXPECT_EQ(fold("the U.S. and Al-Quds"), "the us and al quds");
  EXPECT_EQ(fold("St. Petersburg"), "st petersburg");
  EXPECT_EQ(fold("İstanbul, Şırnak"), "istanbul sirnak");
  EXPECT_EQ(fold("co\xC2\xADoperation"), "cooperation");  // a soft hyphen
  EXPECT_EQ(fold("\xFF!?"), "");
}

TEST(Words, GapsPartNames) {
  std::vector<Word> words;
  find_words("Lima, Peru. Paris", 0, words);
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(words[1].gap, Gap::comma);
  EXPECT_EQ(words[2].gap, Gap::other);
}

TEST(Knowledge, FindsTheLongestNameInAnySpelling) {
  const Knowledge knowledge = Knowledge::from_rows(rows());
  std::uint32_t length = 0;
  EXPECT_EQ(named(knowledge, "Andean Club members", &length), Ids{"org:andean-club"});
  EXPECT_EQ(length, 2u);
  EXPECT_EQ(named(knowledge, "Turkiye said"), Ids{"TUR"});
  EXPECT_EQ(named(knowledge, "TURKEY"), Ids{"TUR"});
  EXPECT_EQ(named(knowledge, "van der Berg said"), Ids{"person:maarten-van-der-berg"});
}

TEST(Knowledge, CaseTellsNamesFromWords) {
  const Knowledge knowledge = Knowledge::from_rows(rows());
  EXPECT_TRUE(named(knowledge, "turkey dinner").empty());
  EXPECT_TRUE(named(knowledge, "Anc").empty());                         // three letters: could be a word
  EXPECT_EQ(named(knowledge, "Andeclub said"), Ids{"org:andean-club"});  // spoken as a word
}

TEST(Knowledge, AnswersByDate) {
  const Knowledge knowledge = Knowledge::from_rows(rows());
  const std::vector<KnownId> offices_found = knowledge.offices("PER", knowledge.find_class("foreign_minister"));
  ASSERT_EQ(offices_found.size(), 1u);
  const auto holder = [&](Date day) {
    const std::vector<Term> terms = knowledge.holders(offices_found[0], day);
    return terms.size() == 1 ? std::string(knowledge[terms[0].person].id) + " " + knowledge.place_of(terms[0].origin) : "none";
  };
  EXPECT_EQ(holder(20230430), "person:luis-rojas holders.tsv:2");
  EXPECT_EQ(holder(20230501), "person:ana-quispe holders.tsv:3");
  EXPECT_EQ(holder(20191231), "none");
  EXPECT_EQ(knowledge.offices_of(knowledge.find("person:luis-rojas"), 20210101).size(), 1u);
  EXPECT_TRUE(knowledge.offices_of(knowledge.find("person:luis-rojas"), 20250101).empty());
  EXPECT_TRUE(knowledge.is_member(knowledge.find("org:andean-club"), knowledge.find("PER"), 20100101));
  EXPECT_FALSE(knowledge.is_member(knowledge.find("org:andean-club"), knowledge.find("PER"), 20250101));
}

TEST(Knowledge, OfficeWordsHavePluralsAndStates) {
  const Knowledge knowledge = Knowledge::from_rows(rows());
  EXPECT_EQ(knowledge.class_meanings("foreign ministers").size(), 1u);
  EXPECT_TRUE(knowledge.class_meanings("ministers of foreign affairs")[0].plural);
  EXPECT_EQ(knowledge.class_meanings("Secretary of State")[0].state, "USA");
  EXPECT_TRUE(knowledge.class_meanings("shepherd").empty());
}

TEST(Knowledge, CompilesToTheSameBytesAndBack) {
  const std::string bytes = compile(rows());
  EXPECT_TRUE(bytes == compile(rows()));
  EXPECT_TRUE(bytes == compile(Knowledge::from_rows(rows()).rows()));
}

TEST(Knowledge, AnOverlayWins) {
  KnowledgeRows overlay;
  ASSERT_TRUE(add_table(overlay, "entities.tsv", "id\tkind\tname\tcountry\tsector\tfrom\tto\nperson:rosa-vega\tperson\tRosa Vega\tPER\t\t..\t..\n"));
  ASSERT_TRUE(add_table(overlay, "aliases.tsv", "id\talias\tlang\tkind\tfrom\tto\tambiguous\nFRA\tLima\ten\tname\t..\t..\t\n"));
  ASSERT_TRUE(add_table(overlay, "holders.tsv",
                        "office_id\tperson_id\tfrom\tto\tfrom_precision\tto_precision\tacting\tbasis\n"
                        "office:per-foreign-minister\tperson:rosa-vega\t2024-01-01\t2025-01-01\tday\tday\t\tours\n"));
  const Knowledge knowledge = Knowledge::from_rows(overlaid(rows(), overlay));
  EXPECT_EQ(named(knowledge, "Lima"), Ids{"FRA"});
  const KnownId office = knowledge.offices("PER", knowledge.find_class("foreign_minister"))[0];
  const auto holder = [&](Date day) { return std::string(knowledge[knowledge.holders(office, day).at(0).person].id); };
  EXPECT_EQ(holder(20231231), "person:ana-quispe");
  EXPECT_EQ(holder(20240601), "person:rosa-vega");
  EXPECT_EQ(holder(20250101), "person:ana-quispe");
}

TEST(Validate, NamesFileAndLineOfEachMistake) {
  EXPECT_TRUE(validate(rows()).empty());
  KnowledgeRows bad = rows();
  ASSERT_TRUE(add_table(bad, "more/aliases.tsv",
                        "id\talias\tlang\tkind\tfrom\tto\tambiguous\n"
                        "PER\tFrench\ten\tname\t..\t..\t\n"        // two ways
                        "XXX\tNowhere\ten\tname\t..\t..\t\n"       // dangling
                        "PER\tQuispe\ten\tname\t2020\t2019\t\n"));  // reversed
  ASSERT_TRUE(add_table(bad, "more/holders.tsv",
                        "office_id\tperson_id\tfrom\tto\tfrom_precision\tto_precision\tacting\tbasis\n"
                        "office:per-foreign-minister\tperson:luis-rojas\t2024-01-01\t..\tday\t\t\tx\n"));  // overlapping
  const std::vector<std::string> wrong = validate(bad);
  ASSERT_EQ(wrong.size(), 4u) << wrong[0];
  EXPECT_EQ(wrong[0], "more/aliases.tsv:3: no entity \"XXX\"");
  EXPECT_EQ(wrong[1], "more/aliases.tsv:4: ends (2019-01-01) before it begins (2020-01-01)");
  EXPECT_NE(wrong[2].find("\"French\" is PER here and FRA in aliases.tsv:2"), std::string::npos) << wrong[2];
  EXPECT_NE(wrong[3].find("more/holders.tsv:2: office:per-foreign-minister is held by"), std::string::npos) << wrong[3];
}

TEST(Validate, RowsThatCannotBeReadNameTheLine) {
  KnowledgeRows some;
  const Result<void> added =
      add_table(some, "x/entities.tsv", "id\tkind\tname\tcountry\tsector\tfrom\tto\nFRA\tstate\tFrance\tFRA\tGOV\t2024-13-01\t..\n");
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().message.substr(0, 31), "x/entities.tsv:2: from \"2024-13");
  EXPECT_FALSE(add_table(some, "x/unknown.tsv", ""));
}

TEST(Knowledge, DamagedFilesAreRefusedInPlainWords) {
  const std::string path = ::testing::TempDir() + "damaged.knowledge";
  const auto write = [&](std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; };
  const auto message = [&] {
    const Result<Knowledge> opened = Knowledge::open(path);
    return opened ? std::string("opened") : opened.error().message;
  };
  std::string bytes = compile(rows());
  write(bytes);
  EXPECT_EQ(message(), "opened");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write(bytes);
  EXPECT_NE(message().find("is damaged"), std::string::npos);
  write(bytes.substr(0, 50));
  EXPECT_NE(message().find("too short"), std::string::npos);
  write("no such thing at all, but long enough to hold a header " + std::string(500, 'x'));
  EXPECT_NE(message().find("is no dragoman knowledge file"), std::string::npos);
  std::filesystem::remove(path);
  EXPECT_NE(message().find("No such file"), std::string::npos);
}

}  // namespace
}  // namespace dragoman
