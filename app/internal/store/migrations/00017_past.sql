-- +goose Up
-- Records about the journal itself: its origin, what was set aside, and that its
-- history was broken. They are few.
CREATE INDEX journal_itself ON journal (kind, seq) WHERE kind >= 11;

-- The moment that an open case's figures are as of; 0 = of an ended one.
ALTER TABLE cases ADD COLUMN judged_at INTEGER NOT NULL DEFAULT 0;

-- The journal's signature over the row: a cursor follows from no record.
ALTER TABLE cursors ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
