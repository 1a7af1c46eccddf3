// A cue is a word of the lexicon that stands in one of its frames. The parse says which complements a word has; the lexicon says
// which of them are reported words. Frames are tried from the one that says most (a clause) to the one that says least (a noun).
#include "dragoman/relations/cues.h"

#include <algorithm>
#include <array>

namespace dragoman {
namespace {

/// What a verb governs.
struct Complements {
  std::vector<TokenIndex> clauses;  ///< finite
  TokenIndex infinitive = no_token;
  TokenIndex gerund = no_token;
  TokenIndex small_clause = no_token;  ///< "it a gimmick", where the parser makes a clause of it
  TokenIndex object = no_token;
  TokenIndex predicate = no_token;
  TokenIndex agent = no_token;         ///< the preposition "by"
  bool particle = false;
};

constexpr std::array<CueFrame, 12> prepositional = {CueFrame::for_, CueFrame::about, CueFrame::of,   CueFrame::on,
                                                    CueFrame::against, CueFrame::at, CueFrame::to,   CueFrame::with,
                                                    CueFrame::in,   CueFrame::into,  CueFrame::over, CueFrame::by};
constexpr std::array<CueFrame, 4> object_and_phrase = {CueFrame::np_for, CueFrame::np_on, CueFrame::np_to, CueFrame::np_with};

bool is_adverbial(const Token& token) { return token.tag == Tag::rb || token.tag == Tag::rbr || token.tag == Tag::rbs; }

class CueFinder {
 public:
  explicit CueFinder(const StatementContext& context) : context_(context), document_(context.document) {}

  std::vector<FoundCue> all() {
    for (TokenIndex i = 0; i < document_.size(); ++i) {
      const Token& token = document_[i];
      switch (token.pos) {
        case Pos::verb:
        case Pos::aux:
          verb(i);
          break;
        case Pos::noun:
          if (is_verb_in_disguise(i)) verb(i);
          else noun(i);
          break;
        case Pos::adj:
          adjective(i);
          break;
        case Pos::adv:
          adverb(i);
          break;
        default:
          if (token.lower == "according") according_to(i);
          break;
      }
      if (token.pos == Pos::verb && token.lower == "according") according_to(i);
    }
    return std::move(found_);
  }

 private:
  // --- verbs -----------------------------------------------------------------------------------------------------------------------

  /// "leaking it", "having leaked it".
  bool is_gerund(TokenIndex verb) const {
    if (document_[verb].tag == Tag::vbg) return true;
    return document_[verb].tag == Tag::vbn && (child_word(document_, verb, Dep::aux, "having") != no_token ||
                                               child_word(document_, verb, Dep::auxpass, "being") != no_token);
  }

  Complements complements_of(TokenIndex verb) const {
    Complements result;
    for (const TokenIndex child : document_.children(verb)) {
      const Token& token = document_[child];
      switch (token.dep) {
        case Dep::ccomp:
        case Dep::csubj:
          if (token.dep == Dep::csubj) break;
          if (is_infinitive(document_, child)) {
            if (result.infinitive == no_token) result.infinitive = child;
          } else if (is_finite(document_, child)) {
            result.clauses.push_back(child);
          } else if (is_gerund(child) && document_.child(child, Dep::nsubj) == no_token) {
            if (result.gerund == no_token) result.gerund = child;
          } else if (document_.child(child, Dep::nsubj) != no_token && !is_verbal(token)) {
            result.small_clause = child;
          } else {
            result.clauses.push_back(child);
          }
          break;
        case Dep::xcomp:
          if (is_infinitive(document_, child)) {
            if (result.infinitive == no_token) result.infinitive = child;
          } else if (is_gerund(child)) {
            if (result.gerund == no_token) result.gerund = child;
          } else {
            result.predicate = child;
          }
          break;
        case Dep::dobj:
        case Dep::dative:
          if (token.pos == Pos::adp) break;
          if (result.object == no_token || token.dep == Dep::dobj) result.object = child;
          break;
        case Dep::oprd:
        case Dep::acomp:
        case Dep::attr:
          result.predicate = child;
          break;
        case Dep::agent:
          result.agent = child;
          break;
        case Dep::prt:
          result.particle = true;
          break;
        default:
          break;
      }
    }
    return result;
  }

  /// "The candidate plans to return": the tagger may take a third person for a plural.
  bool is_verb_in_disguise(TokenIndex i) const {
    const Token& token = document_[i];
    return token.tag == Tag::nns && (token.dep == Dep::root || token.dep == Dep::ccomp || token.dep == Dep::conj) &&
           document_.child(i, Dep::nsubj) != no_token;
  }

  void verb(TokenIndex verb) {
    const auto entries = context_.lexicon.find(document_[verb].lemma, CueKind::verb);
    if (entries.empty()) return;
    const Complements complements = complements_of(verb);
    for (const CueEntry& entry : entries) {
      if (!entry.particle.empty()) {
        if (!has_particle(verb, entry.particle)) continue;
        if (!entry.frames.any()) return;  // "request anonymity": an idiom that reports nothing
      } else if (complements.particle) {
        continue;  // "called off": another verb
      }
      const bool matched = is_passive(document_, verb) ? passive(verb, entry, complements) : active(verb, entry, complements);
      if (matched) return;
    }
  }

  bool has_particle(TokenIndex verb, std::string_view particle) const {
    for (const TokenIndex child : document_.children(verb)) {
      const Token& token = document_[child];
      if (token.lower != particle) continue;
      if (token.dep == Dep::prt || token.dep == Dep::advmod || token.dep == Dep::acomp || token.dep == Dep::dobj ||
          token.dep == Dep::ccomp || token.dep == Dep::oprd || token.dep == Dep::prep)
        return true;
    }
    return false;
  }

  FoundCue cue_at(TokenIndex head, const CueEntry& entry, CueFrame frame, std::string_view rule) const {
    FoundCue cue;
    cue.head = head;
    cue.words = verb_group(context_, head);
    cue.act = entry.act;
    cue.frame = frame;
    cue.rule = rule;
    for (TokenIndex i = cue.words.begin; i < cue.words.end; ++i)
      if (document_[i].dep == Dep::neg) cue.negated = true;
    return cue;
  }

  /// Whether the source is good enough for that frame of the entry.
  bool suits(const CueEntry& entry, CueFrame frame, TokenIndex source) const {
    if (entry.weak.has(frame)) {
      if (source == no_token || !can_speak(context_, source)) return false;
      return document_[source].lower != "it" || (entry.act != CueAct::show && entry.act != CueAct::think);
    }
    // "The visit underscored the importance of ...": things stress, signal and suggest without speaking.
    if (frame != CueFrame::clause && frame != CueFrame::quote) return source == no_token || can_speak(context_, source);
    return true;
  }

  bool keep(FoundCue cue, const CueEntry& entry) {
    if (!suits(entry, cue.frame, cue.source)) return false;
    std::vector<TokenSpan> content;
    for (const TokenSpan span : cue.content)
      if (const TokenSpan cut = trimmed(context_, span); !cut.empty()) content.push_back(cut);
    std::sort(content.begin(), content.end());
    if (content.empty()) return false;
    cue.content = std::move(content);
    found_.push_back(std::move(cue));
    return true;
  }

