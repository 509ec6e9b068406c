package sdk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"
	_ "time/tzdata" // zones on Windows, which has none of its own

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// server translates between the contract and an Adapter.
type server struct {
	adapterv1.UnimplementedAdapterServiceServer
	adapter    Adapter
	configured atomic.Bool
}

func (s *server) Describe(context.Context, *adapterv1.DescribeRequest) (r *adapterv1.DescribeResponse, err error) {
	defer rescue("Describe", &err)
	d := s.adapter.Describe()
	capabilities := []adapterv1.Capability{adapterv1.Capability_CAPABILITY_EVENTS}
	if _, ok := s.adapter.(RejectionReporter); ok {
		capabilities = append(capabilities, adapterv1.Capability_CAPABILITY_REJECTIONS)
	}
	if _, ok := s.adapter.(OverdueReporter); ok {
		capabilities = append(capabilities, adapterv1.Capability_CAPABILITY_OVERDUE)
	}
	if _, ok := s.adapter.(Authorizer); ok {
		capabilities = append(capabilities, adapterv1.Capability_CAPABILITY_AUTHORIZATIONS)
	}
	if _, ok := s.adapter.(RatingReporter); ok {
		capabilities = append(capabilities, adapterv1.Capability_CAPABILITY_RATINGS)
	}
	return &adapterv1.DescribeResponse{
		Name: d.Name, Version: d.Version, Title: d.Title, TitleEn: d.TitleEN,
		Capabilities: capabilities, ConfigSchema: d.ConfigSchema,
		PollSeconds: int32((d.Poll + time.Second - 1) / time.Second), // rounded up: never asked more often than wished
	}, nil
}

func (s *server) Configure(ctx context.Context, in *adapterv1.ConfigureRequest) (r *adapterv1.ConfigureResponse, err error) {
	defer rescue("Configure", &err)
	c, err := newConfig(in)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	catalogue, err := s.adapter.Configure(ctx, c)
	if err != nil {
		if fields := fieldErrors(err); fields != nil {
			return &adapterv1.ConfigureResponse{FieldErrors: onTheWire(fields)}, nil
		}
		return nil, toStatus(err)
	}
	if catalogue == nil {
		catalogue = &Catalogue{}
	}
	s.configured.Store(true)
	return &adapterv1.ConfigureResponse{Departments: catalogue.Departments, Items: catalogue.Items, Warnings: onTheWire(catalogue.Warnings)}, nil
}

func newConfig(in *adapterv1.ConfigureRequest) (*Config, error) {
	name := in.OfficeZone
	if name == "" {
		name = "Asia/Shanghai"
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("the office's zone: %w", err)
	}
	var setting officeclock.Setting
	if in.ClockJson != "" {
		if err := json.Unmarshal([]byte(in.ClockJson), &setting); err != nil {
			return nil, fmt.Errorf("the office clock's setting: %w", err)
		}
	}
	return &Config{JSON: in.ConfigJson, Zone: zone, BaseDir: in.BaseDir, Clock: officeclock.New(setting), Follow: in.Follow}, nil
}

func (s *server) Events(in *adapterv1.EventsRequest, out grpc.ServerStreamingServer[adapterv1.EventsResponse]) error {
	return stream(s, "Events", out, in.Cursor, s.adapter.Events)
}

func (s *server) Rejections(in *adapterv1.RejectionsRequest, out grpc.ServerStreamingServer[adapterv1.RejectionsResponse]) error {
	a, ok := s.adapter.(RejectionReporter)
	if !ok {
		return s.UnimplementedAdapterServiceServer.Rejections(in, out)
	}
	return stream(s, "Rejections", out, in.Cursor, a.Rejections)
}

func (s *server) Overdue(in *adapterv1.OverdueRequest, out grpc.ServerStreamingServer[adapterv1.OverdueResponse]) error {
	a, ok := s.adapter.(OverdueReporter)
	if !ok {
		return s.UnimplementedAdapterServiceServer.Overdue(in, out)
	}
	return stream(s, "Overdue", out, in.Cursor, a.Overdue)
}

func (s *server) Authorizations(in *adapterv1.AuthorizationsRequest, out grpc.ServerStreamingServer[adapterv1.AuthorizationsResponse]) error {
	a, ok := s.adapter.(Authorizer)
	if !ok {
		return s.UnimplementedAdapterServiceServer.Authorizations(in, out)
	}
	return stream(s, "Authorizations", out, in.Cursor, a.Authorizations)
}

func (s *server) Ratings(in *adapterv1.RatingsRequest, out grpc.ServerStreamingServer[adapterv1.RatingsResponse]) error {
	a, ok := s.adapter.(RatingReporter)
	if !ok {
		return s.UnimplementedAdapterServiceServer.Ratings(in, out)
	}
	return stream(s, "Ratings", out, in.Cursor, a.Ratings)
}

// EachRecordAlone, as a gRPC metadata key of a stream call, lets each record
// leave in a batch of its own, so that a test sees every cursor.
const EachRecordAlone = "mingcha-each-record-alone"

// stream runs one of the adapter's stream methods on a Stream of its own.
func stream[T any](s *server, method string, wire grpc.ServerStream, cursor []byte, run func(context.Context, []byte, *Stream[T]) error) (err error) {
	if !s.configured.Load() {
		return status.Error(codes.Aborted, "Configure has not succeeded yet")
	}
	out := newStream[T](func(f *frame) error { return wire.SendMsg(f) })
	if len(metadata.ValueFromIncomingContext(wire.Context(), EachRecordAlone)) > 0 {
		out.most = 1
	}
	// What was sent before a failure still stands, so it goes out first.
	defer func() {
		if sendErr := out.close(); err == nil {
			err = sendErr
		}
	}()
	defer rescue(method, &err)
	return toStatus(run(wire.Context(), cursor, out))
}

// rescue turns a panic of the adapter's code into an error of this one call.
func rescue(method string, err *error) {
	if v := recover(); v != nil {
		slog.Error("the adapter's code panicked", "method", method, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
		*err = status.Error(codes.Internal, readable(fmt.Sprintf("%s panicked: %v", method, v)))
	}
}

// toStatus keeps of an error what the console tells people: a code, a
// sentence, and in the details the sentences in both languages.
func toStatus(err error) error {
	if err == nil {
		return nil
	}
	if s, ok := status.FromError(err); ok {
		return s.Err()
	}
	code := codes.Unknown
	switch {
	case errors.Is(err, ErrUnknownCursor):
		code = codes.FailedPrecondition
	case errors.Is(err, context.Canceled):
		code = codes.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		code = codes.DeadlineExceeded
	}
	s := status.New(code, readable(err.Error()))
	if fields := fieldErrors(err); fields != nil {
		if detailed, derr := s.WithDetails(&adapterv1.ConfigureResponse{FieldErrors: onTheWire(fields)}); derr == nil {
			s = detailed
		}
	}
	return s.Err()
}

func onTheWire(fields FieldErrors) []*adapterv1.FieldError {
	out := make([]*adapterv1.FieldError, len(fields))
	for i, f := range fields {
		out[i] = &adapterv1.FieldError{Field: strings.ToValidUTF8(f.Field, "�"), MessageZh: readable(f.ZH), MessageEn: readable(f.EN)}
	}
	return out
}
