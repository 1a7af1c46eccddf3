#include "dragoman/mentions/entities.h"

#include <algorithm>

#include "dragoman/mentions/finder.h"

namespace dragoman {

// ---- Entities ----------------------------------------------------------------------------------------------------------------------

const Mention* Entities::headed_by(TokenIndex head) const {
  const auto found = std::lower_bound(by_head.begin(), by_head.end(), head,
                                      [&](std::uint32_t index, TokenIndex wanted) { return mentions[index].head < wanted; });
  return found != by_head.end() && mentions[*found].head == head ? &mentions[*found] : nullptr;
}

std::vector<const Mention*> Entities::inside(TokenSpan tokens) const {
  std::vector<const Mention*> found;
  auto at = std::lower_bound(mentions.begin(), mentions.end(), tokens.begin,
                             [](const Mention& mention, TokenIndex begin) { return mention.tokens.begin < begin; });
  for (; at != mentions.end() && at->tokens.begin < tokens.end; ++at)
    if (tokens.contains(at->tokens)) found.push_back(&*at);
  return found;
}

// "Peru, Chile and Togo", where the parse takes the second for an apposition: one state is never another, and who stands in a row that goes
// on with "and" is not the one before.
bool Entities::is_listed(const Document& document, TokenIndex head, TokenIndex apposed) const {
  const Mention *one = headed_by(head), *other = headed_by(apposed);
  if (!one || !other || one->entities.size() != 1 || other->entities.size() != 1 || one->entities == other->entities) return false;
  if (one->form != MentionForm::name || other->form != MentionForm::name) return false;
  const Entity &a = entities[one->entities[0]], &b = entities[other->entities[0]];
  if (a.kind == EntityKind::state && b.kind == EntityKind::state) return true;
  const bool peers = a.kind == b.kind || a.kind == EntityKind::state || b.kind == EntityKind::state;
  const auto is_place = [](const Entity& entity) { return entity.kind == EntityKind::place || entity.kind == EntityKind::region; };
  if (!peers || is_place(a) || is_place(b)) return false;
  return document.child(apposed, Dep::conj) != no_token;
}

namespace {

// "the Danish ferry company Skagen", "the rebel group FLN": kinds of body that a common noun is set before.
bool may_be_named_so(EntityKind kind) {
  return kind == EntityKind::company || kind == EntityKind::organisation || kind == EntityKind::party || kind == EntityKind::armed_group ||
         kind == EntityKind::intergovernmental_body || kind == EntityKind::government_body;
}

}  // namespace

std::vector<EntityId> Entities::of_phrase(const Document& document, TokenIndex head) const {
  std::vector<EntityId> found;
  const auto add = [&](const Mention& mention) {
    for (const EntityId id : mention.entities)
      if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
  };
  const auto names_state = [&](TokenIndex token) {
    const Mention* mention = headed_by(token);
    return mention && mention->entities.size() == 1 && mention->form == MentionForm::name && entities[mention->entities[0]].kind == EntityKind::state;
  };
  std::vector<TokenIndex> heads;  // still to read, the next last
  if (head != no_token) heads.push_back(head);
  for (int steps = 0; !heads.empty() && steps < 24; ++steps) {
    head = heads.back();
    heads.pop_back();
    const Mention* mention = headed_by(head);
    if (mention) {
      add(*mention);
    } else {
      // a title that the parse made the head: "Minister [Araghchi]", "the minister, [Araghchi]"
      for (const TokenIndex child : document.children(head)) {
        const Dep dep = document[child].dep;
        if (dep != Dep::appos && dep != Dep::compound && dep != Dep::nmod) continue;
        const Mention* inner = headed_by(child);
        if (!inner || inner->entities.empty()) continue;
        // "the French company [Renaud]", with no comma: the name says who the noun is
        const bool names_it = dep == Dep::appos && inner->form == MentionForm::name && inner->tokens.begin == head + 1;
        if (entities[inner->entities[0]].kind != EntityKind::person && !(names_it && may_be_named_so(entities[inner->entities[0]].kind))) continue;
        add(*inner);
        break;
      }
    }
    const std::size_t before = heads.size();
    bool joined = false;
    for (const TokenIndex child : document.children(head)) {
      const Dep dep = document[child].dep;
      // "Peru, Chile and the far Togo", where the parse makes the first ones modifiers of the last
      if (child < head && dep == Dep::nmod && document.child(child, Dep::conj) != no_token && is_listed(document, head, child)) heads.push_back(child);
      if (child < head) continue;
      if (dep == Dep::conj && !joined) {
        joined = true;
        heads.push_back(child);
      } else if (dep == Dep::appos && (is_listed(document, head, child) || (!mention && names_state(child)))) {
        heads.push_back(child);  // also "its neighbour, Togo", where nothing else says who that is
      }
    }
    std::reverse(heads.begin() + static_cast<std::ptrdiff_t>(before), heads.end());
  }
  return found;
}

EntityId Entities::state_of(EntityId id) const {
  if (id >= entities.size()) return no_entity;
  if (entities[id].kind == EntityKind::state) return id;
  if (entities[id].state.empty()) return no_entity;
  for (const EntityId other : states)
    if (entities[other].ref == entities[id].state) return other;
  return no_entity;
}

void Entities::sort() {
  std::stable_sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  by_head.resize(mentions.size());
  for (std::uint32_t i = 0; i < by_head.size(); ++i) by_head[i] = i;
  std::stable_sort(by_head.begin(), by_head.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Mention &x = mentions[a], &y = mentions[b];
    return x.head != y.head ? x.head < y.head : x.span.size() > y.span.size();
  });
  states.clear();
  for (EntityId id = 0; id < entities.size(); ++id)
    if (entities[id].kind == EntityKind::state) states.push_back(id);
}

