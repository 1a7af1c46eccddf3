// Places: is "Tehran" the government or the city; which of several towns of one name.
#include <algorithm>

#include "dragoman/mentions/finder.h"

namespace dragoman {
namespace {

bool is_locative(std::string_view preposition) {
  static constexpr std::string_view words[] = {"in",     "at",     "near",   "outside", "around",  "across", "inside", "via",
                                               "throughout", "within", "beyond", "off", "along", "towards", "toward", "into", "through"};
  return std::find(std::begin(words), std::end(words), preposition) != std::end(words);
}

}  // namespace

// "TEHRAN –", "Brussels, 9 December 2025", "La Paz, Aug 12 (Agencia Sur).-", "NEW DELHI:", "BANGKOK/PHNOM PENH — ": the words that
// open one of the first paragraphs, before a dash, a colon or a date.
bool Finder::in_dateline(TokenIndex token) const {
  if (document_.dateline().contains(token)) return true;
  for (std::size_t p = 0; p < document_.paragraphs().size() && p < 5; ++p) {
    const TokenSpan paragraph = document_.paragraphs()[p];
    if (!paragraph.contains(token) || token - paragraph.begin > 8) continue;
    if (in_headline(token)) return false;
    // what follows must close a dateline: only names, commas, dates and brackets may stand between
    for (TokenIndex i = paragraph.begin; i < paragraph.end && i < paragraph.begin + 16; ++i) {
      const Token& t = at(i);
      const std::string_view text = document_.text(i);
      if (i > token && (text == "–" || text == "—" || text == "-" || text == "--" || text == ".-" || text == ":" || text == "–" ||
                        text.starts_with("—")) &&
          (t.space_after || text == ":"))
        return true;
      if (i == token + 1 && t.lower == "on") return false;  // "Pyongyang on Thursday refused"
      if (i > token && t.entity == EntityLabel::date && i <= token + 3) return true;
      if (is_verb(i) && t.pos == Pos::verb && t.entity == EntityLabel::none && i > token) return false;
    }
    // "Dakar" alone on its line, "Brussels, 9 December 2025"
    return paragraph.size() <= 8 && p > 0;
  }
  return false;
}

// The government or the city? By what the name hangs on in the sentence.
bool Finder::is_place_here(const Name& name) const {
  if (in_dateline(name.tokens.begin)) return true;
  const TokenIndex head = head_of(name.tokens);
  const Token& token = at(head);
  if (in_headline(head)) {  // parses of headlines are poor: only what stands right before it counts
    if (name.tokens.begin == 0) return false;
    const std::string_view before = at(name.tokens.begin - 1).lower;
    if (before == "to" && name.tokens.begin > 1)
      return (lexicon_.context(at(name.tokens.begin - 2).lemma) & (motion | motion_noun)) != 0;
    return is_locative(before) || (before == "from" && name.tokens.begin > 1 && (lexicon_.context(at(name.tokens.begin - 2).lower) & motion_noun));
  }
  // "Dakar-based"
  if (name.tokens.end + 1 < document_.size() && at(name.tokens.end).tag == Tag::hyph && at(name.tokens.end + 1).lower == "based") return true;
  TokenIndex anchor = head;
  while (at(anchor).dep == Dep::conj && !document_.is_root(anchor)) anchor = at(anchor).head;  // "in Tehran and Ankara"
  const Token& role = at(anchor);
  if (role.dep == Dep::appos && !document_.is_root(anchor)) {
    // "Suva, Fiji" is a place; "the capital, Tehran"
    return true;
  }
  if (role.dep == Dep::pobj) {
    const TokenIndex preposition = role.head;
    const std::string_view word = at(preposition).lower;
    const TokenIndex above = at(preposition).head;
    const std::uint16_t context = lexicon_.context(at(above).lemma);
    if (is_locative(word)) return true;
    if (word == "to") return (context & (motion | motion_noun)) != 0;
    if (word == "from") {
      if (context & speech_noun) return false;
      return is_verb(above) ? (context & motion) != 0 || lexicon_.context(at(above).lemma) == 0 : (context & motion_noun) != 0;
    }
    if (word == "of") return (context & place_noun) != 0 || at(above).lower == "capital";
    if (word == "on" || word == "over") return false;
    return false;
  }
  if (role.dep == Dep::compound || role.dep == Dep::nmod || role.dep == Dep::amod) {
    const TokenIndex above = role.head;
    if (name.tokens.contains(above)) return false;
    return (lexicon_.context(at(above).lemma) & place_noun) != 0 || (lexicon_.context(at(above).lower) & place_noun) != 0;
  }
  if (role.dep == Dep::dobj) {
    const TokenIndex verb = role.head;
    const std::uint16_t context = lexicon_.context(at(verb).lemma);
    return (context & motion) != 0 && (context & speech) == 0;
  }
  if (role.dep == Dep::npadvmod) return true;
  return token.dep == Dep::root && !in_headline(head);
}

// "La Paz, Aug 12 (Agencia Sur)": the agency in a dateline.
bool Finder::in_agency(TokenIndex token) const {
  if (!document_.dateline().contains(token)) return false;
  TokenIndex i = token;
  while (i > document_.dateline().begin && document_.text(i) != "(" && document_.text(i) != ")") --i;
  return document_.text(i) == "(";
}

// For names that might be no place at all: does the sentence use it as one?
bool Finder::has_place_context(const Name& name) const {
  if (in_agency(name.tokens.begin)) return false;
  switch (name.label) {  // "March 3", "Sunday", "May"
    case EntityLabel::date: case EntityLabel::time: case EntityLabel::cardinal: case EntityLabel::ordinal: case EntityLabel::money:
    case EntityLabel::percent: case EntityLabel::quantity:
      return false;
    default: break;
  }
  const bool label = name.label == EntityLabel::gpe || name.label == EntityLabel::loc || name.label == EntityLabel::fac;
  if (label) return true;
  if (name.label == EntityLabel::person) {
    // the recogniser takes strange towns for persons: only a clear "in" tells otherwise
    const TokenIndex head = head_of(name.tokens);
    TokenIndex anchor = head;
    while (at(anchor).dep == Dep::conj && !document_.is_root(anchor)) anchor = at(anchor).head;
    if (at(anchor).dep == Dep::dobj && name.words == 1) return (lexicon_.context(at(at(anchor).head).lemma) & motion) != 0;
    if (at(anchor).dep != Dep::pobj) return false;
    const std::string_view word = at(at(anchor).head).lower;
    return is_locative(word) || word == "between" || word == "from";
  }
  if (at(head_of(name.tokens)).pos != Pos::propn) return false;
  if (in_dateline(name.tokens.begin)) return true;
  TokenIndex anchor = head_of(name.tokens);
  while (at(anchor).dep == Dep::conj && !document_.is_root(anchor)) anchor = at(anchor).head;
  if (at(anchor).dep == Dep::dobj) return (lexicon_.context(at(at(anchor).head).lemma) & motion) && !(lexicon_.context(at(at(anchor).head).lemma) & speech);
  if (at(anchor).dep == Dep::compound || at(anchor).dep == Dep::nmod || at(anchor).dep == Dep::amod) {
    const TokenIndex above = at(anchor).head;  // "the Szeged–Subotica pipeline"
    if (!name.tokens.contains(above) && (lexicon_.context(at(above).lemma) & (place_noun | link_noun))) return true;
  }
  if (at(anchor).dep == Dep::pobj) {
    const TokenIndex preposition = at(anchor).head;
    const std::string_view word = at(preposition).lower;
    if (is_locative(word)) return true;
    if (word == "to" || word == "from") return (lexicon_.context(at(at(preposition).head).lemma) & (motion | motion_noun)) != 0;
    if (word == "between" || word == "of") return name.words > 1 || (lexicon_.context(at(at(preposition).head).lemma) & place_noun) != 0;
  }
  return false;
}

// Of several places of one name: the one in a state that the story names; else the one that is far larger than the rest. A world city is
// meant wherever its name stands: "a court in Paris" is not in Texas, whoever goes to court.
KnownId Finder::choose_place(const std::vector<KnownId>& places) const {
  if (places.empty()) return not_known;
  if (places.size() == 1) return places[0];
  std::vector<KnownId> told;
  for (const KnownId place : places) {
    const std::string_view country = knowledge_[place].country;
    const bool named = std::any_of(names_.begin(), names_.end(), [&](const Name& name) {
      return name.known != not_known && knowledge_[name.known].kind == "state" && knowledge_[name.known].id == country;
    });
    if (named) told.push_back(place);
  }
  const auto population_of = [&](KnownId place) { return knowledge_.place(place) ? knowledge_.place(place)->population : std::uint32_t{0}; };
  const auto largest = [&](const std::vector<KnownId>& of) { return *std::ranges::max_element(of, {}, population_of); };
  constexpr std::uint32_t world_city = 1'000'000, dwarfed = 20;
  const KnownId giant = largest(places);
  if (!told.empty() && population_of(giant) >= world_city && population_of(giant) / dwarfed > population_of(largest(told))) return giant;
  const std::vector<KnownId>& pool = told.empty() ? places : told;
  if (pool.size() == 1) return pool[0];
  KnownId best = not_known;
  std::uint32_t first = 0, second = 0;
  for (const KnownId place : pool) {
    const std::uint32_t population = population_of(place);
    if (population > first) {
      second = first;
      first = population;
      best = place;
    } else {
      second = std::max(second, population);
    }
  }
  return first >= 100'000 && first / 10 >= second ? best : not_known;
}

}  // namespace dragoman
