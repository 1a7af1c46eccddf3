#include "dragoman/mentions/times.h"

#include "dragoman/mentions/time_grammar.h"

namespace dragoman {
namespace {

constexpr int longest_climb = 16;  // heads looked at on the way up; parses deeper than that tell nothing about a date

bool is_verbal(const Token& token) { return token.pos == Pos::verb || token.pos == Pos::aux; }

bool has_child_lower(const Document& document, TokenIndex token, Dep dep, std::initializer_list<std::string_view> words) {
  for (const TokenIndex child : document.children(token)) {
    if (document[child].dep != dep) continue;
    for (const std::string_view word : words)
      if (document[child].lower == word) return true;
  }
  return false;
}

bool has_modal(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : document.children(verb))
    if (document[child].tag == Tag::md) return true;
  return false;
}

// Which way the tense of that verb points; unknown where it depends on the clause above ("calling ...").
TimeDirection tense_direction(const Document& document, TokenIndex verb) {
  const Token& token = document[verb];
  const bool have = has_child_lower(document, verb, Dep::aux, {"have", "has", "had", "having", "'ve"});
  if (has_modal(document, verb)) return have ? TimeDirection::back : TimeDirection::forward;
  if (have) return TimeDirection::back;
  switch (token.tag) {
    case Tag::vbd: return TimeDirection::back;
    case Tag::vb: return TimeDirection::forward;
    case Tag::vbn:
      if (has_child_lower(document, verb, Dep::auxpass, {"is", "are", "be"})) return TimeDirection::forward;
      return TimeDirection::back;
    case Tag::vbg:
      if (has_child_lower(document, verb, Dep::aux, {"is", "are", "'re", "'s"})) return TimeDirection::forward;
      if (has_child_lower(document, verb, Dep::aux, {"was", "were"})) return TimeDirection::back;
      return TimeDirection::unknown;
    case Tag::vbz:
    case Tag::vbp: return time_word(token.lower).kind == "reporting" ? TimeDirection::back : TimeDirection::forward;
    default: return TimeDirection::unknown;
  }
}

// "Thursday" beside "will travel" is to come, beside "said" it is gone.
TimeDirection direction_at(const Document& document, ByteSpan bytes) {
  TokenIndex token = document.token_at(bytes.begin);
  if (token >= document.size()) return TimeDirection::unknown;
  for (int step = 0; step < longest_climb; ++step) {
    const Token& here = document[token];
    if (time_word(here.lower).kind == "forward") return TimeDirection::forward;
    if (is_verbal(here)) {
      const TimeDirection direction = tense_direction(document, token);
      if (direction != TimeDirection::unknown) return direction;
    }
    if (document.is_root(token)) break;
    token = here.head;
  }
  return TimeDirection::unknown;
}

bool stands_before_year(std::string_view lower) {
  static constexpr std::string_view words[] = {"in",     "by",   "since",  "until", "till", "from",  "to",  "of",   "during",
                                               "before", "after", "through", "early", "late", "mid", "-", "–", "end", "around", "and"};
  for (const std::string_view word : words)
    if (lower == word) return true;
  return false;
}

bool is_year(const Document& document, ByteSpan bytes) {
  const TokenIndex index = document.token_at(bytes.begin);
  if (index >= document.size()) return false;
  const Token& token = document[index];
  if (token.span.begin > bytes.begin || token.span.end < bytes.end) return false;
  const bool modifies_next = token.head > index && (token.dep == Dep::nummod || token.dep == Dep::compound);
  if (modifies_next && document[token.head].pos != Pos::num) return false;  // "2000 people", "the 2023 agreement"
  if (token.entity == EntityLabel::date) return true;
  if (token.entity != EntityLabel::none && token.entity != EntityLabel::cardinal) return false;
  return index > 0 && stands_before_year(document[index - 1].lower);
}

bool is_month_name(const Document& document, ByteSpan bytes) {
  const TokenIndex index = document.token_at(bytes.begin);
  if (index >= document.size()) return false;
  const Token& token = document[index];
  if (token.entity == EntityLabel::date) return true;
  if (token.tag == Tag::md || is_verbal(token) || token.entity == EntityLabel::person) return false;
  return index > 0 && stands_before_year(document[index - 1].lower);
}

// A year of four digits makes a date explicit; all else leans on the day of publication.
TimeBasis basis_of(std::string_view words) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i <= words.size(); ++i) {
    const bool digit = i < words.size() && words[i] >= '0' && words[i] <= '9';
    if (!digit && digits == 4) return TimeBasis::explicit_date;
    digits = digit ? digits + 1 : 0;
  }
  return TimeBasis::relative;
}

