package desktop

import (
	"fmt"
	"log/slog"
	"sync"
	"time"
)

const (
	// longestEnd is how long a process may take to end after its window was
	// closed, whatever the toolkit, an adapter or a disk does.
	longestEnd = 4500 * time.Millisecond
	// toolkitsGrace is how long the toolkit is waited for once nothing is open any
	// more: from time to time GTK, taking the window apart, and WebKit's threads
	// wait for each other for ever.
	toolkitsGrace = time.Second
)

// ending ends the program with its window. What is open is closed when the
// window closes, beside the toolkit, which may need long to go or never go.
type ending struct {
	close func() error     // what is open
	exit  func(status int) // ends the process at once
	log   *slog.Logger

	once   sync.Once
	closed chan struct{} // what is open has been closed
	err    error         // of closing it
	gone   chan struct{} // the toolkit has returned
}

func newEnding(closeAll func() error, exit func(status int), log *slog.Logger) *ending {
	return &ending{close: closeAll, exit: exit, log: log, closed: make(chan struct{}), gone: make(chan struct{})}
}

// begin closes what is open, without waiting for it, and sees to it that the
// process ends in time. Further calls do nothing.
func (e *ending) begin() {
	e.once.Do(func() {
		go func() {
			e.err = e.close()
			close(e.closed)
		}()
		go e.watch()
	})
}

func (e *ending) watch() {
	deadline := time.NewTimer(longestEnd)
	defer deadline.Stop()
	select {
	case <-e.closed:
		select {
		case <-e.gone:
			return // run says how it went
		case <-time.After(toolkitsGrace):
		case <-deadline.C:
		}
		if e.err != nil {
			e.log.Error("what was open did not close cleanly", "error", e.err)
			e.exit(1)
			return
		}
		e.log.Info("the window's toolkit did not return and is left behind")
		e.exit(0)
	case <-deadline.C:
		// The journal bears being cut off: what was acknowledged is on the disk.
		e.log.Error("what was open could not be closed in time; the program ends all the same")
		e.exit(1)
	}
}

// withoutPanic turns a toolkit's panic into an error: that is how GTK tells that
// there is no display.
func withoutPanic(toolkit func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the toolkit: %v", p)
		}
	}()
	return toolkit()
}

// run runs the toolkit until the window has gone, then waits for what is open to
// be closed.
func (e *ending) run(toolkit func() error) (window, session error) {
	window = withoutPanic(toolkit)
	close(e.gone)
	e.begin()
	<-e.closed
	return window, e.err
}
