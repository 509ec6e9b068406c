-- +goose Up
-- What comes of findings: of visits, and of reviews that ended improper.
CREATE TABLE matters (
  id INTEGER PRIMARY KEY,               -- from 1, in the order in which they came up
  source TEXT NOT NULL,                 -- visit, review
  source_id INTEGER NOT NULL,           -- the visit or the review
  finding INTEGER NOT NULL,             -- which of the visit's, from 1; 0 = the review as a whole
  department TEXT NOT NULL,
  category TEXT NOT NULL,               -- of a visit's finding; of a review: its kind
  severity TEXT NOT NULL,               -- of a visit's finding; of a review: empty
  fact TEXT NOT NULL,                   -- in the words of who noted it; departments never see it
  reasons TEXT NOT NULL,                -- JSON; what a review's reviewers ticked
  case_id INTEGER NOT NULL, item TEXT NOT NULL, place TEXT NOT NULL,
  seen_at INTEGER NOT NULL,             -- of a visit; 0 = unknown
  opened_at INTEGER NOT NULL,
  state TEXT NOT NULL, done INTEGER NOT NULL,
  UNIQUE (source, source_id, finding)
);
CREATE INDEX matters_department ON matters (department, done);
CREATE INDEX matters_done ON matters (done);
CREATE TABLE matter_steps (
  matter INTEGER NOT NULL, n INTEGER NOT NULL,
  action TEXT NOT NULL, account INTEGER NOT NULL, at INTEGER NOT NULL,
  fields TEXT NOT NULL,                 -- JSON
  PRIMARY KEY (matter, n)
) WITHOUT ROWID;
-- What was filed and decided before there were matters becomes one too, as it
-- does when the journal is folded anew.
INSERT INTO matters (id, source, source_id, finding, department, category, severity, fact, reasons, case_id, item, place, seen_at, opened_at, state, done)
SELECT row_number() OVER (ORDER BY at, source, source_id, finding), source, source_id, finding, department, category, severity, fact, reasons, case_id, item, place, seen_at, at, 'assess', 0
FROM (
  SELECT v.filed_at AS at, 'visit' AS source, v.id AS source_id, f.key + 1 AS finding, v.department,
    f.value ->> 'category' AS category, f.value ->> 'severity' AS severity, f.value ->> 'fact' AS fact, '[]' AS reasons,
    0 AS case_id, coalesce(v.sheet ->> '$.sheet.item', '') AS item,
    trim(coalesce(v.sheet ->> '$.sheet.place', '') || ' ' || coalesce(v.sheet ->> '$.sheet.window', '')) AS place, v.arrived_at AS seen_at
  FROM visits v, json_each(v.sheet, '$.sheet.findings') f
  UNION ALL
  SELECT r.done_at, 'review', r.id, 0, r.department, r.kind, '',
    coalesce((SELECT group_concat(note, char(10)) FROM (SELECT note FROM review_seats WHERE review = r.id AND state = 'in' AND verdict = 'improper' AND note <> '' ORDER BY seat)), ''),
    (SELECT json_group_array(value) FROM (SELECT DISTINCT t.value FROM review_seats s, json_each(s.reasons) t WHERE s.review = r.id AND s.state = 'in' AND s.verdict = 'improper' ORDER BY t.value)),
    r.case_id, r.item, '', 0
  FROM reviews r WHERE r.state = 'done' AND r.verdict = 'improper'
);
