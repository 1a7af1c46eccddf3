// Explorer: the local web server of a store (docs/explorer.md).
//
//   store  ->  Explorer::open()  ->  run(), until stop()
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "dragoman/dragoman.h"
#include "web/server/exchange.h"
#include "web/server/http_server.h"

namespace dragoman::web {

struct ExplorerOptions {
  std::filesystem::path store;
  std::string host = "127.0.0.1";
  int port = 8420;              ///< 0: any that is free
  std::string token;            ///< must be there where `host` is no loopback address
  bool allow_review = false;    ///< findings may be accepted and rejected
  bool allow_add = false;       ///< stories may be added; without the two nothing is ever written
  EngineOptions engine;         ///< for stories that are read on the spot
  HttpLimits limits;
};

class Explorer {
 public:
  /// Opens the store and takes the port. `misuse` where others would reach the server without a token.
  [[nodiscard]] static Result<std::unique_ptr<Explorer>> open(const ExplorerOptions& options);
  ~Explorer();

  /// Where it answers: "http://127.0.0.1:8420/".
  [[nodiscard]] const std::string& url() const;
  void run();
  /// From any thread; `run` comes back once the requests under way are answered.
  void stop();

  /// The answer to one request. For tests.
  [[nodiscard]] WebAnswer answer(const WebRequest& request) const;
  /// The bytes that these bytes of a connection get. For the fuzzer.
  [[nodiscard]] std::string answer_bytes(std::string_view request);

 private:
  struct Impl;
  explicit Explorer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dragoman::web
