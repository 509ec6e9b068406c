package act

// Group is what an act belongs to, as a clerk looks for it: a word of
// vocab.ActGroups.
type Group string

const (
	SignIn   Group = "access"
	Exports  Group = "export"
	Openings Group = "opening"
	Reviews  Group = "review"
	Visits   Group = "visit"
	Matters  Group = "matter"
	Ratings  Group = "rating"
	Terms    Group = "term"
	Settings Group = "setting"
)
