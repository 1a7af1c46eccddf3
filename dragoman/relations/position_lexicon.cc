#include "dragoman/relations/position_lexicon.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/relations/clauses.h"

namespace dragoman {
namespace {

using Words = std::vector<std::string_view>;

bool is_word(const Token& token, std::string_view word) { return token.lemma == word || token.lower == word; }

// Do the further words of an entry stand under the word, or right after one another?
bool stand_under(const Document& document, TokenIndex head, const Words& words) {
  TokenIndex last = head;
  for (std::size_t i = 1; i < words.size(); ++i) {
    TokenIndex found = no_token;
    for (const TokenIndex parent : {head, last}) {
      for (const TokenIndex child : document.children(parent))
        if (child > head && is_word(document[child], words[i])) found = child;
      if (found != no_token) break;
    }
    if (found == no_token && last + 1 < document.size() && is_word(document[last + 1], words[i])) found = last + 1;
    if (found == no_token) return false;
    last = found;
  }
  return true;
}

std::optional<SlotRule> slot_of(std::string_view name) {
  if (name == "dobj") return SlotRule{Slot::object, {}};
  if (name == "clause") return SlotRule{Slot::clause, {}};
  if (name == "subject-of-clause") return SlotRule{Slot::subject_of_clause, {}};
  if (name.starts_with("p:")) return SlotRule{Slot::preposition, name.substr(2)};
  return std::nullopt;
}

// Plural endings cut, so that "sanctions" and "sanction", "supplies" and "supply" are one.
std::string singular(std::string_view word) {
  if (word.size() > 4 && word.ends_with("ies")) return std::string(word.substr(0, word.size() - 3)) + "y";
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is")) word.remove_suffix(1);
  return std::string(word);
}

// A pattern of the catalogue: words and parameters ("{X}").
struct IssuePattern {
  std::vector<std::string> words;
  std::size_t entry;
};

struct IssueEntry {
  std::string_view id;
};

std::string_view word_of(const Token& token) { return token.pos == Pos::propn ? token.lower : token.lemma; }

}  // namespace

struct PositionLexicon::Impl {
  struct Stance {
    Words words;
    char pos;
    StanceWord word;
  };
  std::unordered_map<std::string_view, std::vector<Stance>> stances;
  std::unordered_map<std::string_view, Polarity> evaluations;
  std::unordered_map<std::string_view, std::vector<std::pair<Words, std::pair<char, ReversalWord>>>> reversals;
  std::unordered_map<std::string_view, std::vector<std::pair<Words, std::string_view>>> refusals;
  std::unordered_map<std::string_view, std::string_view> absences;
  std::unordered_set<std::string_view> harms, wrongs, courtesies, silences, namings;
  std::vector<IssueEntry> issues;
  std::unordered_map<std::string, std::vector<IssuePattern>> issue_patterns;  // by the first word that is no parameter

