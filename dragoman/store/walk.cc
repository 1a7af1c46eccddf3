#include "dragoman/store/walk.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "dragoman/relations/events.h"
#include "dragoman/store/days.h"
#include "dragoman/store/items.h"

namespace dragoman {
namespace {

constexpr std::int64_t end_of_time = 99999999;

struct Layer {
  char letter;
  std::string_view table, key, begin;
};
constexpr Layer layers[] = {{'v', "events", "event", "coalesce(i.trigger_begin,i.sentence_begin)"},
                            {'s', "statements", "statement", "json_extract(i.content,'$[0][0]')"},
                            {'c', "commitments", "commitment", "coalesce(i.trigger_begin,i.sentence_begin)"},
                            {'p', "positions", "position", "coalesce(i.trigger_begin,i.sentence_begin)"}};

}  // namespace

void ItemWalk::Stream::step() {
  while (rest.empty()) {
    live = query.step();
    if (!live) return;
    day = query.text(0);
    key = doc = query.integer(1);
    if (layer == 'd') return;
    rest = parse_list(query.text(2));
  }
  const std::int64_t item = rest.back();
  rest.pop_back();
  key = item_of(doc, layer == 'v' ? number_of_listed(item) : item);
  if (layer == 'v') kind = to_string(static_cast<EventType>(type_of_listed(item)));
}

ItemWalk::ItemWalk(Database& database, const Selection& selection, char layer, std::string kind, Stretch stretch)
    : kind_(std::move(kind)), outlet_(selection.outlet), stretch_(std::move(stretch)) {
  const auto* of = std::find_if(std::begin(layers), std::end(layers), [&](const Layer& it) { return it.letter == layer; });
  const bool between = selection.between.size() >= 2;
  std::vector<std::pair<std::string, std::string>> parties;
  if (between)
    parties.push_back(std::pair<std::string, std::string>(std::minmax(selection.between[0], selection.between[1])));
  else
    for (const std::string& party : selection.of) parties.emplace_back(party, "");
  opens_documents_ = layer != 'd' && (parties.empty() || (between && layer == 's'));

  if (!outlet_.empty())
    from_outlet_ = database.prepare(layer == 'd' ? "SELECT 1 FROM documents d JOIN documents c ON c.cluster=d.cluster WHERE d.doc=? AND c.outlet=? COLLATE NOCASE"
                                                 : "SELECT 1 FROM " + std::string(of->table) + " i JOIN documents d ON d.doc=i.doc JOIN documents c ON "
                                                   "c.cluster=d.cluster WHERE i." + std::string(of->key) + "=? AND c.outlet=? COLLATE NOCASE");
  if (opens_documents_)
    items_ = database.prepare("SELECT " + std::string(of->key) + (layer == 'v' ? ",type" : ",''") + " FROM " + std::string(of->table) +
                              " i WHERE " + of_document(of->key) + " AND NOT EXISTS (SELECT 1 FROM corrections k WHERE k.doc=?1 AND k.verdict='reject' AND k.layer='" + layer +
                              "' AND k.begin=" + std::string(of->begin) + ") ORDER BY " + std::string(of->key) + " DESC");

  const WalkPlace start = stretch_.after.value_or(WalkPlace{});
  place_ = start;
  if (parties.empty()) {
    // coalesce: what has no day comes last. What comes before the start is passed over within the index.
    streams_.push_back({.query = database.prepare("SELECT coalesce(published,''),doc,'' FROM documents INDEXED BY documents_by_date JOIN told USING (doc) "
                                                  "WHERE coalesce(published,'')>=?1 AND coalesce(published,'')<?2 AND "
                                                  "(?3=0 OR coalesce(published,'')<?4 OR (coalesce(published,'')=?4 AND doc<=?5)) ORDER BY published DESC, doc DESC"),
                        .day = {}, .kind = {}, .rest = {}});
    bound_ = {to_date(selection.since), selection.until == 0 ? "9999" : to_date(selection.until) + "~", start.day};
    streams_[0].query.bind(1, bound_[0]).bind(2, bound_[1]).bind(3, std::int64_t{stretch_.after.has_value()}).bind(4, bound_[2]).bind(5, start.doc);
    streams_[0].step();
    return;
  }
  const char walked = opens_documents_ ? 'd' : layer;
  const std::string rows = walked == 'd' ? "'' FROM pairs JOIN concern_rows USING (pair) WHERE main AND"
                                         : (walked == 's' ? "statements FROM pairs JOIN concern_rows USING (pair) WHERE statements" : "events FROM pairs JOIN concern_rows USING (pair) WHERE events") + std::string(" IS NOT NULL AND");
  std::int64_t until = selection.until == 0 ? end_of_time : selection.until;
  if (stretch_.after) until = std::min<std::int64_t>(until, std::strtoll(start.day.c_str(), nullptr, 10));
  streams_.reserve(parties.size());
  for (const auto& [a, b] : parties) {
    Stream& stream = streams_.emplace_back();
    stream.layer = walked;
    stream.query = database.prepare("SELECT day,doc," + rows + " a=?1 AND b=?2 AND day BETWEEN ?3 AND ?4 ORDER BY day DESC, doc DESC");
    stream.query.bind(1, bound_.emplace_back(a)).bind(2, bound_.emplace_back(b)).bind(3, selection.since).bind(4, until);
    stream.step();
  }
}

bool ItemWalk::next_key() {
  for (;;) {
    Stream* newest = nullptr;
    for (Stream& stream : streams_)
      if (stream.live && (!newest || std::tie(stream.day, stream.key) > std::tie(newest->day, newest->key))) newest = &stream;
    if (!newest) return false;
    key_day_ = newest->day;
    key_kind_ = newest->kind;
    key_ = newest->key;
    for (Stream& stream : streams_)  // one item may concern several of the parties
      if (stream.live && stream.key == key_ && stream.day == key_day_) stream.step();
    if (!stretch_.after || key_day_ != stretch_.after->day) return true;
    if (key_ < stretch_.after->doc || (opens_documents_ && key_ == stretch_.after->doc)) return true;
  }
}

bool ItemWalk::wanted(std::int64_t item) {
  if (outlet_.empty()) return true;
  const bool found = from_outlet_.bind(1, item).bind(2, outlet_).step();
  from_outlet_.run();
  return found;
}

bool ItemWalk::next() {
  while (!ended_) {
    // However late it is, it gets on by one.
    if (place_ != stretch_.after.value_or(WalkPlace{}) && std::chrono::steady_clock::now() >= stretch_.until) return false;
    if (!opens_documents_) {
      if (!next_key()) break;
      place_ = {key_day_, key_, key_};
      if ((kind_.empty() || key_kind_ == kind_) && wanted(key_)) return true;
      continue;
    }
    if (found_.empty()) {
      if (!next_key()) break;
      // Of the document in which the walk was left, only what comes after that item.
      const std::int64_t seen = stretch_.after && stretch_.after->doc == key_ && stretch_.after->day == key_day_ ? stretch_.after->item : 0;
      place_ = {key_day_, key_, seen};
      items_.bind(1, key_);
      while (items_.step())
        if (items_.integer(0) > seen && (kind_.empty() || items_.text(1) == kind_)) found_.emplace_back(items_.integer(0), items_.text(1));
      continue;
    }
    place_ = {key_day_, key_, found_.back().first};
    key_kind_ = std::move(found_.back().second);
    found_.pop_back();
    if (wanted(place_.item)) return true;
  }
  ended_ = true;
  return false;
}

std::optional<WalkPlace> ItemWalk::rest() {
  WalkPlace here = place_;
  if (!next() && ended_) return std::nullopt;
  return here;
}

}  // namespace dragoman
