// The actor stands where the grammar of the outermost word puts it: subject, "by" phrase, possessor, demonym. The recipient is looked for
// along the routes that the word's table entry names, outermost word first, and last inside the phrase that the word is about.
#include "dragoman/relations/event_parties.h"

#include <algorithm>

#include "dragoman/relations/parties.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

void add_all(std::vector<EntityId>& to, const std::vector<EntityId>& from) {
  for (const EntityId id : from)
    if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
}

bool is_place(const Entity& entity) { return entity.kind == EntityKind::place || entity.kind == EntityKind::region; }

bool can_act(const Entity& entity) {
  switch (entity.kind) {
    case EntityKind::place:
    case EntityKind::agreement:
    case EntityKind::occasion:
    case EntityKind::document: return false;
    default: return true;
  }
}

class Search {
 public:
  Search(const Document& document, const Entities& entities, const std::vector<Statement>& statements, const Unit& unit,
         const EventLexicon& lexicon)
      : document_(document), entities_(entities), statements_(statements), unit_(unit), lexicon_(lexicon) {}

  Parties run();

 private:
  void actor();
  void recipient();
  void routes();
  void anyone_named();
  enum class Clause : std::uint8_t { own, infinitive, other };
  [[nodiscard]] Clause clause_with(TokenIndex token) const;
  [[nodiscard]] bool is_own(EntityId id) const;
  [[nodiscard]] bool is_told_of(TokenIndex token, TokenIndex object) const;
  [[nodiscard]] bool asks_unknown() const;
  [[nodiscard]] bool is_means() const;
  [[nodiscard]] bool is_at_home() const;
  [[nodiscard]] std::vector<EntityId> sides_of(const std::vector<EntityId>& ids) const;
  void doer_of_passive();
  void subject_before(TokenIndex verb);
  [[nodiscard]] bool is_dateline(TokenIndex token) const;
  [[nodiscard]] TokenIndex by_phrase_near(TokenIndex noun) const;
  void nominal_actor(TokenIndex noun, const NounEntry& entry);
  bool take(TokenIndex head, std::vector<EntityId>& into, TokenIndex& at, const std::vector<EntityId>& except);
  bool route(TokenIndex word, const std::vector<std::string_view>& to);
  void with_states(std::vector<EntityId>& ids) const;

  const Document& document_;
  const Entities& entities_;
  const std::vector<Statement>& statements_;
  const Unit& unit_;
  const EventLexicon& lexicon_;
  Parties found_;
};

// Adds the parties of that phrase, without those of `except`. True if there are any.
bool Search::take(TokenIndex head, std::vector<EntityId>& into, TokenIndex& at, const std::vector<EntityId>& except) {
  if (head == no_token) return false;
  bool any = false;
  for (const EntityId id : parties_in(document_, entities_, head)) {
    const bool same = std::any_of(except.begin(), except.end(), [&](EntityId other) { return other == id; });
    if (same || std::find(into.begin(), into.end(), id) != into.end()) continue;
    into.push_back(id);
    any = true;
  }
  if (any && at == no_token) at = head;
  return any;
}

// "a visit to London by the minister": the parse may hang "by" on a later word of the phrase.
TokenIndex Search::by_phrase_near(TokenIndex noun) const {
  const TokenSpan phrase = document_.subtree(noun);
  for (TokenIndex i = noun + 1; i < phrase.end; ++i) {
    if (is_verb(document_[i])) return no_token;
    if (document_[i].lower == "by" && document_.child(i, Dep::pobj) != no_token) return document_.child(i, Dep::pobj);
  }
  return no_token;
}

void Search::nominal_actor(TokenIndex noun, const NounEntry& entry) {
  for (const std::string_view from : entry.from) {
    if (from == "poss" || from == "amod" || from == "compound") {
      const Dep wanted = from == "poss" ? Dep::poss : from == "amod" ? Dep::amod : Dep::compound;
      for (const TokenIndex child : document_.children(noun)) {
        if (document_[child].dep != wanted && !(from == "amod" && document_[child].dep == Dep::nmod)) continue;
        if (const Mention* mention = entities_.headed_by(child); mention && !mention->entities.empty()) {
          add_all(found_.actors, mention->entities);
          if (found_.actor_head == no_token) found_.actor_head = child;
        }
      }
    } else if (from == "between") {
      continue;  // both sides: see run()
    } else {
      TokenIndex object = object_of_prep(document_, noun, from);
      if (object == no_token && from == "by") object = by_phrase_near(noun);
      if (object != no_token && is_noun(document_[object])) take(object, found_.actors, found_.actor_head, {});
    }
    if (!found_.actors.empty()) return;
  }
}

