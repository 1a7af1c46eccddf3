#include "dragoman/ingest/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "dragoman/base/limits.h"

namespace dragoman {
namespace {

constexpr std::size_t chunk_bytes = 1u << 16;

class FileStream : public ByteStream {
 public:
  FileStream(int file, std::string name, std::atomic<std::uint64_t>* consumed) : file_(file), name_(std::move(name)), consumed_(consumed) {}
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  ~FileStream() override {
    if (file_ != STDIN_FILENO) ::close(file_);
  }
  std::size_t read(char* into, std::size_t size) override {
    if (error_) return 0;
    ssize_t got = 0;
    do got = ::read(file_, into, size);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
      error_ = Error{ErrorCode::unreadable, name_ + ": " + std::strerror(errno)};
      return 0;
    }
    if (consumed_) *consumed_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }
  [[nodiscard]] const std::optional<Error>& error() const override { return error_; }
  std::int64_t seek(std::int64_t offset, int whence) override { return ::lseek(file_, offset, whence); }

 private:
  int file_;
  std::string name_;
  std::atomic<std::uint64_t>* consumed_;
  std::optional<Error> error_;
};

/// Gives some bytes first, then the rest of a stream.
class PrefixedStream : public ByteStream {
 public:
  PrefixedStream(std::string prefix, std::unique_ptr<ByteStream> rest) : prefix_(std::move(prefix)), rest_(std::move(rest)) {}
  std::size_t read(char* into, std::size_t size) override {
    if (at_ == prefix_.size()) return rest_->read(into, size);
    const std::size_t given = std::min(size, prefix_.size() - at_);
    std::memcpy(into, prefix_.data() + at_, given);
    at_ += given;
    return given;
  }
  [[nodiscard]] const std::optional<Error>& error() const override { return rest_->error(); }

 private:
  std::string prefix_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteStream> rest_;
};

}  // namespace

std::size_t BytesStream::read(char* into, std::size_t size) {
  const std::size_t given = std::min(size, bytes_.size() - at_);
  std::memcpy(into, bytes_.data() + at_, given);
  at_ += given;
  return given;
}

std::int64_t BytesStream::seek(std::int64_t offset, int whence) {
  const auto size = static_cast<std::int64_t>(bytes_.size());
  const std::int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? static_cast<std::int64_t>(at_) : size;
  if (offset < -from || offset > size - from) return -1;
  at_ = static_cast<std::size_t>(from + offset);
  return from + offset;
}

Result<std::unique_ptr<ByteStream>> open_file(const std::string& path, std::atomic<std::uint64_t>* consumed) {
  if (path == "-") return std::make_unique<FileStream>(STDIN_FILENO, "standard input", consumed);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable, path, ": ", std::strerror(errno));
  ::posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
  return std::make_unique<FileStream>(file, path, consumed);
}

struct GzipStream::Inflater {
  z_stream z{};
  std::string in;              ///< packed bytes that zlib has not seen yet begin at z.next_in
  bool member = false;         ///< inside one
  std::uint64_t total_in = 0;
  std::uint64_t total_out = 0;
};

GzipStream::GzipStream(std::unique_ptr<ByteStream> packed, std::string name)
    : packed_(std::move(packed)), name_(std::move(name)), inflater_(std::make_unique<Inflater>()) {
  inflateInit2(&inflater_->z, 15 + 16);  // gzip only
}

GzipStream::~GzipStream() { inflateEnd(&inflater_->z); }

/// Gets more packed bytes, keeping those that are left; false at their end.
bool GzipStream::fill() {
  z_stream& z = inflater_->z;
  std::string rest(reinterpret_cast<const char*>(z.next_in), z.avail_in);
  const std::size_t left = rest.size();
  rest.resize(left + chunk_bytes);
  const std::size_t got = packed_->read(rest.data() + left, chunk_bytes);
  rest.resize(left + got);
  inflater_->in = std::move(rest);
  inflater_->total_in += got;
  z.next_in = reinterpret_cast<Bytef*>(inflater_->in.data());
  z.avail_in = static_cast<uInt>(inflater_->in.size());
  return got > 0;
}

