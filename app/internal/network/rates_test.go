package network

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"golang.org/x/time/rate"
	"pgregory.net/rapid"
)

// asked puts a request from an address to the limiter; wait is Retry-After.
func asked(l *Limiter, method, path, from string) (status int, wait string) {
	r := httptest.NewRequest(method, path, nil)
	r.RemoteAddr = from
	r.Header.Set("X-Forwarded-For", fmt.Sprint(time.Now())) // changes nothing
	w := httptest.NewRecorder()
	l.Middleware(ok).ServeHTTP(w, r)
	return w.Code, w.Header().Get("Retry-After")
}

func limiter(now *time.Time, r Rates) *Limiter {
	r.Now = func() time.Time { return *now }
	r.Refuse = func(w http.ResponseWriter, _ time.Duration) { w.WriteHeader(http.StatusTooManyRequests) }
	return NewLimiter(r)
}

func TestSignInTakesTenAtOnceAndThenOneInSixSeconds(t *testing.T) {
	now := noon
	l := limiter(&now, Rates{Rules: []Rule{{"POST", "/api/sign-in", SignIn}}})
	try := func(from string) (int, string) { return asked(l, "POST", "/api/sign-in", from) }
	for i := range 10 {
		if status, _ := try("10.0.0.7:4000"); status != 200 {
			t.Fatalf("attempt %d: %d", i+1, status)
		}
	}
	if status, wait := try("10.0.0.7:4001"); status != 429 || wait != "6" {
		t.Errorf("the eleventh: %d, wait %q", status, wait)
	}
	now = now.Add(2500 * time.Millisecond)
	if status, wait := try("10.0.0.7:4002"); status != 429 || wait != "4" {
		t.Errorf("3.5 seconds to go: %d, wait %q", status, wait)
	}
	if status, _ := try("10.0.0.8:4000"); status != 200 {
		t.Errorf("a neighbour: %d", status)
	}
	if status, _ := asked(l, "GET", "/api/sign-in", "10.0.0.7:4003"); status != 200 {
		t.Errorf("another method: %d", status)
	}
	if status, _ := asked(l, "POST", "/api/acts", "10.0.0.7:4003"); status != 200 {
		t.Errorf("another path: %d", status)
	}
	now = now.Add(3500 * time.Millisecond)
	if status, _ := try("10.0.0.7:4004"); status != 200 {
		t.Errorf("after six seconds: %d", status)
	}
	if status, wait := try("10.0.0.7:4005"); status != 429 || wait != "6" {
		t.Errorf("and one more: %d, wait %q", status, wait)
	}
}

func TestTheGeneralRateIsTwoHundredAtOnceAndFiftyASecond(t *testing.T) {
	now := noon
	l := limiter(&now, Rates{})
	passed := func(n int) (got int) {
		for range n {
			if status, _ := asked(l, "GET", "/", "10.0.0.7:4000"); status == 200 {
				got++
			}
		}
		return got
	}
	if got := passed(300); got != 200 {
		t.Errorf("%d at once", got)
	}
	if _, wait := asked(l, "GET", "/", "10.0.0.7:4000"); wait != "1" {
		t.Errorf("a fiftieth of a second is told as %q", wait)
	}
	now = now.Add(time.Second)
	if got := passed(300); got != 50 {
		t.Errorf("%d a second later", got)
	}
}

func TestWhomAnAddressCountsFor(t *testing.T) {
	for _, c := range []struct{ remote, want string }{
		{"10.0.0.7:4000", "10.0.0.7/32"},
		{"[::ffff:10.0.0.7]:4000", "10.0.0.7/32"},
		{"[2001:db8:1:2:3:4:5:6]:4000", "2001:db8:1:2::/64"},
		{"[fe80::1%eth0]:4000", "fe80::/64"},
	} {
		if got := network(c.remote).String(); got != c.want {
			t.Errorf("%s counts for %s", c.remote, got)
		}
	}
	if network("@") != (netip.Prefix{}) || network("10.0.0.7") != network("") {
		t.Error("what is no address does not count together")
	}
}

