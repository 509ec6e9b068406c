package adapterhost

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
)

// LogLine is one line that an adapter, or go-plugin about it, has logged.
type LogLine struct {
	At    time.Time // UTC
	Level slog.Level
	Text  string
}

const (
	keptLines = 500
	// longestLine bounds a line; a longer one is cut.
	longestLine = 4 << 10
)

// logRing keeps an adapter's last lines and passes each on to slog.
type logRing struct {
	forward *slog.Logger
	process string // the name under which go-plugin logs the process's own lines

	mu    sync.Mutex
	lines []LogLine
	next  int

	minute    time.Time // since when forwarded counts
	forwarded int
	held      int // lines of this minute that were not passed on
}

// forwardedAMinute bounds what an adapter writes into the console's own log: one
// that says ever the same would wash all else out of it.
const forwardedAMinute = 120

// passes counts a line, and tells whether it goes on to the console's log and
// how many before it did not. It is called with the lock held.
func (r *logRing) passes(now time.Time) (on bool, missed int) {
	if now.Sub(r.minute) >= time.Minute {
		missed, r.minute, r.forwarded, r.held = r.held, now, 0, 0
	}
	if r.forwarded >= forwardedAMinute {
		r.held++
		return false, 0
	}
	r.forwarded++
	return true, missed
}

// sayMissed passes on how many lines were not, before the ring is quiet for good.
func (r *logRing) sayMissed() {
	r.mu.Lock()
	missed := r.held
	r.held = 0
	r.mu.Unlock()
	r.tellMissed(missed)
}

func (r *logRing) tellMissed(missed int) {
	if missed > 0 {
		r.forward.Warn("more lines of this adapter were not taken into this log", "lines", missed)
	}
}

// add keeps a line and passes it on.
func (r *logRing) add(level slog.Level, text string) {
	line := r.keep(level, text)
	r.mu.Lock()
	on, missed := r.passes(line.At)
	r.mu.Unlock()
	r.tellMissed(missed)
	if on {
		// For who looks on. What a department's program prints may be private: it is
		// kept in the ring, which the office reads, and not in any file.
		r.forward.Debug(line.Text, "as", level)
	}
}

// keep keeps a line.
func (r *logRing) keep(level slog.Level, text string) LogLine {
	text = strings.ToValidUTF8(text, "�")
	if len(text) > longestLine {
		text = strings.ToValidUTF8(text[:longestLine], "") + "…"
	}
	line := LogLine{At: time.Now().UTC(), Level: level, Text: text}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.lines) < keptLines {
		r.lines = append(r.lines, line)
	} else {
		r.lines[r.next] = line
		r.next = (r.next + 1) % keptLines
	}
	return line
}

// all is oldest first.
func (r *logRing) all() []LogLine {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append(append(make([]LogLine, 0, len(r.lines)), r.lines[r.next:]...), r.lines[:r.next]...)
}

// setProcess follows a program that was replaced by one of another name.
func (r *logRing) setProcess(name string) {
	r.mu.Lock()
	r.process = name
	r.mu.Unlock()
}

// logger is the go-plugin side of the ring.
func (r *logRing) logger() hclog.Logger {
	l := hclog.NewInterceptLogger(&hclog.LoggerOptions{Output: io.Discard, Level: hclog.Trace})
	l.RegisterSink(r)
	return l
}

// Accept takes a line of go-plugin: the process's own in full, of go-plugin's
// talk about it what matters.
func (r *logRing) Accept(name string, level hclog.Level, msg string, args ...any) {
	r.mu.Lock()
	own := name == r.process
	r.mu.Unlock()
	if !own && level < hclog.Warn {
		return
	}
	var b strings.Builder
	b.WriteString(msg)
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] != "timestamp" {
			fmt.Fprintf(&b, " %v=%v", args[i], args[i+1])
		}
	}
	r.add(slogLevel(level), b.String())
}

func slogLevel(l hclog.Level) slog.Level {
	switch {
	case l >= hclog.Error:
		return slog.LevelError
	case l == hclog.Warn:
		return slog.LevelWarn
	case l == hclog.Info:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// lineWriter logs what an adapter prints, line by line.
type lineWriter struct {
	ring  *logRing
	level slog.Level

	mu   sync.Mutex
	rest []byte
}

func (w *lineWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rest = append(w.rest, p...)
	for {
		i := bytes.IndexByte(w.rest, '\n')
		if i < 0 && len(w.rest) > longestLine {
			i = len(w.rest)
		}
		if i < 0 {
			return len(p), nil
		}
		w.ring.add(w.level, strings.TrimRight(string(w.rest[:i]), "\r"))
		w.rest = w.rest[min(i+1, len(w.rest)):]
	}
}
