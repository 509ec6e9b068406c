-- +goose Up
-- Visits are looked for by how they were made, what was found and what was written
-- down, without reading their sheets: those are JSON, and taken apart once, when a
-- sheet is filed.
ALTER TABLE visits ADD COLUMN mode TEXT NOT NULL DEFAULT '';
ALTER TABLE visits ADD COLUMN found TEXT NOT NULL DEFAULT ''; -- ,late,slow,
ALTER TABLE visits ADD COLUMN words TEXT NOT NULL DEFAULT ''; -- what was written down, a line each
CREATE INDEX visits_found ON visits (mode, found, department, arrived_at, words);
-- +goose StatementBegin
CREATE TRIGGER visit_filed AFTER INSERT ON visits BEGIN
  UPDATE visits SET mode = coalesce(new.sheet ->> '$.sheet.mode', ''),
    found = coalesce((SELECT ',' || group_concat(value ->> '$.category', ',') || ',' FROM json_each(new.sheet, '$.sheet.findings')), ''),
    words = coalesce((SELECT group_concat(value, char(10)) FROM json_tree(new.sheet, '$.sheet')
      WHERE key IN ('place', 'window', 'item', 'note', 'suggestion', 'fact') AND type = 'text'), '')
  WHERE id = new.id;
END;
-- +goose StatementEnd
UPDATE visits SET mode = coalesce(sheet ->> '$.sheet.mode', ''),
  found = coalesce((SELECT ',' || group_concat(value ->> '$.category', ',') || ',' FROM json_each(sheet, '$.sheet.findings')), ''),
  words = coalesce((SELECT group_concat(value, char(10)) FROM json_tree(sheet, '$.sheet')
    WHERE key IN ('place', 'window', 'item', 'note', 'suggestion', 'fact') AND type = 'text'), '');
