// Offices: titles and appositions, and what they teach about persons.
#include <algorithm>

#include "dragoman/mentions/finder.h"

namespace dragoman {

// Every run of words that names an office or a government body; the longest at each place.
void Finder::find_titles() {
  std::vector<ClassMeaning> meanings;
  for (std::uint32_t i = 0; i < words_.size();) {
    std::uint32_t count = knowledge_.longest_class(words_from(i), meanings);
    // An office of the base by its own name: "the High Representative of the Union for Foreign Affairs and Security Policy"
    Title title;
    if (const NameMatch match = knowledge_.longest(words_from(i)); match.words >= std::max(count, 2u)) {
      for (std::uint32_t a = 0; a < match.count; ++a) {
        const std::optional<KnownAlias> alias = knowledge_.alias(match, a, words_from(i));
        if (!alias || alias->ambiguous || knowledge_[alias->entity].kind != "office") continue;
        ClassId office_class = knowledge_.class_of(alias->entity);
        if (office_class == no_class && !meanings.empty() && count == match.words) office_class = meanings[0].id;  // "the IAEA chief"
        if (office_class == no_class) continue;
        title.office = alias->entity;
        count = match.words;
        meanings = {{office_class, false, false, knowledge_[alias->entity].country, "", alias->origin}};
        break;
      }
    }
    if (!count) {
      ++i;
      continue;
    }
    title.word = i;
    title.words = count;
    title.tokens = tokens_of(i, count);
    // The word that carries it: the noun whose head lies outside ("Minister" in "Minister of Foreign Affairs").
    if (!meanings[0].is_body) with_portfolio(title);
    title.head = title.tokens.end - 1;
    for (TokenIndex t = title.tokens.begin; t < title.tokens.end; ++t) {
      const Token& token = at(t);
      if (title.tokens.contains(token.head) && token.head != t) continue;
      if (token.pos == Pos::noun || token.pos == Pos::propn) {
        title.head = t;
        break;
      }
    }
    i += title.words;
    const Token& head = at(title.head);
    if (head.pos != Pos::noun && head.pos != Pos::propn) continue;  // "to head", "general" the adjective
    title.meanings = meanings;
    title.is_body = meanings[0].is_body;
    title.plural = std::all_of(meanings.begin(), meanings.end(), [](const ClassMeaning& m) { return m.plural; });
    if (!title.is_body && (head.tag == Tag::nns || head.tag == Tag::nnps)) title.plural = true;
    if (!title.is_body && std::all_of(meanings.begin(), meanings.end(), [](const ClassMeaning& m) { return m.note.starts_with("collective"); }))
      title.plural = true;
    title_at_[title.head] = static_cast<std::uint32_t>(titles_.size());
    titles_.push_back(std::move(title));
  }
}

// "Minister of State for Foreign Trade Ahmad Al-Suwaidan": what is in capitals behind "for", up to a person's name, belongs to the title.
void Finder::with_portfolio(Title& title) const {
  const TokenIndex begin = title.tokens.end;
  if (begin >= document_.size() || at(begin).lower != "for") return;
  TokenIndex end = begin + 1;
  const std::uint32_t sentence = at(begin).sentence;
  for (; end < document_.size() && end < begin + 9 && at(end).sentence == sentence; ++end) {
    if (at(end).entity == EntityLabel::person && at(end).entity_begins) break;
    const std::span<const Word> words = words_of({end, end + 1});
    const std::string_view lower = at(end).lower;
    if (lower != "and" && lower != "of" && lower != "the" && lower != "," && (words.empty() || words[0].written != Case::capital)) return;
  }
  if (end >= document_.size() || end < begin + 2 || at(end).sentence != sentence || at(end).entity != EntityLabel::person) return;
  title.tokens.end = end;
  title.words = first_word_[end] - title.word;
}

// Titles stand in the order of the text, and so do their ends.
std::span<const Title> Finder::titles_beginning_at(TokenIndex token) const {
  const auto begin = [](const Title& title) { return title.tokens.begin; };
  return {std::ranges::lower_bound(titles_, token, {}, begin), std::ranges::upper_bound(titles_, token, {}, begin)};
}

std::span<const Title> Finder::titles_ending_at(TokenIndex token) const {
  const auto end = [](const Title& title) { return title.tokens.end; };
  return {std::ranges::lower_bound(titles_, token, {}, end), std::ranges::upper_bound(titles_, token, {}, end)};
}

bool Finder::is_in_title(TokenSpan tokens) const {
  const auto after = std::ranges::upper_bound(titles_, tokens.begin, {}, [](const Title& title) { return title.tokens.begin; });
  return after != titles_.begin() && std::prev(after)->tokens.contains(tokens);
}

bool Finder::covers(ClassId general, ClassId special) const {
  if (general == special) return true;
  const OfficeClass* office = lexicon_.office_class(knowledge_.class_name(general));
  if (!office) return false;
  if (office->covers_all) return true;
  const std::string_view name = knowledge_.class_name(special);
  return std::find(office->covers.begin(), office->covers.end(), name) != office->covers.end();
}

bool Finder::holds(EntityId person, ClassId office_class) const {
  const std::vector<ClassId>& offices = profiles_[person].offices;
  return std::any_of(offices.begin(), offices.end(), [&](ClassId one) { return covers(office_class, one); });
}

std::string Finder::sector_of(ClassId office_class) const {
  const OfficeClass* office = lexicon_.office_class(knowledge_.class_name(office_class));
  return office ? office->sector : "";
}

// What the words mean in that state: a line for the state wins over one for all.
ClassId Finder::class_of(const Title& title, std::string_view state) const {
  ClassId general = no_class;
  for (const ClassMeaning& meaning : title.meanings) {
    if (!meaning.state.empty() && meaning.state == state) return meaning.id;
    if (meaning.state.empty() && general == no_class) general = meaning.id;
  }
  if (general == no_class && state.empty()) {
    // only in some states, and none is said: if all agree, that
    for (const ClassMeaning& meaning : title.meanings)
      if (meaning.id != title.meanings[0].id) return no_class;
    return title.meanings[0].id;
  }
  return general;
}

// The states (and organisations) that the words around a noun name: "the Turkish minister", "Iran's foreign minister", "the
// President of Ghana", "Thai and Cambodian soldiers". `words` is the office word itself, so that what stands before it counts.
std::vector<EntityId> Finder::states_of_phrase(TokenIndex head, TokenSpan words, bool with_pronouns) {
  std::vector<EntityId> found;
  const auto add = [&](const Mention* mention) {
    if (!mention) return;
    for (const EntityId id : mention->entities) {
      const Entity& entity = result_.entities[id];
      EntityId owner = no_entity;
      if (entity.kind == EntityKind::state || entity.kind == EntityKind::intergovernmental_body) owner = id;
      if (entity.kind == EntityKind::government_body || entity.kind == EntityKind::person || entity.kind == EntityKind::place)
        owner = state_entity(entity.state, mention->head);
      if (owner == no_entity && is_actor(id)) owner = id;
      if (owner != no_entity && std::find(found.begin(), found.end(), owner) == found.end()) found.push_back(owner);
    }
  };
  const auto add_with_conjuncts = [&](TokenIndex token) {
    for (int steps = 0; token != no_token && steps < 6; ++steps) {
      add(mention_over(token) ? mention_over(token) : mention_headed(token));
      TokenIndex next = no_token;
      for (const TokenIndex child : document_.children(token))
        if (at(child).dep == Dep::conj && child != head) next = child;
      token = next;
    }
  };
  for (const TokenIndex child : document_.children(head)) {
    const Token& token = at(child);
    switch (token.dep) {
      case Dep::amod: case Dep::compound: case Dep::nmod: case Dep::nummod:
        // of a name in apposition only what stands before counts
        if (child < head && !(mention_over(child) && !mention_over(child)->entities.empty() && is_person(mention_over(child)->entities[0])))
          add_with_conjuncts(child);
        break;
      case Dep::poss: {
        if (token.tag == Tag::prp_poss) {
          if (with_pronouns) add(mention_headed(child));
        } else {
          add_with_conjuncts(child);
        }
        break;
      }
      case Dep::prep:
        if (token.lower == "of" || token.lower == "for" || token.lower == "from") {
          const TokenIndex object = document_.child(child, Dep::pobj);
          if (object == no_token) break;
          if (with_pronouns && noun_at_[object] != none && over_[object] == none && headed_[object] == none && object > head)
            resolve_noun(nouns_[noun_at_[object]]);  // "the authorities of the two countries"
          if (with_pronouns && title_at_[object] != none && !titles_[title_at_[object]].is_body && object > head)
            resolve_title(titles_[title_at_[object]]);  // "a spokesman for the president"
          if (mention_over(object) || mention_headed(object)) {
            add_with_conjuncts(object);
          } else if (token.lower != "from" || found.empty()) {
            // "spokesman for the Ghanaian navy", "presidents of both countries"
            for (const TokenIndex inner : document_.children(object)) {
              if (at(inner).dep == Dep::amod || at(inner).dep == Dep::compound || at(inner).dep == Dep::poss) add(mention_over(inner));
              // "the minister for fisheries of Vanuatu"
              if (token.lower == "for" && at(inner).lower == "of" && at(inner).dep == Dep::prep)
                if (const TokenIndex owner = document_.child(inner, Dep::pobj); owner != no_token) add_with_conjuncts(owner);
            }
          }
        }
        break;
      default: break;
    }
  }
  // "Danish media and government": the second shares what stands before the first
  if (found.empty() && at(head).dep == Dep::conj && !document_.is_root(head)) {
    const TokenIndex first = at(head).head;
    const auto modifies = [&](TokenIndex child) {
      const Dep dep = at(child).dep;
      return dep == Dep::amod || dep == Dep::compound || dep == Dep::nmod || dep == Dep::poss;
    };
    const auto is_modified = [&](TokenIndex child) { return child < head && (modifies(child) || at(child).dep == Dep::det || at(child).dep == Dep::nummod); };
    const auto own = document_.children(head);
    if (std::none_of(own.begin(), own.end(), is_modified))
      for (const TokenIndex child : document_.children(first))
        if (child < first && modifies(child)) add_with_conjuncts(child);
  }
  // "Minister for Foreign Affairs of Japan", where "of Japan" hangs on the affairs
  if (found.empty() && words.end < document_.size() && at(words.end).lower == "of" && at(words.end).dep == Dep::prep && words.contains(at(words.end).head))
    if (const TokenIndex object = document_.child(words.end, Dep::pobj); object != no_token) add_with_conjuncts(object);
  // A name that stands right before the words, whatever the parse made of it: "Iranian Foreign Ministry spokesman".
  if (found.empty() && words.begin > 0) {
    TokenIndex before = words.begin - 1;
    if (at(before).tag == Tag::pos && before > 0) --before;
    for (int steps = 0; steps < 3 && before > 0 && !mention_over(before) && (at(before).pos == Pos::adj || at(before).tag == Tag::hyph); ++steps)
      --before;
    const bool near = at(before).sentence == at(head).sentence;
    if (near) add(mention_over(before));
    if (found.empty()) add(mention_over(words.begin));
  }
  // "Chinese, Kazakh foreign ministers": a list of adjectives that the parse of a headline tears apart
  if (found.size() == 1 && at(head).tag == Tag::nns) {
    TokenIndex left = words.begin;
    while (left > 0 && mention_over(left - 1) && at(left - 1).sentence == at(head).sentence) left = mention_over(left - 1)->tokens.begin;
    while (left > 1 && (document_.text(left - 1) == "," || at(left - 1).lower == "and") && mention_over(left - 2) &&
           mention_over(left - 2)->form == MentionForm::demonym) {
      add(mention_over(left - 2));
      left = mention_over(left - 2)->tokens.begin;
    }
  }
  return found;
}

// A word that only one state uses says which: "home secretary".
std::string Finder::implied_state(const Title& title) const {
  if (title.office != not_known) return std::string(knowledge_[title.office].country);
  std::string_view only = title.meanings[0].state;
  for (const ClassMeaning& meaning : title.meanings)
    if (meaning.state != only) return "";
  return std::string(only);
}

void Finder::learn_office(EntityId person, const Title& title, ClassId office_class, std::string_view state) {
  Entity& entity = result_.entities[person];
  Profile& profile = profiles_[person];
  if (office_class != no_class && std::find(profile.offices.begin(), profile.offices.end(), office_class) == profile.offices.end())
    profile.offices.push_back(office_class);
  const bool counterpart = knowledge_.class_name(office_class) == "counterpart";
  if (!counterpart && (entity.office.empty() || (profile.known != not_known && !profile.office_said))) {
    profile.office_said = true;
    entity.office_said = words_of_office(person, title);
    entity.office = fold(document_.text(document_.bytes(title.tokens)));
    if (profile.known == not_known) entity.basis += "; office " + text_basis(title.tokens);
  }
  if (entity.state.empty() && !state.empty()) entity.state = state;
  if (entity.sector.empty() && office_class != no_class) entity.sector = sector_of(office_class);
  if (profile.gender == Gender::unknown) profile.gender = lexicon_.noun_gender(at(title.head).lower);
}

// "Mira Tolvanen, Iran's foreign minister", "Turkish Foreign Minister Mira Tolvanen": from the first word to the last. Nothing of an office that is
// not held on the day: "former minister X", "X, the president-elect".
ByteSpan Finder::words_of_office(EntityId person, const Title& title) const {
  for (const ClassMeaning& meaning : title.meanings)
    if (!meaning.note.empty() && (meaning.note.find("former") != std::string_view::npos || meaning.note.find("no longer") != std::string_view::npos ||
                                  meaning.note.find("not yet") != std::string_view::npos))
      return {};
  TokenSpan words = title.tokens;
  const auto owns = [&](TokenIndex token) {
    const Mention* mention = mention_over(token);
    return at(token).tag == Tag::pos || (mention && !mention->entities.empty() && !is_person(mention->entities[0]));
  };
  while (words.begin > 0 && at(words.begin - 1).sentence == at(title.head).sentence && owns(words.begin - 1)) --words.begin;
  const TokenIndex next = words.end + (words.end < document_.size() && at(words.end).tag == Tag::hyph ? 1 : 0);
  if (next < document_.size() && lexicon_.context(at(next).lower) & not_now) return {};
  for (TokenIndex i = words.begin, steps = 0; i > 0 && steps < 2 && at(i - 1).sentence == at(title.head).sentence; --i, ++steps)
    if (lexicon_.context(at(i - 1).lower) & not_now) return {};
  for (TokenIndex i = words.begin; i < words.end; ++i)
    if (lexicon_.context(at(i).lower) & not_now) return {};
  for (const TokenIndex child : document_.children(title.head))
    if (lexicon_.context(at(child).lower) & not_now) return {};
  // the name that stands nearest in the sentence
  const Mention* nearest = nullptr;
  TokenIndex distance = 0;
  const TokenSpan sentence = document_.sentence_of(title.head);
  for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
    const Mention* mention = mention_headed(i);
    if (!mention || mention->form != MentionForm::name || mention->entities.size() != 1 || mention->entities[0] != person) continue;
    const TokenIndex gap = mention->tokens.begin >= words.end ? mention->tokens.begin - words.end : words.begin - std::min(words.begin, mention->tokens.end);
    if (!nearest || gap < distance) nearest = mention, distance = gap;
  }
  if (!nearest) return {};
  const ByteSpan said = document_.bytes(words);
  return {std::min(said.begin, nearest->span.begin), std::max(said.end, nearest->span.end)};
}

