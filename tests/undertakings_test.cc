// Undertakings and positions through the real model: sentences that undertake nothing, and sentences with what is in them.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "dragoman/base/tsv.h"
#include "tests/with_engine.h"

namespace dragoman {
namespace {

class Undertakings : public WithEngine {};

std::string refs(const Reading& reading, const std::vector<EntityId>& ids) {
  std::set<std::string> sorted;
  for (const EntityId id : ids)
    if (reading.entities[id].kind != EntityKind::person) sorted.insert(reading.entities[id].ref);
  std::string out;
  for (const std::string& ref : sorted) out += (out.empty() ? "" : " ") + ref;
  return out;
}

std::vector<std::string> commitment_lines(const Reading& reading) {
  std::vector<std::string> lines;
  for (const Commitment& commitment : reading.commitments) {
    std::string line(to_string(commitment.stage));
    line.append(" | ").append(to_string(commitment.sector)).append(" | ").append(refs(reading, commitment.undertakers));
    line.append(" | ").append(commitment.action).append(" | ").append(commitment.object).append(" | ").append(commitment.title);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> position_lines(const Reading& reading) {
  std::vector<std::string> lines;
  for (const Position& position : reading.positions) {
    std::string line(to_string(position.act));
    line.append(" ").append(to_string(position.polarity)).append(" | ").append(refs(reading, position.holders));
    line.append(" | ").append(position.issue).append(" | ").append(position.issue_id.empty() ? "-" : position.issue_id);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "; ") + line;
  return out;
}

// Undertakers in any order: the columns of refs are compared as sets.
bool same_line(std::string_view expected, std::string_view found) {
  const std::vector<std::string_view> a = split(expected, '|'), b = split(found, '|');
  if (a.size() > b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == "*" || a[i] == b[i]) continue;
    std::vector<std::string_view> words_a = split(a[i], ' '), words_b = split(b[i], ' ');
    std::sort(words_a.begin(), words_a.end());
    std::sort(words_b.begin(), words_b.end());
    if (i != 2 || words_a != words_b) return false;
  }
  return true;
}

// One line for one line, in any order.
bool same_lines(std::string_view expected, std::vector<std::string> found) {
  const std::vector<std::string_view> wanted = split(expected, ';');
  if (wanted.size() != found.size()) return false;
  for (const std::string_view want : wanted) {
    const auto match = std::find_if(found.begin(), found.end(), [&](const std::string& line) { return same_line(want, line); });
    if (match == found.end()) return false;
    found.erase(match);
  }
  return true;
}

TEST_F(Undertakings, NoneInDemandsDenialsPraiseThreatsRefusalsAndGoodwill) {
  const std::string text = file_text(DRAGOMAN_SOURCE_DIR "/tests/golden/undertakings/none.tsv");
  const auto table = parse_tsv(text, "none.tsv", {"why", "text"});
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_GE(table->rows.size(), 60u);
  for (const TsvRow& row : table->rows)
    EXPECT_EQ(joined(commitment_lines(read(row.cells[1]))), "") << row.cells[0] << ": " << row.cells[1];
}

TEST_F(Undertakings, AreFoundWithStageSectorPartiesAndObject) {
  const std::string text = file_text(DRAGOMAN_SOURCE_DIR "/tests/golden/undertakings/found.tsv");
  const auto table = parse_tsv(text, "found.tsv", {"why", "text", "expected"});
  ASSERT_TRUE(table) << table.error().message;
  for (const TsvRow& row : table->rows) {
    const std::vector<std::string> found = commitment_lines(read(row.cells[1]));
    EXPECT_TRUE(same_lines(row.cells[2], found)) << row.cells[0] << ": " << row.cells[1] << "\n  expected " << row.cells[2] << "\n  found    " << joined(found);
  }
}

TEST_F(Undertakings, PositionsAreFoundWithPolarityHoldersAndIssue) {
  const std::string text = file_text(DRAGOMAN_SOURCE_DIR "/tests/golden/positions/found.tsv");
  const auto table = parse_tsv(text, "found.tsv", {"why", "text", "expected"});
  ASSERT_TRUE(table) << table.error().message;
  for (const TsvRow& row : table->rows) {
    const std::vector<std::string> found = position_lines(read(row.cells[1]));
    const bool same = row.cells[2] == "none" ? found.empty() : same_lines(row.cells[2], found);
    EXPECT_TRUE(same) << row.cells[0] << ": " << row.cells[1] << "\n  expected " << row.cells[2] << "\n  found    " << joined(found);
  }
}

}  // namespace
}  // namespace dragoman
