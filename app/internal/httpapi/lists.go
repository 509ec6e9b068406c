package httpapi

import (
	"context"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// lists registers what is read from the data folder.
func (a *oldAPI) lists() {
	get(a, "/board", "board", "Live board", func(ctx context.Context, _ *none) (store.Board, error) {
		b, err := a.reader.Board(ctx, a.console.Now())
		if err != nil {
			return store.Board{}, err
		}
		return *b, nil
	})
	get(a, "/departments", "departments", "Departments with their figures", func(ctx context.Context, _ *none) ([]store.Department, error) {
		return a.reader.Departments(ctx, a.console.Now())
	})
	get(a, "/items", "items", "Approval items", func(ctx context.Context, in *struct {
		Department string `query:"department" maxLength:"64"`
	}) ([]store.Item, error) {
		return a.reader.Items(ctx, in.Department)
	})
	get(a, "/rules", "rules", "Violation catalogue", func(context.Context, *none) ([]Rule, error) {
		var out []Rule
		for _, r := range rules.Catalogue() {
			out = append(out, Rule{r.Code, r.NameZH, r.NameEN, r.Level.String(), r.BasisZH, r.BasisEN})
		}
		return out, nil
	})
	get(a, "/cases", "cases", "Cases", func(ctx context.Context, in *struct {
		CaseFilter
		Window
	}) (store.Page[store.Case], error) {
		q, err := in.query()
		if err != nil {
			return store.Page[store.Case]{}, err
		}
		q.Offset, q.Limit = in.Offset, in.Limit
		return a.reader.Cases(ctx, q)
	})
	get(a, "/cases/by-number", "caseByNumber", "A case by its number", func(ctx context.Context, in *struct {
		Department string `query:"department" required:"true" minLength:"1" maxLength:"64"`
		CaseNo     string `query:"case_no" required:"true" minLength:"1" maxLength:"256"`
	}) (store.Case, error) {
		return a.reader.CaseByNo(ctx, in.Department, in.CaseNo)
	})
	get(a, "/findings", "findings", "Findings", func(ctx context.Context, in *struct {
		FindingFilter
		Window
	}) (store.Page[store.Finding], error) {
		q, err := in.query()
		if err != nil {
			return store.Page[store.Finding]{}, err
		}
		q.Offset, q.Limit = in.Offset, in.Limit
		return a.reader.Findings(ctx, q)
	})
	get(a, "/events", "events", "Latest changes, newest first", func(ctx context.Context, in *struct {
		Before     uint64 `query:"before" doc:"journal number; 0: from the newest"`
		Department string `query:"department" maxLength:"64"`
		Limit      int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}) ([]store.Change, error) {
		return a.reader.RecentChanges(ctx, in.Before, in.Department, in.Limit)
	})
	get(a, "/quarantine", "quarantine", "Records that could not be taken", func(ctx context.Context, in *struct {
		Adapter string `query:"adapter" maxLength:"64"`
		Window
	}) (store.Page[store.QuarantineRow], error) {
		return a.reader.Quarantine(ctx, in.Adapter, in.Offset, in.Limit)
	})
	get(a, "/quarantine/{id}", "quarantineRow", "A record that could not be taken, as it came", func(ctx context.Context, in *struct {
		ID uint64 `path:"id"`
	}) (store.QuarantineRow, error) {
		return a.reader.QuarantineRow(ctx, in.ID)
	})
	get(a, "/search", "search", "Cases, items and departments by a word", a.search)
}

// registers registers the three registers.
func (a *oldAPI) registers() {
	type beside struct {
		ReportFilter
		Window
	}
	windowed := func(q store.RegisterQuery, w Window) store.RegisterQuery {
		q.Offset, q.Limit = w.Offset, w.Limit
		return q
	}
	get(a, "/registers/overdue", "overdueRegister", "Overdue register", func(ctx context.Context, in *beside) (store.Page[store.OverdueRow], error) {
		return a.reader.OverdueRegister(ctx, windowed(in.query(), in.Window))
	})
	get(a, "/registers/rejections", "rejectionRegister", "Rejection register", func(ctx context.Context, in *beside) (store.Page[store.RejectionRow], error) {
		return a.reader.RejectionRegister(ctx, windowed(in.query(), in.Window))
	})
	get(a, "/registers/authorizations", "authorizationRegister", "Chief-representative authorizations", func(ctx context.Context, in *struct {
		AuthorizationFilter
		Window
	}) (store.Page[store.AuthorizationRow], error) {
		return a.reader.AuthorizationRegister(ctx, windowed(in.query(), in.Window), in.Status, a.console.Now())
	})
}

// How many of each kind a search answers.
const (
	foundCases = 8
	foundOther = 5
)

func (a *oldAPI) search(ctx context.Context, in *struct {
	Q string `query:"q" required:"true" maxLength:"100"`
}) (SearchResult, error) {
	var out SearchResult
	word := strings.TrimSpace(in.Q)
	if word == "" {
		return out, nil
	}
	page, err := a.reader.Cases(ctx, store.CaseQuery{Text: word, Limit: foundCases})
	if err != nil {
		return out, err
	}
	out.Cases = page.Rows
	items, err := a.reader.Items(ctx, "")
	if err != nil {
		return out, err
	}
	for _, it := range items {
		if len(out.Items) < foundOther && (contains(it.Name, word) || contains(it.Code, word)) {
			out.Items = append(out.Items, it)
		}
	}
	departments, err := a.reader.Departments(ctx, a.console.Now())
	for _, d := range departments {
		if len(out.Departments) < foundOther && (contains(d.Name, word) || contains(d.NameEN, word) || contains(d.Code, word)) {
			out.Departments = append(out.Departments, d)
		}
	}
	return out, err
}

func contains(s, word string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(word))
}

// errNoCheckpoint says that nothing was signed yet.
var errNoCheckpoint = fault.New(fault.NotFound, "no_checkpoint",
	"账簿还没有签过检查点。请点击“立即签署”。", "The journal has no signed checkpoint yet. Sign one now.", nil)
