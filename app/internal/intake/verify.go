package intake

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Report is what Verify found. Without a Difference the folder is sound.
type Report struct {
	Records     uint64      `json:"records"`
	Cases       int         `json:"cases"`
	Findings    int         `json:"findings"`
	Checkpoints int         `json:"checkpoints"`
	Root        string      `json:"root"`
	Difference  *Difference `json:"difference,omitempty"`
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
// read from the journal.
func Verify(ctx context.Context, s *store.Store, cal *workday.Calendar, settings rules.Settings, folders []Folder, publicKey string, progress func(done, total uint64)) (*Report, error) {
	rep := &Report{}
	err := s.Snapshot(ctx, func(tx *store.ReadTx) error {
		cal, err := Calendar(tx, cal)
		if err != nil {
			return err
		}
		v := &verifier{tx: tx, judge: rules.New(cal, settings), folders: folders, rep: rep, progress: progress, ctx: ctx}
		for _, step := range []func() error{
			func() error { return v.tree(publicKey) },
			v.registry,
			v.acts,
			v.cases,
			v.leftovers,
		} {
			if err := step(); err != nil || rep.Difference != nil {
				return err
			}
		}
		return nil
	})
	return rep, err
}

type verifier struct {
	ctx      context.Context
	tx       *store.ReadTx
	judge    *rules.Judge
	folders  []Folder
	rep      *Report
	progress func(done, total uint64)
	expected int64 // findings that the cases gave
}

func (v *verifier) differ(seq uint64, where, zh, en string) {
	if v.rep.Difference == nil {
		v.rep.Difference = &Difference{seq, where, zh, en}
	}
}

// tree recomputes every leaf and every tile and compares them with the stored
// ones, and the roots with the signed checkpoints.
func (v *verifier) tree(publicKey string) error {
	checkpoints, err := v.checkpoints(publicKey)
	if err != nil || v.rep.Difference != nil {
		return err
	}
	tree, err := journal.OpenTree(0, nil)
	if err != nil {
		return err
	}
	var leaves []byte // stored leaf hashes of the tile at hand
	head := v.tx.Head()
	next := uint64(1)
	lastGood := int64(0)
	check := func() error { // signed roots at the size reached
		for len(checkpoints) > 0 && checkpoints[0].Size == tree.Size() {
			root, err := tree.Root()
			if err != nil {
				return err
			}
			if root != checkpoints[0].Root {
				v.differ(0, "checkpoint",
					fmt.Sprintf("账簿第 %d 至 %d 号记录与 %s 签名的检查点不符：其间有记录被改动，连同校验树一起改写。", lastGood+1, tree.Size(), checkpoints[0].At.Format(time.RFC3339)),
					fmt.Sprintf("Records %d to %d do not agree with the checkpoint signed at %s: one of them was changed, and the tree with it.", lastGood+1, tree.Size(), checkpoints[0].At.Format(time.RFC3339)))
				return nil
			}
			lastGood = tree.Size()
			checkpoints = checkpoints[1:]
			v.rep.Checkpoints++
		}
		return nil
	}
	err = v.tx.EachRecord(func(r store.RecordRow) error {
		if r.Seq != next {
			v.differ(next, "journal", fmt.Sprintf("账簿缺少第 %d 号记录：它被删除了。", next), fmt.Sprintf("Record %d is missing from the journal: it was deleted.", next))
			return errStop
		}
		next++
		rec := journal.Record{Seq: r.Seq, Kind: journal.Kind(r.Kind), Corrects: r.Corrects, ObservedAt: time.UnixMicro(r.Observed), Body: r.Body}
		hash := rec.Hash()
		i := int64(r.Seq - 1)
		if i%256 == 0 {
			if leaves, err = v.tx.Tile(0, i/256); err != nil {
				v.differ(r.Seq, "tiles", fmt.Sprintf("第 %d 号记录起的校验树缺失。", r.Seq), fmt.Sprintf("The tree from record %d on is missing.", r.Seq))
				return errStop
			}
			if v.progress != nil {
				v.progress(r.Seq, 2*head)
			}
			if err := v.ctx.Err(); err != nil {
				return err
			}
		}
		at := int(i%256) * tlog.HashSize
		if at+tlog.HashSize > len(leaves) || string(leaves[at:at+tlog.HashSize]) != string(hash[:]) {
			v.differ(r.Seq, "journal",
				fmt.Sprintf("账簿第 %d 号记录被改动过：内容与写入时的校验值不符。", r.Seq),
				fmt.Sprintf("Record %d was changed: it does not agree with the hash taken when it was written.", r.Seq))
			return errStop
		}
		tree.Append(hash)
		if err := check(); err != nil {
			return err
		}
		if v.rep.Difference != nil {
			return errStop
		}
		return nil
	})
	if err != nil && err != errStop {
		return err
	}
	if v.rep.Difference != nil {
		return nil
	}
	v.rep.Records = next - 1
	if len(checkpoints) > 0 {
		v.differ(next, "journal",
			fmt.Sprintf("检查点签名时账簿有 %d 条记录，现在只有 %d 条：第 %d 号起的记录被删除了。", checkpoints[len(checkpoints)-1].Size, next-1, next),
			fmt.Sprintf("A checkpoint was signed over %d records, but there are %d now: those from record %d on were deleted.", checkpoints[len(checkpoints)-1].Size, next-1, next))
		return nil
	}
	root, err := tree.Root()
	if err != nil {
		return err
	}
	v.rep.Root = root.String()
	return tree.Flush(func(t journal.Tile) error {
		stored, err := v.tx.Tile(t.Level, t.N)
		if err != nil || len(stored) != len(t.Hashes) || string(stored) != string(t.Hashes) {
			v.differ(uint64(t.N<<(8*(t.Level+1)))+1, "tiles",
				fmt.Sprintf("校验树第 %d 层第 %d 片被改动过。", t.Level, t.N), fmt.Sprintf("Tile %d of the tree's level %d was changed.", t.N, t.Level))
		}
		return nil
	})
}

// checkpoints opens every signed checkpoint, smallest first.
func (v *verifier) checkpoints(publicKey string) ([]journal.Checkpoint, error) {
	notes, err := v.tx.Checkpoints()
	if err != nil {
		return nil, err
	}
	var out []journal.Checkpoint
	for _, n := range notes {
		cp, err := journal.Open(n, publicKey)
		if err != nil {
			v.differ(0, "checkpoint", "有一个检查点的签名不对：检查点或签名公钥被改动过。", "A checkpoint's signature is wrong: the checkpoint or the public key was changed.")
			return nil, nil
		}
		out = append(out, cp)
	}
	slices.SortFunc(out, func(a, b journal.Checkpoint) int { return int(a.Size - b.Size) })
	return out, nil
}

var errStop = fmt.Errorf("intake: stop")

// registry folds departments, items, authorizations, ratings and reports anew.
func (v *verifier) registry() error {
	scratch, err := store.OpenScratch(v.tx)
	if err != nil {
		return err
	}
	defer scratch.Close()
	p := newProjector(scratch.Writer(), &registry{byCode: map[string]*department{}}, v.judge)
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
func (v *verifier) compare(anew *store.ReadTx, table string) error {
	diff, err := v.tx.Compare(anew, table)
	if err == nil && diff != "" {
		v.differ(0, table, fmt.Sprintf("表 %s 与账簿推算的结果不一致：%s", table, diff), fmt.Sprintf("Table %s differs from what the journal gives: %s", table, diff))
	}
	return err
}

// replay applies a record to the tables that do not hang on cases.
func (p *projector) replay(r store.RecordRow) error {
	switch journal.Kind(r.Kind) {
	case journal.KindDepartment:
		return p.applyDepartment(r.Seq, r.Body)
	case journal.KindItem:
		_, err := p.applyItem(r.Seq, p.reg.department(r.Dept), r.Body)
		return err
	case journal.KindAuthorization:
		a, err := decodeAuthorization(r.Body)
		if err != nil {
			return err
		}
		return p.applyAuthorization(p.reg.department(r.Dept), r.Seq, r.Corrects, a)
	case journal.KindRating:
		rating, err := decodeRating(r.Body)
		if err != nil {
			return err
		}
		return p.applyRating(p.reg.department(r.Dept), r.Seq, r.Corrects, &rating)
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
		v.differ(id, "cases", fmt.Sprintf("办件 %s 与账簿第 %d 号记录对不上。", row.CaseNo, id), fmt.Sprintf("Case %s does not agree with record %d.", row.CaseNo, id))
		return nil
	}
	it := d.items[e.subject.Events[0].ItemCode]
	if it == nil || it.id != row.Item {
		v.differ(id, "cases", fmt.Sprintf("办件 %s 的事项与账簿不一致。", row.CaseNo), fmt.Sprintf("Case %s stands under another item than in the journal.", row.CaseNo))
		return nil
	}
	e.subject.Item, e.subject.Authorizations = &it.item, d.auths
	at := time.UnixMicro(d.row.JudgedAt).UTC()
	verdict := v.judge.Judge(&e.subject, at)
	fresh := caseRow(e, &verdict)
	if got, want := steady(row), steady(fresh); got != want {
		v.differ(id, "cases", fmt.Sprintf("办件 %s 的登记与账簿推算的结果不一致：登记 %+v，推算 %+v。", row.CaseNo, got, want),
			fmt.Sprintf("Case %s differs from what the journal gives: stored %+v, computed %+v.", row.CaseNo, got, want))
		return nil
	}
	if err := v.findings(&fresh, verdict.Findings); err != nil || v.rep.Difference != nil {
		return err
	}
	return v.registers(e, &verdict, &fresh)
}

// steady is the part of a row that only an event or a deadline changes. The
// running counters of an open case stand as of when it was last judged.
func steady(c store.CaseRow) store.CaseRow {
	c.Next = 0
	if c.Ended == 0 {
		c.Due, c.StatutoryDue, c.Used, c.Paused = 0, 0, 0, 0
		c.Flags &^= store.FlagOverdueWithoutPauses | store.FlagUnlisted
	}
	return c
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
		case comparable(stored[i]) != comparable(fresh[i]):
			name = stored[i].Rule
		default:
			continue
		}
		v.differ(row.ID, "findings", fmt.Sprintf("办件 %s 的异常 %s 与账簿推算的结果不一致。", row.CaseNo, name),
			fmt.Sprintf("Finding %s of case %s differs from what the journal gives.", name, row.CaseNo))
		return nil
	}
	v.rep.Findings += len(fresh)
	return nil
}

