#include "dragoman/relations/report_syntax.h"

#include <algorithm>

namespace dragoman {
namespace {

bool is_subject(Dep dep) { return dep == Dep::nsubj || dep == Dep::csubj; }

/// A verb that reports: it has an entry that takes a clause or a quotation.
bool reports(const StatementContext& context, TokenIndex verb) {
  const Token& token = context.document[verb];
  if (!is_verbal(token)) return false;
  for (const CueEntry& entry : context.lexicon.find(token.lemma, CueKind::verb))
    if (entry.frames.has(CueFrame::clause) || entry.frames.has(CueFrame::quote)) return true;
  return false;
}

/// It reports, and has something to report.
bool reports_here(const StatementContext& context, TokenIndex verb) {
  const Document& document = context.document;
  const bool clause = document.child(verb, Dep::ccomp) != no_token;
  const bool object = document.child(verb, Dep::dobj) != no_token;
  if (!is_verbal(document[verb])) return false;
  for (const CueEntry& entry : context.lexicon.find(document[verb].lemma, CueKind::verb))
    if (entry.frames.has(CueFrame::clause) &&
        (clause || (object && entry.frames.has(CueFrame::np) && !entry.weak.has(CueFrame::np))))
      return true;
  return false;
}

bool is_cue_verb(const StatementContext& context, TokenIndex verb) {
  return is_verbal(context.document[verb]) &&
         !context.lexicon.find(context.document[verb].lemma, CueKind::verb).empty();
}

bool own_subject(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : document.children(verb))
    if (is_subject(document[child].dep) || document[child].dep == Dep::nsubjpass) return true;
  return false;
}

/// The object that does what an infinitive says: "urged the envoy to say", "accused him of saying".
TokenIndex controlling_object(const StatementContext& context, TokenIndex governor) {
  for (const CueEntry& entry : context.lexicon.find(context.document[governor].lemma, CueKind::verb)) {
    const bool controls = entry.frames.has(CueFrame::np_inf) || entry.frames.has(CueFrame::whom_inf) ||
                          entry.frames.has(CueFrame::whom_of) || entry.frames.has(CueFrame::np_for);
    if (!controls) continue;
    const TokenIndex object = context.document.child(governor, Dep::dobj);
    if (object != no_token) return object;
  }
  return no_token;
}

TokenIndex subject_of(const StatementContext& context, TokenIndex verb, int depth) {
  const Document& document = context.document;
  if (depth > 8) return no_token;
  TokenIndex passive = no_token;
  TokenIndex nearest = no_token;
  const auto distance = [&](TokenIndex token) { return token < verb ? verb - token : token - verb; };
  for (const TokenIndex child : document.children(verb)) {
    if (document[child].dep == Dep::nsubj && (nearest == no_token || distance(child) < distance(nearest)))
      nearest = child;
    if (document[child].dep == Dep::nsubjpass) passive = child;
  }
  if (nearest != no_token) return nearest;
  if (passive != no_token) return passive;
  const TokenIndex head = head_of_clause(context, verb);
  if (head == verb) return no_token;
  switch (document[verb].dep) {
    case Dep::conj:
    case Dep::dep:
      return is_verbal(document[head]) ? subject_of(context, head, depth + 1) : no_token;
    case Dep::xcomp:
    case Dep::ccomp: {
      const TokenIndex object = controlling_object(context, head);
      if (object != no_token && is_infinitive(document, verb)) return object;
      return is_verbal(document[head]) || document[head].dep == Dep::acomp ? subject_of(context, head, depth + 1)
                                                                           : no_token;
    }
    case Dep::acomp:
    case Dep::advcl:
    case Dep::parataxis:
      // ", telling reporters, "We made it"": the quotation has its own subject; the verb before the participle is
      // meant.
      if (verb < head && context.quotations.inside(head) && !context.quotations.inside(verb))
        return document[head].head == head ? no_token : subject_of(context, document[head].head, depth + 1);
      return subject_of(context, head, depth + 1);
    case Dep::pcomp: {
      const TokenIndex above = document[head].head;
      if (above == head) return no_token;
      if (!is_verbal(document[above])) {
        const TokenIndex owner = document.child(above, Dep::poss);
        return owner;
      }
      const bool of_object = context.lexicon.is(document[head].lower, WordSense::of_object);
      const TokenIndex object = of_object ? document.child(above, Dep::dobj) : no_token;
      return object != no_token ? object : subject_of(context, above, depth + 1);
    }
    case Dep::acl: {
      if (document[verb].tag == Tag::vbn) return no_token;
      const TokenIndex left = document[verb].left_edge;
      const bool set_off = left > 0 && document[left - 1].lower == ",";
      // "waved to the crowd, telling reporters ...": who waved also told, whatever noun the parser hung it on.
      if (set_off && document[head].dep != Dep::nsubj && document[head].dep != Dep::nsubjpass) {
        TokenIndex above = document[head].head;
        while (document[above].head != above && !is_verbal(document[above])) above = document[above].head;
        if (above != head && is_verbal(document[above]))
          if (const TokenIndex subject = subject_of(context, above, depth + 1); subject != no_token) return subject;
      }
      return head;
    }
    case Dep::relcl:
      return head;
    default:
      return no_token;
  }
}

}  // namespace

