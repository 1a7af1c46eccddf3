// The page's files, as npm built them (cmake/web.cmake), embedded in the binary.
#pragma once

#include <optional>
#include <string_view>

namespace dragoman::web {

struct WebAsset {
  std::string_view bytes;
  std::string_view type;  ///< "text/html; charset=utf-8"
  std::string_view etag;  ///< with its quotation marks: "\"1f0c2a77\""
};

/// The file at that path of an address: "/" (the page), "/app.js". None where there is no such file. Made by cmake/web.cmake.
[[nodiscard]] std::optional<WebAsset> web_asset(std::string_view path);

}  // namespace dragoman::web
