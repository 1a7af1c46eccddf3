// The kernels, for one instruction set. Included by kernels_*.cc, which set the target and define
//   DRAGOMAN_LANES        floats of a vector
//   DRAGOMAN_MAXOUT_TILE  rows that a maxout tile computes at once: that many times three sums stay in registers
//   DRAGOMAN_DENSE_TILE   rows of a dense tile, and
//   DRAGOMAN_DENSE_WIDE   vectors of a dense tile
//
// Every product is the same loop (`multiply`): a tile of rows times a few vectors of columns, the sums in registers, one broadcast per row
// and input. Maxout tiles hold the three pieces of the same outputs, so the maximum is taken in registers and the 288 values of a row are
// never stored.
//
// A convolution over three tokens is computed for four neighbours at once (Winograd, F(4,3)), with the points 0, +-a, +-b, infinity,
// a = 3/4, b = 3/2. With rows x0..x5 and window weights l, c, r (the packer makes the weights' side, "pack_model.cc"):
//   inputs   n0 = a2b2 x0 - (a2+b2) x2 + x4           n5 = a2b2 x1 - (a2+b2) x3 + x5
//            n1, n2 = (x4 - b2 x2) +- a (x3 - b2 x1)  n3, n4 = (x4 - a2 x2) +- b (x3 - a2 x1)
//   products m_i = n_i · weights_i
//   outputs  y_o = sum of (point_i)^o m_i, and m5 joins y3
// which is six products where the plain form takes twelve. These points were the most exact of those tried: the error of a sum is
// 4.5e-7 on average, that of the plain sum 3.4e-7.
#include <cmath>
#include <cstring>

namespace dragoman {
namespace {

constexpr std::size_t lanes_here = DRAGOMAN_LANES;
typedef float Vector __attribute__((vector_size(DRAGOMAN_LANES * 4)));
typedef float Unaligned __attribute__((vector_size(DRAGOMAN_LANES * 4), aligned(4), may_alias));

inline __attribute__((always_inline)) Vector load(const float* at) { return *reinterpret_cast<const Unaligned*>(at); }
inline __attribute__((always_inline)) void store(float* at, Vector value) { *reinterpret_cast<Unaligned*>(at) = value; }
inline __attribute__((always_inline)) Vector fill(float x) {
#if DRAGOMAN_LANES == 16
  return reinterpret_cast<Vector>(_mm512_set1_ps(x));
#elif DRAGOMAN_LANES == 8
  return reinterpret_cast<Vector>(_mm256_set1_ps(x));
#else
  return Vector{x, x, x, x};
#endif
}
inline __attribute__((always_inline)) Vector larger(Vector a, Vector b) {
#if DRAGOMAN_LANES == 16
  return reinterpret_cast<Vector>(_mm512_max_ps(reinterpret_cast<__m512>(a), reinterpret_cast<__m512>(b)));
#elif DRAGOMAN_LANES == 8
  return reinterpret_cast<Vector>(_mm256_max_ps(reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b)));
#else
  return a > b ? a : b;
#endif
}
/// A bit for each lane in which both are equal.
inline __attribute__((always_inline)) unsigned equal_lanes(Vector a, Vector b) {
#if DRAGOMAN_LANES == 16
  return _mm512_cmpeq_ps_mask(reinterpret_cast<__m512>(a), reinterpret_cast<__m512>(b));
#elif DRAGOMAN_LANES == 8
  return static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b), _CMP_EQ_OQ)));
#else
  return (a[0] == b[0] ? 1u : 0u) | (a[1] == b[1] ? 2u : 0u) | (a[2] == b[2] ? 4u : 0u) | (a[3] == b[3] ? 8u : 0u);
#endif
}
inline __attribute__((always_inline)) float largest_of(Vector v) {
#if DRAGOMAN_LANES == 16
  const __m256 half = _mm256_max_ps(_mm512_castps512_ps256(reinterpret_cast<__m512>(v)), _mm512_extractf32x8_ps(reinterpret_cast<__m512>(v), 1));
#elif DRAGOMAN_LANES == 8
  const __m256 half = reinterpret_cast<__m256>(v);
#endif
#if DRAGOMAN_LANES >= 8
  __m128 four = _mm_max_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
  four = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(four, _mm_shuffle_ps(four, four, 1)));