// The person that a title stands beside: "Foreign Minister X", "X, the foreign minister", "the Vice President, X", "X is the minister".
EntityId Finder::person_beside(Title& title) {
  const auto person_at = [&](TokenIndex token) -> EntityId {
    const Mention* mention = mention_over(token);
    if (!mention || mention->entities.size() != 1 || !is_person(mention->entities[0])) return no_entity;
    return mention->entities[0];
  };
  const Token& head = at(title.head);
  // The name goes on right after, forms of address aside.
  TokenIndex after = title.tokens.end;
  const std::uint32_t sentence = head.sentence;
  while (after < document_.size() && at(after).sentence == sentence) {
    std::string_view lower = at(after).lower;
    if (lower.ends_with('.')) lower.remove_suffix(1);
    if (!lexicon_.is_title(lower) && lower != "h.e" && lower != "dr" && lower != "prof" && lower != "(" && lower != ")") break;
    ++after;
  }
  if (after < document_.size() && at(after).sentence == sentence)
    if (const EntityId person = person_at(after); person != no_entity) {
      const TokenIndex name = mention_over(after)->head;
      title.apposed = (at(name).dep == Dep::appos && at(name).head == title.head) || (head.dep == Dep::appos && head.head == name);
      return person;
    }
  // "Minister of Foreign Affairs of Mongolia Batmunkhiin Battsetseg", "Malaysian ambassador to Qatar Zainab Omar"
  if (title.tokens.end + 1 < document_.size() && (at(title.tokens.end).lower == "of" || at(title.tokens.end).lower == "to")) {
    TokenIndex owner = title.tokens.end + 1;
    if (at(owner).lower == "the" && owner + 1 < document_.size()) ++owner;
    if (const Mention* state = mention_over(owner); state && state->tokens.end < document_.size() && at(state->tokens.end).sentence == sentence)
      if (const EntityId person = person_at(state->tokens.end); person != no_entity) return person;
  }
  // An apposition either way, a copula.
  for (const TokenIndex child : document_.children(title.head))
    if (at(child).dep == Dep::appos)
      if (const EntityId person = person_at(child); person != no_entity) {
        title.apposed = true;
        return person;
      }
  if (head.dep == Dep::appos && !document_.is_root(title.head))
    if (const EntityId person = person_at(head.head); person != no_entity) {
      title.apposed = true;
      return person;
    }
  if (head.dep == Dep::attr && !document_.is_root(title.head) && at(head.head).lemma == "be") {
    const TokenIndex subject = document_.child(head.head, Dep::nsubj);
    const bool negated = document_.child(head.head, Dep::neg) != no_token;
    if (subject != no_token && !negated)
      if (const EntityId person = person_at(subject); person != no_entity) {
        title.apposed = true;
        return person;
      }
  }
  // "X, who heads the navy as its chief": by commas, where the parse lost the apposition: "NAME , [the] STATE 's TITLE ,"
  if (title.tokens.begin >= 2) {
    TokenIndex left = title.tokens.begin;
    unsigned steps = 0;
    while (left > 0 && steps < 7 && at(left - 1).sentence == sentence && document_.text(left - 1) != ",") --left, ++steps;
    if (left > 1 && document_.text(left - 1) == "," && at(left - 1).sentence == sentence) {
      bool plain = true;  // only modifiers between the comma and the title
      for (TokenIndex i = left; i < title.tokens.begin; ++i) plain &= !is_verb(i) && at(i).pos != Pos::adp && at(i).pos != Pos::pron;
      const EntityId person = person_at(left - 2);
      const bool closes = title.tokens.end >= document_.size() || document_.text(title.tokens.end) == "," || document_.text(title.tokens.end) == ".";
      if (plain && closes && person != no_entity && person_at(left) == no_entity) {
        title.apposed = true;
        return person;
      }
    }
  }
  // "the Deputy Prime Minister of Fiji, H.E. Mr. X": a name right after the title's own complement
  TokenIndex end = document_.subtree(title.head).end;
  TokenIndex comma = title.tokens.end;
  while (comma < document_.size() && comma < title.tokens.end + 12 && at(comma).sentence == sentence && document_.text(comma) != ",") {
    if (is_verb(comma)) return no_entity;
    ++comma;
  }
  if (comma + 1 < document_.size() && document_.text(comma) == "," && at(comma).sentence == sentence && comma <= end) {
    TokenIndex name = comma + 1;
    for (const Title& rank : titles_beginning_at(name))  // "his counterpart from Niger, Colonel Amadou Issa"
      if (!rank.is_body && !rank.plural && rank.tokens.end < document_.size()) name = rank.tokens.end;
    while (name < document_.size() && (lexicon_.is_title(std::string_view(at(name).lower).substr(0, at(name).lower.find('.'))) || at(name).lower == "h.e." || at(name).lower == "dr.")) ++name;
    if (name < document_.size() && at(name).sentence == sentence && at(name).dep != Dep::conj)
      if (const EntityId person = person_at(name); person != no_entity && title.head != no_token) {
        const bool singular = !title.plural;
        const Mention* mention = mention_over(name);
        const TokenIndex next = mention->tokens.end;
        const bool closes = next >= document_.size() || at(next).pos == Pos::punct || at(mention->head).dep == Dep::appos;
        if (singular && closes) {
          title.apposed = true;
          return person;
        }
      }
  }
  return no_entity;
}

