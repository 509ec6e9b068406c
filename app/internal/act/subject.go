package act

// What acts are about.
const (
	Case       = "case"
	Rating     = "rating"
	Review     = "review"
	Visit      = "visit"
	Matter     = "matter"
	Callback   = "callback"
	Plan       = "plan"
	Account    = "account"
	Department = "department"

	// Term is told as the account whose term it is.
	Term = "term"
)

// Subject is what an act is about; its zero value is nothing in particular.
type Subject struct {
	Kind string
	ID   uint64
	Code string // a department's, which has no number
	Name string // a case's number, an account's name; whoever declares acts leaves it empty
}

// On is a subject that has a number; 0 is nothing in particular.
func On(kind string, id uint64) Subject {
	if id == 0 {
		return Subject{}
	}
	return Subject{Kind: kind, ID: id}
}

// OnDepartment is a department as a subject; an empty code is nothing in
// particular.
func OnDepartment(code string) Subject {
	if code == "" {
		return Subject{}
	}
	return Subject{Kind: Department, Code: code}
}

// Itself is for acts whose journal number is the subject's.
func Itself[T any](kind string) func(Of[T]) Subject {
	return func(a Of[T]) Subject { return On(kind, a.Seq) }
}

// Plain are words that do not depend on the act's data.
func Plain[T any](zh, en string) func(Of[T]) (string, string) {
	return func(Of[T]) (string, string) { return zh, en }
}
