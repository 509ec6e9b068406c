package city

import "math/bits"

// rng is SplitMix64 (Steele, Lea, Flood 2014): eight bytes of state, so that
// every case has a stream of its own, and the same numbers in every version of
// Go, which math/rand does not promise.
type rng struct{ state uint64 }

func (r *rng) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	return scramble(r.state)
}

func scramble(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// stream is the random stream named by a path of numbers.
func stream(path ...uint64) rng {
	var state uint64
	for _, p := range path {
		state = scramble(state + 0x9e3779b97f4a7c15 + p)
	}
	return rng{state}
}

// intn is below n; its bias, under n/2⁶⁴, does not show.
func (r *rng) intn(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// between includes both ends.
func (r *rng) between(low, high int64) int64 {
	return low + int64(r.intn(int(high-low+1)))
}

func (r *rng) float() float64 { return float64(r.next()>>11) / (1 << 53) }

func (r *rng) chance(p float64) bool { return r.float() < p }

func pick[T any](r *rng, from []T) T { return from[r.intn(len(from))] }

// weighted draws an index from cumulative weights.
func weighted(r *rng, cumulative []float64) int {
	x := r.float() * cumulative[len(cumulative)-1]
	low, high := 0, len(cumulative)-1
	for low < high {
		if mid := (low + high) / 2; x < cumulative[mid] {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}
