#include "web/server/http_server.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include "web/server/guard.h"

namespace dragoman::web {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int tick_ms = 100;  ///< how often waiting looks whether the server is to end

/// What httplib reads a request from, and writes its answer to. Reading ends where the request has had its bytes or its time, so that
/// nobody holds a thread by sending a byte now and then.
class BoundedStream : public httplib::Stream {
 public:
  explicit BoundedStream(const HttpLimits& limits) : limits_(limits) {}

  /// A new request begins.
  void begin() {
    left_ = limits_.head_bytes;
    deadline_ = Clock::now() + std::chrono::seconds(limits_.head_seconds);
    has_head_ = has_body_ = false;
  }
  /// Its head is read; a body of at most so many bytes may follow.
  void begin_body(bool has_body) {
    has_head_ = true;
    has_body_ = has_body;
    if (!has_body) return;
    left_ = limits_.body_bytes + limits_.body_bytes / 8 + 4096;  // with the marks of chunks
    deadline_ = Clock::now() + std::chrono::seconds(limits_.body_seconds);
  }
  [[nodiscard]] bool has_head() const { return has_head_; }  ///< it was read to its end
  [[nodiscard]] bool has_body() const { return has_body_; }

  ssize_t read(char* into, std::size_t size) final {
    if (left_ == 0) return -1;
    const ssize_t got = receive(into, std::min(size, left_));
    if (got > 0) left_ -= static_cast<std::size_t>(got);
    return got;
  }

 protected:
  virtual ssize_t receive(char* into, std::size_t size) = 0;
  const HttpLimits& limits_;
  Clock::time_point deadline_;

 private:
  std::size_t left_ = 0;
  bool has_head_ = false, has_body_ = false;
};

class SocketStream final : public BoundedStream {
 public:
  SocketStream(int socket, const HttpLimits& limits, const std::atomic<bool>& stopping) : BoundedStream(limits), socket_(socket), stopping_(stopping) {}

  /// Waits until a request begins; false where none does within the time.
  bool wait(Clock::time_point until) {
    return begin_ < end_ || poll_for(POLLIN, until);
  }

  bool is_readable() const override { return begin_ < end_ || poll_once(POLLIN, 0); }
  bool is_writable() const override { return poll_once(POLLOUT, 0); }
  ssize_t write(const char* bytes, std::size_t size) override {
    if (!poll_for(POLLOUT, Clock::now() + std::chrono::seconds(limits_.write_seconds))) return -1;
    return ::send(socket_, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override { ip.clear(), port = 0; }
  void get_local_ip_and_port(std::string& ip, int& port) const override { ip.clear(), port = 0; }
  socket_t socket() const override { return socket_; }

 private:
  ssize_t receive(char* into, std::size_t size) override {
    if (begin_ == end_) {
      if (!poll_for(POLLIN, deadline_)) return -1;
      const ssize_t got = ::recv(socket_, buffer_, sizeof buffer_, MSG_DONTWAIT);
      if (got <= 0) return got;
      begin_ = 0;
      end_ = static_cast<std::size_t>(got);
    }
    const std::size_t taken = std::min(size, end_ - begin_);
    std::memcpy(into, buffer_ + begin_, taken);
    begin_ += taken;
    return static_cast<ssize_t>(taken);
  }

  bool poll_once(short what, int timeout_ms) const {
    pollfd one{.fd = socket_, .events = what, .revents = 0};
    return ::poll(&one, 1, timeout_ms) > 0;
  }
  bool poll_for(short what, Clock::time_point until) const {
    while (!stopping_) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
      if (left <= 0) return false;
      if (poll_once(what, static_cast<int>(std::min<long>(left, tick_ms)))) return true;
    }
    return false;
  }

  int socket_;
  const std::atomic<bool>& stopping_;
  char buffer_[4096];
  std::size_t begin_ = 0, end_ = 0;
};

class MemoryStream final : public BoundedStream {
 public:
  MemoryStream(std::string_view in, const HttpLimits& limits) : BoundedStream(limits), in_(in) {}
  std::string out;
  [[nodiscard]] bool at_end() const { return in_.empty(); }

