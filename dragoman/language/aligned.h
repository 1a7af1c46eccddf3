// Arrays that begin on a cache line: a vector load that crosses lines costs two.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace dragoman {

template <class T>
struct LineAllocator {
  using value_type = T;
  LineAllocator() = default;
  template <class U>
  explicit LineAllocator(const LineAllocator<U>&) {}
  [[nodiscard]] T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t(64))); }
  void deallocate(T* at, std::size_t) { ::operator delete(at, std::align_val_t(64)); }
  friend bool operator==(LineAllocator, LineAllocator) { return true; }
};

using LineFloats = std::vector<float, LineAllocator<float>>;

}  // namespace dragoman
