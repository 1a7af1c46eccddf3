// Stories made by hand: readings with what their sentences tell, so that the store is tested without an engine.
#pragma once

#include <string>
#include <vector>

#include "dragoman/dragoman.h"

namespace dragoman {

/// A reading whose text grows a sentence at a time. States are named by their ISO codes, which are their names, too.
class StoryByHand {
 public:
  StoryByHand(std::string id, std::string published, std::string outlet = "Atlantic Post");

  /// "PRT builds a power line." `said_by`: a person of that state says so; "" the outlet does.
  StoryByHand& commitment(std::string stage, std::vector<std::string> undertakers, std::vector<std::string> counterparties, std::string action,
                    std::string object, std::string sector = "energy", std::string said_by = "", std::string deadline = "");
  StoryByHand& position(std::vector<std::string> holders, std::string issue, std::string polarity, std::string said_by = "",
                  std::vector<std::string> target = {});
  StoryByHand& event(std::string type, std::string mode, std::vector<std::string> actors, std::vector<std::string> recipients,
               std::string actuality = "happened", double goldstein = 2.5, std::string said_by = "");
  /// A sentence that speaks of some body; found again as a mention of it.
  StoryByHand& session(const std::string& before, const std::string& body, const std::string& ref);
  StoryByHand& words(const std::string& sentence);

  [[nodiscard]] Reading reading() const;

 private:
  ByteSpan sentence(const std::string& words);
  EntityId entity(const std::string& ref, EntityKind kind, const std::string& name, const std::string& state);
  std::vector<EntityId> states(const std::vector<std::string>& codes);
  Voice voice(const std::string& said_by, ByteSpan span);

  DocumentInfo info_;
  std::string text_;
  Entities entities_;
  std::vector<Statement> statements_;
  std::vector<Event> events_;
  std::vector<Commitment> commitments_;
  std::vector<Position> positions_;
};

}  // namespace dragoman
