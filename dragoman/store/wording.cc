#include "dragoman/store/wording.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/sorted.h"
#include "dragoman/base/tsv.h"
#include "dragoman/knowledge/words.h"

namespace dragoman {
namespace {

enum class WordKind : std::uint8_t { content, stop, prep, light, carrier, ordinal, same, singular };
constexpr std::string_view word_kinds[] = {"content", "stop", "prep", "light", "carrier", "ordinal", "same", "singular"};
constexpr std::string_view acts[] = {"any", "make", "end", "attend", "hold"};

std::optional<ActKind> act_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(acts); ++i)
    if (acts[i] == name) return static_cast<ActKind>(i);
  return std::nullopt;
}

/// The tables of data/ledger/. A mistake in them is a mistake in the program.
class WordTables {
 public:
  static const WordTables& instance() {
    static const WordTables tables;
    return tables;
  }

  struct Entry {
    WordKind kind;
    std::string_view value;
  };
  std::unordered_map<std::string_view, Entry> words;
  std::unordered_map<std::string_view, std::string_view> synonyms;
  std::unordered_set<std::string_view> synonyms_begin;  ///< first words of those
  std::unordered_map<std::string_view, ActKind> verbs;
  std::size_t longest_synonym = 1;  ///< in words

 private:
  WordTables() {
    each("ledger/words.tsv", {"word", "kind", "value"}, [&](const TsvRow& row) {
      const auto* kind = std::find(std::begin(word_kinds), std::end(word_kinds), row.cells[1]);
      if (kind == std::end(word_kinds)) return false;
      words[row.cells[0]] = {static_cast<WordKind>(kind - word_kinds), row.cells[2]};
      return true;
    });
    each("ledger/synonyms.tsv", {"words", "same_as"}, [&](const TsvRow& row) {
      synonyms[row.cells[0]] = row.cells[1];
      synonyms_begin.insert(row.cells[0].substr(0, row.cells[0].find(' ')));
      longest_synonym = std::max(longest_synonym, split(row.cells[0], ' ').size());
      return true;
    });
    each("ledger/verbs.tsv", {"verb", "kind"}, [&](const TsvRow& row) {
      const auto kind = act_of(row.cells[1]);
      if (kind) verbs[row.cells[0]] = *kind;
      return kind.has_value();
    });
  }

  template <class Take>
  static void each(std::string_view path, const std::vector<std::string_view>& columns, Take take) {
    const Result<TsvTable> table = parse_tsv(embedded_data(path), "data/" + std::string(path), columns);
    if (!table) die(table.error().message);
    for (const TsvRow& row : table->rows)
      if (!take(row)) die(table->name + ":" + std::to_string(row.line) + ": unknown kind");
  }

  [[noreturn]] static void die(const std::string& message) {
    std::fprintf(stderr, "dragoman: %s\n", message.c_str());
    std::abort();
  }
};

bool is_number(std::string_view word) { return !word.empty() && word.front() >= '0' && word.front() <= '9'; }

int leading_number(std::string_view word) {
  int number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

/// "patrols" -> "patrol", "crossings" -> "crossing", "companies" -> "company"; nouns only, by ending.
std::string singular_of(std::string_view word) {
  const auto& table = WordTables::instance().words;
  if (const auto known = table.find(word); known != table.end()) {
    if (known->second.kind == WordKind::singular) return std::string(known->second.value);
    return std::string(word);
  }
  if (word.size() < 4 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is"))
    return std::string(word);
  if (word.ends_with("ies") && word.size() > 4) return std::string(word.substr(0, word.size() - 3)) + "y";
  for (const std::string_view ending : {"sses", "shes", "ches", "xes", "zes"})
    if (word.ends_with(ending)) return std::string(word.substr(0, word.size() - 2));
  return std::string(word.substr(0, word.size() - 1));
}

struct Piece {
  std::string word;
  WordKind kind = WordKind::content;
  std::string_view value;
  bool own = false;  ///< names one of the parties
};

/// Takes what the parties are called out of the words, which stand in one folded text: its place is kept, as a stop.
std::vector<Piece> name_parties(const std::vector<std::string_view>& words, const PartyNames& names, const std::vector<std::string>& own) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t taken = 0;
    for (std::size_t length = std::min<std::size_t>(5, words.size() - at); length > 0 && taken == 0; --length) {
      const std::string_view last = words[at + length - 1];
      const auto name = names.find(std::string_view(words[at].data(), static_cast<std::size_t>(last.data() + last.size() - words[at].data())));
      if (name != names.end() && std::binary_search(own.begin(), own.end(), name->second)) taken = length;
    }
    if (taken > 0)
      pieces.push_back({.word = {}, .kind = WordKind::stop, .value = {}, .own = true});
    else
      pieces.push_back({.word = singular_of(words[at]), .kind = WordKind::content, .value = {}});
    at += std::max<std::size_t>(taken, 1);
  }
  return pieces;
}

