#include "dragoman/language/kernels.h"

#include <cstdlib>

namespace dragoman {

const Kernels* kernels_named(std::string_view name) {
  if (name == "portable") return &portable_kernels();
#if defined(__x86_64__)
  if (name == "avx2" && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &avx2_kernels();
  if (name == "avx512" && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return &avx512_kernels();
#endif
  return nullptr;
}

const Kernels& best_kernels() {
  if (const char* wanted = std::getenv("DRAGOMAN_ISA"))
    if (const Kernels* kernels = kernels_named(wanted)) return *kernels;
  for (const char* name : {"avx512", "avx2"})
    if (const Kernels* kernels = kernels_named(name)) return *kernels;
  return portable_kernels();
}

}  // namespace dragoman
