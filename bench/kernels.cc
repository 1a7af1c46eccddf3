// The kernels by themselves: what share of the processor's peak each one reaches. Prints one JSON object.
//
//   dragoman_bench_kernels [avx512|avx2|portable]
//
// Peak is measured, not looked up: independent multiply-adds in registers, in the widest vectors of that instruction set.
#include <cstdio>
#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "bench/clock.h"
#include "dragoman/language/aligned.h"
#include "dragoman/language/kernels.h"

namespace {

using namespace dragoman;

/// The least CPU time of a call, in seconds, over some 0.3 s of calls.
double least_time(const std::function<void()>& call) {
  call();
  double least = 1e9;
  for (double spent = 0; spent < 0.3;) {
    const double begin = cpu_seconds();
    call();
    const double time = cpu_seconds() - begin;
    least = time < least ? time : least;
    spent += time;
  }
  return least;
}

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f,prefer-vector-width=512")
/// 24 chains of multiply-adds; gives the number of multiply-adds done.
std::size_t chains_avx512(float* out) {
  __m512 sum[24];
  for (int i = 0; i < 24; ++i) sum[i] = _mm512_set1_ps(static_cast<float>(i));
  const __m512 x = _mm512_set1_ps(0.5f), y = _mm512_set1_ps(1.5f);
  constexpr std::size_t rounds = 200'000;
  for (std::size_t n = 0; n < rounds; ++n) {
#pragma GCC unroll 24
    for (int i = 0; i < 24; ++i) sum[i] = _mm512_fmadd_ps(sum[i], x, y);
  }
  for (int i = 1; i < 24; ++i) sum[0] = _mm512_add_ps(sum[0], sum[i]);
  _mm512_storeu_ps(out, sum[0]);
  return rounds * 24 * 16;
}
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx2,fma")
std::size_t chains_avx2(float* out) {
  __m256 sum[12];
  for (int i = 0; i < 12; ++i) sum[i] = _mm256_set1_ps(static_cast<float>(i));
  const __m256 x = _mm256_set1_ps(0.5f), y = _mm256_set1_ps(1.5f);
  constexpr std::size_t rounds = 400'000;
  for (std::size_t n = 0; n < rounds; ++n) {
#pragma GCC unroll 12
    for (int i = 0; i < 12; ++i) sum[i] = _mm256_fmadd_ps(sum[i], x, y);
  }
  for (int i = 1; i < 12; ++i) sum[0] = _mm256_add_ps(sum[0], sum[i]);
  _mm256_storeu_ps(out, sum[0]);
  return rounds * 12 * 8;
}
#pragma GCC pop_options
#endif

std::size_t chains_portable(float* out) {
  typedef float Vector __attribute__((vector_size(16)));
  Vector sum[12];
  for (int i = 0; i < 12; ++i) sum[i] = Vector{} + static_cast<float>(i);
  Vector x = Vector{} + 0.5f, y = Vector{} + 1.5f;
  constexpr std::size_t rounds = 400'000;
  for (std::size_t n = 0; n < rounds; ++n) {
#pragma GCC unroll 12
    for (int i = 0; i < 12; ++i) sum[i] = sum[i] * x + y;
  }
  for (int i = 1; i < 12; ++i) sum[0] += sum[i];
  std::memcpy(out, &sum[0], 16);
  return rounds * 12 * 4;
}

using Floats = LineFloats;  // memory as the annotator has it

Floats numbers(std::size_t count) {
  static std::mt19937 random(1);
  std::uniform_real_distribution<float> uniform(-1, 1);
  Floats made(count);
  for (float& x : made) x = uniform(random);
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  const Kernels* kernels = argc > 1 ? kernels_named(argv[1]) : &best_kernels();
  if (!kernels) {
    std::fprintf(stderr, "this processor has no %s\n", argv[1]);
    return 1;
  }
  const std::string name = kernels->name;
  float sink[16];
  std::size_t done = 0;
  const double peak_time = least_time([&] {
#if defined(__x86_64__)
    if (name == "avx512") done = chains_avx512(sink);
    else if (name == "avx2") done = chains_avx2(sink);
    else
#endif
      done = chains_portable(sink);
  });
  const double peak = static_cast<double>(done) / peak_time;
  std::printf("{\"isa\": \"%s\", \"peak_gflops\": %.1f, \"kernels\": [", name.c_str(), 2e-9 * peak);
  const char* comma = "";
  /// `macs`: multiply-adds that the mathematics asks for; `done_macs`: that the kernel does (fewer where it is clever).
  const auto report = [&](const char* kernel, std::size_t tokens, std::size_t macs, std::size_t done_macs, const std::function<void()>& call) {
    const double time = least_time(call);
    std::printf("%s\n  {\"kernel\": \"%s\", \"ns_per_token\": %.1f, \"gflops\": %.1f, \"share_of_peak\": %.3f, \"plain_gflops\": %.1f}", comma, kernel,
                1e9 * time / static_cast<double>(tokens), 2e-9 * static_cast<double>(done_macs) / time, static_cast<double>(done_macs) / time / peak,
                2e-9 * static_cast<double>(macs) / time);
    comma = ",";
  };

  constexpr std::size_t rows = 36 * 32;
  const Floats x = numbers((rows + 16) * 384), affine = numbers(affine_size);
  Floats out((rows + 16) * 1024), work(later_work_size);
  {
    std::vector<std::uint32_t> quads;
    for (std::uint32_t row = 4; row < 4 + rows; row += 4) quads.push_back(row);
    const Floats weights = numbers(6 * 96 * 288);
    report("convolution", rows, rows * 3 * 96 * 288, rows / 4 * 6 * 96 * 288, [&] {
      kernels->later(x.data(), quads.data(), quads.size(), weights.data(), affine.data(), out.data(), work.data());
    });
  }
  {
    const Floats weights = numbers(64 * 1024);
    report("parser slots", rows, rows * 64 * 1024, rows * 64 * 1024, [&] {
      for (std::size_t row = 0; row < rows; row += 36)
        kernels->dense(x.data() + row * 64, 64, 36, 64, 1024, weights.data(), nullptr, out.data() + row % 144 * 1024, 1024);
    });
    report("ner slots", rows, rows * 64 * 384, rows * 64 * 384, [&] {
      for (std::size_t row = 0; row < rows; row += 36)
        kernels->dense(x.data() + row * 64, 64, 36, 64, 384, weights.data(), nullptr, out.data() + row % 144 * 384, 384);
    });
    report("tags and lower", rows, rows * 96 * 128, rows * 96 * 128,
           [&] { kernels->dense(x.data(), 96, rows, 96, 128, weights.data(), affine.data(), out.data(), 128); });
  }
  {
    const Floats weights = numbers(384 * 288);
    report("mixer", 64, 64 * 384 * 288, 64 * 384 * 288, [&] { kernels->columns(x.data(), 64, 384, weights.data(), 6, out.data()); });
    report("products", 64, 64 * 96 * 864, 64 * 96 * 864, [&] { kernels->columns(x.data(), 64, 96, weights.data(), 18, out.data()); });
  }
  {
    // Rows picked at random from a cache of the real size.
    constexpr std::size_t types = 8192;
    const Floats products = numbers(types * product_size), vectors = numbers(types * 96);
    std::vector<FirstRow> picked;
    std::mt19937 random(3);
    for (std::size_t i = 0; i < rows + 2; ++i) {
      // Frequent types more often, as in a text.
      const double u = static_cast<double>(random()) / 4294967296.0;
      const auto type = static_cast<std::size_t>(static_cast<double>(types) * u * u * u * u);
      picked.push_back({vectors.data() + type * 96, products.data() + type * product_size});
    }
    report("first convolution", rows, 3 * rows * 288, 3 * rows * 288,
           [&] { kernels->first(picked.data(), 1, rows + 1, affine.data(), out.data()); });
  }
  {
    const Floats slots = numbers(8 * 128), upper = numbers(64 * 112), bias = numbers(128), mask(112);
    std::vector<const float*> pointers;
    for (std::size_t s = 0; s < 8; ++s) pointers.push_back(slots.data() + s * 128);
    volatile std::uint32_t chosen = 0;
    report("parser move", 1000, 1000 * (64 * 106 + 8 * 128), 1000 * (64 * 112 + 8 * 128), [&] {
      for (int i = 0; i < 1000; ++i) chosen = kernels->choose_parser(pointers.data(), bias.data(), upper.data(), bias.data(), mask.data(), nullptr);
    });
    report("ner move", 1000, 1000 * (64 * 74 + 3 * 128), 1000 * (64 * 80 + 3 * 128), [&] {
      for (int i = 0; i < 1000; ++i) chosen = kernels->choose_ner(pointers.data(), bias.data(), upper.data(), bias.data(), mask.data(), nullptr);
    });
  }
  std::printf("\n]}\n");
  return sink[0] == 0.123f ? 3 : 0;
}