// A finite verb whose subject the parse has lost ("NEW DELHI: India and Brazil on Friday agreed ..."): the nearest party before it that is
// nobody's object, with no other verb between.
bool Search::is_dateline(TokenIndex token) const {
  if (token > document_.sentence_of(token).begin + 8) return false;
  const EntityLabel label = document_[token].entity;
  const std::string_view shape = document_[token].shape;
  return label == EntityLabel::date || label == EntityLabel::gpe || label == EntityLabel::loc || shape.starts_with("XXX");
}

void Search::subject_before(TokenIndex verb) {
  const Predicate predicate = predicate_at(document_, verb);
  if (!predicate.finite || predicate.passive) return;
  TokenIndex at = verb;
  if (document_[at].dep == Dep::conj && is_verb(document_[document_[at].head])) at = document_[at].head;
  const TokenSpan sentence = document_.sentence_of(verb);
  while (at > sentence.begin) {
    const Token& token = document_[--at];
    if (is_verb(token) && token.dep != Dep::aux && token.dep != Dep::auxpass) return;
    if (token.lower == "“" || token.lower == "”" || token.lower == "\"") return;
    const Mention* mention = entities_.headed_by(at);
    if (!mention || mention->entities.empty() || token.dep == Dep::pobj || token.dep == Dep::dobj || token.dep == Dep::poss) continue;
    take(first_conjunct(document_, at), found_.actors, found_.actor_head, {});
    if (found_.actors.empty()) take(at, found_.actors, found_.actor_head, {});
    if (!found_.actors.empty()) return;
  }
}

void Search::actor() {
  const TokenIndex top = unit_.top;
  if (unit_.verdict.by_modal) {
    // "Cambodia, he said, must withdraw": the demand is the speaker's, made to the subject
    const StatementId statement = statement_at(statements_, document_[top].span.begin);
    if (statement == no_statement) return;
    found_.actors = statements_[statement].speakers;
    if (const auto source = statements_[statement].source) found_.actor_head = head_of(document_, document_.tokens_in(*source));
    const TokenIndex subject = subject_of(document_, top);
    if (subject != no_token && entities_.headed_by(subject)) take(subject, found_.recipients, found_.recipient_head, found_.actors);
    found_.direct = !found_.recipients.empty();
    return;
  }
  // "received a loan from Chile": the giver stands behind "from", and it is given to the subject
  if (!unit_.nominal && unit_.verdict.verb && !unit_.verdict.verb->to.empty() && unit_.verdict.verb->to.front() == "nsubj") {
    TokenIndex giver = object_of_prep(document_, top, "from");
    for (const TokenIndex word : unit_.chain)
      if (giver == no_token && is_noun(document_[word])) giver = object_of_prep(document_, word, "from");
    take(giver, found_.actors, found_.actor_head, {});
    if (found_.actors.empty() && unit_.verdict.noun) nominal_actor(unit_.verdict.trigger, *unit_.verdict.noun);
    if (const TokenIndex taker = subject_of(document_, top); taker != no_token) take(taker, found_.recipients, found_.recipient_head, found_.actors);
    found_.direct = !found_.recipients.empty();
    return;
  }
  if (!unit_.nominal) {
    TokenIndex agent = agent_of(document_, top);
    if (agent != no_token) take(agent, found_.actors, found_.actor_head, {});
    // "lions, tigers, and Togo": the parse may give a verb a subject for each of a row
    if (agent != no_token && document_.child(agent, Dep::cc) != no_token)
      for (const TokenIndex child : document_.children(top))
        if (child > agent && child < top && document_[child].dep == Dep::nsubj) take(child, found_.actors, found_.actor_head, {});
    if (!found_.actors.empty()) return;
    if (agent == no_token || is_dateline(agent)) subject_before(top);
    if (!found_.actors.empty()) return;
    // "is scheduled to attend": who is to do it stands before the passive
    if (agent == no_token && unit_.chain.size() > 1 && predicate_at(document_, top).passive && governor_sense(document_, top).sense == Governance::intend)
      take(document_.child(top, Dep::nsubjpass), found_.actors, found_.actor_head, {});
    if (agent == no_token && found_.actors.empty()) doer_of_passive();
    if (!found_.actors.empty()) return;
    // "Israel's attack has killed": the event noun's own actor
    if (agent != no_token)
      if (const NounEntry* noun = lexicon_.noun_at(document_, agent); noun && noun->alone) nominal_actor(agent, *noun);
    if (!found_.actors.empty()) return;
    // "sanctions were imposed", "talks were held": the noun says whose; not in "was asked to hold talks"
    const bool asked = unit_.verdict.coding->type == EventType::request && unit_.verdict.core->type != EventType::request;
    if (unit_.verdict.noun && unit_.verdict.noun->alone && !asked) nominal_actor(unit_.verdict.trigger, *unit_.verdict.noun);
    return;
  }
  if (unit_.verdict.noun) nominal_actor(unit_.verdict.trigger, *unit_.verdict.noun);
  if (found_.actors.empty() && unit_.verdict.trigger != top)
    if (const TokenIndex agent = agent_of(document_, top); agent != no_token) take(agent, found_.actors, found_.actor_head, {});
  // "made during a telephone conversation with his colleague": who acts in that clause talks
  if (found_.actors.empty() && unit_.verdict.coding->type == EventType::consult && document_[top].dep == Dep::pobj &&
      object_of_prep(document_, top, "with") != no_token) {
    TokenIndex above = document_[document_[top].head].head;
    for (int step = 0; step < 6 && !is_verb(document_[above]) && !document_.is_root(above); ++step) above = document_[above].head;
    if (is_verb(document_[above]))
      if (const TokenIndex agent = agent_of(document_, above); agent != no_token) take(agent, found_.actors, found_.actor_head, {});
  }
  // "Israel began its attacks", "paid a visit": the subject of the verb above, where the noun is that verb's object
  // not "will monitor the withdrawal", which is another's
  if (found_.actors.empty() && document_[top].dep == Dep::dobj) {
    const TokenIndex above = document_[top].head;
    if (is_verb(document_[above]) && !is_one_of(WordClass::watching, document_[above].lemma)) {
      const TokenIndex agent = agent_of(document_, above);
      if (agent != no_token) take(agent, found_.actors, found_.actor_head, {});
    }
  }
}