  /// "if you want", "I think": the reader and the writer are no sources of what they think.
  bool is_writer_or_reader(const CueEntry& entry, TokenIndex source) const {
    if (source == no_token || context_.quotations.inside(source)) return false;
    const std::string_view word = document_[source].lower;
    if (word == "you" || (word == "one" && document_[source].tag == Tag::prp)) return true;
    const bool thought = entry.act == CueAct::think || entry.act == CueAct::want || entry.act == CueAct::feel || entry.act == CueAct::hope ||
                         entry.act == CueAct::fear || entry.act == CueAct::support || entry.act == CueAct::show;
    return thought && (word == "i" || word == "we");
  }

  /// "Does she worry about the harbour?": the writer asks, nobody is told to have said it.
  bool is_question(TokenIndex verb) const {
    if (!document_.is_root(verb) || context_.quotations.inside(verb)) return false;
    const TokenIndex subject = document_.child(verb, Dep::nsubj);
    const TokenIndex aux = document_.child(verb, Dep::aux);
    if (subject == no_token || aux == no_token || aux > subject) return false;
    const TokenSpan sentence = document_.sentence_of(verb);
    return document_.text(sentence.end - 1) == "?";
  }

  bool active(TokenIndex verb, const CueEntry& entry, const Complements& has) {
    const CueFrames& takes = entry.frames;
    const TokenIndex source = subject_of(context_, verb);
    if (is_writer_or_reader(entry, source)) return false;
    // "to thank them": an aim, not an act, unless words follow
    const Dep dep = document_[verb].dep;
    const bool aim = (dep == Dep::advcl || dep == Dep::acl || dep == Dep::relcl) && is_infinitive(document_, verb);
    if (aim && has.clauses.empty()) return false;
    if (is_question(verb)) return false;
    const bool inner = entry.act == CueAct::think || entry.act == CueAct::want || entry.act == CueAct::fear || entry.act == CueAct::feel ||
                       entry.act == CueAct::hope || entry.act == CueAct::show;
    if (inner && source == no_token) return false;  // a thought is somebody's

    const auto with = [&](CueFrame frame, std::string_view rule, std::vector<TokenSpan> content, TokenIndex content_head,
                          TokenIndex addressee = no_token) {
      FoundCue cue = cue_at(verb, entry, frame, rule);
      cue.source = source;
      cue.content = std::move(content);
      cue.content_head = content_head;
      cue.addressee = addressee;
      return keep(std::move(cue), entry);
    };
    const auto whole = [&](TokenIndex top) { return std::vector<TokenSpan>{document_.subtree(top)}; };
    const auto both = [&](TokenIndex a, TokenIndex b) {
      const TokenSpan first = document_.subtree(a);
      const TokenSpan second = document_.subtree(b);
      return std::vector<TokenSpan>{{std::min(first.begin, second.begin), std::max(first.end, second.end)}};
    };

    if (takes.has(CueFrame::clause) && !has.clauses.empty()) {
      if (clauses(verb, entry, has, source)) return true;
    }
    if (takes.has(CueFrame::clause) && stray_clause(verb, entry, has, source)) return true;
    if (takes.has(CueFrame::np_as) && has.object != no_token) {
      TokenIndex as = child_word(document_, verb, Dep::prep, "as");
      if (as == no_token) as = child_word(document_, has.object, Dep::prep, "as");
      if (as == no_token)  // "criticised the plan as rushed"
        for (const TokenIndex child : document_.children(verb))
          if (child > has.object && document_[child].dep == Dep::advcl && child_word(document_, child, Dep::mark, "as") != no_token &&
              document_.child(child, Dep::nsubj) == no_token)
            as = child;
      if (as != no_token) {
        FoundCue cue = cue_at(verb, entry, CueFrame::np_as, "statement.as");
        cue.source = source;
        cue.content_head = has.object;
        cue.content = both(has.object, as);
        absorb_phrases(verb, cue);
        if (keep(std::move(cue), entry)) return true;
      }
    }
    if (takes.has(CueFrame::np_as) && has.object == no_token) {
      // "dismissed as fabricated reports that ...": the parser takes the object for the predicate
      const TokenIndex as = child_word(document_, verb, Dep::prep, "as");
      if (as != no_token && takes.has(CueFrame::np) && with(CueFrame::np_as, "statement.as", whole(as), governed(document_, as))) return true;
    }
    if (takes.has(CueFrame::pred)) {
      if (has.small_clause != no_token && with(CueFrame::pred, "statement.predicate", whole(has.small_clause), has.small_clause)) return true;
      if (has.object != no_token && has.predicate != no_token && has.predicate > has.object &&
          with(CueFrame::pred, "statement.predicate", both(has.object, has.predicate), has.object))
        return true;
      // "calls this “nonsense”", however the parser hung the quotation
      if (const TokenIndex end = has.object == no_token ? 0 : document_[has.object].right_edge + 1;
          has.object > verb && end > 0 && end < document_.sentence_of(verb).end && context_.quotations.inside(end) &&
          !context_.quotations.inside(verb)) {
        const TokenSpan quoted = context_.quotations.spans[context_.quotations.of[end]].tokens;
        if (with(CueFrame::pred, "statement.predicate", {{document_[has.object].left_edge, std::max(end, quoted.end)}}, has.object)) return true;
      }
      if (has.object != no_token && !entry.weak.has(CueFrame::pred) && holds_quotation(has.object) && with(CueFrame::pred, "statement.predicate", whole(has.object), has.object))
        return true;
    }
    if (takes.has(CueFrame::np_inf) && has.infinitive != no_token && has.infinitive > verb) {
      const TokenIndex told = document_.child(has.infinitive, Dep::nsubj);
      if (told != no_token && with(CueFrame::np_inf, "statement.object-infinitive", whole(has.infinitive), has.infinitive, told)) return true;
      if (has.object != no_token && has.object < has.infinitive &&
          with(CueFrame::np_inf, "statement.object-infinitive", both(has.object, has.infinitive), has.infinitive, has.object))
        return true;
    }
    for (const CueFrame frame : {CueFrame::on_inf, CueFrame::to_inf}) {
      if (!takes.has(frame)) continue;
      TokenIndex preposition = child_word(document_, verb, Dep::prep, CueLexicon::preposition(frame));
      if (preposition == no_token && frame == CueFrame::on_inf) preposition = child_word(document_, verb, Dep::prep, "upon");
      if (preposition == no_token) continue;
      const TokenIndex told = governed(document_, preposition);
      const TokenIndex infinitive = told == no_token ? no_token : infinitive_after(verb, told, has);
      if (infinitive == no_token) continue;
      FoundCue cue = cue_at(verb, entry, frame, "statement.object-infinitive");
      if (preposition == cue.words.end) ++cue.words.end;
      cue.source = source;
      cue.addressee = told;
      cue.content_head = infinitive;
      cue.content = {{document_[told].left_edge, std::max(document_[told].right_edge, document_[infinitive].right_edge) + 1}};
      if (keep(std::move(cue), entry)) return true;
    }
    if (takes.has(CueFrame::whom_inf) && has.infinitive != no_token) {
      const TokenIndex told = document_.child(has.infinitive, Dep::nsubj);
      TokenSpan content = document_.subtree(has.infinitive);
      if (told != no_token && told < has.infinitive) content.begin = document_[told].right_edge + 1;
      if (with(CueFrame::whom_inf, "statement.infinitive", {content}, has.infinitive, told != no_token ? told : has.object)) return true;
    }
    // "wants compensation paid": object and participle
    if (takes.has(CueFrame::np_inf) && has.clauses.size() == 1 && document_[has.clauses.front()].tag == Tag::vbn && has.clauses.front() > verb &&
        !is_finite(document_, has.clauses.front()) &&
        with(CueFrame::np_inf, "statement.object-infinitive", whole(has.clauses.front()), has.clauses.front()))
      return true;
    if (takes.has(CueFrame::inf) && has.infinitive != no_token && has.infinitive > verb &&
        document_.child(has.infinitive, Dep::nsubj) == no_token && (has.object == no_token || !takes.has(CueFrame::np_inf))) {
      if (!governs_cue(has.infinitive) && with(CueFrame::inf, "statement.infinitive", whole(has.infinitive), has.infinitive)) return true;
    }
    if (takes.has(CueFrame::ing) && has.gerund != no_token && has.gerund > verb &&
        with(CueFrame::ing, "statement.gerund", whole(has.gerund), has.gerund))
      return true;
    if (has.object != no_token) {
      for (const CueFrame frame : {CueFrame::whom_of, CueFrame::whom_about}) {
        if (!takes.has(frame)) continue;
        TokenIndex preposition = child_word(document_, verb, Dep::prep, CueLexicon::preposition(frame));
        if (preposition == no_token) preposition = child_word(document_, has.object, Dep::prep, CueLexicon::preposition(frame));
        const TokenIndex top = preposition == no_token ? no_token : governed(document_, preposition);
        if (top != no_token && with(frame, "statement.accusation", whole(top), top, has.object)) return true;
      }
    }
    // "Touching on Gaza, she said ...": the topic, not the words
    const bool topic = document_[verb].tag == Tag::vbg && dep == Dep::advcl && verb < document_[verb].head && entry.act == CueAct::say;
    for (const CueFrame frame : prepositional)
      if (takes.has(frame) && !topic && prepositional_cue(verb, entry, frame, source)) return true;
    if (has.object != no_token && !is_adverbial_object(has.object)) {
      if (takes.has(CueFrame::np) && entry.things.has(CueFrame::np) && is_person(context_, has.object)) return false;
      for (const CueFrame frame : object_and_phrase) {
        if (!takes.has(frame)) continue;
        const TokenIndex preposition = child_word(document_, verb, Dep::prep, CueLexicon::preposition(frame));
        if (preposition == no_token || preposition < has.object) continue;
        FoundCue cue = cue_at(verb, entry, frame, "statement.noun");
        cue.source = source;
        cue.content_head = has.object;
        cue.content = both(has.object, preposition);
        absorb_phrases(verb, cue);
        if (keep(std::move(cue), entry)) return true;
      }
      if (entry.frames.has(CueFrame::clause) && inverted(verb, entry, has)) return true;
      if (takes.has(CueFrame::np)) return object_cue(verb, entry, has.object, source);
    }
    return inserted(verb, entry, has, source);
  }

