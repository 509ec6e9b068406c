-- +goose Up
-- Authenticator apps' secrets (RFC 6238). They are here and nowhere else.
CREATE TABLE factors (
  account INTEGER PRIMARY KEY,
  secret TEXT NOT NULL,                 -- base32, as the app has it
  salt BLOB NOT NULL,                   -- of its recovery codes' hashes
  since INTEGER NOT NULL,               -- when it was confirmed; 0: shown, but no code has come yet
  step INTEGER NOT NULL DEFAULT 0       -- the half minute since 1970 of the last code that was taken
);
-- Codes for who has lost the phone; each works once.
CREATE TABLE recovery_codes (
  account INTEGER NOT NULL, code TEXT NOT NULL, -- hashed
  PRIMARY KEY (account, code)
) WITHOUT ROWID;
