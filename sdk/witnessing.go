package sdk

import (
	"context"
	"fmt"
	"log/slog"

	"golang.org/x/mod/sumdb/tlog"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/witness"
)

// Witness is an adapter that keeps the last checkpoint that it saw of the
// console's journal. The console hands over its latest after Configure, and as
// long as the adapter runs every hour; the SDK checks that it extends what is
// kept. Embed a [witness.File], or keep the state in the department's system.
type Witness interface {
	// Kept is the state that was kept last; empty: none yet.
	Kept(ctx context.Context) ([]byte, error)
	// Keep keeps a state in its place.
	Keep(ctx context.Context, state []byte) error
	// Differs hears that the journal is not the one that was seen: tell the
	// department's people, who cannot read the adapter's log. The log says it too.
	// It is called again at every look for as long as that is so.
	Differs(ctx context.Context, d *witness.Difference) error
}

// Witness answers without a note what is kept, and else checks the note.
func (s *server) Witness(ctx context.Context, in *adapterv1.WitnessRequest) (r *adapterv1.WitnessResponse, err error) {
	defer rescue("Witness", &err)
	w, ok := s.adapter.(Witness)
	if !ok {
		return s.UnimplementedAdapterServiceServer.Witness(ctx, in)
	}
	if !s.configured.Load() {
		return nil, status.Error(codes.Aborted, "Configure has not succeeded yet")
	}
	state, err := w.Kept(ctx)
	if err != nil {
		return nil, toStatus(err)
	}
	if in.Note == "" {
		size, err := witness.Size(state)
		return &adapterv1.WitnessResponse{Size: size}, toStatus(err)
	}
	shown := witness.Shown{Signed: witness.Signed{Note: in.Note, PublicKey: in.PublicKey}, From: in.From, Unproved: in.Unproved}
	for _, h := range in.Proof {
		if len(h) != tlog.HashSize {
			return nil, status.Error(codes.InvalidArgument, fmt.Sprintf("a hash of the proof has %d bytes", len(h)))
		}
		shown.Proof = append(shown.Proof, tlog.Hash(h))
	}
	next, d, err := witness.Check(state, shown)
	if err != nil {
		return nil, toStatus(err)
	}
	if d != nil {
		slog.Error(d.ZH+" "+d.EN, "kind", d.Kind)
		size, sizeErr := witness.Size(state)
		if sizeErr != nil {
			return nil, toStatus(sizeErr)
		}
		differs := onTheWire(FieldErrors{{ZH: d.ZH, EN: d.EN}})[0]
		return &adapterv1.WitnessResponse{Size: size, Differs: differs}, toStatus(w.Differs(ctx, d))
	}
	if err := w.Keep(ctx, next); err != nil {
		return nil, toStatus(err)
	}
	size, err := witness.Size(next)
	return &adapterv1.WitnessResponse{Size: size}, toStatus(err)
}
