package list

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// Column is one column of a list. Programs read files by columns' names and
// places: columns are only ever added at the end.
type Column[R any] struct {
	Name   string            // in csv and json, and for pages
	ZH, EN string            // as people read it
	Width  float64           // in a sheet, in characters
	Words  *vocab.Vocabulary // of a column that holds words of one; else nil
	Sort   string            // the order that goes by it; empty: none does

	value func(*R) any
}

// By has an order go by the column.
func (c Column[R]) By(order string) Column[R] {
	c.Sort = order
	return c
}

// Text is a column of text.
func Text[R any](name, zh, en string, width float64, f func(*R) string) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any { return f(r) }}
}

// Number is a column of whole numbers.
func Number[R any, N int | int64 | uint64](name, zh, en string, width float64, f func(*R) N) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any { return int(f(r)) }}
}

// Reference is a column of numbers of other things, of which 0 is none: people read
// nothing there.
func Reference[R any](name, zh, en string, width float64, f func(*R) uint64) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any { return reference(f(r)) }}
}

// Decimal is a column of numbers with decimal places.
func Decimal[R any](name, zh, en string, width float64, f func(*R) float64) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any { return f(r) }}
}

// Flag is a column that says yes or no.
func Flag[R any](name, zh, en string, width float64, f func(*R) bool) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any { return f(r) }}
}

// Maybe is a column of numbers, or of yes and no, that may be absent: nil.
func Maybe[R any, V int | bool](name, zh, en string, width float64, f func(*R) *V) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any {
		if v := f(r); v != nil {
			return *v
		}
		return nil
	}}
}

// Day is a column of days; a zero time is absent.
func Day[R any](name, zh, en string, width float64, f func(*R) time.Time) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any { return day(f(r)) }}
}

// Moment is a column of times; a zero time is absent.
func Moment[R any](name, zh, en string, width float64, f func(*R) time.Time) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any { return moment(f(r)) }}
}

// Department is a column of departments by their codes.
func Department[R any](name, zh, en string, width float64, f func(*R) string) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any { return department(f(r)) }}
}

// DepartmentOr is a column of departments by their codes, where a row has one, and
// of some other text else.
func DepartmentOr[R any](name, zh, en string, width float64, f func(*R) (code, other string)) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any {
		code, other := f(r)
		if code != "" {
			return department(code)
		}
		return other
	}}
}

// Word is a column of words of a vocabulary.
func Word[R any, W ~string](name, zh, en string, width float64, words *vocab.Vocabulary, f func(*R) W) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, Words: words, value: func(r *R) any { return word{words, string(f(r))} }}
}

// WordOf is a column of words whose vocabulary depends on the row; a nil one
// leaves the word as it is.
func WordOf[R any](name, zh, en string, width float64, f func(*R) (*vocab.Vocabulary, string)) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, value: func(r *R) any {
		words, key := f(r)
		return word{words, key}
	}}
}

// SomeWords is a column of several words of a vocabulary each.
func SomeWords[R any](name, zh, en string, width float64, vocabulary *vocab.Vocabulary, f func(*R) []string) Column[R] {
	return Column[R]{Name: name, ZH: zh, EN: en, Width: width, Words: vocabulary, value: func(r *R) any { return words{vocabulary, f(r)} }}
}

// What formats write, besides strings, numbers and bools.
type (
	day        time.Time // on the office's calendar; zero: absent
	moment     time.Time // zero: absent
	department string    // a code
	reference  int       // 0: none
	word       struct {
		of  *vocab.Vocabulary
		key string
	}
	words struct {
		of   *vocab.Vocabulary
		keys []string
	}
)

func (d day) String() string    { return in(time.DateOnly, time.Time(d)) }
func (m moment) String() string { return in(time.DateTime, time.Time(m)) }

// in writes a time in the office's zone; nothing for the zero time.
func in(layout string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Zone).Format(layout)
}

func (w word) zh() string {
	if w.of == nil {
		return w.key
	}
	return w.of.ZH(w.key)
}
