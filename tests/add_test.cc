// dragoman add as a user meets it: what is reported is safe, whatever happens; a rerun goes on; threads don't show.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "dragoman/store/sqlite.h"

namespace {

namespace fs = std::filesystem;
using dragoman::Database;
using dragoman::Query;

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Ran {
  int status;
  std::string out, messages;
};

class Add : public testing::Test {
 protected:
  void SetUp() override {
    program_ = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman";
    if (!fs::exists(program_.parent_path() / "dragoman.model") && !std::getenv("DRAGOMAN_MODEL"))
      GTEST_SKIP() << "no dragoman.model in " << program_.parent_path() << "; `./run build` makes it";
    folder_ = fs::temp_directory_path() / ("dragoman-add-" + std::to_string(::getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string file(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }
  std::string path(const std::string& name) { return (folder_ / name).string(); }

  /// Starts the command, its output into `name`.out and .err.
  pid_t start(const std::vector<std::string>& words, const std::string& name) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::freopen("/dev/null", "r", stdin);
      std::freopen((folder_ / (name + ".out")).c_str(), "w", stdout);
      std::freopen((folder_ / (name + ".err")).c_str(), "w", stderr);
      std::vector<char*> argv{const_cast<char*>(program_.c_str())};
      for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
      argv.push_back(nullptr);
      ::execv(program_.c_str(), argv.data());
      ::_exit(127);
    }
    return child;
  }
  Ran run(const std::vector<std::string>& words) {
    int status = 0;
    ::waitpid(start(words, "run"), &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), slurp(path("run.out")), slurp(path("run.err"))};
  }

  static std::string one(const std::string& db, const std::string& sql) {
    auto database = Database::open(db, Database::Mode::read);
    if (!database) return database.error().message;
    Query query = database->prepare(sql);
    const std::string value = query.step() ? std::string(query.text(0)) : "";
    query.run();
    const auto ok = database->check();
    return ok ? value : ok.error().message;
  }

  /// Rows of stories, no two alike, some of them retellings.
  static std::string rows(int count) {
    std::string lines;
    for (int i = 0; i < count; ++i) {
      const std::string town = std::string(1, static_cast<char>('A' + i % 26)) + "berg" + std::string(1, static_cast<char>('a' + i / 26 % 26)) + "und";
      lines += "{\"id\":\"s" + std::to_string(i) + "\",\"published\":\"2026-0" + std::to_string(1 + i % 9) + "-12\",\"text\":\"The mayors of " + town +
               " and Oslo met on Monday and agreed to open a school in " + town + " by 2027.\\n\\n\\\"We will pay for it,\\\" said Mayor Ida Halvorsen of " + town +
               ".\\n\\nShe thanked Norway for its help and urged the council to vote soon.\"}\n";
    }
    return lines;
  }

