#include "dragoman/store/sources.h"

#include <algorithm>
#include <cctype>

#include "dragoman/store/items.h"

namespace dragoman {

Sources::Sources(Database& database)
    : document_(database.prepare("SELECT id,title,outlet,url,published,substr(CAST(text AS BLOB),?2+1,?3-?2) FROM documents WHERE doc=?1")),
      speakers_(database.prepare("SELECT ref,coalesce(entities.name,actors.name),office,actors.kind,state FROM statements, json_each(speakers) "
                                 "JOIN entities ON entities.doc=?1 AND entity=value JOIN actors USING (actor) WHERE statement=?2 ORDER BY entity")) {}

Source Sources::of(std::int64_t doc, std::string finding, std::int64_t voice, ByteSpan sentence) {
  Source source;
  source.doc = doc;
  source.finding = std::move(finding);
  source.span = sentence;
  document_.bind(1, doc).bind(2, std::int64_t{sentence.begin}).bind(3, std::int64_t{sentence.end});
  if (document_.step()) {
    source.document = document_.text(0);
    source.title = document_.text(1);
    source.outlet = document_.text(2);
    source.url = document_.text(3);
    source.date = document_.text(4).substr(0, 10);
    source.quote = document_.text(5);
  }
  document_.run();
  if (voice == 0) return source;
  source.voice = "s" + std::to_string(voice);
  speakers_.bind(1, doc).bind(2, item_of(doc, voice));
  while (speakers_.step()) {
    source.said_by.emplace_back(speakers_.text(0));
    std::string name(speakers_.text(1));
    if (!speakers_.is_null(2)) name += ", " + std::string(speakers_.text(2));
    source.speakers.push_back(std::move(name));
  }
  return source;
}

std::vector<std::string> Sources::parties_of_voice(std::int64_t doc, std::int64_t voice) {
  std::vector<std::string> parties;
  speakers_.bind(1, doc).bind(2, item_of(doc, voice));
  while (speakers_.step()) parties.push_back(party_of(speakers_.text(0), speakers_.text(3), speakers_.text(4)));
  return parties;
}

Tellers::Tellers(Database& database) : query_(database.prepare("SELECT sha256,outlet FROM documents WHERE doc=?")) {}

const Tellers::Teller& Tellers::of(std::int64_t doc) {
  const auto [found, fresh] = known_.try_emplace(doc);
  if (!fresh) return found->second;
  if (query_.bind(1, doc).step()) found->second = {std::string(query_.text(0)), std::string(query_.text(1))};
  query_.run();
  return found->second;
}

bool Tellers::is_from(std::int64_t doc, std::string_view outlet) {
  const std::string& own = of(doc).outlet;
  return std::equal(own.begin(), own.end(), outlet.begin(), outlet.end(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string party_of(std::string_view ref, std::string_view kind, std::string_view state) {
  if (kind == "state") return std::string(ref);
  if (!state.empty() && kind != "place") return std::string(state);
  for (const std::string_view body : {"intergovernmental_body", "armed_group", "people", "organisation", "party", "company"})
    if (kind == body) return std::string(ref);
  return {};
}

}  // namespace dragoman
