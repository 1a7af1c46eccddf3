// A chain is read from the event outwards, as arithmetic: the object noun gives a type, the verb a direction ("lift" reverses it), and each
// governing word above may turn it once more ("refused to lift"). Negation and the future count where the verb that bears them stands.
#include "dragoman/relations/event_chain.h"

#include <algorithm>

#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

constexpr int longest_climb = 24;

bool is_preposition(const Token& token) { return token.dep == Dep::prep || token.dep == Dep::agent || token.pos == Pos::adp; }

/// What a finite future or a refusal makes of a deed: nobody attacks tomorrow, he threatens to.
Coding turned(const Document& document, TokenIndex verb, Coding coding, const NounEntry* noun, const EventLexicon& lexicon,
              ChainVerdict& verdict) {
  const Predicate predicate = predicate_at(document, verb);
  const bool own = predicate.finite || predicate.infinitive;
  if (!own) return coding;
  if (predicate.negated && coding.type == EventType::agree) return {EventType::reject, "", "120"};  // "does not accept"
  const bool attitude = coding.type == EventType::reject || coding.type == EventType::threaten || coding.type == EventType::request ||
                        coding.type == EventType::accuse || coding.type == EventType::agree;
  // "should not let it slip" asks for something; "cannot", "will not", "does not" refuse
  const bool asks = predicate.modal == "must" || predicate.modal == "should" || predicate.modal == "ought" || predicate.modal == "may" ||
                    predicate.modal == "might" || predicate.modal == "could";
  // "will not attack" refuses nothing that was asked for: it does not come about
  const bool forbears = coding.type == EventType::assault && !noun;
  if (predicate.negated && forbears) return coding;
  if (predicate.negated && !attitude && !asks) {
    if (!predicate.modal.empty() || predicate.tense == Tense::present || predicate.tense == Tense::future)
      if (const auto refused = lexicon.combine(Governance::refuse, coding, noun)) return *refused;
  }
  if (predicate.modal == "must" || predicate.modal == "should" || predicate.modal == "ought")
    if (const auto demanded = lexicon.combine(Governance::demand, coding, noun)) {
      verdict.by_modal = true;
      return *demanded;
    }
  const Token& token = document[verb];
  const bool expected = predicate.infinitive && (token.dep == Dep::xcomp || token.dep == Dep::ccomp) && document[token.head].lemma == "expect";  // "expects Togo to sign"
  if (expected || predicate.modal == "will" || predicate.modal == "would" || predicate.modal == "shall" ||
      (predicate.finite && predicate.tense == Tense::future && predicate.modal.empty()))
    if (!attitude)
      if (const auto meant = lexicon.combine(Governance::intend, coding, noun)) {
        if (*meant != coding) verdict.before_tense = coding;
        return *meant;
      }
  return coding;
}

/// "returned the statue": the object is a thing, neither an event nor somebody addressed.
bool has_thing(const Document& document, TokenIndex verb, const EventLexicon& lexicon) {
  for (const TokenIndex child : document.children(verb)) {
    const Dep dep = document[child].dep;
    if ((dep == Dep::dobj || dep == Dep::nsubjpass) && is_noun(document[child]) && document[child].pos != Pos::pron)
      return event_noun_in(document, child, lexicon) == no_token;
  }
  return false;
}

/// "vowed never to bow to pressure": he refuses.
bool vows_resistance(const Document& document, TokenIndex word, TokenIndex inner, const EventLexicon& lexicon) {
  return inner != no_token && is_verb(document[inner]) && governor_sense(document, word).sense == Governance::undertake && lexicon.gives_way(document[inner].lemma) &&
         predicate_at(document, inner).negated;
}

/// A treaty, an agreement, a memorandum.
bool is_instrument(const Document& document, TokenIndex noun, const EventLexicon& lexicon) {
  const NounEntry* entry = lexicon.noun_at(document, noun);
  return entry && entry->cameo == "057";
}

/// "pledged to", "is ready to": whatever is undertaken, it is undertaken.
bool commits(const Document& document, TokenIndex word, TokenIndex inner) {
  if (inner == no_token || !is_verb(document[inner])) return false;
  const Governance sense = governor_sense(document, word).sense;
  return sense == Governance::undertake || sense == Governance::offer;
}

}  // namespace

TokenIndex head_of(const Document& document, TokenSpan tokens) {
  if (tokens.empty()) return no_token;
  for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
    const Token& token = document[i];
    if (document.is_root(i) || !tokens.contains(token.head)) {
      if (token.pos == Pos::punct || token.pos == Pos::space) continue;
      return i;
    }
  }
  return tokens.end - 1;
}

