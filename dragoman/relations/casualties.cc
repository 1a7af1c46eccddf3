// A word of harm leads to the noun that is counted ("killed" -> its object "people"), the noun to its number ("12", "two dozen", "dozens of"),
// and the words just before the number to what it bounds ("at least"). All of it is looked for within one sentence.
#include "dragoman/relations/casualties.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <unordered_map>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/relations/clauses.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

enum class Harm : std::uint8_t { verb, subject, state, noun, toll, life };
enum class Quantity : std::uint8_t { number, multiple, vague, lower, above, upper, below, about, zero };
constexpr std::string_view harm_names[] = {"verb", "subject", "state", "noun", "toll", "life"};
constexpr std::string_view quantity_names[] = {"number", "multiple", "vague", "lower", "above", "upper", "below", "about", "zero"};

struct HarmWord {
  Harm use;
  bool dead;
};

struct QuantityWord {
  Quantity use;
  std::uint32_t value;
};

struct Tables {
  std::unordered_map<std::string_view, HarmWord> harms;
  std::unordered_map<std::string_view, QuantityWord> quantities;
};

template <std::size_t n>
std::size_t index_of(const std::string_view (&names)[n], const TsvTable& table, const TsvRow& row, std::string_view cell) {
  for (std::size_t i = 0; i < n; ++i)
    if (names[i] == cell) return i;
  throw std::logic_error(table.name + ":" + std::to_string(row.line) + ": unknown label");
}

// The embedded tables are ours: a mistake in them is a mistake in the program.
const Tables& tables() {
  static const Tables loaded = [] {
    Tables made;
    const auto harms = parse_tsv(embedded_data("events/casualties.tsv"), "events/casualties.tsv", {"word", "use", "what", "reason"});
    if (!harms) throw std::logic_error(harms.error().message);
    for (const TsvRow& row : harms->rows)
      made.harms.emplace(row.cells[0], HarmWord{static_cast<Harm>(index_of(harm_names, *harms, row, row.cells[1])), row.cells[2] == "dead"});
    const auto quantities = parse_tsv(embedded_data("events/quantities.tsv"), "events/quantities.tsv", {"word", "use", "value"});
    if (!quantities) throw std::logic_error(quantities.error().message);
    for (const TsvRow& row : quantities->rows) {
      QuantityWord word{static_cast<Quantity>(index_of(quantity_names, *quantities, row, row.cells[1])), 0};
      std::from_chars(row.cells[2].data(), row.cells[2].data() + row.cells[2].size(), word.value);
      made.quantities.emplace(row.cells[0], word);
    }
    return made;
  }();
  return loaded;
}

const QuantityWord* quantity_of(std::string_view words) {
  const auto found = tables().quantities.find(words);
  return found == tables().quantities.end() ? nullptr : &found->second;
}

/// "1,200", "12"; nullopt for anything else, years and sums among them.
std::optional<std::uint32_t> digits_of(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == ',') continue;
    if (c < '0' || c > '9') return std::nullopt;
    plain += c;
  }
  std::uint32_t value = 0;
  if (plain.empty() || plain.size() > 8) return std::nullopt;
  std::from_chars(plain.data(), plain.data() + plain.size(), value);
  return value;
}

/// A number with the tokens that say it.
struct Number {
  std::optional<std::uint32_t> least, most;
  TokenSpan tokens;
};

/// What stands right before a number: "at least", "more than", "an estimated"; up to three words.
void bound(const Document& document, TokenIndex sentence_begin, Number& number) {
  std::string words;
  for (TokenIndex count = 1; count <= 3 && number.tokens.begin >= sentence_begin + count; ++count) {
    words.insert(0, std::string(document[number.tokens.begin - count].lower) + (words.empty() ? "" : " "));
    const QuantityWord* word = quantity_of(words);
    if (!word) continue;
    const std::optional<std::uint32_t> value = number.least;
    switch (word->use) {
      case Quantity::lower: number.most.reset(); break;
      case Quantity::above: number.most.reset(); if (value) number.least = *value + 1; break;
      case Quantity::upper: number.least.reset(); if (!number.most) number.most = value; break;
      case Quantity::below: number.least.reset(); if (value && *value > 0) number.most = *value - 1; break;
      case Quantity::about: number.least.reset(); number.most.reset(); break;
      default: continue;
    }
    number.tokens.begin -= count;
    return;
  }
}

/// The number that `token` says, with a multiple after it ("two dozen", "12 thousand"); nullopt if it says none.
std::optional<Number> number_at(const Document& document, TokenIndex token, TokenSpan sentence) {
  const Token& word = document[token];
  std::optional<std::uint32_t> value = digits_of(document.text(token));
  Number number{.least = {}, .most = {}, .tokens = {token, token + 1}};
  const QuantityWord* quantity = value ? nullptr : quantity_of(word.lower);
  if (quantity && quantity->use == Quantity::number) value = quantity->value;
  if (value) {
    number.least = number.most = value;
    if (token + 1 < sentence.end)
      if (const QuantityWord* next = quantity_of(document[token + 1].lower); next && next->use == Quantity::multiple && *value < 1000) {
        number.least = number.most = *value * next->value;
        ++number.tokens.end;
      }
  } else if (quantity && (quantity->use == Quantity::vague || quantity->use == Quantity::zero || quantity->use == Quantity::about)) {
    if (quantity->use == Quantity::zero) number.least = number.most = 0;
    if (quantity->use == Quantity::vague) number.least = quantity->value;
    if (quantity->use == Quantity::about && word.dep != Dep::det && word.dep != Dep::amod) return std::nullopt;
  } else if (const QuantityWord* many = quantity_of(word.lemma); many && many->use == Quantity::multiple) {
    if (word.lower == word.lemma && token > sentence.begin) {  // "a dozen", "two hundred"
      if (const auto before = number_at(document, token - 1, sentence); before && before->tokens.end == token + 1) return before;
      return std::nullopt;
    }
    number.least = 2 * many->value;  // "dozens", "hundreds"
  } else {
    return std::nullopt;
  }
  if (number.tokens.size() > 1 || (word.lower != "a" && word.lower != "an")) bound(document, sentence.begin, number);
  return number;
}

