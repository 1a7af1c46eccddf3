// dragoman serve: the explorer, a local web server over a store.
#include <spawn.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "cli/arguments.h"
#include "cli/query.h"
#include "cli/stream.h"
#include "web/server/explorer.h"

namespace dragoman::cli {

namespace {

/// Shows the page in the user's browser. What became of it is the browser's affair; that there is no such program is said.
void open_in_browser(const std::string& url) {
  const std::string program = "xdg-open";  // freedesktop.org's; what a desktop of Debian has
  std::string name = program, address = url;
  char* words[] = {name.data(), address.data(), nullptr};
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);  // those that are blocked here are none of its business
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::signal(SIGCHLD, SIG_IGN);  // nobody waits for it
  pid_t child = 0;
  const int failed = posix_spawnp(&child, program.c_str(), nullptr, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0)
    std::fputs(message_line("--open: no " + program + " (" + std::strerror(failed) + "); open " + url + " yourself").c_str(), stderr);
}

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
  bool opens = false;
  app.add_flag("--open", opens, "shows the page in your browser at once");
  app.add_option("--model", options.engine.model, "the packed model, for stories that are read on the spot");
  app.add_option("--knowledge", options.engine.overlays, "a folder of knowledge tables that win over the built-in ones");
  app.add_option("--knowledge-file", options.engine.knowledge, "the compiled knowledge");
  if (const auto status = parse_arguments(app, arguments)) return *status;
  if (const char* set = std::getenv("DRAGOMAN_TOKEN"); set && options.token.empty()) options.token = set;
  if (opens && !options.token.empty()) return fail_with({ErrorCode::misuse, "--open: not with --token, which other users of the machine would see in the browser's command"});
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
  if (opens) open_in_browser((*explorer)->url());
  std::fprintf(stderr, "dragoman: serving %s%s; Ctrl-C ends it\n", options.store.c_str(), access_of(options));
  (*explorer)->run();
  return 0;
}

}  // namespace dragoman::cli
