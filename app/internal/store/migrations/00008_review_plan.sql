-- +goose Up
-- What is put up for review by itself, and by hand.
CREATE TABLE review_plans (
  id INTEGER PRIMARY KEY,               -- journal number of the act; the greatest is in force
  at INTEGER NOT NULL, account INTEGER NOT NULL,
  plan TEXT NOT NULL                    -- JSON
);
ALTER TABLE draws ADD COLUMN period TEXT NOT NULL DEFAULT '';   -- first day of a planned draw's week or month
ALTER TABLE reviews ADD COLUMN reason TEXT NOT NULL DEFAULT ''; -- why it was put up by hand