/// Puts the common name in the place of others ("transmission line" -> "power line"), longest first.
std::vector<Piece> unify(std::vector<Piece> pieces) {
  const WordTables& tables = WordTables::instance();
  std::vector<Piece> result;
  for (std::size_t at = 0; at < pieces.size();) {
    std::size_t taken = 0;
    const bool may_begin = tables.synonyms_begin.contains(pieces[at].word);
    for (std::size_t length = may_begin ? std::min(tables.longest_synonym, pieces.size() - at) : 0; length > 0 && taken == 0; --length) {
      std::string phrase;
      for (std::size_t i = at; i < at + length; ++i) phrase.append(i == at ? "" : " ").append(pieces[i].word);
      const auto found = tables.synonyms.find(phrase);
      if (found == tables.synonyms.end()) continue;
      for (const std::string_view word : split(found->second, ' ')) result.push_back({.word = std::string(word), .kind = {}, .value = {}});
      taken = length;
    }
    if (taken == 0) result.push_back(std::move(pieces[at]));
    at += std::max<std::size_t>(taken, 1);
  }
  for (Piece& piece : result) {
    if (piece.own) continue;
    const auto known = tables.words.find(piece.word);
    if (known == tables.words.end()) continue;
    piece.kind = known->second.kind;
    piece.value = known->second.value;
    if (piece.kind == WordKind::same || piece.kind == WordKind::singular) piece.kind = WordKind::content;
  }
  return result;
}

/// "ninth", "9th", "2025": kept apart from the words. True if the piece is some number, and so done with.
bool take_number(const std::vector<Piece>& pieces, std::size_t at, Wording& wording) {
  const Piece& piece = pieces[at];
  if (const int ordinal = ordinal_of(piece.word); ordinal != 0) {
    const bool fraction = at + 1 < pieces.size() && pieces[at + 1].word == "of";  // "a third of the line"
    if (!fraction) add_sorted(wording.ordinals, ordinal);
    return true;
  }
  if (!is_number(piece.word)) return false;
  const int number = leading_number(piece.word);
  if (piece.word.size() == 4 && number >= 1900 && number < 2200) add_sorted(wording.years, number);
  return true;
}

/// The noun phrases of a phrase, parted by prepositions: "agreement on | floor price for | cocoa".
struct NounPhrase {
  std::vector<const Piece*> content, light, carriers;
  std::string_view last;  ///< its last word, if that is content or a carrier
  bool led_by_carrier = false;
};

std::vector<NounPhrase> noun_phrases(const std::vector<Piece>& pieces, Wording& wording) {
  std::vector<NounPhrase> phrases(1);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == WordKind::prep) {
      phrases.emplace_back();
    } else if (piece.kind != WordKind::stop && !take_number(pieces, i, wording)) {
      NounPhrase& phrase = phrases.back();
      auto& list = piece.kind == WordKind::light ? phrase.light : piece.kind == WordKind::carrier ? phrase.carriers : phrase.content;
      list.push_back(&piece);
      if (piece.kind != WordKind::light) phrase.last = piece.word;
    }
  }
  std::erase_if(phrases, [](const NounPhrase& phrase) { return phrase.content.empty() && phrase.light.empty() && phrase.carriers.empty(); });
  return phrases;
}

}  // namespace

