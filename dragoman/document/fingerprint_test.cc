#include "dragoman/document/fingerprint.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace dragoman {
namespace {

namespace fs = std::filesystem;

bool same(std::string_view a, std::string_view b) {
  const Fingerprint x = fingerprint_of(a), y = fingerprint_of(b);
  EXPECT_EQ(same_story(x, y), same_story(y, x));
  return same_story(x, y);
}

constexpr std::string_view original = R"(Ferry line to reopen after ten years

OSLO, March 12 - Finland and Norway agreed on Thursday to reopen the ferry line between Turku and Narvik, ministers of both countries said, ten years after a dispute over harbour fees closed it.

The first ship is to sail on May 2 from the new pier in Narvik, Finnish transport minister Mira Tolvanen told reporters.

"We have waited long enough, and so have the people on both coasts," said Tolvanen.

Norwegian officials said the pier had cost 40 million euros, twice what was planned.

The line carried 300,000 passengers a year before it was closed in 2016. Fishermen on both coasts had asked for it to be reopened.

A court in Tromso is still to rule on a complaint by the owners of the old pier, who say that they were never paid.
)";

// The forms in which the same story comes back.
TEST(Fingerprint, KnowsARetelling) {
  // cut short under another headline, with an agency's mark
  EXPECT_TRUE(same(original, R"(Turku and Narvik linked again

OSLO, March 12 - Finland and Norway agreed on Thursday to reopen the ferry line between Turku and Narvik, ministers of both countries said, ten years after a dispute over harbour fees closed it.

The first ship is to sail on May 2 from the new pier in Narvik, Finnish transport minister Mira Tolvanen told reporters.

"We have waited long enough, and so have the people on both coasts," said Tolvanen.

(Agencies)
)"));
  // lightly reworded
  EXPECT_TRUE(same(original, R"(Finland, Norway bring back ferry

OSLO (Desk) — Norway and Finland agreed Thursday to open the ferry line between Turku and Narvik again, the two countries’ ministers said, a decade after a row over harbour fees closed it.

The first ship will sail from Narvik’s new pier on May 2, Finland’s transport minister Mira Tolvanen told journalists. “We have waited long enough, and so have the people on both coasts,” Tolvanen said.

The pier cost 40 million euros, twice what had been planned, Norwegian officials said.

Before it was closed in 2016 the line carried some 300,000 passengers every year. Fishermen on both coasts wanted it reopened.
)"));
  // reordered, with paragraphs of its own
  EXPECT_TRUE(same(original, R"(What the ferry means for our town

Shopkeepers in Narvik were up early on Friday. "My father sold coffee on the old ship," said Ida Berg, who owns a bakery by the harbour, "and I hope to sell it on the new one."

The first ship is to sail on May 2 from the new pier in Narvik, Finnish transport minister Mira Tolvanen told reporters.

OSLO, March 12 - Finland and Norway agreed on Thursday to reopen the ferry line between Turku and Narvik, ministers of both countries said, ten years after a dispute over harbour fees closed it.

The line carried 300,000 passengers a year before it was closed in 2016. Fishermen on both coasts had asked for it to be reopened.

"We have waited long enough, and so have the people on both coasts," said Tolvanen.
)"));
  // only blanks, marks and capitals differ
  std::string shouted(original);
  for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_TRUE(same(original, shouted));
}

TEST(Fingerprint, KnowsWhatIsAnotherStory) {
  // a follow-up that repeats the background word for word
  EXPECT_FALSE(same(original, R"(First ferry sails from Narvik

NARVIK, May 2 - Some 400 passengers boarded the first ferry from Narvik to Turku on Saturday, watched by a crowd and a brass band in the rain.

Mira Tolvanen, the Finnish transport minister, cut a ribbon and called it a good day for the north. The second ship will follow in June.

The line carried 300,000 passengers a year before it was closed in 2016. Fishermen on both coasts had asked for it to be reopened.
)"));
  // the same people on the same day
  EXPECT_FALSE(same(original, R"(Finnish minister rules out new road toll

OSLO, March 12 - Finland will not charge lorries for the use of its northern roads, transport minister Mira Tolvanen told reporters on Thursday, after Finland and Norway agreed to reopen a ferry line.

"There is no plan for a toll, and there will be none in my time," said Tolvanen. She did not say what would pay for repairs.
)"));
  // the same form filled in with other names
  const auto form = [](std::string a, std::string b, std::string person, std::string town) {
    return "The foreign ministers of " + a + " and " + b + " met in " + town + " on Monday to discuss trade and the situation in the region, the ministry said.\n\n" +
           "Minister " + person + " of " + a + " thanked " + b + " for its hospitality and said that talks on customs would go on in the summer.\n\n" +
           "The two sides signed a memorandum on the training of diplomats from " + a + ".\n";
  };
  EXPECT_FALSE(same(form("Finland", "Norway", "Tolvanen", "Oslo"), form("Ghana", "Togo", "Mensah", "Lome")));
  EXPECT_TRUE(same(form("Finland", "Norway", "Tolvanen", "Oslo"), form("Finland", "Norway", "Tolvanen", "Oslo") + "\n(Agencies)\n"));
  // the same, where only the town is another
  const auto town = [](std::string name) {
    return "The mayors of " + name + " and Oslo met on Monday and agreed to open a school in " + name + " by 2027.\n\n\"We will pay for it,\" said Mayor Ida Halvorsen of " +
           name + ".\n\nShe thanked Norway for its help and urged the council to vote soon.\n";
  };
  EXPECT_FALSE(same(town("Vardo"), town("Hamnes")));
  EXPECT_TRUE(same(town("Vardo"), town("Vard\xC3\xB8") + "\n(Agencies)\n"));
  // a digest that holds the story in one paragraph among many
  std::string digest = "News in brief\n\nFinland and Norway agreed on Thursday to reopen the ferry line between Turku and Narvik, ministers of both countries said.\n\n";
  for (const char* place : {"Lisbon", "Quito", "Dakar", "Hanoi", "Perth", "Tunis", "Seoul", "Lima"})
    digest += std::string("Farmers near ") + place + " began the harvest of olives a week early after a warm spring, a spokesman of their union said on Thursday.\n\n";
  EXPECT_FALSE(same(original, digest));
}

TEST(Fingerprint, StandsAnyBytes) {
  EXPECT_TRUE(fingerprint_of("").sentences.empty());
  EXPECT_FALSE(same("", original));
  EXPECT_TRUE(same("Talks", "TALKS."));
  EXPECT_FALSE(same("Talks", "Walks"));
  (void)fingerprint_of("\xFF\xFE....'''\n\n\n’s ’ 1,2,3. \xE4\xB8\xAD\xE6\x96\x87");
  EXPECT_EQ(fingerprint_of(original).shingles.size(), 24u);
}

// The development set of the project, where it is there.
TEST(Fingerprint, FindsTheClustersOfTheGold) {
  const char* elsewhere = std::getenv("DRAGOMAN_SHARED");
  const fs::path shared_gold = (elsewhere ? fs::path(elsewhere) : fs::path(DRAGOMAN_SOURCE_DIR).parent_path() / "shared") / "gold";
  if (!fs::exists(shared_gold / "dedup/clusters.json")) GTEST_SKIP() << "no ../shared/gold/dedup";
  std::map<std::string, Fingerprint> prints;
  for (const auto& entry : fs::recursive_directory_iterator(shared_gold)) {
    if (entry.path().filename() != "article.txt") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    prints[entry.path().parent_path().filename()] = fingerprint_of(std::string(std::istreambuf_iterator<char>(file), {}));
  }
  simdjson::dom::parser parser;
  simdjson::dom::element clusters = parser.load((shared_gold / "dedup/clusters.json").string());
  std::map<std::string, std::set<std::string>> expected;
  std::set<std::string> optional;
  for (const auto cluster : clusters["clusters"]) {
    const std::string name(std::string_view{cluster["story"]});
    for (const std::string_view member : cluster["members"].get_array()) expected[std::string(member)].insert(name);
    for (const std::string_view member : cluster["optional"].get_array()) optional.emplace(member);
  }
  for (const auto& [a, print_a] : prints)
    for (const auto& [b, print_b] : prints) {
      if (a >= b || optional.contains(a) || optional.contains(b)) continue;
      EXPECT_EQ(same_story(print_a, print_b), expected.contains(a) && expected.contains(b) && expected[a] == expected[b]) << a << " " << b;
    }
}

}  // namespace
}  // namespace dragoman
