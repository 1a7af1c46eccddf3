// A cue is a word of the lexicon that stands in one of its frames. The parse says which complements a word has; the
// lexicon says which of them are reported words. Frames are tried from the one that says most (a clause) to the one
// that says least (a noun).
#include <algorithm>

#include "dragoman/relations/cue_finder.h"

namespace dragoman {

std::vector<FoundCue> CueFinder::all() {
  for (TokenIndex i = 0; i < document_.size(); ++i) {
    const Token& token = document_[i];
    switch (token.pos) {
      case Pos::verb:
      case Pos::aux:
        verb(i);
        break;
      case Pos::noun:
        if (is_verb_in_disguise(i))
          verb(i);
        else
          noun(i);
        break;
      case Pos::adj:
        adjective(i);
        break;
      case Pos::adv:
        adverb(i);
        break;
      default:
        if (token.lower == "according") according_to(i);
        break;
    }
    if (token.pos == Pos::verb && token.lower == "according") according_to(i);
  }
  return std::move(found_);
}

FoundCue CueFinder::cue_at(TokenIndex head, const CueEntry& entry, CueFrame frame, std::string_view rule) const {
  FoundCue cue;
  cue.head = head;
  cue.words = verb_group(context_, head);
  // "took note", "made it clear": the second word of the entry
  if (!entry.particle.empty())
    for (const TokenIndex child : document_.children(head))
      if (document_[child].lower == entry.particle && child >= cue.words.end && child <= cue.words.end + 1)
        cue.words.end = child + 1;
  cue.act = entry.act;
  cue.frame = frame;
  cue.rule = rule;
  for (TokenIndex i = cue.words.begin; i < cue.words.end; ++i)
    if (document_[i].dep == Dep::neg) cue.negated = true;
  return cue;
}

/// Whether the source is good enough for that frame of the entry.
bool CueFinder::suits(const CueEntry& entry, CueFrame frame, TokenIndex source) const {
  if (entry.weak.has(frame)) {
    if (source == no_token || !can_speak(context_, source)) return false;
    return document_[source].lower != "it" || (entry.act != CueAct::show && entry.act != CueAct::think);
  }
  // "The visit underscored the importance of ...": things stress, signal and suggest without speaking.
  if (frame != CueFrame::clause && frame != CueFrame::quote) return source == no_token || can_speak(context_, source);
  return true;
}

bool CueFinder::keep(FoundCue cue, const CueEntry& entry) {
  if (!suits(entry, cue.frame, cue.source)) return false;
  std::vector<TokenSpan> content;
  for (const TokenSpan span : cue.content)
    if (const TokenSpan cut = trimmed(context_, span); !cut.empty()) content.push_back(cut);
  std::sort(content.begin(), content.end());
  if (content.empty()) return false;
  cue.content = std::move(content);
  found_.push_back(std::move(cue));
  return true;
}

TokenIndex CueFinder::clause_of_noun(TokenIndex noun) const {
  for (const TokenIndex child : document_.children(noun)) {
    const Token& token = document_[child];
    if (child < noun || !is_verbal(token)) continue;
    if (token.dep == Dep::acl || token.dep == Dep::ccomp) {
      const TokenIndex that = child_word(document_, child, Dep::mark, "that");
      if (that != no_token && is_finite(document_, child)) return child;
      if (that == no_token && token.dep == Dep::ccomp && is_finite(document_, child)) return child;
    }
  }
  return no_token;
}

/// "his call for calm", "the claim that the port is closed", "support by the union for the plan".
void CueFinder::noun(TokenIndex noun) {
  const auto entries = context_.lexicon.find(document_[noun].lemma, CueKind::noun);
  if (entries.empty()) return;
  const CueEntry& entry = entries.front();
  TokenIndex source = document_.child(noun, Dep::poss);
  TokenIndex light_verb = no_token;
  const Token& token = document_[noun];
  if (token.dep == Dep::dobj && is_verbal(document_[token.head])) {
    const TokenIndex verb = token.head;
    if (light(document_[verb].lemma)) {
      for (const CueEntry& other : context_.lexicon.find(document_[verb].lemma, CueKind::verb))
        if (other.frames.has(CueFrame::np)) return;  // the verb has it
      light_verb = verb;
      if (source == no_token) source = subject_of(context_, verb);
    }
  }
  if (source == no_token)
    for (const std::string_view by : {"by", "from"}) {
      const TokenIndex preposition = preposition_of(noun, by);
      const TokenIndex top = preposition == no_token ? no_token : governed(document_, preposition);
      if (top != no_token && can_speak(context_, top)) source = top;
    }
  if (source != no_token && !can_speak(context_, source)) source = no_token;
  // "confirmed in a statement that ...": the verb has the clause
  if (token.dep == Dep::pobj && document_[document_[token.head].head].pos == Pos::verb) {
    const TokenIndex verb = document_[token.head].head;
    for (const CueEntry& other : context_.lexicon.find(document_[verb].lemma, CueKind::verb))
      if (other.frames.has(CueFrame::clause) && document_.child(verb, Dep::ccomp) == no_token && verb < noun) return;
  }

  const auto with = [&](CueFrame frame, std::string_view rule, TokenIndex top, TokenIndex preposition) {
    FoundCue cue = cue_at(noun, entry, frame, rule);
    cue.words = {noun, noun + 1};
    if (light_verb != no_token)
      cue.words.begin = verb_group(context_, light_verb).begin;
    else if (noun > 0 && document_[noun - 1].head == noun && document_[noun - 1].dep == Dep::amod)
      --cue.words.begin;
    if (preposition == cue.words.end) ++cue.words.end;
    cue.source = source;
    cue.content_head = top;
    cue.content = frame == CueFrame::clause ? clause_runs(context_, top, no_token)
                                            : std::vector<TokenSpan>{document_.subtree(top)};
    return keep(std::move(cue), entry);
  };
  // "Their position is that ...", "Her fear is that ...": the verb holds the clause
  if (token.dep == Dep::nsubj && source != no_token && document_[token.head].lemma == "be" &&
      entry.frames.has(CueFrame::clause)) {
    const TokenIndex said = document_.child(token.head, Dep::ccomp);
    if (said != no_token && said > token.head && is_finite(document_, said)) {
      FoundCue cue = cue_at(noun, entry, CueFrame::clause, "statement.noun-clause");
      cue.words = {noun, verb_group(context_, token.head).end};
      cue.source = source;
      cue.content_head = said;
      cue.content = clause_runs(context_, said, token.head);
      if (keep(std::move(cue), entry)) return;
    }
  }
  const TokenIndex clause = clause_of_noun(noun);
  if (clause != no_token && entry.frames.has(CueFrame::clause) &&
      with(CueFrame::clause, "statement.noun-clause", clause, no_token))
    return;
  if (source == no_token) return;
  if (entry.frames.has(CueFrame::inf))
    for (const TokenIndex child : document_.children(noun))
      if (child > noun && document_[child].dep == Dep::acl && is_infinitive(document_, child) &&
          with(CueFrame::inf, "statement.noun-infinitive", child, no_token))
        return;
  for (const CueFrame frame : prepositional) {
    if (!entry.frames.has(frame)) continue;
    const TokenIndex preposition = preposition_of(noun, CueLexicon::preposition(frame));
    const TokenIndex top = preposition == no_token ? no_token : governed(document_, preposition);
    if (top != no_token && with(frame, "statement.noun-preposition", top, preposition)) return;
  }
}

/// "is confident that ...", "was adamant that ...", "opposed to ...".
void CueFinder::adjective(TokenIndex adjective) {
  const auto entries = context_.lexicon.find(document_[adjective].lower, CueKind::adjective);
  if (entries.empty()) return;
  const CueEntry& entry = entries.front();
  const Token& token = document_[adjective];
  if (token.dep != Dep::acomp && token.dep != Dep::oprd) return;
  const TokenIndex copula = token.head;
  if (!is_verbal(document_[copula])) return;
  const TokenIndex source = subject_of(context_, copula);
  if (source == no_token || !can_speak(context_, source) || document_[source].lower == "it") return;
  const auto with = [&](CueFrame frame, std::vector<TokenSpan> content, TokenIndex top, TokenIndex preposition) {
    FoundCue cue = cue_at(adjective, entry, frame, "statement.adjective");
    const TokenSpan group = verb_group(context_, copula);
    cue.words = {std::min(group.begin, adjective), std::max(group.end, adjective + 1)};
    if (preposition == cue.words.end) ++cue.words.end;
    for (TokenIndex i = cue.words.begin; i < cue.words.end; ++i)
      cue.negated = cue.negated || document_[i].dep == Dep::neg;
    cue.source = source;
    cue.content = std::move(content);
    cue.content_head = top;
    return keep(std::move(cue), entry);
  };
  for (const TokenIndex top : {adjective, copula})
    for (const TokenIndex child : document_.children(top)) {
      if (child < adjective) continue;
      const Dep dep = document_[child].dep;
      if (dep == Dep::ccomp || (dep == Dep::advcl && child_word(document_, child, Dep::mark, "that") != no_token)) {
        if (is_finite(document_, child) && entry.frames.has(CueFrame::clause) &&
            with(CueFrame::clause, clause_runs(context_, child, no_token), child, no_token))
          return;
      }
      if (dep == Dep::xcomp && is_infinitive(document_, child) && entry.frames.has(CueFrame::inf) &&
          with(CueFrame::inf, {document_.subtree(child)}, child, no_token))
        return;
    }
  for (const CueFrame frame : prepositional) {
    if (!entry.frames.has(frame)) continue;
    const TokenIndex preposition = preposition_of(adjective, CueLexicon::preposition(frame));
    const TokenIndex top = preposition == no_token ? no_token : governed(document_, preposition);
    if (top != no_token && with(frame, {document_.subtree(top)}, top, preposition)) return;
  }
}

/// "reportedly": somebody said so, nobody says who.
void CueFinder::adverb(TokenIndex adverb) {
  const auto entries = context_.lexicon.find(document_[adverb].lower, CueKind::adverb);
  if (entries.empty()) return;
  TokenIndex clause = document_[adverb].head;
  if (clause == adverb || !is_verbal(document_[clause])) return;
  FoundCue cue = cue_at(adverb, entries.front(), CueFrame::clause, "statement.adverb");
  cue.words = {adverb, adverb + 1};
  cue.content = runs_of(document_, clause, adverb);
  cue.content_head = clause;
  keep(std::move(cue), entries.front());
}

/// "according to X": the clause that it hangs on, up to the next main clause.
void CueFinder::according_to(TokenIndex according) {
  if (according + 1 >= document_.size() || document_[according + 1].lower != "to") return;
  TokenIndex source = governed(document_, according + 1);
  if (source == no_token) return;
  FoundCue cue;
  cue.head = according;
  cue.words = {according, according + 2};
  cue.rule = "statement.according-to";
  cue.source = source;
  cue.content =
      around(according, {document_[according].left_edge, document_[according].right_edge + 1}, cue.content_head);
  CueEntry plain{};
  keep(std::move(cue), plain);
}

bool CueFinder::prepositional_cue(TokenIndex head, const CueEntry& entry, CueFrame frame, TokenIndex source) {
  const TokenIndex preposition = preposition_of(head, CueLexicon::preposition(frame));
  if (preposition == no_token) return false;
  const TokenIndex top = governed(document_, preposition);
  if (top == no_token || is_adverbial_object(top)) return false;
  if (document_[top].tag == Tag::wp || document_[top].tag == Tag::wdt) return false;
  FoundCue cue = cue_at(head, entry, frame, "statement.preposition");
  if (cue.negated && frame == CueFrame::on) return false;  // "has not commented on": nothing was said
  if (preposition == cue.words.end) ++cue.words.end;
  cue.source = source;
  cue.content_head = top;
  cue.content = clause_runs(context_, top, head);
  return keep(std::move(cue), entry);
}

TokenIndex CueFinder::preposition_of(TokenIndex head, std::string_view word) const {
  for (const TokenIndex child : document_.children(head))
    if (child > head && document_[child].lower == word && document_[child].pos == Pos::adp &&
        (document_[child].dep == Dep::prep || document_[child].dep == Dep::agent))
      return child;
  return no_token;
}

bool CueFinder::light(std::string_view lemma) const { return context_.lexicon.is(lemma, WordSense::light); }

std::vector<FoundCue> find_cues(const StatementContext& context) { return CueFinder(context).all(); }

}  // namespace dragoman
