#include "dragoman/store/schema.h"

namespace dragoman {
namespace {

// Spans are bytes of documents.text, half-open. A column pair X_begin, X_end is null where there is no such span.
// Enumerations are stored as the words of reading.schema.json: the file is to be read by people and by other tools. The table that
// has most rows, party_rows, holds numbers for words; the view `parties` shows the words.
constexpr std::string_view version_1 = R"sql(
CREATE TABLE engines (
  engine   INTEGER PRIMARY KEY,
  version  TEXT NOT NULL,          -- of dragoman
  model    TEXT NOT NULL,          -- sha256 of the packed model
  knowledge TEXT NOT NULL,         -- sha256 of the compiled knowledge
  UNIQUE (version, model, knowledge)
) STRICT;

CREATE TABLE documents (
  doc        INTEGER PRIMARY KEY,
  sha256     TEXT NOT NULL UNIQUE, -- of the bytes as they came
  id         TEXT NOT NULL,        -- the caller's, else the first 16 characters of sha256
  source     TEXT NOT NULL,        -- file, row or archive member it came from
  media_type TEXT NOT NULL,
  bytes      INTEGER NOT NULL,     -- of the original
  state      TEXT NOT NULL,        -- 'read', 'unread' (kept, not English)
  reason     TEXT,                 -- why it was not read
  cluster    INTEGER NOT NULL,     -- doc of the first telling of the same story
  engine     INTEGER REFERENCES engines,
  title TEXT, outlet TEXT, url TEXT, published TEXT, dateline TEXT, language TEXT,
  offsets    BLOB,                 -- text offset -> original offset, packed (docs/formats/store.md); null where they are the same
  mentions   BLOB,                 -- where which entity is spoken of, packed likewise
  sentences  BLOB,                 -- where the sentences are, packed likewise
  text       TEXT NOT NULL         -- last: what stands before it is read without it
) STRICT;
CREATE INDEX documents_by_cluster ON documents (cluster);
CREATE INDEX documents_by_date ON documents (published);

-- By these, tellings of one story find each other: runs of three content words. day: of publication since 1970, 0 if not known, -1 for
-- the hash of the whole text.
CREATE TABLE shingles (
  hash INTEGER NOT NULL, day INTEGER NOT NULL, doc INTEGER NOT NULL,
  PRIMARY KEY (hash, day, doc)
) STRICT, WITHOUT ROWID;

-- What people said of clusters; documents.cluster follows from the texts and from these, in this order.
CREATE TABLE cluster_edits (
  edit INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,              -- 'split': doc is alone; 'merge': doc and other are tellings of one story
  doc INTEGER NOT NULL REFERENCES documents,
  other INTEGER REFERENCES documents
) STRICT;

-- An entity as all stories know it, by its ref.
CREATE TABLE actors (
  actor INTEGER PRIMARY KEY,
  ref   TEXT NOT NULL UNIQUE,
  kind  TEXT NOT NULL,
  name  TEXT NOT NULL,
  state TEXT,
  sector TEXT
) STRICT;
CREATE INDEX actors_by_state ON actors (state);

CREATE TABLE entities (
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  entity INTEGER NOT NULL,         -- its number in the reading, from 1
  actor INTEGER NOT NULL REFERENCES actors,
  name TEXT, office TEXT,          -- in this story, where other than the actor's
  PRIMARY KEY (doc, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX entities_by_actor ON entities (actor, doc);

CREATE TABLE statements (
  statement INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  n INTEGER NOT NULL,              -- its number in the reading, from 1
  kind TEXT NOT NULL,
  cue_begin INTEGER, cue_end INTEGER,
  source_begin INTEGER, source_end INTEGER,
  content TEXT NOT NULL,           -- spans, '[[b,e],...]'
  quoted TEXT NOT NULL,
  occasion TEXT,
  when_from TEXT, when_to TEXT, when_precision TEXT,
  within INTEGER,                  -- n of the statement it is nested in
  denied INTEGER NOT NULL
) STRICT;
CREATE INDEX statements_by_doc ON statements (doc, n);

CREATE TABLE events (
  event INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  n INTEGER NOT NULL,
  type TEXT NOT NULL, mode TEXT, contexts TEXT, cameo TEXT, goldstein REAL,
  quad TEXT NOT NULL AS (CASE WHEN type IN ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE') THEN 'verbal_cooperation'
                              WHEN type IN ('COOPERATE', 'AID', 'RETREAT') THEN 'material_cooperation'
                              WHEN type IN ('REQUEST', 'ACCUSE', 'REJECT', 'THREATEN') THEN 'verbal_conflict' ELSE 'material_conflict' END) VIRTUAL,
  actuality TEXT NOT NULL,
  voice INTEGER,                   -- n of the statement that claims it; null: the outlet
  when_from TEXT, when_to TEXT, when_precision TEXT,
  places TEXT,                     -- '[[actor,lat,lon,"role","precision"],...]'
  trigger_begin INTEGER, trigger_end INTEGER,
  sentence_begin INTEGER NOT NULL, sentence_end INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_doc ON events (doc, n);

CREATE TABLE commitments (
  commitment INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  n INTEGER NOT NULL,
  title TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL, sector TEXT NOT NULL, stage TEXT NOT NULL,
  deadline_from TEXT, deadline_to TEXT, deadline_precision TEXT,
  amounts TEXT,                    -- '[[value,"unit",b,e],...]'
  condition_begin INTEGER, condition_end INTEGER,
  voice INTEGER,
  trigger_begin INTEGER, trigger_end INTEGER,
  evidence TEXT NOT NULL,          -- spans
  sentence_begin INTEGER NOT NULL, sentence_end INTEGER NOT NULL
) STRICT;
CREATE INDEX commitments_by_doc ON commitments (doc, n);

CREATE TABLE positions (
  position INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  n INTEGER NOT NULL,
  issue TEXT NOT NULL, issue_id TEXT, polarity TEXT NOT NULL, act TEXT NOT NULL,
  voice INTEGER,
  trigger_begin INTEGER, trigger_end INTEGER,
  evidence TEXT NOT NULL,
  sentence_begin INTEGER NOT NULL, sentence_end INTEGER NOT NULL
) STRICT;
CREATE INDEX positions_by_doc ON positions (doc, n);
CREATE INDEX positions_by_issue ON positions (issue_id);

-- Who takes which part in what; from an actor to its items it goes by entities_by_actor and the items of these documents. layer: 's' statement, 'v' event, 'c' commitment, 'p' position; item: the row's key in that table.
CREATE TABLE roles (role INTEGER PRIMARY KEY, layer TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (layer, name)) STRICT;
INSERT INTO roles VALUES (1, 's', 'speaker'), (2, 's', 'addressee'), (3, 'v', 'actor'), (4, 'v', 'recipient'), (5, 'c', 'undertaker'),
  (6, 'c', 'counterparty'), (7, 'c', 'place'), (8, 'p', 'holder'), (9, 'p', 'target');
CREATE TABLE party_rows (
  actor INTEGER NOT NULL REFERENCES actors,
  role INTEGER NOT NULL REFERENCES roles,
  item INTEGER NOT NULL,
  PRIMARY KEY (item, role, actor)
) STRICT, WITHOUT ROWID;
CREATE VIEW parties AS SELECT actor, layer, item, roles.name AS role FROM party_rows JOIN roles USING (role);

-- What follows is derived from the rows above (store/derived.h), of one telling in each cluster, so that a story in ten papers counts
-- once. A party is a state (ISO code), or an organisation that belongs to none (its ref).

-- The documents that what follows is derived from.
CREATE TABLE told (doc INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE) STRICT;

-- Which items concern a party (b = '') or two of them (a < b). layer: 's' and 'v' as in parties; 'd' document, 'w' wording (day 0).
CREATE TABLE pairs (
  pair INTEGER PRIMARY KEY,
  a TEXT NOT NULL, b TEXT NOT NULL,
  UNIQUE (a, b)
) STRICT;
CREATE TABLE concern_rows (
  pair INTEGER NOT NULL REFERENCES pairs,
  layer TEXT NOT NULL,
  day INTEGER NOT NULL,            -- 20251130, of publication; 0: not known
  item INTEGER NOT NULL,
  type INTEGER,                    -- of events: event_types.type
  PRIMARY KEY (pair, layer, day, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_types (type INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO event_types VALUES (0, 'AGREE'), (1, 'CONSULT'), (2, 'SUPPORT'), (3, 'CONCEDE'), (4, 'COOPERATE'), (5, 'AID'), (6, 'RETREAT'), (7, 'REQUEST'),
  (8, 'ACCUSE'), (9, 'REJECT'), (10, 'THREATEN'), (11, 'PROTEST'), (12, 'SANCTION'), (13, 'MOBILIZE'), (14, 'COERCE'), (15, 'ASSAULT');
CREATE VIEW concerns AS SELECT a, b, layer, day, item, (SELECT name FROM event_types e WHERE e.type=c.type) AS kind FROM pairs JOIN concern_rows c USING (pair);

-- How many events that happened or go on, by month, between two parties (or of one, b = '').
CREATE TABLE months (
  a TEXT NOT NULL, b TEXT NOT NULL,
  month INTEGER NOT NULL,          -- 202511
  quad TEXT NOT NULL,
  claimed INTEGER NOT NULL,        -- 1: in somebody's voice, 0: in the outlet's
  events INTEGER NOT NULL,
  scored INTEGER NOT NULL,         -- how many of them have a Goldstein score
  goldstein INTEGER NOT NULL,      -- the sum of these, in tenths
  PRIMARY KEY (a, b, month, quad, claimed)
) STRICT, WITHOUT ROWID;

-- The ledger. A wording is a way to speak of an undertaking (store/wording.h); wordings of one undertaking have the same entry.
CREATE TABLE wordings (
  wording INTEGER PRIMARY KEY,
  key TEXT NOT NULL,               -- unique; found by its hash in wording_terms
  part INTEGER NOT NULL,           -- wordings that are of kin by themselves
  entry INTEGER NOT NULL           -- the part that they belong to
) STRICT;
CREATE INDEX wordings_by_part ON wordings (part);
CREATE INDEX wordings_by_entry ON wordings (entry);
CREATE TABLE wording_parties (parties TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;  -- sets of parties that wordings have, with blanks
CREATE TABLE wording_terms (
  term INTEGER NOT NULL,           -- hash of what it can be found by (wording_index.cc)
  wording INTEGER NOT NULL,
  PRIMARY KEY (term, wording)
) STRICT, WITHOUT ROWID;
CREATE TABLE tellings (
  wording INTEGER NOT NULL,
  day INTEGER NOT NULL,
  item INTEGER NOT NULL REFERENCES commitments ON DELETE CASCADE,
  stage TEXT NOT NULL,
  due INTEGER NOT NULL,            -- last day of the deadline, 20251231; 0: none
  PRIMARY KEY (wording, day, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX tellings_by_item ON tellings (item);
CREATE TABLE joins (               -- keys of wordings that a reader said are of one undertaking
  a TEXT NOT NULL, b TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX joins_by_b ON joins (b);

-- The matrix: who stood where on what, told when.
CREATE TABLE issues (
  issue INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE         -- the catalogue's id, else the words that count
) STRICT;
CREATE TABLE cells (
  holder TEXT NOT NULL,            -- a party, else the ref of a person or body
  issue INTEGER NOT NULL REFERENCES issues,
  day INTEGER NOT NULL,
  item INTEGER NOT NULL REFERENCES positions ON DELETE CASCADE,
  polarity TEXT NOT NULL,
  PRIMARY KEY (holder, issue, day, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX cells_by_issue ON cells (issue, holder);

-- Sessions of standing bodies: "the ninth session of the High Council".
CREATE TABLE sessions (
  body INTEGER NOT NULL REFERENCES actors,
  ordinal INTEGER NOT NULL,
  day INTEGER NOT NULL,
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  begin INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (body, ordinal, day, doc, begin)
) STRICT, WITHOUT ROWID;

-- What readers said of the findings; only ever added to. An anchor is where a finding stands, so that it is found again when a newer
-- version has read the document anew.
CREATE TABLE reviews (
  review INTEGER PRIMARY KEY,
  at TEXT NOT NULL,                -- UTC
  reviewer TEXT,
  verdict TEXT NOT NULL,           -- accept, reject, merge, split
  id TEXT NOT NULL,                -- as the reader gave it
  anchors TEXT NOT NULL,           -- '[["sha256 of the document","layer",begin,end],...]'
  note TEXT
) STRICT;

-- What the reviews mean for the findings as they stand now; made anew from `reviews` after a document is read again.
CREATE TABLE corrections (
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  layer TEXT NOT NULL,
  begin INTEGER NOT NULL, end INTEGER NOT NULL,  -- the words of the finding
  verdict TEXT NOT NULL,           -- accept, reject, apart
  tag TEXT NOT NULL,               -- of those set apart together
  PRIMARY KEY (doc, layer, begin, end, verdict, tag)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (title, text, content='documents', content_rowid='doc', detail='full', tokenize="unicode61 remove_diacritics 2");
)sql";

// What an event's time rests on, and how many were killed or hurt. `places` now also has the role and the precision of each place.
constexpr std::string_view version_2 = R"sql(
ALTER TABLE events ADD COLUMN when_basis TEXT;  -- explicit, relative (to the day of publication), tense (only bounds); null: no time, or read by version 1
CREATE TABLE casualties (
  event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  kind TEXT NOT NULL,              -- 'dead', 'injured'
  at_least INTEGER, at_most INTEGER,  -- inclusive; null: that side is open
  begin INTEGER NOT NULL, end INTEGER NOT NULL,  -- the words of the number
  PRIMARY KEY (event, kind)
) STRICT, WITHOUT ROWID;
)sql";

// What a corpus teaches of who held which office: the words of a story that say so ("Mira Tolvanen, the harbour minister").
constexpr std::string_view version_3 = R"sql(
CREATE TABLE offices_said (
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  entity INTEGER NOT NULL,         -- entities.entity of that document
  party TEXT NOT NULL,             -- the state (ISO code) or organisation (ref) whose office it is; '' if the story does not say
  office TEXT NOT NULL,            -- in the story's words, folded: "foreign minister"
  begin INTEGER NOT NULL, end INTEGER NOT NULL,  -- office and name, bytes of the text
  PRIMARY KEY (doc, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX offices_said_by_party ON offices_said (party, office);
)sql";

constexpr std::string_view migrations[] = {version_1, version_2, version_3};
constexpr std::int64_t latest = std::size(migrations);

Result<std::int64_t> pragma(Database& database, std::string_view name) {
  Query query = database.prepare("PRAGMA " + std::string(name));
  std::int64_t value = 0;
  if (query.step()) value = query.integer(0);
  query.run();
  if (auto ok = database.check(); !ok) return tl::unexpected(ok.error());
  return value;
}

Result<std::int64_t> version_of(Database& database) {
  const auto application = pragma(database, "application_id");
  if (!application) return tl::unexpected(application.error());
  const auto version = pragma(database, "user_version");
  if (!version) return tl::unexpected(version.error());
  const auto tables = pragma(database, "schema_version");  // 0 in an empty file
  if (!tables) return tl::unexpected(tables.error());
  if (*application != store_application_id && *tables != 0)
    return fail(ErrorCode::malformed, database.path().string(), ": an SQLite file of another program, not a dragoman store");
  if (*version > latest)
    return fail(ErrorCode::unsupported_version, database.path().string(), ": store version ", *version, "; this build reads 1 to ", latest,
                ": use a newer dragoman");
  return *version;
}

}  // namespace

Result<void> check_version(Database& database) {
  const auto version = version_of(database);
  if (!version) return tl::unexpected(version.error());
  if (*version < latest)
    return fail(ErrorCode::unsupported_version, database.path().string(), ": store version ", *version, ", or empty; `dragoman add` brings it to version ", latest);
  return {};
}

Result<void> migrate(Database& database) {
  const auto version = version_of(database);
  if (!version) return tl::unexpected(version.error());
  for (std::int64_t next = *version; next < latest; ++next) {
    std::string sql = "BEGIN IMMEDIATE;";
    sql += migrations[next];
    sql += "PRAGMA application_id=" + std::to_string(store_application_id) + ";PRAGMA user_version=" + std::to_string(next + 1) + ";COMMIT;";
    if (auto done = database.execute(sql); !done) return done;
  }
  return {};
}

}  // namespace dragoman