bool Search::route(TokenIndex word, const std::vector<std::string_view>& to) {
  const auto other = [&](TokenIndex head) {
    if (head == no_token || head == found_.actor_head) return false;
    return take(head, found_.recipients, found_.recipient_head, found_.actors);
  };
  // "Thai and Lao envoys met in Peru": those who met are told; where they did is no party to it
  const Coding& coding = *unit_.verdict.coding;
  const bool met = coding.type == EventType::consult && coding.mode != "visit" && sides_of(found_.actors).size() > 1;
  const auto by_prepositions = [&] {
    for (const std::string_view preposition : to) {
      if (preposition == "dobj" || preposition == "between") continue;
      if (preposition == "in" && met) continue;
      const TokenIndex object = object_of_prep(document_, word, preposition);
      if (object != no_token && is_noun(document_[object]) && other(object)) return true;
    }
    return false;
  };
  if (is_verb(document_[word])) {
    // "conceded that Peru was right": to whom the clause gives it
    if (!to.empty() && to.front() == "ccomp") {
      const TokenIndex clause = document_.child(word, Dep::ccomp);
      return clause != no_token && other(document_.child(clause, Dep::nsubj));
    }
    const TokenIndex object = undergoer_of(document_, word);
    const Mention* mention = object == no_token ? nullptr : entities_.headed_by(object);
    const bool event = object != no_token && lexicon_.noun_at(document_, object) && !mention;
    // "sent experts to Chad", "recalled its envoy to Mali": whom one sends or withdraws is a means; the one it is done to stands behind
    const bool unnamed = mention && mention->form == MentionForm::nominal;
    const bool own = mention && !mention->entities.empty() &&
                     std::all_of(mention->entities.begin(), mention->entities.end(), [&](EntityId id) { return is_own(id); });
    const EventType type = unit_.verdict.coding->type;
    const bool sends = type == EventType::mobilize || type == EventType::retreat || type == EventType::sanction || type == EventType::aid ||
                       type == EventType::consult || type == EventType::agree || type == EventType::reject || is_one_of(WordClass::sending, document_[word].lemma);
    const bool means = to.empty() || to.front() != "dobj" || object == unit_.verdict.trigger || is_one_of(WordClass::sending, document_[word].lemma);
    if ((unnamed && sends && means) || (own && sends)) {
      if (by_prepositions()) return true;
      for (const TokenIndex holder : {object, word})
        for (const std::string_view preposition : {"to", "in", "from", "against", "out"}) {
          TokenIndex there = object_of_prep(document_, holder, preposition);
          for (const TokenIndex child : document_.children(holder))  // "pulled its troops out of Mali"
            if (there == no_token && document_[child].lower == "back") there = object_of_prep(document_, child, preposition);  // "sent it back to Mali"
            else if (there == no_token && preposition == "out" && document_[child].lower == "out") there = object_of_prep(document_, child, "of");
          if (there != no_token && is_noun(document_[there]) && other(there)) return true;
        }
      if (type == EventType::mobilize || own || is_one_of(WordClass::sending, document_[word].lemma)) return false;
    }
    // the one it is done to comes first, whatever the table says of prepositions
    if (object != no_token && !event && other(object)) return true;
    // "found the banker guilty"
    for (const TokenIndex child : document_.children(word))
      if (document_[child].dep == Dep::ccomp && document_[child].pos == Pos::adj)
        if (const TokenIndex subject = document_.child(child, Dep::nsubj); subject != no_token && other(subject)) return true;
    const TokenIndex dative = document_.child(word, Dep::dative);
    if (dative != no_token) {
      const TokenIndex inner = document_.child(dative, Dep::pobj);
      if (other(inner == no_token ? dative : inner)) return true;
    }
  }
  return by_prepositions();
}

