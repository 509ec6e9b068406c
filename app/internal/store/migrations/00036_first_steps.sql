-- +goose Up
-- How soon the first step of a matter was taken is asked of all that came of ratings:
-- it stands beside when the matter began.
ALTER TABLE matters ADD COLUMN first_at INTEGER NOT NULL DEFAULT 0; -- 0 = none was taken
ALTER TABLE matters ADD COLUMN first_action TEXT NOT NULL DEFAULT '';
UPDATE matters SET first_at = s.at, first_action = s.action FROM matter_steps s WHERE s.matter = matters.id AND s.n = 1;
-- +goose StatementBegin
CREATE TRIGGER matter_first_step AFTER INSERT ON matter_steps WHEN new.n = 1 BEGIN
  UPDATE matters SET first_at = new.at, first_action = new.action WHERE id = new.matter;
END;
-- +goose StatementEnd
CREATE INDEX matters_first ON matters (source, CASE begun_at WHEN 0 THEN opened_at ELSE begun_at END, first_at, first_action, source_id, department);
