#include "dragoman/store/schema.h"

namespace dragoman {
namespace {

// The tables of version 4. Spans are bytes of documents.text, half-open. A column pair X_begin, X_end is null where there is no such span.
// The file is to be read by people and by other tools: views give the words of reading.schema.json where tables hold numbers. Who takes part in
// a finding is a JSON array of entities' numbers, null where nobody does; the view `parties` has a row for each.
constexpr std::string_view layout = R"sql(
CREATE TABLE IF NOT EXISTS engines (
  engine   INTEGER PRIMARY KEY,
  version  TEXT NOT NULL,          -- of dragoman
  model    TEXT NOT NULL,          -- sha256 of the packed model
  knowledge TEXT NOT NULL,         -- sha256 of the compiled knowledge
  UNIQUE (version, model, knowledge)
) STRICT;

CREATE TABLE IF NOT EXISTS documents (
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
CREATE INDEX IF NOT EXISTS documents_by_cluster ON documents (cluster);
CREATE INDEX IF NOT EXISTS documents_by_date ON documents (published);
CREATE INDEX IF NOT EXISTS documents_by_id ON documents (id);

-- What people said of clusters; documents.cluster follows from the texts and from these, in this order.
CREATE TABLE IF NOT EXISTS cluster_edits (
  edit INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,              -- 'split': doc is alone; 'merge': doc and other are tellings of one story
  doc INTEGER NOT NULL REFERENCES documents,
  other INTEGER REFERENCES documents
) STRICT;

-- An entity as all stories know it, by its ref.
CREATE TABLE IF NOT EXISTS actors (
  actor INTEGER PRIMARY KEY,
  ref   TEXT NOT NULL UNIQUE,
  kind  TEXT NOT NULL,
  name  TEXT NOT NULL,
  state TEXT,
  sector TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS actors_by_state ON actors (state);

CREATE TABLE IF NOT EXISTS entities (
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  entity INTEGER NOT NULL,         -- its number in the reading, from 1
  actor INTEGER NOT NULL REFERENCES actors,
  name TEXT, office TEXT,          -- in this story, where other than the actor's
  PRIMARY KEY (doc, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entities_by_actor ON entities (actor, doc);

-- What a corpus teaches of who held which office: the words of a story that say so ("Mira Tolvanen, the harbour minister").
CREATE TABLE IF NOT EXISTS offices_said (
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  entity INTEGER NOT NULL,         -- entities.entity of that document
  party TEXT NOT NULL,             -- the state (ISO code) or organisation (ref) whose office it is; '' if the story does not say
  office TEXT NOT NULL,            -- in the story's words, folded: "foreign minister"
  begin INTEGER NOT NULL, end INTEGER NOT NULL,  -- office and name, bytes of the text
  PRIMARY KEY (doc, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS offices_said_by_party ON offices_said (party, office);

-- Findings. The key of each is doc * 1048576 + n, its number in the reading, from 1. Words of which there are few (types, stages) are numbers
-- of this table; read the views `statements`, `events`, `commitments` and `positions`, which have the words, and doc and n.
CREATE TABLE IF NOT EXISTS words (word INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS event_types (type INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, quad TEXT NOT NULL) STRICT;
INSERT OR IGNORE INTO event_types VALUES
  (0, 'AGREE', 'verbal_cooperation'), (1, 'CONSULT', 'verbal_cooperation'), (2, 'SUPPORT', 'verbal_cooperation'), (3, 'CONCEDE', 'verbal_cooperation'),
  (4, 'COOPERATE', 'material_cooperation'), (5, 'AID', 'material_cooperation'), (6, 'RETREAT', 'material_cooperation'),
  (7, 'REQUEST', 'verbal_conflict'), (8, 'ACCUSE', 'verbal_conflict'), (9, 'REJECT', 'verbal_conflict'), (10, 'THREATEN', 'verbal_conflict'),
  (11, 'PROTEST', 'material_conflict'), (12, 'SANCTION', 'material_conflict'), (13, 'MOBILIZE', 'material_conflict'), (14, 'COERCE', 'material_conflict'),
  (15, 'ASSAULT', 'material_conflict');

CREATE TABLE IF NOT EXISTS statement_rows (
  statement INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,           -- of words
  cue_begin INTEGER, cue_end INTEGER,
  source_begin INTEGER, source_end INTEGER,
  content TEXT NOT NULL,           -- spans, '[[b,e],...]'
  quoted TEXT,                     -- likewise; null: none
  occasion TEXT,
  when_from TEXT, when_to TEXT,
  when_precision INTEGER,          -- of words
  within INTEGER,                  -- n of the statement it is nested in
  denied INTEGER NOT NULL,
  speakers TEXT, addressees TEXT   -- entities.entity of this document, '[1,3]'
) STRICT;
CREATE VIEW IF NOT EXISTS statements AS
  SELECT statement, statement >> 20 AS doc, statement & 1048575 AS n, (SELECT text FROM words WHERE word=kind) AS kind, cue_begin, cue_end, source_begin, source_end,
    content, quoted, occasion, when_from, when_to, (SELECT text FROM words WHERE word=when_precision) AS when_precision, within, denied, speakers, addressees
  FROM statement_rows;

CREATE TABLE IF NOT EXISTS event_rows (
  event INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,           -- of event_types
  mode INTEGER, contexts INTEGER,  -- of words
  cameo TEXT, goldstein REAL,
  actuality INTEGER NOT NULL,      -- of words
  voice INTEGER,                   -- n of the statement that claims it; null: the outlet
  when_from TEXT, when_to TEXT,
  when_precision INTEGER,          -- of words
  when_basis INTEGER,              -- of words: explicit, relative (to the day of publication), tense (only bounds); null: no time, or read by version 1
  places TEXT,                     -- '[[actor,lat,lon,"role","precision"],...]'
  trigger_begin INTEGER, trigger_end INTEGER,
  sentence_begin INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
  actors TEXT, recipients TEXT     -- entities.entity of this document, '[1,3]'
) STRICT;
CREATE VIEW IF NOT EXISTS events AS
  SELECT event, event >> 20 AS doc, event & 1048575 AS n, (SELECT name FROM event_types t WHERE t.type=e.type) AS type, (SELECT text FROM words WHERE word=mode) AS mode,
    (SELECT text FROM words WHERE word=contexts) AS contexts, cameo, goldstein, (SELECT quad FROM event_types t WHERE t.type=e.type) AS quad,
    (SELECT text FROM words WHERE word=actuality) AS actuality, voice, when_from, when_to, (SELECT text FROM words WHERE word=when_precision) AS when_precision,
    (SELECT text FROM words WHERE word=when_basis) AS when_basis, places, trigger_begin, trigger_end, sentence_begin, sentence_end, actors, recipients
  FROM event_rows e;

CREATE TABLE IF NOT EXISTS casualties (
  event INTEGER NOT NULL,
  kind TEXT NOT NULL,              -- 'dead', 'injured'
  at_least INTEGER, at_most INTEGER,  -- inclusive; null: that side is open
  begin INTEGER NOT NULL, end INTEGER NOT NULL,  -- the words of the number
  PRIMARY KEY (event, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS commitment_rows (
  commitment INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  action INTEGER NOT NULL,         -- of words
  object TEXT NOT NULL,
  sector INTEGER NOT NULL, stage INTEGER NOT NULL,  -- of words
  deadline_from TEXT, deadline_to TEXT,
  deadline_precision INTEGER,      -- of words
  amounts TEXT,                    -- '[[value,"unit",b,e],...]'
  condition_begin INTEGER, condition_end INTEGER,
  voice INTEGER,
  trigger_begin INTEGER, trigger_end INTEGER,
  evidence TEXT NOT NULL,          -- spans
  sentence_begin INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
  undertakers TEXT, counterparties TEXT, places TEXT  -- entities.entity of this document, '[1,3]'
) STRICT;
CREATE VIEW IF NOT EXISTS commitments AS
  SELECT commitment, commitment >> 20 AS doc, commitment & 1048575 AS n, title, (SELECT text FROM words WHERE word=action) AS action, object,
    (SELECT text FROM words WHERE word=sector) AS sector, (SELECT text FROM words WHERE word=stage) AS stage, deadline_from, deadline_to,
    (SELECT text FROM words WHERE word=deadline_precision) AS deadline_precision, amounts, condition_begin, condition_end, voice, trigger_begin, trigger_end, evidence,
    sentence_begin, sentence_end, undertakers, counterparties, places
  FROM commitment_rows;

CREATE TABLE IF NOT EXISTS position_rows (
  position INTEGER PRIMARY KEY,
  issue TEXT NOT NULL, issue_id TEXT,
  polarity INTEGER NOT NULL, act INTEGER NOT NULL,  -- of words
  voice INTEGER,
  trigger_begin INTEGER, trigger_end INTEGER,
  evidence TEXT NOT NULL,
  sentence_begin INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
  holders TEXT, targets TEXT       -- entities.entity of this document, '[1,3]'
) STRICT;
CREATE VIEW IF NOT EXISTS positions AS
  SELECT position, position >> 20 AS doc, position & 1048575 AS n, issue, issue_id, (SELECT text FROM words WHERE word=polarity) AS polarity,
    (SELECT text FROM words WHERE word=act) AS act, voice, trigger_begin, trigger_end, evidence, sentence_begin, sentence_end, holders, targets
  FROM position_rows;

-- Who takes part in a finding, a row for each: to join with.
CREATE VIEW IF NOT EXISTS speakers AS SELECT statement, e.actor FROM statement_rows r, json_each(r.speakers) j JOIN entities e ON e.doc = r.statement >> 20 AND e.entity = j.value;
CREATE VIEW IF NOT EXISTS addressees AS SELECT statement, e.actor FROM statement_rows r, json_each(r.addressees) j JOIN entities e ON e.doc = r.statement >> 20 AND e.entity = j.value;
CREATE VIEW IF NOT EXISTS event_actors AS SELECT event, e.actor FROM event_rows r, json_each(r.actors) j JOIN entities e ON e.doc = r.event >> 20 AND e.entity = j.value;
CREATE VIEW IF NOT EXISTS event_recipients AS SELECT event, e.actor FROM event_rows r, json_each(r.recipients) j JOIN entities e ON e.doc = r.event >> 20 AND e.entity = j.value;
CREATE VIEW IF NOT EXISTS undertakers AS SELECT commitment, e.actor FROM commitment_rows r, json_each(r.undertakers) j JOIN entities e ON e.doc = r.commitment >> 20 AND e.entity = j.value;
CREATE VIEW IF NOT EXISTS counterparties AS SELECT commitment, e.actor FROM commitment_rows r, json_each(r.counterparties) j JOIN entities e ON e.doc = r.commitment >> 20 AND e.entity = j.value;
CREATE VIEW IF NOT EXISTS commitment_places AS SELECT commitment, e.actor FROM commitment_rows r, json_each(r.places) j JOIN entities e ON e.doc = r.commitment >> 20 AND e.entity = j.value;
CREATE VIEW IF NOT EXISTS holders AS SELECT position, e.actor FROM position_rows r, json_each(r.holders) j JOIN entities e ON e.doc = r.position >> 20 AND e.entity = j.value;
CREATE VIEW IF NOT EXISTS targets AS SELECT position, e.actor FROM position_rows r, json_each(r.targets) j JOIN entities e ON e.doc = r.position >> 20 AND e.entity = j.value;
-- The same, all in one: to look at. layer: 's' statement, 'v' event, 'c' commitment, 'p' position; item: the row's key in that table.
CREATE VIEW IF NOT EXISTS parties AS
  SELECT actor, 's' AS layer, statement AS item, 'speaker' AS role FROM speakers
  UNION ALL SELECT actor, 's', statement, 'addressee' FROM addressees
  UNION ALL SELECT actor, 'v', event, 'actor' FROM event_actors
  UNION ALL SELECT actor, 'v', event, 'recipient' FROM event_recipients
  UNION ALL SELECT actor, 'c', commitment, 'undertaker' FROM undertakers
  UNION ALL SELECT actor, 'c', commitment, 'counterparty' FROM counterparties
  UNION ALL SELECT actor, 'c', commitment, 'place' FROM commitment_places
  UNION ALL SELECT actor, 'p', position, 'holder' FROM holders
  UNION ALL SELECT actor, 'p', position, 'target' FROM targets;

-- What follows is derived from the rows above (store/derived.h), of one telling in each cluster, so that a story in ten papers counts
-- once. A party is a state (ISO code), or an organisation that belongs to none (its ref).

-- How far that has come: all documents up to this one are in their clusters, in the derived tables and in `search`.
CREATE TABLE IF NOT EXISTS settled (doc INTEGER PRIMARY KEY) STRICT;

-- By these, tellings of one story find each other.
CREATE TABLE IF NOT EXISTS fingerprints (
  day INTEGER NOT NULL,            -- of publication, days since 1970; 0 if not known
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  whole INTEGER NOT NULL,          -- hash of all words in order
  shingles BLOB NOT NULL,          -- hashes of runs of three content words, four bytes each, little-endian
  PRIMARY KEY (day, doc)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS fingerprints_by_whole ON fingerprints (whole);

-- The documents that what follows is derived from.
CREATE TABLE IF NOT EXISTS told (doc INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE) STRICT;

-- Parties (b = '') and pairs of them (a < b).
CREATE TABLE IF NOT EXISTS pairs (
  pair INTEGER PRIMARY KEY,
  a TEXT NOT NULL, b TEXT NOT NULL,
  UNIQUE (a, b)
) STRICT;

-- What of a document concerns a party, or two of them.
CREATE TABLE IF NOT EXISTS concern_rows (
  pair INTEGER NOT NULL REFERENCES pairs,
  day INTEGER NOT NULL,            -- 20251130, of publication; 0: not known
  doc INTEGER NOT NULL,
  main INTEGER NOT NULL,           -- 1: the document as a whole is about them
  statements TEXT,                 -- '[n,...]'
  events TEXT,                     -- '[n * 16 + type,...]'; event_types.type
  PRIMARY KEY (pair, day, doc)
) STRICT, WITHOUT ROWID;
-- layer: 'd' the document, 's' a statement, 'v' an event; item: its key.
CREATE VIEW IF NOT EXISTS concerns AS
  SELECT a, b, 'd' AS layer, day, doc AS item, NULL AS kind FROM pairs JOIN concern_rows USING (pair) WHERE main
  UNION ALL SELECT a, b, 's', day, doc << 20 | value, NULL FROM pairs JOIN concern_rows USING (pair), json_each(statements)
  UNION ALL SELECT a, b, 'v', day, doc << 20 | value >> 4, name FROM pairs JOIN concern_rows USING (pair), json_each(events) JOIN event_types t ON t.type = value & 15;

-- How many events that happened or go on, by month, between two parties (or of one, b = '').
CREATE TABLE IF NOT EXISTS months (
  a TEXT NOT NULL, b TEXT NOT NULL,
  month INTEGER NOT NULL,          -- 202511
  quad TEXT NOT NULL,
  claimed INTEGER NOT NULL,        -- 1: in somebody's voice, 0: in the outlet's
  events INTEGER NOT NULL,
  scored INTEGER NOT NULL,         -- how many of them have a Goldstein score
  goldstein INTEGER NOT NULL,      -- the sum of these, in tenths
  PRIMARY KEY (a, b, month, quad, claimed)
) STRICT, WITHOUT ROWID;

-- The ledger. A wording is a way to speak of an undertaking (store/wording.h); wordings of one undertaking have the same entry. A scope is
-- whom wordings name: the parties, and the state that the sentence speaks of beside them.
CREATE TABLE IF NOT EXISTS scopes (
  scope INTEGER PRIMARY KEY,
  parties TEXT NOT NULL,           -- 'IRN TUR'
  context TEXT NOT NULL,
  UNIQUE (parties, context)
) STRICT;
CREATE TABLE IF NOT EXISTS scope_pairs (
  pair INTEGER NOT NULL REFERENCES pairs,
  scope INTEGER NOT NULL REFERENCES scopes,
  PRIMARY KEY (pair, scope)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wordings (
  wording INTEGER PRIMARY KEY,
  scope INTEGER NOT NULL REFERENCES scopes,
  key TEXT NOT NULL,               -- unique
  part INTEGER NOT NULL,           -- wordings that are of kin by themselves
  entry INTEGER NOT NULL           -- the part that they belong to
) STRICT;
CREATE INDEX IF NOT EXISTS wordings_by_scope ON wordings (scope);
CREATE INDEX IF NOT EXISTS wordings_by_entry ON wordings (entry);
CREATE TABLE IF NOT EXISTS tellings (
  wording INTEGER NOT NULL,
  day INTEGER NOT NULL,
  item INTEGER NOT NULL,           -- commitments.commitment
  stage INTEGER NOT NULL,          -- of words
  due INTEGER NOT NULL,            -- last day of the deadline, 20251231; 0: none
  PRIMARY KEY (wording, day, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tellings_by_item ON tellings (item);
CREATE TABLE IF NOT EXISTS joins ( -- keys of wordings that a reader said are of one undertaking
  a TEXT NOT NULL, b TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- The matrix: who stood where on what, told when.
CREATE TABLE IF NOT EXISTS issues (
  issue INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE         -- the catalogue's id, else the words that count
) STRICT;
CREATE TABLE IF NOT EXISTS cells (
  holder TEXT NOT NULL,            -- a party, else the ref of a person or body
  issue INTEGER NOT NULL REFERENCES issues,
  day INTEGER NOT NULL,
  item INTEGER NOT NULL,           -- positions.position
  polarity INTEGER NOT NULL,       -- of words
  PRIMARY KEY (holder, issue, day, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cells_by_issue ON cells (issue, holder);

-- Sessions of standing bodies: "the ninth session of the High Council".
CREATE TABLE IF NOT EXISTS sessions (
  body INTEGER NOT NULL REFERENCES actors,
  ordinal INTEGER NOT NULL,
  day INTEGER NOT NULL,
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  begin INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (body, ordinal, day, doc, begin)
) STRICT, WITHOUT ROWID;

-- What readers said of the findings; only ever added to. An anchor is where a finding stands, so that it is found again when a newer
-- version has read the document anew.
CREATE TABLE IF NOT EXISTS reviews (
  review INTEGER PRIMARY KEY,
  at TEXT NOT NULL,                -- UTC
  reviewer TEXT,
  verdict TEXT NOT NULL,           -- accept, reject, merge, split
  id TEXT NOT NULL,                -- as the reader gave it
  anchors TEXT NOT NULL,           -- '[["sha256 of the document","layer",begin,end],...]'
  note TEXT
) STRICT;

-- What the reviews mean for the findings as they stand now; made anew from `reviews` after a document is read again.
CREATE TABLE IF NOT EXISTS corrections (
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  layer TEXT NOT NULL,
  begin INTEGER NOT NULL, end INTEGER NOT NULL,  -- the words of the finding
  verdict TEXT NOT NULL,           -- accept, reject, apart
  tag TEXT NOT NULL,               -- of those set apart together
  PRIMARY KEY (doc, layer, begin, end, verdict, tag)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (title, text, content='documents', content_rowid='doc', detail='full', tokenize="unicode61 remove_diacritics 2");
)sql";

// From version 1 to 2: what an event's time rests on, and how many were killed or hurt. `places` has the role and the precision of each place.
constexpr std::string_view to_version_2 = R"sql(
ALTER TABLE events ADD COLUMN when_basis TEXT;
CREATE TABLE casualties (
  event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  kind TEXT NOT NULL, at_least INTEGER, at_most INTEGER, begin INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (event, kind)
) STRICT, WITHOUT ROWID;
)sql";

// To version 3: offices in the words of a story.
constexpr std::string_view to_version_3 = R"sql(
CREATE TABLE offices_said (
  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  entity INTEGER NOT NULL, party TEXT NOT NULL, office TEXT NOT NULL, begin INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (doc, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX offices_said_by_party ON offices_said (party, office);
)sql";

// To version 4: findings by document and number, with who takes part in them; less is derived, and that anew. Between `before` and `after`
// the layout is made.
constexpr std::string_view before_version_4 = R"sql(
DROP VIEW parties; DROP VIEW concerns;
DROP TABLE shingles; DROP TABLE told; DROP TABLE concern_rows; DROP TABLE pairs; DROP TABLE months; DROP TABLE wordings; DROP TABLE wording_parties;
DROP TABLE wording_terms; DROP TABLE tellings; DROP TABLE cells; DROP TABLE issues; DROP TABLE sessions; DROP TABLE search; DROP TABLE event_types;
DROP INDEX statements_by_doc; DROP INDEX events_by_doc; DROP INDEX commitments_by_doc; DROP INDEX positions_by_doc; DROP INDEX positions_by_issue; DROP INDEX joins_by_b;
PRAGMA legacy_alter_table=ON;
ALTER TABLE casualties RENAME TO old_casualties; ALTER TABLE statements RENAME TO old_statements; ALTER TABLE events RENAME TO old_events;
ALTER TABLE commitments RENAME TO old_commitments; ALTER TABLE positions RENAME TO old_positions;
PRAGMA legacy_alter_table=OFF;
)sql";
constexpr std::string_view after_version_4 = R"sql(
INSERT INTO words (text) SELECT kind FROM old_statements UNION SELECT when_precision FROM old_statements UNION SELECT mode FROM old_events UNION SELECT contexts FROM old_events
  UNION SELECT actuality FROM old_events UNION SELECT when_precision FROM old_events UNION SELECT when_basis FROM old_events UNION SELECT action FROM old_commitments
  UNION SELECT sector FROM old_commitments UNION SELECT stage FROM old_commitments UNION SELECT deadline_precision FROM old_commitments UNION SELECT polarity FROM old_positions
  UNION SELECT act FROM old_positions EXCEPT SELECT NULL;
INSERT INTO statement_rows SELECT doc<<20|n,(SELECT word FROM words WHERE text=kind),cue_begin,cue_end,source_begin,source_end,content,nullif(quoted,'[]'),occasion,when_from,when_to,
  (SELECT word FROM words WHERE text=when_precision),within,denied,
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=statement AND role=1 HAVING count(*)>0),
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=statement AND role=2 HAVING count(*)>0)
  FROM old_statements i ORDER BY doc,n;
INSERT INTO event_rows SELECT doc<<20|n,(SELECT t.type FROM event_types t WHERE t.name=i.type),(SELECT word FROM words WHERE text=mode),(SELECT word FROM words WHERE text=contexts),cameo,goldstein,
  (SELECT word FROM words WHERE text=actuality),voice,when_from,when_to,(SELECT word FROM words WHERE text=when_precision),(SELECT word FROM words WHERE text=when_basis),places,trigger_begin,trigger_end,sentence_begin,sentence_end,
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=event AND role=3 HAVING count(*)>0),
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=event AND role=4 HAVING count(*)>0)
  FROM old_events i ORDER BY doc,n;
INSERT INTO casualties SELECT doc<<20|n,kind,at_least,at_most,begin,end FROM old_casualties JOIN old_events USING (event);
INSERT INTO commitment_rows SELECT doc<<20|n,title,(SELECT word FROM words WHERE text=action),object,(SELECT word FROM words WHERE text=sector),(SELECT word FROM words WHERE text=stage),deadline_from,deadline_to,(SELECT word FROM words WHERE text=deadline_precision),amounts,
  condition_begin,condition_end,voice,trigger_begin,trigger_end,evidence,sentence_begin,sentence_end,
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=commitment AND role=5 HAVING count(*)>0),
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=commitment AND role=6 HAVING count(*)>0),
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=commitment AND role=7 HAVING count(*)>0)
  FROM old_commitments i ORDER BY doc,n;
INSERT INTO position_rows SELECT doc<<20|n,issue,issue_id,(SELECT word FROM words WHERE text=polarity),(SELECT word FROM words WHERE text=act),voice,trigger_begin,trigger_end,evidence,sentence_begin,sentence_end,
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=position AND role=8 HAVING count(*)>0),
  (SELECT json_group_array(entity) FROM party_rows p JOIN entities e ON e.actor=p.actor AND e.doc=i.doc WHERE item=position AND role=9 HAVING count(*)>0)
  FROM old_positions i ORDER BY doc,n;
DROP TABLE party_rows; DROP TABLE roles;
DROP TABLE old_casualties; DROP TABLE old_statements; DROP TABLE old_events; DROP TABLE old_commitments; DROP TABLE old_positions;
)sql";

constexpr std::int64_t latest = 4;

/// What makes a version of the one before it; what makes the latest of nothing.
std::string step_from(std::int64_t version) {
  switch (version) {
    case 1: return std::string(to_version_2);
    case 2: return std::string(to_version_3);
    case 3: return std::string(before_version_4) + std::string(layout) + std::string(after_version_4);
    default: return std::string(layout);
  }
}

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
  if (*version == latest) return {};
  // Tables are put in the place of others that are referred to. Without effect within a transaction, hence before it.
  if (auto off = database.execute("PRAGMA foreign_keys=OFF"); !off) return off;
  for (std::int64_t at = *version; at < latest;) {
    const std::int64_t next = at == 0 ? latest : at + 1;
    const std::string sql = "BEGIN IMMEDIATE;" + step_from(at) + "PRAGMA application_id=" + std::to_string(store_application_id) +
                            ";PRAGMA user_version=" + std::to_string(next) + ";COMMIT;";
    if (auto done = database.execute(sql); !done) {
      (void)database.execute("ROLLBACK");
      return done;
    }
    at = next;
  }
  return database.execute("PRAGMA foreign_keys=ON");
}

}  // namespace dragoman
