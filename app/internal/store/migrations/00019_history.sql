-- +goose Up
-- Every version of an item, as it was published. A version holds for cases that
-- began from from_at on, until another does; 0 = for all before, too. An act of
-- the office may set another moment.
CREATE TABLE item_versions (
  item INTEGER NOT NULL, seq INTEGER NOT NULL, -- journal number of the record
  from_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (item, seq)
) WITHOUT ROWID;
INSERT INTO item_versions (item, seq, from_at, body)
SELECT i.id, j.seq, 0, j.body FROM items i JOIN journal j ON j.dept = i.dept AND j.kind = 2 AND j.source_id = i.code AND j.corrects = 0;
INSERT INTO item_versions (item, seq, from_at, body)
SELECT v.item, j.seq, j.observed_at, j.body FROM item_versions v JOIN journal j ON j.corrects = v.seq AND j.corrects > 0;

-- Departments whose cases are to be judged anew, and how far that is done.
CREATE TABLE rejudgements (
  dept INTEGER PRIMARY KEY,
  after INTEGER NOT NULL                -- cases up to this one are done
);

-- By what settings and rules cases are judged: records of kind 15.
CREATE INDEX journal_rulings ON journal (seq) WHERE kind = 15;

-- The quarantine is bounded: of each reason the first are kept whole, and the
-- last; all are counted.
CREATE TABLE quarantine_tallies (
  adapter TEXT NOT NULL, stream TEXT NOT NULL, code TEXT NOT NULL,
  total INTEGER NOT NULL,               -- refused, each record once, less those taken since
  taken INTEGER NOT NULL,               -- taken since, their reason gone
  dropped INTEGER NOT NULL,             -- counted in total without a row of their own
  first_rows INTEGER NOT NULL, first_bytes INTEGER NOT NULL, -- kept as the first
  last_rows INTEGER NOT NULL,           -- kept as the last
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  again_from BLOB,                      -- the stream's cursor before the first that was dropped
  again INTEGER NOT NULL,               -- 1 = the stream is being read again from there
  PRIMARY KEY (adapter, stream, code)
) WITHOUT ROWID;
-- The beginnings of what was refused, by digest, so that each is counted once.
CREATE TABLE quarantine_seen (digest BLOB PRIMARY KEY) WITHOUT ROWID;
ALTER TABLE quarantine ADD COLUMN late INTEGER NOT NULL DEFAULT 0; -- 1 = kept as one of the last
CREATE INDEX quarantine_kept ON quarantine (adapter, stream, code, late, id);
INSERT INTO quarantine_tallies (adapter, stream, code, total, taken, dropped, first_rows, first_bytes, last_rows, first_at, last_at, again_from, again)
SELECT adapter, stream, code, count(*), 0, 0, count(*), sum(length(raw)), 0, min(observed_at), max(observed_at), NULL, 0
FROM quarantine GROUP BY adapter, stream, code;
INSERT OR IGNORE INTO quarantine_seen (digest) SELECT substr(digest, 1, 12) FROM quarantine;
