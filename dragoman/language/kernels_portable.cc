// The kernels in plain vectors of four floats: SSE2 on x86-64, whatever there is elsewhere.
#include "dragoman/language/kernels.h"

#include <cmath>
#include <cstring>

#define DRAGOMAN_LANES 4
#define DRAGOMAN_MAXOUT_TILE 4
#define DRAGOMAN_DENSE_TILE 4
#define DRAGOMAN_DENSE_WIDE 2
#include "dragoman/language/kernels_impl.h"

namespace dragoman {

const Kernels& portable_kernels() {
  static constexpr Kernels kernels = {"portable", columns, maxout_norm, first, later, dense, choose_parser, choose_ner};
  return kernels;
}

}  // namespace dragoman
