// Stream: documents through a command in parallel, results out in the order they came in, memory bounded.
#pragma once

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <cstdio>
#include <functional>
#include <string>
#include <thread>

#include "cli/inputs.h"

namespace dragoman::cli {

/// What became of one document: bytes for standard output, lines for standard error, and whether anything was wrong.
struct Outcome {
  std::string out;
  std::string messages;
  bool failed = false;
};

struct StreamResult {
  bool failed = false;        ///< something was wrong with a document
  std::size_t documents = 0;  ///< read without an error
};

/// Runs `work` over all inputs on `threads` threads (0: all cores) and writes the outcomes in input order. At most four documents a
/// thread are held. Stops early only if standard output can't be written (a closed pipe, a full disk).
inline StreamResult stream(InputReader& inputs, unsigned threads, const std::function<Outcome(RawInput)>& work) {
  namespace tbb = oneapi::tbb;
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  StreamResult result;
  bool closed = false;
  const auto read = [&](tbb::flow_control& control) -> RawInput {
    if (!closed)
      if (auto input = inputs.next()) return std::move(*input);
    control.stop();
    return {};
  };
  const auto write = [&](Outcome outcome) {
    if (!outcome.messages.empty()) std::fputs(outcome.messages.c_str(), stderr);
    result.failed |= outcome.failed;
    result.documents += !outcome.failed || !outcome.out.empty();
    if (outcome.out.empty() || closed) return;
    if (std::fwrite(outcome.out.data(), 1, outcome.out.size(), stdout) != outcome.out.size()) {
      closed = result.failed = true;
      std::perror("dragoman: standard output");
    }
  };
  tbb::parallel_pipeline(threads * 4, tbb::make_filter<void, RawInput>(tbb::filter_mode::serial_in_order, read) &
                                          tbb::make_filter<RawInput, Outcome>(tbb::filter_mode::parallel, work) &
                                          tbb::make_filter<Outcome, void>(tbb::filter_mode::serial_in_order, write));
  if (std::fflush(stdout) != 0 && !closed) {
    std::perror("dragoman: standard output");
    result.failed = true;
  }
  return result;
}

/// "dragoman: MESSAGE\n"
inline std::string message_line(std::string_view message) { return "dragoman: " + std::string(message) + "\n"; }

}  // namespace dragoman::cli
