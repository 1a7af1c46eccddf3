// Clauses: the grammar around a predicate, read off the parse: who does it to whom, when, and is it so at all?
//
//   Document (parse)  ->  predicate_at(), subject_of(), governor_of() ...  used by events, commitments and positions
//
// A predicate is given by its token: a verb ("opened"), or a noun or adjective that stands for one ("the opening of", "is ready to").
// Nothing here looks at meaning but the table data/relations/governors.tsv: what a verb like "refuse" or a noun like "readiness"
// makes of the act that hangs on it. All functions are pure, never fail, and climb a bounded number of heads.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dragoman/document/document.h"

namespace dragoman {

enum class Tense : std::uint8_t {
  none,     ///< no finite verb in reach: a heading, a bare noun
  past,
  present,
  future,   ///< "will", "is to", "is going to", a headline's "to open"; also "would" (see `modal`)
};

/// The form of one predicate. For a complement ("agreed to open"), `tense` is that of the finite verb above.
struct Predicate {
  TokenIndex head = no_token;
  Tense tense = Tense::none;
  std::string_view modal;      ///< "will", "would", "could", "must", ...; "" = none of its own
  bool finite = false;         ///< has its own finite form or auxiliary
  bool infinitive = false;     ///< "to open"
  bool participle = false;     ///< "... , opening" or "a post opened by": neither finite nor infinitive
  bool passive = false;
  bool perfect = false;        ///< "has opened"
  bool progressive = false;    ///< "is opening"
  bool negated = false;        ///< "not", "never", "no talks were held", "neither side", "without opening"
  bool not_yet = false;        ///< "has yet to open", "has not yet opened", "remains to be opened"
  bool conditional = false;    ///< holds on a condition: "would open if ..."
  bool in_condition = false;   ///< stands inside one: "if it opens"
};

[[nodiscard]] Predicate predicate_at(const Document& document, TokenIndex predicate);

/// Grammatical subject, looked for through conjuncts, complements, relative clauses and participles: "Mira" for "attend" in "Mira
/// pledged to attend", the noun before it for a relative clause; for a passive the one it is done to. no_token if none.
[[nodiscard]] TokenIndex subject_of(const Document& document, TokenIndex predicate);
/// Who does it: the subject of an active verb, the "by" phrase of a passive, the possessor ("Iran’s opening of") or "by" phrase of a
/// noun. no_token if the clause does not say.
[[nodiscard]] TokenIndex agent_of(const Document& document, TokenIndex predicate);
/// What it is done to: object, subject of a passive, the noun that a participle or relative clause stands on, the "of" phrase of a
/// noun. no_token if none.
[[nodiscard]] TokenIndex undergoer_of(const Document& document, TokenIndex predicate);
/// The object of that preposition under the token ("called for restraint": "for" -> "restraint"); no_token if none.
[[nodiscard]] TokenIndex object_of_prep(const Document& document, TokenIndex token, std::string_view preposition);

/// The token and those coordinated with it, in text order; `token` need not be the first.
[[nodiscard]] std::vector<TokenIndex> conjuncts_of(const Document& document, TokenIndex token);
/// The first of a row of conjuncts.
[[nodiscard]] TokenIndex first_conjunct(const Document& document, TokenIndex token);

/// "told reporters that it would": a clause led in by "that", after the word that it belongs to.
[[nodiscard]] bool is_that_clause(const Document& document, TokenIndex clause);

/// "not", "never", "no longer" on the token, or "no", "neither", "none of" on its subject or object.
[[nodiscard]] bool is_negated(const Document& document, TokenIndex predicate);

/// What a governing word makes of the act under it.
enum class Governance : std::uint8_t {
  none,        ///< not in the table
  intend,      ///< plan to, be set to, be expected to, decide to
  undertake,   ///< agree to, pledge to, commit to
  offer,       ///< offer to, be ready to, be willing to
  propose,     ///< propose, suggest, recommend
  consider,    ///< discuss, study, weigh
  begin,       ///< begin to, launch
  go_on,       ///< continue to, remain
  finish,      ///< complete, manage to: it has been done
  end,         ///< stop, halt, suspend, cancel
  delay,       ///< postpone, put off
  refuse,      ///< refuse to, rule out, decline to
  fail,        ///< fail to, be unable to
  attempt,     ///< try to, seek to
  threaten,    ///< threaten to, warn of
  demand,      ///< urge, ask, call on somebody to, call for
  wish,        ///< want, hope, wish
  require,     ///< need to, have to, be obliged to
  allow,       ///< let, allow, enable
  force,       ///< make, force, compel
  prevent,     ///< prevent, block, avert
  deny,        ///< deny, dismiss
  doubt,       ///< doubt, question
  accuse,      ///< accuse somebody of
  praise,      ///< welcome, commend for
  condemn,     ///< condemn, deplore
  fear,        ///< fear, worry
  report,      ///< say, announce, note
};

[[nodiscard]] std::string_view to_string(Governance governance);
[[nodiscard]] std::optional<Governance> governance_of(std::string_view name);

struct Governor {
  TokenIndex token = no_token;
  Governance sense = Governance::none;
  bool object_control = false;  ///< its object, not its subject, is to act: "urged Ghana to open"
};

/// The word that the act hangs on as a complement or object: "agreed" for "open" in "agreed to open", "readiness" in "readiness to
/// open", "cancelled" for "talks" in "cancelled talks". nullopt where it stands by itself. A conjunct shares its first one's governor.
[[nodiscard]] std::optional<Governor> governor_of(const Document& document, TokenIndex predicate);
/// Governors upwards, innermost first: "said" after "agreed" for "said it agreed to open". At most eight.
[[nodiscard]] std::vector<Governor> governors_of(const Document& document, TokenIndex predicate);
/// What the table says of that word, in that part of speech.
[[nodiscard]] Governor governor_sense(const Document& document, TokenIndex word);
/// "put off a decision on the ban", "the vote was postponed": the verb delays a decision, and decides nothing.
[[nodiscard]] bool delays_decision(const Document& document, TokenIndex verb);

/// The condition that the act is under: "if the two agree", "once ratified", "provided that ...", "subject to approval", also where it
/// stands on the verb above ("is ready to open if ..."). nullopt if none.
[[nodiscard]] std::optional<TokenSpan> condition_of(const Document& document, TokenIndex predicate);

/// The tokens of the predicate's own clause: its subtree without coordinated clauses, and without clauses that report it.
[[nodiscard]] TokenSpan clause_of(const Document& document, TokenIndex predicate);

/// The noun phrase headed by that token, without relative clauses, appositions and conjuncts to its right unless asked for.
[[nodiscard]] TokenSpan phrase_of(const Document& document, TokenIndex noun, bool with_conjuncts = false);

/// The verb's base form where the rule lemmatizer errs on a silent e ("hopes" -> "hop"): "hope" for "hopes", "hoped", "hoping". "" if the
/// form has no such ending.
[[nodiscard]] std::string silent_e_lemma(const Token& token);

[[nodiscard]] bool is_verb(const Token& token);
[[nodiscard]] bool is_noun(const Token& token);

}  // namespace dragoman
