#include "dragoman/relations/event_depth.h"

#include <algorithm>
#include <stdexcept>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/relations/parties.h"

namespace dragoman {
namespace {

/// A line of depth.tsv.
struct Line {
  std::string_view on_mode;  ///< "" any
  std::string_view from;     ///< beginning of the code; "" any
  std::vector<std::vector<std::string_view>> words;
  std::optional<std::string_view> mode;  ///< none: as it is
  std::string_view cameo;
};

// By type. The embedded table is ours: a mistake in it is a mistake in the program.
const std::vector<Line>& lines_of(EventType type) {
  static const std::vector<std::vector<Line>> loaded = [] {
    std::vector<std::vector<Line>> made(static_cast<std::size_t>(EventType::assault) + 1);
    const auto rows = parse_tsv(embedded_data("events/depth.tsv"), "events/depth.tsv", {"on", "from", "words", "mode", "cameo", "reason"});
    if (!rows) throw std::logic_error(rows.error().message);
    for (const TsvRow& row : rows->rows) {
      const std::size_t slash = std::min(row.cells[0].find('/'), row.cells[0].size());
      const auto of = event_type_of(row.cells[0].substr(0, slash));
      if (!of) throw std::logic_error("events/depth.tsv:" + std::to_string(row.line) + ": unknown type");
      Line line;
      if (slash < row.cells[0].size()) line.on_mode = row.cells[0].substr(slash + 1);
      if (row.cells[1] != "-") line.from = row.cells[1];
      for (const std::string_view words : split(row.cells[2], ',')) line.words.push_back(split(words, ' '));
      if (row.cells[3] != "=") line.mode = row.cells[3];
      line.cameo = row.cells[4];
      made[static_cast<std::size_t>(*of)].push_back(std::move(line));
    }
    return made;
  }();
  return loaded[static_cast<std::size_t>(type)];
}

// Words that demand; the embedded table is ours: see above.
const std::vector<std::string_view>& insistent_words() {
  static const std::vector<std::string_view> loaded = [] {
    std::vector<std::string_view> made;
    const auto rows = parse_tsv(embedded_data("events/insistence.tsv"), "events/insistence.tsv", {"word", "reason"});
    if (!rows) throw std::logic_error(rows.error().message);
    for (const TsvRow& row : rows->rows) made.push_back(row.cells[0]);
    return made;
  }();
  return loaded;
}

/// "demanded", "must", "an ultimatum": no refusal is left open.
bool insists(const Document& document, const Unit& unit) {
  const auto is_insistent = [](std::string_view word) {
    return std::find(insistent_words().begin(), insistent_words().end(), word) != insistent_words().end();
  };
  for (const TokenIndex word : unit.chain) {
    if (is_insistent(document[word].lemma)) return true;
    if (is_verb(document[word]) && is_insistent(predicate_at(document, word).modal)) return true;
  }
  return false;
}

bool fits(const Token& token, std::string_view word) { return token.lemma == word || token.lower == word; }

}  // namespace

namespace {

void refine(const Document& document, const Entities& entities, const Unit& unit, Event& event) {
  const std::vector<Line>& lines = lines_of(event.type);
  if (lines.empty()) return;
  const TokenSpan clause = unit.nominal ? phrase_of(document, unit.top, true) : clause_of(document, unit.top);
  TokenSpan subject{0, 0};
  if (!unit.nominal)
    if (const TokenIndex agent = agent_of(document, unit.top); agent != no_token && clause.contains(agent))
      subject = agent < unit.top ? document.subtree(agent) : phrase_of(document, agent, true);  // with "which hosted earlier talks"
  std::vector<bool> of_partner(clause.size(), false);  // "ties with Peru's prosecutors" are no judicial ones
  const bool joint = event.cameo == "030" || event.cameo == "031" || event.type == EventType::cooperate;
  if (joint)
    for (const Mention* mention : entities.inside(clause))
      if (document[mention->head].dep == Dep::pobj && overlap(mention->entities, event.recipients))
        for (TokenIndex i = mention->tokens.begin; i < mention->tokens.end; ++i) of_partner[i - clause.begin] = true;
  std::vector<TokenIndex> words;
  for (TokenIndex i = clause.begin; i < clause.end; ++i)
    if (!subject.contains(i) && !of_partner[i - clause.begin] && document[i].pos != Pos::punct) words.push_back(i);
  const auto holds = [&](const std::vector<std::string_view>& phrase) {
    for (std::size_t i = 0; i + phrase.size() <= words.size(); ++i) {
      bool all = true;
      for (std::size_t j = 0; j < phrase.size() && all; ++j) all = fits(document[words[i + j]], phrase[j]);
      if (all) return true;
    }
    return false;
  };
  // "opposed the sanctions" yields nothing; "refused to lift the sanctions" does
  const EventType core = unit.verdict.core->type;
  const bool opposes_conflict = event.type == EventType::reject && event.mode.empty() && (core == EventType::coerce || core == EventType::sanction);
  for (const Line& line : lines) {
    if (!line.on_mode.empty() && line.on_mode != event.mode) continue;
    if (!event.cameo.starts_with(line.from)) continue;
    if (std::none_of(line.words.begin(), line.words.end(), holds)) continue;
    if (line.mode == "yield" && opposes_conflict) continue;
    if (line.mode) event.mode = *line.mode;
    event.cameo = line.cameo;
    return;
  }
}

}  // namespace

void deepen(const Document& document, const Entities& entities, const Unit& unit, Event& event) {
  refine(document, entities, unit, event);
  // CAMEO numbers what is appealed for (02) and what is demanded (10) alike
  if (event.type == EventType::request && event.cameo.starts_with("10") && !insists(document, unit)) event.cameo.replace(0, 2, "02");
}

}  // namespace dragoman