// Belongs to the state of an actor.
bool Search::is_own(EntityId id) const {
  const EntityId state = entities_.state_of(id);
  if (state == no_entity || entities_[id].kind == EntityKind::state) return false;
  return std::any_of(found_.actors.begin(), found_.actors.end(), [&](EntityId actor) { return entities_.state_of(actor) == state; });
}

// The states that stand behind those, or they themselves.
std::vector<EntityId> Search::sides_of(const std::vector<EntityId>& ids) const {
  std::vector<EntityId> sides;
  for (const EntityId id : ids) {
    const EntityId state = entities_.state_of(id);
    const EntityId side = state != no_entity ? state : id;
    if (std::find(sides.begin(), sides.end(), side) == sides.end()) sides.push_back(side);
  }
  return sides;
}

void Search::recipient() {
  if (asks_unknown()) {
    found_.at_home = true;
    return;
  }
  routes();
  if (found_.recipients.empty() && !found_.at_home) anyone_named();
  found_.at_home = found_.at_home || is_at_home();
  if (is_means() || found_.at_home) {
    found_.recipients.clear();
    found_.recipient_head = no_token;
    found_.direct = false;
  }
}

// "demanded the release of the fisherman": he is to be released, and somebody else is asked.
bool Search::is_means() const {
  const NounEntry* noun = unit_.verdict.noun;
  if (unit_.verdict.coding->type != EventType::request || unit_.nominal || found_.recipient_head == no_token) return false;
  // "called for the inclusion of women"
  if (!noun) {
    const Token& who = document_[found_.recipient_head];
    const bool of = who.dep == Dep::pobj && document_[who.head].lower == "of" && is_noun(document_[document_[who.head].head]);
    return of && std::all_of(found_.recipients.begin(), found_.recipients.end(), [&](EntityId id) { return entities_[id].kind == EntityKind::people; });
  }
  if (unit_.verdict.core->type == EventType::request) return false;
  const bool undergone = std::find(noun->to.begin(), noun->to.end(), "of") != noun->to.end() && std::find(noun->from.begin(), noun->from.end(), "of") == noun->from.end();
  const TokenIndex of = undergone ? object_of_prep(document_, unit_.verdict.trigger, "of") : no_token;
  const Mention* who = of == no_token ? nullptr : entities_.headed_by(of);
  if (!who || who->entities.empty() || found_.recipient_head == no_token) return false;
  const EntityKind kind = entities_[who->entities.front()].kind;
  if (kind != EntityKind::person && kind != EntityKind::people) return false;
  return found_.recipient_head == unit_.verdict.trigger || document_.is_under(found_.recipient_head, of) || found_.recipient_head == of;
}

