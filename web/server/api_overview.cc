// Summary, pickers, sources, network, map.
#include <algorithm>

#include "dragoman/knowledge/words.h"
#include "dragoman/store/days.h"
#include "dragoman/store/matrix.h"
#include "dragoman/store/overview.h"
#include "dragoman/store/people.h"
#include "dragoman/view/listing_json.h"
#include "web/server/api.h"

namespace dragoman::web {
namespace {

constexpr std::size_t most_suggestions = 8;

/// Does a word of the text begin with what was asked, accents and case aside?
bool begins_word(std::string_view text, const std::string& asked) {
  return asked.empty() || (" " + fold(text)).find(" " + asked) != std::string::npos;
}

std::shared_ptr<const std::vector<PartyRow>> parties_of(Call& call) {
  return call.context.sessions.kept<std::vector<PartyRow>>("parties", [&] { return count_parties(call.database); });
}

std::shared_ptr<const std::vector<IssueRow>> issues_of(Call& call, const Selection& selection) {
  const std::string key = "issues " + std::to_string(selection.since) + " " + std::to_string(selection.until);
  const bool all = selection.between.empty() && selection.of.empty() && selection.issue.empty();
  if (!all) return std::make_shared<const std::vector<IssueRow>>(count_issues(call.database, selection));
  return call.context.sessions.kept<std::vector<IssueRow>>(key, [&] { return count_issues(call.database, selection); });
}

void write_party(const PartyRow& row, JsonWriter& json) {
  json.begin_object().key("party").string(row.party).key("name").string(row.name).key("kind").string(row.kind).key("stories").integer(row.stories).end_object();
}

void write_document(const DocumentRow& row, JsonWriter& json) {
  json.begin_object().key("doc").integer(row.doc).key("document").string(row.document).key("title").string_or_null(row.title);
  json.key("outlet").string_or_null(row.outlet).key("url").string_or_null(row.url).key("date").string_or_null(row.date);
  json.key("language").string_or_null(row.language).key("state").string(row.state).key("reason").string_or_null(row.reason);
  json.key("source").string(row.source).key("bytes").integer(row.bytes).key("cluster").integer(row.cluster).key("copies").integer(row.copies).end_object();
}

template <class Value>
void words_of(JsonWriter& json, std::string_view key, int size) {
  json.key(key).begin_array();
  for (int i = 0; i < size; ++i) json.string(to_string(static_cast<Value>(i)));
  json.end_array();
}

}  // namespace

Result<void> answer_summary(Call& call) {
  const auto counts = call.context.sessions.kept<StoreCounts>("summary", [&] { return count_store(call.database); });
  JsonWriter& json = call.json;
  json.begin_object().key("format").string("dragoman-api/1").key("version").string(DRAGOMAN_VERSION);
  json.key("store").string(call.context.sessions.path().filename().string());
  json.key("documents").integer(counts->documents).key("stories").integer(counts->stories).key("unread").integer(counts->unread);
  json.key("first").string_or_null(counts->first).key("last").string_or_null(counts->last).key("on").string_or_null(counts->last);
  json.key("counts").begin_object().key("statements").integer(counts->statements).key("events").integer(counts->events);
  json.key("commitments").integer(counts->commitments).key("positions").integer(counts->positions).key("undertakings").integer(counts->undertakings);
  json.key("issues").integer(counts->issues).key("actors").integer(counts->actors).key("reviews").integer(counts->reviews).end_object();
  json.key("engines").begin_array();
  for (const EngineIdentity& it : counts->engines)
    json.begin_object().key("version").string(it.version).key("model").string(it.model).key("knowledge").string(it.knowledge).end_object();
  json.end_array().key("read").boolean(call.context.reader.is_possible());
  json.key("limits").begin_object().key("read_bytes").integer(static_cast<std::int64_t>(call.context.read_bytes)).key("rows").integer(1000).end_object();
  const auto write_right = [&](std::string_view key, bool allowed) {
    json.key(key);
    if (allowed)
      json.begin_object().key("header").string("X-Dragoman-Write").key("token").string(call.context.guard.write_token()).end_object();
    else
      json.null();
  };
  write_right("review", call.context.allow_review);
  write_right("add", call.context.allow_add && call.context.reader.is_possible());
  json.end_object();
  return {};
}

Result<void> answer_vocabulary(Call& call) {
  JsonWriter& json = call.json;
  json.begin_object();
  words_of<Sector>(json, "sectors", static_cast<int>(Sector::other) + 1);
  words_of<Stage>(json, "stages", static_cast<int>(Stage::broken) + 1);
  json.key("event_types").begin_array();
  for (int i = 0; i <= static_cast<int>(EventType::assault); ++i) {
    const auto type = static_cast<EventType>(i);
    json.begin_object().key("type").string(to_string(type)).key("quad").string(to_string(quad_of(type))).end_object();
  }
  json.end_array();
  words_of<Quad>(json, "quads", static_cast<int>(Quad::material_conflict) + 1);
  words_of<Actuality>(json, "actualities", static_cast<int>(Actuality::did_not_happen) + 1);
  words_of<Polarity>(json, "polarities", static_cast<int>(Polarity::mixed) + 1);
  words_of<StanceAct>(json, "acts", static_cast<int>(StanceAct::thank) + 1);
  json.end_object();
  return {};
}

Result<void> answer_parties(Call& call) {
  const auto all = parties_of(call);
  const std::string asked = call.parameter("q"), words = fold(asked), kind = call.parameter("kind");
  std::vector<PartyRow> rows;
  for (const PartyRow& row : *all)
    if ((kind.empty() || row.kind == kind) && (row.party == asked || begins_word(row.name, words) || begins_word(row.party, words))) rows.push_back(row);
  return call.slice(rows, [&](const PartyRow& row) { write_party(row, call.json); });
}

Result<void> answer_partners(Call& call) {
  const auto asked = call.selection();
  if (!asked) return tl::unexpected(asked.error());
  if (asked->selection.of.size() != 1) return fail(ErrorCode::misuse, "of: one party, as in of=TUR");
  const std::string& party = asked->selection.of[0];
  const auto rows = call.context.sessions.kept<std::vector<PartyRow>>("partners " + party, [&] { return count_partners(call.database, party); });
  return call.slice(*rows, [&](const PartyRow& row) { write_party(row, call.json); });
}

Result<void> answer_people(Call& call) {
  const auto asked = call.selection();
  if (!asked) return tl::unexpected(asked.error());
  const Selection& selection = asked->selection;
  std::string key = "people " + std::to_string(selection.since) + " " + std::to_string(selection.until) + " " + selection.outlet;
  for (const auto* list : {&selection.between, &selection.of}) {
    key += " |";
    for (const std::string& party : *list) key += " " + party;
  }
  const auto people = call.context.sessions.kept<People>(key, [&] { return rank_people(call.database, selection); });
  // Who is in every third story takes a while to count: a page is kept, too.
  const auto complete = [&](std::vector<PersonRow>& rows) {
    std::string page = "whole " + key;
    for (const PersonRow& row : rows) page += " " + std::to_string(row.actor);
    rows = *call.context.sessions.kept<std::vector<PersonRow>>(page, [&] {
      std::vector<PersonRow> whole = rows;
      complete_people(call.database, *people, whole);
      return whole;
    });
  };
  const auto write = [&](const PersonRow& row) { write_person(row, call.json); };
  const std::string q = call.parameter("q"), words = fold(q);
  if (q.empty()) return call.slice(people->rows, write, complete);
  std::vector<PersonRow> rows;
  for (const PersonRow& row : people->rows)
    if (row.ref == q || begins_word(row.name, words)) rows.push_back(row);
  return call.slice(rows, write, complete);
}

Result<void> answer_outlets(Call& call) {
  const auto rows = call.context.sessions.kept<std::vector<OutletRow>>("outlets", [&] { return count_outlets(call.database); });
  return call.slice(*rows, [&](const OutletRow& row) {
    call.json.begin_object().key("outlet").string_or_null(row.outlet).key("documents").integer(row.documents).key("stories").integer(row.stories);
    call.json.key("unread").integer(row.unread).key("first").string_or_null(row.first).key("last").string_or_null(row.last).end_object();
  });
}

Result<void> answer_documents(Call& call) {
  const auto asked = call.selection();
  const auto limit = call.limit();
  const auto stretch = call.stretch();
  if (!asked) return tl::unexpected(asked.error());
  if (!limit) return tl::unexpected(limit.error());
  if (!stretch) return tl::unexpected(stretch.error());
  const std::string state = call.parameter("state");
  if (!state.empty() && state != "read" && state != "unread") return fail(ErrorCode::misuse, "state: read or unread");
  const auto page = page_documents(call.database, asked->selection, {.limit = *limit, .state = state, .duplicates = call.flag("duplicates"), .once = call.flag("once"), .with = call.parameter("with"), .stretch = *stretch});
  call.page(page.rows, page.next, std::nullopt, [&](const DocumentRow& row) { write_document(row, call.json); });
  return {};
}

Result<void> answer_network(Call& call) {
  const auto asked = call.selection();
  const auto limit = call.limit(200);
  if (!asked) return tl::unexpected(asked.error());
  if (!limit) return tl::unexpected(limit.error());
  std::string key = "network " + std::to_string(asked->selection.since) + " " + std::to_string(asked->selection.until);
  for (const std::string& party : asked->selection.of) key += " " + party;
  const auto edges = call.context.sessions.kept<std::vector<NetworkEdge>>(key, [&] { return find_network(call.database, asked->selection); });
  const std::size_t shown = std::min(edges->size(), *limit);
  std::map<std::string, std::int64_t> nodes;  // events of the edges that are shown
  for (std::size_t i = 0; i < shown; ++i)
    for (const std::string* party : {&(*edges)[i].a, &(*edges)[i].b}) nodes[*party] += (*edges)[i].counts.events();
  JsonWriter& json = call.json;
  json.begin_object().key("nodes").begin_array();
  for (const auto& [party, events] : nodes) {
    const PartyRow row = describe_party(call.database, party);
    json.begin_object().key("party").string(party).key("name").string(row.name).key("kind").string(row.kind).key("events").integer(events).end_object();
  }
  json.end_array().key("edges").begin_array();
  for (std::size_t i = 0; i < shown; ++i) {
    const NetworkEdge& edge = (*edges)[i];
    json.begin_object().key("a").string(edge.a).key("b").string(edge.b).key("events").integer(edge.counts.events());
    write_quads(edge.counts, json);
    json.key("claimed").integer(edge.counts.claimed).key("goldstein");
    edge.counts.scored == 0 ? json.null() : json.number(edge.counts.goldstein);
    json.end_object();
  }
  json.end_array().key("total").integer(static_cast<std::int64_t>(edges->size())).end_object();
  return {};
}

Result<void> answer_suggest(Call& call) {
  const std::string q = call.parameter("q"), words = fold(q);
  JsonWriter& json = call.json;
  json.begin_object();
  const auto list = [&](std::string_view key, const auto& rows, auto fits, auto write) {
    json.key(key).begin_array();
    std::size_t found = 0;
    if (!words.empty())
      for (const auto& row : rows)
        if (found < most_suggestions && fits(row)) ++found, write(row);
    json.end_array();
  };
  list("parties", *parties_of(call), [&](const PartyRow& row) { return row.party == q || begins_word(row.name, words); },
       [&](const PartyRow& row) { write_party(row, json); });
  const auto people = call.context.sessions.kept<People>("people 0 0  | |", [&] { return rank_people(call.database, {}); });
  list("people", people->rows, [&](const PersonRow& row) { return begins_word(row.name, words); }, [&](const PersonRow& row) {
    json.begin_object().key("ref").string(row.ref).key("name").string(row.name).key("party").string_or_null(row.party).end_object();
  });
  list("issues", *issues_of(call, {}), [&](const IssueRow& row) { return begins_word(row.key, words); }, [&](const IssueRow& row) {
    json.begin_object().key("issue_id").string(row.key).key("issue").string(name_issue(call.database, row.issue)).end_object();
  });
  json.end_object();
  return {};
}

Result<void> answer_issues(Call& call) {
  const auto asked = call.selection();
  if (!asked) return tl::unexpected(asked.error());
  const auto all = issues_of(call, asked->selection);
  const std::string words = fold(call.parameter("q"));
  std::vector<IssueRow> rows;
  for (const IssueRow& row : *all)
    if (begins_word(row.key, words)) rows.push_back(row);
  return call.slice(rows, [&](const IssueRow& row) {
    call.json.begin_object().key("issue_id").string(row.key).key("issue").string(name_issue(call.database, row.issue));
    call.json.key("catalogued").boolean(is_catalogued(call.database, row)).key("holders").integer(row.holders).key("reports").integer(row.reports).end_object();
  });
}

}  // namespace dragoman::web