  /// "The port is closed, reported the Valmouth Times": the parser takes the speaker behind the verb for its object.
  bool inverted(TokenIndex verb, const CueEntry& entry, const Complements& has) {
    if (has.object == no_token || has.object < verb || !has.clauses.empty() || verb == 0 || document_[verb - 1].lower != ",") return false;
    const TokenIndex begin = document_[has.object].left_edge;
    if (begin != verb + 1 || !can_speak(context_, has.object) || document_[has.object].pos == Pos::pron) return false;
    const TokenSpan sentence = document_.sentence_of(verb);
    TokenIndex after = document_[has.object].right_edge + 1;
    while (after < sentence.end && is_punctuation(document_[after])) ++after;
    if (after < sentence.end || document_[verb].tag == Tag::vbg) return false;
    FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.inserted");
    cue.source = has.object;
    cue.content = {{sentence.begin, verb}};
    cue.content_head = document_[verb].head;
    return keep(std::move(cue), entry);
  }

  /// "The port, he said, is closed"; "The port is closed, as the envoy noted": a verb of saying with nothing but its subject, set off
  /// in the sentence that it is said of.
  bool inserted(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source) {
    if (!entry.frames.has(CueFrame::clause) || entry.weak.has(CueFrame::clause)) return false;
    if (inverted(verb, entry, has)) return true;
    if (!has.clauses.empty() || has.infinitive != no_token || has.gerund != no_token || has.predicate != no_token) return false;
    if (source == no_token || document_[source].head != verb || context_.quotations.inside(verb)) return false;
    const Token& token = document_[verb];
    if (token.tag != Tag::vbd && token.tag != Tag::vbz && token.tag != Tag::vbp && !is_finite(document_, verb)) return false;
    if (has.object != no_token && !entry.frames.has(CueFrame::whom_inf) && !entry.frames.has(CueFrame::whom_of)) return false;
    const bool as = child_word(document_, verb, Dep::mark, "as") != no_token || child_word(document_, verb, Dep::advmod, "as") != no_token;
    if (token.dep != Dep::parataxis && token.dep != Dep::advcl && token.dep != Dep::ccomp && token.dep != Dep::conj && token.dep != Dep::dep &&
        token.dep != Dep::root)
      return false;
    if (token.dep == Dep::advcl && !as) return false;
    const TokenSpan sentence = document_.sentence_of(verb);
    TokenSpan hole{std::min(document_[source].left_edge, verb_group(context_, verb).begin),
                   std::max(document_[source].right_edge, verb) + 1};
    if (token.dep == Dep::parataxis || token.dep == Dep::advcl) hole = document_.subtree(verb);
    else for (const TokenIndex child : document_.children(verb)) {
      const Dep dep = document_[child].dep;
      if (child > verb && (dep == Dep::prep || dep == Dep::npadvmod || dep == Dep::dobj || dep == Dep::dative || dep == Dep::advmod))
        hole.end = std::max(hole.end, document_[child].right_edge + 1);
    }
    while (hole.end > verb + 1 && is_punctuation(document_[hole.end - 1])) --hole.end;
    while (hole.begin < verb && (is_punctuation(document_[hole.begin]))) ++hole.begin;
    const auto breaks = [&](TokenIndex i) {
      const std::string_view form = document_.text(i);
      return form == "," || form == "–" || form == "—" || form == "--" || form == "(" || form == ")";
    };
    const bool before = hole.begin > sentence.begin && breaks(hole.begin - 1);
    const bool at_start = hole.begin == sentence.begin;
    const bool after = hole.end >= sentence.end || breaks(hole.end) || document_.text(hole.end) == "." ||
                       document_.text(hole.end) == ";" || document_.text(hole.end) == ":";
    if (!after || !(before || (at_start && as))) return false;
    FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.inserted");
    cue.source = source;
    cue.addressee = has.object;
    cue.content = around(verb, hole, cue.content_head);
    return keep(std::move(cue), entry);
  }

  /// A clause that ends where the parser cut a sentence in two goes on to the end of the sentence in the text.
  void to_sentence_end(TokenSpan& run) const {
    const TokenIndex end = document_.sentence_of(run.end - 1).end;
    const TokenIndex whole = sentence_end(document_, run.end - 1);
    if (whole == end) return;
    for (TokenIndex i = run.end; i < end; ++i)
      if (is_verbal(document_[i]) || document_[i].lower == ",") return;
    run.end = whole;
  }

  /// The "that" of a second clause under the same cue: "said that X and that Y". Not one inside the first ("said he knew that ...").
  TokenIndex second_that(const std::vector<TokenSpan>& runs, TokenIndex clause) const {
    const TokenIndex begin = runs.front().begin;
    for (const TokenSpan run : runs)
      for (TokenIndex i = run.begin; i < run.end; ++i) {
        if (document_[i].lower != "that" || document_[i].dep != Dep::mark || context_.quotations.inside(i)) continue;
        if (i > begin && document_[i - 1].lower == "and") return i;
        if (i != begin && document_[i].head != clause) return no_token;
      }
    return no_token;
  }

