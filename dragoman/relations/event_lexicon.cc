#include "dragoman/relations/event_lexicon.h"

#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/relations/clauses.h"

namespace dragoman {
namespace {

constexpr std::array<std::string_view, 11> sense_names = {"act",      "do",     "undo",  "refuse", "demand", "promise",
                                                          "threaten", "praise", "blame", "breach", "discuss"};

constexpr std::array<std::string_view, 6> use_names = {"always", "party", "infinitive", "event", "thing", "never"};

/// Parts of speech in kin.tsv.
constexpr std::string_view kin_parts = "vna";

/// A line of objects.tsv.
struct Combination {
  std::string_view on;     // a type, "coop", "conflict" or "any"
  std::string_view type;   // a type, "same" or "undo"
  std::string_view mode, cameo;
};

std::string_view filled(std::string_view cell) { return cell == "-" ? std::string_view{} : cell; }

bool fits(std::string_view on, EventType type) {
  if (on == "any") return true;
  if (on == "conflict") return is_conflict(type);
  if (on == "coop") return !is_conflict(type);
  return on == to_string(type);
}

std::optional<Coding> coding_of(const std::vector<Combination>& combinations, const Coding& inner, const NounEntry* noun) {
  for (const Combination& line : combinations) {
    if (!fits(line.on, inner.type)) continue;
    if (line.type == "same") return inner;
    if (line.type == "undo") {
      if (noun && noun->undo) return Coding{*noun->undo, noun->undo_mode, noun->undo_cameo};
      if (inner.type == EventType::consult) return Coding{EventType::reject, "meet", "125"};
      if (inner.type == EventType::retreat || inner.type == EventType::concede || inner.type == EventType::agree)
        return Coding{EventType::reject, "", "120"};
      return is_conflict(inner.type) ? Coding{EventType::concede, "", "081"} : Coding{EventType::sanction, "discontinue", "160"};
    }
    return Coding{*event_type_of(line.type), line.mode, line.cameo};
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Sense sense) { return sense_names.at(static_cast<std::size_t>(sense)); }

struct EventLexicon::Tables {
  std::unordered_map<std::string_view, std::vector<VerbEntry>> verbs;
  std::unordered_map<std::string_view, NounEntry> nouns;
  std::unordered_set<std::string_view> silences, giving_way;
  std::array<std::vector<Combination>, sense_names.size()> by_sense;
  std::unordered_map<std::string_view, std::vector<Combination>> by_governance;
  std::array<std::vector<Combination>, 32> by_governance_index;
  std::unordered_map<std::string_view, double> type_scores;
  std::vector<std::tuple<EventType, std::string_view, double>> mode_scores;
  std::array<std::unordered_map<std::string_view, std::string_view>, kin_parts.size()> kin;
  EventClassifier classifier;
};

EventLexicon::EventLexicon(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
EventLexicon::EventLexicon(EventLexicon&&) noexcept = default;
EventLexicon& EventLexicon::operator=(EventLexicon&&) noexcept = default;
EventLexicon::~EventLexicon() = default;

const EventClassifier& EventLexicon::classifier() const { return tables_->classifier; }

Result<EventLexicon> EventLexicon::load() {
  auto tables = std::make_unique<Tables>();
  const auto wrong = [](const TsvTable& table, const TsvRow& row, std::string_view cell) {
    return fail(ErrorCode::malformed, table.name, ":", row.line, ": unknown \"", cell, "\"");
  };

  const auto verbs = parse_tsv(embedded_data("events/verbs.tsv"), "events/verbs.tsv", {"verb", "sense", "type", "mode", "cameo", "to", "when"});
  if (!verbs) return tl::unexpected(verbs.error());
  for (const TsvRow& row : verbs->rows) {
    VerbEntry entry{.verb = row.cells[0], .mode = filled(row.cells[3]), .cameo = filled(row.cells[4]), .to = split(row.cells[5], ',')};
    const auto sense = std::find(sense_names.begin(), sense_names.end(), row.cells[1]);
    if (sense == sense_names.end()) return wrong(*verbs, row, row.cells[1]);
    entry.sense = static_cast<Sense>(sense - sense_names.begin());
    if (row.cells[2] != "-") {
      entry.type = event_type_of(row.cells[2]);
      if (!entry.type) return wrong(*verbs, row, row.cells[2]);
    }
    const auto use = std::find(use_names.begin(), use_names.end(), row.cells[6]);
    if (use == use_names.end()) return wrong(*verbs, row, row.cells[6]);
    entry.use = static_cast<VerbUse>(use - use_names.begin());
    tables->verbs[entry.verb].push_back(std::move(entry));
  }

  const auto nouns = parse_tsv(embedded_data("events/nouns.tsv"), "events/nouns.tsv",
                               {"noun", "type", "mode", "cameo", "undo", "undo_mode", "undo_cameo", "from", "to", "alone"});
  if (!nouns) return tl::unexpected(nouns.error());
  for (const TsvRow& row : nouns->rows) {
    const auto type = event_type_of(row.cells[1]);
    if (!type) return wrong(*nouns, row, row.cells[1]);
    NounEntry entry{.noun = row.cells[0],
                    .type = *type,
                    .mode = filled(row.cells[2]),
                    .cameo = filled(row.cells[3]),
                    .undo = event_type_of(row.cells[4]),
                    .undo_mode = filled(row.cells[5]),
                    .undo_cameo = filled(row.cells[6]),
                    .from = split(row.cells[7], ','),
                    .to = split(row.cells[8], ','),
                    .alone = row.cells[9] == "yes"};
    if (!entry.undo && row.cells[4] != "-") return wrong(*nouns, row, row.cells[4]);
    tables->nouns.emplace(entry.noun, std::move(entry));
  }

  const auto silences = parse_tsv(embedded_data("positions/silences.tsv"), "positions/silences.tsv", {"verb"});
  if (!silences) return tl::unexpected(silences.error());
  for (const TsvRow& row : silences->rows) tables->silences.insert(row.cells[0]);
  const auto refusals = parse_tsv(embedded_data("positions/refusals.tsv"), "positions/refusals.tsv", {"verb", "issue"});
  if (!refusals) return tl::unexpected(refusals.error());
  for (const TsvRow& row : refusals->rows)
    if (row.cells[0].ends_with(" to")) tables->giving_way.insert(split(row.cells[0], ' ').front());

  const auto objects = parse_tsv(embedded_data("events/objects.tsv"), "events/objects.tsv", {"sense", "on", "type", "mode", "cameo"});
  if (!objects) return tl::unexpected(objects.error());
  for (const TsvRow& row : objects->rows) {
    const std::string_view type = row.cells[2];
    if (type != "same" && type != "undo" && !event_type_of(type)) return wrong(*objects, row, type);
    const Combination line{row.cells[1], type, filled(row.cells[3]), filled(row.cells[4])};
    if (row.cells[0].starts_with('=')) {
      const auto governance = governance_of(row.cells[0].substr(1));
      if (!governance) return wrong(*objects, row, row.cells[0]);
      tables->by_governance_index.at(static_cast<std::size_t>(*governance)).push_back(line);
      continue;
    }
    const auto sense = std::find(sense_names.begin(), sense_names.end(), row.cells[0]);
    if (sense == sense_names.end()) return wrong(*objects, row, row.cells[0]);
    tables->by_sense.at(static_cast<std::size_t>(sense - sense_names.begin())).push_back(line);
  }

  const auto scores = parse_tsv(embedded_data("events/goldstein.tsv"), "events/goldstein.tsv", {"type", "mode", "score"});
  if (!scores) return tl::unexpected(scores.error());
  for (const TsvRow& row : scores->rows) {
    const auto type = event_type_of(row.cells[0]);
    if (!type) return wrong(*scores, row, row.cells[0]);
    tables->mode_scores.emplace_back(*type, filled(row.cells[1]), std::stod(std::string(row.cells[2])));
  }

  const auto kin = parse_tsv(embedded_data("events/kin.tsv"), "events/kin.tsv", {"kin", "pos", "words"});
  if (!kin) return tl::unexpected(kin.error());
  for (const TsvRow& row : kin->rows) {
    const std::size_t part = row.cells[1].size() == 1 ? kin_parts.find(row.cells[1][0]) : std::string_view::npos;
    if (part == std::string_view::npos) return wrong(*kin, row, row.cells[1]);
    for (const std::string_view word : split(row.cells[2], ' '))
      if (!tables->kin.at(part).emplace(word, row.cells[0]).second)
        return fail(ErrorCode::malformed, kin->name, ":", row.line, ": \"", word, "\" has a kin already");
  }

  auto classifier = EventClassifier::open(embedded_data("events/classifier.weights"));
  if (!classifier) return tl::unexpected(classifier.error());
  tables->classifier = *classifier;
  return EventLexicon(std::move(tables));
}

void EventLexicon::verbs_at(const Document& document, TokenIndex token, std::vector<const VerbEntry*>& found) const {
  found.clear();
  const std::string_view lemma = document[token].lemma;
  std::string key;
  const auto add = [&](std::string_view name) {
    const auto entry = tables_->verbs.find(name);
    if (entry == tables_->verbs.end()) return;
    for (const VerbEntry& verb : entry->second) found.push_back(&verb);
  };
  for (const TokenIndex child : document.children(token)) {
    const Token& below = document[child];
    if (child < token && below.dep != Dep::nsubjpass) continue;
    if (below.dep == Dep::prt || below.dep == Dep::prep || below.dep == Dep::dobj || below.dep == Dep::acomp || below.dep == Dep::advmod ||
        below.dep == Dep::nsubjpass || below.dep == Dep::oprd || (below.dep == Dep::ccomp && below.pos == Pos::adj)) {
      const std::string_view word = below.dep == Dep::prep || below.dep == Dep::prt ? below.lower : below.lemma;
      key.assign(lemma).append(" ").append(word);
      if (below.dep == Dep::prep || below.dep == Dep::prt) {
        // "take into custody", "go on strike"
        const std::size_t size = key.size();
        for (const TokenIndex inner : document.children(child))
          if (document[inner].dep == Dep::pobj) {
            key.append(" ").append(document[inner].lemma);
            add(key);
            key.resize(size);
          }
      }
      add(key);
    }
  }
  // "allowed that Togo had a point"
  for (const TokenIndex child : document.children(token))
    if (is_that_clause(document, child)) add(key.assign(lemma).append(" that"));
  add(lemma);
}

const NounEntry* EventLexicon::noun_at(const Document& document, TokenIndex token) const {
  const auto look_up = [&](std::string_view name) -> const NounEntry* {
    const auto entry = tables_->nouns.find(name);
    return entry == tables_->nouns.end() ? nullptr : &entry->second;
  };
  const std::string_view lemma = document[token].lemma;
  // the words before, up to two: "peace talks", "memorandum of understanding" stands after
  std::string key;
  if (token > 0 && document[token - 1].head == token) {
    key.assign(document[token - 1].lower).append(" ").append(lemma);
    if (const NounEntry* entry = look_up(key)) return entry;
  }
  if (const NounEntry* entry = look_up(lemma)) {
    // "a note of protest" is no protest in the street
    if (document[token].dep == Dep::pobj && document[document[token].head].lower == "of") {
      key.assign(document[document[document[token].head].head].lemma).append(" of ").append(lemma);
      if (const NounEntry* longer = look_up(key)) return longer;
    }
    return entry;
  }
  if (document[token].entity == EntityLabel::money) return look_up("money");
  // names keep their case in the lemma: "the Summit"
  const std::string_view lower = document[token].lower;
  if (lower != lemma)
    if (const NounEntry* entry = look_up(lower)) return entry;
  return nullptr;
}

bool EventLexicon::gives_way(std::string_view lemma) const { return tables_->giving_way.contains(lemma); }
bool EventLexicon::is_silence(std::string_view lemma) const { return tables_->silences.contains(lemma); }

std::string_view EventLexicon::kin_at(const Document& document, TokenIndex index) const {
  const Token& token = document[index];
  const bool verb = is_verb(token) || token.tag == Tag::vbn || token.tag == Tag::vbg;
  if (!verb && !is_noun(token) && token.pos != Pos::adj && token.pos != Pos::adv) return {};
  const auto& words = tables_->kin.at(verb ? 0 : is_noun(token) ? 1 : 2);
  auto found = words.find(token.lemma);
  if (found == words.end()) found = words.find(token.lower);  // names keep their case in the lemma
  return found == words.end() ? std::string_view{} : found->second;
}

std::optional<Coding> EventLexicon::combine(Sense sense, const Coding& inner, const NounEntry* noun) const {
  return coding_of(tables_->by_sense.at(static_cast<std::size_t>(sense)), inner, noun);
}

std::optional<Coding> EventLexicon::combine(Governance sense, const Coding& inner, const NounEntry* noun) const {
  return coding_of(tables_->by_governance_index.at(static_cast<std::size_t>(sense)), inner, noun);
}

double EventLexicon::goldstein(EventType type, std::string_view mode) const {
  double score = 0;
  for (const auto& [of, name, value] : tables_->mode_scores) {
    if (of != type) continue;
    if (name.empty()) score = value;
    if (!mode.empty() && name == mode) return value;
  }
  return score;
}

}  // namespace dragoman
