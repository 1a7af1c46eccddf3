#include "dragoman/store/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "dragoman/base/json.h"
#include "dragoman/base/sha256.h"
#include "dragoman/store/mentions.h"
#include "dragoman/store/review.h"
#include "dragoman/store/schema.h"

namespace dragoman {
namespace {

std::string json_of(const std::vector<ByteSpan>& spans) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const ByteSpan span : spans) json.span(span);
  json.end_array();
  return text;
}

Query& bind_span(Query& query, int parameter, const std::optional<ByteSpan>& span) {
  if (!span) return query.bind_null(parameter).bind_null(parameter + 1);
  return query.bind(parameter, std::int64_t{span->begin}).bind(parameter + 1, std::int64_t{span->end});
}

Query& bind_time(Query& query, int parameter, const std::optional<TimeRange>& time) {
  if (!time) return query.bind_null(parameter).bind_null(parameter + 1).bind_null(parameter + 2);
  return query.bind_text_or_null(parameter, time->from)
      .bind_text_or_null(parameter + 1, time->to)
      .bind(parameter + 2, to_string(time->precision));
}

/// Four columns: the bounds, null where they are open, and the words.
Query& bind_count(Query& query, int parameter, const PersonCount& count) {
  for (const std::optional<std::uint32_t>& bound : {count.at_least, count.at_most}) {
    bound ? query.bind(parameter, std::int64_t{*bound}) : query.bind_null(parameter);
    ++parameter;
  }
  return query.bind(parameter, std::int64_t{count.span.begin}).bind(parameter + 1, std::int64_t{count.span.end});
}

/// A statement's number in its reading, from 1; null for the outlet's voice or where there is none.
Query& bind_statement(Query& query, int parameter, StatementId statement) {
  return statement == no_statement ? query.bind_null(parameter) : query.bind(parameter, std::int64_t{statement} + 1);
}

}  // namespace

std::string packed_mentions(const Entities& entities) {
  std::vector<StoredMention> mentions;
  for (const Mention& mention : entities.mentions)
    for (const EntityId entity : mention.entities) mentions.push_back({mention.span, entity + 1, mention.form});
  return pack_mentions(std::move(mentions));
}

std::string packed_sentences(const Document& document) {
  std::vector<ByteSpan> spans;
  for (const TokenSpan sentence : document.sentences()) spans.push_back(document.bytes(sentence));
  return pack_sentences(spans);
}

/// Table roles (schema.cc).
enum class Role : std::int64_t { speaker = 1, addressee, actor, recipient, undertaker, counterparty, place, holder, target };