  /// "told them, after he admitted it": a clause of time that the parser took for the content.
  bool says_when(TokenIndex clause) const {
    for (const TokenIndex child : document_.children(clause)) {
      const std::string_view word = document_[child].lower;
      if (document_[child].dep == Dep::mark && (word == "after" || word == "before" || word == "while" || word == "until" || word == "since" || word == "as"))
        return true;
    }
    return false;
  }

  /// ", she warned,": the verb and its subject between commas.
  bool is_set_off(TokenIndex verb) const {
    const TokenIndex subject = document_.child(verb, Dep::nsubj);
    if (subject == no_token || verb + 1 >= document_.size() || document_[verb + 1].lower != ",") return false;
    const TokenIndex begin = std::min(document_[subject].left_edge, verb);
    return begin > 0 && document_[begin - 1].lower == ",";
  }

  /// The clauses that are content. A clause on the left is a sentence before ("He left, then said that ...") where another stands on
  /// the right and it is not quoted, or where a semicolon parts it from the cue.
  std::vector<TokenIndex> content_clauses(TokenIndex verb, const Complements& has) const {
    std::vector<TokenIndex> result;
    bool right = false;
    for (const TokenIndex clause : has.clauses) right = right || clause > verb;
    for (const TokenIndex clause : has.clauses) {
      if (clause > verb && says_when(clause)) continue;
      if (clause < verb && !context_.quotations.inside(clause)) {
        if (right && !is_set_off(verb)) continue;
        bool parted = false;
        for (TokenIndex i = document_[clause].right_edge; i < verb && document_[clause].right_edge < verb; ++i)
          parted = parted || document_.text(i) == ";";
        if (parted) continue;
      }
      result.push_back(clause);
    }
    return result;
  }

  /// Clause complements. "said that X and that Y" says two things; "said X and Y" one.
  bool clauses(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source) {
    const std::vector<TokenIndex> tops = content_clauses(verb, has);
    if (tops.empty()) return false;
    if (source == no_token && tops.size() < has.clauses.size()) source = subject_of(context_, has.clauses.front());
    FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.clause");
    cue.source = source;
    cue.addressee = has.object;
    cue.content_head = tops.front();
    std::vector<FoundCue> more;
    for (const TokenIndex clause : tops) {
      std::vector<TokenSpan> runs = clause_runs(context_, clause, verb);
      if (clause > verb && !runs.empty()) {
        // "said last week it would": when it was said
        if (runs.front().begin == cue.words.end)
          while (runs.front().begin < clause && document_[runs.front().begin].entity == EntityLabel::date) ++runs.front().begin;
        to_sentence_end(runs.back());
        if (const TokenIndex that = second_that(runs, clause); that != no_token) {
          FoundCue second = cue;
          second.content = {{that, runs.back().end}};
          second.content_head = document_[that].head;
          more.push_back(std::move(second));
          std::erase_if(runs, [&](const TokenSpan& run) { return run.begin >= that; });
          if (!runs.empty()) runs.back().end = std::min(runs.back().end, that);
        }
      }
      cue.content.insert(cue.content.end(), runs.begin(), runs.end());
    }
    absorb_clauses(verb, cue);
    // "When the offer came, he said, "we were floored."": what stands before a set-off cue is content too
    if (is_set_off(verb) && tops.front() > verb)
      for (const TokenIndex child : document_.children(verb))
        if (child < verb && document_[child].dep == Dep::advcl && is_finite(document_, child) && document_.child(child, Dep::mark) != no_token)
          cue.content.push_back(document_.subtree(child));
    // "which, he said, finance it", "a step that officials said would ...": the relative pronoun stands before the cue
    if (document_[verb].dep == Dep::relcl) take_relative(verb, cue);
    if (!keep(std::move(cue), entry)) return false;
    for (FoundCue& second : more) keep(std::move(second), entry);
    return true;
  }

  /// "noted with satisfaction that trade had grown": the parser hung the clause on another word, or took "that" for an article.
  /// "a step that the envoy has warned would be met with protests": or on nothing at all.
  bool stray_clause(TokenIndex verb, const CueEntry& entry, const Complements& has, TokenIndex source) {
    if (source == no_token || context_.quotations.inside(verb)) return false;
    FoundCue cue = cue_at(verb, entry, CueFrame::clause, "statement.clause");
    cue.source = source;
    const TokenIndex limit = std::min(document_.sentence_of(verb).end, verb + 9);
    for (TokenIndex that = verb + 1; that < limit; ++that) {
      const Token& token = document_[that];
      if (is_verbal(token) || token.lower == "," || token.lower == ";") break;
      if (token.lower != "that") continue;
      if (token.dep == Dep::mark && token.tag == Tag::in) {
        if (token.head <= verb || !is_finite(document_, token.head) || document_[token.head].left_edge < that) return false;
        if (has.object != no_token && document_.is_under(token.head, has.object)) return false;  // "denied reports that ..."
        cue.content_head = token.head;
        cue.content = {document_.subtree(token.head)};
        return keep(std::move(cue), entry);
      }
      if (token.dep == Dep::det && that == verb + 1 && has.object != no_token && document_[has.object].left_edge == that) {
        const TokenIndex next = document_[has.object].right_edge + 1;
        const TokenIndex end = sentence_end(document_, verb);
        if (next >= end || !is_verbal(document_[next]) || document_[next].tag == Tag::vbg || document_[next].tag == Tag::vbn) return false;
        cue.content_head = has.object;
        cue.content = {{that, end}};
        return keep(std::move(cue), entry);
      }
      break;
    }
    if (document_[verb].dep == Dep::relcl && verb + 1 < document_.sentence_of(verb).end) {
      const Token& next = document_[verb + 1];
      const TokenIndex left = document_[verb].left_edge;
      const Tag first = document_[left].tag;
      const bool bare = left > 0 && left - 1 == document_[verb].head;  // "a step they warned would ..."
      const bool finite = next.tag == Tag::md || next.tag == Tag::vbd || next.tag == Tag::vbz || next.tag == Tag::vbp;
      if (!finite || (first != Tag::wdt && first != Tag::wp && !bare)) return false;
      const TokenIndex top = next.dep == Dep::aux || next.dep == Dep::auxpass ? next.head : verb + 1;
      if (top <= verb) return false;
      cue.content_head = top;
      cue.content = {{verb + 1, document_[top].right_edge + 1}};
      if (bare) cue.content.push_back({document_[left - 1].left_edge, left});
      else take_relative(verb, cue);
      return keep(std::move(cue), entry);
    }
    return false;
  }

  /// A fronted relative pronoun that belongs to the content, not to the cue: what it stands for is content.
  void take_relative(TokenIndex verb, FoundCue& cue) const {
    const TokenIndex first = document_[verb].left_edge;
    if (first >= verb || first == cue.source) return;
    const Tag tag = document_[first].tag;
    if (tag != Tag::wdt && tag != Tag::wp) return;
    std::erase_if(cue.content, [&](TokenSpan span) { return span == TokenSpan{first, first + 1}; });
    const TokenIndex noun = document_[verb].head;
    cue.content.push_back({document_[noun].left_edge, noun + 1});
  }

