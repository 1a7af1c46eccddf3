#include "dragoman/store/review.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "dragoman/base/json.h"
#include "dragoman/store/findings.h"
#include "dragoman/store/items.h"
#include "dragoman/store/ledger.h"

namespace dragoman {
namespace {

constexpr std::string_view verdicts[] = {"accept", "reject", "merge", "split"};

/// Where a finding stands.
struct Anchor {
  std::string sha256;
  char layer = 'c';
  ByteSpan span;
  std::int64_t doc = 0;
};

/// The columns that say where the findings of a layer stand: key, table, begin, end.
struct Layer {
  char letter;
  std::string_view table, key, begin, end;
};
constexpr Layer layers[] = {
    {'v', "events", "event", "coalesce(trigger_begin,sentence_begin)", "coalesce(trigger_end,sentence_end)"},
    {'c', "commitments", "commitment", "coalesce(trigger_begin,sentence_begin)", "coalesce(trigger_end,sentence_end)"},
    {'p', "positions", "position", "coalesce(trigger_begin,sentence_begin)", "coalesce(trigger_end,sentence_end)"},
    {'s', "statements", "statement", "json_extract(content,'$[0][0]')", "json_extract(content,'$[0][1]')"}};

const Layer* layer_of(char letter) {
  const auto* found = std::find_if(std::begin(layers), std::end(layers), [&](const Layer& it) { return it.letter == letter; });
  return found == std::end(layers) ? nullptr : found;
}

std::string to_json(const std::vector<Anchor>& anchors) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const Anchor& anchor : anchors)
    json.begin_array().string(anchor.sha256).string(std::string_view(&anchor.layer, 1)).integer(anchor.span.begin).integer(anchor.span.end).end_array();
  json.end_array();
  return text;
}

/// "DOCUMENT:c3"
Result<Anchor> anchor_of_finding(Database& database, const std::string& id) {
  const std::size_t colon = id.rfind(':');
  const Layer* layer = colon == std::string::npos || colon + 2 > id.size() ? nullptr : layer_of(id[colon + 1]);
  std::int64_t number = 0;
  if (layer) std::from_chars(id.data() + colon + 2, id.data() + id.size(), number);
  if (number == 0) return fail(ErrorCode::misuse, "\"", id, "\" is no finding; write DOCUMENT:c3 (c undertaking, v event, p position, s quote), as the lists show it");
  Query query = database.prepare("SELECT d.doc,sha256," + std::string(layer->begin) + "," + std::string(layer->end) + " FROM documents d JOIN " + std::string(layer->table) +
                                 " i ON i." + std::string(layer->key) + "=(d.doc<<" + std::to_string(item_bits) + "|?2) WHERE d.id=?1");
  const std::string document = id.substr(0, colon);
  Anchor anchor;
  anchor.layer = layer->letter;
  const bool found = query.bind(1, document).bind(2, number).step();
  if (found) {
    anchor.doc = query.integer(0);
    anchor.sha256 = query.text(1);
    anchor.span = {static_cast<std::uint32_t>(query.integer(2)), static_cast<std::uint32_t>(query.integer(3))};
  }
  query.run();
  if (!found) return fail(ErrorCode::not_found, "no finding ", id, " in the store");
  return anchor;
}

Result<std::vector<Anchor>> anchors_of_entry(Database& database, const std::string& id) {
  const std::int64_t entry = find_entry(database, id);
  if (entry == 0) return fail(ErrorCode::not_found, "no undertaking ", id, " in the ledger; `dragoman ledger` lists them");
  Query query = database.prepare("SELECT d.doc,sha256,coalesce(trigger_begin,sentence_begin),coalesce(trigger_end,sentence_end) FROM wordings JOIN tellings USING (wording) "
                                 "JOIN commitments c ON commitment=item JOIN documents d ON d.doc=c.doc WHERE entry=? ORDER BY day,sha256,n");
  std::vector<Anchor> anchors;
  query.bind(1, entry);
  while (query.step())
    anchors.push_back({.sha256 = std::string(query.text(1)),
                       .layer = 'c',
                       .span = {static_cast<std::uint32_t>(query.integer(2)), static_cast<std::uint32_t>(query.integer(3))},
                       .doc = query.integer(0)});
  return anchors;
}

bool is_entry(const std::string& id) { return id.size() == 9 && id[0] == 'u' && id.find_first_not_of("0123456789abcdef", 1) == std::string::npos; }

Result<std::vector<Anchor>> anchors_of(Database& database, const std::string& id) {
  if (is_entry(id)) return anchors_of_entry(database, id);
  auto anchor = anchor_of_finding(database, id);
  if (!anchor) return tl::unexpected(anchor.error());
  return std::vector<Anchor>{std::move(*anchor)};
}

