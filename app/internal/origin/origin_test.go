package origin_test

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/origin"
)

// Row "Host: name:443 with Origin: https://name": default ports said or unsaid, on
// either side, are the same; all else is what it says.
func TestCaseHostDefaultPortsSaidOrUnsaidAreTheSame(t *testing.T) {
	for _, c := range []struct {
		origin, host string
		same         bool
	}{
		{"https://name", "name", true},
		{"https://name", "name:443", true},
		{"https://name:443", "name", true},
		{"https://name:443", "name:443", true},
		{"http://name", "name:80", true},
		{"http://name:80", "name", true},
		{"https://NAME", "name:443", true},
		{"https://name:8443", "name:8443", true},
		{"https://[2001:db8::1]", "[2001:db8::1]:443", true},
		{"https://10.0.0.7", "10.0.0.7:443", true},
		{"https://name", "name.", true},

		{"https://name", "name:80", false},
		{"http://name", "name:443", false},
		{"http://name:443", "name", false},
		{"https://name:8443", "name", false},
		{"https://name", "name:8443", false},
		{"https://other", "name", false},
		{"https://name.evil", "name", false},
		{"https://name@evil", "name", false},
		{"https://evil/name", "name", false},
		{"null", "name", false},
		{"", "", false},
		{"https://", "", false},
		{"wails://name", "name", true},
		{"wails://name", "name:443", false},
		{"file://", "", false},
	} {
		if _, same := origin.Same(c.origin, c.host); same != c.same {
			t.Errorf("Origin: %s, Host: %s: %v", c.origin, c.host, same)
		}
	}
}
