// Archives: zip and tar, and single files packed with bzip2, xz or zstd, by libarchive. Nothing is written anywhere; names of members
// are only shown. Bounded: members, nesting, and bytes out for one in.
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <deque>

#include "dragoman/base/limits.h"
#include "dragoman/ingest/containers.h"

namespace dragoman {
namespace {

constexpr std::size_t chunk_bytes = 1u << 16;
constexpr std::size_t held_stories = 256;          ///< of one folder, while its meta.json may still come
constexpr std::size_t held_bytes = 16u << 20;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}
std::string_view base_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// An open archive. Members are streams of it, read one after the other.
class OpenArchive {
 public:
  OpenArchive(std::string name, std::unique_ptr<ByteStream> packed) : name_(std::move(name)), packed_(std::move(packed)), archive_(archive_read_new()) {
    archive_read_support_filter_bzip2(archive_);
    archive_read_support_filter_xz(archive_);
    archive_read_support_filter_zstd(archive_);
    archive_read_support_format_zip(archive_);
    archive_read_support_format_tar(archive_);
    archive_read_support_format_gnutar(archive_);
    archive_read_support_format_raw(archive_);
    const std::int64_t size = packed_->seek(0, SEEK_END);
    if (size >= 0 && packed_->seek(0, SEEK_SET) == 0) {
      size_ = static_cast<std::uint64_t>(size);
      archive_read_set_seek_callback(archive_, on_seek);
      archive_read_set_skip_callback(archive_, on_skip);
    }
    archive_read_set_read_callback(archive_, on_read);
    archive_read_set_callback_data(archive_, this);
    if (archive_read_open1(archive_) != ARCHIVE_OK) set_error();
  }
  OpenArchive(const OpenArchive&) = delete;
  OpenArchive& operator=(const OpenArchive&) = delete;
  ~OpenArchive() { archive_read_free(archive_); }

  /// Goes to the next member; nothing at the end or after a failure.
  archive_entry* next() {
    if (error_) return nullptr;
    archive_entry* entry = nullptr;
    const int code = archive_read_next_header(archive_, &entry);
    if (code == ARCHIVE_EOF) return nullptr;
    if (code < ARCHIVE_WARN) {
      set_error();
      return nullptr;
    }
    return entry;
  }
  [[nodiscard]] bool is_raw() const { return archive_format(archive_) == ARCHIVE_FORMAT_RAW; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  /// Reads of the present member. A failure of the member alone goes into `member_error`; one of the whole archive also into `error`.
  std::size_t read(char* into, std::size_t size, std::optional<Error>& member_error) {
    if (error_ || member_error) return 0;
    const la_ssize_t got = archive_read_data(archive_, into, size);
    if (got < 0) {
      const Error error = error_now();
      member_error = error;
      if (got == ARCHIVE_FATAL) error_ = error;
      return 0;
    }
    out_ += static_cast<std::uint64_t>(got);
    const std::uint64_t in = size_ > 0 ? std::min(in_, size_) : in_;
    if (out_ > limits::unpack_free_bytes && out_ > in * limits::unpack_ratio) {
      error_ = Error{ErrorCode::over_limit, name_ + ": unpacks to more than " + std::to_string(limits::unpack_ratio) + " times its size; left off there (if you trust it, unpack it first)"};
      member_error = error_;
      return 0;
    }
    return static_cast<std::size_t>(got);
  }

 private:
  Error error_now() {
    if (packed_->error()) return *packed_->error();
    const char* found = archive_error_string(archive_);
    std::string what = found ? found : "no reason given";
    while (what.ends_with('\n')) what.pop_back();
    return {ErrorCode::malformed, name_ + ": damaged or not readable: " + what + "; what came before it was read"};
  }
  void set_error() { error_ = error_now(); }

  static la_ssize_t on_read(archive*, void* self, const void** bytes) {
    auto& that = *static_cast<OpenArchive*>(self);
    const std::size_t got = that.packed_->read(that.chunk_, sizeof that.chunk_);
    that.in_ += got;
    *bytes = that.chunk_;
    return that.packed_->error() ? -1 : static_cast<la_ssize_t>(got);
  }
  static la_int64_t on_seek(archive*, void* self, la_int64_t offset, int whence) {
    const std::int64_t at = static_cast<OpenArchive*>(self)->packed_->seek(offset, whence);
    return at < 0 ? ARCHIVE_FATAL : at;
  }
  static la_int64_t on_skip(archive*, void* self, la_int64_t size) {
    auto& stream = *static_cast<OpenArchive*>(self)->packed_;
    const std::int64_t before = stream.seek(0, SEEK_CUR), after = stream.seek(size, SEEK_CUR);
    return before < 0 || after < 0 ? 0 : after - before;
  }

  std::string name_;
  std::unique_ptr<ByteStream> packed_;
  archive* archive_;
  std::optional<Error> error_;
  std::uint64_t size_ = 0, in_ = 0, out_ = 0;
  char chunk_[chunk_bytes];
};

class MemberStream : public ByteStream {
 public:
  explicit MemberStream(OpenArchive& archive) : archive_(archive) {}
  std::size_t read(char* into, std::size_t size) override { return archive_.read(into, size, error_); }
  [[nodiscard]] const std::optional<Error>& error() const override { return error_; }