TokenIndex dateline_end(const Document& document, TokenIndex begin) {
  if (begin != 0 && !document[begin].sentence_begins) return begin;
  TokenIndex end = begin;
  bool place = document[begin].entity == EntityLabel::gpe || document[begin].entity == EntityLabel::loc;
  for (TokenIndex i = begin; i < document.size() && i < begin + 14; ++i) {
    if (is_verbal(document[i]) || (i > begin && document[i].sentence_begins && document.text(i - 1) != ".")) break;
    place = place || document[i].entity == EntityLabel::date;
    const std::string_view form = document.text(i);
    const bool spaced = i > begin && document[i - 1].space_after;
    if (form == "–" || form == "—" || form == "―" || form == "--" || (form == "-" && spaced)) end = i + 1;
    if (form == ":" && i > begin && document[i - 1].entity == EntityLabel::gpe && i < begin + 5)
      end = i + 1;  // NEW VALMOUTH: ...
  }
  if (end == begin) return begin;
  const std::string_view first = document.text(begin);
  const bool capitals =
      first.size() >= 2 && std::all_of(first.begin(), first.end(), [](char c) { return !(c >= 'a' && c <= 'z'); });
  return capitals || place ? end : begin;
}

bool is_verbal(const Token& token) { return token.pos == Pos::verb || token.pos == Pos::aux; }

bool is_punctuation(const Token& token) {
  return token.pos == Pos::punct || token.pos == Pos::space || token.dep == Dep::punct || token.tag == Tag::space;
}

TokenIndex child_word(const Document& document, TokenIndex token, Dep dep, std::string_view word) {
  for (const TokenIndex child : document.children(token))
    if (document[child].dep == dep && document[child].lower == word) return child;
  return no_token;
}

TokenIndex governed(const Document& document, TokenIndex preposition) {
  for (const TokenIndex child : document.children(preposition))
    if (document[child].dep == Dep::pobj || document[child].dep == Dep::pcomp) return child;
  return no_token;
}

bool is_infinitive(const Document& document, TokenIndex clause) {
  for (const TokenIndex child : document.children(clause))
    if (document[child].tag == Tag::to && (document[child].dep == Dep::aux || document[child].dep == Dep::mark))
      return true;
  return false;
}