// ---- walking the text --------------------------------------------------------------------------------------------------------------

// How much a place in the sentence brings someone to mind.
double Finder::role_weight(TokenIndex token) const {
  TokenIndex i = token;
  while (at(i).dep == Dep::conj && !document_.is_root(i)) i = at(i).head;
  switch (at(i).dep) {
    case Dep::nsubj: return lexicon_.context(at(at(i).head).lemma) & speech ? 1.5 : 1.1;
    case Dep::nsubjpass: case Dep::agent: return 1.0;
    case Dep::root: return 0.7;
    case Dep::dobj: case Dep::dative: case Dep::attr: return 0.6;
    case Dep::appos: return 0.6;
    case Dep::pobj: return at(at(i).head).dep == Dep::agent ? 0.9 : 0.45;
    case Dep::poss: return 0.5;
    default: return 0.3;
  }
}

double Finder::salience(EntityId id) const {
  const Profile& profile = profiles_[id];
  if (profile.last == no_token) return 0;
  const std::uint32_t gone = sentence_now_ - profile.sentence;
  return gone > 12 ? 0.0 : profile.salience / static_cast<double>(1u << gone);
}

// Whoever was last spoken of long ago is not in mind any more.
void Finder::forget() {
  std::erase_if(in_mind_, [&](EntityId id) { return sentence_now_ - profiles_[id].sentence > 12; });
  std::erase_if(states_in_mind_, [&](EntityId id) { return sentence_now_ - profiles_[id].focus_sentence > 8; });
}

void Finder::touch(const Mention& mention) {
  if (mention.entities.empty()) return;
  // Who is spoken of inside a quotation is less in mind outside it than who speaks.
  const double weight = role_weight(mention.head) * (mention.form == MentionForm::demonym ? 0.6 : 1.0) * (quoted_[mention.head] ? 0.5 : 1.0);
  if (mention.entities.size() > 1) touch_group(mention.entities, mention.head, weight);
  for (const EntityId id : mention.entities) {
    if (const EntityId state = is_state(id) ? id : find_ref(result_.entities[id].state); state != no_entity) {
      Profile& of = profiles_[state];
      const std::uint32_t gone = sentence_now_ - of.focus_sentence;
      const double was = gone > 8 ? 0 : of.focus / static_cast<double>(1u << gone), adds = state == id ? weight : weight * 0.7;
      of.focus = std::max(was, adds) + 0.35 * std::min(was, adds);
      const EntityKind kind = result_.entities[id].kind;
      const bool is_private = kind == EntityKind::company || kind == EntityKind::organisation;
      of.public_focus /= static_cast<double>(1u << std::min(gone, 9u));
      if (!is_private) of.public_focus = std::max(of.public_focus, adds) + 0.35 * std::min(of.public_focus, adds);
      of.focus_sentence = sentence_now_;
      states_in_mind_.insert(state);
    }
    Profile& profile = profiles_[id];
    const double before = salience(id), now = mention.entities.size() > 1 ? weight * 0.5 : weight;
    profile.salience = std::max(before, now) + 0.35 * std::min(before, now);
    profile.sentence = sentence_now_;
    profile.last = mention.head;
    ++profile.mentions;
    in_mind_.insert(id);
  }
}

