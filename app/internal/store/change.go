package store

import "time"

// Change is one committed change of the live stream. What does not apply is
// empty.
type Change struct {
	Seq        uint64 // journal number of the record that caused it
	Kind       string // one of Kinds, "rejection_filed", "overdue_reported", "authorization", "rating", "holidays", "catalogue", or "clock" where time alone caused it
	Department string
	CaseID     uint64
	CaseNo     string
	ItemCode   string
	At         time.Time // when it occurred
	ObservedAt time.Time
	Detail     string          // outcome, step, pause kind or level of a rating, by Kind
	Level      string          // the case's level after it
	Findings   []ChangeFinding // that it raised, changed or withdrew
}

// ChangeFinding is a finding as the stream tells it.
type ChangeFinding struct {
	Rule  string
	Level string
	State string
}
