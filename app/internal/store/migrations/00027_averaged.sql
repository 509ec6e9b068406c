-- +goose Up
-- The mean of working days is of cases whose limits are in working days.
ALTER TABLE figures ADD COLUMN averaged INTEGER NOT NULL DEFAULT 0;
UPDATE figures SET
  averaged = (SELECT count(*) FROM cases c WHERE c.dept = figures.dept AND c.ended_at > 0 AND c.flags & 1536 = 1024 AND c.limit_unit = 1),
  used = (SELECT coalesce(sum(c.used), 0) FROM cases c WHERE c.dept = figures.dept AND c.ended_at > 0 AND c.flags & 1536 = 1024 AND c.limit_unit = 1)
WHERE day = 0;
