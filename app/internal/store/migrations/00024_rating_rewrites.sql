-- +goose Up
-- What a department first told of a rating stays beside what it tells later. What it
-- told before this was kept is counted as it stood.
ALTER TABLE ratings ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;      -- the level that figures count, where no call-back says another
ALTER TABLE ratings ADD COLUMN first_level INTEGER NOT NULL DEFAULT 0;  -- as first told, where its department told another since
ALTER TABLE ratings ADD COLUMN rewritten_at INTEGER NOT NULL DEFAULT 0; -- when its department last told it otherwise; 0 = never
ALTER TABLE ratings ADD COLUMN rater INTEGER NOT NULL DEFAULT 0;        -- journal number of the record that tells who gave it
ALTER TABLE ratings ADD COLUMN contact_told INTEGER NOT NULL DEFAULT 0; -- of a contact that was told late: when
UPDATE ratings SET counted = level, rater = seq;
DROP INDEX ratings_level;
CREATE INDEX ratings_counted ON ratings (counted, rated_at);
-- What raters said when they were called back.
CREATE TABLE rating_called (
  rating INTEGER PRIMARY KEY,
  level INTEGER NOT NULL,               -- that they give; 0 = the rating was not theirs
  at INTEGER NOT NULL
);
INSERT INTO rating_called (rating, level, at) SELECT rating, now, done_at FROM callbacks WHERE state = 'reached';
