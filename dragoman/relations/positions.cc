// A word that takes a stance (data/positions/stances.tsv) says where its issue and its target stand; the grammar says whose stance it is.
// Besides those words, positions are read off judgements ("dialogue is essential", "called the rule unfair"), obligations laid on others
// ("must withdraw"), refusals ("will not accept preconditions") and blame ("the policy threatens stability").
#include "dragoman/relations/positions.h"

#include <algorithm>

#include "dragoman/relations/clauses.h"
#include "dragoman/relations/deliverables.h"
#include "dragoman/relations/parties.h"
#include "dragoman/relations/position_lexicon.h"
#include "dragoman/relations/undertaking_cues.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

// An issue in the text: the token that carries it, a noun or the verb of an act.
struct Issue {
  TokenIndex head = no_token;
  TokenSpan words;
  std::string text;
  bool reversed = false;
};

Polarity turned(Polarity polarity) {
  if (polarity == Polarity::mixed) return polarity;
  return polarity == Polarity::for_ ? Polarity::against : Polarity::for_;
}

bool is_third_pronoun(const Token& token) { return is_one_of(WordClass::thing_pronoun, token.lower); }

bool is_quote_mark(const Token& token) { return token.lower == "“" || token.lower == "”" || token.lower == "\"" || token.lower == "‘" || token.lower == "''"; }

struct Finder {
  const Document& document;
  const Entities& entities;
  const std::vector<Statement>& statements;
  const PositionLexicon& lexicon;
  std::vector<EntityId> story_parties;
  std::vector<Position> found;
  std::vector<TokenSpan> issue_words;  ///< of each position found

  void read();
  void read_stance(TokenIndex word, const StanceWord& stance);
  void read_judgement(TokenIndex verb);
  void read_naming(TokenIndex verb);
  void read_obligation(TokenIndex verb);
  void read_refusal(TokenIndex verb);
  void read_blame(TokenIndex verb);
  void read_holding(TokenIndex verb);
  void read_absence(TokenIndex verb);
  void read_condition(TokenIndex verb);
  void read_no_intention(TokenIndex word);
  TokenIndex asked_about(TokenIndex word) const;

  TokenIndex named_by(TokenIndex clause) const;
  std::vector<TokenIndex> at_slot(TokenIndex word, const SlotRule& slot) const;
  std::vector<EntityId> holders_of(TokenIndex word, bool noun_of_stance) const;
  std::vector<EntityId> voice_holders(TokenIndex word) const;
  std::vector<Issue> issues_at(TokenIndex head) const;
  void extend_over_siblings(Issue& issue, TokenIndex parent) const;
  void add_gerunds(std::vector<Issue>& issues) const;
  Issue issue_of(TokenIndex head) const;
  TokenSpan act_phrase(TokenIndex verb) const;
  std::vector<EntityId> blamed(TokenSpan words) const;
  bool is_courtesy(const Issue& issue) const;
  bool is_nobody(TokenIndex head) const;
  void add(TokenIndex cue, StanceAct act, Polarity polarity, const Issue& issue, std::vector<EntityId> holders, std::vector<EntityId> target,
           std::string_view rule);
  void add_same_issue(TokenIndex cue, StanceAct act, Polarity polarity, const std::vector<EntityId>& holders, std::string_view rule);
  void merge();
};

// ---- whose stance

// In reported or quoted words: the speaker's side.
std::vector<EntityId> Finder::voice_holders(TokenIndex word) const {
  const std::vector<EntityId> speakers = speakers_at(statements, document[word].span.begin);
  return with_principals(entities, speakers);
}

std::vector<EntityId> Finder::holders_of(TokenIndex word, bool noun_of_stance) const {
  // the statement layer knows best who says it where the grammar only shares a subject ("..., hailing the project")
  if (is_verb(document[word]) && document.child(word, Dep::nsubj) == no_token)
    for (const Statement& statement : statements)
      if (statement.cue_head == word && !statement.speakers.empty()) return with_principals(entities, statement.speakers);
  TokenIndex subject = no_token;
  if (noun_of_stance) {
    subject = document.child(word, Dep::poss);
    if (subject == no_token) {
      // "expressed concern", "highlighting support", "has no objection", "is a matter of concern to nobody in particular"
      TokenIndex at = word;
      while (document[at].dep == Dep::conj && !document.is_root(at) && !is_verb(document[document[at].head])) at = document[at].head;
      for (int step = 0; step < 4 && !document.is_root(at); ++step) {
        const TokenIndex above = document[at].head;
        if (is_verb(document[above])) {
          if (document[at].dep == Dep::nsubj || document[at].dep == Dep::nsubjpass) return {};
          subject = predicate_at(document, above).passive ? agent_of(document, above) : subject_of(document, above);
          break;
        }
        at = above;
      }
    } else if (document[subject].tag == Tag::prp_poss && actors_of_phrase(document, entities, subject).empty()) {
      subject = subject_of(document, document[word].head);
    }
  } else {
    subject = predicate_at(document, word).passive ? agent_of(document, word) : subject_of(document, word);
  }
  if (subject != no_token) {
    // "the policy" supports nothing by itself; a subject that names nobody has no stance
    std::vector<EntityId> actors = actors_of_subject(document, entities, statements, subject, story_parties);
    if (!actors.empty()) {
      std::vector<EntityId> holders = with_principals(entities, actors);
      // "Iran’s commitment", said by its minister
      if (noun_of_stance)
        for (const EntityId speaker : speakers_at(statements, document[word].span.begin))
          if (overlap(principals_of(entities, {speaker}), holders)) add_new(holders, {speaker});
      return holders;
    }
  }
  // "Sudan’s representative", "a Malian official", where nobody is named; not "Sudan’s opposition"
  if (subject != no_token && document[subject].pos == Pos::noun && document[subject].lemma != "opposition") {
    std::vector<EntityId> owners;
    for (const TokenIndex child : document.children(subject)) {
      const Mention* mention = entities.headed_by(child);
      const Dep dep = document[child].dep;
      if (mention && child < subject && (dep == Dep::poss || dep == Dep::amod || dep == Dep::compound || dep == Dep::nmod))
        for (const EntityId id : mention->entities)
          if (is_actor(entities[id].kind)) add_new(owners, {id});
    }
    if (!owners.empty()) return with_principals(entities, owners);
  }
  // the statement layer may know who says it ("he", resolved by what came before)
  for (const Statement& statement : statements)
    if (statement.cue_head == word && !statement.speakers.empty()) return with_principals(entities, statement.speakers);
  return {};
}

// The word of a phrase that hangs on none of it.
TokenIndex head_of_words(const Document& document, TokenSpan words) {
  for (TokenIndex i = words.begin; i < words.end; ++i)
    if (document.is_root(i) || !words.contains(document[i].head)) return i;
  return words.begin;
}

// Whom wrongs are blamed on: "Israeli attacks", "attacks by Israel", "Israel’s policy".
std::vector<EntityId> Finder::blamed(TokenSpan words) const {
  std::vector<EntityId> who;
  for (const Mention* mention : entities.inside(words)) {
    const Token& head = document[mention->head];
    if (mention->form == MentionForm::pronoun && mention->head > head_of_words(document, words)) continue;  // "terrorism in all its forms"
    const bool by = head.dep == Dep::pobj && document[head.head].lower == "by";
    const bool wrong_of = head.dep == Dep::compound && mention->form == MentionForm::name && lexicon.is_wrong(document[head.head].lemma);
    const TokenIndex top = head_of_words(document, words);
    const bool agent = (mention->form == MentionForm::demonym && !is_aimed_at(document, mention->head, top)) || head.dep == Dep::poss || by || wrong_of;
    if (!agent) continue;
    for (const EntityId id : mention->entities)
      if (is_actor(entities[id].kind) && entities[id].kind != EntityKind::people) add_new(who, principals_of(entities, {id}));
  }
  return who;
}

