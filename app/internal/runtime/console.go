// Package runtime is the running console: it opens a data folder, starts the
// adapters, takes what they send and publishes what is committed. The window,
// the server and the command line all run this.
package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/office"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/signin"
	"github.com/mingcha-console/mingcha/app/internal/spool"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/userfolder"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// Folders are what people's acts become.
var Folders = []intake.Folder{Declared()}

// Listener hears what happens, to tell clients. It must not block.
type Listener interface {
	// Publish tells what was committed; it copies what it keeps.
	Publish(head uint64, changes []store.Change)
	// PublishBoard gives the board, and the part of it whose change is worth
	// telling.
	PublishBoard(board, figures any)
	PublishAdapters(any)
}

// Options open a console.
type Options struct {
	Dir      string
	Programs Programs
	Logger   *slog.Logger
	Listener Listener  // may be nil
	AsOf     time.Time // for a one-time ingest: the moment cases are judged for
}

// Console is a running console.
type Console struct {
	opts      Options
	config    Config
	clock     *officeclock.Clock
	cal       *workday.Calendar
	store     *store.Store
	intake    *intake.Intake
	cases     *casefile.Reader
	signer    *journal.Signer
	passwords *signin.Service
	host      *adapterhost.Host
	load      *httpapi.Load // of all who ask, in the window and over the network
	files     *api.Files

	*areas
	stop  context.CancelFunc
	tasks sync.WaitGroup

	running context.Context // of Run
	states  chan adapterhost.Status
	noted   chan struct{} // closed when the last state was noted

	collector collector

	mu      sync.Mutex
	dirty   bool              // something changed since the board was last published
	live    map[string]bool   // adapters that have caught up
	follows map[string]bool   // adapters that are run all the time
	said    *casefile.Warning // of Warn
	open    *casefile.Warning // what of the folder was found open to others

	faults map[string]startFault // adapters that could not be started

	past atomic.Pointer[time.Time] // the office's moment while a demonstration's story is told
}

