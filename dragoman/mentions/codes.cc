// Actor codes: where a CAMEO dictionary was imported, every actor gets its code: the one that the dictionary has for it on that day,
// or its state's with that of the word for its role: "Gondor's border police" is GON with ~COP. Who has no name and a role that the dictionary
// lacks ("Gondor's bakers") has its state's code, as PETRARCH gives it.
#include <algorithm>

#include "dragoman/mentions/finder.h"

namespace dragoman {
namespace {

// "~GOV" about "ARN" is ARNGOV, "NGO~" NGOARN; what the owner's code says already is not said again: "~GOVMED" about "HGWMED" is HGWMEDGOV.
std::string composed(std::string_view agent, std::string_view owner) {
  constexpr std::size_t letters = 3;
  const std::size_t at = agent.find('~');
  std::string code = std::string(agent.substr(0, at)) + std::string(owner);
  for (std::size_t i = at + 1; i < agent.size(); i += letters) {
    const std::string_view part = agent.substr(i, letters);
    bool said = false;
    for (std::size_t j = 0; j + letters <= owner.size(); j += letters) said |= owner.substr(j, letters) == part;
    if (!said) code += part;
  }
  return code;
}

// Three letters, as states have them: says nothing of a role.
bool is_bare(std::string_view code) { return code.size() == 3; }

// Whom a role without a noun of our own is taken for, by the first role in its code.
NounKind kind_of_role(std::string_view sector) {
  for (const std::string_view armed : {"MIL", "REB", "COP", "UAF", "INS", "SEP"})
    if (sector == armed) return NounKind::armed;
  for (const std::string_view body : {"NGO", "MED", "BUS", "MNC", "LEG", "JUD", "PTY", "OPP"})
    if (sector == body) return NounKind::group;
  return NounKind::person;
}

}  // namespace

// Words for roles that only the dictionary has: "manpower expert". What ends in a noun or office that dragoman knows is left to it.
void Finder::find_agents() {
  for (std::uint32_t i = 0; i < words_.size();) {
    AgentWord agent;
    const std::uint32_t count = knowledge_.longest_agent(words_from(i), agent);
    if (!count) {
      ++i;
      continue;
    }
    const TokenSpan tokens = tokens_of(i, count);
    const TokenIndex head = tokens.end - 1;
    const std::uint32_t word = i;
    i += count;
    if (title_at_[head] != none || noun_at_[head] != none) continue;
    if (at(head).pos != Pos::noun && at(head).pos != Pos::propn) continue;
    Noun noun;
    for (const char letter : agent.code)
      if (letter != '~' && noun.sector.size() < 3) noun.sector += letter;
    noun.kind = kind_of_role(noun.sector);
    noun.plural = agent.plural || at(head).tag == Tag::nns || at(head).tag == Tag::nnps;
    noun.singular = agent.word;
    agent_nouns_.push_back(std::move(noun));
    noun_at_[head] = static_cast<std::uint32_t>(nouns_.size());
    nouns_.push_back({tokens, head, word, count, &agent_nouns_.back()});
  }
}

std::string Finder::agent_code(TokenSpan tokens, TokenIndex head) const {
  const std::span<const Word> words = words_of(tokens);
  std::string code;
  std::uint32_t longest = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    AgentWord agent;
    const std::uint32_t count = knowledge_.longest_agent(words.subspan(i), agent);
    if (count <= longest) continue;
    if (words[i].span.begin > at(head).span.begin || words[i + count - 1].span.end < at(head).span.end) continue;
    longest = count;
    code = agent.code;
  }
  return code;
}

void Finder::assign_codes() {
  // What the words say of each: the role beside a person's name, or in what an unnamed one is called; the name it goes by.
  std::vector<std::string> agents(result_.entities.size()), names(result_.entities.size());
  for (const Title& title : titles_) {
    if (title.person == no_entity || !agents[title.person].empty()) continue;
    agents[title.person] = agent_code(title.tokens, title.head);
  }
  for (const Mention& mention : result_.mentions) {
    // "lawmakers in Togo and Ghana": each group by the word for both
    if (mention.form == MentionForm::nominal && mention.entities.size() > 1)
      for (const EntityId id : mention.entities)
        if (profiles_[id].nominal && agents[id].empty()) agents[id] = agent_code(mention.tokens, mention.head);
    if (mention.entities.size() != 1) continue;
    const EntityId id = mention.entities[0];
    const bool named = mention.form == MentionForm::name || mention.form == MentionForm::metonym;
    if (named && names[id].empty()) names[id] = document_.text(mention.span);
    // "Prime Minister Romendacil", whom the dictionary has and nothing else tells for a person
    if (named && !is_state(id) && agents[id].empty() && mention.tokens.begin > 0) {
      const TokenIndex before = mention.tokens.begin - 1;
      if (title_at_[before] != none) {
        const Title& title = titles_[title_at_[before]];
        agents[id] = agent_code(title.tokens, before);
        Entity& entity = result_.entities[id];
        if (entity.kind == EntityKind::organisation && !title.is_body && !title.plural) {
          entity.kind = EntityKind::person;
          if (entity.sector.empty()) entity.sector = sector_of(class_of(title, entity.state));
          if (entity.office.empty()) entity.office = fold(document_.text(document_.bytes(title.tokens)));
        }
      }
    }
    if (mention.form == MentionForm::pronoun || is_state(id) || !agents[id].empty()) continue;
    agents[id] = agent_code(mention.tokens, mention.head);
  }
  for (EntityId id = 0; id < result_.entities.size(); ++id) {
    Entity& entity = result_.entities[id];
    KnownId known = profiles_[id].known;
    std::optional<Knowledge::ActorCode> own;
    if (known != not_known) own = knowledge_.code_of(known, day_, names[id]);
    if (entity.kind == EntityKind::state) {
      entity.code = own ? std::string(own->code) : entity.ref;
      continue;
    }
    if (own) {
      const bool has_role = !is_bare(own->code) || agents[id].empty();
      entity.code = has_role ? std::string(own->code) : composed(agents[id], own->code);
      continue;
    }
    std::string owner = entity.state;
    if (const KnownId state = knowledge_.find(owner); state != not_known)
      if (const auto code = knowledge_.code_of(state, day_)) owner = code->code;
    if (owner.empty() && !profiles_[id].organisation.empty())
      if (const KnownId of = knowledge_.find(profiles_[id].organisation); of != not_known)
        if (const auto code = knowledge_.code_of(of, day_)) owner = code->code;
    if (!agents[id].empty())
      entity.code = composed(agents[id], owner);
    else if (!owner.empty())
      entity.code = profiles_[id].nominal || entity.kind == EntityKind::people ? owner : owner + entity.sector;  // a role that the dictionary lacks adds nothing
  }
}

}  // namespace dragoman
