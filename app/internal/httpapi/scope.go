package httpapi

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// scoped keeps everybody to the departments that they may see, whatever they
// ask for: every read goes through it, so no handler has to think of it.
type scoped struct{ all Reader }

// elsewhere is what a liaison is told of other departments' matters: the same
// as of matters that do not exist.
var elsewhere = fault.New(fault.NotFound, "not_found", "没有找到。您只能查看本部门的内容。", "Not found. You can see your own department's matters only.", nil)

// within sets the department of a query to the one that the principal is kept
// to; asking for another is asking for what is not there.
func within(ctx context.Context, department *string) error {
	own, restricted := access.From(ctx).Restricted()
	if !restricted {
		return nil
	}
	if *department != "" && *department != own {
		return elsewhere
	}
	*department = own
	return nil
}

// visible tells whether the principal may see a department's matters.
func visible(ctx context.Context, department string) error {
	return within(ctx, &department)
}

func (s scoped) Board(ctx context.Context, now time.Time) (*store.Board, error) {
	if own, restricted := access.From(ctx).Restricted(); restricted {
		return s.all.BoardOf(ctx, now, own)
	}
	return s.all.Board(ctx, now)
}

// Departments lists them all: that they exist is public. A liaison gets the
// figures of its own only.
func (s scoped) Departments(ctx context.Context, now time.Time) ([]store.Department, error) {
	all, err := s.all.Departments(ctx, now)
	p := access.From(ctx)
	own, restricted := p.Restricted()
	for i := range all {
		if restricted && all[i].Code != own || p.Role == access.Volunteer {
			all[i] = store.Department{Code: all[i].Code, Name: all[i].Name, NameEN: all[i].NameEN}
		}
	}
	return all, err
}

// Items are published by law (行政许可法 Art. 30), so everybody may read them.
func (s scoped) Items(ctx context.Context, department string) ([]store.Item, error) {
	return s.all.Items(ctx, department)
}

func (s scoped) Cases(ctx context.Context, q store.CaseQuery) (store.Page[store.Case], error) {
	if err := within(ctx, &q.Department); err != nil {
		return store.Page[store.Case]{}, err
	}
	return s.all.Cases(ctx, q)
}

func (s scoped) CaseByNo(ctx context.Context, department, caseNo string) (store.Case, error) {
	if err := within(ctx, &department); err != nil {
		return store.Case{}, err
	}
	return s.all.CaseByNo(ctx, department, caseNo)
}

func (s scoped) Findings(ctx context.Context, q store.FindingQuery) (store.Page[store.Finding], error) {
	if err := within(ctx, &q.Department); err != nil {
		return store.Page[store.Finding]{}, err
	}
	return s.all.Findings(ctx, q)
}

func (s scoped) OverdueRegister(ctx context.Context, q store.RegisterQuery) (store.Page[store.OverdueRow], error) {
	if err := within(ctx, &q.Department); err != nil {
		return store.Page[store.OverdueRow]{}, err
	}
	return s.all.OverdueRegister(ctx, q)
}

func (s scoped) RejectionRegister(ctx context.Context, q store.RegisterQuery) (store.Page[store.RejectionRow], error) {
	if err := within(ctx, &q.Department); err != nil {
		return store.Page[store.RejectionRow]{}, err
	}
	return s.all.RejectionRegister(ctx, q)
}

func (s scoped) AuthorizationRegister(ctx context.Context, q store.RegisterQuery, status string, now time.Time) (store.Page[store.AuthorizationRow], error) {
	if err := within(ctx, &q.Department); err != nil {
		return store.Page[store.AuthorizationRow]{}, err
	}
	return s.all.AuthorizationRegister(ctx, q, status, now)
}

func (s scoped) RecentChanges(ctx context.Context, before uint64, department string, limit int) ([]store.Change, error) {
	if err := within(ctx, &department); err != nil {
		return nil, err
	}
	return s.all.RecentChanges(ctx, before, department, limit)
}

// The quarantine is the office's alone (access's table says so).
func (s scoped) Quarantine(ctx context.Context, adapter string, offset, limit int) (store.Page[store.QuarantineRow], error) {
	return s.all.Quarantine(ctx, adapter, offset, limit)
}

func (s scoped) QuarantineRow(ctx context.Context, id uint64) (store.QuarantineRow, error) {
	return s.all.QuarantineRow(ctx, id)
}

func (s scoped) EachCase(ctx context.Context, q store.CaseQuery, each func(*store.Case) error) error {
	if err := within(ctx, &q.Department); err != nil {
		return err
	}
	return s.all.EachCase(ctx, q, each)
}

func (s scoped) EachFinding(ctx context.Context, q store.FindingQuery, each func(*store.Finding) error) error {
	if err := within(ctx, &q.Department); err != nil {
		return err
	}
	return s.all.EachFinding(ctx, q, each)
}

func (s scoped) EachOverdue(ctx context.Context, q store.RegisterQuery, each func(*store.OverdueRow) error) error {
	if err := within(ctx, &q.Department); err != nil {
		return err
	}
	return s.all.EachOverdue(ctx, q, each)
}

func (s scoped) EachRejection(ctx context.Context, q store.RegisterQuery, each func(*store.RejectionRow) error) error {
	if err := within(ctx, &q.Department); err != nil {
		return err
	}
	return s.all.EachRejection(ctx, q, each)
}

func (s scoped) EachAuthorization(ctx context.Context, q store.RegisterQuery, status string, now time.Time, each func(*store.AuthorizationRow) error) error {
	if err := within(ctx, &q.Department); err != nil {
		return err
	}
	return s.all.EachAuthorization(ctx, q, status, now, each)
}

// caseDetail is everything about a case that the principal may see.
func (a *oldAPI) caseDetail(ctx context.Context, id uint64) (*casefile.CaseDetail, error) {
	d, err := a.console.CaseDetail(ctx, id)
	if err != nil {
		return nil, err
	}
	return d, visible(ctx, d.Case.Department)
}

// BoardOf is the board of a department that the principal may see.
func (s scoped) BoardOf(ctx context.Context, now time.Time, department string) (*store.Board, error) {
	if err := visible(ctx, department); err != nil {
		return nil, err
	}
	return s.all.BoardOf(ctx, now, department)
}
