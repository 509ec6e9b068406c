package acts

import (
	"encoding/json"
	"testing"
)

// Journals of every age tell which department an exported file was of.
func TestAFilterOfAnyAgeIsRead(t *testing.T) {
	for data, want := range map[string]chosen{
		`{"Department":"GH","Item":""}`:   "GH", // before filters took several values
		`{"department":["GH"]}`:           "GH",
		`{"department":["GH","WJ"]}`:      "",
		`{}`:                              "",
		`{"Department":""}`:               "",
		`{"department":[],"state":["x"]}`: "",
	} {
		var f struct{ Department chosen }
		if err := json.Unmarshal([]byte(data), &f); err != nil || f.Department != want {
			t.Errorf("%s: %q, %v", data, f.Department, err)
		}
	}
}