#else
  float largest = v[0];
  for (std::size_t i = 1; i < lanes_here; ++i) largest = v[i] > largest ? v[i] : largest;
  return largest;
#endif
}
inline __attribute__((always_inline)) float sum_of(Vector v) {
  float sum = 0;
  for (std::size_t i = 0; i < lanes_here; ++i) sum += v[i];
  return sum;
}

/// sum[r][n] += x[r] · column n. `step` is the distance of the columns' vectors in a row of weights.
template <int rows, int wide, std::size_t step, std::size_t weight_stride>
inline __attribute__((always_inline)) void multiply(const float* x, std::size_t x_stride, std::size_t inputs, const float* weights,
                                                    Vector (&sum)[rows][wide]) {
  for (std::size_t i = 0; i < inputs; ++i) {
    Vector weight[wide];
#pragma GCC unroll 8
    for (int n = 0; n < wide; ++n) weight[n] = load(weights + i * weight_stride + static_cast<std::size_t>(n) * step);
#pragma GCC unroll 16
    for (int r = 0; r < rows; ++r) {
      const Vector value = fill(x[static_cast<std::size_t>(r) * x_stride + i]);
#pragma GCC unroll 8
      for (int n = 0; n < wide; ++n) sum[r][n] += value * weight[n];
    }
  }
}

template <int rows, int wide>
inline __attribute__((always_inline)) void clear(Vector (&sum)[rows][wide]) {
#pragma GCC unroll 16
  for (int r = 0; r < rows; ++r)
#pragma GCC unroll 8
    for (int n = 0; n < wide; ++n) sum[r][n] = Vector{};
}

/// The largest of the three pieces, biases added.
inline __attribute__((always_inline)) Vector maxout(const Vector (&sum)[3], const float* bias) {
  return larger(larger(sum[0] + load(bias), sum[1] + load(bias + 16)), sum[2] + load(bias + 32));
}

/// Layer normalisation of 96 values, optionally with a residual; `out` may be `values`.
inline __attribute__((always_inline)) void normalize(const float* values, const float* affine, const float* residual, float* out) {
  constexpr std::size_t n = 96 / lanes_here;
  Vector v[n], sum{};
#pragma GCC unroll 24
  for (std::size_t i = 0; i < n; ++i) sum += v[i] = load(values + i * lanes_here);
  const Vector mean = fill(sum_of(sum) / 96.0f);
  Vector squares{};
#pragma GCC unroll 24
  for (std::size_t i = 0; i < n; ++i) {
    v[i] -= mean;
    squares += v[i] * v[i];
  }
  const Vector scale = fill(1.0f / std::sqrt(sum_of(squares) / 96.0f + 1e-8f));
  const float* gain = affine + 288;
  const float* shift = affine + 384;
#pragma GCC unroll 24
  for (std::size_t i = 0; i < n; ++i) {
    Vector made = v[i] * scale * load(gain + i * lanes_here) + load(shift + i * lanes_here);
    if (residual) made += load(residual + i * lanes_here);
    store(out + i * lanes_here, made);
  }
}

/// Calls tile.template operator()<n>(row) for tiles of `largest` rows, then halves for the rest.
template <int largest, class Tile>
inline __attribute__((always_inline)) void in_tiles(std::size_t rows, const Tile& tile, std::size_t at = 0) {
  for (; at + largest <= rows; at += largest) tile.template operator()<largest>(at);
  if constexpr (largest > 1) {
    if (at < rows) in_tiles<largest / 2>(rows, tile, at);
  }
}

