// From cues and quotations to statements.
//
//   1. Pair the quotation marks (quotations.cc) and find the cues with what the parse gives them (cues.cc).
//   2. Give each quotation to a cue: the one whose content touches it, else the verb of saying beside it ("...," said
//   X; X: "..."), else
//      the statement that it goes on from. What is left and is somebody speaking becomes a statement without a cue.
//   3. Nest: a statement whose cue stands in another's content is within it. Attitudes inside reports are dropped.
//   4. Name the speakers; a quotation without a cue has the speaker before it.
//
// Costs: linear in tokens; a few hash lookups a word and short walks up the parse.
#include <algorithm>

#include "dragoman/relations/clauses.h"
#include "dragoman/relations/statement_finder.h"

namespace dragoman {

bool is_sentence_end(const Document& document, TokenIndex token) {
  const std::string_view form = document.text(token);
  return form == "." || form == "?" || form == "!";
}

std::vector<Statement> StatementFinder::all() {
  for (FoundCue& cue : find_cues(context_))
    if (stays_inside(cue)) add(std::move(cue));
  owner_.assign(quotations_.spans.size(), no_draft);
  take_touched_quotations();
  take_neighbouring_quotations();
  colons();
  take_following_quotations();
  nest();
  return finished();
}

/// A cue inside a quotation attributes only what is in it; what the parser drew in from outside is cut. False if
/// nothing is left.
bool StatementFinder::stays_inside(FoundCue& cue) const {
  const std::uint32_t q = quotations_.of[cue.head];
  if (q == no_quotation) return true;
  const QuotedSpan& quotation = quotations_.spans[q];
  if (quotation.words == QuotedWords::name) return false;
  if (cue.source != no_token && !quotation.tokens.contains(cue.source)) return false;
  for (TokenSpan& span : cue.content) {
    span.begin = std::max(span.begin, quotation.tokens.begin);
    span.end = std::min(span.end, quotation.tokens.end);
    span = trimmed(context_, span);
  }
  std::erase_if(cue.content, [](TokenSpan span) { return span.empty(); });
  return !cue.content.empty();
}

std::uint32_t StatementFinder::add(FoundCue cue) {
  // "(1) The ministers concurred": the number of a paragraph is nobody's words
  std::erase_if(cue.content, [&](TokenSpan span) {
    for (TokenIndex i = span.begin; i < span.end; ++i)
      if (document_[i].tag != Tag::ls && document_[i].dep != Dep::meta && !is_punctuation(document_[i])) return false;
    return true;
  });
  const auto id = static_cast<std::uint32_t>(drafts_.size());
  if (cue.head != no_token && draft_of_.size() <= cue.head) draft_of_.resize(document_.size(), no_draft);
  if (cue.head != no_token && draft_of_[cue.head] == no_draft) draft_of_[cue.head] = id;
  drafts_.push_back({.cue = std::move(cue)});
  return id;
}

std::uint32_t StatementFinder::draft_at(TokenIndex head) const {
  return head < draft_of_.size() ? draft_of_[head] : no_draft;
}

void StatementFinder::nest() {
  std::vector<std::uint32_t> order(drafts_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto size = [&](std::uint32_t id) {
    TokenIndex sum = 0;
    for (const TokenSpan span : drafts_[id].cue.content) sum += span.size();
    return sum;
  };
  std::vector<TokenIndex> sizes(drafts_.size());
  for (std::uint32_t i = 0; i < sizes.size(); ++i) sizes[i] = size(i);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return sizes[a] > sizes[b]; });
  std::vector<std::uint32_t> innermost(document_.size(), no_draft);
  for (const std::uint32_t id : order) {
    Draft& draft = drafts_[id];
    if (draft.cue.head != no_token && in_heading(draft.cue.head)) draft.dropped = true;
    if (draft.cue.head != no_token) draft.within = innermost[draft.cue.head];
    if (draft.within != no_draft && (drafts_[draft.within].dropped || !may_nest(draft, drafts_[draft.within])))
      draft.dropped = true;
    if (draft.dropped) continue;
    for (const TokenSpan span : draft.cue.content)
      for (TokenIndex i = span.begin; i < span.end; ++i) innermost[i] = id;
  }
}

