package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/adaptertest"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

const mappingText = `case: {from: "concept:name"}
entered_at: {from: done}
items: [{code: A, name: 甲, statutory: 56 calendar_days}]
events:
  - {kind: received, when: [{attribute: "concept:name", is: in}]}
  - {kind: decided, outcome: granted, when: [{attribute: "concept:name", is: out}], effective_at: {from: from}}
`

// trace writes a trace; an event is "name time [done] [from]", times without
// the year 2014.
func trace(no string, events ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<trace><string key=\"concept:name\" value=%q/>", no)
	for _, e := range events {
		f := append(strings.Fields(e), "", "")
		fmt.Fprintf(&b, "<event><string key=\"concept:name\" value=%q/><date key=\"time:timestamp\" value=\"2014-%s:00+08:00\"/>", f[0], f[1])
		for i, key := range []string{"done", "from"} {
			if v := f[2+i]; v != "" && v != "-" {
				fmt.Fprintf(&b, "<date key=%q value=\"2014-%s:00+08:00\"/>", key, v)
			}
		}
		b.WriteString("</event>")
	}
	return b.String() + "</trace>\n"
}

// setting is a folder with a log and its mapping, and the configuration.
type setting struct {
	dir    string
	config map[string]any
	clock  officeclock.Setting
}

func newSetting(t testing.TB, traces ...string) *setting {
	t.Helper()
	s := &setting{dir: t.TempDir(), config: map[string]any{"file": "log.xes", "mapping": "m.yaml", "department": "M1"}}
	s.write(t, "m.yaml", mappingText)
	s.log(t, traces...)
	return s
}

func (s *setting) write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (s *setting) log(t testing.TB, traces ...string) {
	t.Helper()
	s.write(t, "log.xes", "<log>\n"+strings.Join(traces, "")+"</log>")
}

