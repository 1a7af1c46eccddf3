// Content: the words that a cue attributes, mended where the parser hung them elsewhere.
#include <algorithm>

#include "dragoman/relations/cue_finder.h"

namespace dragoman {

/// Clause complements. "said that X and that Y" says two things; "said X and Y" one.
bool CueFinder::clauses(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source) {
  const std::vector<TokenIndex> tops = content_clauses(verb, has);
  if (tops.empty()) return false;
  if (source == no_token && tops.size() < has.clauses.size()) source = subject_of(context_, has.clauses.front());
  FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.clause");
  cue.source = source;
  cue.addressee = has.object;
  cue.content_head = tops.front();
  std::vector<FoundCue> more;
  for (const TokenIndex clause : tops) {
    std::vector<TokenSpan> runs = clause_runs(context_, clause, verb);
    if (clause > verb && !runs.empty()) {
      // "said last week it would": when it was said
      if (runs.front().begin == cue.words.end)
        while (runs.front().begin < clause && document_[runs.front().begin].entity == EntityLabel::date)
          ++runs.front().begin;
      to_sentence_end(runs.back());
      if (const TokenIndex that = second_that(runs, clause); that != no_token) {
        FoundCue second = cue;
        second.content = {{that, runs.back().end}};
        second.content_head = document_[that].head;
        more.push_back(std::move(second));
        std::erase_if(runs, [&](const TokenSpan& run) { return run.begin >= that; });
        if (!runs.empty()) runs.back().end = std::min(runs.back().end, that);
      }
    }
    cue.content.insert(cue.content.end(), runs.begin(), runs.end());
  }
  absorb_clauses(verb, cue);
  // "When the offer came, he said, "we were floored."": what stands before a set-off cue is content too
  if (is_set_off(verb) && tops.front() > verb)
    for (const TokenIndex child : document_.children(verb))
      if (child < verb && document_[child].dep == Dep::advcl && is_finite(document_, child) &&
          (document_.child(child, Dep::mark) != no_token || document_[document_[child].left_edge].tag == Tag::wrb))
        cue.content.push_back(document_.subtree(child));
  // "which, he said, finance it", "a step that officials said would ...": the relative pronoun stands before the cue
  if (document_[verb].dep == Dep::relcl) take_relative(verb, cue);
  if (!keep(std::move(cue), entry)) return false;
  for (FoundCue& second : more) keep(std::move(second), entry);
  return true;
}

/// The clauses that are content. A clause on the left is a sentence before ("He left, then said that ...") where
/// another stands on the right and it is not quoted, or where a semicolon parts it from the cue.
std::vector<TokenIndex> CueFinder::content_clauses(TokenIndex verb, const Complements& has) const {
  std::vector<TokenIndex> result;
  bool right = false;
  for (const TokenIndex clause : has.clauses) right = right || clause > verb;
  for (const TokenIndex clause : has.clauses) {
    if (clause > verb && says_when(clause)) continue;
    if (clause < verb && !context_.quotations.inside(clause)) {
      if (right && !is_set_off(verb)) continue;
      bool parted = false;
      for (TokenIndex i = document_[clause].right_edge; i < verb && document_[clause].right_edge < verb; ++i)
        parted = parted || document_.text(i) == ";";
      if (parted) continue;
    }
    result.push_back(clause);
  }
  return result;
}

/// "told them, after he admitted it": a clause of time that the parser took for the content.
bool CueFinder::says_when(TokenIndex clause) const {
  for (const TokenIndex child : document_.children(clause)) {
    if (document_[child].dep == Dep::mark && context_.lexicon.is(document_[child].lower, WordSense::time)) return true;
  }
  return false;
}

/// ", she warned,": the verb and its subject between commas.
bool CueFinder::is_set_off(TokenIndex verb) const {
  const TokenIndex subject = document_.child(verb, Dep::nsubj);
  if (subject == no_token || verb + 1 >= document_.size() || document_[verb + 1].lower != ",") return false;
  const TokenIndex begin = std::min(document_[subject].left_edge, verb);
  return begin > 0 && document_[begin - 1].lower == ",";
}

/// A clause that ends where the parser cut a sentence in two goes on to the end of the sentence in the text.
void CueFinder::to_sentence_end(TokenSpan& run) const {
  const TokenIndex end = document_.sentence_of(run.end - 1).end;
  const TokenIndex whole = sentence_end(document_, run.end - 1);
  if (whole == end) return;
  for (TokenIndex i = run.end; i < end; ++i)
    if (is_verbal(document_[i]) || document_[i].lower == ",") return;
  run.end = whole;
}

/// The "that" of a second clause under the same cue: "said that X and that Y". Not one inside the first ("said he knew
/// that ...").
TokenIndex CueFinder::second_that(const std::vector<TokenSpan>& runs, TokenIndex clause) const {
  const TokenIndex begin = runs.front().begin;
  for (const TokenSpan run : runs)
    for (TokenIndex i = run.begin; i < run.end; ++i) {
      if (document_[i].lower != "that" || document_[i].dep != Dep::mark || context_.quotations.inside(i)) continue;
      if (i > begin && document_[i - 1].lower == "and") return i;
      if (i != begin && document_[i].head != clause) return no_token;
    }
  return no_token;
}

/// "noted with satisfaction that trade had grown": the parser hung the clause on another word, or took "that" for an
/// article. "a step that the envoy has warned would be met with protests": or on nothing at all.
bool CueFinder::stray_clause(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source) {
  if (source == no_token || context_.quotations.inside(verb)) return false;
  FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.clause");
  cue.source = source;
  const TokenIndex limit = std::min(document_.sentence_of(verb).end, verb + 9);
  for (TokenIndex that = verb + 1; that < limit; ++that) {
    const Token& token = document_[that];
    if (is_verbal(token) || token.lower == "," || token.lower == ";") break;
    if (token.lower != "that") continue;
    if (token.dep == Dep::mark && token.tag == Tag::in) {
      if (token.head <= verb || !is_finite(document_, token.head) || document_[token.head].left_edge < that)
        return false;
      // "told the summit that it would": the object is addressed
      if (has.object != no_token && document_.is_under(token.head, has.object) && !(entry.frames.has(CueFrame::whom_inf) && !entry.frames.has(CueFrame::np)))
        return false;  // "denied reports that ..."
      cue.content_head = token.head;
      cue.content = {document_.subtree(token.head)};
      return keep(std::move(cue), entry);
    }
    if (token.dep == Dep::det && that == verb + 1 && has.object != no_token &&
        document_[has.object].left_edge == that) {
      const TokenIndex next = document_[has.object].right_edge + 1;
      const TokenIndex end = sentence_end(document_, verb);
      if (next >= end || !is_verbal(document_[next]) || document_[next].tag == Tag::vbg ||
          document_[next].tag == Tag::vbn)
        return false;
      cue.content_head = has.object;
      cue.content = {{that, end}};
      return keep(std::move(cue), entry);
    }
    break;
  }
  if (document_[verb].dep == Dep::relcl && verb + 1 < document_.sentence_of(verb).end) {
    const Token& next = document_[verb + 1];
    const TokenIndex left = document_[verb].left_edge;
    const Tag first = document_[left].tag;
    const bool bare = left > 0 && left - 1 == document_[verb].head;  // "a step they warned would ..."
    const bool finite = next.tag == Tag::md || next.tag == Tag::vbd || next.tag == Tag::vbz || next.tag == Tag::vbp;
    if (!finite || (first != Tag::wdt && first != Tag::wp && !bare)) return false;
    const TokenIndex top = next.dep == Dep::aux || next.dep == Dep::auxpass ? next.head : verb + 1;
    if (top <= verb) return false;
    cue.content_head = top;
    cue.content = {{verb + 1, document_[top].right_edge + 1}};
    if (bare)
      cue.content.push_back({document_[left - 1].left_edge, left});
    else
      take_relative(verb, cue);
    return keep(std::move(cue), entry);
  }
  return false;
}

/// A fronted relative pronoun that belongs to the content, not to the cue: what it stands for is content.
void CueFinder::take_relative(TokenIndex verb, FoundCue& cue) const {
  const TokenIndex first = document_[verb].left_edge;
  if (first >= verb || first == cue.source) return;
  const Tag tag = document_[first].tag;
  if (tag != Tag::wdt && tag != Tag::wp) return;
  std::erase_if(cue.content, [&](TokenSpan span) { return span == TokenSpan{first, first + 1}; });
  const TokenIndex noun = document_[verb].head;
  cue.content.push_back({document_[noun].left_edge, noun + 1});
}

/// Phrases after an object that the parser hung on the verb: "condemned the attacks on ports", "announced a concert in
/// support of the cause". When and where it was said stays outside.
void CueFinder::absorb_phrases(TokenIndex verb, FoundCue& cue) const {
  if (cue.content.empty()) return;
  TokenIndex& end = cue.content.back().end;
  for (const TokenIndex child : document_.children(verb)) {
    const Token& token = document_[child];
    if (token.dep == Dep::cc) continue;
    if (token.dep == Dep::conj && token.pos == Pos::noun && end < document_.size() && document_[end].dep == Dep::cc &&
        token.left_edge == end + 1) {
      end = token.right_edge + 1;  // "their stance on the port and the need to open it": a noun hung on the verb
      continue;
    }
    if (token.left_edge != end) continue;
    if (token.dep == Dep::prep) {
      const bool whom =
          token.lower == "to" && light(document_[verb].lemma);  // "expressed gratitude to the host for ..."
      if (!whom && is_circumstance(child)) return;
      end = token.right_edge + 1;
    } else if (token.dep == Dep::relcl || token.dep == Dep::acl ||
               (token.dep == Dep::xcomp && is_infinitive(document_, child))) {
      end = token.right_edge + 1;
    } else {
      return;
    }
  }
}

/// "in a statement", "on Monday", "during the talks", "after the meeting", "to reporters".
bool CueFinder::is_circumstance(TokenIndex preposition) const {
  const std::string_view word = document_[preposition].lower;
  if (context_.lexicon.is(word, WordSense::circumstance) || word == "according") return true;
  const TokenIndex noun = governed(document_, preposition);
  if (noun == no_token) return true;
  const EntityLabel label = document_[noun].entity;
  if (word == "for") return false;
  if (label == EntityLabel::date || label == EntityLabel::time) return true;
  if (document_[noun].dep == Dep::pcomp) return word != "for" && word != "from" && word != "of";
  if ((word == "in" || word == "at" || word == "on" || word == "with" || word == "to") &&
      context_.lexicon.noun(document_[noun].lemma).occasion)
    return true;
  if ((word == "in" || word == "at") && label == EntityLabel::gpe) return true;
  return word == "to" && is_person_or_body(context_, noun);
}

/// A finite adverbial clause after the content that the parser hung on the cue: "said it would stay, because ...".
void CueFinder::absorb_clauses(TokenIndex verb, FoundCue& cue) const {
  if (cue.content.empty()) return;
  TokenIndex& end = cue.content.back().end;
  for (const TokenIndex child : document_.children(verb)) {
    const Token& token = document_[child];
    if (child < verb || token.dep != Dep::advcl || token.left_edge < end || token.left_edge > end + 1) continue;
    if (token.left_edge == end + 1 && document_[end].lower != ",") continue;
    bool belongs = false;
    for (const TokenIndex part : document_.children(child)) {
      const std::string_view word = document_[part].lower;
      if (document_[part].dep == Dep::mark)
        belongs = belongs || context_.lexicon.is(word, WordSense::belongs) ||
                  (context_.lexicon.is(word, WordSense::belongs_near) && token.left_edge == end);
    }
    if (!belongs) return;
    end = token.right_edge + 1;
  }
}

/// What an inserted phrase ("according to X", ", he said,") is said of: the clause around it.
std::vector<TokenSpan> CueFinder::around(TokenIndex inserted, TokenSpan hole, TokenIndex& content_head) const {
  const TokenSpan sentence = document_.sentence_of(inserted);
  TokenIndex top = document_[inserted].head;
  while (!is_verbal(document_[top]) && document_[top].head != top) top = document_[top].head;
  // A phrase at the edge of the sentence is said of all of it.
  const bool at_start =
      hole.begin == sentence.begin || (hole.begin == sentence.begin + 1 && !is_verbal(document_[sentence.begin]));
  TokenIndex after = hole.end;
  while (after < sentence.end && is_punctuation(document_[after])) ++after;
  const bool at_end = after >= sentence.end;
  TokenSpan all = sentence;
  if (at_start) {
    for (TokenIndex i = hole.end; i < all.end; ++i)
      if (document_.text(i) == ";") all.end = i;
  }
  if (!at_start && !at_end) {
    all = document_.subtree(top);
    if (!all.contains(hole)) all = sentence;
    // ", according to X, but Z ...": the second clause is not X's
    if (document_[after].dep == Dep::cc || (document_[after].tag == Tag::cc)) all.end = hole.begin;
  } else if (!at_start) {
    // "A, but B, according to X": only where a new main clause with its own subject begins
    for (TokenIndex i = sentence.begin; i < hole.begin; ++i)
      if (document_[i].lower == ";") all.begin = i + 1;
  }
  content_head = top;
  std::vector<TokenSpan> content;
  if (document_[top].dep == Dep::relcl && all.begin + 1 < hole.begin && document_[all.begin].tag == Tag::wdt) {
    const TokenIndex noun = document_[top].head;  // "14 companies which, it says, ...": what the pronoun stands for
    content.push_back({document_[noun].left_edge, noun + 1});
  } else if (all.begin < hole.begin) {
    content.push_back({all.begin, hole.begin});
  }
  if (hole.end < all.end) content.push_back({hole.end, all.end});
  return content;
}

}  // namespace dragoman
