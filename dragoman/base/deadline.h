// Deadline: when a long piece of work has to be over. It only ever decides whether there is an answer, never what the answer is.
#pragma once

#include <chrono>
#include <optional>

namespace dragoman {

class Deadline {
 public:
  /// None: there is all the time in the world.
  Deadline() = default;
  /// So many seconds from now; 0 is none.
  [[nodiscard]] static Deadline in_seconds(double seconds) {
    Deadline deadline;
    if (seconds > 0) deadline.at_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    return deadline;
  }
  [[nodiscard]] bool is_over() const { return at_ && Clock::now() >= *at_; }

 private:
  using Clock = std::chrono::steady_clock;
  std::optional<Clock::time_point> at_;
};

}  // namespace dragoman
