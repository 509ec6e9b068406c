package desktop

import (
	"errors"
	"log/slog"
	"testing"
	"time"
)

// held is an ending whose exit is noted instead of taken.
func held(closeAll func() error) (e *ending, exits chan int) {
	exits = make(chan int, 1)
	return newEnding(closeAll, func(status int) { exits <- status }, slog.New(slog.DiscardHandler)), exits
}

func TestH6AToolkitThatHangsHoldsNeitherTheFolderNorTheProcess(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
	}{"closes": {nil, 0}, "does not close cleanly": {errors.New("disk"), 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			closed := make(chan struct{})
			e, exits := held(func() error { close(closed); return c.err })
			stuck := make(chan struct{})
			defer close(stuck)
			go e.run(func() error { //nolint:errcheck // it never returns
				e.begin() // as the window's closing does, from inside the toolkit
				<-stuck   // GTK waits for WebKit, and WebKit for GTK
				return nil
			})
			begin := time.Now()
			select {
			case <-closed:
				if took := time.Since(begin); took > 500*time.Millisecond {
					t.Errorf("the folder was closed after %v", took)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("the folder is held by the toolkit")
			}
			select {
			case status := <-exits:
				if took := time.Since(begin); status != c.status || took > 3*time.Second {
					t.Errorf("status %d after %v", status, took)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("the process is held by the toolkit")
			}
		})
	}
}

func TestH6ASessionThatHangsEndsWithTheProcess(t *testing.T) {
	t.Parallel()
	stuck := make(chan struct{})
	defer close(stuck)
	e, exits := held(func() error { <-stuck; return nil })
	go e.run(func() error { return nil }) //nolint:errcheck // it never returns
	select {
	case status := <-exits:
		if status != 1 {
			t.Errorf("status %d", status)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the process did not end within 5 s")
	}
}

func TestH6AnOrdinaryEndTellsHowItWent(t *testing.T) {
	t.Parallel()
	broken, bad := errors.New("no display"), errors.New("disk")
	closes := 0
	e, exits := held(func() error { closes++; return bad })
	window, session := e.run(func() error { e.begin(); e.begin(); return broken })
	if !errors.Is(window, broken) || !errors.Is(session, bad) || closes != 1 {
		t.Errorf("window %v, session %v, closed %d times", window, session, closes)
	}
	select {
	case status := <-exits:
		t.Errorf("it ended the process itself, with status %d", status)
	case <-time.After(toolkitsGrace + 500*time.Millisecond):
	}
}

func TestN2AToolkitWithoutADisplayIsAnErrorAndNoPanic(t *testing.T) {
	t.Parallel()
	e, _ := held(func() error { return nil })
	window, session := e.run(func() error { panic("failed to init GTK") })
	if window == nil || session != nil {
		t.Errorf("window %v, session %v", window, session)
	}
}
