package sdk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// The test binary is its own adapter: started with the cookie it serves.
func TestMain(m *testing.M) {
	if os.Getenv(Handshake.MagicCookieKey) != "" {
		Serve(&probe{})
		return
	}
	os.Exit(m.Run())
}

// probe does on Events what its configuration says.
type probe struct{ Do string }

func (p *probe) Describe() Description {
	return Description{Name: "probe", Version: "1.2.3", Title: "试", TitleEN: "Probe", Poll: 1500 * time.Millisecond}
}

func (p *probe) Configure(_ context.Context, c *Config) (*Catalogue, error) {
	var settings struct {
		Do string `json:"do"`
	}
	if err := c.Decode(&settings); err != nil {
		return nil, err
	}
	p.Do = settings.Do
	if p.Do == "no database" {
		return nil, errors.New("the database does not answer")
	}
	return &Catalogue{Departments: []*Department{{Code: "GH", Name: c.Zone.String()}}}, nil
}

func (p *probe) Events(ctx context.Context, cursor []byte, out *EventStream) error {
	send := func(id string) error { return out.Send([]byte(id), event(id)) }
	switch p.Do {
	case "panic":
		if err := send("before"); err != nil {
			return err
		}
		var m map[string]int
		m["boom"] = 1 //nolint:govet,staticcheck // a panic is what is asked for
	case "lost":
		return fmt.Errorf("reading: %w", ErrUnknownCursor)
	case "sentence":
		return FieldError{ZH: "请检查数据库。", EN: "Check the database."}
	case "wait":
		<-ctx.Done()
		return ctx.Err()
	case "flood":
		e := flood()
		for i := 0; ; i++ {
			if err := out.Send([]byte("cursor"), e); err != nil {
				return err
			}
		}
	}
	if err := send("one"); err != nil {
		return err
	}
	return out.CaughtUp([]byte("one"))
}

func (p *probe) Overdue(_ context.Context, cursor []byte, out *OverdueStream) error {
	return out.Send([]byte("c"), &OverdueCase{SourceId: "late after " + string(cursor), Clock: PromisedLimit})
}

// flood is an event of some 200 bytes.
func flood() *Event {
	return &Event{
		SourceId: "GH-2026-00012345-0007", Department: "GH", CaseNo: "GH202600012345", ItemCode: "11510000MB1234567",
		Kind: StepFinished, OccurredAt: Time(time.Unix(1_780_000_000, 0)), EnteredAt: Time(time.Unix(1_780_000_300, 0)),
		Handler: &Person{Name: "王小明", Id: "510105199001011234", Post: "审查岗"},
		Unit:    "规划管理科", Step: &StepDetail{Name: "现场踏勘", Result: "同意"}, Text: "材料齐全，现场与图纸一致。",
	}
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// start runs the probe as a process behind go-plugin, as the console does.
func start(t testing.TB, config string, log io.Writer) adapterv1.AdapterServiceClient {
	t.Helper()
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  Handshake,
		VersionedPlugins: map[int]plugin.PluginSet{ProtocolVersion: PluginMap},
		Cmd:              exec.Command(os.Args[0]),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		GRPCDialOptions:  DialOptions(),
		Logger:           hclog.New(&hclog.LoggerOptions{Output: log, Level: hclog.Info}),
	})
	t.Cleanup(client.Kill)
	protocol, err := client.Client()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := protocol.Dispense(PluginName)
	if err != nil {
		t.Fatal(err)
	}
	adapter := raw.(adapterv1.AdapterServiceClient)
	if config != "" {
		got, err := adapter.Configure(t.Context(), &adapterv1.ConfigureRequest{ConfigJson: []byte(config)})
		if err != nil || len(got.FieldErrors) > 0 {
			t.Fatal(got, err)
		}
	}
	return adapter
}

// drain reads a stream to its end.
func drain(t *testing.T, a adapterv1.AdapterServiceClient) (ids []string, caughtUp bool, err error) {
	t.Helper()
	stream, err := a.Events(t.Context(), &adapterv1.EventsRequest{})
	if err != nil {
		return nil, false, err
	}
	for {
		batch, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return ids, caughtUp, nil
		}
		if err != nil {
			return ids, caughtUp, err
		}
		for _, r := range batch.Records {
			ids = append(ids, r.GetEvent().GetSourceId())
		}
		caughtUp = caughtUp || batch.CaughtUp
	}
}

