#include "web/server/explorer.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <thread>

#include "web/server/api.h"
#include "web/server/assets.h"

namespace dragoman::web {
namespace {

constexpr std::size_t least_token = 16;
constexpr int warming_niceness = 10;

/// Forms in which a body may come.
bool is_readable_type(std::string_view path, std::string_view type) {
  const std::string_view plain = type.substr(0, type.find(';'));
  if (path == "/api/review") return plain == "application/json";
  return plain == "text/plain" || plain == "text/html";
}

/// A file of the page; the page itself for every address that names a state of it ("/ledger"), which has no dot in its last part.
WebAnswer answer_page(const WebRequest& request) {
  if (request.method != "GET" && request.method != "HEAD") return refuse(405, "method", request.path + ": only GET");
  auto asset = web_asset(request.path);
  const std::string_view last = std::string_view(request.path).substr(request.path.rfind('/') + 1);
  if (!asset && last.find('.') == std::string_view::npos) asset = web_asset("/");
  if (!asset && !web_asset("/")) return refuse(404, "not_found", "this dragoman was built without the explorer's page, for want of node and npm; the answers under /api/ are there");
  if (!asset) return refuse(404, "not_found", "no file " + request.path);
  WebAnswer answer{.status = 200, .type = std::string(asset->type), .body = {}, .headers = {{"ETag", std::string(asset->etag)}, {"Cache-Control", "no-cache"}}};
  if (const auto known = request.header("if-none-match"); known && *known == asset->etag)
    answer.status = 304;
  else
    answer.body = asset->bytes;
  return answer;
}

}  // namespace

struct Explorer::Impl {
  Impl(const ExplorerOptions& options, std::unique_ptr<Sessions> opened)
      : sessions(std::move(opened)), reader(options.engine), http([this](const WebRequest& request) { return answer(request); }, options.limits) {}

  WebAnswer answer(const WebRequest& request) const {
    try {
      return decide(request);
    } catch (const std::exception& problem) {
      return refuse(500, "failed", problem.what());
    }
  }

  WebAnswer decide(const WebRequest& request) const {
    if (auto refused = guard->check(request)) return std::move(*refused);
    if (!request.path.starts_with("/api/")) return answer_page(request);
    if (request.method == "POST") {
      if (!is_readable_type(request.path, request.header("content-type").value_or("")))
        return refuse(415, "media_type", request.path == "/api/review" ? "Content-Type must be application/json" : "Content-Type must be text/plain or text/html");
      if (request.path == "/api/review" && !context->allow_review) return refuse(403, "refused", "reviews are taken only by `dragoman serve --allow-review`");
      if (request.path == "/api/add" && !context->allow_add) return refuse(403, "refused", "stories are added only by `dragoman serve --allow-add`");
      if (request.path != "/api/read" && !guard->may_write(request)) return refuse(403, "refused", "the header that /api/summary names is missing or old; load the page again");
      if (request.path != "/api/review" && !reader.is_possible()) return refuse(503, "busy", "no model or knowledge is there; `dragoman doctor` says where they are looked for");
    }
    return answer_api(*context, request);
  }

  std::unique_ptr<Sessions> sessions;
  Reader reader;
  std::optional<Guard> guard;          ///< once the port is known
  std::optional<ApiContext> context;
  HttpServer http;
  std::string url;
};

Result<std::unique_ptr<Explorer>> Explorer::open(const ExplorerOptions& options) {
  if (!is_loopback(options.host) && options.token.empty())
    return fail(ErrorCode::misuse, "--host ", options.host, ": others can reach this address, so it takes a --token; without --host only this machine is served");
  if (!options.token.empty() && options.token.size() < least_token)
    return fail(ErrorCode::misuse, "--token: at least ", least_token, " characters, of a kind that nobody guesses: `openssl rand -hex 16`");
  // As many at a time as the machine has processors for; what is more waits.
  auto sessions = Sessions::open(options.store, std::max(4u, 2 * std::thread::hardware_concurrency()));
  if (!sessions) return tl::unexpected(sessions.error());
  auto impl = std::make_unique<Impl>(options, std::move(*sessions));
  const auto port = impl->http.bind(options.host, options.port);
  if (!port) return tl::unexpected(port.error());
  impl->guard.emplace(GuardOptions{.host = options.host, .port = *port, .token = options.token});
  impl->context.emplace(ApiContext{.sessions = *impl->sessions, .reader = impl->reader, .guard = *impl->guard, .knowledge = options.engine.knowledge, .allow_review = options.allow_review, .allow_add = options.allow_add, .read_bytes = options.limits.body_bytes});
  const std::string host = options.host == "0.0.0.0" || options.host == "::" ? "127.0.0.1" : options.host;
  impl->url = "http://" + (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(*port) + "/";
  return std::unique_ptr<Explorer>(new Explorer(std::move(impl)));
}

Explorer::Explorer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Explorer::~Explorer() = default;

const std::string& Explorer::url() const { return impl_->url; }

void Explorer::run() {
  std::thread warming([this] {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), warming_niceness);  // of this thread: who asks already goes first
    warm_up(*impl_->context);
  });
  impl_->http.run();
  warming.join();
}

void Explorer::stop() { impl_->http.stop(); }

WebAnswer Explorer::answer(const WebRequest& request) const { return impl_->answer(request); }
std::string Explorer::answer_bytes(std::string_view request) { return impl_->http.answer_bytes(request); }

}  // namespace dragoman::web
