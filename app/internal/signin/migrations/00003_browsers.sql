-- +goose Up
-- Browsers in which an account has signed in before: strangers' failures do not
-- lock it there.
CREATE TABLE browsers (
  token TEXT NOT NULL,                  -- hashed
  account INTEGER NOT NULL, expires INTEGER NOT NULL,
  PRIMARY KEY (token, account)
) WITHOUT ROWID;
CREATE INDEX browsers_account ON browsers (account, expires);