/// The anchors as the log holds them: [["sha256","c",1,2],...]; of one document where it is given.
std::vector<Anchor> logged_anchors(Database& database, std::int64_t review, std::int64_t doc) {
  Query query = database.prepare("SELECT json_extract(value,'$[0]'),json_extract(value,'$[1]'),json_extract(value,'$[2]'),json_extract(value,'$[3]'),d.doc "
                                 "FROM reviews, json_each(anchors) JOIN documents d ON d.sha256=json_extract(value,'$[0]') WHERE review=?1 AND (?2=0 OR d.doc=?2)");
  std::vector<Anchor> anchors;
  query.bind(1, review).bind(2, doc);
  while (query.step()) {
    const std::string_view letter = query.text(1);
    anchors.push_back({.sha256 = std::string(query.text(0)),
                       .layer = letter.empty() ? 'c' : letter[0],
                       .span = {static_cast<std::uint32_t>(query.integer(2)), static_cast<std::uint32_t>(query.integer(3))},
                       .doc = query.integer(4)});
  }
  return anchors;
}

/// Where the finding at an anchor stands now: that with the most bytes in common.
std::optional<ByteSpan> find_again(Database& database, const Anchor& anchor) {
  const Layer* layer = layer_of(anchor.layer);
  if (!layer) return std::nullopt;
  Query query = database.prepare("SELECT " + std::string(layer->begin) + "," + std::string(layer->end) + " FROM " + std::string(layer->table) + " WHERE " + of_document(layer->key) + " ORDER BY " + std::string(layer->key));
  std::optional<ByteSpan> best;
  std::uint32_t most = 0;
  query.bind(1, anchor.doc);
  while (query.step()) {
    const ByteSpan span{static_cast<std::uint32_t>(query.integer(0)), static_cast<std::uint32_t>(query.integer(1))};
    const std::uint32_t begin = std::max(span.begin, anchor.span.begin), end = std::min(span.end, anchor.span.end);
    if (begin < end && end - begin > most) best = span, most = end - begin;
  }
  return best;
}

std::string tag_of(std::int64_t review) { return "r" + std::to_string(review); }

/// The wordings that the anchors' undertakings have now, each once.
std::vector<std::string> keys_of(Database& database, const std::vector<Anchor>& anchors) {
  Query query = database.prepare("SELECT key FROM commitments c JOIN tellings ON item=commitment JOIN wordings USING (wording) WHERE " + of_document("commitment") +
                                 " AND coalesce(trigger_begin,sentence_begin)=?2");
  std::vector<std::string> keys;
  for (const Anchor& anchor : anchors) {
    const auto span = find_again(database, anchor);
    if (!span) continue;
    if (query.bind(1, anchor.doc).bind(2, std::int64_t{span->begin}).step())
      if (std::string key(query.text(0)); std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
    query.run();
  }
  return keys;
}

}  // namespace

std::string_view to_string(Verdict verdict) { return verdicts[static_cast<std::size_t>(verdict)]; }

std::optional<Verdict> verdict_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(verdicts); ++i)
    if (verdicts[i] == name) return static_cast<Verdict>(i);
  return std::nullopt;
}

void reapply_reviews(Database& database, std::int64_t doc) {
  Query clear = database.prepare("DELETE FROM corrections WHERE doc=?");
  clear.bind(1, doc).run();
  Query add = database.prepare("INSERT OR IGNORE INTO corrections (doc,layer,begin,end,verdict,tag) VALUES (?,?,?,?,?,?)");
  Query drop = database.prepare("DELETE FROM corrections WHERE doc=? AND layer=? AND begin=? AND end=? AND verdict=?");
  std::vector<std::pair<std::int64_t, std::string>> log;
  Query reviews = database.prepare("SELECT DISTINCT review,verdict FROM reviews, json_each(anchors) WHERE verdict<>'merge' AND "
                                   "json_extract(value,'$[0]')=(SELECT sha256 FROM documents WHERE doc=?) ORDER BY review");
  reviews.bind(1, doc);
  while (reviews.step()) log.emplace_back(reviews.integer(0), reviews.text(1));
  for (const auto& [review, verdict] : log)
    for (const Anchor& anchor : logged_anchors(database, review, doc)) {
      const auto span = find_again(database, anchor);
      if (!span) continue;
      const std::string_view layer(&anchor.layer, 1);
      const auto place = [&](Query& query) -> Query& { return query.bind(1, doc).bind(2, layer).bind(3, std::int64_t{span->begin}).bind(4, std::int64_t{span->end}); };
      // The later word of accept and reject counts.
      if (verdict == "accept") place(drop).bind(5, std::string_view("reject")).run();
      if (verdict == "reject") place(drop).bind(5, std::string_view("accept")).run();
      const std::string tag = verdict == "split" ? tag_of(review) : "";
      place(add).bind(5, verdict == "split" ? std::string_view("apart") : std::string_view(verdict)).bind(6, tag).run();
    }
}

