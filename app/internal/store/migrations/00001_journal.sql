-- +goose Up
-- The journal: append-only, the only table that is not derived. Times are
-- microseconds since 1970 UTC everywhere; 0 = none.
CREATE TABLE journal (
  seq         INTEGER PRIMARY KEY,      -- from 1, without gaps
  kind        INTEGER NOT NULL,         -- journal.Kind
  corrects    INTEGER NOT NULL,         -- the record this one corrects, 0 = none
  observed_at INTEGER NOT NULL,
  body        BLOB    NOT NULL,
  dept        INTEGER NOT NULL,         -- derived from body from here on
  source_id   TEXT    NOT NULL,
  case_id     INTEGER NOT NULL          -- 0 = of no case
);
CREATE UNIQUE INDEX journal_source ON journal (dept, kind, source_id) WHERE corrects = 0;
CREATE INDEX journal_case ON journal (case_id) WHERE case_id > 0;
CREATE INDEX journal_holidays ON journal (seq) WHERE kind = 8;
CREATE INDEX journal_corrects ON journal (corrects) WHERE corrects > 0;

-- The Merkle tree over it (journal.Tile) and what was signed.
CREATE TABLE tiles (level INTEGER NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, n)) WITHOUT ROWID;
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, at INTEGER NOT NULL, note TEXT NOT NULL);

-- Where each adapter's streams stand; moved in the transaction that takes the batch.
CREATE TABLE cursors (
  adapter TEXT NOT NULL, stream TEXT NOT NULL, cursor BLOB NOT NULL,
  records INTEGER NOT NULL, caught_up INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  PRIMARY KEY (adapter, stream)
) WITHOUT ROWID;

-- What intake could not take, kept with the reason.
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY, adapter TEXT NOT NULL, stream TEXT NOT NULL, dept TEXT NOT NULL,
  source_id TEXT NOT NULL, code TEXT NOT NULL, reason_zh TEXT NOT NULL, reason_en TEXT NOT NULL,
  raw BLOB NOT NULL, raw_size INTEGER NOT NULL, observed_at INTEGER NOT NULL, digest BLOB NOT NULL UNIQUE
);
CREATE INDEX quarantine_adapter ON quarantine (adapter, id);

-- Everything below is derived from the journal and can be rebuilt from it.
CREATE TABLE departments (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, name_en TEXT NOT NULL,
  adapter TEXT NOT NULL, duties INTEGER NOT NULL, seq INTEGER NOT NULL,
  watermark INTEGER NOT NULL DEFAULT 0, -- latest moment its own records speak of
  judged_at INTEGER NOT NULL DEFAULT 0  -- moment its findings are true for
);
CREATE TABLE items (
  id INTEGER PRIMARY KEY, dept INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
  seq INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (dept, code)
);

CREATE TABLE cases (
  id INTEGER PRIMARY KEY,               -- journal number of its first record
  dept INTEGER NOT NULL, item INTEGER NOT NULL, case_no TEXT NOT NULL,
  state INTEGER NOT NULL, outcome INTEGER NOT NULL, level INTEGER NOT NULL, flags INTEGER NOT NULL,
  received_at INTEGER NOT NULL, accepted_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, sent_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL, statutory_due_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,             -- when time alone changes its findings, 0 = never
  limit_n INTEGER NOT NULL, limit_unit INTEGER NOT NULL, used INTEGER NOT NULL, extended INTEGER NOT NULL,
  requests INTEGER NOT NULL, paused INTEGER NOT NULL, events INTEGER NOT NULL,
  applicant TEXT NOT NULL, project TEXT NOT NULL, handler TEXT NOT NULL, hall_window TEXT NOT NULL
);
CREATE UNIQUE INDEX cases_no ON cases (case_no, dept);
CREATE INDEX cases_received ON cases (received_at);
CREATE INDEX cases_dept_received ON cases (dept, received_at);
CREATE INDEX cases_item_received ON cases (item, received_at);
CREATE INDEX cases_open_due ON cases (due_at) WHERE ended_at = 0;
CREATE INDEX cases_open_dept_due ON cases (dept, due_at) WHERE ended_at = 0;
CREATE INDEX cases_open_state ON cases (state, received_at) WHERE ended_at = 0;
CREATE INDEX cases_open_received ON cases (received_at) WHERE ended_at = 0;
CREATE INDEX cases_found ON cases (received_at) WHERE level > 0;
CREATE INDEX cases_overdue ON cases (received_at) WHERE flags & 1 = 1;
CREATE INDEX cases_ended ON cases (ended_at) WHERE ended_at > 0;
CREATE INDEX cases_level ON cases (level, received_at) WHERE level > 0;
CREATE INDEX cases_dept_level ON cases (dept, level, received_at) WHERE level > 0;
CREATE INDEX cases_next ON cases (dept, next_at) WHERE next_at > 0;

