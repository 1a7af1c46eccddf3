// What goes wrong around the command: disks, rights, locks, damage, clocks. Each fault has a message that says what to do, and loses
// nothing that was there before.
#include <linux/capability.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "dragoman/store/sqlite.h"
#include "tests/command.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

class Faults : public CommandTest {
 protected:
  std::string story() { return file("story.txt", "Minister Mira Tolvanen said the ferry would sail in May.\n"); }
  /// A store of so many stories.
  std::string store(int count) {
    const Ran made = run({"add", path("s.db"), file("rows.jsonl", story_rows(count))});
    EXPECT_EQ(made.status, 0) << made.messages;
    return path("s.db");
  }
};

/// Root may write anywhere; a user may not. Takes that right from the child, also over its exec.
void as_a_user() {
  ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
  ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
}

// -- disks ---------------------------------------------------------------------------------------------------------------------------

// No file may grow over 300 kB: what a full disk or a quota does, at a place that can be told beforehand.
TEST_F(Faults, AFullDiskLosesNothingThatWasThere) {
  const std::string db = store(20), more = file("more.jsonl", story_rows(400));
  const Ran full = run({"add", db, more, "--list"}, [] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{300'000, 300'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  });
  EXPECT_EQ(full.status, 1);
  EXPECT_HAS(full.messages, "s.db: ");
  EXPECT_HAS(full.messages, "free some space and run it again");
  EXPECT_EQ(value_in(db, "PRAGMA integrity_check"), "ok");
  std::size_t reported = 0;
  for (std::size_t at = 0; (at = full.out.find("added\t", at)) != std::string::npos; ++at) ++reported;
  EXPECT_EQ(value_in(db, "SELECT count(*) FROM documents"), std::to_string(20 + reported));
  EXPECT_EQ(run({"add", db, more}).status, 0);
  EXPECT_EQ(value_in(db, "SELECT count(*) FROM documents"), "400");
}

TEST_F(Faults, AFullFileSystemIsToldToo) {
  const std::string disk = path("disk");
  fs::create_directories(disk);
  if (::mount("none", disk.c_str(), "tmpfs", 0, "size=400k") != 0) GTEST_SKIP() << "no right to mount a small file system";
  const Ran full = run({"add", disk + "/s.db", file("rows.jsonl", story_rows(400))});
  const std::string whole = value_in(disk + "/s.db", "PRAGMA integrity_check");
  ::umount2(disk.c_str(), MNT_DETACH);
  EXPECT_EQ(full.status, 1);
  EXPECT_HAS(full.messages, "s.db: ");
  EXPECT_HAS(full.messages, "free some space and run it again");
  EXPECT_EQ(whole, "ok");
}

TEST_F(Faults, AFullOutputIsAnErrorOfEveryCommand) {
  const std::string db = store(3), text = story();
  const std::vector<std::vector<std::string>> commands = {
      {"--help"}, {"--version"}, {"doctor"}, {"read", text}, {"read", "--format", "jsonl", text}, {"annotate", text}, {"explain", text},
      {"events", db}, {"quotes", db}, {"people", db}, {"ledger", db}, {"matrix", db}, {"timeline", db}, {"search", db, "library"},
      {"add", db, text}};
  for (const auto& words : commands) {
    const Ran ran = run(words, [] {
      if (!std::freopen("/dev/full", "w", stdout)) ::_exit(126);
    });
    EXPECT_EQ(ran.status, 1) << words[0] << ": " << ran.messages;
    EXPECT_HAS(ran.messages, "standard output");
  }
  EXPECT_EQ(value_in(db, "SELECT count(*) FROM documents"), "4");  // what was added is there, though it could not be told
}

TEST_F(Faults, ABrokenPipeEndsTheCommandQuietly) {
  const std::string rows = file("rows.jsonl", story_rows(300));
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const pid_t child = start({"read", "--in", "jsonl", "--format", "jsonl", rows}, "run", [&] { ::dup2(ends[1], STDOUT_FILENO); });
  ::close(ends[1]);
  char one = 0;
  EXPECT_EQ(::read(ends[0], &one, 1), 1);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE) << status;  // as every filter of Unix
  EXPECT_EQ(slurp(path("run.err")), "");
}

