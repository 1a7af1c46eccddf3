// An act is bound by the innermost word that governs it; words further out can only weaken that ("discussed plans to open"), turn it
// ("shelved plans to open") or take it away ("denied plans to open", "called for the opening").
#include "dragoman/relations/undertaking_cues.h"

#include <algorithm>
#include <vector>

#include "dragoman/relations/clauses.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

bool has_mark(const Document& document, TokenIndex verb, std::string_view word) {
  for (const TokenIndex child : document.children(verb))
    if ((document[child].dep == Dep::mark || document[child].dep == Dep::advmod) && document[child].lower == word) return true;
  return false;
}

// Nothing is undertaken under these, whatever the form of the act.
bool takes_away(Governance sense) {
  switch (sense) {
    case Governance::refuse: case Governance::fail: case Governance::attempt: case Governance::threaten: case Governance::demand:
    case Governance::wish: case Governance::require: case Governance::allow: case Governance::force: case Governance::prevent:
    case Governance::deny: case Governance::doubt: case Governance::accuse: case Governance::condemn: case Governance::fear:
      return true;
    default: return false;
  }
}

// A headline tells what was done in the present: "Norway opens consulate". It ends without a stop.
bool is_headline(const Document& document, TokenIndex token) {
  return document[token].sentence == 0 && document[document.sentence_of(token).end - 1].pos != Pos::punct;
}

// The verb whose auxiliaries this one shares: "provide" for "offer" in "will provide a grant and offer scholarships".
TokenIndex sharing_base(const Document& document, TokenIndex verb) {
  TokenIndex base = verb;
  for (int step = 0; step < 8; ++step) {
    const Token& token = document[base];
    if (token.dep != Dep::conj || document.is_root(base) || !is_verb(document[token.head])) break;
    if (document.child(base, Dep::nsubj) != no_token || document.child(base, Dep::nsubjpass) != no_token) break;
    const Predicate own = predicate_at(document, base);
    if (own.finite) break;
    base = token.head;
  }
  return base;
}

// The parser of a small model cuts a row of infinitives: in "plans to link A, develop B and activate C were discussed" it takes "develop"
// for the main verb with the subject "plans". A base form whose subject is a noun that has an infinitive of its own is one of the row.
TokenIndex cut_off_governor(const Document& document, TokenIndex verb) {
  const Token& token = document[verb];
  if ((token.tag != Tag::vbp && token.tag != Tag::vb) || token.lower != token.lemma) return no_token;
  TokenIndex first = verb;
  for (int step = 0; step < 8 && document[first].dep == Dep::conj && !document.is_root(first); ++step) first = document[first].head;
  const TokenIndex subject = document.child(first, Dep::nsubj);
  if (subject == no_token || subject > verb || !is_noun(document[subject])) return no_token;
  const Governance sense = governor_sense(document, subject).sense;
  if (sense != Governance::intend && sense != Governance::undertake && sense != Governance::offer && sense != Governance::propose) return no_token;
  for (const TokenIndex child : document.children(subject)) {
    if (document[child].dep != Dep::acl || document[child].tag != Tag::vb) continue;
    // the row: a comma or "and" before
    const TokenIndex before = document[first].left_edge;
    (void)before;
    if (first > child) return subject;
  }
  return no_token;
}

// A word that stands where a noun does, whatever the tagger made of it ("Work on the line").
bool stands_as_noun(const Token& token) {
  return is_noun(token) || token.dep == Dep::nsubj || token.dep == Dep::nsubjpass || token.dep == Dep::pobj || token.dep == Dep::dobj;
}

// Not a name: "pylons", "stretch".
bool actorless(const Document& document, TokenIndex noun) { return document[noun].pos == Pos::noun; }

// "was not dead", where the parse hangs "not" on the adjective
bool complement_is_negated(const Document& document, TokenIndex verb) {
  if (document[verb].lemma != "be" && document[verb].lemma != "remain") return false;
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if ((token.dep == Dep::acomp || token.dep == Dep::attr || token.dep == Dep::oprd || token.dep == Dep::prep) && is_negated(document, child)) return true;
  }
  return false;
}

