-- +goose Up
-- A planned visit is a route: stops in order on one day, for one or two volunteers.
ALTER TABLE visit_plans ADD COLUMN mode TEXT NOT NULL DEFAULT 'unannounced';
ALTER TABLE visit_plans ADD COLUMN version INTEGER NOT NULL DEFAULT 1;       -- counts the acts on it
ALTER TABLE visit_plans ADD COLUMN cancelled TEXT NOT NULL DEFAULT '';       -- why; empty = it stands
ALTER TABLE visit_plan_members ADD COLUMN declined TEXT NOT NULL DEFAULT ''; -- why one cannot go; empty = one goes
ALTER TABLE visit_plan_members ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE visit_plan_members ADD COLUMN declined_at INTEGER NOT NULL DEFAULT 0;
CREATE TABLE visit_plan_stops (
  plan INTEGER NOT NULL, stop INTEGER NOT NULL, -- a number that it keeps, and that no other gets
  position INTEGER NOT NULL,            -- from 1; 0 = taken out of the route
  department TEXT NOT NULL, place TEXT NOT NULL, hall_window TEXT NOT NULL,
  item TEXT NOT NULL, look TEXT NOT NULL, -- what to try, what to look at
  matter INTEGER NOT NULL,              -- that is verified there, 0 = none
  visit INTEGER NOT NULL,               -- the first that a member filed of it, 0 = none
  PRIMARY KEY (plan, stop)
) WITHOUT ROWID;
CREATE INDEX visit_plan_stops_matter ON visit_plan_stops (matter) WHERE matter > 0;
-- Who declared an interest is not asked for that department again.
CREATE TABLE visit_interests (account INTEGER NOT NULL, department TEXT NOT NULL, PRIMARY KEY (account, department)) WITHOUT ROWID;
-- What was planned before was one stop, and its sheets were of that one.
INSERT INTO visit_plan_stops (plan, stop, position, department, place, hall_window, item, look, matter, visit)
SELECT p.id, 1, 1, p.department, '', '', '', '', 0, coalesce((SELECT min(v.id) FROM visits v JOIN visit_plan_members m ON m.plan = v.plan AND m.account = v.account
  WHERE v.plan = p.id AND v.department = p.department AND v.seq > p.id), 0)
FROM visit_plans p;
ALTER TABLE visit_plans DROP COLUMN department;
ALTER TABLE visits ADD COLUMN stop INTEGER NOT NULL DEFAULT 0;               -- of the plan
UPDATE visits SET stop = 1 WHERE plan > 0;
CREATE INDEX visits_plan ON visits (plan, stop) WHERE plan > 0;
