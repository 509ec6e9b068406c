package network

import (
	"bytes"
	"log"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/time/rate"
)

// Server serves h over TLS: server.ServeTLS(listener, "", "") with a listener
// of Listen. Its time limits keep slow clients from holding connections: ten
// seconds for the handshake and for the headers, two minutes for a body and three
// until the answer is out (handlers that look at the progress set their own), two
// minutes of silence between requests. A connection taken over for a WebSocket
// has none of these.
func Server(h http.Handler, id *Identity, logger *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h, TLSConfig: id.TLSConfig(), ErrorLog: serverLog(logger), ConnContext: withConn,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 3 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		// What has been sent and not been read yet stands in memory: 64 KiB of a
		// connection are a megabyte a second over the slowest of mobile networks.
		HTTP2: &http.HTTP2Config{MaxConcurrentStreams: 100, MaxReceiveBufferPerConnection: 64 << 10, MaxReceiveBufferPerStream: 64 << 10, SendPingTimeout: 30 * time.Second,
			PingTimeout: 15 * time.Second, WriteByteTimeout: 30 * time.Second},
	}
}

// Strict has browsers keep to TLS for a year (HSTS, ASVS 3.4.1), where the
// console shows a certificate that it was given. With one of its own making it
// says nothing: browsers ignore it there (RFC 6797 §8.1), and one that was told to
// trust it would open nothing any more once another is made.
func (id *Identity) Strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !id.Info().SelfMade {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// serverLog takes what net/http has to say.
func serverLog(logger *slog.Logger) *log.Logger {
	return log.New(&errorLog{logger, rate.NewLimiter(1, 10)}, "", 0)
}

// errorLog sorts net/http's lines: what strangers cause by knocking at the port
// is for debugging and at most one line a second, so that a scan of ports does
// not fill the disk; the rest is worth a look.
type errorLog struct {
	logger *slog.Logger
	noise  *rate.Limiter
}

var noise = [][]byte{[]byte("http: TLS handshake error"), []byte("http2: ")}

func (l *errorLog) Write(line []byte) (int, error) {
	text := string(bytes.TrimSpace(line))
	for _, prefix := range noise {
		if bytes.HasPrefix(line, prefix) {
			if l.noise.Allow() {
				l.logger.Debug("a connection failed", "error", text)
			}
			return len(line), nil
		}
	}
	l.logger.Warn("the server complains", "error", text)
	return len(line), nil
}
