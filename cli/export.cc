// dragoman export: a store in the layouts of other programs.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <set>

#include "cli/query.h"
#include "dragoman/base/locate.h"
#include "dragoman/dragoman.h"
#include "dragoman/view/annotation.h"
#include "dragoman/view/exports.h"

namespace dragoman::cli {
namespace {

namespace fs = std::filesystem;

/// The files of an export, in a folder, under one name, or standard output.
class Output {
 public:
  /// `folder`: where files go under their own names; else `file`, "" for standard output.
  Output(fs::path folder, fs::path file) : folder_(std::move(folder)), file_(std::move(file)) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { close(); }

  void write(std::string_view name, std::string_view bytes) {
    if (error_) return;
    std::FILE* stream = stream_of(std::string(name));
    if (stream && std::fwrite(bytes.data(), 1, bytes.size(), stream) != bytes.size()) fail_at(path_of(std::string(name)));
  }

  /// Closes all; the first thing that went wrong.
  std::optional<Error> finish() {
    close();
    return error_;
  }
  [[nodiscard]] bool failed() const { return error_.has_value(); }
  [[nodiscard]] std::size_t files() const { return begun_.size(); }

 private:
  static constexpr std::size_t most_open = 32;

  [[nodiscard]] fs::path path_of(const std::string& name) const { return folder_.empty() ? file_ : folder_ / name; }

  std::FILE* stream_of(const std::string& name) {
    if (const auto open = open_.find(name); open != open_.end()) return open->second;
    if (open_.size() >= most_open) close();
    const fs::path path = path_of(name);
    std::FILE* stream = path.empty() ? stdout : std::fopen(path.c_str(), begun_.contains(name) ? "ab" : "wb");
    if (!stream) {
      fail_at(path);
      return nullptr;
    }
    begun_.insert(name);
    return open_[name] = stream;
  }

  void close() {
    for (const auto& [name, stream] : open_)
      if ((stream == stdout ? std::fflush(stream) : std::fclose(stream)) != 0) fail_at(path_of(name));
    open_.clear();
  }

  void fail_at(const fs::path& path) {
    if (!error_) error_ = Error{ErrorCode::unwritable, (path.empty() ? "standard output" : path.string()) + ": " + std::strerror(errno)};
  }

  fs::path folder_, file_;
  std::map<std::string, std::FILE*> open_;
  std::set<std::string> begun_;
  std::optional<Error> error_;
};

/// The sentences, made anew from the stored texts.
class ConlluExporter : public Exporter {
 public:
  ConlluExporter(const Engine& engine, EmitFile emit) : engine_(engine), emit_(std::move(emit)) {}

  void story(const std::vector<StoredDocument>& tellings) override {
    for (const StoredDocument& it : tellings) {
      if (!it.is_read()) continue;
      DocumentInfo info = it.reading.document.info();
      info.id = it.key();
      std::string out;
      append_conllu(engine_.read(std::string(it.reading.document.text()), std::move(info), scratch_).document, out);
      emit_("sentences.conllu", out);
    }
  }

 private:
  const Engine& engine_;
  Engine::Scratch scratch_;
  EmitFile emit_;
};

constexpr ExportFormat conllu = {"conllu", "sentences.conllu", "CoNLL-U: tokens, tags, lemmas, heads, made anew from the texts"};

std::string list_of_formats() {
  std::string text;
  for (const ExportFormat& it : export_formats()) text += "\n  " + std::string(it.name) + std::string(15 - it.name.size(), ' ') + std::string(it.meaning);
  return text + "\n  conllu         " + std::string(conllu.meaning);
}

const ExportFormat* format_of(const std::string& name) {
  if (name == conllu.name) return &conllu;
  const auto found = std::find_if(export_formats().begin(), export_formats().end(), [&](const ExportFormat& it) { return it.name == name; });
  return found == export_formats().end() ? nullptr : &*found;
}

/// The folder, or the file, that --out means; both empty for standard output.
Result<std::pair<fs::path, fs::path>> target_of(const ExportFormat& format, const fs::path& out) {
  std::error_code failed;
  const bool folder = fs::is_directory(out, failed);
  if (!format.file.empty()) {
    const bool own_name = out.string().ends_with(".export.CSV") || format.name != "gdelt";
    if (out.empty() || (!folder && own_name)) return std::pair(fs::path(), out);
    if (!folder) return fail(ErrorCode::misuse, "--out: \"", out.string(), "\": programs that read GDELT ask for a name that ends in .export.CSV");
    return std::pair(fs::path(), out / format.file);
  }
  if (out.empty()) return fail(ErrorCode::misuse, "--as ", std::string(format.name), " writes several files; name a folder with --out");
  fs::create_directories(out, failed);
  if (failed) return fail(ErrorCode::unwritable, out.string(), ": ", failed.message(), "; is it a file, or may you not write there?");
  return std::pair(out, fs::path());
}

}  // namespace

int run_export(Arguments arguments) {
  App app("Writes what a store holds in a layout that other programs read. `dragoman schema LAYOUT` explains every column." + list_of_formats(), "dragoman export");
  QueryOptions options;
  std::string as;
  fs::path out;
  EngineOptions engine_options;
  options.add_to(app, {.table = false});
  app.add_option("--as", as, "the layout")->required();
  app.add_option("--out", out, "a file, or a folder where there are several (or where the file gets its usual name); standard output if not given");
  app.add_option("--model", engine_options.model, "conllu: the packed model");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  const ExportFormat* format = format_of(as);
  if (!format) return fail_with({ErrorCode::misuse, "--as: no layout \"" + as + "\"; there are:" + list_of_formats()});
  auto query = open_query(options);
  if (!query) return fail_with(query.error());
  const auto target = target_of(*format, out);
  if (!target) return fail_with(target.error());

  Output output(target->first, target->second);
  const EmitFile emit = [&](std::string_view file, std::string_view bytes) { output.write(file, bytes); };
  Database& database = query->store.database();
  std::optional<Engine> engine;
  std::unique_ptr<Exporter> exporter;
  if (format == &conllu) {
    engine_options.knowledge = options.knowledge;
    auto opened = Engine::open(engine_options);
    if (!opened) return fail_with(opened.error());
    engine.emplace(std::move(*opened));
    exporter = std::make_unique<ConlluExporter>(*engine, emit);
  } else {
    exporter = make_exporter(as, database, query->selection, query->on, emit);
  }

  std::size_t stories = 0, documents = 0, rejected = 0;
  exporter->begin();
  walk_stories(database, query->selection, [&](const std::vector<StoredDocument>& tellings) {
    ++stories;
    documents += tellings.size();
    for (const StoredDocument& it : tellings) rejected += it.rejected.size();
    exporter->story(tellings);
    return !output.failed();
  });
  exporter->end();
  if (const auto ok = database.check(); !ok) return fail_with(ok.error());
  if (const auto error = output.finish()) return fail_with(*error);
  const std::string where = !target->first.empty() ? target->first.string() + ", " + std::to_string(output.files()) + " files" : target->second.string();
  if (!where.empty()) std::fprintf(stderr, "dragoman: %zu documents of %zu stories into %s\n", documents, stories, where.c_str());
  if (rejected > 0) std::fprintf(stderr, "dragoman: %zu findings that readers rejected are left out\n", rejected);
  if (stories == 0) std::fputs("dragoman: no story is selected; the files hold headings only\n", stderr);
  return 0;
}

}  // namespace dragoman::cli
