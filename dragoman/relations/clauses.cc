// The parse is ClearNLP's: complements are xcomp or ccomp, "readiness to open" is an acl of its noun, "committed to opening" a pcomp of
// a preposition. Every walk goes up the heads and gives up after `longest_climb` of them, so each answer is cheap.
#include "dragoman/relations/clauses.h"

#include <array>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/mentions/time_grammar.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

constexpr int longest_climb = 12;

constexpr std::array<std::string_view, 28> governance_names = {
    "none",  "intend", "undertake", "offer", "propose", "consider", "begin",   "go_on", "finish", "end",    "delay",   "refuse", "fail",  "attempt",
    "threaten", "demand", "wish",   "require", "allow", "force",    "prevent", "deny",  "doubt",  "accuse", "praise",  "condemn", "fear",  "report"};

struct GovernorEntry {
  Governance sense = Governance::none;
  bool object_control = false;
};

std::string key_of(std::string_view lemma, char pos) {
  std::string key(lemma);
  key += '/';
  key += pos;
  return key;
}

const std::unordered_map<std::string, GovernorEntry>& governor_table() {
  static const std::unordered_map<std::string, GovernorEntry> table = [] {
    const auto rows = parse_tsv(embedded_data("relations/governors.tsv"), "relations/governors.tsv", {"word", "pos", "sense", "control"});
    if (!rows) throw std::logic_error(rows.error().message);
    std::unordered_map<std::string, GovernorEntry> map;
    for (const TsvRow& row : rows->rows) {
      const auto sense = governance_of(row.cells[2]);
      if (!sense) throw std::logic_error("relations/governors.tsv: unknown sense " + std::string(row.cells[2]));
      map[key_of(row.cells[0], row.cells[1][0])] = {*sense, row.cells[3] == "object"};
    }
    return map;
  }();
  return table;
}

struct ConditionLead {
  std::vector<std::string_view> words;
  std::string_view kind;
};

// By first word.
const std::unordered_map<std::string_view, std::vector<ConditionLead>>& condition_leads() {
  static const auto leads = [] {
    const auto rows = parse_tsv(embedded_data("relations/conditions.tsv"), "relations/conditions.tsv", {"words", "kind"});
    if (!rows) throw std::logic_error(rows.error().message);
    std::unordered_map<std::string_view, std::vector<ConditionLead>> map;
    for (const TsvRow& row : rows->rows) {
      ConditionLead lead{split(row.cells[0], ' '), row.cells[1]};
      map[lead.words.front()].push_back(std::move(lead));
    }
    return map;
  }();
  return leads;
}

// The kind of condition that the words at `token` lead in; "" if none. "subject" and "in" alone lead nothing in: all words must be there.
std::string_view condition_kind(const Document& document, TokenIndex token, std::size_t* length = nullptr) {
  const auto found = condition_leads().find(document[token].lower);
  if (found == condition_leads().end()) return {};
  std::string_view kind;
  std::size_t longest = 0;
  for (const ConditionLead& lead : found->second) {
    bool same = true;
    for (std::size_t i = 0; same && i < lead.words.size(); ++i)
      same = token + i < document.size() && document[token + static_cast<TokenIndex>(i)].lower == lead.words[i];
    if (same && lead.words.size() > longest) {
      longest = lead.words.size();
      kind = lead.kind;
    }
  }
  if (length) *length = longest;
  return kind;
}

// "no talks", "neither side", "none of them", "not a single patrol"
bool is_negative_phrase(const Document& document, TokenIndex noun) {
  const std::string_view lower = document[noun].lower;
  if (is_one_of(WordClass::negative_pronoun, lower)) return true;
  for (const TokenIndex child : document.children(noun)) {
    const Token& token = document[child];
    if (child > noun) break;
    if ((token.dep == Dep::det || token.dep == Dep::preconj || token.dep == Dep::neg || token.dep == Dep::advmod || token.dep == Dep::predet) &&
        (token.lower == "no" || token.lower == "neither" || token.lower == "not"))
      return true;
  }
  return false;
}

struct Auxiliaries {
  std::string_view modal;
  TokenIndex first_finite = no_token;
  bool to = false, have = false, be = false, passive = false, bare_be = false;
};

