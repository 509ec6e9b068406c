// Package adaptertest is the conformance kit for adapters. A department's test
// is one line:
//
//	adaptertest.Run(t, adaptertest.InProcess(func() sdk.Adapter { return &myAdapter{} }), `{"file":"testdata/log.csv"}`)
//
// The kit reads every stream that the adapter declares, again and again, from
// the beginning and from the cursors it sent, and says what breaks the
// contract. Give it data that has an end and, best, some hundred records.
package adaptertest

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Suite is how an adapter is tested. The zero value of each field but Config
// has the meaning given behind it.
type Suite struct {
	Config    string        // a right configuration, JSON
	BaseDir   string        // where its relative paths start: the working directory
	Zone      string        // Asia/Shanghai
	ClockJSON string        // the office clock's setting: the real clock
	Quiet     time.Duration // silence, without the mark, that counts as never caught up: 10 s
	Prompt    time.Duration // how soon a cancelled stream method must return: 3 s
}

// Fault is one breach of the contract.
type Fault struct {
	Check string `json:"check"` // which promise: "describe", "configure", "records", "same twice", "resume", "caught up", "unknown cursor", "cancel"
	What  string `json:"what"`  // what was seen, with the stream's name
}

// String is both in a line.
func (f Fault) String() string { return f.Check + ": " + f.What }

// Run tests an adapter with a configuration, relative to the working directory.
func Run(t testing.TB, target Target, config string) {
	t.Helper()
	Suite{Config: config}.Run(t, target)
}

// Run tests an adapter; each fault is an error of t.
func (s Suite) Run(t testing.TB, target Target) {
	t.Helper()
	faults, err := s.Check(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

// Check tests an adapter outside of a Go test. The error is of the kit's own
// doing: the adapter could not be started, or ctx ended.
func (s Suite) Check(ctx context.Context, target Target) ([]Fault, error) {
	if s.BaseDir == "" {
		dir, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		s.BaseDir = dir
	}
	if s.Zone == "" {
		s.Zone = "Asia/Shanghai"
	}
	if s.Quiet <= 0 {
		s.Quiet = 10 * time.Second
	}
	if s.Prompt <= 0 {
		s.Prompt = 3 * time.Second
	}
	r := &run{Suite: s, target: target, count: map[string]int{}}
	if err := r.all(ctx); err != nil {
		return nil, err
	}
	return r.faults, ctx.Err()
}

// run is one pass of the kit.
type run struct {
	Suite
	target    Target
	catalogue *adapterv1.ConfigureResponse
	faults    []Fault
	count     map[string]int
}

// alike bounds how many faults of one check are told.
const alike = 5

func (r *run) fault(check, format string, a ...any) {
	if r.count[check]++; r.count[check] <= alike {
		r.faults = append(r.faults, Fault{check, fmt.Sprintf(format, a...)})
	} else if r.count[check] == alike+1 {
		r.faults = append(r.faults, Fault{check, "and more of this kind"})
	}
}

func (r *run) all(ctx context.Context) error {
	c, err := r.target.start(ctx)
	if err != nil {
		return err
	}
	d, ok := r.describe(ctx, c.client)
	if ok {
		r.misconfigure(ctx, c.client, d.ConfigSchema)
	}
	c.stop(0)
	if !ok || !r.configured(ctx) {
		return nil
	}
	for _, s := range declared(d) {
		if err := r.stream(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) request(config string, follow bool) *adapterv1.ConfigureRequest {
	return &adapterv1.ConfigureRequest{ConfigJson: []byte(config), OfficeZone: r.Zone, BaseDir: r.BaseDir, ClockJson: r.ClockJSON, Follow: follow}
}

// connect starts the adapter anew and configures it.
func (r *run) connect(ctx context.Context, follow bool) (*connection, error) {
	c, err := r.target.start(ctx)
	if err != nil {
		return nil, err
	}
	got, err := c.client.Configure(ctx, r.request(r.Config, follow))
	if err == nil && len(got.FieldErrors) > 0 {
		err = fmt.Errorf("the configuration is not accepted (any more): %v", got.FieldErrors)
	}
	if err != nil {
		c.stop(0)
		return nil, err
	}
	r.catalogue = got
	return c, nil
}

func (r *run) configured(ctx context.Context) bool {
	c, err := r.connect(ctx, false)
	if err != nil {
		r.fault("configure", "the given configuration: %v", err)
		return false
	}
	c.stop(0)
	if len(r.catalogue.Departments) == 0 {
		r.fault("configure", "the catalogue has no department")
	}
	return true
}
