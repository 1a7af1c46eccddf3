// dragoman._core: what Python calls. Thin: bytes and words in, JSON and Arrow out; the typed objects are made in Python
// (python/dragoman/reading.py). The GIL is given up around every reading.
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cerrno>

#include "dragoman/dragoman.h"
#include "dragoman/view/annotation.h"
#include "dragoman/view/briefing.h"
#include "python/failure.h"
#include "python/read_many.h"
#include "python/tables.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace dragoman::python {
namespace {

std::string_view view(const nb::bytes& bytes) { return {bytes.c_str(), bytes.size()}; }
nb::bytes to_bytes(std::string_view text) { return nb::bytes(text.data(), text.size()); }

/// A story's particulars, by the names of the JSON: (id, title, outlet, url, published, dateline, language).
DocumentInfo info_of(std::vector<std::string> words) {
  if (words.size() != 7) throw Failure(Error{ErrorCode::misuse, "a story has seven particulars"});
  return {.id = std::move(words[0]), .title = std::move(words[1]), .outlet = std::move(words[2]), .url = std::move(words[3]),
          .published = std::move(words[4]), .dateline = std::move(words[5]), .language = std::move(words[6])};
}

nb::tuple story_tuple(const ReadStory& story) { return nb::make_tuple(to_bytes(story.json), nb::cast(story.warnings)); }

/// A reading that keeps its document: tokens and briefing are at hand.
class KeptReading {
 public:
  explicit KeptReading(Reading reading) : reading_(std::move(reading)) {}

  nb::tuple story() const {
    ReadStory story;
    {
      const nb::gil_scoped_release release;
      story = story_of(reading_);
    }
    return story_tuple(story);
  }
  nb::bytes briefing(unsigned width) const {
    std::string text;
    append_briefing(reading_, {.colours = false, .width = std::max(width, 40u)}, text);
    return to_bytes(text);
  }
  nb::bytes annotation() const {
    std::string json;
    append_annotation_json(reading_.document, json);
    return to_bytes(json);
  }

 private:
  Reading reading_;
};

/// An open engine. Scratches are lent to whoever reads, so that any number of Python threads may.
class PythonEngine {
 public:
  PythonEngine(std::string model, std::string knowledge, const std::vector<std::string>& overlays)
      : engine_(open(std::move(model), std::move(knowledge), overlays)) {}

  KeptReading* read(const nb::bytes& text, std::vector<std::string> info) {
    std::string copy(view(text));
    const nb::gil_scoped_release release;
    Engine::Scratch scratch = borrow();
    auto reading = std::make_unique<KeptReading>(engine_.read(std::move(copy), info_of(std::move(info)), scratch));
    give_back(std::move(scratch));
    return reading.release();
  }
  [[nodiscard]] const Engine& engine() const { return engine_; }

 private:
  static Engine open(std::string model, std::string knowledge, const std::vector<std::string>& overlays) {
    EngineOptions options;
    options.model = std::move(model);
    options.knowledge = std::move(knowledge);
    options.overlays.assign(overlays.begin(), overlays.end());
    const nb::gil_scoped_release release;
    return value_of(Engine::open(options));
  }
  Engine::Scratch borrow() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return {};
    Engine::Scratch scratch = std::move(idle_.back());
    idle_.pop_back();
    return scratch;
  }
  void give_back(Engine::Scratch scratch) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(scratch));
  }

  Engine engine_;
  std::mutex mutex_;
  std::vector<Engine::Scratch> idle_;
};

/// Readers for `read_many`. Holds the GIL only to take and to give.
class PythonReaders {
 public:
  PythonReaders(PythonEngine& engine, unsigned threads)
      : readers_(std::make_unique<StoryReaders>(engine.engine(), threads == 0 ? std::max(1u, std::thread::hardware_concurrency()) : threads)) {}
  ~PythonReaders() {
    const nb::gil_scoped_release release;
    readers_.reset();
  }

  void give(const nb::bytes& text, std::vector<std::string> info) { readers_->give(std::string(view(text)), info_of(std::move(info))); }
  std::size_t pending() const { return readers_->pending(); }
  /// The oldest story; nothing if none is pending. Ctrl-C gets through.
  nb::object take() {
    if (readers_->pending() == 0) return nb::none();
    while (true) {
      std::optional<ReadStory> story;
      {
        const nb::gil_scoped_release release;
        story = readers_->take(100);
      }
      if (story) return story_tuple(*story);
      if (PyErr_CheckSignals() != 0) throw nb::python_error();
    }
  }

