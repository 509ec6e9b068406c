package live

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

func TestAClientGetsWhatIsPublishedInOrder(t *testing.T) {
	s := serving(t, Options{Head: 40}, usual)
	p := s.connect(t, 0)
	if w := p.want("welcome"); w.Seq != 40 || w.Resumed {
		t.Fatalf("welcome %+v", w)
	}
	all := changesOf(41, 2040, func(seq uint64) int { return int(seq%7) / 3 }) // 0, 1 or 2 changes a record
	for rest := all; len(rest) > 0; {
		n := min(37, len(rest))
		for n < len(rest) && rest[n-1].Seq == rest[n].Seq {
			n++
		}
		s.Publish(rest[n-1].Seq, rest[:n])
		rest = rest[n:]
	}
	got := p.until(all[len(all)-1].Seq)
	sameChanges(t, got, all)
	if s.Head() != all[len(all)-1].Seq {
		t.Errorf("head %d", s.Head())
	}
}

func TestAnIdleStreamIsSentAtOnceAndABusyOneInFrames(t *testing.T) {
	s := serving(t, Options{}, usual)
	p := s.connect(t, 0)
	p.want("welcome")
	s.Publish(1, changesOf(1, 1, one))
	if m := p.want("changes"); m.From != 1 || m.To != 1 {
		t.Fatalf("frame %d–%d", m.From, m.To)
	}
	// Within some milliseconds of a frame, changes wait for each other, up to 200. The last
	// frame is not full and comes all the same.
	began := time.Now()
	for seq := uint64(2); seq <= 1011; seq++ {
		s.Publish(seq, changesOf(seq, seq, one))
	}
	frames := 0
	for to := uint64(1); to < 1011; frames++ {
		m := p.want("changes")
		if len(m.Changes) > 200 {
			t.Fatalf("a frame of %d changes", len(m.Changes))
		}
		to = m.To
	}
	if took := time.Since(began); frames > 10+int(took/shortestWait) {
		t.Errorf("1,010 changes took %d frames and %v", frames, took)
	}
}

func TestChangesOfOneRecordStandInOneFrame(t *testing.T) {
	s := serving(t, Options{}, usual)
	p := s.connect(t, 0)
	p.want("welcome")
	// 150 changes, then 120 of one number, then 450 of one.
	all := changesOf(1, 152, func(seq uint64) int { return map[uint64]int{151: 120, 152: 450}[seq] + b2i(seq <= 150) })
	s.Publish(152, all)
	var sizes []int
	for n := 0; n < len(all); {
		m := p.want("changes")
		sizes = append(sizes, len(m.Changes))
		n += len(m.Changes)
	}
	if len(sizes) != 3 || sizes[0] != 150 || sizes[1] != 120 || sizes[2] != 450 {
		t.Errorf("frames of %v changes, want 150, 120, 450", sizes)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestARecordThatChangesTooMuchHasClientsReload(t *testing.T) {
	s := serving(t, Options{}, usual)
	p := s.connect(t, 0)
	p.want("welcome")
	s.Publish(1, changesOf(1, 1, func(uint64) int { return maxFrameChanges + 1 }))
	if m := p.want("resync"); m.Reason != reasonBulk || m.Seq != 1 {
		t.Fatalf("%+v", m)
	}
	s.Publish(2, changesOf(2, 2, one))
	p.until(2)
}

func TestResumeAtEveryNumber(t *testing.T) {
	const head = 1500
	db := &memory{}
	s := serving(t, Options{Ring: 400, MaxBacklog: 1200, Backlog: db, MaxClients: 1000}, usual)
	all := changesOf(1, head, func(seq uint64) int { return []int{1, 0, 2, 1, 3}[seq%5] })
	for rest := all; len(rest) > 0; {
		n := min(90, len(rest))
		for n < len(rest) && rest[n-1].Seq == rest[n].Seq {
			n++
		}
		db.commit(rest[:n])
		s.Publish(rest[n-1].Seq, rest[:n])
		rest = rest[n:]
	}
	last := all[len(all)-1].Seq
	resume := func(t testing.TB, since uint64) {
		p := s.connect(t, since)
		defer p.conn.Close()
		w := p.want("welcome")
		possible := since <= last && last-since <= 1200
		if w.Seq != last || w.Resumed != possible {
			t.Fatalf("since %d: %+v", since, w)
		}
		if !possible || since == last {
			return
		}
		var want []store.Change
		for _, c := range all {
			if c.Seq > since {
				want = append(want, c)
			}
		}
		if len(want) > 0 {
			sameChanges(t, p.until(last), want)
		}
	}
	eventually(t, func() bool { s.mu.Lock(); defer s.mu.Unlock(); return len(s.log.pending) == 0 })
	edge := s.log.forgot // from here on memory has everything
	for _, since := range []uint64{1, last - 1201, last - 1200, edge - 1, edge, edge + 1, last - 1, last, last + 1} {
		resume(t, since)
	}
	rapid.Check(t, func(t *rapid.T) { resume(propertyTB{t: t}, rapid.Uint64Range(1, last+2).Draw(t, "since")) })
}

func TestTheDatabaseMayBeFarAheadOfTheStream(t *testing.T) {
	db := &memory{}
	s := serving(t, Options{Ring: 50, Backlog: db}, usual)
	all := changesOf(1, 300, one)
	db.commit(all)
	s.Publish(50, all[:50])
	s.Publish(100, all[50:100])
	eventually(t, func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.log.forgot == 50 })
	p := s.connect(t, 10)
	p.want("welcome")
	got := p.until(300) // the database has it already
	for seq := 101; seq < 300; seq += 7 {
		s.Publish(uint64(min(seq+6, 300)), all[seq-1:min(seq+6, 300)])
		time.Sleep(2 * time.Millisecond)
	}
	s.Publish(303, changesOf(301, 303, one))
	got = append(got, p.until(303)...)
	sameChanges(t, got, changesOf(11, 303, one))
}

func TestABacklogThatIsTooMuchHasTheClientReload(t *testing.T) {
	for reason, n := range map[string]int{reasonSlow: 30, reasonBulk: maxFrameChanges + 1} {
		db := &memory{}
		db.commit(changesOf(1, 20, func(uint64) int { return n }))
		s := serving(t, Options{Ring: 1, MaxBacklog: 20, Backlog: db}, usual)
		s.Publish(20, nil)
		s.Publish(21, changesOf(21, 21, one))
		s.Publish(22, changesOf(22, 22, one))
		eventually(t, func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.log.forgot > 20 })
		p := s.connect(t, 3)
		p.want("welcome")
		if m := p.want("resync"); m.Reason != reason {
			t.Errorf("%+v, want %s", m, reason)
		}
	}
}

