#include "dragoman/store/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unordered_set>

#include "dragoman/base/json.h"
#include "dragoman/base/sha256.h"
#include "dragoman/store/items.h"
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

/// Entities' numbers in the reading, from 1: "[1,3]"; null where there is none. `text` holds it until the query has run.
Query& bind_parties(Query& query, int parameter, const std::vector<EntityId>& entities, std::string& text) {
  text.clear();
  for (const EntityId entity : entities) text.append(text.empty() ? "[" : ",").append(std::to_string(entity + 1));
  if (!text.empty()) text += ']';
  return query.bind_text_or_null(parameter, text);
}

Query& bind_span(Query& query, int parameter, const std::optional<ByteSpan>& span) {
  if (!span) return query.bind_null(parameter).bind_null(parameter + 1);
  return query.bind(parameter, std::int64_t{span->begin}).bind(parameter + 1, std::int64_t{span->end});
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

namespace {

Prepared prepared_of(const Document& document) { return {.fingerprint = fingerprint_of(document.text()), .sentences = packed_sentences(document)}; }

}  // namespace

Prepared prepare(Document& document) {
  Prepared prepared = prepared_of(document);
  document.forget_annotation();
  return prepared;
}

/// The prepared statements of adding, made once.
struct Store::Inserts {
  explicit Inserts(Database& database)
      : begin(database.prepare("BEGIN IMMEDIATE")),
        commit(database.prepare("COMMIT")),
        find(database.prepare("SELECT doc FROM documents WHERE sha256=?")),
        document(database.prepare("INSERT INTO documents (sha256,id,source,media_type,title,outlet,url,published,dateline,language,bytes,text,"
                                  "offsets,state,reason,engine,mentions,doc,cluster,sentences) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?18,?18,?19)")),
        last_document(database.prepare("SELECT coalesce(max(doc),0) FROM documents")),
        retellings(database.prepare("SELECT count(*) FROM documents INDEXED BY documents_by_cluster WHERE doc>? AND cluster<>doc")),
        search(database.prepare("INSERT INTO search (rowid,title,text) SELECT doc,title,text FROM documents WHERE doc=?")),
        settled(database.prepare("SELECT coalesce(max(doc),0) FROM settled")),
        forget_settled(database.prepare("DELETE FROM settled")),
        set_settled(database.prepare("INSERT INTO settled (doc) VALUES (?)")),
        unsettled(database.prepare("SELECT doc,published,text FROM documents WHERE doc>? ORDER BY doc LIMIT ?")),
        find_actor(database.prepare("SELECT actor,kind,name,state FROM actors WHERE ref=?")),
        actor(database.prepare("INSERT INTO actors (ref,kind,name,state,sector) VALUES (?,?,?,?,?)")),
        entity(database.prepare("INSERT INTO entities VALUES (?,?,?,?,?)")),
        statement(database.prepare("INSERT INTO statement_rows (statement,kind,cue_begin,cue_end,source_begin,source_end,content,quoted,occasion,"
                                   "when_from,when_to,when_precision,within,denied,speakers,addressees) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        event(database.prepare("INSERT INTO event_rows (event,type,mode,contexts,cameo,goldstein,actuality,voice,when_from,when_to,"
                               "when_precision,places,trigger_begin,trigger_end,sentence_begin,sentence_end,when_basis,actors,recipients) "
                               "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        casualties(database.prepare("INSERT INTO casualties (event,kind,at_least,at_most,begin,end) VALUES (?,?,?,?,?,?)")),
        commitment(database.prepare("INSERT INTO commitment_rows (commitment,title,action,object,sector,stage,deadline_from,deadline_to,"
                                    "deadline_precision,amounts,condition_begin,condition_end,voice,trigger_begin,trigger_end,evidence,"
                                    "sentence_begin,sentence_end,undertakers,counterparties,places) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        position(database.prepare("INSERT INTO position_rows (position,issue,issue_id,polarity,act,voice,trigger_begin,trigger_end,evidence,"
                                  "sentence_begin,sentence_end,holders,targets) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        office(database.prepare("INSERT INTO offices_said VALUES (?,?,?,?,?,?)")) {}

  Query begin, commit, find, document, last_document, retellings, search, settled, forget_settled, set_settled, unsettled, find_actor, actor, entity,
      statement, event, casualties, commitment, position, office;
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
  if (auto ok = database->execute("PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-256000; PRAGMA wal_autocheckpoint=4000"); !ok)
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
  store.words_ = WordNumbers(store.database_);
  store.clusters_ = std::make_unique<ClusterIndex>(store.database_);
  store.derived_ = std::make_unique<Derived>(store.database_);
  if (auto ok = store.catch_up(); !ok) return tl::unexpected(ok.error());
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
  store.words_ = WordNumbers(store.database_);
  store.clusters_ = std::make_unique<ClusterIndex>(store.database_);
  store.derived_ = std::make_unique<Derived>(store.database_);
  if (auto ok = store.catch_up(); !ok) return tl::unexpected(ok.error());
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
  store.words_ = WordNumbers(store.database_);
  store.clusters_ = std::make_unique<ClusterIndex>(store.database_);
  store.derived_ = std::make_unique<Derived>(store.database_);
  if (auto ok = store.database_.check(); !ok) return tl::unexpected(ok.error());
  return store;
}

Result<Store> Store::open_for_reading(const std::filesystem::path& path) {
  for (bool tried = false;; tried = true) {
    auto database = Database::open(path, Database::Mode::read);
    if (!database) return tl::unexpected(database.error());
    if (auto ok = check_version(*database); !ok) return tl::unexpected(ok.error());
    Store store(std::move(*database));
    store.inserts_ = std::make_unique<Inserts>(store.database_);
    const bool behind = store.inserts_->settled.step() && store.inserts_->settled.integer(0) < store.last_document();
    store.inserts_->settled.run();
    if (auto ok = store.database_.check(); !ok) return tl::unexpected(ok.error());
    if (!behind || tried) return store;
    // A run that adds was broken off. Where one goes on, or nothing may be written here, the store is read as it is.
    if (auto editing = open_for_editing(path); !editing) return store;
  }
}

void Store::begin() {
  if (in_transaction_) return;
  inserts_->begin.run();
  in_transaction_ = true;
}

Result<void> Store::commit() {
  if (derived_) derived_->finish();
  if (in_transaction_) inserts_->commit.run();
  auto ok = database_.check();
  if (!ok && in_transaction_) {
    (void)database_.execute("ROLLBACK");  // SQLite may have done so itself
    words_ = WordNumbers(database_);
    actors_.clear();                      // some may be gone with it, and what else is remembered of them
    pending_.clear();
    last_document_ = -1;
    if (clusters_) clusters_ = std::make_unique<ClusterIndex>(database_);
    if (derived_) derived_ = std::make_unique<Derived>(database_);
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

Result<void> Store::settle() {
  if (auto ok = commit(); !ok) return ok;
  if (pending_.empty()) return {};
  begin();
  settle_pending();
  return commit();
}

Result<void> Store::catch_up() {
  for (;;) {
    const std::int64_t settled = inserts_->settled.step() ? inserts_->settled.integer(0) : 0;
    inserts_->settled.run();
    if (settled >= last_document()) return database_.check();
    begin();
    inserts_->unsettled.bind(1, settled).bind(2, static_cast<std::int64_t>(unsettled_documents));
    while (inserts_->unsettled.step())
      pending_.push_back({.document = {.doc = inserts_->unsettled.integer(0), .fingerprint = fingerprint_of(inserts_->unsettled.text(2)), .published = std::string(inserts_->unsettled.text(1))},
                          .facts = {}});
    if (!pending_.empty()) settle_pending();
    if (auto ok = commit(); !ok) return ok;
  }
}

void Store::settle_pending() {
  std::vector<NewDocument> documents;
  for (Pending& it : pending_) documents.push_back(std::move(it.document));  // all but its number
  const std::vector<DocumentKey> joined = clusters_->place(std::move(documents));
  const std::unordered_set<DocumentKey> not_alone(joined.begin(), joined.end());
  const auto facts_of = [&](DocumentKey doc) -> const Facts* {
    const auto at = std::lower_bound(pending_.begin(), pending_.end(), doc, [](const Pending& it, DocumentKey key) { return it.document.doc < key; });
    return at != pending_.end() && at->document.doc == doc && at->facts ? &*at->facts : nullptr;
  };
  for (const Pending& it : pending_) {
    inserts_->search.bind(1, it.document.doc).run();
    if (it.facts && !not_alone.contains(it.document.doc))
      derived_->take(it.document.doc, *it.facts);
    else
      derived_->refresh(it.document.doc, facts_of);
  }
  derived_->finish();
  inserts_->forget_settled.run();
  inserts_->set_settled.bind(1, pending_.back().document.doc).run();  // they are in the order of their numbers
  pending_.clear();
}

std::int64_t Store::retellings_after(DocumentKey doc) {
  const std::int64_t count = inserts_->retellings.bind(1, doc).step() ? inserts_->retellings.integer(0) : 0;
  inserts_->retellings.run();
  return count;
}

DocumentKey Store::last_document() {
  if (last_document_ >= 0) return last_document_;
  if (inserts_->last_document.step()) last_document_ = inserts_->last_document.integer(0);
  inserts_->last_document.run();
  return std::max<DocumentKey>(last_document_, 0);
}

const Store::KnownActor& Store::actor_of(const Entity& entity) {
  const auto known = actors_.find(entity.ref);
  if (known != actors_.end()) return known->second;
  KnownActor actor{.actor = 0, .story = {.ref = entity.ref, .kind = {}, .name = {}, .state = {}}};
  if (Query& find = inserts_->find_actor.bind(1, entity.ref); find.step()) {
    actor.actor = find.integer(0);
    actor.story.kind = find.text(1);
    actor.story.name = find.text(2);
    actor.story.state = find.text(3);
  }
  inserts_->find_actor.run();
  if (actor.actor == 0) {
    actor.story.kind = to_string(entity.kind);
    actor.story.name = entity.name.empty() ? entity.ref : entity.name;
    actor.story.state = entity.state;
    inserts_->actor.bind(1, entity.ref).bind(2, actor.story.kind).bind(3, actor.story.name);
    inserts_->actor.bind_text_or_null(4, entity.state).bind_text_or_null(5, entity.sector).run();
    actor.actor = database_.last_row();
  }
  if (actors_.size() > 100'000) actors_.clear();  // a bound on memory; they are found again in the table
  return actors_.emplace(entity.ref, std::move(actor)).first->second;
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
  const DocumentKey doc = last_document() + 1;
  insert.bind(14, state).bind_text_or_null(15, reason).bind(16, engine_);
  mentions.empty() ? insert.bind_null(17) : insert.bind_blob(17, mentions);
  Prepared prepared = provenance.prepared ? *provenance.prepared : prepared_of(document);
  prepared.sentences.empty() ? insert.bind_null(19) : insert.bind_blob(19, prepared.sentences);
  insert.bind(18, doc).run();
  last_document_ = doc;
  pending_.push_back({.document = {.doc = doc, .fingerprint = std::move(prepared.fingerprint), .published = info.published},
                      .facts = {}});
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
  pending_.back().facts = find_facts(reading, add_findings(doc, reading), {});
  return doc;
}

void Store::replace(DocumentKey doc, const Reading& reading) {
  begin();
  derived_->remove(doc);
  for (const std::string& sql : {"DELETE FROM statement_rows WHERE " + of_document("statement"), "DELETE FROM event_rows WHERE " + of_document("event"),
                                 "DELETE FROM casualties WHERE " + of_document("event"), "DELETE FROM commitment_rows WHERE " + of_document("commitment"),
                                 "DELETE FROM position_rows WHERE " + of_document("position"), std::string("DELETE FROM entities WHERE doc=?1"),
                                 std::string("DELETE FROM offices_said WHERE doc=?1")}) {
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

std::vector<StoryActor> Store::add_findings(DocumentKey doc, const Reading& reading) {
  std::vector<std::int64_t> actors;
  std::vector<StoryActor> story;
  for (std::size_t i = 0; i < reading.entities.entities.size(); ++i) {
    const Entity& entity = reading.entities.entities[i];
    const KnownActor& known = actor_of(entity);
    actors.push_back(known.actor);
    story.push_back(known.story);
    if (!entity.name.empty()) story.back().name = entity.name;
    inserts_->entity.bind(1, doc).bind(2, static_cast<std::int64_t>(i + 1)).bind(3, known.actor);
    inserts_->entity.bind_text_or_null(4, entity.name == known.story.name ? std::string_view() : entity.name);
    inserts_->entity.bind_text_or_null(5, entity.office).run();
    if (entity.kind != EntityKind::person || entity.office_said.empty()) continue;
    inserts_->office.bind(1, doc).bind(2, static_cast<std::int64_t>(i + 1)).bind(3, entity.state.empty() ? entity.organisation : entity.state);
    inserts_->office.bind(4, entity.office).bind(5, std::int64_t{entity.office_said.begin}).bind(6, std::int64_t{entity.office_said.end}).run();
  }

  const auto evidence = [](Query& query, int parameter, const Evidence& words) -> Query& {
    return query.bind(parameter, std::int64_t{words.sentence.begin}).bind(parameter + 1, std::int64_t{words.sentence.end});
  };
  const auto bind_word = [&](Query& query, int parameter, std::string_view word) -> Query& {
    return word.empty() ? query.bind_null(parameter) : query.bind(parameter, words_.of(word));
  };
  const auto bind_time = [&](Query& query, int parameter, const std::optional<TimeRange>& time) -> Query& {
    if (!time) return query.bind_null(parameter).bind_null(parameter + 1).bind_null(parameter + 2);
    return bind_word(query.bind_text_or_null(parameter, time->from).bind_text_or_null(parameter + 1, time->to), parameter + 2, to_string(time->precision));
  };
  std::string one, other, third;  // lists of parties, while their row is written
  // A key has room for a million findings, more than the longest document that is read can hold.
  const auto number = [&](std::int64_t& n) { return item_of(doc, std::min(++n, last_item)); };

  std::int64_t n = 0;
  for (const Statement& it : reading.statements) {
    Query& insert = inserts_->statement;
    const std::string content = json_of(it.content), quoted = it.quoted.empty() ? std::string() : json_of(it.quoted);
    insert.bind(1, number(n)).bind(2, words_.of(to_string(it.kind)));
    bind_span(insert, 3, it.cue);
    bind_span(insert, 5, it.source);
    insert.bind(7, content).bind_text_or_null(8, quoted).bind_text_or_null(9, it.occasion);
    bind_time(insert, 10, it.when);
    bind_statement(insert, 13, it.within).bind(14, std::int64_t{it.denied});
    bind_parties(bind_parties(insert, 15, it.speakers, one), 16, it.addressee, other).run();
  }

  n = 0;
  for (const Event& it : reading.events) {
    Query& insert = inserts_->event;
    std::string contexts, places;
    for (const std::string& context : it.contexts) contexts += (contexts.empty() ? "" : ";") + context;
    if (!it.where.empty()) {
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
    }
    const std::int64_t item = number(n);
    insert.bind(1, item).bind(2, static_cast<std::int64_t>(it.type));
    bind_word(insert, 3, it.mode);
    bind_word(insert, 4, contexts);
    insert.bind_text_or_null(5, it.cameo);
    it.goldstein ? insert.bind(6, *it.goldstein) : insert.bind_null(6);
    bind_word(insert, 7, to_string(it.actuality));
    bind_statement(insert, 8, it.voice.statement);
    bind_time(insert, 9, it.when).bind_text_or_null(12, places);
    bind_span(insert, 13, it.evidence.trigger);
    bind_word(evidence(insert, 15, it.evidence), 17, it.when ? to_string(it.when->basis) : std::string_view());
    bind_parties(bind_parties(insert, 18, it.actors, one), 19, it.recipients, other).run();
    for (const auto& [kind, count] : {std::pair("dead", &it.dead), std::pair("injured", &it.injured)})
      if (*count) bind_count(inserts_->casualties.bind(1, item).bind(2, kind), 3, **count).run();
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
    insert.bind(1, number(n)).bind(2, it.title).bind(3, words_.of(it.action)).bind(4, it.object);
    insert.bind(5, words_.of(to_string(it.sector))).bind(6, words_.of(to_string(it.stage)));
    bind_time(insert, 7, it.deadline);
    it.amounts.empty() ? insert.bind_null(10) : insert.bind(10, amounts);
    bind_span(insert, 11, it.condition);
    bind_statement(insert, 13, it.voice.statement);
    bind_span(insert, 14, it.evidence.trigger).bind(16, words);
    evidence(insert, 17, it.evidence);
    bind_parties(bind_parties(bind_parties(insert, 19, it.undertakers, one), 20, it.counterparties, other), 21, it.places, third).run();
  }

  n = 0;
  for (const Position& it : reading.positions) {
    Query& insert = inserts_->position;
    const std::string words = json_of(it.evidence.spans);
    insert.bind(1, number(n)).bind(2, it.issue).bind_text_or_null(3, it.issue_id);
    insert.bind(4, words_.of(to_string(it.polarity))).bind(5, words_.of(to_string(it.act)));
    bind_statement(insert, 6, it.voice.statement);
    bind_span(insert, 7, it.evidence.trigger).bind(9, words);
    evidence(insert, 10, it.evidence);
    bind_parties(bind_parties(insert, 12, it.holders, one), 13, it.target, other).run();
  }
  return story;
}

}  // namespace dragoman
