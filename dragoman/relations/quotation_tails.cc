// Quotations that no verb claims: tails of split ones, further paragraphs, words of whoever spoke last; labels of
// transcripts and headlines.
#include <algorithm>

#include "dragoman/relations/statement_finder.h"

namespace dragoman {

/// Paragraphs in the manner of a transcript or a headline: "THE CHAIR: We begin.", "Poll: Most want rain".
void StatementFinder::colons() {
  std::vector<Label> labels;
  std::uint32_t capitals = 0;
  for (std::uint32_t p = 0; p < document_.paragraphs().size(); ++p)
    if (const Label label = label_of(document_.paragraphs()[p]); label.colon != no_token) {
      labels.push_back(label);
      capitals += label.capitals;
    }
  std::uint32_t q = 0;
  for (const Label& label : labels) {
    const TokenSpan paragraph = label.paragraph;
    const Token& head = document_[label.head];
    const NounKinds kinds = context_.lexicon.noun(head.lower);
    if (kinds.label || head.entity == EntityLabel::gpe || head.entity == EntityLabel::loc) continue;
    const bool transcript = label.capitals && capitals >= 2;  // one alone may be a dateline
    const bool headline = paragraph.begin == 0 && head.pos == Pos::propn && !label.capitals;
    const bool speaker = head.entity == EntityLabel::person || head.entity == EntityLabel::org || kinds.person ||
                         kinds.body || (kinds.document && paragraph.begin == 0);
    if (!transcript && !headline && !(speaker && !label.capitals)) continue;
    bool clause = false;
    for (TokenIndex i = label.colon + 1; i < paragraph.end; ++i)
      clause = clause || (is_verbal(document_[i]) && document_[i].tag != Tag::vbg && document_[i].tag != Tag::vbn);
    if (paragraph.begin == 0 && (headline || kinds.document) && paragraph.end > label.colon + 4)
      clause = true;  // no verbs in capitals
    if (!clause || draft_at(label.colon) != no_draft) continue;
    FoundCue cue;
    cue.head = label.colon;
    cue.words = {label.colon, label.colon + 1};
    cue.source = label.head;
    cue.rule = "statement.transcript";
    const TokenSpan content = trimmed(context_, {label.colon + 1, paragraph.end});
    if (content.empty()) continue;
    cue.content = {content};
    const std::uint32_t draft = add(std::move(cue));
    while (q < quotations_.spans.size() && quotations_.spans[q].tokens.end <= content.begin) ++q;
    for (; q < quotations_.spans.size() && content.contains(quotations_.spans[q].tokens); ++q)
      if (owner_[q] == no_draft) owner_[q] = draft;
  }
}

/// The few plain words before a colon at the start of a paragraph; colon is no_token where there are none.
StatementFinder::Label StatementFinder::label_of(TokenSpan paragraph) const {
  Label label{.paragraph = paragraph};
  const TokenIndex reach = std::min(paragraph.end, paragraph.begin + 9);
  TokenIndex colon = paragraph.begin + 1;
  while (colon < reach && document_.text(colon) != ":") ++colon;
  if (colon >= reach || colon + 3 >= paragraph.end || quotations_.inside(colon)) return label;
  for (TokenIndex i = paragraph.begin; i < colon; ++i) {
    const Token& token = document_[i];
    if (is_verbal(token) || quotations_.inside(i) || token.lower == ",") return label;
    if (token.pos == Pos::propn || token.pos == Pos::noun) label.head = i;
    for (const char c : document_.text(i)) label.capitals = label.capitals && !(c >= 'a' && c <= 'z');
  }
  if (label.head != no_token) label.colon = colon;
  return label;
}

/// Quotations with no cue of their own: a tail, the next paragraph of the same, or words of whoever spoke last.
void StatementFinder::take_following_quotations() {
  for (std::uint32_t q = 0; q < quotations_.spans.size(); ++q) {
    const QuotedSpan& quotation = quotations_.spans[q];
    if (quotation.words == QuotedWords::name) continue;
    if (owner_[q] != no_draft) {
      take_earlier_paragraphs(q);
      continue;
    }
    if (quotation.words != QuotedWords::sentence) continue;
    const std::uint32_t from = q == 0 ? no_draft : goes_on_from(q);
    if (from != no_draft) {
      give(q, from);
      continue;
    }
    if (const std::uint32_t next = begins_next_paragraph(q); next != no_draft) {
      give(q, next);
      continue;
    }
    if (quotation.goes_on) continue;  // its last paragraph may have the cue
    if (!stands_alone(quotation) || !follows_speaker(q)) continue;
    FoundCue cue;
    cue.rule = "statement.no-cue";
    cue.frame = CueFrame::quote;
    give(q, add(std::move(cue)));
    take_earlier_paragraphs(q);
  }
}

/// Somebody was speaking in this paragraph or the one before it.
bool StatementFinder::follows_speaker(std::uint32_t q) const {
  const QuotedSpan& quotation = quotations_.spans[q];
  const std::uint32_t from = quotation.paragraph == 0 ? 0 : quotation.paragraph - 1;
  const TokenIndex begin = document_.paragraphs()[from].begin;
  const TokenIndex end = std::min(paragraph_of(quotation).end, static_cast<TokenIndex>(draft_of_.size()));
  for (TokenIndex i = begin; i < end; ++i)
    if (draft_of_[i] != no_draft && !quotation.tokens.contains(i) && drafts_[draft_of_[i]].cue.source != no_token)
      return true;
  return false;
}

/// The statement that the next paragraph begins with, where this one is nothing but a quotation.
std::uint32_t StatementFinder::begins_next_paragraph(std::uint32_t q) const {
  if (q + 1 >= quotations_.spans.size()) return no_draft;
  const QuotedSpan& quotation = quotations_.spans[q];
  const QuotedSpan& next = quotations_.spans[q + 1];
  if (quotation.tokens != paragraph_of(quotation) || next.paragraph != quotation.paragraph + 1) return no_draft;
  if (next.tokens.begin != paragraph_of(next).begin) return no_draft;
  const std::uint32_t draft = owner_[q + 1];
  return draft != no_draft && drafts_[draft].quotes ? draft : no_draft;
}

/// The paragraphs before, where each was left open.
void StatementFinder::take_earlier_paragraphs(std::uint32_t q) {
  for (std::uint32_t before = q; before > 0;) {
    --before;
    const QuotedSpan& earlier = quotations_.spans[before];
    if (!earlier.goes_on || earlier.paragraph + 1 != quotations_.spans[before + 1].paragraph ||
        owner_[before] != no_draft)
      return;
    if (quotations_.spans[before + 1].tokens.begin != paragraph_of(quotations_.spans[before + 1]).begin) return;
    give(before, owner_[q]);
  }
}

std::uint32_t StatementFinder::goes_on_from(std::uint32_t q) const {
  const QuotedSpan& quotation = quotations_.spans[q];
  std::uint32_t before = q - 1;
  while (before > 0 && quotations_.spans[before].words == QuotedWords::name &&
         quotations_.spans[before].paragraph == quotation.paragraph)
    --before;
  const QuotedSpan& last = quotations_.spans[before];
  const std::uint32_t draft = owner_[before];
  if (draft == no_draft) return no_draft;
  // "... was "too little," he added. "It risks a lot."": the words before the cue end in a quotation too
  const FoundCue& cue = drafts_[draft].cue;
  const bool tag = cue.head != no_token && !cue.content.empty() && cue.content.back().end <= cue.head &&
                   cue.content.back().end == last.tokens.end;
  if (!drafts_[draft].quotes && !(tag && last.paragraph == quotation.paragraph)) return no_draft;
  if (cue.rule == "statement.signature") return no_draft;
  const TokenIndex begin = quotation.tokens.begin;
  if (last.paragraph + 1 == quotation.paragraph && last.goes_on && begin == paragraph_of(quotation).begin) return draft;
  const bool next_paragraph = last.paragraph + 1 == quotation.paragraph && begin == paragraph_of(quotation).begin;
  if (!next_paragraph && last.paragraph != quotation.paragraph) return no_draft;
  // Between the two only the sentence of the cue may stand.
  TokenIndex end = last.tokens.end;
  const TokenIndex head = drafts_[draft].cue.head;
  if (head == no_token) return end == begin || next_paragraph ? draft : no_draft;
  TokenIndex stops = 0;
  bool cue_between = false;
  for (TokenIndex i = end; i < begin; ++i) {
    if (i == head)
      cue_between = true;
    else if (next_paragraph && draft_at(i) != no_draft)
      return no_draft;  // another statement stands between
    else if (stops > 0 && !is_punctuation(document_[i]))
      return no_draft;
    if (!quotations_.inside(i) && is_sentence_end(document_, i)) ++stops;
  }
  if (end < begin && !cue_between) {
    // The words between are another sentence, unless there are none.
    for (TokenIndex i = end; i < begin; ++i)
      if (!is_punctuation(document_[i])) return no_draft;
  }
  if (begin > 0 && !next_paragraph && end != begin && !is_sentence_end(document_, begin - 1)) return no_draft;
  return draft;
}

/// Somebody speaking, not a title or an ironic word: a sentence of at least four words that begins where a sentence
/// begins.
bool StatementFinder::stands_alone(const QuotedSpan& quotation) const {
  const TokenSpan paragraph = paragraph_of(quotation);
  const TokenIndex begin = quotation.tokens.begin;
  const bool at_start = begin == paragraph.begin || is_sentence_end(document_, begin - 1) ||
                        (begin >= 2 && quotations_.inside(begin - 1)) || document_.text(begin - 1) == ":";
  if (!at_start) return false;
  TokenIndex words = 0;
  for (TokenIndex i = begin; i < quotation.tokens.end; ++i) words += !is_punctuation(document_[i]);
  const bool at_end = quotation.tokens.end == paragraph.end || !quotation.closed;
  const char last = document_.text()[quotation.inner.end - 1];
  return words >= 4 && (at_end || last == '.' || last == '!' || last == '?');
}

}  // namespace dragoman
