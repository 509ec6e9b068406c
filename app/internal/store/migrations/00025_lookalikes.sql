-- +goose Up
-- Cases whose numbers do not look like what they are, by what they look like: a
-- full-width digit, a space at the end. Those of before are entered when the folder
-- is next opened; until then the row of department 0 stands.
CREATE TABLE case_lookalikes (
  dept INTEGER NOT NULL, skeleton TEXT NOT NULL, case_no TEXT NOT NULL,
  PRIMARY KEY (dept, skeleton, case_no)
) WITHOUT ROWID;
INSERT INTO case_lookalikes (dept, skeleton, case_no) SELECT 0, '', '' WHERE EXISTS (SELECT 1 FROM cases);
