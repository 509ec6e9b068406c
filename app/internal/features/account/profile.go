package account

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Profile is what the office says about an account.
type Profile struct {
	Name       string      `json:"name"`
	Role       access.Role `json:"role"`
	Department string      `json:"department,omitempty"`
}

func (p Profile) trimmed() Profile {
	p.Name = strings.TrimSpace(norm.NFC.String(p.Name))
	if p.Role != access.Liaison {
		p.Department = ""
	}
	return p
}

// Normalize is how a login is kept: people type full-width letters and capitals
// on Chinese keyboards without noticing.
func Normalize(login string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(login)))
}

var loginForm = regexp.MustCompile(`^[\p{Han}a-z0-9][\p{Han}a-z0-9._-]{1,31}$`)

// problems names what is wrong with a profile.
func (p *Profile) problems() (out []fault.Field) {
	if n := utf8.RuneCountInString(p.Name); n == 0 || n > 40 {
		out = append(out, fault.Field{Name: "name", ZH: "请填写姓名，不超过 40 个字", EN: "enter a name of at most 40 characters"})
	}
	if !p.Role.Known() {
		out = append(out, fault.Field{Name: "role", ZH: "请选择角色", EN: "choose a role"})
	}
	if p.Role == access.Liaison && p.Department == "" {
		out = append(out, fault.Field{Name: "department", ZH: "部门联络员须指定部门", EN: "a liaison needs a department"})
	}
	return out
}

func invalid(fields []fault.Field) error {
	return fault.InvalidFields("account_profile", "账户资料有误。请按各项提示更正后重试。", "The account's particulars are wrong. Correct what is named and try again.", fields...)
}
