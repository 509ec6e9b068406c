package intake

import "maps"

// Tally is what became of the records of a stream since the console was opened.
type Tally struct {
	Taken       int64
	Corrections int64 // sent again changed
	Known       int64 // sent again as they were: dropped
	Refused     map[string]Refused
}

// Refused is how many records were set aside for one reason, with the words for
// the first of them.
type Refused struct {
	Count  int64
	ZH, EN string
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
		if was.Count == 0 {
			was.ZH, was.EN = r.fault.zh, r.fault.en
		}
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
		if was, has := t.Refused[code]; has {
			r.ZH, r.EN, r.Count = was.ZH, was.EN, r.Count+was.Count
		}
		t.Refused[code] = r
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
