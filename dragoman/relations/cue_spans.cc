// The words of a cue and of its source.
#include <algorithm>

#include "dragoman/relations/cues.h"

namespace dragoman {
namespace {

bool is_adverbial(const Token& token) { return token.tag == Tag::rb || token.tag == Tag::rbr || token.tag == Tag::rbs; }

}  // namespace

TokenSpan verb_group(const StatementContext& context, TokenIndex verb) {
  const Document& document = context.document;
  TokenSpan group{verb, verb + 1};
  TokenIndex head = verb;
  // "declined to say", "went on to say", "was quoted as saying": the governing verb joins where nothing stands between.
  const auto joins = [&](TokenIndex i) {
    const Token& token = document[i];
    if (token.head != head) return false;
    return token.dep == Dep::aux || token.dep == Dep::auxpass || token.dep == Dep::neg ||
           (token.dep == Dep::advmod && is_adverbial(token) && token.left_edge == i && token.right_edge == i);
  };
  while (group.begin > 0) {
    const TokenIndex before = group.begin - 1;
    if (joins(before)) {
      --group.begin;
      continue;
    }
    const Token& link = document[head];
    if (before == link.head && link.head != head && is_verbal(document[before]) && document[before].pos == Pos::verb &&
        (link.dep == Dep::xcomp || link.dep == Dep::ccomp) && group.begin < head) {
      head = before;
      group.begin = before;
      continue;
    }
    // over "as" or "by" to the governing verb: "quoted as saying", "began by noting"
    if (link.dep == Dep::pcomp && before == link.head && before > 0 && document[before].head == before - 1 &&
        document[before - 1].pos == Pos::verb && (document[before].lower == "as" || document[before].lower == "by")) {
      head = before - 1;
      group.begin = before - 1;
      continue;
    }
    break;
  }
  while (group.end < document.size() && document[group.end].head == verb) {
    const Token& token = document[group.end];
    const bool adverb = token.dep == Dep::advmod && token.tag == Tag::rb && token.lower.ends_with("ly");
    if (token.dep != Dep::prt && token.dep != Dep::neg && !adverb) break;
    ++group.end;
  }
  return group;
}

namespace {

/// The clause is itself a report: "who noted that ...".
bool reports_something(const StatementContext& context, TokenIndex clause) {
  const TokenSpan span = context.document.subtree(clause);
  for (TokenIndex i = span.begin; i < span.end; ++i)
    if (context.quotations.inside(i)) return true;
  for (const CueEntry& entry : context.lexicon.find(context.document[clause].lemma, CueKind::verb))
    if (entry.frames.has(CueFrame::clause) && context.document.child(clause, Dep::ccomp) != no_token) return true;
  return false;
}

}  // namespace

TokenSpan source_phrase(const StatementContext& context, TokenIndex head, TokenSpan cue) {
  const Document& document = context.document;
  if (head == no_token) return {};
  TokenSpan span = document.subtree(head);
  if (span.contains(cue.begin)) {
    if (head < cue.begin)
      span.end = cue.begin;
    else
      span.begin = cue.end;
  }
  // Leave out what is only said of the speaker: participles and phrases set off by commas ("Mira Tolvanen, speaking in
  // Valmouth").
  bool identified = false;
  const bool full_name = head > span.begin && document[head].pos == Pos::propn && document[head - 1].pos == Pos::propn;
  for (const TokenIndex child : document.children(head)) {
    const Token& token = document[child];
    const TokenIndex left = token.left_edge;
    if (left <= head || left >= span.end) continue;
    const bool set_off = document[left - 1].lower == ",";
    // A clause tells who a person is where his full name is given for the first time: "Joan Marrow, who runs the ferry,
    // said".
    const bool relative = token.dep == Dep::relcl && full_name && !reports_something(context, child);
    const bool names_more = (token.dep == Dep::appos && token.tag != Tag::cd) || token.dep == Dep::conj ||
                            token.dep == Dep::cc || token.dep == Dep::punct || relative;
    identified = identified || (set_off && (token.dep == Dep::appos || relative));
    if (token.dep == Dep::ccomp || token.dep == Dep::parataxis || token.dep == Dep::advcl || token.dep == Dep::dep ||
        (set_off && !names_more))
      span.end = std::min(span.end, left);
  }
  // "Briefing the council, Joan Marrow said": what the speaker did meanwhile.
  if (document[span.begin].tag == Tag::vbg ||
      (document[span.begin].lower.ends_with("ing") && document[span.begin].entity == EntityLabel::none))
    for (TokenIndex i = span.begin; i < head; ++i)
      if (document[i].lower == ",") {
        span.begin = i + 1;
        break;
      }
  // A dateline or a lead before the noun, a quotation that the parser drew in.
  for (TokenIndex i = span.begin; i < head; ++i) {
    const std::string_view form = document.text(i);
    const bool dash = form == "–" || form == "—" || form == "―" || form == "--" ||
                      (form == "-" && i > span.begin && document[i - 1].space_after);
    if (dash || form == ":") span.begin = i + 1;
    if (context.quotations.inside(i) && !context.quotations.inside(head)) {
      const QuotedSpan& quotation = context.quotations.spans[context.quotations.of[i]];
      if (quotation.words == QuotedWords::sentence && quotation.tokens.end <= head) span.begin = quotation.tokens.end;
    }
  }
  for (TokenIndex i = head + 1; i < span.end; ++i)
    if (document.text(i) == ":") span.end = i;
  while (span.end > head + 1 && is_punctuation(document[span.end - 1]) && document[span.end - 1].tag != Tag::rrb)
    --span.end;
  while (span.begin < head && is_punctuation(document[span.begin])) ++span.begin;
  // The bracket or comma that closes what was opened inside: "Joan Marrow (R-Valmouth)", "Joan Marrow, a doctor,".
  bool open = false;
  bool comma = false;
  TokenIndex commas = 0;
  for (TokenIndex i = span.begin; i < span.end; ++i) {
    if (document[i].tag == Tag::lrb) open = true;
    if (document[i].tag == Tag::rrb) open = false;
    if (document[i].lower == ",") ++commas;
  }
  comma = identified && commas > 0;
  if (open && span.end < document.size() && document[span.end].tag == Tag::rrb) ++span.end;
  if (comma && head < cue.begin && span.end < document.size() && document[span.end].lower == ",") ++span.end;
  return span;
}

FoundCue quotation_cue(const StatementContext& context, TokenIndex verb) {
  FoundCue cue;
  const Document& document = context.document;
  if (!is_verbal(document[verb])) return cue;
  for (const CueEntry& entry : context.lexicon.find(document[verb].lemma, CueKind::verb)) {
    if (!entry.frames.has(CueFrame::quote) && !entry.frames.has(CueFrame::clause)) continue;
    if (!entry.particle.empty()) {
      bool particle = false;
      for (const TokenIndex child : document.children(verb))
        particle = particle || document[child].lower == entry.particle;
      if (!particle) continue;
    }
    cue.head = verb;
    cue.words = verb_group(context, verb);
    cue.act = entry.act;
    cue.frame = CueFrame::quote;
    cue.rule = entry.frames.has(CueFrame::clause) ? "statement.quotation" : "statement.manner";
    cue.source =
        is_passive(document, verb) && document.child(verb, Dep::agent) == no_token && document[verb].dep != Dep::conj
            ? no_token
            : subject_of(context, verb);
    cue.addressee = document.child(verb, Dep::dobj);
    return cue;
  }
  return cue;
}

}  // namespace dragoman
