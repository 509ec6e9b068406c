package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Snapshot lends a Writer that sees one moment of the database and can write
// nothing, so that it may run beside a console at work.
func (s *Store) Snapshot(ctx context.Context, f func(*Writer) error) error {
	c, err := dial(s.dsn(readerSettings))
	if err != nil {
		return s.databaseFault(err)
	}
	defer c.close()
	if err := c.exec(`BEGIN`); err != nil {
		return s.databaseFault(err)
	}
	w := &Writer{c: c, cal: s.cal, figures: map[figureKey]*counters{}}
	if _, err := c.prepare(`SELECT max(seq) FROM journal`).one(func(r []driver.Value) error {
		w.head = uint64(integer(r[0]))
		return nil
	}); err != nil {
		return s.databaseFault(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f(w)
}

// OpenScratch opens an empty store in a temporary folder, to fold records into
// once more.
func OpenScratch(like *Writer) (*Store, error) {
	dir, err := os.MkdirTemp("", "mingcha-verify-")
	if err != nil {
		return nil, err
	}
	s, err := Open(context.Background(), dir, like.cal)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	s.scratch = true
	return s, nil
}

// RegistryTables are the derived tables that do not hang on cases.
var RegistryTables = []string{"departments", "items", "authorizations", "ratings", "reports"}

// registryColumns leaves out what moves with time.
var registryColumns = map[string]string{
	"departments":    "id, code, name, name_en, adapter, duties, seq",
	"items":          "id, dept, code, name, seq, body",
	"authorizations": "id, seq, dept, auth_no, valid_from, valid_to, revoked_at, rep, stand_in",
	"reports":        "seq, kind, dept, case_no",
}

// Compare names the first row in which a table differs from another store's.
func (w *Writer) Compare(other *Writer, table string) (string, error) {
	columns := registryColumns[table]
	if columns == "" {
		columns = "*"
	}
	query := "SELECT " + columns + " FROM " + table + " ORDER BY 1, 2"
	read := func(c *conn) (rows []string, err error) {
		err = c.prepare(query).each(func(r []driver.Value) error {
			rows = append(rows, fmt.Sprintf("%v", r))
			return nil
		})
		return rows, err
	}
	mine, err := read(w.c)
	if err != nil {
		return "", err
	}
	theirs, err := read(other.c)
	if err != nil {
		return "", err
	}
	for i := range max(len(mine), len(theirs)) {
		switch {
		case i >= len(mine):
			return "- " + theirs[i], nil
		case i >= len(theirs):
			return "+ " + mine[i], nil
		case mine[i] != theirs[i]:
			return mine[i] + " ≠ " + theirs[i], nil
		}
	}
	return "", nil
}

// EachRecord calls f with every record in order.
func (w *Writer) EachRecord(f func(RecordRow) error) error {
	return w.c.prepare(`SELECT ` + recordColumns + ` FROM journal ORDER BY seq`).each(func(r []driver.Value) error {
		return f(scanRecord(r))
	})
}

// Tile reads a stored tile.
func (w *Writer) Tile(level int, n int64) ([]byte, error) { return w.tile(level, n) }

// Checkpoints reads every signed checkpoint's note.
func (w *Writer) Checkpoints() (notes []string, err error) {
	err = w.c.prepare(`SELECT note FROM checkpoints ORDER BY size`).each(func(r []driver.Value) error {
		notes = append(notes, text(r[0]))
		return nil
	})
	return notes, err
}

// CountCases counts the cases.
func (w *Writer) CountCases() (n int64, err error) {
	_, err = w.c.prepare(`SELECT count(*) FROM cases`).one(func(r []driver.Value) error {
		n = integer(r[0])
		return nil
	})
	return n, err
}

// CaseIDs lists case ids in order.
func (w *Writer) CaseIDs(after uint64, limit int) (ids []uint64, err error) {
	err = w.c.prepare(`SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?`).each(func(r []driver.Value) error {
		ids = append(ids, uint64(integer(r[0])))
		return nil
	}, int64(after), int64(limit))
	return ids, err
}

// OverdueByID reads a row of the overdue register.
func (w *Writer) OverdueByID(id int64) (o OverdueRegisterRow, found bool, err error) {
	found, err = w.c.prepare(`SELECT id, dept, item, case_id, case_no, agreement, clock, sort_at, due_at, over_at, ended_at,
		over_by, unit, paused, report_seq, reported_at, reported_over_by, responsible, explanation FROM register_overdue WHERE id = ?`).one(func(r []driver.Value) error {
		o = OverdueRegisterRow{ID: integer(r[0]), Dept: integer(r[1]), Item: integer(r[2]), Case: uint64(integer(r[3])), CaseNo: text(r[4]),
			Agreement: uint8(integer(r[5])), Clock: uint8(integer(r[6])), Sort: integer(r[7]), Due: integer(r[8]), Over: integer(r[9]), Ended: integer(r[10]),
			OverBy: int(integer(r[11])), Unit: uint8(integer(r[12])), Paused: int(integer(r[13])), ReportSeq: uint64(integer(r[14])),
			Reported: integer(r[15]), ReportedOverBy: text(r[16]), Responsible: text(r[17]), Explanation: text(r[18])}
		return nil
	}, id)
	return o, found, err
}

// RejectionByID reads a row of the rejections register.
func (w *Writer) RejectionByID(id int64) (o RejectionRegisterRow, found bool, err error) {
	found, err = w.c.prepare(`SELECT id, dept, item, case_id, case_no, agreement, stage, sort_at, decided_at, reason, legal_basis,
		remedies_told, notice_no, filing_seq, filing_no, filed_at, leader_opinion FROM register_rejections WHERE id = ?`).one(func(r []driver.Value) error {
		o = RejectionRegisterRow{ID: integer(r[0]), Dept: integer(r[1]), Item: integer(r[2]), Case: uint64(integer(r[3])), CaseNo: text(r[4]),
			Agreement: uint8(integer(r[5])), Stage: uint8(integer(r[6])), Sort: integer(r[7]), Decided: integer(r[8]),
			Reason: text(r[9]), LegalBasis: text(r[10]), RemediesTold: integer(r[11]) != 0, NoticeNo: text(r[12]),
			FilingSeq: uint64(integer(r[13])), FilingNo: text(r[14]), Filed: integer(r[15]), LeaderOpinion: text(r[16])}
		return nil
	}, id)
	return o, found, err
}

// orphanQueries find rows that hang on nothing.
var orphanQueries = []struct{ table, query string }{
	{"journal", `SELECT seq FROM journal WHERE kind = 3 AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = journal.case_id) LIMIT 1`},
	{"findings", `SELECT case_id FROM findings WHERE case_id NOT IN (SELECT id FROM cases) LIMIT 1`},
	{"register_overdue", `SELECT id FROM register_overdue WHERE id > 0 AND id NOT IN (SELECT id FROM cases) OR id < 0 AND -id NOT IN (SELECT seq FROM reports) LIMIT 1`},
	{"register_rejections", `SELECT id FROM register_rejections WHERE id > 0 AND id NOT IN (SELECT id FROM cases) OR id < 0 AND -id NOT IN (SELECT seq FROM reports) LIMIT 1`},
}

// Orphan names a table with a row that no record accounts for; empty if none.
func (w *Writer) Orphan() (string, error) {
	for _, q := range orphanQueries {
		found, err := w.c.prepare(q.query).one(func([]driver.Value) error { return nil })
		if err != nil || found {
			return q.table, err
		}
	}
	return "", nil
}

// RecountFigures counts all cases and findings again and names the first
// counter that differs; empty if none does.
func (w *Writer) RecountFigures() (string, error) {
	clear(w.figures)
	defer clear(w.figures)
	if err := w.c.prepare(`SELECT ` + caseColumns + ` FROM cases`).each(func(r []driver.Value) error {
		c := scanCase(r)
		w.count(&c, 1)
		return nil
	}); err != nil {
		return "", err
	}
	if err := w.c.prepare(`SELECT dept, raised_at FROM findings`).each(func(r []driver.Value) error {
		if raised := integer(r[1]); raised > 0 {
			w.at(integer(r[0]), 0, raised).findings++
		}
		return nil
	}); err != nil {
		return "", err
	}
	var differs []string
	err := w.c.prepare(`SELECT dept, day, open, paused, warn, yellow, red, received, ended, rejected, findings, on_the_spot, committed, early, used FROM figures`).each(func(r []driver.Value) error {
		k := figureKey{integer(r[0]), workday.Date(integer(r[1]))}
		stored := counters{open: integer(r[2]), paused: integer(r[3]), warn: integer(r[4]), yellow: integer(r[5]), red: integer(r[6]),
			received: integer(r[7]), ended: integer(r[8]), rejected: integer(r[9]), findings: integer(r[10]),
			onTheSpot: integer(r[11]), committed: integer(r[12]), early: integer(r[13]), used: integer(r[14])}
		var counted counters
		if c := w.figures[k]; c != nil {
			counted = *c
		}
		delete(w.figures, k)
		if stored != counted {
			differs = append(differs, fmt.Sprintf("department %d, day %s: stored %+v, counted %+v", k.dept, dayName(k.day), stored, counted))
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	for k, c := range w.figures {
		if *c != (counters{}) {
			differs = append(differs, fmt.Sprintf("department %d, day %s: nothing stored, counted %+v", k.dept, dayName(k.day), *c))
		}
	}
	slices.Sort(differs)
	if len(differs) == 0 {
		return "", nil
	}
	return differs[0], nil
}

func dayName(d workday.Date) string {
	if d == 0 {
		return "standing"
	}
	return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly)
}

// removeScratch deletes a scratch store's folder.
func (s *Store) removeScratch() error {
	if !s.scratch || !strings.HasPrefix(filepath.Base(s.dir), "mingcha-verify-") {
		return nil
	}
	return os.RemoveAll(s.dir)
}
