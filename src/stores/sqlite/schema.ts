/** A numbered step of the database format. A released step never changes; a new format is a new step at the end. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Marks the file as ours in its header ("Csbk"). */
export const applicationId = 0x43_73_62_6b;

/**
 * Each event's place is `case number * 2^20 + seq`: one tree holds the timelines in order, and the search knows the
 * case of a hit without a look-up. `search` keeps no text, only which event holds which word, as prepared by
 * `searchWords`; the ascii tokenizer leaves such words whole. `tally` is kept by triggers so that counting does not
 * read cases. `changes` tells other windows what changed.
 */
const first: Migration = {
  version: 1,
  sql: `
CREATE TABLE cases (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  profile TEXT NOT NULL,
  plan TEXT,
  category TEXT NOT NULL,
  service TEXT NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  close_reason TEXT,
  severity_proposed TEXT,
  severity_set TEXT,
  severity TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  first_response_at INTEGER,
  vendor_number TEXT,
  notes INTEGER NOT NULL,
  files INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_newest ON cases (updated_at);
CREATE INDEX cases_standing ON cases (status, severity, updated_at);
CREATE INDEX cases_service ON cases (service, status, severity, updated_at);

CREATE TABLE filed (
  number INTEGER PRIMARY KEY REFERENCES cases (number),
  text TEXT NOT NULL,
  impact TEXT NOT NULL,
  resource TEXT NOT NULL,
  contact TEXT NOT NULL,
  zone TEXT NOT NULL,
  places TEXT NOT NULL,
  files TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE events (
  place INTEGER PRIMARY KEY,
  number INTEGER NOT NULL GENERATED ALWAYS AS (place >> 20) VIRTUAL REFERENCES cases (number),
  event TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', detail = column, columnsize = 0, prefix = '1', tokenize = 'ascii'
);

CREATE TABLE tally (
  status TEXT NOT NULL,
  severity TEXT NOT NULL,
  service TEXT NOT NULL,
  cases INTEGER NOT NULL,
  PRIMARY KEY (status, severity, service)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tally_filed AFTER INSERT ON cases BEGIN
  INSERT INTO tally VALUES (new.status, new.severity, new.service, 1)
    ON CONFLICT DO UPDATE SET cases = cases + 1;
END;
CREATE TRIGGER tally_changed AFTER UPDATE ON cases
WHEN (old.status, old.severity, old.service) IS NOT (new.status, new.severity, new.service) BEGIN
  UPDATE tally SET cases = cases - 1 WHERE (status, severity, service) = (old.status, old.severity, old.service);
  INSERT INTO tally VALUES (new.status, new.severity, new.service, 1)
    ON CONFLICT DO UPDATE SET cases = cases + 1;
END;

CREATE TABLE incidents (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  service TEXT NOT NULL,
  title TEXT NOT NULL,
  classification TEXT NOT NULL,
  status TEXT NOT NULL,
  active INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX incidents_board ON incidents (active, updated_at);
CREATE TABLE posts (
  number INTEGER NOT NULL REFERENCES incidents (number),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  status TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (number, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept (
  caller TEXT NOT NULL,
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_at ON kept (at);

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id TEXT
) STRICT;
`,
};

/** What some offers ask for besides the description, as JSON; null where the case has none. */
const details: Migration = { version: 2, sql: 'ALTER TABLE filed ADD COLUMN details TEXT' };

/** Which events are for the team alone, for searches by others. */
const teamOnly: Migration = {
  version: 3,
  sql: "CREATE INDEX events_team_only ON events (place) WHERE json_extract(event, '$.teamOnly') = 1",
};

/** Readings of service health that people publish, one for each source. */
const snapshots: Migration = {
  version: 4,
  sql: `CREATE TABLE snapshots (
  source TEXT PRIMARY KEY,
  snapshot TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;`,
};

export const migrations: readonly Migration[] = [first, details, teamOnly, snapshots];
/** The format this version writes. */
export const knownVersion = 4;
/** What a database of this version must hold; one that does not is damaged. */
export const tables = [
  ...['cases', 'filed', 'events', 'search', 'tally', 'incidents', 'posts', 'kept', 'changes', 'snapshots'],
];