Auxiliaries auxiliaries_of(const Document& document, TokenIndex predicate) {
  Auxiliaries found;
  for (const TokenIndex child : document.children(predicate)) {
    const Token& token = document[child];
    if (token.dep != Dep::aux && token.dep != Dep::auxpass) continue;
    if (token.tag == Tag::md) found.modal = token.lower == "'ll" || token.lower == "’ll" || token.lower == "wo" ? "will" : token.lower;
    if (token.tag == Tag::to || token.lower == "to") found.to = true;
    if (token.lemma == "have" || token.lower == "'ve" || token.lower == "’ve") found.have = true;
    if (token.lower == "be") found.bare_be = true;
    if (token.dep == Dep::auxpass) found.passive = true;
    else if (token.lemma == "be") found.be = true;
    if (found.first_finite == no_token && (token.tag == Tag::vbz || token.tag == Tag::vbp || token.tag == Tag::vbd)) found.first_finite = child;
  }
  return found;
}

Tense tense_of_tag(Tag tag) {
  if (tag == Tag::vbd) return Tense::past;
  if (tag == Tag::vbz || tag == Tag::vbp) return Tense::present;
  return Tense::none;
}

bool is_relative_pronoun(const Token& token) {
  return token.tag == Tag::wdt || token.tag == Tag::wp || token.lower == "that" || token.lower == "which" || token.lower == "who" ||
         token.lower == "whom";
}

// "ORVA, May 22 - Norway and Sweden agreed": the parser takes the dateline for the subject. The name behind the dash, if `subject` stands
// before one that opens the sentence.
TokenIndex past_dateline(const Document& document, TokenIndex subject, TokenIndex predicate) {
  const TokenSpan sentence = document.sentence_of(subject);
  const bool name = document[subject].pos == Pos::propn || document[subject].shape.find('x') == std::string_view::npos;
  if (subject - sentence.begin > 6 || !name || predicate < subject) return subject;
  TokenIndex dash = no_token;
  for (TokenIndex i = subject + 1; i < predicate && i < sentence.begin + 14; ++i) {
    const std::string_view lower = document[i].lower;
    const bool colon = lower == ":" && document[i - 1].shape.find('x') == std::string_view::npos;  // "COLOMBO: India and Sri Lanka"
    if (colon || (lower == "-" && document[i - 1].space_after) || lower == "–" || lower == "—" || lower == "--") {
      dash = i;
      break;
    }
  }
  if (dash == no_token) return subject;
  for (TokenIndex i = dash + 1; i < predicate; ++i) {
    const Token& token = document[i];
    const bool inner = token.dep == Dep::compound || token.dep == Dep::nmod || token.dep == Dep::amod || token.dep == Dep::poss || token.dep == Dep::det;
    if (is_noun(token) && !inner) return i;
  }
  return subject;
}

// The subject child itself, relative pronouns resolved to the noun before.
TokenIndex own_subject(const Document& document, TokenIndex predicate) {
  for (const TokenIndex child : document.children(predicate)) {
    const Token& token = document[child];
    if (token.dep != Dep::nsubj && token.dep != Dep::nsubjpass && token.dep != Dep::csubj && token.dep != Dep::csubjpass) continue;
    if (is_relative_pronoun(token)) {
      // the pronoun of a conjunct stands on the first of the row: "a post that opened and serves"
      TokenIndex clause = predicate;
      for (int step = 0; step < longest_climb && document[clause].dep == Dep::conj; ++step) clause = document[clause].head;
      if (document[clause].dep == Dep::relcl || document[clause].dep == Dep::acl) return document[clause].head;
      if (document[clause].dep != Dep::ccomp && document[clause].dep != Dep::root) return document[clause].head;
    }
    return past_dateline(document, child, predicate);
  }
  return no_token;
}

bool is_passive(const Document& document, TokenIndex predicate) {
  if (document.child(predicate, Dep::auxpass) != no_token || document.child(predicate, Dep::nsubjpass) != no_token) return true;
  if (document[predicate].tag != Tag::vbn) return false;
  if (document.child(predicate, Dep::agent) != no_token) return true;
  const Dep dep = document[predicate].dep;
  if (dep == Dep::acl || dep == Dep::relcl || dep == Dep::amod) return document.child(predicate, Dep::aux) == no_token;
  if (dep == Dep::conj && document.child(predicate, Dep::aux) == no_token && document.child(predicate, Dep::nsubj) == no_token) {
    const TokenIndex first = document[predicate].head;
    return document[first].tag == Tag::vbn && is_passive(document, first);
  }
  return false;
}

TokenIndex possessor_of(const Document& document, TokenIndex noun) {
  const TokenIndex possessor = document.child(noun, Dep::poss);
  if (possessor != no_token) return possessor;
  return no_token;
}

