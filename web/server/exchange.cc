#include "web/server/exchange.h"

#include "dragoman/base/json.h"

namespace dragoman::web {

std::optional<std::string_view> WebRequest::header(const std::string& name) const {
  const auto [begin, end] = headers.equal_range(name);
  if (begin == end || std::next(begin) != end) return std::nullopt;
  return begin->second;
}

WebAnswer refuse(int status, std::string_view code, std::string_view message) {
  WebAnswer answer;
  answer.status = status;
  JsonWriter json(answer.body);
  json.begin_object().key("error").string(code).key("message").string(message).end_object();
  answer.body += '\n';
  return answer;
}

}  // namespace dragoman::web
