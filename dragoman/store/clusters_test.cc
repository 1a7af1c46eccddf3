#include "dragoman/store/clusters.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "dragoman/store/store.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

struct Told {
  std::string name, published, text;
};

/// A story of five sentences about `town`, told in one of several ways.
std::string story(const std::string& town, int way) {
  const std::string lede = way % 2 == 0 ? "The council of " + town + " agreed on Tuesday to sell its old harbour to a company from Bergen, after a debate of nine hours."
                                        : "After debating for nine hours, the council of " + town + " agreed Tuesday to sell the old harbour to a company from Bergen.";
  const std::string second = "Mayor Ida Halvorsen of " + town + " said the sale would pay for two schools and a bridge over the fjord.";
  const std::string third = "\"We lose a harbour and win a future,\" Halvorsen told the council before the vote in " + town + ".";
  const std::string fourth = "Seven members of the Coast List voted against the sale, which they called hasty and cheap.";
  const std::string fifth = "The company, Nordlys Eiendom, plans 300 flats and a hotel where the fish market of " + town + " stood.";
  switch (way) {
    case 0: return lede + "\n\n" + second + "\n\n" + third + "\n\n" + fourth + "\n\n" + fifth + "\n";
    case 1: return "Harbour sold\n\n" + lede + " " + second + "\n\n" + fourth + "\n";
    case 2: return fifth + "\n\n" + lede + "\n\n" + third + "\n\n" + second + "\n\n(Agencies)\n";
    default: return lede + "\n\n" + third + "\n\n" + second + "\n\nThe sale has to be confirmed by the county, which has never refused one.\n";
  }
}

class ClustersTest : public testing::Test {
 protected:
  fs::path path_ = fs::temp_directory_path() / ("dragoman-clusters-" + std::to_string(::getpid()) + ".db");
  std::map<std::string, DocumentKey> keys_;

  void TearDown() override { clear(); }
  void clear() {
    keys_.clear();
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path_.string() + suffix);
  }

  void add(const std::vector<Told>& stories) {
    auto store = Store::open_for_writing(path_, {"0.1", "m", "k"});
    ASSERT_TRUE(store) << store.error().message;
    for (const Told& told : stories) {
      DocumentInfo info;
      info.id = told.name;
      info.published = told.published;
      Reading reading;
      reading.document = DocumentBuilder(told.text, info).finish();
      keys_[told.name] = store->add(reading, {.sha256 = told.name, .source = told.name});
    }
    const auto committed = store->settle();
    ASSERT_TRUE(committed) << committed.error().message;
  }

  /// "a b|c": clusters as names, each sorted, sorted.
  std::string clusters() {
    auto store = Store::open_for_reading(path_);
    std::map<std::int64_t, std::vector<std::string>> members;
    Query query = store->database().prepare("SELECT cluster, id FROM documents ORDER BY id");
    while (query.step()) members[query.integer(0)].emplace_back(query.text(1));
    std::vector<std::string> lines;
    for (const auto& [cluster, names] : members) {
      std::string line;
      for (const std::string& name : names) line += (line.empty() ? "" : " ") + name;
      lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) all += (all.empty() ? "" : "|") + line;
    return all;
  }

  static Result<Database> writable(const fs::path& path) { return Database::open(path, Database::Mode::write); }
};

TEST_F(ClustersTest, DoNotDependOnTheOrder) {
  std::vector<Told> stories = {{"a0", "2026-03-10", story("Vadso", 0)}, {"a1", "2026-03-11", story("Vadso", 1)}, {"a2", "", story("Vadso", 2)},
                               {"a3", "2026-03-12", story("Vadso", 3)}, {"b0", "2026-03-10", "The weather in Lisbon stayed dry for the tenth week, the office of meteorology said."},
                               {"late", "2026-06-01", story("Vadso", 3) + "\nThe sale was made in March.\n"}, {"copy", "2026-09-01", story("Vadso", 0)}};
  std::string first;
  std::sort(stories.begin(), stories.end(), [](const Told& x, const Told& y) { return x.name < y.name; });
  for (int turn = 0; turn < 12; ++turn) {
    clear();
    add(stories);
    const std::string found = clusters();
    if (turn == 0) {
      first = found;
      EXPECT_EQ(first, "a0 a1 a2 a3 copy late|b0");  // "late" by the undated a2
    }
    EXPECT_EQ(found, first) << turn;
    for (int i = 0; i < 7; ++i) std::next_permutation(stories.begin(), stories.end(), [](const Told& x, const Told& y) { return x.name < y.name; });
    std::rotate(stories.begin(), stories.begin() + 3, stories.end());
  }
}

