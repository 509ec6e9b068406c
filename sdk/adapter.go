package sdk

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// Adapter is what every adapter offers. Its methods may be called from several
// goroutines: reports stream while events do.
type Adapter interface {
	// Describe says who the adapter is. It needs no configuration.
	Describe() Description

	// Configure takes the configuration and says which departments and items
	// the adapter serves. It may be called again; the last call counts.
	// Return [FieldErrors] (or a [FieldError]) for what the office has to
	// correct; any other error is taken for passing trouble, such as a database
	// that is not up yet, and the console tries again later.
	Configure(ctx context.Context, c *Config) (*Catalogue, error)

	// Events sends all events after a cursor, oldest first, and calls
	// out.CaughtUp when the source has nothing newer. Then it may return nil
	// (the console asks again after [Description].Poll) or, when Config.Follow
	// is set, wait for new events until ctx ends. The cursor is one that was
	// handed to out earlier, or empty for the very beginning; the same cursor
	// gives the same events. Return [ErrUnknownCursor] when the source no
	// longer knows the place; any other error is shown to the office and the
	// console tries again from the last cursor.
	Events(ctx context.Context, cursor []byte, out *EventStream) error
}

// RejectionReporter is an adapter whose department files its negative
// decisions (否定报备). Cursors work as in [Adapter].Events, each stream has
// its own.
type RejectionReporter interface {
	Rejections(ctx context.Context, cursor []byte, out *RejectionStream) error
}

// OverdueReporter is an adapter whose department reports cases over their
// limit itself (超时).
type OverdueReporter interface {
	Overdue(ctx context.Context, cursor []byte, out *OverdueStream) error
}

// Authorizer is an adapter that knows the authorizations of chief
// representatives (首席代表授权).
type Authorizer interface {
	Authorizations(ctx context.Context, cursor []byte, out *AuthorizationStream) error
}

// RatingReporter is an adapter that knows what applicants thought of the
// service they had (好差评).
type RatingReporter interface {
	Ratings(ctx context.Context, cursor []byte, out *RatingStream) error
}

// Description is who an adapter is.
type Description struct {
	Name         string        // lower case, letters, digits and "-": "xes"
	Version      string        // semantic version: "1.4.0"
	Title        string        // zh-CN, for people
	TitleEN      string        // English, for people
	ConfigSchema string        // JSON Schema (draft 2020-12) of the configuration
	Poll         time.Duration // until the console asks again after a stream ended, whole seconds; 0 = the console's default
}

// Config is the configuration of one run.
type Config struct {
	JSON    []byte             // the configuration as the office wrote it
	Zone    *time.Location     // the office's zone; dates without time start here
	BaseDir string             // where relative paths start
	Clock   *officeclock.Clock // office time; ask it, not time.Now
	Follow  bool               // false: a one-time ingest, streams end once caught up
}

// Path is a path of the configuration, relative ones from BaseDir; empty stays
// empty.
func (c *Config) Path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.BaseDir, p)
}

// Catalogue is what an adapter serves.
type Catalogue struct {
	Departments []*Department
	Items       []*Item
	// Warnings are told to the office and stop nothing, such as a setting that
	// was left to a default with consequences.
	Warnings []FieldError
}

// FieldError says what is wrong and what to do, for the clerk who reads it.
type FieldError struct {
	Field string // dotted path in the configuration, "replay.speed", "tables[2].name"; empty = the whole
	ZH    string
	EN    string
}

// Error is the English sentence, after the field's name.
func (e FieldError) Error() string {
	if e.Field == "" {
		return e.EN
	}
	return e.Field + ": " + e.EN
}

// FieldErrors are all that is wrong with a configuration.
type FieldErrors []FieldError

// Error is every sentence, one a line.
func (e FieldErrors) Error() string {
	lines := make([]string, len(e))
	for i, f := range e {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// ErrUnknownCursor is returned by a stream method for a cursor whose place the
// source no longer knows. The console then stops the adapter and asks the
// office, rather than read everything again.
var ErrUnknownCursor = errors.New("the source does not know this cursor")

// fieldErrors takes the sentences for people out of an error.
func fieldErrors(err error) FieldErrors {
	var many FieldErrors
	if errors.As(err, &many) {
		return many
	}
	var one FieldError
	if errors.As(err, &one) {
		return FieldErrors{one}
	}
	return nil
}
