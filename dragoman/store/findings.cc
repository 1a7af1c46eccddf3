#include "dragoman/store/findings.h"

#include <algorithm>
#include <charconv>

#include "dragoman/base/tsv.h"
#include "dragoman/store/items.h"
#include "dragoman/store/walk.h"

namespace dragoman {
std::vector<std::vector<std::optional<double>>> parse_numbers(std::string_view json) {
  std::vector<std::vector<std::optional<double>>> rows;
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (c == '"') {  // words beside the numbers: no word of ours has a quote in it
      at = std::min(json.find('"', at + 1), json.size() - 1) + 1;
    } else if (c == '[') {
      rows.emplace_back();
      ++at;
    } else if (json.substr(at).starts_with("null")) {
      if (!rows.empty()) rows.back().emplace_back();
      at += 4;
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      double number = 0;
      const auto [end, error] = std::from_chars(json.data() + at, json.data() + json.size(), number);
      if (!rows.empty()) rows.back().emplace_back(number);
      at = static_cast<std::size_t>(end - json.data());
    } else {
      ++at;
    }
  }
  if (!rows.empty()) rows.erase(rows.begin());  // the outer bracket
  return rows;
}

std::vector<StoredPlace> parse_places(std::string_view json) {
  std::vector<StoredPlace> places;
  const auto rows = parse_numbers(json);
  std::size_t at = 1;  // after the outer bracket
  for (const auto& row : rows) {
    const std::size_t begin = std::min(json.find('[', at), json.size()), end = std::min(json.find(']', begin), json.size());
    at = end + 1;
    if (row.empty() || !row[0]) continue;
    StoredPlace place{.actor = static_cast<std::int64_t>(*row[0]), .latitude = {}, .longitude = {}, .role = {}, .precision = {}};
    if (row.size() > 2) place.latitude = row[1], place.longitude = row[2];
    std::string_view words = json.substr(begin, end - begin);
    for (std::string* word : {&place.role, &place.precision}) {
      const std::size_t open = words.find('"');
      if (open == std::string_view::npos) break;
      const std::size_t close = std::min(words.find('"', open + 1), words.size());
      *word = words.substr(open + 1, close - open - 1);
      words.remove_prefix(std::min(close + 1, words.size()));
    }
    places.push_back(std::move(place));
  }
  return places;
}

std::vector<ByteSpan> parse_spans(std::string_view json) {
  std::vector<ByteSpan> spans;
  for (const auto& row : parse_numbers(json))
    if (row.size() == 2 && row[0] && row[1]) spans.push_back({static_cast<std::uint32_t>(*row[0]), static_cast<std::uint32_t>(*row[1])});
  return spans;
}