func TestSpliceIsWithoutGapOrRepetitionWhilePublishing(t *testing.T) {
	db := &memory{slow: time.Millisecond}
	s := serving(t, Options{Ring: 600, Backlog: db}, usual)
	const last = 12_000
	two := func(seq uint64) int { return 1 + int(seq%2) }
	all := changesOf(1, last, two)
	publish := func(from, to uint64) {
		c := changesOf(from, to, two)
		db.commit(c) // committed first, as the writer does: the database is ahead
		s.Publish(to, c)
	}
	publish(1, 1000)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for seq := uint64(1001); seq <= last; seq += 20 {
			publish(seq, min(seq+19, last))
			time.Sleep(500 * time.Microsecond) // 60,000 changes a second
		}
	}()
	for _, since := range []uint64{1, 17, 400, 850, 990} {
		p := s.connect(t, since)
		if w := p.want("welcome"); !w.Resumed {
			t.Fatalf("since %d: %+v", since, w)
		}
		// The whole stream comes through, or the client is told that it does not.
		var got []casefile.Change
		for len(got) == 0 || got[len(got)-1].Seq < last {
			m, err := p.read()
			if err != nil {
				t.Fatal(err)
			}
			if m.Type == "resync" {
				t.Fatalf("since %d: %+v", since, m)
			}
			got = append(got, m.Changes...)
		}
		var want []store.Change
		for _, c := range all {
			if c.Seq > since {
				want = append(want, c)
			}
		}
		sameChanges(t, got, want)
		p.conn.Close()
	}
	<-done
}

func TestResumeThatTheDatabaseCannotServeHasTheClientReload(t *testing.T) {
	db := &memory{err: errDisk}
	s := serving(t, Options{Ring: 10, Backlog: db}, usual)
	s.Publish(500, changesOf(1, 500, one))
	p := s.connect(t, 5)
	if w := p.want("welcome"); !w.Resumed {
		t.Fatalf("%+v", w)
	}
	if m := p.want("resync"); m.Seq != 500 || m.Reason != reasonBacklog {
		t.Fatalf("%+v", m)
	}
	s.Publish(501, changesOf(501, 501, one))
	p.until(501)
}

func TestAFilterKeepsOtherDepartmentsOut(t *testing.T) {
	s := serving(t, Options{}, usual)
	p := s.connect(t, 0, "WJ")
	p.want("welcome")
	s.Publish(30, changesOf(1, 30, one)) // WJ has every third, from 1 on
	got := p.until(28)
	for _, c := range got {
		if c.Department != "WJ" {
			t.Fatalf("got %+v", c)
		}
	}
	if len(got) != 10 {
		t.Fatalf("%d changes of WJ", len(got))
	}
	p.say(map[string]any{"type": "filter", "departments": []string{"GH"}})
	eventually(t, func() bool {
		s.Publish(s.Head()+3, changesOf(s.Head()+1, s.Head()+3, one))
		m := p.want("changes")
		return m.Changes[0].Department == "GH" && len(m.Changes) == 1
	})
}