/// How many the noun phrase headed by that word counts.
std::optional<Number> count_of(const Document& document, TokenIndex head, TokenSpan sentence) {
  if (const auto self = number_at(document, head, sentence)) {
    // "dozens", "at least 12", "30 people": the head is the number itself
    if (document[head].lower != "some" && document[head].lower != "a") return self;
  }
  TokenIndex one = no_token;
  for (const TokenIndex child : document.children(head)) {
    const Token& below = document[child];
    if (child > head) break;
    if (below.dep == Dep::nummod || below.dep == Dep::amod || below.dep == Dep::det || below.dep == Dep::quantmod || below.dep == Dep::compound) {
      if (below.lower == "a" || below.lower == "an") {
        one = child;
        continue;
      }
      if (const auto number = number_at(document, child, sentence)) return number;
    }
  }
  const Token& noun = document[head];
  // "a soldier" is one; "a family", "a group of" is nobody knows how many
  if (one != no_token && noun.tag == Tag::nn && object_of_prep(document, head, "of") == no_token && noun.entity == EntityLabel::none)
    return Number{.least = 1, .most = 1, .tokens = {one, one + 1}};
  return std::nullopt;
}

/// Whom the harm at that word is done to: the noun that is counted; no_token if none.
TokenIndex counted_noun(const Document& document, TokenIndex word, Harm use) {
  switch (use) {
    case Harm::verb: {
      if (!is_verb(document[word])) return no_token;
      return undergoer_of(document, word);
    }
    case Harm::subject: return is_verb(document[word]) ? subject_of(document, word) : no_token;
    case Harm::state: {
      const Token& token = document[word];
      if (token.dep == Dep::amod) return token.head;  // "12 dead soldiers"
      if (token.dep == Dep::oprd || token.dep == Dep::acomp || token.dep == Dep::ccomp || token.dep == Dep::xcomp || token.dep == Dep::attr) {
        for (const TokenIndex child : document.children(word))  // "left [five dead]"
          if (document[child].dep == Dep::nsubj) return child;
        const TokenIndex object = document.child(token.head, Dep::dobj);  // "left five people dead"
        return object != no_token ? object : document.child(token.head, Dep::nsubj);
      }
      if (token.dep == Dep::acl || token.dep == Dep::advcl) return token.head;  // "with dozens wounded"
      return word;                                                              // "five dead": the adjective heads it
    }
    case Harm::noun: {
      const TokenIndex of = object_of_prep(document, word, "of");
      return of != no_token ? of : word;
    }
    case Harm::life: {
      const Token& token = document[word];
      if (token.dep != Dep::dobj) return no_token;
      return is_one_of(WordClass::life_taking, document[token.head].lemma) ? word : no_token;
    }
    case Harm::toll: break;
  }
  return no_token;
}

/// "the death toll rose to at least 14", "a toll of nine": a number in the clause of the noun.
std::optional<Number> toll_at(const Document& document, TokenIndex word, TokenSpan sentence) {
  for (const std::string_view preposition : {"of", "to", "at"})
    for (const TokenIndex above : {word, document[word].head})
      if (const TokenIndex object = object_of_prep(document, above, preposition); object != no_token)
        if (const auto number = count_of(document, object, sentence)) return number;
  return std::nullopt;
}

}  // namespace

bool has_casualties(EventType type) {
  return type == EventType::assault || type == EventType::protest;
}

Casualties casualties_in(const Document& document, TokenSpan tokens) {
  Casualties found;
  for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
    const Token& token = document[i];
    auto harm = tables().harms.find(token.lemma);
    if (harm == tables().harms.end()) harm = tables().harms.find(token.lower);
    if (harm == tables().harms.end()) continue;
    std::optional<PersonCount>& count = harm->second.dead ? found.dead : found.injured;
    if (count) continue;
    std::optional<Number> number;
    if (harm->second.use == Harm::toll) {
      number = toll_at(document, i, tokens);
    } else {
      Harm use = harm->second.use;
      // "wounded" and "injured" are participles as often as verbs; a participle before its noun or after "left" is a state
      if (use == Harm::state && is_verb(token) && (token.dep == Dep::root || token.dep == Dep::conj || token.dep == Dep::relcl)) use = Harm::verb;
      if (use == Harm::verb && is_negated(document, i)) continue;
      const TokenIndex noun = counted_noun(document, i, use);
      if (noun == no_token || !tokens.contains(noun)) continue;
      number = count_of(document, noun, tokens);
    }
    if (!number) continue;
    count = PersonCount{.at_least = number->least, .at_most = number->most, .span = document.bytes(number->tokens)};
  }
  return found;
}

}  // namespace dragoman
