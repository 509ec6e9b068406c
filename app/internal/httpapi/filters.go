package httpapi

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Window is the part of a list that is asked for.
type Window struct {
	Offset int `query:"offset" minimum:"0" maximum:"100000"`
	Limit  int `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

func (w Window) at() store.Window { return store.Window{Offset: w.Offset, Limit: w.Limit} }

// CaseFilter are the filters of the cases list and its export.
type CaseFilter struct {
	Department   string `query:"department" maxLength:"64" doc:"department code"`
	Item         string `query:"item" maxLength:"128" doc:"item code; needs department"`
	State        string `query:"state" enum:"open,received,supplement,accepted,paused,ended"`
	Level        string `query:"level" enum:"any,review,data,warn,yellow,red" doc:"highest active finding; any: with a finding"`
	Overdue      bool   `query:"overdue"`
	Text         string `query:"text" maxLength:"100" doc:"a case number's beginning, or part of an item's name"`
	ReceivedFrom string `query:"received_from" doc:"an instant (RFC 3339), or a date, which means its beginning in the office's zone"`
	ReceivedTo   string `query:"received_to" doc:"exclusive"`
	DueFrom      string `query:"due_from" doc:"open cases due from then on"`
	DueTo        string `query:"due_to" doc:"exclusive"`
	Sort         string `query:"sort" enum:"received,due,ended,case_no" default:"received" doc:"due lists open cases only"`
	Ascending    bool   `query:"ascending"`
}

func (f *CaseFilter) query() (casefile.CaseQuery, error) {
	q := casefile.CaseQuery{Department: f.Department, Item: f.Item, State: f.State, Level: f.Level, Overdue: f.Overdue,
		Text: f.Text, Sort: f.Sort, Ascending: f.Ascending}
	if f.Item != "" && f.Department == "" {
		return q, wrongField("item", "按事项筛选时请同时选择部门", "choose a department along with the item")
	}
	err := instants(
		instant{"received_from", f.ReceivedFrom, &q.ReceivedFrom}, instant{"received_to", f.ReceivedTo, &q.ReceivedTo},
		instant{"due_from", f.DueFrom, &q.DueFrom}, instant{"due_to", f.DueTo, &q.DueTo})
	return q, err
}

// FindingFilter are the filters of the findings list and its export.
type FindingFilter struct {
	Department string `query:"department" maxLength:"64"`
	Rule       string `query:"rule" maxLength:"8" doc:"such as V02"`
	Level      string `query:"level" enum:"review,data,warn,yellow,red"`
	State      string `query:"state" enum:"active,superseded,settled,withdrawn"`
	Text       string `query:"text" maxLength:"100" doc:"a case number's beginning"`
	CaseID     uint64 `query:"case_id"`
	RaisedFrom string `query:"raised_from" doc:"an instant (RFC 3339), or a date, which means its beginning in the office's zone"`
	RaisedTo   string `query:"raised_to" doc:"exclusive"`
	Ascending  bool   `query:"ascending"`
}

func (f *FindingFilter) query() (casefile.FindingQuery, error) {
	q := casefile.FindingQuery{Department: f.Department, Rule: f.Rule, Level: f.Level, State: f.State, Text: f.Text,
		CaseID: f.CaseID, Ascending: f.Ascending}
	return q, instants(instant{"raised_from", f.RaisedFrom, &q.RaisedFrom}, instant{"raised_to", f.RaisedTo, &q.RaisedTo})
}

// RegisterFilter are the filters that the registers share.
type RegisterFilter struct {
	Department string `query:"department" maxLength:"64"`
	Text       string `query:"text" maxLength:"100"`
}

func (f *RegisterFilter) query() casefile.RegisterQuery {
	return casefile.RegisterQuery{Department: f.Department, Text: f.Text}
}

// ReportFilter are the filters of what departments report and we compute.
type ReportFilter struct {
	RegisterFilter
	Agreement string `query:"agreement" enum:"both,only_ours,only_theirs,awaited" doc:"whether the department's report and our computation agree"`
}

func (f *ReportFilter) query() casefile.RegisterQuery {
	q := f.RegisterFilter.query()
	q.Agreement = f.Agreement
	return q
}

// AuthorizationFilter are the filters of the authorizations.
type AuthorizationFilter struct {
	RegisterFilter
	Status string `query:"status" enum:"live,future,expired,revoked"`
}

type instant struct {
	name, text string
	to         *time.Time
}

// instants reads times as clients write them.
func instants(all ...instant) error {
	for _, i := range all {
		if i.text == "" {
			continue
		}
		t, err := time.Parse(time.RFC3339Nano, i.text)
		if err != nil {
			t, err = time.ParseInLocation(time.DateOnly, i.text, officeZone)
		}
		if err != nil || t.Year() < 1900 || t.Year() > 2200 {
			return wrongField(i.name, "应为日期（如 2026-09-22）或 RFC 3339 时间", "expected a date such as 2026-09-22, or an RFC 3339 time")
		}
		*i.to = t
	}
	return nil
}

func wrongField(name, zh, en string) error {
	f := fault.New(fault.Invalid, "invalid_input", "填写的内容有误。请按各项提示更正后重试。",
		"Something in the request is wrong. Correct what is named and try again.", nil)
	f.Fields = []fault.Field{{Name: name, ZH: zh, EN: en}}
	return f
}
