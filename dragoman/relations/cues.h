// Cues: the places where a text attributes something to somebody, with the words attributed as the parse has them.
#pragma once

#include <string_view>
#include <vector>

#include "dragoman/relations/report_syntax.h"

namespace dragoman {

/// A cue in a text. statements.cc adds whole quotations and makes statements of these.
struct FoundCue {
  TokenIndex head = no_token;  ///< the verb, noun, adjective or preposition; a colon or dash
  TokenSpan words;             ///< with auxiliaries, negation, adverbs, particle, linking preposition
  CueAct act = CueAct::say;
  CueFrame frame = CueFrame::clause;
  TokenIndex source = no_token;     ///< head of the phrase that names the speaker
  TokenIndex addressee = no_token;  ///< head of the phrase that names who is told
  TokenIndex content_head = no_token;
  std::vector<TokenSpan> content;  ///< empty: the cue wants a quotation
  bool negated = false;
  std::string_view rule;
};

/// Every cue whose content the parse gives, in the order of their heads. Linear in tokens.
[[nodiscard]] std::vector<FoundCue> find_cues(const StatementContext& context);

/// A verb that can bring a quotation ("said", "shrugged"), with its group of words and its subject; head is no_token
/// where `verb` is none.
[[nodiscard]] FoundCue quotation_cue(const StatementContext& context, TokenIndex verb);

/// The verb with its auxiliaries, negation, adverbs and particle, as far as they stand together.
[[nodiscard]] TokenSpan verb_group(const StatementContext& context, TokenIndex verb);

/// The phrase that names the speaker: his name with title and appositive, without what is only said of him.
[[nodiscard]] TokenSpan source_phrase(const StatementContext& context, TokenIndex head, TokenSpan cue);

}  // namespace dragoman