bool is_finite(const Document& document, TokenIndex clause) {
  const Token& token = document[clause];
  if (is_infinitive(document, clause)) return false;
  if (token.tag == Tag::vbd || token.tag == Tag::vbz || token.tag == Tag::vbp || token.tag == Tag::md) return true;
  bool subject = false;
  for (const TokenIndex child : document.children(clause)) {
    const Token& part = document[child];
    if (part.dep == Dep::aux || part.dep == Dep::auxpass)
      if (part.tag == Tag::vbd || part.tag == Tag::vbz || part.tag == Tag::vbp || part.tag == Tag::md) return true;
    if (part.dep == Dep::mark && part.tag == Tag::in) return true;
    subject = subject || is_subject(part.dep) || part.dep == Dep::nsubjpass;
  }
  return subject && token.tag == Tag::vb;
}

bool is_passive(const Document& document, TokenIndex verb) {
  if (document[verb].tag != Tag::vbn && document[verb].tag != Tag::vbd) return false;
  if (document.child(verb, Dep::auxpass) != no_token || document.child(verb, Dep::nsubjpass) != no_token) return true;
  if (document[verb].tag != Tag::vbn) return false;
  for (const TokenIndex child : document.children(verb))
    if (document[child].dep == Dep::aux && (document[child].lemma == "have" || document[child].lemma == "be"))
      return false;
  const Dep dep = document[verb].dep;
  if (dep == Dep::acl || dep == Dep::relcl) return document.child(verb, Dep::nsubj) == no_token;
  if (dep == Dep::conj && is_verbal(document[document[verb].head])) {
    const TokenIndex first = document[verb].head;
    return document[first].tag == Tag::vbn && is_passive(document, first) &&
           document.child(verb, Dep::nsubj) == no_token;
  }
  return dep == Dep::advcl && document.child(verb, Dep::nsubj) == no_token;
}

TokenIndex head_of_clause(const StatementContext& context, TokenIndex verb) {
  const Document& document = context.document;
  const Token& token = document[verb];
  const TokenIndex head = token.head;
  if (head == verb) return head;
  const bool participle = token.tag == Tag::vbg && (token.dep == Dep::advcl || token.dep == Dep::acl);
  const bool coordinate = token.dep == Dep::conj && (token.tag == Tag::vbd || token.tag == Tag::vbz);
  if ((!participle && !coordinate) || own_subject(document, verb) || !is_cue_verb(context, verb)) return head;
  if (context.quotations.inside(verb)) return head;
  if (participle) {
    // ", noting that ...": after a comma it goes with the nearest finite verb above that reports in its own voice.
    // "said that China stands ready, noting": said. "said the ministry denied it, saying": denied. "denied reports
    // alleging that X, calling": denied.
    const TokenIndex left = token.left_edge;
    if (left == 0 || (document[left - 1].lower != "," && !context.quotations.inside(left - 1))) return head;
    TokenIndex above = head;
    for (int steps = 0; steps < 12; ++steps) {
      if (is_verbal(document[above]) && above < verb && reports_here(context, above)) {
        const TokenIndex subject = document.child(above, Dep::nsubj);
        if (subject != no_token && can_speak(context, subject)) return above;
        if (document[above].dep == Dep::conj) return above;
      }
      if (document[above].head == above) break;
      above = document[above].head;
    }
    return head;
  }
  TokenIndex inner = head;
  while (!is_verbal(document[inner]) && document[inner].head != inner) inner = document[inner].head;
  while (document[inner].dep == Dep::conj && document[inner].head != inner) inner = document[inner].head;
  if (document[inner].dep != Dep::ccomp || document[inner].head >= inner) return head;
  const TokenIndex outer = document[inner].head;
  if (!reports(context, outer)) return head;
  // A change back to the tense of the report: "said Iran is ready and called for ..."; or a subject that cannot speak:
  // "said the plan was dead, and urged ...".
  const Tag outer_tag = document[outer].tag;
  if (outer_tag != token.tag) return head;
  const TokenIndex first_subject = document.child(inner, Dep::nsubj);
  if (first_subject != no_token && !can_speak(context, first_subject) && reports(context, verb)) return outer;
  // "said Greece had no plans, and dismissed the report": a comma before the "and" of another act of speech
  const TokenIndex left = token.left_edge;
  const bool parted = left >= 2 && document[left - 1].dep == Dep::cc && document[left - 2].lower == ",";
  if (parted && reports(context, verb) && !reports_here(context, inner)) return outer;
  TokenIndex first = head;
  while (document[first].dep == Dep::conj && document[first].head != first) first = document[first].head;
  const bool same_tense = document[first].tag == token.tag || [&] {
    // "said they had broken it and appealed": the perfect belongs to the report, the past does not
    for (const TokenIndex child : document.children(first))
      if (document[child].dep == Dep::aux && document[child].tag == token.tag) return document[child].lemma != "have";
    return false;
  }();
  return same_tense ? head : outer;
}