TEST_F(ClustersTest, StoriesFarApartInTimeAreTwoUnlessTheyAreTheSameToTheWord) {
  add({{"a", "2026-03-10", story("Vadso", 0)}, {"b", "2026-05-10", story("Vadso", 1)}, {"c", "2026-05-12", story("Vadso", 0)}});
  EXPECT_EQ(clusters(), "a b c");  // c is a to the word, and tells b's story two days after it
  clear();
  add({{"a", "2026-03-10", story("Vadso", 0)}, {"b", "2026-05-10", story("Vadso", 1)}});
  EXPECT_EQ(clusters(), "a|b");
}

TEST_F(ClustersTest, PeopleHaveTheLastWord) {
  add({{"a0", "2026-03-10", story("Vadso", 0)}, {"a1", "2026-03-11", story("Vadso", 1)}, {"a2", "2026-03-11", story("Vadso", 2)},
       {"b", "2026-03-11", "The weather in Lisbon stayed dry for the tenth week in a row, the office of meteorology said on Tuesday."}});
  auto database = writable(path_);
  ASSERT_TRUE(split_cluster(*database, keys_["a0"]));
  EXPECT_EQ(clusters(), "a0|a1 a2|b");
  ASSERT_TRUE(merge_clusters(*database, keys_["b"], keys_["a2"]));
  EXPECT_EQ(clusters(), "a0|a1 a2 b");
  add({{"a3", "2026-03-12", story("Vadso", 3)}});  // what comes later respects it
  EXPECT_EQ(clusters(), "a0|a1 a2 a3 b");
  ASSERT_TRUE(undo_cluster_edit(*database, 1));
  EXPECT_EQ(clusters(), "a0 a1 a2 a3 b");
  ASSERT_TRUE(split_cluster(*database, keys_["b"]));
  EXPECT_EQ(clusters(), "a0 a1 a2 a3|b");
  ASSERT_TRUE(undo_cluster_edit(*database, 3));
  ASSERT_TRUE(undo_cluster_edit(*database, 2));
  EXPECT_EQ(clusters(), "a0 a1 a2 a3|b");
  EXPECT_FALSE(split_cluster(*database, 99));
  EXPECT_FALSE(undo_cluster_edit(*database, 99));
}

TEST_F(ClustersTest, OneWriterAtATime) {
  auto first = Store::open_for_writing(path_, {"0.1", "m", "k"});
  ASSERT_TRUE(first);
  const auto second = Store::open_for_writing(path_, {"0.1", "m", "k"});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  EXPECT_NE(second.error().message.find("another dragoman is adding"), std::string::npos);
  EXPECT_TRUE(Store::open_for_reading(path_));
}

TEST_F(ClustersTest, AFullDiskLosesNothingThatWasCommitted) {
  {
    auto store = Store::open_for_writing(path_, {"0.1", "m", "k"});
    ASSERT_TRUE(store);
    Reading reading;
    reading.document = DocumentBuilder("One.", {}).finish();
    store->add(reading, {.sha256 = "one", .source = "one"});
    ASSERT_TRUE(store->settle());
    ASSERT_TRUE(store->database().execute("PRAGMA max_page_count=1"));  // not less than it has: no page more
    for (int i = 0; i < 200; ++i) {
      Reading more;
      more.document = DocumentBuilder(std::string(5000, 'a') + std::to_string(i), {}).finish();
      store->add(more, {.sha256 = "more" + std::to_string(i), .source = "more"});
    }
    const auto full = store->commit();
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, ErrorCode::unwritable);
    EXPECT_NE(full.error().message.find("free some space"), std::string::npos) << full.error().message;
  }
  auto store = Store::open_for_reading(path_);
  Query query = store->database().prepare("SELECT group_concat(sha256) FROM documents");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.text(0), "one");
  query.run();
  Query whole = store->database().prepare("PRAGMA integrity_check");
  ASSERT_TRUE(whole.step());
  EXPECT_EQ(whole.text(0), "ok");
}

}  // namespace
}  // namespace dragoman
