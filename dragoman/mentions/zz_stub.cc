#include "dragoman/mentions/entities.h"
namespace dragoman {
std::vector<EntityId> Entities::of_phrase(const Document&, TokenIndex) const { return {}; }
const Mention* Entities::headed_by(TokenIndex) const { return nullptr; }
}
