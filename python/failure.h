// Failures of the engine on their way to Python: one exception class for each ErrorCode (python/dragoman/errors.py).
#pragma once

#include <stdexcept>
#include <utility>

#include "dragoman/base/result.h"

namespace dragoman::python {

struct Failure : std::runtime_error {
  explicit Failure(Error error) : std::runtime_error(error.message), code(error.code) {}
  ErrorCode code;
};

/// The value; throws the error.
template <class T>
T value_of(Result<T> result) {
  if (!result) throw Failure(std::move(result.error()));
  return std::move(*result);
}

inline void check(Result<void> result) {
  if (!result) throw Failure(std::move(result.error()));
}

/// Makes nanobind raise a Failure as its class in dragoman.errors.
void translate_failures();

}  // namespace dragoman::python