// So many states, in the order in which the sentence before the token names them, or one of the two sentences before that; none if there are
// more or fewer.
std::vector<std::string> Finder::states_told_before(TokenIndex token, std::size_t wanted) const {
  const std::uint32_t last = at(token).sentence;
  for (std::uint32_t sentence = last + 1; sentence-- > (last > 2 ? last - 2 : 0);) {
    const TokenSpan span = document_.sentences()[sentence];
    std::vector<std::string> states;
    for (TokenIndex i = span.begin; i < span.end && i < token; ++i) {
      if (name_at_[i] == none || in_headline(i)) continue;
      const Name& name = names_[name_at_[i]];
      if (name.known == not_known || name.alias != AliasKind::name || knowledge_[name.known].kind != "state") continue;
      const std::string state(knowledge_[name.known].id);
      if (std::find(states.begin(), states.end(), state) == states.end()) states.push_back(state);
    }
    if (states.size() == wanted) return states;
    if (!states.empty()) break;
  }
  return {};
}

// The state whose name or people's name stands there; "" if none does.
std::string_view Finder::state_named_at(TokenIndex token) const {
  if (token >= document_.size() || name_at_[token] == none) return {};
  const Name& name = names_[name_at_[token]];
  return name.known != not_known && knowledge_[name.known].kind == "state" ? knowledge_[name.known].id : std::string_view();
}