namespace {

/// "VALMOUTH (Reuters) – The envoy said", "Valmouth, 17 May 2026 — The council has": the parser may take the dateline
/// for the subject. The noun after the dash is meant.
TokenIndex past_dateline(const Document& document, TokenIndex subject, TokenIndex verb) {
  if (subject >= verb || verb - subject > 60) return subject;
  const TokenIndex begin = document[subject].left_edge;
  TokenIndex end = dateline_end(document, begin);
  // "Briefing the council, Joan Marrow said": the participle may be taken for the subject, too
  if (end == begin && document[begin].sentence_begins && document[begin].lower.ends_with("ing") &&
      document[begin].entity == EntityLabel::none)
    for (TokenIndex i = begin + 1; i < verb && end == begin; ++i)
      if (document[i].lower == ",") end = i + 1;
  if (end <= subject || end >= verb) return subject;
  for (TokenIndex i = end; i < verb; ++i) {
    const TokenIndex head = document[i].head;
    const bool nominal = document[i].pos == Pos::propn || document[i].pos == Pos::noun || document[i].pos == Pos::pron;
    if (nominal && (head < end || head >= verb)) return i;
  }
  return subject;
}

/// A quotation or its mark stands between the two.
bool quotation_between(const StatementContext& context, TokenIndex subject, TokenIndex verb) {
  for (TokenIndex i = subject; i < verb; ++i)
    if (context.quotations.inside(i)) return true;
  return false;
}

/// "..., complained Joan Marrow of the union": a verb of saying right after a comma or a closing mark has its subject
/// behind it, whatever the parser thinks.
TokenIndex inverted_subject(const StatementContext& context, TokenIndex verb) {
  const Document& document = context.document;
  if (verb == 0 || verb + 1 >= document.size() || !reports(context, verb) || document[verb].tag == Tag::vbg)
    return no_token;
  if (document[verb - 1].lower != "," && !context.quotations.inside(verb - 1)) return no_token;
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if (child < verb || token.left_edge != verb + 1) continue;
    const bool nominal = token.pos == Pos::propn || token.pos == Pos::noun || token.tag == Tag::prp;
    const bool fits = token.dep == Dep::nsubj || token.dep == Dep::dobj || token.dep == Dep::attr ||
                      token.dep == Dep::oprd || token.dep == Dep::npadvmod || token.dep == Dep::dep;
    return nominal && fits && can_speak(context, child) && document.child(verb, Dep::ccomp) < verb ? child : no_token;
  }
  return no_token;
}

}  // namespace

