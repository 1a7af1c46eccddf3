#include "dragoman/ingest/story_reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "dragoman/ingest/containers.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

struct Path {
  std::string path;
  bool named;                  ///< by the user, not found in a folder
  std::optional<Error> error;  ///< then there is nothing to open
};

bool is_story_file(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".txt" || ending == ".text" || ending == ".html" || ending == ".htm" || ending == ".xhtml" || ending.empty();
}

/// Files below a folder, by name, folders among them where their name puts them. Hidden ones are left out; links to folders too.
void walk(const fs::path& folder, std::vector<Path>& paths) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) entries.push_back(*at);
  if (error) paths.push_back({folder.string(), true, Error{ErrorCode::unreadable, folder.string() + ": " + error.message()}});
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.path().native() < b.path().native(); });
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.')) continue;
    if (entry.is_directory(error)) {
      if (!entry.is_symlink(error)) walk(entry.path(), paths);
    } else if (entry.is_regular_file(error) && name != "meta.json" && !name.ends_with(".meta.json")) {
      paths.push_back({entry.path().string(), false, std::nullopt});
    }
  }
}

}  // namespace

struct StoryReader::Impl {
  StoryReaderOptions options;
  std::vector<Path> paths;
  std::size_t next_path = 0;
  std::uint64_t total = 0;
  std::atomic<std::uint64_t> consumed = 0;
  std::unique_ptr<Container> open;
  std::string open_path;
  std::optional<RawStory> waiting;  ///< an error of the sidecar, told before the story
  fs::path sidecar_folder;          ///< whose meta.json was read last
  std::optional<DocumentInfo> sidecar;
  bool sidecar_sole = false;

  void read_sidecar_of(const fs::path& folder) {
    sidecar.reset();
    sidecar_folder = folder;
    const std::string path = (folder / "meta.json").string();
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return;
    sidecar = sidecar_at(path);
    std::size_t stories = 0;
    for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end; at.increment(ignored)) stories += is_story_file(at->path()) && at->is_regular_file(ignored);
    sidecar_sole = stories == 1;
  }

  std::optional<DocumentInfo> sidecar_at(const std::string& path) {
    auto stream = open_file(path, nullptr);
    if (!stream) {
      waiting = failed_story(path, stream.error());
      return std::nullopt;
    }
    BufferedReader reader(std::move(*stream));
    bool too_long = false;
    auto info = parse_sidecar(reader.take_all(limits::sidecar_bytes, too_long), path);
    if (info) return std::move(*info);
    waiting = failed_story(path, info.error());
    return std::nullopt;
  }

  /// What lies beside the file: STORY.meta.json for this one, meta.json for its folder.
  void add_sidecar(RawStory& story) {
    if (open_path == "-" || story.error || (story.form != StoryForm::text && story.form != StoryForm::html) || story.where != printable(open_path)) return;
    const fs::path path(open_path);
    const fs::path own = fs::path(path).replace_extension(".meta.json");
    std::error_code ignored;
    if (fs::is_regular_file(own, ignored)) {
      if (const auto info = sidecar_at(own.string())) apply_sidecar(story, *info, true);
      return;
    }
    const fs::path folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
    if (folder != sidecar_folder) read_sidecar_of(folder);
    if (sidecar) apply_sidecar(story, *sidecar, sidecar_sole);
  }

  std::unique_ptr<Container> open_path_at(const Path& path) {
    const ContainerOptions container{.document_bytes = options.document_bytes, .archive_members = options.archive_members, .form = options.form, .named = path.named};
    std::string name = printable(path.path == "-" ? "standard input" : path.path);
    auto stream = open_file(path.path, &consumed);
    if (!stream) {
      waiting = failed_story(name, stream.error());
      return nullptr;
    }
    BufferedReader reader(std::move(*stream));
    return open_container(std::move(name), std::move(reader), container, 0);
  }
};

StoryReader::StoryReader(std::vector<std::string> paths, StoryReaderOptions options) : impl_(std::make_unique<Impl>()) {
  impl_->options = std::move(options);
  if (paths.empty()) paths.push_back("-");
  for (std::string& path : paths) {
    std::error_code ignored;
    if (path != "-" && fs::is_directory(path, ignored)) {
      const std::size_t before = impl_->paths.size();
      walk(path, impl_->paths);
      if (impl_->paths.size() == before) impl_->paths.push_back({path, true, Error{ErrorCode::not_found, printable(path) + ": no files in this folder"}});
    } else {
      impl_->paths.push_back({std::move(path), true, std::nullopt});
    }
  }
  for (const Path& path : impl_->paths) {
    struct stat status {};
    if (!path.error && ::stat(path.path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) impl_->total += static_cast<std::uint64_t>(status.st_size);
  }
}

StoryReader::~StoryReader() = default;

std::uint64_t StoryReader::total_bytes() const { return impl_->total; }
std::uint64_t StoryReader::consumed_bytes() const { return std::min(impl_->consumed.load(), impl_->total); }

std::optional<RawStory> StoryReader::next() {
  while (true) {
    if (impl_->waiting) return std::exchange(impl_->waiting, std::nullopt);
    if (impl_->open) {
      if (auto story = impl_->open->next()) {
        impl_->add_sidecar(*story);
        if (!impl_->waiting) return story;
        std::swap(*impl_->waiting, *story);  // the sidecar's trouble first
        return story;
      }
      impl_->open.reset();
    }
    if (impl_->next_path == impl_->paths.size()) return std::nullopt;
    const Path& path = impl_->paths[impl_->next_path++];
    impl_->open_path = path.path;
    if (path.error) return failed_story(printable(path.path), *path.error);
    if (!path.named && !has_story_name(path.path))
      return failed_story(printable(path.path), {ErrorCode::malformed, printable(path.path) + ": no story by its name"}, true);
    impl_->open = impl_->open_path_at(path);
  }
}

}  // namespace dragoman
