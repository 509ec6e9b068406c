package live

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// BenchmarkOneClient moves changes through a loopback socket to one client,
// which reads the bytes and looks for the last change without parsing, as fast
// as it can; the publisher keeps no more than a few commits ahead.
func BenchmarkOneClient(b *testing.B) {
	s := serving(b, Options{}, usual)
	p := s.connect(b, 0)
	p.want("welcome")
	const commit = 500
	batch := changesOf(1, commit, one)
	read := make(chan int, 1)
	go func() {
		bytes, frames := 0, 0
		for got := 0; got < b.N; frames++ {
			_, raw, err := p.conn.ReadMessage()
			if err != nil {
				b.Error(err)
				break
			}
			bytes += len(raw)
			var m struct {
				Type     string
				From, To int
			}
			if err := json.Unmarshal(headOf(raw), &m); err != nil || m.Type != "changes" {
				b.Errorf("%.80s: %v", raw, err)
				break
			}
			got = m.To
		}
		read <- bytes
	}()
	b.ResetTimer()
	seq := 0
	for seq < b.N {
		for i := range batch {
			seq++
			batch[i].Seq = uint64(seq)
		}
		s.Publish(uint64(seq), batch)
		for s.lag() > 20 {
			time.Sleep(50 * time.Microsecond)
		}
	}
	bytes := <-read
	b.SetBytes(int64(bytes / b.N))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "changes/s")
}

// headOf is a changes message without its changes.
func headOf(raw []byte) []byte {
	i := slices.Index(raw, '[')
	if i < 0 {
		return raw
	}
	return append(append([]byte(nil), raw[:i]...), "[]}"...)
}

// lag is how many cut frames nobody has encoded yet.
func (h *Hub) lag() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cache.mu.Lock()
	defer h.cache.mu.Unlock()
	if n := len(h.cache.order); n > 0 {
		return int(h.log.nextID - 1 - h.cache.order[n-1].frame)
	}
	return int(h.log.nextID)
}

// BenchmarkLatency publishes 1,000 single changes a second and reports how long
// the client waits for them.
func BenchmarkLatency(b *testing.B) {
	s := serving(b, Options{}, usual)
	p := s.connect(b, 0)
	p.want("welcome")
	n := max(b.N, 1000)
	go func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for seq := 1; seq <= n; seq++ {
			<-tick.C
			c := []store.Change{change(uint64(seq), 0)}
			c[0].ObservedAt = time.Now()
			s.Publish(uint64(seq), c)
		}
	}()
	waits := make([]time.Duration, 0, n)
	for to := uint64(0); to < uint64(n); {
		m := p.want("changes")
		now := time.Now()
		for i := range m.Changes {
			waits = append(waits, now.Sub(m.Changes[i].ObservedAt))
		}
		to = m.To
	}
	slices.Sort(waits)
	b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkPublish is what the writer pays for each change.
func BenchmarkPublish(b *testing.B) {
	s := serving(b, Options{}, usual)
	s.connect(b, 0).want("welcome")
	batch := changesOf(1, 1000, one)
	for seq := 0; b.Loop(); seq += 1000 {
		for i := range batch {
			batch[i].Seq = uint64(seq + i + 1)
		}
		s.Publish(uint64(seq+1000), batch)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*1000), "ns/change")
}

func BenchmarkEncode(b *testing.B) {
	changes := changesOf(1, 200, one)
	var buf []byte
	for b.Loop() {
		buf = appendFrame(buf[:0], 1, 200, changes, "")
	}
	b.SetBytes(int64(len(buf)))
	b.ReportMetric(float64(b.N*200)/b.Elapsed().Seconds(), "changes/s")
}
