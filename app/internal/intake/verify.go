package intake

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Report is what Verify found. Without a Difference the folder is sound.
type Report struct {
	Origin      string      `json:"origin"`
	Records     uint64      `json:"records"`
	Cases       int         `json:"cases"`
	Findings    int         `json:"findings"`
	Checkpoints int         `json:"checkpoints"`
	Root        string      `json:"root"`
	Breaks      []Break     `json:"breaks,omitempty"` // what the office itself said of its history; the oldest first
	Difference  *Difference `json:"difference,omitempty"`
}

// Break is a record by which the office said that its journal does not extend
// what was signed before.
type Break struct {
	Seq     uint64    `json:"seq"`
	At      time.Time `json:"at"`
	Because string    `json:"because"`
	NewKey  bool      `json:"new_key,omitempty"` // the key was replaced, too

	key, previous string // verifier keys
}

// Difference is the first thing that does not agree.
type Difference struct {
	Seq   uint64 `json:"seq,omitempty"` // the journal record, where one can be named
	Where string `json:"where"`         // table or part
	ZH    string `json:"zh"`
	EN    string `json:"en"`
}

// Verify checks the journal against its tree and its signed checkpoints, then
// folds every case anew and compares every projection with what the journal
// gives. It stops at the first difference. progress may be nil; it hears of
// records and cases done.
//
// cal is the calendar without the lists that the office imported: those are
// read from the journal. kept are states of the journal that somebody keeps
// elsewhere: it must extend each.
func Verify(ctx context.Context, s *store.Store, cal *workday.Calendar, settings rules.Settings, folders []Folder, publicKey string, progress func(done, total uint64), kept ...Kept) (*Report, error) {
	rep := &Report{}
	// The database itself first: what is read through a forged index or a trigger
	// is not what it holds.
	if rep.Difference = damaged(ctx, s); rep.Difference != nil {
		return rep, nil
	}
	err := s.Snapshot(ctx, func(tx *store.Reader) error {
		cal, err := Calendar(tx, cal)
		if err != nil {
			return err
		}
		ruling, ruled, err := RulingOf(tx)
		if err != nil {
			return err
		}
		if ruled { // what the folder was judged by, whatever its settings say now
			settings = ruling.Settings
		}
		defer func() { rep.byOlder(ruled) }()
		v := &verifier{tx: tx, judge: rules.New(cal, settings), folders: folders, rep: rep, progress: progress, ctx: ctx, key: publicKey, dir: s.Dir(), kept: kept, watermarks: map[int64]int64{}, clocks: map[string]int64{}}
		for _, step := range []func() error{
			v.keys,
			v.tree,
			v.quarantine,
			v.cursors,
			v.registry,
			v.departments,
			v.seals,
			v.acts,
			v.judgedAnew,
			v.cases,
			v.looks,
			v.leftovers,
		} {
			if err := step(); err != nil || rep.Difference != nil {
				return err
			}
		}
		return nil
	})
	if store.IsDamaged(err) {
		rep.Difference, err = damage(err.Error()), nil
	}
	return rep, err
}

type verifier struct {
	ctx     context.Context
	key     string // the verifier key
	dir     string // the data folder
	kept    []Kept
	named   uint64 // namedBy
	origin  string // empty: of a journal that has none of its own yet
	breaks  []Break
	columns *columnCheck
	summed  bool // sums are kept of what is too much for one signature
	// What departments' own moments follow from: by department and by code.
	watermarks map[int64]int64
	clocks     map[string]int64
	read       []string // of which all was read once

	tx       *store.Reader
	judge    *rules.Judge
	folders  []Folder
	rep      *Report
	progress func(done, total uint64)
}

func (v *verifier) differ(seq uint64, where, zh, en string) {
	if v.rep.Difference == nil {
		v.rep.Difference = &Difference{seq, where, zh, en}
	}
}

