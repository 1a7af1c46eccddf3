#include "dragoman/dragoman.h"

#include <algorithm>
#include <fstream>

#include "dragoman/base/locate.h"
#include "dragoman/base/sha256.h"
#include "dragoman/base/utf8.h"
#include "dragoman/document/headline.h"
#include "dragoman/document/surface.h"
#include "dragoman/language/annotator.h"
#include "dragoman/knowledge/knowledge.h"
#include "dragoman/relations/cue_lexicon.h"
#include "dragoman/relations/event_implied.h"
#include "dragoman/relations/event_lexicon.h"
#include "dragoman/relations/commitment_lexicon.h"
#include "dragoman/relations/position_lexicon.h"

namespace dragoman {

struct Engine::Impl {
  std::filesystem::path knowledge_file;
  std::vector<std::filesystem::path> overlays;
  std::optional<Annotator> annotator;
  std::optional<Knowledge> knowledge;
  std::optional<CueLexicon> cues;
  std::optional<EventLexicon> events;
  std::optional<CommitmentLexicon> commitments;
  std::optional<PositionLexicon> positions;

  void read_layers(Reading& reading, const Deadline& deadline) const;
};

struct Engine::Scratch::Impl {
  AnnotatorScratch annotator;
};

Engine::Scratch::Scratch() : impl_(std::make_unique<Impl>()) {}
Engine::Scratch::Scratch(Scratch&&) noexcept = default;
Engine::Scratch::~Scratch() = default;

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

namespace {

/// Puts the value of `result` into `place`; the error otherwise.
template <class T>
Result<void> take(Result<T> result, std::optional<T>& place) {
  if (!result) return tl::unexpected(std::move(result.error()));
  place.emplace(std::move(*result));
  return {};
}

}  // namespace

Result<Engine> Engine::open(const EngineOptions& options) {
  auto impl = std::make_unique<Impl>();
  Result<void> opened;
  if (options.annotate) {
    const auto path = locate_resource("dragoman.model", options.model, "--model", "DRAGOMAN_MODEL");
    if (!path) return tl::unexpected(path.error());
    if (opened = take(Annotator::open(*path), impl->annotator); !opened) return tl::unexpected(opened.error());
  }
  const auto path = locate_resource("dragoman.knowledge", options.knowledge, "--knowledge-file", "DRAGOMAN_KNOWLEDGE");
  if (!path) return tl::unexpected(path.error());
  if (opened = take(Knowledge::open(*path, options.overlays), impl->knowledge); !opened) return tl::unexpected(opened.error());
  impl->knowledge_file = *path;
  impl->overlays = options.overlays;
  if (opened = take(CueLexicon::load(), impl->cues); !opened) return tl::unexpected(opened.error());
  if (opened = take(EventLexicon::load(), impl->events); !opened) return tl::unexpected(opened.error());
  if (opened = take(CommitmentLexicon::load(), impl->commitments); !opened) return tl::unexpected(opened.error());
  if (opened = take(PositionLexicon::load(), impl->positions); !opened) return tl::unexpected(opened.error());
  return Engine(std::move(impl));
}

namespace {

/// Adds a file's bytes to a digest; false if it can't be read.
bool add_file(const std::filesystem::path& path, Sha256& digest) {
  std::ifstream file(path, std::ios::binary);
  std::string buffer(1u << 18, '\0');
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), file.gcount() > 0)
    digest.add(std::string_view(buffer).substr(0, static_cast<std::size_t>(file.gcount())));
  return file.eof();
}

}  // namespace

Result<EngineIdentity> Engine::identity() const {
  EngineIdentity identity{.version = DRAGOMAN_VERSION, .model = {}, .knowledge = {}};
  if (impl_->annotator) identity.model = impl_->annotator->model_sha256();
  std::vector<std::filesystem::path> files{impl_->knowledge_file};
  for (const std::filesystem::path& overlay : impl_->overlays) {
    const std::size_t first = files.size();
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(overlay, error), end; !error && at != end; at.increment(error))
      if (at->is_regular_file()) files.push_back(at->path());
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
  }
  Sha256 digest;
  for (const std::filesystem::path& file : files)
    if (!add_file(file, digest)) return fail(ErrorCode::unreadable, file.string(), ": can't be read any more; was it moved while dragoman ran?");
  identity.knowledge = digest.hex();
  return identity;
}

Reading Engine::read(std::string text, DocumentInfo info, Scratch& scratch, const Deadline& deadline) const {
  SoundUtf8 sound = sound_utf8(std::move(text));
  text = std::move(sound.text);
  Surface surface = surface_paragraphs(text);
  if (sound.broken)
    surface.warnings.push_back("broken UTF-8 in " + std::to_string(sound.broken) + " place(s), the first at byte " +
                               std::to_string(sound.first_broken) + ": read as U+FFFD");
  derive_headline(surface, info);
  DocumentBuilder builder(std::move(text), std::move(info));
  for (std::string& warning : surface.warnings) builder.warn(std::move(warning));
  impl_->annotator->annotate(surface, {.deadline = deadline}, scratch.impl_->annotator, builder);
  return read(builder.finish(), deadline);
}

/// Each from those before it; not to the end if the deadline comes before.
void Engine::Impl::read_layers(Reading& reading, const Deadline& deadline) const {
  const Document& read = reading.document;
  reading.times = find_times(read);
  if (deadline.is_over()) return;
  reading.entities = find_entities(read, *knowledge);
  if (deadline.is_over()) return;
  reading.statements = find_statements(read, reading.entities, reading.times, *cues);
  bind_first_person(read, reading.statements, reading.entities);
  if (deadline.is_over()) return;
  reading.events = find_events(read, reading.entities, reading.times, reading.statements, *events);
  if (deadline.is_over()) return;
  reading.commitments = find_commitments(read, reading.entities, reading.times, reading.statements, *commitments);
  if (deadline.is_over()) return;
  reading.positions = find_positions(read, reading.entities, reading.statements, *positions);
  if (deadline.is_over()) return;
  add_implied_events(read, reading.entities, reading.times, reading.statements, reading.commitments, reading.positions, *events, reading.events);
}

Reading Engine::read(Document document, const Deadline& deadline) const {
  Reading reading;
  reading.document = std::move(document);
  impl_->read_layers(reading, deadline);
  if (!deadline.is_over()) return reading;
  Reading nothing;
  nothing.document = std::move(reading.document);
  nothing.cut_short = true;
  return nothing;
}

}  // namespace dragoman
