-- +goose Up
-- Records that are looked for by their kind: holiday lists, acts, and those about the
-- journal and how cases are judged. One index for all of them: every index of the
-- journal is opened for every event that is written, also where it holds none.
CREATE INDEX journal_kinds ON journal (kind) WHERE kind = 8 OR kind = 9 OR kind >= 11;
DROP INDEX journal_holidays;
DROP INDEX journal_acts;
DROP INDEX journal_rulings;
DROP INDEX journal_itself;
