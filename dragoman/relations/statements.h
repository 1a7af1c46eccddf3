// Statements: who is reported to have said what.
//
//   Document + Entities + CueLexicon  ->  find_statements()  ->  statements, in text order
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/document/document.h"
#include "dragoman/mentions/entities.h"
#include "dragoman/mentions/times.h"

namespace dragoman {

class CueLexicon;  // relations/cue_lexicon.h

/// How the speaker's words reach the reader.
enum class Quotation : std::uint8_t {
  direct,    ///< "We will sign in May," he said.
  indirect,  ///< He said they would sign in May.
  mixed,     ///< He called the pact "a turning point" for both sides.
};

[[nodiscard]] std::string_view to_string(Quotation quotation);
[[nodiscard]] std::optional<Quotation> quotation_of(std::string_view name);

/// Index into the statements of one reading.
using StatementId = std::uint32_t;
inline constexpr StatementId no_statement = 0xffffffffu;

struct Statement {
  std::vector<EntityId> speakers;    ///< the person if there is one; empty where the text names no one
  std::vector<EntityId> candidates;  ///< where it could be one of several
  Quotation kind = Quotation::indirect;
  std::optional<ByteSpan> cue;       ///< "said", "according to"; none for a quotation that goes on without one
  std::optional<ByteSpan> source;    ///< the words that name the speaker here
  std::vector<ByteSpan> content;     ///< never empty, disjoint, in text order; as printed: with "that" and outer quotation marks
  std::vector<ByteSpan> quoted;      ///< inside quotation marks, without the marks
  std::vector<EntityId> addressee;
  std::string occasion;              ///< "a joint press conference"; "" if not stated
  std::optional<TimeRange> when;
  StatementId within = no_statement; ///< the statement this one is nested in
  bool denied = false;               ///< the speaker denies the content
  TokenIndex cue_head = no_token;    ///< the token that carries the cue
  TokenIndex content_head = no_token;  ///< the token that heads the content in the parse, if one does
  std::string rule;                  ///< stable name of the rule that found it ("statement.clause")
};

/// Finds every statement, ordered by the first byte of its content. Never fails; linear in tokens.
[[nodiscard]] std::vector<Statement> find_statements(const Document& document, const Entities& entities,
                                                     const std::vector<TimeMention>& times, const CueLexicon& lexicon);

/// The innermost statement whose content covers that byte; no_statement if none.
[[nodiscard]] StatementId statement_at(const std::vector<Statement>& statements, std::uint32_t byte);

/// Binds "we", "our", "us", "I", "my" inside contents to the speakers' side (their states, or themselves where they acted as persons),
/// adding mentions to `entities`.
void bind_first_person(const Document& document, const std::vector<Statement>& statements, Entities& entities);

}  // namespace dragoman