ByteSpan sentence_around(std::string_view text, std::size_t at) {
  const auto ends = [&](std::size_t i) {  // a sentence ends before byte i
    if (text[i - 1] == '\n') return true;
    return i >= 2 && text[i - 1] == ' ' && (text[i - 2] == '.' || text[i - 2] == '?' || text[i - 2] == '!');
  };
  std::size_t begin = std::min(at, text.size());
  while (begin > 0 && !ends(begin)) --begin;
  std::size_t end = std::min(at + 1, text.size());
  while (end < text.size() && !ends(end)) ++end;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

Findings::Findings(Database& database)
    : sources_(database),
      event_(database.prepare("SELECT doc,n,type,mode,quad,cameo,actuality,contexts,goldstein,voice,when_from,when_to,when_precision,places,"
                              "sentence_begin,sentence_end,when_basis,actors,recipients FROM events WHERE event=?")),
      statement_(database.prepare("SELECT doc,n,kind,denied,occasion,content,cue_begin,cue_end,speakers,addressees FROM statements WHERE statement=?")),
      entity_(database.prepare("SELECT ref,coalesce(entities.name,actors.name),office,kind,state FROM entities JOIN actors USING (actor) WHERE doc=? AND entity=?")),
      place_(database.prepare("SELECT name FROM actors WHERE actor=?")),
      text_(database.prepare("SELECT substr(CAST(text AS BLOB),?2+1,?3-?2) FROM documents WHERE doc=?1")) {}

std::vector<Participant> Findings::participants(std::int64_t doc, std::string_view numbers) {
  std::vector<Participant> list;
  for (const std::int64_t number : parse_list(numbers)) {
    if (entity_.bind(1, doc).bind(2, number).step())
      list.push_back({.ref = std::string(entity_.text(0)),
                      .name = std::string(entity_.text(1)),
                      .office = std::string(entity_.text(2)),
                      .kind = std::string(entity_.text(3)),
                      .party = party_of(entity_.text(0), entity_.text(3), entity_.text(4))});
    entity_.run();
  }
  return list;
}

EventReport Findings::event(std::int64_t event) {
  EventReport report;
  event_.bind(1, event);
  if (!event_.step()) return report;
  const std::int64_t doc = event_.integer(0), n = event_.integer(1), voice = event_.integer(9);
  report.type = event_.text(2);
  report.mode = event_.text(3);
  report.quad = event_.text(4);
  report.cameo = event_.text(5);
  report.actuality = event_.text(6);
  const auto contexts = split(event_.text(7), ';');
  report.contexts.assign(contexts.begin(), contexts.end());
  if (!event_.is_null(8)) report.goldstein = event_.number(8);
  if (event_.text(16) != "tense") {  // bounds that follow from the tense alone are not told
    report.from = event_.text(10);
    report.to = event_.text(11);
    report.precision = event_.text(12);
  }
  const std::vector<StoredPlace> places = parse_places(event_.text(13));
  const ByteSpan sentence{static_cast<std::uint32_t>(event_.integer(14)), static_cast<std::uint32_t>(event_.integer(15))};
  const std::string actors(event_.text(17)), recipients(event_.text(18));
  event_.run();
  for (const StoredPlace& place : places) {
    if (place.role == "subject") continue;  // what it is about is not where it is
    if (place_.bind(1, place.actor).step()) report.places.emplace_back(place_.text(0));
    place_.run();
    if (!report.latitude) report.latitude = place.latitude, report.longitude = place.longitude;
  }
  report.actors = participants(doc, actors);
  report.recipients = participants(doc, recipients);
  report.source = sources_.of(doc, "v" + std::to_string(n), voice, sentence);
  return report;
}

QuoteReport Findings::quote(std::int64_t statement) {
  QuoteReport report;
  statement_.bind(1, statement);
  if (!statement_.step()) return report;
  const std::int64_t doc = statement_.integer(0), n = statement_.integer(1);
  report.kind = statement_.text(2);
  report.denied = statement_.integer(3) != 0;
  report.occasion = statement_.text(4);
  report.content = parse_spans(statement_.text(5));
  const bool has_cue = !statement_.is_null(6);
  const std::int64_t cue_begin = statement_.integer(6), cue_end = statement_.integer(7);
  const std::string speakers(statement_.text(8)), addressees(statement_.text(9));
  statement_.run();
  const auto words = [&](std::int64_t begin, std::int64_t end) {
    std::string text;
    if (text_.bind(1, doc).bind(2, begin).bind(3, end).step()) text = text_.text(0);
    text_.run();
    return text;
  };
  if (has_cue) report.cue = words(cue_begin, cue_end);
  for (const ByteSpan span : report.content) report.words.append(report.words.empty() ? "" : " … ").append(words(span.begin, span.end));
  report.speakers = participants(doc, speakers);
  report.addressees = participants(doc, addressees);
  const ByteSpan all = report.content.empty() ? ByteSpan{} : ByteSpan{report.content.front().begin, report.content.back().end};
  report.source = sources_.of(doc, "s" + std::to_string(n), n, all);
  return report;
}

void walk_items(Database& database, const Selection& selection, char layer, const std::string& kind, const std::function<bool(std::int64_t)>& take) {
  ItemWalk walk(database, selection, layer, kind);
  while (walk.next())
    if (!take(walk.item())) return;
}

}  // namespace dragoman
