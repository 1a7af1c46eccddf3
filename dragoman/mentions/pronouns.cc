// Pronouns: by agreement, by who is the subject, by who was spoken of last.
#include <algorithm>

#include "dragoman/mentions/finder.h"

namespace dragoman {

void Finder::resolve_pronoun(TokenIndex token) {
  const Token& it = at(token);
  if (headed_[token] != none) return;
  if (it.tag == Tag::wdt || it.tag == Tag::wp || it.tag == Tag::wp_poss) {
    relative(token);
    return;
  }
  const std::string_view word = it.lower;
  if (word == "he" || word == "him" || word == "his" || word == "himself") {
    personal(token, Gender::male);
  } else if (word == "she" || word == "her" || word == "hers" || word == "herself") {
    personal(token, Gender::female);
  } else if (word == "it" || word == "its" || word == "itself") {
    neuter(token, it.tag == Tag::prp_poss);
  } else if (word == "they" || word == "them" || word == "their" || word == "theirs" || word == "themselves") {
    plural(token, it.tag == Tag::prp_poss);
  }
}

// "she saw her": two arguments of one verb are two persons.
bool Finder::same_clause_rival(TokenIndex pronoun, EntityId id) const {
  const Dep dep = at(pronoun).dep;
  if (at(pronoun).tag == Tag::prp_poss) return false;
  const TokenIndex verb = at(pronoun).head;
  if (!is_verb(verb)) return false;
  const auto is_it = [&](TokenIndex token) {  // it, or one of those joined to it
    for (int steps = 0; token != no_token && steps < 6; ++steps) {
      const Mention* mention = mention_over(token) ? mention_over(token) : mention_headed(token);
      if (mention && std::find(mention->entities.begin(), mention->entities.end(), id) != mention->entities.end()) return true;
      TokenIndex next = no_token;
      for (const TokenIndex child : document_.children(token))
        if (at(child).dep == Dep::conj && child > token && !is_verb(child)) next = child;
      token = next;
    }
    return false;
  };
  for (const TokenIndex child : document_.children(verb)) {
    if (child == pronoun) continue;
    const Dep other = at(child).dep;
    const bool argument = other == Dep::nsubj || other == Dep::nsubjpass || other == Dep::dobj || other == Dep::dative;
    if (argument && other != dep && is_it(child)) return true;
  }
  // "deplores and opposes it": the subject is shared
  if (dep == Dep::dobj && at(verb).dep == Dep::conj) {
    const TokenIndex subject = subject_of(verb);
    if (subject != no_token && is_it(subject)) return true;
  }
  return false;
}

void Finder::personal(TokenIndex token, Gender gender) {
  const bool possessive = at(token).tag == Tag::prp_poss;
  // "Speaking at his weekly conference, Daneshvar said"
  const EntityId coming = possessive && !quoted_[token] ? coming_subject(token) : no_entity;
  if (coming != no_entity && is_person(coming) && !profiles_[coming].many && (profiles_[coming].gender == Gender::unknown || profiles_[coming].gender == gender)) {
    add_mention({token, token + 1}, token, MentionForm::pronoun, {coming});
    return;
  }
  // The subjects of this clause and those above it.
  std::vector<std::pair<EntityId, double>> subjects;
  double bonus = possessive ? 1.6 : 0.5;
  for (TokenIndex verb = governor(token); verb != no_token; verb = governor(verb)) {
    const TokenIndex subject = subject_of(verb);
    if (subject != no_token && subject != token && subject < token) {
      const Mention* mention = mention_over(subject) ? mention_over(subject) : mention_headed(subject);
      for (const TokenIndex child : document_.children(subject))  // "His wife, Ana Pop, said she"
        if (!mention && at(child).dep == Dep::appos) mention = mention_over(child);
      if (mention && mention->entities.size() == 1) subjects.emplace_back(mention->entities[0], bonus);
    }
    bonus *= 0.8;
  }
  std::vector<std::pair<double, EntityId>> rivals;
  for (const EntityId id : in_mind_) {
    const Profile& profile = profiles_[id];
    if (!is_person(id) || profile.many || profile.last == no_token) continue;
    if (profile.gender != Gender::unknown && profile.gender != gender) continue;
    double weight = salience(id);
    if (weight < 0.02 || same_clause_rival(token, id)) continue;
    if (profile.gender == Gender::unknown) weight *= 0.9;
    for (const auto& [subject, extra] : subjects)
      if (subject == id) {
        weight += extra;
        break;
      }
    // Inside a quotation those whom it names come first: "I thank my friend Jelena for her perseverance"
    if (quoted_[token] && quoted_[profile.last] && profile.sentence == sentence_now_) weight += 1.0;
    // "made by X during a conversation with his colleague"
    if (possessive && profile.sentence == sentence_now_ && profile.last < token) weight += 0.4;
    rivals.emplace_back(weight, id);
  }
  std::stable_sort(rivals.begin(), rivals.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (rivals.empty()) return;
  if (rivals.size() > 1 && rivals[1].first > 0.93 * rivals[0].first) {
    std::vector<EntityId> candidates;
    for (const auto& [weight, id] : rivals)
      if (weight > 0.8 * rivals[0].first) candidates.push_back(id);
    add_mention({token, token + 1}, token, MentionForm::pronoun, {}, candidates);
    return;
  }
  const EntityId chosen = rivals[0].second;
  if (profiles_[chosen].gender == Gender::unknown && rivals.size() == 1) profiles_[chosen].gender = gender;
  add_mention({token, token + 1}, token, MentionForm::pronoun, {chosen});
}

// "It is likely that", "it was the navy that", "views it as the duty of": stands for nobody.
bool Finder::is_expletive(TokenIndex token) const {
  const Token& it = at(token);
  if (it.dep == Dep::expl) return true;
  if (document_.is_root(token)) return true;
  const TokenIndex verb = it.head;
  if (it.dep == Dep::nsubj || it.dep == Dep::nsubjpass) {
    const bool copula = at(verb).lemma == "be";
    bool attribute = false, clause = false;
    for (const TokenIndex child : document_.children(verb)) {
      const Dep dep = at(child).dep;
      if (dep == Dep::acomp || dep == Dep::attr) attribute = true;
      if ((dep == Dep::ccomp || dep == Dep::xcomp || dep == Dep::advcl || dep == Dep::csubj || dep == Dep::relcl) && child > verb) clause = true;
      if (dep == Dep::attr)
        for (const TokenIndex inner : document_.children(child)) clause |= at(inner).dep == Dep::relcl || at(inner).dep == Dep::acl;
      if (dep == Dep::acomp)
        for (const TokenIndex inner : document_.children(child)) clause |= at(inner).dep == Dep::ccomp || at(inner).dep == Dep::xcomp;
    }
    if (copula && attribute && clause) return true;
    // a cleft whose clause the parser hung above: "It is the United States ... that has blocked"
    if (copula && attribute && at(verb).dep == Dep::ccomp && it.sentence_begins) return true;
    static constexpr std::string_view seeming[] = {"seem", "appear", "rain", "snow", "remain", "take", "turn"};
    if (std::find(std::begin(seeming), std::end(seeming), at(verb).lemma) != std::end(seeming) && clause) return true;
  }
  if (it.dep == Dep::dobj || it.dep == Dep::nsubj) {
    // "views it as", "finds it hard to", "made it clear that"
    for (const TokenIndex child : document_.children(it.dep == Dep::dobj ? verb : at(verb).head)) {
      if (child < token) continue;
      if (at(child).dep == Dep::prep && at(child).lower == "as" && it.dep == Dep::dobj && at(verb).lemma != "describe") return true;
    }
    static constexpr std::string_view making[] = {"make", "find", "consider", "deem", "think"};
    if (it.dep == Dep::nsubj && std::find(std::begin(making), std::end(making), at(at(verb).head).lemma) != std::end(making) &&
        at(verb).dep == Dep::ccomp && at(verb).pos == Pos::adj)
      return true;
  }
  return false;
}

// The subject that is still to come, for a pronoun in words set before it: "In a communiqué adopted at its meeting, the Council ...".
EntityId Finder::coming_subject(TokenIndex token) {
  TokenIndex verb = governor(token);
  for (int steps = 0; verb != no_token && steps < 4; ++steps, verb = governor(verb)) {
    TokenIndex subject = no_token;
    for (const TokenIndex child : document_.children(verb))
      if (at(child).dep == Dep::nsubj || at(child).dep == Dep::nsubjpass) subject = child;
    if (subject != no_token && subject < token) return no_entity;  // its own clause has one: "X will meet his counterpart, Y said"
    if (subject == no_token || verb < token || document_.is_under(token, subject)) continue;
    if (over_[subject] == none && headed_[subject] == none) {
      if (title_at_[subject] != none && !titles_[title_at_[subject]].is_body) resolve_title(titles_[title_at_[subject]]);
      if (title_at_[subject] != none && titles_[title_at_[subject]].is_body) resolve_body(titles_[title_at_[subject]]);
      if (headed_[subject] == none && noun_at_[subject] != none) resolve_noun(nouns_[noun_at_[subject]]);
    }
    const Mention* mention = mention_over(subject) ? mention_over(subject) : mention_headed(subject);
    return mention && mention->entities.size() == 1 ? mention->entities[0] : no_entity;
  }
  return no_entity;
}

void Finder::neuter(TokenIndex token, bool possessive) {
  if (!possessive && is_expletive(token)) return;
  const EntityId coming = possessive ? coming_subject(token) : no_entity;
  if (coming != no_entity && is_actor(coming)) {
    add_mention({token, token + 1}, token, MentionForm::pronoun, {coming});
    return;
  }
  const TokenSpan sentence = document_.sentence_of(token);
  const auto may_be = [&](EntityId id) {
    if (is_actor(id)) return true;
    if (possessive && title_at_[at(token).head] != none) return false;  // no plan has a minister: "Its economy minister"
    const EntityKind kind = result_.entities[id].kind;
    return kind == EntityKind::agreement || kind == EntityKind::document || kind == EntityKind::region;
  };
  std::vector<std::pair<EntityId, double>> subjects;
  double bonus = possessive ? 1.0 : 0.8;
  for (TokenIndex verb = governor(token); verb != no_token; verb = governor(verb)) {
    const TokenIndex subject = subject_of(verb);
    if (subject != no_token && subject != token && subject < token && !document_.is_under(token, subject)) {
      const Mention* mention = mention_over(subject) ? mention_over(subject) : mention_headed(subject);
      if (mention && mention->entities.size() == 1) subjects.emplace_back(mention->entities[0], bonus);
    }
    bonus *= 0.8;
  }
  std::vector<std::pair<double, EntityId>> rivals;
  for (const EntityId id : in_mind_) {
    const Profile& profile = profiles_[id];
    if (!may_be(id) || profile.many || profile.last == no_token) continue;
    double weight = salience(id);
    if (weight < 0.05 || same_clause_rival(token, id)) continue;
    // "it" as an object is a thing more often than a state
    const bool object = !possessive && (at(token).dep == Dep::dobj || at(token).dep == Dep::pobj);
    if (!is_actor(id)) weight *= object ? 1.0 : result_.entities[id].kind == EntityKind::document ? 0.9 : 0.5;
    if (result_.entities[id].sector == "MED") weight *= 0.4;  // who reports is seldom meant
    if (object && is_state(id) && profile.sentence != sentence_now_) continue;
    for (const auto& [subject, extra] : subjects)
      if (subject == id) {
        weight += extra;
        break;
      }
    // "stability in Syria to its integrity": the nearest before it in the sentence
    if (possessive && profile.last >= sentence.begin && profile.last < token && profile.sentence == sentence_now_) {
      const double distance = static_cast<double>(token - profile.last);
      weight += 0.9 / (1.0 + distance / 4.0);
      if (distance <= 2 && at(token - 1).pos == Pos::cconj) weight += 1.0;  // "the regime and its occupation"
    }
    rivals.emplace_back(weight, id);
  }
  std::stable_sort(rivals.begin(), rivals.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (rivals.empty()) return;
  if (rivals.size() > 1 && rivals[1].first > 0.93 * rivals[0].first) {
    add_mention({token, token + 1}, token, MentionForm::pronoun, {}, {rivals[0].second, rivals[1].second});
    return;
  }
  add_mention({token, token + 1}, token, MentionForm::pronoun, {rivals[0].second});
}

void Finder::plural(TokenIndex token, bool possessive) {
  struct Rival {
    double weight;
    std::vector<EntityId> members;
  };
  std::vector<Rival> rivals;
  const auto person_or_actor = [&](EntityId id) {
    return is_person(id) || is_actor(id) || result_.entities[id].kind == EntityKind::people || result_.entities[id].kind == EntityKind::region;
  };
  const auto add = [&](std::vector<EntityId> members, double weight) {
    if (members.empty() || !std::all_of(members.begin(), members.end(), person_or_actor)) return;
    std::sort(members.begin(), members.end());
    for (Rival& rival : rivals)
      if (rival.members == members) {
        rival.weight = std::max(rival.weight, weight);
        return;
      }
    rivals.push_back({weight, std::move(members)});
  };
  for (const Group& group : groups_) {
    const std::uint32_t gone = sentence_now_ - group.sentence;
    if (gone <= 4) add(group.members, group.salience / static_cast<double>(1u << gone));
  }
  for (const EntityId id : in_mind_)
    if ((profiles_[id].many || result_.entities[id].kind == EntityKind::people) && salience(id) > 0.1)
      add({id}, salience(id));
  // The subject of the clause, or of one above, if it is a plural.
  double bonus = possessive ? 1.5 : 0.6;
  for (TokenIndex verb = governor(token); verb != no_token; verb = governor(verb)) {
    const TokenIndex subject = subject_of(verb);
    if (subject != no_token && subject != token && subject < token && !document_.is_under(token, subject)) {
      std::vector<EntityId> members;
      for (TokenIndex i = subject; i != no_token;) {
        const Mention* mention = mention_over(i) ? mention_over(i) : mention_headed(i);
        if (mention) members.insert(members.end(), mention->entities.begin(), mention->entities.end());
        TokenIndex next = no_token;
        for (const TokenIndex child : document_.children(i))
          if (at(child).dep == Dep::conj && child > i) {
            next = child;
            break;
          }
        i = next;
      }
      const bool is_plural = members.size() > 1 || (members.size() == 1 && profiles_[members[0]].many);
      if (is_plural) {
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        double base = 0.4;
        for (const Rival& rival : rivals)
          if (rival.members == members) base = rival.weight;
        add(members, base + bonus);
      }
    }
    bonus *= 0.8;
  }
  // "They both": two of them
  bool both = at(token).lower == "both";
  for (const TokenIndex child : document_.children(at(token).head)) both |= at(child).lower == "both";
  for (const TokenIndex child : document_.children(token)) both |= at(child).lower == "both";
  if (both) {
    std::erase_if(rivals, [](const Rival& rival) { return rival.members.size() != 2; });
    if (rivals.empty()) add(parties(2, false, token), 1.0);
  }
  // "the border between them": the two that this sentence is about
  if (at(token).dep == Dep::pobj && at(at(token).head).lower == "between") {
    std::vector<std::pair<double, EntityId>> here;
    for (const EntityId id : in_mind_)
      if (profiles_[id].last != no_token && profiles_[id].sentence == sentence_now_ && (is_state(id) || (is_person(id) && !profiles_[id].many)))
        here.emplace_back(salience(id), id);
    std::stable_sort(here.begin(), here.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::erase_if(rivals, [](const Rival& rival) { return rival.members.size() != 2; });
    if (rivals.empty() && here.size() >= 2 && is_state(here[0].second) == is_state(here[1].second)) add({here[0].second, here[1].second}, 1.0);
  }
  // "During their meeting, the two ministers": the subject is still to come
  if (rivals.empty() && possessive) {
    const TokenIndex verb = governor(token);
    const TokenIndex subject = verb == no_token ? no_token : subject_of(verb);
    if (subject != no_token && subject > token) {
      if (title_at_[subject] != none && headed_[subject] == none && !titles_[title_at_[subject]].is_body) resolve_title(titles_[title_at_[subject]]);
      if (noun_at_[subject] != none && headed_[subject] == none) resolve_noun(nouns_[noun_at_[subject]]);
      if (const Mention* mention = mention_headed(subject); mention && mention->entities.size() > 1) add(mention->entities, 1.0);
    }
  }
  if (rivals.empty()) return;
  std::stable_sort(rivals.begin(), rivals.end(), [](const Rival& a, const Rival& b) { return a.weight > b.weight; });
  if (rivals[0].weight < 0.1) return;
  if (rivals.size() > 1 && rivals[1].weight > 0.95 * rivals[0].weight) {
    std::vector<EntityId> candidates = rivals[0].members;
    candidates.insert(candidates.end(), rivals[1].members.begin(), rivals[1].members.end());
    add_mention({token, token + 1}, token, MentionForm::pronoun, {}, candidates);
    return;
  }
  add_mention({token, token + 1}, token, MentionForm::pronoun, rivals[0].members);
}

// "Fiji and Tonga signed a pact. The former will pay, the latter will build": the first or second of the two persons, else of the two states or
// bodies, that were named last; nobody where there are three.
void Finder::one_of_two(TokenIndex token) {
  if (token == 0 || at(token - 1).lower != "the" || headed_[token] != none) return;
  const auto pair_in = [&](TokenSpan span, bool persons) {
    std::vector<EntityId> found;
    for (TokenIndex i = span.begin; i < span.end; ++i) {
      const Mention* mention = headed_[i] != none ? &result_.mentions[headed_[i]] : nullptr;
      if (!mention || mention->entities.size() != 1 || mention->form == MentionForm::demonym || mention->form == MentionForm::pronoun) continue;
      const EntityId id = mention->entities[0];
      const bool fits = persons ? is_person(id) && !profiles_[id].many : is_actor(id);
      if (fits && at(i).lower != "former" && at(i).lower != "latter" && std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
    }
    return found;
  };
  const std::uint32_t sentence = at(token).sentence;
  for (std::uint32_t back = 0; back <= 2 && back <= sentence; ++back) {
    TokenSpan span = document_.sentences()[sentence - back];
    if (back == 0) span.end = token;
    for (const bool persons : {true, false}) {
      const std::vector<EntityId> pair = pair_in(span, persons);
      if (pair.size() == 2) {
        add_mention({token - 1, token + 1}, token, MentionForm::nominal, {pair[at(token).lower == "latter" ? 1u : 0u]});
        return;
      }
      if (pair.size() > 2) return;
    }
  }
}

// "who", "which", "whose": the noun that the clause hangs on.
void Finder::relative(TokenIndex token) {
  TokenIndex clause = token;
  for (int steps = 0; steps < 6 && !document_.is_root(clause); ++steps) {
    if (at(clause).dep == Dep::relcl) break;
    clause = at(clause).head;
  }
  if (at(clause).dep != Dep::relcl || document_.is_root(clause)) return;
  const TokenIndex noun = at(clause).head;
  if (noun >= token) return;
  const Mention* mention = mention_over(noun) ? mention_over(noun) : mention_headed(noun);
  if (!mention || mention->entities.empty()) return;
  // "Ethiopia and Uganda, which have troops": a plural verb takes them all
  if (at(clause).tag == Tag::vbp || std::any_of(document_.children(clause).begin(), document_.children(clause).end(),
                                                [&](TokenIndex child) { return at(child).dep == Dep::aux && at(child).tag == Tag::vbp; })) {
    TokenIndex first = noun;
    while (at(first).dep == Dep::conj && !document_.is_root(first)) first = at(first).head;
    std::vector<EntityId> all;
    for (TokenIndex i = first; i != no_token && i < token;) {
      const Mention* member = mention_over(i) ? mention_over(i) : mention_headed(i);
      if (member) all.insert(all.end(), member->entities.begin(), member->entities.end());
      TokenIndex next = no_token;
      for (const TokenIndex child : document_.children(i))
        if (at(child).dep == Dep::conj && child > i && child < token) {
          next = child;
          break;
        }
      i = next;
    }
    if (all.size() > 1) {
      add_mention({token, token + 1}, token, MentionForm::pronoun, all);
      return;
    }
  }
  if (at(token).lower == "who" && !is_person(mention->entities[0]) && result_.entities[mention->entities[0]].kind == EntityKind::place) return;
  add_mention({token, token + 1}, token, MentionForm::pronoun, mention->entities);
}

}  // namespace dragoman