// registry folds departments, items, authorizations, ratings and reports anew.
func (v *verifier) registry() error {
	scratch, err := store.OpenScratch(v.tx)
	if err != nil {
		return err
	}
	defer scratch.Close()
	p := newProjector(scratch.Writer(), &registry{byCode: map[string]*department{}}, v.judge)
	p.past = v.tx
	if p.imports, err = loadImports(v.tx); err != nil {
		return err
	}
	if err := p.w.Begin(); err != nil {
		return err
	}
	if err := v.tx.EachRecord(func(r store.RecordRow) error { return p.replay(r) }); err != nil {
		return err
	}
	if err := p.w.Commit(); err != nil {
		return err
	}
	for _, table := range store.RegistryTables {
		if err := v.compare(p.tx, table); err != nil || v.rep.Difference != nil {
			return err
		}
	}
	return nil
}

// compare sets a table beside the one that was folded anew.
func (v *verifier) compare(anew *store.Reader, table string) error {
	diff, err := v.tx.Compare(anew, table)
	if err == nil && diff != nil {
		zh, en := tableWords(table)
		switch {
		case diff.Missing:
			v.differ(0, table, fmt.Sprintf("%s里少了编号 %s 的一条：按存证应当有它。", zh, diff.ID), fmt.Sprintf("Row %s of %s is missing: the journal gives one.", diff.ID, en))
		case diff.Extra:
			v.differ(0, table, fmt.Sprintf("%s里多了编号 %s 的一条：存证里没有它的来历。", zh, diff.ID), fmt.Sprintf("Row %s of %s does not follow from the journal.", diff.ID, en))
		default:
			v.differ(0, table, fmt.Sprintf("%s里编号 %s 的一条与存证推算的结果不一致：它被改动过。", zh, diff.ID), fmt.Sprintf("Row %s of %s differs from what the journal gives in %s: it was changed.", diff.ID, en, diff.Column))
		}
	}
	return err
}

// replay applies a record to the tables that do not hang on cases.
func (p *projector) replay(r store.RecordRow) error {
	switch journal.Kind(r.Kind) {
	case journal.KindDepartment:
		return p.applyDepartment(r.Seq, r.Body)
	case journal.KindItem:
		return p.applyItem(r.Seq, r.Corrects, r.Observed, p.reg.department(r.Dept), r.Body)
	case journal.KindAct:
		return p.replayAct(r)
	case journal.KindAuthorization:
		a, err := decodeAuthorization(r.Body)
		if err != nil {
			return err
		}
		a.Seq = r.Seq
		return p.applyAuthorization(p.reg.department(r.Dept), r.Corrects, &a)
	case journal.KindRating:
		rating, err := decodeRating(r.Body)
		if err != nil {
			return err
		}
		_, _, err = p.applyRating(p.reg.department(r.Dept), ratingVersion{seq: r.Seq, corrects: r.Corrects, sourceID: r.SourceID, observed: r.Observed}, &rating)
		return err
	case journal.KindTold:
		return p.applyContactTold(&r)
	case journal.KindRejection, journal.KindOverdue:
		if r.Corrects > 0 {
			return nil
		}
		var s rules.Subject
		if err := attach(&s, r.Seq, r); err != nil {
			return err
		}
		no := ""
		if len(s.Filings) > 0 {
			no = s.Filings[0].CaseNo
		} else if len(s.OverdueReports) > 0 {
			no = s.OverdueReports[0].CaseNo
		}
		return p.w.AddReport(r.Seq, r.Kind, r.Dept, no)
	}
	return nil
}

// cases folds and judges every case anew and compares its row, its findings
// and its places in the registers.
func (v *verifier) cases() error {
	reg, err := loadRegistry(v.tx)
	if err != nil {
		return err
	}
	r := &reader{v.tx, reg}
	total, err := v.tx.CountCases()
	if err != nil {
		return err
	}
	for after := uint64(0); ; {
		ids, err := v.tx.CaseIDs(after, 512)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return nil
		}
		for _, id := range ids {
			after = id
			if err := v.oneCase(r, id); err != nil || v.rep.Difference != nil {
				return err
			}
			v.rep.Cases++
		}
		if v.progress != nil {
			v.progress(uint64(total)+uint64(v.rep.Cases), 2*uint64(total))
		}
		if err := v.ctx.Err(); err != nil {
			return err
		}
	}
}

