package intake

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// caseRow is a verdict as the cases table keeps it. The numbers of states,
// outcomes and levels are the same in both, which a test holds.
func caseRow(e *entry, v *rules.Verdict) store.CaseRow {
	c := &v.Case
	main := v.Main()
	row := store.CaseRow{
		ID: e.row.ID, Dept: e.row.Dept, Item: e.row.Item, CaseNo: e.row.CaseNo,
		State: uint8(c.State), Outcome: uint8(c.Outcome), Level: uint8(c.Level),
		Received: store.Micros(c.ReceivedAt), Accepted: store.Micros(c.AcceptedAt), Ended: store.Micros(c.EndedAt), Sent: store.Micros(c.SentAt),
		Due: store.Micros(main.Due), StatutoryDue: store.Micros(v.Statutory.Due), Last: store.Micros(c.LastAt), Next: ceilMicros(v.Next),
		LimitN: c.Limit.N, LimitUnit: uint8(c.Limit.Unit), Used: c.Used, Extended: c.Extended,
		Requests: c.Requests, Paused: c.Paused, Events: len(e.subject.Events),
		Applicant: mask(c.Applicant, e.subject.Events), Project: c.Project, Handler: c.Handler, Window: c.Window,
	}
	set := func(on bool, f store.Flags) {
		if on {
			row.Flags |= f
		}
	}
	set(main.Over, store.FlagOverdue)
	set(v.Promised.LapsedOnly || v.Statutory.LapsedOnly, store.FlagLapsed)
	set(main.OverWithoutPauses, store.FlagOverdueWithoutPauses)
	set(c.PausedNow, store.FlagPausedNow)
	set(c.RefusalGrounds, store.FlagRefused)
	set(c.OutOfOrder, store.FlagOutOfOrder)
	set(c.Early, store.FlagEarly)
	set(c.DeemedAccepted, store.FlagDeemedAccepted)
	set(e.corrected, store.FlagCorrected)
	set(c.Unlisted, store.FlagUnlisted)
	set(e.subject.Item.CaseType == approval.OnTheSpot, store.FlagOnTheSpot)
	set(!v.Promised.Limit.IsZero(), store.FlagPromised)
	set(negative(c.Outcome), store.FlagNegative)
	set(e.subject.Item.Regime == approval.LimitsOnly && v.Promised.Limit.IsZero() && !v.Statutory.Limit.IsZero(), store.FlagOnlyLimit)
	return row
}

func negative(o rules.Outcome) bool {
	return o == rules.Refused || o == rules.NotAccepted || o == rules.Returned
}

// ceilMicros rounds up, so that the index never fires before the moment.
func ceilMicros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	m := t.UnixMicro()
	if t.Nanosecond()%1000 != 0 {
		m++
	}
	return m
}

// mask hides who applied from lists: a person keeps the family name, an
// organisation its first character and its last two.
func mask(name string, events []approval.Event) string {
	r := []rune(name)
	if len(r) < 2 {
		return name
	}
	organisation := len(r) > 4
	for i := range events {
		if a := events[i].Application; a != nil && a.ApplicantName == name && a.ApplicantType != "" {
			organisation = a.ApplicantType == "organisation"
			break
		}
	}
	if organisation && len(r) > 4 {
		return string(r[0]) + "**" + string(r[len(r)-2:])
	}
	return string(r[0]) + strings.Repeat("*", min(len(r)-1, 2))
}

// findingRows are a verdict's findings as the table keeps them.
func findingRows(row *store.CaseRow, findings []rules.Finding) []store.FindingRow {
	out := make([]store.FindingRow, len(findings))
	for i := range findings {
		f := &findings[i]
		out[i] = store.FindingRow{Case: row.ID, Rule: f.Rule, Key: f.Key, Dept: row.Dept, Item: row.Item,
			Level: uint8(f.Level), State: uint8(f.State), Raised: store.Micros(f.RaisedAt), Settled: store.Micros(f.SettledAt),
			Evidence: evidence(f.Evidence), WordsZH: f.WordsZH, WordsEN: f.WordsEN}
	}
	return out
}

func evidence(seqs []uint64) string {
	b := []byte{'['}
	for i, s := range seqs {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, s, 10)
	}
	return string(append(b, ']'))
}

func compareFinding(a, b *store.FindingRow) int {
	return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Key, b.Key))
}
