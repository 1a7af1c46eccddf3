// Review queue: findings that a reader should look at before others.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/store/ledger.h"
#include "dragoman/store/source.h"
#include "dragoman/store/sqlite.h"
#include "dragoman/store/walk.h"

namespace dragoman {

enum class ReviewReason : std::uint8_t {
  contradicted,  ///< an undertaking in dispute
  overdue,       ///< an undertaking whose deadline is over
  changed,       ///< a stance that changed
};
[[nodiscard]] std::string_view to_string(ReviewReason reason);

struct ReviewItem {
  ReviewReason reason = ReviewReason::contradicted;
  std::string id;        ///< what a review takes: an entry of the ledger, or "DOCUMENT:v3"
  std::string what;      ///< one line in plain words
  std::string verdict;   ///< the last one that was given; "" if none
  Source source;
};

struct ReviewQueueOptions {
  std::size_t limit = 100;
  Stretch stretch;
};
/// Undertakings in dispute, or overdue; those with the newest report first. `order`: `order_disputed` or `order_overdue`.
[[nodiscard]] Listed<ReviewItem> page_doubtful_undertakings(Database& database, ReviewReason reason, const std::vector<LedgerPlace>& order, std::int64_t on,
                                                            const ReviewQueueOptions& options);

/// Who was reported to stand on an issue in more than one way: where stances may have changed. Takes long; good until the store changes.
struct MixedStance {
  std::int64_t issue;
  std::string holder;
};
[[nodiscard]] std::vector<MixedStance> find_mixed_stances(Database& database);
[[nodiscard]] Listed<ReviewItem> page_changed_stances(Database& database, const std::vector<MixedStance>& mixed, const ReviewQueueOptions& options);

}  // namespace dragoman
