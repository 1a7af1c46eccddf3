// Every verb and noun of a story is asked whether it names an act or a thing; the words around it say what is made of it
// (undertaking_cues), and the thing whether a later story could call it done (deliverables). Tellings of one undertaking are then put
// together, at the clearest of them and with the furthest stage.
#include "dragoman/relations/commitments.h"

#include <algorithm>

#include "dragoman/relations/clauses.h"
#include "dragoman/relations/deliverables.h"
#include "dragoman/relations/parties.h"
#include "dragoman/relations/undertaking_cues.h"
#include "dragoman/relations/word_classes.h"

namespace dragoman {
namespace {

// What a commitment is called again by: "the treaty", "the talks".
struct Reference {
  std::string head;        // lemma of the thing's head noun
  std::string instrument;  // "treaty", where the words spell out what a treaty says
  bool bare = false;       // nothing but an article before it: points back
  bool definite = false;
  TokenSpan tokens;
};

struct Finder {
  const Document& document;
  const Entities& entities;
  const std::vector<TimeMention>& times;
  const std::vector<Statement>& statements;
  const CommitmentLexicon& lexicon;
  std::vector<EntityId> story_parties;  ///< whom the story is mostly about
  std::vector<EntityId> pair;           ///< whom its last undertaking bound
  std::uint32_t pair_sentence = 0;
  std::vector<Commitment> found;
  std::vector<Reference> references;    ///< one for each of `found`
  std::vector<std::string> spelled_out; ///< "treaty", where its content is told

  void read();
  void read_verb(TokenIndex verb);
  void read_permission(TokenIndex verb);
  void read_noun(TokenIndex noun);
  void read_asked(TokenIndex noun);
  bool read_hidden_verb(TokenIndex noun);
  bool take_up(TokenIndex noun, const ThingPhrase& thing, const UndertakingCue& cue);
  bool is_spelled_out(TokenIndex noun, TokenIndex verb) const;
  bool is_known_instrument(TokenIndex noun) const;
  std::string word_of_name(TokenIndex noun) const;

  std::string state_code(const std::vector<EntityId>& ids) const {
    for (const EntityId id : ids)
      if (entities[id].kind == EntityKind::state) return entities[id].ref;
    return "";
  }
  bool is_title(TokenIndex token) const { return document[token].sentence == 0 && document[token].span.end < 300 && !ends_in_stop(document.sentence_of(token)); }
  bool ends_in_stop(TokenSpan sentence) const {
    const std::string_view last = document[sentence.end - 1].lower;
    return last == "." || last == "”" || last == "\"" || last == "!" || last == "?";
  }

