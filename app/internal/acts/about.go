package acts

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// What acts are about.
const (
	ofCase       = "case"
	ofRating     = "rating"
	ofReview     = "review"
	ofVisit      = "visit"
	ofMatter     = "matter"
	ofCallback   = "callback"
	ofPlan       = "plan"
	ofAccount    = "account"
	ofDepartment = "department"

	ofTerm = "term" // told as the account whose it is
)

// Subject is what an act is about.
type Subject struct {
	Kind string
	ID   uint64
	Code string // a department's, which has no number
	Name string // a case's number, an account's name
}

// itself is for an act whose journal number is the subject's.
func itself(kind string) func(*intake.RecordedAct) (Subject, error) {
	return func(a *intake.RecordedAct) (Subject, error) { return Subject{Kind: kind, ID: a.Seq}, nil }
}

// numbered is for an act whose data has the subject's number under a key.
func numbered(kind, key string) func(*intake.RecordedAct) (Subject, error) {
	return func(a *intake.RecordedAct) (Subject, error) { return first(a, [][2]string{{kind, key}}) }
}

// opened is what somebody was let see. A call-back's rater is a rating's too; the
// call-back says more.
func opened(a *intake.RecordedAct) (Subject, error) {
	return first(a, [][2]string{{ofCase, "case"}, {ofCallback, "callback"}, {ofRating, "rating"}, {ofReview, "review"}, {ofVisit, "visit"}})
}

// first is the first subject that an act's data names.
func first(a *intake.RecordedAct, keys [][2]string) (Subject, error) {
	var d map[string]json.RawMessage
	if err := json.Unmarshal(a.Data, &d); err != nil {
		return Subject{}, err
	}
	for _, k := range keys {
		raw, ok := d[k[1]]
		if !ok {
			continue
		}
		s := Subject{Kind: k[0]}
		return s, json.Unmarshal(raw, &s.ID)
	}
	return Subject{}, nil
}

// coded is for an act whose data has a code under a key; without one it is about
// nothing in particular.
func coded(kind, key string) func(*intake.RecordedAct) (Subject, error) {
	return func(a *intake.RecordedAct) (Subject, error) {
		var d map[string]json.RawMessage
		if err := json.Unmarshal(a.Data, &d); err != nil || d[key] == nil {
			return Subject{}, err
		}
		s := Subject{Kind: kind}
		if err := json.Unmarshal(d[key], &s.Code); err != nil || s.Code == "" {
			return Subject{}, err
		}
		return s, nil
	}
}

// exported is the department that an export was of, where its filter named one.
func exported(a *intake.RecordedAct) (Subject, error) {
	var d struct {
		Filter struct{ Department chosen }
	}
	if err := json.Unmarshal(a.Data, &d); err != nil || d.Filter.Department == "" {
		return Subject{}, err
	}
	return Subject{Kind: ofDepartment, Code: string(d.Filter.Department)}, nil
}

// chosen is the one value of a filter: journals hold it as a text, and since
// filters take several values as a list of them. Of several it is none.
type chosen string

// UnmarshalJSON reads either.
func (c *chosen) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		var all []string
		if err := json.Unmarshal(b, &all); err != nil || len(all) != 1 {
			return err
		}
		*c = chosen(all[0])
		return nil
	}
	return json.Unmarshal(b, (*string)(c))
}

// putUp is the case that was put up for review by hand.
func putUp(a *intake.RecordedAct) (Subject, error) {
	var d struct {
		Reason  string
		Reviews []struct {
			CaseID     uint64 `json:"case_id"`
			Department string
		}
	}
	if err := json.Unmarshal(a.Data, &d); err != nil || d.Reason == "" || len(d.Reviews) == 0 {
		return Subject{}, err
	}
	if r := d.Reviews[0]; r.CaseID == 0 {
		return Subject{Kind: ofDepartment, Code: r.Department}, nil
	}
	return Subject{Kind: ofCase, ID: d.Reviews[0].CaseID}, nil
}

// name fills in the names of what acts are about.
func (t *teller) name(ctx context.Context, all []Told) error {
	numbers := map[string][]uint64{}
	for i := range all {
		numbers[all[i].About.Kind] = append(numbers[all[i].About.Kind], all[i].About.ID)
	}
	cases, terms := map[uint64]string{}, map[uint64]uint64{}
	if err := t.each(ctx, numbers[ofCase], func(r *sql.Rows) error {
		var id uint64
		var no string
		err := r.Scan(&id, &no)
		cases[id] = no
		return err
	}, `SELECT id, case_no FROM cases WHERE id IN (SELECT value FROM json_each(?))`); err != nil {
		return err
	}
	if err := t.each(ctx, numbers[ofTerm], func(r *sql.Rows) error {
		var id, account uint64
		err := r.Scan(&id, &account)
		terms[id] = account
		return err
	}, `SELECT id, account FROM terms WHERE id IN (SELECT value FROM json_each(?))`); err != nil {
		return err
	}
	for i := range all {
		about := &all[i].About
		if about.Kind == ofTerm {
			about.Kind, about.ID = ofAccount, terms[about.ID]
		}
		switch about.Kind {
		case ofCase:
			about.Name = cases[about.ID]
		case ofAccount:
			about.Name = t.names[about.ID]
		}
	}
	return nil
}

// each runs a query on a list of numbers, if there are any.
func (t *teller) each(ctx context.Context, numbers []uint64, f func(*sql.Rows) error, query string) error {
	if len(numbers) == 0 {
		return nil
	}
	list, err := json.Marshal(numbers)
	if err != nil {
		return err
	}
	return store.EachRow(ctx, t.db, f, query, string(list))
}
