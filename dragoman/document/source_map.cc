#include "dragoman/document/source_map.h"

#include <algorithm>

#include "dragoman/base/varint.h"

namespace dragoman {
namespace {

constexpr char packed_version = 1;

/// Small numbers of either sign as small numbers.
std::uint64_t folded(std::int64_t value) { return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63); }
std::int64_t unfolded(std::uint64_t value) { return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1); }

}  // namespace

void SourceMap::add(Piece piece) {
  if (piece.size == 0) return;
  if (!pieces_.empty()) {
    Piece& last = pieces_.back();
    if (last.in_step && piece.in_step && last.source + last.size == piece.source) {
      last.size += piece.size;
      last.source_size = last.size;
      return;
    }
  }
  pieces_.push_back(piece);
}

void SourceMap::copied(std::uint32_t source, std::uint32_t size) { add({this->size(), size, source, size, true}); }

void SourceMap::replaced(std::uint32_t source, std::uint32_t source_size, std::uint32_t size) {
  add({this->size(), size, source, source_size, false});
}

void SourceMap::append(const SourceMap& other) {
  for (Piece piece : other.pieces_) {
    piece.text = size();
    add(piece);
  }
}

bool SourceMap::is_identity() const {
  return pieces_.empty() || (pieces_.size() == 1 && pieces_[0].in_step && pieces_[0].source == 0);
}

const SourceMap::Piece* SourceMap::piece_at(std::uint32_t text) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), text, [](std::uint32_t at, const Piece& piece) { return at < piece.text; });
  if (after == pieces_.begin() || text >= size()) return nullptr;
  return &*(after - 1);
}

ByteSpan SourceMap::source(ByteSpan text) const {
  const auto first_of = [&](std::uint32_t at) {
    const Piece* piece = piece_at(at);
    return !piece ? at : piece->in_step ? piece->source + (at - piece->text) : piece->source;
  };
  if (text.empty()) return {first_of(text.begin), first_of(text.begin)};
  const Piece* last = piece_at(text.end - 1);
  const std::uint32_t begin = first_of(text.begin);
  const std::uint32_t end = !last ? text.end : last->in_step ? last->source + (text.end - last->text) : last->source + last->source_size;
  if (end >= begin) return {begin, end};
  return {first_of(text.end - 1), begin};
}

SourceMap SourceMap::then(const SourceMap& further) const {
  if (further.is_identity()) return *this;
  SourceMap whole;
  for (const Piece& piece : pieces_) {
    if (!piece.in_step) {
      const ByteSpan source = further.source({piece.source, piece.source + piece.source_size});
      whole.replaced(source.begin, source.size(), piece.size);
      continue;
    }
    // A stretch in step may lie over several pieces of the further map.
    for (std::uint32_t done = 0; done < piece.size;) {
      const std::uint32_t at = piece.source + done;
      const Piece* under = further.piece_at(at);
      if (!under) {
        whole.copied(at, piece.size - done);
        break;
      }
      const std::uint32_t length = std::min(piece.size - done, under->text + under->size - at);
      if (under->in_step)
        whole.copied(under->source + (at - under->text), length);
      else
        whole.replaced(under->source, under->source_size, length);
      done += length;
    }
  }
  return whole;
}

std::string SourceMap::packed() const {
  std::string out;
  if (is_identity()) return out;
  out += packed_version;
  std::int64_t source = 0;
  for (const Piece& piece : pieces_) {
    put_varint(out, folded(std::int64_t{piece.source} - source));
    put_varint(out, std::uint64_t{piece.size} << 1 | (piece.in_step ? 0 : 1));
    if (!piece.in_step) put_varint(out, piece.source_size);
    source = std::int64_t{piece.source} + piece.source_size;
  }
  return out;
}

Result<SourceMap> SourceMap::unpack(std::string_view bytes) {
  SourceMap map;
  if (bytes.empty()) return map;
  if (bytes[0] != packed_version) return fail(ErrorCode::unsupported_version, "offsets: version ", int{bytes[0]}, "; this build reads ", int{packed_version});
  bytes.remove_prefix(1);
  std::int64_t source = 0;
  while (!bytes.empty()) {
    std::uint64_t jump = 0, size = 0, source_size = 0;
    if (!get_varint(bytes, jump) || !get_varint(bytes, size) || ((size & 1) && !get_varint(bytes, source_size))) return fail(ErrorCode::malformed, "offsets: cut short");
    source += unfolded(jump);
    if (!(size & 1)) source_size = size >> 1;
    if (source < 0 || source > 0xffffffff || size >> 1 > 0xffffffff || source_size > 0xffffffff) return fail(ErrorCode::malformed, "offsets: out of range");
    map.add({map.size(), static_cast<std::uint32_t>(size >> 1), static_cast<std::uint32_t>(source), static_cast<std::uint32_t>(source_size), !(size & 1)});
    source += static_cast<std::int64_t>(source_size);
  }
  return map;
}

}  // namespace dragoman
