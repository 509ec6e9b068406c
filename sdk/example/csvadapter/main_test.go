package main

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/adaptertest"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func TestConforms(t *testing.T) {
	adaptertest.Run(t, adaptertest.InProcess(func() sdk.Adapter { return &adapter{} }), `{"file":"testdata/log.csv","department":"GH"}`)
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
		if err == io.EOF {
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
	records, _ := read(t, connect(t, `{"file":"`+path+`","department":"GH"}`), nil)
	if len(records) != 5 {
		t.Fatalf("%d records", len(records))
	}
	third := records[2].GetEvent()
	if third.GetKind() != sdk.StepStarted || third.GetText() != "现场踏勘,\n两人到场" || third.GetOccurredAt().GetSeconds() != 1788309600 {
		t.Errorf("the third: %v", third)
	}
	if u := records[3].GetUnreadable(); u.GetSourceId() != "4" || string(u.GetRaw()) != "4,GH-2026-001,110-01,step_finished,yesterday,王强,时间无法识别\n" {
		t.Errorf("the fourth: %v", records[3])
	}
}

func TestNewRowsComeAndHalfRowsWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.csv")
	write := func(s string) {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const header, one, two = "source_id,case_no,item_code,kind,occurred_at\n", "1,c,i,received,2026-09-01T09:00:00+08:00\n", "2,c,i,accepted,2026-09-01T10:00:00+08:00\n"
	write(header + one + two[:20])
	client := connect(t, `{"file":"`+path+`","department":"GH"}`)
	records, after := read(t, client, nil)
	if len(records) != 1 {
		t.Fatalf("%d records, with half a row", len(records))
	}
	write(header + one + two)
	records, _ = read(t, client, after)
	if len(records) != 1 || records[0].GetEvent().GetSourceId() != "2" {
		t.Errorf("then %v", records)
	}
}
