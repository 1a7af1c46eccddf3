// ItemWalk: the items of one layer that a selection asks for, newest first. It can be left, after some items or some time, and taken up
// again at that place by another one, so that long lists come in pages.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dragoman/store/selection.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

/// Where a walk has come to. Good as long as the store does not change; in one that does, rows may come twice or not at all.
struct WalkPlace {
  std::string day;             ///< of publication, as the table that is walked holds it
  std::int64_t doc = 0, item = 0;
  bool operator==(const WalkPlace&) const = default;
};

/// From where to where a walk goes.
struct Stretch {
  std::optional<WalkPlace> after;  ///< the place that another walk came to; none: the beginning
  std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();  ///< then it stops, wherever it is
};

/// One page of a list, and where the next begins; nothing at the end.
template <class Row>
struct Listed {
  std::vector<Row> rows;
  std::optional<WalkPlace> next;
};

class ItemWalk {
 public:
  /// `layer`: 'v', 's', or 'd' for documents; 'c' and 'p' only without parties, whose undertakings and stances ledger and matrix give. `kind`: of events, the type; "" any. With two parties: items that pass between
  /// them, for 's' those of the stories about both.
  ItemWalk(Database& database, const Selection& selection, char layer, std::string kind = {}, Stretch stretch = {});

  ItemWalk(const ItemWalk&) = delete;  // its queries hold views of its members
  ItemWalk& operator=(const ItemWalk&) = delete;

  /// Goes to the next item; false at the end, and where the time was up.
  [[nodiscard]] bool next();
  [[nodiscard]] std::int64_t item() const { return place_.item; }
  /// Of an event, its type; else "".
  [[nodiscard]] const std::string& kind() const { return key_kind_; }
  /// The last item that was looked at.
  [[nodiscard]] const WalkPlace& place() const { return place_; }
  [[nodiscard]] bool ended() const { return ended_; }
  /// To be asked when a page is full: where the next one begins, if there is anything left.
  [[nodiscard]] std::optional<WalkPlace> rest();

 private:
  /// The items of a party's or a pair's documents, newest first.
  struct Stream {
    Query query;
    char layer = 'd';  ///< of the items
    std::string day;
    std::int64_t key = 0;
    std::string kind;
    bool live = false;
    std::vector<std::int64_t> rest;  ///< of the document that it stands in, as the table has them
    std::int64_t doc = 0;
    void step();
  };
  bool next_key();
  bool wanted(std::int64_t item);

  std::string kind_, outlet_;
  std::deque<std::string> bound_;  ///< what the streams' queries were given
  Stretch stretch_;
  WalkPlace place_;
  std::vector<Stream> streams_;
  std::string key_day_, key_kind_;  ///< of the newest of all streams; of the item, where documents are opened
  std::int64_t key_ = 0;
  bool opens_documents_ = false;  ///< keys are documents, and their items are walked
  Query items_, from_outlet_;
  std::vector<std::pair<std::int64_t, std::string>> found_;  ///< items of the document that is open, with their kinds, last first
  bool ended_ = false;
};

}  // namespace dragoman
