// WordingIndex: which wordings are of one undertaking, kept up in the store as wordings come and go.
//
// Wordings that say enough are joined wherever `kinship_of` says `same`; what hangs together is a part, and a part is an entry of the
// ledger. A wording that says too little ("the patrols") goes to the one part that fits it best, and stays by itself where two fit equally:
// nothing is guessed. The outcome depends on which wordings there are, not on the order in which they came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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
  /// Another wording that may be of the same undertaking.
  struct Kin {
    std::int64_t id;
    Kinship kinship;
    bool weak;
  };

  const Wording& wording(std::int64_t id);
  /// Too little to go by, unless a reader joined it to another: then it holds on its own.
  bool is_weak(const Wording& wording) const;
  std::int64_t part_of(std::int64_t id);
  std::int64_t find(const std::string& key);
  std::vector<std::int64_t> terms_of(const Wording& wording) const;
  /// All that are of kin, or may be; itself excluded.
  std::vector<Kin> kin_of(const Wording& wording);
  std::vector<std::int64_t> joined_to(const std::string& key);
  std::vector<std::int64_t> members(std::int64_t part);
  std::vector<std::int64_t> weak_near(const std::vector<std::int64_t>& ids);
  void load_joins();
  void know_parties(const std::vector<std::string>& parties);
  void link(std::int64_t id);
  void unite(std::int64_t part, std::int64_t other);
  void attach(std::int64_t weak_part);
  void dissolve(std::int64_t part, std::int64_t without);

  Query insert_, key_, part_, drop_, add_parties_, add_term_, drop_term_, by_term_, members_, set_part_, set_entry_, move_part_, move_entry_, joins_, all_joins_,
      hangers_;
  std::unordered_map<std::int64_t, Wording> wordings_;  ///< those met of late
  std::unordered_map<std::string, std::vector<std::vector<std::string>>> party_sets_;  ///< by each party in them: the sets that wordings have
  std::unordered_set<std::string> joined_;              ///< keys
};

}  // namespace dragoman
