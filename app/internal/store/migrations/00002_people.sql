-- +goose Up
CREATE INDEX journal_acts ON journal (seq) WHERE kind = 9;

-- Who people are; their passwords and sessions are in a file of their own.
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,               -- journal number of the act that made it
  login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
  department TEXT NOT NULL,             -- a liaison's, else empty
  active INTEGER NOT NULL, created_at INTEGER NOT NULL
);
