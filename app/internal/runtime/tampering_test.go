package runtime

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// past is a folder with six days of history, each signed, in which there is
// something of everything; and what people keep of it elsewhere.
type past struct {
	dir     string
	early   string            // the folder as it was on the third day
	noted   string            // the last checkpoint, as somebody keeps it
	printed string            // and as a report prints it
	files   map[string][]byte // of the folder at its end
}

func makePast(t *testing.T) *past {
	t.Helper()
	f := officetest.Open(t, "2026-09-21 10:00", Folders...)
	ctx := t.Context()
	at := func(s string) *timestamppb.Timestamp { return timestamppb.New(officetest.When(s)) }
	desc := &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS, pb.Capability_CAPABILITY_REJECTIONS,
		pb.Capability_CAPABILITY_OVERDUE, pb.Capability_CAPABILITY_AUTHORIZATIONS}}
	days := func(n int32) *pb.Limit { return &pb.Limit{N: n, Unit: pb.Unit_UNIT_WORKING_DAYS} }
	f.Must(f.Intake.Catalogue(ctx, "a", desc, []*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{
		{Department: "GH", Code: "I1", Name: "建设用地规划许可证核发", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: days(5), Statutory: days(20), InHall: true}}))
	n := 0
	events := func(all ...*pb.Event) {
		t.Helper()
		n++
		b := &pb.EventsResponse{Cursor: fmt.Appendf(nil, "at-%d", n), CaughtUp: true}
		for _, e := range all {
			b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: e}})
		}
		f.Must(f.Intake.Events(ctx, "a", b))
	}
	event := func(no string, kind pb.EventKind, when string) *pb.Event {
		return &pb.Event{SourceId: no + "-" + kind.String(), Department: "GH", CaseNo: no, ItemCode: "I1", Kind: kind, OccurredAt: at(when), EnteredAt: at(when), Window: "3",
			Handler: &pb.Person{Name: "李窗口"}, Application: &pb.Application{ApplicantName: "王小明"}}
	}
	accepted := func(no, when string) *pb.Event { return event(no, pb.EventKind_EVENT_KIND_ACCEPTED, when) }
	decided := func(no, when string, outcome pb.Outcome) *pb.Event {
		e := event(no, pb.EventKind_EVENT_KIND_DECIDED, when)
		e.Decision = &pb.Decision{Outcome: outcome}
		return e
	}
	sign := func() journal.Checkpoint {
		t.Helper()
		cp, err := f.Intake.Checkpoint(ctx)
		f.Must(err)
		return cp
	}
	f.Account("wang", access.Staff, "")
	events(accepted("GH-2026-001", "2026-09-21 09:00"), accepted("GH-2026-002", "2026-09-21 09:10"), accepted("GH-2026-003", "2026-09-21 09:20"))
	sign()
	f.At("2026-09-22 10:00")
	unknown := accepted("GH-2026-009", "2026-09-22 09:00")
	unknown.ItemCode = "I9"
	events(decided("GH-2026-002", "2026-09-22 09:30", pb.Outcome_OUTCOME_GRANTED), unknown)
	sign()
	f.At("2026-09-23 10:00")
	f.Account("li", access.Duty, "")
	early := filepath.Join(t.TempDir(), "early.zip")
	sign()
	f.Must(Backup(ctx, f.Dir, early))
	f.At("2026-09-24 10:00")
	pause := event("GH-2026-003", pb.EventKind_EVENT_KIND_PAUSED, "2026-09-24 09:00")
	pause.Pause = &pb.Pause{Kind: "expert_review"}
	events(pause)
	f.Must(f.Intake.Authorizations(ctx, "a", &pb.AuthorizationsResponse{Cursor: []byte("z"), CaughtUp: true, Records: []*pb.AuthorizationRecord{{Record: &pb.AuthorizationRecord_Authorization{
		Authorization: &pb.Authorization{SourceId: "z1", Department: "GH", AuthNo: "Z-1", ValidFrom: at("2026-09-01 00:00"), ValidTo: at("2026-12-01 00:00"), Rep: &pb.Person{Name: "赵"}}}}}}))
	sign()
	f.At("2026-10-12 10:00")
	events(decided("GH-2026-001", "2026-10-12 09:00", pb.Outcome_OUTCOME_REFUSED), accepted("GH-2026-004", "2026-09-28 09:00"), accepted("GH-2026-005", "2026-10-12 09:30"))
	f.Must(f.Intake.Rejections(ctx, "a", &pb.RejectionsResponse{Cursor: []byte("r"), CaughtUp: true, Records: []*pb.RejectionRecord{{Record: &pb.RejectionRecord_Rejection{
		Rejection: &pb.Rejection{SourceId: "r1", Department: "GH", CaseNo: "GH-2026-001", FilingNo: "否1", FiledAt: at("2026-10-12 09:30"), Reason: "不符合规划"}}}}}))
	f.Must(f.Intake.Ratings(ctx, "a", &pb.RatingsResponse{Cursor: []byte("p"), CaughtUp: true, Records: []*pb.RatingRecord{{Record: &pb.RatingRecord_Rating{
		Rating: &pb.Rating{SourceId: "p1", Department: "GH", CaseNo: "GH-2026-002", Level: pb.RatingLevel_RATING_LEVEL_VERY_DISSATISFIED, RatedAt: at("2026-09-30 09:00")}}}}}))
	// Decided a day late, as it seems; corrected, it was in time.
	events(accepted("GH-2026-006", "2026-09-21 09:00"), decided("GH-2026-006", "2026-09-29 10:00", pb.Outcome_OUTCOME_GRANTED))
	events(decided("GH-2026-006", "2026-09-28 10:00", pb.Outcome_OUTCOME_GRANTED))
	sign()
	f.At("2026-10-13 10:00")
	_, _, err := f.Intake.Act(ctx, intake.Act{Key: "large-export", Type: "access.exported", Data: map[string]any{"list": "cases", "format": "csv", "filter": map[string]string{"text": strings.Repeat("明察", 20_000)}}})
	f.Must(err)
	last := sign()
	f.Verify()
	f.Close()
	p := &past{dir: f.Dir, early: early, noted: last.Note, printed: fmt.Sprintf("存证 %s · %d · %s", last.Origin, last.Size, last.Root), files: map[string][]byte{}}
	for _, name := range append([]string{store.DatabaseFile}, journal.Files...) {
		b, err := os.ReadFile(filepath.Join(f.Dir, name))
		f.Must(err)
		p.files[name] = b
	}
	f.Reopen() // for Cleanup
	return p
}

