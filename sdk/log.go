package sdk

import (
	"io"
	"log/slog"
	"strings"
)

// newLogHandler writes log lines in the form that the console's end of
// go-plugin understands, so that level and time survive.
func newLogHandler(w io.Writer) slog.Handler {
	return slog.NewJSONHandler(w, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) > 0 {
				return a
			}
			switch a.Key {
			case slog.TimeKey:
				return slog.String("@timestamp", a.Value.Time().Format("2006-01-02T15:04:05.000000Z07:00"))
			case slog.LevelKey:
				level, _, _ := strings.Cut(strings.ToLower(a.Value.String()), "+")
				return slog.String("@level", level)
			case slog.MessageKey:
				return slog.String("@message", a.Value.String())
			}
			return a
		},
	})
}