  fs::path program_, folder_;
};

#define EXPECT_HAS(text, part) EXPECT_NE((text).find(part), std::string::npos) << "no \"" << (part) << "\" in: " << (text)

TEST_F(Add, ReportsWhatBecameOfEach) {
  file("in/a.txt", "The ministers of Finland and Norway met in Oslo on Monday and agreed to reopen the ferry line.\n");
  file("in/page.html", "<html lang=en><body><article><h1>Pier opens</h1><p>The pier at Narvik was opened on Saturday by Minister Mira Tolvanen of Finland, who thanked Norway.</p></article></body></html>");
  file("in/de.txt", "Die Minister trafen sich am Dienstag in Oslo und vereinbarten, die Fährverbindung noch vor dem Sommer wieder zu öffnen.\n");
  file("in/bad.jsonl", "{\"text\": \"He left Oslo on Monday, the ministry of Norway said.\"}\n{\"text\": 1}\n");
  file("in/pic.png", "x");
  const std::string db = path("s.db");
  const Ran first = run({"add", db, path("in"), "--list"});
  EXPECT_EQ(first.status, 1) << first.messages;
  EXPECT_HAS(first.messages, "bad.jsonl:2: no \"text\" string");
  EXPECT_HAS(first.out, "kept, unread         1   language: de 1");
  EXPECT_HAS(first.out, "no story             1   no story by its name 1");
  EXPECT_HAS(first.out, "failed               1");
  EXPECT_HAS(first.out, "added                3");
  EXPECT_EQ(one(db, "SELECT count(*) FROM documents"), "4");
  EXPECT_EQ(one(db, "SELECT state || ' ' || reason FROM documents WHERE language='de'"), "unread language: de");
  EXPECT_EQ(one(db, "SELECT title FROM documents WHERE media_type='text/html'"), "Pier opens");
  EXPECT_EQ(one(db, "SELECT count(*) FROM search WHERE search MATCH 'ferry'"), "1");
  EXPECT_EQ(one(db, "SELECT length(model) || ' ' || length(knowledge) FROM engines"), "64 64");
  const Ran again = run({"add", db, path("in")});
  EXPECT_HAS(again.out, "there already        4");
  EXPECT_HAS(again.out, "added                0");
  EXPECT_HAS(run({"timeline", db, "--since", "2025-06", "--until", "2025-05"}).messages, "--since: 2025-06 is after the last day, 2025-05");
  EXPECT_EQ(run({"events", db, "--since", "2025", "--until", "2024-12-31"}).status, 2);
  EXPECT_EQ(run({"events", db, "--since", "2025-05-03", "--until", "2025-05-03"}).status, 0);
}

// What `dragoman cluster` shows, in each format, and what it undoes.
TEST_F(Add, ClustersAreShownPartedAndJoinedAgain) {
  const std::string story = "The harbour master of Vadso opened the new ferry pier on Monday together with Mayor Ida Halvorsen. The pier cost nine million crowns "
                            "and took the builders two winters. Halvorsen said a second boat would call at Vadso from the first of June.";
  const std::string db = path("s.db");
  EXPECT_EQ(run({"add", db, file("told.jsonl", "{\"id\":\"first\",\"published\":\"2026-03-10\",\"outlet\":\"Fjord, Daily\",\"text\":\"" + story + "\"}\n"
                                 "{\"id\":\"again\",\"published\":\"2026-03-11\",\"text\":\"" + story + " It was windy.\"}\n"
                                 "{\"id\":\"other\",\"published\":\"2026-03-11\",\"text\":\"The ministers of Finland and Norway met in Oslo and spoke of reindeer.\"}\n")}).status, 0);
  const std::string told = path("told.jsonl");
  EXPECT_EQ(run({"cluster", db, "--format", "csv"}).out, "cluster,doc,document,published,outlet,title,source\r\n1,1,first,2026-03-10,\"Fjord, Daily\",," + told +
                                                             ":1\r\n1,2,again,2026-03-11,,," + told + ":2\r\n");
  EXPECT_HAS(run({"cluster", db, "--format", "json"}).out, "\"document\":\"again\"");
  const std::string line = run({"cluster", db, "--format", "jsonl", "--limit", "1"}).out;
  EXPECT_TRUE(line.starts_with("{\"cluster\":1,\"doc\":1,") && line.find('\n') == line.size() - 1) << line;
  EXPECT_HAS(run({"cluster", db}).out, "Fjord, Daily");

  EXPECT_EQ(run({"cluster", db, "--split", "again"}).status, 0);
  EXPECT_HAS(run({"cluster", db}).messages, "no document in");
  EXPECT_EQ(run({"cluster", db, "--edits", "--format", "csv"}).out, "edit,kind,doc,other\r\n1,split,2,\r\n");
  EXPECT_EQ(run({"cluster", db, "--undo", "1"}).status, 0);
  EXPECT_EQ(one(db, "SELECT group_concat(cluster) FROM documents"), "1,1,3");
  EXPECT_EQ(run({"cluster", db, "--merge", "first", "other"}).status, 0);
  EXPECT_EQ(one(db, "SELECT group_concat(cluster) FROM documents"), "1,1,1");
  EXPECT_EQ(run({"cluster", db, "--merge", "first"}).status, 2);
  EXPECT_HAS(run({"cluster", db, "--split", "nobody"}).messages, "no document nobody");
  EXPECT_EQ(run({"cluster", db, "--format", "xml"}).status, 2);
}

TEST_F(Add, ExplainsWhatIsNoStore) {
  const std::string rows_file = file("rows.jsonl", rows(3));
  const Ran text = run({"add", file("notes.txt", "these are notes, not a database, and they are long enough to be looked at"), rows_file});
  EXPECT_EQ(text.status, 1);
  EXPECT_HAS(text.messages, "notes.txt: file is not a database");
  EXPECT_EQ(slurp(path("notes.txt")).substr(0, 15), "these are notes");
  const Ran folder = run({"add", folder_.string(), rows_file});
  EXPECT_EQ(folder.status, 1);
  EXPECT_HAS(folder.messages, "Is a directory");
  EXPECT_EQ(run({"add", path("nowhere/x.db"), rows_file}).status, 1);
  EXPECT_EQ(run({"add"}).status, 2);
  EXPECT_EQ(run({"cluster", path("missing.db")}).status, 1);
  EXPECT_FALSE(fs::exists(path("missing.db")));
  // A store that lost its end.
  const std::string db = path("s.db");
  EXPECT_EQ(run({"add", db, file("many.jsonl", rows(60))}).status, 0);
  const std::string bytes = slurp(db);
  file("half.db", bytes.substr(0, bytes.size() / 2));
  const Ran half = run({"add", path("half.db"), file("more.jsonl", rows(90))});
  EXPECT_EQ(half.status, 1);
  EXPECT_HAS(half.messages, "half.db: database disk image is malformed");
  EXPECT_HAS(half.messages, ".recover");
}

TEST_F(Add, ASecondWriterIsToldAndTheFirstGoesOn) {
  const std::string db = path("s.db");
  ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
  const pid_t first = start({"add", db, path("fifo")}, "first");
  std::ofstream fifo(path("fifo"));  // opens once the first one reads, the store being open then
  fifo << rows(1) << std::flush;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const Ran second = run({"add", db, file("rows.jsonl", rows(2))});
  EXPECT_EQ(second.status, 1);
  EXPECT_HAS(second.messages, "another dragoman is adding to it");
  fifo.close();
  int status = 0;
  ::waitpid(first, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0) << slurp(path("first.err"));
  EXPECT_EQ(one(db, "SELECT count(*) FROM documents"), "1");
}

TEST_F(Add, CtrlCKeepsWhatWasRead) {
  const std::string db = path("s.db"), input = file("rows.jsonl", rows(1500));
  const pid_t child = start({"add", db, input, "--list"}, "first");
  for (int i = 0; i < 200 && slurp(path("first.out")).empty(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ::kill(child, SIGINT);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  const std::string out = slurp(path("first.out"));
  if (WEXITSTATUS(status) == 130) EXPECT_HAS(slurp(path("first.err")), "interrupted");
  const auto lines = std::to_string(std::count(out.begin(), out.end(), '\t') / 2);
  EXPECT_EQ(one(db, "SELECT count(*) FROM documents"), lines);
  EXPECT_EQ(run({"add", db, input}).status, 0);
  EXPECT_EQ(one(db, "SELECT count(*) FROM documents"), "1500");
}

// Killed at ten random moments: the store is whole, all that was reported is in it, and in the end it is as if nothing had happened.
TEST_F(Add, KillLosesNothingThatWasReported) {
  const std::string input = file("rows.jsonl", rows(1200)), db = path("s.db");
  std::mt19937 random(20260312);
  std::set<std::string> reported;
  int killed = 0;
  for (int turn = 0; turn < 10; ++turn) {
    const pid_t child = start({"add", db, input, "--list", "--threads", std::to_string(1 + turn % 2)}, "killed");
    std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution<int>(150, 900)(random)));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    killed += WIFSIGNALED(status);
    std::istringstream lines(slurp(path("killed.out")));
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("added\t") && !lines.eof()) reported.insert(line.substr(line.rfind('\t') + 1));
    if (!fs::exists(db)) continue;
    EXPECT_EQ(one(db, "PRAGMA integrity_check"), "ok");
    auto database = Database::open(db, Database::Mode::read);
    Query query = database->prepare("SELECT count(*) FROM documents WHERE sha256=?");
    for (const std::string& sha : reported) {
      ASSERT_TRUE(query.bind(1, sha).step());
      ASSERT_EQ(query.integer(0), 1) << sha << " was reported as added and is gone";
      query.run();
    }
  }
  EXPECT_GT(killed, 0);
  EXPECT_EQ(run({"add", db, input}).status, 0);
  EXPECT_EQ(run({"add", path("whole.db"), input, "--threads", "1"}).status, 0);
  for (const char* sql : {"SELECT count(*) FROM documents", "SELECT count(*) FROM events", "SELECT count(*) FROM parties", "SELECT group_concat(doc || sha256 || cluster) FROM documents",
                          "SELECT count(DISTINCT actor) FROM entities", "SELECT count(*) FROM search WHERE search MATCH 'mayors'"})
    EXPECT_EQ(one(db, sql), one(path("whole.db"), sql)) << sql;
}

}  // namespace
