package account

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts are the acts about accounts, and those of access that change no table.
var Acts = append([]act.Any{created, changed, required}, notes...)

// Tables are what they fill.
var Tables = []string{"accounts", "factor_roles"}

type createdData struct {
	Login string `json:"login"`
	Profile
}

type changedData struct {
	ID uint64 `json:"id"`
	Profile
	Active bool `json:"active"`
}

var created = act.Define(act.Def[createdData]{
	Type: "account.created", Group: act.SignIn, About: act.Itself[createdData](act.Account),
	Words: func(a act.Of[createdData]) (zh, en string) {
		return fmt.Sprintf("新建账户 %s（%s）", a.Data.Login, a.Data.Name), fmt.Sprintf("Made the account %s (%s)", a.Data.Login, a.Data.Name)
	},
	Check: func(w *store.Writer, a act.Of[createdData]) error { return a.Data.check(w) },
	Fold: func(w *store.Writer, a act.Of[createdData]) error {
		d := &a.Data
		return w.Exec(`INSERT INTO accounts (`+columns+`) VALUES (?,?,?,?,?,1,?)`,
			int64(a.Seq), d.Login, d.Name, string(d.Role), d.Department, a.At.UnixMicro())
	},
	Example: createdData{"wang", Profile{Name: "王芳", Role: access.Staff}},
})

var changed = act.Define(act.Def[changedData]{
	Type: "account.changed", Group: act.SignIn,
	About: func(a act.Of[changedData]) act.Subject { return act.On(act.Account, a.Data.ID) },
	Words: func(a act.Of[changedData]) (zh, en string) {
		d := &a.Data
		if !d.Active {
			return fmt.Sprintf("停用账户 #%d（%s）", d.ID, d.Name), fmt.Sprintf("Closed the account #%d (%s)", d.ID, d.Name)
		}
		return fmt.Sprintf("修改账户 #%d（%s）", d.ID, d.Name), fmt.Sprintf("Changed the account #%d (%s)", d.ID, d.Name)
	},
	Check: func(w *store.Writer, a act.Of[changedData]) error { return a.Data.check(w) },
	Fold: func(w *store.Writer, a act.Of[changedData]) error {
		d := &a.Data
		active := int64(0)
		if d.Active {
			active = 1
		}
		return w.Exec(`UPDATE accounts SET name = ?, role = ?, department = ?, active = ? WHERE id = ?`,
			d.Name, string(d.Role), d.Department, active, int64(d.ID))
	},
	Example: changedData{1, Profile{Name: "王芳", Role: access.Head}, true},
})

func (d *createdData) check(w *store.Writer) error {
	fields := d.problems()
	if !loginForm.MatchString(d.Login) {
		fields = append(fields, fault.Field{Name: "login", ZH: "账号为 2 至 32 个汉字、小写字母、数字或 . _ -", EN: "2 to 32 letters, digits, Han characters or . _ -"})
	}
	if len(fields) > 0 {
		return invalid(fields)
	}
	taken, err := w.Exists(`SELECT 1 FROM accounts WHERE login = ?`, d.Login)
	if err != nil {
		return err
	}
	if taken {
		return invalid([]fault.Field{{Name: "login", ZH: "这个账号已有人使用，请换一个", EN: "this login is taken; choose another"}})
	}
	return d.checkDepartment(w)
}

func (p *Profile) checkDepartment(w *store.Writer) error {
	if p.Department == "" {
		return nil
	}
	known, err := feature.KnownDepartment(w, p.Department)
	if err == nil && !known {
		err = invalid([]fault.Field{{Name: "department", ZH: "没有这个部门", EN: "there is no such department"}})
	}
	return err
}

func (d *changedData) check(w *store.Writer) error {
	if fields := d.problems(); len(fields) > 0 {
		return invalid(fields)
	}
	before, known, err := On(w, d.ID)
	if err != nil {
		return err
	}
	if !known {
		return errUnknown
	}
	if before.Role == access.Head && before.Active && (d.Role != access.Head || !d.Active) {
		other, err := w.Exists(`SELECT 1 FROM accounts WHERE role = 'head' AND active = 1 AND id <> ?`, int64(d.ID))
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
