// Stream: documents through a command in parallel, results out in the order they came in, memory bounded.
#pragma once

#include <cstdio>
#include <functional>
#include <optional>
#include <string>

#include "cli/inputs.h"
#include "cli/pipeline.h"

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

/// Runs `work` over all inputs on `threads` threads (0: all cores) and writes the outcomes in input order. Stops early only if
/// standard output can't be written (a closed pipe, a full disk).
inline StreamResult stream(InputReader& inputs, unsigned threads, const std::function<Outcome(RawInput)>& work) {
  StreamResult result;
  bool closed = false;
  const auto read = [&]() -> std::optional<RawInput> { return closed ? std::nullopt : inputs.next(); };
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
  run_pipeline(threads, read, work, write);
  if (std::fflush(stdout) != 0 && !closed) {
    std::perror("dragoman: standard output");
    result.failed = true;
  }
  return result;
}

/// "dragoman: MESSAGE\n"
inline std::string message_line(std::string_view message) { return "dragoman: " + std::string(message) + "\n"; }

}  // namespace dragoman::cli