  bool is_readable() const override { return !in_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t write(const char* bytes, std::size_t size) override {
    out.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override { ip.clear(), port = 0; }
  void get_local_ip_and_port(std::string& ip, int& port) const override { ip.clear(), port = 0; }
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  ssize_t receive(char* into, std::size_t size) override {
    const std::size_t taken = std::min(size, in_.size());
    std::memcpy(into, in_.data(), taken);
    in_.remove_prefix(taken);
    return static_cast<ssize_t>(taken);
  }
  std::string_view in_;
};

/// A thread for each connection, as many as there are at a time and no more than the limit: then accepting waits. Threads that are done
/// sleep until the next one.
class ConnectionThreads final : public httplib::TaskQueue {
 public:
  explicit ConnectionThreads(unsigned most) : most_(most) {}

  void enqueue(std::function<void()> connection) override {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return running_ < most_; });
    ++running_;
    waiting_.push_back(std::move(connection));
    if (waiting_.size() <= idle_)
      work_.notify_one();
    else
      threads_.emplace_back([this] { work(); });
  }

  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  [[nodiscard]] bool is_full() {
    const std::lock_guard lock(mutex_);
    return running_ >= most_;
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      ++idle_;
      work_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
      --idle_;
      if (waiting_.empty()) return;
      std::function<void()> connection = std::move(waiting_.back());
      waiting_.pop_back();
      lock.unlock();
      connection();
      connection = nullptr;
      lock.lock();
      --running_;
      room_.notify_one();
    }
  }

  unsigned most_, running_ = 0, idle_ = 0;
  bool ending_ = false;
  std::mutex mutex_;
  std::condition_variable room_, work_;
  std::vector<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
};

constexpr const char* paths_with_body[] = {"/api/read", "/api/add", "/api/review"};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return text;
}

}  // namespace

struct HttpServer::Impl final : httplib::Server {
  Impl(HttpServer::Handler with, const HttpLimits& within) : handler(std::move(with)), limits(within) {
    new_task_queue = [this] {
      threads = new ConnectionThreads(limits.connections);
      return threads;
    };
    // Everything is answered before httplib's routing, whose patterns are regular expressions. A request with a body goes on, once the
    // headers are fine, to have it read.
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      if (request.method == "POST" && std::find(std::begin(paths_with_body), std::end(paths_with_body), request.path) != std::end(paths_with_body)) {
        if (request.has_header("Content-Encoding")) {
          send(refuse(415, "media_type", "a body that is packed is not read; send it as it is"), response);
          return HandlerResponse::Handled;
        }
        if (!request.is_multipart_form_data()) return HandlerResponse::Unhandled;
      }
      send(handler(taken(request, {})), response);
      return HandlerResponse::Handled;
    });
    for (const char* path : paths_with_body)
      Post(path, [this](const httplib::Request& request, httplib::Response& response, const httplib::ContentReader& reader) {
        std::string body;
        bool too_large = false;
        const bool whole = reader([&](const char* bytes, std::size_t size) {
          too_large = body.size() + size > limits.body_bytes;
          if (!too_large) body.append(bytes, size);
          return !too_large;
        });
        if (too_large || response.status == 413)
          return send(refuse(413, "over_limit", "the story is larger than " + std::to_string(limits.body_bytes) + " bytes; read it with `dragoman read`"), response);
        if (!whole) return send(refuse(408, "over_limit", "the body did not come, or not in time"), response);
        send(handler(taken(request, std::move(body))), response);
      });
    set_payload_max_length(limits.body_bytes);
    set_keep_alive_timeout(limits.idle_seconds);  // said in the answers; what is done is `process_and_close_socket`
    set_keep_alive_max_count(limits.requests_of_connection);
    // What httplib refuses itself (a head that is too long, or no HTTP) is said as the API says it, and ends the connection.
    set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (!response.body.empty()) return;
      response.set_header("Connection", "close");
      const int status = response.status;
      send(status == 414 || status == 431 ? refuse(status, "over_limit", "the request is too long")
           : status == 413               ? refuse(413, "over_limit", "the body is too large")
                                         : refuse(status, status >= 500 ? "failed" : "misuse", "no request that this server understands"),
           response);
    });
  }

  static WebRequest taken(const httplib::Request& request, std::string body) {
    WebRequest taken{.method = request.method, .path = request.path, .parameters = {request.params.begin(), request.params.end()}, .headers = {}, .body = std::move(body)};
    for (const auto& [name, value] : request.headers) taken.headers.emplace(lower(name), value);
    return taken;
  }

  static void send(const WebAnswer& answer, httplib::Response& response) {
    response.status = answer.status;
    for (const auto& [name, value] : headers_of_all()) response.set_header(name, value);
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    response.set_content(answer.body, answer.type);
  }

  /// Whatever a request asks httplib to do to the answer is taken out: parts of it (many overlapping ones make a large answer of a small
  /// one), packing (its brotli takes seconds).
  static std::function<void(httplib::Request&)> prepare(BoundedStream& stream) {
    return [&stream](httplib::Request& request) {
      request.ranges.clear();
      for (const char* name : {"Range", "If-Range", "Accept-Encoding"}) request.headers.erase(name);
      const bool has_body = request.has_header("Transfer-Encoding") || (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
      stream.begin_body(has_body);
      if (has_body) request.set_header("Connection", "close");  // so that what is left of the body is not taken for a request
    };
  }

  /// One request; false where the connection is to be closed: also where the head was given up on, so that what is left of it is not taken
  /// for a request.
  bool serve_one(BoundedStream& stream, bool last) {
    stream.begin();
    bool closed = false;
    const bool done = process_request(stream, last, closed, prepare(stream));
    return done && !closed && !last && stream.has_head() && !stream.has_body();
  }

  bool process_and_close_socket(socket_t socket) override {
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    SocketStream stream(socket, limits, stopping);
    for (unsigned i = 1; !stopping; ++i) {
      const auto idle_until = Clock::now() + std::chrono::seconds(limits.idle_seconds);
      // Where others wait for a thread, a connection that asks nothing gives up its own.
      bool begun = false;
      while (!begun && !stopping && Clock::now() < idle_until) {
        begun = stream.wait(std::min(idle_until, Clock::now() + std::chrono::milliseconds(2 * tick_ms)));
        if (!begun && i > 1 && threads->is_full()) break;
      }
      if (!begun || !serve_one(stream, i >= limits.requests_of_connection)) break;
    }
    ::shutdown(socket, SHUT_WR);
    // What the other side still sends is read for a moment: closing at once would make the kernel take back an answer on its way.
    char rest[4096];
    for (int i = 0; i < 64; ++i) {
      pollfd one{.fd = socket, .events = POLLIN, .revents = 0};
      if (stopping || ::poll(&one, 1, tick_ms) <= 0 || ::recv(socket, rest, sizeof rest, MSG_DONTWAIT) <= 0) break;
    }
    ::close(socket);
    return true;
  }

  void take(int socket) { svr_sock_ = socket; }
  /// Wakes whoever accepts, if anybody does. (httplib's own stop() does nothing before its loop has begun.)
  void close_listener() {
    const int socket = svr_sock_.exchange(INVALID_SOCKET);
    if (socket == INVALID_SOCKET) return;
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
  }

  HttpServer::Handler handler;
  HttpLimits limits;
  std::atomic<bool> stopping = false;
  ConnectionThreads* threads = nullptr;  ///< httplib's while it runs
};

