// dragoman review: a reader's word on what the engine found.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "cli/query.h"
#include "dragoman/store/review.h"

namespace dragoman::cli {
namespace {

std::string now() {
  const std::time_t time = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

int show_log(const std::string& path, const std::string& format) {
  auto store = Store::open_for_reading(path);
  if (!store) return fail_with(store.error());
  Table table{.columns = {{.name = "review", .kind = Column::Kind::number}, {.name = "at"}, {.name = "reviewer"}, {.name = "verdict"}, {.name = "id", .least = 20}, {.name = "note", .least = 12}},
              .rows = {}};
  for (const LoggedReview& it : list_reviews(store->database()))
    table.rows.push_back({std::to_string(it.number), it.review.at, it.review.reviewer, std::string(to_string(it.review.verdict)), it.review.id, it.review.note});
  if (const auto ok = store->database().check(); !ok) return fail_with(ok.error());
  std::string out;
  append_table(table, table_options(format), out);
  return print(out);
}

}  // namespace

int run_review(Arguments arguments) {
  App app("Corrects what the engine found, without losing it: the log is only added to. Without an id: shows the log.\n\n"
          "  review DB u1a2b3c4d reject                 no such undertaking\n"
          "  review DB STORY:c3 accept                  this finding is right\n"
          "  review DB u1a2b3c4d merge u5e6f7a8b        one undertaking\n"
          "  review DB u1a2b3c4d split STORY:c3         that report is of another one",
          "dragoman review");
  std::string path, id, verdict, format = "text";
  Review review;
  app.add_option("DB", path, "the store")->required();
  app.add_option("ID", id, "an entry of the ledger, or a finding as the lists show it (DOCUMENT:v2)");
  app.add_option("VERDICT", verdict, "accept, reject, merge, split")->check(OneOf{{"accept", "reject", "merge", "split"}});
  app.add_option("OTHER", review.others, "merge: the other entries; split: the findings to set apart");
  app.add_option("--by", review.reviewer, "who says so ($USER, if not given)");
  app.add_option("--note", review.note, "why");
  app.add_option("--format", format, "of the log: text, csv, jsonl, json")->check(OneOf{{"text", "csv", "jsonl", "json"}})->capture_default_str();
  if (const auto status = parse_arguments(app, arguments)) return *status;
  if (id.empty()) return show_log(path, format);
  if (verdict.empty()) return fail_with({ErrorCode::misuse, "give a verdict: accept, reject, merge or split"});

  auto store = Store::open_for_editing(path);
  if (!store) return fail_with(store.error());
  if (const char* user = std::getenv("USER"); review.reviewer.empty() && user) review.reviewer = user;
  review.id = id;
  review.verdict = *verdict_of(verdict);
  review.at = now();
  const auto done = record_review(*store, review);
  if (!done) return fail_with(done.error());
  std::fprintf(stderr, "dragoman: %s\n", done->c_str());
  return 0;
}

}  // namespace dragoman::cli
