// The knowledge base: how long it takes to open, and to look a name up. Every lookup's answer is used. Prints one JSON object.
//
//   dragoman_bench_knowledge KNOWLEDGE
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/clock.h"
#include "dragoman/knowledge/knowledge.h"

namespace {

using namespace dragoman;

constexpr std::size_t rounds = 20;

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: dragoman_bench_knowledge KNOWLEDGE\n", stderr);
    return 2;
  }
  std::vector<double> openings;
  for (std::size_t i = 0; i < rounds; ++i) {
    const double before = cpu_seconds();
    const Result<Knowledge> opened = Knowledge::open(argv[1]);
    openings.push_back(cpu_seconds() - before);
    if (!opened) {
      std::fprintf(stderr, "%s\n", opened.error().message.c_str());
      return 1;
    }
  }
  std::sort(openings.begin(), openings.end());
  const Knowledge knowledge = Knowledge::open(argv[1]).value();

  // Every 17th entity's names, as words: the lookups of a text that is all names; and words that begin no name.
  std::vector<std::vector<Word>> names;
  std::vector<std::string> texts;
  for (KnownId id = 0; id < knowledge.size(); id += 17)
    for (const std::string_view name : knowledge.names_of(id)) texts.emplace_back(name);
  const std::size_t known = texts.size();
  for (std::size_t i = 0; i < known; ++i) texts.push_back("qx" + std::to_string(i) + " spoke");
  for (const std::string& text : texts) find_words(text, 0, names.emplace_back());

  const auto time = [&](std::size_t begin, std::size_t end) {
    std::size_t hits = 0;
    const double before = cpu_seconds();
    for (std::size_t round = 0; round < rounds; ++round)
      for (std::size_t i = begin; i < end; ++i) {
        const NameMatch match = knowledge.longest(names[i]);
        for (std::uint32_t a = 0; a < match.count; ++a) hits += knowledge.alias(match, a, names[i]).has_value();
      }
    const double microseconds = (cpu_seconds() - before) * 1e6 / static_cast<double>(rounds * (end - begin));
    return std::pair{microseconds, hits / rounds};
  };
  const auto [found, hits] = time(0, known);
  const auto [missed, misses] = time(known, texts.size());
  const ClassId minister = knowledge.find_class("foreign_minister");
  std::vector<std::string_view> states;
  for (KnownId id = 0; id < knowledge.size(); ++id)
    if (knowledge[id].kind == "state") states.push_back(knowledge[id].id);
  std::size_t terms = 0, asked = 0;
  const double before = cpu_seconds();
  for (std::size_t round = 0; round < rounds; ++round)
    for (const std::string_view state : states)
      for (const KnownId office : knowledge.offices(state, minister)) terms += knowledge.holders(office, 20240601).size(), ++asked;
  const double holder = asked == 0 ? 0 : (cpu_seconds() - before) * 1e6 / static_cast<double>(asked);
  std::printf("{\"open_ms\": %.3f, \"open_ms_worst\": %.3f, \"names\": %zu, \"meanings\": %zu, \"lookup_us\": %.4f, \"miss_us\": %.4f, \"wrong_hits\": %zu, "
              "\"holders\": %zu, \"holder_us\": %.3f}\n",
              openings[rounds / 2] * 1e3, openings.back() * 1e3, known, hits, found, missed, misses, terms / rounds, holder);
  return hits >= known && misses == 0 ? 0 : 1;
}
