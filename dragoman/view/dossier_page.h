// The dossier for people: a page in sections.
#pragma once

#include "dragoman/store/dossier.h"
#include "dragoman/view/page.h"
#include "dragoman/view/relationship_json.h"

namespace dragoman {

[[nodiscard]] Page dossier_page(const Dossier& dossier);

/// The same as one JSON object, with the sources of every line.
void append_dossier_json(const Dossier& dossier, std::string& out, SourceFields fields = SourceFields::portable);

}  // namespace dragoman