bool has_past_auxiliary(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : document.children(verb))
    if (document[child].dep == Dep::aux && document[child].lower == "had") return true;
  return false;
}

bool negated_or_conditional(const Document& document, TokenIndex token) {
  const Predicate form = predicate_at(document, token);
  return form.negated || form.in_condition;
}

// Is the clause a part of something that is denied or dismissed: "denied reports that it planned to sell the port"?
bool is_denied_around(const Document& document, TokenIndex verb) {
  TokenIndex at = verb;
  for (int step = 0; step < 10 && !document.is_root(at); ++step) {
    const Dep dep = document[at].dep;
    const TokenIndex above = document[at].head;
    const Governance sense = governor_sense(document, above).sense;
    const bool of_report = dep == Dep::relcl && sense == Governance::report;
    if (dep == Dep::conj || dep == Dep::advcl || dep == Dep::parataxis || dep == Dep::nsubj || (dep == Dep::relcl && !of_report)) break;
    if (sense == Governance::deny || sense == Governance::doubt) return true;
    if (is_verb(document[above]) && sense == Governance::refuse && dep != Dep::prep) return true;
    at = above;
  }
  return false;
}

// What the words around a finite promise leave of it: false if it is hoped, feared, demanded or denied. Whatever the clause is a part of
// counts: in "dismissed a report that Ghana had offered to sell the port" nothing is offered.
bool stands_in_its_context(const Document& document, TokenIndex verb) {
  if ((has_mark(document, verb, "whether") && predicate_at(document, verb).modal != "should") || has_mark(document, verb, "lest")) return false;
  for (const Governor& governor : governors_of(document, verb)) {
    if (takes_away(governor.sense) && !is_one_of(WordClass::reporting_demand, document[governor.token].lemma)) return false;
    // "proposed that both accept the study": put to others
    if (governor.sense == Governance::propose && is_verb(document[governor.token]) && document[verb].dep == Dep::ccomp && document.child(verb, Dep::nsubj) != no_token)
      return false;
    if (governor.sense != Governance::none && is_verb(document[governor.token]) && negated_or_conditional(document, governor.token)) return false;
  }
  return !is_denied_around(document, verb);
}

bool is_reported(const Document& document, TokenIndex verb) {
  for (const Governor& governor : governors_of(document, first_conjunct(document, verb)))
    if (governor.sense == Governance::report || governor.sense == Governance::undertake || governor.sense == Governance::intend) return true;
  // "he said it would waive the fees, and would send engineers", with the second clause hung on "said"
  const TokenIndex first = first_conjunct(document, verb);
  if (first != verb && governor_sense(document, first).sense == Governance::report) return true;
  return false;
}

Stage weaker(Stage a, Stage b) { return std::min(a, b); }

// "instructed their ministers to draw up a plan": told to one's own people, an order is an undertaking.
bool is_order_to_own(const Document& document, const Governor& governor) {
  if (governor.sense != Governance::demand || !is_verb(document[governor.token])) return false;
  if (!is_one_of(WordClass::instructing, document[governor.token].lemma)) return false;
  for (const TokenIndex child : document.children(governor.token))
    if (is_noun(document[child]) && child > governor.token)
      for (const TokenIndex owner : document.children(child))
        if (document[owner].tag == Tag::prp_poss) return true;
  return false;
}

