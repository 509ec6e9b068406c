-- +goose Up
-- Lists that are narrowed by several things, or by one that is rare or old.
--
-- What ended, by when it was received, and one department's by when it ended.
CREATE INDEX cases_ended_received ON cases (received_at) WHERE ended_at > 0;
CREATE INDEX cases_dept_ended ON cases (dept, ended_at, flags) WHERE ended_at > 0;
-- To count what several filters leave, without the table.
DROP INDEX cases_ended;
CREATE INDEX cases_ended ON cases (ended_at, flags) WHERE ended_at > 0;
CREATE INDEX cases_found_counted ON cases (level, dept, ended_at) WHERE level > 0;
CREATE INDEX cases_overdue_counted ON cases (dept, ended_at) WHERE flags & 1 = 1;

-- Whether a finding's case is open: most findings of years are not.
ALTER TABLE findings ADD COLUMN open INTEGER NOT NULL DEFAULT 1;
UPDATE findings SET open = 0 WHERE case_id IN (SELECT id FROM cases WHERE ended_at <> 0);
CREATE INDEX findings_open ON findings (raised_at) WHERE open = 1;
CREATE INDEX findings_counted ON findings (state, level, rule, open);
CREATE INDEX findings_dept_counted ON findings (dept, state, level, rule, open);

CREATE INDEX register_overdue_no ON register_overdue (case_no);
CREATE INDEX register_rejections_stage ON register_rejections (stage, sort_at);
CREATE INDEX register_rejections_decided ON register_rejections (decided_at);
CREATE INDEX register_rejections_no ON register_rejections (case_no);
