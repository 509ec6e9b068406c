package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// browser is one connection to the stream.
type browser struct {
	header http.Header
	from   string // local address; every fifty browsers have one of their own
}

// stream connects all browsers and measures frames for a while. settled is
// called once all are connected.
func stream(url string, protocols []string, all []browser, hello [][]byte, settled func()) ([]float64, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var measuring atomic.Bool
	var mu sync.Mutex
	var waits []float64
	var failed error
	var wg sync.WaitGroup
	conns := make([]*websocket.Conn, len(all))
	for i, b := range all {
		d := websocket.Dialer{Subprotocols: protocols, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // certificates of this run
			NetDialContext: dialFrom(b.from), ReadBufferSize: 4096, HandshakeTimeout: 30 * time.Second}
		ws, resp, err := d.DialContext(ctx, url, b.header)
		if err != nil {
			if resp != nil {
				err = fmt.Errorf("%w: %s", err, resp.Status)
			}
			return nil, fmt.Errorf("browser %d: %w", i, err)
		}
		conns[i] = ws
		for _, h := range hello {
			if err := ws.WriteMessage(websocket.TextMessage, h); err != nil {
				return nil, err
			}
		}
		wg.Go(func() {
			var mine []float64
			for {
				_, frame, err := ws.ReadMessage()
				if err != nil {
					if ctx.Err() == nil && measuring.Load() {
						mu.Lock()
						failed = errors.Join(failed, err)
						mu.Unlock()
					}
					break
				}
				now := time.Now()
				if pinged(frame) && ws.WriteMessage(websocket.TextMessage, []byte("{}")) != nil {
					break
				}
				if at, ok := oldest(frame); ok && measuring.Load() {
					mine = append(mine, float64(now.Sub(at).Microseconds())/1000)
				}
			}
			mu.Lock()
			waits = append(waits, mine...)
			mu.Unlock()
		})
	}
	settled()
	measuring.Store(true)
	time.Sleep(measured)
	measuring.Store(false)
	cancel()
	for _, c := range conns {
		c.Close()
	}
	wg.Wait()
	return waits, failed
}

func dialFrom(local string) func(context.Context, string, string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(local)}}
	return d.DialContext
}

// pinged tells whether centrifuge asks for a sign of life, alone or among other
// messages.
func pinged(frame []byte) bool {
	for line := range bytes.Lines(frame) {
		if string(bytes.TrimSpace(line)) == "{}" {
			return true
		}
	}
	return false
}

var mark = []byte(`"at":"`)

// oldest reads when the first event of a frame came about.
func oldest(frame []byte) (time.Time, bool) {
	i := bytes.Index(frame, mark)
	if i < 0 || !bytes.Contains(frame, []byte(`"changes"`)) {
		return time.Time{}, false
	}
	rest := frame[i+len(mark):]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339Nano, string(rest[:end]))
	return t, err == nil
}

// localAddress spreads browsers over addresses of this machine.
func localAddress(i int) string { return fmt.Sprintf("127.0.0.%d", 1+i/50) }
