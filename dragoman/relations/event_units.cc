#include "dragoman/relations/event_units.h"

#include <algorithm>

#include "dragoman/relations/press.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

constexpr std::size_t longest_chain = 6;

/// Words whose complement is an event of its own, not a part of theirs.
bool leaves_alone(Governance sense) {
  switch (sense) {
    case Governance::none:
    case Governance::report:
    case Governance::accuse:
    case Governance::praise:
    case Governance::condemn:
    case Governance::deny:
    case Governance::doubt:
    case Governance::fear: return true;
    default: return false;
  }
}

/// Words that make of a clause under them what it is ("vowed that it would reply").
bool takes_clause(Governance sense) {
  switch (sense) {
    case Governance::undertake:
    case Governance::offer:
    case Governance::intend:
    case Governance::propose:
    case Governance::refuse:
    case Governance::threaten:
    case Governance::demand:
    case Governance::wish: return true;
    default: return false;
  }
}

/// "asked whether", "asked what": a question, not a demand.
bool asks_whether(const Document& document, TokenIndex clause) {
  for (const TokenIndex child : document.children(clause)) {
    const Token& token = document[child];
    if (token.lower == "whether" || token.lower == "if" || token.tag == Tag::wp || token.tag == Tag::wrb || token.tag == Tag::wdt) return true;
  }
  return false;
}

/// "expects Togo to sign": Togo's deed, foreseen by another. "Expects to sign" is his own plan, "expects Togo to do its part" asks for it.
bool foresees(const Document& document, TokenIndex verb, const EventLexicon& lexicon) {
  if (!is_verb(document[verb]) || document[verb].lemma != "expect" || predicate_at(document, verb).passive) return false;
  std::vector<const VerbEntry*> verbs;
  for (const TokenIndex child : document.children(verb)) {
    if ((document[child].dep != Dep::ccomp && document[child].dep != Dep::xcomp) || child < verb) continue;
    const bool others = document.child(child, Dep::nsubj) != no_token || document.child(child, Dep::nsubjpass) != no_token || document.child(verb, Dep::dobj) != no_token;
    lexicon.verbs_at(document, child, verbs);
    if (others && !verbs.empty()) return true;
  }
  return false;
}

class Units {
 public:
  Units(const Document& document, const EventLexicon& lexicon)
      : document_(document), lexicon_(lexicon), used_(document.size(), false) {}

  std::vector<Unit> run();

 private:
  [[nodiscard]] bool is_top(TokenIndex verb) const;
  [[nodiscard]] TokenIndex inner_of(TokenIndex word) const;
  void add(TokenIndex top, bool nominal);

  const Document& document_;
  const EventLexicon& lexicon_;
  std::vector<bool> used_;
  std::vector<Unit> units_;
};

bool Units::is_top(TokenIndex verb) const {
  const Token& token = document_[verb];
  if (token.dep == Dep::aux || token.dep == Dep::auxpass || token.dep == Dep::amod || token.dep == Dep::compound) return false;
  // "an invitation to visit": what is asked for
  if (token.dep == Dep::acl || token.dep == Dep::relcl)
    if (const NounEntry* noun = lexicon_.noun_at(document_, token.head); noun && noun->type == EventType::request && predicate_at(document_, verb).infinitive) return false;
  const std::optional<Governor> governor = governor_of(document_, verb);
  if (!governor || leaves_alone(governor->sense) || foresees(document_, governor->token, lexicon_)) return true;
  // a clause under "expected", "asked" is part of theirs only as an infinitive or after a word that takes a clause
  // ... and a clause that comes first is told by itself: "We will retaliate," she told them
  if (token.dep == Dep::ccomp) return !takes_clause(governor->sense) || verb < governor->token;
  return false;
}

