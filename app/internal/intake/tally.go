package intake

import (
	"maps"
	"slices"
)

// Tally is what became of the records of a stream since the console was opened.
type Tally struct {
	Taken       int64
	Corrections int64 // sent again changed
	Known       int64 // sent again as they were: dropped
	Refused     map[string]Refused
}

// Refused is how many records were set aside for one reason, with the words for
// the first of them, and where they were not the same for all, for some others.
type Refused struct {
	Count  int64
	ZH, EN string
	Others []RefusedWords // at most mostRefusedWords
}

// RefusedWords are the words for a record that was set aside.
type RefusedWords struct{ ZH, EN string }

// mostRefusedWords bounds the examples of a reason besides the first.
const mostRefusedWords = 2

// say keeps words that are not kept yet.
func (r *Refused) say(w RefusedWords) {
	switch {
	case r.Count == 0:
		r.ZH, r.EN = w.ZH, w.EN
	case w != (RefusedWords{r.ZH, r.EN}) && len(r.Others) < mostRefusedWords && !slices.Contains(r.Others, w):
		r.Others = append(slices.Clip(r.Others), w)
	}
}

// RefusedCount is how many were set aside in all.
func (t *Tally) RefusedCount() (n int64) {
	for _, r := range t.Refused {
		n += r.Count
	}
	return n
}

// note counts one record that was admitted.
func (t *Tally) note(r *prepared) {
	switch {
	case r.fault != nil:
		if t.Refused == nil {
			t.Refused = map[string]Refused{}
		}
		was := t.Refused[r.fault.code]
		was.say(RefusedWords{r.fault.zh, r.fault.en})
		was.Count++
		t.Refused[r.fault.code] = was
	case r.seq == 0:
		t.Known++
	case r.again:
		t.Corrections++
	default:
		t.Taken++
	}
}

// add counts what another tally holds.
func (t *Tally) add(more *Tally) {
	t.Taken += more.Taken
	t.Corrections += more.Corrections
	t.Known += more.Known
	for code, r := range more.Refused {
		if t.Refused == nil {
			t.Refused = map[string]Refused{}
		}
		was := t.Refused[code]
		was.say(RefusedWords{r.ZH, r.EN})
		was.Count += r.Count
		for _, w := range r.Others {
			was.say(w)
		}
		t.Refused[code] = was
	}
}

// Tally tells what became of a stream's records since the console was opened, as
// far as it is committed.
func (in *Intake) Tally(adapter string, stream Stream) Tally {
	in.mu.Lock()
	defer in.mu.Unlock()
	t := in.tallies[origin{adapter, stream}]
	t.Refused = maps.Clone(t.Refused)
	return t
}

// counted adds what a committed batch came to.
func (in *Intake) counted(j *job) {
	in.mu.Lock()
	defer in.mu.Unlock()
	t := in.tallies[j.from]
	t.add(&j.tally)
	in.tallies[j.from] = t
}
