package remote

import "regexp"

var releaseForm = regexp.MustCompile(`^v?(\d+)\.(\d+)\b`)

// fits reports whether a window and a console work together: those of one major
// and minor version do. What is no release says nothing and is let through.
func fits(ours, theirs string) bool {
	a, b := releaseForm.FindStringSubmatch(ours), releaseForm.FindStringSubmatch(theirs)
	return a == nil || b == nil || a[1] == b[1] && a[2] == b[2]
}