// ---- the issue

// The words of an act: "withdraw its troops from the temple", without "to" and without clauses around it.
TokenSpan Finder::act_phrase(TokenIndex verb) const {
  TokenSpan span = clause_of(document, verb);
  if (span.begin < verb) {
    // leave subject, auxiliaries and marks; keep adverbs that belong to it out as well
    span.begin = verb;
  }
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if (child < verb) continue;
    if (token.dep == Dep::advcl || token.dep == Dep::ccomp || token.dep == Dep::parataxis || (token.dep == Dep::punct && !is_quote_mark(token)))
      if (token.left_edge > verb) span.end = std::min(span.end, token.left_edge);
  }
  return span;
}

void trim_issue(const Document& document, TokenSpan& span, TokenIndex head) {
  const auto droppable = [&](const Token& token) {
    return token.pos == Pos::punct || token.pos == Pos::space || token.tag == Tag::prp_poss || token.tag == Tag::wrb || is_one_of(WordClass::issue_opener, token.lower);
  };
  while (span.size() > 1 && span.begin < head && droppable(document[span.begin]) ) ++span.begin;
  const auto loose = [&](const Token& token) {
    return token.pos == Pos::punct || token.pos == Pos::space || token.pos == Pos::cconj || token.pos == Pos::sconj || (token.tag == Tag::in && token.dep != Dep::prt) ||
           token.lower == "immediately" || token.lower == "’s" || token.lower == "'s";
  };
  while (span.size() > 1 && span.end - 1 > head && loose(document[span.end - 1])) --span.end;
  while (span.size() > 1 && document[span.end - 1].pos == Pos::punct && span.end - 1 > span.begin) --span.end;
}

