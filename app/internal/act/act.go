// Package act is how a feature declares what people do. An act is one record of
// the journal; its type is declared once, with all that is to be known of it: what
// it carries, who is told of it how, when it is refused and which tables it
// changes. Whoever lists, checks, folds or tells acts asks the declaration, so
// that a new type of acts is one declaration and nothing else.
package act

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Journal is what journals acts; package intake has it.
type Journal interface {
	Act(ctx context.Context, a intake.Act) (intake.RecordedAct, bool, error)
	Calendar() *workday.Calendar
}

// Of is an act whose data is of type T, as it stands in the journal.
type Of[T any] struct {
	Seq  uint64    // journal number; 0 while it is only checked
	At   time.Time // UTC; when the console took it
	Type string
	By   uint64 // the account; 0: the person at the console's own machine, or the console
	Data T
	Raw  json.RawMessage // the data as the journal has it, for tables that keep it
}

// Def declares a type of acts. Its name and the JSON of T stand in journals for
// ever: a name is never given to something else, and a field of T is only added.
type Def[T any] struct {
	Type  string // such as "matter.step"
	Group Group

	Own      bool   // the console does it by itself
	OwnWhen  string // the console does it by itself where the data has this key; empty: see Own
	Sealed   bool   // a volunteer supervisor's by that office: told without who it was, and what it was about
	Reasoned bool   // its data may say why, under "reason"

	// About is what it is about; nil: nothing in particular.
	About func(Of[T]) Subject
	// Words tell it to people in both languages; one sentence without an end mark. A
	// reason stands beside them and is not told again.
	Words func(Of[T]) (zh, en string)
	// Check refuses it with a fault. It runs on the one writer, so that nothing
	// comes between it and the fold, and only reads; nil: it is never refused.
	Check func(w *store.Writer, a Of[T]) error
	// Fold writes what it changes. It uses nothing but the act and tables that acts
	// fill, so that the same journal gives the same tables in years; nil: it changes
	// no table.
	Fold func(w *store.Writer, a Of[T]) error
	// Example is one such act's data, as documents and tests show it.
	Example T
}

// Kind is a declared type of acts.
type Kind[T any] struct{ def Def[T] }

// Define declares a type of acts.
func Define[T any](d Def[T]) *Kind[T] {
	if d.Type == "" || d.Group == "" || d.Words == nil {
		panic("act: a type of acts has a name, a group and words: " + d.Type)
	}
	return &Kind[T]{d}
}

// Name is the type's name.
func (k *Kind[T]) Name() string { return k.def.Type }

// Do journals an act, or refuses it. The same key again is the same act: repeated
// is true then, and nothing was written.
func (k *Kind[T]) Do(ctx context.Context, j Journal, key string, by uint64, data T) (done Of[T], repeated bool, err error) {
	rec, repeated, err := j.Act(ctx, intake.Act{Key: key, Type: k.def.Type, By: by, Data: data})
	return Of[T]{rec.Seq, rec.At, rec.Type, rec.By, data, rec.Data}, repeated, err
}

// Read reads a recorded act of the type.
func (k *Kind[T]) Read(a *intake.RecordedAct) (Of[T], error) {
	out := Of[T]{Seq: a.Seq, At: a.At, Type: a.Type, By: a.By, Raw: a.Data}
	if err := json.Unmarshal(a.Data, &out.Data); err != nil {
		return out, fmt.Errorf("act: %s: %w", a.Type, err)
	}
	return out, nil
}

// Any is a declared type of acts, whatever its data is.
type Any interface {
	Info() Info
	about(a *intake.RecordedAct) (Subject, error)
	words(a *intake.RecordedAct) (zh, en string, err error)
	check(w *store.Writer, a *intake.RecordedAct) error
	fold(w *store.Writer, a *intake.RecordedAct) error
}

// Info is what is to be known of a type of acts before one is read.
type Info struct {
	Type     string
	Group    Group
	Own      bool
	OwnWhen  string
	Sealed   bool
	Reasoned bool
	Example  any
}

// Info tells of the type.
func (k *Kind[T]) Info() Info {
	d := &k.def
	return Info{d.Type, d.Group, d.Own, d.OwnWhen, d.Sealed, d.Reasoned, d.Example}
}

func (k *Kind[T]) about(a *intake.RecordedAct) (Subject, error) {
	if k.def.About == nil {
		return Subject{}, nil
	}
	x, err := k.Read(a)
	if err != nil {
		return Subject{}, err
	}
	return k.def.About(x), nil
}

func (k *Kind[T]) words(a *intake.RecordedAct) (zh, en string, err error) {
	x, err := k.Read(a)
	if err != nil {
		return "", "", err
	}
	zh, en = k.def.Words(x)
	return zh, en, nil
}

func (k *Kind[T]) check(w *store.Writer, a *intake.RecordedAct) error {
	return k.with(k.def.Check, w, a)
}

func (k *Kind[T]) fold(w *store.Writer, a *intake.RecordedAct) error {
	return k.with(k.def.Fold, w, a)
}

// with hands an act that was read to a function of the declaration, if it has one.
func (k *Kind[T]) with(f func(*store.Writer, Of[T]) error, w *store.Writer, a *intake.RecordedAct) error {
	if f == nil {
		return nil
	}
	x, err := k.Read(a)
	if err != nil {
		return err
	}
	return f(w, x)
}
