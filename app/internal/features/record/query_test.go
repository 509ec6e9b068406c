package record_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
)

func raw(data string) json.RawMessage { return json.RawMessage(data) }

func id(n uint64) string { return strconv.FormatUint(n, 10) }

// Whatever is filtered by finds just what the whole list tells of it, in its
// order, to who may open seals and to who may not; page by page as at once.
func TestAFilterFindsWhatTheListTells(t *testing.T) {
	o := open(t)
	o.publish()
	people := []uint64{0, o.account("seer", access.Volunteer), o.account("clerk", access.Staff), o.account("moved", access.Volunteer)}
	for i, what := range slices.Concat(o.Types(), o.Types(), o.Types()) {
		if i == len(o.Types()) {
			o.did(0, "account.changed", map[string]any{"id": people[3], "name": "姓名moved", "role": access.Staff, "active": true})
		}
		if i%40 == 39 {
			o.now = o.now.Add(-time.Minute) // somebody set the clock back
		}
		if !strings.HasPrefix(what, "account.") {
			by := people[i%len(people)]
			switch volunteers := o.Volunteers(what); {
			case o.Own(what):
				by = 0
			case !volunteers && (by == people[1] || by == people[3] && i < len(o.Types())):
				by = people[2]
			}
			o.did(by, what, o.sample(what))
		}
	}
	o.did(0, "review.put_up", raw(`{"kind":"overdue","period":"2026-09-14","reviews":[]}`))
	all := o.list(record.Query{})
	rapid.Check(t, func(t *rapid.T) {
		q := record.Query{
			Group: rapid.SampledFrom([]act.Group{"", act.SignIn, act.Exports, act.Openings, act.Reviews, act.Visits, act.Matters, act.Ratings, act.Terms, act.Settings}).Draw(t, "group"),
			By:    rapid.SampledFrom([]string{"", "people", "here", "console", "volunteer", id(people[1]), id(people[2]), id(people[3]), "999"}).Draw(t, "by"),
			Text:  rapid.SampledFrom([]string{"", "", "投诉", "来电", "来电 投诉", "投诉 无此", "%", "无此事由"}).Draw(t, "text"),
			Limit: rapid.IntRange(25, 80).Draw(t, "limit"),
		}
		some := func(what string) time.Time {
			if rapid.Bool().Draw(t, what) {
				return all[rapid.IntRange(0, len(all)-1).Draw(t, what+" of")].At
			}
			return time.Time{}
		}
		q.From, q.To = some("from"), some("to")
		var want []record.Entry
		for _, a := range all {
			by := q.By == "" || q.By == record.People && a.Who != record.Console || q.By == string(a.Who) || a.Who == record.Account && q.By == id(a.By)
			if by && (q.Group == "" || a.Group == q.Group) &&
				!slices.ContainsFunc(strings.Fields(q.Text), func(word string) bool { return !strings.Contains(a.Reason, word) }) &&
				(q.From.IsZero() || !a.At.Before(q.From)) && (q.To.IsZero() || a.At.Before(q.To)) {
				want = append(want, a)
			}
		}
		var got []record.Entry
		for page := q; ; page.Before = got[len(got)-1].Seq {
			rows := o.list(page)
			got = append(got, rows...)
			if len(rows) < q.Limit {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%+v\ngot  %v\nwant %v", q, got, want)
		}
		var each []record.Entry
		if err := o.Each(ctx, q, func(a *record.Entry) error {
			each = append(each, *a)
			return nil
		}); err != nil || !slices.Equal(each, want) {
			t.Fatalf("each: %v, %v", each, err)
		}
	})
	if _, err := o.List(ctx, record.Query{By: "somebody", Limit: 1}); err == nil {
		t.Error("acts of somebody were found")
	} else if f, ok := fault.As(err); !ok || f.Fields[0].Name != "by" {
		t.Error(err)
	}
}

// No filter reads acts that it does not ask for: each type is looked up in its
// index, in the journal's order, and nothing is sorted but the page.
func TestNoFilterReadsTheWholeJournal(t *testing.T) {
	o := open(t)
	o.did(0, "access.signed_in", nil)
	from, to := o.now.Add(-time.Hour), o.now.Add(time.Hour)
	for _, q := range []record.Query{
		{}, {Before: 100}, {From: from, To: to}, {Group: act.Openings}, {Group: act.Openings, From: from}, {By: "7"}, {By: "7", Group: act.Openings, To: to},
		{By: "people"}, {By: "here"}, {By: "console"}, {By: "volunteer"}, {Text: "投诉"}, {Text: "投诉", By: "2", Group: act.Terms, Before: 9},
	} {
		q.Limit = 100
		text, args, err := o.Statement(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := o.s.Readers().QueryContext(ctx, `EXPLAIN QUERY PLAN `+text, args...)
		if err != nil {
			t.Fatal(err)
		}
		before := ""
		for rows.Next() {
			var n, parent, unused int
			var step string
			if err := rows.Scan(&n, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			all := q == record.Query{Limit: q.Limit}
			if strings.Contains(step, " journal ") && !all && !strings.HasPrefix(step, "SEARCH journal USING INDEX journal_act") && !strings.HasPrefix(step, "SEARCH journal USING INDEX journal_kinds (kind=? AND rowid") ||
				strings.Contains(step, " journal ") && strings.Contains(text, "UNION ALL") && !strings.Contains(step, "(<expr>=?") ||
				strings.Contains(step, "TEMP B-TREE") && !strings.HasPrefix(before, "SCAN (subquery") {
				t.Errorf("%+v: %s, then %s", q, before, step)
			}
			before = step
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		if before == "" {
			t.Errorf("%+v has no plan", q)
		}
	}
}
