#include "dragoman/store/review_queue.h"

#include "dragoman/store/matrix.h"

namespace dragoman {
namespace {

constexpr std::string_view reasons[] = {"contradicted", "overdue", "changed"};

std::string what_of(const LedgerEntry& entry, ReviewReason reason) {
  if (reason == ReviewReason::overdue) return entry.title + ": " + entry.stage + ", due " + entry.deadline;
  std::string what = entry.title + ": ";
  std::string said;
  for (const LedgerStep& step : entry.history)
    if (step.contradicted && said.find(step.stage) == std::string::npos) said += (said.empty() ? "" : ", or ") + step.stage;
  return what + said;
}

/// The last word of the log on an id.
class Verdicts {
 public:
  explicit Verdicts(Database& database) : query_(database.prepare("SELECT verdict FROM reviews WHERE id=? ORDER BY review DESC LIMIT 1")) {}
  std::string of(const std::string& id) {
    std::string verdict;
    if (query_.bind(1, id).step()) verdict = query_.text(0);
    query_.run();
    return verdict;
  }

 private:
  Query query_;
};

}  // namespace

std::string_view to_string(ReviewReason reason) { return reasons[static_cast<std::size_t>(reason)]; }

Listed<ReviewItem> page_doubtful_undertakings(Database& database, ReviewReason reason, const std::vector<LedgerPlace>& order, std::int64_t on,
                                              const ReviewQueueOptions& options) {
  const Selection everything;
  auto page = page_undertakings(database, order, everything, on,
                                {.limit = options.limit,
                                 .overdue = reason == ReviewReason::overdue,
                                 .contradicted = reason == ReviewReason::contradicted,
                                 .sources = LedgerSources::newest,
                                 .stretch = options.stretch});
  Verdicts verdicts(database);
  Listed<ReviewItem> items{.rows = {}, .next = page.next};
  for (const LedgerEntry& entry : page.rows)
    items.rows.push_back({.reason = reason, .id = entry.id, .what = what_of(entry, reason), .verdict = verdicts.of(entry.id), .source = entry.history.back().source});
  return items;
}

std::vector<MixedStance> find_mixed_stances(Database& database) {
  Query cells = database.prepare("SELECT issue,holder FROM cells GROUP BY issue,holder HAVING count(DISTINCT polarity)>1 ORDER BY max(day) DESC,issue,holder");
  std::vector<MixedStance> mixed;
  while (cells.step()) mixed.push_back({cells.integer(0), std::string(cells.text(1))});
  return mixed;
}

Listed<ReviewItem> page_changed_stances(Database& database, const std::vector<MixedStance>& mixed, const ReviewQueueOptions& options) {
  Listed<ReviewItem> items;
  Verdicts verdicts(database);
  const std::size_t begin = options.stretch.after ? static_cast<std::size_t>(options.stretch.after->item) : 0;
  for (std::size_t i = begin; i < mixed.size(); ++i) {
    if (i > begin && (items.rows.size() >= options.limit || std::chrono::steady_clock::now() >= options.stretch.until)) {
      items.next = WalkPlace{.day = {}, .doc = 0, .item = static_cast<std::int64_t>(i)};
      break;
    }
    Selection selection;
    selection.of = {mixed[i].holder};
    for (const MatrixCell& cell : find_stances_on(database, mixed[i].issue, selection, StanceSources::turns)) {
      if (cell.changes.empty()) continue;  // two words of one day
      const StanceChange& change = cell.changes.back();
      const Source& source = cell.history[change.to].source;
      const std::string id = source.document + ":" + source.finding;
      items.rows.push_back({.reason = ReviewReason::changed,
                            .id = id,
                            .what = cell.name + " on " + cell.issue + ": " + cell.history[change.from].polarity + ", then " + cell.history[change.to].polarity,
                            .verdict = verdicts.of(id),
                            .source = source});
    }
  }
  return items;
}

}  // namespace dragoman
