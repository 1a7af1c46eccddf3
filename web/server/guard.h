// Guard: who may ask the server, and the headers that every answer has.
//
// The server is for people at this machine. What a page of another site, open in the same browser, may try: send requests here (it can't
// read the answers, for there is no CORS), let its own name point to 127.0.0.1 and then read them (so Host must be ours), post a form (so
// Origin must be ours). An address that others reach takes a token as well.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/exchange.h"

namespace dragoman::web {

struct GuardOptions {
  std::string host = "127.0.0.1";  ///< the address that is listened on
  int port = 0;
  std::string token;               ///< "" = none is asked for
};

class Guard {
 public:
  explicit Guard(GuardOptions options);

  /// The answer to a request that goes no further: refused, or sent on to get its cookie; nothing where it may pass.
  [[nodiscard]] std::optional<WebAnswer> check(const WebRequest& request) const;
  /// What a change must bring in its header "X-Dragoman-Write"; new with every start.
  [[nodiscard]] const std::string& write_token() const { return write_token_; }
  [[nodiscard]] bool may_write(const WebRequest& request) const;

 private:
  [[nodiscard]] bool is_our_host(std::string_view host) const;
  [[nodiscard]] bool has_token(const WebRequest& request) const;

  GuardOptions options_;
  std::string cookie_name_, cookie_, write_token_;
};

/// Headers of every answer: nothing is loaded from elsewhere, nothing runs that is not a file of ours.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& headers_of_all();

/// Is that an address that only this machine reaches?
[[nodiscard]] bool is_loopback(std::string_view host);

/// Takes the same time wherever the two differ.
[[nodiscard]] bool is_same_secret(std::string_view a, std::string_view b);

}  // namespace dragoman::web
