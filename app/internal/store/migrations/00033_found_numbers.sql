-- +goose Up
-- Cases with findings, and overdue ones, by their numbers: how they lie among all the
-- others in that order says nothing about how soon the first are met.
CREATE INDEX cases_found_no ON cases (case_no) WHERE level > 0;
CREATE INDEX cases_overdue_no ON cases (case_no) WHERE flags & 1 = 1;
