-- +goose Up
-- Who serves as a volunteer supervisor, and when. Days are the office's, as 2006-01-02.
CREATE TABLE terms (
  id INTEGER PRIMARY KEY,               -- journal number of the appointment
  account INTEGER NOT NULL,
  certificate TEXT NOT NULL, social_group TEXT NOT NULL, work TEXT NOT NULL,
  barred TEXT NOT NULL,                 -- JSON; codes of departments that employ or employed the person
  first_day TEXT NOT NULL, last_day TEXT NOT NULL, -- both inclusive
  until_day TEXT NOT NULL,              -- last_day, or the day with which the term was ended early
  why TEXT NOT NULL, reason TEXT NOT NULL -- of an early end; else empty
);
CREATE INDEX terms_account ON terms (account, first_day);
CREATE TABLE term_changes (
  term INTEGER NOT NULL, n INTEGER NOT NULL,
  kind TEXT NOT NULL,                   -- appointed, corrected, ended
  at INTEGER NOT NULL, account INTEGER NOT NULL, -- when and by whom
  reason TEXT NOT NULL,
  certificate TEXT NOT NULL, first_day TEXT NOT NULL, until_day TEXT NOT NULL, -- as they were from then on
  PRIMARY KEY (term, n)
);
CREATE TABLE trainings (
  id INTEGER PRIMARY KEY,               -- journal number of the act
  date TEXT NOT NULL, topic TEXT NOT NULL, hours REAL NOT NULL,
  withdrawn TEXT NOT NULL               -- why it does not count; empty = it does
);
CREATE TABLE training_members (training INTEGER NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (training, account)) WITHOUT ROWID;
CREATE INDEX training_members_account ON training_members (account);
CREATE TABLE appraisals (
  id INTEGER PRIMARY KEY,               -- journal number of the act; of a year the greatest holds
  account INTEGER NOT NULL, year INTEGER NOT NULL,
  grade TEXT NOT NULL, words TEXT NOT NULL,
  by_account INTEGER NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX appraisals_account ON appraisals (account, year);
-- What departments think of the notes that matters came from.
CREATE TABLE note_ratings (
  matter INTEGER PRIMARY KEY,
  facts INTEGER NOT NULL, fairness INTEGER NOT NULL, -- 1 worst, 5 best
  word TEXT NOT NULL,
  account INTEGER NOT NULL, at INTEGER NOT NULL -- the liaison's
);
CREATE TABLE note_rated (
  account INTEGER NOT NULL,             -- whose note it was; sealed
  matter INTEGER NOT NULL,
  PRIMARY KEY (account, matter)
) WITHOUT ROWID;
-- When reviewers said whether they have an interest.
CREATE TABLE review_declarations (
  review INTEGER NOT NULL, seat INTEGER NOT NULL,
  account INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (review, seat)
) WITHOUT ROWID;
CREATE INDEX review_declarations_account ON review_declarations (account, at);
-- What was declared before this was kept, as it is when the journal is folded anew.
INSERT INTO review_declarations (review, seat, account, at)
SELECT act ->> '$.data.review', act ->> '$.data.seat', act ->> '$.by', observed_at
FROM (SELECT CAST(body AS TEXT) AS act, observed_at FROM journal WHERE kind = 9)
WHERE act ->> '$.type' = 'review.declared';