namespace {

/// Where the parse gives a finite verb no subject: the noun right before it ("at the Valmouth Times Marrow said"), or,
/// for the main verb, the one that its sentence begins with ("Marrow, speaking in Valmouth, cited ...").
TokenIndex likely_subject(const StatementContext& context, TokenIndex verb) {
  const Document& document = context.document;
  const Tag tag = document[verb].tag;
  if ((tag != Tag::vbd && tag != Tag::vbz && tag != Tag::vbp) || is_passive(document, verb)) return no_token;
  const auto nominal = [&](TokenIndex i) {
    const Token& token = document[i];
    return (token.pos == Pos::propn || token.pos == Pos::pron || token.pos == Pos::noun) && can_speak(context, i) &&
           !context.quotations.inside(i);
  };
  TokenIndex before = verb;
  while (before > 0 && (document[before - 1].tag == Tag::rb || document[before - 1].pos == Pos::aux)) --before;
  if (before > 0 && nominal(before - 1) && !document[before].sentence_begins) return before - 1;
  // "the chief of staff, Joan Marrow, said": the phrase that ends at the comma
  const TokenIndex begin = document.sentence_of(verb).begin;
  if (before > begin + 1 && document[before - 1].lower == ",") {
    TokenIndex phrase = no_token;
    for (TokenIndex i = before - 1; i-- > begin;) {
      const TokenIndex edge = document[i].right_edge;
      if ((edge == before - 2 || edge == before - 1) && nominal(i)) phrase = i;
    }
    if (phrase != no_token) return phrase;
  }
  if (!document.is_root(verb)) return no_token;
  for (TokenIndex i = document.sentence_of(verb).begin; i < verb; ++i) {
    if (document[i].pos == Pos::adp || is_verbal(document[i]) || document[i].pos == Pos::sconj) return no_token;
    if (nominal(i) && document[i].dep != Dep::compound && document[i].dep != Dep::poss && document[i].dep != Dep::amod)
      return i;
  }
  return no_token;
}

}  // namespace

TokenIndex subject_of(const StatementContext& context, TokenIndex verb) {
  TokenIndex subject = subject_of(context, verb, 0);
  if (subject == no_token || subject < verb) {
    const TokenIndex behind = inverted_subject(context, verb);
    if (behind != no_token && (subject == no_token || quotation_between(context, subject, verb))) return behind;
  }
  if (subject == no_token) subject = likely_subject(context, verb);
  return subject == no_token ? subject : past_dateline(context.document, subject, verb);
}

TokenIndex antecedent(const Document& document, TokenIndex token) {
  if (token == no_token) return token;
  const Tag tag = document[token].tag;
  const bool relative = tag == Tag::wdt || tag == Tag::wp || (document[token].lower == "that" && tag != Tag::dt);
  if (!relative) return token;
  TokenIndex at = token;
  for (int steps = 0; steps < 6 && document[at].head != at; ++steps) {
    if (document[at].dep == Dep::relcl || document[at].dep == Dep::acl) return document[at].head;
    at = document[at].head;
  }
  return token;
}

bool is_person_or_body(const StatementContext& context, TokenIndex noun) {
  const Document& document = context.document;
  const Token& token = document[noun];
  if (token.tag == Tag::prp) return token.lower != "it" && token.lower != "itself";
  if (token.entity == EntityLabel::person || token.entity == EntityLabel::org || token.entity == EntityLabel::gpe ||
      token.entity == EntityLabel::norp)
    return token.pos == Pos::propn || token.tag == Tag::nns || token.tag == Tag::nnps;
  if (const Mention* mention = context.entities.headed_by(noun); mention && !mention->entities.empty()) {
    const EntityKind kind = context.entities[mention->entities.front()].kind;
    return kind != EntityKind::place && kind != EntityKind::agreement && kind != EntityKind::occasion &&
           kind != EntityKind::region && kind != EntityKind::document;
  }
  const NounKinds kinds = context.lexicon.noun(token.lemma);
  return kinds.person || (kinds.body && !kinds.document);
}

bool is_person(const StatementContext& context, TokenIndex noun) {
  const Token& token = context.document[noun];
  if (token.tag == Tag::prp) return token.lower != "it" && token.lower != "itself" && token.lower != "them";
  if (token.entity == EntityLabel::person) return true;
  const NounKinds kinds = context.lexicon.noun(token.lemma);
  return token.pos == Pos::noun && kinds.person && !kinds.body;
}

