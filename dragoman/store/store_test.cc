#include "dragoman/store/store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "dragoman/store/findings.h"
#include "dragoman/store/mentions.h"
#include "tests/builders.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

class StoreTest : public testing::Test {
 protected:
  fs::path path_ = fs::temp_directory_path() / ("dragoman-store-" + std::to_string(::getpid()) + ".db");
  EngineIdentity engine_{"0.1", "m", "k"};

  void TearDown() override {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path_.string() + suffix);
  }

  static Reading reading() {
    Reading reading;
    reading.document = parsed(R"(
        Tolvanen  Tolvanen  nsubj  1
        said      say       root   1
        yes       yes       dobj   1
    )", {.id = "a", .published = "2026-03-12"});
    reading.entities.entities.push_back({.kind = EntityKind::person, .ref = "local:mira-tolvanen", .name = "Mira Tolvanen", .state = "FIN"});
    reading.entities.mentions.push_back({.span = {0, 8}, .tokens = {0, 1}, .head = 0, .entities = {0}});
    Statement statement;
    statement.speakers = {0};
    statement.cue = ByteSpan{9, 13};
    statement.content = {{14, 17}};
    reading.statements.push_back(statement);
    return reading;
  }
};

TEST_F(StoreTest, KeepsAReadingOnce) {
  auto store = Store::open_for_writing(path_, engine_);
  ASSERT_TRUE(store) << store.error().message;
  const DocumentKey first = store->add(reading(), {.sha256 = "x", .source = "a.txt", .bytes = 17});
  EXPECT_EQ(store->add(reading(), {.sha256 = "x", .source = "b.txt", .bytes = 17}), first);
  ASSERT_TRUE(store->settle());

  auto again = Store::open_for_reading(path_);
  ASSERT_TRUE(again) << again.error().message;
  Query query = again->database().prepare("SELECT substr(CAST(text AS BLOB), cue_begin + 1, cue_end - cue_begin), ref FROM statements "
                                          "JOIN documents USING (doc) JOIN parties ON layer='s' AND item=statement JOIN actors USING (actor)");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.text(0), "said");
  EXPECT_EQ(query.text(1), "local:mira-tolvanen");
  EXPECT_FALSE(query.step());
  EXPECT_TRUE(again->database().check());
}

TEST_F(StoreTest, KnowsTheWordsOfTheEngine) {
  auto store = Store::open_for_writing(path_, engine_);
  ASSERT_TRUE(store) << store.error().message;
  Reading all = reading();
  for (int type = 0; type < 16; ++type) {
    Event event;
    event.type = static_cast<EventType>(type);
    event.actors = {0};
    all.events.push_back(event);
  }
  for (std::uint32_t form = 0; form < 5; ++form)
    all.entities.mentions.push_back({.span = {form, form + 20}, .tokens = {0, 1}, .head = 0, .form = static_cast<MentionForm>(form), .entities = {0}});
  store->add(all, {.sha256 = "x", .source = "a.txt", .bytes = 17});
  ASSERT_TRUE(store->settle());
  Query events = store->database().prepare("SELECT n, type, quad FROM events ORDER BY n");
  for (int type = 0; type < 16; ++type) {
    ASSERT_TRUE(events.step());
    EXPECT_EQ(events.text(1), to_string(static_cast<EventType>(type)));
    EXPECT_EQ(events.text(2), to_string(quad_of(static_cast<EventType>(type)))) << events.text(1);
  }
  events.run();
  Query mentions = store->database().prepare("SELECT mentions FROM documents");
  ASSERT_TRUE(mentions.step());
  const std::vector<StoredMention> kept = unpack_mentions(mentions.text(0));
  mentions.run();
  ASSERT_EQ(kept.size(), 6u);
  EXPECT_EQ(kept[0], (StoredMention{{0, 8}, 1, MentionForm::name}));
  EXPECT_EQ(kept[5], (StoredMention{{4, 24}, 1, MentionForm::demonym}));
  Query parties = store->database().prepare("SELECT role, count(*) FROM parties WHERE layer='v' GROUP BY role");
  ASSERT_TRUE(parties.step());
  EXPECT_EQ(parties.text(0), "actor");
  EXPECT_EQ(parties.integer(1), 16);
  parties.run();
}

