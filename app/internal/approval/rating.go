package approval

import "time"

// RatingLevel is one of the five levels of GB/T 39046-2020, 1 the best.
type RatingLevel uint8

const (
	VerySatisfied    RatingLevel = iota + 1 // 非常满意
	Satisfied                               // 满意
	Fair                                    // 基本满意
	Dissatisfied                            // 不满意
	VeryDissatisfied                        // 非常不满意
)

// Bad reports whether the level is a bad rating (差评), which the department
// owes an answer to: the two worst, State Council General Office 国办发〔2019〕51号.
func (l RatingLevel) Bad() bool { return l == Dissatisfied || l == VeryDissatisfied }

// Rating is what one applicant thought of one service (好差评).
type Rating struct {
	Seq           uint64 // journal number
	SourceID      string
	Department    string
	CaseNo        string // empty = of no case, such as an enquiry
	ItemCode      string // empty = unknown
	Level         RatingLevel
	Channel       string // "window", "terminal", "mobile", "online", "sms", "phone"
	Window        string // hall window; empty = not at a hall window
	Handler       Person // whose service was rated
	RatedAt       time.Time
	RaterName     string // empty = anonymous
	RaterPhone    string
	Reasons       []string  // what was ticked, in the words shown to the rater
	Text          string    // what was written
	ContactedAt   time.Time // when the department contacted who gave a bad one; zero = not yet
	ContactResult string
}

// Named reports whether the rater can be asked: a name or a telephone was left.
func (r *Rating) Named() bool { return r.RaterName != "" || r.RaterPhone != "" }
