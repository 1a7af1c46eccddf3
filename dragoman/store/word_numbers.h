// WordNumbers: words of which there are few (types, stages, verbs), as the tables hold them: by their numbers in `words`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dragoman/store/sqlite.h"

namespace dragoman {

class WordNumbers {
 public:
  WordNumbers() = default;  ///< of no database; not to be asked
  explicit WordNumbers(Database& database);

  /// The word's number; a new one if it has none yet.
  std::int64_t of(std::string_view word);
  /// The word of that number, "" where there is none. Stays where it is as long as this does.
  std::string_view text(std::int64_t number);

 private:
  Query find_, add_, text_;
  std::unordered_map<std::string, std::int64_t> known_;
  std::unordered_map<std::int64_t, std::string> texts_;
};

}  // namespace dragoman
