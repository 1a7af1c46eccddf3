#include "tests/command.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "dragoman/store/sqlite.h"

namespace dragoman {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string value_in(const std::string& store, const std::string& sql) {
  auto database = Database::open(store, Database::Mode::read);
  if (!database) return database.error().message;
  Query query = database->prepare(sql);
  const std::string value = query.step() ? std::string(query.text(0)) : "";
  query.run();
  const auto ok = database->check();
  return ok ? value : ok.error().message;
}

std::string story_rows(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) {
    const std::string town = std::string(1, static_cast<char>('A' + i % 26)) + "vik" + std::string(1, static_cast<char>('a' + i / 26 % 26)) + "ness";
    lines += "{\"id\":\"s" + std::to_string(i) + "\",\"published\":\"2026-0" + std::to_string(1 + i % 9) + "-12\",\"text\":\"The mayors of " + town +
             " and Oslo met on Monday and agreed to open a library in " + town + " by 2027.\\n\\n\\\"We will pay for it,\\\" said Mayor Ida Halvorsen.\"}\n";
  }
  return lines;
}

void CommandTest::SetUp() {
  program_ = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman";
  if (!fs::exists(program_.parent_path() / "dragoman.model") && !std::getenv("DRAGOMAN_MODEL"))
    GTEST_SKIP() << "no dragoman.model in " << program_.parent_path() << "; `./run build` makes it";
  folder_ = fs::temp_directory_path() /
            ("dragoman-command-" + std::to_string(::getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
  fs::create_directories(folder_);
}

void CommandTest::TearDown() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string CommandTest::file(const std::string& name, const std::string& bytes) {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
  return (folder_ / name).string();
}

pid_t CommandTest::start(const std::vector<std::string>& words, const std::string& name, const std::function<void()>& before) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (!std::freopen("/dev/null", "r", stdin) || !std::freopen(path(name + ".out").c_str(), "w", stdout) ||
      !std::freopen(path(name + ".err").c_str(), "w", stderr))
    ::_exit(126);
  if (before) before();
  std::vector<char*> argv{const_cast<char*>(program_.c_str())};
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  ::execv(program_.c_str(), argv.data());
  ::_exit(127);
}

Ran CommandTest::run(const std::vector<std::string>& words, const std::function<void()>& before) {
  int status = 0;
  rusage usage{};
  ::wait4(start(words, "run", before), &status, 0, &usage);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), slurp(path("run.out")), slurp(path("run.err")), usage.ru_maxrss};
}

}  // namespace dragoman