bool can_speak(const StatementContext& context, TokenIndex noun) {
  if (noun == no_token) return false;
  const Document& document = context.document;
  noun = antecedent(document, noun);
  const Token& token = document[noun];
  if (token.tag == Tag::prp || token.tag == Tag::prp_poss) return token.lower != "this";
  if (token.tag == Tag::wp || token.lower == "who") return true;
  if (token.tag == Tag::wdt || token.tag == Tag::dt || token.tag == Tag::ex)
    return context.lexicon.is(token.lower, WordSense::quantity);
  switch (token.entity) {
    case EntityLabel::person:
    case EntityLabel::org:
    case EntityLabel::gpe:
    case EntityLabel::norp:
      return true;
    case EntityLabel::date:
    case EntityLabel::time:
    case EntityLabel::money:
    case EntityLabel::percent:
    case EntityLabel::quantity:
    case EntityLabel::ordinal:
      return false;
    default:
      break;
  }
  if (is_person_or_body(context, noun)) return true;
  if (token.pos == Pos::propn) return true;
  const NounKinds kinds = context.lexicon.noun(token.lemma);
  if (kinds.speaks()) return true;
  return token.tag == Tag::cd || context.lexicon.is(token.lower, WordSense::quantity);
}

std::vector<TokenSpan> runs_of(const Document& document, TokenIndex top, TokenIndex hole) {
  const TokenSpan all = document.subtree(top);
  if (hole != no_token && !document.is_under(hole, top)) hole = no_token;
  std::vector<TokenSpan> runs;
  for (TokenIndex i = all.begin; i < all.end; ++i) {
    if (!document.is_under(i, top) || (hole != no_token && document.is_under(i, hole))) continue;
    if (runs.empty() || runs.back().end != i) runs.push_back({i, i});
    runs.back().end = i + 1;
  }
  return runs;
}

std::vector<TokenSpan> clause_runs(const StatementContext& context, TokenIndex top, TokenIndex cue) {
  const Document& document = context.document;
  const TokenSpan all = document.subtree(top);
  std::vector<TokenSpan> runs;
  if (cue != no_token && all.contains(cue)) {
    runs = runs_of(document, top, document.is_under(cue, top) ? cue : no_token);
  } else {
    runs.push_back(all);
  }
  // What goes back to the reporter ends the content.
  TokenIndex end = all.end;
  for (TokenIndex i = top + 1; i < end; ++i) {
    const Token& token = document[i];
    if (!is_verbal(token) || (token.dep != Dep::advcl && token.dep != Dep::acl && token.dep != Dep::conj)) continue;
    if (i == cue || token.head == i) continue;
    const TokenIndex head = head_of_clause(context, i);
    if (head != token.head && !document.is_under(head, top)) end = token.left_edge;
  }
  // "..., while the envoy insists that ...": another voice, unless all of it is in one quotation.
  for (const TokenIndex child : document.children(top)) {
    const Token& token = document[child];
    if (child < top || token.dep != Dep::advcl || child_word(document, child, Dep::mark, "while") == no_token) continue;
    if (document.child(child, Dep::nsubj) != no_token && reports(context, child) && !context.quotations.inside(child))
      end = std::min(end, token.left_edge);
  }
  // "said the extremist is another, and he railed against them": back to the tense and the person of the report.
  if (cue != no_token && document[cue].tag == Tag::vbd && cue < top)
    for (const TokenIndex child : document.children(top)) {
      const Token& token = document[child];
      if (token.dep != Dep::conj || token.tag != Tag::vbd || document[top].tag == Tag::vbd ||
          context.quotations.inside(child))
        continue;
      const TokenIndex subject = document.child(child, Dep::nsubj);
      if (subject == no_token || !context.lexicon.is(document[subject].lower, WordSense::person)) continue;
      if (document[top].tag == Tag::vbz || document[top].tag == Tag::vbp) end = std::min(end, token.left_edge);
    }
  // "said the reforms were not complete, and aid groups warned that ...": the next voice, in the tense of the report.
  if (cue != no_token && cue < top && !context.quotations.inside(top))
    for (TokenIndex i = top + 1; i < end; ++i) {
      const Token& token = document[i];
      if (token.dep != Dep::conj || !is_verbal(token) || token.tag != document[cue].tag || context.quotations.inside(i))
        continue;
      const TokenIndex subject = document.child(i, Dep::nsubj);
      if (subject == no_token || subject > i || !reports_here(context, i) || !can_speak(context, subject)) continue;
      TokenIndex left = token.left_edge;
      if (left > top && document[left - 1].dep == Dep::cc) --left;
      if (left > top && document[left - 1].lower == ",") end = std::min(end, left - 1);
    }
  // ", according to X" at the end is said of the whole report.
  for (TokenIndex i = all.end; i-- > all.begin && i + 12 > all.end;)
    if (document[i].lower == "according" && i > all.begin && document[i - 1].lower == ",") end = std::min(end, i - 1);
  if (end != all.end) {
    std::erase_if(runs, [&](const TokenSpan& run) { return run.begin >= end; });
    if (!runs.empty()) runs.back().end = std::min(runs.back().end, end);
  }
  return runs;
}