func (s *setting) json(t testing.TB) string {
	t.Helper()
	b, err := json.Marshal(s.config)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// start starts the adapter anew on the setting, as the console does.
func (s *setting) start(t testing.TB, follow bool) adapterv1.AdapterServiceClient {
	t.Helper()
	listener := bufconn.Listen(1 << 20)
	server := sdk.NewServer(&adapter{})
	go server.Serve(listener) //nolint:errcheck // ends with Stop
	conn, err := grpc.NewClient("passthrough:adapter", append(sdk.DialOptions(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); server.Stop() })
	clock, err := json.Marshal(s.clock)
	if err != nil {
		t.Fatal(err)
	}
	client := adapterv1.NewAdapterServiceClient(conn)
	got, err := client.Configure(t.Context(), &adapterv1.ConfigureRequest{ConfigJson: []byte(s.json(t)), BaseDir: s.dir, ClockJson: string(clock), Follow: follow})
	if err != nil || len(got.FieldErrors) > 0 {
		t.Fatalf("configure: %v %v", err, got.GetFieldErrors())
	}
	return client
}

// sent is one record with the cursor after it.
type sent struct {
	event  *sdk.Event
	cursor []byte
	at     time.Time // when it came
}

// read reads events from a cursor up to the mark; with most > 0 at most so many.
func (s *setting) read(t testing.TB, cursor []byte, follow bool, most int) (all []sent, mark []byte, err error) {
	t.Helper()
	ctx, cancel := context.WithCancel(metadata.AppendToOutgoingContext(t.Context(), sdk.EachRecordAlone, "1"))
	defer cancel()
	in, err := s.start(t, follow).Events(ctx, &adapterv1.EventsRequest{Cursor: cursor})
	for err == nil {
		var b *adapterv1.EventsResponse
		if b, err = in.Recv(); err != nil {
			break
		}
		for _, r := range b.Records {
			all = append(all, sent{r.GetEvent(), b.Cursor, time.Now()})
		}
		if b.CaughtUp && !follow || most > 0 && len(all) >= most {
			return all, b.Cursor, nil
		}
	}
	return all, nil, err
}

// inID is what an event is known by in its id.
var inID = regexp.MustCompile(`#x[0-9a-f]{16}`)

func ids(all []sent) (out []string) {
	for _, x := range all {
		out = append(out, inID.ReplaceAllString(x.event.GetSourceId(), "#"))
	}
	return out
}

// someTraces are n cases with two to four events, some entered or in effect at
// another time.
func someTraces(n int) (out []string) {
	for i := range n {
		day := i%27 + 1
		events := []string{fmt.Sprintf("in 03-%02dT09:00", day), fmt.Sprintf("look 03-%02dT10:30 04-%02dT08:00", day, day), fmt.Sprintf("out 04-%02dT11:00 - 05-%02dT00:00", day, day), "note 05-30T12:00"}
		out = append(out, trace(fmt.Sprintf("C%03d", i), events[:2+i%3]...))
	}
	return out
}

func TestConformance(t *testing.T) {
	s := newSetting(t, someTraces(40)...)
	for name, replay := range map[string]any{"log": nil, "replay": map[string]any{"moment": "2014-05-31", "speed": 60}} {
		t.Run(name, func(t *testing.T) {
			delete(s.config, "replay")
			if replay != nil {
				s.config["replay"] = replay
			}
			// A clock that stands, so that a replay fixes the same anchor each time.
			clock := `{"real":"2026-11-23T02:00:00Z","office":"2026-11-23T02:00:00Z","speed":1e-12}`
			adaptertest.Suite{Config: s.json(t), BaseDir: s.dir, ClockJSON: clock}.Run(t, adaptertest.InProcess(func() sdk.Adapter { return &adapter{} }))
		})
	}
}

func TestEmptyLogIsCaughtUpAndGoesOnWhenItGrows(t *testing.T) {
	s := newSetting(t)
	all, mark, err := s.read(t, nil, false, 0)
	if err != nil || len(all) != 0 || len(mark) == 0 {
		t.Fatalf("%d events, mark %x, %v", len(all), mark, err)
	}
	s.log(t, trace("C1", "in 03-01T09:00"))
	if all, _, err = s.read(t, mark, false, 0); err != nil || !slices.Equal(ids(all), []string{"C1#.received"}) {
		t.Errorf("after it has grown: %v, %v", ids(all), err)
	}
}

// A log that was repaired or has grown behind the place is read on from there;
// any other export is read from its beginning, and never asks for another name.
func TestGrowingFilesAreReadOn(t *testing.T) {
	traces := someTraces(20)
	s := newSetting(t, traces...)
	all, mark, err := s.read(t, nil, false, 0)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(x sent) bool { return strings.HasPrefix(x.event.SourceId, "C010#") })
	cursor := all[at].cursor
	whole, rest := ids(all), ids(all[at+1:])
	without := func(ids []string, no string) []string {
		return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return strings.HasPrefix(id, no+"#") })
	}
	changed := func(i int, text string) []string {
		c := slices.Clone(traces)
		c[i] = text
		return c
	}
	mixed := slices.Clone(traces)
	slices.Reverse(mixed)
	more := trace("C003", "in 03-04T09:00", "look 03-04T10:30 04-04T08:00", "added 04-05T09:00") // was in, look
	for name, c := range map[string]struct {
		traces []string
		from   []byte
		want   []string
	}{
		"the same":                   {traces, cursor, rest},
		"grown at the end":           {append(slices.Clone(traces), trace("C020", "in 03-01T09:00")), cursor, append(slices.Clone(rest), "C020#.received")},
		"changed behind the place":   {changed(19, trace("C099", "in 03-01T09:00")), cursor, append(without(rest, "C019"), "C099#.received")},
		"an open case gained one":    {changed(3, more), mark, append(append(slices.Clone(whole[:11]), "C003#"), whole[11:]...)},
		"changed before the place":   {changed(3, trace("C003", "in 03-09T09:00", "look 03-04T10:30 04-04T08:00")), cursor, whole},
		"a case added at the front":  {append([]string{trace("C100", "in 03-01T09:00")}, traces...), cursor, append([]string{"C100#.received"}, whole...)},
		"a case gone from the front": {traces[1:], cursor, without(whole, "C000")},
		"shorter than the place":     {traces[:5], cursor, whole[:14]},
		"emptied":                    {nil, cursor, nil},
		"the other way round": {mixed, cursor, func() (out []string) {
			for i := 19; i >= 0; i-- {
				for _, id := range whole {
					if strings.HasPrefix(id, fmt.Sprintf("C%03d#", i)) {
						out = append(out, id)
					}
				}
			}
			return out
		}()},
	} {
		s.log(t, c.traces...)
		got, after, err := s.read(t, c.from, false, 0)
		if err != nil || !slices.Equal(ids(got), c.want) {
			t.Errorf("%s: %v, %v; want %v", name, ids(got), err, c.want)
		}
		if again, _, err := s.read(t, after, false, 0); err != nil || len(again) > 0 {
			t.Errorf("%s, a second time: %v, %v", name, ids(again), err)
		}
	}
	s.log(t, traces...)
	for i := range cursor {
		bad := slices.Clone(cursor)
		bad[i] ^= 1
		if _, err := parseCursor(bad); !errors.Is(err, sdk.ErrUnknownCursor) {
			t.Errorf("byte %d changed: %v", i, err)
		}
	}
	if got, _, err := s.read(t, []byte("another adapter's"), false, 0); status.Code(err) != codes.FailedPrecondition || len(got) > 0 {
		t.Errorf("another adapter's cursor: %d events, %v", len(got), err)
	}
}

