-- +goose Up
-- What the board and the lists show costs what they show, however many cases there
-- are and however long a department has been silent.
--
-- Open cases by when they come due: counters kept on write, so that a board of the
-- days ahead reads no cases. A slot is ten minutes, numbered from 1970 UTC.
CREATE TABLE due (
  slot INTEGER NOT NULL, dept INTEGER NOT NULL,
  none INTEGER NOT NULL, warn INTEGER NOT NULL, yellow INTEGER NOT NULL, red INTEGER NOT NULL, -- by level; none: below warn
  PRIMARY KEY (slot, dept)
) WITHOUT ROWID;
INSERT INTO due (slot, dept, none, warn, yellow, red)
SELECT due_at / 600000000, dept, sum(level < 3), sum(level = 3), sum(level = 4), sum(level = 5)
FROM cases WHERE ended_at = 0 AND due_at > 0 GROUP BY 1, 2;
-- Open cases by the office's year that the later of their two limits runs out in.
CREATE TABLE due_years (
  year INTEGER NOT NULL, dept INTEGER NOT NULL, open INTEGER NOT NULL,
  PRIMARY KEY (year, dept)
) WITHOUT ROWID;
INSERT INTO due_years (year, dept, open)
SELECT CAST(strftime('%Y', max(due_at, statutory_due_at) / 1000000, 'unixepoch', '+8 hours') AS INTEGER), dept, count(*)
FROM cases WHERE ended_at = 0 AND max(due_at, statutory_due_at) > 0 GROUP BY 1, 2;

-- Latest events of one department. What came last of it may lie far back.
CREATE INDEX journal_dept ON journal (dept);
