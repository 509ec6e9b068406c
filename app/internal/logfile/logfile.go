// Package logfile keeps the program's log in a file that is turned over before it
// grows large, since whoever opens the window by a double click has no standard
// error to look at.
package logfile

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"
)

// The log is turned over at a few megabytes; as many old ones are kept.
const (
	megabytes = 5
	oldFiles  = 4
	days      = 90
)

// Path is where the log lies in a folder.
func Path(folder string) string { return filepath.Join(folder, "log", "mingcha.log") }

// Open logs to a folder's file besides another handler. The file has what is worth
// telling whoever maintains the console, from Info on; what adapters print is kept
// out of it, since a department's program may print people's names.
func Open(folder string, also slog.Handler) (slog.Handler, io.Closer) {
	path := Path(folder)
	// Nobody else reads it. A folder that cannot be made is met again below.
	_ = os.MkdirAll(filepath.Dir(path), 0o700)
	file := &lumberjack.Logger{Filename: path, MaxSize: megabytes, MaxBackups: oldFiles, MaxAge: days, LocalTime: true}
	return both{also, slog.NewTextHandler(file, &slog.HandlerOptions{Level: slog.LevelInfo})}, file
}

// both hands records to two handlers, each by its own level.
type both [2]slog.Handler

func (b both) Enabled(ctx context.Context, level slog.Level) bool {
	return b[0].Enabled(ctx, level) || b[1].Enabled(ctx, level)
}

func (b both) Handle(ctx context.Context, r slog.Record) error {
	var errs []error
	for _, h := range b {
		if h.Enabled(ctx, r.Level) {
			errs = append(errs, h.Handle(ctx, r.Clone()))
		}
	}
	return errors.Join(errs...)
}

func (b both) WithAttrs(attrs []slog.Attr) slog.Handler {
	return both{b[0].WithAttrs(attrs), b[1].WithAttrs(attrs)}
}

func (b both) WithGroup(name string) slog.Handler {
	return both{b[0].WithGroup(name), b[1].WithGroup(name)}
}
