package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// measureConsole serves a folder whose adapter sends 200 events a second to
// signed-in browsers.
func measureConsole(mingcha, dir string) (figures, error) {
	adapters, data := filepath.Join(dir, "adapters"), filepath.Join(dir, "data")
	if err := buildFeeder(adapters); err != nil {
		return figures{}, err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return figures{}, err
	}
	config, err := json.Marshal(map[string]any{"adapters": []any{map[string]any{"name": "feeder", "adapter": "feeder",
		"config": map[string]any{"cases": 1_000_000, "rate": perSec, "start": "2026-03-02T01:00:00Z", "stamp": true}}}})
	if err != nil {
		return figures{}, err
	}
	if err := os.WriteFile(filepath.Join(data, "console.json"), config, 0o600); err != nil {
		return figures{}, err
	}
	people := make([]person, (browsers+eachPerson-1)/eachPerson)
	for i := range people {
		p := &people[i]
		p.login = fmt.Sprintf("viewer%02d", i)
		out, err := exec.Command(mingcha, "account", "add", p.login, "--name", "V", "--role", "head", "--data", data, "--json").Output()
		if err != nil {
			return figures{}, err
		}
		if err := json.Unmarshal(out, p); err != nil {
			return figures{}, err
		}
	}
	serve := func(listen string) (*exec.Cmd, string, error) {
		cmd := exec.Command(mingcha, "serve", "--sign-in", "--data", data, "--adapters", adapters, "--listen", listen, "--json")
		cmd.Stderr = os.Stderr
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			return nil, "", err
		}
		if err := cmd.Start(); err != nil {
			return nil, "", err
		}
		var said struct{ Listen string }
		err = json.NewDecoder(bufio.NewReader(stdout)).Decode(&said)
		return cmd, said.Listen, err
	}
	cmd, address, err := serve("127.0.0.1:0")
	if err != nil {
		return figures{}, err
	}
	all, err := signInAll("https://"+address, people)
	stop(cmd)
	if err != nil {
		return figures{}, err
	}
	// Sessions outlive a restart; the memory that hashing passwords took does not,
	// and shall not be counted.
	if cmd, address, err = serve(address); err != nil {
		return figures{}, err
	}
	defer stop(cmd)
	time.Sleep(10 * time.Second)
	before, after := resident(cmd.Process.Pid), 0.0
	waits, err := stream("wss://"+address+"/api/live", []string{"mingcha.live.v1"}, all, [][]byte{[]byte(`{"type":"hello","since":0}`)},
		func() { time.Sleep(3 * time.Second); after = resident(cmd.Process.Pid) })
	return summarize(waits, before, after), err
}

func buildFeeder(adapters string) error {
	feeder := filepath.Join(adapters, "feeder")
	cmd := exec.Command("go", "build", "-trimpath", "-o", feeder, "./build/bench/feeder")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the feeder: %v\n%s", err, out)
	}
	program, err := os.ReadFile(feeder)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(program)
	pins, err := json.Marshal([]map[string]string{{"name": "feeder", "file": "feeder", "sha256": hex.EncodeToString(sum[:])}})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(adapters, "adapters.json"), pins, 0o644)
}

const password = "four grey horses at noon"

// eachPerson is how many browsers one person has: the console hears at most 16.
const eachPerson = 10

// person is an account, with the password that it was given first.
type person struct {
	login    string
	Password string
}

// signInAll signs every browser in, each with a session of its own.
func signInAll(base string, people []person) ([]browser, error) {
	all := make([]browser, browsers)
	for i := range all {
		p, first, next := people[i/eachPerson], password, ""
		if i%eachPerson == 0 {
			first, next = p.Password, password
		}
		cookie, err := signIn(base, localAddress(i), p.login, first, next)
		if err == nil && next != "" { // whose password was changed signs in anew
			cookie, err = signIn(base, localAddress(i), p.login, password, "")
		}
		if err != nil {
			return nil, fmt.Errorf("browser %d: %w", i, err)
		}
		all[i] = browser{http.Header{"Cookie": {cookie}, "Origin": {base}}, localAddress(i)}
	}
	return all, nil
}

// signIn signs in from an address and returns the session's cookie; it changes
// the password if there is a next.
func signIn(base, from, login, password, next string) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	tr := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DialContext: dialFrom(from)} // the certificate is of this run
	defer tr.CloseIdleConnections()
	c := &http.Client{Jar: jar, Transport: tr}
	post := func(path string, body map[string]string) error {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		resp, err := c.Post(base+path, "application/json", bytes.NewReader(b))
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if resp.StatusCode >= 300 {
			answer, _ := io.ReadAll(resp.Body)
			return fmt.Errorf("%s: %s %s", path, resp.Status, answer)
		}
		return nil
	}
	if err := post("/api/sign-in", map[string]string{"login": login, "password": password}); err != nil {
		return "", err
	}
	if next != "" {
		if err := post("/api/password", map[string]string{"current": password, "new": next}); err != nil {
			return "", err
		}
	}
	r, err := http.NewRequest(http.MethodGet, base, nil)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, k := range jar.Cookies(r.URL) {
		parts = append(parts, k.Name+"="+k.Value)
	}
	return strings.Join(parts, "; "), nil
}