// "Peru promised a clinic in Arequipa": a place of one's own is no other party, but where it is attacked or closed off.
bool Search::is_at_home() const {
  const EventType type = unit_.verdict.coding->type;
  if (type == EventType::assault || type == EventType::coerce || type == EventType::protest || found_.recipients.empty()) return false;
  const bool joint = type == EventType::agree || type == EventType::support || type == EventType::cooperate || type == EventType::consult;
  if (!joint && sides_of(found_.actors).size() > 1) return false;
  return std::all_of(found_.recipients.begin(), found_.recipients.end(), [&](EntityId id) { return entities_[id].kind == EntityKind::place && is_own(id); });
}

// "urged donors to increase aid to Sudan", "called upon all states to ...": who is asked is nobody we know, so nobody named behind is.
bool Search::asks_unknown() const {
  const TokenIndex top = unit_.top;
  if (unit_.nominal || unit_.verdict.coding->type != EventType::request || unit_.chain.size() < 2 || !governor_sense(document_, top).object_control) return false;
  bool asked_to = false;
  for (const TokenIndex word : unit_.chain) asked_to = asked_to || (word != top && is_verb(document_[word]) && predicate_at(document_, word).infinitive);
  if (!asked_to) return false;
  TokenIndex who = document_.child(top, Dep::dobj);
  for (const std::string_view preposition : {"on", "upon"})
    if (who == no_token) who = object_of_prep(document_, top, preposition);
  return who != no_token && document_[who].pos == Pos::noun && entities_.of_phrase(document_, who).empty() && parties_in(document_, entities_, who).empty();
}

void Search::routes() {
  static const std::vector<std::string_view> common = {"with", "to", "against", "on", "from", "for", "at", "into"};
  found_.direct = true;
  // outermost first: "urged Mali to lift sanctions on Togo" is said to Mali
  for (auto word = unit_.chain.rbegin(); word != unit_.chain.rend(); ++word) {
    // "demanded that Chile free the miners": of whom it is asked comes before whom it would be done to
    if (unit_.verdict.coding->type == EventType::request && is_verb(document_[*word]) && *word != unit_.top && document_[*word].dep == Dep::ccomp) {
      const TokenIndex subject = document_.child(*word, Dep::nsubj);
      if (subject != no_token && entities_.headed_by(subject) && take(subject, found_.recipients, found_.recipient_head, found_.actors)) return;
    }
    if (unit_.nominal || is_verb(document_[*word])) {
      const bool decides = unit_.verdict.verb && *word == unit_.verdict.decider;
      if (is_verb(document_[*word]) && route(*word, decides && !unit_.verdict.verb->to.empty() ? unit_.verdict.verb->to : common)) return;
      // the subject of a clause under it: "demanded that Mali lift", "urged ... must"
      if (is_verb(document_[*word]) && *word != unit_.top) {
        const TokenIndex subject = document_.child(*word, Dep::nsubj);
        if (subject != no_token && subject != found_.actor_head &&
            take(subject, found_.recipients, found_.recipient_head, found_.actors))
          return;
      }
    }
    if (is_noun(document_[*word])) {
      const NounEntry* noun = lexicon_.noun_at(document_, *word);
      // an attitude to a deed is an attitude to the one who did it: "condemned Israel's attack on Lebanon"
      const EventType type = unit_.verdict.coding->type;
      const bool attitude = type == EventType::accuse || type == EventType::support || type == EventType::reject || type == EventType::request;
      if (noun && !unit_.nominal && unit_.verdict.decider != *word && (attitude || type != unit_.verdict.core->type)) {
        Parties kept = found_;
        found_.actors.clear();
        found_.actor_head = no_token;
        nominal_actor(*word, *noun);
        if (found_.actors.empty() && attitude && !entities_.headed_by(*word)) take(*word, found_.actors, found_.actor_head, kept.actors);
        std::vector<EntityId> doers = std::move(found_.actors);
        const TokenIndex head = found_.actor_head;
        found_ = std::move(kept);
        for (const EntityId id : doers)
          if (std::find(found_.actors.begin(), found_.actors.end(), id) == found_.actors.end()) add_all(found_.recipients, {id});
        if (!found_.recipients.empty()) {
          found_.recipient_head = head;
          return;
        }
      }
      // "condemned the attack on the convoy": whoever was hit is not blamed
      if (noun && type == EventType::accuse && unit_.verdict.core->type == EventType::assault && !unit_.nominal) {
        found_.at_home = true;
        return;
      }
      if (route(*word, noun && !noun->to.empty() ? noun->to : common)) return;
    }
  }
  found_.direct = false;
  // whoever is named in the phrase that it is about: "welcomed the Turkish decision"
  for (const TokenIndex word : unit_.chain) {
    if (!is_verb(document_[word])) continue;
    TokenIndex object = document_.child(word, Dep::dobj);
    if (object == no_token && document_.child(word, Dep::nsubjpass) != no_token) object = document_.child(word, Dep::nsubjpass);
    if (object == no_token) continue;
    const Mention* thing = entities_.headed_by(object);
    if (unit_.verdict.coding->type == EventType::retreat && thing && !thing->entities.empty() && is_own(thing->entities.front())) continue;  // "its troops"
    if (is_one_of(WordClass::sending, document_[word].lemma) && unit_.verdict.coding->type != EventType::consult) continue;  // who is sent is no party
    if (object != found_.actor_head && take(object, found_.recipients, found_.recipient_head, found_.actors)) return;
    for (const Mention* mention : entities_.inside(phrase_of(document_, object))) {
      const TokenIndex above = document_[mention->head].head;
      if (document_[mention->head].dep == Dep::pobj && is_one_of(WordClass::locative, document_[above].lower)) continue;  // a place: later
      const bool judges = unit_.verdict.coding->type != EventType::support || unit_.verdict.coding->cameo == "051";
      if (mention->form == MentionForm::pronoun && mention->head > object) continue;  // "terrorism in all its forms"
      if (!judges && is_told_of(mention->head, object)) continue;  // "signed the pact, which Togo rejects"; but "thanked for what Togo did"
      for (const EntityId id : mention->entities)
        if (can_act(entities_[id]) && std::find(found_.actors.begin(), found_.actors.end(), id) == found_.actors.end())
          add_all(found_.recipients, {id});
      if (!found_.recipients.empty()) {
        found_.recipient_head = mention->head;
        return;
      }
    }
  }
}