/// A headline tells what the body tells better: no full stop, and a text below it.
bool StatementFinder::in_heading(TokenIndex token) const {
  const auto& paragraphs = document_.paragraphs();
  if (paragraphs.size() < 2 || !paragraphs.front().contains(token) || paragraphs.front().size() > 30) return false;
  TokenIndex last = paragraphs.front().end - 1;
  const std::string_view closing = document_.text(last);
  if (last > paragraphs.front().begin &&
      (closing == "”" || closing == "\"" || closing == "’" || closing == "»" || closing == "''"))
    --last;
  return !is_punctuation(document_[last]);
}

/// What is worth telling inside a report: that somebody else said something. Not what he wants or supports, and not
/// what the speaker says of himself.
bool StatementFinder::may_nest(const Draft& draft, const Draft& outer) const {
  const FoundCue& cue = draft.cue;
  if (cue.source == no_token) return false;
  if (context_.lexicon.is(document_[cue.source].lower, WordSense::self)) return false;
  // "The envoy, according to his office, stressed the importance of ...": the report is all there is
  const bool whole =
      outer.cue.rule == "statement.according-to" && outer.cue.content_head == cue.head && cue.act == CueAct::say;
  if (cue.frame != CueFrame::clause && cue.frame != CueFrame::quote && !whole) {
    // "said the envoy had urged them to stop": an act of speech that took place, not a stance ("supports", "rejects")
    const bool past = document_[cue.head].tag == Tag::vbd || document_[cue.head].tag == Tag::vbn;
    const bool speech = cue.frame == CueFrame::np_inf || cue.frame == CueFrame::on_inf ||
                        cue.frame == CueFrame::to_inf || cue.frame == CueFrame::whom_inf ||
                        cue.frame == CueFrame::whom_of;
    if (!past || !speech || cue.rule == "statement.passive") return false;
  }
  if (cue.rule == "statement.noun-clause" || cue.rule == "statement.adjective") return false;
  switch (cue.act) {
    case CueAct::want:
    case CueAct::show:
    case CueAct::support:
    case CueAct::hope:
    case CueAct::fear:
    case CueAct::feel:
      return false;
    default:
      return true;
  }
}

std::vector<Statement> StatementFinder::finished() {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < drafts_.size(); ++i)
    if (!drafts_[i].dropped && !drafts_[i].cue.content.empty()) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const TokenSpan x = drafts_[a].cue.content.front();
    const TokenSpan y = drafts_[b].cue.content.front();
    return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
  });
  std::vector<StatementId> id_of(drafts_.size(), no_statement);
  for (std::uint32_t i = 0; i < order.size(); ++i) id_of[order[i]] = i;
  std::vector<Statement> statements;
  statements.reserve(order.size());
  for (const std::uint32_t i : order) {
    find_source(drafts_[i]);
    statements.push_back(statement_of(drafts_[i]));
    if (drafts_[i].within != no_draft) statements.back().within = id_of[drafts_[i].within];
  }
  running_speakers(statements);
  return statements;
}

/// A verb beside its quotation has the noun beside it, where the parse gives no subject.
void StatementFinder::find_source(Draft& draft) const {
  FoundCue& cue = draft.cue;
  if (!draft.quotes || cue.source != no_token || cue.head == no_token || !is_verbal(document_[cue.head]) ||
      is_passive(document_, cue.head))
    return;
  const auto& spans = quotations_.spans;
  auto q = std::partition_point(spans.begin(), spans.end(),
                                [&](const QuotedSpan& span) { return span.tokens.end + 60 < cue.head; });
  for (; q != spans.end() && q->tokens.begin <= cue.head + 60; ++q) {
    if (owner_[static_cast<std::size_t>(q - spans.begin())] != draft_of_[cue.head]) continue;
    cue.source = nearest_noun(*q, cue.head);
    return;
  }
}

