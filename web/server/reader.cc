#include "web/server/reader.h"

#include <chrono>
#include <optional>
#include <thread>

#include "dragoman/base/locate.h"
#include "dragoman/base/sha256.h"
#include "dragoman/ingest/story.h"

namespace dragoman::web {
namespace {

constexpr int at_a_time = 2;
constexpr auto longest_reading = std::chrono::seconds(20);  // for whoever waits
constexpr double engine_seconds = 19;                      // the engine gives up before that, at the next place where it looks
constexpr auto longest_wait = std::chrono::seconds(5);

tl::unexpected<Error> takes_too_long() {
  return fail(ErrorCode::over_limit, "reading the story takes longer than ", longest_reading.count(), " seconds; read it with `dragoman read`");
}

}  // namespace

struct Reader::Shared {
  EngineOptions options;
  std::mutex mutex;
  std::condition_variable changed;
  int busy = 0;
  std::optional<Engine> engine;

  /// The engine, loaded by whoever comes first.
  Result<const Engine*> open_engine() {
    const std::lock_guard lock(mutex);
    if (!engine) {
      auto opened = Engine::open(options);
      if (!opened) return tl::unexpected(opened.error());
      engine.emplace(std::move(*opened));
    }
    return &*engine;
  }

  Result<ReadOnTheSpot> read(const RawStory& raw) {
    const auto ready = open_engine();
    if (!ready) return tl::unexpected(ready.error());
    auto story = parse_story(raw, {});
    if (!story) return tl::unexpected(story.error());
    Engine::Scratch scratch;
    ReadOnTheSpot done;
    done.unread = story->unread;
    done.provenance = {.sha256 = sha256_hex(raw.bytes), .source = "dragoman serve", .media_type = story->media_type, .bytes = raw.bytes.size(), .offsets = story->offsets.packed()};
    if (story->unread.empty())
      done.reading = (*ready)->read(std::move(story->text), std::move(story->info), scratch, Deadline::in_seconds(engine_seconds));
    else
      done.reading.document = DocumentBuilder(std::move(story->text), std::move(story->info)).finish();
    if (done.reading.cut_short) return takes_too_long();
    return done;
  }
};

Reader::Reader(EngineOptions options) : shared_(std::make_shared<Shared>()) {
  possible_ = locate_resource("dragoman.model", options.model, "--model", "DRAGOMAN_MODEL") &&
              locate_resource("dragoman.knowledge", options.knowledge, "--knowledge-file", "DRAGOMAN_KNOWLEDGE");
  shared_->options = std::move(options);
}

Reader::~Reader() {
  std::unique_lock lock(shared_->mutex);
  shared_->changed.wait_for(lock, longest_wait, [&] { return shared_->busy == 0; });
}

Result<EngineIdentity> Reader::identity() {
  const auto ready = shared_->open_engine();
  if (!ready) return tl::unexpected(ready.error());
  return (*ready)->identity();
}

Result<ReadOnTheSpot> Reader::read(std::string bytes, bool html, DocumentInfo info) {
  {
    std::unique_lock lock(shared_->mutex);
    if (!shared_->changed.wait_for(lock, longest_wait, [&] { return shared_->busy < at_a_time; }))
      return fail(ErrorCode::busy, "other stories are being read; try again");
    ++shared_->busy;
  }
  // The engine looks at its deadline now and then. Nobody waits for it longer than the limit, however long that takes.
  auto done = std::make_shared<std::optional<Result<ReadOnTheSpot>>>();
  RawStory raw{.where = "the story", .form = html ? StoryForm::html : StoryForm::text, .bytes = std::move(bytes), .charset = "utf-8", .info = std::move(info), .error = std::nullopt};
  std::thread([shared = shared_, done, raw = std::move(raw)] {
    auto result = shared->read(raw);
    const std::lock_guard lock(shared->mutex);
    done->emplace(std::move(result));
    --shared->busy;
    shared->changed.notify_all();
  }).detach();
  std::unique_lock lock(shared_->mutex);
  if (!shared_->changed.wait_for(lock, longest_reading, [&] { return done->has_value(); }))
    return takes_too_long();
  return std::move(**done);
}

}  // namespace dragoman::web
