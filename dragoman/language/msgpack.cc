#include "dragoman/language/msgpack.h"

#include <bit>
#include <optional>

namespace dragoman {
namespace {

using Kind = MsgpackValue::Kind;

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool value(MsgpackValue& value, int depth) {
    const std::optional<std::uint64_t> lead = number(1);
    if (!lead || depth > 64) return false;
    const auto byte = static_cast<unsigned>(*lead);
    if (byte < 0x80) return integer(value, byte);
    if (byte >= 0xE0) return integer(value, static_cast<std::uint64_t>(static_cast<std::int64_t>(byte) - 256));
    if (byte < 0x90) return container(value, Kind::map, byte & 0x0F, depth);
    if (byte < 0xA0) return container(value, Kind::array, byte & 0x0F, depth);
    if (byte < 0xC0) return string(value, Kind::text, byte & 0x1F);
    switch (byte) {
      case 0xC0: return true;
      case 0xC2:
      case 0xC3:
        value.kind = Kind::boolean;
        value.integer = byte & 1;
        return true;
      case 0xC4: case 0xC5: case 0xC6: return string(value, Kind::bytes, number(1u << (byte - 0xC4)));
      case 0xCA: return real(value, number(4), true);
      case 0xCB: return real(value, number(8), false);
      case 0xCC: case 0xCD: case 0xCE: case 0xCF: return integer(value, number(1u << (byte - 0xCC)));
      case 0xD0: case 0xD1: case 0xD2: case 0xD3: return integer(value, signed_number(1u << (byte - 0xD0)));
      case 0xD9: case 0xDA: case 0xDB: return string(value, Kind::text, number(1u << (byte - 0xD9)));
      case 0xDC: case 0xDD: return container(value, Kind::array, number(2u << (byte - 0xDC)), depth);
      case 0xDE: case 0xDF: return container(value, Kind::map, number(2u << (byte - 0xDE)), depth);
      default: return false;  // extension types
    }
  }

  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  std::optional<std::uint64_t> number(std::size_t size) {
    if (bytes_.size() - at_ < size) return std::nullopt;
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < size; ++i) n = n << 8 | static_cast<unsigned char>(bytes_[at_ + i]);
    at_ += size;
    return n;
  }
  std::optional<std::uint64_t> signed_number(std::size_t size) {
    std::optional<std::uint64_t> n = number(size);
    if (n && size < 8 && (*n >> (8 * size - 1))) *n |= ~std::uint64_t{0} << (8 * size);
    return n;
  }
  static bool integer(MsgpackValue& value, std::optional<std::uint64_t> n) {
    if (!n) return false;
    value.kind = Kind::integer;
    value.integer = *n;
    return true;
  }
  static bool real(MsgpackValue& value, std::optional<std::uint64_t> n, bool single) {
    if (!n) return false;
    value.kind = Kind::real;
    value.real = single ? static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(*n))) : std::bit_cast<double>(*n);
    return true;
  }
  bool string(MsgpackValue& value, Kind kind, std::optional<std::uint64_t> size) {
    if (!size || bytes_.size() - at_ < *size) return false;
    value.kind = kind;
    value.bytes = bytes_.substr(at_, *size);
    at_ += *size;
    return true;
  }
  bool container(MsgpackValue& value, Kind kind, std::optional<std::uint64_t> size, int depth) {
    if (!size || *size > bytes_.size() - at_) return false;  // each item takes a byte at least
    value.kind = kind;
    const std::uint64_t count = kind == Kind::map ? *size * 2 : *size;
    value.items.resize(count);
    for (MsgpackValue& item : value.items)
      if (!this->value(item, depth + 1)) return false;
    return true;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

const MsgpackValue* MsgpackValue::find(std::string_view key) const {
  if (kind != Kind::map) return nullptr;
  for (std::size_t i = 0; i < items.size(); i += 2)
    if ((items[i].is(Kind::text) || items[i].is(Kind::bytes)) && items[i].bytes == key) return &items[i + 1];
  return nullptr;
}

const MsgpackValue* MsgpackValue::find(std::uint64_t key) const {
  if (kind != Kind::map) return nullptr;
  for (std::size_t i = 0; i < items.size(); i += 2)
    if (items[i].is(Kind::integer) && items[i].integer == key) return &items[i + 1];
  return nullptr;
}

Result<MsgpackValue> parse_msgpack(std::string_view bytes) {
  Reader reader(bytes);
  MsgpackValue value;
  if (!reader.value(value, 0)) return fail(ErrorCode::malformed, "MessagePack: can't be read at byte ", reader.at());
  if (!reader.at_end()) return fail(ErrorCode::malformed, "MessagePack: ", bytes.size() - reader.at(), " bytes after the end");
  return value;
}

}  // namespace dragoman
