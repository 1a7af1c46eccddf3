// The kernels for AVX-512 (F, DQ, VL).
#include "dragoman/language/kernels.h"

#include <cmath>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>

#if !defined(__clang__)  // which has no such pragmas; there CMakeLists.txt gives the flags for the file
// GCC 12 takes the "undefined" vectors inside its own intrinsics for a mistake of ours.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC target("avx512f,avx512dq,avx512vl,avx2,fma,prefer-vector-width=512")
#endif

#define DRAGOMAN_LANES 16
#define DRAGOMAN_MAXOUT_TILE 8
#define DRAGOMAN_DENSE_TILE 6
#define DRAGOMAN_DENSE_WIDE 4
#include "dragoman/language/kernels_impl.h"

namespace dragoman {

const Kernels& avx512_kernels() {
  static constexpr Kernels kernels = {"avx512", columns, maxout_norm, first, later, dense, choose_parser, choose_ner};
  return kernels;
}

}  // namespace dragoman
#endif