// copy is a copy of the folder to tamper with.
func (p *past) copy(t *testing.T) *forger {
	t.Helper()
	dir := t.TempDir()
	for name, b := range p.files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return &forger{t, p, dir}
}

// forger changes a folder behind the console's back.
type forger struct {
	*testing.T
	p   *past
	dir string
}

func (f *forger) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *forger) file(name string) string { return filepath.Join(f.dir, name) }

// sql runs statements.
func (f *forger) sql(statements ...string) {
	f.Helper()
	db, err := sql.Open("sqlite3", f.file(store.DatabaseFile)+"?_busy_timeout=1000")
	f.must(err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		r, err := db.Exec(s)
		if err != nil {
			f.Fatalf("%s: %v", s, err)
		}
		if n, err := r.RowsAffected(); err == nil && n == 0 && (strings.HasPrefix(s, "UPDATE") || strings.HasPrefix(s, "DELETE") || strings.HasPrefix(s, "INSERT")) {
			f.Fatalf("%s changes nothing: the test tests nothing", s)
		}
	}
}

// retree makes the tree anew over whatever records there are, as one who knows
// the format would.
func (f *forger) retree() {
	f.Helper()
	db, err := sql.Open("sqlite3", f.file(store.DatabaseFile))
	f.must(err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	rows, err := db.Query(`SELECT kind, corrects, observed_at, body FROM journal ORDER BY seq`)
	f.must(err)
	tree, err := journal.OpenTree(0, nil)
	f.must(err)
	for rows.Next() {
		var r journal.Record
		var kind, observed int64
		f.must(rows.Scan(&kind, &r.Corrects, &observed, &r.Body))
		r.Kind, r.ObservedAt = journal.Kind(kind), time.UnixMicro(observed)
		tree.Append(r.Hash())
	}
	f.must(errors.Join(rows.Err(), rows.Close()))
	_, err = db.Exec(`DELETE FROM tiles`)
	f.must(err)
	f.must(tree.Flush(func(t journal.Tile) error {
		_, err := db.Exec(`INSERT INTO tiles (level, n, hashes) VALUES (?,?,?)`, t.Level, t.N, t.Hashes)
		return err
	}))
}

// withdrawn is the state of findings that were taken back, as the database has it.
var withdrawn = fmt.Sprint(store.FindingWithdrawn)

// early runs statements beside the database of the third day.
func (f *forger) early(statements ...string) {
	f.Helper()
	old := filepath.Join(f.TempDir(), "early")
	f.must(Restore(f.Context(), f.p.early, old, false))
	f.sql(append([]string{fmt.Sprintf(`ATTACH '%s' AS early`, filepath.Join(old, store.DatabaseFile))}, statements...)...)
}

// resign signs every checkpoint anew with the folder's key, over the tree as it
// is now.
func (f *forger) resign() {
	f.Helper()
	ctx := f.Context()
	s, err := store.OpenReadOnly(ctx, f.dir, workday.Default())
	f.must(err)
	var notes []journal.Checkpoint
	var head journal.Head
	read := s.Tile(ctx)
	signer, err := journal.ReopenSigner(f.dir)
	f.must(err)
	f.must(s.Snapshot(ctx, func(tx *store.Reader) error {
		all, err := tx.Checkpoints()
		if err != nil {
			return err
		}
		tree, err := journal.OpenTree(int64(tx.Head()), tx.Tile)
		if err != nil {
			return err
		}
		root, err := tree.Root()
		head = journal.Head{Size: int64(tx.Head()), Root: root}
		for _, n := range all {
			cp, openErr := journal.Open(n, signer.PublicKey())
			if openErr != nil {
				return openErr
			}
			notes = append(notes, cp)
		}
		return err
	}))
	first := true
	for _, cp := range notes {
		if cp.Size > head.Size {
			continue
		}
		root, err := journal.RootAt(cp.Size, head, read)
		f.must(err)
		h := journal.Head{Size: cp.Size, Root: root}
		var anew journal.Checkpoint
		if first {
			anew, err = signer.Resume(h, cp.At)
		} else {
			anew, err = signer.Sign(h, cp.At, read)
		}
		f.must(err)
		first = false
		f.sql(fmt.Sprintf(`UPDATE checkpoints SET note = '%s' WHERE size = %d`, anew.Note, cp.Size))
	}
	f.must(s.Close())
}

// schema writes to SQLite's own table of what there is.
func (f *forger) schema(statements ...string) {
	f.sql(append([]string{`PRAGMA writable_schema = 1`}, statements...)...)
}

// bytes changes the database file where an index of a name has its root page.
func (f *forger) bytes(index string, change func(page []byte)) {
	f.Helper()
	db, err := sql.Open("sqlite3", f.file(store.DatabaseFile))
	f.must(err)
	var page, size int64
	f.must(db.QueryRow(`SELECT rootpage FROM sqlite_schema WHERE name = ?`, index).Scan(&page))
	f.must(db.QueryRow(`PRAGMA page_size`).Scan(&size))
	f.must(db.Close())
	b, err := os.ReadFile(f.file(store.DatabaseFile))
	f.must(err)
	change(b[(page-1)*size : page*size])
	f.must(os.WriteFile(f.file(store.DatabaseFile), b, 0o600))
}

// found is what a folder's check says in Chinese and English; empty if nothing.
func found(ctx context.Context, dir string, kept ...intake.Kept) (zh, en string) {
	said := func(err error) (string, string) {
		if f, ok := fault.As(err); ok {
			return f.ZH, f.EN
		}
		return "", err.Error()
	}
	s, err := store.OpenReadOnly(ctx, dir, workday.Default())
	if err != nil {
		return said(err)
	}
	defer s.Close()
	key, err := os.ReadFile(filepath.Join(dir, journal.PublicKeyFile))
	if err != nil {
		return said(err)
	}
	rep, err := intake.Verify(ctx, s, workday.Default(), Config{}.Settings(), Folders, strings.TrimSpace(string(key)), nil, kept...)
	if err != nil {
		return said(err)
	}
	if rep.Difference == nil {
		return "", ""
	}
	return rep.Difference.ZH, rep.Difference.EN
}

// opening is what the console says when it opens the folder, or why it signs
// nothing.
func opening(t *testing.T, dir string) (zh, en string) {
	c, err := Open(t.Context(), Options{Dir: dir})
	if err != nil {
		f, ok := fault.As(err)
		if !ok {
			return "", err.Error()
		}
		return f.ZH, f.EN
	}
	defer c.Close()
	if r := c.signer.Refused(); r != nil {
		return r.ZH, r.EN
	}
	if _, err := c.intake.Checkpoint(t.Context()); err != nil {
		if f, ok := fault.As(err); ok {
			return f.ZH, f.EN
		}
		return "", err.Error()
	}
	return "", ""
}

// A clerk reads the Chinese: what stands in it besides are names of files and
// commands, numbers of cases and rules.
var (
	mayStand = regexp.MustCompile(`mingcha (?:verify|restore|journal resume(?: --new-key)?)|checkpoint\.(?:key|pub|last)|mingcha\.db|/\S+|GH-2026-\d+|V\d\d|mingcha/[0-9a-f]{32}|--data`)
	noWords  = regexp.MustCompile(`[A-Za-z_]{2,}|[{}\[\]<>]|%!|map\[|\+0000`)
)

func readable(t *testing.T, zh, en string) {
	t.Helper()
	plain := mayStand.ReplaceAllString(zh, "")
	if bad := noWords.FindString(plain); bad != "" || len([]rune(plain)) < 10 || !strings.ContainsAny(plain, "。：") {
		t.Errorf("a clerk cannot read %q (%q)", zh, bad)
	}
	if en == "" || strings.ContainsAny(en, "{}") || strings.Contains(en, "%!") {
		t.Errorf("English: %q", en)
	}
}

// tamperings are ways to change the past without the folder's key.
var tamperings = []struct {
	name string
	do   func(*forger)
}{
	// The journal's records.
	{"a body", func(f *forger) {
		f.sql(`UPDATE journal SET body = CAST(replace(body, CAST('王小明' AS BLOB), CAST('张小明' AS BLOB)) AS BLOB) WHERE seq = 5`)
	}},
	{"a body, and the tree", func(f *forger) {
		f.sql(`UPDATE journal SET body = CAST(replace(body, CAST('王小明' AS BLOB), CAST('张小明' AS BLOB)) AS BLOB) WHERE kind = 3 AND corrects = 0`)
		f.retree()
	}},
	{"a body, the tree, no checkpoints (J1)", func(f *forger) {
		f.sql(`UPDATE journal SET body = CAST(replace(body, CAST('王小明' AS BLOB), CAST('张小明' AS BLOB)) AS BLOB) WHERE kind = 3`, `DELETE FROM checkpoints`)
		f.retree()
	}},
	{"a body, the tree, no checkpoints, nothing remembered", func(f *forger) {
		f.sql(`UPDATE journal SET body = CAST(replace(body, CAST('王小明' AS BLOB), CAST('张小明' AS BLOB)) AS BLOB) WHERE kind = 3`, `DELETE FROM checkpoints`)
		f.retree()
		f.must(os.Remove(f.file(journal.LastFile)))
	}},
	{"the time of a record", func(f *forger) { f.sql(`UPDATE journal SET observed_at = observed_at + 1 WHERE seq = 7`) }},
	{"the kind of a record", func(f *forger) { f.sql(`UPDATE journal SET kind = 7 WHERE seq = 5`) }},
	{"what a record corrects", func(f *forger) { f.sql(`UPDATE journal SET corrects = 2 WHERE seq = 5`) }},
	{"a record deleted", func(f *forger) { f.sql(`DELETE FROM journal WHERE seq = 6`) }},
	{"the last records deleted", func(f *forger) { f.sql(`DELETE FROM journal WHERE seq > (SELECT max(seq) - 2 FROM journal)`) }},
	{"the last records deleted, and the tree", func(f *forger) {
		f.sql(`DELETE FROM journal WHERE seq > (SELECT max(seq) - 2 FROM journal)`)
		f.retree()
	}},
	{"all records deleted", func(f *forger) { f.sql(`DELETE FROM journal`, `DELETE FROM tiles`, `DELETE FROM checkpoints`) }},
	{"records exchanged", func(f *forger) {
		f.sql(`UPDATE journal SET seq = 99999 WHERE seq = 5`, `UPDATE journal SET seq = 5 WHERE seq = 6`, `UPDATE journal SET seq = 6 WHERE seq = 99999`)
	}},
	{"a record added at the end", func(f *forger) {
		f.sql(`INSERT INTO journal SELECT (SELECT max(seq) + 1 FROM journal), kind, corrects, observed_at, body, dept, source_id || 'x', case_id FROM journal WHERE seq = 5`)
	}},
	{"a large body behind its hash", func(f *forger) { f.sql(`UPDATE journal SET body = body || X'20' WHERE length(body) > 65536`) }},
	// What stands beside them.
	{"the department of a record", func(f *forger) { f.sql(`UPDATE journal SET dept = 7 WHERE seq = 5`) }},
	{"the source id of a record", func(f *forger) { f.sql(`UPDATE journal SET source_id = 'other' WHERE seq = 5`) }},
	{"the source id of an act", func(f *forger) { f.sql(`UPDATE journal SET source_id = 'other-key' WHERE source_id = 'large-export'`) }},
	{"the case of a record", func(f *forger) {
		f.sql(`UPDATE journal SET case_id = (SELECT min(id) FROM cases) WHERE kind = 3 AND case_id > (SELECT min(id) FROM cases) AND seq = (SELECT max(seq) FROM journal WHERE kind = 3)`)
	}},
	// Tree and checkpoints.
	{"a tile", func(f *forger) { f.sql(`UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0`) }},
	{"a tile deleted", func(f *forger) { f.sql(`DELETE FROM tiles WHERE level = 0`) }},
	{"a tile too many", func(f *forger) { f.sql(`INSERT INTO tiles VALUES (0, 5, zeroblob(32))`) }},
	{"a checkpoint's text", func(f *forger) { f.sql(`UPDATE checkpoints SET note = replace(note, 'previous', 'Previous')`) }},
	{"a day's checkpoint deleted", func(f *forger) {
		f.sql(`DELETE FROM checkpoints WHERE size = (SELECT size FROM checkpoints ORDER BY size LIMIT 1 OFFSET 2)`)
	}},
	{"the last checkpoint deleted", func(f *forger) { f.sql(`DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints)`) }},
	{"all checkpoints deleted", func(f *forger) { f.sql(`DELETE FROM checkpoints`) }},
	{"a checkpoint put under another size", func(f *forger) { f.sql(`UPDATE checkpoints SET note = (SELECT max(note) FROM checkpoints)`) }},
	{"the size beside a checkpoint", func(f *forger) {
		f.sql(`UPDATE checkpoints SET size = size - 1 WHERE size = (SELECT min(size) FROM checkpoints)`)
	}},
	{"the time beside a checkpoint", func(f *forger) {
		f.sql(`UPDATE checkpoints SET at = at - 86400000000 WHERE size = (SELECT max(size) FROM checkpoints)`)
	}},
	{"what was signed last deleted", func(f *forger) { f.must(os.Remove(f.file(journal.LastFile))) }},
	{"what was signed last changed", func(f *forger) { f.must(os.WriteFile(f.file(journal.LastFile), []byte("x\n"), 0o600)) }},
	{"what was signed last replaced by an earlier one", func(f *forger) {
		db, err := sql.Open("sqlite3", f.file(store.DatabaseFile))
		f.must(err)
		var note string
		f.must(db.QueryRow(`SELECT note FROM checkpoints ORDER BY size LIMIT 1`).Scan(&note))
		f.must(errors.Join(db.Close(), os.WriteFile(f.file(journal.LastFile), []byte(note), 0o600)))
	}},
	// Keys and identity.
	{"the public key replaced", func(f *forger) { f.must(os.WriteFile(f.file(journal.PublicKeyFile), otherKey(f.T), 0o600)) }},
	{"the key pair replaced", func(f *forger) { f.replaceKeys() }},
	{"the key pair replaced, all checkpoints deleted", func(f *forger) {
		f.replaceKeys()
		f.sql(`DELETE FROM checkpoints`)
	}},
	{"the journal's origin", func(f *forger) {
		f.sql(`UPDATE meta SET value = 'mingcha/00000000000000000000000000000000' WHERE key = 'origin'`)
	}},
	{"the journal's origin forgotten", func(f *forger) { f.sql(`DELETE FROM meta WHERE key = 'origin'`) }},
	// What is derived.
	{"the due moment of an open case", func(f *forger) { f.sql(`UPDATE cases SET due_at = due_at + 86400000000 WHERE ended_at = 0`) }},
	{"the time used of an open case", func(f *forger) { f.sql(`UPDATE cases SET used = 0 WHERE ended_at = 0 AND used > 0`) }},
	{"the pauses of an open case", func(f *forger) { f.sql(`UPDATE cases SET paused = paused + 3 WHERE ended_at = 0`) }},
	{"when an open case is judged next", func(f *forger) {
		f.sql(`UPDATE cases SET next_at = next_at + 864000000000 WHERE ended_at = 0 AND next_at > 0`)
	}},
	{"overdue without pauses", func(f *forger) { f.sql(`UPDATE cases SET flags = flags | 2 WHERE case_no = 'GH-2026-005'`) }},
	{"the moment that an open case was judged for", func(f *forger) { f.sql(`UPDATE cases SET judged_at = 0 WHERE ended_at = 0`) }},
	{"the end of a case", func(f *forger) {
		f.sql(`UPDATE cases SET ended_at = ended_at - 86400000000 WHERE case_no = 'GH-2026-001'`)
	}},
	{"a case deleted", func(f *forger) { f.sql(`DELETE FROM cases WHERE case_no = 'GH-2026-005'`) }},
	{"a finding deleted", func(f *forger) { f.sql(`DELETE FROM findings WHERE rule = (SELECT min(rule) FROM findings)`) }},
	{"the words of a finding", func(f *forger) { f.sql(`UPDATE findings SET words_zh = '无'`) }},
	{"the words of a withdrawn finding", func(f *forger) { f.sql(`UPDATE findings SET words_zh = '无' WHERE state = ` + withdrawn) }},
	{"when a withdrawn finding was raised", func(f *forger) { f.sql(`UPDATE findings SET raised_at = raised_at + 1 WHERE state = ` + withdrawn) }},
	{"a withdrawn finding deleted", func(f *forger) { f.sql(`DELETE FROM findings WHERE state = ` + withdrawn) }},
	{"a withdrawn finding too many", func(f *forger) {
		f.sql(`INSERT INTO findings SELECT case_id, 'V09', key, dept, item, level, state, raised_at, settled_at, evidence, words_zh, words_en, changed_seq, open FROM findings WHERE state = ` + withdrawn)
	}},
	{"withdrawn findings of before, with their seal", func(f *forger) {
		f.early(`DELETE FROM findings WHERE state = `+withdrawn, `UPDATE seals SET seal = (SELECT seal FROM early.seals WHERE what = 'withdrawn') WHERE what = 'withdrawn'`)
	}},
	{"withdrawn findings of before, with every seal of then", func(f *forger) {
		f.early(`DELETE FROM findings WHERE state = `+withdrawn, `UPDATE seals SET seal = coalesce((SELECT seal FROM early.seals e WHERE e.what = seals.what), seal) WHERE what IN ('withdrawn', 'marks')`)
	}},
	{"a stream's place of before, with its seal", func(f *forger) {
		f.early(`UPDATE cursors SET (cursor, records, caught_up, updated_at, seal) = (SELECT cursor, records, caught_up, updated_at, seal FROM early.cursors e WHERE e.adapter = cursors.adapter AND e.stream = cursors.stream) WHERE stream = 'events'`)
	}},
	{"the streams of before, with their seal", func(f *forger) {
		f.early(`DELETE FROM cursors WHERE stream NOT IN (SELECT stream FROM early.cursors)`, `UPDATE seals SET seal = (SELECT seal FROM early.seals WHERE what = 'streams') WHERE what = 'streams'`)
	}},
	{"what seals there were, forgotten", func(f *forger) { f.sql(`DELETE FROM seals WHERE what = 'marks'`) }},
	{"what seals there were, of before", func(f *forger) {
		f.early(`UPDATE seals SET seal = (SELECT seal FROM early.seals WHERE what = 'marks') WHERE what = 'marks'`)
	}},
	{"the number of a seal", func(f *forger) {
		f.sql(`UPDATE seals SET seal = X'00000000000000FF' || substr(seal, 9) WHERE what = 'withdrawn'`)
	}},
	{"that a finding's case is open", func(f *forger) { f.sql(`UPDATE findings SET open = 1 - open`) }},
	{"an invented finding", func(f *forger) {
		f.sql(`INSERT INTO findings SELECT 999, rule, key, dept, item, level, state, raised_at, settled_at, evidence, words_zh, words_en, 1, 1 FROM findings LIMIT 1`)
	}},
	{"the overdue register", func(f *forger) { f.sql(`UPDATE register_overdue SET over_by = over_by + 1`) }},
	{"the register of rejections", func(f *forger) { f.sql(`DELETE FROM register_rejections`) }},
	{"an item's limit", func(f *forger) { f.sql(`UPDATE items SET name = '别的事项'`) }},
	{"a rating", func(f *forger) { f.sql(`UPDATE ratings SET level = 1`) }},
	{"an authorization", func(f *forger) { f.sql(`UPDATE authorizations SET valid_to = valid_to + 1`) }},
	{"an account made head", func(f *forger) { f.sql(`UPDATE accounts SET role = 'head'`) }},
	{"the board's counters", func(f *forger) { f.sql(`UPDATE figures SET ended = ended + 1 WHERE day = 0`) }},
	{"what comes due", func(f *forger) { f.sql(`UPDATE due SET none = none + 1`) }},
	{"what comes due, forgotten", func(f *forger) { f.sql(`DELETE FROM due`) }},
	{"the year that open cases reach into", func(f *forger) { f.sql(`UPDATE due_years SET year = year - 1`) }},
	{"how many cases there are of a kind", func(f *forger) { f.sql(`UPDATE case_kinds SET n = n + 1`) }},
	{"how many findings there are of a kind", func(f *forger) { f.sql(`UPDATE finding_kinds SET n = n + 1`) }},
	{"the kinds of findings, forgotten", func(f *forger) { f.sql(`DELETE FROM finding_kinds`) }},
	{"the moment that a department is judged for", func(f *forger) { f.sql(`UPDATE departments SET watermark = watermark + 1`) }},
	{"a moment ahead that a department is judged for", func(f *forger) {
		f.sql(`UPDATE departments SET judged_at = judged_at + 8640000000000`)
	}},
	// What follows from no record.
	{"the quarantine emptied", func(f *forger) { f.sql(`DELETE FROM quarantine`) }},
	{"the raw record in the quarantine", func(f *forger) { f.sql(`UPDATE quarantine SET raw = X'00'`) }},
	{"the reason in the quarantine", func(f *forger) { f.sql(`UPDATE quarantine SET reason_zh = '无'`) }},
	{"how much was refused", func(f *forger) { f.sql(`UPDATE quarantine_tallies SET total = 0`) }},
	{"how much was refused and not kept", func(f *forger) { f.sql(`UPDATE quarantine_tallies SET total = total + 7, dropped = dropped + 7`) }},
	{"what was refused, and its sum", func(f *forger) { f.sql(`DELETE FROM quarantine`, `DELETE FROM quarantine_tallies`) }},
	{"a cursor", func(f *forger) { f.sql(`UPDATE cursors SET cursor = X'7A7A' WHERE stream = 'events'`) }},
	{"the cursors deleted", func(f *forger) { f.sql(`DELETE FROM cursors`) }},
	{"a cursor deleted", func(f *forger) { f.sql(`DELETE FROM cursors WHERE stream = 'rejections'`) }},
	{"a cursor too many", func(f *forger) {
		f.sql(`INSERT INTO cursors SELECT 'b', stream, cursor, records, caught_up, updated_at, seal FROM cursors WHERE stream = 'events'`)
	}},
	{"how far a department was read", func(f *forger) { f.sql(`INSERT INTO readings VALUES (1, 99, 0, 0, 0)`) }},
	{"under which number a finding was told", func(f *forger) {
		f.sql(`UPDATE findings SET changed_seq = changed_seq - 1 WHERE rowid = (SELECT min(rowid) FROM findings WHERE state <> ` + withdrawn + `)`)
	}},
	{"under which numbers findings were told, and their sum", func(f *forger) {
		f.early(`UPDATE findings SET changed_seq = changed_seq - 1`, `UPDATE sums SET sum = (SELECT e.sum FROM early.sums e WHERE e.what = sums.what)`)
	}},
	{"a sum deleted", func(f *forger) { f.sql(`DELETE FROM sums WHERE what = 'told'`) }},
	{"a sum changed", func(f *forger) { f.sql(`UPDATE sums SET sum = zeroblob(2048) WHERE what = 'seen'`) }},
	{"a sum too many", func(f *forger) { f.sql(`INSERT INTO sums SELECT 'tolds', sum FROM sums LIMIT 1`) }},
	{"a seal too many", func(f *forger) { f.sql(`INSERT INTO seals SELECT 'withdrawns', seal FROM seals LIMIT 1`) }},
	{"when a checkpoint was signed, by a millionth of a second", func(f *forger) {
		f.sql(`UPDATE checkpoints SET at = at + 1 WHERE size = (SELECT max(size) FROM checkpoints)`)
	}},
	{"a kind of cases that no case is of", func(f *forger) {
		f.sql(`INSERT INTO case_kinds VALUES (1, 1, 3, 2, 0, 0, 0)`)
	}},
	{"a kind of cases that is none", func(f *forger) {
		f.sql(`INSERT INTO case_kinds SELECT dept, item, state, level, flags, 2, n FROM case_kinds WHERE ended_at = 1 LIMIT 1`)
	}},
	{"a kind of cases written as another of its meaning", func(f *forger) { f.sql(`UPDATE case_kinds SET ended_at = 2 WHERE ended_at = 1`) }},
	{"a kind of findings that no finding is of", func(f *forger) { f.sql(`INSERT INTO finding_kinds VALUES (1, 'V24', 3, 1, 1, 0)`) }},
	{"cases to be judged anew that are none", func(f *forger) { f.sql(`INSERT INTO rejudgements VALUES (1, 1000000000)`) }},
	{"the seals deleted", func(f *forger) { f.sql(`DELETE FROM seals`) }},
	{"when something was refused first", func(f *forger) { f.sql(`UPDATE quarantine_tallies SET first_at = first_at - 86400000000`) }},
	{"when something was refused last", func(f *forger) { f.sql(`UPDATE quarantine_tallies SET last_at = last_at + 86400000000`) }},
	{"that what was refused is being read again", func(f *forger) { f.sql(`UPDATE quarantine_tallies SET again = 1`) }},
	{"from where what was refused is read again", func(f *forger) { f.sql(`UPDATE quarantine_tallies SET again_from = X'00'`) }},
	{"how many bytes are kept of what was refused", func(f *forger) { f.sql(`UPDATE quarantine_tallies SET first_bytes = 0`) }},
	{"what refused records are known again by", func(f *forger) { f.sql(`DELETE FROM quarantine_seen`) }},
	{"one by which a refused record is known again", func(f *forger) { f.sql(`UPDATE quarantine_seen SET digest = zeroblob(12)`) }},
	{"how much was read", func(f *forger) { f.sql(`UPDATE cursors SET records = records + 1 WHERE stream = 'events'`) }},
	// The database itself.
	{"a setting that nobody keeps", func(f *forger) { f.sql(`INSERT INTO meta VALUES ('zone', 'UTC')`) }},
	{"a step of its making undone", func(f *forger) {
		f.sql(`DELETE FROM goose_db_version WHERE version_id = 17`, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (17, 0)`)
	}},
	{"a step of its making too many", func(f *forger) { f.sql(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)`) }},
	{"a number in the file's head", func(f *forger) { f.sql(`PRAGMA user_version = 7`) }},
	{"a trigger that swallows records", func(f *forger) { f.sql(`CREATE TRIGGER t BEFORE INSERT ON quarantine BEGIN SELECT RAISE(IGNORE); END`) }},
	{"an index dropped", func(f *forger) { f.sql(`DROP INDEX findings_raised`) }},
	{"an index made over other columns", func(f *forger) {
		f.sql(`DROP INDEX findings_raised`, `CREATE INDEX findings_raised ON findings (dept)`)
	}},
	{"a unique index made plain", func(f *forger) {
		f.sql(`DROP INDEX journal_source`, `CREATE INDEX journal_source ON journal (dept, kind, source_id) WHERE corrects = 0`)
	}},
	{"a view in the place of a table", func(f *forger) { f.sql(`ALTER TABLE findings RENAME TO f`, `CREATE VIEW findings AS SELECT * FROM f`) }},
	{"a column's default", func(f *forger) {
		f.schema(`UPDATE sqlite_schema SET sql = replace(sql, 'watermark INTEGER NOT NULL DEFAULT 0', 'watermark INTEGER NOT NULL DEFAULT 9') WHERE name = 'departments'`)
	}},
	{"an entry of an index", func(f *forger) { f.bytes("findings_raised", func(p []byte) { p[len(p)-3] ^= 1 }) }},
	{"an index's page", func(f *forger) { f.bytes("cases_no", func(p []byte) { clear(p[8:]) }) }},
	{"the journal's own page", func(f *forger) { f.bytes("journal", func(p []byte) { p[0] ^= 0xff }) }},
	{"the file cut off", func(f *forger) {
		info, err := os.Stat(f.file(store.DatabaseFile))
		f.must(err)
		f.must(os.Truncate(f.file(store.DatabaseFile), info.Size()/2/4096*4096))
	}},
	// Time turned back.
	{"an older database beside today's key", func(f *forger) {
		old := filepath.Join(f.TempDir(), "old")
		f.must(Restore(f.Context(), f.p.early, old, false))
		b, err := os.ReadFile(filepath.Join(old, store.DatabaseFile))
		f.must(err)
		f.must(os.WriteFile(f.file(store.DatabaseFile), b, 0o600))
	}},
	{"an empty database beside the key", func(f *forger) {
		s, err := store.Open(f.Context(), f.TempDir(), workday.Default())
		f.must(err)
		f.must(s.Close())
		b, readErr := os.ReadFile(filepath.Join(s.Dir(), store.DatabaseFile))
		f.must(readErr)
		f.must(os.WriteFile(f.file(store.DatabaseFile), b, 0o600))
	}},
	{"a break that nobody sealed", func(f *forger) {
		body, err := json.Marshal(map[string]any{"because": "恢复备份", "key": strings.TrimSpace(string(f.p.files[journal.PublicKeyFile]))})
		f.must(err)
		f.sql(fmt.Sprintf(`INSERT INTO journal SELECT max(seq) + 1, 12, 0, max(observed_at), CAST('%s' AS BLOB), 0, 'break-' || (max(seq) + 1), 0 FROM journal`, body))
		f.retree()
	}},
}

func otherKey(t *testing.T) []byte {
	t.Helper()
	s, err := journal.OpenSigner(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return []byte(s.PublicKey() + "\n")
}

// replaceKeys puts a new pair into the folder under the journal's own origin,
// and has it sign the journal as it stands.
func (f *forger) replaceKeys() {
	f.Helper()
	origin := journal.OriginOf(strings.TrimSpace(string(f.p.files[journal.PublicKeyFile])))
	_, err := journal.NewSigner(f.dir, origin)
	f.must(err)
}

// Rewriting without the key is detected by verify, in a sentence that a clerk
// can read.
func TestJ3J4S1S2TamperingIsDetected(t *testing.T) {
	p := makePast(t)
	if zh, en := found(t.Context(), p.copy(t).dir); zh+en != "" {
		t.Fatalf("nothing was changed, yet: %s %s", zh, en)
	}
	if len(tamperings) < 120 {
		t.Errorf("%d ways, want 120", len(tamperings))
	}
	for _, w := range tamperings {
		t.Run(w.name, func(t *testing.T) {
			f := p.copy(t)
			w.do(f)
			zh, en := found(t.Context(), f.dir)
			if zh+en == "" {
				t.Fatal("verify finds nothing")
			}
			readable(t, zh, en)
			t.Logf("%s", zh)
		})
	}
}

// What does not extend what was signed is not signed: neither at the next
// opening nor at the next event.
func TestJ1TheConsoleSignsNoRewrittenPast(t *testing.T) {
	p := makePast(t)
	for _, w := range tamperings {
		switch w.name {
		case "a body, the tree, no checkpoints (J1)", "a body, the tree, no checkpoints, nothing remembered", "a body, and the tree", "a tile",
			"what was signed last deleted", "what was signed last changed", "the last records deleted, and the tree", "all records deleted",
			"an older database beside today's key", "an empty database beside the key", "the public key replaced", "the key pair replaced":
		default:
			continue
		}
		t.Run(w.name, func(t *testing.T) {
			f := p.copy(t)
			w.do(f)
			if w.name == "the key pair replaced" { // what is left to tell are those who keep a checkpoint
				k, err := intake.ReadKept(p.noted, "note")
				f.must(err)
				zh, en := found(t.Context(), f.dir, k...)
				readable(t, zh, en)
				return
			}
			zh, en := opening(t, f.dir)
			if zh+en == "" {
				t.Fatal("the console opens and signs")
			}
			readable(t, zh, en)
			t.Logf("%s", zh)
		})
	}
}

// Rewriting with the key deceives verify alone, and nobody who kept a checkpoint
// elsewhere: the note, what a report printed, or the root.
func TestJ2RewritingWithTheKeyIsDetectedByAKeptCheckpoint(t *testing.T) {
	p := makePast(t)
	note, err := intake.ReadKept(p.noted, "note")
	if err != nil {
		t.Fatal(err)
	}
	printed, err := intake.ReadKept("报表第 3 页\n"+p.printed+"\n", "report")
	if err != nil {
		t.Fatal(err)
	}
	root, err := intake.KeptRoot(note[0].Head.Root.String(), note[0].Head.Size)
	if err != nil {
		t.Fatal(err)
	}
	anySize, err := intake.KeptRoot(note[0].Head.Root.String(), -1)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]intake.Kept{"note": note[0], "printed": printed[0], "root and size": root, "root": anySize}
	for name, k := range all {
		if zh, en := found(t.Context(), p.copy(t).dir, k); zh+en != "" {
			t.Errorf("%s: nothing was changed, yet: %s %s", name, zh, en)
		}
	}
	for name, do := range map[string]func(*forger){
		"a fact": func(f *forger) {
			f.sql(`UPDATE journal SET body = CAST(replace(body, CAST('李窗口' AS BLOB), CAST('张窗口' AS BLOB)) AS BLOB) WHERE kind = 3`, `UPDATE cases SET handler = '张窗口'`)
			f.retree()
			f.resign()
		},
		"an older folder": func(f *forger) {
			old := filepath.Join(f.TempDir(), "old")
			f.must(Restore(f.Context(), f.p.early, old, false))
			for _, n := range append([]string{store.DatabaseFile}, journal.Files...) {
				b, err := os.ReadFile(filepath.Join(old, n))
				f.must(err)
				f.must(os.WriteFile(f.file(n), b, 0o600))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := p.copy(t)
			do(f)
			if zh, en := found(t.Context(), f.dir); zh+en != "" {
				t.Errorf("verify alone says %s %s: the key does not deceive it, and the test shows nothing", zh, en)
			}
			for name, k := range all {
				zh, en := found(t.Context(), f.dir, k)
				if zh+en == "" {
					t.Errorf("%s: verify finds nothing", name)
					continue
				}
				readable(t, zh, en)
			}
		})
	}
}
