// Handover: a queue between threads that holds no more than so many bytes, for work that comes in faster, for a while, than it is done.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace dragoman::cli {

template <class Item>
class Handover {
 public:
  /// One item fits always, however big.
  explicit Handover(std::size_t bytes) : most_bytes_(bytes) {}

  /// Waits while the queue is full.
  void push(Item item, std::size_t bytes) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return items_.empty() || bytes_ + bytes <= most_bytes_; });
    bytes_ += bytes;
    items_.emplace_back(std::move(item), bytes);
    more_.notify_one();
  }
  /// Nothing more will come.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    more_.notify_all();
  }
  /// Waits for an item; nothing at the end.
  std::optional<Item> pop() {
    std::unique_lock lock(mutex_);
    more_.wait(lock, [&] { return !items_.empty() || closed_; });
    if (items_.empty()) return std::nullopt;
    auto [item, bytes] = std::move(items_.front());
    items_.pop_front();
    bytes_ -= bytes;
    room_.notify_all();
    return std::move(item);
  }

 private:
  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::condition_variable room_, more_;
  std::deque<std::pair<Item, std::size_t>> items_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace dragoman::cli
