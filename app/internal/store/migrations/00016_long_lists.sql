-- +goose Up
-- Lists and figures cost what they show, also of an office that has worked for years.
--
-- The deadline that a matter is under: working days after the day of limit_from.
-- When that is depends on the holiday lists, and is reckoned when it is asked for.
ALTER TABLE matters ADD COLUMN limit_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matters ADD COLUMN limit_days INTEGER NOT NULL DEFAULT 0; -- 0 = done
UPDATE matters SET
  limit_from = coalesce((SELECT max(at) FROM matter_steps WHERE matter = id AND action NOT IN ('ask_extension', 'grant', 'refuse')),
    CASE begun_at WHEN 0 THEN opened_at ELSE begun_at END),
  limit_days = coalesce((SELECT CASE WHEN action IN ('reply', 'reply_for', 'object', 'record') THEN 2 ELSE 5 END FROM matter_steps
      WHERE matter = id AND action NOT IN ('ask_extension', 'grant', 'refuse') ORDER BY n DESC LIMIT 1),
    CASE source WHEN 'rating' THEN 1 ELSE 2 END)
    + coalesce((SELECT sum(fields ->> '$.days') FROM matter_steps g WHERE g.matter = id AND g.action = 'grant' AND g.n >
      (SELECT max(n) FROM matter_steps WHERE matter = id AND action NOT IN ('ask_extension', 'grant', 'refuse'))), 0)
WHERE done = 0;
CREATE INDEX matters_state ON matters (state);
CREATE INDEX matters_opened ON matters (department, opened_at, state);
CREATE INDEX ratings_seq ON ratings (seq);
CREATE INDEX ratings_figures ON ratings (rated_at, dept, level);
CREATE INDEX visits_arrived ON visits (department, arrived_at);
CREATE INDEX visit_plans_date ON visit_plans (date);
CREATE INDEX reviews_department ON reviews (department, state);
CREATE INDEX review_seats_assigned ON review_seats (assigned_at);
CREATE INDEX review_seats_employer ON review_seats (account, review) WHERE conflict = 'employer';
DROP INDEX callbacks_draw;
CREATE INDEX callbacks_draw ON callbacks (draw, state, own, now, level);