// "The prime ministers of Peru and Norway, Ana Ruiz and Tom Berg", "Peru's and Norway's foreign ministers, Ana Ruiz and Tom Berg", "Foreign
// ministers Ana Ruiz of Peru and Tom Berg of Norway": by the words alone, since the parser ties such rows anyhow. Only where each has a state.
void Finder::find_rows() {
  for (Title& title : titles_) {
    if (title.is_body || !title.plural) continue;
    const TokenSpan sentence = document_.sentence_of(title.head);
    const auto joins = [&](TokenIndex i) { return i < sentence.end && (document_.text(i) == "," || at(i).lower == "and" || at(i).lower == "&"); };
    std::vector<std::string> states;
    TokenIndex i = title.tokens.end;
    if (i < sentence.end && at(i).lower == "of") {
      for (TokenIndex next = i + 1; next < sentence.end;) {
        if (at(next).lower == "the") ++next;
        const std::string_view state = state_named_at(next);
        if (state.empty()) break;
        states.emplace_back(state);
        i = next = names_[name_at_[next]].tokens.end;
        while (joins(next)) ++next;
      }
    } else {
      for (TokenIndex left = title.tokens.begin; left > sentence.begin; --left) {
        const std::string_view state = state_named_at(left - 1);
        if (!state.empty()) {
          states.insert(states.begin(), std::string(state));
          left = names_[name_at_[left - 1]].tokens.begin + 1;
        } else if (!joins(left - 1) && at(left - 1).tag != Tag::pos) {
          break;
        }
      }
    }
    if (i < sentence.end && at(i).pos == Pos::punct) ++i;
    std::vector<std::uint32_t> row;
    std::vector<std::string> own;
    while (i < sentence.end && name_at_[i] != none) {
      const Name& name = names_[name_at_[i]];
      if (name.known != not_known && knowledge_[name.known].kind != "person") break;
      row.push_back(name_at_[i]);
      i = name.tokens.end;
      if (i + 1 < sentence.end && at(i).lower == "of" && !state_named_at(i + 1).empty()) {
        own.emplace_back(state_named_at(i + 1));
        i = names_[name_at_[i + 1]].tokens.end;
      }
      while (joins(i)) ++i;
    }
    if (own.size() == row.size()) states = own;
    if (row.size() < 2 || states.size() != row.size()) continue;
    title.row = std::move(row);
    title.row_states = std::move(states);
  }
}

