// Nominals: "the Turkish minister", "its foreign ministry", "a senior Malian official", "the accord". Those who were named before (or
// will be) are recalled; those who weren't become entities of their own; where two would fit, nobody is chosen.
#include <algorithm>

#include "dragoman/mentions/finder.h"

namespace dragoman {
namespace {

bool is_left_modifier(Dep dep) {
  switch (dep) {
    case Dep::det: case Dep::amod: case Dep::compound: case Dep::poss: case Dep::nummod: case Dep::nmod: case Dep::predet:
    case Dep::quantmod: case Dep::preconj: case Dep::neg:
      return true;
    default: return false;
  }
}

}  // namespace

// The words from the first modifier to the noun, with an "of", "for", "from", "in" phrase right after it.
TokenSpan Finder::phrase_of(TokenIndex head, TokenSpan core, bool with_complement) const {
  TokenSpan phrase = core;
  const TokenIndex floor = document_.sentence_of(head).begin;
  for (const TokenIndex child : document_.children(head))
    if (child < head && is_left_modifier(at(child).dep)) phrase.begin = std::min(phrase.begin, std::max(floor, at(child).left_edge));
  for (const TokenIndex child : document_.children(head)) {
    if (!with_complement) break;
    if (child != core.end || at(child).dep != Dep::prep) continue;
    const std::string_view word = at(child).lower;
    if (word != "of" && word != "for" && word != "from" && word != "in" && word != "on" && word != "to") continue;
    if (const TokenIndex day = document_.child(child, Dep::pobj); word == "on" && day != no_token && at(day).entity == EntityLabel::date) continue;
    TokenIndex end = at(child).right_edge + 1;
    for (TokenIndex i = child; i < end; ++i)
      if (is_verb(i) || document_.text(i) == "," || document_.text(i) == "“" || document_.text(i) == "\"" || at(i).tag == Tag::wdt || at(i).tag == Tag::wp) {
        end = i;
        break;
      }
    if (end > child + 1 && end - child <= 12) phrase.end = end;
  }
  return phrase;
}

bool Finder::is_definite(TokenIndex head, TokenSpan) const {
  for (const TokenIndex child : document_.children(head)) {
    const Token& token = at(child);
    if (child > head) break;
    if (token.dep == Dep::poss) return true;
    if (token.dep == Dep::det || token.dep == Dep::predet || token.dep == Dep::preconj)
      if (token.lower == "the" || token.lower == "this" || token.lower == "that" || token.lower == "these" || token.lower == "those" ||
          token.lower == "both" || token.lower == "each")
        return true;
  }
  return false;
}

bool Finder::is_indefinite(TokenIndex head) const {
  for (const TokenIndex child : document_.children(head)) {
    const Token& token = at(child);
    if (child > head) break;
    if (token.dep == Dep::neg) return true;
    if (token.dep == Dep::det)
      return token.lower == "a" || token.lower == "an" || token.lower == "another" || token.lower == "some" || token.lower == "any" ||
             token.lower == "no" || token.lower == "every";
  }
  return false;
}

// "minister-level talks", "government spending": the noun only modifies another.
bool Finder::is_mere_modifier(TokenIndex head) const {
  const Token& token = at(head);
  if (token.dep != Dep::compound && token.dep != Dep::nmod && token.dep != Dep::amod) return false;
  if (document_.is_root(head)) return false;
  // a title that hangs on the name after it is none
  const Mention* mention = mention_over(token.head);
  return !mention || mention->entities.empty() || !is_person(mention->entities[0]);
}

EntityId Finder::possessor(TokenIndex head) const {
  for (const TokenIndex child : document_.children(head)) {
    if (at(child).dep != Dep::poss) continue;
    const Mention* mention = mention_over(child) ? mention_over(child) : mention_headed(child);
    if (mention && mention->entities.size() == 1) return mention->entities[0];
  }
  return no_entity;
}

std::vector<EntityId> Finder::persons_with(ClassId office_class, std::string_view state) const {
  std::vector<EntityId> found;
  for (EntityId id = 0; id < result_.entities.size(); ++id) {
    if (!is_person(id) || profiles_[id].many || !holds(id, office_class)) continue;
    const std::string& own = result_.entities[id].state;
    if (!state.empty() && own != state) continue;
    found.push_back(id);
  }
  return found;
}

// A named person of that state, or of none that is said, whom the base has in no office on the day: the story may tell of one.
bool Finder::may_take_office(EntityId id, std::string_view state) const {
  const Profile& profile = profiles_[id];
  if (!is_person(id) || profile.many || profile.nominal) return false;
  if (profile.known != not_known && !knowledge_.offices_of(profile.known, day_).empty()) return false;
  const std::string& own = result_.entities[id].state;
  return own.empty() || own == state;
}

// Persons whom the story names with an office that may be this one, without saying whose or which: "Minister Tolvanen" where the lead has
// "Finland's foreign minister". The base knows nothing else of them that day.
std::vector<EntityId> Finder::may_hold(ClassId office_class, std::string_view state) const {
  std::vector<EntityId> found;
  for (EntityId id = 0; id < result_.entities.size(); ++id) {
    if (!may_take_office(id, state)) continue;
    const std::vector<ClassId>& offices = profiles_[id].offices;
    const bool may = std::any_of(offices.begin(), offices.end(), [&](ClassId one) {
      const std::string_view name = knowledge_.class_name(one);
      return name != "official" && name != "counterpart" && covers(one, office_class);
    });
    if (may) found.push_back(id);
  }
  return found;
}

// Whom the story names after it has told of the office alone: "Fiji's minister said ..." in the lead, then "Mere Tora told reporters" or
// "Minister Tora". One of just that office, whose state is not said; or, after the lead, the first person with a full name and no office who
// speaks in the next two sentences. Nobody whom the base has in another office that day.
EntityId Finder::told_later(const Title& title, ClassId office_class, std::string_view state) {
  const std::uint32_t sentence = at(title.head).sentence;
  const auto take = [&](EntityId id) {
    Entity& person = result_.entities[id];
    if (person.state.empty()) person.state = state;
    if (person.sector.empty()) person.sector = sector_of(office_class);
    if (person.office.empty()) person.office = fold(document_.text(document_.bytes(title.tokens)));
    if (std::find(profiles_[id].offices.begin(), profiles_[id].offices.end(), office_class) == profiles_[id].offices.end()) profiles_[id].offices.push_back(office_class);
    person.basis += "; office " + text_basis(title.tokens);
    return id;
  };
  EntityId same_office = no_entity;
  for (EntityId id = 0; id < result_.entities.size(); ++id) {
    if (profiles_[id].offices.empty() || !may_take_office(id, state)) continue;
    const bool same = std::find(profiles_[id].offices.begin(), profiles_[id].offices.end(), office_class) != profiles_[id].offices.end();
    if (!same || profiles_[id].last != no_token) continue;
    const bool later = std::all_of(names_.begin(), names_.end(), [&](const Name& name) { return name.entity != id || at(name.tokens.begin).sentence > sentence; });
    if (!later) continue;  // "Mr. Tora, Minister of Fiji, met the Minister of Tonga"
    if (same_office != no_entity) return no_entity;
    same_office = id;
  }
  if (same_office != no_entity) return take(same_office);
  if (sentence > 1 || in_headline(title.head) || at(title.head).dep != Dep::nsubj || !(lexicon_.context(at(at(title.head).head).lemma) & speech)) return no_entity;
  const Name* first = nullptr;
  for (const Name& name : names_) {
    if (name.nested || name.entity == no_entity || !is_person(name.entity) || name.words < 2) continue;
    if (at(name.tokens.begin).sentence > sentence && (!first || name.tokens.begin < first->tokens.begin)) first = &name;
  }
  if (!first || at(first->tokens.begin).sentence > sentence + 2) return no_entity;
  const TokenIndex head = head_of(first->tokens);
  const bool speaks = at(head).dep == Dep::nsubj && (lexicon_.context(at(at(head).head).lemma) & speech);
  if (!speaks || !may_take_office(first->entity, state) || !profiles_[first->entity].offices.empty() || !result_.entities[first->entity].state.empty()) return no_entity;
  return take(first->entity);
}

// An unnamed entity of the same words before: "the official" after "a senior Malian official".
EntityId Finder::same_nominal(TokenSpan phrase, EntityKind kind, std::string_view state, bool many) const {
  std::vector<std::uint64_t> words;
  for (TokenIndex i = phrase.begin; i < phrase.end; ++i) {
    if (at(i).pos == Pos::det || at(i).tag == Tag::prp_poss || at(i).tag == Tag::pos || at(i).pos == Pos::num || over_[i] != none) continue;
    for (const Word& word : words_of({i, i + 1})) words.push_back(word.hash);
  }
  EntityId best = no_entity;
  const auto bearing = words.empty() ? nominals_by_word_.end() : nominals_by_word_.find(words[0]);
  if (!words.empty() && bearing == nominals_by_word_.end()) return no_entity;
  for (const EntityId id : words.empty() ? nominals_ : bearing->second) {
    const Profile& profile = profiles_[id];
    if (profile.last == no_token || result_.entities[id].kind != kind || profile.many != many) continue;
    if (!state.empty() && !result_.entities[id].state.empty() && result_.entities[id].state != state) continue;
    const bool all = std::all_of(words.begin(), words.end(), [&](std::uint64_t word) {
      return std::find(profile.noun_words.begin(), profile.noun_words.end(), word) != profile.noun_words.end();
    });
    if (all && (best == no_entity || salience(id) >= salience(best))) best = id;
  }
  return best;
}

EntityId Finder::nominal_entity(EntityKind kind, TokenSpan phrase, std::string sector, std::string state, bool many, NounKind noun) {
  std::string words;
  Profile profile;
  for (TokenIndex i = phrase.begin; i < phrase.end; ++i) {
    const Token& token = at(i);
    if (token.pos == Pos::det || token.tag == Tag::prp_poss || token.tag == Tag::pos || token.pos == Pos::punct) continue;
    words += (words.empty() ? "" : " ") + std::string(document_.text(i));
    for (const Word& word : words_of({i, i + 1})) profile.noun_words.push_back(word.hash);
  }
  Entity entity;
  entity.kind = kind;
  entity.name = words;
  entity.ref = reference("local:", words);
  entity.state = std::move(state);
  entity.sector = std::move(sector);
  entity.basis = text_basis(phrase);
  profile.nominal = true;
  profile.many = many;
  profile.noun = noun;
  const EntityId id = add_entity(std::move(entity), std::move(profile));
  nominals_.push_back(id);
  for (const std::uint64_t word : profiles_[id].noun_words) nominals_by_word_[word].push_back(id);
  return id;
}

// The state that was last spoken of, by name or by its people and places; if `by_public`, not by its companies and newspapers.
EntityId Finder::state_in_focus(std::string_view other_than, bool by_public) const {
  EntityId focus = no_entity;
  double best = by_public ? 0.1 : 0.2;
  for (const EntityId id : states_in_mind_) {
    if (result_.entities[id].ref == other_than) continue;
    const std::uint32_t gone = sentence_now_ - profiles_[id].focus_sentence;
    const double weight = gone > 8 ? 0 : (by_public ? profiles_[id].public_focus : profiles_[id].focus) / static_cast<double>(1u << gone);
    if (weight > best) best = weight, focus = id;
  }
  return focus;
}

// The verb that the title, or the name beside it, is the subject of; no_token if it is none's.
TokenIndex Finder::verb_of_holder(const Title& title) const {
  TokenIndex holder = title.head;
  while (!document_.is_root(holder) && (at(holder).dep == Dep::compound || at(holder).dep == Dep::appos)) holder = at(holder).head;
  return !document_.is_root(holder) && at(holder).dep == Dep::nsubj ? at(holder).head : no_token;
}

// "President Daniel Paz accused Colombia", "thanked Norway", "flew to Peru", "paid a visit to Lima": the state that the title's holder does something to, which is hardly his
// own; "" if there is none.
std::string_view Finder::state_done_to(const Title& title) const {
  const TokenIndex verb = verb_of_holder(title);
  if (verb == no_token) return {};
  const auto state_at = [&](TokenIndex token) -> std::string_view {
    if (token == no_token || name_at_[token] == none) return {};
    const Name& name = names_[name_at_[token]];
    return name.known != not_known ? state_of_known(name.known) : std::string_view();
  };
  const auto governed = [&](TokenIndex head) -> std::string_view {
    for (const TokenIndex child : document_.children(head)) {
      const std::string_view lower = at(child).lower;
      if (at(child).dep == Dep::prep && (lower == "to" || lower == "with" || lower == "on" || lower == "upon"))
        if (const std::string_view state = state_at(document_.child(child, Dep::pobj)); !state.empty()) return state;
    }
    return {};
  };
  const TokenIndex object = document_.child(verb, Dep::dobj);
  if (const std::string_view state = state_at(object); !state.empty()) return state;
  if (const std::string_view state = governed(verb); !state.empty()) return state;
  return object == no_token ? std::string_view() : governed(object);
}

// "Romanian President Ana Pop will meet President Vasile Rusu": the state of whoever holds just that office in the sentence already.
std::string_view Finder::state_of_peer(const Title& title) const {
  const ClassId office_class = class_of(title, "");
  if (office_class == no_class) return {};
  for (TokenIndex i = document_.sentence_of(title.head).begin; i < title.tokens.begin; ++i) {
    const Mention* mention = mention_over(i);
    if (!mention || mention->entities.size() != 1 || mention->entities[0] == title.person || !is_person(mention->entities[0])) continue;
    const std::vector<ClassId>& offices = profiles_[mention->entities[0]].offices;
    if (std::find(offices.begin(), offices.end(), office_class) != offices.end()) return result_.entities[mention->entities[0]].state;
  }
  // "Deputy minister Kavalenka told the envoy, Rasa Petraite, that ...": a diplomat is told so by another state
  const std::string_view name = knowledge_.class_name(office_class);
  const bool diplomat = name == "diplomat" || name == "ambassador" || name == "special_envoy" || name == "charge_daffaires";
  const Dep dep = at(title.head).dep;
  const TokenIndex doer = diplomat && (dep == Dep::dobj || dep == Dep::dative) ? subject_of(at(title.head).head) : no_token;
  const Mention* who = doer == no_token ? nullptr : mention_over(doer) ? mention_over(doer) : mention_headed(doer);
  return who && who->entities.size() == 1 ? std::string_view(result_.entities[who->entities[0]].state) : std::string_view();
}

// "will meet President Savitri Rao", "was received by President Ivan Radulov", "President Savitri Rao met Radulov": the state of the one who meets the
// title's holder.
std::string_view Finder::state_of_caller(const Title& title) const {
  TokenIndex holder = title.head;
  while (!document_.is_root(holder) && (at(holder).dep == Dep::compound || at(holder).dep == Dep::appos)) holder = at(holder).head;
  TokenIndex above = document_.is_root(holder) ? no_token : at(holder).head;
  if (above != no_token && at(holder).dep == Dep::nsubj && (lexicon_.context(at(above).lemma) & meeting)) {
    const TokenIndex guest = document_.child(above, Dep::dobj);
    const Mention* who = guest == no_token ? nullptr : mention_over(guest);
    return who && who->entities.size() == 1 && is_person(who->entities[0]) ? std::string_view(result_.entities[who->entities[0]].state) : std::string_view();
  }
  if (above != no_token && at(holder).dep == Dep::pobj && (at(above).lower == "by" || at(above).lower == "with")) above = at(above).head;
  else if (at(holder).dep != Dep::dobj) return {};
  // "held talks with": the talks' verb
  if (above != no_token && !is_verb(above) && at(above).dep == Dep::dobj) above = at(above).head;
  if (above == no_token || !(lexicon_.context(at(above).lemma) & meeting)) return {};
  const TokenIndex caller = subject_of(above);
  const Mention* who = caller == no_token ? nullptr : mention_over(caller) ? mention_over(caller) : mention_headed(caller);
  return who && who->entities.size() == 1 ? std::string_view(result_.entities[who->entities[0]].state) : std::string_view();
}

// The state that the dateline's place is in; "" if there is none.
std::string_view Finder::state_of_dateline() const {
  for (TokenIndex i = 0; i < document_.size() && i < 200; ++i)
    if (name_at_[i] != none && in_dateline(i))
      if (const Name& name = names_[name_at_[i]]; name.known != not_known && !state_of_known(name.known).empty()) return state_of_known(name.known);
  return {};
}

// "Hungary's parliament voted on the treaty. Opposition leader Ana Pop": the state whose parliament or party was last spoken of; "" if none was.
std::string_view Finder::parliament_spoken_of() const {
  EntityId best = no_entity;
  for (const EntityId id : in_mind_) {
    const Entity& entity = result_.entities[id];
    if (entity.state.empty() || (entity.sector != "LEG" && entity.sector != "PTY" && entity.sector != "OPP")) continue;
    if (salience(id) > 0.1 && (best == no_entity || salience(id) > salience(best))) best = id;
  }
  return best == no_entity ? std::string_view() : std::string_view(result_.entities[best].state);
}

// The state from which the story is told, for who is of its parliament or parties ("Opposition lawmaker Ana Pop"), or where what the title's holder
// says is about what it does: "ISLAMABAD: ... Foreign Office spokesperson Ayesha Malik said Islamabad expected ..."; else "".
std::string Finder::state_at_home(const Title& title) const {
  const std::string_view home = state_of_dateline();
  const std::string sector = sector_of(class_of(title, home));
  if (sector == "LEG" || sector == "PTY" || sector == "OPP") {
    const std::string_view abroad = parliament_spoken_of();
    const EntityId here = find_ref(home);
    const bool told = here != no_entity && profiles_[here].focus_sentence > 0;  // beyond the dateline
    return std::string(abroad.empty() || told ? home : abroad);
  }
  const TokenIndex verb = verb_of_holder(title);
  const TokenIndex clause = verb == no_token ? no_token : document_.child(verb, Dep::ccomp);
  const TokenIndex doer = clause == no_token ? no_token : document_.child(clause, Dep::nsubj);
  if (doer == no_token || name_at_[doer] == none) return {};
  const Name& name = names_[name_at_[doer]];
  return !home.empty() && name.known != not_known && home == state_of_known(name.known) ? std::string(home) : std::string();
}

// The state of who holds an office, where the words name none: the one in focus that he does nothing to. Whoever meets him is mostly from another.
EntityId Finder::state_meant(const Title& title) const {
  for (const TokenIndex child : document_.children(title.head))
    if (at(child).dep == Dep::poss && (at(child).tag != Tag::prp_poss || at(child).lower == "its")) return no_entity;  // "Truckers' leader Wilson Mora"
  std::string_view other = state_done_to(title);
  if (other.empty()) other = state_of_peer(title);
  if (!other.empty()) return state_in_focus(other);
  const std::string_view met = state_of_caller(title);
  if (const EntityId host = state_in_focus(met); host != no_entity) return !met.empty() && met == state_of_dateline() ? host : or_home(host);
  // his own was last named long ago: the one that the story is told from
  const std::string_view home = met.empty() ? std::string_view() : state_of_dateline();
  const EntityId at_home = home == met ? no_entity : find_ref(home);
  return at_home != no_entity ? at_home : state_in_focus();
}

// Of the state in focus and the one that a story of both is told from, where neither is said: the latter, unless the former was spoken of just now.
EntityId Finder::or_home(EntityId focus) const {
  const EntityId home = focus == no_entity ? no_entity : find_ref(state_of_dateline());
  if (home == no_entity || focus == home || profiles_[home].focus_sentence == 0) return focus;
  const bool opens = std::ranges::any_of(groups_, [&](const Group& group) { return group.opening && std::ranges::find(group.members, home) != group.members.end(); });
  if (principals_.empty() || (!opens && profiles_[home].weight < 0.3 * profiles_[principals_[0]].weight)) return focus;
  const std::uint32_t gone = sentence_now_ - profiles_[focus].focus_sentence;
  return gone > 8 || profiles_[focus].focus / static_cast<double>(1u << gone) < 0.7 ? home : focus;
}

// Joined to that noun by "and", or another argument of the same verb: someone else.
bool Finder::beside(TokenIndex head, EntityId id) const {
  const auto is_it = [&](TokenIndex token) {
    const Mention* mention = mention_over(token) ? mention_over(token) : mention_headed(token);
    return mention && std::find(mention->entities.begin(), mention->entities.end(), id) != mention->entities.end();
  };
  for (const TokenIndex child : document_.children(head))
    if (at(child).dep == Dep::conj && is_it(child)) return true;
  if (at(head).dep == Dep::conj && is_it(at(head).head)) return true;
  const Dep dep = at(head).dep;
  if (dep != Dep::nsubj && dep != Dep::dobj && dep != Dep::nsubjpass) return false;
  for (const TokenIndex child : document_.children(at(head).head)) {
    const Dep other = at(child).dep;
    if (child == head || (other != Dep::nsubj && other != Dep::dobj && other != Dep::nsubjpass && other != Dep::dative)) continue;
    if (is_it(child)) return true;
  }
  return false;
}

// ---- offices ---------------------------------------------------------------------------------------------------------------------------

void Finder::resolve_title(Title& title) {
  if (over_[title.head] != none || headed_[title.head] != none) return;  // part of a name, or done
  const TokenSpan phrase = phrase_of(title.head, title.tokens);
  std::vector<EntityId> states = states_of_phrase(title.head, title.tokens, true);
  const bool is_counterpart = std::any_of(title.meanings.begin(), title.meanings.end(), [&](const ClassMeaning& m) {
    return knowledge_.class_name(m.id) == "counterpart";
  });
  const EntityId owner = possessor(title.head);
  const bool same_side = at(title.head).lower == "predecessor" || at(title.head).lower == "successor";
  if (same_side && owner != no_entity) {  // the same office, the same state, another day
    if (title.person != no_entity) {
      Entity& person = result_.entities[title.person];
      if (person.state.empty()) person.state = result_.entities[owner].state;
      if (person.sector.empty()) person.sector = result_.entities[owner].sector;
      if (person.office.empty()) person.office = at(title.head).lower;
      if (title.apposed) add_mention(phrase, title.head, MentionForm::nominal, {title.person});
    }
    return;
  }
  if (is_counterpart && owner != no_entity)  // "his Turkish counterpart": his own state is not the counterpart's
    std::erase_if(states, [&](EntityId id) { return id == owner || result_.entities[owner].state == result_.entities[id].ref; });
  if (is_counterpart && states.empty())  // "her counterpart in Kiribati"; "in Geneva" is where they met
    if (const TokenIndex in = title.tokens.end; in + 1 < document_.size() && at(in).lower == "in")
      if (const Mention* where = mention_over(in + 1); where && where->entities.size() == 1 && is_state(where->entities[0]) && where->form == MentionForm::name)
        states = where->entities;
  std::string state;
  for (const EntityId id : states)
    if (is_state(id)) {
      state = result_.entities[id].ref;
      break;
    }

  if (state.empty() && !is_counterpart) state = implied_state(title);

  if (title.person != no_entity) {
    Entity& person = result_.entities[title.person];
    if (is_counterpart && owner != no_entity && is_person(owner)) {
      for (const ClassId office : profiles_[owner].offices)
        if (std::find(profiles_[title.person].offices.begin(), profiles_[title.person].offices.end(), office) ==
            profiles_[title.person].offices.end())
          profiles_[title.person].offices.push_back(office);
      if (person.office.empty() || person.office == "counterpart") person.office = result_.entities[owner].office;
      if (person.sector.empty()) person.sector = result_.entities[owner].sector;
    }
    if (person.state.empty() && !state.empty()) person.state = state;
    for (const EntityId id : states)
      if (state.empty() && !is_state(id) && profiles_[title.person].organisation.empty()) profiles_[title.person].organisation = result_.entities[id].ref;
    // No state said: the state that acts in this sentence, or was the last to act: "Ghana offered ..., Energy Minister X said".
    if (person.state.empty() && states.empty() && !is_counterpart && profiles_[title.person].known == not_known && !heading_[title.head]) {
      if (std::string home = state_at_home(title); !home.empty()) {
        person.state = std::move(home);
        person.basis += "; state of the dateline";
      } else if (const EntityId focus = state_meant(title); focus != no_entity) {
        person.state = result_.entities[focus].ref;
        person.basis += "; state in focus";
      }
    }
    if (title.apposed) add_mention(phrase, title.head, MentionForm::nominal, {title.person});
    return;
  }
  if (is_mere_modifier(title.head)) return;
  if (title.plural) {
    resolve_plural_title(title);
    return;
  }
  const bool indefinite = is_indefinite(title.head);
  const bool definite = is_definite(title.head, phrase) || in_headline(title.head);
  // "elected president", "as prime minister": the office, nobody in it
  if (!indefinite && !definite && states.empty() && at(title.head).tag != Tag::nnp) return;

  if (is_counterpart) {
    if (owner == no_entity || !is_person(owner)) return;
    if (state.empty()) {
      // "on a visit to France, where he met his counterpart": the one other state in the sentence
      const TokenSpan sentence = document_.sentence_of(title.head);
      std::vector<std::string> others;
      for (TokenIndex i = sentence.begin; i < title.head; ++i)
        if (const Mention* mention = mention_over(i); mention && !mention->entities.empty()) {
          const Entity& entity = result_.entities[mention->entities[0]];
          const std::string& candidate = entity.kind == EntityKind::state ? entity.ref : entity.kind == EntityKind::place ? entity.state : "";
          if (!candidate.empty() && candidate != result_.entities[owner].state && std::find(others.begin(), others.end(), candidate) == others.end())
            others.push_back(candidate);
        }
      if (others.size() == 1) state = others[0];
    }
    std::vector<EntityId> rivals;
    for (EntityId id = 0; id < result_.entities.size(); ++id) {
      if (id == owner || !is_person(id) || profiles_[id].many) continue;
      if (!state.empty() && result_.entities[id].state != state) continue;
      if (state.empty() && result_.entities[id].state == result_.entities[owner].state) continue;
      const bool shares = std::any_of(profiles_[owner].offices.begin(), profiles_[owner].offices.end(), [&](ClassId office) {
        return holds(id, office) || std::any_of(profiles_[id].offices.begin(), profiles_[id].offices.end(), [&](ClassId own) { return covers(own, office); });
      });
      if (shares) rivals.push_back(id);
    }
    if (rivals.empty() && !state.empty()) {
      // ministers of different portfolios that the story put together
      for (EntityId id = 0; id < result_.entities.size(); ++id)
        if (std::any_of(groups_.begin(), groups_.end(), [&](const Group& group) {
              return std::find(group.members.begin(), group.members.end(), id) != group.members.end() &&
                     std::find(group.members.begin(), group.members.end(), owner) != group.members.end();
            }) && id != owner && is_person(id) && !profiles_[id].many && profiles_[id].last != no_token && !profiles_[id].offices.empty() &&
            result_.entities[id].state == state)
          rivals.push_back(id);
    }
    if (rivals.empty() && state.empty()) {
      // nor is there one of the same office: the one office holder of another state who was spoken of just now
      for (const EntityId id : in_mind_) {
        const std::string& own = result_.entities[id].state;
        if (id == owner || !is_person(id) || profiles_[id].many || profiles_[id].offices.empty() || sentence_now_ - profiles_[id].sentence > 4) continue;
        if (!own.empty() && !result_.entities[owner].state.empty() && own != result_.entities[owner].state) rivals.push_back(id);
      }
    }
    if (rivals.size() == 1) {
      add_mention(phrase, title.head, MentionForm::nominal, {rivals[0]});
    } else if (rivals.empty() && !state.empty()) {
      for (const ClassId office : profiles_[owner].offices) {
        for (const KnownId post : knowledge_.offices(state, office)) {
          const std::vector<Term> terms = knowledge_.holders(post, day_);
          if (terms.size() != 1) continue;
          const EntityId id = known_entity(terms[0].person, "knowledge " + knowledge_.place_of(terms[0].origin));
          add_mention(phrase, title.head, MentionForm::nominal, {id});
          return;
        }
      }
      const EntityId id = nominal_entity(EntityKind::person, phrase, result_.entities[owner].sector, state, false, NounKind::person);
      result_.entities[id].office = result_.entities[owner].office;
      result_.entities[id].ref = reference("local:", adjective_of(state) + " " + result_.entities[id].office);
      by_ref_.emplace(result_.entities[id].ref, id);
      profiles_[id].offices = profiles_[owner].offices;
      add_mention(phrase, title.head, MentionForm::nominal, {id});
    } else {
      add_mention(phrase, title.head, MentionForm::nominal, {}, rivals);
    }
    return;
  }

  const ClassId office_class = class_of(title, state);
  if (office_class == no_class) return;
  const auto mention = [&](EntityId id) { add_mention(phrase, title.head, MentionForm::nominal, {id}); };
  if (!indefinite) {
    std::vector<EntityId> fitting = persons_with(office_class, state);
    if (title.office != not_known)  // just this one's holders
      std::erase_if(fitting, [&](EntityId id) {
        if (profiles_[id].known == not_known) return false;
        const std::vector<Term> terms = knowledge_.offices_of(profiles_[id].known, std::nullopt);
        return std::none_of(terms.begin(), terms.end(), [&](const Term& term) { return term.office == title.office; });
      });
    // Those of an organisation only answer to it: "the NATO secretary general"
    if (!states.empty() && state.empty())
      std::erase_if(fitting, [&](EntityId id) { return !result_.entities[id].state.empty(); });
    // "the official": the unnamed one of before, rather than any office holder
    if (const OfficeClass* office = lexicon_.office_class(knowledge_.class_name(office_class)); office && office->covers_all) {
      const EntityId same = same_nominal(phrase, EntityKind::person, state, false);
      if (same != no_entity && sentence_now_ - profiles_[same].sentence <= 4) {
        mention(same);
        return;
      }
    }
    // The same words mean the same person as before: "the Secretary ... the Secretary".
    const std::string words_said = fold(document_.text(document_.bytes(title.tokens)));
    if (const auto before = said_.find(words_said); before != said_.end() && state.empty() && states.empty() &&
                                                    std::find(fitting.begin(), fitting.end(), before->second) != fitting.end() &&
                                                    salience(before->second) > 0.05 && !beside(title.head, before->second)) {
      mention(before->second);
      return;
    }
    // "the Secretary and Secretary Delacruz": not one person
    std::erase_if(fitting, [&](EntityId id) { return beside(title.head, id); });
    std::vector<EntityId> told;
    for (const EntityId id : fitting)
      if (profiles_[id].last != no_token) told.push_back(id);
    std::vector<EntityId> pool = told.empty() ? fitting : told;
    if (pool.size() > 1 && in_headline(title.head)) {
      std::stable_sort(pool.begin(), pool.end(), [&](EntityId a, EntityId b) { return profiles_[a].mentions > profiles_[b].mentions; });
      if (profiles_[pool[0]].mentions > profiles_[pool[1]].mentions + 1) pool.resize(1);
    } else if (pool.size() > 1) {
      std::stable_sort(pool.begin(), pool.end(), [&](EntityId a, EntityId b) { return salience(a) > salience(b); });
      if (salience(pool[0]) > 0.15 && salience(pool[0]) >= 1.4 * salience(pool[1])) pool.resize(1);
    }
    if (pool.size() == 1) {
      if (state.empty() && states.empty()) said_[words_said] = pool[0];
      mention(pool[0]);
      return;
    }
    if (pool.size() > 1) {
      add_mention(phrase, title.head, MentionForm::nominal, {}, pool);
      return;
    }
    // Nobody in the story: who held the office that day, of the state said or of the one who speaks of it.
    if (title.office != not_known) {
      const std::vector<Term> terms = knowledge_.holders(title.office, day_);
      if (terms.size() == 1) {
        mention(known_entity(terms[0].person, "knowledge " + knowledge_.place_of(terms[0].origin)));
        return;
      }
    }
    if (state.empty() && states.empty() && definite) {
      const TokenIndex verb = governor(title.head);
      for (TokenIndex above = verb; above != no_token && state.empty(); above = governor(above)) {
        const TokenIndex subject = subject_of(above);
        const Mention* who = subject == no_token ? nullptr : mention_over(subject) ? mention_over(subject) : mention_headed(subject);
        if (who && who->entities.size() == 1 && subject != title.head) state = result_.entities[who->entities[0]].state;
      }
    }
    if (!state.empty()) {
      if (const EntityId person = told_later(title, office_class, state); person != no_entity) {
        mention(person);
        return;
      }
      std::vector<Term> terms;
      for (const KnownId post : knowledge_.offices(state, office_class))
        for (const Term& term : knowledge_.holders(post, day_)) terms.push_back(term);
      if (terms.size() == 1) {
        const EntityId holder = known_entity(terms[0].person, "knowledge " + knowledge_.place_of(terms[0].origin));
        std::vector<EntityId> rivals = may_hold(office_class, state);
        std::erase(rivals, holder);
        if (rivals.empty()) {
          mention(holder);
        } else {  // the story names somebody who may be the holder now: the base does not decide
          rivals.insert(rivals.begin(), holder);
          add_mention(phrase, title.head, MentionForm::nominal, {}, rivals);
        }
        return;
      }
    }
  }
  // "a government spokesman in Bangkok" speaks for Thailand; a diplomat there need not.
  if (state.empty() && (knowledge_.class_name(office_class) == "spokesperson" || knowledge_.class_name(office_class) == "official")) {
    for (const TokenIndex child : document_.children(title.head)) {
      if (at(child).dep != Dep::prep || at(child).lower != "in") continue;
      const TokenIndex object = document_.child(child, Dep::pobj);
      const Mention* where = object == no_token ? nullptr : mention_over(object);
      if (where && where->entities.size() == 1) state = result_.entities[where->entities[0]].state;
    }
  }
  EntityId id = indefinite ? no_entity : same_nominal(phrase, EntityKind::person, state, false);
  if (id == no_entity) {
    std::string sector = sector_of(office_class);
    if (state.empty() && !states.empty()) sector = result_.entities[states[0]].sector.empty() ? sector : result_.entities[states[0]].sector;
    id = nominal_entity(EntityKind::person, phrase, std::move(sector), state, false, NounKind::person);
    result_.entities[id].office = fold(document_.text(document_.bytes(title.tokens)));
    profiles_[id].offices.push_back(office_class);
    profiles_[id].gender = lexicon_.noun_gender(at(title.head).lower);
  }
  mention(id);
}

// "a court in Lagos": Nigeria.
std::vector<EntityId> Finder::states_it_is_in(TokenIndex head) {
  std::vector<EntityId> found;
  // "lawmakers and officials in Togo": the phrase hangs on the first of them
  TokenIndex holder = head;
  for (int steps = 0; steps < 6 && at(holder).dep == Dep::conj && !document_.is_root(holder); ++steps) holder = at(holder).head;
  for (const TokenIndex noun : {head, holder}) {
    for (const TokenIndex child : document_.children(noun)) {
      if (at(child).dep != Dep::prep || at(child).lower != "in" || child < head) continue;
      TokenIndex object = document_.child(child, Dep::pobj);
      for (int steps = 0; object != no_token && steps < 6; ++steps) {
        const Mention* where = mention_over(object);
        if (where && where->entities.size() == 1)
          if (const EntityId state = state_entity(result_.entities[where->entities[0]].state, object); state != no_entity) found.push_back(state);
        object = document_.child(object, Dep::conj);
      }
    }
    if (!found.empty() || noun == holder) break;
  }
  return found;
}

EntityId Finder::state_it_is_in(TokenIndex head) {
  const std::vector<EntityId> states = states_it_is_in(head);
  return states.size() == 1 ? states.front() : no_entity;
}

// "The farmers' union of Moldova called on the government": the one state of whoever acts in the sentence.
EntityId Finder::state_of_doer(TokenIndex head) {
  TokenIndex verb = governor(head), subject = verb == no_token ? no_token : subject_of(verb);
  while (verb != no_token && (subject == no_token || subject == head)) {  // "called on the government to exempt": who called
    verb = governor(verb);
    subject = verb == no_token ? no_token : subject_of(verb);
  }
  if (subject == no_token || document_.is_under(head, subject)) return no_entity;
  const TokenSpan doer = document_.subtree(subject);
  std::string_view state;
  for (TokenIndex i = doer.begin; i < doer.end; ++i) {
    const Mention* mention = mention_over(i) ? mention_over(i) : mention_headed(i);
    if (!mention || mention->entities.size() != 1) continue;
    const std::string& own = result_.entities[mention->entities[0]].state;
    if (!own.empty() && !state.empty() && own != state) return no_entity;
    if (!own.empty()) state = own;
  }
  return state.empty() ? no_entity : state_entity(state, head);
}

// ---- government bodies -------------------------------------------------------------------------------------------------------------------

// "foreign-ministry" for who is foreign minister; "" for who heads no ministry.
std::string Finder::ministry_of(EntityId person) const {
  for (const ClassId office : profiles_[person].offices) {
    std::string name(knowledge_.class_name(office));
    if (!name.ends_with("_minister") || name.starts_with("deputy_")) continue;
    std::ranges::replace(name, '_', '-');
    return name.replace(name.size() - 2, 2, "ry");
  }
  return {};
}

// The body that a person speaks by: the presidency of a president, a prime minister's office, a minister's ministry; else an office of his own.
EntityId Finder::office_of(EntityId person) {
  const std::string& iso = result_.entities[person].state;
  std::string body = ministry_of(person);
  for (const ClassId office : profiles_[person].offices) {
    const std::string_view name = knowledge_.class_name(office);
    if (name == "head_of_state") body = "presidency";
    if (name == "head_of_government") body = "prime-ministers-office";
  }
  const bool leads = !iso.empty() && !body.empty();
  const std::string ref = leads ? "body:" + slug_of(iso) + "-" + body : "local:" + slug_of(result_.entities[person].name + " office");
  if (const EntityId told = find_ref(ref); told != no_entity) return told;
  if (const KnownId known = knowledge_.find(ref); known != not_known) return known_entity(known, "knowledge " + knowledge_.place_of(knowledge_[known].origin));
  Entity entity;
  entity.kind = leads ? EntityKind::government_body : EntityKind::organisation;
  entity.ref = ref;
  entity.name = result_.entities[person].name + "'s office";
  entity.state = iso;
  entity.sector = result_.entities[person].sector;
  entity.basis = "office of " + result_.entities[person].ref;
  return add_entity(std::move(entity), {});
}

// "The ministry said": the one that was last spoken of, itself or by its minister; of that state, if one is said. A ministry of something else is
// none of them.
EntityId Finder::ministry_spoken_of(const Title& title, const std::vector<EntityId>& owners) const {
  for (const TokenIndex child : document_.children(title.head))
    if (at(child).dep == Dep::prep || at(child).dep == Dep::compound || (at(child).dep == Dep::amod && !mention_over(child))) return no_entity;
  if (!is_definite(title.head, title.tokens) || owners.size() > 1) return no_entity;
  EntityId best = no_entity;
  for (const EntityId id : in_mind_) {
    const Entity& entity = result_.entities[id];
    if (entity.state.empty() || (!owners.empty() && entity.state != result_.entities[owners[0]].ref)) continue;
    const bool fits = is_person(id) ? !ministry_of(id).empty() : entity.kind == EntityKind::government_body && entity.ref.ends_with("-ministry");
    if (fits && (best == no_entity || salience(id) > salience(best))) best = id;
  }
  return best;
}

void Finder::resolve_body(Title& title) {
  if (over_[title.head] != none || headed_[title.head] != none) return;
  const TokenSpan phrase = phrase_of(title.head, title.tokens);
  const std::vector<EntityId> states = states_of_phrase(title.head, title.tokens, true);
  const std::string_view collective_note = title.meanings[0].note;
  const bool collective = collective_note.starts_with("collective");
  std::vector<EntityId> owners;
  for (const EntityId id : states)
    if (is_state(id)) owners.push_back(id);

  const std::string_view word = at(title.head).lower;
  for (const TokenIndex child : document_.children(title.head))  // "her leadership", "its rotating presidency": no body
    if (at(child).tag == Tag::prp_poss && (word == "leadership" || word == "presidency" || word == "administration")) return;
  const std::string_view first_class = knowledge_.class_name(class_of(title, owners.empty() ? "" : result_.entities[owners[0]].ref));
  std::string ministry;
  if (first_class == "ministry") {
    const EntityId of = ministry_spoken_of(title, owners);
    if (of == no_entity) return;
    if (!is_person(of)) {
      add_mention(phrase, title.head, MentionForm::nominal, {of});
      return;
    }
    ministry = ministry_of(of);
    owners = {state_of(of)};
  }
  if (is_mere_modifier(title.head) && owners.empty()) return;
  if (is_mere_modifier(title.head)) {
    // "Iraqi government officials": the officials are the ones who act
    const TokenIndex above = at(title.head).head;
    if (title_at_[above] != none || noun_at_[above] != none) return;
  }
  if (owners.size() > 1) {  // "Thai and Cambodian soldiers": both sides
    add_mention(phrase, title.head, MentionForm::nominal, owners);
    return;
  }
  if (first_class == "government" && title.plural) {
    if (owners.empty() && (count_of(title.head) || is_definite(title.head, phrase))) {
      const std::vector<EntityId> both = parties(count_of(title.head), true, title.head);
      if (!both.empty()) add_mention(phrase, title.head, MentionForm::nominal, both);
    }
    return;
  }
  if (word == "regime" && owners.size() == 1) {
    add_mention(phrase, title.head, MentionForm::nominal, owners);
    return;
  }
  // "police in Lagos", "the authorities in Togo": whose they are is said by where they are
  const bool rules = first_class == "police" || first_class == "government" || first_class == "army" || first_class == "supreme-court" || first_class == "prosecution";
  if (owners.empty() && rules)
    if (const EntityId owner = state_it_is_in(title.head); owner != no_entity) owners = {owner};
  const bool police = first_class == "police" && !is_indefinite(title.head) && role_weight(title.head) >= 0.4;  // "police" needs no article
  if (owners.empty() && !is_definite(title.head, phrase) && !collective && !police) return;
  EntityId body = no_entity;
  if (owners.empty()) {
    if (collective && !police && !is_definite(title.head, phrase)) {
      if (is_indefinite(title.head)) return;
      const double weight = role_weight(title.head);
      if (weight < 0.4) return;
      body = same_nominal(phrase, EntityKind::armed_group, "", true);
      if (body == no_entity) body = nominal_entity(EntityKind::armed_group, phrase, "MIL", "", true, NounKind::armed);
      add_mention(phrase, title.head, MentionForm::nominal, {body});
      return;
    }
    // "the ministry", "the army": the one spoken of before; else the one of the state in focus
    for (EntityId id = 0; id < result_.entities.size(); ++id) {
      const Entity& entity = result_.entities[id];
      if (entity.kind != EntityKind::government_body || profiles_[id].last == no_token) continue;
      const bool same = entity.ref.ends_with("-" + std::string(first_class)) || (title.words == 1 && entity.ref.ends_with("-" + std::string(word)));
      if (same && (body == no_entity || salience(id) > salience(body))) body = id;
    }
    if (body != no_entity && first_class == "government")  // of two that were told of, the one at home
      if (const EntityId own = state_of(body); own != no_entity && or_home(own) != own) {
        const EntityId other = find_ref("body:" + slug_of(result_.entities[or_home(own)].ref) + "-government");
        if (other != no_entity && salience(body) < 0.7) body = other;
      }
    if (body == no_entity) {
      EntityId focus = state_of_doer(title.head);
      if (focus == no_entity) focus = or_home(state_in_focus({}, true));  // "The Swiss company Alpentrans said ... The government said"
      if (focus == no_entity) focus = state_in_focus();
      if (focus != no_entity) {
        owners = {focus};
      } else {
        if (!rules || role_weight(title.head) < 0.4) return;
        body = same_nominal(phrase, EntityKind::government_body, "", false);
        if (body == no_entity) body = nominal_entity(EntityKind::government_body, phrase, first_class == "police" ? "COP" : first_class == "army" ? "MIL" : "GOV", "", false, NounKind::org);
        add_mention(phrase, title.head, MentionForm::nominal, {body});
        return;
      }
    }
  }
  if (body == no_entity) {
    const std::string iso = result_.entities[owners[0]].ref;
    const std::string_view body_class = ministry.empty() ? knowledge_.class_name(class_of(title, iso)) : std::string_view(ministry);
    if (body_class.empty()) return;
    std::string ref = "body:" + slug_of(iso) + "-" + std::string(body_class);
    body = find_ref(ref);
    if (body == no_entity) {
      const KnownId known = knowledge_.find(ref);
      if (known != not_known) {
        body = known_entity(known, "knowledge " + knowledge_.place_of(knowledge_[known].origin) + " by " + text_basis(phrase));
      } else {
        Entity entity;
        entity.kind = EntityKind::government_body;
        entity.ref = std::move(ref);
        entity.name = document_.text(document_.bytes(phrase));
        entity.state = iso;
        entity.sector = body_class == "army" || body_class == "navy" || body_class == "air-force" || body_class == "defence-ministry" ? "MIL"
                        : body_class == "parliament"                                                                                  ? "LEG"
                        : body_class == "police" || body_class == "border-guard" || body_class == "coast-guard"                       ? "COP"
                        : body_class == "supreme-court" || body_class == "prosecution"                                                ? "JUD"
                                                                                                                                      : "GOV";
        entity.basis = text_basis(phrase);
        body = add_entity(std::move(entity), {});
      }
    }
    // An embassy is named by where it stands, too.
    if (body_class == "embassy" || body_class == "consulate") {
      for (const TokenIndex child : document_.children(title.head)) {
        if (at(child).dep != Dep::prep || (at(child).lower != "in" && at(child).lower != "to")) continue;
        const TokenIndex object = document_.child(child, Dep::pobj);
        const Mention* where = object == no_token ? nullptr : mention_over(object);
        if (!where || where->entities.size() != 1) continue;
        const std::string place_ref = result_.entities[body].ref + "-" + slug_of(document_.text(where->span));
        if (const EntityId id = find_ref(place_ref); id != no_entity) {
          body = id;
        } else {
          Entity entity = result_.entities[body];
          entity.ref = place_ref;
          entity.name = document_.text(document_.bytes(phrase));
          entity.basis = text_basis(phrase);
          body = add_entity(std::move(entity), {});
        }
        break;
      }
    }
  }
  add_mention(phrase, title.head, MentionForm::nominal, {body});
}

// ---- other nouns ---------------------------------------------------------------------------------------------------------------------------

void Finder::resolve_noun(const NounHit& hit) {
  const Noun& noun = *hit.noun;
  if (headed_[hit.head] != none || over_[hit.head] != none || is_mere_modifier(hit.head)) return;
  const TokenSpan phrase = phrase_of(hit.head, hit.tokens, noun.kind == NounKind::person || noun.kind == NounKind::persons);
  const bool definite = is_definite(hit.head, phrase);
  const bool indefinite = is_indefinite(hit.head);
  const std::vector<EntityId> states = states_of_phrase(hit.head, hit.tokens, true);
  // "the Serbian energy company Elektrosrbija": the name says who it is, the words before whose
  if ((noun.kind == NounKind::group || noun.kind == NounKind::org) && hit.tokens.end < document_.size() && at(hit.tokens.end).sentence == at(hit.head).sentence)
    if (const Mention* name = mention_over(hit.tokens.end); name && name->tokens.begin == hit.tokens.end && name->entities.size() == 1 &&
                                                            name->form == MentionForm::name && !is_person(name->entities[0]) && !is_state(name->entities[0])) {
      Entity& named = result_.entities[name->entities[0]];
      if (named.state.empty() && states.size() == 1 && is_state(states[0]) && profiles_[name->entities[0]].known == not_known) named.state = result_.entities[states[0]].ref;
      return;
    }
  // "the Front for Renewal, a rebel group": the noun stands for the one whose name it is set beside
  if (at(hit.head).dep == Dep::appos && !noun.plural && (noun.kind == NounKind::armed || noun.kind == NounKind::group || noun.kind == NounKind::org))
    if (const Mention* name = phrase.begin < 2 ? nullptr : mention_over(phrase.begin - 2);  // whatever of it the parse hangs the noun on
        name && name->form == MentionForm::name && name->entities.size() == 1 && name->tokens.end + 1 == phrase.begin && at(hit.head).head < phrase.begin &&
        at(phrase.begin - 1).pos == Pos::punct) {
      const EntityKind kind = result_.entities[name->entities[0]].kind;
      if (kind == EntityKind::armed_group || kind == EntityKind::company || kind == EntityKind::organisation || kind == EntityKind::party) {
        add_mention(phrase, hit.head, MentionForm::nominal, {name->entities[0]});
        return;
      }
    }
  std::vector<EntityId> owners;
  for (const EntityId id : states)
    if (is_state(id)) owners.push_back(id);
  // "activists in Togo and Ghana": of those states, as far as we are told
  const bool role = noun.kind == NounKind::people || noun.kind == NounKind::person;
  if (states.empty() && role && noun.plural) owners = states_it_is_in(hit.head);
  const std::string state = owners.size() == 1 ? result_.entities[owners[0]].ref : "";
  const auto mention = [&](std::vector<EntityId> ids) { add_mention(phrase, hit.head, MentionForm::nominal, std::move(ids)); };
  const auto most_salient = [&](auto fits) {
    EntityId best = no_entity;
    for (const EntityId id : in_mind_)
      if (salience(id) > 0.02 && fits(id) && (best == no_entity || salience(id) > salience(best))) best = id;
    return best;
  };
  const auto make_of = [&](EntityKind kind, bool many, const std::string& of) {
    EntityId id = indefinite ? no_entity : same_nominal(phrase, kind, of, many);
    if (id == no_entity) {
      std::string sector = noun.sector;
      if (of.empty() && !states.empty() && kind == EntityKind::person && result_.entities[states[0]].kind == EntityKind::intergovernmental_body)
        sector = "IGO";
      id = nominal_entity(kind, phrase, std::move(sector), of, many, noun.kind);
      if (of.empty() && states.size() == 1) profiles_[id].organisation = result_.entities[states[0]].ref;  // "activists of Oxfam"
      profiles_[id].gender = lexicon_.noun_gender(at(hit.head).lower);
    }
    return id;
  };
  const auto make = [&](EntityKind kind, bool many) { return make_of(kind, many, state); };
  // "Thai and Cambodian activists": those of each state
  const auto make_each = [&](EntityKind kind) {
    if (owners.size() < 2 || !noun.plural) return std::vector<EntityId>{make(kind, noun.plural)};
    std::vector<EntityId> made;
    for (const EntityId owner : owners) made.push_back(make_of(kind, true, result_.entities[owner].ref));
    return made;
  };
  switch (noun.kind) {
    case NounKind::state: {
      if (!definite || !owners.empty()) {
        const EntityId owner = possessor(hit.head);
        if (owner != no_entity && !result_.entities[owner].state.empty()) {
          const EntityId own = state_of(owner);
          if (own != no_entity) mention({own});
          return;
        }
        // "each country", "either country"
        for (const TokenIndex child : document_.children(hit.head))
          if (at(child).dep == Dep::det && (at(child).lower == "each" || at(child).lower == "either" || at(child).lower == "neither")) {
            const std::vector<EntityId> both = parties(2, true, hit.head);
            if (!both.empty()) mention(both);
            return;
          }
        return;
      }
      for (const TokenIndex child : document_.children(hit.head))
        if (at(child).dep == Dep::det && at(child).lower == "each") {
          const std::vector<EntityId> both = parties(2, true, hit.head);
          if (!both.empty()) mention(both);
          return;
        }
      const EntityId focus = most_salient([&](EntityId id) { return is_state(id); });
      if (focus != no_entity) mention({focus});
      return;
    }
    case NounKind::states:
    case NounKind::sides: {
      const unsigned count = count_of(hit.head);
      if (owners.size() > 1) {
        mention(owners);
        return;
      }
      if (noun.kind == NounKind::sides && definite && !count) {  // "the parties" after "all parties to the conflict"
        const EntityId before = same_nominal(hit.tokens, EntityKind::armed_group, "", true);
        if (before != no_entity) {
          mention({before});
          return;
        }
      }
      bool described = false;
      for (const TokenIndex child : document_.children(hit.head)) described |= at(child).dep == Dep::amod && !mention_over(child);
      const bool neighbours = noun.singular.starts_with("neighbo");
      if (count || (definite && !described) || (neighbours && in_headline(hit.head))) {
        const std::vector<EntityId> both = parties(count, noun.kind == NounKind::states, hit.head);
        if (!both.empty()) {
          mention(both);
          return;
        }
      }
      bool some = false;
      for (const TokenIndex child : document_.children(hit.head)) some |= at(child).dep == Dep::det && at(child).lower == "some";
      if (noun.kind == NounKind::states && described && (!indefinite || some) && role_weight(hit.head) >= 0.4) mention({make(EntityKind::region, true)});
      return;
    }
    case NounKind::side: {
      if (owners.size() == 1) {  // "the Polish side"
        mention(owners);
        return;
      }
      for (const TokenIndex child : document_.children(hit.head)) {
        const std::string_view lower = at(child).lower;
        if (lower == "each" || lower == "either" || lower == "neither") {
          const std::vector<EntityId> both = parties(2, false, hit.head);
          if (!both.empty()) mention(both);
          return;
        }
        if (lower == "other" && definite) {
          // the principal party that is not the last speaker's
          const EntityId speaker = most_salient([&](EntityId id) { return is_person(id) && !result_.entities[id].state.empty(); });
          const std::vector<EntityId> both = parties(2, false, hit.head);
          if (speaker == no_entity || both.size() != 2) return;
          const EntityId own = state_of(speaker);
          if (own == both[0] || own == both[1]) mention({own == both[0] ? both[1] : both[0]});
          return;
        }
      }
      return;
    }
    case NounKind::persons: {
      if (!definite && !count_of(hit.head)) return;
      const ClassId any = knowledge_.find_class("official");
      const std::vector<EntityId> persons = people_of_class(any, count_of(hit.head), owners);
      if (persons.size() > 1) mention(persons);
      return;
    }
    case NounKind::bloc:
    case NounKind::org: {
      // "a court in Jakarta", "a Malian court": somebody new
      const bool may_be_new = hit.noun->makes_entity && role_weight(hit.head) >= 0.4;
      bool article = false;
      for (const TokenIndex child : document_.children(hit.head))
        article |= at(child).dep == Dep::det && (at(child).lower == "a" || at(child).lower == "an" || at(child).lower == "another");
      if (may_be_new && (article || !states.empty())) {
        const EntityId made = make(noun.entity, false);
        if (const EntityId where = state_it_is_in(hit.head); where != no_entity && result_.entities[made].state.empty())
          result_.entities[made].state = result_.entities[where].ref;
        mention({made});
        return;
      }
      if (!definite || possessor(hit.head) != no_entity) return;
      for (const TokenIndex child : document_.children(hit.head))
        if (at(child).dep == Dep::poss) return;
      const std::vector<Word> none_words;
      const std::uint64_t head_word = words_of({hit.head, hit.head + 1}).empty() ? 0 : words_of({hit.head, hit.head + 1})[0].hash;
      // first who bears the word in the name ("the Council"), then whoever of the kind was last spoken of ("the bloc")
      const auto bears = [&](EntityId id) {
        if (!is_actor(id) || is_state(id)) return false;
        const Profile& profile = profiles_[id];
        if (std::find(profile.words.begin(), profile.words.end(), head_word) != profile.words.end()) return true;
        if (result_.entities[id].kind == EntityKind::government_body && result_.entities[id].ref.ends_with("-" + std::string(at(hit.head).lower)))
          return true;
        if (profile.nominal) return std::find(profile.noun_words.begin(), profile.noun_words.end(), head_word) != profile.noun_words.end();
        if (profile.known == not_known) return false;
        for (const std::string_view name : knowledge_.names_of(profile.known)) {
          std::vector<Word> words;
          find_words(name, 0, words);
          for (const Word& word : words)
            if (word.hash == head_word && word.written == Case::capital) return true;
        }
        return false;
      };
      EntityId best = no_entity;
      for (EntityId id = 0; id < result_.entities.size(); ++id)  // however long ago
        if (profiles_[id].last != no_token && bears(id) && (best == no_entity || profiles_[id].last > profiles_[best].last)) best = id;
      if (best == no_entity && noun.kind == NounKind::bloc)
        best = most_salient([&](EntityId id) { return result_.entities[id].kind == EntityKind::intergovernmental_body; });
      if (best == no_entity && noun.kind == NounKind::org && definite)
        best = most_salient([&](EntityId id) {
          const EntityKind kind = result_.entities[id].kind;
          const std::string_view word = at(hit.head).lower;
          if (word == "company" || word == "firm" || word == "bank" || word == "lender") return kind == EntityKind::company;
          if (word == "party") return kind == EntityKind::party;
          if (word == "group" || word == "movement" || word == "militia") return kind == EntityKind::armed_group;
          if (word == "agency" || word == "body" || word == "watchdog" || word == "organisation" || word == "organization")
            return kind == EntityKind::intergovernmental_body || kind == EntityKind::organisation;
          return false;
        });
      if (best == no_entity && may_be_new) best = make(noun.entity, false);
      if (best != no_entity) mention({best});
      return;
    }
    case NounKind::person: {
      // "Aminata Diarra, an analyst"; "analyst Aminata Diarra"
      if (!noun.plural) {
        EntityId named = no_entity;
        const auto person_at = [&](TokenIndex token) {
          const Mention* it = mention_over(token);
          if (it && it->entities.size() == 1 && is_person(it->entities[0])) named = it->entities[0];
        };
        if (at(hit.head).dep == Dep::appos) person_at(at(hit.head).head);
        for (const TokenIndex child : document_.children(hit.head))
          if (at(child).dep == Dep::appos) person_at(child);
        if (at(hit.head).dep == Dep::attr && at(at(hit.head).head).lemma == "be") {
          const TokenIndex subject = document_.child(at(hit.head).head, Dep::nsubj);
          if (subject != no_token) person_at(subject);
        }
        if (named != no_entity) {
          Entity& person = result_.entities[named];
          if (person.office.empty()) person.office = noun.singular;
          if (person.sector.empty()) person.sector = noun.sector;
          mention({named});
          return;
        }
      }
      if (role_weight(hit.head) < 0.4) return;
      if (!indefinite && !definite && !noun.plural) return;
      mention(make_each(EntityKind::person));
      return;
    }
    case NounKind::people: {
      if (noun.singular == "people" || noun.singular == "population" || noun.singular == "public" || noun.singular == "national" ||
          noun.singular == "citizen") {
        if (state.empty() && noun.singular == "people") {  // "18 people", "scores of villagers and people"
          bool counted = false;
          for (const TokenIndex child : document_.children(hit.head)) counted |= at(child).dep == Dep::nummod;
          if (counted && role_weight(hit.head) >= 0.4) mention({make(EntityKind::people, true)});
        }
        if (state.empty()) return;
        // "the Iranian people": the people of that state, as the base names it
        for (const std::string_view form : knowledge_.names_of(knowledge_.find(state)))
          for (const KnownAlias& alias : knowledge_.aliases_of_text(form)) {
            if (knowledge_[alias.entity].kind != "people" || knowledge_[alias.entity].country != state) continue;
            mention({known_entity(alias.entity, "knowledge " + knowledge_.place_of(alias.origin) + " by " + text_basis(phrase))});
            return;
          }
        const std::string ref = "people:" + adjective_of(state) + "s";
        const KnownId known = knowledge_.find(ref);
        EntityId id = known != not_known ? known_entity(known, "knowledge " + knowledge_.place_of(knowledge_[known].origin)) : find_ref(ref);
        if (id == no_entity) {
          Entity entity;
          entity.kind = EntityKind::people;
          entity.ref = ref;
          entity.name = document_.text(document_.bytes(phrase));
          entity.state = state;
          entity.sector = "CVL";
          entity.basis = text_basis(phrase);
          id = add_entity(std::move(entity), {});
          profiles_[id].many = true;
        }
        mention({id});
        return;
      }
      if (!noun.plural || role_weight(hit.head) < 0.4) return;
      mention(make_each(EntityKind::people));
      return;
    }
    case NounKind::armed: {
      if (role_weight(hit.head) < 0.4) return;
      if (owners.size() > 1) {
        mention(owners);
        return;
      }
      if (!noun.plural && !definite && !indefinite) return;
      for (const TokenIndex child : document_.children(hit.head))  // "Al-Shabaab militants" act for the group
        if (const Mention* of = mention_over(child); of && child < hit.head && of->entities.size() == 1 &&
                                                     result_.entities[of->entities[0]].kind == EntityKind::armed_group) {
          mention(of->entities);
          return;
        }
      if (definite && noun.plural && noun.sector == "REB" && phrase.size() == hit.tokens.size() + 1) {  // "the rebels": the one group that was named
        EntityId only = no_entity;
        unsigned named = 0;
        for (EntityId id = 0; id < result_.entities.size(); ++id)
          if (result_.entities[id].kind == EntityKind::armed_group && !profiles_[id].nominal) ++named, only = id;
        if (named == 1 && profiles_[only].last != no_token && same_nominal(phrase, EntityKind::armed_group, "", true) == no_entity) {
          mention({only});
          return;
        }
      }
      mention({make(EntityKind::armed_group, noun.plural)});
      return;
    }
    case NounKind::group: {
      if (role_weight(hit.head) < 0.4 || (!noun.plural && !definite && !indefinite)) return;
      // "the company": the one that was named, or told of in the same words, whichever was last
      if (!noun.plural && phrase.size() == hit.tokens.size() + 1 && at(phrase.begin).lower == "the") {
        const std::span<const Word> own = words_of({hit.head, hit.head + 1});
        const EntityId named = most_salient([&](EntityId id) {
          const Entity& entity = result_.entities[id];
          if (profiles_[id].nominal || salience(id) < 0.2 || is_state(id)) return false;
          if (entity.kind == noun.entity && (entity.sector == noun.sector || (entity.sector.empty() && noun.sector != "MED"))) return true;
          return is_actor(id) && !own.empty() && std::ranges::find(profiles_[id].words, own[0].hash) != profiles_[id].words.end();  // "the bank"
        });
        const EntityId same = named == no_entity ? no_entity : same_nominal(phrase, noun.entity, "", false);
        if (named != no_entity && (same == no_entity || salience(same) < salience(named))) {
          mention({named});
          return;
        }
      }
      mention({make(noun.entity, noun.plural)});
      return;
    }
    case NounKind::mission: {
      if (role_weight(hit.head) < 0.4 && !definite) return;
      EntityId id = definite ? same_nominal(phrase, EntityKind::intergovernmental_body, "", noun.plural) : no_entity;
      if (id == no_entity && definite && !noun.plural)
        id = most_salient([&](EntityId other) { return profiles_[other].noun == NounKind::mission && profiles_[other].nominal; });
      if (id == no_entity && (!noun.plural && !definite && !indefinite)) return;
      if (id == no_entity) id = make(EntityKind::intergovernmental_body, noun.plural);
      mention({id});
      return;
    }
    case NounKind::staff: {
      // "her office said", "according to the minister's office"; not "he left his office"
      const EntityId owner = possessor(hit.head);
      const TokenIndex above = at(hit.head).head;
      const bool speaks = at(hit.head).dep == Dep::nsubj && (lexicon_.context(at(above).lemma) & speech);
      const bool quoted = at(hit.head).dep == Dep::pobj && (at(at(above).head).lower == "according" || at(above).lower == "according" ||
                                                            (at(above).lower == "from" && (lexicon_.context(at(at(above).head).lemma) & speech_noun)));
      if (owner == no_entity || !is_person(owner) || profiles_[owner].many || (!speaks && !quoted)) return;
      const EntityId body = office_of(owner);
      if (body != no_entity) mention({body});
      return;
    }
    case NounKind::document: {
      static constexpr std::string_view generic[] = {"document", "text",   "letter", "note",    "statement",  "report", "bill", "law",
                                                     "directive", "rule", "package", "initiative", "bid",       "offer",  "memo"};
      const bool is_generic = std::find(std::begin(generic), std::end(generic), noun.singular) != std::end(generic);
      if (noun.plural) return;
      const std::uint64_t head_word = words_of({hit.head, hit.head + 1}).empty() ? 0 : words_of({hit.head, hit.head + 1})[0].hash;
      const auto is_document = [&](EntityId id) {
        return result_.entities[id].kind == EntityKind::agreement || result_.entities[id].kind == EntityKind::document;
      };
      EntityId id = no_entity;
      if (definite) {
        id = most_salient([&](EntityId other) {
          if (!is_document(other)) return false;
          const Profile& p = profiles_[other];
          return std::find(p.words.begin(), p.words.end(), head_word) != p.words.end() ||
                 std::find(p.noun_words.begin(), p.noun_words.end(), head_word) != p.noun_words.end();
        });
        const bool loose = noun.singular == "document" || noun.singular == "text" || noun.singular == "agreement" || noun.singular == "accord" || noun.singular == "deal" || noun.singular == "pact";
        if (id == no_entity && loose) id = most_salient(is_document);
      }
      if (id == no_entity) {
        bool modified = false;  // "the European Union's deforestation rule"
        for (const TokenIndex child : document_.children(hit.head)) modified |= child < hit.head && at(child).dep != Dep::det && mention_over(child);
        if (is_generic && !modified && !(indefinite && (noun.singular == "statement" || noun.singular == "letter" || noun.singular == "note" || noun.singular == "report"))) return;
        if (!definite && !indefinite && !in_headline(hit.head)) return;
        if (role_weight(hit.head) < 0.4) return;
        id = make(is_generic ? EntityKind::document : EntityKind::agreement, false);
      }
      mention({id});
      return;
    }
  }
}

}  // namespace dragoman
