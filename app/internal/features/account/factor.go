package account

import (
	"context"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

var required = act.Define(act.Def[requiredData]{
	Type: "access.factor_required", Group: act.Settings, // which roles need a second factor
	Words:   func(a act.Of[requiredData]) (zh, en string) { return a.Data.words() },
	Check:   func(_ *store.Writer, a act.Of[requiredData]) error { return a.Data.check() },
	Fold:    func(w *store.Writer, a act.Of[requiredData]) error { return a.Data.fold(w, a.Seq) },
	Example: requiredData{[]access.Role{access.Head}},
})

// requiredData names the roles that sign in with a second factor: all of them,
// not those that are new.
type requiredData struct {
	Roles []access.Role `json:"roles"`
}

func (d *requiredData) check() error {
	for i, r := range d.Roles {
		if !r.Known() || slices.Contains(d.Roles[:i], r) {
			return fault.InvalidFields("factor_roles", "角色有误。请刷新页面后重新选择。", "The roles are wrong. Reload the page and choose them again.",
				fault.Field{Name: "roles", ZH: "没有这个角色，或重复", EN: "there is no such role, or it stands twice"})
		}
	}
	return nil
}

func (d *requiredData) fold(w *store.Writer, seq uint64) error {
	if err := w.Exec(`DELETE FROM factor_roles`); err != nil {
		return err
	}
	for _, r := range d.Roles {
		if err := w.Exec(`INSERT INTO factor_roles (role, act) VALUES (?, ?)`, string(r), int64(seq)); err != nil {
			return err
		}
	}
	return nil
}

// roleWords name roles in the journal's sentences.
var roleWords = map[access.Role][2]string{
	access.Head: {"主任", "head"}, access.Staff: {"工作人员", "staff"}, access.Duty: {"值班员", "duty officer"},
	access.Leader: {"领导", "leader"}, access.Liaison: {"部门联络员", "liaison"}, access.Volunteer: {"义务监督员", "volunteer"},
}

func (d *requiredData) words() (zh, en string) {
	if len(d.Roles) == 0 {
		return "不再要求任何角色使用两步验证", "No role needs two-step sign-in any more"
	}
	var zhs, ens []string
	for _, r := range d.Roles {
		zhs, ens = append(zhs, roleWords[r][0]), append(ens, roleWords[r][1])
	}
	return "须用两步验证的角色：" + strings.Join(zhs, "、"), "Two-step sign-in is needed by: " + strings.Join(ens, ", ")
}

// FactorRoles are the roles that sign in with a second factor, in the order of
// access.Roles.
func (s *Accounts) FactorRoles(ctx context.Context) ([]access.Role, error) {
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT role FROM factor_roles`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []access.Role{}
	for rows.Next() {
		var r access.Role
		if err := rows.Scan(&r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b access.Role) int { return slices.Index(access.Roles, a) - slices.Index(access.Roles, b) })
	return out, rows.Err()
}

// RequireFactor says which roles sign in with a second factor from now on.
func (s *Accounts) RequireFactor(ctx context.Context, by access.Principal, roles []access.Role) error {
	if roles == nil {
		roles = []access.Role{}
	}
	_, _, err := required.Do(ctx, s.office.Journal, act.Once(required.Name(), by.Account), by.Account, requiredData{roles})
	return err
}