TokenIndex agent_phrase(const Document& document, TokenIndex predicate) {
  const TokenIndex by = document.child(predicate, Dep::agent);
  if (by == no_token) return no_token;
  const TokenIndex object = document.child(by, Dep::pobj);
  if (object == no_token || document[object].entity == EntityLabel::date || document[object].entity == EntityLabel::time) return no_token;
  // "released by the weekend", taken for an agent
  const std::string_view kind = time_word(document[object].lower).kind;
  if (kind == "unit" || kind == "month" || kind == "weekday" || kind == "season" || kind == "day" || kind == "part") return no_token;
  return object;
}

// Whoever an object-control verb makes act: "urged Ghana to", "called on Ghana to"; no_token where no such object is there.
TokenIndex controlling_object(const Document& document, TokenIndex governor) {
  const TokenIndex object = document.child(governor, Dep::dobj);
  if (object != no_token) return object;
  const TokenIndex dative = document.child(governor, Dep::dative);
  if (dative != no_token) {
    const TokenIndex inner = document.child(dative, Dep::pobj);
    return inner == no_token ? dative : inner;
  }
  for (const std::string_view preposition : {"on", "upon", "to", "for"}) {
    const TokenIndex inner = object_of_prep(document, governor, preposition);
    if (inner != no_token) return inner;
  }
  return no_token;
}

TokenIndex subject_through_governor(const Document& document, TokenIndex governor, int depth);
TokenIndex subject_at(const Document& document, TokenIndex predicate, int depth);

// "urged Chad to withdraw its troops and offered to mediate": the parse hangs the past on the infinitive, beside which it cannot stand.
bool is_hung_on_infinitive(const Document& document, TokenIndex conjunct) {
  const Token& token = document[conjunct];
  return token.dep == Dep::conj && token.tag == Tag::vbd && document[token.head].tag == Tag::vb && auxiliaries_of(document, token.head).to;
}

// The word that a conjunct stands beside: of such a past the finite verb above.
TokenIndex beside(const Document& document, TokenIndex conjunct) {
  TokenIndex at = document[conjunct].head;
  if (!is_hung_on_infinitive(document, conjunct)) return at;
  for (int step = 0; step < longest_climb && !document.is_root(at) && document[at].tag != Tag::vbd; ++step) at = document[at].head;
  return at;
}

// Whose the act under a noun is: "Ghana’s readiness to", "Ghana has plans to", "the readiness of Ghana to".
TokenIndex owner_of_noun(const Document& document, TokenIndex noun, int depth) {
  if (const TokenIndex possessor = possessor_of(document, noun); possessor != no_token) return possessor;
  if (const TokenIndex by = object_of_prep(document, noun, "by"); by != no_token) return by;
  const Token& token = document[noun];
  if (token.dep == Dep::dobj || token.dep == Dep::attr) return subject_at(document, token.head, depth + 1);
  if (token.dep == Dep::pobj) {
    const TokenIndex preposition = token.head;
    const TokenIndex above = document[preposition].head;
    if (above != preposition && is_verb(document[above])) return subject_at(document, above, depth + 1);
  }
  if (const TokenIndex of = object_of_prep(document, noun, "of"); of != no_token) return of;
  if (token.dep == Dep::conj) return owner_of_noun(document, token.head, depth + 1);
  return no_token;
}

TokenIndex subject_through_governor(const Document& document, TokenIndex governor, int depth) {
  if (depth > longest_climb) return no_token;
  const Token& token = document[governor];
  if (is_verb(token)) {
    if (governor_sense(document, governor).object_control) {
      if (is_passive(document, governor)) return subject_at(document, governor, depth + 1);
      const TokenIndex object = controlling_object(document, governor);
      if (object != no_token) return object;
    }
    return subject_at(document, governor, depth + 1);
  }
  if (is_noun(token)) return owner_of_noun(document, governor, depth + 1);
  return subject_at(document, governor, depth + 1);
}

