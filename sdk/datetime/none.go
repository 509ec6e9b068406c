package datetime

import (
	"errors"
	"regexp"
	"strings"
	"time"
)

// Programs that must write a date where there is none write one that no office means: all
// zeros (MySQL, SAP), the first day that their kind of date can hold (0001-01-01 of .NET
// and Go, 1601-01-01 of Windows, 1753-01-01 and 1900-01-01 of SQL Server, 1899-12-30 of
// OLE and Delphi, 1900-01-00 and 1899-12-31 of Excel, 1904-01-01 of Excel on a Mac), or
// second 0 of Unix: 1970-01-01 08:00:00 on China's clocks.

// none are those first days, beside all of the years up to 1.
var none = map[[3]int]bool{{1601, 1, 1}: true, {1753, 1, 1}: true, {1899, 12, 30}: true, {1899, 12, 31}: true, {1900, 1, 1}: true, {1904, 1, 1}: true, {1970, 1, 1}: true}

// youngest is when the last of them has ended on every clock.
var youngest = time.Date(1970, 1, 3, 0, 0, 0, 0, time.UTC)

// IsNone tells of an instant that it stands for no date: on the clocks of its own location
// or of the zone given it lies on a day that programs write where they have none, or it is
// the beginning of one in UTC. The zero time is one. Zone may be nil.
func IsNone(t time.Time, zone *time.Location) bool {
	if !t.Before(youngest) {
		return false
	}
	on := func(t time.Time) bool {
		year, month, day := t.Date()
		return year <= 1 || none[[3]int{year, int(month), day}]
	}
	return on(t) || zone != nil && on(t.In(zone)) || on(t.UTC()) && t.UTC().Truncate(time.Second).Equal(t.UTC().Truncate(24*time.Hour))
}

// HasNone tells of an error of [Reader.Read] that the text stands for no date, as a
// program writes it where a time is empty. A fact that may do without the date does; one
// that needs it is to be told.
func HasNone(err error) bool {
	var p *Problem
	return errors.As(err, &p) && p.none
}

// Texts for no date that no calendar has: nothing but zeros, a year of zeros with a month
// or day of zeros, Excel's day 0.
var (
	zeros    = regexp.MustCompile(`^[-0:/., TZ年月日号时点分秒]*$`)
	zeroDate = regexp.MustCompile(`^(?:0{4} ?[-/.年] ?0{1,2} ?[-/.月] ?\d{1,2}|0{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?0{1,2}|0{8}|0{1,2}[-/.]0{1,2}[-/.]0{4})(?:\D|$|0{6})`)
	dayZero  = regexp.MustCompile(`^(?:1900 ?[-/.年] ?0?1 ?[-/.月] ?0{1,2}|0?1[-/.]0{1,2}[-/.]1900|0{1,2}[-/.]0?1[-/.]1900)(?:\D|$)`)
)

// noWords are what programs and clerks write into an empty cell.
var noWords = map[string]bool{"null": true, "(null)": true, `\n`: true, "nil": true, "none": true, "nat": true, "nan": true, "n/a": true, "#n/a": true, "na": true,
	"-": true, "--": true, "---": true, "/": true, "无": true, "空": true, "暂无": true, "未填": true}

// saysNone tells of a plain text that it stands for no date.
func saysNone(text string) bool {
	if strings.HasPrefix(text, "2") { // of this millennium
		return false
	}
	return strings.Contains(text, "0") && zeros.MatchString(text) || zeroDate.MatchString(text) || dayZero.MatchString(text) || noWords[strings.ToLower(text)]
}

func noDate(written string) error {
	p := problem("%q 表示没有日期：程序在时间为空时这样写。", "%q stands for no date, as programs write it where a time is empty.", written)
	p.none = true
	return p
}