TokenIndex event_noun_in(const Document& document, TokenIndex head, const EventLexicon& lexicon) {
  if (!is_noun(document[head])) return no_token;
  if (lexicon.noun_at(document, head)) return head;
  const TokenIndex of = object_of_prep(document, head, "of");
  // not the reform of the Security Council, a name
  return of != no_token && is_noun(document[of]) && document[of].pos != Pos::propn && lexicon.noun_at(document, of) ? of : no_token;
}

bool addresses_object(const Document& document, TokenIndex verb, const EventLexicon& lexicon) {
  if (!governor_sense(document, verb).object_control) return false;
  std::vector<const VerbEntry*> verbs;
  lexicon.verbs_at(document, verb, verbs);
  return std::none_of(verbs.begin(), verbs.end(), [](const VerbEntry* entry) { return entry->sense != Sense::act; });
}

TokenIndex event_object(const Document& document, TokenIndex verb, const EventLexicon& lexicon) {
  const bool addressed = addresses_object(document, verb, lexicon);
  TokenIndex in_phrase = no_token;
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if (!addressed && (token.dep == Dep::dobj || token.dep == Dep::nsubjpass || token.dep == Dep::attr || token.dep == Dep::oprd))
      if (const TokenIndex noun = event_noun_in(document, child, lexicon); noun != no_token) return noun;
    if (token.dep == Dep::prep && in_phrase == no_token && is_one_of(WordClass::event_preposition, token.lower)) {
      const TokenIndex object = document.child(child, Dep::pobj);
      if (object != no_token && lexicon.noun_at(document, object)) in_phrase = object;
    }
  }
  if (in_phrase != no_token) return in_phrase;
  const Token& token = document[verb];
  // "sanctions imposed on", "an accord signed by"
  // not "an invitation to visit", which tells what it is to
  if ((token.dep == Dep::acl || token.dep == Dep::relcl) && lexicon.noun_at(document, token.head) && !predicate_at(document, verb).infinitive) return token.head;
  return no_token;
}

