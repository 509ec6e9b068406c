package account

import (
	"encoding/json"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/act"
)

// Journals of every age tell which department an exported file was of.
func TestAFilterOfAnyAgeIsRead(t *testing.T) {
	for data, want := range map[string]act.Subject{
		`{"Department":"GH","Item":""}`:   act.OnDepartment("GH"), // before filters took several values
		`{"department":"GH"}`:             act.OnDepartment("GH"),
		`{"department":"GH,WJ"}`:          {},
		`{"department":["GH"]}`:           act.OnDepartment("GH"),
		`{"department":["GH","WJ"]}`:      {},
		`{}`:                              {},
		`null`:                            {},
		`{"Department":""}`:               {},
		`{"department":[],"state":["x"]}`: {},
	} {
		var e Export
		if err := json.Unmarshal([]byte(`{"filter":`+data+`}`), &e); err != nil || e.about() != want {
			t.Errorf("%s: %+v, %v", data, e.about(), err)
		}
	}
}
