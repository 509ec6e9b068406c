package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// meter measures a stream from its first frame to its last, so that starting
// up does not count.
type meter struct {
	events, first int
	from, to      time.Time
}

func (m *meter) frame(n int) {
	now := time.Now()
	if m.events == 0 {
		m.from, m.first = now, n
	}
	m.events += n
	m.to = now
}

// rate is events a second, the first frame's left out.
func (m *meter) rate() float64 {
	return float64(m.events-m.first) / m.to.Sub(m.from).Seconds()
}

// rounds is how often path and floor are run in turn.
const rounds = 3

// throughput compares the whole path with the floor, in turn.
func (b *bench) throughput() error {
	var ratios, ours, floors []float64
	f := &feed{Cases: b.events / 6, Start: "2026-03-02T01:00:00Z"}
	for range rounds {
		floor, err := b.floor(f, f.Cases*6)
		if err != nil {
			return err
		}
		rate, err := b.path(f)
		if err != nil {
			return err
		}
		ratios, ours, floors = append(ratios, rate/floor), append(ours, rate), append(floors, floor)
		fmt.Fprintf(os.Stderr, "  path %.0f/s, floor %.0f/s, ratio %.2f; core time an event, each with its feeder: %.1f µs against %.1f µs\n",
			rate, floor, rate/floor, b.spent["path"], b.spent["floor"])
	}
	b.add("whole path, adapter process → rules → durable commit → WebSocket client, against the floor",
		fmt.Sprintf("%.2f of the floor (%.0f k/s against %.0f k/s)", median(ratios), median(ours)/1000, median(floors)/1000), "≥ 0.4", median(ratios) >= 0.4)
	return nil
}

// cores is the time of cores that a process and those that it started took an
// event, in microseconds. Beside others' work it says more than the clock.
func cores(ended *exec.Cmd, events int) float64 {
	if ended.ProcessState == nil || events == 0 {
		return 0
	}
	took := ended.ProcessState.UserTime() + ended.ProcessState.SystemTime()
	return float64(took.Nanoseconds()) / 1000 / float64(events)
}

func median(v []float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}

// path runs the console on the feeder and follows it to the last event.
func (b *bench) path(f *feed) (rate float64, err error) {
	dir, err := os.MkdirTemp(b.dir, "path-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	if err := prepare(dir, "feeder", f); err != nil {
		return 0, err
	}
	return b.take(dir, f)
}

// take serves a prepared folder until every event of f came through.
func (b *bench) take(dir string, f *feed) (rate float64, err error) {
	per := 6
	if f.Open {
		per = 2
	}
	c, err := b.serve(dir)
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute+time.Duration(f.Cases*per)*time.Millisecond)
	defer cancel()
	var m meter
	err = c.follow(ctx, 0, func(msg *message, _ int) bool {
		n := 0
		for _, ch := range msg.Changes {
			if ch.Kind != "clock" && ch.Kind != "catalogue" {
				n++
			}
		}
		if n > 0 {
			m.frame(n)
		}
		return m.events >= f.Cases*per
	})
	b.memory = max(b.memory, peak(c.cmd.Process.Pid))
	if stop := c.stop(); err == nil {
		err = stop
	}
	b.spent["path"] = cores(c.cmd, m.events)
	return m.rate(), err
}

// latency streams a thousand events a second and times each from the adapter's
// hand to the client's.
func (b *bench) latency() error {
	dir := filepath.Join(b.dir, "latency")
	const seconds = 20
	f := &feed{Cases: 1000 * seconds / 6, Rate: 1000, Start: "2026-03-02T01:00:00Z", Stamp: true}
	if err := prepare(dir, "feeder", f); err != nil {
		return err
	}
	c, err := b.serve(dir)
	if err != nil {
		return err
	}
	defer c.stop() //nolint:errcheck // the figures are in
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	var waits []float64
	if err := c.follow(ctx, 0, func(m *message, _ int) bool {
		now := time.Now()
		for _, ch := range m.Changes {
			if ch.Kind != "clock" && ch.Kind != "catalogue" {
				waits = append(waits, float64(now.Sub(ch.At).Microseconds())/1000)
			}
		}
		return len(waits) >= f.Cases*6
	}); err != nil {
		return err
	}
	slices.Sort(waits)
	p50, p99 := waits[len(waits)/2], waits[len(waits)*99/100]
	b.add("from the adapter to a WebSocket client at 1,000 events a second", fmt.Sprintf("p99 %.1f ms, median %.1f ms", p99, p50), "p99 < 50 ms", p99 < 50)
	return os.RemoveAll(dir)
}
