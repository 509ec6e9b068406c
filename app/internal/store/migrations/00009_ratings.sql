-- +goose Up
-- What applicants thought of the service they had, as departments or the
-- office's electronic raters report it. Who gave one stays in the journal.
CREATE TABLE ratings (
  id INTEGER PRIMARY KEY,               -- journal number of the first record
  seq INTEGER NOT NULL,                 -- of the version that holds
  dept INTEGER NOT NULL, item INTEGER NOT NULL, -- 0 = item unknown
  case_no TEXT NOT NULL,                -- empty = of no case
  level INTEGER NOT NULL,               -- 1 best, 5 worst; GB/T 39046-2020
  channel TEXT NOT NULL, hall_window TEXT NOT NULL, handler TEXT NOT NULL,
  rated_at INTEGER NOT NULL,
  named INTEGER NOT NULL,               -- 1 = the rater gave a name or a telephone
  reasons TEXT NOT NULL,                -- JSON, what was ticked
  text TEXT NOT NULL,
  contacted_at INTEGER NOT NULL,        -- by the department's own report, 0 = not yet
  contact_result TEXT NOT NULL
);
CREATE INDEX ratings_rated ON ratings (rated_at);
CREATE INDEX ratings_dept ON ratings (dept, rated_at);
CREATE INDEX ratings_level ON ratings (level, rated_at);
CREATE INDEX ratings_case ON ratings (case_no, dept) WHERE case_no <> '';
