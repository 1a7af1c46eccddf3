// Store: many readings at rest in one SQLite file that any tool can open (docs/formats/store.md).
//
//   Reading  ->  Store::add()  ->  rows;  rows  ->  queries (ledger.h, matrix.h, dossier.h, ...)
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "dragoman/dragoman.h"
#include "dragoman/store/clusters.h"
#include "dragoman/store/derived.h"
#include "dragoman/store/sqlite.h"
#include "dragoman/store/word_numbers.h"

namespace dragoman {

/// What a store keeps of a document beside its text.
struct Prepared {
  Fingerprint fingerprint;
  std::string sentences;  ///< packed (mentions.h)
};
/// To be called on the thread that reads: works that out, and lets go of the document's annotation, of which no more is needed to add its
/// reading, so that a document that waits for the writer takes little memory.
[[nodiscard]] Prepared prepare(Document& document);

/// Where a document came from, beside what its Document knows.
struct Provenance {
  std::string sha256;       ///< of the bytes as they came; the identity of the document
  std::string source;       ///< "stories/a.txt", "rows.jsonl:12", "day.warc.gz!3"
  std::string media_type = "text/plain";
  std::size_t bytes = 0;    ///< of the original
  std::string offsets;      ///< packed SourceMap from text to original; "" where they are the same
  std::optional<Prepared> prepared = {};  ///< where that is done already
};

/// So many documents are settled at once: enough that each page of the tables is written for many of them.
inline constexpr std::size_t unsettled_documents = 4096;

/// A store that is open. One writer at a time, from opening to closing; any number of readers beside it (WAL).
class Store {
 public:
  /// Opens for adding; makes the file if there is none, migrates it if it is older. `busy` where another process has it open so.
  [[nodiscard]] static Result<Store> open_for_writing(const std::filesystem::path& path, const EngineIdentity& engine);
  /// Opens a store that is there for corrections, not for adding. One writer here too.
  [[nodiscard]] static Result<Store> open_for_editing(const std::filesystem::path& path);
  [[nodiscard]] static Result<Store> open_for_reading(const std::filesystem::path& path);
  /// An empty one that is gone when it is closed.
  [[nodiscard]] static Result<Store> open_in_memory();

  /// The document with those original bytes, if it is here.
  [[nodiscard]] std::optional<DocumentKey> find(std::string_view sha256);
  /// How many of the documents that came after this one tell a story that was there; as far as they are settled.
  [[nodiscard]] std::int64_t retellings_after(DocumentKey doc);
  [[nodiscard]] DocumentKey last_document();
  /// Adds a reading and its document, or nothing if the document is here already. Lost by a crash unless committed.
  DocumentKey add(const Reading& reading, const Provenance& provenance);
  /// Keeps a document that was not read, with the reason ("language: de").
  DocumentKey add_unread(const Document& document, const Provenance& provenance, std::string_view reason);
  /// Puts a new reading of a document in the place of the old one, as read by this engine. Reviews stay in force (but for merges, see
  /// `reapply_merges`).
  void replace(DocumentKey doc, const Reading& reading);
  /// Makes everything added so far safe on disk. The first failure since the last commit comes out here; then nothing that was added
  /// since then is kept.
  [[nodiscard]] Result<void> commit();
  /// Commits, and brings what was added into clusters, ledger, matrix, search and the rest (`Derived`), committed likewise. Until then queries
  /// don't know of it. What a broken run left is made up for when the store is opened.
  [[nodiscard]] Result<void> settle();
  /// How many documents wait for that, of those that this one added.
  [[nodiscard]] std::size_t unsettled() const { return pending_.size(); }

  /// The tables that queries go through. Only in a store that is open for writing or editing; whoever changes them calls `finish`.
  [[nodiscard]] Derived& derived() { return *derived_; }
  [[nodiscard]] std::int64_t engine() const { return engine_; }  ///< engines.engine of this one
  [[nodiscard]] Database& database() { return database_; }

  Store(Store&&) noexcept;
  ~Store();

 private:
  class WriterLock;
  explicit Store(Database database);
  DocumentKey add_document(const Document& document, const Provenance& provenance, std::string_view state, std::string_view reason,
                           std::string_view mentions);
  /// The actors of its entities, as the store has them.
  std::vector<StoryActor> add_findings(DocumentKey doc, const Reading& reading);
  void begin();
  /// What of the documents waits, or was left by a broken run, is settled, within the transaction.
  void settle_pending();
  [[nodiscard]] Result<void> catch_up();

  struct Inserts;
  std::unique_ptr<WriterLock> lock_;  ///< before the database: it is let go after that was closed
  Database database_;
  std::unique_ptr<Inserts> inserts_;
  WordNumbers words_;
  std::unique_ptr<ClusterIndex> clusters_;
  std::unique_ptr<Derived> derived_;
  struct KnownActor {
    std::int64_t actor;
    StoryActor story;  ///< under the name that all stories know
  };
  const KnownActor& actor_of(const Entity& entity);
  struct Pending {
    NewDocument document;
    std::optional<Facts> facts;  ///< none of what was not read
  };
  std::vector<Pending> pending_;
  std::unordered_map<std::string, KnownActor> actors_;  ///< by ref, those met since opening
  std::int64_t engine_ = 0;
  DocumentKey last_document_ = -1;  ///< -1: to be looked up
  bool in_transaction_ = false;
};

}  // namespace dragoman
