//go:build unix

package acceptance

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// standStill makes a folder's office clock show one instant for ever: answers
// about "now" are then the same in every run. So slow a clock moves by less than
// a nanosecond in a lifetime.
func standStill(t testing.TB, dir, at string) {
	t.Helper()
	config := fmt.Sprintf(`{"clock":{"real":"2026-01-01T00:00:00Z","office":%q,"speed":1e-300}}`, at)
	if err := os.WriteFile(filepath.Join(dir, "console.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
}

// openedOffice is a console that people sign in to, over TLS on this machine.
type openedOffice struct {
	t     testing.TB
	cmd   *exec.Cmd
	ended chan error
	base  string // such as https://127.0.0.1:40001
}

// openOffice serves a folder to those who sign in.
func openOffice(t testing.TB, dir string) *openedOffice {
	t.Helper()
	o := &openedOffice{t: t, ended: make(chan error, 1)}
	o.cmd = exec.Command(filepath.Join(bin, "mingcha"), "serve", "--data", dir, "--listen", "127.0.0.1:0", "--sign-in", "--json")
	o.cmd.Stderr = os.Stderr
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said struct{ Listen string }
	if err := json.NewDecoder(out).Decode(&said); err != nil {
		t.Fatalf("the office did not open: %v", err)
	}
	o.base = "https://" + said.Listen
	go func() { o.ended <- o.cmd.Wait() }()
	t.Cleanup(o.close)
	return o
}

// close ends it as Ctrl C does.
func (o *openedOffice) close() {
	if o.ended == nil {
		return
	}
	o.cmd.Process.Signal(syscall.SIGINT) //nolint:errcheck // it may have ended
	select {
	case err := <-o.ended:
		if err != nil {
			o.t.Errorf("the office ended with %v", err)
		}
	case <-time.After(time.Minute):
		o.t.Error("the office does not close")
		o.cmd.Process.Kill() //nolint:errcheck // as above
	}
	o.ended = nil
}

// reply is what the API answered.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// caller asks the API, as somebody who signed in or with a token.
type caller struct {
	t      testing.TB
	name   string
	base   string
	token  string
	client *http.Client
}

// visitor is somebody who has not signed in.
func (o *openedOffice) visitor(name string) *caller {
	jar, err := cookiejar.New(nil)
	if err != nil {
		o.t.Fatal(err)
	}
	trust := &tls.Config{InsecureSkipVerify: true} // the console's own certificate, made a moment ago
	return &caller{t: o.t, name: name, base: o.base, client: &http.Client{Jar: jar, Transport: &http.Transport{TLSClientConfig: trust}, Timeout: time.Minute}}
}

// signIn begins a session.
func (o *openedOffice) signIn(login, password string) *caller {
	o.t.Helper()
	c := o.visitor(login)
	c.must("POST", "/api/sign-in", map[string]string{"login": login, "password": password}, nil)
	return c
}

// do asks; body is sent as JSON, or as it stands if it is bytes.
func (c *caller) do(method, path string, body any, headers ...string) reply {
	c.t.Helper()
	var content io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
		kind = ""
	case []byte:
		content, kind = bytes.NewReader(b), "application/octet-stream"
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			c.t.Fatal(err)
		}
		content = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, content)
	if err != nil {
		c.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := c.client.Do(r)
	if err != nil {
		c.t.Fatalf("%s: %s %s: %v", c.name, method, path, err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatalf("%s: %s %s: %v", c.name, method, path, err)
	}
	return reply{answer.StatusCode, answer.Header, b}
}

// must asks and wants success.
func (c *caller) must(method, path string, body, into any, headers ...string) {
	c.t.Helper()
	r := c.do(method, path, body, headers...)
	if r.status >= 300 {
		c.t.Fatalf("%s: %s %s %+v: %d %s", c.name, method, path, body, r.status, r.body)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(r.body, into); err != nil {
		c.t.Fatalf("%s: %s %s: %v in %s", c.name, method, path, err, r.body)
	}
}

// rows asks for a list, whether it comes by pages or whole.
func (c *caller) rows(path string) (rows []map[string]any) {
	c.t.Helper()
	r := c.do("GET", path, nil)
	if r.status != http.StatusOK {
		c.t.Fatalf("%s: GET %s: %d %s", c.name, path, r.status, r.body)
	}
	into := any(&rows)
	var page struct{ Rows *[]map[string]any }
	if page.Rows = &rows; strings.HasPrefix(strings.TrimSpace(string(r.body)), "{") {
		into = &page
	}
	if err := json.Unmarshal(r.body, into); err != nil {
		c.t.Fatalf("%s: GET %s: %v in %s", c.name, path, err, r.body)
	}
	return rows
}
