-- +goose Up
-- The journal's signature over what follows from none of its records, whole: which
-- streams are read, for what moments departments are judged, how much was refused.
CREATE TABLE seals (
  what TEXT PRIMARY KEY,
  seal BLOB NOT NULL
) WITHOUT ROWID;
