-- +goose Up
-- How many cases and findings there are of each kind, counted on write: what a list
-- that is narrowed by kinds comes to, and by which index it is read soonest, is known
-- without reading it. The columns have the names and the meaning that they have in
-- the tables counted, so that the same conditions hold of both.
CREATE TABLE case_kinds (
  dept INTEGER NOT NULL, item INTEGER NOT NULL, state INTEGER NOT NULL, level INTEGER NOT NULL,
  flags INTEGER NOT NULL,               -- of them, those that lists are narrowed by
  ended_at INTEGER NOT NULL,            -- 0 = open, 1 = ended
  n INTEGER NOT NULL,
  PRIMARY KEY (dept, item, state, level, flags, ended_at)
) WITHOUT ROWID;
INSERT INTO case_kinds (dept, item, state, level, flags, ended_at, n)
SELECT dept, item, state, level, flags & 5633, ended_at > 0, count(*) FROM cases GROUP BY 1, 2, 3, 4, 5, 6;
CREATE TABLE finding_kinds (
  dept INTEGER NOT NULL, rule TEXT NOT NULL, level INTEGER NOT NULL, state INTEGER NOT NULL, open INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (dept, rule, level, state, open)
) WITHOUT ROWID;
INSERT INTO finding_kinds (dept, rule, level, state, open, n)
SELECT dept, rule, level, state, open, count(*) FROM findings GROUP BY 1, 2, 3, 4, 5;
-- +goose StatementBegin
CREATE TRIGGER finding_comes AFTER INSERT ON findings BEGIN
  INSERT INTO finding_kinds (dept, rule, level, state, open, n) VALUES (new.dept, new.rule, new.level, new.state, new.open, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER finding_goes AFTER DELETE ON findings BEGIN
  UPDATE finding_kinds SET n = n - 1 WHERE dept = old.dept AND rule = old.rule AND level = old.level AND state = old.state AND open = old.open;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER finding_changes AFTER UPDATE OF level, state, open ON findings
WHEN old.level <> new.level OR old.state <> new.state OR old.open <> new.open BEGIN
  UPDATE finding_kinds SET n = n - 1 WHERE dept = old.dept AND rule = old.rule AND level = old.level AND state = old.state AND open = old.open;
  INSERT INTO finding_kinds (dept, rule, level, state, open, n) VALUES (new.dept, new.rule, new.level, new.state, new.open, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- What served to count only.
DROP INDEX cases_found_counted;
DROP INDEX cases_overdue_counted;
DROP INDEX findings_counted;
DROP INDEX findings_dept_counted;

-- One department's cases by their numbers.
CREATE INDEX cases_dept_no ON cases (dept, case_no);

-- Registers that are narrowed by several things are counted without the table.
DROP INDEX register_overdue_no;
CREATE INDEX register_overdue_no ON register_overdue (case_no, dept, agreement);
DROP INDEX register_rejections_no;
CREATE INDEX register_rejections_no ON register_rejections (case_no, dept, agreement, stage, decided_at);
DROP INDEX register_rejections_decided;
CREATE INDEX register_rejections_decided ON register_rejections (decided_at, dept, agreement, stage);