TokenIndex subject_at(const Document& document, TokenIndex predicate, int depth) {
  if (depth > longest_climb) return no_token;
  if (const TokenIndex own = own_subject(document, predicate); own != no_token) return own;
  const Token& token = document[predicate];
  if (document.is_root(predicate)) return no_token;
  switch (token.dep) {
    case Dep::conj: return subject_at(document, beside(document, predicate), depth + 1);
    case Dep::advcl:
    case Dep::aux:
    case Dep::auxpass:
    case Dep::acomp:
    case Dep::attr:
    case Dep::oprd:
    case Dep::parataxis:
    case Dep::dep: return subject_at(document, token.head, depth + 1);
    case Dep::xcomp:
    case Dep::ccomp: return subject_through_governor(document, token.head, depth + 1);
    case Dep::relcl: return token.head;
    case Dep::acl:
      // "an official visiting Oslo" acts himself; "readiness to open" belongs to someone
      if (document.child(predicate, Dep::aux) != no_token && auxiliaries_of(document, predicate).to)
        return owner_of_noun(document, token.head, depth + 1);
      return token.head;
    case Dep::pcomp: {
      const TokenIndex above = document[token.head].head;
      if (above == token.head) return no_token;
      // "accused the rebels of firing", with "of" hung on the rebels: it is they who fire
      if (document[above].dep == Dep::dobj && governor_sense(document, document[above].head).object_control &&
          governor_sense(document, above).sense == Governance::none)
        return above;
      return subject_through_governor(document, above, depth + 1);
    }
    default: return no_token;
  }
}

// Of a noun that names an act ("the opening of a post by Ghana").
bool names_act(const Document& document, TokenIndex token) { return is_noun(document[token]); }

// "called the sanctions illegal", "called it a surrender": a name for it, no demand.
bool is_naming(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if (token.dep == Dep::oprd || (token.dep == Dep::ccomp && child > verb && !is_verb(token))) return true;
    if (token.dep == Dep::dobj && child > verb && document.child(verb, Dep::prep) == no_token && document.child(verb, Dep::prt) == no_token && document.child(verb, Dep::xcomp) == no_token) return true;
  }
  return false;
}

// "that Togo leave", "that the boats be freed", which the parse may take for a present: a base form under a subject of the third person.
bool is_subjunctive(const Document& document, TokenIndex clause) {
  const Auxiliaries aux = auxiliaries_of(document, clause);
  if (aux.first_finite != no_token || !aux.modal.empty() || aux.to) return false;
  if (aux.bare_be || document[clause].tag == Tag::vb) return true;
  const TokenIndex subject = document.child(clause, Dep::nsubj);
  if (document[clause].tag != Tag::vbp || subject == no_token) return false;
  const Token& who = document[subject];
  return document.child(subject, Dep::conj) == no_token && (who.tag == Tag::nn || who.tag == Tag::nnp || who.lower == "it" || who.lower == "he" || who.lower == "she");
}

// "will stay until its troops leave", "said it would stay until its troops left"; not "stayed until its troops left".
bool lies_ahead(const Document& document, TokenIndex clause) {
  if (document[clause].dep != Dep::advcl && document[clause].dep != Dep::pcomp) return false;
  const Auxiliaries own = auxiliaries_of(document, clause);
  const Tense tense = tense_of_tag(own.first_finite == no_token ? document[clause].tag : document[own.first_finite].tag);
  if (tense == Tense::present) return true;
  const TokenIndex above = document[clause].head;
  return tense == Tense::past && !own.to && auxiliaries_of(document, above).modal == "would";
}

// True if a clause of that predicate is led by "if" and its like.
bool leads_condition(const Document& document, TokenIndex predicate) {
  for (const TokenIndex child : document.children(predicate)) {
    if (child > predicate) break;
    const Token& token = document[child];
    if (token.dep != Dep::mark && token.dep != Dep::advmod && token.dep != Dep::aux && token.dep != Dep::prep) continue;
    const std::string_view kind = condition_kind(document, child);
    if (kind.empty()) continue;
    if (kind == "inversion") {
      // "should talks collapse": the auxiliary stands before the subject
      const TokenIndex subject = document.child(predicate, Dep::nsubj);
      if (token.dep == Dep::aux && subject != no_token && child < subject && document[predicate].dep == Dep::advcl) return true;
      continue;
    }
    if (kind == "until") {
      if (lies_ahead(document, predicate)) return true;
      continue;
    }
    return true;
  }
  // "as soon as": the parse puts "soon" on the verb above, with the clause below it
  const TokenIndex first = document[predicate].left_edge;
  return condition_kind(document, first) == "clause";
}

}  // namespace

std::string_view to_string(Governance governance) {
  return governance_names.at(static_cast<std::size_t>(governance));
}

std::optional<Governance> governance_of(std::string_view name) {
  for (std::size_t i = 0; i < governance_names.size(); ++i)
    if (governance_names[i] == name) return static_cast<Governance>(i);
  return std::nullopt;
}

std::string silent_e_lemma(const Token& token) {
  const std::string_view lower = token.lower;
  if (lower.size() < 5) return {};
  if (lower.ends_with("es") || lower.ends_with("ed")) return std::string(lower.substr(0, lower.size() - 1));
  if (lower.ends_with("ing")) return std::string(lower.substr(0, lower.size() - 3)).append("e");
  return {};
}

