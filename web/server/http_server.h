// HttpServer: HTTP/1.1 over cpp-httplib, with bounds that the library does not set itself: bytes and seconds of a request's head and body,
// connections, idle time. httplib.h stays in http_server.cc.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "dragoman/base/result.h"
#include "web/server/exchange.h"

namespace dragoman::web {

struct HttpLimits {
  std::size_t head_bytes = 16 * 1024;      ///< the request line and all headers
  std::size_t body_bytes = 1'000'000;
  int head_seconds = 10;                   ///< from the first byte of a request to the end of its head
  int body_seconds = 20;
  int write_seconds = 30;                  ///< for the answer, as long as the other side takes nothing
  int idle_seconds = 5;                    ///< between two requests of a connection
  unsigned connections = 256;              ///< at a time; more wait
  unsigned requests_of_connection = 1000;  ///< then it is closed
};

class HttpServer {
 public:
  using Handler = std::function<WebAnswer(const WebRequest&)>;

  /// `handler` is called from many threads at a time. It must not throw.
  HttpServer(Handler handler, const HttpLimits& limits);
  ~HttpServer();

  /// Takes the address; port 0: any that is free. Gives the port. `busy` where another program has it.
  [[nodiscard]] Result<int> bind(const std::string& host, int port);
  /// Answers requests until `stop`, which may come from any thread; then ends those that are under way.
  void run();
  void stop();

  /// The bytes that a connection would get back for these. For tests and the fuzzer.
  [[nodiscard]] std::string answer_bytes(std::string_view request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dragoman::web
