package adapterhost

import (
	"context"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// witnessEvery is how often an adapter is shown the journal's latest checkpoint;
// one is signed a day.
const witnessEvery = time.Hour

// witnessWithin is how long an adapter may take to compare it with what its
// department keeps.
const witnessWithin = time.Minute

// witnesses shows the adapter the journal's latest checkpoint, now and every hour
// while it runs, beside its streams. The function that it returns ends that; of a
// one-time ingest it waits for the first look.
func (s *session) witnesses(ctx context.Context) (end func()) {
	if s.options.Witness == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var first, all sync.WaitGroup
	first.Add(1)
	all.Go(func() {
		goes := s.shownOnce(ctx)
		first.Done()
		tick := time.NewTicker(witnessEvery)
		defer tick.Stop()
		for goes {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				goes = s.shownOnce(ctx)
			}
		}
	})
	return func() {
		if !s.spec.Follow && ctx.Err() == nil {
			first.Wait() // a one-time ingest is soon over
		}
		cancel()
		all.Wait()
	}
}

// shownOnce shows it once, and tells whether there is use in doing so again.
func (s *session) shownOnce(ctx context.Context) (again bool) {
	ctx, cancel := context.WithTimeout(ctx, witnessWithin)
	defer cancel()
	kept, err := s.process.adapter.Witness(ctx, &adapterv1.WitnessRequest{})
	if status.Code(err) == codes.Unimplemented {
		return false
	}
	log := s.options.Logger.With("adapter", s.spec.Name)
	if err != nil {
		log.WarnContext(ctx, "the adapter does not say what it keeps of the journal", "error", err)
		return true
	}
	shown, err := s.options.Witness(ctx, kept.Size)
	if err != nil || shown == nil {
		if err != nil {
			log.WarnContext(ctx, "the journal's checkpoint could not be shown to the adapter", "error", err)
		}
		return true
	}
	answer, err := s.process.adapter.Witness(ctx, shown)
	switch {
	case err != nil:
		log.WarnContext(ctx, "the adapter could not compare the journal with what it keeps", "error", err)
	case answer.Differs != nil:
		log.ErrorContext(ctx, "a department says that the journal is not the one that it saw", "zh", answer.Differs.MessageZh, "en", answer.Differs.MessageEn)
	}
	return true
}
