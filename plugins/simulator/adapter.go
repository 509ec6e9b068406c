package main

import (
	"context"
	_ "embed"
	"sync"
	"time"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/city"
	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/holidays"
)

//go:embed schema.json
var schema string

// simulator is the adapter; run is its configuration.
type simulator struct {
	mu  sync.Mutex
	run *run
}

// run is one configuration at work.
type run struct {
	options  city.Options
	id       [8]byte
	relative bool // the start was given relative to today
	keyPath  string
	follow   bool

	mistakeEvery uint64 // 0: never
	clock        clock

	mu   sync.Mutex
	city *city.City
}

// clock is what the adapter needs of officeclock.Clock.
type clock interface {
	Now() time.Time
	Sleep(ctx context.Context, until time.Time) error
}

var calendar = sync.OnceValue(func() *officedays.Calendar { return officedays.New(holidays.WithFixed(holidays.Embedded())) })

// Describe implements sdk.Adapter.
func (s *simulator) Describe() sdk.Description {
	return sdk.Description{
		Name: "simulator", Version: "1.0.0",
		Title: "演示城市", TitleEN: "Demonstration city",
		ConfigSchema: schema,
		Poll:         time.Hour, // a stream ends only where the city does
	}
}

// Configure implements sdk.Adapter.
func (s *simulator) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	set := defaults()
	if err := c.Decode(&set); err != nil {
		return nil, err
	}
	options, err := set.options(c.Clock.Now(), c.Follow)
	if err != nil {
		return nil, err
	}
	r := &run{
		options: options, id: cityOf(set.fingerprint()), relative: relative(set.Start),
		keyPath: c.Path(set.AnswerKey), follow: c.Follow, clock: c.Clock, mistakeEvery: set.MistakeEvery,
		city: city.New(options, calendar()),
	}
	s.mu.Lock()
	s.run = r
	s.mu.Unlock()
	departments, items := r.city.Catalogue()
	return &sdk.Catalogue{Departments: departments, Items: items}, nil
}

func (s *simulator) current() *run {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.run
}

// open finds the city and the place in it that a stream goes on from. Where
// the start is relative to today, the day that the first cursor was written on
// counts, for streams that have none yet as well.
func (r *run) open(kind byte, raw []byte) (*city.City, cursor, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(raw) == 0 {
		return r.city, cursor{kind: kind, city: r.id, start: r.options.Start}, nil
	}
	c, err := decode(raw, kind, r.id)
	if err != nil {
		return nil, c, err
	}
	if c.start != r.options.Start {
		if !r.relative {
			return nil, c, foreign("续传位置的开始日期不同", "The cursor has another first day")
		}
		r.options.Start = c.start
		r.city = city.New(r.options, calendar())
	}
	return r.city, c, nil
}

// Events implements sdk.Adapter.
func (s *simulator) Events(ctx context.Context, cursor []byte, out *sdk.EventStream) error {
	r := s.current()
	return send(ctx, r, 'E', cursor, out, func(c *city.City) source[sdk.Event] {
		if r.mistakeEvery > 0 {
			return &mistaken{Stream: c.Events(), every: r.mistakeEvery}
		}
		return records[sdk.Event]{c.Events(), city.Record.Event}
	}, r.writeKey)
}

// Rejections implements sdk.RejectionReporter.
func (s *simulator) Rejections(ctx context.Context, cursor []byte, out *sdk.RejectionStream) error {
	return send(ctx, s.current(), 'R', cursor, out, func(c *city.City) source[sdk.Rejection] {
		return records[sdk.Rejection]{c.Rejections(), city.Record.Rejection}
	}, nil)
}

// Overdue implements sdk.OverdueReporter.
func (s *simulator) Overdue(ctx context.Context, cursor []byte, out *sdk.OverdueStream) error {
	return send(ctx, s.current(), 'O', cursor, out, func(c *city.City) source[sdk.OverdueCase] {
		return records[sdk.OverdueCase]{c.Overdue(), city.Record.Overdue}
	}, nil)
}

// Authorizations implements sdk.Authorizer.
func (s *simulator) Authorizations(ctx context.Context, cursor []byte, out *sdk.AuthorizationStream) error {
	return send(ctx, s.current(), 'A', cursor, out, func(c *city.City) source[sdk.Authorization] {
		return authorizations{c.Authorizations()}
	}, nil)
}

// Ratings implements sdk.RatingReporter.
func (s *simulator) Ratings(ctx context.Context, cursor []byte, out *sdk.RatingStream) error {
	return send(ctx, s.current(), 'P', cursor, out, func(c *city.City) source[sdk.Rating] {
		return records[sdk.Rating]{c.Ratings(), city.Record.Rating}
	}, nil)
}
