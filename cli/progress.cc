#include "cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace dragoman::cli {

Progress::Progress() : terminal_(isatty(STDERR_FILENO) != 0) {}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::max(seconds, 0.0) + 0.5);
  std::array<char, 48> text{};
  if (whole >= 3600)
    std::snprintf(text.data(), text.size(), "%lld h %02lld min", whole / 3600, whole / 60 % 60);
  else if (whole >= 60)
    std::snprintf(text.data(), text.size(), "%lld min %02lld s", whole / 60, whole % 60);
  else
    std::snprintf(text.data(), text.size(), "%lld s", whole);
  return text.data();
}

void Progress::update(std::size_t documents, std::uint64_t bytes, std::uint64_t total) {
  if (!terminal_) return;
  const auto now = Clock::now();
  const double since = std::chrono::duration<double>(now - last_).count();
  if (shown_ && since < 0.1) return;
  if (shown_ && since > 0) {
    // The rate of the last seconds counts most: files differ, and a rerun flies over what is there already.
    const double present = static_cast<double>(bytes - std::min(bytes, last_bytes_)) / since;
    const double weight = std::min(1.0, since / 5);
    rate_ = rate_ == 0 ? present : rate_ * (1 - weight) + present * weight;
  }
  last_ = now;
  last_bytes_ = bytes;
  shown_ = true;
  const double running = std::chrono::duration<double>(now - started_).count();
  std::string line = "\r\033[K" + std::to_string(documents) + " documents, " + std::to_string(static_cast<std::size_t>(static_cast<double>(documents) / std::max(running, 0.1))) + " a second";
  if (total > 0) line += ", " + std::to_string(bytes * 100 / total) + " %";
  if (total > bytes && rate_ > 0 && running > 2) line += ", " + duration_text(static_cast<double>(total - bytes) / rate_) + " left";
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

void Progress::clear() {
  if (!terminal_ || !shown_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace dragoman::cli
