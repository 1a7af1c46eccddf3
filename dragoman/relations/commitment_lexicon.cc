#include "dragoman/relations/commitment_lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <vector>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/relations/clauses.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::array<std::string_view, 12> act_names = {"unknown",  "project", "start",  "deliver", "sign", "change",
                                                        "withdraw", "meet",    "patrol", "soft",    "none", "hostile"};
constexpr std::array<std::string_view, 8> kind_names = {"unknown", "concrete", "instrument", "event", "restriction", "project", "domain", "goodwill"};

template <class Value, std::size_t n>
std::optional<Value> named(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin());
}

// The word under which a token is looked up: its lemma; names keep no lemma, so their small letters.
std::string_view word_of(const Token& token) { return token.pos == Pos::propn ? token.lower : token.lemma; }

bool is_word(const Token& token, std::string_view word) { return token.lemma == word || token.lower == word; }

// Table phrases are cut as the annotator cuts text: "visa-free" is three tokens.
Words words_of(std::string_view phrase) {
  Words words;
  for (std::string_view word : split(phrase, ' ')) {
    std::size_t hyphen;
    while ((hyphen = word.find('-')) != std::string_view::npos && hyphen > 0) {
      words.push_back(word.substr(0, hyphen));
      words.push_back(word.substr(hyphen, 1));
      word.remove_prefix(hyphen + 1);
    }
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

// Do the further words of a verb's entry stand under it, as particles, prepositions or objects ("take part", "pull ... back")?
bool stand_under(const Document& document, TokenIndex verb, const Words& words) {
  TokenIndex last = verb;
  for (std::size_t i = 1; i < words.size(); ++i) {
    TokenIndex found = no_token;
    for (const TokenIndex parent : {verb, last}) {
      for (const TokenIndex child : document.children(parent))
        if (child > verb && is_word(document[child], words[i])) found = child;
      if (found != no_token) break;
    }
    if (found == no_token && last + 1 < document.size() && is_word(document[last + 1], words[i])) found = last + 1;
    if (found == no_token) return false;
    last = found;
  }
  return true;
}

template <class Entry>
struct Phrases {
  struct Item {
    Words words;
    Entry entry;
  };
  std::unordered_map<std::string_view, std::vector<Item>> by_first;

  void add(Words words, Entry entry) {
    const std::string_view first = words.front();
    by_first[first].push_back({std::move(words), std::move(entry)});
  }
  const Entry* under(const Document& document, TokenIndex token) const {
    auto found = by_first.find(document[token].lemma);
    if (found == by_first.end()) {
      const std::string other = silent_e_lemma(document[token]);
      if (!other.empty()) found = by_first.find(other);
    }
    if (found == by_first.end()) return nullptr;
    const Item* best = nullptr;
    for (const Item& item : found->second)
      if ((!best || item.words.size() > best->words.size()) && stand_under(document, token, item.words)) best = &item;
    return best ? &best->entry : nullptr;
  }
};

}  // namespace

struct CommitmentLexicon::Impl {
  Phrases<ActEntry> verbs;
  std::unordered_map<std::string_view, const ActEntry*> verbs_by_name;
  std::unordered_map<std::string_view, std::vector<std::pair<Words, ObjectEntry>>> objects;      // by first word
  std::unordered_map<std::string_view, std::vector<std::pair<Words, ObjectEntry>>> objects_end;  // by last word
  struct Nominal {
    std::string_view verb, leads;
  };
  std::unordered_map<std::string_view, Nominal> nominals;
  Phrases<StageWord> stage_verbs;
  std::unordered_map<std::string_view, StageWord> stage_adjectives;
  std::vector<std::pair<Words, StageWord>> stage_phrases;
  std::vector<std::array<std::string_view, 3>> currencies;
  std::vector<std::array<std::string_view, 4>> default_verbs;

  Result<void> load();
};

Result<void> CommitmentLexicon::Impl::load() {
  const auto bad = [](const TsvTable& table, const TsvRow& row, std::string_view cell) {
    return fail(ErrorCode::malformed, table.name, ":", row.line, ": unknown value \"", cell, "\"");
  };
  const auto verb_table = parse_tsv(embedded_data("commitments/verbs.tsv"), "commitments/verbs.tsv", {"verb", "class", "past", "sector"});
  if (!verb_table) return tl::unexpected(verb_table.error());
  for (const TsvRow& row : verb_table->rows) {
    const auto act = named<ActClass>(act_names, row.cells[1]);
    if (!act) return bad(*verb_table, row, row.cells[1]);
    verbs.add(words_of(row.cells[0]), {std::string(row.cells[0]), *act, stage_of(row.cells[2]), sector_of(row.cells[3])});
  }
  for (const auto& [first, items] : verbs.by_first)
    for (const auto& item : items) verbs_by_name[item.entry.name] = &item.entry;

  const auto object_table = parse_tsv(embedded_data("commitments/objects.tsv"), "commitments/objects.tsv", {"words", "sector", "kind", "weight"});
  if (!object_table) return tl::unexpected(object_table.error());
  for (const TsvRow& row : object_table->rows) {
    const auto sector = sector_of(row.cells[1]);
    const auto kind = named<ObjectKind>(kind_names, row.cells[2]);
    if (!sector) return bad(*object_table, row, row.cells[1]);
    if (!kind) return bad(*object_table, row, row.cells[2]);
    ObjectEntry entry{.sector = *sector, .kind = *kind, .weight = 0, .tokens = {}};
    std::from_chars(row.cells[3].data(), row.cells[3].data() + row.cells[3].size(), entry.weight);
    Words words = words_of(row.cells[0]);
    objects_end[words.back()].push_back({words, entry});
    const std::string_view first = words.front();
    objects[first].push_back({std::move(words), entry});
  }

  const auto nominal_table = parse_tsv(embedded_data("commitments/nominals.tsv"), "commitments/nominals.tsv", {"noun", "verb", "leads"});
  if (!nominal_table) return tl::unexpected(nominal_table.error());
  for (const TsvRow& row : nominal_table->rows) nominals[row.cells[0]] = {row.cells[1], row.cells[2]};

  const auto stage_table = parse_tsv(embedded_data("commitments/stages.tsv"), "commitments/stages.tsv", {"word", "pos", "role", "stage", "negated"});
  if (!stage_table) return tl::unexpected(stage_table.error());
  for (const TsvRow& row : stage_table->rows) {
    const auto stage = stage_of(row.cells[3]);
    if (!stage) return bad(*stage_table, row, row.cells[3]);
    const StageWord word{std::string(row.cells[0]), *stage, stage_of(row.cells[4]), row.cells[2] != "subject", row.cells[2] != "object"};
    if (row.cells[1] == "v") stage_verbs.add(words_of(row.cells[0]), word);
    else if (row.cells[1] == "a") stage_adjectives[row.cells[0]] = word;
    else stage_phrases.push_back({words_of(row.cells[0]), word});
  }

  const auto currency_table = parse_tsv(embedded_data("commitments/currencies.tsv"), "commitments/currencies.tsv", {"sign", "state", "code"});
  if (!currency_table) return tl::unexpected(currency_table.error());
  for (const TsvRow& row : currency_table->rows) currencies.push_back({row.cells[0], row.cells[1], row.cells[2]});

  const auto default_table =
      parse_tsv(embedded_data("commitments/default_verbs.tsv"), "commitments/default_verbs.tsv", {"kind", "sector", "settled", "open"});
  if (!default_table) return tl::unexpected(default_table.error());
  for (const TsvRow& row : default_table->rows) default_verbs.push_back({row.cells[0], row.cells[1], row.cells[2], row.cells[3]});
  return {};
}

CommitmentLexicon::CommitmentLexicon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CommitmentLexicon::CommitmentLexicon(CommitmentLexicon&&) noexcept = default;
CommitmentLexicon& CommitmentLexicon::operator=(CommitmentLexicon&&) noexcept = default;
CommitmentLexicon::~CommitmentLexicon() = default;

Result<CommitmentLexicon> CommitmentLexicon::load() {
  auto impl = std::make_unique<Impl>();
  if (const Result<void> loaded = impl->load(); !loaded) return tl::unexpected(loaded.error());
  return CommitmentLexicon(std::move(impl));
}

const ActEntry* CommitmentLexicon::verb(const Document& document, TokenIndex token) const { return impl_->verbs.under(document, token); }

const ActEntry* CommitmentLexicon::verb(std::string_view name) const {
  const auto found = impl_->verbs_by_name.find(name);
  return found == impl_->verbs_by_name.end() ? nullptr : found->second;
}

std::optional<ObjectEntry> CommitmentLexicon::object(const Document& document, TokenIndex token, TokenIndex end) const {
  std::optional<ObjectEntry> best;
  const std::string_view word = word_of(document[token]);
  for (const std::string_view key : {word, document[token].lower}) {  // "customs post": the lemma of "customs" is "custom"
    if (key.data() != word.data() && key == word) break;
    const auto found = impl_->objects.find(key);
    if (found == impl_->objects.end()) continue;
    for (const auto& [words, entry] : found->second) {
      if (token + words.size() > end || (best && best->tokens.size() >= words.size())) continue;
      bool same = true;
      for (std::size_t i = 1; same && i < words.size(); ++i) same = is_word(document[token + static_cast<TokenIndex>(i)], words[i]);
      if (!same) continue;
      best = entry;
      best->tokens = {token, token + static_cast<TokenIndex>(words.size())};
    }
  }
  return best;
}

std::optional<ObjectEntry> CommitmentLexicon::object_ending(const Document& document, TokenIndex noun) const {
  const auto found = impl_->objects_end.find(word_of(document[noun]));
  if (found == impl_->objects_end.end()) return std::nullopt;
  const TokenIndex begin = document.sentence_of(noun).begin;
  std::optional<ObjectEntry> best;
  for (const auto& [words, entry] : found->second) {
    const TokenIndex size = static_cast<TokenIndex>(words.size());
    if (noun + 1 < begin + size || (best && best->tokens.size() >= size)) continue;
    bool same = true;
    for (TokenIndex i = 0; same && i + 1 < size; ++i) same = is_word(document[noun + 1 - size + i], words[i]);
    if (!same) continue;
    best = entry;
    best->tokens = {noun + 1 - size, noun + 1};
  }
  return best;
}

std::string_view CommitmentLexicon::verb_of_noun(const Document& document, TokenIndex noun) const {
  if (!is_noun(document[noun])) return {};
  const auto found = impl_->nominals.find(word_of(document[noun]));
  return found == impl_->nominals.end() ? std::string_view() : found->second.verb;
}

std::string_view CommitmentLexicon::verb_led_by(const Document& document, TokenIndex preposition) const {
  if (document.is_root(preposition) || !is_noun(document[document[preposition].head])) return {};
  const auto found = impl_->nominals.find(word_of(document[document[preposition].head]));
  return found == impl_->nominals.end() || found->second.leads.empty() || document[preposition].lower != found->second.leads ? std::string_view() : found->second.verb;
}

std::string_view CommitmentLexicon::thing_preposition(const Document& document, TokenIndex noun) const {
  const auto found = impl_->nominals.find(word_of(document[noun]));
  return found == impl_->nominals.end() || !found->second.leads.starts_with('=') ? std::string_view() : found->second.leads.substr(1);
}

const StageWord* CommitmentLexicon::stage(const Document& document, TokenIndex token) const {
  const Token& here = document[token];
  if (is_verb(here)) {
    if (const StageWord* word = impl_->stage_verbs.under(document, token)) return word;
    // "is under way", "remains on hold", "is stalled": what follows the copula
    if (!is_one_of(WordClass::stage_copula, here.lemma)) return nullptr;
    for (const auto& [words, word] : impl_->stage_phrases) {
      for (const TokenIndex child : document.children(token)) {
        if (child < token || document[child].lower != words.front()) continue;
        bool same = child + words.size() <= document.size();
        for (std::size_t i = 1; same && i < words.size(); ++i) same = is_word(document[child + static_cast<TokenIndex>(i)], words[i]);
        if (same) return &word;
      }
    }
    for (const TokenIndex child : document.children(token)) {
      if (child < token || (document[child].dep != Dep::acomp && document[child].dep != Dep::attr && document[child].dep != Dep::oprd)) continue;
      const auto found = impl_->stage_adjectives.find(document[child].lower);
      if (found != impl_->stage_adjectives.end()) return &found->second;
      if (const StageWord* word = impl_->stage_verbs.under(document, child); word && document[child].tag == Tag::vbn) return word;
    }
    return nullptr;
  }
  return nullptr;
}

std::string_view CommitmentLexicon::currency(std::string_view sign, std::string_view state) const {
  std::string_view code;
  for (const auto& row : impl_->currencies) {
    if (row[0] != sign) continue;
    if (row[1].empty()) code = row[2];
    else if (row[1] == state) return row[2];
  }
  return code;
}

std::string_view CommitmentLexicon::default_verb(const ObjectEntry& entry, Stage stage) const {
  const bool settled = stage >= Stage::agreed && stage <= Stage::completed;
  const std::string_view kind = kind_names[static_cast<std::size_t>(entry.kind)];
  const std::string_view sector = to_string(entry.sector);
  for (const auto& row : impl_->default_verbs)
    if ((row[0] == kind || row[0] == "*") && (row[1] == sector || row[1] == "*")) return settled ? row[2] : row[3];
  return "carry out";
}

}  // namespace dragoman
