// dragoman add: stories into a store.
//
//   StoryReader -> (sha256, there already?) -> parse, read, fingerprint, on all threads -> one writer, on a thread of its own, commit by commit
#include <oneapi/tbb/enumerable_thread_specific.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <thread>

#include "cli/arguments.h"
#include "cli/document_limits.h"
#include "cli/handover.h"
#include "cli/progress.h"
#include "cli/stream.h"
#include "dragoman/base/sha256.h"
#include "dragoman/dragoman.h"
#include "dragoman/ingest/story_reader.h"
#include "dragoman/store/store.h"

namespace dragoman::cli {
namespace {

constexpr std::size_t waiting_bytes = 6'000'000;  ///< of text, in readings that wait for the writer; they are some thirty times that in memory
constexpr std::size_t batch_documents = 256;
constexpr auto batch_time = std::chrono::milliseconds(1000);  ///< no document waits longer to be safe, while others come

volatile std::sig_atomic_t interrupted = 0;
extern "C" void on_interrupt(int) { interrupted = 1; }

/// Ends the reading at the first Ctrl-C (or SIGTERM), so that what was read is kept; a second one ends the program.
class InterruptHandler {
 public:
  InterruptHandler() {
    interrupted = 0;
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    sigaction(SIGINT, &action, &before_int_);
    sigaction(SIGTERM, &action, &before_term_);
  }
  ~InterruptHandler() {
    sigaction(SIGINT, &before_int_, nullptr);
    sigaction(SIGTERM, &before_term_, nullptr);
  }
  InterruptHandler(const InterruptHandler&) = delete;
  InterruptHandler& operator=(const InterruptHandler&) = delete;

 private:
  struct sigaction before_int_ {}, before_term_ {};
};

/// A document on its way through.
struct Item {
  RawStory raw;
  Provenance provenance;
  bool there = false;              ///< in the store already
  bool failed = false, skipped = false;
  std::string reason;              ///< why it failed, was skipped, or is not read
  std::string messages;            ///< lines for standard error
  std::optional<Reading> reading;  ///< of an unread one, only the document
};

/// What became of all of them. Counts only what is safe on disk.
struct Report {
  std::size_t added = 0, there = 0, unread = 0, skipped = 0, failed = 0, told_before = 0;
  std::map<std::string, std::size_t> unread_why, skipped_why;
};

std::string list_of(const std::map<std::string, std::size_t>& counts) {
  std::string text;
  for (const auto& [why, count] : counts) text += (text.empty() ? "" : ", ") + why + " " + std::to_string(count);
  return text;
}

/// "story.png: no story by its name" -> "no story by its name": reasons are counted without the place.
std::string without_place(std::string_view message, std::string_view where) {
  if (message.starts_with(where)) message.remove_prefix(where.size());
  while (!message.empty() && (message.front() == ':' || message.front() == ' ')) message.remove_prefix(1);
  return std::string(message.substr(0, message.find(';')));
}

/// The writer's side: takes finished documents in order, commits them in batches, and tells what is safe.
class Writer {
 public:
  Writer(Store& store, bool list) : store_(store), list_(list), before_(store.last_document()) {}

  /// False once the store has failed; then nothing more is taken.
  bool take(Item item) {
    if (error_) return false;
    messages_ += item.messages;
    if (item.failed) return tell(++report_.failed, "failed", item);
    if (item.skipped) {
      ++report_.skipped_why[item.reason];
      return tell(++report_.skipped, "skipped", item);
    }
    const bool read = item.reason.empty();
    if (!item.there) {
      const DocumentKey last = store_.last_document();
      const DocumentKey doc = read ? store_.add(*item.reading, item.provenance) : store_.add_unread(item.reading->document, item.provenance, item.reason);
      item.there = doc <= last;  // twice in one batch
    }
    if (item.there) return tell(++report_.there, "there", item);
    if (list_) batch_lines_ += std::string(read ? "added" : "unread") + '\t' + item.raw.where + '\t' + item.provenance.sha256 + '\n';
    batch_.added += read;
    batch_.unread += !read;
    if (!read) ++batch_.unread_why[item.reason];
    if (batch_.added + batch_.unread == 1) batch_began_ = std::chrono::steady_clock::now();
    if (batch_.added + batch_.unread >= batch_documents || std::chrono::steady_clock::now() - batch_began_ > batch_time) return commit();
    return true;
  }

