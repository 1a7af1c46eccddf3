// Sources: looks up where findings stand. Keeps its prepared statements, and the last document's text, from one look-up to the next.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "dragoman/store/source.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

class Sources {
 public:
  explicit Sources(Database& database);

  /// `finding`: "c3"; `voice`: number of the statement that claims it, 0 for the outlet.
  [[nodiscard]] Source of(std::int64_t doc, std::string finding, std::int64_t voice, ByteSpan sentence);
  /// Parties that speak in that statement.
  [[nodiscard]] std::vector<std::string> parties_of_voice(std::int64_t doc, std::int64_t voice);

 private:
  Query document_, speakers_;
};

/// What documents are put in order by, and narrowed down by; looked up once each.
class Tellers {
 public:
  explicit Tellers(Database& database);
  struct Teller {
    std::string sha256, outlet;
  };
  const Teller& of(std::int64_t doc);
  /// Is it that outlet's? Whatever the case of the letters.
  bool is_from(std::int64_t doc, std::string_view outlet);

 private:
  Query query_;
  std::unordered_map<std::int64_t, Teller> known_;
};

/// Whom the ledger and the matrix know an actor as: its state, else itself where it is some organisation or people; "" for others.
[[nodiscard]] std::string party_of(std::string_view ref, std::string_view kind, std::string_view state);

}  // namespace dragoman