// Quotation marks inside fall away: removal of “unjust sanctions” -> removal of unjust sanctions.
std::string issue_text(const Document& document, TokenSpan span) {
  std::string text = plain_text(document, span);
  for (const std::string_view mark : {"“", "”", "\"", "‘"})
    for (std::size_t at; (at = text.find(mark)) != std::string::npos;) text.erase(at, mark.size());
  while (!text.empty() && (text.back() == ',' || text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

// Clauses and asides that a noun phrase drags along: "attacks on civilians in Sudan, which began in May".
void cut_asides(const Document& document, TokenSpan& span, TokenIndex head) {
  for (TokenIndex i = head + 1; i < span.end; ++i) {
    const Token& token = document[i];
    const bool relative = token.tag == Tag::wdt || token.tag == Tag::wp || token.lower == "whose" || token.lower == "while" || token.lower == "although";
    const bool aside = token.lower == "," && i + 1 < span.end &&
                       (is_one_of(WordClass::aside_opener, document[i + 1].lower) || document[i + 1].tag == Tag::wdt || document[i + 1].tag == Tag::wp ||
                        document[i + 1].tag == Tag::prp);
    const bool judged = token.lower == "as" && token.dep == Dep::prep && i + 1 < span.end && document[i + 1].lower != "well";
    if (relative || aside || judged || token.lower == "—" || token.lower == ";" || token.lower == ":") {
      span.end = i;
      break;
    }
  }
}

Issue Finder::issue_of(TokenIndex head) const {
  Issue issue;
  issue.head = head;
  const Token& token = document[head];
  const bool verbal = is_verb(token) && token.dep != Dep::amod;
  // heads that turn it round
  if (const ReversalWord* reversal = lexicon.reversal(document, head)) {
    for (const SlotRule& slot : reversal->thing) {
      const std::vector<TokenIndex> things = at_slot(head, slot);
      if (things.empty() || document[things.front()].pos == Pos::pron) continue;
      const TokenSpan span = document.subtree(things.front());
      bool fits = reversal->only.empty();
      for (TokenIndex i = span.begin; !fits && i < span.end; ++i)
        fits = std::find(reversal->only.begin(), reversal->only.end(), document[i].lemma) != reversal->only.end();
      if (!fits) continue;
      Issue inner = issue_of(things.front());
      if (!inner.reversed) extend_over_siblings(inner, head);
      inner.reversed = !inner.reversed;
      return inner;
    }
  }
  TokenSpan span = verbal ? act_phrase(head) : phrase_of(document, head, true);
  for (const TokenIndex child : document.children(head))  // "the move illegal": the judgement is not the thing
    if (!verbal && child > head && document[child].pos == Pos::adj && document[child].dep == Dep::amod) span.end = std::min(span.end, std::max(head + 1, document[child].left_edge));
  cut_asides(document, span, head);
  // hyphenated or quoted beginnings belong to it
  trim_issue(document, span, head);
  issue.words = span;
  issue.text = issue_text(document, span);
  return issue;
}

// One issue, or several where long ones are coordinated ("halting attacks in A, and safeguarding B").
std::vector<Issue> Finder::issues_at(TokenIndex head) const {
  std::vector<TokenIndex> row{head};
  for (const TokenIndex other : conjuncts_of(document, head))
    if (other > head) row.push_back(other);
  const auto is_long = [&](TokenIndex token) {
    if (is_verb(document[token])) return true;
    for (const TokenIndex child : document.children(token))
      if ((document[child].dep == Dep::prep || document[child].dep == Dep::acl) && child > token) return true;
    return false;
  };
  std::vector<Issue> issues;
  if (row.size() > 1 && std::all_of(row.begin(), row.end(), is_long)) {
    for (const TokenIndex each : row) {
      Issue issue = issue_of(each);
      // up to the next of the row
      for (const TokenIndex other : row)
        if (other > each && !issue.reversed && issue.words.contains(other)) {
          issue.words.end = document[other].left_edge;
          trim_issue(document, issue.words, each);
          issue.text = issue_text(document, issue.words);
        }
      issues.push_back(std::move(issue));
    }
    return issues;
  }
  issues.push_back(issue_of(head));
  // "cooperation against terrorism, including the disarmament of ...": an issue of its own
  for (const TokenIndex child : document.children(head))
    if (document[child].lower == "including" && document[child].dep == Dep::prep)
      if (const TokenIndex inner = document.child(child, Dep::pobj); inner != no_token) issues.push_back(issue_of(inner));
  return issues;
}

// "support for keeping the truce, halting attacks in the hills, and safeguarding the wells": a small model loses the row after the first.
// It goes on as long as each member begins with a gerund, and ends with "and".
void Finder::add_gerunds(std::vector<Issue>& issues) const {
  const auto is_gerund = [&](TokenIndex token) { return document[token].lower.ends_with("ing") && document[token].lower.size() > 5; };
  if (issues.size() != 1 || issues[0].words.empty() || !is_gerund(document.token_at(document[issues[0].words.begin].span.begin))) return;
  const TokenSpan sentence = document.sentence_of(issues[0].head);
  std::vector<TokenIndex> starts;
  bool closed = false;
  for (TokenIndex i = issues[0].words.begin + 1; i + 1 < sentence.end; ++i) {
    const bool after_comma = document[i].lower == "," && is_gerund(i + 1);
    const bool after_and = document[i].lower == "and" && is_gerund(i + 1) && (document[i - 1].lower == "," || starts.empty());
    if (!after_comma && !after_and) continue;
    starts.push_back(i + 1);
    closed = closed || after_and;
  }
  if (starts.empty() || !closed) return;
  starts.push_back(sentence.end);
  const auto ends_before = [&](TokenIndex next) {
    TokenIndex end = next;
    while (end > 0 && (document[end - 1].pos == Pos::punct || document[end - 1].lower == "and")) --end;
    return end;
  };
  issues[0].words.end = std::min(issues[0].words.end, ends_before(starts.front()));
  issues[0].text = issue_text(document, issues[0].words);
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    Issue issue;
    issue.head = starts[i];
    issue.words = {starts[i], ends_before(starts[i + 1])};
    cut_asides(document, issue.words, issue.head);
    if (issue.words.size() < 2) continue;
    // "halting attacks" is against them
    if (const ReversalWord* word = lexicon.reversal(document, issue.head); word && word->only.empty()) {
      issue.reversed = true;
      ++issue.words.begin;
      issue.head = issue.words.begin;
    }
    issue.text = issue_text(document, issue.words);
    issues.push_back(std::move(issue));
  }
}

// "commitment to cooperation in combating terrorism": the parse may hang what belongs to the thing on the word before it.
void Finder::extend_over_siblings(Issue& issue, TokenIndex parent) const {
  bool grown = false;
  for (const TokenIndex child : document.children(parent)) {
    const Token& token = document[child];
    if (token.dep != Dep::prep || token.left_edge != issue.words.end) continue;
    if (!is_one_of(WordClass::issue_preposition, token.lower)) continue;
    const TokenIndex object = document.child(child, Dep::pobj);
    if (object != no_token && (document[object].entity == EntityLabel::date || document[object].entity == EntityLabel::time)) continue;
    if (object != no_token && is_one_of(WordClass::occasion_of_words, document[object].lemma)) continue;
    TokenSpan span{token.left_edge, token.right_edge + 1};
    cut_asides(document, span, child);
    trim_issue(document, span, child);
    if (span.end <= issue.words.end) continue;
    issue.words.end = span.end;
    grown = true;
  }
  if (grown) issue.text = issue_text(document, issue.words);
}

bool Finder::is_nobody(TokenIndex head) const {
  const Token& token = document[head];
  return token.pos == Pos::pron || token.tag == Tag::wdt || token.tag == Tag::wp || token.pos == Pos::num || token.pos == Pos::det;
}

bool Finder::is_courtesy(const Issue& issue) const {
  if (lexicon.is_courtesy(document[issue.head].lemma)) return true;
  const Mention* mention = entities.headed_by(issue.head);
  if (!mention || mention->entities.empty()) return false;
  const EntityKind kind = entities[mention->entities.front()].kind;
  return kind == EntityKind::person || kind == EntityKind::office;
}

/// "what she called foreign meddling", "what it said was a violation of its airspace": the meddling, the violation. no_token where the clause
/// names nothing.
TokenIndex Finder::named_by(TokenIndex clause) const {
  const auto is_what = [&](TokenIndex token) { return token != no_token && document[token].lower == "what"; };
  if (is_what(document.child(clause, Dep::dobj)) && lexicon.gives_name(document[clause].lemma)) {
    const TokenIndex name = document.child(clause, Dep::oprd);
    return name != no_token ? name : object_of_prep(document, clause, "as");
  }
  const TokenIndex is = document.child(clause, Dep::ccomp);
  return is != no_token && document[is].lemma == "be" && is_what(document.child(is, Dep::nsubj)) ? document.child(is, Dep::attr) : no_token;
}

std::vector<TokenIndex> Finder::at_slot(TokenIndex word, const SlotRule& slot) const {
  std::vector<TokenIndex> places;
  switch (slot.slot) {
    case Slot::object:
      for (const TokenIndex child : document.children(word))
        if (document[child].dep == Dep::dobj || (document[child].dep == Dep::dative && document[child].pos != Pos::adp)) places.push_back(child);
      if (places.empty() && is_verb(document[word]))
        if (const TokenIndex clause = document.child(word, Dep::ccomp), named = clause == no_token ? no_token : named_by(clause); named != no_token) places.push_back(named);
      if (places.empty() && is_verb(document[word]) && predicate_at(document, word).passive)
        if (const TokenIndex subject = subject_of(document, word); subject != no_token) places.push_back(subject);
      break;
    case Slot::clause:
      for (const TokenIndex child : document.children(word)) {
        const Token& token = document[child];
        if (child < word) continue;
        if (token.dep == Dep::xcomp || (token.dep == Dep::ccomp && is_verb(token)) || (token.dep == Dep::acl && token.tag == Tag::vb)) places.push_back(child);
        // "called on Ghana to open", where the infinitive hangs on the preposition's noun or on the object
        if (token.dep == Dep::advcl && token.tag == Tag::vb && document.child(child, Dep::aux) != no_token) places.push_back(child);
        if (!is_verb(document[word]) || (token.dep != Dep::dobj && token.dep != Dep::prep && token.dep != Dep::dative)) continue;
        const TokenIndex noun = token.dep == Dep::dobj ? child : document.child(child, Dep::pobj);
        if (noun == no_token) continue;
        for (const TokenIndex inner : document.children(noun))
          if (document[inner].tag == Tag::vb && (document[inner].dep == Dep::acl || document[inner].dep == Dep::xcomp || document[inner].dep == Dep::relcl)) places.push_back(inner);
      }
      break;
    case Slot::subject_of_clause:
      for (const TokenIndex child : document.children(word)) {
        if (document[child].dep != Dep::ccomp) continue;
        const TokenIndex subject = document.child(child, Dep::nsubj);
        bool inverted = false;  // "should talks collapse": a condition
        for (const TokenIndex aux : document.children(child)) inverted = inverted || (document[aux].tag == Tag::md && subject != no_token && aux < subject);
        // "warned that millions faced hunger": the hunger
        if (subject != no_token && !inverted && !is_nobody(subject)) {
          const Mention* who = entities.headed_by(subject);
          const bool people = document[subject].lemma == "people" || (who && !who->entities.empty() && entities[who->entities.front()].kind == EntityKind::people);
          const TokenIndex evil = people ? document.child(child, Dep::dobj) : no_token;
          places.push_back(evil == no_token ? subject : evil);
        }
      }
      break;
    case Slot::preposition: {
      TokenIndex object = no_token;
      for (const TokenIndex child : document.children(word)) {
        if (document[child].lower != slot.preposition || (document[child].dep != Dep::prep && document[child].dep != Dep::agent && document[child].dep != Dep::dative)) {
          // "spoke in favour of", "came out in support of"
          const TokenIndex side = document[child].dep == Dep::prep ? document.child(child, Dep::pobj) : no_token;
          if (side != no_token && is_one_of(WordClass::taking_sides, document[side].lemma))
            if (const TokenIndex inner = object_of_prep(document, side, slot.preposition); inner != no_token) object = inner;
          continue;
        }
        if (child < word && object != no_token) continue;
        TokenIndex here = document.child(child, Dep::pobj);
        if (here == no_token) here = document.child(child, Dep::pcomp);
        if (const TokenIndex named = here == no_token ? no_token : named_by(here); named != no_token) here = named;
        if (here == no_token || (document[here].lower == "part" && document.child(here, Dep::poss) != no_token)) continue;  // "for her part"
        if (object == no_token || object < word) object = here;
      }
      // "expressed grave concern at": the preposition may hang on the verb
      if (object == no_token && is_noun(document[word]) && document[word].dep == Dep::dobj && slot.preposition != "of") {
        object = object_of_prep(document, document[word].head, slot.preposition);
        if (object != no_token && object < word) object = no_token;
      }
      if (object != no_token) places.push_back(object);
      break;
    }
  }
  return places;
}

// ---- recording

// "reports that the talks had failed", "an allegation that": who rejects it denies what it says, which is the statements' affair.
bool is_what_is_said(const Document& document, TokenIndex noun) {
  if (!is_noun(document[noun])) return false;
  const Governance sense = governor_sense(document, noun).sense;
  if (sense != Governance::report && sense != Governance::accuse) return false;
  for (const TokenIndex child : document.children(noun)) {
    if (child < noun || (document[child].dep != Dep::acl && document[child].dep != Dep::ccomp)) continue;
    if (const TokenIndex mark = document.child(child, Dep::mark); mark != no_token && document[mark].lower == "that") return true;
  }
  return false;
}

void Finder::add(TokenIndex cue, StanceAct act, Polarity polarity, const Issue& issue, std::vector<EntityId> holders, std::vector<EntityId> target, std::string_view rule) {
  if (holders.empty() || issue.text.size() < 3 || issue.head == no_token) return;  // "re", of "re-election"
  // "warned that it would go to court", "warned that Togo would": no state is what one warns of
  if (const Mention* named = act == StanceAct::warn ? entities.headed_by(issue.head) : nullptr; named && !named->entities.empty())
    if ((entities[named->entities.front()].kind == EntityKind::state && issue.words.size() == 1) || overlap(named->entities, holders)) return;
  if (act == StanceAct::reject && is_what_is_said(document, issue.head)) return;
  const StatementId denied = statement_at(statements, document[cue].span.begin);
  if (denied != no_statement && statements[denied].denied) return;
  // "China supports ..., Wang said": he spoke for it
  for (const EntityId speaker : speakers_at(statements, document[cue].span.begin))
    if (overlap(principals_of(entities, {speaker}), holders)) add_new(holders, {speaker});
  // "exploit these capacities" points back; alone it says nothing
  for (TokenIndex i = issue.words.begin; i < issue.words.end; ++i)
    if ((document[i].lower == "these" || document[i].lower == "those") && document[i].dep == Dep::det && issue.words.size() < 5) return;
  const Pos pos = document[issue.head].pos;
  if (pos == Pos::adj || pos == Pos::det) return;  // "the other"
  if (issue.text.starts_with("do so") || issue.text.starts_with("do this") || issue.text.starts_with("do that") || issue.text.starts_with("do the same")) return;
  if (is_verb(document[issue.head]) && issue.words.size() < 2 && rule != "position.refusal") return;  // "asked him to stop": to stop what?
  Position position;
  position.act = act;
  position.polarity = issue.reversed ? turned(polarity) : polarity;
  position.issue = issue.text;
  position.issue_id = lexicon.issue_id(document, entities, issue.words);
  if (target.empty() && position.polarity == Polarity::against) target = blamed(issue.words);
  std::erase_if(target, [&](EntityId id) { return std::find(holders.begin(), holders.end(), id) != holders.end(); });
  position.holders = std::move(holders);
  position.target = std::move(target);
  const ByteSpan words = document.bytes(issue.words);
  position.voice.statement = statement_at(statements, words.begin);
  position.evidence.trigger = words;
  position.evidence.sentence = document.bytes(document.sentence_of(issue.head));
  const ByteSpan cue_bytes = document[cue].span;
  position.evidence.spans = {{std::min(words.begin, cue_bytes.begin), std::max(words.end, cue_bytes.end)}};
  position.head = cue;
  position.rule = std::string(rule);
  found.push_back(std::move(position));
  issue_words.push_back(issue.words);
}

// "Ghana supported it", right after the eco was spoken of.
void Finder::add_same_issue(TokenIndex cue, StanceAct act, Polarity polarity, const std::vector<EntityId>& holders, std::string_view rule) {
  if (found.empty() || holders.empty()) return;
  const Position& last = found.back();
  if (document[cue].sentence - document[last.head].sentence > 1 || last.head > cue) return;
  Position position = last;
  position.act = act;
  position.polarity = polarity;
  position.holders = holders;
  position.target.clear();
  position.voice.statement = statement_at(statements, document[cue].span.begin);
  position.evidence.trigger = document[cue].span;
  position.evidence.sentence = document.bytes(document.sentence_of(cue));
  position.evidence.spans = {document.bytes(clause_of(document, cue))};
  position.head = cue;
  position.rule = std::string(rule);
  found.push_back(std::move(position));
  issue_words.push_back(issue_words.back());
}

// ---- rules

// Does the clause of this stance word tell somebody's stance, rather than an aim, a wish of others or a denial?
bool holds_in_context(const Document& document, TokenIndex word) {
  const Predicate form = predicate_at(document, word);
  if (form.in_condition) return false;
  for (const Governor& governor : governors_of(document, word)) {
    switch (governor.sense) {
      case Governance::report: case Governance::offer: case Governance::undertake: case Governance::intend: case Governance::go_on: case Governance::begin:
      case Governance::praise: case Governance::none: case Governance::consider: break;
      case Governance::require: case Governance::wish: break;
      default: return false;
    }
    if (governor.sense == Governance::none && form.infinitive && document[governor.token].lemma != "be") return false;
  }
  if (form.infinitive && document[word].dep == Dep::advcl) return false;  // "met to condemn": an aim
  return true;
}

// The verb that brings a noun of stance forward: "expressed concern", "stressed the need"; no_token if none does.
TokenIndex bringing_verb(const Document& document, TokenIndex noun) {
  TokenIndex at = noun;
  while (document[at].dep == Dep::conj && !document.is_root(at) && !is_verb(document[document[at].head])) at = document[at].head;
  for (int step = 0; step < 4 && !document.is_root(at); ++step) {
    const Token& token = document[at];
    const TokenIndex above = token.head;
    if (is_verb(document[above])) {
      if (token.dep != Dep::dobj && token.dep != Dep::pobj && token.dep != Dep::attr && token.dep != Dep::nsubjpass && token.dep != Dep::conj && token.dep != Dep::prep) return no_token;
      if (is_one_of(WordClass::bringing, document[above].lemma)) return above;
      return no_token;
    }
    if (document[above].pos != Pos::adp && document[above].pos != Pos::noun && document[above].pos != Pos::sconj) return no_token;
    at = above;
  }
  return no_token;
}

void Finder::read_stance(TokenIndex word, const StanceWord& stance) {
  const Token& token = document[word];
  const bool noun = is_noun(token);
  const bool verb = is_verb(token);
  if (verb && (token.dep == Dep::amod || token.dep == Dep::compound || token.dep == Dep::aux)) return;
  TokenIndex bringer = no_token;
  bool negated = is_negated(document, word);
  if (noun) {
    if (token.dep == Dep::compound || token.dep == Dep::poss) return;
    bringer = bringing_verb(document, word);
    const bool owned = document.child(word, Dep::poss) != no_token;
    if (bringer == no_token && !(owned && !is_one_of(WordClass::unowned_stance, stance.name) && stance.act != StanceAct::welcome && stance.act != StanceAct::thank)) return;
    if (bringer != no_token) {
      if (!holds_in_context(document, bringer)) return;
      negated = negated || predicate_at(document, bringer).negated;
      if (document[bringer].lemma == "be" && !owned && stance.act != StanceAct::demand) return;
    }
  } else if (!verb) {
    // adjectives: "is opposed to", "remained committed to"
    if (token.dep != Dep::acomp && token.dep != Dep::oprd && token.dep != Dep::conj && token.dep != Dep::acl && token.dep != Dep::advcl && token.dep != Dep::xcomp) return;
    if (!document.is_root(word) && is_verb(document[token.head]) && !holds_in_context(document, token.head)) return;
    negated = negated || (is_verb(document[token.head]) && predicate_at(document, token.head).negated);
  } else if (!holds_in_context(document, word)) {
    return;
  }

  StanceAct act = stance.act;
  Polarity polarity = stance.polarity;
  if (verb && act == StanceAct::demand && orders_own(document, word)) return;
  // "declined to comment": silence is no stance
  if (verb && act == StanceAct::reject)
    for (const TokenIndex child : document.children(word))
      if (document[child].dep == Dep::xcomp && lexicon.is_silence(document[child].lemma)) return;
  if (negated) {
    const bool lets_go = is_one_of(WordClass::letting_go, stance.name);
    const bool holds_back = stance.act == StanceAct::endorse || stance.act == StanceAct::welcome || stance.act == StanceAct::express_readiness;
    if (lets_go) {
      act = StanceAct::express_readiness;
      polarity = Polarity::for_;
    } else if (holds_back && stance.name != "recognise" ) {
      act = StanceAct::reject;
      polarity = Polarity::against;
    } else if (stance.name == "recognise" || stance.name == "recognize") {
      act = StanceAct::reject;
      polarity = Polarity::against;
    } else {
      return;
    }
  }

  std::vector<EntityId> holders = holders_of(word, noun);
  // "both are aligned on", "Norway is opposed to": a participle that describes its subject
  if (verb && stance.pos == 'a') {
    TokenIndex subject = subject_of(document, word);
    if (subject == no_token && token.dep == Dep::acomp) subject = subject_of(document, token.head);
    holders = with_principals(entities, actors_of_subject(document, entities, statements, subject, story_parties));
  }
  if (holders.empty()) return;

  if (stance.polarity == Polarity::mixed) {
    // it takes two to differ; where the clause names neither, they are those the story is about
    if (holders.size() < 2 && noun) holders = story_parties;
    if (principals_of(entities, holders).size() < 2) return;
  }

  std::vector<EntityId> target;
  TokenIndex target_head = no_token;
  for (const SlotRule& slot : stance.target) {
    for (const TokenIndex place : at_slot(word, slot)) {
      const std::vector<EntityId> actors = actors_of_phrase(document, entities, place);
      if (actors.empty()) continue;
      target = principals_of(entities, actors);
      target_head = place;
      break;
    }
    if (!target.empty()) break;
  }

  for (const SlotRule& slot : stance.issue) {
    std::vector<TokenIndex> places = at_slot(word, slot);
    std::erase(places, target_head);
    if (places.empty()) continue;
    const TokenIndex place = places.front();
    // "the duty of regional states to resist": theirs it is, what it is comes after
    if (noun && slot.slot == Slot::preposition && !actors_of_phrase(document, entities, place).empty() && std::any_of(stance.issue.begin(), stance.issue.end(), [](const SlotRule& rule) { return rule.slot == Slot::clause; }) &&
        !at_slot(word, {Slot::clause, {}}).empty())
      continue;
    // "supports Kazakhstan in safeguarding its independence": what for, rather than whom
    if (slot.slot == Slot::object && act == StanceAct::endorse && !actors_of_phrase(document, entities, place).empty() && object_of_prep(document, word, "in") != no_token &&
        is_verb(document[object_of_prep(document, word, "in")]))
      continue;
    if (is_nobody(place) && slot.slot != Slot::clause) {
      if (const TokenIndex asked = is_third_pronoun(document[place]) ? asked_about(word) : no_token; asked != no_token) {
        add(word, act, polarity, issue_of(asked), holders, {}, "position.asked-about");
        return;
      }
      const bool it = document[place].lower == "it" || document[place].lower == "this" || document[place].lower == "that";
      if (is_third_pronoun(document[place]) && (it || !entities.headed_by(place))) {
        add_same_issue(word, act, polarity, holders, "position.same-issue");
        return;
      }
      continue;
    }
    if (slot.slot == Slot::clause) {
      if (token.sentence == 0 && document[document.sentence_of(word).end - 1].pos != Pos::punct) return;  // a headline's parse is not to be trusted that far
      const Predicate clause = predicate_at(document, place);
      const TokenIndex subject = document.child(place, Dep::nsubj);
      const TokenIndex passive_subject = document.child(place, Dep::nsubjpass);
      if (act == StanceAct::express_readiness && !is_one_of(WordClass::political_act, document[place].lemma)) return;
      // "asked whether", "reminded them that it guarantees": questions and facts are not demanded
      const bool indicative = document[place].dep == Dep::ccomp && clause.finite && clause.modal != "should" && clause.modal != "must" &&
                              (document[place].tag == Tag::vbz || document[place].tag == Tag::vbd || !clause.modal.empty() || clause.perfect ||
                               ((clause.progressive || clause.passive) && !clause.infinitive));
      if (act == StanceAct::demand && indicative) continue;
      bool questioned = false;
      for (const TokenIndex child : document.children(place)) questioned = questioned || document[child].lower == "whether" || (document[child].lower == "if" && document[child].dep == Dep::mark);
      if (questioned) return;
      if (act == StanceAct::demand && stance.name == "ask" && clause.negated) return;  // "asked not to be named"
      if (act == StanceAct::demand || act == StanceAct::reject || act == StanceAct::express_readiness || act == StanceAct::endorse) {
        if (clause.finite && act == StanceAct::demand && target.empty() && subject != no_token)
          target = principals_of(entities, actors_of_phrase(document, entities, subject));
        for (Issue issue : issues_at(place)) {
          // "demanded that the crossing be reopened": what is to be done to a thing is told with it
          if (passive_subject != no_token && !is_nobody(passive_subject) && !issue.reversed && issue.head == place) {
            issue.words.begin = document[passive_subject].left_edge;
            trim_issue(document, issue.words, place);
            issue.text = issue_text(document, {document[passive_subject].left_edge, document[passive_subject].right_edge + 1}) + " " + issue_text(document, {place, issue.words.end});
          }
          Polarity here = polarity;
          if (clause.negated && issue.head == place) here = turned(here);
          add(word, act, here, issue, holders, target, "position.clause");
        }
        return;
      }
      if (act == StanceAct::condemn) {
        for (const Issue& issue : issues_at(place)) add(word, act, polarity, issue, holders, target, "position.clause");
        return;
      }
      continue;
    }
    if (slot.slot == Slot::subject_of_clause && is_one_of(WordClass::threat, document[place].lemma)) continue;
    std::vector<Issue> issues = issues_at(place);
    if (noun && slot.slot == Slot::preposition) add_gerunds(issues);
    // "commitment to ..., including the disarmament of ...": an issue of its own
    for (const TokenIndex child : document.children(word))
      if (document[child].lower == "including" && document[child].dep == Dep::prep)
        if (const TokenIndex inner = document.child(child, Dep::pobj); inner != no_token) issues.push_back(issue_of(inner));
    // "is committed to repatriating them" undertakes; "to combating terrorism" takes a stance
    if (stance.name == "committed" && is_verb(document[place]) && !issues.front().reversed && !is_one_of(WordClass::political_act, document[place].lemma)) return;
    for (Issue issue : issues) {
      if (issue.head == target_head) continue;
      if (issue.head == place) extend_over_siblings(issue, word);
      if ((act == StanceAct::thank || act == StanceAct::welcome) && is_courtesy(issue)) continue;
      if (is_courtesy(issue) && entities.headed_by(issue.head)) continue;  // a person is no issue
      if (act == StanceAct::express_readiness && !negated && !is_one_of(WordClass::political_noun, document[issue.head].lemma) && !is_one_of(WordClass::political_act, document[issue.head].lemma)) continue;
      if (document[issue.head].entity == EntityLabel::date || document[issue.head].entity == EntityLabel::time) continue;
      add(word, act, polarity, issue, holders, target, slot.slot == Slot::preposition ? "position.preposition" : "position.object");
    }
    return;
  }
}

// "Dialogue is essential", "the rule is unfair", within what somebody says.
void Finder::read_judgement(TokenIndex verb) {
  const Token& token = document[verb];
  if (!is_one_of(WordClass::judging_copula, token.lemma)) return;
  const std::vector<EntityId> holders = voice_holders(verb);
  if (holders.empty()) return;
  TokenIndex subject = document.child(verb, Dep::nsubj);
  if (subject == no_token) subject = document.child(verb, Dep::csubj);  // "closing the port was a mistake"
  if (subject == no_token || is_nobody(subject) || entities.headed_by(subject)) return;
  const Predicate form = predicate_at(document, verb);
  if (form.in_condition) return;
  for (const TokenIndex child : document.children(verb)) {
    const Dep dep = document[child].dep;
    if (child < verb || (dep != Dep::acomp && dep != Dep::attr && dep != Dep::dobj)) continue;
    if (document[child].lower == "negotiable" && form.negated) {
      add(verb, StanceAct::endorse, Polarity::for_, issue_of(subject), holders, {}, "position.not-negotiable");
      return;
    }
    const std::optional<Polarity> judged = lexicon.evaluation(document, {document[child].left_edge, document[child].right_edge + 1});
    if (!judged) continue;
    Polarity polarity = form.negated ? turned(*judged) : *judged;
    // "the meeting was useful" tells how it went; "the decision was a mistake" blames
    if (form.tense == Tense::past && (form.negated || polarity != Polarity::against)) return;
    // "Such steps are unfriendly": those just spoken of
    for (const TokenIndex part : document.children(subject))
      if (document[part].lower == "such" || document[part].lower == "these" || document[part].lower == "this" || document[part].lower == "those") {
        if (!found.empty() && found.back().polarity == polarity) add_same_issue(verb, polarity == Polarity::for_ ? StanceAct::endorse : StanceAct::condemn, polarity, holders, "position.judgement");
        return;
      }
    for (const Issue& issue : issues_at(subject))
      add(verb, polarity == Polarity::for_ ? StanceAct::endorse : StanceAct::condemn, polarity, issue, holders, {}, "position.judgement");
    return;
  }
  // "is not up for discussion"
  if (form.negated)
    for (const TokenIndex child : document.children(verb))
      if (document[child].lower == "up" || document[child].lower == "on") {
        const TokenSpan span = document.subtree(child);
        const std::string words = plain_text(document, span);
        if (words.find("for discussion") != std::string::npos || words.find("for negotiation") != std::string::npos || words.find("the table") != std::string::npos) {
          const Issue issue = issue_of(subject);
          Issue discussed = issue;
          discussed.text = "discussion of " + issue.text;
          add(verb, StanceAct::reject, Polarity::against, discussed, holders, {}, "position.not-up");
        }
      }
}

// "called the plan unfair", "described the text as unbalanced", "hailing the project as a bridge"
void Finder::read_naming(TokenIndex verb) {
  const Token& token = document[verb];
  if (!is_one_of(WordClass::judging, token.lemma)) return;
  if (is_negated(document, verb) || !holds_in_context(document, verb)) return;
  TokenIndex object = document.child(verb, Dep::dobj);
  TokenSpan judgement{verb, verb};
  for (const TokenIndex child : document.children(verb)) {
    const Token& part = document[child];
    if (child < verb) continue;
    if (part.dep == Dep::oprd || part.dep == Dep::xcomp || (part.dep == Dep::prep && part.lower == "as") || (part.dep == Dep::advcl && part.left_edge > verb && document[part.left_edge].lower == "as")) {
      judgement = document.subtree(child);
      // "called the blockade unacceptable", where the parse takes the thing for a part of the adjective
      if (part.dep == Dep::oprd && part.pos == Pos::adj && object == no_token) {
        object = document.child(child, Dep::compound);
        judgement = {child, document[child].right_edge + 1};
      }
    }
    // "called the plan a gimmick", "called them absurd": object and judgement in one small clause
    if (part.dep == Dep::ccomp) {
      const TokenIndex subject = document.child(child, Dep::nsubj);
      if (subject != no_token && subject > verb) {
        object = subject;
        judgement = {child, document[child].right_edge + 1};
      }
    }
  }
  // "highlighting trade and energy as essential", with "as" hung on the object
  if (object != no_token && judgement.empty() && object > verb)
    for (TokenIndex i = object + 1; i <= document[object].right_edge; ++i)
      if (document[i].lower == "as" && document[i].dep == Dep::prep && document[i + 1].lower != "well") judgement = document.subtree(i);
  // "called the move illegal", with the adjective behind its noun
  if (object != no_token && judgement.empty() && object > verb)
    for (const TokenIndex child : document.children(object))
      if (child > object && document[child].pos == Pos::adj && document[child].dep == Dep::amod) judgement = document.subtree(child);
  if (object == no_token || judgement.empty()) return;
  std::optional<Polarity> polarity = lexicon.evaluation(document, judgement);
  if (!polarity && token.lemma == "hail") polarity = Polarity::for_;
  if (!polarity) return;
  const std::vector<EntityId> holders = holders_of(verb, false);
  const StanceAct act = *polarity == Polarity::for_ ? StanceAct::endorse : StanceAct::condemn;
  if (is_nobody(object)) {
    bool extraposed = false;  // "views it as their duty to resist"
    for (TokenIndex i = judgement.begin; i < judgement.end; ++i) extraposed = extraposed || document[i].tag == Tag::to;
    if (!extraposed && is_third_pronoun(document[object]) && !entities.headed_by(object)) add_same_issue(verb, act, *polarity, holders, "position.naming");
    return;
  }
  if (entities.headed_by(object) && is_courtesy(issue_of(object))) return;
  for (const Issue& issue : issues_at(object)) add(verb, act, *polarity, issue, holders, {}, "position.naming");
}

// "Cambodia must withdraw its troops", "the suffering must end", "mediation should be led by the bloc"
void Finder::read_obligation(TokenIndex verb) {
  const Predicate form = predicate_at(document, verb);
  if (form.modal != "must" && form.modal != "should") {
    const bool has_to = document[verb].dep == Dep::xcomp && document[document[verb].head].lemma == "have" && form.infinitive && !form.not_yet;
    if (!has_to) return;
  } else if (!form.finite) {
    return;
  }
  if (form.in_condition || form.perfect) return;
  const std::vector<EntityId> holders = voice_holders(verb);
  if (holders.empty()) return;
  const TokenIndex subject = subject_of(document, verb);
  if (subject == no_token || document[verb].dep == Dep::relcl || document[subject].lower == "it" || document[subject].lower == "this") return;  // "a bridge which should be finished": an expectation
  for (const TokenIndex child : document.children(verb))
    if (document[child].tag == Tag::md && child < subject) return;  // "should talks collapse, ..."
  const std::vector<EntityId> actors = actors_of_phrase(document, entities, subject);
  if (is_one_of(WordClass::light_obligation, document[verb].lemma)) return;
  if (document[verb].lemma == "remain" && ((document.child(verb, Dep::prep) == no_token && document.child(verb, Dep::attr) == no_token) || document.child(verb, Dep::acomp) != no_token)) return;  // "in force", "under its control"; not "friendly"
  if (!actors.empty()) {
    const std::vector<EntityId> bound = principals_of(entities, actors);
    if (overlap(bound, holders)) return;  // what one lays on oneself, or on both sides, is no demand
    for (Issue issue : issues_at(verb)) add(verb, StanceAct::demand, form.negated && issue.head == verb ? Polarity::against : Polarity::for_, issue, holders, bound, "position.must");
    return;
  }
  if (is_nobody(subject)) return;
  Issue issue = issue_of(subject);
  // "must go" ends it, "must go to the hospitals" doesn't
  const bool ends = is_one_of(WordClass::ending, document[verb].lemma) ||
                    (is_one_of(WordClass::falling, document[verb].lemma) && document.child(verb, Dep::prep) == no_token) ||
                    (form.passive && lexicon.reversal(document, verb) != nullptr && lexicon.reversal(document, verb)->only.empty()) ||
                    (form.passive && is_one_of(WordClass::lifted_demand, document[verb].lemma));
  if (ends) {
    add(verb, StanceAct::demand, form.negated ? Polarity::for_ : Polarity::against, issue, holders, {}, "position.must-end");
    return;
  }
  const TokenSpan act = act_phrase(verb);
  issue.text += " " + issue_text(document, act);
  issue.words.end = std::max(issue.words.end, act.end);
  issue.words.begin = std::min(issue.words.begin, issue.words.end);
  add(verb, StanceAct::demand, form.negated ? Polarity::against : Polarity::for_, issue, holders, {}, "position.must");
}

// "will not accept preconditions", "does not recognise the border", "under no circumstances will we submit to bullying"
void Finder::read_refusal(TokenIndex verb) {
  const std::string_view kind = lexicon.refusal(document, verb);
  if (kind.empty()) return;
  const Predicate form = predicate_at(document, verb);
  bool negated = form.negated;
  if (!negated)  // "under no circumstances", "in no way"
    for (const TokenIndex child : document.children(verb))
      if (document[child].dep == Dep::prep)
        if (const TokenIndex object = document.child(child, Dep::pobj); object != no_token && is_negated(document, object)) negated = true;
  if (!negated || form.perfect || form.in_condition || form.not_yet || form.progressive) return;
  if (form.tense == Tense::past && form.modal.empty()) return;
  if (form.modal == "should" || form.modal == "must" || form.modal == "may" || form.modal == "could" || form.modal == "might") return;
  const TokenIndex subject = subject_of(document, verb);
  if (subject == no_token || form.passive) return;
  std::vector<EntityId> holders = with_principals(entities, actors_of_phrase(document, entities, subject));
  if (holders.empty()) return;
  const std::vector<EntityId> speakers = speakers_at(statements, document[verb].span.begin);
  for (const EntityId speaker : speakers)
    if (overlap(principals_of(entities, {speaker}), holders)) add_new(holders, {speaker});
  if (kind == "act") {
    add(verb, StanceAct::reject, Polarity::against, issue_of(verb), holders, {}, "position.refusal");
    return;
  }
  TokenIndex object = document.child(verb, Dep::dobj);
  // "the islet, which Peru does not accept", "Transnia, which it does not recognise": the noun before
  if (object != no_token && object < verb && is_nobody(object)) object = undergoer_of(document, verb);
  if (object == no_token && document[verb].dep == Dep::relcl && document[verb].head != subject) object = document[verb].head;
  if (object != no_token && object < verb) {
    if (is_nobody(object)) return;
    Issue issue = issue_of(object);
    if (document[verb].lemma.starts_with("recogni")) issue.text = "recognition of " + issue.text;
    add(verb, StanceAct::reject, Polarity::against, issue, holders, {}, "position.refusal");
    return;
  }
  // "will not allow its soil to be used": the whole of it
  for (const TokenIndex child : document.children(verb)) {
    if (child < verb || (document[child].dep != Dep::ccomp && document[child].dep != Dep::xcomp) || document.child(child, Dep::nsubj) == document.child(child, Dep::nsubjpass)) continue;
    Issue issue = issue_of(child);
    issue.words = {document[child].left_edge, document[child].right_edge + 1};
    cut_asides(document, issue.words, child);
    trim_issue(document, issue.words, child);
    issue.text = issue_text(document, issue.words);
    add(verb, StanceAct::reject, Polarity::against, issue, holders, {}, "position.refusal");
    return;
  }
  if (object == no_token)
    for (const std::string_view preposition : {"to", "for", "in"})
      if (object == no_token) object = object_of_prep(document, verb, preposition);
  if (object == no_token || is_nobody(object)) return;
  // "will not recognise Kosovo": not the state is refused, but to recognise it
  const Mention* mention = entities.headed_by(object);
  if (mention && !mention->entities.empty() && entities[mention->entities.front()].kind == EntityKind::state) {
    add(verb, StanceAct::reject, Polarity::against, issue_of(verb), holders, {}, "position.refusal");
    return;
  }
  const TokenIndex deed = document.child(verb, Dep::xcomp);
  for (Issue issue : issues_at(object)) {
    extend_over_siblings(issue, verb);
    if (deed != no_token && document[deed].left_edge == issue.words.end) {  // "will not permit any party to control the river"
      issue.words.end = document[deed].right_edge + 1;
      trim_issue(document, issue.words, deed);
      issue.text = issue_text(document, issue.words);
    }
    add(verb, StanceAct::reject, Polarity::against, issue, holders, {}, "position.refusal");
  }
}

// "The policy threatens stability", "repeated violations reveal ...", "the main threat comes from ..."
void Finder::read_blame(TokenIndex verb) {
  const std::vector<EntityId> holders = voice_holders(verb);
  if (holders.empty()) return;
  const TokenIndex subject = document.child(verb, Dep::nsubj);
  if (subject == no_token || is_nobody(subject) || is_negated(document, verb)) return;
  const Predicate form = predicate_at(document, verb);
  if (form.in_condition) return;
  const bool wrong = lexicon.is_wrong(document[subject].lemma);
  if (lexicon.is_harm(document[verb].lemma) || wrong) {
    if (!actors_of_phrase(document, entities, subject).empty()) return;
    const std::vector<EntityId> who = blamed(document.subtree(subject));
    if (wrong && !lexicon.is_harm(document[verb].lemma) && who.empty() && object_of_prep(document, subject, "of") == no_token) return;
    if (overlap(who, holders)) return;
    for (const Issue& issue : issues_at(subject)) add(verb, StanceAct::condemn, Polarity::against, issue, holders, who, "position.blame");
    // "coupled with Israeli attacks", "along with the siege"
    for (const std::string_view word : {"coupled", "along", "together", "combined"})
      for (TokenIndex i = document[subject].left_edge; i < verb; ++i)
        if (document[i].lower == word)
          if (const TokenIndex other = object_of_prep(document, i, "with"); other != no_token && !is_nobody(other))
            for (const Issue& issue : issues_at(other)) add(verb, StanceAct::condemn, Polarity::against, issue, holders, {}, "position.blame");
    return;
  }
  if (is_one_of(WordClass::threat, document[subject].lemma) && is_one_of(WordClass::stemming, document[verb].lemma)) {
    const TokenIndex source = object_of_prep(document, verb, "from");
    if (source == no_token || is_nobody(source)) return;
    Issue issue = issue_of(source);
    add(verb, StanceAct::warn, Polarity::against, issue, holders, principals_of(entities, actors_of_phrase(document, entities, source)), "position.threat-from");
  }
}

// "There can be no military solution", "there is no question of a return"
void Finder::read_absence(TokenIndex verb) {
  const bool there_is = document[verb].lemma == "be" && document.child(verb, Dep::expl) != no_token;
  const bool sees = document[verb].lemma == "see" || document[verb].lemma == "have";
  if (!there_is && !sees) return;
  std::vector<EntityId> holders = there_is ? voice_holders(verb) : with_principals(entities, actors_of_phrase(document, entities, subject_of(document, verb)));
  if (holders.empty()) return;
  TokenIndex thing = document.child(verb, Dep::attr);
  if (thing == no_token) thing = document.child(verb, Dep::dobj);
  if (thing == no_token || !is_negated(document, thing)) return;
  const Predicate form = predicate_at(document, verb);
  if (form.in_condition || form.tense == Tense::past) return;
  const std::string_view takes = lexicon.absence(document[thing].lemma);
  const bool backs = takes == "backs";
  if (takes == "nothing" || (sees && takes != "ground" && !backs) || (takes.empty() && form.modal.empty())) return;
  if (backs || takes == "behind" || takes == "ground") {
    TokenIndex inner = no_token;
    static constexpr std::string_view backing[] = {"to", "for"}, denying[] = {"of", "for"};
    for (const std::string_view preposition : backs ? backing : denying)
      if (inner == no_token) inner = object_of_prep(document, thing, preposition);
    if (inner == no_token) inner = object_of_prep(document, verb, backs ? "to" : "for");
    if (inner == no_token && !backs)  // "no reason to postpone the vote"
      for (const TokenIndex child : document.children(thing))
        if ((document[child].dep == Dep::acl || document[child].dep == Dep::relcl) && predicate_at(document, child).infinitive) inner = child;
    if (inner == no_token || is_nobody(inner)) return;
    thing = inner;
  }
  Issue issue = issue_of(thing);
  while (issue.words.size() > 1 && document[issue.words.begin].lower == "no") ++issue.words.begin;
  issue.text = issue_text(document, issue.words);
  add(verb, backs ? StanceAct::endorse : StanceAct::reject, backs ? Polarity::for_ : Polarity::against, issue, holders, {}, "position.absence");
}

// "has no plans to resume purchases", "denied that it intends to resume them": it is against.
void Finder::read_no_intention(TokenIndex word) {
  if (!is_one_of(WordClass::intention, document[word].lemma)) return;
  const bool noun = is_noun(document[word]);
  if (noun && document[word].dep == Dep::compound) return;
  bool denied = is_negated(document, word);
  TokenIndex at = word;
  for (int step = 0; step < 5 && !denied && !document.is_root(at); ++step) {
    const Dep dep = document[at].dep;
    if (dep == Dep::conj || dep == Dep::advcl || dep == Dep::parataxis) break;
    at = document[at].head;
    if (is_verb(document[at]) && (document[at].lemma == "deny" || (noun && document[at].lemma == "have" && predicate_at(document, at).negated))) denied = true;
  }
  if (!denied) return;
  TokenIndex act = no_token;
  for (const TokenIndex child : document.children(word))
    if (child > word && (document[child].dep == Dep::xcomp || document[child].dep == Dep::acl) && document[child].tag == Tag::vb) act = child;
  if (act == no_token) return;
  TokenIndex subject = noun ? document.child(word, Dep::poss) : subject_of(document, word);
  if (noun && subject == no_token && !document.is_root(word) && is_verb(document[document[word].head])) subject = subject_of(document, document[word].head);
  if (subject == no_token) return;
  add(word, StanceAct::reject, Polarity::against, issue_of(act), with_principals(entities, actors_of_phrase(document, entities, subject)), {}, "position.no-intention");
}

// "threatened to shut the border unless the flights stop", "would reopen only if the provocations ceased": what is made a condition is
// wanted, what a threat is put on is not.
void Finder::read_condition(TokenIndex verb) {
  const bool threat = governor_sense(document, verb).sense == Governance::threaten;
  const Predicate form = predicate_at(document, verb);
  if (!threat && form.modal != "will" && form.modal != "would") return;
  const std::optional<TokenSpan> span = condition_of(document, verb);
  if (!span || span->contains(verb)) return;
  TokenIndex inner = no_token;
  for (TokenIndex i = span->begin; i < span->end; ++i)
    if (is_verb(document[i]) && !span->contains(document[i].head) && document[i].dep == Dep::advcl) inner = i;
  if (inner == no_token) return;
  const TokenIndex subject = document.child(inner, Dep::nsubj) == no_token ? document.child(inner, Dep::nsubjpass) : document.child(inner, Dep::nsubj);
  if (subject == no_token || is_nobody(subject)) return;
  std::vector<EntityId> holders = with_principals(entities, actors_of_phrase(document, entities, subject_of(document, verb)));
  if (holders.empty() || form.passive) holders = voice_holders(verb);
  if (holders.empty()) return;
  const std::string_view inner_lemma = document[inner].lemma;
  const bool lifted = predicate_at(document, inner).passive && is_one_of(WordClass::lifted_condition, inner_lemma);
  const bool ends = lifted || is_one_of(WordClass::ending, inner_lemma);
  const bool unless = document[span->begin].lower == "unless";
  if (ends && (unless || !threat)) {
    add(verb, StanceAct::demand, Polarity::against, issue_of(subject), holders, {}, "position.condition");
    return;
  }
  if (!threat) return;
  Issue issue = issue_of(subject);
  const TokenSpan act = act_phrase(inner);
  issue.text += " " + issue_text(document, act);
  issue.words.end = std::max(issue.words.end, act.end);
  add(verb, unless ? StanceAct::demand : StanceAct::warn, unless ? Polarity::for_ : Polarity::against, issue, holders, {}, "position.condition");
}

// "holds Ghana responsible for the fire": who is blamed, and for what.
void Finder::read_holding(TokenIndex verb) {
  if (document[verb].lemma != "hold" || !holds_in_context(document, verb) || predicate_at(document, verb).negated) return;
  const TokenSpan clause = document.subtree(verb);
  for (TokenIndex word = verb + 1; word < clause.end; ++word) {
    if (!is_one_of(WordClass::answerable, document[word].lower)) continue;
    TokenIndex thing = object_of_prep(document, word, "for");
    if (thing == no_token) thing = object_of_prep(document, verb, "for");
    const TokenIndex blamed_one = undergoer_of(document, verb) != no_token ? undergoer_of(document, verb) : document.child(word, Dep::nsubj);
    if (thing == no_token || blamed_one == no_token || is_nobody(thing)) return;
    const std::vector<EntityId> holders = holders_of(verb, false);
    const std::vector<EntityId> target = principals_of(entities, actors_of_phrase(document, entities, blamed_one));
    if (!holders.empty() && !target.empty()) add(verb, StanceAct::condemn, Polarity::against, issue_of(thing), holders, target, "position.holds-responsible");
    return;
  }
}

// What a spokesman was asked about, where he answers with "it" or "them": "Asked about the remarks, he dismissed them".
TokenIndex Finder::asked_about(TokenIndex word) const {
  const TokenSpan sentence = document.sentence_of(word);
  for (TokenIndex i = sentence.begin; i < word; ++i) {
    if (!is_one_of(WordClass::topic_preposition, document[i].lower)) continue;
    if (i != sentence.begin && document[document[i].head].lemma != "ask") continue;
    const TokenIndex object = document.child(i, Dep::pobj);
    if (object != no_token && object < word && !is_nobody(object)) return object;
  }
  return no_token;
}

void Finder::merge() {
  std::vector<Position> kept;
  for (Position& next : found) {
    bool merged = false;
    for (Position& first : kept) {
      if (first.polarity != next.polarity || !overlap(first.holders, next.holders)) continue;
      const bool same_words = first.evidence.trigger->overlaps(*next.evidence.trigger);
      if (!same_words && likeness(first.issue, next.issue) < 0.75) continue;
      // joint holders and one of them: the joint telling stands beside his own, unless it is the same words
      if (!same_words && principals_of(entities, first.holders) != principals_of(entities, next.holders)) continue;
      // the body over the title, else the first
      if (document[first.head].sentence == 0 && document[next.head].sentence > 0 && !same_words) first = std::move(next);
      else add_new(first.holders, next.holders);
      merged = true;
      break;
    }
    if (!merged) kept.push_back(std::move(next));
  }
  std::stable_sort(kept.begin(), kept.end(), [](const Position& a, const Position& b) { return a.evidence.trigger->begin < b.evidence.trigger->begin; });
  found = std::move(kept);
}

void Finder::read() {
  story_parties = main_parties(document, entities);
  std::uint32_t asked = 0xffffffffu;  // the sentence that is a question
  for (TokenIndex i = 0; i < document.size(); ++i) {
    const Token& token = document[i];
    if (token.sentence == asked) continue;
    if (i == document.sentence_of(i).begin && is_question(document, document.sentence_of(i))) {
      asked = token.sentence;
      continue;
    }
    if (token.pos == Pos::punct || token.pos == Pos::det || token.pos == Pos::num || token.pos == Pos::space) continue;
    const std::size_t before = found.size();
    for (const StanceWord* stance : lexicon.stances(document, i)) {
      read_stance(i, *stance);
      if (found.size() > before) break;
    }
    if (found.size() == before) read_no_intention(i);
    if (!is_verb(token)) continue;
    if (token.dep == Dep::aux || token.dep == Dep::auxpass) continue;
    if (found.size() == before) read_naming(i);
    if (found.size() == before) read_refusal(i);
    if (found.size() == before) read_obligation(i);
    if (found.size() == before) read_judgement(i);
    if (found.size() == before) read_absence(i);
    if (found.size() == before) read_blame(i);
    if (found.size() == before) read_holding(i);
    read_condition(i);
  }
  merge();
}

}  // namespace

std::vector<Position> find_positions(const Document& document, const Entities& entities, const std::vector<Statement>& statements,
                                     const PositionLexicon& lexicon) {
  Finder finder{document, entities, statements, lexicon, {}, {}, {}};
  finder.read();
  return std::move(finder.found);
}

}  // namespace dragoman
