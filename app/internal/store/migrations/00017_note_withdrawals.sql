-- +goose Up
-- Ratings of notes that departments took back.
CREATE TABLE note_withdrawals (
  id INTEGER PRIMARY KEY,               -- journal number of the act
  matter INTEGER NOT NULL, account INTEGER NOT NULL, -- the liaison's
  reason TEXT NOT NULL, at INTEGER NOT NULL
);