  /// A noun phrase as content; a light verb and its noun are the cue where the noun has a clause of its own ("expressing confidence
  /// that ..."), and a relative pronoun is read as what it stands for.
  bool object_cue(TokenIndex verb, const CueEntry& entry, TokenIndex object, TokenIndex source) {
    FoundCue cue = cue_at(verb, entry, CueFrame::np, "statement.noun");
    cue.source = source;
    cue.content_head = object;
    TokenIndex clause = no_token;
    if (light(document_[verb].lemma) && !context_.lexicon.find(document_[object].lemma, CueKind::noun).empty()) clause = clause_of_noun(object);
    if (clause != no_token) {
      cue.words.end = object + 1;
      cue.content = clause_runs(context_, clause, no_token);
      cue.content_head = clause;
      cue.frame = CueFrame::clause;
      return keep(std::move(cue), entry);
    }
    const TokenIndex meant = antecedent(document_, object);
    if (meant != object) {
      const TokenSpan phrase{document_[meant].left_edge, document_[verb].left_edge};
      cue.content = {{phrase.begin, std::max(phrase.end, meant + 1)}};
      cue.content_head = meant;
    } else {
      cue.content = clause_runs(context_, object, verb);
      absorb_phrases(verb, cue);
      absorb_clauses(verb, cue);
    }
    return keep(std::move(cue), entry);
  }

  /// Phrases after an object that the parser hung on the verb: "condemned the attacks on ports", "announced a concert in support of
  /// the cause". When and where it was said stays outside.
  void absorb_phrases(TokenIndex verb, FoundCue& cue) const {
    if (cue.content.empty()) return;
    TokenIndex& end = cue.content.back().end;
    for (const TokenIndex child : document_.children(verb)) {
      const Token& token = document_[child];
      if (token.dep == Dep::cc) continue;
      if (token.dep == Dep::conj && token.pos == Pos::noun && end < document_.size() && document_[end].dep == Dep::cc &&
          token.left_edge == end + 1) {
        end = token.right_edge + 1;  // "their stance on the port and the need to open it": a noun hung on the verb
        continue;
      }
      if (token.left_edge != end) continue;
      if (token.dep == Dep::prep) {
        const bool whom = token.lower == "to" && light(document_[verb].lemma);  // "expressed gratitude to the host for ..."
        if (!whom && is_circumstance(child)) return;
        end = token.right_edge + 1;
      } else if (token.dep == Dep::relcl || token.dep == Dep::acl || (token.dep == Dep::xcomp && is_infinitive(document_, child))) {
        end = token.right_edge + 1;
      } else {
        return;
      }
    }
  }

  /// "in a statement", "on Monday", "during the talks", "after the meeting", "to reporters".
  bool is_circumstance(TokenIndex preposition) const {
    const std::string_view word = document_[preposition].lower;
    if (word == "during" || word == "after" || word == "before" || word == "since" || word == "while" || word == "until" || word == "by" ||
        word == "as" || word == "according" || word == "via" || word == "amid" || word == "despite" || word == "through" || word == "when")
      return true;
    const TokenIndex noun = governed(document_, preposition);
    if (noun == no_token) return true;
    const EntityLabel label = document_[noun].entity;
    if (word == "for") return false;
    if (label == EntityLabel::date || label == EntityLabel::time) return true;
    if (document_[noun].dep == Dep::pcomp) return word != "for" && word != "from" && word != "of";
    if ((word == "in" || word == "at" || word == "on" || word == "with" || word == "to") &&
        context_.lexicon.noun(document_[noun].lemma).occasion)
      return true;
    if ((word == "in" || word == "at") && label == EntityLabel::gpe) return true;
    return word == "to" && is_person_or_body(context_, noun);
  }

  /// A finite adverbial clause after the content that the parser hung on the cue: "said it would stay, because ...".
  void absorb_clauses(TokenIndex verb, FoundCue& cue) const {
    if (cue.content.empty()) return;
    TokenIndex& end = cue.content.back().end;
    for (const TokenIndex child : document_.children(verb)) {
      const Token& token = document_[child];
      if (child < verb || token.dep != Dep::advcl || token.left_edge < end || token.left_edge > end + 1) continue;
      if (token.left_edge == end + 1 && document_[end].lower != ",") continue;
      bool belongs = false;
      for (const TokenIndex part : document_.children(child)) {
        const std::string_view word = document_[part].lower;
        if (document_[part].dep == Dep::mark || document_[part].dep == Dep::advmod)
          belongs = belongs || word == "because" || word == "if" || word == "unless" || word == "although" || word == "though" || word == "until" ||
                    (word == "so" && document_[part].dep == Dep::mark) || (word == "since" && token.left_edge == end);
      }
      if (!belongs) return;
      end = token.right_edge + 1;
    }
  }

  static bool light(std::string_view lemma) {
    return lemma == "express" || lemma == "voice" || lemma == "make" || lemma == "have" || lemma == "give" || lemma == "issue" ||
           lemma == "share" || lemma == "hold" || lemma == "take" || lemma == "offer" || lemma == "convey";
  }

  /// "on Monday", "yesterday": objects that only say when.
  bool is_adverbial_object(TokenIndex object) const {
    const EntityLabel label = document_[object].entity;
    return label == EntityLabel::date || label == EntityLabel::time;
  }

  bool holds_quotation(TokenIndex top) const {
    const TokenSpan span = document_.subtree(top);
    for (TokenIndex i = span.begin; i < span.end; ++i)
      if (context_.quotations.inside(i)) return true;
    return false;
  }

  TokenIndex infinitive_after(TokenIndex verb, TokenIndex told, const Complements& has) const {
    if (has.infinitive != no_token && has.infinitive > told) return has.infinitive;
    for (const TokenIndex top : {verb, told})
      for (const TokenIndex child : document_.children(top))
        if (child > told && (document_[child].dep == Dep::advcl || document_[child].dep == Dep::acl || document_[child].dep == Dep::relcl) &&
            is_infinitive(document_, child))
          return child;
    return no_token;
  }

  /// The infinitive is itself a cue with content, so that both are one: "declined to say whether ...", "refused to rule out ...".
  bool governs_cue(TokenIndex infinitive) const {
    const auto entries = context_.lexicon.find(document_[infinitive].lemma, CueKind::verb);
    for (const CueEntry& entry : entries) {
      if (!entry.particle.empty() && !has_particle(infinitive, entry.particle)) continue;
      if (entry.act == CueAct::want || entry.act == CueAct::think || entry.act == CueAct::show || entry.act == CueAct::support) continue;
      for (const TokenIndex child : document_.children(infinitive)) {
        const Dep dep = document_[child].dep;
        if (dep == Dep::ccomp && entry.frames.has(CueFrame::clause)) return true;
        if (dep == Dep::xcomp && entry.frames.has(CueFrame::inf)) return true;
        if (dep == Dep::dobj && (entry.frames.has(CueFrame::np) && !entry.weak.has(CueFrame::np))) return true;
      }
    }
    return false;
  }

  bool prepositional_cue(TokenIndex head, const CueEntry& entry, CueFrame frame, TokenIndex source) {
    const TokenIndex preposition = preposition_of(head, CueLexicon::preposition(frame));
    if (preposition == no_token) return false;
    const TokenIndex top = governed(document_, preposition);
    if (top == no_token || is_adverbial_object(top)) return false;
    if (document_[top].tag == Tag::wp || document_[top].tag == Tag::wdt) return false;
    FoundCue cue = cue_at(head, entry, frame, "statement.preposition");
    if (cue.negated && frame == CueFrame::on) return false;  // "has not commented on": nothing was said
    if (preposition == cue.words.end) ++cue.words.end;
    cue.source = source;
    cue.content_head = top;
    cue.content = clause_runs(context_, top, head);
    return keep(std::move(cue), entry);
  }

