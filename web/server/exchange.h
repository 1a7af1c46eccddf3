// Exchange: one request and its answer, free of any HTTP library. What the API and the guard are written in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dragoman::web {

/// A request as it came in; names of headers are in lower case, parameters decoded.
struct WebRequest {
  std::string method, path;
  std::multimap<std::string, std::string> parameters, headers;
  std::string body;

  /// The header, if it is there just once.
  [[nodiscard]] std::optional<std::string_view> header(const std::string& name) const;
};

struct WebAnswer {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< beside those that all answers have (guard.h)
};

/// {"error": code, "message": message}
[[nodiscard]] WebAnswer refuse(int status, std::string_view code, std::string_view message);

}  // namespace dragoman::web
