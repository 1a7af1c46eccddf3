// Wheel: the files of a model package, from the wheel (a zip archive) or from a folder it was unpacked into.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "dragoman/base/result.h"

namespace dragoman {

struct Wheel {
  std::map<std::string, std::string, std::less<>> files;  ///< path inside the package -> bytes
  std::string sha256;                                     ///< of the wheel, in hexadecimal; "" for a folder
};

/// Reads all files. Zip64, encryption and methods other than "stored" and "deflate" are `malformed`; so is a wrong CRC.
[[nodiscard]] Result<Wheel> open_wheel(const std::filesystem::path& path);

}  // namespace dragoman
