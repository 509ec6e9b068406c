package api

// Reviewer is who sat at a review, or made a visit, once the seal was opened.
type Reviewer struct {
	Seat int    `json:"seat"`
	Name string `json:"name"`
}
