// The rules that settle an event's type, one test each, through the real model: tests/golden/events/rules.tsv.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "dragoman/base/tsv.h"
#include "tests/with_engine.h"

namespace dragoman {
namespace {

constexpr const char* rules_file = DRAGOMAN_SOURCE_DIR "/tests/golden/events/rules.tsv";

struct Example {
  std::string text, expected;
};

const std::map<std::string, std::vector<Example>>& rules() {
  static const std::map<std::string, std::vector<Example>> read = [] {
    const std::string text = file_text(rules_file);
    std::map<std::string, std::vector<Example>> made;
    const auto table = parse_tsv(text, "rules.tsv", {"rule", "text", "expected"});
    if (table)
      for (const TsvRow& row : table->rows) made[std::string(row.cells[0])].push_back({std::string(row.cells[1]), std::string(row.cells[2])});
    return made;
  }();
  return read;
}

std::set<std::string> refs(const Reading& reading, const std::vector<EntityId>& ids) {
  std::set<std::string> found;
  for (const EntityId id : ids)
    if (reading.entities[id].kind != EntityKind::person && reading.entities[id].kind != EntityKind::office) found.insert(reading.entities[id].ref);
  return found;
}

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string shown(const Reading& reading, const Event& event) {
  std::string line(to_string(event.type));
  if (!event.mode.empty()) line += "/" + event.mode;
  return line + " " + event.cameo + " " + std::string(to_string(event.actuality)) + " | " + joined(refs(reading, event.actors)) + " > " +
         joined(refs(reading, event.recipients));
}

bool fits(std::string_view wanted, std::string_view found) {
  if (wanted == "*") return true;
  if (wanted.ends_with('*')) return found.starts_with(wanted.substr(0, wanted.size() - 1));
  return wanted == found;
}

bool fits(std::string_view wanted, const std::set<std::string>& found) {
  if (wanted == "*") return true;
  if (wanted == "none") return found.empty();
  const std::vector<std::string_view> words = split(wanted, ' ');
  return std::set<std::string>(words.begin(), words.end()) == found;
}

// "AGREE 036 planned | FIN > CHL"
bool fits(std::string_view wanted, const Reading& reading, const Event& event) {
  const std::size_t bar = wanted.find('|'), arrow = wanted.find('>');
  if (bar == std::string_view::npos || arrow == std::string_view::npos) return false;
  const std::vector<std::string_view> code = split(wanted.substr(0, bar), ' ');
  const std::vector<std::string_view> actors = split(wanted.substr(bar + 1, arrow - bar - 1), ','), recipients = split(wanted.substr(arrow + 1), ',');
  if (code.size() != 3 || actors.size() != 1 || recipients.size() != 1) return false;
  const std::string type = std::string(to_string(event.type)) + (event.mode.empty() ? "" : "/" + event.mode);
  return fits(code[0], type) && fits(code[1], event.cameo) && fits(code[2], to_string(event.actuality)) &&
         fits(actors[0], refs(reading, event.actors)) && fits(recipients[0], refs(reading, event.recipients));
}

class EventRules : public WithEngine, public testing::WithParamInterface<std::string> {};

TEST_P(EventRules, Holds) {
  for (const Example& example : rules().at(GetParam())) {
    const Reading reading = read(example.text);
    std::string found;
    std::vector<const Event*> left;
    for (const Event& event : reading.events) {
      left.push_back(&event);
      found += "\n    " + shown(reading, event);
    }
    bool same = true;
    for (const std::string_view wanted : split(example.expected, ';')) {
      if (wanted == "none") continue;
      const auto match = std::find_if(left.begin(), left.end(), [&](const Event* event) { return fits(wanted, reading, *event); });
      same &= match != left.end();
      if (match != left.end()) left.erase(match);
    }
    EXPECT_TRUE(same && left.empty()) << example.text << "\n  expected\n    " << example.expected << "\n  found" << found;
  }
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& [name, examples] : rules()) all.push_back(name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Rules, EventRules, testing::ValuesIn(names()), [](const auto& info) { return info.param; });

TEST(EventRulesFile, HasARuleForEachChoice) { EXPECT_GE(rules().size(), 18u) << rules_file; }

}  // namespace
}  // namespace dragoman
