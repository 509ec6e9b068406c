// Package catalogue is what adapters declare and the office answers for: which
// adapter serves a department, and from when another version of an item holds.
// What follows for cases is package intake's.
package catalogue

import (
	"fmt"
	"regexp"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Acts are the acts about what adapters declare.
var Acts = []act.Any{transferred, heldFrom, breached}

var transferred = act.Define(act.Def[intake.Transfer]{
	Type: intake.Transferred, Group: act.Settings, Reasoned: true,
	About: func(a act.Of[intake.Transfer]) act.Subject { return act.OnDepartment(a.Data.Department) },
	Words: func(a act.Of[intake.Transfer]) (zh, en string) {
		d := &a.Data
		zh, en = fmt.Sprintf("部门 %s 的数据改由接口 %s 报送（原为 %s）", act.DepartmentIn(d.Department), d.Adapter, d.Before),
			fmt.Sprintf("Handed department %s over to adapter %s (before: %s)", act.DepartmentIn(d.Department), d.Adapter, d.Before)
		if d.Heir {
			zh, en = zh+"，并可更正原接口报送的记录", en+", which may correct what the one before reported"
		}
		return zh, en
	},
	Check:   checkTransfer,
	Example: intake.Transfer{Department: "GH", Adapter: "gh-new", Before: "gh", Reason: "部门更换了业务系统"},
})

var heldFrom = act.Define(act.Def[intake.Holding]{
	Type: intake.HeldFrom, Group: act.Settings, Reasoned: true,
	About: func(a act.Of[intake.Holding]) act.Subject { return act.OnDepartment(a.Data.Department) },
	Words: func(a act.Of[intake.Holding]) (zh, en string) {
		d := &a.Data
		day := workday.Default().DateOf(d.From).String()
		return fmt.Sprintf("事项 %s 的第 %d 号版本自 %s 起适用，相关办件重新核算", d.Item, d.Version, day),
			fmt.Sprintf("Version %d of item %s holds from %s; cases were judged anew", d.Version, d.Item, day)
	},
	Check:   checkHolding,
	Example: intake.Holding{Department: "GH", Item: "I1", Version: 12, From: time.Date(2026, 3, 1, 16, 0, 0, 0, time.UTC), Reason: "接口映射填错，原公布的承诺就是 5 天"},
})

var breached = act.Define(act.Def[intake.Breach]{
	Type: intake.BreachNoted, Group: act.Settings, Own: true,
	About: func(a act.Of[intake.Breach]) act.Subject { return act.OnDepartment(a.Data.Department) },
	Words: func(a act.Of[intake.Breach]) (zh, en string) {
		d := &a.Data
		if d.Item != "" {
			return fmt.Sprintf("接口 %s 申报了由 %s 负责的部门 %s 的事项 %s，整份申报未予接收", d.Adapter, d.Owner, act.DepartmentIn(d.Department), d.Item),
				fmt.Sprintf("Adapter %s described item %s of department %s, which %s serves; nothing of it was taken", d.Adapter, d.Item, act.DepartmentIn(d.Department), d.Owner)
		}
		return fmt.Sprintf("接口 %s 申报了由 %s 负责的部门 %s，整份申报未予接收", d.Adapter, d.Owner, act.DepartmentIn(d.Department)),
			fmt.Sprintf("Adapter %s described department %s, which %s serves; nothing of it was taken", d.Adapter, act.DepartmentIn(d.Department), d.Owner)
	},
	Example: intake.Breach{Adapter: "evil", Department: "GH", Owner: "gh", Day: "2026-11-23"},
})

var adapterForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// mostReason bounds a reason, in characters.
const mostReason = 500

func reasonFields(reason string) (out []fault.Field) {
	if n := utf8.RuneCountInString(reason); n == 0 || n > mostReason {
		out = append(out, fault.Field{Name: "reason", ZH: "请写明理由，不超过 500 字", EN: "say why, in at most 500 characters"})
	}
	return out
}

func checkTransfer(w *store.Writer, a act.Of[intake.Transfer]) error {
	d := &a.Data
	serves := ""
	found, err := w.One(func(r store.Row) error {
		serves = r.Text(0)
		return nil
	}, `SELECT adapter FROM departments WHERE code = ?`, d.Department)
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.NotFound, "unknown_department", fmt.Sprintf("没有代码为 %q 的部门。", d.Department),
			fmt.Sprintf("There is no department with the code %q.", d.Department), nil)
	}
	if serves != d.Before {
		return fault.New(fault.Conflict, "served_by_another",
			fmt.Sprintf("部门 %s 现在由接口 %s 报送，与您看到的不同。请核对该由哪个接口移交后再办。", d.Department, serves),
			fmt.Sprintf("Department %s is served by adapter %s now, other than you saw. Check which adapter it is to be taken from, then hand it over.", d.Department, serves), nil)
	}
	fields := reasonFields(d.Reason)
	switch {
	case !adapterForm.MatchString(d.Adapter):
		fields = append(fields, fault.Field{Name: "adapter", ZH: "接口名称只用小写字母、数字和 - _ .，至多 64 个", EN: "lower case letters, digits and - _ . only, at most 64"})
	case d.Adapter == serves:
		fields = append(fields, fault.Field{Name: "adapter", ZH: "该部门本来就由这个接口报送", EN: "serves the department already"})
	}
	if len(fields) > 0 {
		return fault.InvalidFields("transfer", "移交的内容有误。请按各项提示更正。", "Something is wrong with the handing over. Correct what is named.", fields...)
	}
	return nil
}

// furthest is how far ahead a version may be said to hold.
const furthest = 366 * 24 * time.Hour

func checkHolding(w *store.Writer, a act.Of[intake.Holding]) error {
	d := &a.Data
	first, found := int64(0), false
	if err := w.Each(func(r store.Row) error {
		if first == 0 {
			first = r.Int(0)
		}
		found = found || uint64(r.Int(0)) == d.Version
		return nil
	}, `SELECT v.seq FROM departments d JOIN items i ON i.dept = d.id JOIN item_versions v ON v.item = i.id WHERE d.code = ? AND i.code = ? ORDER BY v.seq`,
		d.Department, d.Item); err != nil {
		return err
	}
	switch {
	case !found:
		return fault.New(fault.NotFound, "unknown_version", "没有这个事项的这个版本。请刷新页面。", "There is no such version of the item. Reload the page.", nil)
	case uint64(first) == d.Version:
		return fault.New(fault.Conflict, "first_version", "这是该事项的第一个版本，本来就对以前的办件适用。请选择后来的版本。",
			"This is the item's first version, which holds for all before anyway. Choose a later one.", nil)
	}
	fields := reasonFields(d.Reason)
	if d.From.Year() < 1980 || d.From.After(a.At.Add(furthest)) {
		fields = append(fields, fault.Field{Name: "from", ZH: "日期应在 1980 年以后、一年以内", EN: "a date after 1980 and within a year"})
	}
	if len(fields) > 0 {
		return fault.InvalidFields("holding", "填写的内容有误。请按各项提示更正。", "Something is wrong. Correct what is named.", fields...)
	}
	return nil
}