TokenIndex Units::inner_of(TokenIndex word) const {
  const Token& token = document_[word];
  if (foresees(document_, word, lexicon_)) return no_token;
  const Governance sense = governor_sense(document_, word).sense;
  const auto tells = [&](TokenIndex noun) {
    if (lexicon_.noun_at(document_, noun)) return true;
    const Governance of_noun = governor_sense(document_, noun).sense;
    return of_noun != Governance::none && of_noun != Governance::report;
  };
  const auto children = document_.children(word);
  if (is_verb(token)) {
    const bool addressed = addresses_object(document_, word, lexicon_);
    for (const TokenIndex child : children) {
      if (addressed) break;
      const Dep dep = document_[child].dep;
      if ((dep == Dep::dobj || dep == Dep::nsubjpass || dep == Dep::attr || dep == Dep::oprd) && is_noun(document_[child]) &&
          !is_press_occasion(document_, child)) {
        if (tells(child)) return child;
        if (const TokenIndex noun = event_noun_in(document_, child, lexicon_); noun != no_token) return noun;
      }
    }
    for (const TokenIndex child : children)
      if (document_[child].dep == Dep::xcomp && (is_verb(document_[child]) || document_[child].pos == Pos::adj)) return child;
    for (const TokenIndex child : children)
      if (document_[child].dep == Dep::acomp && governor_sense(document_, child).sense != Governance::none) return child;
    if (takes_clause(sense))
      for (const TokenIndex child : children)
        if (document_[child].dep == Dep::ccomp && child > word && is_verb(document_[child]) && !asks_whether(document_, child)) return child;
  }
  // "willing to withdraw"
  if (token.pos == Pos::adj && sense != Governance::none)
    for (const TokenIndex child : children)
      if (document_[child].dep == Dep::xcomp && is_verb(document_[child])) return child;
  const bool open = is_verb(token) || token.pos == Pos::adj || (sense != Governance::none && sense != Governance::report);
  if (!open) return no_token;
  for (const TokenIndex child : children) {
    const Token& below = document_[child];
    if (below.dep == Dep::acl && !is_verb(token) && predicate_at(document_, child).infinitive) return child;
    if (below.dep != Dep::prep || (is_verb(token) && sense == Governance::report)) continue;
    if (!is_one_of(WordClass::act_preposition, below.lower)) continue;
    if (!is_verb(token) && below.lower != "of" && below.lower != "for" && below.lower != "to" && below.lower != "on") continue;
    for (const TokenIndex object : document_.children(child)) {
      if (document_[object].dep == Dep::pcomp && is_verb(document_[object]) && !leaves_alone(sense)) return object;
      if (document_[object].dep == Dep::pobj && is_noun(document_[object]) && lexicon_.noun_at(document_, object) &&
          (below.lower != "in" || is_verb(token)))
        return object;
    }
  }
  return no_token;
}

void Units::add(TokenIndex top, bool nominal) {
  Unit unit;
  unit.top = top;
  unit.nominal = nominal;
  std::vector<TokenIndex> outward{top};
  while (outward.size() < longest_chain) {
    const TokenIndex inner = inner_of(outward.back());
    if (inner == no_token || std::find(outward.begin(), outward.end(), inner) != outward.end()) break;
    outward.push_back(inner);
  }
  unit.chain.assign(outward.rbegin(), outward.rend());
  unit.verdict = read_chain(document_, unit.chain, lexicon_);
  if (!unit.verdict.coding) return;
  if (meets_press(document_, top) || is_press_occasion(document_, unit.verdict.trigger)) return;
  for (const TokenIndex word : unit.chain) used_[word] = true;
  used_[unit.verdict.trigger] = true;
  units_.push_back(std::move(unit));
}

std::vector<Unit> Units::run() {
  for (TokenIndex i = 0; i < document_.size(); ++i)
    if (is_verb(document_[i]) && is_top(i) && !withholds_name(document_, i)) add(i, false);
  // nouns that no verb took along; those with a governing word first ("the decision to lift")
  for (TokenIndex i = 0; i < document_.size(); ++i) {
    if (used_[i] || !is_noun(document_[i])) continue;
    if (document_[i].dep == Dep::compound) continue;
    if (lexicon_.noun_at(document_, i)) add(i, true);
  }
  std::stable_sort(units_.begin(), units_.end(), [](const Unit& a, const Unit& b) { return a.top < b.top; });
  return std::move(units_);
}

}  // namespace

std::vector<Unit> find_units(const Document& document, const EventLexicon& lexicon) { return Units(document, lexicon).run(); }

}  // namespace dragoman