 private:
  std::unique_ptr<StoryReaders> readers_;
};

/// A table on its way out: pulls (JSON, source) pairs from a Python iterator as the consumer asks for batches.
struct TableStream {
  TableBuilder builder;
  nb::object items;
  std::string error;

  static constexpr std::size_t most_readings = 4096;
  static constexpr std::size_t most_text = 64u << 20;

  /// False at the end.
  bool next(ArrowArray& out) {
    std::size_t readings = 0;
    while (readings < most_readings && builder.text_bytes() < most_text) {
      const nb::object item = nb::steal(PyIter_Next(items.ptr()));
      if (!item.is_valid()) {
        if (PyErr_Occurred()) throw nb::python_error();
        break;
      }
      const auto pair = nb::cast<nb::tuple>(item);
      const auto json = nb::cast<nb::bytes>(pair[0]);
      const nb::object source = pair[1];
      check(builder.add(view(json), source.is_none() ? std::string_view() : view(nb::cast<nb::bytes>(source))));
      ++readings;
    }
    if (readings == 0) return false;
    builder.export_rows(out);
    return true;
  }
};

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  static_cast<TableStream*>(stream->private_data)->builder.export_schema(*out);
  return 0;
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  const nb::gil_scoped_acquire acquire;
  auto& table = *static_cast<TableStream*>(stream->private_data);
  try {
    if (!table.next(*out)) *out = {};  // a released array is the end
    return 0;
  } catch (const std::exception& error) {
    table.error = error.what();
    return EIO;
  }
}

const char* stream_error(ArrowArrayStream* stream) { return static_cast<TableStream*>(stream->private_data)->error.c_str(); }

void release_stream(ArrowArrayStream* stream) {
  const nb::gil_scoped_acquire acquire;
  delete static_cast<TableStream*>(stream->private_data);
  stream->release = nullptr;
}

void release_capsule(void* pointer) noexcept {
  auto* stream = static_cast<ArrowArrayStream*>(pointer);
  if (stream->release) stream->release(stream);
  delete stream;
}

nb::capsule table_stream(std::string_view table, bool characters, nb::iterable items) {
  auto builder = value_of(TableBuilder::make(table, characters ? Offsets::characters : Offsets::bytes));
  auto* stream = new ArrowArrayStream{.get_schema = stream_schema,
                                      .get_next = stream_next,
                                      .get_last_error = stream_error,
                                      .release = release_stream,
                                      .private_data = new TableStream{std::move(builder), nb::iter(items), {}}};
  return nb::capsule(stream, "arrow_array_stream", release_capsule);
}

void release_schema_capsule(void* pointer) noexcept {
  auto* schema = static_cast<ArrowSchema*>(pointer);
  if (schema->release) schema->release(schema);
  delete schema;
}

nb::capsule table_schema(std::string_view table) {
  const auto builder = value_of(TableBuilder::make(table, Offsets::bytes));
  auto* schema = new ArrowSchema{};
  builder.export_schema(*schema);
  return nb::capsule(schema, "arrow_schema", release_schema_capsule);
}

}  // namespace
}  // namespace dragoman::python

NB_MODULE(_core, module) {
  using namespace dragoman::python;
  module.attr("version") = DRAGOMAN_VERSION;
  module.attr("table_names") = nb::cast(table_names());
  translate_failures();
  nb::class_<KeptReading>(module, "KeptReading")
      .def("story", &KeptReading::story)
      .def("briefing", &KeptReading::briefing, "width"_a)
      .def("annotation", &KeptReading::annotation);
  nb::class_<PythonEngine>(module, "Engine")
      .def(nb::init<std::string, std::string, const std::vector<std::string>&>(), "model"_a, "knowledge"_a, "overlays"_a)
      .def("read", &PythonEngine::read, "text"_a, "info"_a, nb::rv_policy::take_ownership);
  nb::class_<PythonReaders>(module, "Readers")
      .def(nb::init<PythonEngine&, unsigned>(), "engine"_a, "threads"_a, nb::keep_alive<1, 2>())
      .def("give", &PythonReaders::give, "text"_a, "info"_a)
      .def("pending", &PythonReaders::pending)
      .def("take", &PythonReaders::take);
  module.def("table_stream", &table_stream, "table"_a, "characters"_a, "items"_a);
  module.def("table_schema", &table_schema, "table"_a);
}
