package adapterhost

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// session is one life of an adapter's process.
type session struct {
	spec     *Spec
	sink     Sink
	options  *Options
	timeouts Timeouts
	process  *process
	watcher  watcher
}

// watcher learns how a session goes.
type watcher interface {
	launched(pid int)
	described(*adapterv1.DescribeResponse, []*adapterv1.Department, []Stream)
	progress(stream Stream, records, unreadable int)
	caughtUp(Stream)
	tallied(Stream, *adapterv1.SourceTally) // nil where the adapter does not count its source
	warned([]*adapterv1.FieldError)
}

func (s *session) progress(stream Stream, records, unreadable int) {
	s.watcher.progress(stream, records, unreadable)
}

func (s *session) caughtUp(stream Stream) { s.watcher.caughtUp(stream) }

// run lives one life: it returns when the context ends, when a one-time ingest
// is done (nil), or with the Problem that ended it.
func (s *session) run(ctx context.Context, log *logRing) error {
	var err error
	if s.process, err = launch(ctx, s.spec, s.options, log); err != nil {
		return err
	}
	defer s.process.stop()
	s.watcher.launched(s.process.run.pid())

	group, ctx := errgroup.WithContext(ctx)
	ctx, done := context.WithCancelCause(ctx)
	group.Go(func() error { return s.watch(ctx, done) })
	group.Go(func() error {
		defer done(nil)
		return s.work(ctx)
	})
	err = group.Wait()
	if why := (*Problem)(nil); errors.As(context.Cause(ctx), &why) {
		return why
	}
	return err
}

// lookEvery is how often the host looks at what an adapter uses.
const lookEvery = time.Second

// watch ends the session when the process no longer answers, or uses too much.
func (s *session) watch(ctx context.Context, done context.CancelCauseFunc) error {
	tick, look := time.NewTicker(s.timeouts.PingEvery), time.NewTicker(lookEvery)
	defer tick.Stop()
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.process.run.gone:
			return exited(s.process.run.how(), nil)
		case <-look.C:
			if problem := tooMuch(s.options.Limits, s.process.run.use); problem != nil {
				done(problem)
				s.process.run.end()
				return problem
			}
			continue
		case <-tick.C:
		}
		pinging, cancel := context.WithTimeout(ctx, s.timeouts.Ping)
		err := s.process.ping(pinging)
		cancel()
		if err != nil && ctx.Err() == nil {
			problem := s.failure(ctx, "", err)
			done(problem) // before the streams fail for want of a process
			s.process.run.end()
			return problem
		}
	}
}

// work does what a session is for.
func (s *session) work(ctx context.Context) error {
	d, err := s.introduce(ctx)
	if err != nil {
		return err
	}
	sources := s.sources(d)
	if len(sources) == 0 {
		return broken("没有声明任何数据。", "it declares no stream at all.")
	}
	witnessing := s.witnesses(ctx)
	defer witnessing()
	if !s.spec.Follow {
		for _, src := range sources {
			if err := src.pull(ctx, true); err != nil {
				return err
			}
		}
		return nil
	}
	// Authorizations and reports first: the rules look at them when they judge
	// the events. Ratings are of service that was had: they come beside the events.
	for _, src := range sources {
		if src.stream == Events || src.stream == Ratings {
			continue
		}
		if err := src.pull(ctx, true); err != nil {
			return err
		}
	}
	poll := s.timeouts.Poll
	if d.PollSeconds > 0 {
		poll = time.Duration(d.PollSeconds) * time.Second
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, src := range sources {
		group.Go(func() error { return follow(ctx, src, poll) })
	}
	return group.Wait()
}

// follow reads a stream again and again.
func follow(ctx context.Context, src source, poll time.Duration) error {
	for {
		if err := src.pull(ctx, false); err != nil {
			return err
		}
		pause := time.NewTimer(poll)
		select {
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		case <-pause.C:
		}
	}
}

// introduce asks who the adapter is, configures it and passes its catalogue on.
func (s *session) introduce(ctx context.Context) (*adapterv1.DescribeResponse, error) {
	describing, cancel := context.WithTimeout(ctx, s.timeouts.Describe)
	defer cancel()
	d, err := s.process.adapter.Describe(describing, &adapterv1.DescribeRequest{})
	if err != nil {
		return nil, s.failure(ctx, "", err)
	}
	if d.Name == "" || d.PollSeconds < 0 {
		return nil, broken("自我描述缺少名称，或轮询间隔为负数。", "its description lacks a name, or its polling interval is negative.")
	}
	config := s.spec.Config
	if len(config) == 0 {
		config = []byte("{}")
	}
	configuring, cancel := context.WithTimeout(ctx, s.timeouts.Configure)
	defer cancel()
	c, err := s.process.adapter.Configure(configuring, &adapterv1.ConfigureRequest{
		ConfigJson: config, OfficeZone: s.spec.Zone, BaseDir: s.spec.BaseDir, ClockJson: s.spec.ClockJSON, Follow: s.spec.Follow,
	})
	if err != nil {
		return nil, s.failure(ctx, "", err)
	}
	if len(c.FieldErrors) > 0 {
		return nil, wrongConfiguration(c.FieldErrors)
	}
	if err := checkCatalogue(c); err != nil {
		return nil, err
	}
	if err := s.sink.Catalogue(ctx, s.spec.Name, d, c.Departments, c.Items); err != nil {
		return nil, notTaken(err)
	}
	var streams []Stream
	for _, src := range s.sources(d) {
		streams = append(streams, src.stream)
	}
	s.watcher.described(d, c.Departments, streams)
	s.watcher.warned(c.Warnings)
	return d, nil
}

// checkCatalogue refuses what no department can have published.
func checkCatalogue(c *adapterv1.ConfigureResponse) error {
	for _, d := range c.Departments {
		if d.GetCode() == "" {
			return broken("部门缺少代码。", "a department has no code.")
		}
	}
	for _, i := range c.Items {
		limits := []*adapterv1.Limit{i.GetPromised(), i.GetStatutory()}
		for _, step := range i.GetSteps() {
			limits = append(limits, step.GetLimit())
		}
		for _, l := range limits {
			if l.GetN() < 0 {
				return broken(fmt.Sprintf("事项 %s 的时限为负数。", i.GetCode()), fmt.Sprintf("a limit of item %s is negative.", i.GetCode()))
			}
		}
	}
	return nil
}

// failure is the Problem behind an error of a call: why the process is gone,
// if it is, rather than that the connection is.
func (s *session) failure(ctx context.Context, stream Stream, err error) error {
	if errors.Is(context.Cause(ctx), errIdle) {
		return &Problem{
			ZH:    fmt.Sprintf("数据接口长时间没有送来数据，也没有说明已读完（%s）。请检查部门系统能否访问。", stream),
			EN:    fmt.Sprintf("The adapter sent nothing for a long time, nor that it has caught up (%s). Check that the department's system can be reached.", stream),
			cause: errIdle,
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if unavailable(err) {
		// The connection breaks a moment before the process is seen to be gone.
		settle := time.NewTimer(time.Second)
		defer settle.Stop()
		select {
		case <-s.process.run.gone:
			return exited(s.process.run.how(), err)
		case <-settle.C:
		}
	}
	return fromAdapter(stream, err)
}