func (v *verifier) oneCase(r *reader, id uint64) error {
	row, found, err := v.tx.CaseByID(id)
	if err != nil || !found {
		return err
	}
	d := r.reg.department(row.Dept)
	e := &entry{key: caseKey{row.Dept, row.CaseNo}, row: row, stored: true}
	if e.subject, e.corrected, err = r.subject(id, row.Dept, row.CaseNo); err != nil {
		return err
	}
	if len(e.subject.Events) == 0 || e.subject.Events[0].Seq != id || e.subject.Events[0].CaseNo != row.CaseNo {
		v.differ(id, "cases", fmt.Sprintf("办件 %s 与存证第 %d 号记录对不上。", row.CaseNo, id), fmt.Sprintf("Case %s does not agree with record %d.", row.CaseNo, id))
		return nil
	}
	it := d.items[e.subject.Events[0].ItemCode]
	if it == nil || it.id != row.Item {
		v.differ(id, "cases", fmt.Sprintf("办件 %s 的事项与存证不一致。", row.CaseNo), fmt.Sprintf("Case %s stands under another item than in the journal.", row.CaseNo))
		return nil
	}
	at := time.UnixMicro(d.row.JudgedAt).UTC()
	e.subject.Item, e.subject.Authorizations = it.held(v.judge, &e.subject, at), d.auths
	verdict := v.judge.Judge(&e.subject, at)
	fresh := caseRow(e, &verdict)
	if row.Ended == 0 && row.Judged > 0 {
		// An open case's figures count on with time: they stand as of when it was
		// last judged. What people are shown of it is true for its department's
		// moment.
		e.subject.Item = it.held(v.judge, &e.subject, time.UnixMicro(row.Judged).UTC())
		then := v.judge.Judge(&e.subject, time.UnixMicro(row.Judged).UTC())
		if v.differs(row, caseRow(e, &then), row.Judged); v.rep.Difference != nil {
			return nil
		}
		if err := v.worded(&row, then.Findings); err != nil || v.rep.Difference != nil {
			return err
		}
		if err := v.registers(e, &then, &row); err != nil || v.rep.Difference != nil {
			return err
		}
		v.differs(steady(row), steady(fresh), 0)
		if row.Judged > d.row.JudgedAt {
			v.differs(row, row, d.row.JudgedAt)
		}
	} else if row.Ended == 0 && v.origin == "" { // left by an older program
		v.differs(steady(row), steady(fresh), 0)
	} else if row.Ended == 0 {
		v.differs(row, fresh, d.row.JudgedAt)
	} else {
		v.differs(row, fresh, 0)
	}
	if v.rep.Difference != nil {
		return nil
	}
	if err := v.findings(&fresh, verdict.Findings); err != nil || v.rep.Difference != nil {
		return err
	}
	if row.Ended == 0 {
		return nil
	}
	if err := v.worded(&fresh, verdict.Findings); err != nil || v.rep.Difference != nil {
		return err
	}
	return v.registers(e, &verdict, &fresh)
}

// steady is the part of an open case's row that only an event or a deadline
// changes.
func steady(c store.CaseRow) store.CaseRow {
	c.Judged = 0
	if c.Ended == 0 {
		c.Next, c.Due, c.StatutoryDue, c.Used, c.Paused = 0, 0, 0, 0, 0
		c.Flags &^= store.FlagOverdueWithoutPauses | store.FlagUnlisted
	}
	return c
}

// differs tells the first figure in which a case's row is not the one that the
// journal gives for the moment that it was judged for.
func (v *verifier) differs(stored, computed store.CaseRow, judged int64) {
	if computed.Judged = judged; stored == computed {
		return
	}
	zh, en := caseWords(&stored, &computed)
	v.differ(stored.ID, "cases", zh, en)
}

