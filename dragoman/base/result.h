// Result: the answer of something that may fail because the outside world failed.
#pragma once

#include <cstdint>
#include <sstream>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace dragoman {

/// What kind of failure it was; the doors turn it into an exit code or an exception class.
enum class ErrorCode : std::uint8_t {
  not_found,            ///< no such file or folder
  unreadable,           ///< it is there but can't be read (a folder, no permission, an I/O error)
  unwritable,           ///< it can't be written (full disk, read-only)
  malformed,            ///< the bytes are not of the form they should be
  unsupported_version,  ///< the format is known, this version of it isn't
  checksum_mismatch,    ///< the bytes are damaged
  over_limit,           ///< larger than a stated limit
  busy,                 ///< someone else holds it
  misuse,               ///< the caller's words don't make sense
};

struct Error {
  ErrorCode code;
  std::string message;  ///< names the thing, what was found, what was expected, and the remedy
};

template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::malformed, path, ": no header");` in a function that returns a Result.
template <class... Parts>
[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, const Parts&... parts) {
  std::ostringstream message;
  (message << ... << parts);
  return tl::unexpected<Error>(Error{code, std::move(message).str()});
}

}  // namespace dragoman