// -- rights --------------------------------------------------------------------------------------------------------------------------

TEST_F(Faults, AReadOnlyStoreIsReadAndNotWritten) {
  const std::string db = store(3), more = file("more.jsonl", story_rows(5));
  ::chmod(db.c_str(), 0444);
  const Ran refused = run({"add", db, more}, as_a_user);
  EXPECT_EQ(refused.status, 1);
  EXPECT_HAS(refused.messages, "s.db: Permission denied; is the path right, and may you write there?");
  EXPECT_EQ(run({"events", db}, as_a_user).status, 0);
  EXPECT_EQ(value_in(db, "SELECT count(*) FROM documents"), "3");
}

TEST_F(Faults, AReadOnlyFolderGetsNoStore) {
  fs::create_directories(path("shut"));
  ::chmod(path("shut").c_str(), 0555);
  const Ran refused = run({"add", path("shut/s.db"), story()}, as_a_user);
  EXPECT_EQ(refused.status, 1);
  EXPECT_HAS(refused.messages, "shut/s.db: Permission denied; is the path right, and may you write there?");
}

TEST_F(Faults, AnUnreadableFileIsNamedAndTheRestIsRead) {
  const std::string shut = file("shut.txt", "He spoke.\n"), open = story();
  ::chmod(shut.c_str(), 0);
  const Ran ran = run({"read", "--format", "jsonl", shut, open}, as_a_user);
  EXPECT_EQ(ran.status, 1);
  EXPECT_HAS(ran.messages, "shut.txt: Permission denied");
  EXPECT_HAS(ran.out, "Tolvanen");
}

// -- others at work ------------------------------------------------------------------------------------------------------------------

TEST_F(Faults, ALockedStoreIsToldAfterAWhile) {
  const std::string db = store(3);
  auto other = Database::open(db, Database::Mode::write);
  ASSERT_TRUE(other);
  ASSERT_TRUE(other->execute("BEGIN IMMEDIATE"));
  const Ran refused = run({"add", db, story()});
  EXPECT_EQ(refused.status, 1);
  EXPECT_HAS(refused.messages, "s.db: database is locked; another");
  EXPECT_EQ(run({"events", db}).status, 0);  // reading goes on beside it
  ASSERT_TRUE(other->execute("ROLLBACK"));
  EXPECT_EQ(run({"add", db, story()}).status, 0);
}

// -- damage --------------------------------------------------------------------------------------------------------------------------

// Whatever page is damaged: no crash, no silence over an error, and the message says how to save the rest.
TEST_F(Faults, ADamagedPageIsNamed) {
  const std::string db = store(60), whole = slurp(db), damaged = path("damaged.db");
  const std::size_t page = 8192;
  ASSERT_GT(whole.size(), 20 * page);
  std::size_t told = 0;
  for (std::size_t at = page; at < whole.size(); at += page * 7) {
    std::string bytes = whole;
    for (std::size_t i = at; i < at + page; ++i) bytes[i] = static_cast<char>(0xA5 ^ i);
    std::ofstream(damaged, std::ios::binary | std::ios::trunc) << bytes;
    for (const auto& words : std::vector<std::vector<std::string>>{{"events", damaged}, {"search", damaged, "library"}, {"add", damaged, story()}}) {
      const Ran ran = run(words);
      ASSERT_TRUE(ran.status == 0 || ran.status == 1) << words[0] << " page " << at / page << ": " << ran.status << " " << ran.messages;
      if (ran.status == 0) continue;  // it did not need that page
      EXPECT_HAS(ran.messages, "damaged.db: ");
      EXPECT_HAS(ran.messages, ".recover");
      ++told;
    }
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(damaged + suffix);
  }
  EXPECT_GT(told, 0u);
}

