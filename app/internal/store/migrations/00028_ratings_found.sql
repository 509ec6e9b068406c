-- +goose Up
-- Ratings that are looked for by what few have.
CREATE INDEX ratings_rewritten ON ratings (rated_at) WHERE rewritten_at > 0;
-- What was written is looked through without the table; most write nothing.
CREATE INDEX ratings_texts ON ratings (text) WHERE text <> '';
-- Figures of a span without the table.
DROP INDEX ratings_figures;
CREATE INDEX ratings_figures ON ratings (rated_at, dept, counted, level);
