// Whose a quotation is: the cue whose content touches it, else the verb of saying beside it, before or after.
#include <algorithm>

#include "dragoman/relations/statement_finder.h"

namespace dragoman {

/// A cue whose content touches a quotation has all of it: the parse of a quotation often stops at its first sentence.
void StatementFinder::take_touched_quotations() {
  std::vector<std::uint32_t> touched;
  for (std::uint32_t id = 0; id < drafts_.size(); ++id) {
    const FoundCue& cue = drafts_[id].cue;
    touched.clear();
    for (const TokenSpan span : cue.content)
      for (TokenIndex i = span.begin; i < span.end; ++i)
        if (const std::uint32_t q = quotations_.of[i]; q != no_quotation && (touched.empty() || touched.back() != q))
          touched.push_back(q);
    for (const std::uint32_t q : touched) {
      const QuotedSpan& quotation = quotations_.spans[q];
      if (quotation.words == QuotedWords::name || quotation.tokens.contains(cue.head)) continue;
      if (quotation.words == QuotedWords::phrase) {
        if (owner_[q] == no_draft) owner_[q] = id;
        continue;
      }
      const bool speech = cue.frame == CueFrame::clause || cue.frame == CueFrame::quote;
      if (!speech && !covers_most(cue.content, quotation.tokens)) continue;
      if (cue.source != no_token && quotation.tokens.contains(cue.source) && !takes(q, cue.head)) continue;
      if (owner_[q] != no_draft && !is_closer(id, owner_[q], quotation)) {
        continue;
      }
      give(q, id);
    }
  }
}

bool StatementFinder::covers_most(const std::vector<TokenSpan>& content, TokenSpan quotation) {
  TokenIndex covered = 0;
  for (const TokenSpan span : content)
    if (span.overlaps(quotation)) covered += std::min(span.end, quotation.end) - std::max(span.begin, quotation.begin);
  return 2 * covered >= quotation.size();
}

/// Of two cues that touch a quotation, the one nearer to it.
bool StatementFinder::is_closer(std::uint32_t a, std::uint32_t b, const QuotedSpan& quotation) const {
  const auto distance = [&](std::uint32_t id) {
    const TokenIndex head = drafts_[id].cue.head;
    return head < quotation.tokens.begin ? quotation.tokens.begin - head : head - quotation.tokens.end;
  };
  return distance(a) < distance(b);
}

void StatementFinder::take_neighbouring_quotations() {
  for (std::uint32_t q = 0; q < quotations_.spans.size(); ++q) {
    if (owner_[q] != no_draft || quotations_.spans[q].words != QuotedWords::sentence) continue;
    if (!tag_after(q) && !signature_after(q)) lead_before(q);
  }
}

void StatementFinder::give(std::uint32_t quotation, std::uint32_t draft) {
  owner_[quotation] = draft;
  drafts_[draft].quotes = true;
  FoundCue& cue = drafts_[draft].cue;
  const TokenSpan quoted = quotations_.spans[quotation].tokens;
  // "He said it was lost: "It is gone," he claimed.": before the quotation of a tag another sentence ends
  if (cue.head != no_token && quoted.end <= cue.head && quoted.begin > 0) {
    const std::string_view before = document_.text(quoted.begin - 1);
    if (before == ":" || before == "." || before == "?" || before == "!")
      std::erase_if(cue.content,
                    [&](TokenSpan span) { return span.begin < quoted.begin && !quotations_.inside(span.begin); });
  }
  drafts_[draft].cue.content.push_back(quotations_.spans[quotation].tokens);
  tidy(drafts_[draft].cue.content);
}

/// Sorts the spans and joins those between which only punctuation stands.
void StatementFinder::tidy(std::vector<TokenSpan>& spans) const {
  std::sort(spans.begin(), spans.end());
  std::vector<TokenSpan> joined;
  for (const TokenSpan span : spans) {
    if (!joined.empty()) {
      TokenIndex gap = joined.back().end;
      // Over a paragraph break a quotation stays in two pieces: each has its own marks.
      while (gap < span.begin && is_punctuation(document_[gap]) && same_paragraph(gap, span.begin)) ++gap;
      if (gap >= span.begin &&
          (span.begin < joined.back().end || (span.begin > 0 && same_paragraph(joined.back().end - 1, span.begin)))) {
        joined.back().end = std::max(joined.back().end, span.end);
        continue;
      }
    }
    joined.push_back(span);
  }
  spans = std::move(joined);
}

bool StatementFinder::same_paragraph(TokenIndex a, TokenIndex b) const {
  const auto& paragraphs = document_.paragraphs();
  const auto of = [&](TokenIndex token) {
    return std::partition_point(paragraphs.begin(), paragraphs.end(), [&](TokenSpan p) { return p.end <= token; });
  };
  return of(a) == of(b);
}

TokenSpan StatementFinder::paragraph_of(const QuotedSpan& quotation) const {
  return document_.paragraphs()[quotation.paragraph];
}

bool StatementFinder::takes(std::uint32_t q, TokenIndex verb) {
  FoundCue cue = quotation_cue(context_, verb);
  if (cue.head == no_token) return false;
  const QuotedSpan& quotation = quotations_.spans[q];
  if (cue.rule == "statement.manner" && !is_beside(quotation, verb)) return false;
  if (cue.source == no_token || quotation.tokens.contains(cue.source) || in_brackets(cue.source))
    cue.source = document_[verb].tag == Tag::vbg ? nearest_subject(verb) : nearest_noun(quotation, verb);
  if (cue.source == no_token) return false;
  std::uint32_t draft = draft_at(verb);
  if (draft == no_draft) {
    draft = add(std::move(cue));
  } else {
    FoundCue& known = drafts_[draft].cue;
    if (known.frame != CueFrame::clause && known.frame != CueFrame::quote)
      known = std::move(cue);  // "...?" she asked him.
    else if (known.source == no_token || quotation.tokens.contains(known.source) || in_brackets(known.source))
      known.source = cue.source;
  }
  give(q, draft);
  return true;
}

/// Who acts in the clause before a participle: "waved to the crowd in Valmouth, telling them, ..."
TokenIndex StatementFinder::nearest_subject(TokenIndex verb) const {
  const TokenIndex begin = document_.sentence_of(verb).begin;
  for (TokenIndex i = verb; i-- > begin;)
    if (document_[i].dep == Dep::nsubj && !quotations_.inside(i) && can_speak(context_, i)) return i;
  return no_token;
}

/// Verbs that report only by their place ("began", "smiled") stand next to the quotation, with nothing but a name
/// between.
bool StatementFinder::is_beside(const QuotedSpan& quotation, TokenIndex verb) const {
  const TokenIndex from = verb < quotation.tokens.begin ? verb + 1 : quotation.tokens.end;
  const TokenIndex to = verb < quotation.tokens.begin ? quotation.tokens.begin : verb;
  if (to > from + (verb < quotation.tokens.begin ? 5 : 12)) return false;
  for (TokenIndex i = from; i < to; ++i)
    if ((is_verbal(document_[i]) && verb < quotation.tokens.begin) || is_sentence_end(document_, i)) return false;
  return true;
}

bool StatementFinder::in_brackets(TokenIndex token) const {
  for (TokenIndex i = token; i > 0 && i + 8 > token; --i) {
    if (document_[i].tag == Tag::lrb) return true;
    if (document_[i].tag == Tag::rrb && i != token) return false;
  }
  return false;
}

/// The noun phrase beside a verb of saying, where the parse gives none: "...," Ms. Tolvanen, 58, told reporters.
TokenIndex StatementFinder::nearest_noun(const QuotedSpan& quotation, TokenIndex verb) const {
  const bool after = verb >= quotation.tokens.end;
  const TokenIndex begin = after ? quotation.tokens.end : paragraph_of(quotation).begin;
  const auto nominal = [&](TokenIndex i) {
    const Token& token = document_[i];
    return (token.pos == Pos::propn || token.pos == Pos::noun || token.pos == Pos::pron) && !quotations_.inside(i) &&
           !in_brackets(i) && token.entity != EntityLabel::date && token.dep != Dep::compound && can_speak(context_, i);
  };
  if (after)
    for (TokenIndex i = begin; i < verb; ++i)
      if (nominal(i)) return i;
  if (!after)
    for (TokenIndex i = verb; i-- > begin && i + 8 > verb;)
      if (nominal(i)) return i;
  const TokenIndex end = after ? document_.sentence_of(verb).end : quotation.tokens.begin;
  for (TokenIndex i = verb + 1; i < end && i < verb + 6; ++i)
    if (nominal(i)) return i;
  return no_token;
}

/// "...," said the envoy on Monday.
bool StatementFinder::tag_after(std::uint32_t q) {
  const QuotedSpan& quotation = quotations_.spans[q];
  const char last = document_.text()[quotation.inner.end - 1];
  const TokenIndex end = paragraph_of(quotation).end;
  TokenIndex i = quotation.tokens.end;
  if (i >= end) return false;
  const bool comma_follows = document_.text(i) == ",";
  if (last == '.' && !comma_follows && !is_bare_tag(i, end)) return false;
  if (!quotation.closed) return false;
  if (last == ',' && any_verb_after(q)) return true;
  TokenIndex verbs = 0;
  for (TokenIndex steps = 0; i < end && steps < 45; ++i, ++steps) {
    const std::uint32_t here = quotations_.of[i];
    if (here != no_quotation) {
      if (quotations_.spans[here].words == QuotedWords::sentence) return false;
      continue;
    }
    if (is_sentence_end(document_, i)) return fused(q, quotation.tokens.end);
    if (!is_verbal(document_[i])) continue;
    if (takes(q, i)) return true;
    if (document_[i].pos == Pos::verb && ++verbs > 2) return false;
  }
  return false;
}

/// "...," an angry envoy retaliated.: after a comma inside the marks, the verb of whoever is named next reports,
/// whatever it means.
bool StatementFinder::any_verb_after(std::uint32_t q) {
  const QuotedSpan& quotation = quotations_.spans[q];
  const TokenIndex begin = quotation.tokens.end;
  const TokenIndex end = std::min(paragraph_of(quotation).end, begin + 12);
  for (TokenIndex i = begin; i < end; ++i) {
    if (quotations_.inside(i) || is_sentence_end(document_, i)) return false;
    const Token& token = document_[i];
    if (!is_verbal(token)) continue;
    if (token.pos == Pos::aux && token.dep != Dep::root) continue;
    if (token.tag != Tag::vbd && token.tag != Tag::vbz && token.tag != Tag::vbp) return false;
    if (quotation_cue(context_, i).head != no_token || draft_at(i) != no_draft) return false;  // the lexicon knows it
    const TokenIndex subject = document_.child(i, Dep::nsubj);
    if (subject == no_token || subject < begin || subject > i || !can_speak(context_, subject) || !ends_clause(i))
      return false;
    FoundCue cue;
    cue.head = i;
    cue.words = verb_group(context_, i);
    cue.frame = CueFrame::quote;
    cue.source = subject;
    cue.rule = "statement.tag";
    give(q, add(std::move(cue)));
    return true;
  }
  return false;
}

/// Nothing follows the verb that it could mean instead: no object, no complement.
bool StatementFinder::ends_clause(TokenIndex verb) const {
  for (const TokenIndex child : document_.children(verb)) {
    const Dep dep = document_[child].dep;
    if (child > verb &&
        (dep == Dep::dobj || dep == Dep::ccomp || dep == Dep::xcomp || dep == Dep::acomp || dep == Dep::attr))
      return false;
  }
  return true;
}

/// "..." — Mira Tolvanen: a dash and a name end the line.
bool StatementFinder::signature_after(std::uint32_t q) {
  const QuotedSpan& quotation = quotations_.spans[q];
  const TokenIndex end = paragraph_of(quotation).end;
  const TokenIndex dash = quotation.tokens.end;
  if (dash + 1 >= end || dash + 12 < end || !is_dash(dash)) return false;
  TokenIndex head = no_token;
  for (TokenIndex i = dash + 1; i < end; ++i) {
    const Token& token = document_[i];
    if (is_verbal(token) || quotations_.inside(i)) return false;
    const bool nominal = token.pos == Pos::propn || token.pos == Pos::noun;
    if (nominal && (head == no_token || document_[head].dep == Dep::compound) && token.lower != ",") head = i;
  }
  if (head == no_token || draft_at(dash) != no_draft) return false;
  FoundCue cue;
  cue.head = dash;
  cue.words = {dash, dash + 1};
  cue.frame = CueFrame::quote;
  cue.source = head;
  cue.rule = "statement.signature";
  give(q, add(std::move(cue)));
  return true;
}

bool StatementFinder::is_dash(TokenIndex token) const {
  const std::string_view form = document_.text(token);
  return form == "—" || form == "–" || form == "-" || form == "--" || form == "―";
}

/// "..." Tolvanen said. After a full stop only a tag of a few words is one.
bool StatementFinder::is_bare_tag(TokenIndex begin, TokenIndex end) const {
  for (TokenIndex i = begin; i < end && i < begin + 6; ++i) {
    if (quotations_.inside(i)) return false;
    if (is_sentence_end(document_, i)) return i > begin + 1 && is_verbal(document_[i - 1]);
  }
  return false;
}

/// The envoy said: "..."; she said that "..."; he was more cautious: "..."
bool StatementFinder::lead_before(std::uint32_t q) {
  const QuotedSpan& quotation = quotations_.spans[q];
  const TokenIndex begin = paragraph_of(quotation).begin;
  TokenIndex i = quotation.tokens.begin;
  if (i == begin) return lead_in_paragraph_before(q);
  const TokenIndex before = i - 1;
  const std::string_view link = document_.text(before);
  const bool colon = link == ":";
  const bool comma = link == ",";
  if (is_sentence_end(document_, before) && !colon) return false;
  TokenIndex steps = 0;
  const TokenIndex reach = colon ? 45 : comma ? 14 : 8;
  TokenIndex main = no_token;
  for (i = before + 1; i > begin && steps < reach; --steps, steps += 2) {
    --i;
    if (quotations_.inside(i)) {
      if (quotations_.spans[quotations_.of[i]].words == QuotedWords::sentence) break;
      continue;
    }
    if (i != before && is_sentence_end(document_, i) && document_[i].sentence != document_[before].sentence) break;
    if (!is_verbal(document_[i])) continue;
    if (takes(q, i)) {
      FoundCue& cue = drafts_[owner_[q]].cue;
      if (colon && cue.words.end == before) ++cue.words.end;
      return true;
    }
    if (main == no_token && (document_.is_root(i) || document_[i].dep == Dep::conj || document_[i].dep == Dep::ccomp))
      main = i;
  }
  if (fused(q, before)) return true;
  if (colon && name_before(q, before)) return true;
  if (colon && main != no_token && document_[before].sentence == document_[main].sentence) {
    // Any clause that ends in a colon before speech attributes it: "The minister was more cautious: ..."
    const TokenIndex source = subject_of(context_, main);
    if (source != no_token && can_speak(context_, source)) {
      FoundCue cue;
      cue.head = main;
      cue.words = {verb_group(context_, main).begin, before + 1};
      if (cue.words.begin <= source && source < cue.words.end) cue.words = {main, main + 1};
      cue.frame = CueFrame::quote;
      cue.source = source;
      cue.rule = "statement.colon";
      give(q, add(std::move(cue)));
      return true;
    }
  }
  return false;
}

/// "From the report: ...", "Joan Marrow: ...": a name and a colon are enough.
bool StatementFinder::name_before(std::uint32_t q, TokenIndex colon) {
  TokenIndex noun = colon;
  if (noun == 0 || quotations_.inside(noun - 1)) return false;
  --noun;
  const Token& token = document_[noun];
  const TokenIndex top = token.dep == Dep::compound || document_[token.head].pos == Pos::propn ? noun : noun;
  const bool nominal = token.pos == Pos::propn || token.pos == Pos::noun;
  if (!nominal || !can_speak(context_, top) || draft_at(colon) != no_draft) return false;
  if (is_verbal(document_[token.head]) && (token.dep == Dep::dobj || token.dep == Dep::attr)) return false;
  FoundCue cue;
  cue.head = colon;
  cue.words = {colon, colon + 1};
  cue.frame = CueFrame::quote;
  cue.source = noun;
  cue.rule = "statement.colon";
  give(q, add(std::move(cue)));
  return true;
}

/// A paragraph that ends in a colon brings in the quotations of the next one.
bool StatementFinder::lead_in_paragraph_before(std::uint32_t q) {
  const std::uint32_t paragraph = quotations_.spans[q].paragraph;
  if (paragraph == 0) return false;
  const TokenSpan before = document_.paragraphs()[paragraph - 1];
  const TokenIndex colon = before.end - 1;
  if (document_.text(colon) != ":") return false;
  const TokenSpan sentence = document_.sentence_of(colon);
  const TokenIndex floor = std::max(sentence.begin, before.begin);
  TokenIndex main = no_token;
  for (TokenIndex i = colon; i-- > floor;) {
    if (quotations_.inside(i) || !is_verbal(document_[i])) continue;
    if ((i + 9 > colon || document_.is_root(i)) && takes(q, i)) {
      FoundCue& cue = drafts_[owner_[q]].cue;
      if (cue.words.end == colon) ++cue.words.end;
      return true;
    }
    if (document_.is_root(i) || document_[i].dep == Dep::conj) {
      main = i;
      break;
    }
  }
  if (main == no_token || draft_at(main) != no_draft) return false;
  const TokenIndex source = subject_of(context_, main);
  if (source == no_token || !can_speak(context_, source)) return false;
  FoundCue cue;
  cue.head = main;
  cue.words = {verb_group(context_, main).begin, colon + 1};
  if (cue.words.begin <= source && source < cue.words.end) cue.words = {main, main + 1};
  cue.frame = CueFrame::quote;
  cue.source = source;
  cue.rule = "statement.colon";
  give(q, add(std::move(cue)));
  return true;
}

/// "Araghchisaid, ...": a lost blank before the verb.
bool StatementFinder::fused(std::uint32_t q, TokenIndex at) {
  for (TokenIndex i = at; i + 3 > at && i < document_.size(); --i) {
    const std::string_view form = document_.text(i);
    if (form.size() > 6 && form.front() >= 'A' && form.front() <= 'Z' && form.ends_with("said")) {
      FoundCue cue;
      cue.head = i;
      cue.words = {i, i + 1};
      cue.frame = CueFrame::quote;
      cue.source = i;
      cue.rule = "statement.fused";
      const std::uint32_t draft = add(std::move(cue));
      drafts_[draft].fused = 4;
      give(q, draft);
      return true;
    }
    if (i == 0) break;
  }
  return false;
}

}  // namespace dragoman
