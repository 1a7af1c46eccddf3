#include "dragoman/relations/pairs.h"

#include "dragoman/relations/event_chain.h"
#include "dragoman/relations/event_features.h"

namespace dragoman {
namespace {

/// Mode and code of that type from the words of the chain; empty where none of them is of that type.
Coding coding_in(const Document& document, std::span<const TokenIndex> chain, const ChainVerdict& verdict, EventType type,
                 const EventLexicon& lexicon) {
  if (verdict.coding && verdict.coding->type == type) return *verdict.coding;
  if (verdict.core && verdict.core->type == type) return *verdict.core;
  std::vector<const VerbEntry*> verbs;
  for (auto word = chain.rbegin(); word != chain.rend(); ++word) {
    if (is_verb(document[*word])) {
      lexicon.verbs_at(document, *word, verbs);
      for (const VerbEntry* verb : verbs)
        if (verb->type == type) return {type, verb->mode, verb->cameo};
      const TokenIndex object = event_object(document, *word, lexicon);
      if (object != no_token)
        if (const NounEntry* noun = lexicon.noun_at(document, object); noun && noun->type == type) return {type, noun->mode, noun->cameo};
    } else if (const NounEntry* noun = lexicon.noun_at(document, *word); noun && noun->type == type) {
      return {type, noun->mode, noun->cameo};
    }
  }
  return {type, {}, {}};
}

}  // namespace

PairEvent relate(const Document& document, TokenSpan source, TokenSpan target, const EventLexicon& lexicon) {
  std::vector<std::uint32_t> features;
  features.reserve(512);
  append_pair_features(document, source, target, lexicon, features);
  const TypeScores scores = lexicon.classifier().scores(features);
  PairEvent event;
  event.type = scores.best();
  event.confidence = event.type == EventType::concede || event.type == EventType::retreat
                         ? scores.of(EventType::concede) + scores.of(EventType::retreat)
                         : scores.of(event.type);
  event.none = scores.none();
  const PairPath path = path_between(document, source, target);
  const std::vector<TokenIndex> chain = chain_of(document, path);
  const ChainVerdict verdict = read_chain(document, chain, lexicon);
  if (verdict.coding) {
    event.rule = to_string(verdict.coding->type);
    if (!verdict.coding->mode.empty()) event.rule.append("/").append(verdict.coding->mode);
    event.rule.append(" by \"").append(document[verdict.decider].lemma).append("\"");
  }
  const Coding coding = coding_in(document, chain, verdict, event.type, lexicon);
  event.mode = coding.mode;
  event.cameo = coding.cameo;
  return event;
}

}  // namespace dragoman
