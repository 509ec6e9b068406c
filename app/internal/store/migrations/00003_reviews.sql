-- +goose Up
-- What volunteers review. A draw is a sample with the certificate to re-check it.
CREATE TABLE draws (
  id INTEGER PRIMARY KEY,               -- journal number of the act
  name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at INTEGER NOT NULL,
  candidates INTEGER NOT NULL, drawn INTEGER NOT NULL,
  certificate TEXT NOT NULL             -- JSON
);
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY,               -- from 1, in the order in which they were put up
  kind TEXT NOT NULL,                   -- volunteers.Kind
  subject TEXT NOT NULL UNIQUE,         -- what is reviewed; nothing is reviewed twice
  case_id INTEGER NOT NULL, department TEXT NOT NULL, item TEXT NOT NULL,
  draw INTEGER NOT NULL,                -- 0 = put up by hand
  state TEXT NOT NULL,                  -- open, third, done
  verdict TEXT NOT NULL,                -- empty until done
  created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, done_at INTEGER NOT NULL
);
CREATE INDEX reviews_state ON reviews (state, created_at);
CREATE TABLE review_seats (
  review INTEGER NOT NULL, seat INTEGER NOT NULL, account INTEGER NOT NULL,
  state TEXT NOT NULL,                  -- assigned, declared, refused, in
  verdict TEXT NOT NULL, reasons TEXT NOT NULL, note TEXT NOT NULL,
  conflict TEXT NOT NULL,               -- empty, or why it was refused
  assigned_at INTEGER NOT NULL, done_at INTEGER NOT NULL,
  PRIMARY KEY (review, seat)
);
CREATE INDEX review_seats_account ON review_seats (account, state);
