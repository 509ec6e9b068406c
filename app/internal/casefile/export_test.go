package casefile

// SortingAtMost has lists of so many rows sorted whose order no index gives, until the
// function that it returns is called.
func SortingAtMost(n int) (restore func()) {
	before := fewSorted
	fewSorted = n
	return func() { fewSorted = before }
}
