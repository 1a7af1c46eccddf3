#include "dragoman/ingest/charset.h"

#include <iconv.h>
#include <uchardet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct ByteOrderMark {
  std::string_view bytes;
  std::string_view charset;
};
constexpr ByteOrderMark marks[] = {{"\xEF\xBB\xBF", "UTF-8"}, {"\xFF\xFE", "UTF-16LE"}, {"\xFE\xFF", "UTF-16BE"}};

/// ASCII letters and digits of a label, lower-cased: "ISO_8859-1" and "iso8859-1" are one.
std::string folded(std::string_view label) {
  std::string out;
  for (const char c : label)
    if (std::isalnum(static_cast<unsigned char>(c))) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// The name to decode by. Browsers read "iso-8859-1" and "ascii" as windows-1252 (WHATWG Encoding), since pages mean that.
std::string canonical(std::string_view label) {
  const std::string name = folded(label);
  if (name == "utf8" || name == "unicode11utf8") return "UTF-8";
  for (const char* latin : {"iso88591", "latin1", "l1", "ascii", "usascii", "ansix341968", "cp1252", "windows1252", "xcp1252"})
    if (name == latin) return "windows-1252";
  if (name == "gb2312" || name == "gbk" || name == "xgbk") return "GB18030";
  if (name == "shiftjis" || name == "sjis" || name == "xsjis") return "CP932";
  if (name == "big5" || name == "xxbig5") return "BIG5-HKSCS";
  if (name == "ksc56011987" || name == "euckr") return "CP949";
  return std::string(label);
}

class Converter {
 public:
  explicit Converter(const std::string& charset) : handle_(iconv_open("UTF-32LE", charset.c_str())) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (valid()) iconv_close(handle_);
  }
  [[nodiscard]] bool valid() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  /// The next character of `bytes`: how many bytes it took, and itself; no character where they are broken. Room for one character
  /// makes iconv stop after it, which is how it tells where it ends.
  std::size_t next(std::string_view bytes, std::optional<char32_t>& character) {
    char* in = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
    std::size_t in_left = bytes.size();
    std::array<unsigned char, 4> out{};
    char* out_at = reinterpret_cast<char*>(out.data());
    std::size_t out_left = out.size();
    iconv(handle_, &in, &in_left, &out_at, &out_left);
    const std::size_t taken = bytes.size() - in_left;
    if (out_left == 0) {
      character = static_cast<char32_t>(out[0]) | static_cast<char32_t>(out[1]) << 8 | static_cast<char32_t>(out[2]) << 16;
      return taken;
    }
    character = std::nullopt;
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    return std::max<std::size_t>(taken, 1);
  }

 private:
  iconv_t handle_;
};

/// Bytes below 0x80 are ASCII in it, wherever they stand.
bool keeps_ascii(const std::string& charset) {
  const std::string name = folded(charset);
  for (const char* prefix : {"utf16", "utf32", "iso2022", "utf7", "hz", "ucs", "cp932", "big5", "gb18030", "cp949"})
    if (name.starts_with(prefix)) return false;  // some have ASCII bytes as second halves: one character at a time
  return name.starts_with("windows") || name.starts_with("iso8859") || name.starts_with("koi8") || name.starts_with("cp12") ||
         name.starts_with("mac") || name.starts_with("tis");
}

void decode_utf8_into(DecodedText& decoded, std::string_view bytes, std::size_t origin) {
  std::size_t good = 0;
  const auto flush = [&](std::size_t end) {
    if (end > good) decoded.utf8.copy(bytes.substr(good, end - good), origin + good);
  };
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const Utf8Character character = decode_utf8(bytes, at);
    if (!character.valid) {
      flush(at);
      if (decoded.broken++ == 0) decoded.first_broken = origin + at;
      decoded.utf8.replace(replacement, origin + at, character.size);
      good = at + character.size;
    }
    at += character.size;
  }
  flush(bytes.size());
}

void decode_other_into(DecodedText& decoded, std::string_view bytes, std::size_t origin, Converter& converter, bool ascii) {
  std::string character_bytes;
  for (std::size_t at = 0; at < bytes.size();) {
    if (ascii && static_cast<unsigned char>(bytes[at]) < 0x80) {
      std::size_t end = at;
      while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) < 0x80) ++end;
      decoded.utf8.copy(bytes.substr(at, end - at), origin + at);
      at = end;
      continue;
    }
    std::optional<char32_t> character;
    // No character takes more than 16 bytes (escape sequences included); a window keeps iconv from looking at the rest.
    const std::size_t taken = converter.next(bytes.substr(at, 16), character);
    if (!character) {
      if (decoded.broken++ == 0) decoded.first_broken = origin + at;
      decoded.utf8.replace(replacement, origin + at, taken);
    } else if (taken == 1 && *character < 0x80 && bytes[at] == static_cast<char>(*character)) {
      decoded.utf8.copy(bytes.substr(at, 1), origin + at);
    } else {
      character_bytes.clear();
      append_utf8(character_bytes, *character);
      decoded.utf8.replace(character_bytes, origin + at, taken);
    }
    at += taken;
  }
}

/// How many characters of the bytes are several bytes of good UTF-8, and how many places are broken, in the first stretch of it.
std::pair<std::size_t, std::size_t> utf8_evidence(std::string_view bytes) {
  bytes = bytes.substr(0, 1u << 20);
  std::size_t good = 0, broken = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const Utf8Character character = decode_utf8(bytes, at);
    ++(character.valid ? good : broken);
    at += character.size;
  }
  return {good, broken};
}

std::string guessed(std::string_view bytes) {
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), uchardet_delete);
  bytes = bytes.substr(0, 1u << 16);
  uchardet_handle_data(detector.get(), bytes.data(), bytes.size());
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

}  // namespace

DecodedText decode_text(std::string_view bytes, std::string_view declared) {
  DecodedText decoded;
  std::size_t origin = 0;
  for (const ByteOrderMark& mark : marks)
    if (decoded.charset.empty() && bytes.starts_with(mark.bytes)) {
      decoded.charset = mark.charset;
      origin = mark.bytes.size();
    }
  const std::string_view body = bytes.substr(origin);
  if (decoded.charset.empty()) {
    const auto [good, broken] = utf8_evidence(body);
    // Bytes that are UTF-8 are meant as that, whatever the label; a few broken places among many good ones are damage.
    if (broken * 4 <= good) decoded.charset = "UTF-8";
  }
  if (decoded.charset.empty()) {
    std::string label = canonical(declared);
    if (label.empty() || label == "UTF-8" || !Converter(label).valid()) label = canonical(guessed(body));
    // What is left over is a Western page in nearly all cases; any byte is some character there.
    if (label.empty() || label == "UTF-8" || !Converter(label).valid()) label = "windows-1252";
    decoded.charset = label;
  }
  decoded.utf8.text.reserve(body.size() + body.size() / 16);
  if (decoded.charset == "UTF-8") {
    decode_utf8_into(decoded, body, origin);
  } else {
    Converter converter(decoded.charset);
    decode_other_into(decoded, body, origin, converter, keeps_ascii(decoded.charset));
  }
  return decoded;
}

bool looks_binary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return false;  // UTF-16
  if (head.find('\0') != std::string_view::npos) return true;
  const auto controls = std::count_if(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) < 9; });
  return static_cast<std::size_t>(controls) * 20 > head.size();
}

}  // namespace dragoman
