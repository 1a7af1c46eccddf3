#include "dragoman/relations/parties.h"

#include <algorithm>

#include "dragoman/relations/word_classes.h"

namespace dragoman {

bool is_actor(EntityKind kind) {
  switch (kind) {
    case EntityKind::region:
    case EntityKind::place:
    case EntityKind::agreement:
    case EntityKind::occasion: return false;
    default: return true;
  }
}

std::vector<EntityId> actors_of_phrase(const Document& document, const Entities& entities, TokenIndex head) {
  if (head >= document.size()) return {};
  std::vector<EntityId> actors = entities.of_phrase(document, head);
  std::erase_if(actors, [&](EntityId id) { return !is_actor(entities[id].kind); });
  return actors;
}

bool is_aimed_at(const Document& document, TokenIndex token, TokenIndex head) {
  for (int step = 0; step < 6 && token != head && !document.is_root(token); ++step, token = document[token].head)
    if (document[token].dep == Dep::prep && (document[token].lower == "on" || document[token].lower == "against")) return true;
  return false;
}

std::vector<EntityId> principals_of(const Entities& entities, const std::vector<EntityId>& actors) {
  std::vector<EntityId> principals;
  for (const EntityId actor : actors) {
    const EntityKind kind = entities[actor].kind;
    EntityId principal = actor;
    // a party, group or company of a country does not bind the state
    static constexpr std::string_view others[] = {"OPP", "REB", "NGO", "BUS", "MED", "CVL"};
    const bool private_person = kind == EntityKind::person && (std::find(std::begin(others), std::end(others), entities[actor].sector) != std::end(others) ||
                                                               entities[actor].office.starts_with("opposition"));
    const bool speaks_for_state = (kind == EntityKind::person && !private_person) || kind == EntityKind::office || kind == EntityKind::government_body;
    if (speaks_for_state && entities.state_of(actor) != no_entity) principal = entities.state_of(actor);
    add_new(principals, {principal});
  }
  return principals;
}

std::vector<EntityId> with_principals(const Entities& entities, const std::vector<EntityId>& actors) {
  std::vector<EntityId> all = principals_of(entities, actors);
  add_new(all, actors);
  return all;
}

std::vector<EntityId> main_parties(const Document&, const Entities& entities) {
  std::vector<std::size_t> count(entities.entities.size(), 0);
  for (const Mention& mention : entities.mentions)
    for (const EntityId principal : principals_of(entities, mention.entities)) {
      const EntityKind kind = entities[principal].kind;
      if (kind == EntityKind::state || kind == EntityKind::intergovernmental_body) ++count[principal];
    }
  std::vector<EntityId> order;
  for (EntityId id = 0; id < count.size(); ++id)
    if (count[id] > 0) order.push_back(id);
  std::stable_sort(order.begin(), order.end(), [&](EntityId a, EntityId b) { return count[a] > count[b]; });
  // a third party that is named in passing is none
  std::vector<EntityId> parties;
  for (const EntityId id : order)
    if (parties.size() < 2 && 4 * count[id] >= count[order.front()]) parties.push_back(id);
  std::sort(parties.begin(), parties.end());
  return parties;
}

bool means_both_sides(const Document& document, TokenIndex noun) {
  const Token& token = document[noun];
  if (token.tag != Tag::nns && token.tag != Tag::nnps && token.pos != Pos::num && token.pos != Pos::det) return false;
  const std::string_view lemma = token.pos == Pos::propn ? token.lower : token.lemma;
  if (is_one_of(WordClass::side, lemma) || is_one_of(WordClass::sides, token.lower)) return true;
  return token.pos == Pos::propn && !lemma.empty() && is_one_of(WordClass::side, lemma.substr(0, lemma.size() - 1));  // "Ministers"
}

namespace {

// Without words that would say whose: "the ministers", "both leaders"; not "opposition leaders in Malawi".
bool stands_bare(const Document& document, TokenIndex noun) {
  for (const TokenIndex child : document.children(noun)) {
    const Dep dep = document[child].dep;
    if (dep == Dep::amod || dep == Dep::compound || dep == Dep::prep || dep == Dep::poss || dep == Dep::nmod) return false;
  }
  return true;
}

}  // namespace

std::vector<EntityId> actors_of_subject(const Document& document, const Entities& entities, const std::vector<Statement>& statements, TokenIndex subject,
                                        const std::vector<EntityId>& story_parties) {
  if (subject >= document.size()) return {};
  std::vector<EntityId> actors = actors_of_phrase(document, entities, subject);
  // "they", of "the ministers" that nothing has placed
  const auto unplaced = [&](EntityId id) {
    if (entities.state_of(id) != no_entity) return false;
    for (const Mention& mention : entities.mentions)
      if (mention.entities.size() == 1 && mention.entities.front() == id && mention.form == MentionForm::nominal)
        return means_both_sides(document, mention.head) && stands_bare(document, mention.head);
    return false;
  };
  const bool pronoun = document[subject].pos == Pos::pron && !actors.empty() && std::all_of(actors.begin(), actors.end(), unplaced);
  if (pronoun || (means_both_sides(document, subject) && stands_bare(document, subject))) {
    bool known = false;
    for (const EntityId id : principals_of(entities, actors))
      known = known || entities[id].kind == EntityKind::state || !entities[id].ref.starts_with("local:");
    // "ministers of transport" of nobody in particular; a modifier of their own would have placed them
    if (!known && story_parties.size() > 1) return story_parties;
  }
  const bool we = document[subject].lower == "we" || document[subject].lower == "our";
  if (actors.empty() && we && statement_at(statements, document[subject].span.begin) == no_statement) {
    for (const EntityId id : story_parties)
      if (entities[id].kind == EntityKind::intergovernmental_body) return {id};
    return story_parties;
  }
  return actors;
}

std::vector<EntityId> speakers_at(const std::vector<Statement>& statements, std::uint32_t byte) {
  StatementId id = statement_at(statements, byte);
  for (int depth = 0; depth < 4 && id != no_statement; ++depth) {
    if (!statements[id].speakers.empty()) return statements[id].speakers;
    id = statements[id].within;
  }
  return {};
}

bool is_question(const Document& document, TokenSpan sentence) {
  for (TokenIndex i = sentence.end; i > sentence.begin && i + 3 > sentence.end; --i)
    if (document[i - 1].lower == "?") return true;
  return false;
}

void add_new(std::vector<EntityId>& ids, const std::vector<EntityId>& more) {
  for (const EntityId id : more)
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

bool overlap(const std::vector<EntityId>& a, const std::vector<EntityId>& b) {
  return std::any_of(a.begin(), a.end(), [&](EntityId id) { return std::find(b.begin(), b.end(), id) != b.end(); });
}

}  // namespace dragoman
