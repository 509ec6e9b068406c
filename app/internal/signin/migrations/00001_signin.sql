-- +goose Up
-- Times are microseconds since 1970 UTC by the machine's clock.
CREATE TABLE credentials (
  account INTEGER PRIMARY KEY, hash TEXT NOT NULL, must_change INTEGER NOT NULL, changed_at INTEGER NOT NULL,
  generation INTEGER NOT NULL           -- sessions of an earlier one are over
);
CREATE TABLE sessions (
  token TEXT PRIMARY KEY,               -- hashed
  account INTEGER NOT NULL, generation INTEGER NOT NULL, data BLOB NOT NULL, expires INTEGER NOT NULL,
  over INTEGER NOT NULL DEFAULT 0       -- ended, and remembered so that no late request writes it anew
) WITHOUT ROWID;
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_expires ON sessions (expires);
-- Wrong passwords by login and by address ("login:wang", "from:10.0.0.7").
CREATE TABLE failures (who TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX failures_who ON failures (who, at);
CREATE TABLE locks (login TEXT PRIMARY KEY, until INTEGER NOT NULL, times INTEGER NOT NULL) WITHOUT ROWID;