// Runs outwards over the words that govern an act without a finite form. `stage`: what is known so far, if anything.
std::optional<Stage> stage_of_chain(const Document& document, const std::vector<Governor>& chain, std::optional<Stage> stage, ActClass act,
                                    const CommitmentLexicon& lexicon) {
  for (const Governor& governor : chain) {
    const Token& token = document[governor.token];
    const Predicate form = predicate_at(document, governor.token);
    if (form.in_condition) return std::nullopt;
    if (form.negated) return std::nullopt;
    const bool noun = is_noun(token);
    if (is_order_to_own(document, governor)) {
      if (!stage) stage = Stage::pledged;
      continue;
    }
    // "told reporters that it intends to": a report, for all that "told him to" would be a demand
    if (governor.sense == Governance::demand && stage && is_one_of(WordClass::reporting_demand, token.lemma)) continue;
    switch (governor.sense) {
      case Governance::offer: stage = stage ? weaker(*stage, Stage::offered) : Stage::offered; break;
      case Governance::undertake:
        if (!stage) stage = is_one_of(WordClass::joint_agreement, token.lemma) ? Stage::agreed : Stage::pledged;
        break;
      case Governance::intend:
        if (!stage) stage = noun && agent_of(document, governor.token) == no_token && subject_of(document, governor.token) == no_token &&
                                    token.dep != Dep::dobj && token.dep != Dep::pobj
                                ? Stage::discussed
                                : Stage::pledged;
        break;
      case Governance::propose: stage = stage ? weaker(*stage, Stage::offered) : Stage::offered; break;
      case Governance::consider: stage = Stage::discussed; break;
      case Governance::begin:
        if (!stage) stage = Stage::underway;
        break;
      case Governance::go_on:
        if (!stage) {
          if (act != ActClass::project && act != ActClass::deliver && act != ActClass::patrol) return std::nullopt;
          stage = Stage::underway;
        }
        break;
      case Governance::finish:
        if (!stage) return std::nullopt;
        break;
      case Governance::end:
      case Governance::delay: {
        if (!stage || delays_decision(document, governor.token)) return std::nullopt;
        const StageWord* word = lexicon.stage(document, governor.token);
        stage = word && word->of_object ? word->stage : governor.sense == Governance::end ? Stage::cancelled : Stage::stalled;
        break;
      }
      case Governance::praise:
        if (!stage) return std::nullopt;
        break;
      case Governance::report:
        if (!stage) {
          if (token.lemma != "announce") return std::nullopt;
          stage = Stage::pledged;
        }
        break;
      case Governance::none:
        if (!stage) {
          const bool future = (token.lemma == "be" && form.finite) || (token.lemma == "go" && form.progressive);
          if (!future) return std::nullopt;
          stage = Stage::pledged;
        }
        return stage;
      default: return std::nullopt;
    }
    if (form.modal == "should" || form.modal == "must" || form.modal == "ought") return std::nullopt;
    if (form.modal == "could" || form.modal == "may" || form.modal == "might" || form.modal == "would") {
      // "said it would be ready to": the backshift of "will" weakens nothing that is only offered
      if (!(form.modal == "would" && is_reported(document, governor.token))) stage = weaker(*stage, Stage::offered);
    }
  }
  return stage;
}

// "Under the treaty, Norway will pay", "a treaty under which Norway will pay": settled between them. A plan or draft is not.
bool stands_under_agreement(const Document& document, TokenIndex verb, const CommitmentLexicon& lexicon) {
  for (const TokenIndex child : document.children(first_conjunct(document, verb))) {
    const std::string_view lower = document[child].lower;
    if (document[child].dep != Dep::prep || (lower != "under" && lower != "by")) continue;
    TokenIndex object = document.child(child, Dep::pobj);
    if (object == no_token) continue;
    if (document[object].tag == Tag::wdt || document[object].lower == "which") {
      const TokenIndex clause = first_conjunct(document, verb);
      if (document[clause].dep != Dep::relcl) continue;
      object = document[clause].head;
    }
    if (const TokenIndex of = object_of_prep(document, object, "of"); of != no_token && is_one_of(WordClass::provision, document[object].lemma)) object = of;
    if (is_one_of(WordClass::unsettled_paper, document[object].lemma)) continue;
    const auto kind = lexicon.object_ending(document, object);
    if (kind && kind->kind == ObjectKind::instrument) return true;
  }
  return false;
}