CREATE TABLE findings (
  case_id INTEGER NOT NULL, rule TEXT NOT NULL, key TEXT NOT NULL,
  dept INTEGER NOT NULL, item INTEGER NOT NULL, level INTEGER NOT NULL, state INTEGER NOT NULL,
  raised_at INTEGER NOT NULL, settled_at INTEGER NOT NULL,
  evidence TEXT NOT NULL, words_zh TEXT NOT NULL, words_en TEXT NOT NULL,
  changed_seq INTEGER NOT NULL,         -- journal number under which it was last told to listeners
  PRIMARY KEY (case_id, rule, key)
);
CREATE INDEX findings_raised ON findings (raised_at);
CREATE INDEX findings_dept ON findings (dept, raised_at);
CREATE INDEX findings_rule ON findings (rule, raised_at);
CREATE INDEX findings_level ON findings (level, raised_at);
CREATE INDEX findings_state ON findings (state, raised_at);
CREATE INDEX findings_changed ON findings (changed_seq);

-- Registers: our computation and the department's own report in one row.
-- id = the case, or minus the report's journal number where we compute nothing.
CREATE TABLE register_overdue (
  id INTEGER PRIMARY KEY, dept INTEGER NOT NULL, item INTEGER NOT NULL, case_id INTEGER NOT NULL, case_no TEXT NOT NULL,
  agreement INTEGER NOT NULL, clock INTEGER NOT NULL, sort_at INTEGER NOT NULL, due_at INTEGER NOT NULL, over_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL, over_by INTEGER NOT NULL, unit INTEGER NOT NULL, paused INTEGER NOT NULL,
  report_seq INTEGER NOT NULL, reported_at INTEGER NOT NULL, reported_over_by TEXT NOT NULL,
  responsible TEXT NOT NULL, explanation TEXT NOT NULL
);
CREATE INDEX register_overdue_sort ON register_overdue (sort_at);
CREATE INDEX register_overdue_dept ON register_overdue (dept, sort_at);
CREATE INDEX register_overdue_agreement ON register_overdue (agreement, sort_at);

CREATE TABLE register_rejections (
  id INTEGER PRIMARY KEY, dept INTEGER NOT NULL, item INTEGER NOT NULL, case_id INTEGER NOT NULL, case_no TEXT NOT NULL,
  agreement INTEGER NOT NULL, stage INTEGER NOT NULL, sort_at INTEGER NOT NULL, decided_at INTEGER NOT NULL,
  reason TEXT NOT NULL, legal_basis TEXT NOT NULL, remedies_told INTEGER NOT NULL, notice_no TEXT NOT NULL,
  filing_seq INTEGER NOT NULL, filing_no TEXT NOT NULL, filed_at INTEGER NOT NULL, leader_opinion TEXT NOT NULL
);
CREATE INDEX register_rejections_sort ON register_rejections (sort_at);
CREATE INDEX register_rejections_dept ON register_rejections (dept, sort_at);
CREATE INDEX register_rejections_agreement ON register_rejections (agreement, sort_at);

-- Reports that name a case, so that a case finds its own (case_no may come before the case).
CREATE TABLE reports (
  seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, dept INTEGER NOT NULL, case_no TEXT NOT NULL
);
CREATE INDEX reports_case ON reports (dept, case_no);

CREATE TABLE authorizations (
  id INTEGER PRIMARY KEY,               -- journal number of the first record
  seq INTEGER NOT NULL,                 -- of the version that holds
  dept INTEGER NOT NULL, auth_no TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL, revoked_at INTEGER NOT NULL,
  rep TEXT NOT NULL, stand_in TEXT NOT NULL
);
CREATE INDEX authorizations_dept ON authorizations (dept, valid_from);

-- Counters of the live board: day = days since 1970 in the office's zone; day 0 = standing totals.
CREATE TABLE figures (
  dept INTEGER NOT NULL, day INTEGER NOT NULL,
  open INTEGER NOT NULL, paused INTEGER NOT NULL, warn INTEGER NOT NULL, yellow INTEGER NOT NULL, red INTEGER NOT NULL,
  received INTEGER NOT NULL, ended INTEGER NOT NULL, rejected INTEGER NOT NULL, findings INTEGER NOT NULL,
  on_the_spot INTEGER NOT NULL, committed INTEGER NOT NULL, early INTEGER NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (dept, day)
) WITHOUT ROWID;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
