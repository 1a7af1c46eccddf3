// What the benchmarks time with: the processor's time, so that other work on the machine counts little.
#pragma once

#include <ctime>

inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