TEST_F(Faults, ANewerStoreIsLeftAlone) {
  const std::string db = store(3);
  ASSERT_TRUE(Database::open(db, Database::Mode::write)->execute("PRAGMA user_version=99"));
  for (const auto& words : std::vector<std::vector<std::string>>{{"events", db}, {"add", db, story()}}) {
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 1);
    EXPECT_HAS(ran.messages, "s.db: store version 99; this build reads 1 to");
    EXPECT_HAS(ran.messages, "use a newer dragoman");
  }
  EXPECT_EQ(value_in(db, "PRAGMA user_version"), "99");
}

TEST_F(Faults, ModelAndKnowledgeAreCheckedBeforeUse) {
  const char* given = std::getenv("DRAGOMAN_MODEL");
  const fs::path beside = program_.parent_path();
  const std::string model = slurp(given ? fs::path(given) : beside / "dragoman.model");
  const char* given_knowledge = std::getenv("DRAGOMAN_KNOWLEDGE");
  const std::string knowledge = slurp(given_knowledge ? fs::path(given_knowledge) : beside / "dragoman.knowledge");
  const std::string text = story();
  struct Case {
    const char* option;
    const std::string& bytes;
    const char* remedy;
  };
  for (const Case& it : {Case{"--model", model, "./run build"}, Case{"--knowledge-file", knowledge, "./run build"}}) {
    const auto refused = [&](const std::string& name, const std::string& what) {
      const Ran ran = run({"read", it.option, path(name), text});
      EXPECT_EQ(ran.status, 1) << it.option << " " << name;
      EXPECT_HAS(ran.messages, name);
      EXPECT_HAS(ran.messages, what);
      EXPECT_HAS(ran.messages, it.remedy);
      EXPECT_EQ(ran.out, "");
    };
    std::string bytes = it.bytes;
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    file("flipped", bytes);
    refused("flipped", "damaged");
    file("cut", it.bytes.substr(0, it.bytes.size() / 2));
    refused("cut", std::to_string(it.bytes.size()));  // as many bytes as it should have
    bytes = it.bytes;
    bytes[8] = 99;
    file("newer", bytes);
    refused("newer", "format 99; this build reads");
    file("other", "These are notes, not what the option is for, and there are many of them. " + std::string(500, '.'));
    refused("other", "dragoman");
    file("empty", "");
    refused("empty", "empty: ");
    refused("missing", "missing");
    fs::create_directories(path("folder"));
    refused("folder", "folder");
  }
}

TEST_F(Faults, TruncatedArchivesGiveWhatIsWhole) {
  const std::string plain = file("rows.jsonl", story_rows(200));
  ASSERT_EQ(std::system(("gzip -n -k " + plain).c_str()), 0);
  const std::string packed = slurp(plain + ".gz");
  const Ran ran = run({"add", path("s.db"), file("cut.jsonl.gz", packed.substr(0, packed.size() / 2)), story()});
  EXPECT_EQ(ran.status, 1);
  EXPECT_HAS(ran.messages, "cut.jsonl");
  EXPECT_HAS(ran.messages, "cut short; what came before it was read");
  EXPECT_GT(std::stoi(value_in(path("s.db"), "SELECT count(*) FROM documents")), 50);
}

// -- limits --------------------------------------------------------------------------------------------------------------------------

TEST_F(Faults, AnEndlessLineCostsNoMemory) {
  const std::string rows = path("endless.jsonl");
  {
    std::ofstream out(rows, std::ios::binary);
    const std::string megabyte(1u << 20, 'a');
    out << "{\"text\":\"";
    for (int i = 0; i < 200; ++i) out << megabyte;
    out << "\"}\n" << story_rows(1);
  }
  for (const auto& words : std::vector<std::vector<std::string>>{{"read", "--in", "jsonl", "--format", "jsonl", rows}, {"add", path("s.db"), rows}}) {
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 1);
    EXPECT_HAS(ran.messages, "endless.jsonl:1: the line is over the limit");
    EXPECT_HAS(ran.messages, "raise --max-bytes");
    EXPECT_HAS(ran.out, words[0] == "read" ? "Halvorsen" : "added                1");
    if (!std::getenv("DRAGOMAN_SANITIZED")) {
      EXPECT_LT(ran.peak_kilobytes, 250'000);
    }
  }
}