// The token of the range whose head lies outside of it.
TokenIndex head_of(const Document& document, TokenSpan tokens) {
  for (TokenIndex i = tokens.begin; i < tokens.end; ++i)
    if (document.is_root(i) || !tokens.contains(document[i].head)) return i;
  return tokens.begin;
}

// True if `time` hangs on `token` with no other verb between them.
bool belongs_to(const Document& document, const TimeMention& time, TokenIndex token) {
  TokenIndex at = time.head;
  for (int step = 0; step < longest_climb; ++step) {
    if (at == token) return true;
    if (step > 0 && is_verbal(document[at])) return false;
    if (document.is_root(at)) return false;
    at = document[at].head;
  }
  return false;
}

}  // namespace

std::vector<TimeMention> find_times(const Document& document) {
  TimeContext context;
  context.published = parse_day(document.info().published);
  context.direction = [&](ByteSpan bytes) { return direction_at(document, bytes); };
  context.is_year = [&](ByteSpan bytes) { return is_year(document, bytes); };
  context.is_name = [&](ByteSpan bytes) { return is_month_name(document, bytes); };

  std::vector<TimeMention> mentions;
  for (const TokenSpan sentence : document.sentences()) {
    for (const FoundTime& found : scan_times(document.text(), document.bytes(sentence), context)) {
      TimeMention mention;
      mention.time.from = found.from ? to_iso(*found.from) : "";
      mention.time.to = found.to ? to_iso(*found.to) : "";
      mention.time.precision = found.precision;
      mention.time.span = found.span;
      mention.time.basis = basis_of(std::string_view(document.text()).substr(found.span.begin, found.span.size()));
      mention.tokens = document.tokens_in(found.span);
      if (mention.tokens.empty()) continue;
      mention.head = head_of(document, mention.tokens);
      mention.deadline = found.deadline;
      mentions.push_back(std::move(mention));
    }
  }
  return mentions;
}

const TimeMention* time_of(const Document& document, const std::vector<TimeMention>& times, TokenIndex token) {
  const TokenSpan sentence = document.sentence_of(token);
  const auto begin = std::lower_bound(times.begin(), times.end(), sentence.begin,
                                      [](const TimeMention& time, TokenIndex at) { return time.tokens.begin < at; });
  const auto end = std::lower_bound(begin, times.end(), sentence.end,
                                    [](const TimeMention& time, TokenIndex at) { return time.tokens.begin < at; });
  if (begin == end) return nullptr;
  TokenIndex owner = token;
  for (int step = 0; step < longest_climb; ++step) {
    for (auto time = begin; time != end; ++time)
      if (belongs_to(document, *time, owner)) return &*time;
    if (document.is_root(owner)) break;
    owner = document[owner].head;
  }
  const TimeMention* nearest = nullptr;
  TokenIndex distance = 0;
  for (auto time = begin; time != end; ++time) {
    const TokenIndex away = time->head > token ? time->head - token : token - time->head;
    if (nearest == nullptr || away < distance) {
      nearest = &*time;
      distance = away;
    }
  }
  return nearest;
}

}  // namespace dragoman