// Does that word stand in a relative clause on the object? "a pact with Fiji, which Togo rejects"
bool Search::is_told_of(TokenIndex token, TokenIndex object) const {
  for (int step = 0; step < 12 && token != object && !document_.is_root(token); ++step, token = document_[token].head)
    if (document_[token].dep == Dep::relcl) return true;
  return false;
}

// Does that word belong to the unit's own clause, to an infinitive in it ("... to help Togo"), or to a clause that hangs on it ("..., which
// Togo denies")?
Search::Clause Search::clause_with(TokenIndex token) const {
  Clause clause = Clause::own;
  for (int step = 0; step < 12 && token != unit_.top && !document_.is_root(token); ++step) {
    if (std::find(unit_.chain.begin(), unit_.chain.end(), token) != unit_.chain.end()) return clause;
    if (is_verb(document_[token])) {
      if (document_[token].dep != Dep::xcomp && !predicate_at(document_, token).infinitive) return Clause::other;
      clause = Clause::infinitive;
    }
    token = document_[token].head;
  }
  return token == unit_.top ? clause : Clause::other;
}

// Nobody stands where the words lead: the nearest party that the clause names behind its word, or else the place where it is done.
void Search::anyone_named() {
  const Coding& coding = *unit_.verdict.coding;
  const bool among = coding.type == EventType::consult || coding.cameo == "057";  // a place where they met is not a party
  const bool told = coding.type == EventType::accuse || coding.type == EventType::request || coding.type == EventType::reject ||
                    coding.type == EventType::threaten || coding.type == EventType::support;
  const TokenSpan clause = unit_.nominal ? phrase_of(document_, unit_.top) : clause_of(document_, unit_.top);
  const Mention* best = nullptr;
  int best_rank = 3;
  for (const Mention* mention : entities_.inside({std::min(unit_.top + 1, clause.end), clause.end})) {
    if (mention->entities.empty()) continue;
    const EntityId id = mention->entities.front();
    if (std::find(found_.actors.begin(), found_.actors.end(), id) != found_.actors.end()) continue;
    const bool place = is_place(entities_[id]);
    if (place ? among : !can_act(entities_[id])) continue;
    const Token& head = document_[mention->head];
    if (head.dep == Dep::poss && mention->form != MentionForm::name && mention->form != MentionForm::metonym) continue;
    int rank = 0;
    if (place || entities_[id].kind == EntityKind::state) {
      TokenIndex at = mention->head;
      for (int step = 0; step < 12 && (document_[at].dep == Dep::conj || document_[at].dep == Dep::appos); ++step) at = document_[at].head;
      const TokenIndex preposition = document_[at].dep == Dep::pobj ? document_[at].head : no_token;
      if (preposition != no_token && is_one_of(WordClass::locative, document_[preposition].lower)) {
        const bool on_verb = is_verb(document_[document_[preposition].head]);
        const NounEntry* noun = unit_.verdict.noun;  // "sought refuge in Togo"
        const bool there = noun && std::find(noun->to.begin(), noun->to.end(), document_[preposition].lower) != noun->to.end();
        if (among || (told && on_verb && !there)) continue;
        rank = on_verb ? 2 : 1;
      }
    }
    if (head.dep == Dep::pobj && document_[head.head].dep == Dep::agent) continue;
    if (head.dep == Dep::dobj && is_one_of(WordClass::sending, document_[head.head].lemma) && mention->form == MentionForm::nominal) continue;  // who is sent
    const Clause in = clause_with(mention->head);
    if (in == Clause::infinitive) rank = std::max(rank, 1);
    if (rank >= best_rank || in == Clause::other) continue;
    best = mention;
    best_rank = rank;
  }
  if (!best) return;
  add_all(found_.recipients, best->entities);
  // "will visit Baku and Yerevan"
  if (is_place(entities_[best->entities.front()]))
    for (const TokenIndex other : conjuncts_of(document_, best->head))
      if (const Mention* mention = other > best->head ? entities_.headed_by(other) : nullptr) add_all(found_.recipients, mention->entities);
  std::erase_if(found_.recipients, [&](EntityId id) { return std::find(found_.actors.begin(), found_.actors.end(), id) != found_.actors.end(); });
  found_.recipient_head = best->head;
}

