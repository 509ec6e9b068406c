package draw

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// everyDepartment stands in a name for a draw across all departments.
const everyDepartment = "*"

// Name makes a draw's name: activity/kind/department/day/number, for instance
// review/overdue/gongan/2026-11-23/1. A name is part of the seed, so it leaves
// nothing to choose: activity and kind are the program's fixed words, day is the
// checkpoint's date in the office's time zone (2006-01-02), and number counts
// the draws that have the other four parts in common, from 1 upwards without
// gaps. An empty department means all of them. An error is a *Refusal.
func Name(activity, kind, department, day string, number int) (string, error) {
	if department == "" {
		department = everyDepartment
	}
	name := strings.Join([]string{activity, kind, department, day, strconv.Itoa(number)}, "/")
	return name, checkName(name)
}

// checkName wants the five parts in the one way of writing them.
func checkName(name string) error {
	parts := strings.Split(name, "/")
	ok := len(parts) == 5
	for _, part := range parts {
		ok = ok && part != "" && !strings.ContainsFunc(part, unwritable)
	}
	if ok {
		_, err := time.Parse(time.DateOnly, parts[3])
		number, nerr := strconv.Atoi(parts[4])
		ok = err == nil && nerr == nil && number > 0 && strconv.Itoa(number) == parts[4]
	}
	if ok {
		return nil
	}
	return refuse(
		fmt.Sprintf("抽取名称 %q 不合格式。应为“活动/类别/部门/日期/第几次”，如 review/overdue/gongan/2026-11-23/1。", name),
		fmt.Sprintf("The draw's name %q has not the form activity/kind/department/day/number, as in review/overdue/gongan/2026-11-23/1.", name))
}

// unwritable are characters that a reader could not see, and so not compare.
func unwritable(r rune) bool {
	return r == ' ' || r == unicode.ReplacementChar || !unicode.IsPrint(r)
}