void columns(const float* x, std::size_t rows, std::size_t inputs, const float* weights, std::size_t block_count, float* out) {
  const std::size_t out_stride = block_count * 48;
  for (std::size_t block = 0; block < block_count; ++block) {
    const float* w = weights + block * inputs * 48;
    in_tiles<DRAGOMAN_MAXOUT_TILE>(rows, [&]<int n>(std::size_t row) {
      for (std::size_t part = 0; part < 16; part += lanes_here) {
        Vector sum[n][3];
        clear(sum);
        multiply<n, 3, 16, 48>(x + row * inputs, inputs, inputs, w + part, sum);
#pragma GCC unroll 16
        for (int r = 0; r < n; ++r)
#pragma GCC unroll 3
          for (std::size_t piece = 0; piece < 3; ++piece)
            store(out + (row + static_cast<std::size_t>(r)) * out_stride + block * 48 + piece * 16 + part, sum[r][piece]);
      }
    });
  }
}

void maxout_norm(const float* sums, const float* affine, float* out) {
  float values[96];
  for (std::size_t block = 0; block < 6; ++block) {
    for (std::size_t part = 0; part < 16; part += lanes_here) {
      const float* at = sums + block * 48 + part;
      const Vector sum[3] = {load(at), load(at + 16), load(at + 32)};
      store(values + block * 16 + part, maxout(sum, affine + block * 48 + part));
    }
  }
  normalize(values, affine, nullptr, out);
}

void first(const FirstRow* rows, std::size_t begin, std::size_t end, const float* affine, float* out) {
  for (std::size_t row = begin; row < end; ++row) {
    if (row + 3 < end)  // types lie all over the cache's memory
      for (std::size_t line = 0; line < product_size; line += 16) __builtin_prefetch(rows[row + 3].products + line);
    const float* left = rows[row - 1].products;
    const float* centre = rows[row].products + 288;
    const float* right = rows[row + 1].products + 576;
    float values[96];
    for (std::size_t block = 0; block < 6; ++block) {
      for (std::size_t part = 0; part < 16; part += lanes_here) {
        Vector sum[3];
#pragma GCC unroll 3
        for (std::size_t piece = 0; piece < 3; ++piece) {
          const std::size_t at = block * 48 + piece * 16 + part;
          sum[piece] = load(left + at) + load(centre + at) + load(right + at);
        }
        store(values + block * 16 + part, maxout(sum, affine + block * 48 + part));
      }
    }
    normalize(values, affine, rows[row].vector, out + row * 96);
  }
}

