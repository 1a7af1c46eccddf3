// WordingIndex: which wordings are of one undertaking, kept up in the store as wordings come and go.
//
// Wordings that name the same parties and say enough are joined wherever `kinship_of` says `same`; what hangs together is a part. A part that
// says too little ("the patrols"), or names fewer of the parties ("Iceland will finance the power line"), belongs to the one other part that
// fits it best, and stays by itself where two fit equally: nothing is guessed, and undertakings of different parties are never joined through
// a wording that names only one of them. The parts that belong together are an entry of the ledger. The outcome depends on which wordings
// there are, not on the order in which they came.
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

  struct Taken {
    std::int64_t wording, scope;  ///< wordings.wording, scopes.scope
  };
  /// It is linked, and its row written, by `settle`; the row of its scope is there.
  Taken take(const Wording& wording);
  /// Takes a wording out that nothing uses any more; what it held together is linked anew by `settle`.
  void release(std::int64_t wording);
  /// A reader's word that two wordings are of one undertaking, or no longer (`joins` changed): `settle` links their parts anew.
  void relink(const std::vector<std::string>& keys);
  /// Links what came and went since the last time, and writes it.
  void settle();

 private:
  using MemberId = std::uint32_t;
  using GroupId = std::uint32_t;
  static constexpr MemberId none = ~MemberId{0};

  /// Where a part belongs: the best that was found, and another as good, if there is one.
  struct Place {
    bool known = false;
    int score = 0;
    MemberId best = none, rival = none;
  };
  struct Member {
    std::int64_t id, scope;
    Wording wording;
    GroupId group;
    std::int64_t part, entry;  ///< as the store has them; 0: it has not
    bool gone = false;
    MemberId up, next;         ///< towards the first of its part; the next of its part, in a ring
    Place place;               ///< of the part; kept at its first
  };
  /// The wordings that name just these parties.
  struct Group {
    std::vector<std::string> parties;
    std::string name;
    bool loaded = false;
    std::vector<MemberId> members;
    std::unordered_map<std::uint64_t, std::vector<MemberId>> by_term;
    std::vector<GroupId> near;         ///< groups with more of these parties, or fewer
    std::size_t groups_then = 0;       ///< how many there were when `near` was made
  };
  GroupId group_of(const std::vector<std::string>& parties);
  void load(GroupId group);
  void load_joins();
  const std::vector<GroupId>& near(GroupId group);
  MemberId add_member(std::int64_t id, std::int64_t scope, Wording wording, std::int64_t part, std::int64_t entry);
  std::int64_t scope_of(const Wording& wording);
  MemberId find(std::string_view key, const Wording& wording);
  bool is_weak(const Member& member) const;
  MemberId first_of(MemberId member);
  bool unite(MemberId a, MemberId b);
  void dissolve(MemberId part);
  std::vector<MemberId> candidates(const std::vector<std::uint64_t>& sought, const Group& group);
  int fit(const Member& what, const Member& where) const;
  void consider(Place& place, int score, MemberId where);
  Place scan(MemberId member);
  void scan_part(MemberId part);
  std::int64_t entry_of(MemberId member);
  void write();
  void forget();

  Query insert_, update_, drop_, key_, of_parties_, all_joins_, find_scope_, add_scope_;
  std::vector<Member> members_;
  std::vector<Group> groups_;
  std::unordered_map<std::string, GroupId> group_by_name_;
  std::unordered_map<std::string, std::vector<GroupId>> groups_by_party_;
  std::unordered_multimap<std::uint64_t, MemberId> by_key_;  ///< by the key's hash
  std::unordered_map<std::int64_t, MemberId> by_id_;
  std::unordered_map<std::string, std::int64_t> scopes_;
  std::vector<std::uint64_t> found_in_;  ///< by member: the last search that found it
  std::uint64_t search_ = 0;
  std::vector<MemberId> fresh_;       ///< to be linked
  std::vector<GroupId> upset_;        ///< groups in which something has gone: all is placed anew in them and near them
  std::vector<std::pair<std::string, std::string>> joins_;
  std::unordered_set<std::string> joined_;  ///< keys in joins_
  std::int64_t last_id_ = 0;
};

}  // namespace dragoman