std::optional<UndertakingCue> cue_of_finite(const Document& document, TokenIndex verb, TokenIndex base, const Predicate& form, const ActEntry* entry,
                                            const CommitmentLexicon& lexicon) {
  UndertakingCue cue{.cue = base, .who = subject_of(document, base), .rule = "commitment.will"};
  cue.about_thing = form.passive;
  if (form.passive) cue.who = agent_of(document, base);
  if (!stands_in_its_context(document, base)) return std::nullopt;
  const ActClass act = entry ? entry->act : ActClass::unknown;
  if (form.modal == "will" || form.modal == "shall") {
    if (form.perfect) return std::nullopt;
    cue.stage = stands_under_agreement(document, base, lexicon) ? Stage::agreed : Stage::pledged;
    return cue;
  }
  if (form.modal == "would") {
    if (form.perfect) return std::nullopt;
    cue.stage = stands_under_agreement(document, base, lexicon) ? Stage::agreed : is_reported(document, base) ? Stage::pledged : Stage::discussed;
    cue.rule = "commitment.would";
    return cue;
  }
  if (form.modal == "could" || form.modal == "can" || form.modal == "may" || form.modal == "might") {
    if (form.perfect || !is_reported(document, base) || act == ActClass::soft || act == ActClass::unknown) return std::nullopt;
    cue.stage = Stage::offered;
    cue.rule = "commitment.could";
    return cue;
  }
  if (form.modal == "should") {
    cue.stage = Stage::discussed;
    cue.joint_only = true;
    for (const Governor& governor : governors_of(document, base))
      if (governor.sense == Governance::consider) cue.joint_only = false;
    cue.rule = "commitment.should-jointly";
    return cue;
  }
  if (!form.modal.empty() || !entry) return std::nullopt;
  cue.deed = true;
  // "the bank, which financed the study": background, but for what is told of the thing itself ("a grant whose first part was paid")
  if (document[base].dep == Dep::relcl) {
    bool of_part = false;
    for (const TokenIndex subject : document.children(base))
      for (const TokenIndex child : document.children(subject)) of_part = of_part || document[child].lower == "whose";
    if (!of_part) return std::nullopt;
  }
  if (form.progressive) {
    if (form.tense != Tense::present || (act != ActClass::project && act != ActClass::start && act != ActClass::deliver)) return std::nullopt;
    cue.stage = Stage::underway;
    cue.rule = "commitment.progressive";
    return cue;
  }
  const Predicate own = predicate_at(document, verb);
  const bool told_as_done = own.tense == Tense::past || form.tense == Tense::past ||
                            (form.tense == Tense::present && is_headline(document, verb));
  if (!entry->past || !told_as_done) return std::nullopt;
  cue.stage = *entry->past;
  cue.rule = "commitment.deed";
  return cue;
}

