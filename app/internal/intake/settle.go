package intake

import (
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// settleChunk bounds how many due cases are taken up at once.
const settleChunk = 256

// moment is the instant that a department's findings are to be true for: the
// office clock once its adapter has caught up, before that the latest instant
// its own records speak of, so that a year read in a minute still passes in
// order.
func (p *projector) moment(d *department) time.Time {
	at := p.now
	if !d.live && d.presumed.IsZero() {
		if w := time.UnixMicro(d.row.Watermark); w.Before(at) {
			at = w
		}
	}
	if !p.asOf.IsZero() && p.asOf.Before(at) {
		at = p.asOf
	}
	if judged := time.UnixMicro(d.row.JudgedAt); judged.After(at) {
		at = judged // time does not run backwards
	}
	return at
}

// settle judges every touched case, and every case of their departments that
// has fallen due by then.
func (p *projector) settle() error {
	for _, e := range p.touched {
		d := p.reg.department(e.key.dept)
		if err := p.judgeCase(d, e, p.moment(d)); err != nil {
			return err
		}
	}
	p.touched = p.touched[:0]
	if p.w.Head() == p.began {
		if err := p.noteTime(); err != nil {
			return err
		}
	}
	for _, d := range p.reg.byID {
		if err := p.settleDue(d); err != nil {
			return err
		}
	}
	return nil
}

// noteTime journals that time passed if something fell due in a transaction
// without any record: every change is told under a number of its own.
func (p *projector) noteTime() error {
	var fell []string
	for _, d := range p.reg.byID {
		due, err := p.due(d, p.moment(d))
		if err != nil {
			return err
		}
		if due {
			fell = append(fell, d.row.Code)
		}
	}
	if len(fell) == 0 {
		return nil
	}
	return p.appendClock(p.now, fell)
}

// due tells whether time alone changes a case of the department by then. The
// moment in memory may be too early, since a case that was judged since may
// have moved on: before yes is said, the database is asked.
func (p *projector) due(d *department, at time.Time) (bool, error) {
	if d.nextRead && (d.next == 0 || d.next > at.UnixMicro()) {
		return false, nil
	}
	next, err := p.w.NextDue(d.row.ID)
	if err != nil {
		return false, err
	}
	d.next, d.nextRead = next, true
	return d.next > 0 && d.next <= at.UnixMicro(), nil
}

// readDues reads when each department's cases are next due by time alone, where that
// is not known.
func (p *projector) readDues() error {
	unread := false
	for _, d := range p.reg.byID {
		unread = unread || !d.nextRead
	}
	if !unread {
		return nil
	}
	return p.w.NextDues(func(dept, at int64) {
		if d := p.reg.byID[dept-1]; !d.nextRead {
			d.next, d.nextRead = at, true
		}
	})
}

// settleDue judges the cases of a department that fell due. What it costs
// follows what fell due, not what is open.
func (p *projector) settleDue(d *department) error {
	at := p.moment(d)
	if m := at.UnixMicro(); m > d.row.JudgedAt {
		d.row.JudgedAt, d.dirty = m, true
	}
	for {
		if due, err := p.due(d, at); err != nil || !due {
			return err
		}
		// Nothing is touched any more, so cases may be let go; and who shuts the
		// console down does not wait for a long backlog, which is taken up again.
		p.hot.trim()
		select {
		case <-p.quit:
			return ErrClosed
		default:
		}
		ids, err := p.w.DueCases(d.row.ID, at, settleChunk)
		if err != nil {
			return err
		}
		if err := p.judgeAll(d, ids); err != nil {
			return err
		}
	}
}

// judgeCase brings a case's projections up to a moment.
func (p *projector) judgeCase(d *department, e *entry, at time.Time) error {
	e.touched = false
	e.subject.Authorizations, e.subject.Duties = d.auths, d.duties()
	e.subject.Item = p.reg.item(e.row.Item).held(p.judge, &e.subject, at)
	v := p.judge.Judge(&e.subject, at)
	row := caseRow(e, &v)
	if row.Ended == 0 {
		row.Judged = at.UnixMicro()
	}
	if d.nextRead && row.Next > 0 && (d.next == 0 || row.Next < d.next) {
		d.next = row.Next
	}
	var told []store.ChangeFinding
	if len(v.Findings) > 0 || len(e.findings) > 0 {
		fresh := findingRows(&row, v.Findings)
		var err error
		if told, err = p.putFindings(d, e, fresh); err != nil {
			return err
		}
	}
	if err := p.putRegisters(e, &v, &row); err != nil {
		return err
	}
	moved := e.row.Level != row.Level
	if e.stored {
		if err := p.w.UpdateCase(&e.row, &row); err != nil {
			return err
		}
	} else if err := p.w.InsertCase(&row); err != nil {
		return err
	}
	// What ended, or is open again, is so for its findings too.
	if len(e.findings) > 0 && (row.Ended != 0 || e.row.Ended != 0) {
		if err := p.w.FindingsOpen(row.ID, row.Ended == 0); err != nil {
			return err
		}
	}
	e.row, e.stored = row, true
	p.tell(d, e, told, moved)
	return nil
}

// tellAtMost bounds the changes of one transaction that time alone caused. The
// live stream has its clients reload long before.
const tellAtMost = 10_000

// tell puts what a case's judgement changed into the live stream: with the
// event that caused it, or by itself where time did.
func (p *projector) tell(d *department, e *entry, told []store.ChangeFinding, moved bool) {
	if e.change >= 0 {
		c := &p.changes[e.change]
		c.Level, c.Findings = store.LevelWord(e.row.Level), told
		e.change = -1
		return
	}
	if len(told) == 0 && !moved || p.silent || len(p.changes) > tellAtMost {
		return
	}
	p.changes = append(p.changes, store.Change{Seq: p.w.Head(), Kind: "clock", Department: d.row.Code, CaseID: e.row.ID,
		CaseNo: e.row.CaseNo, ItemCode: e.subject.Item.Code, At: time.UnixMicro(d.row.JudgedAt).UTC(), ObservedAt: p.now,
		Level: store.LevelWord(e.row.Level), Findings: told})
}

// putFindings writes how a case's findings changed.
func (p *projector) putFindings(d *department, e *entry, fresh []store.FindingRow) (told []store.ChangeFinding, err error) {
	withdrawn, told, err := p.withdraw(d, e, e.findings, fresh)
	if err != nil {
		return nil, err
	}
	for i := range fresh {
		changed, err := p.putFinding(e.findings, &fresh[i])
		if err != nil {
			return nil, err
		}
		if changed {
			told = append(told, changeFinding(&fresh[i]))
		}
	}
	e.findings = append(fresh, withdrawn...) //nolint:gocritic // fresh is not used again, and its room is
	slices.SortFunc(e.findings, func(a, b store.FindingRow) int { return compareFinding(&a, &b) })
	return told, nil
}

// withdraw takes back the findings that are no longer true. Those that people
// could have seen are kept as withdrawn, with those that were before.
func (p *projector) withdraw(d *department, e *entry, before, fresh []store.FindingRow) (kept []store.FindingRow, told []store.ChangeFinding, err error) {
	for i := range before {
		old := before[i]
		if same(fresh, &old) != nil {
			continue
		}
		if old.State == store.FindingWithdrawn {
			kept = append(kept, old)
			continue
		}
		seen, err := p.seen(d, e, &old)
		if err != nil {
			return nil, nil, err
		}
		if seen {
			old.State = store.FindingWithdrawn
			p.unsealed[store.SealedWithdrawn] = true
			err = p.w.PutFinding(&old, p.w.Head(), false)
			kept, told = append(kept, old), append(told, changeFinding(&old))
		} else {
			err = p.w.DeleteFinding(&old)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return kept, told, nil
}

// seen tells whether people could have seen a finding, or acted on what it was
// founded on: they could while the department was live, of what stood when its
// reading began, and where the department corrected itself. What a first reading
// raises of half a case, and takes back with the other half, nobody was shown.
func (p *projector) seen(d *department, e *entry, f *store.FindingRow) (bool, error) {
	if d.live || e.corrected || p.anew {
		return true, nil
	}
	told, err := p.w.FindingTold(f)
	return told <= d.shown, err
}

// putFinding writes a finding, unless it stands there already.
func (p *projector) putFinding(before []store.FindingRow, f *store.FindingRow) (changed bool, err error) {
	old := same(before, f)
	if old != nil && *old == *f {
		return false, nil
	}
	if old != nil && p.silent { // judged anew: what is only worded otherwise is no news, and stays what people saw
		reworded := *old
		reworded.WordsZH, reworded.WordsEN = f.WordsZH, f.WordsEN
		if reworded == *f {
			return false, p.w.RewordFinding(f)
		}
	}
	if old != nil && old.State == store.FindingWithdrawn {
		p.unsealed[store.SealedWithdrawn] = true
	}
	if old != nil && old.Raised != f.Raised { // count it on its new day
		if err := p.w.DeleteFinding(old); err != nil {
			return false, err
		}
		old = nil
	}
	return true, p.w.PutFinding(f, p.w.Head(), old == nil)
}

// same is the finding of the same rule and key; nil if there is none.
func same(list []store.FindingRow, f *store.FindingRow) *store.FindingRow {
	for i := range list {
		if list[i].Rule == f.Rule && list[i].Key == f.Key {
			return &list[i]
		}
	}
	return nil
}

func changeFinding(f *store.FindingRow) store.ChangeFinding {
	return store.ChangeFinding{Rule: f.Rule, Level: store.LevelWord(f.Level), State: store.FindingStateWord(f.State)}
}

// finish writes what the transaction changed of the departments.
func (p *projector) finish() error {
	for _, d := range p.reg.byID {
		if d.dirty {
			if err := p.w.PutDepartment(&d.row); err != nil {
				return err
			}
			d.dirty = false
			p.unsealed[store.SealedMoments] = true
		}
	}
	if err := p.putReadings(); err != nil {
		return err
	}
	if lowest := p.w.TakenOut(); lowest > 0 {
		if was, err := lastSetAside(p.w.Reader); err != nil || lowest > was.Upto {
			return err
		}
		return p.noteTakenOut()
	}
	return nil
}

// forget drops everything held in memory, after a rollback.
func (p *projector) forget() error {
	before := p.reg.byCode
	reg, err := loadRegistry(p.tx)
	if err != nil {
		return err
	}
	for code, d := range reg.byCode {
		d.shown = p.opened
		if old := before[code]; old != nil {
			d.live, d.shown, d.presumed = old.live, old.shown, old.presumed
		}
	}
	p.reg, p.hot = reg, newHot()
	p.touched, p.changes, p.rewound, p.renewed = nil, nil, nil, nil
	clear(p.moved)
	clear(p.streams)
	clear(p.unsealed)
	if p.named, err = namedBy(p.w.Reader); err != nil {
		return err
	}
	return p.recall()
}