bool is_verb(const Token& token) { return token.pos == Pos::verb || token.pos == Pos::aux; }
bool is_noun(const Token& token) { return token.pos == Pos::noun || token.pos == Pos::propn || token.pos == Pos::pron || token.pos == Pos::num; }

Predicate predicate_at(const Document& document, TokenIndex head) {
  Predicate predicate;
  predicate.head = head;
  const Token& token = document[head];
  const Auxiliaries own = auxiliaries_of(document, head);
  predicate.modal = own.modal;
  predicate.passive = is_verb(token) && is_passive(document, head);
  predicate.perfect = own.have;
  predicate.progressive = token.tag == Tag::vbg && own.be;
  // "agreed that the post be opened" is no finite clause either
  const bool subjunctive = own.bare_be && own.modal.empty() && !own.to;
  predicate.infinitive = own.to || subjunctive || (token.tag == Tag::vb && own.modal.empty());
  const bool bare_finite = token.tag == Tag::vbd || token.tag == Tag::vbz || token.tag == Tag::vbp;
  predicate.finite = !own.to && (bare_finite || !own.modal.empty() || own.first_finite != no_token);
  predicate.participle = is_verb(token) && !predicate.finite && !predicate.infinitive;
  predicate.negated = is_negated(document, head);

  // tense, from the predicate itself or the finite verb above it
  TokenIndex at = head;
  for (int step = 0; step < longest_climb; ++step) {
    const Auxiliaries aux = auxiliaries_of(document, at);
    if (!aux.modal.empty()) {
      predicate.tense = aux.have && aux.modal != "will" ? Tense::past : Tense::future;
      if (step > 0 && predicate.modal.empty()) predicate.modal = aux.modal;
      if (aux.modal == "must" || aux.modal == "should" || aux.modal == "can" || aux.modal == "may" || aux.modal == "might" ||
          aux.modal == "could")
        predicate.tense = aux.have ? Tense::past : Tense::future;
      break;
    }
    const Tense here = aux.first_finite != no_token ? tense_of_tag(document[aux.first_finite].tag) : tense_of_tag(document[at].tag);
    if (here != Tense::none && !aux.to) {
      // "has opened" tells of the past; "is to open" and "is going to open" of the future
      predicate.tense = aux.have ? Tense::past : here;
      if (at != head && predicate.infinitive && document[at].lemma == "be") predicate.tense = Tense::future;
      if (at != head && predicate.infinitive && document[at].lemma == "go" && aux.be) predicate.tense = Tense::future;
      break;
    }
    if (document.is_root(at)) {
      if (step == 0 && aux.to) predicate.tense = Tense::future;  // a headline's "Ghana to open consulate"
      break;
    }
    at = document[at].head;
  }

  // "has yet to open", "has not yet opened", "remains to be opened"
  const TokenIndex above = token.head;
  if (token.dep == Dep::xcomp && above != head) {
    const bool yet_above = [&] {
      for (const TokenIndex child : document.children(above))
        if (document[child].lower == "yet") return true;
      return false;
    }();
    if (document[above].lemma == "have" && yet_above) predicate.not_yet = true;
    if (document[above].lemma == "remain" && own.to) predicate.not_yet = true;
  }
  for (const TokenIndex child : document.children(head))
    if (document[child].lower == "yet" && (predicate.negated || own.to)) predicate.not_yet = true;
  if (predicate.not_yet && own.to) predicate.tense = Tense::present;

  predicate.in_condition = [&] {
    TokenIndex up = head;
    for (int step = 0; step < longest_climb; ++step) {
      const Dep dep = document[up].dep;
      if ((dep == Dep::advcl || dep == Dep::pcomp || dep == Dep::prep || dep == Dep::acl) && leads_condition(document, up)) return true;
      std::size_t words = 0;  // "provided that", whatever the parse makes of it
      if (condition_kind(document, up, &words) == "clause" && words > 1) return true;
      if (document.is_root(up)) return false;
      up = document[up].head;
    }
    return false;
  }();
  predicate.conditional = !predicate.in_condition && condition_of(document, head).has_value();
  return predicate;
}

TokenIndex subject_of(const Document& document, TokenIndex predicate) { return subject_at(document, predicate, 0); }

