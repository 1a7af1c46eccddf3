// CueFinder: the rules for cues, in three files: cues.cc (what is common, nouns, adjectives, adverbs), verb_cues.cc
// (frames of verbs), cue_contents.cc (which words are content). Internal to relations/.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "dragoman/relations/cues.h"

namespace dragoman {

/// What a verb governs.
struct Complements {
  std::vector<TokenIndex> clauses;  ///< finite
  TokenIndex infinitive = no_token;
  TokenIndex gerund = no_token;
  TokenIndex small_clause = no_token;  ///< "it a gimmick", where the parser makes a clause of it
  TokenIndex object = no_token;
  TokenIndex predicate = no_token;
  TokenIndex agent = no_token;  ///< the preposition "by"
  bool particle = false;
};

inline constexpr std::array<CueFrame, 12> prepositional = {
    CueFrame::for_, CueFrame::about, CueFrame::of, CueFrame::on,   CueFrame::against, CueFrame::at,
    CueFrame::to,   CueFrame::with,  CueFrame::in, CueFrame::into, CueFrame::over,    CueFrame::by};
inline constexpr std::array<CueFrame, 4> object_and_phrase = {CueFrame::np_for, CueFrame::np_on, CueFrame::np_to,
                                                              CueFrame::np_with};

class CueFinder {
 public:
  explicit CueFinder(const StatementContext& context) : context_(context), document_(context.document) {}

  std::vector<FoundCue> all();

 private:
  // cues.cc
  FoundCue cue_at(TokenIndex head, const CueEntry& entry, CueFrame frame, std::string_view rule) const;
  bool suits(const CueEntry& entry, CueFrame frame, TokenIndex source) const;
  bool keep(FoundCue cue, const CueEntry& entry);
  TokenIndex clause_of_noun(TokenIndex noun) const;
  void noun(TokenIndex noun);
  void adjective(TokenIndex adjective);
  void adverb(TokenIndex adverb);
  void according_to(TokenIndex according);
  bool prepositional_cue(TokenIndex head, const CueEntry& entry, CueFrame frame, TokenIndex source);
  TokenIndex preposition_of(TokenIndex head, std::string_view word) const;
  bool light(std::string_view lemma) const;

  // verb_cues.cc
  bool is_gerund(TokenIndex verb) const;
  Complements complements_of(TokenIndex verb) const;
  bool is_verb_in_disguise(TokenIndex i) const;
  void verb(TokenIndex verb);
  bool has_particle(TokenIndex verb, std::string_view particle) const;
  bool is_writer_or_reader(const CueEntry& entry, TokenIndex source) const;
  bool is_question(TokenIndex verb) const;
  bool active(TokenIndex verb, const CueEntry& entry, const Complements& has);
  bool set_off(TokenIndex verb, const CueEntry& entry, const Complements& has);
  bool inverted(TokenIndex verb, const CueEntry& entry, const Complements& has);
  bool inserted(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source);
  bool passive(TokenIndex verb, const CueEntry& entry, const Complements& has);
  TokenIndex infinitive_after(TokenIndex verb, TokenIndex told, const Complements& has) const;
  bool governs_cue(TokenIndex infinitive) const;
  bool is_adverbial_object(TokenIndex object) const;
  bool holds_quotation(TokenIndex top) const;
  bool object_cue(TokenIndex verb, const CueEntry& entry, TokenIndex object, TokenIndex source);

  // cue_contents.cc
  bool clauses(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source);
  std::vector<TokenIndex> content_clauses(TokenIndex verb, const Complements& has) const;
  bool says_when(TokenIndex clause) const;
  bool is_set_off(TokenIndex verb) const;
  void to_sentence_end(TokenSpan& run) const;
  TokenIndex second_that(const std::vector<TokenSpan>& runs, TokenIndex clause) const;
  bool stray_clause(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source);
  void take_relative(TokenIndex verb, FoundCue& cue) const;
  void absorb_phrases(TokenIndex verb, FoundCue& cue) const;
  bool is_circumstance(TokenIndex preposition) const;
  void absorb_clauses(TokenIndex verb, FoundCue& cue) const;
  std::vector<TokenSpan> around(TokenIndex inserted, TokenSpan hole, TokenIndex& content_head) const;

  const StatementContext& context_;
  const Document& document_;
  std::vector<FoundCue> found_;
};

}  // namespace dragoman
