// Pipeline: things in at one end, worked on by all threads, out at the other in the order they came. Memory is bounded.
#pragma once

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>

namespace dragoman::cli {

/// How many threads that many are; 0: one a core.
inline unsigned threads_of(unsigned asked) { return asked != 0 ? asked : std::max(1u, std::thread::hardware_concurrency()); }

/// What one thread leaves for another. TBB's own hand-over is as good, but the thread sanitizer can't look into Debian's TBB; it sees this one.
template <class Thing>
class Passed {
 public:
  static Passed* on(Thing thing) {
    auto passed = std::make_unique<Passed>(std::move(thing));
    passed->is_there_.store(true, std::memory_order_release);
    return passed.release();
  }
  static Thing take(Passed* passed) {
    const std::unique_ptr<Passed> owned(passed);
    (void)owned->is_there_.load(std::memory_order_acquire);
    return std::move(owned->thing_);
  }
  explicit Passed(Thing thing) : thing_(std::move(thing)) {}

 private:
  Thing thing_;
  std::atomic<bool> is_there_ = false;
};

/// `next()` gives an optional thing, none at the end; `work(thing)` is done on `threads` of them (0: all cores), and `take(result)` gets the results
/// in the order of the things. At most four things a thread are held. `next` and `take` run one call at a time, on any thread.
template <class Next, class Work, class Take>
void run_pipeline(unsigned threads, Next next, Work work, Take take) {
  using Thing = typename std::invoke_result_t<Next>::value_type;
  using Done = std::invoke_result_t<Work, Thing>;
  namespace tbb = oneapi::tbb;
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads_of(threads));
  std::mutex at_the_start, at_the_end;
  const auto give = [&](tbb::flow_control& control) -> Passed<Thing>* {
    const std::lock_guard lock(at_the_start);
    if (auto thing = next()) return Passed<Thing>::on(std::move(*thing));
    control.stop();
    return nullptr;
  };
  std::atomic<std::size_t> processed = 0;  // by it and by the locks this thread sees in the end what the others did, as with `Passed`
  const auto process = [&](Passed<Thing>* thing) {
    Passed<Done>* done = Passed<Done>::on(work(Passed<Thing>::take(thing)));
    processed.fetch_add(1, std::memory_order_release);
    return done;
  };
  const auto receive = [&](Passed<Done>* done) {
    const std::lock_guard lock(at_the_end);
    take(Passed<Done>::take(done));
  };
  tbb::parallel_pipeline(threads_of(threads) * 4, tbb::make_filter<void, Passed<Thing>*>(tbb::filter_mode::serial_in_order, give) &
                                                      tbb::make_filter<Passed<Thing>*, Passed<Done>*>(tbb::filter_mode::parallel, process) &
                                                      tbb::make_filter<Passed<Done>*, void>(tbb::filter_mode::serial_in_order, receive));
  (void)processed.load(std::memory_order_acquire);
  const std::scoped_lock both(at_the_start, at_the_end);
}

}  // namespace dragoman::cli
