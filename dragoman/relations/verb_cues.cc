// Verbs: which of their complements are content, in the order from the frame that says most to the one that says least.
#include <algorithm>

#include "dragoman/relations/cue_finder.h"
#include "dragoman/relations/press.h"

namespace dragoman {

/// "leaking it", "having leaked it".
bool CueFinder::is_gerund(TokenIndex verb) const {
  if (document_[verb].tag == Tag::vbg) return true;
  return document_[verb].tag == Tag::vbn && (child_word(document_, verb, Dep::aux, "having") != no_token ||
                                             child_word(document_, verb, Dep::auxpass, "being") != no_token);
}

Complements CueFinder::complements_of(TokenIndex verb) const {
  Complements result;
  for (const TokenIndex child : document_.children(verb)) {
    const Token& token = document_[child];
    switch (token.dep) {
      case Dep::ccomp:
      case Dep::csubj:
        if (token.dep == Dep::csubj) break;
        if (is_infinitive(document_, child)) {
          if (result.infinitive == no_token) result.infinitive = child;
        } else if (is_finite(document_, child)) {
          result.clauses.push_back(child);
        } else if (is_gerund(child) && document_.child(child, Dep::nsubj) == no_token) {
          if (result.gerund == no_token) result.gerund = child;
        } else if (document_.child(child, Dep::nsubj) != no_token && !is_verbal(token)) {
          result.small_clause = child;
        } else {
          result.clauses.push_back(child);
        }
        break;
      case Dep::xcomp:
        if (is_infinitive(document_, child)) {
          if (result.infinitive == no_token) result.infinitive = child;
        } else if (is_gerund(child)) {
          if (result.gerund == no_token) result.gerund = child;
        } else {
          result.predicate = child;
        }
        break;
      case Dep::dobj:
      case Dep::dative:
        if (token.pos == Pos::adp) break;
        if (result.object == no_token || token.dep == Dep::dobj) result.object = child;
        break;
      case Dep::oprd:
      case Dep::acomp:
      case Dep::attr:
        result.predicate = child;
        break;
      case Dep::agent:
        result.agent = child;
        break;
      case Dep::prt:
        result.particle = true;
        break;
      default:
        break;
    }
  }
  return result;
}

/// "The candidate plans to return": the tagger may take a third person for a plural.
bool CueFinder::is_verb_in_disguise(TokenIndex i) const {
  const Token& token = document_[i];
  return token.tag == Tag::nns && (token.dep == Dep::root || token.dep == Dep::ccomp || token.dep == Dep::conj) &&
         document_.child(i, Dep::nsubj) != no_token;
}

void CueFinder::verb(TokenIndex verb) {
  const auto entries = context_.lexicon.find(document_[verb].lemma, CueKind::verb);
  if (entries.empty() || withholds_name(document_, verb)) return;
  const Complements complements = complements_of(verb);
  for (const CueEntry& entry : entries) {
    if (!entry.particle.empty()) {
      if (!has_particle(verb, entry.particle)) continue;
    } else if (complements.particle) {
      continue;  // "called off": another verb
    }
    const bool matched =
        is_passive(document_, verb) ? passive(verb, entry, complements) : active(verb, entry, complements);
    if (matched) return;
  }
}

bool CueFinder::has_particle(TokenIndex verb, std::string_view particle) const {
  for (const TokenIndex child : document_.children(verb)) {
    const Token& token = document_[child];
    if (token.lower != particle) continue;
    if (token.dep == Dep::prt || token.dep == Dep::advmod || token.dep == Dep::acomp || token.dep == Dep::dobj ||
        token.dep == Dep::ccomp || token.dep == Dep::oprd || token.dep == Dep::prep)
      return true;
  }
  return false;
}

/// "if you want", "I think": the reader and the writer are no sources of what they think.
bool CueFinder::is_writer_or_reader(const CueEntry& entry, TokenIndex source) const {
  if (source == no_token || context_.quotations.inside(source)) return false;
  const std::string_view word = document_[source].lower;
  if (document_[source].tag != Tag::prp) return false;
  if (context_.lexicon.is(word, WordSense::reader)) return true;
  const bool thought = entry.act == CueAct::think || entry.act == CueAct::want || entry.act == CueAct::feel ||
                       entry.act == CueAct::hope || entry.act == CueAct::fear || entry.act == CueAct::support ||
                       entry.act == CueAct::show;
  return thought && context_.lexicon.is(word, WordSense::writer);
}

/// "Does she worry about the harbour?": the writer asks, nobody is told to have said it.
bool CueFinder::is_question(TokenIndex verb) const {
  if (!document_.is_root(verb) || context_.quotations.inside(verb)) return false;
  const TokenIndex subject = document_.child(verb, Dep::nsubj);
  const TokenIndex aux = document_.child(verb, Dep::aux);
  if (subject == no_token || aux == no_token || aux > subject) return false;
  const TokenSpan sentence = document_.sentence_of(verb);
  return document_.text(sentence.end - 1) == "?";
}

bool CueFinder::active(TokenIndex verb, const CueEntry& entry, const Complements& has) {
  const CueFrames& takes = entry.frames;
  const TokenIndex source = subject_of(context_, verb);
  if (is_writer_or_reader(entry, source)) return false;
  // "to thank them": an aim, not an act, unless words follow
  const Dep dep = document_[verb].dep;
  const bool aim = (dep == Dep::advcl || dep == Dep::acl || dep == Dep::relcl) && is_infinitive(document_, verb);
  if (aim && has.clauses.empty()) return false;
  if (is_question(verb)) return false;
  const bool inner = entry.act == CueAct::think || entry.act == CueAct::want || entry.act == CueAct::fear ||
                     entry.act == CueAct::feel || entry.act == CueAct::hope || entry.act == CueAct::show;
  if (inner && source == no_token) return false;  // a thought is somebody's

  const auto with = [&](CueFrame frame, std::string_view rule, std::vector<TokenSpan> content, TokenIndex content_head,
                        TokenIndex addressee = no_token) {
    FoundCue cue = cue_at(verb, entry, frame, rule);
    cue.source = source;
    cue.content = std::move(content);
    cue.content_head = content_head;
    cue.addressee = addressee;
    return keep(std::move(cue), entry);
  };
  const auto whole = [&](TokenIndex top) { return std::vector<TokenSpan>{document_.subtree(top)}; };
  const auto both = [&](TokenIndex a, TokenIndex b) {
    const TokenSpan first = document_.subtree(a);
    const TokenSpan second = document_.subtree(b);
    return std::vector<TokenSpan>{{std::min(first.begin, second.begin), std::max(first.end, second.end)}};
  };

  if (takes.has(CueFrame::clause) && !has.clauses.empty()) {
    if (clauses(verb, entry, has, source)) return true;
  }
  if (takes.has(CueFrame::clause) && stray_clause(verb, entry, has, source)) return true;
  if (takes.has(CueFrame::np_as) && has.object != no_token) {
    TokenIndex as = child_word(document_, verb, Dep::prep, "as");
    if (as == no_token) as = child_word(document_, has.object, Dep::prep, "as");
    if (as == no_token)  // "criticised the plan as rushed"
      for (const TokenIndex child : document_.children(verb))
        if (child > has.object && document_[child].dep == Dep::advcl &&
            child_word(document_, child, Dep::mark, "as") != no_token && document_.child(child, Dep::nsubj) == no_token)
          as = child;
    if (as != no_token) {
      FoundCue cue = cue_at(verb, entry, CueFrame::np_as, "statement.as");
      cue.source = source;
      cue.content_head = has.object;
      cue.content = both(has.object, as);
      absorb_phrases(verb, cue);
      if (keep(std::move(cue), entry)) return true;
    }
  }
  if (takes.has(CueFrame::np_as) && has.object == no_token) {
    // "dismissed as fabricated reports that ...": the parser takes the object for the predicate
    const TokenIndex as = child_word(document_, verb, Dep::prep, "as");
    if (as != no_token && takes.has(CueFrame::np) &&
        with(CueFrame::np_as, "statement.as", whole(as), governed(document_, as)))
      return true;
  }
  if (takes.has(CueFrame::pred)) {
    if (has.small_clause != no_token &&
        with(CueFrame::pred, "statement.predicate", whole(has.small_clause), has.small_clause))
      return true;
    if (has.object != no_token && has.predicate != no_token && has.predicate > has.object &&
        with(CueFrame::pred, "statement.predicate", both(has.object, has.predicate), has.object))
      return true;
    // "calls this “nonsense”", however the parser hung the quotation
    if (const TokenIndex end = has.object == no_token ? 0 : document_[has.object].right_edge + 1;
        has.object > verb && end > 0 && end < document_.sentence_of(verb).end && context_.quotations.inside(end) &&
        !context_.quotations.inside(verb)) {
      const TokenSpan quoted = context_.quotations.spans[context_.quotations.of[end]].tokens;
      if (with(CueFrame::pred, "statement.predicate", {{document_[has.object].left_edge, std::max(end, quoted.end)}},
               has.object))
        return true;
    }
    if (has.object != no_token && !entry.weak.has(CueFrame::pred) && holds_quotation(has.object) &&
        with(CueFrame::pred, "statement.predicate", whole(has.object), has.object))
      return true;
  }
  if (takes.has(CueFrame::np_inf) && has.infinitive != no_token && has.infinitive > verb) {
    const TokenIndex told = document_.child(has.infinitive, Dep::nsubj);
    if (told != no_token &&
        with(CueFrame::np_inf, "statement.object-infinitive", whole(has.infinitive), has.infinitive, told))
      return true;
    if (has.object != no_token && has.object < has.infinitive &&
        with(CueFrame::np_inf, "statement.object-infinitive", both(has.object, has.infinitive), has.infinitive,
             has.object))
      return true;
  }
  for (const CueFrame frame : {CueFrame::on_inf, CueFrame::to_inf}) {
    if (!takes.has(frame)) continue;
    TokenIndex preposition = child_word(document_, verb, Dep::prep, CueLexicon::preposition(frame));
    if (preposition == no_token && frame == CueFrame::on_inf)
      preposition = child_word(document_, verb, Dep::prep, "upon");
    if (preposition == no_token) continue;
    const TokenIndex told = governed(document_, preposition);
    const TokenIndex infinitive = told == no_token ? no_token : infinitive_after(verb, told, has);
    if (infinitive == no_token) continue;
    FoundCue cue = cue_at(verb, entry, frame, "statement.object-infinitive");
    if (preposition == cue.words.end) ++cue.words.end;
    cue.source = source;
    cue.addressee = told;
    cue.content_head = infinitive;
    cue.content = {
        {document_[told].left_edge, std::max(document_[told].right_edge, document_[infinitive].right_edge) + 1}};
    if (keep(std::move(cue), entry)) return true;
  }
  if (takes.has(CueFrame::whom_inf) && has.infinitive != no_token) {
    const TokenIndex told = document_.child(has.infinitive, Dep::nsubj);
    TokenSpan content = document_.subtree(has.infinitive);
    if (told != no_token && told < has.infinitive) content.begin = document_[told].right_edge + 1;
    if (with(CueFrame::whom_inf, "statement.infinitive", {content}, has.infinitive,
             told != no_token ? told : has.object))
      return true;
  }
  // "wants compensation paid": object and participle
  if (takes.has(CueFrame::np_inf) && has.clauses.size() == 1 && document_[has.clauses.front()].tag == Tag::vbn &&
      has.clauses.front() > verb && !is_finite(document_, has.clauses.front()) &&
      with(CueFrame::np_inf, "statement.object-infinitive", whole(has.clauses.front()), has.clauses.front()))
    return true;
  if (takes.has(CueFrame::inf) && has.infinitive != no_token && has.infinitive > verb &&
      document_.child(has.infinitive, Dep::nsubj) == no_token &&
      (has.object == no_token || !takes.has(CueFrame::np_inf))) {
    if (!governs_cue(has.infinitive) &&
        with(CueFrame::inf, "statement.infinitive", whole(has.infinitive), has.infinitive))
      return true;
  }
  if (takes.has(CueFrame::ing) && has.gerund != no_token && has.gerund > verb &&
      with(CueFrame::ing, "statement.gerund", whole(has.gerund), has.gerund))
    return true;
  if (has.object != no_token) {
    for (const CueFrame frame : {CueFrame::whom_of, CueFrame::whom_about}) {
      if (!takes.has(frame)) continue;
      TokenIndex preposition = child_word(document_, verb, Dep::prep, CueLexicon::preposition(frame));
      if (preposition == no_token)
        preposition = child_word(document_, has.object, Dep::prep, CueLexicon::preposition(frame));
      const TokenIndex top = preposition == no_token ? no_token : governed(document_, preposition);
      if (top != no_token && with(frame, "statement.accusation", whole(top), top, has.object)) return true;
    }
  }
  // "Touching on Gaza, she said ...": the topic, not the words
  const bool topic =
      document_[verb].tag == Tag::vbg && dep == Dep::advcl && verb < document_[verb].head && entry.act == CueAct::say;
  for (const CueFrame frame : prepositional)
    if (takes.has(frame) && !topic && prepositional_cue(verb, entry, frame, source)) return true;
  if (has.object != no_token && !is_adverbial_object(has.object)) {
    if (takes.has(CueFrame::np) && entry.things.has(CueFrame::np) && is_person(context_, has.object)) return false;
    for (const CueFrame frame : object_and_phrase) {
      if (!takes.has(frame)) continue;
      const TokenIndex preposition = child_word(document_, verb, Dep::prep, CueLexicon::preposition(frame));
      if (preposition == no_token || preposition < has.object) continue;
      FoundCue cue = cue_at(verb, entry, frame, "statement.noun");
      cue.source = source;
      cue.content_head = has.object;
      cue.content = both(has.object, preposition);
      absorb_phrases(verb, cue);
      if (keep(std::move(cue), entry)) return true;
    }
    if (entry.frames.has(CueFrame::clause) && (set_off(verb, entry, has) || inverted(verb, entry, has))) return true;
    if (takes.has(CueFrame::np)) return object_cue(verb, entry, has.object, source);
  }
  return inserted(verb, entry, has, source);
}

/// "It will hire 200 people, its head, Joan Marrow, told the Valmouth Times": the parser ties the speaker's name, set off by commas, to what was said.
bool CueFinder::set_off(TokenIndex verb, const CueEntry& entry, const Complements& has) {
  const TokenSpan sentence = document_.sentence_of(verb);
  if (has.object == no_token || has.object < verb || !has.clauses.empty() || verb < sentence.begin + 4 || document_[verb - 1].lower != "," ||
      document_.child(verb, Dep::nsubj) != no_token)
    return false;
  // a name between two commas, an apposition of the noun before it, which another comma sets off from the rest
  TokenIndex name = verb - 2;
  if (document_[name].pos != Pos::propn || document_[name].dep != Dep::appos) return false;
  const TokenIndex begin = document_[name].left_edge;
  const TokenIndex noun = document_[name].head;
  if (begin < sentence.begin + 2 || document_[begin - 1].lower != "," || noun + 1 != begin - 1 || !can_speak(context_, noun)) return false;
  TokenIndex first = noun;
  for (const TokenIndex child : document_.children(noun))
    if (child < noun) first = std::min(first, document_[child].left_edge);
  if (first < sentence.begin + 2 || document_[first - 1].lower != ",") return false;
  FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.inserted");
  cue.source = noun;
  cue.addressee = has.object;
  cue.content = {{sentence.begin, first - 1}};
  cue.content_head = document_[verb].head;
  return keep(std::move(cue), entry);
}

/// "The port is closed, reported the Valmouth Times": the parser takes the speaker behind the verb for its object.
bool CueFinder::inverted(TokenIndex verb, const CueEntry& entry, const Complements& has) {
  if (has.object == no_token || has.object < verb || !has.clauses.empty() || verb == 0 ||
      document_[verb - 1].lower != ",")
    return false;
  const TokenIndex begin = document_[has.object].left_edge;
  if (begin != verb + 1 || !can_speak(context_, has.object) || document_[has.object].pos == Pos::pron) return false;
  const TokenSpan sentence = document_.sentence_of(verb);
  TokenIndex after = document_[has.object].right_edge + 1;
  while (after < sentence.end && is_punctuation(document_[after])) ++after;
  if (after < sentence.end || document_[verb].tag == Tag::vbg) return false;
  // what is told is a clause: not "Joan Marrow, speaking in Valmouth, denied the report"
  const TokenIndex own = document_.child(verb, Dep::nsubj);
  const auto tells = [&](TokenIndex i) { return is_verbal(document_[i]) && document_[i].dep != Dep::relcl && is_finite(document_, i); };
  bool told = false;
  // nor "it will sail, its manager, Joan Marrow, told the Valmouth Times"
  for (TokenIndex i = own < verb ? own : sentence.begin; i < verb && !told; ++i) told = tells(i);
  if (!told) return false;
  FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.inserted");
  cue.source = has.object;
  cue.content = {{sentence.begin, verb}};
  cue.content_head = document_[verb].head;
  return keep(std::move(cue), entry);
}

/// "The port, he said, is closed"; "The port is closed, as the envoy noted": a verb of saying with nothing but its
/// subject, set off in the sentence that it is said of.
bool CueFinder::inserted(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source) {
  if (!entry.frames.has(CueFrame::clause) || entry.weak.has(CueFrame::clause)) return false;
  if (inverted(verb, entry, has)) return true;
  if (!has.clauses.empty() || has.infinitive != no_token || has.gerund != no_token || has.predicate != no_token)
    return false;
  if (source == no_token || document_[source].head != verb || context_.quotations.inside(verb)) return false;
  const Token& token = document_[verb];
  if (token.tag != Tag::vbd && token.tag != Tag::vbz && token.tag != Tag::vbp && !is_finite(document_, verb))
    return false;
  if (has.object != no_token && !entry.frames.has(CueFrame::whom_inf) && !entry.frames.has(CueFrame::whom_of))
    return false;
  const bool as = child_word(document_, verb, Dep::mark, "as") != no_token ||
                  child_word(document_, verb, Dep::advmod, "as") != no_token;
  if (token.dep != Dep::parataxis && token.dep != Dep::advcl && token.dep != Dep::ccomp && token.dep != Dep::conj &&
      token.dep != Dep::dep && token.dep != Dep::root)
    return false;
  if (token.dep == Dep::advcl && !as) return false;
  const TokenSpan sentence = document_.sentence_of(verb);
  TokenSpan hole{std::min(document_[source].left_edge, verb_group(context_, verb).begin),
                 std::max(document_[source].right_edge, verb) + 1};
  if (token.dep == Dep::parataxis || token.dep == Dep::advcl) {
    hole = document_.subtree(verb);
    // "When the offer came, he said, the council ...": a clause before the subject is content
    for (const TokenIndex child : document_.children(verb))
      if (child < source && document_[child].dep == Dep::advcl)
        hole.begin = std::max(hole.begin, document_[source].left_edge);
  } else
    for (const TokenIndex child : document_.children(verb)) {
      const Dep dep = document_[child].dep;
      if (child > verb &&
          (dep == Dep::prep || dep == Dep::npadvmod || dep == Dep::dobj || dep == Dep::dative || dep == Dep::advmod))
        hole.end = std::max(hole.end, document_[child].right_edge + 1);
    }
  while (hole.end > verb + 1 && is_punctuation(document_[hole.end - 1])) --hole.end;
  while (hole.begin < verb && (is_punctuation(document_[hole.begin]))) ++hole.begin;
  const auto breaks = [&](TokenIndex i) {
    const std::string_view form = document_.text(i);
    return form == "," || form == "–" || form == "—" || form == "--" || form == "(" || form == ")";
  };
  const bool before = hole.begin > sentence.begin && breaks(hole.begin - 1);
  const bool at_start = hole.begin == sentence.begin;
  const bool after = hole.end >= sentence.end || breaks(hole.end) || document_.text(hole.end) == "." ||
                     document_.text(hole.end) == ";" || document_.text(hole.end) == ":";
  if (!after || !(before || (at_start && as))) return false;
  FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.inserted");
  cue.source = source;
  cue.addressee = has.object;
  cue.content = around(verb, hole, cue.content_head);
  return keep(std::move(cue), entry);
}

/// "X is expected to Y", "X was accused of Y by Z", "it was reported that X", "was quoted as saying that X".
bool CueFinder::passive(TokenIndex verb, const CueEntry& entry, const Complements& has) {
  const CueFrames& takes = entry.frames;
  const TokenIndex agent = has.agent == no_token ? no_token : governed(document_, has.agent);
  TokenIndex patient = document_.child(verb, Dep::nsubjpass);
  if (patient == no_token) patient = document_.child(verb, Dep::nsubj);
  const bool clause_level = document_.child(verb, Dep::auxpass) != no_token;
  const auto with = [&](CueFrame frame, std::string_view rule, std::vector<TokenSpan> content, TokenIndex content_head,
                        TokenIndex addressee = no_token) {
    FoundCue cue = cue_at(verb, entry, frame, rule);
    cue.source = agent;
    if (has.agent != no_token && has.agent == cue.words.end) ++cue.words.end;
    cue.content = std::move(content);
    cue.content_head = content_head;
    cue.addressee = addressee;
    return keep(std::move(cue), entry);
  };

  if (entry.act == CueAct::ask && agent == no_token && !clause_level)
    return false;  // "Asked whether ..., he said": nobody asks
  if (takes.has(CueFrame::clause) && !has.clauses.empty() && clause_level) {
    const bool expletive = patient != no_token && document_[patient].lower == "it";
    return with(CueFrame::clause, "statement.passive", clause_runs(context_, has.clauses.front(), verb),
                has.clauses.front(), expletive ? no_token : patient);
  }
  const bool raising = takes.has(CueFrame::np_inf) || entry.act == CueAct::say || entry.act == CueAct::think ||
                       entry.act == CueAct::predict;
  if (raising && takes.has(CueFrame::clause) && has.infinitive != no_token && has.infinitive > verb &&
      patient != no_token && clause_level) {
    std::vector<TokenSpan> content;
    if (document_[patient].lower != "it" || entry.act == CueAct::want) content = runs_of(document_, patient, verb);
    content.push_back(document_.subtree(has.infinitive));
    return with(CueFrame::np_inf, "statement.passive", std::move(content), has.infinitive);
  }
  if (takes.has(CueFrame::whom_of) && (entry.act == CueAct::blame || agent != no_token) && patient != no_token &&
      clause_level) {
    const TokenIndex of = preposition_of(verb, "of");
    const TokenIndex top = of == no_token ? no_token : governed(document_, of);
    if (top != no_token) {
      FoundCue cue = cue_at(verb, entry, CueFrame::whom_of, "statement.passive");
      cue.source = agent;
      cue.addressee = patient;
      cue.content = {document_.subtree(top)};
      cue.content_head = top;
      if (agent != no_token) cue.content = runs_of(document_, top, has.agent);
      return keep(std::move(cue), entry);
    }
  }
  if (agent == no_token || !can_speak(context_, agent)) return false;
  // "was quoted by the radio as saying that ...": the inner verb has it all
  if (const TokenIndex as = child_word(document_, verb, Dep::prep, "as"); as != no_token)
    if (const TokenIndex saying = governed(document_, as);
        saying != no_token && document_[saying].tag == Tag::vbg && document_.child(saying, Dep::ccomp) != no_token)
      return false;
  const bool object_frame =
      takes.has(CueFrame::np) || takes.has(CueFrame::np_as) || takes.has(CueFrame::np_for) || takes.has(CueFrame::pred);
  if (!object_frame) return false;
  if (patient == no_token) {
    if (document_[verb].dep != Dep::acl || !takes.has(CueFrame::np)) return false;
    patient = document_[verb].head;
    return with(CueFrame::np, "statement.passive", {{document_[patient].left_edge, document_[verb].left_edge}},
                patient);
  }
  std::vector<TokenSpan> content = runs_of(document_, patient, verb);
  if (const TokenIndex as = child_word(document_, verb, Dep::prep, "as"); as != no_token)
    content.push_back(document_.subtree(as));
  else if (has.predicate != no_token)
    content.push_back(document_.subtree(has.predicate));
  else if (const TokenIndex for_what = preposition_of(verb, "for"); for_what != no_token && takes.has(CueFrame::np_for))
    content.push_back(document_.subtree(for_what));
  return with(CueFrame::np, "statement.passive", std::move(content), patient);
}

TokenIndex CueFinder::infinitive_after(TokenIndex verb, TokenIndex told, const Complements& has) const {
  if (has.infinitive != no_token && has.infinitive > told) return has.infinitive;
  for (const TokenIndex top : {verb, told})
    for (const TokenIndex child : document_.children(top))
      if (child > told &&
          (document_[child].dep == Dep::advcl || document_[child].dep == Dep::acl ||
           document_[child].dep == Dep::relcl) &&
          is_infinitive(document_, child))
        return child;
  return no_token;
}

/// The infinitive is itself a cue with content, so that both are one: "declined to say whether ...", "refused to rule
/// out ...".
bool CueFinder::governs_cue(TokenIndex infinitive) const {
  const auto entries = context_.lexicon.find(document_[infinitive].lemma, CueKind::verb);
  for (const CueEntry& entry : entries) {
    if (!entry.particle.empty() && !has_particle(infinitive, entry.particle)) continue;
    if (entry.act == CueAct::want || entry.act == CueAct::think || entry.act == CueAct::show ||
        entry.act == CueAct::support)
      continue;
    for (const TokenIndex child : document_.children(infinitive)) {
      const Dep dep = document_[child].dep;
      if (dep == Dep::ccomp && entry.frames.has(CueFrame::clause)) return true;
      if (dep == Dep::xcomp && entry.frames.has(CueFrame::inf)) return true;
      if (dep == Dep::dobj && (entry.frames.has(CueFrame::np) && !entry.weak.has(CueFrame::np))) return true;
    }
  }
  return false;
}

/// "on Monday", "yesterday": objects that only say when.
bool CueFinder::is_adverbial_object(TokenIndex object) const {
  const EntityLabel label = document_[object].entity;
  return label == EntityLabel::date || label == EntityLabel::time;
}

bool CueFinder::holds_quotation(TokenIndex top) const {
  const TokenSpan span = document_.subtree(top);
  for (TokenIndex i = span.begin; i < span.end; ++i)
    if (context_.quotations.inside(i)) return true;
  return false;
}

/// A noun phrase as content; a light verb and its noun are the cue where the noun has a clause of its own ("expressing
/// confidence that ..."), and a relative pronoun is read as what it stands for.
bool CueFinder::object_cue(TokenIndex verb, const CueEntry& entry, TokenIndex object, TokenIndex source) {
  FoundCue cue = cue_at(verb, entry, CueFrame::np, "statement.noun");
  cue.source = source;
  cue.content_head = object;
  TokenIndex clause = no_token;
  if (light(document_[verb].lemma) && !context_.lexicon.find(document_[object].lemma, CueKind::noun).empty())
    clause = clause_of_noun(object);
  if (clause != no_token) {
    cue.words.end = object + 1;
    cue.content = clause_runs(context_, clause, no_token);
    cue.content_head = clause;
    cue.frame = CueFrame::clause;
    return keep(std::move(cue), entry);
  }
  const TokenIndex meant = antecedent(document_, object);
  if (meant != object) {
    const TokenSpan phrase{document_[meant].left_edge, document_[verb].left_edge};
    cue.content = {{phrase.begin, std::max(phrase.end, meant + 1)}};
    cue.content_head = meant;
  } else {
    cue.content = clause_runs(context_, object, verb);
    absorb_phrases(verb, cue);
    absorb_clauses(verb, cue);
  }
  return keep(std::move(cue), entry);
}

}  // namespace dragoman
