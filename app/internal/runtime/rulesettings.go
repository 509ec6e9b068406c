package runtime

import (
	"fmt"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/rules"
)

// RuleSettings are what the office decided where the law leaves it to, in
// console.json under "rules". What is left out is as the law words it, or, where
// it gives no figure, as the reference office has it.
type RuleSettings struct {
	// SupplementPauses are the items, each "department/code", whose limits stand
	// still while papers are awaited after acceptance. None: art. 45 does not list it.
	SupplementPauses []string `json:"supplement_pauses,omitempty"`
	// BackEntryHours is the office time after which an entry is late (V19), and
	// counts from when it was made.
	BackEntryHours *int `json:"back_entry_hours,omitempty"`
	// PauseNearEndPercent, PausesMost and PausedSharePercent say which pauses are
	// looked at (V12): those that begin with no more than that share of a limit left,
	// those after so many, and from the third on those of a case that stood still for
	// that share of its days, from the second on where that is longer than its limit.
	// 0 looks at none.
	PauseNearEndPercent *int `json:"pause_near_end_percent,omitempty"`
	PausesMost          *int `json:"pauses_most,omitempty"`
	PausedSharePercent  *int `json:"paused_share_percent,omitempty"`
}

// apply puts the decisions into settings.
func (r *RuleSettings) apply(s *rules.Settings) {
	s.SupplementPauses = r.SupplementPauses
	for _, f := range []struct {
		from *int
		to   *int
	}{{r.PauseNearEndPercent, &s.PauseNearEnd}, {r.PausesMost, &s.PausesMost}, {r.PausedSharePercent, &s.PausedShare}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	if r.BackEntryHours != nil {
		s.BackEntry = time.Duration(*r.BackEntryHours) * time.Hour
	}
}

// check names the first decision that is none. file is the settings file.
func (r *RuleSettings) check(file string) error {
	for _, f := range []struct {
		name string
		n    *int
		most int
	}{
		{"back_entry_hours", r.BackEntryHours, 10_000},
		{"pause_near_end_percent", r.PauseNearEndPercent, 100},
		{"pauses_most", r.PausesMost, 1000},
		{"paused_share_percent", r.PausedSharePercent, 100},
	} {
		if f.n != nil && (*f.n < 0 || *f.n > f.most) {
			return fault.New(fault.Invalid, "console_config",
				fmt.Sprintf("设置文件 %s 中 rules.%s 应为 0 至 %d 的整数，现为 %d。请改正。", file, f.name, f.most, *f.n),
				fmt.Sprintf("In the settings file %s, rules.%s is a whole number from 0 to %d, not %d. Correct it.", file, f.name, f.most, *f.n), nil)
		}
	}
	for _, item := range r.SupplementPauses {
		if department, code, ok := strings.Cut(item, "/"); !ok || department == "" || code == "" {
			return fault.New(fault.Invalid, "console_config",
				fmt.Sprintf("设置文件 %s 中 rules.supplement_pauses 的“%s”应写成“部门代码/事项编码”，例如“GH/GH-001”。请改正。", file, item),
				fmt.Sprintf("In the settings file %s, %q of rules.supplement_pauses is written department/code, such as GH/GH-001. Correct it.", file, item), nil)
		}
	}
	return nil
}