void later(const float* in, const std::uint32_t* quads, std::size_t count, const float* weights, const float* affine, float* out, float* work) {
  constexpr float a = 0.75f, b = 1.5f, a2 = a * a, b2 = b * b;
  float* const inputs = work;                          // [product][quad][96]
  float* const made = work + 6 * quad_group * 96;      // [quad][4][96]
  float* const kept = made + 4 * quad_group * 96;      // [quad][2][48]
  float* const waiting = kept + 2 * quad_group * 48;   // [quad][48]
  for (std::size_t begin = 0; begin < count; begin += quad_group) {
    const std::size_t here = count - begin < quad_group ? count - begin : quad_group;
    for (std::size_t q = 0; q < here; ++q) {
      const float* x = in + static_cast<std::ptrdiff_t>(quads[begin + q]) * 96 - 96;
      for (std::size_t i = 0; i < 96; i += lanes_here) {
        const Vector x0 = load(x + i), x1 = load(x + 96 + i), x2 = load(x + 192 + i), x3 = load(x + 288 + i), x4 = load(x + 384 + i),
                     x5 = load(x + 480 + i);
        const Vector even_a = x4 - b2 * x2, odd_a = a * (x3 - b2 * x1), even_b = x4 - a2 * x2, odd_b = b * (x3 - a2 * x1);
        float* const to = inputs + q * 96 + i;
        constexpr std::size_t product = quad_group * 96;
        store(to, even_a + odd_a);
        store(to + product, even_a - odd_a);
        store(to + 2 * product, even_b + odd_b);
        store(to + 3 * product, even_b - odd_b);
        store(to + 4 * product, a2 * b2 * x0 - (a2 + b2) * x2 + x4);
        store(to + 5 * product, a2 * b2 * x1 - (a2 + b2) * x3 + x5);
      }
    }
    // Product by product, all quads of the group for each: so a product's weights (18 kB) stay in the first-level cache. What is kept of
    // a quad between the products: at first m1, then m1 + m2 and m1 - m2 (and m3 for a while), at last what y0 and y3 have so far.
    for (std::size_t block = 0; block < 6; ++block) {
      for (std::size_t part = 0; part < 16; part += lanes_here) {
        const auto kept_at = [&](std::size_t quad, int which) { return kept + (quad * 2 + static_cast<std::size_t>(which)) * 48; };
        const auto finish = [&](std::size_t quad, std::size_t which, const Vector (&sum)[3]) __attribute__((always_inline)) {
          store(made + (quad * 4 + which) * 96 + block * 16 + part, maxout(sum, affine + block * 48 + part));
        };
        /// Runs a product; its sums start from what is kept, if `from` is not negative. use(quad, sum) takes them.
        const auto product = [&](std::size_t k, int from, const auto& use) __attribute__((always_inline)) {
          const float* const w = weights + (block * 6 + k) * 96 * 48 + part;
          in_tiles<DRAGOMAN_MAXOUT_TILE>(here, [&]<int n>(std::size_t quad) __attribute__((always_inline)) {
            Vector sum[n][3];
#pragma GCC unroll 16
            for (int r = 0; r < n; ++r)
#pragma GCC unroll 3
              for (std::size_t piece = 0; piece < 3; ++piece)
                sum[r][piece] = from < 0 ? Vector{} : load(kept_at(quad + static_cast<std::size_t>(r), from) + piece * 16);
            multiply<n, 3, 16, 48>(inputs + (k * quad_group + quad) * 96, 96, 96, w, sum);
#pragma GCC unroll 16
            for (int r = 0; r < n; ++r) use(quad + static_cast<std::size_t>(r), sum[r]);
          });
        };
        product(0, -1, [&](std::size_t quad, const Vector (&m1)[3]) __attribute__((always_inline)) {
#pragma GCC unroll 3
          for (std::size_t piece = 0; piece < 3; ++piece) store(kept_at(quad, 0) + piece * 16, m1[piece]);
        });
        product(1, -1, [&](std::size_t quad, const Vector (&m2)[3]) __attribute__((always_inline)) {
#pragma GCC unroll 3
          for (std::size_t piece = 0; piece < 3; ++piece) {
            const Vector m1 = load(kept_at(quad, 0) + piece * 16);
            store(kept_at(quad, 0) + piece * 16, m1 + m2[piece]);
            store(kept_at(quad, 1) + piece * 16, a * (m1 - m2[piece]));
          }
        });
        product(2, -1, [&](std::size_t quad, const Vector (&m3)[3]) __attribute__((always_inline)) {
#pragma GCC unroll 3
          for (std::size_t piece = 0; piece < 3; ++piece) store(waiting + quad * 48 + piece * 16 + part, m3[piece]);
        });
        product(3, -1, [&](std::size_t quad, const Vector (&m4)[3]) __attribute__((always_inline)) {
          Vector y1[3], y2[3];
#pragma GCC unroll 3
          for (std::size_t piece = 0; piece < 3; ++piece) {
            const Vector even = load(kept_at(quad, 0) + piece * 16), odd = load(kept_at(quad, 1) + piece * 16);
            const Vector m3 = load(waiting + quad * 48 + piece * 16 + part), even_b = m3 + m4[piece], odd_b = b * (m3 - m4[piece]);
            y1[piece] = odd + odd_b;
            y2[piece] = a2 * even + b2 * even_b;
            store(kept_at(quad, 0) + piece * 16, even + even_b);
            store(kept_at(quad, 1) + piece * 16, a2 * odd + b2 * odd_b);
          }
          finish(quad, 1, y1);
          finish(quad, 2, y2);
        });
        product(4, 0, [&](std::size_t quad, const Vector (&y0)[3]) __attribute__((always_inline)) { finish(quad, 0, y0); });
        product(5, 1, [&](std::size_t quad, const Vector (&y3)[3]) __attribute__((always_inline)) { finish(quad, 3, y3); });
      }
    }
    for (std::size_t q = 0; q < here; ++q) {
      const std::size_t row = quads[begin + q];
      for (std::size_t r = 0; r < 4; ++r) normalize(made + (q * 4 + r) * 96, affine, in + (row + r) * 96, out + (row + r) * 96);
    }
  }
}

