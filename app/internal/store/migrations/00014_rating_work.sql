-- +goose Up
-- Bad ratings are matters too: whose service it was, and a first deadline that
-- starts when the rating was given.
ALTER TABLE matters ADD COLUMN handler TEXT NOT NULL DEFAULT '';
ALTER TABLE matters ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0; -- 0 = opened_at
-- Ratings whose raters are called back, by draws.
CREATE TABLE callback_draws (
  draw INTEGER PRIMARY KEY,             -- of table draws
  first TEXT NOT NULL, last TEXT NOT NULL, -- days of the ratings drawn from
  due_at INTEGER NOT NULL
);
CREATE TABLE callbacks (
  id INTEGER PRIMARY KEY,               -- from 1, in the order drawn
  draw INTEGER NOT NULL,
  rating INTEGER NOT NULL UNIQUE,       -- nobody is called back twice about the same
  level INTEGER NOT NULL,               -- as it was given
  state TEXT NOT NULL,                  -- open, reached, unreached
  own INTEGER NOT NULL,                 -- once reached: 1 = the rating was theirs
  now INTEGER NOT NULL,                 -- once reached: the level they give now; 0 = not theirs
  said TEXT NOT NULL,
  done_at INTEGER NOT NULL
);
CREATE INDEX callbacks_draw ON callbacks (draw);
CREATE INDEX callbacks_state ON callbacks (state);
CREATE TABLE callback_tries (
  callback INTEGER NOT NULL, n INTEGER NOT NULL,
  account INTEGER NOT NULL, at INTEGER NOT NULL, reached INTEGER NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (callback, n)
) WITHOUT ROWID;
-- Exports of electronic raters that the office imported.
CREATE TABLE rating_imports (
  id INTEGER PRIMARY KEY,               -- journal number of the act
  at INTEGER NOT NULL, account INTEGER NOT NULL,
  name TEXT NOT NULL, sha256 TEXT NOT NULL,
  lines INTEGER NOT NULL, taken INTEGER NOT NULL, known INTEGER NOT NULL, corrected INTEGER NOT NULL, refused INTEGER NOT NULL
);
CREATE INDEX rating_imports_sha256 ON rating_imports (sha256);