void Finder::touch_group(const std::vector<EntityId>& members, TokenIndex token, double weight) {
  std::vector<EntityId> sorted = members;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (sorted.size() < 2) return;
  Group* group = nullptr;
  for (Group& other : groups_)
    if (other.members == sorted) group = &other;
  if (!group) {
    groups_.push_back({.members = sorted, .sentence = sentence_now_, .last = token});
    group = &groups_.back();
  }
  const std::uint32_t gone = sentence_now_ - group->sentence;
  group->salience = (gone > 12 ? 0.0 : group->salience / static_cast<double>(1u << gone)) + weight;
  group->sentence = sentence_now_;
  group->last = token;
  group->subject = weight >= 1.0;
  const auto opens_already = [&](const Group& other) { return other.opening && is_person(other.members[0]) == is_person(sorted[0]); };
  group->opening |= group->subject && sentence_now_ <= 2 && std::ranges::none_of(groups_, opens_already);
  group->joint &= gone <= 1;
}

// "Iran and Turkey", "Mali, Burkina Faso and Niger", "Rwanda and the Democratic Republic": named together, recalled together.
void Finder::note_coordination(TokenIndex head) {
  if (at(head).dep == Dep::conj) return;
  std::vector<EntityId> members;
  TokenIndex last = head;
  for (TokenIndex i = head; i != no_token;) {
    const Mention* mention = mention_over(i) ? mention_over(i) : mention_headed(i);
    if (!mention || mention->entities.empty()) break;
    members.insert(members.end(), mention->entities.begin(), mention->entities.end());
    last = i;
    TokenIndex next = no_token;
    for (const TokenIndex child : document_.children(i))
      if (at(child).dep == Dep::conj && child > i) {
        next = child;
        break;
      }
    i = next;
  }
  if (members.size() < 2) return;
  touch_group(members, last, role_weight(head));
  const Dep dep = at(head).dep;
  if ((dep != Dep::nsubj && dep != Dep::nsubjpass) || !(lexicon_.context(at(at(head).head).lemma) & joint)) return;
  std::ranges::sort(members);
  for (Group& group : groups_)
    if (group.members == members) group.joint = true;
}

// Who the story is about: states and organisations by how often, and in which place, they and their people stand in it.
void Finder::weigh_parties() {
  const std::size_t persons_before = result_.entities.size();
  for (EntityId id = 0; id < persons_before; ++id)
    if (is_person(id)) (void)state_of(id);
  TokenIndex lead = headline_end_;
  if (document_.dateline().contains(lead)) lead = document_.dateline().end;
  const std::uint32_t opening = document_.size() == 0 ? 0 : at(lead < document_.size() ? lead : 0).sentence;
  for (const Mention& mention : result_.mentions) {
    for (const EntityId id : mention.entities) {
      EntityId party = id;
      double weight = role_weight(mention.head);
      if (is_person(id) || result_.entities[id].kind == EntityKind::government_body) {
        party = state_of(id);
        weight *= 0.7;
      }
      if (party == no_entity) continue;
      const EntityKind kind = result_.entities[party].kind;
      if (kind != EntityKind::state && kind != EntityKind::intergovernmental_body && kind != EntityKind::armed_group) continue;
      if (mention.form == MentionForm::demonym) weight = 0.5;
      if (in_headline(mention.tokens.begin)) weight += 1.5;
      if (at(mention.head).sentence <= opening + 1) weight += 0.8;
      profiles_[party].weight += weight;
    }
  }
  for (EntityId id = 0; id < result_.entities.size(); ++id)
    if (profiles_[id].weight > 0) principals_.push_back(id);
  std::stable_sort(principals_.begin(), principals_.end(), [&](EntityId a, EntityId b) { return profiles_[a].weight > profiles_[b].weight; });
}

// "signed a treaty on Friday ... The Treaty on the Joint Use of the Zarafshan": the name was announced by a noun.
void Finder::announce(const Mention& mention) {
  if (mention.form != MentionForm::name || mention.entities.size() != 1) return;
  const EntityId named = mention.entities[0];
  if (result_.entities[named].kind != EntityKind::agreement || profiles_[named].last != no_token) return;
  for (EntityId id = 0; id < result_.entities.size(); ++id) {
    const Profile& profile = profiles_[id];
    if (!profile.nominal || profile.many || result_.entities[id].kind != EntityKind::agreement || profile.last == no_token) continue;
    if (sentence_now_ - profile.sentence > 3 || profile.noun_words.empty()) continue;
    const std::vector<std::uint64_t>& words = profiles_[named].words;
    if (std::find(words.begin(), words.end(), profile.noun_words.back()) == words.end()) continue;
    merge(id, named);
    return;
  }
}

