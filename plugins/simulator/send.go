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
	from := open(c)
	for i := range place.index {
		if _, ok := from.Peek(); !ok {
			return foreign("续传位置超出了演示城市的终点", "The cursor lies beyond the end of the demonstration city")
		}
		if from.Skip(); i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	buf := place.encode(nil)
	for {
		cut, last := r.clock.Now().Unix(), false
		if until := r.options.Until; until != 0 && until <= cut {
			cut, last = until, true
		}
		at, ok := from.Peek()
		for ; ok && at <= cut; at, ok = from.Peek() {
			place.index++
			buf = place.encode(buf)
			if err := out.Send(buf, from.Take()); err != nil {
				return err
			}
		}
		if last && done != nil {
			if err := done(c); err != nil {
				return err
			}
		}
		if err := out.CaughtUp(buf); err != nil {
			return err
		}
		if last || !ok || !r.follow {
			return nil
		}
		if until := r.options.Until; until != 0 {
			at = min(at, until)
		}
		if err := r.clock.Sleep(ctx, time.Unix(at, 0)); err != nil {
			return err
		}
	}
}
