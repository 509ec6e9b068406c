-- +goose Up
-- Acts by their type, by type and account, and by when they were done, for who
-- looks for some of them. A body is JSON, which SQLite reads from text only.
CREATE INDEX journal_act_types ON journal (CAST(body AS TEXT) ->> '$.type') WHERE kind = 9;
CREATE INDEX journal_act_people ON journal (CAST(body AS TEXT) ->> '$.type', CAST(body AS TEXT) ->> '$.by') WHERE kind = 9;
CREATE INDEX journal_act_times ON journal (observed_at) WHERE kind = 9;