 private:
  OpenArchive& archive_;
  std::optional<Error> error_;
};

class Archive : public Container {
 public:
  Archive(std::string name, std::unique_ptr<ByteStream> packed, const ContainerOptions& options, int depth)
      : name_(std::move(name)), archive_(std::make_unique<OpenArchive>(name_, std::move(packed))), options_(options), depth_(depth) {
    options_.named = false;
  }

  std::optional<RawStory> next() override {
    while (true) {
      if (!ready_.empty()) {
        RawStory story = std::move(ready_.front());
        ready_.pop_front();
        return story;
      }
      if (inside_) {
        if (auto story = inside_->next()) {
          take(std::move(*story));
          continue;
        }
        inside_.reset();
      }
      if (ended_) return std::nullopt;
      advance();
    }
  }

 private:
  /// A story to which a meta.json may belong; rows and items say themselves what they are.
  static bool is_own(const RawStory& story) {
    return !story.error && (story.form == StoryForm::text || story.form == StoryForm::html);
  }

  void take(RawStory story) {
    own_held_ += is_own(story);
    bytes_held_ += story.bytes.size();
    held_.push_back(std::move(story));
    if (held_.size() >= held_stories || bytes_held_ >= held_bytes) release();
  }

  /// Gives the stories of the folder that was read, with what its meta.json says.
  void release() {
    for (RawStory& story : held_) {
      if (sidecar_ && is_own(story)) apply_sidecar(story, *sidecar_, own_held_ == 1);
      ready_.push_back(std::move(story));
    }
    held_.clear();
    own_held_ = bytes_held_ = 0;
  }

  void advance() {
    archive_entry* entry = archive_->next();
    if (!entry || ++members_ > options_.archive_members) {
      release();
      if (members_ > options_.archive_members)
        ready_.push_back(failed_story(name_, {ErrorCode::over_limit, name_ + ": more than " + std::to_string(options_.archive_members) + " members; left off there (split it, or unpack it into a folder)"}));
      else if (archive_->error())
        ready_.push_back(failed_story(name_, *archive_->error()));
      ended_ = true;
      return;
    }
    const char* found = archive_entry_pathname_utf8(entry);
    if (!found) found = archive_entry_pathname(entry);
    std::string path = printable(found ? found : "?");
    if (archive_entry_filetype(entry) != AE_IFREG) return;
    if (archive_->is_raw()) {  // a single packed file
      member_ = name_.substr(0, name_.rfind('.'));
      inside_ = open_container(member_, BufferedReader(std::make_unique<MemberStream>(*archive_)), options_, depth_ + 1);
      return;
    }
    if (folder_of(path) != folder_) {
      release();
      sidecar_.reset();
      folder_ = folder_of(path);
    }
    if (path.starts_with('.') || path.find("/.") != std::string::npos || path.starts_with("__MACOSX/")) return;
    member_ = name_ + "!" + path;
    BufferedReader reader(std::make_unique<MemberStream>(*archive_));
    if (base_of(path) == "meta.json") {
      bool too_long = false;
      const std::string bytes = reader.take_all(limits::sidecar_bytes, too_long);
      auto info = parse_sidecar(bytes, member_);
      if (info)
        sidecar_ = std::move(*info);
      else
        take(failed_story(member_, info.error()));
    } else if (!has_story_name(path)) {
      take(failed_story(member_, {ErrorCode::malformed, member_ + ": no story by its name"}, true));
    } else {
      inside_ = open_container(member_, std::move(reader), options_, depth_ + 1);
    }
  }

  std::string name_;
  std::unique_ptr<OpenArchive> archive_;
  ContainerOptions options_;
  int depth_;
  std::size_t members_ = 0;
  bool ended_ = false;
  std::string member_;                   ///< the present one
  std::string folder_;
  std::unique_ptr<Container> inside_;    ///< of the present member; reads from archive_
  std::deque<RawStory> held_, ready_;
  std::size_t own_held_ = 0, bytes_held_ = 0;
  std::optional<DocumentInfo> sidecar_;  ///< of the present folder
};

}  // namespace

std::unique_ptr<Container> open_archive(std::string name, BufferedReader reader, const ContainerOptions& options, int depth) {
  return std::make_unique<Archive>(std::move(name), reader.release(), options, depth);
}

}  // namespace dragoman
