package rules

import "time"

// Judge returns the verdict on the subject as of now.
func (j *Judge) Judge(s *Subject, now time.Time) Verdict {
	return Verdict{}
}