void dense(const float* x, std::size_t x_stride, std::size_t rows, std::size_t inputs, std::size_t columns, const float* weights,
           const float* bias, float* out, std::size_t out_stride) {
  constexpr std::size_t part_size = DRAGOMAN_DENSE_WIDE * lanes_here;
  for (std::size_t block = 0; block < columns; block += 64) {
    const float* w = weights + block * inputs;
    for (std::size_t part = 0; part < 64; part += part_size) {
      in_tiles<DRAGOMAN_DENSE_TILE>(rows, [&]<int n>(std::size_t row) {
        Vector sum[n][DRAGOMAN_DENSE_WIDE];
        clear(sum);
        multiply<n, DRAGOMAN_DENSE_WIDE, lanes_here, 64>(x + row * x_stride, x_stride, inputs, w + part, sum);
#pragma GCC unroll 16
        for (int r = 0; r < n; ++r)
#pragma GCC unroll 8
          for (std::size_t v = 0; v < DRAGOMAN_DENSE_WIDE; ++v) {
            const std::size_t at = block + part + v * lanes_here;
            Vector made = sum[r][v];
            if (bias) made += load(bias + at);
            store(out + (row + static_cast<std::size_t>(r)) * out_stride + at, made);
          }
      });
    }
  }
}

template <int slots_count, std::size_t columns>
inline __attribute__((always_inline)) std::uint32_t choose(const float* const* slots, const float* bias, const float* upper,
                                                           const float* upper_bias, const float* mask, float* best) {
  float units[64];
  for (std::size_t at = 0; at < 64; at += lanes_here) {
    Vector one{}, two{};
#pragma GCC unroll 8
    for (int s = 0; s < slots_count; ++s) {
      one += load(slots[s] + at);
      two += load(slots[s] + 64 + at);
    }
    store(units + at, larger(one + load(bias + at), two + load(bias + 64 + at)));
  }
  // As many columns at once as leave enough independent sums to hide the latency, without running out of registers.
  constexpr std::size_t wide = columns / lanes_here <= 14 ? columns / lanes_here : columns / lanes_here / 4;
  alignas(64) float scores[columns];
  for (std::size_t part = 0; part < columns; part += wide * lanes_here) {
    Vector sum[wide];
#pragma GCC unroll 16
    for (std::size_t v = 0; v < wide; ++v) sum[v] = load(upper_bias + part + v * lanes_here);
    for (std::size_t i = 0; i < 64; ++i) {
      const Vector unit = fill(units[i]);
#pragma GCC unroll 16
      for (std::size_t v = 0; v < wide; ++v) sum[v] += unit * load(upper + i * columns + part + v * lanes_here);
    }
#pragma GCC unroll 16
    for (std::size_t v = 0; v < wide; ++v) {
      const std::size_t at = part + v * lanes_here;
      store(scores + at, sum[v] + load(mask + at));
    }
  }
  Vector top = load(scores);
  for (std::size_t at = lanes_here; at < columns; at += lanes_here) top = larger(top, load(scores + at));
  const float greatest = largest_of(top);
  if (best) *best = greatest;
  for (std::size_t at = 0; at < columns; at += lanes_here)
    if (const unsigned equal = equal_lanes(load(scores + at), fill(greatest)))
      return static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(__builtin_ctz(equal));
  return 0;  // not reached: some class is always valid
}

std::uint32_t choose_parser(const float* const* slots, const float* bias, const float* upper, const float* upper_bias, const float* mask,
                            float* best) {
  return choose<8, 112>(slots, bias, upper, upper_bias, mask, best);
}

std::uint32_t choose_ner(const float* const* slots, const float* bias, const float* upper, const float* upper_bias, const float* mask,
                         float* best) {
  return choose<3, 80>(slots, bias, upper, upper_bias, mask, best);
}

}  // namespace
}  // namespace dragoman