// step is a request some time after the one before.
type step struct {
	Pause time.Duration
	From  uint8
}

// steps come mostly close together, with a long pause now and then.
func steps(addresses uint8) *rapid.Generator[[]step] {
	pause := rapid.OneOf(rapid.IntRange(0, 300), rapid.IntRange(0, 1500), rapid.IntRange(50_000, 70_000))
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{time.Duration(pause.Draw(t, "ms")) * time.Millisecond, rapid.Uint8Range(0, addresses-1).Draw(t, "from")}
	}), 150, 400)
}

func prefixOf(from uint8) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, from}), 32)
}

func TestForgettingAnAddressChangesNoDecision(t *testing.T) {
	forgot, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := Rate{PerSecond: 0.8, Burst: 3}
		b, never := newBuckets(r, 3), map[uint8]*rate.Limiter{}
		now := noon
		for _, s := range steps(3).Draw(t, "steps") {
			now = now.Add(s.Pause)
			if never[s.From] == nil {
				never[s.From] = r.bucket()
			}
			want := never[s.From].AllowN(now, 1)
			known := len(b.by)
			if got := b.take(prefixOf(s.From), now) == 0; got != want {
				t.Fatalf("address %d: %v, never forgetting %v", s.From, got, want)
			}
			if !want {
				refused++
			}
			forgot += max(known-len(b.by), 0)
		}
	})
	if forgot == 0 || refused == 0 {
		t.Errorf("%d forgotten, %d refused: the test shows nothing", forgot, refused)
	}
}

func TestMemoryStaysBoundedAndManyAddressesBuyLittle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const most = 5
		r := Rate{PerSecond: 1, Burst: 4}
		b, now := newBuckets(r, most), noon
		passed := map[uint8]int{}
		for _, s := range steps(60).Draw(t, "steps") {
			now = now.Add(s.Pause / 50)
			if b.take(prefixOf(s.From), now) == 0 {
				passed[s.From]++
			}
			if len(b.by) > most {
				t.Fatalf("%d addresses are remembered", len(b.by))
			}
		}
		lasting := int(now.Sub(noon).Seconds()) + 1
		total := 0
		for from, n := range passed {
			total += n
			// Its own bucket, and before it had one the shared one.
			if n > 2*(r.Burst+lasting) {
				t.Fatalf("address %d passed %d times in %d s", from, n, lasting)
			}
		}
		// However many addresses ask: six buckets, and what a forgotten one
		// had gained back.
		if total > 2*(most+1)*(r.Burst+lasting) {
			t.Fatalf("%d passed in %d s", total, lasting)
		}
	})
}

func TestAFullTableRefusesStrangersButNotForLong(t *testing.T) {
	b := newBuckets(Rate{PerSecond: 1, Burst: 2}, 3)
	for from := range uint8(3) {
		b.take(prefixOf(from), noon)
	}
	// The fourth and the fifth share two.
	if b.take(prefixOf(3), noon) != 0 || b.take(prefixOf(4), noon) != 0 || b.take(prefixOf(4), noon) == 0 {
		t.Error("newcomers do not share one bucket")
	}
	if b.take(prefixOf(0), noon) != 0 {
		t.Error("who was there before pays for the newcomers")
	}
	later := noon.Add(2 * time.Second)
	if b.take(prefixOf(4), later) != 0 || b.take(prefixOf(4), later) != 0 || len(b.by) != 1 { //nolint:staticcheck // two are taken
		t.Errorf("two seconds later all are full again, yet %d are remembered", len(b.by))
	}
}

func TestAnIdleAddressIsForgottenWithinAMinute(t *testing.T) {
	b := newBuckets(Rate{PerSecond: 1, Burst: 2}, 4096)
	for from := range uint8(200) {
		b.take(prefixOf(from), noon)
	}
	b.take(prefixOf(255), noon.Add(time.Minute))
	if len(b.by) != 1 {
		t.Errorf("%d are remembered", len(b.by))
	}
}
