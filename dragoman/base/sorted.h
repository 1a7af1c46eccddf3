// Sorted lists without repeats.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace dragoman {

/// Puts the value where it belongs, unless it is there.
template <class Value>
void add_sorted(std::vector<Value>& list, Value value) {
  const auto at = std::lower_bound(list.begin(), list.end(), value);
  if (at == list.end() || *at != value) list.insert(at, std::move(value));
}

}  // namespace dragoman
