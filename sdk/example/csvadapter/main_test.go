package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/test/bufconn"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/adaptertest"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func TestConforms(t *testing.T) {
	adaptertest.Run(t, adaptertest.InProcess(func() sdk.Adapter { return &adapter{} }), `{"file":"testdata/log.csv","department":"GH","item":"110-01"}`)
}

func config(t testing.TB, csv string) (path, config string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "log.csv")
	if err := os.WriteFile(path, []byte(csv), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, fmt.Sprintf(`{"file":%q,"department":"GH","item":"110-01"}`, path)
}

func connect(t testing.TB, config string) adapterv1.AdapterServiceClient {
	t.Helper()
	listener := bufconn.Listen(1 << 16)
	server := sdk.NewServer(&adapter{})
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	conn, err := grpc.NewClient("passthrough:csv", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	client := adapterv1.NewAdapterServiceClient(conn)
	if got, err := client.Configure(t.Context(), &adapterv1.ConfigureRequest{ConfigJson: []byte(config)}); err != nil || len(got.FieldErrors) > 0 {
		t.Fatal(got, err)
	}
	return client
}

// told reads the records behind a cursor, each as its source id, with every
// cursor on the way.
func told(t testing.TB, client adapterv1.AdapterServiceClient, cursor []byte) (records []string, cursors [][]byte) {
	t.Helper()
	ctx, cancel := context.WithCancel(metadata.AppendToOutgoingContext(t.Context(), sdk.EachRecordAlone, "1"))
	defer cancel()
	in, err := client.Events(ctx, &adapterv1.EventsRequest{Cursor: cursor})
	if err != nil {
		t.Fatal(err)
	}
	for {
		b, err := in.Recv()
		if errors.Is(err, io.EOF) {
			return records, cursors
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range b.Records {
			if u := r.GetUnreadable(); u != nil {
				records = append(records, "unreadable: "+u.ReasonEn)
			} else {
				records = append(records, r.GetEvent().SourceId)
			}
		}
		cursors = append(cursors, b.Cursor)
	}
}

const (
	one = "1,c1,2026-09-01 09:00,2026-09-01 10:00,2026-09-03 10:00,准予,李静,\n"
	two = "2,c2,2026-09-01 09:00,2026-09-01 10:00,2026-09-03 10:00,不予,李静,\"两行\n备注\"\n"
)

// N6: whatever stands in a row, it is sent or told with the reason, and the rows
// after it are read.
func TestN6RaggedRowsAreReportedAndNothingPanics(t *testing.T) {
	for row, says := range map[string]string{
		"1,c,2026-09-01 09:00,x,y\n": "it has 5 columns, not 8", "\"\n\"\n": "it has 1 columns", "a\"b,c\n": "quotes do not match", ",,,,,,,\n": "time is empty",
		"9,c,yesterday,2026-09-01,2026-09-01,准予,,\n": "cannot be read", "9,c,03/02/2026,2026-09-01,2026-09-01,准予,,\n": "may be month 3, day 2",
		"9,c,2026-09-01,2026-09-01,2026-09-01,办结,,\n": "its outcome",
	} {
		_, c := config(t, row+one+two)
		got, _ := told(t, connect(t, c), nil)
		if len(got) != 7 || !strings.Contains(got[0], says) || strings.Join(got[1:], " ") != "1/0 1/1 1/2 2/0 2/1 2/2" {
			t.Errorf("%q: %q; want %q", row, got, says)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		_, c := config(t, rapid.StringOfN(rapid.RuneFrom([]rune("1,\"\n准予-: a")), 0, 60, -1).Draw(rt, "file")+"\n")
		client := connect(t, c)
		_, cursors := told(t, client, nil)
		for _, at := range cursors {
			told(t, client, at)
		}
	})
}

// N6: several events a row, and a cursor that stands between them.
func TestN6GoesOnWithinARow(t *testing.T) {
	_, c := config(t, one+two)
	client := connect(t, c)
	whole, cursors := told(t, client, nil)
	for i, at := range cursors[:len(whole)] {
		if rest, _ := told(t, client, at); strings.Join(rest, " ") != strings.Join(whole[i+1:], " ") {
			t.Errorf("after %s: %v", whole[i], rest)
		}
	}
	for _, alien := range []string{"x", "3+0", "0+9", "-1+0", "999+0", "0+0 "} {
		in, err := client.Events(t.Context(), &adapterv1.EventsRequest{Cursor: []byte(alien)})
		if err == nil {
			_, err = in.Recv()
		}
		if err == nil || !strings.Contains(err.Error(), "does not know this cursor") {
			t.Errorf("cursor %q: %v", alien, err)
		}
	}
}

// N6: what cannot work is told at the configuration, with the true reason.
func TestN6OpensItsFileEarly(t *testing.T) {
	dir := t.TempDir()
	book := filepath.Join(dir, "book.csv")
	if err := os.WriteFile(book, []byte("PK\x03\x04"), 0o600); err != nil {
		t.Fatal(err)
	}
	for config, want := range map[string][]string{
		`{}`: {"department", "item", "file"},
		fmt.Sprintf(`{"file":%q,"department":"GH","item":"1"}`, filepath.Join(dir, "none.csv")): {"no such file"},
		fmt.Sprintf(`{"file":%q,"department":"GH","item":"1"}`, dir):                            {"directory"},
		fmt.Sprintf(`{"file":%q,"department":"GH","item":"1"}`, book):                           {"Excel"},
		`{"file":7}`: {"text in quotes"},
	} {
		_, err := (&adapter{}).Configure(t.Context(), &sdk.Config{JSON: []byte(config)})
		for _, w := range want {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %v, want %q", config, err, w)
			}
		}
	}
}

func TestNewRowsComeAndHalfRowsWait(t *testing.T) {
	path, c := config(t, one+two[:20])
	client := connect(t, c)
	got, cursors := told(t, client, nil)
	if strings.Join(got, " ") != "1/0 1/1 1/2" {
		t.Fatalf("%v, with half a row", got)
	}
	if err := os.WriteFile(path, []byte(one+two), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, _ = told(t, client, cursors[len(cursors)-1]); strings.Join(got, " ") != "2/0 2/1 2/2" {
		t.Errorf("then %v", got)
	}
}

// The example stays what it says: a whole adapter that can be read in minutes.
func TestShort(t *testing.T) {
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(string(source)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			lines++
		}
	}
	if lines >= 140 {
		t.Errorf("%d lines of code", lines)
	}
}
