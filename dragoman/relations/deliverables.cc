#include "dragoman/relations/deliverables.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "dragoman/relations/clauses.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

bool is_time_token(const std::vector<TimeMention>& times, TokenIndex token) {
  const auto after = std::upper_bound(times.begin(), times.end(), token, [](TokenIndex at, const TimeMention& time) { return at < time.tokens.begin; });
  return after != times.begin() && std::prev(after)->tokens.contains(token);
}

// The first token of `span` at which a time begins, its preposition included; the span's end if none does.
TokenIndex time_begins(const Document& document, const std::vector<TimeMention>& times, TokenSpan span, TokenIndex keep) {
  for (TokenIndex i = span.begin; i < span.end; ++i) {
    if (i <= keep || !is_time_token(times, i)) continue;
    TokenIndex begin = i;
    while (begin > span.begin && begin - 1 > keep) {
      const Token& before = document[begin - 1];
      const bool leads = before.pos == Pos::adp || before.pos == Pos::adv || before.pos == Pos::det || before.lower == "only" || before.pos == Pos::punct;
      if (!leads) break;
      --begin;
    }
    return begin;
  }
  return span.end;
}

bool is_article(const Token& token) { return is_one_of(WordClass::determiner, token.lower); }
bool is_possessive(const Token& token) { return token.tag == Tag::prp_poss; }

void trim(const Document& document, TokenSpan& span) {
  const auto loose_end = [&](const Token& token) {
    return token.pos == Pos::punct || token.pos == Pos::space || token.dep == Dep::cc || token.pos == Pos::cconj || token.tag == Tag::in ||
           token.lower == "that" || token.lower == "as" || token.lower == "to" || token.pos == Pos::sconj;
  };
  while (span.size() > 1 && loose_end(document[span.end - 1]) && document[span.end - 1].lower != "%") --span.end;
  while (span.size() > 1 && (document[span.begin].pos == Pos::punct || document[span.begin].pos == Pos::space) && document[span.begin].lower != "$") ++span.begin;
}

ThingPhrase made_of(const Document& document, TokenSpan span, TokenIndex head) {
  ThingPhrase phrase;
  trim(document, span);
  TokenSpan titled = span;
  while (span.size() > 1 && span.begin < head &&
         (is_article(document[span.begin]) || is_possessive(document[span.begin]) || document[span.begin].lower == "not" || document[span.begin].lower == "no" ||
          document[span.begin].lower == "single"))
    ++span.begin;
  if (document[titled.begin].lower == "not" || document[titled.begin].lower == "no") titled = span;
  phrase.tokens = span;
  phrase.head = head;
  phrase.text = plain_text(document, span);
  // "its consulate" does not stand on its own in a title
  if (titled.begin < span.begin && is_possessive(document[titled.begin])) phrase.titled.assign("the ").append(phrase.text);
  else phrase.titled = plain_text(document, titled);
  return phrase;
}

// Does the preposition under a verb belong to the thing ("open an office in Van", "send aid to Chad")? Manner, means and source don't.
bool prep_of_thing(const Document& document, TokenIndex prep) {
  const std::string_view lower = document[prep].lower;
  static constexpr std::array<std::string_view, 13> kept = {"in", "at", "to", "for", "on", "with", "between", "from", "into", "along", "near", "of", "across"};
  // "link the two by rail", not "open by 2027" or "opened by the king"
  if (lower == "by") {
    const TokenIndex object = document.child(prep, Dep::pobj);
    return document[prep].dep == Dep::prep && object != no_token && document[object].pos == Pos::noun && document[object].entity == EntityLabel::none;
  }
  return (document[prep].dep == Dep::prep || document[prep].dep == Dep::dative) && std::find(kept.begin(), kept.end(), lower) != kept.end();
}

}  // namespace

std::string plain_text(const Document& document, TokenSpan tokens) {
  if (tokens.empty()) return {};
  std::string out;
  for (const char c : document.text(document.bytes(tokens))) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  return out;
}

