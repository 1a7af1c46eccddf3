// Files as they come: folders, rows, feeds, crawls, archives, and what is wrong with them.
#include "dragoman/ingest/story_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "dragoman/base/sha256.h"
#include "dragoman/ingest/containers.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

constexpr const char* story = "The ministers of both states met in Oslo on Monday and agreed to reopen the ferry line in May.\n";

std::string gzipped(const std::string& bytes) {
  std::string out(compressBound(bytes.size()) + 64, '\0');
  z_stream z{};
  deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

using Members = std::vector<std::pair<std::string, std::string>>;

std::string packed(const Members& members, bool zip) {
  std::size_t room = 1 << 16;
  for (const auto& [name, bytes] : members) room += bytes.size() + 4096;
  std::string out(room, '\0');
  archive* writer = archive_write_new();
  zip ? archive_write_set_format_zip(writer) : archive_write_set_format_ustar(writer);
  std::size_t used = 0;
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const auto& [name, bytes] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

std::string record(const std::string& type, const std::string& uri, const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + uri + "\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}
std::string page_record(int number) {
  const std::string page = "<html><head><title>Page " + std::to_string(number) + "</title></head><body><p>" + story + "</p></body></html>";
  return record("response", "https://n.example/" + std::to_string(number), "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page);
}

class StoryReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("dragoman-ingest-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& bytes) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  /// What comes of those paths, one line a story: its place and title, or the error.
  std::vector<std::string> read(const std::vector<std::string>& paths, StoryReaderOptions options = {}) {
    stories_.clear();
    std::vector<std::string> lines;
    StoryReader reader(paths, options);
    while (auto raw = reader.next()) {
      const auto parsed = parse_story(*raw, {});
      std::string line = parsed ? raw->where + " " + parsed->info.title : (raw->skipped ? "skipped " : "failed ") + parsed.error().message;
      for (std::size_t at; (at = line.find(folder_.string() + "/")) != std::string::npos;) line.erase(at, folder_.string().size() + 1);
      lines.push_back(line);
      if (parsed) stories_.push_back(std::move(*parsed));
    }
    return lines;
  }

  fs::path folder_;
  std::vector<Story> stories_;
};

using Lines = std::vector<std::string>;

TEST_F(StoryReaderTest, WalksFoldersWithTheirMetaJson) {
  file("in/b/article.txt", story);
  file("in/b/meta.json", R"({"id": "b-1", "title": "Ferry", "outlet": "Herald", "url": null, "published": "2026-03-12", "dateline": "OSLO"})");
  file("in/b/gold.json", "{\"spans\": []}");
  file("in/a.txt", story);
  file("in/a.meta.json", R"({"title": "Own", "published": "2026-01-01"})");
  file("in/c/one.txt", story);
  file("in/c/two.txt", story);
  file("in/c/meta.json", R"({"title": "Not theirs", "outlet": "Daily"})");
  file("in/tool.py", "print()");
  file("in/.hidden.txt", story);
  EXPECT_EQ(read({(folder_ / "in").string()}),
            (Lines{"in/a.txt Own", "in/b/article.txt Ferry", "skipped in/b/gold.json: JSON without the text of a story", "in/c/one.txt ", "in/c/two.txt ",
                   "skipped in/tool.py: no story by its name"}));
  EXPECT_EQ(stories_[1].info.id, "b-1");
  EXPECT_EQ(stories_[1].info.published, "2026-03-12");
  EXPECT_EQ(stories_[1].info.dateline, "OSLO");
  EXPECT_EQ(stories_[2].info.outlet, "Daily");
  EXPECT_EQ(stories_[1].info.language, "en");
}

TEST_F(StoryReaderTest, TellsFilesByTheirBytes) {
  file("x1", "<!doctype html><html><body><p>" + std::string(story) + "</p></body></html>");
  file("x2", "{\"id\": 7, \"text\": \"" + std::string("He said so.") + "\", \"date\": \"2026-03-12T10:00:00Z\", \"source\": \"Herald\"}\n\n{\"text\": 5}\n");
  file("x3.json", "[{\"title\": \"One\", \"body\": \"He left.\"}, {\"title\": \"Two\", \"content\": \"She \\\"stayed\\\" [here].\"}]");
  file("x4", "<?xml version=\"1.0\"?><rss><channel><title>T</title><item><title>Item</title><description>Text.</description></item></channel></rss>");
  file("x5", story);
  const auto lines = read({folder_ / "x1", folder_ / "x2", folder_ / "x3.json", folder_ / "x4", folder_ / "x5"});
  EXPECT_EQ(lines, (Lines{"x1 ", "x2:1 ", "failed x2:3: no \"text\" string in the row", "x3.json#1 One", "x3.json#2 Two", "x4#1 Item", "x5 "}));
  EXPECT_EQ(stories_[1].info.id, "7");
  EXPECT_EQ(stories_[1].info.published, "2026-03-12");
  EXPECT_EQ(stories_[1].info.outlet, "Herald");
  EXPECT_EQ(stories_[3].text, "She \"stayed\" [here].");
  EXPECT_EQ(stories_[4].info.outlet, "T");
}

TEST_F(StoryReaderTest, SaysWhatCantBeRead) {
  file("empty.txt", "");
  file("blank.txt", " \n\t\n");
  file("program", std::string("\x7f" "ELF\0\0\1", 7));
  file("paper.pdf", "%PDF-1.4\n\0\0\0");
  file("nothing.html", "<html><body><script>x()</script></body></html>");
  file("broken.jsonl", "{\"text\": \"a\"\n[1]\n");
  file("long.txt", std::string(3000, 'a'));
  fs::create_directories(folder_ / "void");
  std::vector<std::string> paths;
  for (const char* name : {"missing.txt", "empty.txt", "blank.txt", "program", "nothing.html", "broken.jsonl", "long.txt", "void"}) paths.push_back(folder_ / name);
  const auto lines = read(paths, {.document_bytes = 2000});
  ASSERT_EQ(lines.size(), 9u);
  EXPECT_EQ(lines[0], "failed missing.txt: No such file or directory");
  EXPECT_EQ(lines[1], "failed empty.txt: empty; there is nothing to read in it");
  EXPECT_EQ(lines[2], "failed blank.txt: empty; there is nothing to read in it");
  EXPECT_EQ(lines[3], "failed program: binary, not text; extract its text first");
  EXPECT_EQ(lines[4], "failed nothing.html: no text of a story on the page");
  EXPECT_TRUE(lines[5].starts_with("failed broken.jsonl:1: no JSON object")) << lines[5];
  EXPECT_TRUE(lines[6].starts_with("failed broken.jsonl:2: no JSON object")) << lines[6];
  EXPECT_TRUE(lines[7].starts_with("failed long.txt: the file is over the limit of 0.0 MB")) << lines[7];
  EXPECT_EQ(lines[8], "failed void: no files in this folder");
}

TEST_F(StoryReaderTest, MarksOtherLanguagesUnread) {
  file("de.txt", "Die Minister trafen sich am Dienstag in Oslo und vereinbarten, die Fährverbindung noch vor dem Sommer wieder zu öffnen.\n");
  file("en.txt", story);
  read({(folder_ / "de.txt").string(), (folder_ / "en.txt").string()});
  ASSERT_EQ(stories_.size(), 2u);
  EXPECT_EQ(stories_[0].unread, "language: de");
  EXPECT_EQ(stories_[1].unread, "");
}

TEST_F(StoryReaderTest, OpensArchivesInArchives) {
  const std::string zip = packed({{"a/article.txt", story}, {"a/meta.json", R"({"title": "In zip"})"}, {"b.html", "<p>" + std::string(story)}, {"pic.png", "x"}}, true);
  const std::string tar = packed({{"rows.jsonl", "{\"text\":\"He left.\",\"title\":\"Row\"}\n"}, {"inner.zip", zip}}, false);
  file("all.tar.gz", gzipped(tar));
  file("one.txt.gz", gzipped(story));
  EXPECT_EQ(read({folder_ / "all.tar.gz", folder_ / "one.txt.gz"}),
            (Lines{"all.tar!rows.jsonl:1 Row", "all.tar!inner.zip!a/article.txt In zip", "all.tar!inner.zip!b.html ",
                   "skipped all.tar!inner.zip!pic.png: no story by its name", "one.txt "}));
}

TEST_F(StoryReaderTest, StopsAtBombs) {
  std::string nested = packed({{"a.txt", story}}, true);
  for (int i = 0; i < 8; ++i) nested = packed({{"inner.zip", nested}}, true);
  const auto deep = read({file("deep.zip", nested)});
  ASSERT_EQ(deep.size(), 1u);
  EXPECT_NE(deep[0].find("archives in archives, more than 4 deep"), std::string::npos) << deep[0];

  const auto gz = read({file("zeros.jsonl.gz", gzipped("{\"text\":\"a\"}\n" + std::string(100u << 20, ' ')))});
  EXPECT_NE(gz.back().find("unpacks to more than 200 times its size"), std::string::npos) << gz.back();
  const auto zip = read({file("zeros.zip", packed({{"first.txt", story}, {"zeros.txt", std::string(100u << 20, ' ')}, {"last.txt", story}}, true))},
                        {.document_bytes = 1u << 30});
  EXPECT_NE(zip.back().find("unpacks to more than 200 times its size"), std::string::npos) << zip.back();
}

TEST_F(StoryReaderTest, ReadsAFeedThatEndsInItsDeclaration) {
  const auto lines = read({file("cut.rss", "<?xml version=\"1.0\" encoding=")});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0], "failed cut.rss: XML without the items of a feed");
}

TEST_F(StoryReaderTest, LeavesOffWhatIsOverALimitAndSaysSo) {
  const std::string zip = file("many.zip", packed({{"a.txt", story}, {"b.txt", story}, {"c.txt", story}, {"d.txt", story}}, true));
  const auto many = read({zip}, {.archive_members = 3});
  ASSERT_EQ(many.size(), 4u);
  EXPECT_EQ(many[2], "many.zip!c.txt ");
  EXPECT_EQ(many[3], "failed many.zip: more than 3 members; left off there (split it, or unpack it into a folder)");

  // Elements deeper than the limit stand side by side: their words are kept.
  std::string page = "<html><body>";
  for (int i = 0; i < 100'000; ++i) page += "<div>";
  const auto deep = read({file("deep.html", page + "<p>" + story + "</p>")});
  ASSERT_EQ(deep.size(), 1u);
  EXPECT_EQ(deep[0], "deep.html ");
  EXPECT_NE(stories_.at(0).text.find("reopen the ferry line"), std::string::npos);

  const auto rows = read({file("deep.jsonl", "{\"a\":" + std::string(2000, '[') + std::string(2000, ']') + ",\"text\":\"x\"}\n{\"text\":\"He left.\"}\n")});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_NE(rows[0].find("deep.jsonl:1: no JSON object"), std::string::npos) << rows[0];
  EXPECT_NE(rows[0].find("too deep"), std::string::npos) << rows[0];
  EXPECT_EQ(rows[1], "deep.jsonl:2 ");

  const auto array = read({file("long.json", "[" + std::string(65u << 20, ' ') + "]")});
  EXPECT_EQ(array.at(0), "failed long.json: over 64 MB in one piece; split it (files of JSON lines may be as long as they like)");
}

TEST_F(StoryReaderTest, ReadsWhatIsLeftOfDamagedArchives) {
  std::string noise;
  for (int i = 0; i < 4000; ++i) noise += sha256_hex(std::to_string(i)) + "\n";
  const std::string tar = gzipped(packed({{"a.txt", story}, {"b.txt", noise}, {"c.txt", story}}, false));
  const auto cut = read({file("cut.tar.gz", tar.substr(0, tar.size() / 2))});
  ASSERT_GE(cut.size(), 2u);
  EXPECT_EQ(cut[0], "cut.tar!a.txt ");
  EXPECT_TRUE(cut.back().starts_with("failed ")) << cut.back();
  const std::string zip = packed({{"a.txt", story}, {"b.txt", noise}, {"c.txt", story}}, true);
  const auto short_zip = read({file("cut.zip", zip.substr(0, zip.size() / 2))});
  EXPECT_TRUE(short_zip.back().starts_with("failed ")) << short_zip.back();
  std::string bad = zip;
  for (std::size_t i = bad.size() / 3; i < bad.size() / 3 + 50; ++i) bad[i] = '\x55';
  const auto damaged = read({file("bad.zip", bad)});
  EXPECT_EQ(damaged[0], "bad.zip!a.txt ");
  for (std::size_t length = 0; length < zip.size(); length += zip.size() / 37 + 1) (void)read({file("cut.zip", zip.substr(0, length))});
}

TEST_F(StoryReaderTest, ReadsCrawls) {
  const std::string chunked = record("response", "https://n.example/c", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                                     "10\r\n<html><body><p>A\r\n5f\r\n" + std::string(story) + "\r\n0\r\n\r\n");
  const std::string warc = record("warcinfo", "", "software: x\r\n") + record("request", "https://n.example/1", "GET / HTTP/1.1\r\n\r\n") + page_record(1) +
                           record("response", "https://n.example/p.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG") +
                           record("response", "https://n.example/404", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no</p>") + chunked + page_record(2);
  EXPECT_EQ(read({file("day.warc", warc)}), (Lines{"day.warc!3 Page 1", "day.warc!6 ", "day.warc!7 Page 2"}));
  EXPECT_EQ(stories_[0].info.url, "https://n.example/1");
  EXPECT_TRUE(stories_[1].text.starts_with("AThe ministers")) << stories_[1].text;
}

TEST_F(StoryReaderTest, GoesOnBehindDamageInCrawls) {
  std::string gz[3];
  for (int i = 0; i < 3; ++i) gz[i] = gzipped(page_record(i + 1));
  const std::string whole = gz[0] + gz[1] + gz[2];
  EXPECT_EQ(read({file("a.warc.gz", whole)}), (Lines{"a.warc.gz!1 Page 1", "a.warc.gz!2 Page 2", "a.warc.gz!3 Page 3"}));
  const auto cut = read({file("b.warc.gz", whole.substr(0, whole.size() - 40))});
  ASSERT_EQ(cut.size(), 3u);
  EXPECT_EQ(cut[1], "b.warc.gz!2 Page 2");
  EXPECT_NE(cut[2].find("cut short"), std::string::npos) << cut[2];
  std::string bad = gz[1];
  for (std::size_t i = 30; i < 60; ++i) bad[i] = '\xAA';
  const auto damaged = read({file("c.warc.gz", gz[0] + bad + gz[2])});
  ASSERT_GE(damaged.size(), 3u);
  EXPECT_EQ(damaged.front(), "c.warc.gz!1 Page 1");
  EXPECT_TRUE(damaged.back().ends_with("Page 3")) << damaged.back();
  EXPECT_NE(damaged[1].find("damaged gzip data"), std::string::npos) << damaged[1];
  const auto plain = read({file("d.warc", page_record(1) + "garbage\r\n" + page_record(2) + page_record(3).substr(0, 200))});
  ASSERT_EQ(plain.size(), 4u);
  EXPECT_NE(plain[1].find("d.warc!1: damaged"), std::string::npos) << plain[1];
  EXPECT_EQ(plain[2], "d.warc!2 Page 2");
  EXPECT_NE(plain[3].find("d.warc!3: the file is cut short"), std::string::npos) << plain[3];
}

TEST_F(StoryReaderTest, LeadsSpansOfPackedPagesBackToTheirBytes) {
  const std::string page = "<html><head><meta charset=iso-8859-1></head><body><p>Caf\xE9 &amp; harbour, he said, were open on the day of the visit to Oslo.</p></body></html>";
  StoryReader reader({file("p.zip", packed({{"p.html", page}}, true))}, {});
  const auto raw = reader.next();
  ASSERT_TRUE(raw);
  const auto parsed = parse_story(*raw, {});
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->text.starts_with("Café & harbour"));
  const auto map = SourceMap::unpack(parsed->offsets.packed());
  const ByteSpan span = map->source({0, 15});
  EXPECT_EQ(page.substr(span.begin, span.size()), "Caf\xE9 &amp; harbour");
}

}  // namespace
}  // namespace dragoman