  /// Makes the batch safe and tells of it.
  bool commit() {
    if (error_) return false;
    if (!succeeded(store_.commit())) return false;
    report_.added += batch_.added;
    report_.unread += batch_.unread;
    for (const auto& [why, count] : batch_.unread_why) report_.unread_why[why] += count;
    batch_ = {};
    std::fputs(batch_lines_.c_str(), stdout);
    std::fflush(stdout);
    batch_lines_.clear();
    return store_.unsettled() < unsettled_documents || succeeded(store_.settle());
  }

  /// Once nothing more comes: all of it made safe, and brought into clusters, ledger and the rest.
  void finish() {
    if (commit()) succeeded(store_.settle());
    report_.told_before = static_cast<std::size_t>(store_.retellings_after(before_));
  }

  [[nodiscard]] const Report& report() const { return report_; }
  [[nodiscard]] std::size_t documents() const { return report_.added + report_.unread + report_.there + batch_.added + batch_.unread; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  /// Lines for standard error since the last call.
  std::string take_messages() { return std::exchange(messages_, {}); }

 private:
  bool succeeded(const Result<void>& done) {
    if (!done) error_ = done.error();
    return done.has_value();
  }

  bool tell(std::size_t, const char* what, const Item& item) {
    if (list_) batch_lines_ += std::string(what) + '\t' + item.raw.where + '\t' + item.provenance.sha256 + '\n';
    return true;
  }

  Store& store_;
  bool list_;
  DocumentKey before_;
  Report report_, batch_;
  std::chrono::steady_clock::time_point batch_began_;
  std::string batch_lines_, messages_;
  std::optional<Error> error_;
};

void print_report(const std::string& path, const Report& report) {
  const auto line = [](const char* what, std::size_t count, const std::string& why) {
    std::printf("  %-14s%8zu%s%s\n", what, count, why.empty() ? "" : "   ", why.c_str());
  };
  std::printf("%s\n", path.c_str());
  line("added", report.added, report.told_before == 0 ? "" : std::to_string(report.told_before) + " of what is new tell a story that was there");
  if (report.there > 0) line("there already", report.there, "");
  if (report.unread > 0) line("kept, unread", report.unread, list_of(report.unread_why));
  if (report.skipped > 0) line("no story", report.skipped, list_of(report.skipped_why));
  if (report.failed > 0) line("failed", report.failed, "see above");
}

}  // namespace

int run_add(Arguments arguments) {
  App app("Reads stories into a store (made if it is not there): plain text, HTML pages, JSON lines and arrays, RSS and Atom, WARC, .zip, .tar, all of "
          "them packed or not, and whole folders. The same bytes twice are one document, so a run that was broken off may simply be run again. "
          "A meta.json beside a story ({\"title\", \"outlet\", \"published\", ...}) is taken into account.",
          "dragoman add");
  std::string path;
  std::vector<std::string> files;
  unsigned threads = 0;
  bool list = false;
  DocumentInfo info;
  EngineOptions engine_options;
  StoryReaderOptions reader_options;
  app.add_option("DB", path, "the store, one SQLite file")->required();
  app.add_option("FILE", files, "files and folders, or - for standard input (the default)");
  app.add_option("--in", reader_options.form, "what the files are; auto: told by their first bytes and names")
      ->check(OneOf{{"auto", "text", "html", "jsonl"}})
      ->capture_default_str();
  app.add_option("--published", info.published, "the day the stories were published (2025-11-30), where they don't say");
  app.add_option("--outlet", info.outlet, "who published them, where they don't say");
  app.add_option("--threads", threads, "how many threads; 0: one a core")->capture_default_str();
  double seconds = limits::document_seconds;
  add_size_limit(app, reader_options.document_bytes);
  add_time_limit(app, seconds);
  app.add_flag("--list", list, "a line for every document once it is safe on disk: added, unread, there, skipped or failed; where it came from; sha256");
  app.add_option("--model", engine_options.model, "the packed model");
  app.add_option("--knowledge", engine_options.overlays, "a folder of knowledge tables that win over the built-in ones");
  app.add_option("--knowledge-file", engine_options.knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  const auto refuse = [](const Error& error) {
    std::fputs(message_line(error.message).c_str(), stderr);
    return 1;
  };

  const Result<Engine> engine = Engine::open(engine_options);
  if (!engine) return refuse(engine.error());
  const Result<EngineIdentity> identity = engine->identity();
  if (!identity) return refuse(identity.error());
  Result<Store> store = Store::open_for_writing(path, *identity);
  if (!store) return refuse(store.error());
  Result<Store> lookup = Store::open_for_reading(path);  // its own connection: it is asked while the other one writes
  if (!lookup) return refuse(lookup.error());

  StoryReader stories(std::move(files), reader_options);
  Writer writer(*store, list);
  Progress progress;
  const InterruptHandler handler;
  std::atomic<bool> stop = false;

  oneapi::tbb::enumerable_thread_specific<Engine::Scratch> scratch;

  const auto next = [&]() -> std::optional<Item> {
    if (stop || interrupted != 0) return std::nullopt;
    auto raw = stories.next();
    if (!raw) return std::nullopt;
    Item item{.raw = std::move(*raw), .provenance = {}, .reason = {}, .messages = {}, .reading = {}};
    if (!item.raw.error) {
      item.provenance.sha256 = sha256_hex(item.raw.bytes);
      item.there = lookup->find(item.provenance.sha256).has_value();
    }
    return item;
  };
  const auto work = [&](Item item) -> Item {
    if (item.there) return item;
    Result<Story> story = parse_story(item.raw, info);
    if (!story) {
      item.skipped = item.raw.skipped;
      item.failed = !item.skipped;
      item.reason = without_place(story.error().message, item.raw.where);
      if (item.failed) item.messages = message_line(story.error().message);
      return item;
    }
    for (const std::string& warning : story->warnings) item.messages += message_line(warning);
    item.provenance.source = item.raw.where;
    item.provenance.media_type = story->media_type;
    item.provenance.bytes = item.raw.bytes.size();
    item.provenance.offsets = story->offsets.packed();
    item.reason = story->unread;
    item.raw.bytes = {};
    if (item.reason.empty()) {
      item.reading = engine->read(std::move(story->text), std::move(story->info), scratch.local(), Deadline::in_seconds(seconds));
      if (item.reading->cut_short) {
        item.failed = true;
        item.messages += message_line(over_time_message(item.raw.where, seconds));
        return item;
      }
      for (const std::string& warning : item.reading->document.warnings()) item.messages += message_line(item.raw.where + ": " + warning);
    } else {
      item.reading.emplace();
      item.reading->document = DocumentBuilder(std::move(story->text), std::move(story->info)).finish();
    }
    item.provenance.prepared = prepare(item.reading->document);
    return item;
  };
  Handover<Item> read(waiting_bytes);
  std::thread write([&] {
    while (auto item = read.pop()) {
      if (!writer.take(std::move(*item))) stop = true;
      if (const std::string messages = writer.take_messages(); !messages.empty()) {
        progress.clear();
        std::fputs(messages.c_str(), stderr);
      }
      progress.update(writer.documents(), stories.consumed_bytes(), stories.total_bytes());
    }
    writer.finish();
  });
  const auto hand_over = [&](Item item) {
    const std::size_t bytes = item.reading ? item.reading->document.text().size() : 0;
    read.push(std::move(item), bytes);
  };
  const auto end_writing = [&] {
    read.close();
    write.join();
  };
  try {
    run_pipeline(threads, next, work, hand_over);
  } catch (...) {
    end_writing();  // what was read is kept
    throw;
  }
  end_writing();
  progress.clear();
  if (writer.error()) std::fputs(message_line(writer.error()->message).c_str(), stderr);
  if (const auto ok = lookup->database().check(); !ok && !writer.error()) return refuse(ok.error());
  print_report(path, writer.report());
  if (interrupted != 0) {
    std::fputs("dragoman: interrupted; what is counted above is safe, run it again to go on\n", stderr);
    return 130;
  }
  return writer.error() || writer.report().failed > 0 ? 1 : 0;
}

}  // namespace dragoman::cli