// Open opens a data folder; adapters are not started yet.
func Open(ctx context.Context, o Options) (*Console, error) {
	cfg, err := LoadConfig(o.Dir)
	if err != nil {
		return nil, err
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	o.Programs = o.Programs.Of(o.Dir)
	c := &Console{opts: o, config: cfg, clock: officeclock.New(cfg.Clock), cal: workday.Default()}
	if c.store, err = store.Open(ctx, o.Dir, c.cal); err != nil {
		return nil, err
	}
	if err := c.beginStory(ctx); err != nil {
		return nil, errors.Join(err, c.store.Close())
	}
	if c.signer, err = openSigner(c.store, o.Dir); err != nil {
		return nil, errors.Join(signerFault(err), c.store.Close())
	}
	if c.intake, err = intake.Start(c.store, intake.Options{Calendar: c.cal, Rules: cfg.Settings(), Now: c.Now,
		AsOf: o.AsOf, Listen: c.committed, Signer: c.signer, Acts: Folders, Reread: c.readAgain, Logger: o.Logger}); err != nil {
		return nil, errors.Join(err, c.store.Close())
	}
	if c.passwords, err = signin.Open(o.Dir, time.Now, o.Logger); err != nil {
		c.intake.Close()
		return nil, errors.Join(err, c.store.Close())
	}
	c.cases = casefile.New(c.store, casefile.Options{Now: c.Now, Judge: c.intake.Judge, Moment: c.moment, Warnings: c.warnings})
	c.areas = openAreas(&feature.Office{Store: c.store, Cases: c.cases, Checkpoint: c.intake.Checkpoint, Journal: c.intake, Now: c.Now, PublicKey: c.signer.PublicKey(), Dir: o.Dir, Log: o.Logger}, c.passwords, c.intake)
	c.load, c.files = httpapi.NewLoad(spool.Open(filepath.Join(o.Dir, "spool"), spool.Most)), api.NewFiles()
	c.states, c.noted, c.live = make(chan adapterhost.Status, 256), make(chan struct{}), map[string]bool{}
	c.follows = map[string]bool{}
	c.faults = map[string]startFault{}
	go c.noteStates()
	c.host = adapterhost.New(sink{c.intake}, adapterhost.Options{StateDir: filepath.Join(o.Dir, "adapters"), Logger: o.Logger, OnChange: c.adapterChanged, Witness: c.shownToWitnesses})
	c.describeRunning()
	if r := c.signer.Refused(); r != nil {
		o.Logger.Error("the journal does not extend what was signed last; nothing is signed", "why", r.EN, "evidence", r.Evidence, "error", r.Err)
	}
	return c, nil
}

// openSigner loads the folder's signing key. Only a folder whose journal has no
// record and no origin gets one that it had not.
func openSigner(s *store.Store, dir string) (*journal.Signer, error) {
	origin, err := s.Writer().Origin()
	if err != nil {
		return nil, err
	}
	if origin == "" && s.Writer().Head() == 0 {
		return journal.OpenSigner(dir)
	}
	return journal.ReopenSigner(dir)
}

func signerFault(err error) error {
	if store.IsDiskFull(err) {
		return store.WriteFault(err)
	}
	if errors.Is(err, journal.ErrKeyLost) {
		return fault.New(fault.Conflict, "signing_key_lost",
			"存证的签名密钥 checkpoint.key 丢失。本台不会自动换发密钥，否则历史是否被改写就无从证明。请从备份恢复 checkpoint.key、checkpoint.pub 和 checkpoint.last；备份也没有的，由主任运行 mingcha journal resume --new-key 写明原因。",
			"The journal's signing key, checkpoint.key, is gone. None is made in its place, or nobody could prove any more that the past was not rewritten. Restore checkpoint.key, checkpoint.pub and checkpoint.last from a backup; where no backup has them, the head states why with mingcha journal resume --new-key.", err)
	}
	if errors.Is(err, journal.ErrKeysDiffer) {
		return fault.New(fault.Conflict, "signing_key_differs",
			"签名密钥 checkpoint.key 与公钥 checkpoint.pub 不是一对：其中一个被换过。请从备份恢复这两个文件。",
			"The signing key, checkpoint.key, and the public key, checkpoint.pub, are no pair: one of them was replaced. Restore both files from a backup.", err)
	}
	return fault.New(fault.Unavailable, "signing_key",
		"存证的签名密钥读不到。请检查数据文件夹里的 checkpoint.key 和 checkpoint.pub，或从备份恢复。",
		"The journal's signing key cannot be read. Check checkpoint.key and checkpoint.pub in the data folder, or restore them from a backup.", err)
}

// describeRunning tells the console's pages what runs.
func (c *Console) describeRunning() {
	speed := c.config.Clock.Speed
	if speed <= 0 {
		speed = 1
	}
	*c.areas.running = office.Running{Name: c.signer.Name(), NotSigned: c.signer.Refused, Demo: c.config.Demo, Speed: speed, Rules: c.config.Settings(), Adapters: c.host,
		SetUp: c.setUp, Taken: c.Taken, Start: c.startAnew, Settings: filepath.Join(c.opts.Dir, configFile), Import: c.intake.ImportHolidays}
}

// Now is the office clock.
func (c *Console) Now() time.Time {
	if past := c.past.Load(); past != nil {
		return *past
	}
	return c.clock.Now()
}

// Store is the console's data, for reading.
func (c *Console) Store() *store.Store { return c.store }

// Config is the data folder's config.
func (c *Console) Config() Config { return c.config }

// Run starts the adapters that the folder names, the daily checkpoint and the
// board's publication.
func (c *Console) Run(ctx context.Context) {
	ctx, c.stop = context.WithCancel(ctx)
	c.running = ctx
	c.tasks.Go(func() { c.publishBoards(ctx) })
	if c.past.Load() == nil {
		c.work(ctx)
		return
	}
	c.tasks.Go(func() {
		c.tellStory(ctx)
		if ctx.Err() == nil {
			c.work(ctx)
		}
	})
}

// work begins the office's day: the adapters, the daily checkpoint, what features do
// by themselves.
func (c *Console) work(ctx context.Context) {
	c.tasks.Go(func() { c.signDaily(ctx) })
	c.tasks.Go(func() { c.watchRights(ctx) })
	c.runJobs(ctx)
	for _, inst := range c.config.Adapters {
		if err := c.start(ctx, inst); err != nil {
			c.opts.Logger.Error("an adapter could not be started", "adapter", inst.Name, "error", err)
		}
	}
	c.publishAdapters()
}

func (c *Console) publishAdapters() {
	if c.opts.Listener != nil {
		c.opts.Listener.PublishAdapters(c.Adapters(context.Background()))
	}
}

// start starts an adapter, and keeps for the pages why it could not be.
func (c *Console) start(ctx context.Context, inst Instance) error {
	spec, err := c.spec(inst)
	if err == nil {
		err = c.intake.Introduce(ctx, inst.Name, intake.Source{Program: inst.Adapter})
	}
	if err == nil {
		err = c.host.Start(ctx, spec)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		delete(c.faults, inst.Name)
	} else {
		c.faults[inst.Name] = startFault{err, time.Now()}
	}
	return err
}

// startFault is why an adapter could not be started, and since when.
type startFault struct {
	err error
	at  time.Time
}

// startAnew starts an adapter as the folder's settings say now: they may have
// been corrected since the folder was opened.
func (c *Console) startAnew(name string) error {
	now, err := LoadConfig(c.opts.Dir)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(now.Adapters, func(a Instance) bool { return a.Name == name })
	if i < 0 {
		return fault.New(fault.NotFound, "unknown_adapter",
			fmt.Sprintf("设置文件 %s 里已没有名为 %q 的数据接口。", filepath.Join(c.opts.Dir, configFile), name),
			fmt.Sprintf("The settings file %s no longer has an adapter named %q.", filepath.Join(c.opts.Dir, configFile), name), nil)
	}
	c.mu.Lock()
	c.config.Adapters = now.Adapters
	c.mu.Unlock()
	defer c.publishAdapters()
	return c.start(c.running, now.Adapters[i])
}

// setUp are the adapters that the folder's settings name.
func (c *Console) setUp() []office.SetUp {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]office.SetUp, 0, len(c.config.Adapters))
	for _, inst := range c.config.Adapters {
		f := c.faults[inst.Name]
		all = append(all, office.SetUp{Name: inst.Name, Adapter: inst.Adapter, Fault: f.err, At: f.at})
	}
	return all
}