ChainVerdict read_chain(const Document& document, std::span<const TokenIndex> chain, const EventLexicon& lexicon) {
  ChainVerdict verdict;
  std::vector<const VerbEntry*> verbs;
  const auto set_core = [&](const Coding& coding, TokenIndex trigger) {
    verdict.coding = verdict.core = coding;
    verdict.trigger = verdict.decider = trigger;
  };
  TokenIndex previous = no_token;
  TokenIndex current = no_token;
  for (const TokenIndex word : chain) {
    previous = current;
    current = word;
    const Token& token = document[word];
    if (is_verb(token)) {
      lexicon.verbs_at(document, word, verbs);
      if (!verbs.empty() && verbs.front()->sense == Sense::act && !verbs.front()->type) {
        verdict = {};  // "seeks re-election": an idiom that tells nothing between parties
        continue;
      }
      const bool copula = verdict.coding && previous != no_token && document[previous].pos == Pos::adj;
      if (!verdict.coding && !verbs.empty()) {
        const TokenIndex object = event_object(document, word, lexicon);
        if (object != no_token && std::find(chain.begin(), chain.end(), object) == chain.end()) {
          verdict.noun = lexicon.noun_at(document, object);
          set_core({verdict.noun->type, verdict.noun->mode, verdict.noun->cameo}, object);
        }
      }
      const VerbEntry* direction = nullptr;
      const VerbEntry* act = nullptr;
      for (const VerbEntry* verb : verbs) {
        // a phrase that tells an event by itself wins over the bare verb: "lodged a protest" is no protest in the street
        const bool shorter = verb->verb.size() < verbs.front()->verb.size();
        if (shorter && act && act->use == VerbUse::always) break;
        // "received a delegation", "would not receive the mission": a guest is not given; who "faces a threat" is not said to be threatened;
        // but "drew praise from"
        const bool guest = !verb->to.empty() && verb->to.front() == "nsubj" && verdict.coding &&
                           (verdict.coding->type == EventType::consult || (verdict.coding->type == EventType::support && verdict.coding->cameo != "051") ||
                            verdict.coding->type == EventType::threaten);
        // the more telling direction first: "do" says least
        if (verb->sense != Sense::act && !guest && (!direction || direction->sense == Sense::do_)) direction = verb;
        if (verb->sense == Sense::act && !act && (verb->use != VerbUse::thing || has_thing(document, word, lexicon))) act = verb;
        if (shorter && (direction || act)) break;
      }
      if (copula) {
        // "is ready to help", "stands ready to": the adjective has spoken
      } else if (verdict.coding) {
        Governor governor = governor_sense(document, word);
        // "wants to help" means to; "wants Peru to help" asks for it
        // ... and so with "proposed to help", "proposed that Peru help"
        if (governor.sense == Governance::propose && previous != no_token && document[previous].dep == Dep::ccomp && document.child(previous, Dep::nsubj) != no_token)
          governor.sense = Governance::demand;
        if (governor.sense == Governance::wish && previous != no_token && is_verb(document[previous])) {
          const bool others = document.child(previous, Dep::nsubj) != no_token || document.child(previous, Dep::nsubjpass) != no_token ||
                              document.child(word, Dep::dobj) != no_token;
          if (others)
            governor.sense = Governance::demand;
          else if (document[previous].dep == Dep::xcomp)
            governor.sense = Governance::intend;
        }
        verdict.by_modal = false;  // "agreed that disputes should be settled": the modal is not the speaker's any more
        // over a verb ("encouraged Mali to sign") the governing word speaks first, over a noun the direction
        const bool over_verb = word != chain.front() && previous != no_token && is_verb(document[previous]);
        const bool governs = governor.sense != Governance::none && governor.sense != Governance::report;
        if (act && act->cameo == "057" && previous != no_token && is_noun(document[previous]) && is_instrument(document, previous, lexicon)) {
          // "signed an agreement to extend the truce": signed it is, whatever is in it
          verdict.coding = Coding{*act->type, act->mode, act->cameo};
          verdict.decider = word;
          verdict.verb = act;
        } else if (direction && !(over_verb && governs)) {
          // "received weapons": who is given arms is helped
          const bool armed = direction->to.size() == 1 && direction->to.front() == "nsubj" && verdict.coding->type == EventType::mobilize;
          if (const auto coding = armed ? Coding{EventType::aid, "", "072"} : lexicon.combine(direction->sense, *verdict.coding, verdict.noun)) {
            if (*coding != *verdict.coding) verdict.decider = word;
            verdict.coding = coding;
            verdict.verb = direction;
          }
        } else if (!over_verb && act && act->type && governor.sense != Governance::report) {
          // "agreed on sanctions", "protested against the raid": over a noun the verb's own meaning speaks before what it governs
          verdict.coding = Coding{*act->type, act->mode, act->cameo};
          verdict.decider = word;
          verdict.verb = act;
        } else if (governor.sense != Governance::none && !(token.lemma == "have" && !over_verb)) {
          if (governor.sense == Governance::require) verdict.by_modal = true;
          // "pledged that it would send rice" is "pledged to send rice": the pledge speaks, not the tense
          if (governor.sense == Governance::undertake && verdict.before_tense) {
            verdict.coding = verdict.before_tense;
            verdict.before_tense.reset();
          }
          if (vows_resistance(document, word, previous, lexicon)) {
            verdict.coding = Coding{EventType::reject, "", "120"};
            verdict.decider = word;
            verdict.verb = nullptr;
          } else if (const auto coding = lexicon.combine(governor.sense, *verdict.coding, verdict.noun)) {
            if (*coding != *verdict.coding) {
              verdict.decider = word;
              verdict.verb = nullptr;
            }
            verdict.coding = coding;
          }
        } else if (act && act->type) {
          verdict.coding = Coding{*act->type, act->mode, act->cameo};
          verdict.decider = word;
          verdict.verb = act;
        } else if (document[word].lemma != "be" && document[word].lemma != "have") {
          verdict = {};  // a verb that says nothing of it: "aligned with the sanctions"
        }
      } else if (commits(document, word, previous)) {
        set_core(vows_resistance(document, word, previous, lexicon) ? Coding{EventType::reject, "", "120"} : Coding{EventType::agree, "", "030"}, word);
        verdict.verb = act && act->type == EventType::agree ? act : nullptr;
      } else if (act && act->type) {
        set_core({*act->type, act->mode, act->cameo}, word);
        verdict.verb = act;
      } else if (direction && direction->type) {
        set_core({*direction->type, direction->mode, direction->cameo}, word);
        verdict.verb = direction;
      }
      if (verdict.coding) {
        const Coding before = *verdict.coding;
        verdict.coding = turned(document, word, before, verdict.noun, lexicon, verdict);
        if (before != *verdict.coding) verdict.decider = word;
      }
      continue;
    }
    if (is_noun(token) || token.pos == Pos::adj) {
      const NounEntry* noun = is_noun(token) ? lexicon.noun_at(document, word) : nullptr;
      if (verdict.coding) {
        Governor governor = governor_sense(document, word);
        // "claimed responsibility for the attack"; but "a responsibility to attack"
        if (governor.sense == Governance::require && previous != no_token && document[previous].dep == Dep::pobj && document[document[previous].head].lower == "for" &&
            is_conflict(verdict.coding->type))
          governor.sense = Governance::none;
        if (governor.sense != Governance::none) {
          if (const auto coding = lexicon.combine(governor.sense, *verdict.coding, verdict.noun)) {
            if (*coding != *verdict.coding) verdict.decider = word;
            verdict.coding = coding;
          }
        } else if (noun && is_conflict(noun->type) != is_conflict(verdict.coding->type)) {
          verdict.coding = Coding{noun->type, noun->mode, noun->cameo};
          verdict.decider = word;
          verdict.noun = noun;
        }
      } else if (noun) {
        verdict.noun = noun;
        set_core({noun->type, noun->mode, noun->cameo}, word);
      } else if (commits(document, word, previous)) {
        set_core({EventType::agree, "", "030"}, word);
      }
    }
  }
  return verdict;
}

