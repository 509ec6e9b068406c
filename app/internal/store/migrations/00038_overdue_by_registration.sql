-- +goose Up
-- What ran over by what was registered, though not by the dates of all facts (flag
-- 8192), stands with the overdue cases. Cases get the flag when they are judged anew.
DROP INDEX cases_overdue;
CREATE INDEX cases_overdue ON cases (received_at) WHERE flags & 8193 > 0;
DROP INDEX cases_overdue_no;
CREATE INDEX cases_overdue_no ON cases (case_no) WHERE flags & 8193 > 0;