TEST_F(Faults, ADocumentThatTakesTooLongIsARowInTheReport) {
  std::string text;
  while (text.size() < 300'000) text += "Minister Mira Tolvanen of Finland said in Oslo on Monday that Norway would open the ferry line in May.\n";
  const std::string slow = file("slow.txt", text), quick = story();
  const Ran read = run({"read", "--format", "jsonl", "--max-seconds", "0.2", "--threads", "1", slow, quick});
  EXPECT_EQ(read.status, 1);
  EXPECT_HAS(read.messages, "slow.txt: not read within the limit of 0.2 seconds a document; split it, or raise --max-seconds");
  EXPECT_HAS(read.out, "the ferry would sail");
  const Ran added = run({"add", path("s.db"), "--max-seconds", "0.2", "--threads", "1", slow, quick});
  EXPECT_EQ(added.status, 1);
  EXPECT_HAS(added.messages, "slow.txt: not read within the limit");
  EXPECT_HAS(added.out, "failed               1");
  EXPECT_EQ(value_in(path("s.db"), "SELECT count(*) FROM documents"), "1");
}

TEST_F(Faults, LimitsAreStatedAndCheckedThemselves) {
  const Ran help = run({"--help"});
  for (const char* words : {"10 MB (--max-bytes, at most 1024 MB)", "300 seconds (--max-seconds)", "64 MB in one piece", "4 deep; 1000000 files in one", "200 times its packed size", "1024 deep"})
    EXPECT_HAS(help.out, words);
  EXPECT_EQ(run({"read", "--max-bytes", "5000000000", story()}).status, 2);
  EXPECT_EQ(run({"read", "--max-bytes", "0", story()}).status, 2);
  EXPECT_EQ(run({"read", "--max-seconds", "-1", story()}).status, 2);
  const Ran deep = run({"read", "--in", "jsonl", "--format", "jsonl", file("deep.jsonl", "{\"a\":" + std::string(2000, '[') + std::string(2000, ']') + ",\"text\":\"x\"}\n" + story_rows(1))});
  EXPECT_EQ(deep.status, 1);
  EXPECT_HAS(deep.messages, "deep.jsonl:1: no JSON object");
  EXPECT_HAS(deep.messages, "too deep");
  EXPECT_HAS(deep.out, "Halvorsen");
}

// -- clocks --------------------------------------------------------------------------------------------------------------------------

#ifdef DRAGOMAN_SHIFTED_CLOCK
TEST_F(Faults, TheDayOfReadingIsNotInTheData) {
  const std::string rows = file("rows.jsonl", story_rows(40) + "{\"id\":\"undated\",\"text\":\"He will leave Oslo tomorrow, the ministry of Norway said on Monday.\"}\n");
  const auto later = [] { ::setenv("LD_PRELOAD", DRAGOMAN_SHIFTED_CLOCK, 1); };
  const Ran now = run({"read", "--in", "jsonl", "--format", "jsonl", rows}), then = run({"read", "--in", "jsonl", "--format", "jsonl", rows}, later);
  EXPECT_EQ(now.status, 0) << now.messages;
  EXPECT_EQ(now.out, then.out);
  EXPECT_EQ(then.messages, "");
  EXPECT_EQ(run({"add", path("now.db"), rows}).status, 0);
  EXPECT_EQ(run({"add", path("then.db"), rows}, later).status, 0);
  for (const char* sql : {"SELECT group_concat(doc || sha256 || state || coalesce(published,'') || cluster) FROM documents",
                          "SELECT group_concat(doc || '.' || n || type || coalesce(when_from,'') || coalesce(when_to,'')) FROM events",
                          "SELECT group_concat(doc || '.' || n || stage || coalesce(deadline_to,'')) FROM commitments",
                          "SELECT group_concat(version || model || knowledge) FROM engines"})
    EXPECT_EQ(value_in(path("now.db"), sql), value_in(path("then.db"), sql)) << sql;
  for (const char* command : {"ledger", "events", "timeline"})
    EXPECT_EQ(run({command, path("now.db"), "--format", "jsonl"}).out, run({command, path("now.db"), "--format", "jsonl"}, later).out) << command;
}
#endif

}  // namespace
}  // namespace dragoman
