package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/sdk"
)

func TestMain(m *testing.M) {
	if os.Getenv(sdk.Handshake.MagicCookieKey) != "" {
		sdk.Serve(&adapter{mute: strings.Contains(os.Args[0], "mute")})
		return
	}
	os.Exit(m.Run())
}

var epoch = time.Unix(1_780_000_000, 0)

// adapter has one event; muted it never says that it has caught up.
type adapter struct {
	mute bool
	File string `json:"file"`
}

func (a *adapter) Describe() sdk.Description {
	return sdk.Description{Name: "one", Version: "0.1.0", Title: "一", TitleEN: "One",
		ConfigSchema: `{"type":"object","required":["file"],"properties":{"file":{"type":"string"}}}`}
}

func (a *adapter) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	a.File = ""
	if err := c.Decode(a); err != nil {
		return nil, err
	}
	if _, err := os.Stat(c.Path(a.File)); a.File == "" || err != nil {
		return nil, sdk.FieldError{Field: "file", ZH: "找不到文件。", EN: "There is no such file."}
	}
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: "D"}}}, nil
}

func (a *adapter) Events(_ context.Context, cursor []byte, out *sdk.EventStream) error {
	switch string(cursor) {
	case "":
		e := &sdk.Event{SourceId: "1", Department: "D", CaseNo: "c", ItemCode: "i", Kind: sdk.Note, OccurredAt: sdk.Time(epoch)}
		if err := out.Send([]byte("1"), e); err != nil {
			return err
		}
	case "1":
	default:
		return sdk.ErrUnknownCursor
	}
	if a.mute {
		return nil
	}
	return out.CaughtUp([]byte("1"))
}

func tool(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(t.Context(), args, &o, &e)
	return status, o.String(), e.String()
}

// N5: the configuration is YAML, as every example is, or JSON.
func TestN5CheckAndChecksum(t *testing.T) {
	good, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	bad := filepath.Join(dir, "mute")
	if err := os.Link(good, bad); err != nil {
		content, err := os.ReadFile(good)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(bad, content, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	config, log := filepath.Join(dir, "config.json"), filepath.Join(dir, "log")
	for path, content := range map[string]string{config: `{"file":"log"}`, log: "abc",
		filepath.Join(dir, "config.yaml"): "# the log\nfile: log\n", filepath.Join(dir, "broken.yaml"): "file: [\n"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"check", good, config}, 0, "keeps to the contract"},
		{[]string{"check", good, config, "--json"}, 0, "[]\n"},
		{[]string{"check", good, filepath.Join(dir, "config.yaml")}, 0, "keeps to the contract"},
		{[]string{"check", good, filepath.Join(dir, "broken.yaml")}, 2, ""},
		{[]string{"check", bad, config}, 1, "caught up: events, from the beginning: it ended after 1 records without saying"},
		{[]string{"check", bad, config, "--json"}, 1, `"check":"caught up"`},
		{[]string{"check", log, config}, 2, ""},
		{[]string{"check", good}, 2, ""},
		{[]string{"checksum", log}, 0, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"}, // FIPS 180-2, B.1
		{[]string{"--help"}, 0, "checksum"},
	} {
		status, out, errs := tool(t, c.args...)
		if status != c.status || !strings.Contains(out, c.says) {
			t.Errorf("%s: status %d, want %d; out %q, errors %q", fmt.Sprint(c.args), status, c.status, out, errs)
		}
		if status == 2 && errs == "" {
			t.Errorf("%s fails without a word", fmt.Sprint(c.args))
		}
	}
}