  TokenIndex preposition_of(TokenIndex head, std::string_view word) const {
    for (const TokenIndex child : document_.children(head))
      if (child > head && document_[child].lower == word && document_[child].pos == Pos::adp &&
          (document_[child].dep == Dep::prep || document_[child].dep == Dep::agent))
        return child;
    return no_token;
  }

  /// "X is expected to Y", "X was accused of Y by Z", "it was reported that X", "was quoted as saying that X".
  bool passive(TokenIndex verb, const CueEntry& entry, const Complements& has) {
    const CueFrames& takes = entry.frames;
    const TokenIndex agent = has.agent == no_token ? no_token : governed(document_, has.agent);
    TokenIndex patient = document_.child(verb, Dep::nsubjpass);
    if (patient == no_token) patient = document_.child(verb, Dep::nsubj);
    const bool clause_level = document_.child(verb, Dep::auxpass) != no_token;
    const auto with = [&](CueFrame frame, std::string_view rule, std::vector<TokenSpan> content, TokenIndex content_head,
                          TokenIndex addressee = no_token) {
      FoundCue cue = cue_at(verb, entry, frame, rule);
      cue.source = agent;
      if (has.agent != no_token && has.agent == cue.words.end) ++cue.words.end;
      cue.content = std::move(content);
      cue.content_head = content_head;
      cue.addressee = addressee;
      return keep(std::move(cue), entry);
    };

    if (entry.act == CueAct::ask && agent == no_token && !clause_level) return false;  // "Asked whether ..., he said": nobody asks
    if (takes.has(CueFrame::clause) && !has.clauses.empty() && clause_level) {
      const bool expletive = patient != no_token && document_[patient].lower == "it";
      return with(CueFrame::clause, "statement.passive", clause_runs(context_, has.clauses.front(), verb), has.clauses.front(),
                  expletive ? no_token : patient);
    }
    const bool raising = takes.has(CueFrame::np_inf) || entry.act == CueAct::say || entry.act == CueAct::think || entry.act == CueAct::predict;
    if (raising && takes.has(CueFrame::clause) && has.infinitive != no_token && has.infinitive > verb && patient != no_token && clause_level) {
      std::vector<TokenSpan> content;
      if (document_[patient].lower != "it" || entry.act == CueAct::want) content = runs_of(document_, patient, verb);
      content.push_back(document_.subtree(has.infinitive));
      return with(CueFrame::np_inf, "statement.passive", std::move(content), has.infinitive);
    }
    if (takes.has(CueFrame::whom_of) && (entry.act == CueAct::blame || agent != no_token) && patient != no_token && clause_level) {
      const TokenIndex of = preposition_of(verb, "of");
      const TokenIndex top = of == no_token ? no_token : governed(document_, of);
      if (top != no_token) {
        FoundCue cue = cue_at(verb, entry, CueFrame::whom_of, "statement.passive");
        cue.source = agent;
        cue.addressee = patient;
        cue.content = {document_.subtree(top)};
        cue.content_head = top;
        if (agent != no_token) cue.content = runs_of(document_, top, has.agent);
        return keep(std::move(cue), entry);
      }
    }
    if (agent == no_token || !can_speak(context_, agent)) return false;
    // "was quoted by the radio as saying that ...": the inner verb has it all
    if (const TokenIndex as = child_word(document_, verb, Dep::prep, "as"); as != no_token)
      if (const TokenIndex saying = governed(document_, as); saying != no_token && document_[saying].tag == Tag::vbg &&
                                                             document_.child(saying, Dep::ccomp) != no_token)
        return false;
    const bool object_frame = takes.has(CueFrame::np) || takes.has(CueFrame::np_as) || takes.has(CueFrame::np_for) || takes.has(CueFrame::pred);
    if (!object_frame) return false;
    if (patient == no_token) {
      if (document_[verb].dep != Dep::acl || !takes.has(CueFrame::np)) return false;
      patient = document_[verb].head;
      return with(CueFrame::np, "statement.passive", {{document_[patient].left_edge, document_[verb].left_edge}}, patient);
    }
    std::vector<TokenSpan> content = runs_of(document_, patient, verb);
    if (const TokenIndex as = child_word(document_, verb, Dep::prep, "as"); as != no_token) content.push_back(document_.subtree(as));
    else if (has.predicate != no_token) content.push_back(document_.subtree(has.predicate));
    else if (const TokenIndex for_what = preposition_of(verb, "for"); for_what != no_token && takes.has(CueFrame::np_for)) content.push_back(document_.subtree(for_what));
    return with(CueFrame::np, "statement.passive", std::move(content), patient);
  }

  // --- nouns, adjectives, adverbs --------------------------------------------------------------------------------------------------

  TokenIndex clause_of_noun(TokenIndex noun) const {
    for (const TokenIndex child : document_.children(noun)) {
      const Token& token = document_[child];
      if (child < noun || !is_verbal(token)) continue;
      if (token.dep == Dep::acl || token.dep == Dep::ccomp) {
        const TokenIndex that = child_word(document_, child, Dep::mark, "that");
        if (that != no_token && is_finite(document_, child)) return child;
        if (that == no_token && token.dep == Dep::ccomp && is_finite(document_, child)) return child;
      }
    }
    return no_token;
  }

  /// "his call for calm", "the claim that the port is closed", "support by the union for the plan".
  void noun(TokenIndex noun) {
    const auto entries = context_.lexicon.find(document_[noun].lemma, CueKind::noun);
    if (entries.empty()) return;
    const CueEntry& entry = entries.front();
    TokenIndex source = document_.child(noun, Dep::poss);
    TokenIndex light_verb = no_token;
    const Token& token = document_[noun];
    if (token.dep == Dep::dobj && is_verbal(document_[token.head])) {
      const TokenIndex verb = token.head;
      if (light(document_[verb].lemma)) {
        for (const CueEntry& other : context_.lexicon.find(document_[verb].lemma, CueKind::verb))
          if (other.frames.has(CueFrame::np)) return;  // the verb has it
        light_verb = verb;
        if (source == no_token) source = subject_of(context_, verb);
      }
    }
    if (source == no_token)
      for (const std::string_view by : {"by", "from"}) {
        const TokenIndex preposition = preposition_of(noun, by);
        const TokenIndex top = preposition == no_token ? no_token : governed(document_, preposition);
        if (top != no_token && can_speak(context_, top)) source = top;
      }
    if (source != no_token && !can_speak(context_, source)) source = no_token;
    // "confirmed in a statement that ...": the verb has the clause
    if (token.dep == Dep::pobj && document_[document_[token.head].head].pos == Pos::verb) {
      const TokenIndex verb = document_[token.head].head;
      for (const CueEntry& other : context_.lexicon.find(document_[verb].lemma, CueKind::verb))
        if (other.frames.has(CueFrame::clause) && document_.child(verb, Dep::ccomp) == no_token && verb < noun) return;
    }

    const auto with = [&](CueFrame frame, std::string_view rule, TokenIndex top, TokenIndex preposition) {
      FoundCue cue = cue_at(noun, entry, frame, rule);
      cue.words = {noun, noun + 1};
      if (light_verb != no_token) cue.words.begin = verb_group(context_, light_verb).begin;
      else if (noun > 0 && document_[noun - 1].head == noun && document_[noun - 1].dep == Dep::amod) --cue.words.begin;
      if (preposition == cue.words.end) ++cue.words.end;
      cue.source = source;
      cue.content_head = top;
      cue.content = frame == CueFrame::clause ? clause_runs(context_, top, no_token) : std::vector<TokenSpan>{document_.subtree(top)};
      return keep(std::move(cue), entry);
    };
    // "Their position is that ...", "Her fear is that ...": the verb holds the clause
    if (token.dep == Dep::nsubj && source != no_token && document_[token.head].lemma == "be" && entry.frames.has(CueFrame::clause)) {
      const TokenIndex said = document_.child(token.head, Dep::ccomp);
      if (said != no_token && said > token.head && is_finite(document_, said)) {
        FoundCue cue = cue_at(noun, entry, CueFrame::clause, "statement.noun-clause");
        cue.words = {noun, verb_group(context_, token.head).end};
        cue.source = source;
        cue.content_head = said;
        cue.content = clause_runs(context_, said, token.head);
        if (keep(std::move(cue), entry)) return;
      }
    }
    const TokenIndex clause = clause_of_noun(noun);
    if (clause != no_token && entry.frames.has(CueFrame::clause) && with(CueFrame::clause, "statement.noun-clause", clause, no_token)) return;
    if (source == no_token) return;
    if (entry.frames.has(CueFrame::inf))
      for (const TokenIndex child : document_.children(noun))
        if (child > noun && document_[child].dep == Dep::acl && is_infinitive(document_, child) &&
            with(CueFrame::inf, "statement.noun-infinitive", child, no_token))
          return;
    for (const CueFrame frame : prepositional) {
      if (!entry.frames.has(frame)) continue;
      const TokenIndex preposition = preposition_of(noun, CueLexicon::preposition(frame));
      const TokenIndex top = preposition == no_token ? no_token : governed(document_, preposition);
      if (top != no_token && with(frame, "statement.noun-preposition", top, preposition)) return;
    }
  }

