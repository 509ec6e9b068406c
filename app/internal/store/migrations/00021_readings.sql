-- +goose Up
-- How far a department's records had been read when all that there was had been:
-- what comes later and speaks of before then is told late. A row is there from the
-- first time on.
CREATE TABLE readings (
  dept INTEGER PRIMARY KEY,
  head INTEGER NOT NULL,                -- the journal's head when a reading last ended
  watched INTEGER NOT NULL,             -- latest moment at which its adapter was read as it went; 0 = never
  spoke INTEGER NOT NULL,               -- latest moment that its events spoke of when it was waited for no longer; 0 = it never was
  as_of INTEGER NOT NULL                -- moment that a reading by hand was judged for; 0 = there was none
);
