// The review queue, the log, and reviews themselves.
#include <simdjson.h>

#include <array>
#include <ctime>

#include "dragoman/store/review.h"
#include "dragoman/store/review_queue.h"
#include "dragoman/view/relationship_json.h"
#include "web/server/api.h"

namespace dragoman::web {
namespace {

constexpr ReviewReason all_reasons[] = {ReviewReason::contradicted, ReviewReason::overdue, ReviewReason::changed};

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

Listed<ReviewItem> items_of(Call& call, ReviewReason reason, std::int64_t on, const ReviewQueueOptions& options) {
  if (reason == ReviewReason::changed) {
    const auto mixed = call.context.sessions.kept<std::vector<MixedStance>>("mixed", [&] { return find_mixed_stances(call.database); });
    return page_changed_stances(call.database, *mixed, options);
  }
  const bool overdue = reason == ReviewReason::overdue;
  const auto order = call.context.sessions.kept<std::vector<LedgerPlace>>(overdue ? "overdue " + std::to_string(on) : "disputed", [&] {
    return overdue ? order_overdue(call.database, on) : order_disputed(call.database);
  });
  return page_doubtful_undertakings(call.database, reason, *order, on, options);
}

}  // namespace

Result<void> answer_review_queue(Call& call) {
  const auto asked = call.selection();
  const auto limit = call.limit();
  if (!asked) return tl::unexpected(asked.error());
  if (!limit) return tl::unexpected(limit.error());
  // The place in the list: which reason, then the place in its own list.
  const std::string why = call.parameter("why");
  std::size_t first = 0;
  if (!why.empty()) {
    while (first < std::size(all_reasons) && to_string(all_reasons[first]) != why) ++first;
    if (first == std::size(all_reasons)) return fail(ErrorCode::misuse, "why: \"", why, "\"; contradicted, overdue or changed");
  }
  auto stretch = call.stretch();
  if (!stretch) return tl::unexpected(stretch.error());
  std::size_t at = first;
  if (stretch->after) {
    // The reason stands before the day: "2@2026-03-12".
    const std::string& day = stretch->after->day;
    if (day.size() < 2 || day[1] != ':' || day[0] < '0' || day[0] > '2') return fail(ErrorCode::misuse, "after: no place in this list");
    at = static_cast<std::size_t>(day[0] - '0');
    stretch->after->day = day.substr(2);
    if (stretch->after->day.empty() && stretch->after->doc == 0 && stretch->after->item == 0) stretch->after.reset();
  }
  std::vector<ReviewItem> rows;
  std::optional<WalkPlace> next;
  while (rows.size() < *limit) {
    auto page = items_of(call, all_reasons[at], asked->on, {.limit = *limit - rows.size(), .stretch = *stretch});
    for (ReviewItem& item : page.rows) rows.push_back(std::move(item));
    next = page.next;
    if (!next) {
      if (!why.empty() || at + 1 == std::size(all_reasons)) break;
      ++at;
      stretch->after.reset();
      next = WalkPlace{};
    }
    if (std::chrono::steady_clock::now() >= stretch->until) break;
    if (next != WalkPlace{}) break;
  }
  if (next) next->day = std::to_string(at) + ":" + next->day;
  call.page(rows, next, std::nullopt, [&](const ReviewItem& row) {
    call.json.begin_object().key("why").string(to_string(row.reason)).key("id").string(row.id).key("what").string(row.what).key("verdict").string_or_null(row.verdict);
    call.json.key("source").begin_object();
    write_source(row.source, call.json, SourceFields::full);
    call.json.end_object().end_object();
  });
  return {};
}

Result<void> answer_review_log(Call& call) {
  std::vector<LoggedReview> log = list_reviews(call.database);
  std::reverse(log.begin(), log.end());
  return call.slice(log, [&](const LoggedReview& row) {
    call.json.begin_object().key("number").integer(row.number).key("at").string(row.review.at).key("verdict").string(to_string(row.review.verdict));
    call.json.key("id").string(row.review.id).key("reviewer").string_or_null(row.review.reviewer).key("note").string_or_null(row.review.note).end_object();
  });
}

Result<void> answer_review(Call& call) {
  simdjson::dom::parser parser;
  simdjson::dom::object asked;
  if (parser.parse(simdjson::padded_string(call.request.body)).get(asked) != simdjson::SUCCESS)
    return fail(ErrorCode::misuse, "the body is no JSON object; {\"id\": \"DOCUMENT:c1\", \"verdict\": \"accept\"}");
  const auto text = [&](const char* key) {
    std::string_view value;
    return asked.at_key(key).get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  Review review;
  const auto verdict = verdict_of(text("verdict"));
  if (!verdict || (*verdict != Verdict::accept && *verdict != Verdict::reject)) return fail(ErrorCode::misuse, "verdict: accept or reject; `dragoman review` merges and splits");
  review.verdict = *verdict;
  review.id = text("id");
  review.note = text("note");
  review.reviewer = text("reviewer");
  review.at = now_utc();
  for (const std::string* one : {&review.note, &review.reviewer})
    if (one->size() > 2000) return fail(ErrorCode::misuse, "note and reviewer: at most 2000 bytes");
  // A connection of its own, for as long as it takes: the server reads only, otherwise.
  auto store = Store::open_for_editing(call.context.sessions.path());
  if (!store) return tl::unexpected(store.error());
  const auto done = record_review(*store, review);
  if (!done) return tl::unexpected(done.error());
  call.json.begin_object().key("done").string(*done).end_object();
  return {};
}

}  // namespace dragoman::web