TokenIndex agent_of(const Document& document, TokenIndex predicate) {
  const Token& token = document[predicate];
  if (is_verb(token)) {
    if (is_passive(document, predicate)) return agent_phrase(document, predicate);
    return subject_of(document, predicate);
  }
  if (names_act(document, predicate)) {
    if (const TokenIndex by = agent_phrase(document, predicate); by != no_token) return by;
    if (const TokenIndex by = object_of_prep(document, predicate, "by"); by != no_token) return by;
    return possessor_of(document, predicate);
  }
  return subject_of(document, predicate);
}

TokenIndex undergoer_of(const Document& document, TokenIndex predicate) {
  const Token& token = document[predicate];
  if (is_verb(token)) {
    for (const TokenIndex child : document.children(predicate)) {
      if (document[child].dep != Dep::dobj) continue;
      // "the accord that they signed", "the dam that they agreed to postpone": the pronoun stands for the noun before
      if (child < predicate && is_relative_pronoun(document[child])) {
        TokenIndex clause = predicate;
        for (int step = 0; step < longest_climb && (document[clause].dep == Dep::xcomp || document[clause].dep == Dep::ccomp || document[clause].dep == Dep::conj); ++step)
          clause = document[clause].head;
        if (document[clause].dep == Dep::relcl) return document[clause].head;
      }
      return child;
    }
    if (is_passive(document, predicate)) return subject_of(document, predicate);
    if (token.dep == Dep::relcl && own_subject(document, predicate) != token.head) return token.head;
    return no_token;
  }
  if (names_act(document, predicate)) return object_of_prep(document, predicate, "of");
  return no_token;
}

TokenIndex object_of_prep(const Document& document, TokenIndex token, std::string_view preposition) {
  for (const TokenIndex child : document.children(token)) {
    const Token& here = document[child];
    if (here.lower != preposition || (here.dep != Dep::prep && here.dep != Dep::agent && here.dep != Dep::dative && here.dep != Dep::prt)) continue;
    const TokenIndex object = document.child(child, Dep::pobj);
    if (object != no_token) return object;
    const TokenIndex clause = document.child(child, Dep::pcomp);
    if (clause != no_token) return clause;
  }
  return no_token;
}

TokenIndex first_conjunct(const Document& document, TokenIndex token) {
  for (int step = 0; step < 2 * longest_climb && document[token].dep == Dep::conj && !document.is_root(token); ++step)
    token = beside(document, token);
  return token;
}

std::vector<TokenIndex> conjuncts_of(const Document& document, TokenIndex token) {
  std::vector<TokenIndex> row{first_conjunct(document, token)};
  for (std::size_t i = 0; i < row.size() && row.size() < 32; ++i)
    for (const TokenIndex child : document.children(row[i]))
      if (document[child].dep == Dep::conj && !is_hung_on_infinitive(document, child)) row.push_back(child);
  std::sort(row.begin(), row.end());
  return row;
}

bool is_negated(const Document& document, TokenIndex predicate) {
  for (const TokenIndex child : document.children(predicate)) {
    const Token& token = document[child];
    if (token.dep == Dep::neg) return true;
    // "did not even meet", where the parse hangs the "not" on the adverb
    if (token.dep == Dep::advmod && child < predicate && (token.lower == "even" || token.lower == "ever" || token.lower == "yet") &&
        document.child(child, Dep::neg) != no_token)
      return true;
    if ((token.dep == Dep::advmod || token.dep == Dep::preconj || token.dep == Dep::cc) && is_one_of(WordClass::negation, token.lower))
      return !(token.dep == Dep::preconj && token.lower == "not");  // "not only ... but"
    if ((token.dep == Dep::nsubj || token.dep == Dep::nsubjpass || token.dep == Dep::dobj || token.dep == Dep::attr) &&
        is_negative_phrase(document, child))
      return true;
  }
  if (is_noun(document[predicate]) && is_negative_phrase(document, predicate)) return true;
  const Token& token = document[predicate];
  if (token.dep == Dep::pcomp && document[token.head].lower == "without") return true;
  // "a spokesman did not confirm or deny": the conjunct shares it where it has no auxiliary of its own
  if (token.dep == Dep::conj && is_verb(token) && document.child(predicate, Dep::aux) == no_token &&
      document.child(predicate, Dep::nsubj) == no_token && token.tag == Tag::vb && document[token.head].tag == Tag::vb)
    for (const TokenIndex child : document.children(token.head))
      if (document[child].dep == Dep::neg) return true;
  return false;
}

bool is_that_clause(const Document& document, TokenIndex clause) {
  if (document[clause].dep != Dep::ccomp || clause < document[clause].head) return false;
  const TokenIndex mark = document.child(clause, Dep::mark);
  return mark != no_token && document[mark].lower == "that";
}