func TestConfigurationNamesEveryWrongField(t *testing.T) {
	s := newSetting(t)
	for _, c := range []struct {
		config string
		fields []string
	}{
		{`{}`, []string{"department", "file", "mapping"}},
		{`{"file":"log.xes","mapping":"m.yaml","department":"M1","replay":{"moment":"soon"}}`, []string{"replay.moment"}},
		{`{"file":"log.xes","mapping":"m.yaml","department":"M1","replay":{"moment":"2014-06-02","speed":-1}}`, []string{"replay.speed"}},
		{`{"file":"none.xes","mapping":"none","department":""}`, []string{"department", "file", "mapping"}},
		{`{"file":".","mapping":"m.yaml","department":"M1"}`, []string{"file"}},
		{`{"file":3,"mapping":"m.yaml","department":"M1","colour":1}`, []string{"colour", "file"}},
	} {
		_, err := (&adapter{}).Configure(t.Context(), &sdk.Config{JSON: []byte(c.config), BaseDir: s.dir, Zone: time.UTC, Clock: officeclock.New(officeclock.Setting{})})
		var wrong sdk.FieldErrors
		errors.As(err, &wrong)
		var fields []string
		for _, f := range wrong {
			fields = append(fields, f.Field)
			if f.ZH == "" || f.EN == "" {
				t.Errorf("%s: a sentence is missing: %+v", c.config, f)
			}
		}
		slices.Sort(fields)
		if !slices.Equal(fields, c.fields) {
			t.Errorf("%s: %v (%v), want %v", c.config, fields, err, c.fields)
		}
	}
}

// startProgram starts the built adapter as the console does.
func startProgram(t testing.TB, program string, s *setting) (client adapterv1.AdapterServiceClient, pid int) {
	t.Helper()
	cmd := exec.Command(program)
	started := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: sdk.Handshake, VersionedPlugins: map[int]plugin.PluginSet{sdk.ProtocolVersion: sdk.PluginMap},
		Cmd: cmd, AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, AutoMTLS: true, SkipHostEnv: true,
		GRPCDialOptions: sdk.DialOptions(), Logger: hclog.NewNullLogger(),
	})
	t.Cleanup(started.Kill)
	protocol, err := started.Client()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := protocol.Dispense(sdk.PluginName)
	if err != nil {
		t.Fatal(err)
	}
	client = raw.(adapterv1.AdapterServiceClient)
	if got, err := client.Configure(t.Context(), &adapterv1.ConfigureRequest{ConfigJson: []byte(s.json(t)), BaseDir: s.dir}); err != nil || len(got.FieldErrors) > 0 {
		t.Fatalf("configure: %v %v", err, got.GetFieldErrors())
	}
	return client, cmd.Process.Pid
}
