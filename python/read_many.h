// Reading many stories on threads of our own, results in the order in which the stories were given. The caller decides how far ahead
// it gives them, so memory is bounded and nobody but the caller ever pulls at the caller's source.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "dragoman/dragoman.h"

namespace dragoman::python {

/// One story read: its "dragoman-reading/1" line without the line break, and what was odd about it.
struct ReadStory {
  std::string json;
  std::vector<std::string> warnings;
};

class StoryReaders {
 public:
  /// The engine must outlive it.
  StoryReaders(const Engine& engine, unsigned threads);
  ~StoryReaders();
  StoryReaders(const StoryReaders&) = delete;
  StoryReaders& operator=(const StoryReaders&) = delete;

  void give(std::string text, DocumentInfo info);
  /// Stories given and not yet taken.
  [[nodiscard]] std::size_t pending() const;
  /// Waits for the oldest story, `wait_ms` at most; nothing if it is not read by then, or if none is pending.
  [[nodiscard]] std::optional<ReadStory> take(unsigned wait_ms);

 private:
  struct Story {
    std::string text;
    DocumentInfo info;
    ReadStory result;
    bool done = false;
  };
  void work();

  const Engine& engine_;
  mutable std::mutex mutex_;
  std::condition_variable given_;
  std::condition_variable done_;
  std::deque<std::unique_ptr<Story>> stories_;  ///< in the order given
  std::size_t next_ = 0;                        ///< index in stories_ of the first that no thread has begun
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

/// What `dragoman read --format jsonl` prints for this reading, without the line break.
[[nodiscard]] ReadStory story_of(const Reading& reading);

}  // namespace dragoman::python
