// First person: whom "I", "we", "our" mean inside a quotation. Needs the speakers, so it comes after the statements.
//
// "I" is the speaker. "We" is the side that the speaker speaks for: his state or organisation; himself where he speaks for nobody.
// It is both sides where the words say so: "our relations", "together we will", "trade between the two countries ... our targets";
// and the persons where they acted themselves: "we discussed".
#include <algorithm>
#include <map>

#include "dragoman/mentions/lexicon.h"
#include "dragoman/relations/statements.h"

namespace dragoman {
namespace {

class FirstPerson {
 public:
  FirstPerson(const Document& document, Entities& entities)
      : document_(document), entities_(entities), lexicon_(EntityLexicon::instance()) {
    // Pairs that the text names as one ("both countries", "the ministers"), by how often.
    counts_.assign(entities.entities.size(), 0);
    for (const Mention& mention : entities.mentions) {
      for (const EntityId id : mention.entities) ++counts_[id];
      if (mention.entities.size() != 2) continue;
      std::pair<EntityId, EntityId> pair(mention.entities[0], mention.entities[1]);
      if (pair.first > pair.second) std::swap(pair.first, pair.second);
      ++pairs_[pair];
    }
  }

  void bind(const Statement& statement, TokenIndex token) {
    const Token& it = document_[token];
    const bool singular = it.lower == "i" || it.lower == "me" || it.lower == "my" || it.lower == "mine" || it.lower == "myself";
    const bool plural = it.lower == "we" || it.lower == "us" || it.lower == "our" || it.lower == "ours" || it.lower == "ourselves";
    if ((!singular && !plural) || it.pos != Pos::pron) return;
    if (entities_.headed_by(token)) return;
    std::vector<EntityId> meant;
    for (const EntityId speaker : statement.speakers) {
      if (singular) {
        if (entities_[speaker].kind == EntityKind::person) meant.push_back(speaker);
        continue;
      }
      const std::vector<EntityId> side = side_of(speaker, statement, token);
      for (const EntityId id : side)
        if (std::find(meant.begin(), meant.end(), id) == meant.end()) meant.push_back(id);
    }
    if (meant.empty()) return;
    found_.push_back({it.span, {token, token + 1}, token, MentionForm::pronoun, std::move(meant), {}});
  }

  void finish() {
    if (found_.empty()) return;
    entities_.mentions.insert(entities_.mentions.end(), std::make_move_iterator(found_.begin()), std::make_move_iterator(found_.end()));
    entities_.sort();
  }

 private:
  // Whom the speaker speaks for.
  EntityId side_alone(EntityId speaker) const {
    const Entity& entity = entities_[speaker];
    if (entity.kind == EntityKind::state || entity.kind == EntityKind::intergovernmental_body) return speaker;
    if (!entity.organisation.empty())
      for (EntityId id = 0; id < entities_.entities.size(); ++id)
        if (entities_[id].ref == entity.organisation) return id;
    const bool official = entity.kind == EntityKind::government_body || entity.sector == "GOV" || entity.sector == "MIL" ||
                          entity.sector == "LEG" || entity.sector == "SPY" || entity.sector == "COP";
    const EntityId state = entities_.state_of(speaker);
    return official && state != no_entity ? state : speaker;
  }

  // The other of a pair that the text speaks of most.
  EntityId partner_of(EntityId one) const {
    EntityId best = no_entity;
    unsigned most = 0;
    for (const auto& [pair, count] : pairs_) {
      if (pair.first != one && pair.second != one) continue;
      const EntityId other = pair.first == one ? pair.second : pair.first;
      if (entities_[other].kind != entities_[one].kind && entities_[other].kind != EntityKind::intergovernmental_body) continue;
      if (count > most || (count == most && best != no_entity && counts_[other] > counts_[best])) best = other, most = count;
    }
    return best;
  }

  bool has_mutual_child(TokenIndex token) const {
    for (const TokenIndex child : document_.children(token))
      if (lexicon_.context(document_[child].lemma) & mutual) return true;
    return false;
  }

  bool is_mutual(EntityId side, const Statement& statement, TokenIndex token) const {
    const TokenIndex head = document_[token].head;
    if (lexicon_.context(document_[head].lemma) & mutual) return true;
    if (has_mutual_child(head)) return true;
    // The same words name both sides: "trade between the two countries ... falls short of our targets"
    for (const ByteSpan content : statement.content)
      for (const Mention* mention : entities_.inside(document_.tokens_in(content)))
        if (mention->entities.size() == 2 && std::find(mention->entities.begin(), mention->entities.end(), side) != mention->entities.end())
          return true;
    return false;
  }

  std::vector<EntityId> side_of(EntityId speaker, const Statement& statement, TokenIndex token) const {
    const EntityId side = side_alone(speaker);
    const Token& it = document_[token];
    const TokenIndex verb = it.head;
    const bool acted = it.dep == Dep::nsubj && (document_[verb].tag == Tag::vbd || document_[verb].tag == Tag::vbn);
    if (acted && entities_[speaker].kind == EntityKind::person && (lexicon_.context(document_[verb].lemma) & meeting)) {
      EntityId other = partner_of(speaker);
      if (other == no_entity && side != speaker) {  // the other side's person that is spoken of most
        const EntityId partner = partner_of(side);
        for (EntityId id = 0; partner != no_entity && id < entities_.entities.size(); ++id)
          if (id != speaker && entities_[id].kind == EntityKind::person && entities_[id].state == entities_[partner].ref &&
              (other == no_entity || counts_[id] > counts_[other]))
            other = id;
      }
      return other == no_entity ? std::vector<EntityId>{speaker} : std::vector<EntityId>{speaker, other};
    }
    if (side != speaker || entities_[side].kind == EntityKind::state) {
      if (is_mutual(side, statement, token))
        if (const EntityId partner = partner_of(side); partner != no_entity) return {side, partner};
    }
    return {side};
  }

  const Document& document_;
  Entities& entities_;
  const EntityLexicon& lexicon_;
  std::map<std::pair<EntityId, EntityId>, unsigned> pairs_;
  std::vector<unsigned> counts_;
  std::vector<Mention> found_;
};

}  // namespace

void bind_first_person(const Document& document, const std::vector<Statement>& statements, Entities& entities) {
  FirstPerson first_person(document, entities);
  std::vector<bool> done(document.size(), false);
  // The innermost statement speaks: nested ones are asked before those around them.
  std::vector<const Statement*> order;
  for (const Statement& statement : statements) order.push_back(&statement);
  std::stable_sort(order.begin(), order.end(), [](const Statement* a, const Statement* b) {
    return (a->within != no_statement) > (b->within != no_statement);
  });
  for (const Statement* statement : order) {
    // an answer in an interview has no quotation marks: all of it is the speaker's own
    for (const ByteSpan quoted : statement->quoted.empty() && statement->kind == Quotation::direct ? statement->content : statement->quoted) {
      const TokenSpan tokens = document.tokens_in(quoted);
      for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
        if (done[i]) continue;
        done[i] = true;
        first_person.bind(*statement, i);
      }
    }
  }
  first_person.finish();
}

}  // namespace dragoman