TEST_F(StoreTest, MakesUpForARunThatWasBrokenOff) {
  const auto found = [&](Store& store) {
    Query search = store.database().prepare("SELECT count(*) FROM search WHERE search MATCH 'tolvanen'");
    Query told = store.database().prepare("SELECT count(*) FROM told");
    EXPECT_TRUE(search.step() && told.step());
    return std::pair(search.integer(0), told.integer(0));
  };
  {
    auto store = Store::open_for_writing(path_, engine_);
    ASSERT_TRUE(store) << store.error().message;
    store->add(reading(), {.sha256 = "x", .source = "a.txt", .bytes = 17});
    ASSERT_TRUE(store->commit());  // safe, but in no list yet
    EXPECT_EQ(store->unsettled(), 1u);
    auto beside = Store::open_for_reading(path_);  // the writer is still there: nobody else may finish its work
    ASSERT_TRUE(beside) << beside.error().message;
    EXPECT_EQ(found(*beside), std::pair(std::int64_t{0}, std::int64_t{0}));
  }
  auto store = Store::open_for_reading(path_);
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_EQ(found(*store), std::pair(std::int64_t{1}, std::int64_t{1}));
  EXPECT_TRUE(store->database().check());
}

TEST_F(StoreTest, KnowsHowFarItCameWhenMakingUpIsBrokenOffToo) {
  const auto first = static_cast<std::int64_t>(unsettled_documents);
  {
    auto store = Store::open_for_writing(path_, engine_);
    ASSERT_TRUE(store) << store.error().message;
    for (std::int64_t i = 0; i <= first; ++i) {
      const std::string text = "dokument" + std::to_string(i);
      (void)store->add_unread(DocumentBuilder(text, {}).finish(), {.sha256 = text, .source = text, .bytes = text.size()}, "language: de");
    }
    ASSERT_TRUE(store->commit());
    ASSERT_TRUE(store->database().execute("CREATE TRIGGER broken BEFORE INSERT ON settled WHEN NEW.doc>" + std::to_string(first) + " BEGIN SELECT RAISE(ABORT, 'broken off'); END"));
  }
  EXPECT_FALSE(Store::open_for_writing(path_, engine_));
  auto database = Database::open(path_, Database::Mode::write);
  ASSERT_TRUE(database);
  const auto settled = [&] {
    Query query = database->prepare("SELECT max(doc) FROM settled");
    return query.step() ? query.integer(0) : -1;
  };
  EXPECT_EQ(settled(), first);  // and not the last document, which is in no list yet
  ASSERT_TRUE(database->execute("DROP TRIGGER broken"));
  EXPECT_TRUE(Store::open_for_writing(path_, engine_));
  EXPECT_EQ(settled(), first + 1);
}

TEST_F(StoreTest, RefusesFilesOfOthers) {
  std::ofstream(path_) << "not a database, whatever its name says, and long enough to be looked at";
  const auto store = Store::open_for_reading(path_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::malformed);
  EXPECT_NE(store.error().message.find(path_.string()), std::string::npos);
}

TEST_F(StoreTest, KeepsWhereWhenAndHowManyOfAnEvent) {
  auto store = Store::open_for_writing(path_, engine_);
  ASSERT_TRUE(store) << store.error().message;
  Reading told = reading();
  told.entities.entities.push_back({.kind = EntityKind::place, .ref = "place:hilla", .name = "Hilla"});
  Event event;
  event.type = EventType::assault;
  event.actors = {0};
  event.when = TimeRange{.from = {}, .to = "2026-03-12", .precision = TimePrecision::relative, .span = {}, .basis = TimeBasis::tense};
  event.where = {{.entity = 1, .latitude = 6.5, .longitude = -1.25, .role = PlaceRole::target, .precision = PlacePrecision::sub_city}};
  event.dead = PersonCount{.at_least = 12, .at_most = {}, .span = {9, 13}};
  event.evidence.trigger = ByteSpan{9, 13};
  event.evidence.sentence = {0, 17};
  told.events.push_back(event);
  store->add(told, {.sha256 = "x", .source = "a.txt", .bytes = 17});
  ASSERT_TRUE(store->settle());

  auto again = Store::open_for_reading(path_);
  ASSERT_TRUE(again) << again.error().message;
  Query query = again->database().prepare("SELECT when_basis, when_to, places, kind, at_least, at_most IS NULL, begin FROM events JOIN casualties USING (event)");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.text(0), "tense");
  EXPECT_EQ(query.text(1), "2026-03-12");
  const std::vector<StoredPlace> places = parse_places(query.text(2));
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].role, "target");
  EXPECT_EQ(places[0].precision, "sub_city");
  EXPECT_DOUBLE_EQ(places[0].longitude.value_or(0), -1.25);
  EXPECT_EQ(query.text(3), "dead");
  EXPECT_EQ(query.integer(4), 12);
  EXPECT_EQ(query.integer(5), 1);
  EXPECT_EQ(query.integer(6), 9);
  EXPECT_FALSE(query.step());

  // bounds by tense are no date that was told
  EXPECT_EQ(Findings(again->database()).event(1).to, "");
}

}  // namespace
}  // namespace dragoman