/// "rejected reports that its troops had fired", "dismissed claims of an attack": who waves the report away denies what is in it.
bool StatementFinder::denies_report(const FoundCue& cue) const {
  if (cue.act != CueAct::reject || cue.content_head == no_token || !is_noun(document_[cue.content_head])) return false;
  const Governance sense = governor_sense(document_, cue.content_head).sense;
  if (sense == Governance::accuse) return true;
  if (sense != Governance::report && sense != Governance::propose) return false;
  // not "rejected the suggestion that talks be moved"
  for (const TokenIndex child : document_.children(cue.content_head)) {
    const TokenIndex mark = document_.child(child, Dep::mark);
    if (mark == no_token || document_[mark].lower != "that") continue;
    const Predicate clause = predicate_at(document_, child);
    return clause.finite && clause.modal != "should" && clause.modal != "must";
  }
  return false;
}

Statement StatementFinder::statement_of(const Draft& draft) const {
  const FoundCue& cue = draft.cue;
  Statement statement;
  statement.cue_head = cue.head;
  statement.content_head = cue.content_head;
  statement.rule = cue.rule;
  if (cue.head != no_token) {
    statement.cue = document_.bytes(cue.words);
    if (draft.fused > 0) statement.cue->begin = statement.cue->end - draft.fused;
  }
  if (cue.source != no_token) {
    const TokenSpan phrase =
        draft.fused > 0 ? TokenSpan{cue.source, cue.source + 1} : source_phrase(context_, cue.source, cue.words);
    statement.source = document_.bytes(phrase);
    if (draft.fused > 0) statement.source->end -= draft.fused;
    speakers(cue.source, statement);
  }
  if (cue.addressee != no_token) statement.addressee = context_.entities.of_phrase(document_, cue.addressee);
  for (const TokenSpan span : cue.content) {
    const ByteSpan bytes = document_.bytes(span);
    // "co-finance", torn apart by the parse, is one stretch
    if (!statement.content.empty() && statement.content.back().end == bytes.begin) statement.content.back().end = bytes.end;
    else statement.content.push_back(bytes);
  }
  quote(draft, statement);
  statement.denied = (cue.act == CueAct::deny || denies_report(cue)) && !cue.negated;
  if (cue.head != no_token) {
    if (const TimeMention* time = time_of(document_, times_, cue.head)) statement.when = time->time;
    statement.occasion = occasion(cue.head);
  }
  return statement;
}

void StatementFinder::speakers(TokenIndex source, Statement& statement) const {
  const TokenIndex who = antecedent(document_, source);
  statement.speakers = context_.entities.of_phrase(document_, who);
  if (!statement.speakers.empty()) return;
  if (const Mention* mention = context_.entities.headed_by(who)) statement.candidates = mention->candidates;
}

/// Kind and quoted words.
void StatementFinder::quote(const Draft& draft, Statement& statement) const {
  TokenIndex words = 0;
  TokenIndex inside = 0;
  std::uint32_t last = no_quotation;
  for (const TokenSpan span : draft.cue.content) {
    for (TokenIndex i = span.begin; i < span.end; ++i) {
      const Token& token = document_[i];
      const std::uint32_t q = quotations_.of[i];
      const bool own = q != no_quotation && quotations_.spans[q].words != QuotedWords::name &&
                       !(draft.cue.head != no_token && quotations_.spans[q].tokens.contains(draft.cue.head));
      if (own && q != last) {
        const ByteSpan inner = quotations_.spans[q].inner;
        const ByteSpan bytes = document_.bytes(span);
        const ByteSpan common{std::max(inner.begin, bytes.begin), std::min(inner.end, bytes.end)};
        if (!common.empty()) statement.quoted.push_back(common);
        last = q;
      }
      if (is_punctuation(token) || (i == span.begin && token.lower == "that")) continue;
      ++words;
      inside += own;
    }
  }
  statement.kind = inside == 0 ? Quotation::indirect : inside == words ? Quotation::direct : Quotation::mixed;
}

