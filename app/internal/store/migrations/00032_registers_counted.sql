-- +goose Up
-- What is left of a register by a second filter is counted without the table.
DROP INDEX register_overdue_dept;
CREATE INDEX register_overdue_dept ON register_overdue (dept, sort_at, agreement);
DROP INDEX register_rejections_dept;
CREATE INDEX register_rejections_dept ON register_rejections (dept, sort_at, agreement, stage);
DROP INDEX register_rejections_agreement;
CREATE INDEX register_rejections_agreement ON register_rejections (agreement, sort_at, stage);
