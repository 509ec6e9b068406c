package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/sdk"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// The test binary serves as the adapter when the console's cookie is set, so
// that every test here goes through a real process.
func TestMain(m *testing.M) {
	if os.Getenv(sdk.Handshake.MagicCookieKey) == sdk.Handshake.MagicCookieValue {
		main()
		return
	}
	os.Exit(m.Run())
}

func startProcess(t testing.TB) v1.AdapterServiceClient {
	t.Helper()
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  sdk.Handshake,
		VersionedPlugins: map[int]plugin.PluginSet{sdk.ProtocolVersion: sdk.PluginMap},
		Cmd:              exec.Command(os.Args[0]),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Logger:           hclog.NewNullLogger(),
	})
	t.Cleanup(client.Kill)
	conn, err := client.Client()
	if err != nil {
		t.Fatal(err)
	}
	adapter, err := conn.Dispense(sdk.PluginName)
	if err != nil {
		t.Fatal(err)
	}
	return adapter.(v1.AdapterServiceClient)
}

// fields is a configuration.
type fields map[string]any

func configure(t testing.TB, a v1.AdapterServiceClient, f fields, follow bool, clock *officeclock.Setting) *v1.ConfigureResponse {
	t.Helper()
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	in := &v1.ConfigureRequest{ConfigJson: raw, OfficeZone: "Asia/Shanghai", BaseDir: t.TempDir(), Follow: follow}
	if clock != nil {
		setting, err := json.Marshal(clock)
		if err != nil {
			t.Fatal(err)
		}
		in.ClockJson = string(setting)
	}
	out, err := a.Configure(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// accept configures and wants no complaint.
func accept(t testing.TB, f fields, follow bool, clock *officeclock.Setting) v1.AdapterServiceClient {
	t.Helper()
	a := startProcess(t)
	if out := configure(t, a, f, follow, clock); len(out.FieldErrors) > 0 {
		t.Fatalf("configuration refused: %v", out.FieldErrors)
	}
	return a
}

type batch struct {
	records  [][]byte // encoded
	cursor   []byte
	caughtUp bool
}

func events(t testing.TB, a v1.AdapterServiceClient, cursor []byte) ([]batch, error) {
	t.Helper()
	stream, err := a.Events(t.Context(), &v1.EventsRequest{Cursor: cursor})
	if err != nil {
		return nil, err
	}
	var all []batch
	for {
		in, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		b := batch{cursor: in.Cursor, caughtUp: in.CaughtUp}
		for _, r := range in.Records {
			raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			b.records = append(b.records, raw)
		}
		all = append(all, b)
	}
}

func flatten(batches []batch) (records [][]byte) {
	for _, b := range batches {
		records = append(records, b.records...)
	}
	return records
}

// followFor reads a followed stream's events until a number of caught-up marks:
// those before the first mark and those after it. None may come before its time.
func followFor(t testing.TB, a v1.AdapterServiceClient, clock *officeclock.Clock, marks int) (before, after []*v1.Event) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	stream, err := a.Events(ctx, &v1.EventsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for seen := 0; seen < marks; {
		in, err := stream.Recv()
		if err != nil {
			t.Fatal(err)
		}
		now := clock.Now()
		for _, r := range in.Records {
			if at := r.GetEvent().EnteredAt.AsTime(); at.After(now) {
				t.Errorf("%s, entered at %v, came at %v", r.GetEvent().SourceId, at, now)
			}
			if seen == 0 {
				before = append(before, r.GetEvent())
			} else {
				after = append(after, r.GetEvent())
			}
		}
		if in.CaughtUp {
			seen++
		}
	}
	return before, after
}
