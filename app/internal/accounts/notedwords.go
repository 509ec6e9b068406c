package accounts

import (
	"encoding/json"

	"github.com/mingcha-console/mingcha/app/internal/intake"
)

var notedWords = map[Noted][2]string{
	SignedIn:        {"登录", "Signed in"},
	SignedOut:       {"退出登录", "Signed out"},
	LockedOut:       {"多次输错密码，登录名被锁定", "Locked out after too many wrong passwords"},
	PasswordChanged: {"修改本人密码", "Changed the own password"},
	PasswordReset:   {"重置密码", "Reset a password"},
	SessionsRevoked: {"强制退出登录", "Ended a person's sessions"},
	FactorOn:        {"开启两步验证", "Turned two-step sign-in on"},
	FactorOff:       {"关闭两步验证", "Turned two-step sign-in off"},
	FactorRemoved:   {"解除他人的两步验证", "Took somebody's two-step sign-in off"},
	RecoveryUsed:    {"使用恢复码登录", "Signed in with a recovery code"},
	Exported:        {"导出数据", "Exported data"},
	Unmasked:        {"查看申请人或评价人的信息", "Saw an applicant's or a rater's particulars"},
	Unsealed:        {"查看评议人姓名", "Saw reviewers' names"},
	NetworkOpened:   {"对办公网开放", "Opened to the office network"},
	NetworkClosed:   {"关闭对办公网的开放", "Closed to the office network"},
}

// detailed say more of what was noted than its type does, from its data.
var detailed = map[Noted]func(a *intake.RecordedAct, plain [2]string) [2]string{
	LockedOut: lockedWords, Exported: exportedWords, Unmasked: openedWords, Unsealed: openedWords,
}

func lockedWords(a *intake.RecordedAct, plain [2]string) [2]string {
	var d struct{ Login string }
	if json.Unmarshal(a.Data, &d) != nil || d.Login == "" {
		return plain
	}
	return [2]string{plain[0] + "：" + d.Login, plain[1] + ": " + d.Login}
}

// exportWords name what is exported, by the name under which it is.
var exportWords = map[string][2]string{
	"cases": {"办件", "cases"}, "findings": {"异常", "findings"}, "ratings": {"好差评", "ratings"}, "volunteers": {"义务监督员", "volunteer supervisors"},
	"overdue": {"超时登记", "the overdue register"}, "rejections": {"否定报备", "the register of rejections"}, "authorizations": {"首席代表授权", "authorizations"},
	"reviews": {"评议", "reviews"}, "visits": {"暗访", "visits"}, "matters": {"督办", "matters"}, "acts": {"操作记录", "the record of acts"},
}

func exportedWords(a *intake.RecordedAct, plain [2]string) [2]string {
	var d struct{ What, Format string }
	if json.Unmarshal(a.Data, &d) != nil {
		return plain
	}
	what, known := exportWords[d.What]
	if !known {
		return plain
	}
	return [2]string{plain[0] + "：" + what[0] + "（" + d.Format + "）", plain[1] + ": " + what[1] + " (" + d.Format + ")"}
}

// openedWords tell whose particulars somebody saw. A call-back is of a rating,
// and names both.
func openedWords(a *intake.RecordedAct, plain [2]string) [2]string {
	var d struct{ Case, Callback, Rating, Visit uint64 }
	if json.Unmarshal(a.Data, &d) != nil {
		return plain
	}
	switch {
	case d.Case > 0:
		return [2]string{"查看申请人信息", "Saw an applicant's particulars"}
	case d.Callback > 0:
		return [2]string{"为回访查看评价人电话", "Saw a rater's number to call back"}
	case d.Rating > 0:
		return [2]string{"查看评价人信息", "Saw a rater's particulars"}
	case d.Visit > 0:
		return [2]string{"查看暗访人姓名", "Saw who made a visit"}
	}
	return plain
}
