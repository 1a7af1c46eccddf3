// Chains: what a row of words from an event outwards makes of it: "sanctions" < "lift" < "agreed" is an agreement to yield.
//
//   innermost word ... outermost word, EventLexicon  ->  read_chain()  ->  one coding, what became of it, and who holds it
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dragoman/relations/event_lexicon.h"

namespace dragoman {

struct ChainVerdict {
  std::optional<Coding> coding;     ///< none: no word of the chain tells an event
  std::optional<Coding> core;       ///< the innermost event by itself, whatever is made of it
  TokenIndex trigger = no_token;    ///< the word that carries the core
  TokenIndex decider = no_token;    ///< the outermost word that changed the type
  const NounEntry* noun = nullptr;  ///< of the core, where it is a noun
  const VerbEntry* verb = nullptr;  ///< of the core's verb, or the verb that decided after it; none where a governing word did
  bool by_modal = false;            ///< "must", "should" made a demand of it
  std::optional<Coding> before_tense;  ///< what it was before the future made a promise or a threat of it
};

/// Reads the words of the chain, inner to outer. A verb takes the event noun that is its object along, also where the chain lacks it.
[[nodiscard]] ChainVerdict read_chain(const Document& document, std::span<const TokenIndex> chain, const EventLexicon& lexicon);

/// The event noun that a verb or light verb carries: its object, the subject of its passive, "in talks", "on strike"; no_token if none.
/// The event noun in that phrase: its head, or what a measure of it is about ("a first round of talks"); no_token if none.
[[nodiscard]] TokenIndex event_noun_in(const Document& document, TokenIndex head, const EventLexicon& lexicon);

/// Is the object of that verb the one spoken to ("told a news conference") and not what is demanded?
[[nodiscard]] bool addresses_object(const Document& document, TokenIndex verb, const EventLexicon& lexicon);

[[nodiscard]] TokenIndex event_object(const Document& document, TokenIndex verb, const EventLexicon& lexicon);

/// Where two marked words meet in the parse.
struct PairPath {
  TokenIndex source = no_token;      ///< the word that heads the source
  TokenIndex target = no_token;
  TokenIndex pivot = no_token;       ///< the word that joins them: mostly the verb
  std::vector<TokenIndex> from_source;  ///< from above the source up to below the pivot
  std::vector<TokenIndex> from_target;
  bool joined = true;                ///< false: they stand in different sentences
  bool coordinated = false;          ///< "source and target"
};

/// One of the two may be empty: a party that the text doesn't name.
[[nodiscard]] PairPath path_between(const Document& document, TokenSpan source, TokenSpan target);
/// The words between target and pivot that may carry meaning, the pivot last: what read_chain() reads for a pair.
[[nodiscard]] std::vector<TokenIndex> chain_of(const Document& document, const PairPath& path);

/// The word of those tokens that the others hang on.
[[nodiscard]] TokenIndex head_of(const Document& document, TokenSpan tokens);

}  // namespace dragoman
