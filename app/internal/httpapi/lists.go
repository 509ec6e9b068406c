package httpapi

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// lists registers what is read from the data folder.
func (a *oldAPI) lists() {
	get(a, "/board", "board", "Live board", func(ctx context.Context, _ *none) (casefile.Board, error) {
		return casefile.Read(ctx, a.cases, (*casefile.View).Board)
	})
	get(a, "/departments", "departments", "Departments with their figures", func(ctx context.Context, _ *none) ([]casefile.Department, error) {
		return casefile.Read(ctx, a.cases, (*casefile.View).Departments)
	})
	get(a, "/items", "items", "Approval items", func(ctx context.Context, in *struct {
		Department string `query:"department" maxLength:"64"`
	}) ([]casefile.Item, error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) ([]casefile.Item, error) { return v.Items(in.Department) })
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
	}) (store.Page[casefile.Case], error) {
		q, err := in.query()
		if err != nil {
			return store.Page[casefile.Case]{}, err
		}
		q.Offset, q.Limit = in.Offset, in.Limit
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (store.Page[casefile.Case], error) { return v.Cases(q) })
	})
	get(a, "/cases/by-number", "caseByNumber", "A case by its number", func(ctx context.Context, in *struct {
		Department string `query:"department" required:"true" minLength:"1" maxLength:"64"`
		CaseNo     string `query:"case_no" required:"true" minLength:"1" maxLength:"256"`
	}) (casefile.Case, error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (casefile.Case, error) { return v.CaseByNo(in.Department, in.CaseNo) })
	})
	get(a, "/findings", "findings", "Findings", func(ctx context.Context, in *struct {
		FindingFilter
		Window
	}) (store.Page[casefile.Finding], error) {
		q, err := in.query()
		if err != nil {
			return store.Page[casefile.Finding]{}, err
		}
		q.Offset, q.Limit = in.Offset, in.Limit
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (store.Page[casefile.Finding], error) { return v.Findings(q) })
	})
	get(a, "/events", "events", "Latest changes, newest first", func(ctx context.Context, in *struct {
		Before     uint64 `query:"before" doc:"journal number; 0: from the newest"`
		Department string `query:"department" maxLength:"64"`
		Limit      int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}) ([]casefile.Change, error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) ([]casefile.Change, error) {
			return v.RecentChanges(in.Before, in.Department, in.Limit)
		})
	})
	get(a, "/quarantine", "quarantine", "Records that could not be taken", func(ctx context.Context, in *struct {
		Adapter string `query:"adapter" maxLength:"64"`
		Window
	}) (store.Page[casefile.QuarantineRow], error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (store.Page[casefile.QuarantineRow], error) {
			return v.Quarantine(in.Adapter, in.at())
		})
	})
	get(a, "/quarantine/{id}", "quarantineRow", "A record that could not be taken, as it came", func(ctx context.Context, in *struct {
		ID uint64 `path:"id"`
	}) (casefile.QuarantineRow, error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (casefile.QuarantineRow, error) { return v.QuarantineRow(in.ID) })
	})
	get(a, "/search", "search", "Cases, items and departments by a word", func(ctx context.Context, in *struct {
		Q string `query:"q" required:"true" maxLength:"100"`
	}) (casefile.SearchResult, error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (casefile.SearchResult, error) { return v.Search(in.Q) })
	})
}

// registers registers the three registers.
func (a *oldAPI) registers() {
	type beside struct {
		ReportFilter
		Window
	}
	windowed := func(q casefile.RegisterQuery, w Window) casefile.RegisterQuery {
		q.Offset, q.Limit = w.Offset, w.Limit
		return q
	}
	get(a, "/registers/overdue", "overdueRegister", "Overdue register", func(ctx context.Context, in *beside) (store.Page[casefile.OverdueRow], error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) {
			return v.OverdueRegister(windowed(in.query(), in.Window))
		})
	})
	get(a, "/registers/rejections", "rejectionRegister", "Rejection register", func(ctx context.Context, in *beside) (store.Page[casefile.RejectionRow], error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (store.Page[casefile.RejectionRow], error) {
			return v.RejectionRegister(windowed(in.query(), in.Window))
		})
	})
	get(a, "/registers/authorizations", "authorizationRegister", "Chief-representative authorizations", func(ctx context.Context, in *struct {
		AuthorizationFilter
		Window
	}) (store.Page[casefile.AuthorizationRow], error) {
		return casefile.Read(ctx, a.cases, func(v *casefile.View) (store.Page[casefile.AuthorizationRow], error) {
			return v.AuthorizationRegister(windowed(in.query(), in.Window), in.Status)
		})
	})
}

// errNoCheckpoint says that nothing was signed yet.
var errNoCheckpoint = fault.New(fault.NotFound, "no_checkpoint",
	"账簿还没有签过检查点。请点击“立即签署”。", "The journal has no signed checkpoint yet. Sign one now.", nil)
