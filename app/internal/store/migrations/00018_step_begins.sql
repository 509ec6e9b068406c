-- +goose Up
-- When a deadline that a step starts begins; 0 = at the step. A step that the
-- console came to know of before the matter came up starts it no earlier than that.
ALTER TABLE matter_steps ADD COLUMN from_at INTEGER NOT NULL DEFAULT 0;
