#include "dragoman/language/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "dragoman/language/string_ids.h"

namespace dragoman {
namespace {

constexpr const char* remedy = "; make it again with `./run build`, or `dragoman pack-model WHEEL FILE`";

const ModelSection* sections_of(const char* data) { return reinterpret_cast<const ModelSection*>(data + sizeof(ModelHeader)); }

std::string_view name_of(const ModelSection& section) {
  return {section.name.data(), strnlen(section.name.data(), section.name.size())};
}

}  // namespace

std::uint64_t checksum64(std::string_view bytes) {
  // Four chains side by side, so that it runs at the speed of memory. It finds damage; it is no defence against forgery.
  constexpr std::uint64_t prime = 0x9E3779B185EBCA87ULL;
  std::array<std::uint64_t, 4> chain = {1, 2, 3, 4};
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), bytes.data() + at, 32);
    for (std::size_t i = 0; i < 4; ++i) chain[i] = std::rotl((chain[i] ^ words[i]) * prime, 29);
  }
  for (; at < bytes.size(); ++at) chain[0] = std::rotl((chain[0] ^ static_cast<unsigned char>(bytes[at])) * prime, 29);
  std::uint64_t sum = bytes.size();
  for (const std::uint64_t link : chain) sum = std::rotl((sum ^ link) * prime, 31);
  return sum ^ sum >> 32;
}

std::uint64_t table_hash(std::uint32_t group, std::string_view text) { return murmur64(text) + group * 0x9E3779B97F4A7C15ULL; }

Result<ModelFile> ModelFile::open(const std::filesystem::path& path) {
  const std::string name = path.string();
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    const int why = errno;
    return fail(why == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable, name, ": the language model can't be opened (",
                std::strerror(why), ")", remedy);
  }
  struct stat status {};
  const bool regular = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = regular ? static_cast<std::size_t>(status.st_size) : 0;
  void* data = size >= sizeof(ModelHeader) ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0) : MAP_FAILED;
  ::close(file);
  if (!regular) return fail(ErrorCode::unreadable, name, ": the language model is not a regular file", remedy);
  if (data == MAP_FAILED) return fail(ErrorCode::malformed, name, ": not a dragoman model (", size, " bytes)", remedy);

  ModelFile model;
  model.data_ = static_cast<const char*>(data);
  model.size_ = size;
  ModelHeader header;
  std::memcpy(&header, data, sizeof header);
  if (header.magic != model_magic) return fail(ErrorCode::malformed, name, ": not a dragoman model", remedy);
  if (header.version != model_version)
    return fail(ErrorCode::unsupported_version, name, ": model format ", header.version, "; this build reads ", model_version, remedy);
  if (header.file_size != size)
    return fail(ErrorCode::malformed, name, ": ", size, " bytes, should be ", header.file_size, ": the model is cut off", remedy);
  const std::string_view bytes(model.data_, size);
  if (checksum64(bytes.substr(sizeof header)) != header.checksum)
    return fail(ErrorCode::checksum_mismatch, name, ": the model is damaged (wrong checksum)", remedy);
  if (header.sections > (size - sizeof header) / sizeof(ModelSection)) return fail(ErrorCode::malformed, name, ": bad section table", remedy);
  for (std::size_t i = 0; i < header.sections; ++i) {
    const ModelSection& section = sections_of(model.data_)[i];
    if (section.offset % 64 != 0 || section.offset > size || section.size > size - section.offset)
      return fail(ErrorCode::malformed, name, ": section ", name_of(section), " lies outside the file", remedy);
  }
  model.pool_ = model.section_bytes("strings");
  return model;
}

ModelFile::ModelFile(ModelFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), pool_(other.pool_) {}

ModelFile& ModelFile::operator=(ModelFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(pool_, other.pool_);
  return *this;
}

ModelFile::~ModelFile() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
}

std::string_view ModelFile::section_bytes(std::string_view name) const {
  ModelHeader header;
  std::memcpy(&header, data_, sizeof header);
  for (std::size_t i = 0; i < header.sections; ++i) {
    const ModelSection& section = sections_of(data_)[i];
    if (name_of(section) == name) return {data_ + section.offset, section.size};
  }
  return {};
}

std::uint32_t ModelFile::find(std::span<const TextSlot> table, std::uint32_t group, std::string_view key) const {
  const std::size_t mask = table.size() - 1;
  for (std::size_t at = table_hash(group, key) & mask;; at = (at + 1) & mask) {
    const TextSlot& slot = table[at];
    if (!slot.used) return absent;
    if (slot.group == group && text(slot.key) == key) return slot.value;
  }
}

std::string_view ModelFile::wheel_sha256() const {
  const std::string_view digest(data_ + offsetof(ModelHeader, wheel_sha256), 64);
  return digest.front() ? digest : std::string_view{};
}

}  // namespace dragoman
