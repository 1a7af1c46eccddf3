#include "dragoman/store/selection_words.h"

#include <algorithm>

#include "dragoman/base/locate.h"
#include "dragoman/knowledge/knowledge.h"
#include "dragoman/relations/commitments.h"
#include "dragoman/store/days.h"
#include "dragoman/store/ledger.h"

namespace dragoman {
namespace {

/// "2025-11-30", "2025-11", "2025" -> its first or last day.
Result<std::int64_t> parse_day(const std::string& word, bool last, std::string_view option) {
  if (word.empty()) return 0;
  std::string full = word;
  if (word.size() == 4) full += last ? "-12-31" : "-01-01";
  if (word.size() == 7) full += last ? "-31" : "-01";
  const std::int64_t day = full.size() == 10 ? day_of(full) : 0;
  if (day == 0) return fail(ErrorCode::misuse, option, ": \"", word, "\" is no day; write 2025-11-30, 2025-11 or 2025");
  return day;
}

bool is_code(const std::string& word) {
  return word.size() == 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string first_text(Query query) {
  std::string text;
  if (query.step()) text = query.text(0);
  query.run();
  return text;
}

/// By a ref or the name of a party that the store has met.
std::string party_in_store(Database& database, const std::string& word) {
  Query query = database.prepare("SELECT ref FROM actors WHERE (ref=?1 OR name=?1 COLLATE NOCASE OR (kind='state' AND ref=upper(?1))) "
                                 "AND kind IN ('state','intergovernmental_body','armed_group','people','organisation','party','company') "
                                 "ORDER BY kind<>'state', ref LIMIT 1");
  query.bind(1, word);
  return first_text(std::move(query));
}

}  // namespace

Result<std::string> resolve_party(Database& database, const std::string& word, const std::filesystem::path& knowledge_file) {
  if (is_code(word)) return word;
  if (std::string found = party_in_store(database, word); !found.empty()) return found;
  const auto path = locate_resource("dragoman.knowledge", knowledge_file, "--knowledge-file", "DRAGOMAN_KNOWLEDGE");
  if (!path) return fail(ErrorCode::not_found, "\"", word, "\": no state or organisation of that name in the store; ", path.error().message);
  const auto knowledge = Knowledge::open(*path);
  if (!knowledge) return tl::unexpected(knowledge.error());
  // A name before a demonym ("Turkish"), and that before a city that stands for a government.
  std::string best;
  int best_rank = 3;
  for (const KnownAlias& alias : knowledge->aliases_of_text(word)) {
    const KnownEntity entity = (*knowledge)[alias.entity];
    const bool state = entity.kind == "state";
    if (!state && (entity.kind == "person" || entity.kind == "place" || entity.kind == "office" || !entity.country.empty())) continue;
    const int rank = alias.implied || alias.kind == AliasKind::metonym ? 2 : alias.kind == AliasKind::demonym ? 1 : 0;
    if (rank > best_rank || (rank == best_rank && !(state && best.find(':') != std::string::npos))) continue;
    best = entity.id;
    best_rank = rank;
  }
  if (best.empty()) return fail(ErrorCode::misuse, "\"", word, "\": no state or organisation of that name is known; give its ISO code (ISL)");
  return best;
}

Result<AskedSelection> parse_selection(Database& database, const SelectionWords& words, const std::filesystem::path& knowledge) {
  AskedSelection query;
  Selection& selection = query.selection;
  for (const std::string& word : words.between) {
    auto party = resolve_party(database, word, knowledge);
    if (!party) return tl::unexpected(party.error());
    selection.between.push_back(std::move(*party));
  }
  if (selection.between.size() == 2 && selection.between[0] == selection.between[1])
    return fail(ErrorCode::misuse, "--between: ", selection.between[0], " twice; name two parties, or use --of");
  for (std::size_t at = 0; at < words.of.size();) {
    const std::size_t end = std::min(words.of.find(',', at), words.of.size());
    std::string word = words.of.substr(at, end - at);
    word.erase(0, word.find_first_not_of(' '));
    auto party = resolve_party(database, word, knowledge);
    if (!party) return tl::unexpected(party.error());
    selection.of.push_back(std::move(*party));
    at = end + 1;
  }
  if (!words.sector.empty() && !sector_of(words.sector)) return fail(ErrorCode::misuse, "--sector: \"", words.sector, "\" is no sector");
  if (!words.stage.empty() && !stage_of(words.stage)) return fail(ErrorCode::misuse, "--stage: \"", words.stage, "\" is no stage");
  selection.sector = words.sector;
  selection.stage = words.stage;
  selection.issue = words.issue;
  selection.outlet = words.outlet;
  const auto since = parse_day(words.since, false, "--since"), until = parse_day(words.until, true, "--until"), on = parse_day(words.on, true, "--on");
  for (const auto* day : {&since, &until, &on})
    if (!*day) return tl::unexpected(day->error());
  if (*since != 0 && *until != 0 && *since > *until)
    return fail(ErrorCode::misuse, "--since: ", words.since, " is after the last day, ", words.until);
  selection.since = *since;
  selection.until = *until;
  query.on = *on != 0 ? *on : newest_day(database);
  if (*on == 0 && *until != 0) query.on = std::min(query.on, *until);
  if (auto ok = database.check(); !ok) return tl::unexpected(ok.error());
  return query;
}

}  // namespace dragoman
