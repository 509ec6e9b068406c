package draw

// Refusal says, for a clerk, why a draw cannot be made and what to do.
type Refusal struct {
	ZH, EN string
	Err    error // the cause, for the log; may be nil
}

func (r *Refusal) Error() string {
	if r.Err != nil {
		return "draw: " + r.EN + " (" + r.Err.Error() + ")"
	}
	return "draw: " + r.EN
}

func (r *Refusal) Unwrap() error { return r.Err }

func refuse(zh, en string) *Refusal { return &Refusal{ZH: zh, EN: en} }
