// StatementFinder: from cues and quotations to statements, in three files: statements.cc (the way through, nesting,
// speakers), quotation_owners.cc (whose a quotation is), quotation_tails.cc (quotations and labels without a verb).
// Internal to relations/.
#pragma once

#include <string>
#include <vector>

#include "dragoman/relations/cues.h"
#include "dragoman/relations/statements.h"

namespace dragoman {

inline constexpr std::uint32_t no_draft = 0xffffffffu;

struct Draft {
  FoundCue cue;
  bool quotes = false;  ///< whole quotations are content
  std::uint32_t within = no_draft;
  bool dropped = false;
  std::uint32_t fused = 0;  ///< bytes of the cue at the end of its token ("Araghchisaid"); 0: the token is the cue
};

/// A full stop, question or exclamation mark.
[[nodiscard]] bool is_sentence_end(const Document& document, TokenIndex token);

class StatementFinder {
 public:
  StatementFinder(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                  const CueLexicon& lexicon)
      : document_(document),
        times_(times),
        quotations_(find_quotations(document)),
        context_{document, entities, lexicon, quotations_} {}

  std::vector<Statement> all();

 private:
  struct Label {
    TokenSpan paragraph;
    TokenIndex colon = no_token;
    TokenIndex head = no_token;
    bool capitals = true;  ///< all in capitals
  };

  // statements.cc
  bool stays_inside(FoundCue& cue) const;
  std::uint32_t add(FoundCue cue);
  std::uint32_t draft_at(TokenIndex head) const;
  void nest();
  bool in_heading(TokenIndex token) const;
  bool may_nest(const Draft& draft, const Draft& outer) const;
  std::vector<Statement> finished();
  void find_source(Draft& draft) const;
  bool denies_report(const FoundCue& cue) const;
  Statement statement_of(const Draft& draft) const;
  void speakers(TokenIndex source, Statement& statement) const;
  void quote(const Draft& draft, Statement& statement) const;
  std::string occasion(TokenIndex head) const;
  void running_speakers(std::vector<Statement>& statements) const;

  // quotation_owners.cc
  void take_touched_quotations();
  static bool covers_most(const std::vector<TokenSpan>& content, TokenSpan quotation);
  bool is_closer(std::uint32_t a, std::uint32_t b, const QuotedSpan& quotation) const;
  void take_neighbouring_quotations();
  void give(std::uint32_t quotation, std::uint32_t draft);
  void tidy(std::vector<TokenSpan>& spans) const;
  bool same_paragraph(TokenIndex a, TokenIndex b) const;
  TokenSpan paragraph_of(const QuotedSpan& quotation) const;
  bool takes(std::uint32_t q, TokenIndex verb);
  TokenIndex nearest_subject(TokenIndex verb) const;
  bool is_beside(const QuotedSpan& quotation, TokenIndex verb) const;
  bool in_brackets(TokenIndex token) const;
  TokenIndex nearest_noun(const QuotedSpan& quotation, TokenIndex verb) const;
  bool tag_after(std::uint32_t q);
  bool any_verb_after(std::uint32_t q);
  bool ends_clause(TokenIndex verb) const;
  bool signature_after(std::uint32_t q);
  bool is_dash(TokenIndex token) const;
  bool is_bare_tag(TokenIndex begin, TokenIndex end) const;
  bool lead_before(std::uint32_t q);
  bool name_before(std::uint32_t q, TokenIndex colon);
  bool lead_in_paragraph_before(std::uint32_t q);
  bool fused(std::uint32_t q, TokenIndex at);

  // quotation_tails.cc
  void colons();
  Label label_of(TokenSpan paragraph) const;
  void take_following_quotations();
  bool follows_speaker(std::uint32_t q) const;
  std::uint32_t begins_next_paragraph(std::uint32_t q) const;
  void take_earlier_paragraphs(std::uint32_t q);
  std::uint32_t goes_on_from(std::uint32_t q) const;
  bool stands_alone(const QuotedSpan& quotation) const;

  const Document& document_;
  const std::vector<TimeMention>& times_;
  Quotations quotations_;
  StatementContext context_;
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> draft_of_;  ///< for each token the draft that it heads
  std::vector<std::uint32_t> owner_;     ///< for each quotation its draft
};

}  // namespace dragoman
