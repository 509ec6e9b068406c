-- +goose Up
-- Registers are looked through by the names of items, too.
CREATE INDEX register_overdue_item ON register_overdue (item, sort_at, dept, agreement);
CREATE INDEX register_rejections_item ON register_rejections (item, sort_at, dept, agreement, stage);
-- What was ticked of a rating is looked through without the table; most tick nothing.
CREATE INDEX ratings_reasons ON ratings (reasons) WHERE reasons <> '[]';
