// Arena: strings that live as long as what owns them, and never move.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace dragoman {

/// Keeps copies of strings; the views it gives stay valid while the arena lives, also when the arena is moved.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  [[nodiscard]] std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) {
      const std::size_t size = std::max<std::size_t>(text.size(), 4096);
      blocks_.push_back(std::make_unique<char[]>(size));
      next_ = blocks_.back().get();
      left_ = size;
    }
    std::memcpy(next_, text.data(), text.size());
    const std::string_view kept(next_, text.size());
    next_ += text.size();
    left_ -= text.size();
    return kept;
  }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace dragoman