func TestAnAdapterProcess(t *testing.T) {
	a := start(t, "", io.Discard)
	d, err := a.Describe(t.Context(), &adapterv1.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Name != "probe" || d.PollSeconds != 2 || fmt.Sprint(d.Capabilities) != "[CAPABILITY_EVENTS CAPABILITY_OVERDUE]" {
		t.Errorf("described as %v", d)
	}
	if _, _, err := drain(t, a); status.Code(err) != codes.Aborted {
		t.Errorf("events before Configure: %v", err)
	}
	wrong, err := a.Configure(t.Context(), &adapterv1.ConfigureRequest{ConfigJson: []byte(`{"od":1}`)})
	if err != nil || len(wrong.FieldErrors) != 1 || wrong.FieldErrors[0].Field != "od" {
		t.Errorf("a wrong configuration: %v %v", wrong, err)
	}
	_, err = a.Configure(t.Context(), &adapterv1.ConfigureRequest{ConfigJson: []byte(`{"do":"no database"}`)})
	if err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("passing trouble: %v", err)
	}
	right, err := a.Configure(t.Context(), &adapterv1.ConfigureRequest{})
	if err != nil || right.Departments[0].Name != "Asia/Shanghai" {
		t.Errorf("configured: %v %v", right, err)
	}
	ids, caughtUp, err := drain(t, a)
	if err != nil || !caughtUp || fmt.Sprint(ids) != "[one]" {
		t.Errorf("events %v %v %v", ids, caughtUp, err)
	}
	overdue, err := a.Overdue(t.Context(), &adapterv1.OverdueRequest{Cursor: []byte("here")})
	if err != nil {
		t.Fatal(err)
	}
	if batch, err := overdue.Recv(); err != nil || batch.Records[0].GetOverdue().GetSourceId() != "late after here" {
		t.Errorf("overdue: %v %v", batch, err)
	}
	rejections, err := a.Rejections(t.Context(), &adapterv1.RejectionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rejections.Recv(); status.Code(err) != codes.Unimplemented {
		t.Errorf("rejections, which it does not have: %v", err)
	}
}

func TestAPanicIsAnErrorAndTheProcessLives(t *testing.T) {
	var log safeBuffer
	a := start(t, `{"do":"panic"}`, &log)
	ids, _, err := drain(t, a)
	if status.Code(err) != codes.Internal || !strings.Contains(err.Error(), "nil map") {
		t.Errorf("got %v", err)
	}
	if fmt.Sprint(ids) != "[before]" {
		t.Errorf("what was sent before is lost: %v", ids)
	}
	if _, err := a.Describe(t.Context(), &adapterv1.DescribeRequest{}); err != nil {
		t.Errorf("the process is gone: %v", err)
	}
	for range 6000 { // a minute
		if s := log.String(); strings.Contains(s, "[ERROR]") && strings.Contains(s, "serve_test.go") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the log has no stack: %s", log.String())
}

func TestErrorsOfAStream(t *testing.T) {
	a := start(t, `{"do":"lost"}`, io.Discard)
	if _, _, err := drain(t, a); status.Code(err) != codes.FailedPrecondition {
		t.Errorf("an unknown cursor: %v", err)
	}
	if _, err := a.Configure(t.Context(), &adapterv1.ConfigureRequest{ConfigJson: []byte(`{"do":"sentence"}`)}); err != nil {
		t.Fatal(err)
	}
	_, _, err := drain(t, a)
	details := status.Convert(err).Details()
	if len(details) != 1 || details[0].(*adapterv1.ConfigureResponse).FieldErrors[0].MessageZh != "请检查数据库。" {
		t.Errorf("the sentence is lost: %v %v", err, details)
	}
}

func TestCancelEndsAWaitingAdapter(t *testing.T) {
	a := start(t, `{"do":"wait"}`, io.Discard)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stream, err := a.Events(ctx, &adapterv1.EventsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := stream.Recv(); status.Code(err) != codes.Canceled {
		t.Errorf("got %v", err)
	}
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
}

// BenchmarkStream measures events through a real adapter process, over
// AutoMTLS gRPC, encoded and decoded.
func BenchmarkStream(b *testing.B) {
	a := start(b, `{"do":"flood"}`, io.Discard)
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	stream, err := a.Events(ctx, &adapterv1.EventsRequest{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for n := 0; n < b.N; {
		batch, err := stream.Recv()
		if err != nil {
			b.Fatal(err)
		}
		n += len(batch.Records)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
