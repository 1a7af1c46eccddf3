#include "dragoman/store/stored_documents.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "dragoman/store/findings.h"
#include "dragoman/store/mentions.h"

namespace dragoman {
namespace {

class DocumentReader {
 public:
  explicit DocumentReader(Database& database)
      : readings_(database),
        provenance_(database.prepare("SELECT bytes,version,offsets,sentences FROM documents LEFT JOIN engines USING (engine) WHERE doc=?")),
        corrections_(database.prepare("SELECT layer,begin FROM corrections WHERE doc=? AND verdict='reject'")) {}

  StoredDocument read(std::int64_t doc) {
    StoredDocument stored;
    if (auto reading = readings_.load(doc)) static_cast<StoredReading&>(stored) = std::move(*reading);
    if (provenance_.bind(1, doc).step()) {
      stored.bytes = provenance_.integer(0);
      stored.version = provenance_.text(1);
      stored.sentences = unpack_sentences(provenance_.text(3));
      if (auto offsets = SourceMap::unpack(provenance_.text(2))) stored.offsets = std::move(*offsets);
    }
    provenance_.run();
    corrections_.bind(1, doc);
    while (corrections_.step()) reject(stored, corrections_.text(0), static_cast<std::uint32_t>(corrections_.integer(1)));
    return stored;
  }

 private:
  /// A correction holds for the findings that begin there.
  static void reject(StoredDocument& stored, std::string_view layer, std::uint32_t begin) {
    const auto mark = [&](const auto& items, auto begin_of) {
      for (std::size_t i = 0; i < items.size(); ++i)
        if (begin_of(items[i]) == begin) stored.rejected.insert(std::string(layer) + std::to_string(i + 1));
    };
    const auto evidence = [](const auto& item) { return item.evidence.trigger.value_or(item.evidence.sentence).begin; };
    if (layer == "s") mark(stored.reading.statements, [](const Statement& it) { return it.content.empty() ? 0 : it.content.front().begin; });
    if (layer == "v") mark(stored.reading.events, evidence);
    if (layer == "c") mark(stored.reading.commitments, evidence);
    if (layer == "p") mark(stored.reading.positions, evidence);
  }

  ReadingLoader readings_;
  Query provenance_, corrections_;
};

/// Where a telling stands among the others: day, longest first, sha256.
using Place = std::tuple<std::string, std::int64_t, std::string>;
using Tellings = std::vector<std::pair<Place, std::int64_t>>;

std::vector<Tellings> stories_of(Database& database, const Selection& selection) {
  const bool all = selection.between.empty() && selection.of.empty() && selection.outlet.empty() && selection.since == 0 && selection.until == 0;
  std::set<std::int64_t> wanted;  // clusters
  if (!all) {
    Query cluster = database.prepare("SELECT cluster FROM documents WHERE doc=?");
    walk_items(database, selection, 'd', "", [&](std::int64_t doc) {
      if (cluster.bind(1, doc).step()) wanted.insert(cluster.integer(0));
      cluster.run();
      return true;
    });
  }
  std::map<std::int64_t, Tellings> by_cluster;
  Query documents = database.prepare("SELECT doc,cluster,coalesce(substr(published,1,10),'9'),bytes,sha256 FROM documents");
  while (documents.step())
    if (all || wanted.contains(documents.integer(1)))
      by_cluster[documents.integer(1)].emplace_back(Place(documents.text(2), -documents.integer(3), documents.text(4)), documents.integer(0));
  std::vector<Tellings> stories;
  for (auto& [cluster, tellings] : by_cluster) {
    std::sort(tellings.begin(), tellings.end());
    stories.push_back(std::move(tellings));
  }
  std::sort(stories.begin(), stories.end(), [](const Tellings& a, const Tellings& b) {
    const auto order = [](const Tellings& story) { return std::tie(std::get<0>(story[0].first), std::get<2>(story[0].first)); };
    return order(a) < order(b);
  });
  return stories;
}

}  // namespace

void walk_stories(Database& database, const Selection& selection, const std::function<bool(const std::vector<StoredDocument>&)>& take) {
  DocumentReader reader(database);
  for (const Tellings& story : stories_of(database, selection)) {
    std::vector<StoredDocument> tellings;
    for (const auto& [place, doc] : story) tellings.push_back(reader.read(doc));
    if (!take(tellings)) return;
  }
}

}  // namespace dragoman
