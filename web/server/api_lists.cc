// Events, quotes, places, months, search, ledger, matrix, dossier.
#include <algorithm>
#include <unordered_map>

#include "dragoman/base/tsv.h"
#include "dragoman/store/days.h"
#include "dragoman/store/dossier.h"
#include "dragoman/store/overview.h"
#include "dragoman/view/dossier_page.h"
#include "dragoman/view/listing_json.h"
#include "web/server/api.h"

namespace dragoman::web {
namespace {

constexpr std::size_t most_holders = 60;  // of a matrix for which none was named

/// What a list takes: the selection, how many rows, from where on.
struct Asked {
  AskedSelection selection;
  ListingOptions options;
};
Result<Asked> list_of(const Call& call) {
  auto selection = call.selection();
  const auto limit = call.limit();
  const auto stretch = call.stretch();
  if (!selection) return tl::unexpected(selection.error());
  if (!limit) return tl::unexpected(limit.error());
  if (!stretch) return tl::unexpected(stretch.error());
  Asked asked{.selection = std::move(*selection), .options = {.limit = *limit, .events = {}, .speaker = call.parameter("by"), .stretch = *stretch}};
  return asked;
}

/// The same of events.
Result<Asked> events_of(const Call& call) {
  auto asked = list_of(call);
  if (!asked) return asked;
  auto actualities = parse_actualities(call.parameter("actuality"));
  if (!actualities) return tl::unexpected(actualities.error());
  const std::string type = call.parameter("type"), claimed = call.parameter("claimed"), month = call.parameter("month");
  const auto is_quad = [&] {
    for (int i = 0; i <= static_cast<int>(Quad::material_conflict); ++i)
      if (to_string(static_cast<Quad>(i)) == type) return true;
    return false;
  };
  if (!type.empty() && !event_type_of(type) && !is_quad()) return fail(ErrorCode::misuse, "type: \"", type, "\" is none of PLOVER's types, and no quad");
  if (!claimed.empty() && claimed != "0" && claimed != "1") return fail(ErrorCode::misuse, "claimed: 1 or 0");
  const std::int64_t first = day_of(month + "-01");
  if (!month.empty() && (month.size() != 7 || first == 0)) return fail(ErrorCode::misuse, "month: \"", month, "\" is none; 2026-03");
  const std::string refs = call.parameter("people");
  const auto people = split(refs, ',');
  asked->options.events = {.type = type,
                           .actualities = std::move(*actualities),
                           .place = call.parameter("place"),
                           .channel = call.parameter("channel"),
                           .people = {people.begin(), people.end()},
                           .claimed = claimed.empty() ? std::nullopt : std::optional(claimed == "1"),
                           .month = first / 100};
  // What is counted in a month was told then or later.
  Selection& selection = asked->selection.selection;
  selection.since = std::max(selection.since, first);
  return asked;
}

}  // namespace

Result<void> answer_events(Call& call) {
  const auto asked = events_of(call);
  if (!asked) return tl::unexpected(asked.error());
  const auto page = page_events(call.database, asked->selection.selection, asked->options);
  call.page(page.rows, page.next, std::nullopt, [&](const EventReport& row) { write_event(row, call.json); });
  return {};
}

Result<void> answer_quotes(Call& call) {
  const auto asked = list_of(call);
  if (!asked) return tl::unexpected(asked.error());
  const auto page = page_quotes(call.database, asked->selection.selection, asked->options);
  call.page(page.rows, page.next, std::nullopt, [&](const QuoteReport& row) { write_quote(row, call.json); });
  return {};
}

Result<void> answer_places(Call& call) {
  auto asked = events_of(call);
  if (!asked) return tl::unexpected(asked.error());
  asked->options.limit = 0;  // a page is what is found in its time
  const auto page = page_places(call.database, asked->selection.selection, asked->options);
  call.page(page.rows, page.next, std::nullopt, [&](const EventPlaceRow& row) {
    call.json.begin_object().key("name").string(row.name).key("lat").number(row.latitude).key("lon").number(row.longitude);
    call.json.key("events").integer(row.counts.events());
    write_quads(row.counts, call.json);
    call.json.key("last").string_or_null(row.last).end_object();
  });
  return {};
}

Result<void> answer_months(Call& call) {
  const auto asked = call.selection();
  if (!asked) return tl::unexpected(asked.error());
  if (!asked->selection.outlet.empty()) return fail(ErrorCode::misuse, "outlet: months are not counted by outlet; list the events");
  return call.slice(list_months(call.database, asked->selection), [&](const MonthRow& row) { write_month(row, call.json); });
}

Result<void> answer_search(Call& call) {
  const auto asked = list_of(call);
  if (!asked) return tl::unexpected(asked.error());
  if (call.parameter("q").empty()) return fail(ErrorCode::misuse, "q: what to look for");
  const auto page = page_search(call.database, call.parameter("q"), asked->selection.selection, asked->options);
  call.page(page.rows, page.next, std::nullopt, [&](const StoryHit& row) { write_hit(row, call.json); });
  return {};
}

Result<void> answer_dossier(Call& call) {
  const auto asked = call.selection();
  if (!asked) return tl::unexpected(asked.error());
  if (asked->selection.between.size() != 2) return fail(ErrorCode::misuse, "between: a dossier is of two parties, as in between=IRN,TUR");
  append_dossier_json(compile_dossier(call.database, asked->selection, asked->on), call.out, SourceFields::full);
  return {};
}

Result<void> answer_ledger(Call& call) {
  const auto asked = list_of(call);
  if (!asked) return tl::unexpected(asked.error());
  const Selection& selection = asked->selection.selection;
  std::string key = "ledger";
  for (const auto* list : {&selection.between, &selection.of}) {
    key += " |";
    for (const std::string& party : *list) key += " " + party;
  }
  Selection parties;  // the order is kept for them, whatever else is asked
  parties.between = selection.between;
  parties.of = selection.of;
  const auto order = call.context.sessions.kept<std::vector<LedgerPlace>>(key, [&] { return order_undertakings(call.database, parties); });
  const bool overdue = call.flag("overdue"), contradicted = call.flag("contradicted");
  const auto page = page_undertakings(call.database, *order, selection, asked->selection.on,
                                      {.limit = asked->options.limit, .overdue = overdue, .contradicted = contradicted, .sources = LedgerSources::newest, .stretch = asked->options.stretch});
  const bool all = selection.sector.empty() && selection.stage.empty() && selection.issue.empty() && selection.outlet.empty() && selection.since == 0 &&
                   selection.until == 0 && !overdue && !contradicted;
  call.page(page.rows, page.next, all ? std::optional(order->size()) : std::nullopt, [&](const LedgerEntry& row) { write_entry_row(row, call.json); });
  return {};
}

Result<void> answer_undertaking(Call& call) {
  const auto asked = call.selection();
  if (!asked) return tl::unexpected(asked.error());
  const std::string id = call.parameter("id");
  // Its hash is not in the store: they are worked out once.
  const auto entries = call.context.sessions.kept<std::unordered_map<std::string, std::int64_t>>("entries", [&] { return entries_by_id(call.database); });
  const auto found = entries->find(id);
  const std::int64_t number = found == entries->end() ? 0 : found->second;
  const auto entry = number == 0 ? std::nullopt : find_undertaking(call.database, number, asked->on);
  if (!entry) return fail(ErrorCode::not_found, "no undertaking ", id, " in the ledger");
  write_entry(*entry, call.json, SourceFields::full);
  return {};
}

Result<void> answer_matrix(Call& call) {
  const auto asked = list_of(call);
  if (!asked) return tl::unexpected(asked.error());
  Selection selection = asked->selection.selection;
  const Stretch& stretch = asked->options.stretch;
  // Nobody reads a matrix of thousands of people across: where no holder is named, those of whom most is reported.
  const bool everybody = selection.between.empty() && selection.of.empty(), on_any_issue = selection.issue.empty();
  const bool is_whole = everybody && on_any_issue && selection.outlet.empty() && selection.since == 0 && selection.until == 0;
  Holders holders;
  if (everybody && on_any_issue) {
    holders = *call.context.sessions.kept<Holders>("holders", [&] { return busiest_holders(call.database, 0, most_holders); });
    if (std::ssize(holders.first) < holders.all) selection.of = holders.first;
  }
  std::string key = "matrix " + std::to_string(selection.since) + " " + std::to_string(selection.until) + " " + selection.issue;
  for (const auto* list : {&selection.between, &selection.of}) {
    key += " |";
    for (const std::string& party : *list) key += " " + party;
  }
  const auto issues = call.context.sessions.kept<std::vector<IssueRow>>(key, [&] { return count_issues(call.database, selection); });
  // A page ends after a whole issue, so that a row of the matrix is never cut in two.
  std::size_t at = stretch.after ? static_cast<std::size_t>(stretch.after->item) : 0, cells = 0;
  call.json.begin_object().key("rows").begin_array();
  for (bool first = true; at < issues->size(); ++at, first = false) {
    if (!first && (cells >= asked->options.limit || std::chrono::steady_clock::now() >= stretch.until)) break;
    const std::int64_t issue = (*issues)[at].issue;
    if (everybody && !on_any_issue) {
      const Holders its = busiest_holders(call.database, issue, most_holders);
      selection.of = std::ssize(its.first) < its.all ? its.first : std::vector<std::string>();
      holders.all = std::max(holders.all, its.all);
    }
    const auto find = [&] { return find_stances_on(call.database, issue, selection, StanceSources::turns); };
    // The first issues have most reports, and everyone asks for them.
    const auto found = at < first_issues && is_whole ? call.context.sessions.kept<std::vector<MatrixCell>>("stances " + std::to_string(issue), find)
                                                     : std::make_shared<const std::vector<MatrixCell>>(find());
    for (const MatrixCell& cell : *found) write_cell_row(cell, call.json);
    cells += found->size();
  }
  call.json.end_array().key("holders");
  everybody ? call.json.integer(holders.all) : call.json.null();
  call.end_page(at >= issues->size() ? std::nullopt : std::optional(WalkPlace{.day = {}, .doc = 0, .item = static_cast<std::int64_t>(at)}), std::nullopt);
  return {};
}

Result<void> answer_cell(Call& call) {
  const std::string holder = call.parameter("holder"), key = call.parameter("issue_id");
  Selection selection;
  selection.of = {holder};
  const std::int64_t issue = find_issue(call.database, key);
  const auto cells = issue == 0 || holder.empty() ? std::vector<MatrixCell>() : find_stances_on(call.database, issue, selection, StanceSources::recent);
  if (cells.empty()) return fail(ErrorCode::not_found, "no stance of \"", holder, "\" on \"", key, "\" in the store");
  write_cell(cells.front(), call.json, SourceFields::full);
  return {};
}

}  // namespace dragoman::web