int ordinal_of(std::string_view word) {
  const auto& words = WordTables::instance().words;
  if (const auto known = words.find(word); known != words.end())
    return known->second.kind == WordKind::ordinal ? leading_number(known->second.value) : 0;
  if (!is_number(word)) return 0;
  const std::string_view ending = word.substr(word.find_last_of("0123456789") + 1);
  return ending == "th" || ending == "st" || ending == "nd" || ending == "rd" ? leading_number(word) : 0;
}

bool is_session(std::string_view word) {
  const auto& synonyms = WordTables::instance().synonyms;
  const auto found = synonyms.find(singular_of(word));
  return found != synonyms.end() && found->second == "talk";
}

void reduce_phrase(std::string_view phrase, const PartyNames& names, const std::vector<std::string>& own, Wording& wording) {
  const std::string folded = fold(phrase);
  const std::vector<Piece> pieces = unify(name_parties(split(folded, ' '), names, own));
  const std::vector<NounPhrase> phrases = noun_phrases(pieces, wording);
  if (phrases.empty()) {
    wording.bare = true;
    return;
  }
  // A carrier that heads the whole phrase says what is done ("discuss the opening of"), unless the verb does ("attend the opening of").
  // The thing itself is in the first phrase with content.
  const bool open = wording.act == ActKind::any || wording.act == ActKind::make;
  for (const Piece* carrier : phrases.front().carriers)
    if (const auto act = act_of(carrier->value); open && act && !carrier->value.empty()) wording.act = *act;
  const auto thing = std::find_if(phrases.begin(), phrases.end(), [](const NounPhrase& it) { return !it.content.empty(); });
  wording.bare = thing == phrases.end();
  for (const NounPhrase& it : phrases)
    for (const Piece* piece : wording.bare ? (it.carriers.empty() ? it.light : it.carriers) : it.content) add_sorted(wording.words, piece->word);
  if (!wording.bare)
    wording.head = thing->content.back()->word;
  else if (!wording.words.empty())
    wording.head = phrases.front().last.empty() ? wording.words.front() : std::string(phrases.front().last);
}

ActKind act_of_verb(std::string_view verb, std::string_view stage) {
  const auto& verbs = WordTables::instance().verbs;
  const auto known = verbs.find(verb);
  if (verb.empty()) return ActKind::any;
  if (known == verbs.end()) return ActKind::make;
  const bool over = stage == "stalled" || stage == "cancelled" || stage == "broken";
  return known->second == ActKind::end && over ? ActKind::any : known->second;
}

std::string issue_key(std::string_view phrase) {
  Wording wording;
  reduce_phrase(phrase, {}, {}, wording);
  std::string key;
  for (const std::string& word : wording.words) key.append(key.empty() ? "" : " ").append(word);
  return key.empty() ? fold(phrase) : key;
}

// -- keys ------------------------------------------------------------------------------------------------------------------------------

namespace {

std::string list_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

std::string list_of(const std::vector<int>& numbers) {
  std::string text;
  for (const int number : numbers) text.append(text.empty() ? "" : " ").append(std::to_string(number));
  return text;
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string_view word : split(text, ' ')) words.emplace_back(word);
  return words;
}

std::vector<int> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  for (const std::string_view word : split(text, ' ')) numbers.push_back(leading_number(word));
  return numbers;
}

}  // namespace

std::string to_key(const Wording& w) {
  std::string key(acts[static_cast<std::size_t>(w.act)]);
  for (const std::string& part : {list_of(w.undertakers), list_of(w.parties), list_of(w.context), w.sector, w.head, list_of(w.words), list_of(w.places),
                                  list_of(w.persons), list_of(w.ordinals), list_of(w.years), std::to_string(w.month),
                                  std::string(w.bare ? "bare" : ""), w.apart})
    key += '|' + part;
  return key;
}

