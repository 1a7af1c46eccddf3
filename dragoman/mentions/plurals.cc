// Plurals: "both sides", "the two countries", "the ministers": everyone whom they cover.
#include <algorithm>

#include "dragoman/mentions/finder.h"

namespace dragoman {

unsigned Finder::count_of(TokenIndex head) const {
  static constexpr std::string_view words[] = {"", "", "two", "three", "four", "five", "six"};
  for (const TokenIndex child : document_.children(head)) {
    if (child > head) break;
    const Token& token = at(child);
    if (token.lower == "both" || token.lower == "either" || token.lower == "neither") return 2;
    if (token.dep != Dep::nummod && token.pos != Pos::num) continue;
    for (unsigned i = 2; i < std::size(words); ++i)
      if (token.lower == words[i] || token.lower == std::to_string(i)) return i;
  }
  return 0;
}

// "Uganda and Rwanda agreed to open their border. Both sides ...": those who did something with each other in the sentence before; empty if none did.
std::vector<EntityId> Finder::joined_just_now(unsigned wanted, bool states_only) const {
  for (const Group& group : groups_) {
    if (!group.joint || group.members.size() != wanted || sentence_now_ != group.sentence + 1) continue;
    const bool fits = std::all_of(group.members.begin(), group.members.end(), [&](EntityId id) {
      return is_state(id) || (!states_only && result_.entities[id].kind == EntityKind::intergovernmental_body);
    });
    if (fits) return group.members;
  }
  return {};
}

// "The army and the Rapid Support Forces agreed to a truce. Both sides ...": the last pair with an armed group in it, if the group has more part in the
// story than the second of the states; between two states that fight it, it is no side.
std::vector<EntityId> Finder::warring_parties(const std::vector<EntityId>& principal) const {
  const Group* last = nullptr;
  for (const Group& group : groups_) {
    if (group.members.size() != 2 || (sentence_now_ - group.sentence > 6 && !group.opening)) continue;
    bool armed = false, fits = true;
    for (const EntityId id : group.members) {
      const EntityKind kind = result_.entities[id].kind;
      armed |= kind == EntityKind::armed_group;
      fits &= kind == EntityKind::armed_group || kind == EntityKind::government_body || kind == EntityKind::state;
    }
    if (armed && fits && (!last || group.opening || group.sentence >= last->sentence)) last = &group;
  }
  if (!last) return {};
  if (last->opening) return last->members;
  const auto is_sides = [&](EntityId state) {
    return std::any_of(last->members.begin(), last->members.end(), [&](EntityId id) { return id == state || result_.entities[id].state == result_.entities[state].ref; });
  };
  double group = 0, state = 0;
  for (const EntityId id : last->members)
    if (result_.entities[id].kind == EntityKind::armed_group) group = std::max(group, profiles_[id].weight);
  for (const EntityId id : principal)
    if (!is_sides(id)) state = std::max(state, profiles_[id].weight);
  return group >= state ? last->members : std::vector<EntityId>();
}

// The states (or sides) meant: those put together a moment ago, else those the story is about.
std::vector<EntityId> Finder::parties(unsigned count, bool states_only, TokenIndex) const {
  const unsigned wanted = count ? count : 2;
  const auto may_be = [&](EntityId id) {
    const EntityKind kind = result_.entities[id].kind;
    return kind == EntityKind::state || (!states_only && kind == EntityKind::intergovernmental_body);
  };
  std::vector<EntityId> principal;
  for (const EntityId id : principals_)
    if (may_be(id) && principal.size() < wanted) principal.push_back(id);
  // A story about two: it is they, whoever else was named together a moment ago ("China and the United States urged both sides").
  EntityId next = no_entity;
  for (const EntityId id : principals_)
    if (may_be(id) && std::find(principal.begin(), principal.end(), id) == principal.end()) {
      next = id;
      break;
    }
  if (wanted == 2 && !states_only)
    if (const std::vector<EntityId> fighting = warring_parties(principal); !fighting.empty()) return fighting;
  if (const std::vector<EntityId> joined = joined_just_now(wanted, states_only); !joined.empty()) return joined;
  const double ahead = principal.size() < wanted ? 0 : next == no_entity ? 9 : profiles_[principal.back()].weight / profiles_[next].weight;
  if (wanted == 2 && ahead >= 1.5) return principal;
  // So many together only once: "the three states"
  if (wanted > 2) {
    const Group* only = nullptr;
    unsigned fitting = 0;
    for (const Group& group : groups_)
      if (group.members.size() == wanted && std::all_of(group.members.begin(), group.members.end(), may_be)) ++fitting, only = &group;
    if (fitting == 1) return only->members;
  }
  const Group* best = nullptr;
  double best_salience = 0;
  for (const Group& group : groups_) {
    if (group.members.size() != wanted || !std::all_of(group.members.begin(), group.members.end(), may_be)) continue;
    const std::uint32_t gone = sentence_now_ - group.sentence;
    if (gone > 6 && !group.opening) continue;
    double weight = group.salience / static_cast<double>(1u << std::min(gone, 9u));
    double least = 1e9;  // bystanders that were named together don't become the sides
    for (const EntityId id : group.members) least = std::min(least, profiles_[id].weight);
    if (principal.size() == wanted) weight *= std::min(1.0, 1.5 * least / profiles_[principal.back()].weight);
    std::vector<EntityId> sorted = principal;
    std::sort(sorted.begin(), sorted.end());
    if (sorted == group.members) weight = weight * 2 + 0.5;  // who the story is about comes to mind first
    if (group.opening) weight = std::max(weight, 0.6);  // whoever was named since: "Georgia and Kazakhstan opened a zone ..."
    if (weight > best_salience) best_salience = weight, best = &group;
  }
  if (best && best_salience >= 0.3) return best->members;
  if (principal.size() != wanted) return {};
  if (ahead < (count ? 1.0 : 1.15)) return {};  // not clearly ahead of the next
  return principal;
}

// Persons of that class, so many, of those states; the last spoken of first.
std::vector<EntityId> Finder::people_of_class(ClassId office_class, unsigned count, const std::vector<EntityId>& states) const {
  std::vector<EntityId> fitting;
  for (EntityId id = 0; id < result_.entities.size(); ++id) {
    if (!is_person(id) || profiles_[id].many || profiles_[id].nominal || !holds(id, office_class)) continue;
    if (profiles_[id].last == no_token && states.empty()) continue;  // still to come: only if their states are said
    if (!states.empty()) {
      const std::string& own = result_.entities[id].state;
      if (std::none_of(states.begin(), states.end(), [&](EntityId s) { return result_.entities[s].ref == own; })) continue;
    }
    fitting.push_back(id);
  }
  const unsigned wanted = count ? count : 2;
  if (fitting.size() <= wanted) return fitting;
  if (wanted > 2)  // "All three leaders": those who were put together before
    for (const Group& group : groups_)
      if (group.members.size() == wanted && std::ranges::all_of(group.members, [&](EntityId id) { return std::ranges::find(fitting, id) != fitting.end(); }))
        return group.members;
  // Of different states, if the story is about two
  std::stable_sort(fitting.begin(), fitting.end(), [&](EntityId a, EntityId b) { return salience(a) > salience(b); });
  std::vector<EntityId> chosen;
  for (const EntityId id : fitting) {
    const bool same_state = std::any_of(chosen.begin(), chosen.end(), [&](EntityId other) {
      return !result_.entities[id].state.empty() && result_.entities[other].state == result_.entities[id].state;
    });
    if (!same_state && chosen.size() < wanted) chosen.push_back(id);
  }
  return chosen.size() == wanted ? chosen : std::vector<EntityId>{};
}

// "The foreign ministers of Chad and Togo" in a lead that names neither: those whom the story names with that office, or as a counterpart,
// if they are as many as the states and of no other.
std::vector<EntityId> Finder::named_later(ClassId office_class, const std::vector<EntityId>& pair) const {
  std::vector<EntityId> persons;
  std::vector<std::string_view> taken;
  for (EntityId id = 0; id < result_.entities.size(); ++id) {
    const Profile& profile = profiles_[id];
    if (!is_person(id) || profile.many || profile.nominal) continue;
    const bool fits = std::any_of(profile.offices.begin(), profile.offices.end(), [&](ClassId one) {
      return one == office_class || knowledge_.class_name(one) == "counterpart";
    });
    if (!fits) continue;
    const std::string& own = result_.entities[id].state;
    if (!own.empty()) {
      if (std::none_of(pair.begin(), pair.end(), [&](EntityId state) { return result_.entities[state].ref == own; })) return {};
      if (std::find(taken.begin(), taken.end(), own) != taken.end()) return {};
      taken.push_back(own);
    }
    persons.push_back(id);
  }
  return persons.size() == pair.size() && !taken.empty() ? persons : std::vector<EntityId>();
}

void Finder::resolve_plural_title(Title& title) {
  const TokenSpan phrase = phrase_of(title.head, title.tokens);
  std::vector<EntityId> states;
  for (const EntityId id : states_of_phrase(title.head, title.tokens, true))
    if (is_state(id) || result_.entities[id].kind == EntityKind::intergovernmental_body) states.push_back(id);
  // "lawmakers in Togo": of it; a diplomat is mostly from elsewhere
  const std::string_view named = knowledge_.class_name(class_of(title, ""));
  if (states.empty() && (named == "official" || named == "lawmaker" || named == "officer" || named == "adviser"))
    for (const EntityId id : states_it_is_in(title.head)) states.push_back(id);
  unsigned count = count_of(title.head);
  const auto children = document_.children(title.head);
  const bool all = count && std::any_of(children.begin(), children.end(), [&](TokenIndex child) { return child < title.head && at(child).lower == "all"; });
  const bool definite = all || is_definite(title.head, phrase);
  // "the presidents of both countries", "officials from the two states"
  std::vector<EntityId> of_states = states;
  for (const TokenIndex child : document_.children(title.head)) {
    if (at(child).dep != Dep::prep) continue;
    const TokenIndex object = document_.child(child, Dep::pobj);
    if (object == no_token || noun_at_[object] == none) continue;
    const NounKind kind = nouns_[noun_at_[object]].noun->kind;
    if (kind != NounKind::states && kind != NounKind::sides) continue;
    const std::vector<EntityId> both = parties(count_of(object), kind == NounKind::states, object);
    of_states.insert(of_states.end(), both.begin(), both.end());
  }
  const std::string single = states.size() == 1 && is_state(states[0]) ? result_.entities[states[0]].ref : "";
  const ClassId office_class = class_of(title, single);
  if (office_class == no_class) return;
  const bool vague = [&] {  // sources, not offices: "officials", "diplomats", "lawmakers"
    const std::string_view name = knowledge_.class_name(office_class);
    return name == "official" || name == "diplomat" || name == "officer" || name == "lawmaker" || name == "adviser" || name == "special_envoy";
  }();
  if (definite || states.size() > 1 || in_headline(title.head)) {
    if (!count) count = static_cast<unsigned>(std::max<std::size_t>(2, of_states.size()));
    if (of_states.empty())  // "Peru and Chile signed an accord. The two presidents ..."
      if (const std::vector<EntityId> joined = joined_just_now(count, true); people_of_class(office_class, count, joined).size() == joined.size()) of_states = joined;
    if (!(vague && !definite)) {
      const std::vector<EntityId> persons = people_of_class(office_class, count, of_states);
      if (persons.size() > 1) {
        add_mention(phrase, title.head, MentionForm::nominal, persons);
        return;
      }
    }
    const std::vector<EntityId> pair = of_states.empty() ? parties(count, true, title.head) : of_states;
    if (!vague)
      if (const std::vector<EntityId> persons = named_later(office_class, pair); persons.size() > 1) {
        add_mention(phrase, title.head, MentionForm::nominal, persons);
        return;
      }
    // Nobody named: who held the office in those states
    if (!vague && persons_with(office_class, "").empty()) {
      std::vector<std::pair<KnownId, Origin>> holders;
      for (const EntityId id : pair)
        for (const KnownId post : knowledge_.offices(result_.entities[id].ref, office_class)) {
          const std::vector<Term> terms = knowledge_.holders(post, day_);
          if (terms.size() == 1) holders.emplace_back(terms[0].person, terms[0].origin);
        }
      const bool told_otherwise = std::any_of(pair.begin(), pair.end(), [&](EntityId id) {
        return !may_hold(office_class, result_.entities[id].ref).empty();
      });
      if (pair.size() > 1 && holders.size() == pair.size() && !told_otherwise) {
        std::vector<EntityId> persons;
        for (const auto& [person, origin] : holders) persons.push_back(known_entity(person, "knowledge " + knowledge_.place_of(origin)));
        add_mention(phrase, title.head, MentionForm::nominal, persons);
        return;
      }
    }
  }
  if (is_indefinite(title.head) && role_weight(title.head) < 0.4) return;
  if (role_weight(title.head) < 0.4) return;
  // "the diplomats" are those of before; "two EU diplomats" are new, unless the very same words stood before
  const auto group_of = [&](const std::string& state) {
    EntityId id = definite ? same_nominal(phrase, EntityKind::person, state, true) : no_entity;
    if (id != no_entity) return id;
    std::string sector = sector_of(office_class);
    if (state.empty() && !states.empty()) sector = "IGO";
    id = nominal_entity(EntityKind::person, phrase, std::move(sector), state, true, NounKind::person);
    const std::string& name = result_.entities[id].name;
    for (EntityId other = 0; other < id; ++other)
      if (profiles_[other].nominal && profiles_[other].many && result_.entities[other].name == name && result_.entities[other].state == state) {
        drop_last_nominal();
        id = other;
        break;
      }
    if (profiles_[id].offices.empty()) profiles_[id].offices.push_back(office_class);
    return id;
  };
  std::vector<EntityId> groups;
  // "Turkish and Greek officials": those of each state
  if (states.size() > 1 && std::any_of(states.begin(), states.end(), [&](EntityId id) { return is_state(id); }))
    for (const EntityId of : states) {
      groups.push_back(group_of(is_state(of) ? result_.entities[of].ref : ""));
      if (!is_state(of)) profiles_[groups.back()].organisation = result_.entities[of].ref;
    }
  else
    groups.push_back(group_of(single));
  add_mention(phrase, title.head, MentionForm::nominal, groups);
}

}  // namespace dragoman
