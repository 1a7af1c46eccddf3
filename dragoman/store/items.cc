#include "dragoman/store/items.h"

#include <charconv>

namespace dragoman {

std::vector<std::int64_t> parse_list(std::string_view json) {
  std::vector<std::int64_t> numbers;
  const char *at = json.data(), *const end = at + json.size();
  while (at != end) {
    std::int64_t number = 0;
    const auto [after, error] = std::from_chars(at, end, number);
    if (error == std::errc()) numbers.push_back(number);
    at = after == at ? at + 1 : after;
  }
  return numbers;
}

}  // namespace dragoman