/// The prepared statements of adding, made once.
struct Store::Inserts {
  explicit Inserts(Database& database)
      : begin(database.prepare("BEGIN IMMEDIATE")),
        commit(database.prepare("COMMIT")),
        find(database.prepare("SELECT doc FROM documents WHERE sha256=?")),
        document(database.prepare("INSERT INTO documents (sha256,id,source,media_type,title,outlet,url,published,dateline,language,bytes,text,"
                                  "offsets,state,reason,engine,mentions,doc,cluster,sentences) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?18,?18,?19)")),
        last_document(database.prepare("SELECT coalesce(max(doc),0) FROM documents")),
        cluster_of(database.prepare("SELECT cluster FROM documents WHERE doc=?")),
        search(database.prepare("INSERT INTO search (rowid,title,text) VALUES (?,?,?)")),
        find_actor(database.prepare("SELECT actor, name FROM actors WHERE ref=?")),
        actor(database.prepare("INSERT INTO actors (ref,kind,name,state,sector) VALUES (?,?,?,?,?)")),
        entity(database.prepare("INSERT INTO entities VALUES (?,?,?,?,?)")),
        statement(database.prepare("INSERT INTO statements (doc,n,kind,cue_begin,cue_end,source_begin,source_end,content,quoted,occasion,"
                                   "when_from,when_to,when_precision,within,denied) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        event(database.prepare("INSERT INTO events (doc,n,type,mode,contexts,cameo,goldstein,actuality,voice,when_from,when_to,"
                               "when_precision,places,trigger_begin,trigger_end,sentence_begin,sentence_end,when_basis) "
                               "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        casualties(database.prepare("INSERT INTO casualties (event,kind,at_least,at_most,begin,end) VALUES (?,?,?,?,?,?)")),
        commitment(database.prepare("INSERT INTO commitments (doc,n,title,action,object,sector,stage,deadline_from,deadline_to,"
                                    "deadline_precision,amounts,condition_begin,condition_end,voice,trigger_begin,trigger_end,evidence,"
                                    "sentence_begin,sentence_end) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        position(database.prepare("INSERT INTO positions (doc,n,issue,issue_id,polarity,act,voice,trigger_begin,trigger_end,evidence,"
                                  "sentence_begin,sentence_end) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")),
        party(database.prepare("INSERT OR IGNORE INTO party_rows VALUES (?,?,?)")),
        office(database.prepare("INSERT INTO offices_said VALUES (?,?,?,?,?,?)")) {}

  Query begin, commit, find, document, last_document, cluster_of, search, find_actor, actor, entity, statement, event, casualties, commitment, position, party, office;
};

/// A lock of the whole file by flock, which SQLite's own locks (fcntl) don't meet. Held while the database is open: closing any
/// descriptor of the file would end SQLite's locks.
class Store::WriterLock {
 public:
  explicit WriterLock(int file) : file_(file) {}
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  ~WriterLock() { ::close(file_); }

  static Result<std::unique_ptr<WriterLock>> take(const std::filesystem::path& path, bool create) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0666);
    if (file < 0) {
      const int why = errno;
      std::error_code ignored;
      const bool there = std::filesystem::exists(path, ignored);
      return fail(why == EISDIR || !there ? ErrorCode::unreadable : ErrorCode::unwritable, path.string(), ": ", std::strerror(why),
                  "; is the path right, and may you write there?");
    }
    auto lock = std::make_unique<WriterLock>(file);
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) return fail(ErrorCode::unwritable, path.string(), ": can't be locked: ", std::strerror(errno));
    return fail(ErrorCode::busy, path.string(), ": another dragoman is adding to it; wait for it, or end it (reading beside it is fine)");
  }

 private:
  int file_;
};

Store::Store(Database database) : database_(std::move(database)) {}
Store::Store(Store&&) noexcept = default;
Store::~Store() {
  if (in_transaction_) (void)database_.execute("ROLLBACK");
}

Result<Store> Store::open_for_writing(const std::filesystem::path& path, const EngineIdentity& engine) {
  auto lock = WriterLock::take(path, true);
  if (!lock) return tl::unexpected(lock.error());
  auto database = Database::open(path, Database::Mode::create);
  if (!database) return tl::unexpected(database.error());
  // WAL: readers go on while stories are added, and a killed process leaves the last commit whole. FULL: so does a power cut. Pages that are
  // written again and again are copied to the file every 32 MB only.
  if (auto ok = database->execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-128000; PRAGMA wal_autocheckpoint=4000"); !ok)
    return tl::unexpected(ok.error());
  if (auto ok = migrate(*database); !ok) return tl::unexpected(ok.error());

  Store store(std::move(*database));
  store.lock_ = std::move(*lock);
  Query insert = store.database_.prepare("INSERT OR IGNORE INTO engines (version,model,knowledge) VALUES (?,?,?)");
  insert.bind(1, engine.version).bind(2, engine.model).bind(3, engine.knowledge).run();
  Query find = store.database_.prepare("SELECT engine FROM engines WHERE version=? AND model=? AND knowledge=?");
  find.bind(1, engine.version).bind(2, engine.model).bind(3, engine.knowledge);
  if (find.step()) store.engine_ = find.integer(0);
  find.run();
  store.inserts_ = std::make_unique<Inserts>(store.database_);
  store.clusters_ = std::make_unique<ClusterIndex>(store.database_);
  store.derived_ = std::make_unique<Derived>(store.database_);
  if (auto ok = store.database_.check(); !ok) return tl::unexpected(ok.error());
  return store;
}

Result<Store> Store::open_for_editing(const std::filesystem::path& path) {
  auto lock = WriterLock::take(path, false);
  if (!lock) return tl::unexpected(lock.error());
  auto database = Database::open(path, Database::Mode::write);
  if (!database) return tl::unexpected(database.error());
  if (auto ok = check_version(*database); !ok) return tl::unexpected(ok.error());
  if (auto ok = database->execute("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"); !ok) return tl::unexpected(ok.error());
  Store store(std::move(*database));
  store.lock_ = std::move(*lock);
  store.inserts_ = std::make_unique<Inserts>(store.database_);
  store.derived_ = std::make_unique<Derived>(store.database_);
  if (auto ok = store.database_.check(); !ok) return tl::unexpected(ok.error());
  return store;
}

Result<Store> Store::open_in_memory() {
  auto database = Database::open(":memory:", Database::Mode::create);
  if (!database) return tl::unexpected(database.error());
  if (auto ok = migrate(*database); !ok) return tl::unexpected(ok.error());
  if (auto ok = database->execute("INSERT INTO engines (version,model,knowledge) VALUES ('','','')"); !ok) return tl::unexpected(ok.error());
  Store store(std::move(*database));
  store.engine_ = 1;
  store.inserts_ = std::make_unique<Inserts>(store.database_);
  store.clusters_ = std::make_unique<ClusterIndex>(store.database_);
  store.derived_ = std::make_unique<Derived>(store.database_);
  if (auto ok = store.database_.check(); !ok) return tl::unexpected(ok.error());
  return store;
}

Result<Store> Store::open_for_reading(const std::filesystem::path& path) {
  auto database = Database::open(path, Database::Mode::read);
  if (!database) return tl::unexpected(database.error());
  if (auto ok = check_version(*database); !ok) return tl::unexpected(ok.error());
  Store store(std::move(*database));
  store.inserts_ = std::make_unique<Inserts>(store.database_);
  if (auto ok = store.database_.check(); !ok) return tl::unexpected(ok.error());
  return store;
}

void Store::begin() {
  if (in_transaction_) return;
  inserts_->begin.run();
  in_transaction_ = true;
}

Result<void> Store::commit() {
  if (in_transaction_) inserts_->commit.run();
  auto ok = database_.check();
  if (!ok && in_transaction_) {
    (void)database_.execute("ROLLBACK");  // SQLite may have done so itself
    actors_.clear();                      // some may be gone with it
    if (derived_) derived_ = std::make_unique<Derived>(database_);  // what it remembers, too
  }
  in_transaction_ = false;
  return ok;
}

std::optional<DocumentKey> Store::find(std::string_view sha256) {
  Query& query = inserts_->find.bind(1, sha256);
  std::optional<DocumentKey> found;
  if (query.step()) found = query.integer(0);
  query.run();
  return found;
}

DocumentKey Store::cluster_of(DocumentKey doc) {
  Query& query = inserts_->cluster_of.bind(1, doc);
  const DocumentKey cluster = query.step() ? query.integer(0) : doc;
  query.run();
  return cluster;
}

std::int64_t Store::actor_of(const Entity& entity) {
  const auto known = actors_.find(entity.ref);
  if (known != actors_.end()) return known->second.actor;
  std::int64_t actor = 0;
  std::string name;
  if (Query& find = inserts_->find_actor.bind(1, entity.ref); find.step()) {
    actor = find.integer(0);
    name = find.text(1);
  }
  inserts_->find_actor.run();
  if (actor == 0) {
    name = entity.name.empty() ? entity.ref : entity.name;
    inserts_->actor.bind(1, entity.ref).bind(2, to_string(entity.kind)).bind(3, name);
    inserts_->actor.bind_text_or_null(4, entity.state).bind_text_or_null(5, entity.sector).run();
    actor = database_.last_row();
  }
  if (actors_.size() > 100'000) actors_.clear();  // a bound on memory; they are found again in the table
  actors_.emplace(entity.ref, KnownActor{actor, std::move(name)});
  return actor;
}

DocumentKey Store::add_document(const Document& document, const Provenance& provenance, std::string_view state, std::string_view reason,
                                std::string_view mentions) {
  const DocumentInfo& info = document.info();
  Query& insert = inserts_->document;
  insert.bind(1, provenance.sha256).bind(2, info.id.empty() ? std::string_view(provenance.sha256).substr(0, 16) : info.id)
      .bind(3, provenance.source).bind(4, provenance.media_type);
  insert.bind_text_or_null(5, info.title).bind_text_or_null(6, info.outlet).bind_text_or_null(7, info.url);
  insert.bind_text_or_null(8, info.published).bind_text_or_null(9, info.dateline).bind_text_or_null(10, info.language);
  insert.bind(11, static_cast<std::int64_t>(provenance.bytes)).bind(12, document.text());
  provenance.offsets.empty() ? insert.bind_null(13) : insert.bind_blob(13, provenance.offsets);
  // The number is settled here, so that the row is written once, with itself as its cluster.
  const DocumentKey doc = inserts_->last_document.step() ? inserts_->last_document.integer(0) + 1 : 0;
  inserts_->last_document.run();
  insert.bind(14, state).bind_text_or_null(15, reason).bind(16, engine_);
  mentions.empty() ? insert.bind_null(17) : insert.bind_blob(17, mentions);
  const std::string sentences = packed_sentences(document);
  sentences.empty() ? insert.bind_null(19) : insert.bind_blob(19, sentences);
  insert.bind(18, doc).run();
  inserts_->search.bind(1, doc).bind_text_or_null(2, info.title).bind(3, document.text()).run();
  clusters_->place(doc, provenance.fingerprint ? *provenance.fingerprint : fingerprint_of(document.text()), info.published);
  return doc;
}

DocumentKey Store::add_unread(const Document& document, const Provenance& provenance, std::string_view reason) {
  begin();
  if (const auto here = find(provenance.sha256)) return *here;
  return add_document(document, provenance, "unread", reason, "");
}

DocumentKey Store::add(const Reading& reading, const Provenance& provenance) {
  begin();
  if (const auto here = find(provenance.sha256)) return *here;
  const DocumentKey doc = add_document(reading.document, provenance, "read", "", packed_mentions(reading.entities));
  add_findings(doc, reading);
  derived_->refresh(doc);
  return doc;
}

void Store::replace(DocumentKey doc, const Reading& reading) {
  begin();
  derived_->remove(doc);
  for (const auto& [table, key, layer] : {std::tuple{"statements", "statement", "s"}, {"events", "event", "v"}, {"commitments", "commitment", "c"}, {"positions", "position", "p"}}) {
    const std::string of(table);
    for (const std::string& sql : {std::string("DELETE FROM party_rows WHERE role IN (SELECT role FROM roles WHERE layer='") + layer + "') AND item IN (SELECT " + key + " FROM " + of + " WHERE doc=?)",
                                   "DELETE FROM " + of + " WHERE doc=?"}) {
      Query drop = database_.prepare(sql);
      drop.bind(1, doc).run();
    }
  }
  for (const char* sql : {"DELETE FROM entities WHERE doc=?", "DELETE FROM offices_said WHERE doc=?"}) {
    Query drop = database_.prepare(sql);
    drop.bind(1, doc).run();
  }
  Query update = database_.prepare("UPDATE documents SET engine=?, mentions=?, sentences=? WHERE doc=?");
  const std::string mentions = packed_mentions(reading.entities), sentences = packed_sentences(reading.document);
  update.bind(1, engine_);
  mentions.empty() ? update.bind_null(2) : update.bind_blob(2, mentions);
  sentences.empty() ? update.bind_null(3) : update.bind_blob(3, sentences);
  update.bind(4, doc).run();
  add_findings(doc, reading);
  reapply_reviews(database_, doc);
  derived_->refresh(doc);
}

void Store::add_findings(DocumentKey doc, const Reading& reading) {
  std::vector<std::int64_t> actors;
  for (std::size_t i = 0; i < reading.entities.entities.size(); ++i) {
    const Entity& entity = reading.entities.entities[i];
    actors.push_back(actor_of(entity));
    inserts_->entity.bind(1, doc).bind(2, static_cast<std::int64_t>(i + 1)).bind(3, actors.back());
    inserts_->entity.bind_text_or_null(4, entity.name == actors_[entity.ref].name ? std::string_view() : entity.name);
    inserts_->entity.bind_text_or_null(5, entity.office).run();
    if (entity.kind != EntityKind::person || entity.office_said.empty()) continue;
    inserts_->office.bind(1, doc).bind(2, static_cast<std::int64_t>(i + 1)).bind(3, entity.state.empty() ? entity.organisation : entity.state);
    inserts_->office.bind(4, entity.office).bind(5, std::int64_t{entity.office_said.begin}).bind(6, std::int64_t{entity.office_said.end}).run();
  }

  const auto parties = [&](std::int64_t item, Role role, const std::vector<EntityId>& entities) {
    for (const EntityId entity : entities)
      inserts_->party.bind(1, actors[entity]).bind(2, static_cast<std::int64_t>(role)).bind(3, item).run();
  };
  const auto evidence = [](Query& query, int parameter, const Evidence& words) -> Query& {
    return query.bind(parameter, std::int64_t{words.sentence.begin}).bind(parameter + 1, std::int64_t{words.sentence.end});
  };

  std::int64_t n = 0;
  for (const Statement& it : reading.statements) {
    Query& insert = inserts_->statement;
    const std::string content = json_of(it.content), quoted = json_of(it.quoted);
    insert.bind(1, doc).bind(2, ++n).bind(3, to_string(it.kind));
    bind_span(insert, 4, it.cue);
    bind_span(insert, 6, it.source);
    insert.bind(8, content).bind(9, quoted).bind_text_or_null(10, it.occasion);
    bind_time(insert, 11, it.when);
    bind_statement(insert, 14, it.within).bind(15, std::int64_t{it.denied}).run();
    const std::int64_t item = database_.last_row();
    parties(item, Role::speaker, it.speakers);
    parties(item, Role::addressee, it.addressee);
  }

  n = 0;
  for (const Event& it : reading.events) {
    Query& insert = inserts_->event;
    std::string contexts, places;
    for (const std::string& context : it.contexts) contexts += (contexts.empty() ? "" : ";") + context;
    JsonWriter json(places);
    json.begin_array();
    for (const EventPlace& place : it.where) {
      json.begin_array().integer(actors[place.entity]);
      place.latitude ? json.number(*place.latitude) : json.null();
      place.longitude ? json.number(*place.longitude) : json.null();
      json.string(to_string(place.role)).string_or_null(to_string(place.precision));
      json.end_array();
    }
    json.end_array();
    insert.bind(1, doc).bind(2, ++n).bind(3, to_string(it.type)).bind_text_or_null(4, it.mode).bind_text_or_null(5, contexts);
    insert.bind_text_or_null(6, it.cameo);
    it.goldstein ? insert.bind(7, *it.goldstein) : insert.bind_null(7);
    insert.bind(8, to_string(it.actuality));
    bind_statement(insert, 9, it.voice.statement);
    bind_time(insert, 10, it.when);
    it.where.empty() ? insert.bind_null(13) : insert.bind(13, places);
    bind_span(insert, 14, it.evidence.trigger);
    evidence(insert, 16, it.evidence).bind_text_or_null(18, it.when ? to_string(it.when->basis) : std::string_view()).run();
    const std::int64_t item = database_.last_row();
    for (const auto& [kind, count] : {std::pair("dead", &it.dead), std::pair("injured", &it.injured)})
      if (*count) bind_count(inserts_->casualties.bind(1, item).bind(2, kind), 3, **count).run();
    parties(item, Role::actor, it.actors);
    parties(item, Role::recipient, it.recipients);
  }

  n = 0;
  for (const Commitment& it : reading.commitments) {
    Query& insert = inserts_->commitment;
    const std::string words = json_of(it.evidence.spans);
    std::string amounts;
    JsonWriter json(amounts);
    json.begin_array();
    for (const Amount& amount : it.amounts)
      json.begin_array().number(amount.value).string(amount.unit).integer(amount.span.begin).integer(amount.span.end).end_array();
    json.end_array();
    insert.bind(1, doc).bind(2, ++n).bind(3, it.title).bind(4, it.action).bind(5, it.object);
    insert.bind(6, to_string(it.sector)).bind(7, to_string(it.stage));
    bind_time(insert, 8, it.deadline);
    it.amounts.empty() ? insert.bind_null(11) : insert.bind(11, amounts);
    bind_span(insert, 12, it.condition);
    bind_statement(insert, 14, it.voice.statement);
    bind_span(insert, 15, it.evidence.trigger).bind(17, words);
    evidence(insert, 18, it.evidence).run();
    const std::int64_t item = database_.last_row();
    parties(item, Role::undertaker, it.undertakers);
    parties(item, Role::counterparty, it.counterparties);
    parties(item, Role::place, it.places);
  }

  n = 0;
  for (const Position& it : reading.positions) {
    Query& insert = inserts_->position;
    const std::string words = json_of(it.evidence.spans);
    insert.bind(1, doc).bind(2, ++n).bind(3, it.issue).bind_text_or_null(4, it.issue_id);
    insert.bind(5, to_string(it.polarity)).bind(6, to_string(it.act));
    bind_statement(insert, 7, it.voice.statement);
    bind_span(insert, 8, it.evidence.trigger).bind(10, words);
    evidence(insert, 11, it.evidence).run();
    const std::int64_t item = database_.last_row();
    parties(item, Role::holder, it.holders);
    parties(item, Role::target, it.target);
  }
}

}  // namespace dragoman