// comparable leaves out the words: of an open case they count on with the
// days and stand as of when it was last judged.
func comparable(f store.FindingRow) store.FindingRow {
	f.WordsZH, f.WordsEN = "", ""
	return f
}

func (v *verifier) registers(e *entry, verdict *rules.Verdict, row *store.CaseRow) error {
	wantOverdue, over := overdueRow(e, verdict, row)
	gotOverdue, stands, err := v.tx.OverdueByID(int64(row.ID))
	if err != nil {
		return err
	}
	if row.Ended == 0 { // counts on with the days
		for _, o := range []*store.OverdueRegisterRow{&wantOverdue, &gotOverdue} {
			o.Due, o.OverBy, o.Paused = 0, 0, 0
		}
	}
	if over != stands || over && wantOverdue != gotOverdue {
		v.differ(row.ID, "register_overdue", fmt.Sprintf("办件 %s 的超时登记与账簿推算的结果不一致。", row.CaseNo), fmt.Sprintf("The overdue register's row of case %s differs from what the journal gives.", row.CaseNo))
		return nil
	}
	want, rejected := rejectionRow(e, verdict, row)
	got, stands, err := v.tx.RejectionByID(int64(row.ID))
	if err != nil {
		return err
	}
	if rejected != stands || rejected && want != got {
		v.differ(row.ID, "register_rejections", fmt.Sprintf("办件 %s 的否定报备登记与账簿推算的结果不一致。", row.CaseNo), fmt.Sprintf("The rejections register's row of case %s differs from what the journal gives.", row.CaseNo))
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
		v.differ(0, orphan, fmt.Sprintf("表 %s 里有账簿推不出的内容。", orphan), fmt.Sprintf("Table %s holds rows that the journal does not give.", orphan))
		return nil
	}
	figure, err := v.tx.RecountFigures()
	if err != nil {
		return err
	}
	if figure != "" {
		v.differ(0, "figures", "看板计数与办件逐件清点的结果不一致："+figure, "The board's counters differ from a recount: "+figure)
	}
	return nil
}
