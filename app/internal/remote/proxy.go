package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/http/httputil"
	"slices"
	"strconv"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
)

// What goes to the console, and what comes back from it. Cookies do neither.
var (
	sent     = []string{"Accept", "Accept-Language", "Content-Type", "If-None-Match", "User-Agent", "X-Taken"}
	received = []string{"Allow", "Content-Disposition", "Content-Length", "Content-Type", "Etag", "Retry-After"}
)

// data are the types of answers that the window takes: never a page, a script or
// a picture that can hold one.
var data = []string{"application/json", "application/problem+json", "text/csv", "text/plain", "image/jpeg",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

// proxy passes the API's calls on. The window's own gate has already turned away
// what did not come from the window's pages: only therefore does it speak in the
// name of the console's own origin here.
func (c *Console) proxy() http.Handler {
	p := &httputil.ReverseProxy{Transport: c.transport, Rewrite: c.rewrite, ModifyResponse: c.modify,
		ErrorHandler: c.fail, ErrorLog: slog.NewLogLogger(c.o.Logger.Handler(), slog.LevelDebug)}
	h := c.o.Bodies.Bounded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The window does not say how long a body is; the console wants to know.
		body, err := io.ReadAll(r.Body)
		var long *http.MaxBytesError
		switch {
		case errors.As(err, &long):
			api.RefuseSize(w, long.Limit)
			return
		case err != nil:
			return // the page is gone
		}
		// Of a request that no http.Server serves ReverseProxy keeps to itself that
		// the answer broke off; see its shouldPanicOnCopyError.
		r = r.WithContext(context.WithValue(r.Context(), http.ServerContextKey, c.srv))
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		r.Body, _ = r.GetBody()
		r.ContentLength = int64(len(body))
		p.ServeHTTP(w, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil { // no http.Server made it
			r.Body = http.NoBody
		}
		h.ServeHTTP(w, r)
	})
}

func (c *Console) rewrite(p *httputil.ProxyRequest) {
	p.SetURL(c.base)
	p.Out.Host = c.base.Host
	p.Out.Header = http.Header{}
	for _, name := range sent {
		if values := p.In.Header.Values(name); len(values) > 0 {
			p.Out.Header[name] = values
		}
	}
	if len(p.Out.Header["User-Agent"]) == 0 {
		p.Out.Header.Set("User-Agent", "Mingcha/"+c.o.Version)
	}
	c.identify(p.Out.Header)
}

// identify has a request come from the console's own pages, in the name of who
// has signed in here.
func (c *Console) identify(h http.Header) {
	h.Set("Origin", "https://"+c.base.Host)
	r := http.Request{Header: h}
	for _, cookie := range c.jar.Cookies(c.base) {
		r.AddCookie(cookie)
	}
}

func (c *Console) modify(r *http.Response) error {
	c.jar.SetCookies(c.base, r.Cookies())
	kept := http.Header{}
	for _, name := range received {
		if values := r.Header.Values(name); len(values) > 0 {
			kept[name] = values
		}
	}
	r.Header, r.Trailer = kept, nil
	kind, _, err := mime.ParseMediaType(kept.Get("Content-Type"))
	empty := r.StatusCode == http.StatusNoContent || r.StatusCode == http.StatusNotModified
	switch {
	case r.StatusCode >= 300 && r.StatusCode < 400 && !empty, !empty && (err != nil || !slices.Contains(data, kind)):
		return c.notConsole(fmt.Errorf("status %d, type %q", r.StatusCode, kept.Get("Content-Type")))
	case r.Request.URL.Path == "/api/session" && r.StatusCode == http.StatusOK:
		return c.adapt(r)
	}
	return nil
}

// mostSession bounds the session's answer, in bytes; it has about 3 kB.
const mostSession = 1 << 20

// adapt makes the session's answer one for this window: the live stream is
// reached through it.
func (c *Console) adapt(r *http.Response) error {
	raw, err := io.ReadAll(io.LimitReader(r.Body, mostSession))
	if err != nil {
		return err
	}
	if err := r.Body.Close(); err != nil {
		return err
	}
	var s map[string]any
	if err := json.Unmarshal(raw, &s); err != nil {
		return c.notConsole(err)
	}
	if theirs, _ := s["version"].(string); !fits(c.o.Version, theirs) {
		return fault.New(fault.Conflict, "version_differs",
			fmt.Sprintf("%s 的明察是 %s 版，这个窗口是 %s 版，两者不能一起用。请把较旧的一方升级到同一版本。", c.o.Address, theirs, c.o.Version),
			fmt.Sprintf("Mingcha at %s is version %s and this window is %s; they do not work together. Upgrade the older one.", c.o.Address, theirs, c.o.Version), nil)
	}
	s["live_url"], s["live_token"], s["remote"] = "ws://"+c.sockets.Addr().String()+httpapi.LiveRoute, c.door.Tokens[0], c.o.Address
	if raw, err = json.Marshal(s); err != nil {
		return err
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	r.Header.Set("Content-Length", strconv.Itoa(len(raw)))
	return nil
}

// fail answers where the console did not, or not as it should.
func (c *Console) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // the page has gone on
	}
	err = c.trouble(err)
	c.o.Logger.WarnContext(r.Context(), "the console elsewhere did not answer", "address", c.o.Address, "path", r.URL.Path, "error", err)
	f, ok := fault.As(err)
	if !ok { // *Unknown: authorities vouch for it no more
		f = fault.New(fault.Forbidden, "certificate_unknown",
			fmt.Sprintf("%s 的证书不再受信任，已停止连接。请断开后重新连接，并核对指纹。", c.o.Address),
			fmt.Sprintf("The certificate of %s is trusted no more, so the connection was stopped. Disconnect, connect again and compare the fingerprint.", c.o.Address), err)
	}
	api.Refuse(w, f)
}
