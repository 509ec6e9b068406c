-- +goose Up
-- Visits of volunteers to halls and windows.
CREATE TABLE visit_plans (
  id INTEGER PRIMARY KEY,               -- journal number of the act
  department TEXT NOT NULL, date TEXT NOT NULL, note TEXT NOT NULL, created_at INTEGER NOT NULL
);
CREATE TABLE visit_plan_members (plan INTEGER NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (plan, account)) WITHOUT ROWID;
CREATE INDEX visit_plan_members_account ON visit_plan_members (account);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY,               -- from 1, in the order in which they were filed
  seq INTEGER NOT NULL,                 -- journal number of the act
  account INTEGER NOT NULL,             -- sealed: departments never see it, the office only for a reason
  plan INTEGER NOT NULL,                -- 0 = of one's own accord
  department TEXT NOT NULL, arrived_at INTEGER NOT NULL, filed_at INTEGER NOT NULL,
  findings INTEGER NOT NULL,            -- how many
  sheet TEXT NOT NULL                   -- JSON
);
CREATE INDEX visits_account ON visits (account);
CREATE INDEX visits_department ON visits (department, filed_at);
CREATE TABLE visit_supplements (
  visit INTEGER NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL, photos TEXT NOT NULL,
  PRIMARY KEY (visit, n)
);
