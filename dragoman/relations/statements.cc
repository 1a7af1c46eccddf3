// From cues and quotations to statements.
//
//   1. Pair the quotation marks (quotations.cc) and find the cues with what the parse gives them (cues.cc).
//   2. Give each quotation to a cue: the one whose content touches it, else the verb of saying beside it ("...," said X; X: "..."), else
//      the statement that it goes on from. What is left and is somebody speaking becomes a statement without a cue.
//   3. Nest: a statement whose cue stands in another's content is within it. Attitudes inside reports are dropped.
//   4. Name the speakers; a quotation without a cue has the speaker before it.
//
// Costs: linear in tokens; a few hash lookups a word and short walks up the parse.
#include "dragoman/relations/statements.h"

#include <algorithm>

#include "dragoman/relations/cues.h"

namespace dragoman {
namespace {

inline constexpr std::uint32_t no_draft = 0xffffffffu;

struct Draft {
  FoundCue cue;
  bool quotes = false;           ///< whole quotations are content
  std::uint32_t within = no_draft;
  bool dropped = false;
  std::uint32_t fused = 0;       ///< bytes of the cue at the end of its token ("Araghchisaid"); 0: the token is the cue
};

bool is_sentence_end(const Document& document, TokenIndex token) {
  const std::string_view form = document.text(token);
  return form == "." || form == "?" || form == "!";
}

class StatementFinder {
 public:
  StatementFinder(const Document& document, const Entities& entities, const std::vector<TimeMention>& times, const CueLexicon& lexicon)
      : document_(document), times_(times), quotations_(find_quotations(document)), context_{document, entities, lexicon, quotations_} {}

