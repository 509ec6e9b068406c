-- +goose Up
-- Roles that sign in with a second factor; the factors are in the file of
-- passwords.
CREATE TABLE factor_roles (
  role TEXT PRIMARY KEY,
  act INTEGER NOT NULL                  -- journal number of the act that says so
) WITHOUT ROWID;