// "was arrested in Togo", "was expelled from Togo", "had been summoned to the ministry": who alone can do that there.
void Search::doer_of_passive() {
  const Coding& coding = *unit_.verdict.coding;
  if (unit_.nominal || !predicate_at(document_, unit_.top).passive) return;
  const bool by_law = coding.mode == "arrest" || coding.mode == "convict" || coding.mode == "release" || coding.mode == "deport" ||
                      coding.mode == "investigate";
  for (const TokenIndex child : document_.children(unit_.top)) {
    if (document_[child].dep != Dep::prep || child < unit_.top) continue;
    const TokenIndex object = document_.child(child, Dep::pobj);
    const Mention* mention = object == no_token ? nullptr : entities_.headed_by(object);
    if (!mention || mention->entities.empty()) continue;
    const Entity& entity = entities_[mention->entities.front()];
    const bool there = by_law && document_[child].lower == "in" && (entity.kind == EntityKind::state || is_place(entity));
    const bool put_out = (coding.mode == "expel" || coding.mode == "deport") && document_[child].lower == "from" && entity.kind == EntityKind::state;
    const bool called_in = coding.type == EventType::accuse && document_[child].lower == "to" && entity.kind == EntityKind::government_body;
    if (!there && !put_out && !called_in) continue;
    const EntityId state = entities_.state_of(mention->entities.front());
    if (called_in) found_.actors = mention->entities;
    else if (state != no_entity) found_.actors = {state};
    if (!found_.actors.empty()) found_.actor_head = object;
    return;
  }
}

// The person and the state he acts for are both parties.
void Search::with_states(std::vector<EntityId>& ids) const {
  const std::size_t own = ids.size();
  for (std::size_t i = 0; i < own; ++i) {
    const EntityKind kind = entities_[ids[i]].kind;
    const bool place = is_place(entities_[ids[i]]);
    if (kind != EntityKind::person && kind != EntityKind::office && kind != EntityKind::government_body && !place) continue;
    if (place && std::find(found_.actors.begin(), found_.actors.end(), entities_.state_of(ids[i])) != found_.actors.end()) continue;
    if (kind == EntityKind::person && entities_[ids[i]].office.empty() && entities_[ids[i]].sector != "GOV") continue;
    const EntityId state = entities_.state_of(ids[i]);
    if (state != no_entity && std::find(ids.begin(), ids.end(), state) == ids.end()) ids.push_back(state);
  }
}