void reapply_merges(Store& store) {
  store.derived().finish();  // the wordings of what was read anew
  Database& database = store.database();
  std::vector<std::int64_t> merges;
  Query reviews = database.prepare("SELECT review FROM reviews WHERE verdict='merge' ORDER BY review");
  while (reviews.step()) merges.push_back(reviews.integer(0));
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::int64_t review : merges) {
    const std::vector<std::string> keys = keys_of(database, logged_anchors(database, review, 0));
    for (std::size_t i = 1; i < keys.size(); ++i) pairs.emplace_back(keys[0], keys[i]);
  }
  store.derived().set_joins(pairs);
}

Result<std::string> record_review(Store& store, const Review& review) {
  Database& database = store.database();
  auto anchors = anchors_of(database, review.id);
  if (!anchors) return tl::unexpected(anchors.error());
  std::string id = review.id;
  if (review.verdict == Verdict::merge) {
    if (!is_entry(review.id) || review.others.empty()) return fail(ErrorCode::misuse, "merge takes entries of the ledger: review DB u1a2b3c4d merge u5e6f7a8b");
    anchors->resize(1);
    for (const std::string& other : review.others) {
      auto more = anchors_of_entry(database, other);
      if (!more) return tl::unexpected(more.error());
      if (find_entry(database, other) == find_entry(database, review.id)) return fail(ErrorCode::misuse, other, " and ", review.id, " are one entry already");
      anchors->push_back(more->front());
    }
  } else if (review.verdict == Verdict::split) {
    if (!is_entry(review.id) || review.others.empty()) return fail(ErrorCode::misuse, "split takes an entry and the findings to set apart: review DB u1a2b3c4d split DOCUMENT:c3");
    std::vector<Anchor> apart;
    for (const std::string& other : review.others) {
      auto finding = anchor_of_finding(database, other);
      if (!finding) return tl::unexpected(finding.error());
      const bool of_entry = std::any_of(anchors->begin(), anchors->end(), [&](const Anchor& it) { return it.doc == finding->doc && it.span == finding->span; });
      if (!of_entry) return fail(ErrorCode::misuse, other, " is no report of ", review.id);
      apart.push_back(std::move(*finding));
    }
    if (apart.size() >= anchors->size()) return fail(ErrorCode::misuse, "these are all reports of ", review.id, "; leave one");
    *anchors = std::move(apart);
  } else if (!review.others.empty()) {
    return fail(ErrorCode::misuse, to_string(review.verdict), " takes one id");
  }
  for (const std::string& other : review.others) id += " " + other;

  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return tl::unexpected(begun.error());
  {
    const std::string where = to_json(*anchors);
    Query insert = database.prepare("INSERT INTO reviews (at,reviewer,verdict,id,anchors,note) VALUES (?,?,?,?,?,?)");
    insert.bind(1, review.at).bind_text_or_null(2, review.reviewer).bind(3, to_string(review.verdict)).bind(4, id).bind(5, where);
    insert.bind_text_or_null(6, review.note).run();
    if (review.verdict == Verdict::merge) {
      reapply_merges(store);
    } else {
      std::set<std::int64_t> docs;
      for (const Anchor& anchor : *anchors) docs.insert(anchor.doc);
      for (const std::int64_t doc : docs) {
        store.derived().remove(doc);
        reapply_reviews(database, doc);
        store.derived().refresh(doc);
      }
    }
    store.derived().finish();
  }
  if (auto ok = database.check(); !ok) {
    (void)database.execute("ROLLBACK");
    return tl::unexpected(ok.error());
  }
  if (auto done = database.execute("COMMIT"); !done) return tl::unexpected(done.error());
  constexpr std::string_view done[] = {"accepted", "rejected", "merged", "set apart"};
  return id + ": " + std::string(done[static_cast<std::size_t>(review.verdict)]);
}

std::vector<LoggedReview> list_reviews(Database& database) {
  std::vector<LoggedReview> log;
  Query query = database.prepare("SELECT review,at,reviewer,verdict,id,note FROM reviews ORDER BY review");
  while (query.step()) {
    LoggedReview logged;
    logged.number = query.integer(0);
    logged.review.at = query.text(1);
    logged.review.reviewer = query.text(2);
    logged.review.verdict = verdict_of(query.text(3)).value_or(Verdict::accept);
    logged.review.id = query.text(4);
    logged.review.note = query.text(5);
    log.push_back(std::move(logged));
  }
  return log;
}

}  // namespace dragoman