// readAgain has an adapter begin anew, since another department is its own now or
// a stream of it was set back. One that is stopped by hand stays so.
func (c *Console) readAgain(adapter string) {
	if c.running == nil {
		return // a one-time ingest begins where the stream stands
	}
	c.tasks.Go(func() {
		for _, s := range c.host.Status() {
			if s.Name == adapter && s.State != adapterhost.Stopped {
				if err := c.host.Restart(adapter); err != nil && c.running.Err() == nil {
					c.opts.Logger.Error("an adapter could not begin anew", "adapter", adapter, "error", err)
				}
			}
		}
	})
}

func (c *Console) spec(inst Instance) (adapterhost.Spec, error) {
	return c.specAt(inst, c.config.Clock)
}

// specAt is how an adapter is run whose office clock is set in a way.
func (c *Console) specAt(inst Instance, setting officeclock.Setting) (adapterhost.Spec, error) {
	program, err := c.opts.Programs.Find(inst.Adapter)
	if err != nil {
		return adapterhost.Spec{}, err
	}
	sum, err := program.Sum()
	if err != nil {
		return adapterhost.Spec{}, err
	}
	clock := ""
	if setting != (officeclock.Setting{}) {
		b, err := json.Marshal(setting)
		if err != nil {
			return adapterhost.Spec{}, err
		}
		clock = string(b)
	}
	base := inst.BaseDir
	if base == "" {
		base = c.opts.Dir
	}
	closed := []string{c.opts.Dir}
	if base, err := userfolder.Base(); err == nil { // other data folders, and what the window keeps
		closed = append(closed, base)
	}
	return adapterhost.Spec{Name: inst.Name, Path: program.Path(), SHA256: sum, Config: inst.Config, BaseDir: base,
		Zone: c.cal.Zone().String(), ClockJSON: clock, Reads: inst.Reads, Writes: program.writes(inst.Config, base), Closed: closed}, nil
}

// Ingest runs one adapter until it has caught up and judges every open case
// for the moment asked for (Options.AsOf, else now).
func (c *Console) Ingest(ctx context.Context, inst Instance) (adapterhost.Totals, error) {
	spec, err := c.spec(inst)
	if err != nil {
		return adapterhost.Totals{}, err
	}
	if err := c.intake.Introduce(ctx, inst.Name, intake.Source{Program: inst.Adapter, ByHand: true}); err != nil {
		return adapterhost.Totals{}, err
	}
	totals, err := c.host.RunOnce(ctx, spec)
	if err != nil {
		// What came before the break is kept, as the adapter's sentence says.
		if lost := c.intake.Settled(inst.Name); lost != nil && !errors.Is(lost, intake.ErrBehindFailed) {
			err = errors.Join(store.WriteFault(lost), err)
		}
		return totals, err
	}
	at := c.opts.AsOf
	if at.IsZero() {
		at = c.Now()
	}
	if err := c.intake.Judged(ctx, inst.Name, at); err != nil {
		return totals, store.WriteFault(err)
	}
	_, err = c.intake.Checkpoint(ctx)
	return totals, store.WriteFault(err)
}

