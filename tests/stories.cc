#include "tests/stories.h"

#include <algorithm>

namespace dragoman {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? std::string() : std::string(" and ")) + word;
  return text;
}

}  // namespace

StoryByHand::StoryByHand(std::string id, std::string published, std::string outlet) {
  info_.id = std::move(id);
  info_.published = std::move(published);
  info_.outlet = std::move(outlet);
  info_.title = "Story " + info_.id;
}

ByteSpan StoryByHand::sentence(const std::string& words) {
  if (!text_.empty()) text_ += ' ';
  const auto begin = static_cast<std::uint32_t>(text_.size());
  text_ += words + '.';
  return {begin, static_cast<std::uint32_t>(text_.size())};
}

EntityId StoryByHand::entity(const std::string& ref, EntityKind kind, const std::string& name, const std::string& state) {
  for (EntityId id = 0; id < entities_.entities.size(); ++id)
    if (entities_.entities[id].ref == ref) return id;
  Entity made;
  made.kind = kind;
  made.ref = ref;
  made.name = name;
  made.state = state;
  made.sector = "GOV";
  entities_.entities.push_back(made);
  return static_cast<EntityId>(entities_.entities.size() - 1);
}

std::vector<EntityId> StoryByHand::states(const std::vector<std::string>& codes) {
  std::vector<EntityId> ids;
  for (const std::string& code : codes) {
    const bool state = code.find(':') == std::string::npos;
    ids.push_back(entity(code, state ? EntityKind::state : EntityKind::intergovernmental_body, code, state ? code : ""));
    const std::size_t at = text_.rfind(code);
    if (at == std::string::npos) continue;
    Mention mention;
    mention.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + code.size())};
    mention.entities = {ids.back()};
    entities_.mentions.push_back(mention);
  }
  return ids;
}

Voice StoryByHand::voice(const std::string& said_by, ByteSpan span) {
  if (said_by.empty()) return {};
  Statement statement;
  const EntityId speaker = entity("local:minister-of-" + said_by, EntityKind::person, "Minister of " + said_by, said_by);
  entities_.entities[speaker].office = "minister";
  statement.speakers = {speaker};
  statement.content = {span};
  statements_.push_back(statement);
  return {static_cast<StatementId>(statements_.size() - 1)};
}

StoryByHand& StoryByHand::commitment(std::string stage, std::vector<std::string> undertakers, std::vector<std::string> counterparties, std::string action,
                         std::string object, std::string sector, std::string said_by, std::string deadline) {
  Commitment it;
  it.evidence.sentence = sentence(joined(undertakers) + ": " + action + " " + object + ", " + stage);
  it.evidence.spans = {it.evidence.sentence};
  it.title = action + " " + object;
  it.action = std::move(action);
  it.object = std::move(object);
  it.sector = sector_of(sector).value();
  it.stage = stage_of(stage).value();
  it.undertakers = states(undertakers);
  it.counterparties = states(counterparties);
  it.voice = voice(said_by, it.evidence.sentence);
  if (!deadline.empty()) it.deadline = TimeRange{.from = deadline, .to = deadline, .precision = TimePrecision::day, .span = {}};
  commitments_.push_back(std::move(it));
  return *this;
}

StoryByHand& StoryByHand::position(std::vector<std::string> holders, std::string issue, std::string polarity, std::string said_by, std::vector<std::string> target) {
  Position it;
  it.evidence.sentence = sentence(joined(holders) + " is " + polarity + " " + issue);
  it.holders = states(holders);
  it.issue = std::move(issue);
  it.polarity = polarity_of(polarity).value();
  it.act = it.polarity == Polarity::against ? StanceAct::reject : StanceAct::endorse;
  it.target = states(target);
  it.voice = voice(said_by, it.evidence.sentence);
  positions_.push_back(std::move(it));
  return *this;
}

StoryByHand& StoryByHand::event(std::string type, std::string mode, std::vector<std::string> actors, std::vector<std::string> recipients, std::string actuality,
                    double goldstein, std::string said_by) {
  Event it;
  it.evidence.sentence = sentence(joined(actors) + " " + type + " " + joined(recipients));
  it.type = event_type_of(type).value();
  it.mode = std::move(mode);
  it.actuality = actuality_of(actuality).value();
  it.goldstein = goldstein;
  it.actors = states(actors);
  it.recipients = states(recipients);
  it.voice = voice(said_by, it.evidence.sentence);
  events_.push_back(std::move(it));
  return *this;
}

StoryByHand& StoryByHand::session(const std::string& before, const std::string& body, const std::string& ref) {
  const ByteSpan span = sentence(before + " " + body);
  Mention mention;
  mention.span = {span.end - 1 - static_cast<std::uint32_t>(body.size()), span.end - 1};
  mention.entities = {entity(ref, EntityKind::intergovernmental_body, body, "")};
  entities_.mentions.push_back(mention);
  return *this;
}

StoryByHand& StoryByHand::words(const std::string& words) {
  (void)sentence(words);
  return *this;
}

Reading StoryByHand::reading() const {
  Reading reading;
  reading.document = DocumentBuilder(text_, info_).finish();
  reading.entities = entities_;
  reading.statements = statements_;
  reading.events = events_;
  reading.commitments = commitments_;
  reading.positions = positions_;
  return reading;
}

}  // namespace dragoman