  std::vector<Statement> all() {
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

 private:
  // --- drafts ----------------------------------------------------------------------------------------------------------------------

  /// A cue inside a quotation attributes only what is in it; what the parser drew in from outside is cut. False if nothing is left.
  bool stays_inside(FoundCue& cue) const {
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

  std::uint32_t add(FoundCue cue) {
    const auto id = static_cast<std::uint32_t>(drafts_.size());
    if (cue.head != no_token && draft_of_.size() <= cue.head) draft_of_.resize(document_.size(), no_draft);
    if (cue.head != no_token && draft_of_[cue.head] == no_draft) draft_of_[cue.head] = id;
    drafts_.push_back({.cue = std::move(cue)});
    return id;
  }

  std::uint32_t draft_at(TokenIndex head) const { return head < draft_of_.size() ? draft_of_[head] : no_draft; }

  void give(std::uint32_t quotation, std::uint32_t draft) {
    owner_[quotation] = draft;
    drafts_[draft].quotes = true;
    FoundCue& cue = drafts_[draft].cue;
    const TokenSpan quoted = quotations_.spans[quotation].tokens;
    // "He said it was lost: "It is gone," he claimed.": before the quotation of a tag another sentence ends
    if (cue.head != no_token && quoted.end <= cue.head && quoted.begin > 0) {
      const std::string_view before = document_.text(quoted.begin - 1);
      if (before == ":" || before == "." || before == "?" || before == "!")
        std::erase_if(cue.content, [&](TokenSpan span) { return span.begin < quoted.begin && !quotations_.inside(span.begin); });
    }
    drafts_[draft].cue.content.push_back(quotations_.spans[quotation].tokens);
    tidy(drafts_[draft].cue.content);
  }

  /// Sorts the spans and joins those between which only punctuation stands.
  void tidy(std::vector<TokenSpan>& spans) const {
    std::sort(spans.begin(), spans.end());
    std::vector<TokenSpan> joined;
    for (const TokenSpan span : spans) {
      if (!joined.empty()) {
        TokenIndex gap = joined.back().end;
        // Over a paragraph break a quotation stays in two pieces: each has its own marks.
        while (gap < span.begin && is_punctuation(document_[gap]) && same_paragraph(gap, span.begin)) ++gap;
        if (gap >= span.begin && (span.begin < joined.back().end || (span.begin > 0 && same_paragraph(joined.back().end - 1, span.begin)))) {
          joined.back().end = std::max(joined.back().end, span.end);
          continue;
        }
      }
      joined.push_back(span);
    }
    spans = std::move(joined);
  }

  bool same_paragraph(TokenIndex a, TokenIndex b) const {
    const auto& paragraphs = document_.paragraphs();
    const auto of = [&](TokenIndex token) {
      return std::partition_point(paragraphs.begin(), paragraphs.end(), [&](TokenSpan p) { return p.end <= token; });
    };
    return of(a) == of(b);
  }

  // --- quotations ------------------------------------------------------------------------------------------------------------------

  /// A cue whose content touches a quotation has all of it: the parse of a quotation often stops at its first sentence.
  void take_touched_quotations() {
    std::vector<std::uint32_t> touched;
    for (std::uint32_t id = 0; id < drafts_.size(); ++id) {
      const FoundCue& cue = drafts_[id].cue;
      touched.clear();
      for (const TokenSpan span : cue.content)
        for (TokenIndex i = span.begin; i < span.end; ++i)
          if (const std::uint32_t q = quotations_.of[i]; q != no_quotation && (touched.empty() || touched.back() != q)) touched.push_back(q);
      for (const std::uint32_t q : touched) {
        const QuotedSpan& quotation = quotations_.spans[q];
        if (quotation.words == QuotedWords::name || quotation.tokens.contains(cue.head)) continue;
        if (quotation.words == QuotedWords::phrase) {
          if (owner_[q] == no_draft) owner_[q] = id;
          continue;
        }
        const bool speech = cue.frame == CueFrame::clause || cue.frame == CueFrame::quote;
        if (!speech && !covers_most(cue.content, quotation.tokens)) continue;
        if (cue.source != no_token && quotation.tokens.contains(cue.source) && !takes(q, cue.head)) continue;
        if (owner_[q] != no_draft && !is_closer(id, owner_[q], quotation)) {
          continue;
        }
        give(q, id);
      }
    }
  }

  static bool covers_most(const std::vector<TokenSpan>& content, TokenSpan quotation) {
    TokenIndex covered = 0;
    for (const TokenSpan span : content)
      if (span.overlaps(quotation)) covered += std::min(span.end, quotation.end) - std::max(span.begin, quotation.begin);
    return 2 * covered >= quotation.size();
  }

  /// Of two cues that touch a quotation, the one nearer to it.
  bool is_closer(std::uint32_t a, std::uint32_t b, const QuotedSpan& quotation) const {
    const auto distance = [&](std::uint32_t id) {
      const TokenIndex head = drafts_[id].cue.head;
      return head < quotation.tokens.begin ? quotation.tokens.begin - head : head - quotation.tokens.end;
    };
    return distance(a) < distance(b);
  }

  void take_neighbouring_quotations() {
    for (std::uint32_t q = 0; q < quotations_.spans.size(); ++q) {
      if (owner_[q] != no_draft || quotations_.spans[q].words != QuotedWords::sentence) continue;
      if (!tag_after(q) && !signature_after(q)) lead_before(q);
    }
  }

  TokenSpan paragraph_of(const QuotedSpan& quotation) const { return document_.paragraphs()[quotation.paragraph]; }

  bool takes(std::uint32_t q, TokenIndex verb) {
    FoundCue cue = quotation_cue(context_, verb);
    if (cue.head == no_token) return false;
    const QuotedSpan& quotation = quotations_.spans[q];
    if (cue.rule == "statement.manner" && !is_beside(quotation, verb)) return false;
    if (cue.source == no_token || quotation.tokens.contains(cue.source) || in_brackets(cue.source))
      cue.source = document_[verb].tag == Tag::vbg ? nearest_subject(verb) : nearest_noun(quotation, verb);
    if (cue.source == no_token) return false;
    std::uint32_t draft = draft_at(verb);
    if (draft == no_draft) {
      draft = add(std::move(cue));
    } else {
      FoundCue& known = drafts_[draft].cue;
      if (known.frame != CueFrame::clause && known.frame != CueFrame::quote) known = std::move(cue);  // "...?" she asked him.
      else if (known.source == no_token || quotation.tokens.contains(known.source) || in_brackets(known.source)) known.source = cue.source;
    }
    give(q, draft);
    return true;
  }

  /// Who acts in the clause before a participle: "waved to the crowd in Valmouth, telling them, ..."
  TokenIndex nearest_subject(TokenIndex verb) const {
    const TokenIndex begin = document_.sentence_of(verb).begin;
    for (TokenIndex i = verb; i-- > begin;)
      if (document_[i].dep == Dep::nsubj && !quotations_.inside(i) && can_speak(context_, i)) return i;
    return no_token;
  }

  /// Verbs that report only by their place ("began", "smiled") stand next to the quotation, with nothing but a name between.
  bool is_beside(const QuotedSpan& quotation, TokenIndex verb) const {
    const TokenIndex from = verb < quotation.tokens.begin ? verb + 1 : quotation.tokens.end;
    const TokenIndex to = verb < quotation.tokens.begin ? quotation.tokens.begin : verb;
    if (to > from + (verb < quotation.tokens.begin ? 5 : 12)) return false;
    for (TokenIndex i = from; i < to; ++i)
      if ((is_verbal(document_[i]) && verb < quotation.tokens.begin) || is_sentence_end(document_, i)) return false;
    return true;
  }

  bool in_brackets(TokenIndex token) const {
    for (TokenIndex i = token; i > 0 && i + 8 > token; --i) {
      if (document_[i].tag == Tag::lrb) return true;
      if (document_[i].tag == Tag::rrb && i != token) return false;
    }
    return false;
  }

  /// The noun phrase beside a verb of saying, where the parse gives none: "...," Ms. Tolvanen, 58, told reporters.
  TokenIndex nearest_noun(const QuotedSpan& quotation, TokenIndex verb) const {
    const bool after = verb >= quotation.tokens.end;
    const TokenIndex begin = after ? quotation.tokens.end : paragraph_of(quotation).begin;
    const auto nominal = [&](TokenIndex i) {
      const Token& token = document_[i];
      return (token.pos == Pos::propn || token.pos == Pos::noun || token.pos == Pos::pron) && !quotations_.inside(i) && !in_brackets(i) &&
             token.entity != EntityLabel::date && token.dep != Dep::compound && can_speak(context_, i);
    };
    if (after)
      for (TokenIndex i = begin; i < verb; ++i)
        if (nominal(i)) return i;
    if (!after)
      for (TokenIndex i = verb; i-- > begin && i + 8 > verb;)
        if (nominal(i)) return i;
    const TokenIndex end = after ? document_.sentence_of(verb).end : quotation.tokens.begin;
    for (TokenIndex i = verb + 1; i < end && i < verb + 6; ++i)
      if (nominal(i)) return i;
    return no_token;
  }

  /// "...," said the envoy on Monday.
  bool tag_after(std::uint32_t q) {
    const QuotedSpan& quotation = quotations_.spans[q];
    const char last = document_.text()[quotation.inner.end - 1];
    const TokenIndex end = paragraph_of(quotation).end;
    TokenIndex i = quotation.tokens.end;
    if (i >= end) return false;
    const bool comma_follows = document_.text(i) == ",";
    if (last == '.' && !comma_follows && !is_bare_tag(i, end)) return false;
    if (!quotation.closed) return false;
    if (last == ',' && any_verb_after(q)) return true;
    TokenIndex verbs = 0;
    for (TokenIndex steps = 0; i < end && steps < 45; ++i, ++steps) {
      const std::uint32_t here = quotations_.of[i];
      if (here != no_quotation) {
        if (quotations_.spans[here].words == QuotedWords::sentence) return false;
        continue;
      }
      if (is_sentence_end(document_, i)) return fused(q, quotation.tokens.end);
      if (!is_verbal(document_[i])) continue;
      if (takes(q, i)) return true;
      if (document_[i].pos == Pos::verb && ++verbs > 2) return false;
    }
    return false;
  }

  /// "...," an angry envoy retaliated.: after a comma inside the marks, the verb of whoever is named next reports, whatever it means.
  bool any_verb_after(std::uint32_t q) {
    const QuotedSpan& quotation = quotations_.spans[q];
    const TokenIndex begin = quotation.tokens.end;
    const TokenIndex end = std::min(paragraph_of(quotation).end, begin + 12);
    for (TokenIndex i = begin; i < end; ++i) {
      if (quotations_.inside(i) || is_sentence_end(document_, i)) return false;
      const Token& token = document_[i];
      if (!is_verbal(token)) continue;
      if (token.pos == Pos::aux && token.dep != Dep::root) continue;
      if (token.tag != Tag::vbd && token.tag != Tag::vbz && token.tag != Tag::vbp) return false;
      if (quotation_cue(context_, i).head != no_token || draft_at(i) != no_draft) return false;  // the lexicon knows it
      const TokenIndex subject = document_.child(i, Dep::nsubj);
      if (subject == no_token || subject < begin || subject > i || !can_speak(context_, subject) || !ends_clause(i)) return false;
      FoundCue cue;
      cue.head = i;
      cue.words = verb_group(context_, i);
      cue.frame = CueFrame::quote;
      cue.source = subject;
      cue.rule = "statement.tag";
      give(q, add(std::move(cue)));
      return true;
    }
    return false;
  }

  /// Nothing follows the verb that it could mean instead: no object, no complement.
  bool ends_clause(TokenIndex verb) const {
    for (const TokenIndex child : document_.children(verb)) {
      const Dep dep = document_[child].dep;
      if (child > verb && (dep == Dep::dobj || dep == Dep::ccomp || dep == Dep::xcomp || dep == Dep::acomp || dep == Dep::attr)) return false;
    }
    return true;
  }

  /// "..." — Mira Tolvanen: a dash and a name end the line.
  bool signature_after(std::uint32_t q) {
    const QuotedSpan& quotation = quotations_.spans[q];
    const TokenIndex end = paragraph_of(quotation).end;
    const TokenIndex dash = quotation.tokens.end;
    if (dash + 1 >= end || dash + 12 < end || !is_dash(dash)) return false;
    TokenIndex head = no_token;
    for (TokenIndex i = dash + 1; i < end; ++i) {
      const Token& token = document_[i];
      if (is_verbal(token) || quotations_.inside(i)) return false;
      const bool nominal = token.pos == Pos::propn || token.pos == Pos::noun;
      if (nominal && (head == no_token || document_[head].dep == Dep::compound) && token.lower != ",") head = i;
    }
    if (head == no_token || draft_at(dash) != no_draft) return false;
    FoundCue cue;
    cue.head = dash;
    cue.words = {dash, dash + 1};
    cue.frame = CueFrame::quote;
    cue.source = head;
    cue.rule = "statement.signature";
    give(q, add(std::move(cue)));
    return true;
  }

  bool is_dash(TokenIndex token) const {
    const std::string_view form = document_.text(token);
    return form == "—" || form == "–" || form == "-" || form == "--" || form == "―";
  }

  /// "..." Tolvanen said. After a full stop only a tag of a few words is one.
  bool is_bare_tag(TokenIndex begin, TokenIndex end) const {
    for (TokenIndex i = begin; i < end && i < begin + 6; ++i) {
      if (quotations_.inside(i)) return false;
      if (is_sentence_end(document_, i)) return i > begin + 1 && is_verbal(document_[i - 1]);
    }
    return false;
  }

  /// The envoy said: "..."; she said that "..."; he was more cautious: "..."
  bool lead_before(std::uint32_t q) {
    const QuotedSpan& quotation = quotations_.spans[q];
    const TokenIndex begin = paragraph_of(quotation).begin;
    TokenIndex i = quotation.tokens.begin;
    if (i == begin) return lead_in_paragraph_before(q);
    const TokenIndex before = i - 1;
    const std::string_view link = document_.text(before);
    const bool colon = link == ":";
    const bool comma = link == ",";
    if (is_sentence_end(document_, before) && !colon) return false;
    TokenIndex steps = 0;
    const TokenIndex reach = colon ? 45 : comma ? 14 : 8;
    TokenIndex main = no_token;
    for (i = before + 1; i > begin && steps < reach; --steps, steps += 2) {
      --i;
      if (quotations_.inside(i)) {
        if (quotations_.spans[quotations_.of[i]].words == QuotedWords::sentence) break;
        continue;
      }
      if (i != before && is_sentence_end(document_, i) && document_[i].sentence != document_[before].sentence) break;
      if (!is_verbal(document_[i])) continue;
      if (takes(q, i)) {
        FoundCue& cue = drafts_[owner_[q]].cue;
        if (colon && cue.words.end == before) ++cue.words.end;
        return true;
      }
      if (main == no_token && (document_.is_root(i) || document_[i].dep == Dep::conj || document_[i].dep == Dep::ccomp)) main = i;
    }
    if (fused(q, before)) return true;
    if (colon && name_before(q, before)) return true;
    if (colon && main != no_token && document_[before].sentence == document_[main].sentence) {
      // Any clause that ends in a colon before speech attributes it: "The minister was more cautious: ..."
      const TokenIndex source = subject_of(context_, main);
      if (source != no_token && can_speak(context_, source)) {
        FoundCue cue;
        cue.head = main;
        cue.words = {verb_group(context_, main).begin, before + 1};
        if (cue.words.begin <= source && source < cue.words.end) cue.words = {main, main + 1};
        cue.frame = CueFrame::quote;
        cue.source = source;
        cue.rule = "statement.colon";
        give(q, add(std::move(cue)));
        return true;
      }
    }
    return false;
  }

  /// "From the report: ...", "Joan Marrow: ...": a name and a colon are enough.
  bool name_before(std::uint32_t q, TokenIndex colon) {
    TokenIndex noun = colon;
    if (noun == 0 || quotations_.inside(noun - 1)) return false;
    --noun;
    const Token& token = document_[noun];
    const TokenIndex top = token.dep == Dep::compound || document_[token.head].pos == Pos::propn ? noun : noun;
    const bool nominal = token.pos == Pos::propn || token.pos == Pos::noun;
    if (!nominal || !can_speak(context_, top) || draft_at(colon) != no_draft) return false;
    if (is_verbal(document_[token.head]) && (token.dep == Dep::dobj || token.dep == Dep::attr)) return false;
    FoundCue cue;
    cue.head = colon;
    cue.words = {colon, colon + 1};
    cue.frame = CueFrame::quote;
    cue.source = noun;
    cue.rule = "statement.colon";
    give(q, add(std::move(cue)));
    return true;
  }

  /// A paragraph that ends in a colon brings in the quotations of the next one.
  bool lead_in_paragraph_before(std::uint32_t q) {
    const std::uint32_t paragraph = quotations_.spans[q].paragraph;
    if (paragraph == 0) return false;
    const TokenSpan before = document_.paragraphs()[paragraph - 1];
    const TokenIndex colon = before.end - 1;
    if (document_.text(colon) != ":") return false;
    const TokenSpan sentence = document_.sentence_of(colon);
    const TokenIndex floor = std::max(sentence.begin, before.begin);
    TokenIndex main = no_token;
    for (TokenIndex i = colon; i-- > floor;) {
      if (quotations_.inside(i) || !is_verbal(document_[i])) continue;
      if ((i + 9 > colon || document_.is_root(i)) && takes(q, i)) {
        FoundCue& cue = drafts_[owner_[q]].cue;
        if (cue.words.end == colon) ++cue.words.end;
        return true;
      }
      if (document_.is_root(i) || document_[i].dep == Dep::conj) {
        main = i;
        break;
      }
    }
    if (main == no_token || draft_at(main) != no_draft) return false;
    const TokenIndex source = subject_of(context_, main);
    if (source == no_token || !can_speak(context_, source)) return false;
    FoundCue cue;
    cue.head = main;
    cue.words = {verb_group(context_, main).begin, colon + 1};
    if (cue.words.begin <= source && source < cue.words.end) cue.words = {main, main + 1};
    cue.frame = CueFrame::quote;
    cue.source = source;
    cue.rule = "statement.colon";
    give(q, add(std::move(cue)));
    return true;
  }

  /// "Araghchisaid, ...": a lost blank before the verb.
  bool fused(std::uint32_t q, TokenIndex at) {
    for (TokenIndex i = at; i + 3 > at && i < document_.size(); --i) {
      const std::string_view form = document_.text(i);
      if (form.size() > 6 && form.front() >= 'A' && form.front() <= 'Z' && form.ends_with("said")) {
        FoundCue cue;
        cue.head = i;
        cue.words = {i, i + 1};
        cue.frame = CueFrame::quote;
        cue.source = i;
        cue.rule = "statement.fused";
        const std::uint32_t draft = add(std::move(cue));
        drafts_[draft].fused = 4;
        give(q, draft);
        return true;
      }
      if (i == 0) break;
    }
    return false;
  }

  /// Paragraphs in the manner of a transcript or a headline: "THE CHAIR: We begin.", "Poll: Most want rain".
  void colons() {
    std::vector<Label> labels;
    std::uint32_t capitals = 0;
    for (std::uint32_t p = 0; p < document_.paragraphs().size(); ++p)
      if (const Label label = label_of(document_.paragraphs()[p]); label.colon != no_token) {
        labels.push_back(label);
        capitals += label.capitals;
      }
    std::uint32_t q = 0;
    for (const Label& label : labels) {
      const TokenSpan paragraph = label.paragraph;
      const Token& head = document_[label.head];
      const NounKinds kinds = context_.lexicon.noun(head.lower);
      if (kinds.label || head.entity == EntityLabel::gpe || head.entity == EntityLabel::loc) continue;
      const bool transcript = label.capitals && capitals >= 2;  // one alone may be a dateline
      const bool headline = paragraph.begin == 0 && head.pos == Pos::propn && !label.capitals;
      const bool speaker = head.entity == EntityLabel::person || head.entity == EntityLabel::org || kinds.person || kinds.body ||
                           (kinds.document && paragraph.begin == 0);
      if (!transcript && !headline && !(speaker && !label.capitals)) continue;
      bool clause = false;
      for (TokenIndex i = label.colon + 1; i < paragraph.end; ++i)
        clause = clause || (is_verbal(document_[i]) && document_[i].tag != Tag::vbg && document_[i].tag != Tag::vbn);
      if (paragraph.begin == 0 && (headline || kinds.document) && paragraph.end > label.colon + 4) clause = true;  // no verbs in capitals
      if (!clause || draft_at(label.colon) != no_draft) continue;
      FoundCue cue;
      cue.head = label.colon;
      cue.words = {label.colon, label.colon + 1};
      cue.source = label.head;
      cue.rule = "statement.transcript";
      const TokenSpan content = trimmed(context_, {label.colon + 1, paragraph.end});
      if (content.empty()) continue;
      cue.content = {content};
      const std::uint32_t draft = add(std::move(cue));
      while (q < quotations_.spans.size() && quotations_.spans[q].tokens.end <= content.begin) ++q;
      for (; q < quotations_.spans.size() && content.contains(quotations_.spans[q].tokens); ++q)
        if (owner_[q] == no_draft) owner_[q] = draft;
    }
  }

  struct Label {
    TokenSpan paragraph;
    TokenIndex colon = no_token;
    TokenIndex head = no_token;
    bool capitals = true;  ///< all in capitals
  };

  /// The few plain words before a colon at the start of a paragraph; colon is no_token where there are none.
  Label label_of(TokenSpan paragraph) const {
    Label label{.paragraph = paragraph};
    const TokenIndex reach = std::min(paragraph.end, paragraph.begin + 9);
    TokenIndex colon = paragraph.begin + 1;
    while (colon < reach && document_.text(colon) != ":") ++colon;
    if (colon >= reach || colon + 3 >= paragraph.end || quotations_.inside(colon)) return label;
    for (TokenIndex i = paragraph.begin; i < colon; ++i) {
      const Token& token = document_[i];
      if (is_verbal(token) || quotations_.inside(i) || token.lower == ",") return label;
      if (token.pos == Pos::propn || token.pos == Pos::noun) label.head = i;
      for (const char c : document_.text(i)) label.capitals = label.capitals && !(c >= 'a' && c <= 'z');
    }
    if (label.head != no_token) label.colon = colon;
    return label;
  }

  /// Quotations with no cue of their own: a tail, the next paragraph of the same, or words of whoever spoke last.
  void take_following_quotations() {
    for (std::uint32_t q = 0; q < quotations_.spans.size(); ++q) {
      const QuotedSpan& quotation = quotations_.spans[q];
      if (quotation.words == QuotedWords::name) continue;
      if (owner_[q] != no_draft) {
        take_earlier_paragraphs(q);
        continue;
      }
      if (quotation.words != QuotedWords::sentence) continue;
      const std::uint32_t from = q == 0 ? no_draft : goes_on_from(q);
      if (from != no_draft) {
        give(q, from);
        continue;
      }
      if (const std::uint32_t next = begins_next_paragraph(q); next != no_draft) {
        give(q, next);
        continue;
      }
      if (quotation.goes_on) continue;  // its last paragraph may have the cue
      if (!stands_alone(quotation) || !follows_speaker(q)) continue;
      FoundCue cue;
      cue.rule = "statement.no-cue";
      cue.frame = CueFrame::quote;
      give(q, add(std::move(cue)));
      take_earlier_paragraphs(q);
    }
  }

  /// Somebody was speaking in this paragraph or the one before it.
  bool follows_speaker(std::uint32_t q) const {
    const QuotedSpan& quotation = quotations_.spans[q];
    const std::uint32_t from = quotation.paragraph == 0 ? 0 : quotation.paragraph - 1;
    const TokenIndex begin = document_.paragraphs()[from].begin;
    const TokenIndex end = std::min(paragraph_of(quotation).end, static_cast<TokenIndex>(draft_of_.size()));
    for (TokenIndex i = begin; i < end; ++i)
      if (draft_of_[i] != no_draft && !quotation.tokens.contains(i) && drafts_[draft_of_[i]].cue.source != no_token) return true;
    return false;
  }

  /// The statement that the next paragraph begins with, where this one is nothing but a quotation.
  std::uint32_t begins_next_paragraph(std::uint32_t q) const {
    if (q + 1 >= quotations_.spans.size()) return no_draft;
    const QuotedSpan& quotation = quotations_.spans[q];
    const QuotedSpan& next = quotations_.spans[q + 1];
    if (quotation.tokens != paragraph_of(quotation) || next.paragraph != quotation.paragraph + 1) return no_draft;
    if (next.tokens.begin != paragraph_of(next).begin) return no_draft;
    const std::uint32_t draft = owner_[q + 1];
    return draft != no_draft && drafts_[draft].quotes ? draft : no_draft;
  }

  /// The paragraphs before, where each was left open.
  void take_earlier_paragraphs(std::uint32_t q) {
    for (std::uint32_t before = q; before > 0;) {
      --before;
      const QuotedSpan& earlier = quotations_.spans[before];
      if (!earlier.goes_on || earlier.paragraph + 1 != quotations_.spans[before + 1].paragraph || owner_[before] != no_draft) return;
      if (quotations_.spans[before + 1].tokens.begin != paragraph_of(quotations_.spans[before + 1]).begin) return;
      give(before, owner_[q]);
    }
  }

  std::uint32_t goes_on_from(std::uint32_t q) const {
    const QuotedSpan& quotation = quotations_.spans[q];
    std::uint32_t before = q - 1;
    while (before > 0 && quotations_.spans[before].words == QuotedWords::name && quotations_.spans[before].paragraph == quotation.paragraph)
      --before;
    const QuotedSpan& last = quotations_.spans[before];
    const std::uint32_t draft = owner_[before];
    if (draft == no_draft) return no_draft;
    // "... was "too little," he added. "It risks a lot."": the words before the cue end in a quotation too
    const FoundCue& cue = drafts_[draft].cue;
    const bool tag = cue.head != no_token && !cue.content.empty() && cue.content.back().end <= cue.head && cue.content.back().end == last.tokens.end;
    if (!drafts_[draft].quotes && !(tag && last.paragraph == quotation.paragraph)) return no_draft;
    if (cue.rule == "statement.signature") return no_draft;
    const TokenIndex begin = quotation.tokens.begin;
    if (last.paragraph + 1 == quotation.paragraph && last.goes_on && begin == paragraph_of(quotation).begin) return draft;
    const bool next_paragraph = last.paragraph + 1 == quotation.paragraph && begin == paragraph_of(quotation).begin;
    if (!next_paragraph && last.paragraph != quotation.paragraph) return no_draft;
    // Between the two only the sentence of the cue may stand.
    TokenIndex end = last.tokens.end;
    const TokenIndex head = drafts_[draft].cue.head;
    if (head == no_token) return end == begin || next_paragraph ? draft : no_draft;
    TokenIndex stops = 0;
    bool cue_between = false;
    for (TokenIndex i = end; i < begin; ++i) {
      if (i == head) cue_between = true;
      else if (next_paragraph && draft_at(i) != no_draft) return no_draft;  // another statement stands between
      else if (stops > 0 && !is_punctuation(document_[i])) return no_draft;
      if (!quotations_.inside(i) && is_sentence_end(document_, i)) ++stops;
    }
    if (end < begin && !cue_between) {
      // The words between are another sentence, unless there are none.
      for (TokenIndex i = end; i < begin; ++i)
        if (!is_punctuation(document_[i])) return no_draft;
    }
    if (begin > 0 && !next_paragraph && end != begin && !is_sentence_end(document_, begin - 1)) return no_draft;
    return draft;
  }

  /// Somebody speaking, not a title or an ironic word: a sentence of at least four words that begins where a sentence begins.
  bool stands_alone(const QuotedSpan& quotation) const {
    const TokenSpan paragraph = paragraph_of(quotation);
    const TokenIndex begin = quotation.tokens.begin;
    const bool at_start = begin == paragraph.begin || is_sentence_end(document_, begin - 1) ||
                          (begin >= 2 && quotations_.inside(begin - 1)) || document_.text(begin - 1) == ":";
    if (!at_start) return false;
    TokenIndex words = 0;
    for (TokenIndex i = begin; i < quotation.tokens.end; ++i) words += !is_punctuation(document_[i]);
    const bool at_end = quotation.tokens.end == paragraph.end || !quotation.closed;
    const char last = document_.text()[quotation.inner.end - 1];
    return words >= 4 && (at_end || last == '.' || last == '!' || last == '?');
  }

  // --- nesting ---------------------------------------------------------------------------------------------------------------------

  void nest() {
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
      if (draft.within != no_draft && (drafts_[draft.within].dropped || !may_nest(draft, drafts_[draft.within]))) draft.dropped = true;
      if (draft.dropped) continue;
      for (const TokenSpan span : draft.cue.content)
        for (TokenIndex i = span.begin; i < span.end; ++i) innermost[i] = id;
    }
  }

  /// A headline tells what the body tells better: no full stop, and a text below it.
  bool in_heading(TokenIndex token) const {
    const auto& paragraphs = document_.paragraphs();
    if (paragraphs.size() < 2 || !paragraphs.front().contains(token) || paragraphs.front().size() > 30) return false;
    TokenIndex last = paragraphs.front().end - 1;
    const std::string_view closing = document_.text(last);
    if (last > paragraphs.front().begin && (closing == "”" || closing == "\"" || closing == "’" || closing == "»" || closing == "''")) --last;
    return !is_punctuation(document_[last]);
  }

  /// What is worth telling inside a report: that somebody else said something. Not what he wants or supports, and not what the
  /// speaker says of himself.
  bool may_nest(const Draft& draft, const Draft& outer) const {
    const FoundCue& cue = draft.cue;
    if (cue.source == no_token) return false;
    const Token& source = document_[cue.source];
    if (source.lower == "i" || source.lower == "we" || source.lower == "you" || source.lower == "my" || source.lower == "our" ||
        source.lower == "your")
      return false;
    // "The envoy, according to his office, stressed the importance of ...": the report is all there is
    const bool whole = outer.cue.rule == "statement.according-to" && outer.cue.content_head == cue.head && cue.act == CueAct::say;
    if (cue.frame != CueFrame::clause && cue.frame != CueFrame::quote && !whole) {
      // "said the envoy had urged them to stop": an act of speech that took place, not a stance ("supports", "rejects")
      const bool past = document_[cue.head].tag == Tag::vbd || document_[cue.head].tag == Tag::vbn;
      const bool speech = cue.frame == CueFrame::np_inf || cue.frame == CueFrame::on_inf || cue.frame == CueFrame::to_inf ||
                          cue.frame == CueFrame::whom_inf || cue.frame == CueFrame::whom_of;
      if (!past || !speech || cue.rule == "statement.passive") return false;
    }
    if (cue.rule == "statement.noun-clause" || cue.rule == "statement.adjective") return false;
    switch (cue.act) {
      case CueAct::want: case CueAct::show: case CueAct::support: case CueAct::hope: case CueAct::fear: case CueAct::feel: return false;
      default: return true;
    }
  }

  // --- finish ----------------------------------------------------------------------------------------------------------------------

  std::vector<Statement> finished() {
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
  void find_source(Draft& draft) const {
    FoundCue& cue = draft.cue;
    if (!draft.quotes || cue.source != no_token || cue.head == no_token || !is_verbal(document_[cue.head]) || is_passive(document_, cue.head))
      return;
    const auto& spans = quotations_.spans;
    auto q = std::partition_point(spans.begin(), spans.end(), [&](const QuotedSpan& span) { return span.tokens.end + 60 < cue.head; });
    for (; q != spans.end() && q->tokens.begin <= cue.head + 60; ++q) {
      if (owner_[static_cast<std::size_t>(q - spans.begin())] != draft_of_[cue.head]) continue;
      cue.source = nearest_noun(*q, cue.head);
      return;
    }
  }

  Statement statement_of(const Draft& draft) const {
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
      const TokenSpan phrase = draft.fused > 0 ? TokenSpan{cue.source, cue.source + 1} : source_phrase(context_, cue.source, cue.words);
      statement.source = document_.bytes(phrase);
      if (draft.fused > 0) statement.source->end -= draft.fused;
      speakers(cue.source, statement);
    }
    if (cue.addressee != no_token) statement.addressee = context_.entities.of_phrase(document_, cue.addressee);
    for (const TokenSpan span : cue.content) statement.content.push_back(document_.bytes(span));
    quote(draft, statement);
    statement.denied = cue.act == CueAct::deny && !cue.negated;
    if (cue.head != no_token) {
      if (const TimeMention* time = time_of(document_, times_, cue.head)) statement.when = time->time;
      statement.occasion = occasion(cue.head);
    }
    return statement;
  }

  void speakers(TokenIndex source, Statement& statement) const {
    const TokenIndex who = antecedent(document_, source);
    statement.speakers = context_.entities.of_phrase(document_, who);
    if (!statement.speakers.empty()) return;
    if (const Mention* mention = context_.entities.headed_by(who)) statement.candidates = mention->candidates;
  }

  /// Kind and quoted words.
  void quote(const Draft& draft, Statement& statement) const {
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
  std::string occasion(TokenIndex head) const {
    for (const TokenIndex child : document_.children(head)) {
      if (document_[child].dep != Dep::prep) continue;
      const std::string_view word = document_[child].lower;
      if (word != "at" && word != "in" && word != "during" && word != "on" && word != "after") continue;
      TokenIndex noun = governed(document_, child);
      if (noun == no_token) continue;
      if (!context_.lexicon.noun(document_[noun].lemma).occasion) continue;
      TokenSpan phrase = document_.subtree(noun);
      while (phrase.begin < noun && (document_[phrase.begin].dep == Dep::det || document_[phrase.begin].dep == Dep::poss)) ++phrase.begin;
      for (const TokenIndex part : document_.children(noun))
        if (part > noun && (document_[part].dep == Dep::relcl || document_[part].dep == Dep::acl || document_[part].dep == Dep::punct))
          phrase.end = std::min(phrase.end, document_[part].left_edge);
      return std::string(document_.text(document_.bytes(phrase)));
    }
    return {};
  }

  /// A quotation without a cue: whoever spoke last, up to the paragraph before; else who speaks next in its paragraph.
  void running_speakers(std::vector<Statement>& statements) const {
    const auto paragraph_at = [&](std::uint32_t byte) {
      const TokenIndex token = document_.token_at(byte);
      const auto& paragraphs = document_.paragraphs();
      return std::partition_point(paragraphs.begin(), paragraphs.end(), [&](TokenSpan p) { return p.end <= token; }) - paragraphs.begin();
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

  const Document& document_;
  const std::vector<TimeMention>& times_;
  Quotations quotations_;
  StatementContext context_;
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> draft_of_;  ///< for each token the draft that it heads
  std::vector<std::uint32_t> owner_;     ///< for each quotation its draft
};

}  // namespace

std::vector<Statement> find_statements(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                                       const CueLexicon& lexicon) {
  return StatementFinder(document, entities, times, lexicon).all();
}

StatementId statement_at(const std::vector<Statement>& statements, std::uint32_t byte) {
  StatementId best = no_statement;
  std::uint32_t best_size = 0;
  const auto after = std::partition_point(statements.begin(), statements.end(),
                                          [&](const Statement& statement) { return statement.content.front().begin <= byte; });
  // Backwards from the last that begins before the byte. A quotation of many paragraphs, each with statements inside, is covered
  // up to this many of them; the bound keeps the look-up cheap in a text of any length.
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
