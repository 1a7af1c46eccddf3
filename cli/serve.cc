// dragoman serve: the explorer, a local web server over a store.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "cli/arguments.h"
#include "cli/query.h"
#include "web/server/explorer.h"

namespace dragoman::cli {

namespace {

const char* access_of(const web::ExplorerOptions& options) {
  if (options.allow_review && options.allow_add) return ", reviews and stories are taken";
  if (options.allow_review) return ", reviews are taken";
  return options.allow_add ? ", stories are taken" : ", read-only";
}

}  // namespace

int run_serve(Arguments arguments) {
  App app("Shows a store in the browser: stories, relationships, ledger, positions, quotes, events, network, sources. For this machine only, and read-only, unless told otherwise.", "dragoman serve");
  web::ExplorerOptions options;
  app.add_option("DB", options.store, "the store that `dragoman add` made")->required();
  app.add_option("--port", options.port, "0: any that is free")->capture_default_str();
  app.add_option("--host", options.host, "an address that others reach; it takes a --token")->capture_default_str();
  app.add_option("--token", options.token, "what others must know, at least 16 characters; or $DRAGOMAN_TOKEN, which other users of the machine don't see");
  app.add_flag("--allow-review", options.allow_review, "findings may be accepted and rejected in the browser");
  app.add_flag("--allow-add", options.allow_add, "stories that are read in the browser may be added to the store; without this and --allow-review nothing is ever written");
  app.add_option("--model", options.engine.model, "the packed model, for stories that are read on the spot");
  app.add_option("--knowledge", options.engine.overlays, "a folder of knowledge tables that win over the built-in ones");
  app.add_option("--knowledge-file", options.engine.knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  if (const char* set = std::getenv("DRAGOMAN_TOKEN"); set && options.token.empty()) options.token = set;
  if (options.port < 0 || options.port > 65535) return fail_with({ErrorCode::misuse, "--port: 0 to 65535"});

  // Signals come to one thread, which waits for them; blocked before any other thread is there.
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto explorer = web::Explorer::open(options);
  if (!explorer) return fail_with(explorer.error());
  std::thread([&explorer, ending] {
    int signal = 0;
    sigwait(&ending, &signal);
    (*explorer)->stop();
  }).detach();
  if (const int status = print((*explorer)->url() + (options.token.empty() ? "" : "?token=...") + "\n")) return status;
  std::fprintf(stderr, "dragoman: serving %s%s; Ctrl-C ends it\n", options.store.c_str(), access_of(options));
  (*explorer)->run();
  return 0;
}

}  // namespace dragoman::cli