TokenIndex sentence_end(const Document& document, TokenIndex token) {
  const auto& sentences = document.sentences();
  for (std::uint32_t i = document[token].sentence; i < sentences.size(); ++i) {
    const TokenIndex end = sentences[i].end;
    if (end >= document.size()) return end;
    for (TokenIndex last = end; last > sentences[i].begin;) {
      const std::string_view form = document.text(--last);
      if (form == "." || form == "?" || form == "!" || form == ";" || form == ":") return end;
      if (!is_punctuation(document[last])) break;
    }
    // The parser begins a sentence in the middle of one where a name confuses it; a paragraph is never crossed.
    const std::string_view between = document.text({document[end - 1].span.end, document[end].span.begin});
    const std::string_view next = document.text(end);
    if (between.size() > 1 || between == "\n" ||
        (next.front() >= 'A' && next.front() <= 'Z' && document[end].pos != Pos::propn))
      return end;
  }
  return document.size();
}

TokenSpan trimmed(const StatementContext& context, TokenSpan span) {
  const Document& document = context.document;
  const Quotations& quotations = context.quotations;
  // A quotation mark at the edge stays if its quotation lies inside the span.
  const auto loose = [&](TokenIndex i) {
    const std::uint32_t quotation = quotations.of[i];
    return quotation == no_quotation || !span.contains(quotations.spans[quotation].tokens);
  };
  const auto cut = [&](TokenIndex i) {
    const Token& token = document[i];
    if (!loose(i)) return false;
    return is_punctuation(token)
               ? token.tag != Tag::rrb && token.tag != Tag::lrb && token.lower != "$" && token.lower != "%"
               : token.dep == Dep::cc;
  };
  // Take in the rest of a quotation of which only marks are missing.
  if (!span.empty()) {
    const std::uint32_t last = quotations.of[span.end - 1];
    if (last != no_quotation) {
      TokenIndex end = span.end;
      while (end < quotations.spans[last].tokens.end && is_punctuation(document[end])) ++end;
      if (end == quotations.spans[last].tokens.end) span.end = end;
    }
    const std::uint32_t first = quotations.of[span.begin];
    if (first != no_quotation) {
      TokenIndex begin = span.begin;
      while (begin > quotations.spans[first].tokens.begin && is_punctuation(document[begin - 1])) --begin;
      if (begin == quotations.spans[first].tokens.begin) span.begin = begin;
    }
  }
  if (!span.empty() && document[span.begin].sentence_begins)
    span.begin = std::min(dateline_end(document, span.begin), span.end);
  while (!span.empty() && cut(span.end - 1)) --span.end;
  while (!span.empty() && cut(span.begin)) ++span.begin;
  // A bracket whose partner stayed outside.
  if (!span.empty() && document[span.end - 1].tag == Tag::lrb) --span.end;
  if (!span.empty() && document[span.begin].tag == Tag::rrb) ++span.begin;
  return span;
}

}  // namespace dragoman
