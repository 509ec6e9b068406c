package main

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/city"
	"github.com/mingcha-console/mingcha/sdk"
)

// source is a stream of the city.
type source[T any] interface {
	Peek() (at int64, ok bool)
	Skip()
	Take() *T
}

type records[T any] struct {
	*city.Stream
	message func(city.Record) *T
}

func (r records[T]) Skip() { r.Next() }

func (r records[T]) Take() *T {
	record, _ := r.Next()
	return r.message(record)
}

type authorizations struct{ *city.AuthorizationStream }

func (a authorizations) Skip()                    { a.Next() }
func (a authorizations) Take() *sdk.Authorization { return a.Next() }

// send streams a source from a cursor up to the city's end or the office
// clock's now, and in follow mode goes on as that clock does. The cursor knows
// how many records came before: they are planned again, and not sent. done, if
// given, is called when everything up to the configured end is out.
func send[T any](ctx context.Context, r *run, kind byte, raw []byte, out *sdk.Stream[T],
	open func(*city.City) source[T], done func(*city.City) error) error {
	c, place, err := r.open(kind, raw)
	if err != nil {
		return err
	}
	s := sending[T]{from: open(c), place: place, out: out}
	if err := s.skip(ctx); err != nil {
		return err
	}
	for {
		cut, last := r.reach()
		next, more, err := s.upTo(cut)
		if err != nil {
			return err
		}
		if last && done != nil {
			if err := done(c); err != nil {
				return err
			}
		}
		if err := out.CaughtUp(s.cursor); err != nil {
			return err
		}
		if last || !more || !r.follow {
			return nil
		}
		if err := r.clock.Sleep(ctx, time.Unix(r.bounded(next), 0)); err != nil {
			return err
		}
	}
}

// reach is how far the city has come: to the office clock's now, or to its end.
func (r *run) reach() (cut int64, last bool) {
	now := r.clock.Now().Unix()
	cut = r.bounded(now)
	return cut, r.options.Until != 0 && r.options.Until <= now
}

// bounded is a moment, or the city's end before it.
func (r *run) bounded(at int64) int64 {
	if until := r.options.Until; until != 0 {
		return min(at, until)
	}
	return at
}

// sending is a stream on its way out.
type sending[T any] struct {
	from   source[T]
	place  cursor
	out    *sdk.Stream[T]
	cursor []byte // of the place
}

// skip passes over what was sent before.
func (s *sending[T]) skip(ctx context.Context) error {
	for i := range s.place.index {
		if _, ok := s.from.Peek(); !ok {
			return foreign("续传位置超出了演示城市的终点", "The cursor lies beyond the end of the demonstration city")
		}
		if s.from.Skip(); i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	s.cursor = s.place.encode(nil)
	return nil
}

// upTo sends every record up to a moment, and says when the next one comes.
func (s *sending[T]) upTo(cut int64) (next int64, more bool, err error) {
	for {
		at, ok := s.from.Peek()
		if !ok || at > cut {
			return at, ok, nil
		}
		s.place.index++
		s.cursor = s.place.encode(s.cursor)
		if err := s.out.Send(s.cursor, s.from.Take()); err != nil {
			return 0, false, err
		}
	}
}