ThingPhrase thing_phrase(const Document& document, const std::vector<TimeMention>& times, TokenIndex noun, TokenIndex verb, bool with_conjuncts) {
  TokenSpan span = phrase_of(document, noun, with_conjuncts);
  if (verb != no_token && verb < noun) {
    for (const TokenIndex child : document.children(verb)) {
      if (child < span.end || document[child].left_edge > span.end || !prep_of_thing(document, child)) continue;
      const TokenSpan prep = document.subtree(child);
      if (is_time_token(times, prep.begin) || (prep.size() > 1 && is_time_token(times, prep.begin + 1))) break;
      const TokenIndex object = document.child(child, Dep::pobj);
      if (object == no_token && document.child(child, Dep::pcomp) != no_token) {  // "cooperation in combating terrorism"
        span.end = std::max(span.end, document[child].right_edge + 1);
        continue;
      }
      if (object == no_token) break;
      span.end = std::max(span.end, phrase_of(document, object, true).end);
    }
  }
  // "four memorandums, covering tea and tunnels"
  if (span.end + 2 < document.size() && document[span.end].lower == "," && document[span.end + 1].lower == "covering" && span.end > noun)
    span.end = document[span.end + 1].right_edge + 1;
  // a subject that stands before its verb may have swallowed clauses
  span.end = std::min(span.end, time_begins(document, times, span, noun));
  for (TokenIndex i = noun + 1; i < span.end; ++i) {
    const Token& token = document[i];
    const bool breaks = is_one_of(WordClass::breaking_conjunction, token.lower) || token.lower == "—" || token.lower == ";" || token.lower == "”" || token.lower == "\"" || token.tag == Tag::wdt || token.tag == Tag::wp ||
                        token.lower == "worth" || (token.lower == "," && i + 1 < span.end && (document[i + 1].tag == Tag::vbn || document[i + 1].lower == "due")) || (token.lower == "as" && i + 1 < span.end && document[i + 1].lower == "well");
    // "a line between Orva and Lintu and the opening of a consulate": a thing of its own, hung on the last name
    const bool next_thing = token.pos == Pos::cconj && i + 2 < span.end && (document[i + 1].tag == Tag::dt || is_possessive(document[i + 1])) &&
                            document[document[i + 1].head].dep == Dep::conj && document[document[i + 1].head].pos == Pos::noun &&
                            document[document[document[i + 1].head].head].pos == Pos::propn;
    // "a hospital in Sfax, the minister said": an apposition, or what the parser takes for one
    const bool apposed = token.lower == "," && i + 1 < span.end && [&] {
      for (TokenIndex k = i + 1; k < span.end; ++k)
        if (document[k].dep == Dep::appos && document[k].left_edge == i + 1) return true;
      return false;
    }();
    const bool effect = token.lower == "with" && i + 1 < span.end && document[i + 1].lower == "effect";
    // "an accord ending a dispute": what it does is not what it is
    const bool participle = token.dep == Dep::acl && token.tag == Tag::vbg && token.head == noun && token.lower != "covering" && token.lower != "worth";
    if (breaks || next_thing || apposed || effect || participle) span.end = i;
  }
  if (span.end <= noun) span.end = noun + 1;
  return made_of(document, span, noun);
}

ThingPhrase complement_phrase(const Document& document, const std::vector<TimeMention>& times, TokenIndex verb) {
  TokenSpan span{verb + 1, verb + 1};
  for (const TokenIndex child : document.children(verb)) {
    if (child < verb) continue;
    const Token& token = document[child];
    if (token.dep != Dep::prep && token.dep != Dep::prt && token.dep != Dep::advmod && token.dep != Dep::npadvmod && token.dep != Dep::dobj &&
        token.dep != Dep::dative)
      continue;
    if (token.left_edge > span.end) break;
    span.end = std::max(span.end, token.right_edge + 1);
  }
  span.end = std::min(span.end, time_begins(document, times, span, verb));
  if (span.empty()) return {};
  TokenIndex head = no_token;
  for (TokenIndex i = span.begin; i < span.end && head == no_token; ++i)
    if (document[i].dep == Dep::pobj || document[i].dep == Dep::dobj) head = i;
  trim(document, span);
  ThingPhrase phrase;
  phrase.tokens = span;
  phrase.head = head == no_token ? span.begin : head;
  phrase.text = phrase.titled = plain_text(document, span);
  return phrase;
}

ThingSense sense_of(const Document& document, TokenSpan tokens, TokenIndex head, const CommitmentLexicon& lexicon, bool has_amount) {
  ThingSense sense;
  sense.concrete = has_amount;
  std::array<double, 24> score{};
  for (TokenIndex i = tokens.begin; i < tokens.end;) {
    const std::optional<ObjectEntry> entry = lexicon.object(document, i, tokens.end);
    if (!entry) {
      ++i;
      continue;
    }
    const bool is_head = entry->tokens.contains(head);
    const bool before_head = entry->tokens.end <= head;
    if (is_head) {
      sense.head = entry->kind;
      sense.entry = *entry;
    }
    if (entry->kind == ObjectKind::concrete || entry->kind == ObjectKind::instrument || entry->kind == ObjectKind::event || entry->kind == ObjectKind::restriction)
      sense.concrete = true;
    if (entry->kind == ObjectKind::domain && !is_head) sense.specific_field = true;
    if (entry->sector != Sector::other)
      score[static_cast<std::size_t>(entry->sector)] += entry->weight * (is_head ? 2.0 : before_head ? 1.3 : 1.0);
    i = entry->tokens.end;
  }
  if (head < document.size() && sense.head == ObjectKind::unknown)
    if (const auto ending = lexicon.object_ending(document, head)) {
      sense.head = ending->kind;
      sense.entry = *ending;
    }
  const auto best = std::max_element(score.begin(), score.end());
  if (*best > 0) sense.sector = static_cast<Sector>(best - score.begin());
  return sense;
}

// ---- amounts

