-- +goose Up
-- Files that came with a step: [{sha256, name, kind, bytes}]. They lie in the data
-- folder, under their hashes.
ALTER TABLE matter_steps ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
