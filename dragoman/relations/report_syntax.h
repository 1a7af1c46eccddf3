// Clauses: what the rules for statements ask of a parse. Verbs borrow subjects, participles hang on the wrong verb,
// subtrees have holes; the answers to that are here, the rules are in cues.cc.
#pragma once

#include <vector>

#include "dragoman/document/document.h"
#include "dragoman/mentions/entities.h"
#include "dragoman/relations/cue_lexicon.h"
#include "dragoman/relations/quotations.h"

namespace dragoman {

/// What the statement rules read; all of it outlives them.
struct StatementContext {
  const Document& document;
  const Entities& entities;
  const CueLexicon& lexicon;
  const Quotations& quotations;
};

[[nodiscard]] bool is_verbal(const Token& token);
[[nodiscard]] bool is_punctuation(const Token& token);
/// The clause has a tense of its own: "closes", "will close", "(that) parties open", not "to close", "closing".
[[nodiscard]] bool is_finite(const Document& document, TokenIndex clause);
/// "to close", "not to be named".
[[nodiscard]] bool is_infinitive(const Document& document, TokenIndex clause);
[[nodiscard]] bool is_passive(const Document& document, TokenIndex verb);
/// The child with that label whose lower-cased form is `word`; no_token if none.
[[nodiscard]] TokenIndex child_word(const Document& document, TokenIndex token, Dep dep, std::string_view word);
/// The noun or clause that a preposition governs; no_token if none.
[[nodiscard]] TokenIndex governed(const Document& document, TokenIndex preposition);

/// Where a clause belongs: its head, but for a reporting participle or verb that the parser hung on the clause inside
/// the report. "said that China stands ready, noting that ...": `noting` goes with `said`. "said Iran is ready and
/// called for ...": so does `called`.
[[nodiscard]] TokenIndex head_of_clause(const StatementContext& context, TokenIndex verb);
/// Who does what the verb says: its own subject, else the one that it shares with the clause it hangs on ("noting",
/// "and urged", "began by saying"). May be a relative pronoun; no_token where nobody is told.
[[nodiscard]] TokenIndex subject_of(const StatementContext& context, TokenIndex verb);
/// The noun that a relative pronoun stands for; `token` itself if it is none.
[[nodiscard]] TokenIndex antecedent(const Document& document, TokenIndex token);
/// Whether that noun phrase can be a source: a person, a body, a state, a document, a pronoun for one.
[[nodiscard]] bool can_speak(const StatementContext& context, TokenIndex noun);
[[nodiscard]] bool is_person(const StatementContext& context, TokenIndex noun);
[[nodiscard]] bool is_person_or_body(const StatementContext& context, TokenIndex noun);

/// The tokens of the subtree of `top` without those under `hole` (no_token = no hole), in runs.
[[nodiscard]] std::vector<TokenSpan> runs_of(const Document& document, TokenIndex top, TokenIndex hole);
/// The clause headed by `top` as content of the cue `cue`: runs of its subtree without the cue's part, and without what
/// belongs to the reporter again (see head_of_clause).
[[nodiscard]] std::vector<TokenSpan> clause_runs(const StatementContext& context, TokenIndex top, TokenIndex cue);
/// The token after a dateline that begins there ("VALMOUTH, 12 May (Reuters) -"); `begin` itself if none does.
[[nodiscard]] TokenIndex dateline_end(const Document& document, TokenIndex begin);
/// Where the sentence of that token ends in the text, though the parser may have cut it in two.
[[nodiscard]] TokenIndex sentence_end(const Document& document, TokenIndex token);
/// Cuts punctuation, blanks and conjunctions off both ends, but keeps what stands inside quotation marks, and takes the
/// marks in where all quoted words are in.
[[nodiscard]] TokenSpan trimmed(const StatementContext& context, TokenSpan span);

}  // namespace dragoman
