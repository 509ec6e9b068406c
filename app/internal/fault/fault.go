// Package fault is how errors reach people: a sentence in Chinese and in
// English that says what is wrong and what to do next, with a code for
// programs. The wrapped error is for the log.
package fault

import (
	"errors"
	"fmt"
)

// Count is a number with what it counts, in English: 1 minute, 2 minutes.
func Count(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// Kind sorts faults by what the caller can do; the HTTP API maps it to a
// status.
type Kind uint8

const (
	Internal     Kind = iota // our own failure
	Invalid                  // the request or file is wrong
	NotFound                 // there is no such thing
	Conflict                 // it does not fit the present state
	Forbidden                // not allowed
	Unavailable              // not now; try again later
	Unauthorized             // nobody has signed in, or not as whom one says
	TooMany                  // too many attempts; wait
)

// Error is a fault that a clerk can act on.
type Error struct {
	Kind   Kind
	Code   string // lower_snake_case, stable
	ZH, EN string
	Fields []Field
	Err    error // the cause, for the log; may be nil
}

// Field says what is wrong with one field.
type Field struct {
	Name string `json:"field"`
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.EN, e.Err)
	}
	return e.Code + ": " + e.EN
}

func (e *Error) Unwrap() error { return e.Err }

// New makes a fault; err may be nil.
func New(kind Kind, code, zh, en string, err error) *Error {
	return &Error{Kind: kind, Code: code, ZH: zh, EN: en, Err: err}
}

// InvalidFields refuses what somebody filled in, and says of each field what is
// wrong with it.
func InvalidFields(code, zh, en string, fields ...Field) *Error {
	return &Error{Kind: Invalid, Code: code, ZH: zh, EN: en, Fields: fields}
}

// As finds the fault in an error's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}
