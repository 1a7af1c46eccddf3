// Undertaking cues: what the words around an act make of it: offered, pledged, agreed, under way, or nothing one is bound by.
#pragma once

#include <optional>
#include <string_view>

#include "dragoman/relations/commitment_lexicon.h"

namespace dragoman {

struct UndertakingCue {
  Stage stage = Stage::discussed;
  TokenIndex cue = no_token;       ///< the word that says so: "will", "readiness", "signed"
  TokenIndex who = no_token;       ///< who is to do it, as the grammar has it; no_token if it doesn't say
  bool joint_only = false;         ///< only if several parties say it of themselves ("both sides should")
  bool deed = false;               ///< told as done or going on, not as promised
  bool about_thing = false;        ///< the thing is what the act is done to, or what runs by itself
  std::string_view rule;
};

/// "instructed their ministers to draft": an order to one's own people asks nobody else for anything.
[[nodiscard]] bool orders_own(const Document& document, TokenIndex verb);
/// Of an act named by a verb: "open" in "is ready to open".
[[nodiscard]] std::optional<UndertakingCue> cue_of_verb(const Document& document, TokenIndex verb, const CommitmentLexicon& lexicon);

/// Of an act or thing named by a noun: "opening" in "announced the opening", "line" in "work on the line has been halted".
[[nodiscard]] std::optional<UndertakingCue> cue_of_noun(const Document& document, TokenIndex noun, const CommitmentLexicon& lexicon);

}  // namespace dragoman
