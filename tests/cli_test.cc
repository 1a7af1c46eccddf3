// The command as a user meets it: what it says of bad input, and that the good documents beside it are still read.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

namespace fs = std::filesystem;

struct Ran {
  int status;
  std::string out;
  std::string messages;
};

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Cli : public testing::Test {
 protected:
  void SetUp() override {
    program_ = fs::path(DRAGOMAN_BINARY_DIR) / "dragoman";
    if (!fs::exists(program_.parent_path() / "dragoman.model") && !std::getenv("DRAGOMAN_MODEL"))
      GTEST_SKIP() << "no dragoman.model in " << program_.parent_path() << "; `./run build` makes it";
    folder_ = fs::temp_directory_path() / ("dragoman-cli-" + std::to_string(::getpid()) + "-" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  fs::path file(const std::string& name, const std::string& bytes) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  Ran run(const std::string& arguments) {
    const fs::path messages = folder_ / "stderr";
    const std::string command = program_.string() + " " + arguments + " 2>" + messages.string() + " </dev/null";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    Ran result{};
    std::array<char, 1 << 16> buffer;
    for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) result.out.append(buffer.data(), got);
    const int status = ::pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.messages = slurp(messages);
    return result;
  }

  static std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

  fs::path program_;
  fs::path folder_;
};

constexpr const char* good = "Minister Mira Tolvanen said the ferry would sail in May.\n";

#define EXPECT_HAS(text, part) EXPECT_NE((text).find(part), std::string::npos) << "no \"" << (part) << "\" in: " << (text)

TEST_F(Cli, ReadsTheGoodBesideTheBad) {
  const std::string first = file("first.txt", good), last = file("last.txt", good);
  const std::string empty = file("empty.txt", ""), binary = file("program.bin", std::string("\x7f" "ELF\0\0\1", 7));
  const Ran result = run("read --format jsonl " + first + " " + empty + " " + folder_.string() + " " + binary + " " +
                         (folder_ / "missing.txt").string() + " " + last);
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(lines(result.out), 2u);
  EXPECT_HAS(result.messages, "empty.txt: empty");
  EXPECT_HAS(result.messages, "is a folder");
  EXPECT_HAS(result.messages, "program.bin: binary, not text");
  EXPECT_HAS(result.messages, "missing.txt: No such file");
}

TEST_F(Cli, NamesTheLineOfABrokenRow) {
  const std::string rows = file("rows.jsonl", "{\"id\":\"a\",\"text\":\"She spoke.\"}\n{\"id\":\"b\",\"text\":\n\n[1]\n{\"id\":\"c\"}\n"
                                              "{\"id\":\"d\",\"text\":\"He left.\"}");
  const Ran result = run("read --in jsonl --format jsonl " + rows);
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(lines(result.out), 2u);
  EXPECT_HAS(result.messages, "rows.jsonl:2: no JSON object");
  EXPECT_HAS(result.messages, "rows.jsonl:4: no JSON object");
  EXPECT_HAS(result.messages, "rows.jsonl:5: no \"text\" string");
  EXPECT_HAS(result.out, "\"id\":\"d\"");
}

TEST_F(Cli, ReadsBrokenUtf8AndSaysWhere) {
  const Ran result = run("read --format jsonl " + file("latin1.txt", "Two lines.\nThe caf\xE9 opened, Tolvanen said.\n").string());
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(lines(result.out), 1u);
  EXPECT_HAS(result.messages, "latin1.txt:2: broken UTF-8 at byte 18");
  // spans count the text as it is shown, U+FFFD and all: "said" of "The caf\uFFFD opened, Tolvanen said."
  EXPECT_HAS(result.out, "\"cue\":[39,43]");
}

TEST_F(Cli, RefusesAnEndlessLineAndGoesOn) {
  const std::string huge = file("huge.txt", std::string(50u << 20, 'a'));
  const std::string rows = file("huge.jsonl", "{\"id\":\"a\",\"text\":\"" + std::string(12u << 20, 'a') + "\"}\n{\"id\":\"b\",\"text\":\"He left.\"}\n");
  const Ran text = run("read --format jsonl " + huge + " " + file("good.txt", good).string());
  EXPECT_EQ(text.status, 1);
  EXPECT_EQ(lines(text.out), 1u);
  EXPECT_HAS(text.messages, "huge.txt: the file is over the limit of 10.5 MB");
  const Ran line = run("read --in jsonl --format jsonl " + rows);
  EXPECT_EQ(line.status, 1);
  EXPECT_EQ(lines(line.out), 1u);
  EXPECT_HAS(line.messages, "huge.jsonl:1: the line is over the limit");
}

TEST_F(Cli, GivesTheSameBytesOnOneThreadAndOnTwo) {
  std::string rows;
  for (int i = 0; i < 60; ++i)
    rows += "{\"id\":\"" + std::to_string(i) + "\",\"published\":\"2026-03-12\",\"text\":\"Minister Mira Tolvanen of Finland met envoy " +
            std::string(1, static_cast<char>('A' + i % 26)) + "beck in Oslo on Monday. \\\"We agree,\\\" she said.\"}\n";
  const std::string path = file("rows.jsonl", rows);
  const Ran one = run("read --in jsonl --format jsonl --threads 1 " + path), two = run("read --in jsonl --format jsonl --threads 2 " + path);
  EXPECT_EQ(one.status, 0) << one.messages;
  EXPECT_EQ(lines(one.out), 60u);
  EXPECT_EQ(one.out, two.out);
}

TEST_F(Cli, ExplainsMisuse) {
  EXPECT_EQ(run("").status, 2);
  EXPECT_EQ(run("raed").status, 2);
  EXPECT_EQ(run("read --format yaml").status, 2);
  EXPECT_EQ(run("read --help").status, 0);
  EXPECT_EQ(run("--version").status, 0);
  const Ran missing = run("read --model /nowhere.model " + file("good.txt", good).string());
  EXPECT_EQ(missing.status, 1);
  EXPECT_HAS(missing.messages, "/nowhere.model");
  EXPECT_HAS(missing.messages, "./run build");
  const Ran damaged = run("read --model " + file("bad.model", "nonsense").string() + " " + file("good.txt", good).string());
  EXPECT_EQ(damaged.status, 1);
  EXPECT_HAS(damaged.messages, "bad.model");
}

TEST_F(Cli, ImportsActorDictionariesAsAnOverlay) {
  const std::string actors = file("actors.txt", "VESMARK_ [VES]\n+OLD_HARBOUR\nTARVIN [TAR]\nORLA_FENN\n\t[VESGOV 20200101-20291231]\n\t[VES 2020]\n");
  const std::string agents = file("agents.txt", "PRESIDENT [~GOV]\nRANGER {} [~MIL]\n");
  const std::string overlay = (folder_ / "overlay").string();
  const Ran imported = run("knowledge import --actors " + actors + " --agents " + agents + " --out " + overlay);
  EXPECT_EQ(imported.status, 1);  // the rest was done
  EXPECT_HAS(imported.messages, "actors.txt:6: ");
  EXPECT_HAS(imported.messages, "this code skipped");
  EXPECT_EQ(run("knowledge check " + overlay).status, 0);

  const std::string story = file("story.txt", "Vesmark's president met Orla Fenn on Monday. The Tarvini government was not told, and Vesmarki officials apologised.\n");
  const Ran read = run("read --format jsonl --published 2024-06-01 --knowledge " + overlay + " " + story);
  EXPECT_EQ(read.status, 0) << read.messages;
  EXPECT_HAS(read.out, "\"ref\":\"VES\"");
  EXPECT_HAS(read.out, "\"ref\":\"TAR\"");
  EXPECT_HAS(read.out, "\"code\":\"VESGOV\"");
  EXPECT_HAS(read.out, "\"code\":\"TARGOV\"");
  EXPECT_EQ(run("read --format jsonl --published 2024-06-01 " + story).out.find("\"code\""), std::string::npos);

  EXPECT_EQ(run("knowledge import --out " + overlay).status, 2);
  const Ran missing = run("knowledge import --actors /nowhere.txt --out " + overlay);
  EXPECT_EQ(missing.status, 1);
  EXPECT_HAS(missing.messages, "/nowhere.txt");
}

TEST_F(Cli, SaysWhoIsMeantAndWhy) {
  const Ran state = run("who 'the Kremlin' --on 2025-11-30");
  EXPECT_EQ(state.status, 0) << state.messages;
  EXPECT_HAS(state.out, "RUS");
  EXPECT_HAS(state.out, "states/aliases.tsv:");
  const Ran minister = run("who 'Turkish foreign minister' --on 2025-11-30");
  EXPECT_HAS(minister.out, "person:hakan-fidan");
  EXPECT_HAS(minister.out, "states/holders.tsv:");
  EXPECT_HAS(run("who 'Turkish foreign minister' --on 2020-01-01").out, "person:mevlut-cavusoglu");
  const Ran two = run("who Congo --format json");
  EXPECT_EQ(two.status, 1);
  EXPECT_HAS(two.out, "\"meant\":null");
  EXPECT_HAS(two.out, "COD");
  EXPECT_HAS(two.out, "COG");
  const Ran nobody = run("who Quxbarian");
  EXPECT_EQ(nobody.status, 1);
  EXPECT_HAS(nobody.out, "nobody called \"Quxbarian\" is known");
  EXPECT_HAS(nobody.out, "--store DB");
  EXPECT_EQ(run("who Fidan --on yesterday").status, 2);
  EXPECT_EQ(run("who ' '").status, 2);
}

TEST_F(Cli, LearnsFromStoriesWhoHoldsAnOffice) {
  const std::string rows = file(
      "rows.jsonl",
      "{\"id\":\"a\",\"published\":\"2031-03-02\",\"text\":\"Icelandic Foreign Minister Tuva Lindal opened a bridge on Monday. Lindal praised the builders.\"}\n"
      "{\"id\":\"b\",\"published\":\"2031-05-07\",\"text\":\"Tuva Lindal, Iceland's foreign minister, visited a school on Friday.\"}\n"
      "{\"id\":\"c\",\"published\":\"2031-05-07\",\"text\":\"Former Icelandic Foreign Minister Marek Holub opened a garden on Friday.\"}\n"
      "{\"id\":\"d\",\"published\":\"2031-06-08\",\"text\":\"Mira Tolvanen, Finland's foreign minister, met Palau's Foreign Minister Ueki Takemoto.\"}\n");
  const std::string db = (folder_ / "s.db").string();
  ASSERT_EQ(run("add " + db + " " + rows).status, 0);
  const Ran lindal = run("who Lindal --on 2031-06-01 --format json --store " + db);
  EXPECT_EQ(lindal.status, 0) << lindal.messages << lindal.out;
  EXPECT_HAS(lindal.out, "\"ref\":\"local:tuva-lindal\"");
  EXPECT_HAS(lindal.out, "\"quote\":\"Tuva Lindal, Iceland's foreign minister\"");
  EXPECT_HAS(lindal.out, "\"published\":\"2031-05-07\"");
  EXPECT_EQ(run("who Lindal --on 2031-01-01 --store " + db).status, 1);  // told later
  EXPECT_EQ(run("who Holub --on 2031-06-01 --store " + db).status, 1);   // a former one
  // The knowledge has another holder without end: two stories of the time after are believed, one is not.
  const std::string roster = (folder_ / "roster").string();
  const Ran learned = run("knowledge learn " + db + " --out " + roster);
  EXPECT_EQ(learned.status, 0) << learned.messages;
  EXPECT_HAS(slurp(fs::path(roster) / "holders.tsv"), "office:isl-foreign-minister\tperson:tuva-lindal\t2031-03-02\t..");
  EXPECT_HAS(slurp(fs::path(roster) / "holders.tsv"), "office:plw-foreign-minister\tperson:ueki-takemoto\t2031-06-08\t2031-06-09");
  EXPECT_HAS(learned.messages, "office:fin-foreign-minister on 2031-06-08");
  EXPECT_HAS(learned.messages, "not learned");
  EXPECT_HAS(run("who 'Icelandic foreign minister' --on 2031-07-01 --knowledge " + roster).out, "person:tuva-lindal");
  const std::string story = file("next.txt", "The Icelandic foreign minister opened a harbour on Monday.\n");
  EXPECT_HAS(run("read --format jsonl --published 2031-07-01 --knowledge " + roster + " " + story).out, "person:tuva-lindal");
}

}  // namespace