std::optional<UndertakingCue> cue_of_verb_at(const Document& document, TokenIndex verb, const CommitmentLexicon& lexicon, int depth) {
  const ActEntry* entry = lexicon.verb(document, verb);
  const ActClass act = entry ? entry->act : ActClass::unknown;
  const TokenIndex base = sharing_base(document, verb);
  const Predicate form = predicate_at(document, base);
  if (form.in_condition) return std::nullopt;
  if (form.not_yet || (base != verb && predicate_at(document, verb).not_yet)) {
    if (!entry || !entry->past) return std::nullopt;
    return UndertakingCue{.stage = Stage::stalled, .cue = verb, .who = form.passive ? agent_of(document, base) : subject_of(document, base),
                          .deed = true, .about_thing = true, .rule = "commitment.not-yet"};
  }
  if (form.negated || is_negated(document, verb)) return std::nullopt;

  if (const TokenIndex governor = cut_off_governor(document, verb); governor != no_token) {
    UndertakingCue cue{.cue = governor, .who = agent_of(document, governor), .rule = "commitment.row-of-infinitives"};
    std::vector<Governor> chain{governor_sense(document, governor)};
    const std::optional<Stage> stage = stage_of_chain(document, chain, std::nullopt, act, lexicon);
    if (!stage) return std::nullopt;
    cue.stage = cue.who == no_token ? Stage::discussed : *stage;
    return cue;
  }
  if (form.finite) return cue_of_finite(document, verb, base, form, entry, lexicon);

  // "will work together to build", "should cooperate to establish": the soft verb's cue is that of its purpose
  if (form.infinitive && depth < 3) {
    const Token& token = document[base];
    const TokenIndex above = token.head;
    if ((token.dep == Dep::advcl || token.dep == Dep::xcomp) && above != base && is_verb(document[above])) {
      const ActEntry* outer = lexicon.verb(document, above);
      if (outer && outer->act == ActClass::soft) {
        std::optional<UndertakingCue> cue = cue_of_verb_at(document, above, lexicon, depth + 1);
        if (!cue) return std::nullopt;
        cue->rule = "commitment.purpose";
        cue->about_thing = false;
        return cue;
      }
    }
  }
  const std::vector<Governor> chain = governors_of(document, base);
  UndertakingCue cue{.cue = chain.empty() ? verb : chain.front().token, .who = subject_of(document, base), .rule = "commitment.to-act"};
  if (form.passive) {
    cue.about_thing = true;
    cue.who = agent_of(document, base);
  }
  if (chain.empty()) {
    // a headline: "Ghana to open consulate"
    const bool headline = form.infinitive && document.is_root(base) && document.child(base, Dep::aux) != no_token;
    if (!headline) return std::nullopt;
    cue.stage = Stage::pledged;
    cue.rule = "commitment.headline-to";
    return cue;
  }
  if (form.participle && document[base].dep != Dep::pcomp && document[base].dep != Dep::xcomp && document[base].dep != Dep::dobj) return std::nullopt;
  // "recommended that Peru invest": advice to another
  if (chain.front().sense == Governance::propose && document.child(base, Dep::nsubj) != no_token) return std::nullopt;
  // "accepted an invitation to visit": what is asked for is promised
  const bool granted = chain.size() > 1 && chain[0].sense == Governance::demand && is_noun(document[chain[0].token]) && chain[1].sense == Governance::undertake &&
                       is_verb(document[chain[1].token]);
  if (granted) {
    if (negated_or_conditional(document, chain[1].token) || is_denied_around(document, base)) return std::nullopt;
    return UndertakingCue{.stage = Stage::pledged, .cue = chain[1].token, .who = subject_of(document, chain[1].token), .rule = "commitment.granted"};
  }
  const std::optional<Stage> stage = stage_of_chain(document, chain, std::nullopt, act, lexicon);
  if (!stage || is_denied_around(document, base)) return std::nullopt;
  cue.stage = *stage;
  if (chain.front().sense == Governance::none) cue.rule = "commitment.is-to";
  if (is_order_to_own(document, chain.front())) {
    cue.who = subject_of(document, chain.front().token);
    cue.rule = "commitment.own-order";
  }
  return cue;
}

}  // namespace

bool orders_own(const Document& document, TokenIndex verb) { return is_order_to_own(document, governor_sense(document, verb)); }

std::optional<UndertakingCue> cue_of_verb(const Document& document, TokenIndex verb, const CommitmentLexicon& lexicon) {
  return cue_of_verb_at(document, verb, lexicon, 0);
}