// Taken tells what became of the records of each stream of an adapter since the
// console was opened.
func (c *Console) Taken(adapter string) map[adapterhost.Stream]intake.Tally {
	out := map[adapterhost.Stream]intake.Tally{}
	for _, s := range []intake.Stream{intake.Events, intake.Rejections, intake.Overdue, intake.Authorizations, intake.Ratings} {
		out[adapterhost.Stream(s)] = c.intake.Tally(adapter, s)
	}
	return out
}

// Close stops the adapters, finishes what is under way and lets go of the
// folder.
func (c *Console) Close() error {
	if c.stop != nil {
		c.stop()
	}
	c.host.Close()
	close(c.states)
	<-c.noted
	c.tasks.Wait()
	c.signLast()
	c.intake.Close()
	return errors.Join(c.passwords.Close(), c.store.Close())
}

// signLast signs what was journaled on a day that was too short for its
// checkpoint: a command that ran for a second, a console that closed before its
// adapters had caught up. Without it such days would look like days whose
// checkpoints were deleted.
func (c *Console) signLast() {
	ctx := context.Background()
	last, known := c.signer.Last()
	head, err := c.store.Head(ctx)
	if err != nil || !known || !c.signer.Named() || c.signer.Refused() != nil ||
		int64(head) <= last.Size || c.cal.DateOf(last.At) == c.cal.DateOf(c.Now()) {
		return
	}
	if _, err := c.intake.Checkpoint(ctx); err != nil {
		c.opts.Logger.Warn("the day's checkpoint could not be signed at the end", "error", err)
	}
}

// committed passes on what intake committed.
func (c *Console) committed(head uint64, changes []store.Change) {
	c.mu.Lock()
	c.dirty = true
	c.mu.Unlock()
	c.collector.took(len(changes), time.Now())
	if c.opts.Listener != nil {
		c.opts.Listener.Publish(head, changes)
	}
}

// adapterChanged hears every change of an adapter's state, in order.
func (c *Console) adapterChanged(s adapterhost.Status) { c.states <- s }

// noteStates lets time pass by the office clock for the departments of
// adapters that have caught up, and tells listeners how the adapters are.
func (c *Console) noteStates() {
	defer close(c.noted)
	for s := range c.states {
		live, follows := s.State == adapterhost.Live, running(s.State)
		c.mu.Lock()
		was, did := c.live[s.Name], c.follows[s.Name]
		c.live[s.Name], c.follows[s.Name] = live, follows
		c.mu.Unlock()
		if follows != did && c.running != nil {
			if err := c.intake.Follow(context.Background(), s.Name, follows); err != nil && !errors.Is(err, intake.ErrClosed) {
				c.opts.Logger.Error("an adapter's state could not be noted", "adapter", s.Name, "error", err)
			}
		}
		if live != was && c.running != nil { // a one-time ingest tells the time itself
			if err := c.intake.GoLive(context.Background(), s.Name, live); err != nil && !errors.Is(err, intake.ErrClosed) {
				c.opts.Logger.Error("an adapter's state could not be noted", "adapter", s.Name, "error", err)
			}
		}
		if len(c.states) == 0 {
			c.publishAdapters()
		}
	}
}

// running tells whether an adapter is run all the time: it may be broken down, and
// is started again then.
func running(s adapterhost.State) bool {
	switch s {
	case adapterhost.Starting, adapterhost.CatchingUp, adapterhost.Live, adapterhost.BackingOff:
		return true
	}
	return false
}

// boardEvery and boardAtLeast are how often a changed and an unchanged board is
// told.
const (
	boardEvery   = 500 * time.Millisecond
	boardAtLeast = 5 * time.Second
)

func (c *Console) publishBoards(ctx context.Context) {
	tick := time.NewTicker(boardEvery)
	defer tick.Stop()
	defer func() { c.collector.rest(time.Now().Add(2 * lazyFor)) }()
	var last time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		c.collector.rest(time.Now())
		c.mu.Lock()
		due := c.dirty || time.Since(last) >= boardAtLeast
		c.dirty = false
		c.mu.Unlock()
		if !due || c.opts.Listener == nil {
			continue
		}
		last = time.Now()
		b, err := casefile.Read(access.With(ctx, access.Here), c.cases, (*casefile.View).Board)
		if err != nil {
			if ctx.Err() == nil {
				c.opts.Logger.Error("the board could not be computed", "error", err)
			}
			continue
		}
		c.opts.Listener.PublishBoard(b, b.Still())
	}
}