void Finder::walk_sentence(TokenSpan sentence) {
  if (sentence != document_.dateline()) ++sentence_now_;
  forget();
  for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
    const Token& token = at(i);
    const bool pronoun = token.tag == Tag::prp || token.tag == Tag::prp_poss || token.tag == Tag::wdt || token.tag == Tag::wp ||
                         token.tag == Tag::wp_poss;
    const bool both = token.lower == "both" && (token.dep == Dep::nsubj || token.dep == Dep::nsubjpass);
    if (pronoun) {
      resolve_pronoun(i);
    } else if (both) {  // "Both agreed": the two of the sentence before
      plural(i, false);
    } else if ((token.lower == "former" || token.lower == "latter") && token.dep != Dep::amod && token.dep != Dep::compound) {
      one_of_two(i);
    } else if (title_at_[i] != none) {
      Title& title = titles_[title_at_[i]];
      if (title.is_body) {
        resolve_body(title);
        if (headed_[i] == none && noun_at_[i] != none && over_[i] == none) resolve_noun(nouns_[noun_at_[i]]);
      } else {
        resolve_title(title);
      }
    } else if (noun_at_[i] != none && over_[i] == none) {
      resolve_noun(nouns_[noun_at_[i]]);
    }
    if (headed_[i] != none) {
      announce(result_.mentions[headed_[i]]);
      touch(result_.mentions[headed_[i]]);
    }
    bool coordinates = false;
    for (const TokenIndex child : document_.children(i)) coordinates |= at(child).dep == Dep::conj && child > i;
    if (coordinates && (over_[i] != none || headed_[i] != none)) note_coordination(i);
  }
}

void Finder::walk() {
  for (const TokenSpan sentence : document_.sentences())
    if (!in_headline(sentence.begin)) walk_sentence(sentence);
  for (const TokenSpan sentence : document_.sentences())
    if (in_headline(sentence.begin)) walk_sentence(sentence);
}

// Leaves out who is nowhere mentioned, but for the states of those who are.
void Finder::prune() {
  std::vector<bool> kept(result_.entities.size(), false);
  for (const Mention& mention : result_.mentions) {
    for (const EntityId id : mention.entities) kept[id] = true;
    for (const EntityId id : mention.candidates) kept[id] = true;
  }
  for (EntityId id = 0; id < kept.size(); ++id) {
    if (!kept[id] || is_state(id)) continue;
    if (const EntityId state = find_ref(result_.entities[id].state); state != no_entity) kept[state] = true;
    if (const EntityId owner = find_ref(profiles_[id].organisation); owner != no_entity) kept[owner] = true;
  }
  std::vector<EntityId> moved(kept.size(), no_entity);
  EntityId next = 0;
  for (EntityId id = 0; id < kept.size(); ++id) {
    if (!kept[id]) continue;
    result_.entities[id].organisation = profiles_[id].organisation;
    if (next != id) result_.entities[next] = std::move(result_.entities[id]);
    moved[id] = next++;
  }
  result_.entities.resize(next);
  for (Mention& mention : result_.mentions) {
    for (EntityId& id : mention.entities) id = moved[id];
    for (EntityId& id : mention.candidates) id = moved[id];
  }
}

Entities Finder::run() {
  find_titles();
  find_nouns();
  if (knowledge_.has_codes()) find_agents();
  find_names();
  bind_titles();
  weigh_parties();
  walk();
  if (knowledge_.has_codes()) assign_codes();
  prune();
  result_.sort();
  return std::move(result_);
}

// Common nouns that stand for someone, each at the token that carries it.
void Finder::find_nouns() {
  for (std::uint32_t i = 0; i < words_.size();) {
    const Noun* noun = nullptr;
    const std::uint32_t count = lexicon_.longest_noun(words_from(i), noun);
    if (!count) {
      ++i;
      continue;
    }
    const TokenSpan tokens = tokens_of(i, count);
    // the noun before "of" carries it, else the last
    TokenIndex head = tokens.end - 1;
    for (TokenIndex t = tokens.begin; t < tokens.end; ++t)
      if (t + 1 < tokens.end && at(t + 1).lower == "of") head = t;
    const Token& token = at(head);
    if ((token.pos == Pos::noun || token.pos == Pos::propn) &&
        (title_at_[head] == none || titles_[title_at_[head]].is_body)) {
      noun_at_[head] = static_cast<std::uint32_t>(nouns_.size());
      nouns_.push_back({tokens, head, i, count, noun});
    }
    i += count;
  }
}

Entities find_entities(const Document& document, const Knowledge& knowledge) { return Finder(document, knowledge).run(); }

}  // namespace dragoman
