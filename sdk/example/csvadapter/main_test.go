package main

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/adaptertest"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func TestConforms(t *testing.T) {
	adaptertest.Run(t, adaptertest.InProcess(func() sdk.Adapter { return &adapter{} }), `{"file":"testdata/log.csv","department":"GH","item":"110-01"}`)
}

// A row whose time cannot be read is sent without one: the console sets it
// aside with the reason.
func TestARowWithoutATimeIsNotLost(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.csv")
	if err := os.WriteFile(path, []byte("1,c,received,yesterday,李静,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	records, _ := read(t, connect(t, `{"file":"`+path+`","department":"GH","item":"110-01"}`), nil)
	if len(records) != 1 || records[0].GetEvent().GetSourceId() != "1" || records[0].GetEvent().GetOccurredAt() != nil {
		t.Errorf("%v", records)
	}
}

func connect(t *testing.T, config string) adapterv1.AdapterServiceClient {
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

func read(t *testing.T, client adapterv1.AdapterServiceClient, cursor []byte) (records []*adapterv1.EventRecord, after []byte) {
	t.Helper()
	in, err := client.Events(t.Context(), &adapterv1.EventsRequest{Cursor: cursor})
	if err != nil {
		t.Fatal(err)
	}
	for {
		b, err := in.Recv()
		if errors.Is(err, io.EOF) {
			return records, after
		}
		if err != nil {
			t.Fatal(err)
		}
		records, after = append(records, b.Records...), b.Cursor
	}
}

func TestRowsBecomeEvents(t *testing.T) {
	path, err := filepath.Abs("testdata/log.csv")
	if err != nil {
		t.Fatal(err)
	}
	records, _ := read(t, connect(t, `{"file":"`+path+`","department":"GH","item":"110-01"}`), nil)
	if len(records) != 4 {
		t.Fatalf("%d records", len(records))
	}
	third := records[2].GetEvent()
	if third.GetKind() != sdk.Note || third.GetText() != "现场踏勘,\n两人到场" || third.GetOccurredAt().GetSeconds() != 1788309600 {
		t.Errorf("the third: %v", third)
	}
}

// The example stays what it says: an adapter of use in under fifty lines of
// code.
func TestUnderFiftyLines(t *testing.T) {
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
	if lines >= 50 {
		t.Errorf("%d lines of code", lines)
	}
}

func TestNewRowsComeAndHalfRowsWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.csv")
	write := func(s string) {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const one, two = "1,c,received,2026-09-01T09:00:00+08:00,李静,\n", "2,c,accepted,2026-09-01T10:00:00+08:00,李静,\n"
	write(one + two[:20])
	client := connect(t, `{"file":"`+path+`","department":"GH","item":"110-01"}`)
	records, after := read(t, client, nil)
	if len(records) != 1 {
		t.Fatalf("%d records, with half a row", len(records))
	}
	write(one + two)
	records, _ = read(t, client, after)
	if len(records) != 1 || records[0].GetEvent().GetSourceId() != "2" {
		t.Errorf("then %v", records)
	}
}
