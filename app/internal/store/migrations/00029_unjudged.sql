-- +goose Up
-- Open cases that were never judged by a moment: looked for at every start, and there
-- are none but in folders of older programs.
CREATE INDEX cases_unjudged ON cases (dept) WHERE ended_at = 0 AND judged_at = 0;