Governor governor_sense(const Document& document, TokenIndex word) {
  Governor governor{.token = word};
  const Token& token = document[word];
  const char pos = is_verb(token) ? 'v' : is_noun(token) ? 'n' : 'a';
  const auto& table = governor_table();
  const auto look_up = [&](std::string_view lemma, char part) {
    const auto found = table.find(key_of(lemma, part));
    if (found == table.end()) return false;
    governor.sense = found->second.sense;
    governor.object_control = found->second.object_control;
    return true;
  };
  if (pos == 'v') {
    for (const TokenIndex child : document.children(word)) {
      // "told reporters that it would", "insisted that it had" report; "told Togo to", "insisted that Togo leave" demand
      if (is_that_clause(document, child) && !is_subjunctive(document, child) && look_up(std::string(token.lemma) + " that", 'v')) return governor;
      if (document[child].dep != Dep::prt && !(document[child].dep == Dep::prep && child == word + 1)) continue;
      const std::string phrase = std::string(token.lemma) + ' ' + std::string(document[child].lower);
      if (look_up(phrase, 'v')) return governor;
    }
  }
  if (pos == 'v' && token.lemma == "call" && is_naming(document, word)) return governor;
  if (look_up(token.lemma, pos)) return governor;
  if (pos == 'v' && token.pos == Pos::verb)
    if (const std::string other = silent_e_lemma(token); !other.empty() && look_up(other, 'v')) return governor;
  if (pos != 'v' && look_up(token.lower, pos)) return governor;
  if (pos == 'a' && look_up(token.lemma, 'v')) return governor;  // "planned", tagged as an adjective
  return governor;
}

std::optional<Governor> governor_of(const Document& document, TokenIndex predicate) {
  TokenIndex at = predicate;
  // a conjunct without a subject or finite auxiliary of its own shares the first one's governor
  for (int step = 0; step < longest_climb && document[at].dep == Dep::conj && !document.is_root(at); ++step) {
    if (is_verb(document[at])) {
      const Auxiliaries aux = auxiliaries_of(document, at);
      if (own_subject(document, at) != no_token || !aux.modal.empty() || aux.first_finite != no_token) return std::nullopt;
    }
    at = beside(document, at);
  }
  const Token& token = document[at];
  if (document.is_root(at)) return std::nullopt;
  TokenIndex above = token.head;
  switch (token.dep) {
    case Dep::xcomp:
    case Dep::ccomp:
    case Dep::dobj:
    case Dep::nsubjpass:
    case Dep::oprd: break;
    case Dep::acl:
    case Dep::relcl:
      // "readiness to open", "hope that it would open"; not "a post opened by"
      if (!auxiliaries_of(document, at).to) {
        const TokenIndex mark = document.child(at, Dep::mark);
        if (mark == no_token || document[mark].lower != "that") return std::nullopt;
      }
      break;
    case Dep::advcl:
      if (!auxiliaries_of(document, at).to || governor_sense(document, above).sense == Governance::none) return std::nullopt;
      break;
    case Dep::pcomp:
    case Dep::pobj:
      above = document[above].head;
      break;
    case Dep::compound:
    case Dep::nsubj: break;
    default: return std::nullopt;
  }
  if (token.dep == Dep::nsubj || token.dep == Dep::compound) {
    // "work on the line has stopped": the verb says what became of it, if the table knows it
    Governor governor = governor_sense(document, above);
    if (governor.sense == Governance::none || is_verb(token)) return std::nullopt;
    return governor;
  }
  return governor_sense(document, above);
}

std::vector<Governor> governors_of(const Document& document, TokenIndex predicate) {
  std::vector<Governor> chain;
  TokenIndex at = predicate;
  while (chain.size() < 8) {
    const std::optional<Governor> governor = governor_of(document, at);
    if (!governor || governor->token == at) break;
    chain.push_back(*governor);
    at = governor->token;
    // a copula carries its adjective: "is ready to open" hangs on "ready", which hangs on "is"
    while (document[at].dep == Dep::acomp || document[at].dep == Dep::attr) {
      if (document.is_root(at)) break;
      at = document[at].head;
    }
  }
  return chain;
}