std::size_t GzipStream::read(char* into, std::size_t size) {
  if (error_ || size == 0) return 0;
  z_stream& z = inflater_->z;
  z.next_out = reinterpret_cast<Bytef*>(into);
  z.avail_out = static_cast<uInt>(size);
  while (z.avail_out == size) {
    if (z.avail_in == 0 && !fill()) {
      if (packed_->error())
        error_ = packed_->error();
      else if (inflater_->member)
        error_ = Error{ErrorCode::malformed, name_ + ": the gzip file is cut short; what came before it was read"};
      return 0;
    }
    if (!inflater_->member) {
      if (z.avail_in > 0 && *z.next_in == 0) {  // padding after the last member
        ++z.next_in;
        --z.avail_in;
        continue;
      }
      inflateReset(&z);
      inflater_->member = true;
    }
    const int code = inflate(&z, Z_NO_FLUSH);
    if (code == Z_STREAM_END) {
      inflater_->member = false;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      error_ = Error{ErrorCode::malformed, name_ + ": damaged gzip data after " + std::to_string(inflater_->total_out) + " unpacked bytes (" +
                                               (z.msg ? z.msg : "no gzip member") + ")"};
      break;
    }
  }
  const std::size_t given = size - z.avail_out;
  inflater_->total_out += given;
  if (inflater_->total_out > limits::unpack_free_bytes && inflater_->total_out > inflater_->total_in * limits::unpack_ratio)
    error_ = Error{ErrorCode::over_limit, name_ + ": unpacks to more than " + std::to_string(limits::unpack_ratio) + " times its size; left off there (if you trust it, unpack it first)"};
  return given;
}

bool GzipStream::resume() {
  if (!error_ || error_->code != ErrorCode::malformed) return false;
  z_stream& z = inflater_->z;
  while (true) {
    while (z.avail_in >= 3) {
      if (z.next_in[0] == 0x1F && z.next_in[1] == 0x8B && z.next_in[2] == 8) {
        inflateReset(&z);
        inflater_->member = true;
        error_.reset();
        return true;
      }
      ++z.next_in;
      --z.avail_in;
    }
    if (!fill()) return false;
  }
}

bool BufferedReader::fill() {
  if (at_ > 0) {
    taken_ = true;
    buffer_.erase(0, at_);
    at_ = 0;
  }
  const std::size_t had = buffer_.size();
  buffer_.resize(had + chunk_bytes);
  const std::size_t got = stream_->read(buffer_.data() + had, chunk_bytes);
  buffer_.resize(had + got);
  return got > 0;
}

std::string_view BufferedReader::peek(std::size_t size) {
  while (buffer_.size() - at_ < size && fill()) {
  }
  return std::string_view(buffer_).substr(at_);
}

void BufferedReader::skip(std::size_t size) {
  while (size > 0) {
    const std::size_t here = std::min(size, buffer_.size() - at_);
    at_ += here;
    size -= here;
    if (size > 0 && !fill()) return;
  }
}

std::optional<std::string> BufferedReader::line(std::size_t limit, bool& too_long) {
  too_long = false;
  std::size_t scanned = 0;
  while (true) {
    const std::size_t end = buffer_.find('\n', at_ + scanned);
    if (end != std::string::npos) {
      std::string text = too_long || end - at_ > limit ? std::string() : buffer_.substr(at_, end - at_);
      too_long |= end - at_ > limit;
      at_ = end + 1;
      return text;
    }
    scanned = buffer_.size() - at_;
    if (scanned > limit) {  // the rest of that line is not kept
      too_long = true;
      at_ = buffer_.size();
      scanned = 0;
    }
    if (!fill()) {
      if (at_ == buffer_.size() && !too_long) return std::nullopt;
      std::string text = too_long ? std::string() : buffer_.substr(at_);
      at_ = buffer_.size();
      return text;
    }
  }
}

std::string BufferedReader::take(std::size_t size) {
  std::string bytes;
  while (bytes.size() < size) {
    if (at_ == buffer_.size() && !fill()) break;
    const std::size_t here = std::min(size - bytes.size(), buffer_.size() - at_);
    bytes.append(buffer_, at_, here);
    at_ += here;
  }
  return bytes;
}

std::string BufferedReader::take_all(std::size_t limit, bool& too_long) {
  std::string bytes = take(limit + 1);
  too_long = bytes.size() > limit;
  return bytes;
}

std::unique_ptr<ByteStream> BufferedReader::release() {
  if (at_ == buffer_.size() || (!taken_ && stream_->seek(0, SEEK_SET) == 0)) return std::move(stream_);
  return std::make_unique<PrefixedStream>(buffer_.substr(at_), std::move(stream_));
}

}  // namespace dragoman