// catchUpAtMost is how long the first checkpoint after a start waits for
// adapters that do not catch up.
const catchUpAtMost = 10 * time.Minute

// signDaily signs a checkpoint at the first moment of each office day; after a
// start once the adapters have caught up, since the day's draws follow from it
// and should not miss what a department had waiting.
func (c *Console) signDaily(ctx context.Context) {
	signed, started := c.cal.DateOf(c.lastCheckpoint(ctx)), time.Now()
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	ready := false
	for {
		ready = ready || c.caughtUp() || time.Since(started) > catchUpAtMost
		head, err := c.store.Head(ctx)
		if today := c.cal.DateOf(c.Now()); ready && err == nil && head > 0 && today != signed {
			if _, err := c.intake.Checkpoint(ctx); err != nil {
				if ctx.Err() == nil {
					c.opts.Logger.Error("the day's checkpoint could not be signed", "error", err)
				}
			} else {
				signed = today
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// caughtUp tells whether every adapter is live.
func (c *Console) caughtUp() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, inst := range c.config.Adapters {
		if !c.live[inst.Name] {
			return false
		}
	}
	return true
}

func (c *Console) lastCheckpoint(ctx context.Context) time.Time {
	note, err := c.store.Checkpoint(ctx)
	if err != nil || note == "" {
		return time.Time{}
	}
	cp, err := journal.Open(note, c.signer.PublicKey())
	if err != nil {
		return time.Time{}
	}
	return cp.At
}

// sink hands what adapters send to intake.
type sink struct{ *intake.Intake }

func (s sink) Catalogue(ctx context.Context, adapter string, d *pb.DescribeResponse, departments []*pb.Department, items []*pb.Item) error {
	return store.WriteFault(s.Intake.Catalogue(ctx, adapter, d, departments, items))
}

func (s sink) Cursor(ctx context.Context, adapter string, stream adapterhost.Stream) ([]byte, error) {
	cursor, err := s.Intake.Cursor(ctx, adapter, intake.Stream(stream))
	return cursor, store.WriteFault(err)
}

func (s sink) Events(ctx context.Context, adapter string, b *pb.EventsResponse) error {
	return store.WriteFault(s.Intake.Events(ctx, adapter, b))
}

func (s sink) Rejections(ctx context.Context, adapter string, b *pb.RejectionsResponse) error {
	return store.WriteFault(s.Intake.Rejections(ctx, adapter, b))
}

func (s sink) Overdue(ctx context.Context, adapter string, b *pb.OverdueResponse) error {
	return store.WriteFault(s.Intake.Overdue(ctx, adapter, b))
}

func (s sink) Authorizations(ctx context.Context, adapter string, b *pb.AuthorizationsResponse) error {
	return store.WriteFault(s.Intake.Authorizations(ctx, adapter, b))
}

func (s sink) Ratings(ctx context.Context, adapter string, b *pb.RatingsResponse) error {
	return store.WriteFault(s.Intake.Ratings(ctx, adapter, b))
}

// Warnings are loud sentences for everybody on screen.
func (c *Console) warnings() []casefile.Warning {
	out := []casefile.Warning{}
	if n := c.intake.ToJudgeAnew(); n > 0 {
		out = append(out, casefile.Warning{Code: "judging_anew",
			ZH: fmt.Sprintf("计时方式、规则或报送职责有变化，正在重新核算，还有 %d 件。在此之前这些办件按原来的结果显示。", n),
			EN: fmt.Sprintf("Settings, rules or duties changed: cases are being judged anew, %d to go. Until then they are shown as they were.", n)})
	}
	cal := c.intake.Calendar()
	out = append(out, adapterWarnings(cal, c.intake.Notices(), cal.DateOf(c.Now()))...)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.said != nil {
		out = append(out, *c.said)
	}
	if c.open != nil {
		out = append(out, *c.open)
	}
	if r := c.signer.Refused(); r != nil {
		out = append(out, casefile.Warning{Code: "journal_not_signed", ZH: r.ZH, EN: r.EN})
	}
	return out
}

// Warn sets what the board warns of besides; nil: nothing any more.
func (c *Console) Warn(w *casefile.Warning) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said, c.dirty = w, true
}
