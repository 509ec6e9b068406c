package inflight

import (
	"context"
	"testing"
	"time"
)

func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

// H4: the sum is bounded, and one that is bigger than the bound still comes, alone.
func TestH4TheSumOfWhatIsUnderWayIsBounded(t *testing.T) {
	b := New(100)
	first, err := b.Take(t.Context(), 60)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Take(soon(t), 50); err == nil {
		t.Error("110 of 100 were given out")
	}
	first()
	first() // counts once
	all, err := b.Take(t.Context(), 5000)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Take(soon(t), 1); err == nil {
		t.Error("beside all there was more")
	}
	all()
	if _, err := b.Take(t.Context(), 100); err != nil {
		t.Error(err)
	}
}

// S13: one sender takes no more than its share, and others go on.
func TestS13OneSenderStandsInItsOwnWayAlone(t *testing.T) {
	s := NewShares(2, 3)
	a1, _ := s.Enter(t.Context(), "a")
	if _, err := s.Enter(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Enter(soon(t), "a"); err == nil {
		t.Error("a third place of one sender")
	}
	if _, ok := s.Try("a"); ok {
		t.Error("a third place of one sender, without waiting")
	}
	if _, err := s.Enter(t.Context(), "b"); err != nil {
		t.Error(err)
	}
	if _, err := s.Enter(soon(t), "c"); err == nil {
		t.Error("a fourth place of three")
	}
	a1()
	c, ok := s.Try("c")
	if !ok {
		t.Error("a place that was given back is not taken")
	}
	c()
	if len(s.by) != 2 {
		t.Errorf("%d senders are remembered, want the 2 that hold places", len(s.by))
	}
}