HttpServer::HttpServer(Handler handler, const HttpLimits& limits) : impl_(std::make_unique<Impl>(std::move(handler), limits)) {}
HttpServer::~HttpServer() { impl_->close_listener(); }

Result<int> HttpServer::bind(const std::string& host, int port) {
  // By hand: httplib's own sockets let a second program take the same port, and have room for five callers.
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); code != 0)
    return fail(ErrorCode::misuse, "--host: \"", host, "\" is no address of this machine: ", ::gai_strerror(code));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, ::freeaddrinfo);
  const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  if (socket >= 0) ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (socket < 0 || ::bind(socket, found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket, 1024) != 0) {
    const int why = errno;
    if (socket >= 0) ::close(socket);
    if (why == EADDRINUSE) return fail(ErrorCode::busy, "port ", port, " is in use, perhaps by another `dragoman serve`; take another one with --port, or --port 0 for any that is free");
    if (why == EACCES) return fail(ErrorCode::misuse, "port ", port, ": only root may use ports below 1024; take another one with --port");
    return fail(ErrorCode::misuse, "--host: ", host, ", port ", port, ": ", std::strerror(why));
  }
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size);
  impl_->take(socket);
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port : reinterpret_cast<sockaddr_in&>(bound).sin_port);
}

void HttpServer::run() { impl_->listen_after_bind(); }

void HttpServer::stop() {
  impl_->stopping = true;
  impl_->close_listener();
}

std::string HttpServer::answer_bytes(std::string_view request) {
  MemoryStream stream(request, impl_->limits);
  while (!stream.at_end() && impl_->serve_one(stream, false)) {
  }
  return std::move(stream.out);
}

}  // namespace dragoman::web
