// Progress: one line on a terminal that says how far a long command is; nothing where standard error is no terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace dragoman::cli {

class Progress {
 public:
  Progress();
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Shows, at most ten times a second: so many documents, so many of `total` bytes, the rate and the time left.
  void update(std::size_t documents, std::uint64_t bytes, std::uint64_t total);
  /// Takes the line away, before something else is written there.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point started_ = Clock::now(), last_ = {};
  std::uint64_t last_bytes_ = 0;
  double rate_ = 0;  ///< bytes a second, of late
};

/// "1 h 05 min", "3 min 20 s", "12 s".
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace dragoman::cli
