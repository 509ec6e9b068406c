-- +goose Up
-- Sums over what follows from no record and is too much to be signed anew each time: under
-- which number each finding was told last, and what refused records are known again by.
CREATE TABLE sums (
  what TEXT PRIMARY KEY,
  sum BLOB NOT NULL
) WITHOUT ROWID;

-- Beside a checkpoint stands what it says, to the second.
UPDATE checkpoints SET at = at - at % 1000000;

-- A kind that nothing is of any more has no row: one that says 0 is nobody's.
DELETE FROM case_kinds WHERE n = 0;
DELETE FROM finding_kinds WHERE n = 0;
DROP TRIGGER finding_goes;
DROP TRIGGER finding_changes;
-- +goose StatementBegin
CREATE TRIGGER finding_goes AFTER DELETE ON findings BEGIN
  UPDATE finding_kinds SET n = n - 1 WHERE dept = old.dept AND rule = old.rule AND level = old.level AND state = old.state AND open = old.open;
  DELETE FROM finding_kinds WHERE dept = old.dept AND rule = old.rule AND level = old.level AND state = old.state AND open = old.open AND n = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER finding_changes AFTER UPDATE OF level, state, open ON findings
WHEN old.level <> new.level OR old.state <> new.state OR old.open <> new.open BEGIN
  UPDATE finding_kinds SET n = n - 1 WHERE dept = old.dept AND rule = old.rule AND level = old.level AND state = old.state AND open = old.open;
  DELETE FROM finding_kinds WHERE dept = old.dept AND rule = old.rule AND level = old.level AND state = old.state AND open = old.open AND n = 0;
  INSERT INTO finding_kinds (dept, rule, level, state, open, n) VALUES (new.dept, new.rule, new.level, new.state, new.open, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
