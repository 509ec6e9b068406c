package accounts

import (
	"encoding/json"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts that change accounts.
const (
	created = "account.created"
	changed = "account.changed"

	required = "access.factor_required" // which roles need a second factor
)

// Noted is an act of access that is journaled and changes no table.
type Noted string

const (
	SignedIn        Noted = "access.signed_in"
	SignedOut       Noted = "access.signed_out"
	LockedOut       Noted = "access.locked_out"
	PasswordChanged Noted = "access.password_changed"
	PasswordReset   Noted = "access.password_reset"
	SessionsRevoked Noted = "access.sessions_revoked"
	FactorOn        Noted = "access.factor_on"
	FactorOff       Noted = "access.factor_off"
	FactorRemoved   Noted = "access.factor_removed"
	RecoveryUsed    Noted = "access.recovery_used"
	Exported        Noted = "access.exported"
	Unmasked        Noted = "access.unmasked"
	Unsealed        Noted = "access.unsealed"
	NetworkOpened   Noted = "access.network_opened"
	NetworkClosed   Noted = "access.network_closed"
)

var noted = []Noted{SignedIn, SignedOut, LockedOut, PasswordChanged, PasswordReset, SessionsRevoked, FactorOn, FactorOff, FactorRemoved, RecoveryUsed, Exported, Unmasked, Unsealed, NetworkOpened, NetworkClosed}

type createdData struct {
	Login string `json:"login"`
	Profile
}

type changedData struct {
	ID uint64 `json:"id"`
	Profile
	Active bool `json:"active"`
}

// Folder folds account acts; see intake.Folder.
type Folder struct{}

func (Folder) Types() []string {
	types := []string{created, changed, required}
	for _, n := range noted {
		types = append(types, string(n))
	}
	return types
}

func (Folder) Tables() []string { return []string{"accounts", "factor_roles"} }

func (Folder) Check(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case created:
		var d createdData
		if err := json.Unmarshal(a.Data, &d); err != nil {
			return err
		}
		return d.check(w)
	case changed:
		var d changedData
		if err := json.Unmarshal(a.Data, &d); err != nil {
			return err
		}
		return d.check(w)
	case required:
		var d requiredData
		if err := json.Unmarshal(a.Data, &d); err != nil {
			return err
		}
		return d.check()
	}
	return nil
}

func (d *createdData) check(w *store.Writer) error {
	fields := d.problems()
	if !loginForm.MatchString(d.Login) {
		fields = append(fields, fault.Field{Name: "login", ZH: "登录名为 2 至 32 个汉字、小写字母、数字或 . _ -", EN: "2 to 32 letters, digits, Han characters or . _ -"})
	}
	if len(fields) > 0 {
		return invalid(fields)
	}
	taken, err := w.One(func(store.Row) error { return nil }, `SELECT 1 FROM accounts WHERE login = ?`, d.Login)
	if err != nil {
		return err
	}
	if taken {
		return invalid([]fault.Field{{Name: "login", ZH: "这个登录名已有人使用，请换一个", EN: "this login is taken; choose another"}})
	}
	return d.checkDepartment(w)
}

func (p *Profile) checkDepartment(w *store.Writer) error {
	if p.Department == "" {
		return nil
	}
	known, err := w.One(func(store.Row) error { return nil }, `SELECT 1 FROM departments WHERE code = ?`, p.Department)
	if err == nil && !known {
		err = invalid([]fault.Field{{Name: "department", ZH: "没有这个部门", EN: "there is no such department"}})
	}
	return err
}

func (d *changedData) check(w *store.Writer) error {
	if fields := d.problems(); len(fields) > 0 {
		return invalid(fields)
	}
	var role string
	var active bool
	known, err := w.One(func(r store.Row) error {
		role, active = r.Text(0), r.Int(1) != 0
		return nil
	}, `SELECT role, active FROM accounts WHERE id = ?`, int64(d.ID))
	if err != nil {
		return err
	}
	if !known {
		return errUnknown
	}
	if role == string(access.Head) && active && (d.Role != access.Head || !d.Active) {
		other, err := w.One(func(store.Row) error { return nil }, `SELECT 1 FROM accounts WHERE role = 'head' AND active = 1 AND id <> ?`, int64(d.ID))
		if err != nil {
			return err
		}
		if !other {
			return fault.New(fault.Conflict, "last_head", "这是最后一个主任账户，不能停用或改为其他角色。请先另设一位主任。",
				"This is the last head's account: it cannot be closed or given another role. Make another head first.", nil)
		}
	}
	return d.checkDepartment(w)
}

func (Folder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case created:
		var d createdData
		if err := json.Unmarshal(a.Data, &d); err != nil {
			return err
		}
		return w.Exec(`INSERT INTO accounts (`+columns+`) VALUES (?,?,?,?,?,1,?)`,
			int64(a.Seq), d.Login, d.Name, string(d.Role), d.Department, a.At.UnixMicro())
	case changed:
		var d changedData
		if err := json.Unmarshal(a.Data, &d); err != nil {
			return err
		}
		return w.Exec(`UPDATE accounts SET name = ?, role = ?, department = ?, active = ? WHERE id = ?`,
			d.Name, string(d.Role), d.Department, flag(d.Active), int64(d.ID))
	case required:
		var d requiredData
		if err := json.Unmarshal(a.Data, &d); err != nil {
			return err
		}
		return d.fold(w, a.Seq)
	}
	return nil
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Words tell an act to people.
func Words(a *intake.RecordedAct) (zh, en string, known bool) {
	switch a.Type {
	case created:
		var d createdData
		if json.Unmarshal(a.Data, &d) != nil {
			return "", "", false
		}
		return fmt.Sprintf("新建账户 %s（%s）", d.Login, d.Name), fmt.Sprintf("Made the account %s (%s)", d.Login, d.Name), true
	case changed:
		var d changedData
		if json.Unmarshal(a.Data, &d) != nil {
			return "", "", false
		}
		if !d.Active {
			return fmt.Sprintf("停用账户 #%d（%s）", d.ID, d.Name), fmt.Sprintf("Closed the account #%d (%s)", d.ID, d.Name), true
		}
		return fmt.Sprintf("修改账户 #%d（%s）", d.ID, d.Name), fmt.Sprintf("Changed the account #%d (%s)", d.ID, d.Name), true
	case required:
		var d requiredData
		if json.Unmarshal(a.Data, &d) != nil {
			return "", "", false
		}
		zh, en = d.words()
		return zh, en, true
	}
	w, known := notedWords[Noted(a.Type)]
	if more := detailed[Noted(a.Type)]; more != nil {
		w = more(a, w)
	}
	return w[0], w[1], known
}
