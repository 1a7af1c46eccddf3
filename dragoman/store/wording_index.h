// WordingIndex: which wordings are of one undertaking, kept up in the store as wordings come and go.
//
// Wordings that say enough are joined wherever `kinship_of` says `same`; what hangs together is a part, and a part is an entry of the
// ledger. A wording that says too little ("the patrols") goes to the one part that fits it best, and stays by itself where two fit equally:
// nothing is guessed. The outcome depends on which wordings there are, not on the order in which they came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/store/sqlite.h"
#include "dragoman/store/wording.h"

namespace dragoman {

class WordingIndex {
 public:
  explicit WordingIndex(Database& database);

  /// The wording's number; it is taken in and linked if it is new.
  std::int64_t take(const Wording& wording);
  /// Takes a wording out that nothing uses any more, and links anew what it held together.
  void release(std::int64_t wording);
  /// A reader's word that two wordings are of one undertaking, or no longer (`joins` changed): links their parts anew.
  void relink(std::string_view key);

 private:
  struct Node {
    std::int64_t id = 0, part = 0, entry = 0;
    Wording wording;
    bool joined = false;  ///< a reader joined it to another: it holds on its own, however little it says
    [[nodiscard]] bool weak() const { return wording.weak() && !joined; }
  };

  std::int64_t find(std::string_view key);
  Node node(std::int64_t id);
  std::vector<std::string> terms_of(const Wording& wording) const;
  std::vector<Node> candidates(const Wording& wording);
  std::vector<Node> joined_to(const std::string& key);
  std::vector<std::int64_t> members(std::int64_t part);
  std::vector<std::int64_t> weak_near(const std::vector<Node>& nodes);
  void link(std::int64_t id);
  void unite(std::int64_t part, std::int64_t other);
  void attach(std::int64_t weak_part);
  void dissolve(std::int64_t part, std::int64_t without);

  Query find_, insert_, node_, drop_, add_term_, drop_terms_, by_term_, by_prefix_, members_, set_part_, set_entry_, move_part_, move_entry_,
      joins_, hangers_;
};

}  // namespace dragoman
