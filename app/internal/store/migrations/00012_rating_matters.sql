-- +goose Up
-- Bad ratings are matters too: whose service it was, and a first deadline that
-- starts when the rating was given.
ALTER TABLE matters ADD COLUMN handler TEXT NOT NULL DEFAULT '';
ALTER TABLE matters ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0; -- 0 = opened_at