std::optional<UndertakingCue> cue_of_noun(const Document& document, TokenIndex noun, const CommitmentLexicon& lexicon) {
  UndertakingCue cue{.rule = "commitment.thing"};
  std::optional<Stage> stage;
  // "the forthcoming opening", "a possible flight"
  for (const TokenIndex child : document.children(noun)) {
    if (child > noun) break;
    const Token& token = document[child];
    if (token.dep != Dep::amod && token.dep != Dep::advmod) continue;
    if (is_one_of(WordClass::forthcoming, token.lower)) {
      stage = Stage::pledged;
      cue.cue = child;
      cue.rule = "commitment.forthcoming";
    } else if (is_one_of(WordClass::possible, token.lower)) {
      stage = Stage::discussed;
      cue.cue = child;
      cue.rule = "commitment.possible";
    }  // not "the stalled line": a standing state that the sentence presupposes, nothing that it tells
  }
  TokenIndex at = first_conjunct(document, noun);
  const bool subject = document[noun].dep == Dep::nsubj || document[noun].dep == Dep::nsubjpass;
  if (is_negated(document, noun) && !subject) return std::nullopt;
  for (int step = 0; step < 6; ++step) {
    const Token& token = document[at];
    if (document.is_root(at)) break;
    TokenIndex above = token.head;
    bool as_object = false, as_subject = false, part_of = false;
    std::string_view through;  // the preposition between them
    switch (token.dep) {
      case Dep::dobj: case Dep::nsubjpass: as_object = true; break;
      case Dep::nsubj: as_subject = true; break;
      case Dep::pobj: {
        const TokenIndex preposition = above;
        above = document[preposition].head;
        if (above == preposition) return stage ? std::optional(cue) : std::nullopt;
        if (!is_one_of(WordClass::part_preposition, document[preposition].lower)) return std::nullopt;
        through = document[preposition].lower;
        part_of = through == "of";
        as_object = true;
        break;
      }
      case Dep::conj: at = above; continue;
      case Dep::appos: at = above; continue;
      default: above = no_token;
    }
    if (above == no_token || above == at) break;
    if (is_verb(document[above]) && !stands_as_noun(document[above])) {
      // an act that the verb rule reads; "agreed to build a line" is not told twice
      const Predicate form = predicate_at(document, above);
      if (form.in_condition || delays_decision(document, above)) return std::nullopt;
      // "the hospital still has no beds", "the scheme still lacks money"
      if (as_subject && !stage && (document[above].lemma == "have" || document[above].lemma == "lack") && form.tense == Tense::present) {
        bool still = false;
        for (const TokenIndex child : document.children(above)) still = still || document[child].lower == "still";
        if (still && (form.negated || document[above].lemma == "lack"))
          return UndertakingCue{.stage = Stage::stalled, .cue = above, .who = no_token, .deed = true, .about_thing = true, .rule = "commitment.still-lacks"};
      }
      const StageWord* word = lexicon.stage(document, above);
      if (word && word->stage == Stage::agreed && document[above].lemma == "reach" && document[noun].entity == EntityLabel::money) word = nullptr;  // "trade reached $2 billion"
      // "agencies resumed deliveries": the deliveries; "China, which built the bridge": background
      if (word && as_subject && !form.passive)
        if (const TokenIndex object = document.child(above, Dep::dobj); object != no_token && !word->name.ends_with(document[object].lower)) word = nullptr;
      if (word && as_object && word->stage == Stage::completed && document[above].dep == Dep::relcl && form.tense == Tense::past && !form.passive) return std::nullopt;
      // "the bridge is expected to cost millions": what is foreseen is no act
      if (word && (token.dep == Dep::nsubj || token.dep == Dep::nsubjpass))
        if (const TokenIndex foreseen = document.child(above, Dep::xcomp); foreseen != no_token && is_verb(document[foreseen])) {
          const ActEntry* entry = lexicon.verb(document, foreseen);
          if (!entry || entry->act == ActClass::none) return std::nullopt;
        }
      // "work has started on a road": what the work is on stands for it
      if (word && through == "on" && word->of_subject)
        if (const TokenIndex work = subject_of(document, above); work != no_token && is_one_of(WordClass::building_work, document[work].lemma)) {
          as_object = false;
          as_subject = true;
          through = {};
        }
      if (word && !through.empty() && !word->name.ends_with(through)) word = nullptr;  // "halted for lack of funds" halts no funds
      const bool passive = form.passive;
      if (word && ((as_object && word->of_object) || (as_subject && word->of_subject) || (as_subject && passive && word->of_object))) {
        const bool denied = form.negated || form.not_yet || complement_is_negated(document, above);
        if (!form.finite && !denied) {
          if (!stage) {
            if (document[above].dep != Dep::advcl || form.infinitive) return std::nullopt;
            stage = word->stage;  // "... , suspending the talks"
            cue.who = agent_of(document, above);
            cue.cue = above;
          }
          break;
        }
        if (!form.modal.empty() && !denied) return std::nullopt;
        // "dams are built in campaigns": a habit, unless a headline tells it
        if (passive && subject && !denied && form.tense == Tense::present && !form.perfect && !form.progressive && word->stage <= Stage::completed &&
            !is_headline(document, above) && document[noun].tag == Tag::nns)
          return std::nullopt;
        // "had suspended talks in 2023": what was so before the story, not its news
        if (word->stage >= Stage::stalled && form.perfect && has_past_auxiliary(document, above)) return std::nullopt;
        if (!stands_in_its_context(document, above)) return std::nullopt;
        if (denied) {
          if (!word->negated) return std::nullopt;
          if (form.modal == "will" || form.modal == "would" || form.modal == "should" || form.modal == "must") return std::nullopt;
          stage = *word->negated;
        } else if (!stage || word->stage >= Stage::stalled || word->stage == Stage::discussed || cue.rule == "commitment.carried") {
          if (form.tense == Tense::future) return std::nullopt;
          if (stage == Stage::discussed && cue.rule == "commitment.carried" && word->stage <= Stage::completed) return std::nullopt;  // "resumed talks on the dam"
          stage = word->stage;
        }
        cue.deed = true;
        cue.cue = above;
        cue.about_thing = as_subject || passive;
        // who accepts a proposal binds himself, not its author
        const bool settles = word->stage == Stage::agreed && as_object && !passive;
        if (cue.who == no_token || settles) cue.who = as_object && !passive ? subject_of(document, above) : agent_of(document, above);
        cue.stage = *stage;
        cue.rule = word->stage >= Stage::stalled || denied ? "commitment.stage-word" : "commitment.thing";
        return cue;
      }
      const Governance sense = governor_sense(document, above).sense;
      if (takes_away(sense) || sense == Governance::end || sense == Governance::delay) return std::nullopt;
      if (!stage) return std::nullopt;
      if (form.negated) return std::nullopt;
      if (!stands_in_its_context(document, above)) return std::nullopt;
      if (sense == Governance::consider) stage = Stage::discussed;
      if (cue.who == no_token && sense != Governance::praise && sense != Governance::report && !passive && as_object) cue.who = subject_of(document, above);
      break;
    }
    if (!stands_as_noun(document[above])) {
      // "is ready for talks"
      if (document[above].pos != Pos::adj || (document[above].lemma != "ready" && document[above].lemma != "prepared")) break;
    }
    if (is_negated(document, above)) return std::nullopt;
    if (document[above].lemma == "work") {  // "work on the line", however it is tagged
      at = above;
      continue;
    }
    const Governor governor = governor_sense(document, above);
    if (takes_away(governor.sense)) return std::nullopt;
    if (governor.sense != Governance::none && governor.sense != Governance::begin && governor.sense != Governance::finish && governor.sense != Governance::end &&
        governor.sense != Governance::delay) {
      // "promised a review of the quotas": the review is promised, which is found by itself
      if (governor.sense == Governance::consider)
        if (const auto carrier = lexicon.object_ending(document, above); carrier && carrier->kind == ObjectKind::instrument) return std::nullopt;
      // "our commitment to the treaty" is a stance toward what there is
      if (is_one_of(WordClass::standing_commitment, document[above].lemma) && lexicon.verb_of_noun(document, noun).empty() && at == noun) return std::nullopt;
      const std::optional<Stage> carried = stage_of_chain(document, {governor}, stage, ActClass::project, lexicon);
      if (!carried) return std::nullopt;
      stage = carried;
      cue.cue = above;
      cue.who = subject_of(document, above) == no_token ? agent_of(document, above) : subject_of(document, above);
      if (const TokenIndex owner = agent_of(document, above); owner != no_token) cue.who = owner;
      cue.rule = "commitment.carried";
    } else if (lexicon.verb_of_noun(document, above).empty()) {
      const auto carrier = lexicon.object_ending(document, above);
      const bool stray = document[noun].dep == Dep::conj && carrier && carrier->kind == ObjectKind::concrete;
      const bool part = part_of && actorless(document, above);  // "the first pylons of the line"
      if (!stray && !part && (!carrier || (carrier->kind != ObjectKind::project && carrier->kind != ObjectKind::instrument))) break;
    }
    at = above;
  }
  if (!stage) return std::nullopt;
  cue.stage = *stage;
  if (cue.cue == no_token) cue.cue = noun;
  return cue;
}

}  // namespace dragoman