namespace {

double scale_of(std::string_view word) {
  if (word == "thousand" || word == "k") return 1e3;
  if (word == "million" || word == "m" || word == "mn" || word == "mln") return 1e6;
  if (word == "billion" || word == "bn" || word == "b" || word == "bln") return 1e9;
  if (word == "trillion" || word == "tn" || word == "trn") return 1e12;
  return 0;
}

std::optional<double> small_number(std::string_view word) {
  static constexpr std::array<std::string_view, 13> words = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<double>(found - words.begin());
  if (word == "dozen") return 12;
  if (word == "twenty") return 20;
  if (word == "thirty") return 30;
  if (word == "fifty") return 50;
  if (word == "hundred") return 100;
  return std::nullopt;
}

// "1,250.5" with its sign or scale fused to it ("£85m", "140bn"): value, what stands before and after.
struct FusedNumber {
  double value;
  std::string_view before, after;
};
std::optional<FusedNumber> fused_number(std::string_view word) {
  const std::size_t first = word.find_first_of("0123456789");
  if (first == std::string_view::npos) return std::nullopt;
  std::string digits;
  std::size_t i = first;
  for (; i < word.size() && ((word[i] >= '0' && word[i] <= '9') || word[i] == ',' || word[i] == '.'); ++i)
    if (word[i] != ',') digits += word[i];
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return FusedNumber{value, word.substr(0, first), word.substr(i)};
}

}  // namespace

std::vector<Amount> find_amounts(const Document& document, TokenSpan tokens, const std::vector<TimeMention>& times, const CommitmentLexicon& lexicon,
                                 std::string_view state) {
  std::vector<Amount> amounts;
  for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
    const Token& token = document[i];
    if (is_time_token(times, i)) continue;
    TokenIndex begin = i, end = i + 1;
    std::string_view sign;
    double value = 0;
    const std::optional<FusedNumber> fused = fused_number(token.lower);
    if (fused && token.shape.find_first_of("xX") != std::string_view::npos && fused->before.empty() && scale_of(fused->after) == 0 && !fused->after.empty()) continue;
    if (fused) {
      value = fused->value;
      sign = fused->before;
      if (const double scale = scale_of(fused->after); scale > 0) value *= scale;
      else if (!fused->after.empty()) continue;
      if (sign.empty() && begin > tokens.begin && !lexicon.currency(document[begin - 1].lower, state).empty()) sign = document[--begin].lower;
    } else if (const auto small = small_number(token.lower); small && token.pos == Pos::num) {
      value = *small;
    } else {
      continue;
    }
    if (token.tag == Tag::jj || token.dep == Dep::punct) continue;
    if (token.shape == "dddd" && value >= 1900 && value <= 2100 && sign.empty()) continue;  // "the 2023 agreement"
    while (end < document.size()) {
      const double scale = scale_of(document[end].lower);
      if (scale == 0) break;
      value *= scale;
      ++end;
    }
    std::string unit(sign.empty() ? "" : lexicon.currency(sign, state));
    if (unit.empty() && end < document.size()) {
      // "220 billion Iraqi dinars", "60 officers", "120 million cubic metres", "40 per cent"
      TokenIndex noun = end;
      while (noun < tokens.end && (document[noun].pos == Pos::adj || document[noun].dep == Dep::compound || document[noun].dep == Dep::amod)) ++noun;
      if (document[end].lower == "%" || document[end].lower == "percent" || document[end].lower == "per") {
        unit = "%";
        end += document[end].lower == "per" ? 2 : 1;
      } else if (noun < tokens.end && is_noun(document[noun]) && noun - end <= 3) {
        if (is_one_of(WordClass::time_unit, document[noun].lemma)) continue;
        const std::string_view code = lexicon.currency(document[noun].lower, state);
        unit = code.empty() ? plain_text(document, {end, noun + 1}) : std::string(code);
        end = noun + 1;
      } else {
        continue;
      }
    }
    end = std::min<TokenIndex>(end, document.size());
    if (unit.empty() || is_time_token(times, end - 1)) continue;
    amounts.push_back({value, unit, document.bytes({begin, end})});
    i = end - 1;
  }
  return amounts;
}

double likeness(std::string_view a, std::string_view b) {
  const auto words_of = [](std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto flush = [&] {
      if (!word.empty() && word != "the" && word != "a" && word != "an" && word != "of" && word != "s") words.push_back(word);
      word.clear();
    };
    for (const char c : text) {
      const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) >= 0x80 && c != '\xe2');
      if (letter) word += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
      else flush();
    }
    flush();
    return words;
  };
  const std::vector<std::string> left = words_of(a), right = words_of(b);
  if (left.empty() || right.empty()) return 0;
  std::map<std::string, int> rest;
  for (const std::string& word : right) ++rest[word];
  int same = 0;
  for (const std::string& word : left)
    if (rest[word]-- > 0) ++same;
  return 2.0 * same / static_cast<double>(left.size() + right.size());
}

}  // namespace dragoman
