package account

import (
	"context"
	"fmt"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
)

// What is journaled of access and changes no table. The fields of their data
// stand in the order of their names, as journals have them since the beginning.
type (
	nothing = *struct{}

	from struct { // where somebody signed in
		Agent  string `json:"agent"`
		Remote string `json:"remote"` // address and port
	}
	lockedLogin struct {
		Login  string `json:"login"` // empty where nobody has it: what was typed may be a password in the wrong field
		Remote string `json:"remote"`
	}
	whose struct {
		ID uint64 `json:"id"`
	}
	codesLeft struct {
		Left int `json:"left"`
	}
	// Export is a file that left the console.
	Export struct {
		Filter any    `json:"filter"`
		Format string `json:"format"`
		What   string `json:"what"` // the list's name
	}
	// Opening is what somebody was let see that is usually closed, and why. A
	// call-back's rater is a rating's too.
	Opening struct {
		Callback uint64 `json:"callback,omitempty"`
		Case     uint64 `json:"case,omitempty"`
		Rating   uint64 `json:"rating,omitempty"`
		Reason   string `json:"reason,omitempty"`
		Review   uint64 `json:"review,omitempty"`
		Visit    uint64 `json:"visit,omitempty"`
	}
	// Port is where the console was opened to the network.
	Port struct {
		Port int `json:"port"`
	}
	// Shut is that it was closed again, and how many live pages that cut off.
	Shut struct {
		Pages int `json:"pages"`
		Port  int `json:"port"`
	}
)

var (
	signedIn        = note[from]("access.signed_in", act.SignIn, "登录", "Signed in")
	signedOut       = note[nothing]("access.signed_out", act.SignIn, "退出登录", "Signed out")
	passwordChanged = note[nothing]("access.password_changed", act.SignIn, "修改本人密码", "Changed the own password")
	passwordReset   = noteOf("access.password_reset", "重置密码", "Reset a password")
	sessionsRevoked = noteOf("access.sessions_revoked", "强制退出登录", "Ended a person's sessions")
	factorOn        = note[nothing]("access.factor_on", act.SignIn, "开启两步验证", "Turned two-step sign-in on")
	factorOff       = note[nothing]("access.factor_off", act.SignIn, "关闭两步验证", "Turned two-step sign-in off")
	factorRemoved   = noteOf("access.factor_removed", "解除他人的两步验证", "Took somebody's two-step sign-in off")
	recoveryUsed    = note[codesLeft]("access.recovery_used", act.SignIn, "使用恢复码登录", "Signed in with a recovery code")

	// NetworkOpened and NetworkClosed are the console's door to the office's network.
	NetworkOpened = note[Port]("access.network_opened", act.Settings, "对办公网开放", "Opened to the office network")
	NetworkClosed = note[Shut]("access.network_closed", act.Settings, "关闭对办公网的开放", "Closed to the office network")
)

var lockedOut = act.Define(act.Def[lockedLogin]{
	Type: "access.locked_out", Group: act.SignIn, Own: true,
	Words: func(a act.Of[lockedLogin]) (zh, en string) {
		zh, en = "多次输错密码，账号被锁定", "Locked out after too many wrong passwords"
		if a.Data.Login == "" {
			return zh, en
		}
		return zh + "：" + a.Data.Login, en + ": " + a.Data.Login
	},
	Example: lockedLogin{"wang", "10.0.0.7:4003"},
})

// Unmasked is that somebody saw an applicant's or a rater's particulars, Unsealed
// that they saw who reviewed or visited.
var (
	Unmasked = opening("access.unmasked", "查看申请人或评价人的信息", "Saw an applicant's or a rater's particulars")
	Unsealed = opening("access.unsealed", "查看评议人姓名", "Saw reviewers' names")
)

var notes = []act.Any{signedIn, signedOut, lockedOut, passwordChanged, passwordReset, sessionsRevoked, factorOn, factorOff, factorRemoved, recoveryUsed,
	Unmasked, Unsealed, NetworkOpened, NetworkClosed}

// note declares an act whose words do not depend on its data.
func note[T any](name string, g act.Group, zh, en string) *act.Kind[T] {
	return act.Define(act.Def[T]{Type: name, Group: g, Words: act.Plain[T](zh, en)})
}

// noteOf declares one that is about an account.
func noteOf(name, zh, en string) *act.Kind[whose] {
	return act.Define(act.Def[whose]{Type: name, Group: act.SignIn, Words: act.Plain[whose](zh, en),
		About: func(a act.Of[whose]) act.Subject { return act.On(act.Account, a.Data.ID) }, Example: whose{1}})
}

func opening(name, zh, en string) *act.Kind[Opening] {
	return act.Define(act.Def[Opening]{Type: name, Group: act.Openings, Reasoned: true,
		About: func(a act.Of[Opening]) act.Subject { return a.Data.about() },
		Words: func(a act.Of[Opening]) (string, string) { return a.Data.words(zh, en) }, Example: Opening{Case: 1, Reason: "核对投诉"}})
}

func (o *Opening) about() act.Subject {
	switch {
	case o.Case > 0:
		return act.On(act.Case, o.Case)
	case o.Callback > 0:
		return act.On(act.Callback, o.Callback)
	case o.Rating > 0:
		return act.On(act.Rating, o.Rating)
	case o.Review > 0:
		return act.On(act.Review, o.Review)
	}
	return act.On(act.Visit, o.Visit)
}

// words tell whose particulars somebody saw.
func (o *Opening) words(zh, en string) (string, string) {
	switch {
	case o.Case > 0:
		return "查看申请人信息", "Saw an applicant's particulars"
	case o.Callback > 0:
		return "为回访查看评价人电话", "Saw a rater's number to call back"
	case o.Rating > 0:
		return "查看评价人信息", "Saw a rater's particulars"
	case o.Visit > 0:
		return "查看暗访人姓名", "Saw who made a visit"
	}
	return zh, en
}

// exported declares that a file leaves the console. named names a list in both
// languages by its name.
func exported(named func(list string) (zh, en string, known bool)) *act.Kind[Export] {
	return act.Define(act.Def[Export]{Type: "access.exported", Group: act.Exports, About: func(a act.Of[Export]) act.Subject { return a.Data.about() },
		Words: func(a act.Of[Export]) (string, string) {
			zh, en, known := named(a.Data.What)
			if !known {
				return "导出数据", "Exported data"
			}
			return fmt.Sprintf("导出数据：%s（%s）", zh, a.Data.Format), fmt.Sprintf("Exported data: %s (%s)", en, a.Data.Format)
		},
		Example: Export{Filter: map[string]any{"department": "GH"}, Format: "csv", What: "cases"}})
}

// about is the department that an export was of, where its filter named one alone:
// filters are written by their parameters, and were by the names of their fields,
// and for a while as lists.
func (e *Export) about() act.Subject {
	filter, _ := e.Filter.(map[string]any)
	for _, name := range []string{"department", "Department"} {
		switch v := filter[name].(type) {
		case string:
			if !strings.Contains(v, ",") {
				return act.OnDepartment(v)
			}
		case []any:
			if len(v) == 1 {
				code, _ := v[0].(string)
				return act.OnDepartment(code)
			}
		}
	}
	return act.Subject{}
}

// Note journals something about access that changes nothing else.
func Note[T any](ctx context.Context, s *Accounts, k *act.Kind[T], by access.Principal, data T) error {
	_, _, err := k.Do(ctx, s.office.Journal, act.Once(k.Name(), by.Account), by.Account, data)
	return err
}
