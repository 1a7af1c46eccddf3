// Kernels: the arithmetic of the network, once for each instruction set. All give the same answers up to float rounding.
//
// Rows are tokens: 96 floats, one after another. Weights are laid out by the packer (docs/formats/model.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dragoman {

/// What a token brings to the first convolution: its vector, and that vector times the weights of the three window places
/// ([left, centre, right][288]). All are zeros for a pad.
struct FirstRow {
  const float* vector;
  const float* products;
};

/// A parameter block of a maxout layer ("affine" in the model file): bias [288], gain [96], shift [96].
inline constexpr std::size_t affine_size = 288 + 96 + 96;
/// Floats of one token's products for the first convolution.
inline constexpr std::size_t product_size = 3 * 288;
/// Quads that `later` works on at a time, and the floats of scratch memory that it needs.
inline constexpr std::size_t quad_group = 16;
inline constexpr std::size_t later_work_size = quad_group * ((6 + 4) * 96 + 3 * 48);

struct Kernels {
  const char* name;

  /// out[r] = x[r] · weights for a number of blocks of 48 columns; rows of x and of out follow one another.
  void (*columns)(const float* x, std::size_t rows, std::size_t inputs, const float* weights, std::size_t blocks, float* out);

  /// out = norm(maxout(sums)), for one row of 288 sums as `columns` makes them.
  void (*maxout_norm)(const float* sums, const float* affine, float* out);

  /// The first convolution: out[r] = x[r] + norm(maxout(left of r-1, centre of r, right of r+1)) for r in [begin, end).
  /// `rows[begin - 1]` and `rows[end]` are read.
  void (*first)(const FirstRow* rows, std::size_t begin, std::size_t end, const float* affine, float* out);

  /// A later convolution for runs of four neighbouring rows: for each `quad` it makes rows quad to quad + 3 of `out` from rows quad - 1
  /// to quad + 4 of `in`. Winograd's F(4,3): six products for four rows instead of twelve.
  void (*later)(const float* in, const std::uint32_t* quads, std::size_t count, const float* weights, const float* affine, float* out,
                float* work);

  /// out[r] = bias + x[r] · weights, for a number of columns that is a multiple of 64. `bias` may be null.
  void (*dense)(const float* x, std::size_t x_stride, std::size_t rows, std::size_t inputs, std::size_t columns, const float* weights,
                const float* bias, float* out, std::size_t out_stride);

  /// A step of a transition model: sums the slots (each 128 floats), adds the bias, takes the maxout, scores all classes, adds the mask
  /// (0 or minus infinity), and gives the first class with the greatest score. `best` gets that score if it isn't null.
  std::uint32_t (*choose_parser)(const float* const* slots, const float* bias, const float* upper, const float* upper_bias,
                                 const float* mask, float* best);
  std::uint32_t (*choose_ner)(const float* const* slots, const float* bias, const float* upper, const float* upper_bias,
                              const float* mask, float* best);
};

[[nodiscard]] const Kernels& portable_kernels();
#if defined(__x86_64__)
[[nodiscard]] const Kernels& avx2_kernels();
[[nodiscard]] const Kernels& avx512_kernels();
#endif

/// The fastest that this processor can run; or the one named by DRAGOMAN_ISA (avx512, avx2, portable), if it can be run.
[[nodiscard]] const Kernels& best_kernels();
/// The kernels of that name; nullptr if there are none or the processor can't run them.
[[nodiscard]] const Kernels* kernels_named(std::string_view name);

}  // namespace dragoman