/// "at a joint press conference", "in a statement": the phrase without its article.
std::string StatementFinder::occasion(TokenIndex head) const {
  for (const TokenIndex child : document_.children(head)) {
    if (document_[child].dep != Dep::prep) continue;
    if (!context_.lexicon.is(document_[child].lower, WordSense::occasion)) continue;
    TokenIndex noun = governed(document_, child);
    if (noun == no_token) continue;
    if (!context_.lexicon.noun(document_[noun].lemma).occasion) continue;
    TokenSpan phrase = document_.subtree(noun);
    while (phrase.begin < noun && (document_[phrase.begin].dep == Dep::det || document_[phrase.begin].dep == Dep::poss))
      ++phrase.begin;
    for (const TokenIndex part : document_.children(noun))
      if (part > noun &&
          (document_[part].dep == Dep::relcl || document_[part].dep == Dep::acl || document_[part].dep == Dep::punct))
        phrase.end = std::min(phrase.end, document_[part].left_edge);
    return std::string(document_.text(document_.bytes(phrase)));
  }
  return {};
}

/// A quotation without a cue: whoever spoke last, up to the paragraph before; else who speaks next in its paragraph.
void StatementFinder::running_speakers(std::vector<Statement>& statements) const {
  const auto paragraph_at = [&](std::uint32_t byte) {
    const TokenIndex token = document_.token_at(byte);
    const auto& paragraphs = document_.paragraphs();
    return std::partition_point(paragraphs.begin(), paragraphs.end(), [&](TokenSpan p) { return p.end <= token; }) -
           paragraphs.begin();
  };
  for (std::size_t i = 0; i < statements.size(); ++i) {
    Statement& statement = statements[i];
    if (statement.cue || !statement.speakers.empty()) continue;
    const auto here = paragraph_at(statement.content.front().begin);
    for (std::size_t j = i; j-- > 0;) {
      const Statement& earlier = statements[j];
      if (here - paragraph_at(earlier.content.back().begin) > 1) break;
      if (earlier.within != no_statement || earlier.speakers.empty()) continue;
      statement.speakers = earlier.speakers;
      break;
    }
    if (!statement.speakers.empty() || i + 1 >= statements.size()) continue;
    if (paragraph_at(statements[i + 1].content.front().begin) == here) statement.speakers = statements[i + 1].speakers;
  }
}

std::vector<Statement> find_statements(const Document& document, const Entities& entities,
                                       const std::vector<TimeMention>& times, const CueLexicon& lexicon) {
  return StatementFinder(document, entities, times, lexicon).all();
}

StatementId statement_at(const std::vector<Statement>& statements, std::uint32_t byte) {
  StatementId best = no_statement;
  std::uint32_t best_size = 0;
  const auto after = std::partition_point(statements.begin(), statements.end(), [&](const Statement& statement) {
    return statement.content.front().begin <= byte;
  });
  // Backwards from the last that begins before the byte. A quotation of many paragraphs, each with statements inside,
  // is covered up to this many of them; the bound keeps the look-up cheap in a text of any length.
  constexpr StatementId reach = 200;
  auto id = static_cast<StatementId>(after - statements.begin());
  for (const StatementId stop = id > reach ? id - reach : 0; id-- > stop;) {
    std::uint32_t size = 0;
    bool covers = false;
    for (const ByteSpan span : statements[id].content) {
      covers = covers || span.contains(byte);
      size += span.size();
    }
    if (!covers || (best != no_statement && size >= best_size)) continue;
    best = id;
    best_size = size;
  }
  return best;
}

}  // namespace dragoman