  Result<void> load();
  Result<void> load_words(std::unordered_set<std::string_view>& set, std::string path, std::string_view column) {
    const auto table = parse_tsv(embedded_data(path), path, {column});
    if (!table) return tl::unexpected(table.error());
    for (const TsvRow& row : table->rows) set.insert(row.cells[0]);
    return {};
  }
};

Result<void> PositionLexicon::Impl::load() {
  const auto bad = [](const TsvTable& table, const TsvRow& row, std::string_view cell) {
    return fail(ErrorCode::malformed, table.name, ":", row.line, ": unknown value \"", cell, "\"");
  };
  const auto stance_table =
      parse_tsv(embedded_data("positions/stances.tsv"), "positions/stances.tsv", {"word", "pos", "act", "polarity", "issue", "target"});
  if (!stance_table) return tl::unexpected(stance_table.error());
  for (const TsvRow& row : stance_table->rows) {
    const auto act = stance_act_of(row.cells[2]);
    const auto polarity = polarity_of(row.cells[3]);
    if (!act) return bad(*stance_table, row, row.cells[2]);
    if (!polarity) return bad(*stance_table, row, row.cells[3]);
    StanceWord word{std::string(row.cells[0]), row.cells[1][0], *act, *polarity, {}, {}};
    for (const std::size_t cell : {4, 5})
      for (const std::string_view name : split(row.cells[cell], ',')) {
        const auto slot = slot_of(name);
        if (!slot) return bad(*stance_table, row, name);
        (cell == 4 ? word.issue : word.target).push_back(*slot);
      }
    Words words = split(row.cells[0], ' ');
    const std::string_view first = words.front();
    stances[first].push_back({std::move(words), row.cells[1][0], std::move(word)});
  }
  for (auto& [first, entries] : stances)
    std::stable_sort(entries.begin(), entries.end(), [](const Stance& a, const Stance& b) { return a.words.size() > b.words.size(); });

  const auto evaluation_table = parse_tsv(embedded_data("positions/evaluations.tsv"), "positions/evaluations.tsv", {"word", "polarity"});
  if (!evaluation_table) return tl::unexpected(evaluation_table.error());
  for (const TsvRow& row : evaluation_table->rows) {
    const auto polarity = polarity_of(row.cells[1]);
    if (!polarity) return bad(*evaluation_table, row, row.cells[1]);
    evaluations[row.cells[0]] = *polarity;
  }

  const auto reversal_table = parse_tsv(embedded_data("positions/reversals.tsv"), "positions/reversals.tsv", {"word", "pos", "thing", "only"});
  if (!reversal_table) return tl::unexpected(reversal_table.error());
  for (const TsvRow& row : reversal_table->rows) {
    ReversalWord word;
    for (const std::string_view name : split(row.cells[2], ',')) {
      const auto slot = slot_of(name);
      if (!slot) return bad(*reversal_table, row, name);
      word.thing.push_back(*slot);
    }
    word.only = split(row.cells[3], ',');
    Words words = split(row.cells[0], ' ');
    const std::string_view first = words.front();
    reversals[first].push_back({std::move(words), {row.cells[1][0], std::move(word)}});
  }

  const auto refusal_table = parse_tsv(embedded_data("positions/refusals.tsv"), "positions/refusals.tsv", {"verb", "issue"});
  if (!refusal_table) return tl::unexpected(refusal_table.error());
  for (const TsvRow& row : refusal_table->rows) {
    Words words = split(row.cells[0], ' ');
    const std::string_view first = words.front();
    refusals[first].push_back({std::move(words), row.cells[1]});
  }
  const auto absence_table = parse_tsv(embedded_data("positions/absences.tsv"), "positions/absences.tsv", {"noun", "takes"});
  if (!absence_table) return tl::unexpected(absence_table.error());
  for (const TsvRow& row : absence_table->rows) {
    static constexpr std::string_view known[] = {"backs", "behind", "ground", "itself", "nothing"};
    if (std::find(std::begin(known), std::end(known), row.cells[1]) == std::end(known)) return bad(*absence_table, row, row.cells[1]);
    absences[row.cells[0]] = row.cells[1];
  }
  if (auto loaded = load_words(harms, "positions/harms.tsv", "verb"); !loaded) return loaded;
  if (auto loaded = load_words(wrongs, "positions/wrongs.tsv", "noun"); !loaded) return loaded;
  if (auto loaded = load_words(silences, "positions/silences.tsv", "verb"); !loaded) return loaded;
  if (auto loaded = load_words(courtesies, "positions/courtesies.tsv", "noun"); !loaded) return loaded;
  if (auto loaded = load_words(namings, "positions/namings.tsv", "verb"); !loaded) return loaded;

  const auto issue_table = parse_tsv(embedded_data("issues.tsv"), "issues.tsv", {"id", "sector", "phrases", "position"});
  if (!issue_table) return tl::unexpected(issue_table.error());
  for (const TsvRow& row : issue_table->rows) {
    issues.push_back({row.cells[0]});
    for (const std::string_view phrase : split(row.cells[2], '|')) {
      IssuePattern pattern{{}, issues.size() - 1};
      for (std::string_view word : split(phrase, ' ')) {
        std::size_t hyphen;
        while (!word.starts_with('{') && (hyphen = word.find('-')) != std::string_view::npos && hyphen > 0) {
          pattern.words.push_back(singular(word.substr(0, hyphen)));
          word.remove_prefix(hyphen + 1);
        }
        if (!word.empty()) pattern.words.push_back(word.starts_with('{') ? std::string(word) : singular(word));
      }
      const auto key = std::find_if(pattern.words.begin(), pattern.words.end(), [](const std::string& word) { return !word.starts_with('{'); });
      if (key == pattern.words.end()) return bad(*issue_table, row, phrase);
      const std::string first = *key;
      issue_patterns[first].push_back(std::move(pattern));
    }
  }
  return {};
}

PositionLexicon::PositionLexicon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PositionLexicon::PositionLexicon(PositionLexicon&&) noexcept = default;
PositionLexicon& PositionLexicon::operator=(PositionLexicon&&) noexcept = default;
PositionLexicon::~PositionLexicon() = default;

Result<PositionLexicon> PositionLexicon::load() {
  auto impl = std::make_unique<Impl>();
  if (const Result<void> loaded = impl->load(); !loaded) return tl::unexpected(loaded.error());
  return PositionLexicon(std::move(impl));
}

std::vector<const StanceWord*> PositionLexicon::stances(const Document& document, TokenIndex token) const {
  const Token& here = document[token];
  const char pos = is_verb(here) ? 'v' : is_noun(here) ? 'n' : here.pos == Pos::adj || here.pos == Pos::adv ? 'a' : '-';
  std::vector<const StanceWord*> found;
  if (pos == '-') return found;
  const std::string other = pos == 'v' ? silent_e_lemma(here) : std::string();
  for (const std::string_view key : {here.lemma, here.lower, std::string_view(other)}) {
    if (key.empty() || (key == here.lemma && key.data() != here.lemma.data())) continue;
    const auto entries = impl_->stances.find(key);
    if (entries == impl_->stances.end()) continue;
    for (const Impl::Stance& entry : entries->second) {
      // participles are tagged now as verbs, now as adjectives ("are aligned on", "is opposed to")
      const bool same_pos = entry.pos == pos || (entry.pos == 'a' && pos == 'v' && here.tag == Tag::vbn && entry.words.front() == here.lower);
      if (same_pos && stand_under(document, token, entry.words)) found.push_back(&entry.word);
    }
    // "is opposed to": the verb "oppose" has its say first, then the adjective
    if (!found.empty() && here.tag != Tag::vbn) break;
  }
  return found;
}

std::optional<Polarity> PositionLexicon::evaluation(const Document& document, TokenSpan span) const {
  for (TokenIndex i = span.begin; i < span.end && i < document.size(); ++i) {
    const auto found = impl_->evaluations.find(word_of(document[i]));
    if (found == impl_->evaluations.end()) continue;
    const bool turned = i > span.begin && (document[i - 1].lower == "not" || document[i - 1].lower == "no" || document[i - 1].lower == "hardly");
    if (!turned) return found->second;
    return found->second == Polarity::for_ ? Polarity::against : Polarity::for_;
  }
  return std::nullopt;
}

const ReversalWord* PositionLexicon::reversal(const Document& document, TokenIndex token) const {
  const char pos = is_verb(document[token]) || document[token].tag == Tag::vbg ? 'v' : 'n';
  for (const std::string_view key : {document[token].lemma, document[token].lower}) {
    const auto found = impl_->reversals.find(key);
    if (found == impl_->reversals.end()) continue;
    const ReversalWord* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [words, entry] : found->second)
      if (entry.first == pos && words.size() > longest && stand_under(document, token, words)) {
        best = &entry.second;
        longest = words.size();
      }
    if (best) return best;
  }
  return nullptr;
}

