// ByteStream: bytes that are read once, front to back, from a file or out of a packed one.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dragoman/base/result.h"

namespace dragoman {

/// Where bytes come from. One of the few places with an interface: a gzip stream reads from a file, or from a member of an archive.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Up to `size` bytes; 0 at the end, or after a failure (`error` tells).
  virtual std::size_t read(char* into, std::size_t size) = 0;
  [[nodiscard]] virtual const std::optional<Error>& error() const = 0;
  /// Moves as lseek does; -1 where that can't be done.
  virtual std::int64_t seek(std::int64_t, int) { return -1; }
};

/// Bytes in memory.
class BytesStream : public ByteStream {
 public:
  explicit BytesStream(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(char* into, std::size_t size) override;
  [[nodiscard]] const std::optional<Error>& error() const override { return error_; }
  std::int64_t seek(std::int64_t offset, int whence) override;

 private:
  std::string bytes_;
  std::size_t at_ = 0;
  std::optional<Error> error_;  ///< none ever
};

/// "-" is standard input. `consumed` (may be null) counts the bytes read, for progress.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> open_file(const std::string& path, std::atomic<std::uint64_t>* consumed);

/// Unpacks gzip, member after member. A member that is damaged ends with an error once what could be unpacked is read; `resume`
/// goes on at the next member that can be found.
class GzipStream : public ByteStream {
 public:
  /// More than `ratio` bytes out for one in, past the first 64 MB, is `over_limit`.
  GzipStream(std::unique_ptr<ByteStream> packed, std::string name);
  ~GzipStream() override;
  std::size_t read(char* into, std::size_t size) override;
  [[nodiscard]] const std::optional<Error>& error() const override { return error_; }
  /// After an error: true if there is another member to go on with.
  bool resume();

 private:
  bool fill();
  struct Inflater;
  std::unique_ptr<ByteStream> packed_;
  std::string name_;
  std::unique_ptr<Inflater> inflater_;
  std::optional<Error> error_;
};

/// A stream with a window on what comes next.
class BufferedReader {
 public:
  explicit BufferedReader(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

  /// The next bytes, at least `size` if there are so many, without taking them.
  std::string_view peek(std::size_t size);
  void skip(std::size_t size);
  /// Takes a line without its end; nothing at the end. A line over `limit` is taken whole, given empty, and sets `too_long`.
  std::optional<std::string> line(std::size_t limit, bool& too_long);
  /// Takes exactly `size` bytes, fewer only at the end.
  std::string take(std::size_t size);
  /// Takes all that is left; sets `too_long` and stops once it is over `limit`.
  std::string take_all(std::size_t limit, bool& too_long);
  [[nodiscard]] const std::optional<Error>& error() const { return stream_->error(); }
  /// The stream itself, what was peeked at put before it (or, nothing having been taken, moved back to its start). The reader is spent.
  [[nodiscard]] std::unique_ptr<ByteStream> release();
  [[nodiscard]] ByteStream& stream() { return *stream_; }

 private:
  bool fill();
  std::unique_ptr<ByteStream> stream_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool taken_ = false;
};

}  // namespace dragoman
