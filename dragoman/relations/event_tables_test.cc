// The tables of data/events keep to the vocabulary: only PLOVER's modes as docs/events.md has them; what the crosswalk from CAMEO adds (ban, return,
// ease, assassinate, massacre, cleansing, democracy) is folded into these.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/relations/event_lexicon.h"

namespace dragoman {
namespace {

const std::map<std::string_view, std::set<std::string_view>>& modes() {
  static const std::map<std::string_view, std::set<std::string_view>> all = {
      {"CONSULT", {"visit", "third-party", "multilateral", "phone"}},
      {"RETREAT", {"withdraw", "release", "disarm", "ceasefire", "access", "resign"}},
      {"REQUEST", {"assist", "change", "yield", "meet"}},
      {"ACCUSE", {"disapprove", "investigate", "allege"}},
      {"REJECT", {"assist", "change", "yield", "meet"}},
      {"THREATEN", {"restrict", "arrest", "relations", "expel", "territory", "violence"}},
      {"PROTEST", {"demo", "riot", "strike", "hunger", "boycott", "obstruct"}},
      {"SANCTION", {"convict", "expel", "withdraw", "discontinue"}},
      {"MOBILIZE", {"troops", "weapons", "police", "militia"}},
      {"COERCE", {"seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"}},
      {"ASSAULT",
       {"abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack", "aerial", "drone",
        "heavy-weapons", "crowd-control", "unconventional"}}};
  return all;
}

/// (type, mode) of a table, with the line, for every pair of columns that has them.
std::vector<std::tuple<std::string_view, std::string_view, std::string>> coded(std::string_view path, const std::vector<std::string_view>& columns,
                                                                               const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
  std::vector<std::tuple<std::string_view, std::string_view, std::string>> found;
  const auto table = parse_tsv(embedded_data(path), std::string(path), columns);
  EXPECT_TRUE(table) << (table ? "" : table.error().message);
  if (!table) return found;
  for (const TsvRow& row : table->rows)
    for (const auto& [type, mode] : pairs) {
      const std::string_view of = row.cells[type].substr(0, row.cells[type].find('/'));
      found.emplace_back(of, row.cells[mode], std::string(path) + ":" + std::to_string(row.line));
    }
  return found;
}

TEST(EventTables, HaveOnlyTheModesOfTheirTypesAndAllOfThem) {
  std::map<std::string_view, std::set<std::string_view>> seen;
  for (const auto& table : {coded("events/verbs.tsv", {"verb", "sense", "type", "mode", "cameo", "to", "when"}, {{2, 3}}),
                            coded("events/objects.tsv", {"sense", "on", "type", "mode", "cameo"}, {{2, 3}}),
                            coded("events/choices.tsv", {"on", "core", "by", "words", "type", "mode", "cameo", "reason"}, {{4, 5}}),
                            coded("events/depth.tsv", {"on", "from", "words", "mode", "cameo", "reason"}, {{0, 3}}),
                            coded("events/goldstein.tsv", {"type", "mode", "score"}, {{0, 1}})})
    for (const auto& [type, mode, where] : table) {
      if (mode == "-" || mode == "=") continue;
      const auto of = modes().find(type);
      EXPECT_TRUE(of != modes().end() && of->second.contains(mode)) << where << ": " << type << "/" << mode;
      seen[type].insert(mode);
    }
  // nouns alone bring some of the others ("hunger strike")
  for (const auto& [type, mode] : {std::pair("THREATEN", "territory"), {"THREATEN", "arrest"}, {"THREATEN", "expel"}, {"MOBILIZE", "militia"},
                                   {"COERCE", "martial-law"}, {"ASSAULT", "targeted"}, {"ASSAULT", "primitive"}, {"REJECT", "change"}, {"CONSULT", "multilateral"}})
    EXPECT_TRUE(seen[type].contains(mode)) << "no line gives " << type << "/" << mode;
}

TEST(EventTables, AccusationsAreNegativeAndSanctionsMaterial) {
  const EventLexicon lexicon = std::move(EventLexicon::load().value());
  for (const std::string_view mode : {"", "disapprove", "investigate", "allege"}) EXPECT_LT(lexicon.goldstein(EventType::accuse, mode), 0) << mode;
  EXPECT_EQ(quad_of(EventType::sanction), Quad::material_conflict);
  EXPECT_EQ(quad_of(EventType::accuse), Quad::verbal_conflict);
  EXPECT_EQ(quad_of(EventType::retreat), Quad::material_cooperation);
  EXPECT_EQ(quad_of(EventType::concede), Quad::verbal_cooperation);
}

}  // namespace
}  // namespace dragoman
