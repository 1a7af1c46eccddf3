// dragoman: the whole engine in one call.
//
//   text -> Document -> Entities, times -> statements -> events, commitments, positions = a Reading
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "dragoman/base/deadline.h"
#include "dragoman/base/result.h"
#include "dragoman/document/document.h"
#include "dragoman/mentions/entities.h"
#include "dragoman/mentions/times.h"
#include "dragoman/relations/commitments.h"
#include "dragoman/relations/events.h"
#include "dragoman/relations/positions.h"
#include "dragoman/relations/statements.h"

namespace dragoman {

/// What one story says. Ids are indices into these vectors.
struct Reading {
  Document document;
  Entities entities;
  std::vector<TimeMention> times;
  std::vector<Statement> statements;
  std::vector<Event> events;
  std::vector<Commitment> commitments;
  std::vector<Position> positions;
  bool cut_short = false;  ///< the deadline came before the end: there are no findings, and tokens of the beginning at most
};

/// What makes readings; the store keeps it, so that a later version knows what to read again.
struct EngineIdentity {
  std::string version;    ///< of dragoman
  std::string model;      ///< sha256 of what the model was packed from; "" without a model
  std::string knowledge;  ///< sha256 of the compiled knowledge, and of the overlays if there are any
};

struct EngineOptions {
  std::filesystem::path model;                   ///< "" = found as `locate_resource` says
  std::filesystem::path knowledge;               ///< likewise
  std::vector<std::filesystem::path> overlays;   ///< folders of knowledge tables that win over the built-in ones
  bool annotate = true;                          ///< false: documents come parsed, no model is opened
};

/// Everything that reading needs, loaded once. Const use from many threads is safe; each thread brings its own Scratch.
class Engine {
 public:
  /// Work space of one thread: caches and buffers, bounded, reused from story to story.
  class Scratch {
   public:
    Scratch();
    Scratch(Scratch&&) noexcept;
    ~Scratch();

   private:
    friend class Engine;
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  [[nodiscard]] static Result<Engine> open(const EngineOptions& options);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Reads one story. Never fails: any bytes give a reading, perhaps an empty one; oddities are among its document's warnings. Spans count
  /// bytes of the document's text: what was given, but for bytes that are no UTF-8, in whose place it has U+FFFD.
  /// The deadline is looked at between some thousand words, and between the layers.
  [[nodiscard]] Reading read(std::string text, DocumentInfo info, Scratch& scratch, const Deadline& deadline = {}) const;
  /// Reads a story that was annotated before.
  [[nodiscard]] Reading read(Document document, const Deadline& deadline = {}) const;

  /// Reads the knowledge files through once more: some 0.1 s.
  [[nodiscard]] Result<EngineIdentity> identity() const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace dragoman