std::string_view PositionLexicon::refusal(const Document& document, TokenIndex verb) const {
  const auto found = impl_->refusals.find(document[verb].lemma);
  if (found == impl_->refusals.end()) return {};
  std::string_view issue;
  std::size_t longest = 0;
  for (const auto& [words, value] : found->second)
    if (words.size() > longest && stand_under(document, verb, words)) {
      issue = value;
      longest = words.size();
    }
  return issue;
}

std::string_view PositionLexicon::absence(std::string_view lemma) const {
  const auto found = impl_->absences.find(lemma);
  return found == impl_->absences.end() ? std::string_view{} : found->second;
}

bool PositionLexicon::is_harm(std::string_view lemma) const { return impl_->harms.contains(lemma); }
bool PositionLexicon::is_wrong(std::string_view lemma) const { return impl_->wrongs.contains(lemma); }
bool PositionLexicon::is_silence(std::string_view lemma) const { return impl_->silences.contains(lemma); }
bool PositionLexicon::is_courtesy(std::string_view lemma) const { return impl_->courtesies.contains(lemma); }
bool PositionLexicon::gives_name(std::string_view lemma) const { return impl_->namings.contains(lemma); }
std::size_t PositionLexicon::issue_count() const { return impl_->issues.size(); }

std::string PositionLexicon::issue_id(const Document& document, const Entities& entities, TokenSpan words) const {
  using Parameters = std::vector<std::pair<std::string_view, std::string>>;
  const IssuePattern* best = nullptr;
  Parameters best_parameters;
  std::size_t best_score = 0;
  const std::vector<const Mention*> mentions = entities.inside(words);
  std::vector<std::string> forms;  // each word by its lemma and as it stands, both in the singular
  for (TokenIndex i = words.begin; i < words.end; ++i) {
    forms.push_back(singular(word_of(document[i])));
    forms.push_back(singular(document[i].lower));
  }
  for (std::size_t f = 0; f < forms.size(); ++f) {
    if (f % 2 == 1 && forms[f] == forms[f - 1]) continue;
    const auto found = impl_->issue_patterns.find(forms[f]);
    if (found == impl_->issue_patterns.end()) continue;
    const TokenIndex at = words.begin + static_cast<TokenIndex>(f / 2);
    for (const IssuePattern& pattern : found->second) {
      // the words of the pattern must all be there, in any order: "Iran sanctions", "sanctions on Iran"
      std::size_t score = 0;
      bool fits = true;
      Parameters parameters;
      std::vector<const Mention*> taken;
      for (const std::string& word : pattern.words) {
        if (!word.starts_with('{')) {
          fits = std::find(forms.begin(), forms.end(), word) != forms.end();
          score += 2;
        } else {
          // whom a thing is on, of, in or against stands behind it; before it stands who does it ("U.S. sanctions on Iran")
          const Mention* filler = nullptr;
          for (const Mention* mention : mentions) {
            if (mention->entities.empty() || mention->form == MentionForm::pronoun || std::find(taken.begin(), taken.end(), mention) != taken.end()) continue;
            filler = mention;
            if (mention->tokens.begin > at) break;
          }
          fits = filler != nullptr;
          if (filler) {
            taken.push_back(filler);
            parameters.push_back({word, entities[filler->entities.front()].ref});
            score += 1;
          }
        }
        if (!fits) break;
      }
      if (fits && score > best_score) {
        best = &pattern;
        best_score = score;
        best_parameters = std::move(parameters);
      }
    }
  }
  if (!best) return {};
  std::string id(impl_->issues[best->entry].id);
  for (const auto& [name, ref] : best_parameters)
    if (const std::size_t place = id.find(name); place != std::string::npos) id.replace(place, name.size(), ref);
  return id;
}

}  // namespace dragoman