// "clashed", "exchanged fire": words that can take "with" or "between" are done by both sides.
bool is_mutual(const ChainVerdict& verdict) {
  const std::vector<std::string_view>* to = verdict.verb ? &verdict.verb->to : verdict.noun ? &verdict.noun->to : nullptr;
  return to && (std::find(to->begin(), to->end(), "with") != to->end() || std::find(to->begin(), to->end(), "between") != to->end());
}

Parties Search::run() {
  actor();
  // "talks between A and B", "a deal between them": both sides
  for (const TokenIndex word : unit_.chain) {
    if (!is_noun(document_[word])) continue;
    const TokenIndex both = object_of_prep(document_, word, "between");
    if (both == no_token) continue;
    std::vector<EntityId> sides;
    TokenIndex at = no_token;
    take(both, sides, at, {});
    if (sides.empty()) continue;
    if (found_.actors.empty()) {
      found_.actors = sides;
      found_.recipients = std::move(sides);
      found_.actor_head = found_.recipient_head = at;
      found_.mutual = true;
      return found_;
    }
    add_all(found_.recipients, sides);
    found_.recipient_head = at;
  }
  if (found_.recipients.empty()) recipient();
  const EventType type = unit_.verdict.coding->type;
  const bool visit = unit_.verdict.coding->mode == "visit";
  // several sides that act on one another: "exchanged fire", "suspended talks", "signed"
  const std::vector<EntityId> sides = sides_of(found_.actors);
  const bool stateless = std::all_of(found_.recipients.begin(), found_.recipients.end(),
                                     [&](EntityId id) { return entities_.state_of(id) == no_entity; });
  const EventType core = unit_.verdict.core->type;
  const bool among = sides.size() > 1 && stateless && !visit &&
                     (((type == EventType::assault || unit_.verdict.coding->mode == "release") && is_mutual(unit_.verdict)) || core == EventType::consult ||
                      (type == EventType::reject && found_.recipients.empty() && (core == EventType::agree || core == EventType::support)) ||
                      ((type == EventType::agree || type == EventType::support || type == EventType::cooperate) &&
                       unit_.verdict.coding->cameo != "051"));
  if (among) found_.recipients.clear();
  const bool meets = among || (type == EventType::consult && !visit) ||
                     ((type == EventType::agree || type == EventType::support || type == EventType::cooperate) && found_.actors.size() > 1 &&
                      found_.recipients.empty() && unit_.verdict.coding->cameo != "051");
  if (meets && !found_.actors.empty() && (found_.actors.size() > 1 || !found_.recipients.empty())) {
    std::vector<EntityId> all = found_.actors;
    add_all(all, found_.recipients);
    with_states(all);
    found_.actors = found_.recipients = std::move(all);
    if (found_.recipient_head == no_token) found_.recipient_head = found_.actor_head;
    found_.mutual = true;
    return found_;
  }
  // "Western sanctions" are nobody's; "some Baltic states" act
  std::erase_if(found_.actors, [&](EntityId id) { return entities_[id].kind == EntityKind::region && !entities_[id].ref.starts_with("local:"); });
  with_states(found_.actors);
  with_states(found_.recipients);
  return found_;
}

}  // namespace

std::vector<EntityId> parties_in(const Document& document, const Entities& entities, TokenIndex head) {
  std::vector<EntityId> found = entities.of_phrase(document, head);
  std::erase_if(found, [&](EntityId id) { return !can_act(entities[id]); });
  if (!found.empty()) return found;
  // "a Turkish court", "the army of Mali", "Ghana's proposal": whoever is named in it stands for it
  if (const Mention* mention = entities.headed_by(head); mention && !mention->entities.empty()) return {};
  if (document[head].lemma == "opposition") return {};  // "Peru's opposition" is not Peru
  for (const Mention* mention : entities.inside(phrase_of(document, head))) {
    const Token& inner = document[mention->head];
    const bool of = inner.dep == Dep::pobj && document[inner.head].lower == "of" && document[inner.head].head == head;
    if (mention->head != head && inner.head != head && !of && (mention->form != MentionForm::demonym || is_aimed_at(document, mention->head, head))) continue;
    for (const EntityId id : mention->entities)
      if (can_act(entities[id]) && std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
    if (!found.empty()) return found;
  }
  return found;
}

Parties parties_of(const Document& document, const Entities& entities, const std::vector<Statement>& statements, const Unit& unit,
                   const EventLexicon& lexicon) {
  return Search(document, entities, statements, unit, lexicon).run();
}

}  // namespace dragoman