PairPath path_between(const Document& document, TokenSpan source, TokenSpan target) {
  PairPath path;
  path.source = head_of(document, source);
  path.target = head_of(document, target);
  if (path.source == no_token && path.target == no_token) return path;
  if (path.source == no_token || path.target == no_token) {
    // only one is there: what it hangs on, up to the first verb
    TokenIndex at = path.source == no_token ? path.target : path.source;
    std::vector<TokenIndex>& above = path.source == no_token ? path.from_target : path.from_source;
    while (!document.is_root(at)) {
      at = document[at].head;
      if (is_verb(document[at])) break;
      above.push_back(at);
    }
    if (!above.empty() && above.back() == at) above.pop_back();
    path.pivot = at;
    return path;
  }
  const auto upward = [&](TokenIndex from) {
    std::vector<TokenIndex> above{from};
    for (int step = 0; step < longest_climb && !document.is_root(above.back()); ++step) above.push_back(document[above.back()].head);
    return above;
  };
  const std::vector<TokenIndex> up = upward(path.source), down = upward(path.target);
  std::size_t s = up.size(), t = down.size();
  while (s > 0 && t > 0 && up[s - 1] == down[t - 1]) --s, --t;
  // now up[s] == down[t] is where they meet, if they do
  path.joined = s < up.size();
  if (!path.joined) {
    path.pivot = down.back();
    path.from_target.assign(down.begin() + 1, down.end());
    if (!path.from_target.empty()) path.from_target.pop_back();
    if (path.pivot == path.target) path.pivot = up.back();
    return path;
  }
  if (s > 1) path.from_source.assign(up.begin() + 1, up.begin() + static_cast<std::ptrdiff_t>(s));
  if (t > 1) path.from_target.assign(down.begin() + 1, down.begin() + static_cast<std::ptrdiff_t>(t));
  path.pivot = up[s];
  if (path.pivot != path.source && path.pivot != path.target) return path;
  // one stands under the other: a clause between them joins them ("rebels who attacked T"), else what both hang on
  std::vector<TokenIndex>& between = path.pivot == path.source ? path.from_target : path.from_source;
  for (std::size_t i = between.size(); i-- > 0;) {
    const Token& token = document[between[i]];
    if (is_verb(token) && token.dep != Dep::prep) {
      path.pivot = between[i];
      between.erase(between.begin() + static_cast<std::ptrdiff_t>(i), between.end());
      return path;
    }
  }
  for (const TokenIndex word : {path.source, path.target}) path.coordinated |= document[word].dep == Dep::conj;
  TokenIndex at = path.pivot;
  while (!document.is_root(at) && (document[at].dep == Dep::conj || at == path.source || at == path.target || is_preposition(document[at])))
    at = document[at].head;
  path.pivot = at;
  return path;
}

std::vector<TokenIndex> chain_of(const Document& document, const PairPath& path) {
  std::vector<TokenIndex> chain;
  if (path.pivot == no_token) return chain;
  for (const TokenIndex word : path.from_target)
    if (!is_preposition(document[word])) chain.push_back(word);
  // "who attacked T" under the source: the chain lies on the other side
  if (chain.empty())
    for (const TokenIndex word : path.from_source)
      if (is_verb(document[word])) chain.push_back(word);
  chain.push_back(path.pivot);
  return chain;
}

}  // namespace dragoman
