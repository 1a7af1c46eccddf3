#include "python/read_many.h"

#include <chrono>

#include "dragoman/view/reading_json.h"

namespace dragoman::python {

ReadStory story_of(const Reading& reading) {
  ReadStory story;
  append_reading_json(reading, story.json);
  story.warnings = reading.document.warnings();
  return story;
}

StoryReaders::StoryReaders(const Engine& engine, unsigned threads) : engine_(engine) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

StoryReaders::~StoryReaders() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  given_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void StoryReaders::give(std::string text, DocumentInfo info) {
  auto story = std::make_unique<Story>();
  story->text = std::move(text);
  story->info = std::move(info);
  {
    const std::lock_guard lock(mutex_);
    stories_.push_back(std::move(story));
  }
  given_.notify_one();
}

std::size_t StoryReaders::pending() const {
  const std::lock_guard lock(mutex_);
  return stories_.size();
}

std::optional<ReadStory> StoryReaders::take(unsigned wait_ms) {
  std::unique_lock lock(mutex_);
  if (stories_.empty()) return std::nullopt;
  if (!done_.wait_for(lock, std::chrono::milliseconds(wait_ms), [&] { return stories_.front()->done; })) return std::nullopt;
  ReadStory result = std::move(stories_.front()->result);
  stories_.pop_front();
  --next_;
  return result;
}

void StoryReaders::work() {
  Engine::Scratch scratch;
  while (true) {
    Story* story = nullptr;
    {
      std::unique_lock lock(mutex_);
      given_.wait(lock, [&] { return stopping_ || next_ < stories_.size(); });
      if (stopping_) return;
      story = stories_[next_++].get();
    }
    ReadStory result = story_of(engine_.read(std::move(story->text), std::move(story->info), scratch));
    {
      const std::lock_guard lock(mutex_);
      story->result = std::move(result);
      story->done = true;
      if (story != stories_.front().get()) continue;
    }
    done_.notify_one();
  }
}

}  // namespace dragoman::python
