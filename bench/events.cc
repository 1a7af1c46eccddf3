// Event coding alone, after the parse: sentences a second of find_events() on one core, with the linear head in. Prints one JSON object.
//
//   dragoman_bench_events MODEL KNOWLEDGE FILE     FILE: JSON lines with "text"
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/clock.h"
#include "dragoman/dragoman.h"
#include "dragoman/relations/event_lexicon.h"

int main(int argc, char** argv) {
  using namespace dragoman;
  if (argc != 4) {
    std::fputs("usage: dragoman_bench_events MODEL KNOWLEDGE FILE\n", stderr);
    return 2;
  }
  const Result<Engine> engine = Engine::open({.model = argv[1], .knowledge = argv[2]});
  const Result<EventLexicon> lexicon = EventLexicon::load();
  if (!engine || !lexicon) {
    std::fprintf(stderr, "%s\n", engine ? lexicon.error().message.c_str() : engine.error().message.c_str());
    return 1;
  }
  simdjson::dom::parser parser;
  simdjson::dom::document_stream rows;
  if (parser.load_many(argv[3]).get(rows)) {
    std::fprintf(stderr, "%s: can't be read as JSON lines\n", argv[3]);
    return 1;
  }
  Engine::Scratch scratch;
  std::vector<Reading> readings;
  std::size_t sentences = 0, events = 0;
  for (simdjson::dom::element row : rows) {
    readings.push_back(engine->read(std::string(std::string_view(row["text"])), {}, scratch));
    sentences += readings.back().document.sentences().size();
  }
  double best = 1e30;  // of several passes the least disturbed
  for (int pass = 0; pass < 5; ++pass) {
    const double before = cpu_seconds();
    events = 0;
    for (const Reading& reading : readings)
      events += find_events(reading.document, reading.entities, reading.times, reading.statements, *lexicon).size();
    best = std::min(best, cpu_seconds() - before);
  }
  std::printf("{\"stories\": %zu, \"sentences\": %zu, \"events\": %zu, \"sentences_per_second\": %.0f}\n", readings.size(), sentences, events,
              static_cast<double>(sentences) / best);
  return 0;
}