  /// "is confident that ...", "was adamant that ...", "opposed to ...".
  void adjective(TokenIndex adjective) {
    const auto entries = context_.lexicon.find(document_[adjective].lower, CueKind::adjective);
    if (entries.empty()) return;
    const CueEntry& entry = entries.front();
    const Token& token = document_[adjective];
    if (token.dep != Dep::acomp && token.dep != Dep::oprd) return;
    const TokenIndex copula = token.head;
    if (!is_verbal(document_[copula])) return;
    const TokenIndex source = subject_of(context_, copula);
    if (source == no_token || !can_speak(context_, source) || document_[source].lower == "it") return;
    const auto with = [&](CueFrame frame, std::vector<TokenSpan> content, TokenIndex top, TokenIndex preposition) {
      FoundCue cue = cue_at(adjective, entry, frame, "statement.adjective");
      const TokenSpan group = verb_group(context_, copula);
      cue.words = {std::min(group.begin, adjective), std::max(group.end, adjective + 1)};
      if (preposition == cue.words.end) ++cue.words.end;
      for (TokenIndex i = cue.words.begin; i < cue.words.end; ++i) cue.negated = cue.negated || document_[i].dep == Dep::neg;
      cue.source = source;
      cue.content = std::move(content);
      cue.content_head = top;
      return keep(std::move(cue), entry);
    };
    for (const TokenIndex top : {adjective, copula})
      for (const TokenIndex child : document_.children(top)) {
        if (child < adjective) continue;
        const Dep dep = document_[child].dep;
        if (dep == Dep::ccomp || (dep == Dep::advcl && child_word(document_, child, Dep::mark, "that") != no_token)) {
          if (is_finite(document_, child) && entry.frames.has(CueFrame::clause) &&
              with(CueFrame::clause, clause_runs(context_, child, no_token), child, no_token))
            return;
        }
        if (dep == Dep::xcomp && is_infinitive(document_, child) && entry.frames.has(CueFrame::inf) &&
            with(CueFrame::inf, {document_.subtree(child)}, child, no_token))
          return;
      }
    for (const CueFrame frame : prepositional) {
      if (!entry.frames.has(frame)) continue;
      const TokenIndex preposition = preposition_of(adjective, CueLexicon::preposition(frame));
      const TokenIndex top = preposition == no_token ? no_token : governed(document_, preposition);
      if (top != no_token && with(frame, {document_.subtree(top)}, top, preposition)) return;
    }
  }

  /// "reportedly": somebody said so, nobody says who.
  void adverb(TokenIndex adverb) {
    const auto entries = context_.lexicon.find(document_[adverb].lower, CueKind::adverb);
    if (entries.empty()) return;
    TokenIndex clause = document_[adverb].head;
    if (clause == adverb || !is_verbal(document_[clause])) return;
    FoundCue cue = cue_at(adverb, entries.front(), CueFrame::clause, "statement.adverb");
    cue.words = {adverb, adverb + 1};
    cue.content = runs_of(document_, clause, adverb);
    cue.content_head = clause;
    keep(std::move(cue), entries.front());
  }

  /// "according to X": the clause that it hangs on, up to the next main clause.
  void according_to(TokenIndex according) {
    if (according + 1 >= document_.size() || document_[according + 1].lower != "to") return;
    TokenIndex source = governed(document_, according + 1);
    if (source == no_token) return;
    FoundCue cue;
    cue.head = according;
    cue.words = {according, according + 2};
    cue.rule = "statement.according-to";
    cue.source = source;
    cue.content = around(according, {document_[according].left_edge, document_[according].right_edge + 1}, cue.content_head);
    CueEntry plain{};
    keep(std::move(cue), plain);
  }

  /// What an inserted phrase ("according to X", ", he said,") is said of: the clause around it.
  std::vector<TokenSpan> around(TokenIndex inserted, TokenSpan hole, TokenIndex& content_head) const {
    const TokenSpan sentence = document_.sentence_of(inserted);
    TokenIndex top = document_[inserted].head;
    while (!is_verbal(document_[top]) && document_[top].head != top) top = document_[top].head;
    // A phrase at the edge of the sentence is said of all of it.
    const bool at_start = hole.begin == sentence.begin || (hole.begin == sentence.begin + 1 && !is_verbal(document_[sentence.begin]));
    TokenIndex after = hole.end;
    while (after < sentence.end && is_punctuation(document_[after])) ++after;
    const bool at_end = after >= sentence.end;
    TokenSpan all = sentence;
    if (at_start) {
      for (TokenIndex i = hole.end; i < all.end; ++i)
        if (document_.text(i) == ";") all.end = i;
    }
    if (!at_start && !at_end) {
      all = document_.subtree(top);
      if (!all.contains(hole)) all = sentence;
      // ", according to X, but Z ...": the second clause is not X's
      if (document_[after].dep == Dep::cc || (document_[after].tag == Tag::cc)) all.end = hole.begin;
    } else if (!at_start) {
      // "A, but B, according to X": only where a new main clause with its own subject begins
      for (TokenIndex i = sentence.begin; i < hole.begin; ++i)
        if (document_[i].lower == ";") all.begin = i + 1;
    }
    content_head = top;
    std::vector<TokenSpan> content;
    if (document_[top].dep == Dep::relcl && all.begin + 1 < hole.begin && document_[all.begin].tag == Tag::wdt) {
      const TokenIndex noun = document_[top].head;  // "14 companies which, it says, ...": what the pronoun stands for
      content.push_back({document_[noun].left_edge, noun + 1});
    } else if (all.begin < hole.begin) {
      content.push_back({all.begin, hole.begin});
    }
    if (hole.end < all.end) content.push_back({hole.end, all.end});
    return content;
  }