Wording parse_key(std::string_view key) {
  std::string_view parts[14];
  for (std::string_view& part : parts) {
    const std::size_t end = key.find('|');
    part = key.substr(0, end);
    key.remove_prefix(end == std::string_view::npos ? key.size() : end + 1);
  }
  return {.act = act_of(parts[0]).value_or(ActKind::any),
          .undertakers = words_in(parts[1]),
          .parties = words_in(parts[2]),
          .context = words_in(parts[3]),
          .sector = std::string(parts[4]),
          .head = std::string(parts[5]),
          .words = words_in(parts[6]),
          .places = words_in(parts[7]),
          .persons = words_in(parts[8]),
          .ordinals = numbers_in(parts[9]),
          .years = numbers_in(parts[10]),
          .month = leading_number(parts[11]),
          .bare = parts[12] == "bare",
          .apart = std::string(parts[13])};
}

// -- kinship ---------------------------------------------------------------------------------------------------------------------------

namespace {

template <class Value>
std::size_t shared(const std::vector<Value>& a, const std::vector<Value>& b) {
  std::size_t count = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j)
      ++i;
    else if (*j < *i)
      ++j;
    else
      ++count, ++i, ++j;
  }
  return count;
}

/// Both say it, and say it differently.
template <class Value>
bool differ(const std::vector<Value>& a, const std::vector<Value>& b) {
  return !a.empty() && !b.empty() && shared(a, b) == 0;
}

bool has(const std::vector<std::string>& words, const std::string& word) { return std::binary_search(words.begin(), words.end(), word); }

/// The same parties, as far as both stories name them; one of them undertakes it in both, or each is the other's counterparty.
bool parties_agree(const Wording& a, const Wording& b) {
  const std::size_t common = shared(a.parties, b.parties);
  if (common == 0 || common < std::min(a.parties.size(), b.parties.size())) return false;
  return shared(a.undertakers, b.undertakers) > 0 || (shared(a.undertakers, b.parties) > 0 && shared(b.undertakers, a.parties) > 0);
}

constexpr int months_near = 2;  ///< how far apart two stories of one visit or meeting may set it

bool times_agree(const Wording& a, const Wording& b) {
  if (a.month == 0 && b.month == 0) return true;
  if (shared(a.ordinals, b.ordinals) > 0) return true;  // the ninth session stays the ninth, however often it is put off
  if (a.month == 0 || b.month == 0) return false;
  return std::abs(a.month - b.month) <= months_near;
}

bool acts_agree(const Wording& a, const Wording& b) { return a.act == b.act || a.act == ActKind::any || b.act == ActKind::any; }

}  // namespace

Kinship kinship_of(const Wording& a, const Wording& b) {
  if (a.apart != b.apart) return {};
  if (!a.apart.empty()) return {Kinship::Kind::same, 0};
  if (!acts_agree(a, b) || !parties_agree(a, b) || !times_agree(a, b)) return {};
  if (differ(a.ordinals, b.ordinals) || differ(a.years, b.years) || differ(a.places, b.places) || differ(a.persons, b.persons)) return {};
  if (a.bare != b.bare) return {};

  const std::size_t common = shared(a.words, b.words);
  const std::size_t smaller = std::min(a.words.size(), b.words.size());
  const bool one_sector = a.sector == b.sector;
  if (a.weak() || b.weak()) {
    if (common < smaller) return {};
    if (a.weak() && b.weak()) return a.words == b.words && one_sector ? Kinship{Kinship::Kind::same, 0} : Kinship{};
    const Wording& less = a.weak() ? a : b;
    const Wording& more = a.weak() ? b : a;
    if (!one_sector && less.sector != "other") return {};
    if (common == 0) return {};
    // "the cocoa agreement" is the floor price for cocoa where the same two agreed on both.
    if (less.head != more.head && shared(a.parties, b.parties) < 2) return {};
    return {Kinship::Kind::may_be, 1 + 2 * (less.head == more.head) + (less.parties == more.parties) + (less.undertakers == more.undertakers)};
  }

  const bool same_thing = has(b.words, a.head) || has(a.words, b.head);
  const bool same_place = shared(a.places, b.places) > 0;
  if (!same_thing) return {};
  // Three of four words; between sectors, which stories rarely disagree about, all of them and more than two, or the place too.
  if (one_sector ? common * 4 < smaller * 3 : common < smaller || (smaller < 3 && !same_place)) return {};
  if (smaller < 2 && !same_place) return {};
  return {Kinship::Kind::same, static_cast<int>(common)};
}

}  // namespace dragoman