  bool names_somebody(TokenIndex noun) const;
  bool is_help_with_thing(TokenIndex noun) const;
  TokenIndex thing_meant(TokenIndex pronoun) const;
  std::vector<EntityId> owners_of(TokenIndex noun) const;
  bool is_joint_thing(const ThingPhrase& thing, const ThingSense& sense) const;
  std::vector<EntityId> undertakers(const UndertakingCue& cue, TokenIndex act, const ThingPhrase& thing, const ThingSense& sense, bool personal) const;
  bool is_elsewhere(const ThingPhrase& thing, TokenIndex act) const;
  bool is_thing(EntityId id, const ThingPhrase& thing) const;
  std::vector<EntityId> counterparties(const std::vector<EntityId>& undertakers, TokenIndex act, const ThingPhrase& thing) const;
  bool names_receiver(TokenIndex act) const;
  std::optional<TimeRange> deadline(TokenIndex act, const ThingPhrase& thing, const UndertakingCue& cue) const;
  std::vector<EntityId> places(const ThingPhrase& thing) const;
  std::optional<ByteSpan> condition(TokenIndex act) const;
  void add(TokenIndex act, std::string_view action, const ThingPhrase& thing, const ThingSense& sense, const UndertakingCue& cue, const ActEntry* entry);
  void merge();
};

bool is_halt(Stage stage) { return stage == Stage::stalled || stage == Stage::cancelled || stage == Stage::broken; }

// A narrow field of cooperation is something one can follow up, a list of fields is not.
bool is_cooperation_in_one_field(const Document& document, TokenIndex noun, const CommitmentLexicon& lexicon) {
  const std::string_view lemma = document[noun].lemma;
  if (lemma != "cooperation" && lemma != "co-operation" && lemma != "collaboration") return false;
  for (const std::string_view preposition : {"in", "on", "against"}) {
    TokenIndex field = object_of_prep(document, noun, preposition);
    // the preposition may hang on a word above ("commitment to cooperation in ...")
    if (field == no_token && noun + 1 < document.size() && document[noun + 1].lower == preposition) {
      field = document.child(noun + 1, Dep::pobj);
      if (field == no_token) field = document.child(noun + 1, Dep::pcomp);
    }
    if (field == no_token) continue;
    if (conjuncts_of(document, field).size() > 1) return false;
    const TokenSpan span = document.subtree(field);
    for (TokenIndex i = span.begin; i < span.end; ++i)
      if (const auto entry = lexicon.object(document, i, span.end); entry && entry->sector != Sector::other && entry->sector != Sector::trade) return true;
  }
  return false;
}

bool has_place(const Document& document, const Entities& entities, const ThingPhrase& thing) {
  for (TokenIndex i = thing.tokens.begin; i < thing.tokens.end; ++i)
    if (document[i].entity == EntityLabel::gpe || document[i].entity == EntityLabel::loc) return true;
  return !entities.inside(thing.tokens).empty();
}

// A state or person is nothing that one builds, sends or signs.
bool Finder::names_somebody(TokenIndex noun) const {
  const Mention* mention = entities.headed_by(noun);
  if (!mention || mention->entities.empty()) return false;
  for (const EntityId id : mention->entities)
    if (entities[id].kind != EntityKind::state && entities[id].kind != EntityKind::person && entities[id].kind != EntityKind::place) return false;
  return document[noun].pos == Pos::propn || document[noun].pos == Pos::pron || document[noun].tag == Tag::nnp;
}

// "20 million euros", which the recogniser of names may miss.
bool is_sum(const Document& document, TokenIndex noun, const CommitmentLexicon& lexicon) {
  if (document[noun].dep != Dep::dobj) return false;
  return document[noun].entity == EntityLabel::money || (!lexicon.currency(document[noun].lower, "").empty() && document.child(noun, Dep::nummod) != no_token);
}

// "repairs to the lighthouse": the object of that preposition, also where the parse hangs it on the verb.
TokenIndex object_behind(const Document& document, TokenIndex noun, std::string_view preposition) {
  if (const TokenIndex object = object_of_prep(document, noun, preposition); object != no_token) return object;
  return noun + 1 < document.size() && document[noun + 1].lower == preposition ? document.child(noun + 1, Dep::pobj) : no_token;
}

// "help with the dam", "assistance to Chilean hospitals": what is given is help, and a thing tells for what.
bool Finder::is_help_with_thing(TokenIndex noun) const {
  if (!is_one_of(WordClass::help, document[noun].lemma)) return false;
  for (const std::string_view preposition : {"with", "for", "to", "in"}) {
    const TokenIndex object = object_behind(document, noun, preposition);
    if (object == no_token || !is_noun(document[object]) || names_somebody(object)) continue;
    const TokenSpan span = phrase_of(document, object);
    const ThingSense sense = sense_of(document, span, object, lexicon, false);
    if (sense.concrete) return true;
  }
  return false;
}

// "Trade stood at $2 billion, and they agreed to double it": the nearest thing told of before, first as a subject. People to whom
// something was done count as well ("The sailors were arrested. Norway promised that they would be freed").
TokenIndex Finder::thing_meant(TokenIndex pronoun) const {
  const std::string_view lower = document[pronoun].lower;
  if (lower != "it" && lower != "they" && lower != "them") return no_token;
  const auto is_meant = [&](TokenIndex noun, bool as_subject) {
    const Token& token = document[noun];
    const bool subject = token.dep == Dep::nsubj || token.dep == Dep::nsubjpass;
    if (as_subject ? !subject : token.dep != Dep::dobj) return false;
    if (token.pos != Pos::noun || (token.tag == Tag::nns) != (lower != "it")) return false;
    if (lower != "it" && token.dep == Dep::nsubjpass) return true;
    if (const Mention* mention = entities.headed_by(noun); mention && !mention->entities.empty()) return false;
    return lexicon.object_ending(document, noun).has_value();
  };
  const std::uint32_t sentence = document[pronoun].sentence;
  for (std::uint32_t at = sentence; at + 1 >= sentence && at < document.sentences().size(); --at) {
    const TokenSpan span = document.sentences()[at];
    for (const bool as_subject : {true, false})
      for (TokenIndex i = std::min(span.end, pronoun); i-- > span.begin;)
        if (is_meant(i, as_subject)) return i;
    if (at == 0) break;
  }
  return no_token;
}

TokenIndex prepositional_object(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : document.children(verb)) {
    if (child < verb || document[child].dep != Dep::prep) continue;
    if (!is_one_of(WordClass::action_preposition, document[child].lower)) continue;
    const TokenIndex object = document.child(child, Dep::pobj);
    if (object != no_token && document[object].entity != EntityLabel::date) return object;
  }
  return no_token;
}

// Whose a noun is: "Iran’s consulate", "an Iranian consulate", "the consulate of Iran".
std::vector<EntityId> Finder::owners_of(TokenIndex noun) const {
  std::vector<EntityId> owners;
  for (const TokenIndex child : document.children(noun)) {
    const Token& token = document[child];
    if (token.dep == Dep::poss) add_new(owners, actors_of_phrase(document, entities, child));
    if ((token.dep == Dep::amod || token.dep == Dep::compound || token.dep == Dep::nmod) && child < noun) {
      const Mention* mention = entities.headed_by(child);
      if (mention && mention->form == MentionForm::demonym)
        for (const EntityId id : mention->entities)
          if (is_actor(entities[id].kind)) add_new(owners, {id});
    }
  }
  return owners;
}

bool Finder::is_joint_thing(const ThingPhrase& thing, const ThingSense& sense) const {
  if (sense.head == ObjectKind::event || sense.head == ObjectKind::instrument) return true;
  for (TokenIndex i = thing.tokens.begin; i < thing.tokens.end; ++i) {
    const bool cross = document[i].lower == "cross" && i + 1 < document.size() && document[i + 1].lower == "-";
    if (cross || is_one_of(WordClass::joint, document[i].lower)) return true;
  }
  return false;
}

std::vector<EntityId> Finder::undertakers(const UndertakingCue& cue, TokenIndex act, const ThingPhrase& thing, const ThingSense& sense, bool personal) const {
  std::vector<EntityId> actors;
  if (cue.who != no_token) actors = actors_of_subject(document, entities, statements, cue.who, story_parties);
  if (actors.empty() && cue.who != no_token && is_noun(document[cue.who])) actors = owners_of(cue.who);
  // "promised that the state company would study it": who promises answers for it
  if (actors.empty() && is_verb(document[act]))
    if (const std::optional<Governor> governor = governor_of(document, act); governor && governor->sense == Governance::undertake && is_verb(document[governor->token]))
      actors = actors_of_subject(document, entities, statements, subject_of(document, governor->token), story_parties);
  if (actors.empty()) {
    actors = owners_of(thing.head == no_token ? act : thing.head);
    if (actors.empty() && is_noun(document[act])) actors = owners_of(act);
  }
  if (!actors.empty()) {
    std::vector<EntityId> result = personal ? with_principals(entities, actors) : principals_of(entities, actors);
    // one minister who speaks of a joint thing speaks for both ("discussed a power line")
    if (result.size() == 1 && cue.stage == Stage::discussed && is_joint_thing(thing, sense)) add_new(result, story_parties);
    return result;
  }
  // "the dam would feed 40,000 homes": what a thing will do is nobody's promise; what a treaty says binds its parties
  if (cue.who != no_token && !cue.about_thing)
    if (const auto kind = lexicon.object_ending(document, cue.who); kind && (kind->kind == ObjectKind::concrete || kind->kind == ObjectKind::project)) return {};
  // a subject that names somebody the story does not place ("the Council") binds nobody else
  if (cue.who != no_token && is_noun(document[cue.who]) && document[cue.who].pos != Pos::pron && !means_both_sides(document, cue.who) && !lexicon.object_ending(document, cue.who)) return {};
  // "The next summit will be held in Accra": a meeting of many is not held by the two who were last told of, unless it meets with one of them
  if (is_elsewhere(thing, act)) return principals_of(entities, speakers_at(statements, document[act].span.begin));
  // "The resolution was adopted by 112 votes": by whom was told before
  if (cue.about_thing && sense.head == ObjectKind::instrument && thing.head != no_token && !document.children(thing.head).empty() &&
      document[document.children(thing.head).front()].lower == "the")
    for (std::size_t k = references.size(); k-- > 0;)
      if (references[k].head == document[thing.head].lemma) return found[k].undertakers;
  const std::uint32_t sentence = document[act].sentence;
  const bool fresh = !pair.empty() && sentence - pair_sentence <= 2;
  const std::vector<EntityId>& both = fresh && pair.size() > 1 ? pair : story_parties;
  if (is_joint_thing(thing, sense)) return both;
  if (cue.stage >= Stage::stalled && fresh) return pair;  // what came to nothing is what was promised just before
  if (cue.deed || cue.stage == Stage::discussed) return both;
  const std::vector<EntityId> speakers = speakers_at(statements, document[act].span.begin);
  if (!speakers.empty()) return principals_of(entities, speakers);
  return both;
}

// "sold gas to Togo", "bought fuel from Kenya", "handed Togo 20 buses": does the clause say who gets or gives it?
bool Finder::names_receiver(TokenIndex act) const {
  for (const std::string_view preposition : {"to", "from"})
    if (const TokenIndex other = object_of_prep(document, act, preposition); other != no_token && !actors_of_phrase(document, entities, other).empty()) return true;
  for (const TokenIndex child : document.children(act))
    if (document[child].dep == Dep::dative && !actors_of_phrase(document, entities, child).empty()) return true;
  return false;
}

// "a third vessel", "the first 20 buses": one of a row that was promised.
bool is_one_of_a_row(const Document& document, TokenIndex noun) {
  for (const TokenIndex child : document.children(noun))
    if (child < noun && document[child].entity == EntityLabel::ordinal) return true;
  return false;
}

// A summit whose place belongs to neither of the two told of last.
bool Finder::is_elsewhere(const ThingPhrase& thing, TokenIndex act) const {
  if (thing.head == no_token || !is_one_of(WordClass::gathering, document[thing.head].lemma)) return false;
  const TokenSpan clause = is_verb(document[act]) ? clause_of(document, act) : document.sentence_of(act);
  for (const Mention* mention : entities.inside(clause))
    for (const EntityId id : mention->entities) {
      if (entities[id].kind != EntityKind::place && entities[id].kind != EntityKind::state) continue;
      const EntityId state = entities.state_of(id);
      if (std::find(pair.begin(), pair.end(), id) == pair.end() && (state == no_entity || std::find(pair.begin(), pair.end(), state) == pair.end())) return true;
    }
  return false;
}

// "to send observers": what is sent is sent to another.
bool Finder::is_thing(EntityId id, const ThingPhrase& thing) const {
  const Mention* mention = thing.head == no_token ? nullptr : entities.headed_by(thing.head);
  return mention && std::find(mention->entities.begin(), mention->entities.end(), id) != mention->entities.end();
}

std::vector<EntityId> Finder::counterparties(const std::vector<EntityId>& bound, TokenIndex act, const ThingPhrase& thing) const {
  std::vector<EntityId> others;
  const std::vector<EntityId> principals = principals_of(entities, bound);
  const auto take = [&](TokenIndex head) {
    if (head == no_token) return;
    for (const EntityId id : principals_of(entities, actors_of_phrase(document, entities, head)))
      if (std::find(principals.begin(), principals.end(), id) == principals.end()) add_new(others, {id});
  };
  if (principals.size() > 1) return principals;
  for (const std::string_view preposition : {"to", "with", "for", "from"}) {
    take(object_of_prep(document, act, preposition));
    if (thing.head != no_token && thing.head != act) take(object_of_prep(document, thing.head, preposition));
  }
  for (const TokenIndex child : document.children(act))
    if (document[child].dep == Dep::dative) take(child);
  if (!others.empty()) return others;
  if (overlap(principals, story_parties))
    for (const EntityId id : story_parties)
      if (std::find(principals.begin(), principals.end(), id) == principals.end() && !is_thing(id, thing)) others.push_back(id);
  return others;
}

// Does `token` hang on `verb` with no other verb between them?
bool hangs_on(const Document& document, TokenIndex token, TokenIndex verb) {
  for (int step = 0; step < 12 && !document.is_root(token); ++step) {
    token = document[token].head;
    if (token == verb) return true;
    if (is_verb(document[token])) return false;
  }
  return false;
}

std::optional<TimeRange> Finder::deadline(TokenIndex act, const ThingPhrase& thing, const UndertakingCue& cue) const {
  if (cue.deed && cue.stage == Stage::completed) return std::nullopt;
  // "agreed on Monday to open by June": the time of the promise is not that of the act
  const TokenSpan sentence = document.sentence_of(act);
  const TimeMention* best = nullptr;
  int best_rank = -1;
  for (const TimeMention& time : times) {
    if (time.tokens.begin < sentence.begin || time.tokens.begin >= sentence.end) continue;
    const bool under_act = document.is_under(time.head, act) || (thing.head != no_token && document.is_under(time.head, thing.head));
    const bool after_cue = time.tokens.begin > cue.cue;
    if (!under_act && !(time.deadline && after_cue)) continue;
    if (cue.deed && !time.deadline) continue;
    if (!time.time.to.empty() && !document.info().published.empty() && time.time.to < document.info().published) continue;
    // "shut since 2018": what has lasted up to now sets no day for what comes
    if (!time.deadline && !time.time.from.empty() && time.time.from < time.time.to && time.time.to == document.info().published) continue;
    // "a meeting, planned for April and twice postponed, will take place on June 12": the act's own time first
    const bool direct = hangs_on(document, time.head, act);
    const int rank = (direct ? 2 : 0) + (time.deadline ? 1 : 0);
    if (!best || rank > best_rank) {
      best = &time;
      best_rank = rank;
    }
  }
  if (!best) return std::nullopt;
  return best->time;
}

std::vector<EntityId> Finder::places(const ThingPhrase& thing) const {
  std::vector<EntityId> places;
  for (const Mention* mention : entities.inside(thing.tokens))
    for (const EntityId id : mention->entities)
      if (entities[id].kind == EntityKind::place) add_new(places, {id});
  return places;
}

std::optional<ByteSpan> Finder::condition(TokenIndex act) const {
  if (const auto span = condition_of(document, act)) return document.bytes(*span);
  // in the next sentence: "That depends on ...", "Only if ... , he added"
  const std::uint32_t next = document[act].sentence + 1;
  if (next >= document.sentences().size()) return std::nullopt;
  const TokenSpan sentence = document.sentences()[next];
  if (sentence.size() < 4) return std::nullopt;
  TokenIndex first = sentence.begin;
  if (document[first].pos == Pos::punct) ++first;
  const std::string_view lead = document[first].lower, then = document[first + 1].lower;
  TokenIndex head = no_token;
  for (TokenIndex i = sentence.begin; i < sentence.end; ++i)
    if (document.is_root(i)) head = i;
  if (head == no_token) return std::nullopt;
  const bool depends = (lead == "that" || lead == "this" || lead == "it") && is_one_of(WordClass::hinging, then);
  const bool conditional_on = (lead == "the" || lead == "this" || lead == "that") && is_one_of(WordClass::named_undertaking, then) &&
                              condition_of(document, head).has_value();
  if (depends) return document.bytes(clause_of(document, head));
  if (conditional_on) return document.bytes(*condition_of(document, head));
  return std::nullopt;
}

// The clause without its subject: "the three ministers will meet" counts nothing that is undertaken.
TokenSpan behind(TokenSpan clause, TokenIndex verb) { return {std::max(clause.begin, std::min(verb, clause.end)), clause.end}; }

std::string joined(std::string_view action, std::string_view object) {
  std::string out(action);
  if (!object.empty()) out.append(" ").append(object);
  return out;
}

/// "cooperate" and "mutual cooperation in fisheries": "cooperate in fisheries". A noun of the action itself is not said beside it.
std::string without_its_noun(const Document& document, const ThingPhrase& thing, std::string_view action, const std::string& titled) {
  if (thing.head == no_token || thing.head + 1 >= document.size() || document[thing.head + 1].pos != Pos::adp) return titled;
  const std::string_view noun = document[thing.head].lower;
  const auto shared = static_cast<std::size_t>(std::mismatch(action.begin(), action.end(), noun.begin(), noun.end()).first - action.begin());
  if (shared < std::max<std::size_t>(5, action.size() - 2)) return titled;
  const std::size_t at = titled.find(document.text(thing.head));
  if (at == std::string::npos) return titled;
  const std::size_t rest = titled.find(' ', at);
  return rest == std::string::npos ? titled : titled.substr(rest + 1);
}

void Finder::add(TokenIndex act, std::string_view action, const ThingPhrase& thing, const ThingSense& sense, const UndertakingCue& cue, const ActEntry* entry) {
  const StatementId statement = statement_at(statements, document[act].span.begin);
  if (statement != no_statement && statements[statement].denied) return;
  const bool personal = entry && entry->act == ActClass::meet;
  Commitment commitment;
  commitment.undertakers = undertakers(cue, act, thing, sense, personal);
  if (commitment.undertakers.empty()) return;
  const std::vector<EntityId> principals = principals_of(entities, commitment.undertakers);
  // "India expects Nepal to ratify": what one expects of others binds nobody
  if (cue.cue != no_token && document[cue.cue].lemma == "expect" && is_verb(document[cue.cue]) && !predicate_at(document, cue.cue).passive) {
    std::vector<EntityId> expecting = actors_of_phrase(document, entities, subject_of(document, cue.cue));
    if (expecting.empty()) expecting = speakers_at(statements, document[act].span.begin);
    if (!overlap(principals_of(entities, expecting), principals)) return;
  }
  if (cue.joint_only && principals.size() < 2) return;
  commitment.counterparties = counterparties(commitment.undertakers, act, thing);
  commitment.action = std::string(action);
  commitment.object = thing.text;
  std::string titled = thing.titled;
  for (const std::string_view article : {"The ", "A ", "An "})  // from the head of a sentence
    if (titled.starts_with(article)) titled[0] = static_cast<char>(titled[0] + ('a' - 'A'));
  if (!thing.tokens.empty() && (document[thing.tokens.begin].pos == Pos::noun || document[thing.tokens.begin].pos == Pos::num) &&
      thing.tokens.begin == document.sentence_of(thing.tokens.begin).begin && titled.starts_with(document.text(thing.tokens.begin)))
    titled.replace(0, document[thing.tokens.begin].lower.size(), document[thing.tokens.begin].lower);
  commitment.title = joined(action, without_its_noun(document, thing, action, titled));
  commitment.stage = cue.stage;
  // "It would also send nurses": inside what somebody says, "would" is his "will"; in a draft or plan it stays open
  if (cue.rule == "commitment.would" && cue.stage == Stage::discussed && statement != no_statement && !statements[statement].speakers.empty() &&
      statements[statement].cue && document.text(*statements[statement].cue) != "according to" && document.text(*statements[statement].cue) != "According to")
    commitment.stage = Stage::pledged;
  // what two sides both will, they have agreed
  if (commitment.stage == Stage::pledged && principals.size() > 1) commitment.stage = Stage::agreed;
  commitment.sector = sense.sector;
  if (commitment.sector == Sector::other && entry && entry->sector) commitment.sector = *entry->sector;
  commitment.deadline = deadline(act, thing, cue);
  commitment.amounts = find_amounts(document, document.subtree(act).contains(thing.tokens) && !cue.about_thing ? behind(clause_of(document, act), act) : thing.tokens, times, lexicon,
                                    state_code(principals));
  commitment.places = places(thing);
  commitment.condition = condition(act);
  commitment.voice.statement = statement;
  const TokenIndex last = std::max<TokenIndex>(thing.tokens.empty() ? act : thing.tokens.end - 1, act);
  const TokenIndex first = std::min<TokenIndex>(thing.tokens.empty() ? act : thing.tokens.begin, act);
  commitment.evidence.trigger = document.bytes({first, last + 1});
  commitment.evidence.sentence = document.bytes(document.sentence_of(act));
  const TokenIndex from = std::min(first, cue.cue == no_token ? first : cue.cue);
  commitment.evidence.spans = {document.bytes({from, std::max(last, cue.cue == no_token ? last : cue.cue) + 1})};
  commitment.head = act;
  commitment.rule = std::string(cue.rule);
  Reference reference;
  const TokenIndex head = thing.head == no_token ? act : thing.head;
  reference.head = std::string(document[head].lemma);
  reference.tokens = thing.tokens;
  reference.bare = thing.tokens.size() <= 1;
  for (const TokenIndex child : document.children(head))
    if (document[child].dep == Dep::det && (document[child].lower == "the" || document[child].lower == "this" || document[child].lower == "that")) reference.definite = true;
  for (const Governor& governor : governors_of(document, act))
    if (const auto kind = lexicon.object_ending(document, governor.token); kind && kind->kind == ObjectKind::instrument)
      reference.instrument = std::string(document[governor.token].lemma);
  // a bare "the deal" points back; alone it says nothing that one could look for later
  const bool instrument = sense.head == ObjectKind::instrument || sense.head == ObjectKind::event;
  if (instrument && reference.definite && reference.bare && cue.deed) {
    bool known = false;
    for (const Reference& earlier : references) known = known || earlier.head == reference.head || earlier.instrument == reference.head;
    if (!known) return;
  }
  if (sense.head == ObjectKind::instrument && reference.definite && cue.deed)
    for (const Reference& earlier : references)
      if (earlier.instrument == reference.head) return;
  {
    pair = principals;
    pair_sentence = document[act].sentence;
  }
  references.push_back(std::move(reference));
  found.push_back(std::move(commitment));
}

// An agreement "to do" or "on doing" something is told by what is to be done.
bool Finder::is_spelled_out(TokenIndex noun, TokenIndex verb) const {
  for (TokenIndex i = noun + 1; i < document.sentence_of(noun).end; ++i) {
    const Token& inner = document[i];
    const bool under = document.is_under(i, noun) || (verb != no_token && (inner.head == verb || document[inner.head].head == verb));
    // "an agreement under which Norway will buy power"
    if (under && inner.dep == Dep::relcl && lexicon.verb(document, i) && !predicate_at(document, i).modal.empty() && cue_of_verb(document, i, lexicon)) return true;
    if (!under || !((inner.dep == Dep::acl && inner.tag == Tag::vb) || inner.dep == Dep::pcomp || (inner.dep == Dep::xcomp && inner.tag == Tag::vb))) continue;
    if (lexicon.verb(document, i) && cue_of_verb(document, i, lexicon)) return true;
  }
  return false;
}

// "The treaty was signed in Orva", after "signed a treaty on sharing the river" has told what is in it.
bool Finder::is_known_instrument(TokenIndex noun) const {
  const bool definite = [&] {
    for (const TokenIndex child : document.children(noun))
      if (document[child].dep == Dep::det && document[child].lower == "the") return true;
    return false;
  }();
  return definite && std::find(spelled_out.begin(), spelled_out.end(), word_of_name(noun)) != spelled_out.end();
}

std::string Finder::word_of_name(TokenIndex noun) const { return std::string(document[noun].lower); }

// "ordered two envoys to leave": who is told to act, nothing that is bought.
bool commands(const Document& document, TokenIndex verb) {
  if (document[verb].lemma != "order") return false;
  for (const TokenIndex child : document.children(verb))
    if (child > verb && is_verb(document[child]) && predicate_at(document, child).infinitive) return true;
  return false;
}

// "Trucks will be allowed to cross", "Ghana will let aid into the valley": what others may do is undertaken by whoever lets them.
void Finder::read_permission(TokenIndex verb) {
  const std::optional<UndertakingCue> cue = cue_of_verb(document, verb, lexicon);
  if (!cue || cue->deed) return;
  TokenIndex inner = no_token;
  for (const TokenIndex child : document.children(verb))
    if (child > verb && (document[child].dep == Dep::ccomp || document[child].dep == Dep::xcomp) && is_verb(document[child])) inner = child;
  TokenIndex whom = undergoer_of(document, verb);
  if (whom == no_token && inner != no_token) whom = document.child(inner, Dep::nsubj);
  if (whom == no_token || document[whom].pos != Pos::noun) return;
  if (inner == no_token && object_of_prep(document, verb, "into") == no_token && object_of_prep(document, verb, "through") == no_token) return;
  // "the deal will allow trade to grow": a thing lets nobody do anything
  if (cue->who == no_token ? speakers_at(statements, document[verb].span.begin).empty() && cue->stage != Stage::agreed
                           : actors_of_phrase(document, entities, cue->who).empty() && document[cue->who].pos != Pos::pron)
    return;
  const TokenIndex act = inner == no_token ? verb : inner;
  const TokenSpan who = phrase_of(document, whom, true);
  const ThingPhrase rest = complement_phrase(document, times, act);
  ThingPhrase thing;
  thing.tokens = {std::min(who.begin, verb), std::max({who.end, act + 1, rest.tokens.end})};
  thing.head = act;
  thing.text = plain_text(document, who);
  if (inner != no_token) thing.text.append(document[verb].lemma == "let" ? " " : " to ").append(document[inner].lemma);
  if (!rest.text.empty()) thing.text.append(" ").append(rest.text);
  thing.titled = thing.text;
  add(verb, document[verb].lemma, thing, sense_of(document, thing.tokens, act, lexicon, false), *cue, nullptr);
}

void Finder::read_verb(TokenIndex verb) {
  const Token& token = document[verb];
  if (token.dep == Dep::aux || token.dep == Dep::auxpass || token.dep == Dep::amod || token.dep == Dep::compound) return;
  if (is_one_of(WordClass::permission, token.lemma)) return read_permission(verb);
  const ActEntry* entry = lexicon.verb(document, verb);
  const ActClass act = entry ? entry->act : ActClass::unknown;
  if (act == ActClass::none || act == ActClass::hostile) return;
  if (commands(document, verb)) return;
  const std::optional<UndertakingCue> cue = cue_of_verb(document, verb, lexicon);
  if (!cue) return;
  std::string action = entry ? entry->name : std::string(token.lemma);
  if (action.ends_with(" to")) action.resize(action.size() - 3);  // "bring trade to"

  TokenIndex object = undergoer_of(document, verb);
  bool behind_preposition = false;
  // the object may be a part of the verb ("take place"), or stand behind its preposition ("pay for the upkeep", "align with the rules")
  if (object != no_token && entry && entry->name.find(' ') != std::string::npos && entry->name.ends_with(document[object].lower)) {
    if (subject_of(document, verb) == no_token) return;  // "due to take place": nothing takes place here
    object = no_token;
  }
  if (object == no_token && !cue->about_thing && !is_one_of(WordClass::talking_act, token.lemma) && (act == ActClass::project || act == ActClass::deliver || act == ActClass::change || act == ActClass::sign || act == ActClass::start))
    object = prepositional_object(document, verb), behind_preposition = object != no_token;
  TokenIndex pronoun = no_token;  // what stands for the thing
  if (object != no_token && document[object].pos == Pos::pron && !cue->deed && act != ActClass::meet && act != ActClass::unknown)
    if (const TokenIndex meant = thing_meant(object); meant != no_token) pronoun = object, object = meant;
  if (object == no_token || document[object].pos == Pos::pron) {
    // what runs by itself: "talks will resume in March"
    const TokenIndex subject = subject_of(document, verb);
    if (object == no_token && subject != no_token && is_noun(document[subject]) && actors_of_phrase(document, entities, subject).empty()) {
      const StageWord* runs = lexicon.stage(document, verb);
      if (!runs || !runs->of_subject || runs->stage >= Stage::stalled) return;
      const ThingPhrase thing = thing_phrase(document, times, subject, no_token, false);
      const ThingSense sense = sense_of(document, thing.tokens, subject, lexicon, false);
      if (!sense.concrete) return;
      UndertakingCue running = *cue;
      running.who = no_token;
      running.about_thing = true;
      add(verb, runs->of_object ? action : std::string(lexicon.default_verb(sense.entry, cue->stage)), thing, sense, running, entry);
      return;
    }
    if (act != ActClass::meet && act != ActClass::withdraw && act != ActClass::patrol && !is_one_of(WordClass::talking_act, token.lemma))
      return;
    if (cue->deed) return;
    // "will negotiate" is talk; readiness or agreement to is an offer
    if (token.lemma == "negotiate" && cue->rule != "commitment.to-act") return;
    const ThingPhrase thing = complement_phrase(document, times, verb);
    ThingSense sense = sense_of(document, thing.tokens, thing.head, lexicon, false);
    if (token.lemma == "negotiate" && sense.sector == Sector::other) {
      // what it is about may stand at the head of the sentence ("On the nuclear issue, ...")
      const TokenSpan sentence = document.sentence_of(verb);
      sense.sector = sense_of(document, sentence, sentence.begin, lexicon, false).sector;
    }
    if (token.lemma != "mediate" && token.lemma != "negotiate" && thing.text.empty() && !time_of(document, times, verb)) return;
    if (token.lemma == "cooperate" && !sense.specific_field && sense.head != ObjectKind::domain) return;
    if (act == ActClass::meet && token.lemma != "mediate" && token.lemma != "meet" && !has_place(document, entities, thing) && !sense.concrete) return;
    ThingPhrase shown = thing;
    if (const std::size_t blank = action.rfind(' '); blank != std::string::npos) {  // "take part | in the talks": the part is the verb's
      const std::string own = action.substr(blank + 1) + " ";
      for (std::string* words : {&shown.text, &shown.titled})
        if (words->starts_with(own)) words->erase(0, own.size());
    }
    if (shown.text.empty()) shown.text = action, shown.titled.clear();
    if (shown.tokens.empty()) shown.tokens = {verb, verb + 1};
    add(verb, action, shown, sense, *cue, entry);
    return;
  }

  // "a grant, whose first part was paid in April": told of the grant
  std::optional<UndertakingCue> of_whole;
  for (const TokenIndex child : document.children(object))
    if (document[child].lower == "whose" && token.dep == Dep::relcl && cue->deed) {
      object = token.head;
      of_whole = cue;
      if (of_whole->stage == Stage::completed) of_whole->stage = Stage::underway;  // a part of it is done
      break;
    }

  std::vector<TokenIndex> objects{object};
  bool split = false;
  if (object > verb && pronoun == no_token)
    for (const TokenIndex child : conjuncts_of(document, object)) {
      if (child <= object || !is_noun(document[child])) continue;
      // "a post at Elubo and the opening of a consulate": things of their own, not parts of one
      const bool own_determiner = document.child(child, Dep::det) != no_token;
      const auto kind = lexicon.object_ending(document, child);
      if (own_determiner && kind && (kind->kind == ObjectKind::concrete || kind->kind == ObjectKind::instrument || kind->kind == ObjectKind::project)) {
        objects.push_back(child);
        split = true;
      }
    }
  // "a commission, which is to hold its first session", "a centre. It will be staffed": what the thing will do belongs to it
  const bool of_clause = token.dep == Dep::relcl || document[token.head].dep == Dep::relcl;
  if (of_clause || (pronoun != no_token && cue->about_thing)) {
    const TokenIndex subject = of_clause ? subject_of(document, verb) : object;
    for (const Reference& earlier : references)
      if (subject != no_token && earlier.tokens.contains(subject)) return;
  }
  for (const TokenIndex noun : objects) {
    if ((cue->about_thing || (act != ActClass::meet && act != ActClass::change)) && names_somebody(noun)) continue;
    if (token.lemma == "offer" && is_help_with_thing(noun)) continue;  // the help is provided: read_noun
    ThingPhrase thing = thing_phrase(document, times, noun, cue->about_thing || pronoun != no_token ? no_token : verb, !split);
    const std::vector<Amount> amounts = find_amounts(document, thing.tokens, times, lexicon, "");
    ThingSense sense = sense_of(document, thing.tokens, noun, lexicon, !amounts.empty());
    const bool money = document[noun].entity == EntityLabel::money;
    if (money && sense.sector == Sector::other) sense.sector = Sector::finance;
    const bool carried = sense.head == ObjectKind::concrete || sense.head == ObjectKind::instrument || sense.head == ObjectKind::restriction || !amounts.empty();
    const bool one_field = is_cooperation_in_one_field(document, noun, lexicon);
    if (is_negated(document, noun)) continue;
    if (behind_preposition && !sense.concrete && sense.head != ObjectKind::project) continue;
    switch (act) {
      case ActClass::unknown:
        if (!carried || cue->deed) continue;
        break;
      case ActClass::soft:
        if (cue->deed) continue;
        if (!one_field && !(sense.concrete && (carried || sense.head == ObjectKind::project)) ) continue;
        break;
      case ActClass::meet:
        if (cue->deed) continue;
        if (!is_one_of(WordClass::visiting, token.lemma) && sense.head != ObjectKind::event && !carried) continue;
        if (is_one_of(WordClass::receiving, token.lemma) && actors_of_phrase(document, entities, noun).empty() && sense.head != ObjectKind::event) continue;
        break;
      case ActClass::sign:
        if (money) continue;  // "trade reached 2.9 billion dollars"
        if (sense.head == ObjectKind::goodwill || sense.head == ObjectKind::domain) continue;
        if (cue->deed && !carried && sense.head != ObjectKind::project) continue;
        break;
      default:
        if (sense.head == ObjectKind::goodwill && !one_field && !(sense.concrete && !cue->deed && act != ActClass::change)) continue;
        // trade and energy are fields; trucks and students can be counted
        // ... and so can gas that somebody is to get
        if (sense.head == ObjectKind::domain && amounts.empty() && !sense.concrete && cue->stage != Stage::agreed && document[noun].tag != Tag::nns &&
            !(act == ActClass::deliver && names_receiver(verb)))
          continue;
        if (cue->deed && !carried && !(sense.concrete && sense.head == ObjectKind::project)) continue;
        if (cue->deed && sense.head == ObjectKind::event) continue;
        if (cue->deed && act == ActClass::deliver && (cue->stage == Stage::underway || cue->stage == Stage::completed) && amounts.empty() &&
            sense.head != ObjectKind::instrument && !names_receiver(verb) && !is_one_of_a_row(document, noun))
          continue;
        break;
    }
    if (act == ActClass::sign && sense.head == ObjectKind::instrument && is_known_instrument(noun)) continue;
    if (act == ActClass::sign && sense.head == ObjectKind::instrument && is_spelled_out(noun, verb)) {
      spelled_out.push_back(word_of_name(noun));
      continue;
    }
    UndertakingCue told = of_whole ? *of_whole : *cue;
    // "extended the contract": who gives a treaty more time has agreed to it
    if (told.deed && act == ActClass::deliver && sense.head == ObjectKind::instrument && told.stage == Stage::underway) told.stage = Stage::agreed;
    add(verb, of_whole ? std::string(lexicon.default_verb(sense.entry, Stage::underway)) : action, thing, sense, told, entry);
    if (pronoun != no_token && !found.empty() && found.back().head == verb) {
      found.back().evidence.trigger = document.bytes({std::min(pronoun, verb), std::max(pronoun, verb) + 1});
      found.back().evidence.spans = {document.bytes(clause_of(document, verb)), document.bytes(thing.tokens)};
    }
  }
}

// "Asked about the patrols, he said they were continuing": the pronoun's verb tells how far the thing has come.
void Finder::read_asked(TokenIndex noun) {
  const TokenIndex preposition = document[noun].head;
  if (document[noun].dep != Dep::pobj || document[document[preposition].head].lemma != "ask") return;
  const bool plural = document[noun].tag == Tag::nns || document[noun].tag == Tag::nnps;
  for (TokenIndex i = noun + 1; i < document.sentence_of(noun).end; ++i) {
    const Token& pronoun = document[i];
    if (pronoun.lower != (plural ? "they" : "it") || (pronoun.dep != Dep::nsubj && pronoun.dep != Dep::nsubjpass)) continue;
    const TokenIndex verb = pronoun.head;
    const StageWord* word = lexicon.stage(document, verb);
    const Predicate form = predicate_at(document, verb);
    if (!word || form.in_condition || form.tense == Tense::future) continue;
    if (!word->of_subject && !form.passive) continue;
    const bool denied = form.negated || form.not_yet;
    if (denied && !word->negated) continue;
    const UndertakingCue cue{.stage = denied ? *word->negated : word->stage, .cue = verb, .deed = true, .about_thing = true, .rule = "commitment.asked-about"};
    const ThingPhrase thing = thing_phrase(document, times, noun, no_token, false);
    const ThingSense sense = sense_of(document, thing.tokens, noun, lexicon, false);
    add(verb, lexicon.default_verb(sense.entry, cue.stage), thing, sense, cue, nullptr);
    if (!found.empty() && found.back().head == verb) {
      found.back().evidence.trigger = document.bytes(clause_of(document, verb));
      found.back().evidence.spans = {*found.back().evidence.trigger, document.bytes(thing.tokens)};
      const std::vector<EntityId> speakers = speakers_at(statements, document[verb].span.begin);
      std::vector<EntityId> bound = principals_of(entities, speakers);
      add_new(bound, found.back().undertakers);
      found.back().undertakers = std::move(bound);
    }
  }
}

// "but the project has been put on hold": what becomes of the undertaking just told.
bool Finder::take_up(TokenIndex noun, const ThingPhrase& thing, const UndertakingCue& cue) {
  if (!is_one_of(WordClass::told_undertaking, document[noun].lemma) || !cue.deed || found.empty() || thing.tokens.size() > 1) return false;
  bool definite = false;
  for (const TokenIndex child : document.children(noun)) definite = definite || document[child].lower == "the" || document[child].lower == "this" || document[child].lower == "that";
  if (!definite || document[noun].sentence - document[found.back().head].sentence > 1 || found.back().head > noun) return false;
  found.back().stage = cue.stage;
  found.back().evidence.spans.push_back(document.bytes(clause_of(document, cue.cue)));
  return true;
}

// "agreed to more than double trade": a small model takes the verb for an adjective of its object.
bool Finder::read_hidden_verb(TokenIndex noun) {
  const TokenIndex preposition = document[noun].head;
  if (document[noun].dep != Dep::pobj || document[preposition].lower != "to" || document.is_root(preposition)) return false;
  const Governor governor = governor_sense(document, document[preposition].head);
  if (governor.sense != Governance::undertake && governor.sense != Governance::offer && governor.sense != Governance::intend) return false;
  for (const TokenIndex child : document.children(noun)) {
    const ActEntry* verb = document[child].dep == Dep::amod ? lexicon.verb(document[child].lower) : nullptr;
    if (!verb || verb->act != ActClass::change || document[child].lower != verb->name) continue;
    UndertakingCue cue{.cue = governor.token, .who = subject_of(document, governor.token), .rule = "commitment.hidden-verb"};
    cue.stage = governor.sense == Governance::offer ? Stage::offered : document[governor.token].lemma == "agree" ? Stage::agreed : Stage::pledged;
    if (predicate_at(document, governor.token).negated) return true;
    TokenSpan words{child + 1, thing_phrase(document, times, noun, governor.token, false).tokens.end};
    const TokenIndex to = preposition;
    for (const TokenIndex other : document.children(governor.token))
      if (other > noun && document[other].left_edge == words.end && document[other].lower == "to" && other != to) words.end = document[other].right_edge + 1;
    ThingPhrase thing;
    thing.tokens = words;
    thing.head = noun;
    thing.text = thing.titled = plain_text(document, words);
    const std::vector<Amount> amounts = find_amounts(document, words, times, lexicon, "");
    add(noun, verb->name, thing, sense_of(document, words, noun, lexicon, !amounts.empty()), cue, verb);
    return true;
  }
  return false;
}

void Finder::read_noun(TokenIndex noun) {
  const Token& token = document[noun];
  if (token.dep == Dep::compound || token.dep == Dep::poss || token.pos == Pos::pron) return;
  if (token.pos == Pos::num && (token.entity != EntityLabel::money || token.dep != Dep::dobj)) return;
  if (read_hidden_verb(noun)) return;
  // "the World Bank is ready to lend": who acts is nothing that is ready
  if (const Mention* mention = token.pos == Pos::propn ? entities.headed_by(noun) : nullptr;
      mention && mention->form == MentionForm::name && !mention->entities.empty() && is_actor(entities[mention->entities.front()].kind))
    return;
  const auto kind = lexicon.object_ending(document, noun);
  const std::string_view verb_name = lexicon.verb_of_noun(document, noun);
  const bool help = is_help_with_thing(noun);
  const bool one_field = help || is_cooperation_in_one_field(document, noun, lexicon);
  const bool money = is_sum(document, noun, lexicon);
  const bool takes_up = kind && (kind->kind == ObjectKind::project || kind->kind == ObjectKind::goodwill);
  if (verb_name.empty() && !one_field && !money && !takes_up && !(kind && (kind->kind == ObjectKind::concrete || kind->kind == ObjectKind::instrument || kind->kind == ObjectKind::event ||
                 kind->kind == ObjectKind::restriction)))
    return;
  for (const TokenIndex child : document.children(noun))
    if (document[child].lower == "whose") return;
  // "assistance to hospitals": told by the assistance
  if (token.dep == Dep::pobj && token.head > 0)
    for (const TokenIndex given : {document[token.head].head, token.head - 1})
      if (is_noun(document[given]) && is_help_with_thing(given)) return;
  read_asked(noun);
  const std::optional<UndertakingCue> cue = cue_of_noun(document, noun, lexicon);
  if (!cue) return;

  TokenIndex thing_head = noun;
  TokenIndex taker = no_token;  // the noun of the act, where the thing is its "of" phrase
  // "commitment to cooperation in ...": what belongs to the thing may hang on the word above
  if (one_field && object_of_prep(document, noun, document[noun + 1].lower) == no_token && noun + 1 < document.size() && document[noun + 1].head < noun)
    taker = document[noun + 1].head;
  if (!verb_name.empty() && !one_field) {
    // "the meeting of the commission" is held, not the commission
    TokenIndex of = verb_name == "hold" ? no_token : object_of_prep(document, noun, "of");
    if (const std::string_view leads = of == no_token ? lexicon.thing_preposition(document, noun) : ""; !leads.empty()) of = object_behind(document, noun, leads);
    if (of != no_token && is_noun(document[of])) {
      thing_head = of;
      taker = noun;
    }
  }
  ThingPhrase thing = thing_phrase(document, times, thing_head, taker, false);
  if (take_up(noun, thing, *cue)) return;
  const std::vector<Amount> amounts = find_amounts(document, thing.tokens, times, lexicon, "");
  ThingSense sense = sense_of(document, thing.tokens, thing_head, lexicon, !amounts.empty());
  // a bare "project" is told of where something comes to nothing ("pulled out of the pipeline project")
  if (takes_up && verb_name.empty() && !one_field && !money && !(sense.concrete && kind->kind == ObjectKind::project && is_halt(cue->stage) && cue->deed)) return;
  if (money && sense.sector == Sector::other) sense.sector = Sector::finance;
  if (money) sense.entry = {.sector = Sector::finance, .kind = ObjectKind::concrete, .weight = 2, .tokens = {}};
  const bool carried = sense.head == ObjectKind::concrete || sense.head == ObjectKind::instrument || sense.head == ObjectKind::restriction || !amounts.empty();
  const bool event = sense.head == ObjectKind::event;
  const ActEntry* entry = verb_name.empty() ? nullptr : lexicon.verb(verb_name);
  if (entry && (entry->act == ActClass::hostile || entry->act == ActClass::none)) return;
  if (taker == no_token && !one_field && !carried && !event) return;
  if (taker == no_token && entry && !carried && !event && thing.tokens.size() < 2) return;
  const bool traded = sense.head == ObjectKind::domain && entry && entry->act == ActClass::deliver;  // "the purchase of gas"
  if (taker != no_token && !one_field && (sense.head == ObjectKind::goodwill || sense.head == ObjectKind::domain) && !sense.concrete && !traded) return;
  if (taker != no_token && !one_field && sense.head == ObjectKind::unknown && cue->stage == Stage::discussed && !sense.concrete) return;
  if (sense.head == ObjectKind::instrument && cue->stage == Stage::agreed && is_known_instrument(thing_head)) return;
  if (sense.head == ObjectKind::instrument && is_spelled_out(thing_head, is_verb(document[cue->cue]) ? cue->cue : no_token)) return;
  // roads that are blocked, bridges that collapse and rules that are broken are no undertakings that came to nothing
  if ((cue->stage == Stage::broken || (cue->rule == "commitment.stage-word" && is_verb(document[cue->cue]) && is_one_of(WordClass::befalling, document[cue->cue].lemma))) &&
      sense.head != ObjectKind::instrument)
    return;
  // a duty that is dropped is a promise kept rather than a plan given up
  if (sense.head == ObjectKind::restriction && taker == no_token && is_halt(cue->stage) && is_verb(document[cue->cue])) {
    UndertakingCue lifted = *cue;
    lifted.stage = Stage::completed;
    add(noun, document[cue->cue].lemma, thing, sense, lifted, lexicon.verb(document, cue->cue));
    return;
  }
  // "the ban is under review": a restriction that is talked about stays as it is
  if (sense.head == ObjectKind::restriction && taker == no_token && cue->stage == Stage::discussed) return;
  // a meeting that is talked about, begun or held is an event; one that is set, put off or called off is an undertaking
  if (event && (cue->stage == Stage::discussed || cue->stage == Stage::underway || cue->stage == Stage::completed || cue->stage == Stage::agreed)) return;
  if (event && cue->stage == Stage::pledged && !time_of(document, times, noun) && cue->rule == "commitment.thing") return;
  std::string action(verb_name);
  if (!verb_name.empty() && taker == no_token && !event && !money) action = "carry out";
  else if (action.empty() || taker == no_token) action = event ? "hold" : std::string(lexicon.default_verb(sense.entry, cue->stage));
  if (one_field) action = help ? "provide" : "cooperate";
  // "investment in railways": what is there already is not opened
  if (const std::string_view led = verb_name.empty() && token.dep == Dep::pobj ? lexicon.verb_led_by(document, token.head) : ""; !led.empty()) {
    action = led;
    for (std::string* words : {&thing.text, &thing.titled}) *words = std::string(document[token.head].lower) + " " + *words;
  }
  add(noun, action, thing, sense, *cue, entry);
}

bool same_thing(const Commitment& a, const Commitment& b) {
  if (likeness(a.object, b.object) >= 0.6) return true;
  return likeness(a.action + " " + a.object, b.action + " " + b.object) >= 0.6;
}

void Finder::merge() {
  std::vector<Commitment> kept;
  std::vector<Reference> kept_references;
  for (std::size_t n = 0; n < found.size(); ++n) {
    Commitment& next = found[n];
    bool merged = false;
    for (std::size_t k = 0; k < kept.size(); ++k) {
      Commitment& first = kept[k];
      const bool points_back = references[n].bare && references[n].definite && references[n].head == kept_references[k].head;
      const bool same_place = first.head == next.head || (first.evidence.trigger && next.evidence.trigger && first.evidence.trigger->overlaps(*next.evidence.trigger));
      if (!same_place && !points_back && !same_thing(first, next)) continue;
      if (!overlap(principals_of(entities, first.undertakers), principals_of(entities, next.undertakers))) continue;
      // one side says it is going on, the other that it never began: both stand
      if (!same_place && is_halt(first.stage) != is_halt(next.stage) && first.voice != next.voice && !first.voice.is_outlet() && !next.voice.is_outlet()) continue;
      const Stage stage = same_place ? (is_halt(next.stage) ? next.stage : first.stage)
                          : is_halt(next.stage) || is_halt(first.stage) ? (is_halt(next.stage) ? next.stage : first.stage)
                                                                        : std::max(first.stage, next.stage);
      // the body's telling over the title's, then the one with a deed or stronger word
      const bool better = !same_place && !points_back && (is_title(first.head) || (next.stage > first.stage && !is_halt(first.stage)));
      if (better) {
        if (!next.deadline) next.deadline = first.deadline;
        if (!next.condition && next.stage == first.stage) next.condition = first.condition;
        if (next.amounts.empty()) next.amounts = first.amounts;
        if (next.sector == Sector::other) next.sector = first.sector;
        add_new(next.places, first.places);
        next.stage = stage;
        first = std::move(next);
        kept_references[k] = references[n];
      } else {
        if (!first.deadline) first.deadline = next.deadline;
        if (first.amounts.empty()) first.amounts = next.amounts;
        if (first.sector == Sector::other) first.sector = next.sector;
        add_new(first.places, next.places);
        first.stage = stage;
      }
      merged = true;
      break;
    }
    if (merged) continue;
    kept.push_back(std::move(next));
    kept_references.push_back(references[n]);
  }
  // a headline's "sign treaty", where the body tells what is in it
  for (std::size_t k = kept.size(); k-- > 0;)
    if (is_title(kept[k].head) && std::find(spelled_out.begin(), spelled_out.end(), kept_references[k].head) != spelled_out.end())
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(k));
  std::stable_sort(kept.begin(), kept.end(), [](const Commitment& a, const Commitment& b) { return a.evidence.trigger->begin < b.evidence.trigger->begin; });
  found = std::move(kept);
}

void Finder::read() {
  story_parties = main_parties(document, entities);
  // verbs first: where both a verb and its noun tell of one act, the verb's telling is the clearer
  for (const TokenSpan sentence : document.sentences()) {
    if (is_question(document, sentence)) continue;
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i)
      if (is_verb(document[i])) read_verb(i);
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i)
      if (document[i].pos == Pos::noun || document[i].pos == Pos::propn || document[i].pos == Pos::num || document[i].pos == Pos::sym) read_noun(i);
  }
  merge();
}

}  // namespace

std::vector<Commitment> find_commitments(const Document& document, const Entities& entities, const std::vector<TimeMention>& times,
                                         const std::vector<Statement>& statements, const CommitmentLexicon& lexicon) {
  Finder finder{document, entities, times, statements, lexicon, {}, {}, 0, {}, {}, {}};
  finder.read();
  return std::move(finder.found);
}

}  // namespace dragoman
