#include "dragoman/store/word_numbers.h"

namespace dragoman {
namespace {

constexpr std::size_t kept_words = 100'000;

}  // namespace

WordNumbers::WordNumbers(Database& database)
    : find_(database.prepare("SELECT word FROM words WHERE text=?")), add_(database.prepare("INSERT INTO words (text) VALUES (?) RETURNING word")), text_(database.prepare("SELECT text FROM words WHERE word=?")) {}

std::int64_t WordNumbers::of(std::string_view word) {
  std::string key(word);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  std::int64_t number = find_.bind(1, word).step() ? find_.integer(0) : 0;
  find_.run();
  if (number == 0) {
    if (add_.bind(1, word).step()) number = add_.integer(0);
    add_.run();
  }
  if (known_.size() > kept_words) known_.clear();
  known_.emplace(std::move(key), number);
  return number;
}

std::string_view WordNumbers::text(std::int64_t number) {
  const auto [at, fresh] = texts_.try_emplace(number);
  if (!fresh) return at->second;
  if (text_.bind(1, number).step()) at->second = text_.text(0);
  text_.run();
  return at->second;
}

}  // namespace dragoman
