// Review: what readers say of the findings. The log is only added to; what follows from it is kept in `corrections` and `joins`, and made
// anew when a document is read again, so that a correction outlives the version that it corrected.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/store/store.h"

namespace dragoman {

enum class Verdict : std::uint8_t {
  accept,  ///< it is as the engine found it; takes back a `reject`
  reject,  ///< it is not so: it stays in its table, and counts no more in ledger, matrix, dossier and lists
  merge,   ///< two entries of the ledger are one undertaking
  split,   ///< some reports of an entry are of another undertaking
};

[[nodiscard]] std::optional<Verdict> verdict_of(std::string_view name);
[[nodiscard]] std::string_view to_string(Verdict verdict);

struct Review {
  Verdict verdict = Verdict::accept;
  std::string id;                   ///< an entry of the ledger ("u1a2b3c4d"), or a finding ("DOCUMENT:c3", v events, p positions, s quotes)
  std::vector<std::string> others;  ///< merge: the other entries; split: the findings to set apart
  std::string reviewer, note;
  std::string at;                   ///< UTC
};

/// Records a review and carries it out, in one transaction. `misuse` or `not_found` where the words make no sense. Gives what was done, in
/// words.
[[nodiscard]] Result<std::string> record_review(Store& store, const Review& review);

/// The log, oldest first.
struct LoggedReview {
  std::int64_t number = 0;
  Review review;                    ///< `others` are in its id
};
[[nodiscard]] std::vector<LoggedReview> list_reviews(Database& database);

/// Works out anew what the log means for the findings of a document as they are now. To be called between `Derived::remove` and `refresh`.
void reapply_reviews(Database& database, std::int64_t doc);
/// Does the same for merges, over the whole store, once all documents were read.
void reapply_merges(Store& store);

}  // namespace dragoman
