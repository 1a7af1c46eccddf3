#include "web/server/guard.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "dragoman/base/sha256.h"

namespace dragoman::web {
namespace {

std::string random_secret() {
  std::array<char, 32> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();  // no kernel that we run on fails here
  return sha256_hex({bytes.data(), bytes.size()}).substr(0, 40);
}

/// "a=1; b=2" -> the value of b
std::string_view cookie_of(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view one = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(name) && one.substr(name.size()).starts_with('=')) return one.substr(name.size() + 1);
  }
  return {};
}

/// Letters that may stand in an address as they are; others are written %XX.
std::string encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~/").find(c) != std::string_view::npos)
      out += c;
    else
      out.append("%").append(1, hex[byte >> 4]).append(1, hex[byte & 15]);
  }
  return out;
}

/// The request's address without its token. Begins with one slash: "//other.site" would lead away.
std::string address_without_token(const WebRequest& request) {
  const std::size_t first = request.path.find_first_not_of("/\\");
  std::string address = "/" + (first == std::string::npos ? std::string() : encoded(std::string_view(request.path).substr(first)));
  char separator = '?';
  for (const auto& [name, value] : request.parameters) {
    if (name == "token") continue;
    address.append(1, separator).append(encoded(name)).append("=").append(encoded(value));
    separator = '&';
  }
  return address;
}

bool is_wildcard(std::string_view host) { return host == "0.0.0.0" || host == "::" || host.empty(); }

}  // namespace

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "::1") return true;
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_same_secret(std::string_view a, std::string_view b) {
  const std::string one = sha256_hex(a), other = sha256_hex(b);  // of one length, and unlike in all places where they differ in one
  unsigned char difference = 0;
  for (std::size_t i = 0; i < one.size(); ++i) difference = static_cast<unsigned char>(difference | (one[i] ^ other[i]));
  return difference == 0;
}

const std::vector<std::pair<std::string, std::string>>& headers_of_all() {
  static const std::vector<std::pair<std::string, std::string>> headers = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Frame-Options", "DENY"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"}};
  return headers;
}

Guard::Guard(GuardOptions options)
    : options_(std::move(options)),
      cookie_name_("dragoman-" + std::to_string(options_.port)),  // cookies are of a host, whatever the port
      cookie_(random_secret()),
      write_token_(random_secret()) {}

bool Guard::is_our_host(std::string_view host) const {
  std::string_view name = host, port = "80";
  if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    name = host.substr(0, colon);
    port = host.substr(colon + 1);
  }
  if (port != std::to_string(options_.port)) return false;
  if (name == "127.0.0.1" || name == "localhost" || name == "[::1]") return true;
  if (is_wildcard(options_.host)) return !options_.token.empty();  // reached by names that we can't know; the token is asked for
  return name == options_.host || name == "[" + options_.host + "]";
}

bool Guard::has_token(const WebRequest& request) const {
  if (const auto given = request.header("authorization"); given && given->starts_with("Bearer ") && is_same_secret(given->substr(7), options_.token)) return true;
  const auto cookies = request.header("cookie");
  return cookies && is_same_secret(cookie_of(*cookies, cookie_name_), cookie_);
}

std::optional<WebAnswer> Guard::check(const WebRequest& request) const {
  const auto host = request.header("host");
  if (!host || !is_our_host(*host)) return refuse(403, "refused", "this address is not answered under that name; open the one that `dragoman serve` printed");
  const bool is_api = request.path.starts_with("/api/");
  // Browsers say where a request comes from. A link from elsewhere may open the page, and nothing more.
  if (const auto site = request.header("sec-fetch-site"); is_api && site && *site != "same-origin" && *site != "none")
    return refuse(403, "refused", "a page of another site asked for this");
  if (request.method == "POST")
    if (const auto origin = request.header("origin"); request.headers.contains("origin") && (!origin || *origin != "http://" + std::string(*host)))
      return refuse(403, "refused", "a page of another site sent this");
  if (options_.token.empty() || has_token(request)) return std::nullopt;
  if (const auto given = request.parameters.find("token"); given != request.parameters.end() && request.parameters.count("token") == 1 && !is_api &&
                                                           request.method == "GET" && is_same_secret(given->second, options_.token)) {
    WebAnswer answer{.status = 303, .type = "text/plain; charset=utf-8", .body = "", .headers = {}};
    answer.headers = {{"Location", address_without_token(request)},
                      {"Set-Cookie", cookie_name_ + "=" + cookie_ + "; Path=/; HttpOnly; SameSite=Strict"},
                      {"Cache-Control", "no-store"}};
    return answer;
  }
  WebAnswer answer = refuse(401, "token", "this server wants its token: open the address with ?token=... that `dragoman serve` printed");
  answer.headers.emplace_back("WWW-Authenticate", "Bearer");
  return answer;
}

bool Guard::may_write(const WebRequest& request) const {
  const auto given = request.header("x-dragoman-write");
  return given && is_same_secret(*given, write_token_);
}

}  // namespace dragoman::web