bool Finder::is_in_row(const Name& name) const {
  return std::ranges::any_of(titles_, [&](const Title& title) {
    return std::ranges::any_of(title.row, [&](std::uint32_t n) { return names_[n].tokens == name.tokens; });
  });
}

// "Ambassador Mira Tolvanen of Finland": the state behind the name that the title stands before.
std::string Finder::state_after_name(const Title& title) const {
  const Mention* name = title.tokens.end < document_.size() ? mention_over(title.tokens.end) : nullptr;
  if (!name || name->entities.size() != 1 || name->entities[0] != title.person) return {};
  return std::string(state_beside(*name));
}

// "Mamman Bello of Nigeria", "Britain's Oliver Pemberton": whose a person's name itself says he is; "" if it does not.
std::string_view Finder::state_beside(const Mention& name) const {
  TokenIndex next = name.tokens.end;
  if (next + 1 < document_.size() && at(next).lower == "of" && at(next).sentence == at(name.head).sentence) {
    if (at(++next).lower == "the") ++next;
    return state_named_at(next);
  }
  const TokenIndex first = name.tokens.begin;
  return first > 1 && at(first - 1).tag == Tag::pos ? state_named_at(first - 2) : std::string_view();
}

// "Peru and Norway signed ... Foreign Ministers Ana Ruiz and Tom Berg, who met in Lima": each of them holds the office, in the state that was named in
// the same place of the row.
void Finder::bind_plural_title(const Title& title) {
  std::vector<EntityId> persons;
  for (const std::uint32_t n : title.row)
    if (names_[n].entity != no_entity) persons.push_back(names_[n].entity);
  const bool is_row = !title.row.empty() && persons.size() == title.row.size();
  if (!is_row) persons.clear();
  for (TokenIndex name = is_row ? no_token : title.tokens.end; name != no_token && name < document_.size() && at(name).sentence == at(title.head).sentence;) {
    const Mention* mention = mention_over(name);
    if (!mention || mention->form != MentionForm::name || mention->entities.size() != 1 || !is_person(mention->entities[0])) break;
    persons.push_back(mention->entities[0]);
    name = document_.child(mention->head, Dep::conj);
  }
  if (persons.size() < 2) return;
  const ClassId office_class = class_of(title, "");
  std::string office;
  for (TokenIndex i = title.tokens.begin; i < title.tokens.end; ++i) office.append(office.empty() ? "" : " ").append(i == title.head ? std::string(at(i).lemma) : fold(document_.text(i)));
  const bool stateless = std::all_of(persons.begin(), persons.end(), [&](EntityId id) { return result_.entities[id].state.empty(); });
  const std::vector<std::string> states = is_row ? title.row_states : stateless ? states_told_before(title.tokens.begin, persons.size()) : std::vector<std::string>();
  for (std::size_t i = 0; i < persons.size(); ++i) {
    Entity& person = result_.entities[persons[i]];
    Profile& profile = profiles_[persons[i]];
    if (office_class != no_class && std::find(profile.offices.begin(), profile.offices.end(), office_class) == profile.offices.end()) profile.offices.push_back(office_class);
    if (person.office.empty()) person.office = fold(office);
    if (person.sector.empty() && office_class != no_class) person.sector = sector_of(office_class);
    if (i >= states.size() || !person.state.empty()) continue;
    person.state = states[i];
    person.basis += "; state by the order of names";
  }
}

