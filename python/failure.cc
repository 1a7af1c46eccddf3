#include "python/failure.h"

#include <nanobind/nanobind.h>

namespace nb = nanobind;

namespace dragoman::python {
namespace {

const char* class_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found: return "NotFoundError";
    case ErrorCode::unreadable: return "UnreadableError";
    case ErrorCode::unwritable: return "UnwritableError";
    case ErrorCode::malformed: return "MalformedError";
    case ErrorCode::unsupported_version: return "UnsupportedVersionError";
    case ErrorCode::checksum_mismatch: return "ChecksumMismatchError";
    case ErrorCode::over_limit: return "OverLimitError";
    case ErrorCode::busy: return "BusyError";
    case ErrorCode::misuse: return "MisuseError";
  }
  return "DragomanError";
}

}  // namespace

void translate_failures() {
  nb::register_exception_translator([](const std::exception_ptr& pointer, void*) {
    try {
      std::rethrow_exception(pointer);
    } catch (const Failure& failure) {
      const nb::object type = nb::module_::import_("dragoman.errors").attr(class_of(failure.code));
      PyErr_SetString(type.ptr(), failure.what());
    }
  });
}

}  // namespace dragoman::python