std::optional<TokenSpan> condition_of(const Document& document, TokenIndex predicate) {
  TokenIndex at = predicate;
  for (int step = 0; step < longest_climb; ++step) {
    for (const TokenIndex child : document.children(at)) {
      const Token& token = document[child];
      if (token.dep == Dep::advcl && leads_condition(document, child)) {
        TokenSpan span = document.subtree(child);
        if (span.contains(predicate)) continue;
        // "will reach it before he leaves" sets a time, "will not talk until they leave" a condition
        if (condition_kind(document, span.begin) == "until" && !is_negated(document, at)) continue;
        // "only if": the adverb is part of it
        if (span.begin > 0 && document[span.begin].lower == "if" && document[span.begin - 1].lower == "only") --span.begin;
        return span;
      }
      if (token.dep == Dep::advmod && token.lower == "soon" && !document.subtree(child).contains(predicate) &&
          condition_kind(document, token.left_edge) == "clause")
        return document.subtree(child);
      if (token.dep != Dep::prep && token.dep != Dep::advmod && token.dep != Dep::acl && token.dep != Dep::advcl && token.dep != Dep::amod && token.dep != Dep::acomp) continue;
      const std::string_view kind = condition_kind(document, token.left_edge);
      // "provided that ..." may be parsed as a preposition
      const bool leads = kind == "phrase" || (kind == "clause" && token.dep != Dep::advmod && token.dep != Dep::amod);
      if (leads && !document.subtree(child).contains(predicate)) return document.subtree(child);
    }
    const Token& token = document[at];
    if (document.is_root(at)) break;
    // upwards only through what the act is a part of; a report ("said", "warned") is another clause
    if (token.dep != Dep::xcomp && token.dep != Dep::acl && token.dep != Dep::acomp && token.dep != Dep::conj && token.dep != Dep::pcomp &&
        token.dep != Dep::prep && token.dep != Dep::dobj && token.dep != Dep::attr && token.dep != Dep::pobj)
      break;
    at = token.head;
    if (governor_sense(document, at).sense == Governance::report) break;
  }
  // right behind it, hung on a clause above: "was ready to sell power provided that ..."
  TokenIndex next = document[predicate].right_edge + 1;
  if (next < document.size() && document[next].lower == ",") ++next;
  std::size_t words = 0;
  if (next < document.sentence_of(predicate).end && document[next].sentence == document[predicate].sentence) {
    const std::string_view kind = condition_kind(document, next, &words);
    if ((kind == "clause" || kind == "phrase") && (words > 1 || document[next].dep == Dep::mark)) {
      TokenIndex top = document[next].dep == Dep::mark ? document[next].head : next;
      if (!document.subtree(top).contains(predicate)) return TokenSpan{next, std::max(document[top].right_edge + 1, next + 1)};
    }
  }
  return std::nullopt;
}

TokenSpan clause_of(const Document& document, TokenIndex predicate) {
  TokenSpan span = document.subtree(predicate);
  for (const TokenIndex child : document.children(predicate)) {
    const Token& token = document[child];
    const bool other_clause = (token.dep == Dep::conj && is_verb(token)) || token.dep == Dep::parataxis ||
                              (token.dep == Dep::ccomp && child < predicate);
    if (!other_clause) continue;
    if (child > predicate && token.left_edge > predicate) span.end = std::min(span.end, token.left_edge);
    if (child < predicate && token.right_edge < predicate) span.begin = std::max(span.begin, token.right_edge + 1);
  }
  const auto is_edge = [&](TokenIndex token) { return document[token].pos == Pos::punct || document[token].dep == Dep::cc; };
  while (span.size() > 1 && is_edge(span.end - 1)) --span.end;
  while (span.size() > 1 && is_edge(span.begin)) ++span.begin;
  return span;
}

TokenSpan phrase_of(const Document& document, TokenIndex noun, bool with_conjuncts) {
  TokenSpan span = document.subtree(noun);
  for (const TokenIndex child : document.children(noun)) {
    if (child < noun) continue;
    const Token& token = document[child];
    const bool leaves = token.dep == Dep::relcl || token.dep == Dep::appos || token.dep == Dep::parataxis || token.dep == Dep::advcl ||
                        token.dep == Dep::ccomp || (!with_conjuncts && token.dep == Dep::conj);
    if (leaves && token.left_edge > noun) span.end = std::min(span.end, token.left_edge);
  }
  while (span.end > noun + 1 && (document[span.end - 1].pos == Pos::punct || document[span.end - 1].dep == Dep::cc)) --span.end;
  while (span.begin < noun && document[span.begin].pos == Pos::punct) ++span.begin;
  return span;
}

bool delays_decision(const Document& document, TokenIndex verb) {
  if (!is_verb(document[verb]) || governor_sense(document, verb).sense != Governance::delay) return false;
  const TokenIndex object = undergoer_of(document, verb);
  return object != no_token && is_one_of(WordClass::decision, document[object].lemma);
}

}  // namespace dragoman
