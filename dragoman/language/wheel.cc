#include "dragoman/language/wheel.h"

#include <zlib.h>

#include <fstream>
#include <iterator>
#include <optional>

#include "dragoman/base/sha256.h"

namespace dragoman {
namespace {

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::unreadable, path.string(), ": can't be opened");
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (file.bad()) return fail(ErrorCode::unreadable, path.string(), ": reading failed");
  return bytes;
}

/// Little-endian number of `size` bytes at `at`; none past the end.
std::optional<std::uint64_t> number(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
  std::uint64_t n = 0;
  for (std::size_t i = size; i-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes[at + i]);
  return n;
}

std::optional<std::string> inflated(std::string_view packed, std::size_t size) {
  if (size > 1032 * packed.size()) return std::nullopt;  // more than deflate can pack: no memory for what is only claimed
  std::string bytes(size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  const int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  if (status != Z_STREAM_END || stream.avail_out != 0) return std::nullopt;
  return bytes;
}

/// Reads the central directory at the archive's end, then each file.
bool unzip(std::string_view zip, std::map<std::string, std::string, std::less<>>& files) {
  constexpr std::size_t end_size = 22;
  if (zip.size() < end_size) return false;
  std::size_t end = zip.size() - end_size;
  while (number(zip, end, 4) != 0x06054b50u)
    if (end-- == 0) return false;
  const std::uint64_t count = number(zip, end + 10, 2).value();
  std::size_t at = number(zip, end + 16, 4).value();
  for (std::uint64_t i = 0; i < count; ++i) {
    if (number(zip, at, 4) != 0x02014b50u || at + 46 > zip.size()) return false;
    const std::uint64_t method = *number(zip, at + 10, 2), crc = *number(zip, at + 16, 4);
    const std::uint64_t packed_size = *number(zip, at + 20, 4), size = *number(zip, at + 24, 4);
    const std::uint64_t name_size = *number(zip, at + 28, 2), local = *number(zip, at + 42, 4);
    const std::uint64_t next = at + 46 + name_size + *number(zip, at + 30, 2) + *number(zip, at + 32, 2);
    if (next > zip.size() || size > 1u << 30) return false;
    std::string name(zip.substr(at + 46, name_size));
    if (number(zip, local, 4) != 0x04034b50u || local + 30 > zip.size()) return false;
    const std::uint64_t begin = local + 30 + *number(zip, local + 26, 2) + *number(zip, local + 28, 2);
    if (begin > zip.size() || packed_size > zip.size() - begin) return false;
    const std::string_view packed = zip.substr(begin, packed_size);
    std::optional<std::string> bytes;
    if (method == 0) bytes = std::string(packed);
    if (method == 8) bytes = inflated(packed, size);
    if (!bytes || bytes->size() != size) return false;
    if (crc32(0, reinterpret_cast<const Bytef*>(bytes->data()), static_cast<uInt>(bytes->size())) != crc) return false;
    files.emplace(std::move(name), std::move(*bytes));
    at = next;
  }
  return true;
}

}  // namespace

Result<Wheel> open_wheel(const std::filesystem::path& path) {
  Wheel wheel;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    for (auto entry = std::filesystem::recursive_directory_iterator(path, error); !error && entry != end(entry); entry.increment(error)) {
      if (!entry->is_regular_file()) continue;
      Result<std::string> bytes = read_file(entry->path());
      if (!bytes) return tl::unexpected(bytes.error());
      wheel.files.emplace(std::filesystem::relative(entry->path(), path).generic_string(), std::move(*bytes));
    }
    if (error) return fail(ErrorCode::unreadable, path.string(), ": ", error.message());
    return wheel;
  }
  if (!std::filesystem::exists(path, error)) return fail(ErrorCode::not_found, path.string(), ": no such file or folder");
  Result<std::string> bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  if (!unzip(*bytes, wheel.files)) return fail(ErrorCode::malformed, path.string(), ": not a sound wheel (zip archive); download it again");
  wheel.sha256 = sha256_hex(*bytes);
  return wheel;
}

}  // namespace dragoman