func (v *verifier) findings(row *store.CaseRow, judged []rules.Finding) error {
	stored, err := v.tx.Findings(row.ID)
	if err != nil {
		return err
	}
	stored = slices.DeleteFunc(stored, func(f store.FindingRow) bool { return f.State == store.FindingWithdrawn })
	fresh := findingRows(row, judged)
	slices.SortFunc(fresh, func(a, b store.FindingRow) int { return compareFinding(&a, &b) })
	for i := range max(len(stored), len(fresh)) {
		var name string
		switch {
		case i >= len(stored):
			name = fresh[i].Rule
		case i >= len(fresh):
			name = stored[i].Rule
		case wordless(stored[i]) != wordless(fresh[i]):
			name = stored[i].Rule
		default:
			continue
		}
		v.differ(row.ID, "findings", fmt.Sprintf("办件 %s 的异常（规则 %s）与存证推算的结果不一致。", row.CaseNo, name),
			fmt.Sprintf("Finding %s of case %s differs from what the journal gives.", name, row.CaseNo))
		return nil
	}
	v.rep.Findings += len(fresh)
	return nil
}

// worded compares the words of a case's findings, which stand as of the moment
// that the case was judged for.
func (v *verifier) worded(row *store.CaseRow, judged []rules.Finding) error {
	stored, err := v.tx.Findings(row.ID)
	if err != nil {
		return err
	}
	fresh := findingRows(row, judged)
	for i := range stored {
		f := same(fresh, &stored[i])
		if stored[i].State == store.FindingWithdrawn || f != nil && f.WordsZH == stored[i].WordsZH && f.WordsEN == stored[i].WordsEN {
			continue
		}
		v.differ(row.ID, "findings", fmt.Sprintf("办件 %s 的异常（规则 %s）的文字与存证推算的结果不一致：它被改动过。", row.CaseNo, stored[i].Rule),
			fmt.Sprintf("The words of finding %s of case %s are not what the journal gives: they were changed.", stored[i].Rule, row.CaseNo))
		return nil
	}
	return nil
}

// wordless leaves out the words: of an open case they count on with the
// days and stand as of when it was last judged.
func wordless(f store.FindingRow) store.FindingRow {
	f.WordsZH, f.WordsEN = "", ""
	return f
}

func (v *verifier) registers(e *entry, verdict *rules.Verdict, row *store.CaseRow) error {
	wantOverdue, over := overdueRow(e, verdict, row)
	gotOverdue, stands, err := v.tx.OverdueByID(int64(row.ID))
	if err != nil {
		return err
	}
	if over != stands || over && wantOverdue != gotOverdue {
		v.differ(row.ID, "register_overdue", fmt.Sprintf("办件 %s 的超时登记与存证推算的结果不一致。", row.CaseNo), fmt.Sprintf("The overdue register's row of case %s differs from what the journal gives.", row.CaseNo))
		return nil
	}
	want, rejected := rejectionRow(e, verdict, row)
	got, stands, err := v.tx.RejectionByID(int64(row.ID))
	if err != nil {
		return err
	}
	if rejected != stands || rejected && want != got {
		v.differ(row.ID, "register_rejections", fmt.Sprintf("办件 %s 的否定报备登记与存证推算的结果不一致。", row.CaseNo), fmt.Sprintf("The rejections register's row of case %s differs from what the journal gives.", row.CaseNo))
	}
	return nil
}

// leftovers looks for rows that no case accounts for, and recounts the figures.
func (v *verifier) leftovers() error {
	orphan, err := v.tx.Orphan()
	if err != nil {
		return err
	}
	if orphan != "" {
		zh, en := tableWords(orphan)
		v.differ(0, orphan, fmt.Sprintf("%s里有存证推不出的内容。", zh), fmt.Sprintf("There are rows in %s that do not follow from the journal.", en))
		return nil
	}
	figure, err := v.tx.RecountFigures()
	if err != nil {
		return err
	}
	if figure != "" {
		v.differ(0, "figures", "看板的计数与逐件清点的结果不一致：计数被改动过。", "The board's counters differ from a recount: "+figure)
	}
	if !v.summed || v.rep.Difference != nil {
		return nil
	}
	return v.sums(store.SealedTold)
}
