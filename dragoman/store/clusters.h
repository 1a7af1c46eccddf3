// Clusters: which documents tell the same story (documents.cluster).
//
// Two documents are of one story if `same_story` says so of their texts and they were published within ten days of each other (or one
// has no date, or all words are the same). A cluster is what such pairs join. So it depends on the documents alone, not on the order
// in which they came. A person can take a document out of its cluster or put two clusters together; that is kept in cluster_edits and
// goes before what the texts say.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/document/fingerprint.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

using DocumentKey = std::int64_t;  ///< documents.doc

struct NewDocument {
  DocumentKey doc;
  Fingerprint fingerprint;
  std::string published;
};

/// Puts new documents into their clusters, within the caller's transaction.
class ClusterIndex {
 public:
  explicit ClusterIndex(Database& database);
  ~ClusterIndex();
  ClusterIndex(ClusterIndex&&) noexcept;

  /// Joins documents that were just added (their rows are there, cluster = doc) with those that tell the same story, and with each other.
  /// All that were joined with another, new and old, some more than once. Failures come out of `Database::check`.
  std::vector<DocumentKey> place(std::vector<NewDocument> documents);
  /// Settles the clusters of all documents in the clusters of `docs` anew, from the texts and the edits.
  void settle(const std::vector<DocumentKey>& docs);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The edits, each in its own transaction, recorded and carried out. `not_found` where a document is not there.
[[nodiscard]] Result<void> split_cluster(Database& database, DocumentKey doc);
[[nodiscard]] Result<void> merge_clusters(Database& database, DocumentKey doc, DocumentKey other);
/// Takes an edit back.
[[nodiscard]] Result<void> undo_cluster_edit(Database& database, std::int64_t edit);

}  // namespace dragoman
