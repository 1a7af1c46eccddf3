// The rules that settle an event's type, one test each, through the real model: tests/golden/events/rules.tsv.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "dragoman/base/tsv.h"
#include "dragoman/dragoman.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

constexpr const char* rules_file = DRAGOMAN_SOURCE_DIR "/tests/golden/events/rules.tsv";

struct Example {
  std::string text, expected;
};

const std::map<std::string, std::vector<Example>>& rules() {
  static const std::map<std::string, std::vector<Example>> read = [] {
    std::ifstream file(rules_file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    std::map<std::string, std::vector<Example>> made;
    const auto table = parse_tsv(text, "rules.tsv", {"rule", "text", "expected"});
    if (table)
      for (const TsvRow& row : table->rows) made[std::string(row.cells[0])].push_back({std::string(row.cells[1]), std::string(row.cells[2])});
    return made;
  }();
  return read;
}

/// The engine is opened once for all rules; none where the model isn't built.
Engine* engine() {
  static std::optional<Engine> opened = [] {
    Result<Engine> result = Engine::open({.model = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman.model",
                                          .knowledge = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman.knowledge"});
    return result ? std::optional<Engine>(std::move(*result)) : std::nullopt;
  }();
  return opened ? &*opened : nullptr;
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

class EventRules : public testing::TestWithParam<std::string> {};

TEST_P(EventRules, Holds) {
  if (!engine()) GTEST_SKIP() << "the model isn't built";
  Engine::Scratch scratch;
  for (const Example& example : rules().at(GetParam())) {
    const Reading reading = engine()->read(example.text, {.published = "2026-03-11"}, scratch);
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