// "The leader of the main opposition party": what the office is of, where that is no body of the state.
const Noun* Finder::led_by(const Title& title) const {
  const TokenIndex of = title.tokens.end;
  if (of >= document_.size() || at(of).lower != "of" || at(of).head != title.head) return nullptr;
  const TokenIndex object = document_.child(of, Dep::pobj);
  if (object == no_token || noun_at_[object] == none) return nullptr;
  const Noun* noun = nouns_[noun_at_[object]].noun;
  return noun->kind == NounKind::group || noun->kind == NounKind::org ? noun : nullptr;
}

// Ties titles to names all over the text, before anything else is asked of them.
void Finder::bind_titles() {
  for (std::size_t index = 0; index < titles_.size(); ++index) {
    Title& title = titles_[index];
    if (title.is_body || title.plural) continue;
    title.person = person_beside(title);
  }
  // "Deputy Prime Minister and Foreign Minister X": the first shares the second's person
  for (std::size_t index = 0; index + 1 < titles_.size(); ++index) {
    Title& title = titles_[index];
    const Title& next = titles_[index + 1];
    if (title.is_body || title.plural || title.person != no_entity || next.person == no_entity || next.apposed) continue;
    if (title.meanings[0].id == next.meanings[0].id) continue;  // "the Secretary and Secretary Delacruz" are two
    if (next.tokens.begin == title.tokens.end + 1 && at(title.tokens.end).pos == Pos::cconj) title.person = next.person;
  }
  for (const Title& title : titles_)
    if (!title.is_body && title.plural) bind_plural_title(title);
  std::vector<Title*> in_order;  // a heading's "FM" last
  for (Title& title : titles_)
    if (title.person != no_entity) in_order.push_back(&title);
  std::ranges::stable_partition(in_order, [&](const Title* title) { return !heading_[title->head] && !in_headline(title->head); });
  for (Title* one : in_order) {
    Title& title = *one;
    const std::vector<EntityId> states = states_of_phrase(title.head, title.tokens, false);
    std::string state;
    for (const EntityId id : states)
      if (is_state(id)) {
        state = result_.entities[id].ref;
        break;
      }
    if (states.empty()) state = state_after_name(title);
    if (state.empty()) state = implied_state(title);
    if (state.empty()) state = result_.entities[title.person].state;
    if (const Noun* led = led_by(title); led && !led->sector.empty() && result_.entities[title.person].sector.empty())
      result_.entities[title.person].sector = led->sector;
    learn_office(title.person, title, class_of(title, state), state);
    // An official of an organisation
    for (const EntityId id : states)
      if (state.empty() && !is_state(id)) {
        if (profiles_[title.person].known == not_known && result_.entities[id].kind == EntityKind::intergovernmental_body)
          result_.entities[title.person].sector = "IGO";
        if (profiles_[title.person].organisation.empty()) profiles_[title.person].organisation = result_.entities[id].ref;
      }
  }
  // "Foreign Minister X will meet his Japanese counterpart Y": Y's office is X's, if X is the one other person before in the sentence.
  for (Title& title : titles_) {
    if (title.person == no_entity || knowledge_.class_name(title.meanings[0].id) != "counterpart") continue;
    EntityId other = no_entity;
    bool several = false;
    for (TokenIndex i = document_.sentence_of(title.head).begin; i < title.head; ++i)
      if (const Mention* mention = mention_over(i); mention && mention->entities.size() == 1 && is_person(mention->entities[0]) &&
                                                    mention->entities[0] != title.person && mention->entities[0] != other) {
        several |= other != no_entity;
        other = mention->entities[0];
      }
    if (other == no_entity || several) continue;
    for (const ClassId office : profiles_[other].offices)
      if (knowledge_.class_name(office) != "counterpart" && !holds(title.person, office)) profiles_[title.person].offices.push_back(office);
  }
  // Forms of address tell the gender ("Ms Ravelin"), states beside a name whose it is.
  for (const Mention& mention : result_.mentions) {
    if (mention.form != MentionForm::name || mention.entities.size() != 1 || mention.tokens.begin == 0) continue;
    Entity& named = result_.entities[mention.entities[0]];
    const bool owned = is_person(mention.entities[0]) || named.kind == EntityKind::organisation || named.kind == EntityKind::company || named.kind == EntityKind::party;
    if (owned && named.state.empty() && profiles_[mention.entities[0]].known == not_known)
      if (const std::string_view state = state_beside(mention); !state.empty()) {
        named.state = state;
        named.basis += "; state beside the name";
      }
    if (!is_person(mention.entities[0])) continue;
    std::string_view lower = at(mention.tokens.begin - 1).lower;
    if (lower.ends_with('.')) lower.remove_suffix(1);
    if (const Gender gender = lexicon_.title_gender(lower); gender != Gender::unknown) profiles_[mention.entities[0]].gender = gender;
    if (at(mention.head).dep == Dep::appos && profiles_[mention.entities[0]].gender == Gender::unknown)  // "His wife, Ana Pop,"
      profiles_[mention.entities[0]].gender = lexicon_.noun_gender(at(at(mention.head).head).lower);
  }
}

}  // namespace dragoman
