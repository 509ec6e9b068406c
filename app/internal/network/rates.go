package network

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rate is how often one address may ask: Burst at once, and PerSecond lasting.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Rule is a stricter rate for one operation, which counts besides the general
// one.
type Rule struct {
	Method, Path string
	Rate
}

// Rates say how a Limiter limits.
type Rates struct {
	General Rate   // zero: 50 a second, 200 at once
	Rules   []Rule // nil: none
	// Addresses is how many addresses are remembered for each rate at most;
	// zero: 4096.
	Addresses int
	// Refuse answers with status 429. The header Retry-After is set already.
	Refuse func(w http.ResponseWriter, retryAfter time.Duration)
	Now    func() time.Time // nil: time.Now
}

// SignIn is ten attempts at once and ten a minute, for whom guesses passwords.
var SignIn = Rate{PerSecond: 10.0 / 60, Burst: 10}

// Limiter limits how often one remote address may ask; IPv6 addresses count by
// their /64 network. It goes by the connection's address: headers such as
// X-Forwarded-For are anybody's to write. It is safe for use by several
// goroutines.
type Limiter struct {
	refuse  func(http.ResponseWriter, time.Duration)
	now     func() time.Time
	general *buckets
	rules   map[operation]*buckets
}

type operation struct{ method, path string }

// NewLimiter makes a limiter.
func NewLimiter(r Rates) *Limiter {
	if r.General == (Rate{}) {
		r.General = Rate{PerSecond: 50, Burst: 200}
	}
	if r.Addresses <= 0 {
		r.Addresses = 4096
	}
	if r.Now == nil {
		r.Now = time.Now
	}
	l := &Limiter{r.Refuse, r.Now, newBuckets(r.General, r.Addresses), map[operation]*buckets{}}
	for _, rule := range r.Rules {
		l.rules[operation{rule.Method, rule.Path}] = newBuckets(rule.Rate, r.Addresses)
	}
	return l
}

// Middleware lets through what keeps to the rates.
func (l *Limiter) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, now := network(r.RemoteAddr), l.now()
		wait := l.general.take(from, now)
		if strict := l.rules[operation{r.Method, r.URL.Path}]; wait == 0 && strict != nil {
			wait = strict.take(from, now)
		}
		if wait == 0 {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Retry-After", seconds(wait))
		l.refuse(w, wait)
	})
}

// buckets hold one token bucket for each address that has asked of late.
type buckets struct {
	rate Rate
	most int

	mu     sync.Mutex
	by     map[netip.Prefix]*rate.Limiter
	swept  time.Time
	shared *rate.Limiter
}

func newBuckets(r Rate, most int) *buckets {
	return &buckets{rate: r, most: most, by: map[netip.Prefix]*rate.Limiter{}, shared: r.bucket()}
}

func (r Rate) bucket() *rate.Limiter { return rate.NewLimiter(rate.Limit(r.PerSecond), r.Burst) }

// take is zero if the address may go on, otherwise how long it should wait.
func (b *buckets) take(from netip.Prefix, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	bucket := b.of(from, now)
	if bucket.AllowN(now, 1) {
		return 0
	}
	missing := 1 - bucket.TokensAt(now)
	return max(time.Duration(missing/b.rate.PerSecond*float64(time.Second)), 1)
}

// of finds or makes the address's bucket. An address is forgotten when its
// bucket is full again, which loses nothing. While as many as are remembered
// are all in debt, newcomers share one bucket: to drop any would let whoever
// has many addresses start afresh.
func (b *buckets) of(from netip.Prefix, now time.Time) *rate.Limiter {
	full := len(b.by) >= b.most
	if pause := now.Sub(b.swept); pause >= time.Minute || full && pause >= time.Second {
		b.swept = now
		for who, bucket := range b.by {
			if bucket.TokensAt(now) >= float64(b.rate.Burst) {
				delete(b.by, who)
			}
		}
	}
	if bucket := b.by[from]; bucket != nil {
		return bucket
	}
	if len(b.by) >= b.most {
		return b.shared
	}
	bucket := b.rate.bucket()
	b.by[from] = bucket
	return bucket
}

// seconds is a wait as Retry-After has it: whole seconds, rounded up.
func seconds(wait time.Duration) string {
	return strconv.Itoa(int(math.Ceil(wait.Seconds())))
}
