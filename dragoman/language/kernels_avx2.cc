// The kernels for AVX2 with FMA.
#include "dragoman/language/kernels.h"

#include <cmath>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>

#if !defined(__clang__)  // which has no such pragma; there CMakeLists.txt gives the flags for the file
#pragma GCC target("avx2,fma")
#endif

#define DRAGOMAN_LANES 8
#define DRAGOMAN_MAXOUT_TILE 4
#define DRAGOMAN_DENSE_TILE 6
#define DRAGOMAN_DENSE_WIDE 2
#include "dragoman/language/kernels_impl.h"

namespace dragoman {

const Kernels& avx2_kernels() {
  static constexpr Kernels kernels = {"avx2", columns, maxout_norm, first, later, dense, choose_parser, choose_ner};
  return kernels;
}

}  // namespace dragoman
#endif