  const StatementContext& context_;
  const Document& document_;
  std::vector<FoundCue> found_;
};

}  // namespace

std::vector<FoundCue> find_cues(const StatementContext& context) { return CueFinder(context).all(); }

TokenSpan verb_group(const StatementContext& context, TokenIndex verb) {
  const Document& document = context.document;
  TokenSpan group{verb, verb + 1};
  TokenIndex head = verb;
  // "declined to say", "went on to say", "was quoted as saying": the governing verb joins where nothing stands between.
  const auto joins = [&](TokenIndex i) {
    const Token& token = document[i];
    if (token.head != head) return false;
    return token.dep == Dep::aux || token.dep == Dep::auxpass || token.dep == Dep::neg ||
           (token.dep == Dep::advmod && is_adverbial(token) && token.left_edge == i && token.right_edge == i);
  };
  while (group.begin > 0) {
    const TokenIndex before = group.begin - 1;
    if (joins(before)) {
      --group.begin;
      continue;
    }
    const Token& link = document[head];
    if (before == link.head && link.head != head && is_verbal(document[before]) && document[before].pos == Pos::verb &&
        (link.dep == Dep::xcomp || link.dep == Dep::ccomp) && group.begin < head) {
      head = before;
      group.begin = before;
      continue;
    }
    // over "as" or "by" to the governing verb: "quoted as saying", "began by noting"
    if (link.dep == Dep::pcomp && before == link.head && before > 0 && document[before].head == before - 1 &&
        document[before - 1].pos == Pos::verb && (document[before].lower == "as" || document[before].lower == "by")) {
      head = before - 1;
      group.begin = before - 1;
      continue;
    }
    break;
  }
  while (group.end < document.size() && document[group.end].head == verb) {
    const Token& token = document[group.end];
    const bool adverb = token.dep == Dep::advmod && token.tag == Tag::rb && token.lower.ends_with("ly");
    if (token.dep != Dep::prt && token.dep != Dep::neg && !adverb) break;
    ++group.end;
  }
  return group;
}

namespace {

/// The clause is itself a report: "who noted that ...".
bool reports_something(const StatementContext& context, TokenIndex clause) {
  const TokenSpan span = context.document.subtree(clause);
  for (TokenIndex i = span.begin; i < span.end; ++i)
    if (context.quotations.inside(i)) return true;
  for (const CueEntry& entry : context.lexicon.find(context.document[clause].lemma, CueKind::verb))
    if (entry.frames.has(CueFrame::clause) && context.document.child(clause, Dep::ccomp) != no_token) return true;
  return false;
}

}  // namespace

TokenSpan source_phrase(const StatementContext& context, TokenIndex head, TokenSpan cue) {
  const Document& document = context.document;
  if (head == no_token) return {};
  TokenSpan span = document.subtree(head);
  if (span.contains(cue.begin)) {
    if (head < cue.begin) span.end = cue.begin;
    else span.begin = cue.end;
  }
  // Leave out what is only said of the speaker: participles and phrases set off by commas ("Mira Tolvanen, speaking in Valmouth").
  bool identified = false;
  const bool full_name = head > span.begin && document[head].pos == Pos::propn && document[head - 1].pos == Pos::propn;
  for (const TokenIndex child : document.children(head)) {
    const Token& token = document[child];
    const TokenIndex left = token.left_edge;
    if (left <= head || left >= span.end) continue;
    const bool set_off = document[left - 1].lower == ",";
    // A clause tells who a person is where his full name is given for the first time: "Joan Marrow, who runs the ferry, said".
    const bool relative = token.dep == Dep::relcl && full_name && !reports_something(context, child);
    const bool names_more = (token.dep == Dep::appos && token.tag != Tag::cd) || token.dep == Dep::conj || token.dep == Dep::cc ||
                            token.dep == Dep::punct || relative;
    identified = identified || (set_off && (token.dep == Dep::appos || relative));
    if (token.dep == Dep::ccomp || token.dep == Dep::parataxis || token.dep == Dep::advcl || token.dep == Dep::dep || (set_off && !names_more))
      span.end = std::min(span.end, left);
  }
  // "Briefing the council, Joan Marrow said": what the speaker did meanwhile.
  if (document[span.begin].tag == Tag::vbg || (document[span.begin].lower.ends_with("ing") && document[span.begin].entity == EntityLabel::none))
    for (TokenIndex i = span.begin; i < head; ++i)
      if (document[i].lower == ",") {
        span.begin = i + 1;
        break;
      }
  // A dateline or a lead before the noun, a quotation that the parser drew in.
  for (TokenIndex i = span.begin; i < head; ++i) {
    const std::string_view form = document.text(i);
    const bool dash = form == "–" || form == "—" || form == "―" || form == "--" || (form == "-" && i > span.begin && document[i - 1].space_after);
    if (dash || form == ":") span.begin = i + 1;
    if (context.quotations.inside(i) && !context.quotations.inside(head)) {
      const QuotedSpan& quotation = context.quotations.spans[context.quotations.of[i]];
      if (quotation.words == QuotedWords::sentence && quotation.tokens.end <= head) span.begin = quotation.tokens.end;
    }
  }
  for (TokenIndex i = head + 1; i < span.end; ++i)
    if (document.text(i) == ":") span.end = i;
  while (span.end > head + 1 && is_punctuation(document[span.end - 1]) && document[span.end - 1].tag != Tag::rrb) --span.end;
  while (span.begin < head && is_punctuation(document[span.begin])) ++span.begin;
  // The bracket or comma that closes what was opened inside: "Joan Marrow (R-Valmouth)", "Joan Marrow, a doctor,".
  bool open = false;
  bool comma = false;
  TokenIndex commas = 0;
  for (TokenIndex i = span.begin; i < span.end; ++i) {
    if (document[i].tag == Tag::lrb) open = true;
    if (document[i].tag == Tag::rrb) open = false;
    if (document[i].lower == ",") ++commas;
  }
  comma = identified && commas > 0;
  if (open && span.end < document.size() && document[span.end].tag == Tag::rrb) ++span.end;
  if (comma && head < cue.begin && span.end < document.size() && document[span.end].lower == ",") ++span.end;
  return span;
}

FoundCue quotation_cue(const StatementContext& context, TokenIndex verb) {
  FoundCue cue;
  const Document& document = context.document;
  if (!is_verbal(document[verb])) return cue;
  for (const CueEntry& entry : context.lexicon.find(document[verb].lemma, CueKind::verb)) {
    if (!entry.frames.has(CueFrame::quote) && !entry.frames.has(CueFrame::clause)) continue;
    if (!entry.particle.empty()) {
      bool particle = false;
      for (const TokenIndex child : document.children(verb)) particle = particle || document[child].lower == entry.particle;
      if (!particle) continue;
    }
    cue.head = verb;
    cue.words = verb_group(context, verb);
    cue.act = entry.act;
    cue.frame = CueFrame::quote;
    cue.rule = entry.frames.has(CueFrame::clause) ? "statement.quotation" : "statement.manner";
    cue.source = is_passive(document, verb) && document.child(verb, Dep::agent) == no_token && document[verb].dep != Dep::conj
                     ? no_token
                     : subject_of(context, verb);
    cue.addressee = document.child(verb, Dep::dobj);
    return cue;
  }
  return cue;
}

}  // namespace dragoman
